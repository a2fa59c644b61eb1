#!/usr/bin/env bash
# Sets up, builds and runs all tests.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

set_up
reference=
if [ -x "$root/packaging/linux/reference.sh" ]; then
  # The reference (diffusers, TensorBoard) checks what we write; the product never needs it.
  if (step "Fetching the reference for tests" "$root/packaging/linux/reference.sh"); then
    reference="$root/build/reference/bin/python"
  else
    echo "Tests against diffusers and TensorBoard themselves will be skipped: their packages could not be installed."
  fi
fi
step "Configuring" configure "-DLIKENESS_REFERENCE_PYTHON=$reference"
step "Building" cmake --build "$build"
cd "$build"
QT_QPA_PLATFORM=offscreen ctest --output-on-failure --timeout 600 -j "$(nproc)"
