#!/usr/bin/env bash
# Makes build/reference: a Python environment with diffusers, transformers, peft and TensorBoard on the very LibTorch
# that the program is built with. Only tests and benchmarks use it.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

[ -d "$torch_home/torch" ] || fail "the reference needs the CPU LibTorch that packaging/linux/common.sh fetches"
venv="$root/build/reference"
python3 -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || fail "the reference needs Python 3.11"
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
# LibTorch's folder is a whole torch package: a path file makes it this environment's torch, so none is fetched.
echo "$torch_home" >"$venv/lib/python3.11/site-packages/torch-of-likeness.pth"
"$venv/bin/python" -m pip install --disable-pip-version-check -q -r "$root/tests/support/reference-requirements.txt"
# It asks for a torchvision and much more that its samplers don't need.
"$venv/bin/python" -m pip install --disable-pip-version-check -q --no-deps k-diffusion==0.1.1.post1
"$venv/bin/python" -c 'import torch, diffusers, transformers, tensorboard; print(torch.__version__)'
