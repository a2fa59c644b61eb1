"""diffusers and PEFT load the LoRA files that test_lora_write.cpp wrote and make of the tiny models what it made.

usage: check_lora.py FOLDER FIXTURES
"""
import hashlib
import json
import pathlib
import sys

import safetensors
import safetensors.torch
import torch

from make_lora_fixtures import Model, folded, restore_magnitudes


def read(path):
    with safetensors.safe_open(path, "pt") as file:
        return {k: file.get_tensor(k) for k in file.keys()}, file.metadata()


def check_hashes(tensors, metadata):
    """As sd-scripts' precalculate_safetensors_hashes defines them, over the file with its ss_ metadata only."""
    content = safetensors.torch.save(tensors, {k: v for k, v in metadata.items() if k.startswith("ss_")})
    start = 8 + int.from_bytes(content[:8], "little")
    assert metadata["sshs_model_hash"] == hashlib.sha256(content[start:]).hexdigest()
    assert metadata["sshs_legacy_hash"] == hashlib.sha256(content[0x100000:0x110000]).hexdigest()[:8]


def main():
    folder, fixtures = map(pathlib.Path, sys.argv[1:])
    torch.set_num_threads(2)
    expected = safetensors.torch.load_file(folder / "expected.safetensors")
    inputs = safetensors.torch.load_file(fixtures / "lora" / "outputs.safetensors")
    worst = 0
    for job in json.loads((folder / "jobs.json").read_text()):
        model = Model(job["family"], fixtures, torch.Generator())
        model.inputs = {k: inputs[f"{job['family']}.{k}"] for k in model.inputs}
        pipe = model.pipeline()
        tensors, metadata = read(folder / f"{job['name']}.safetensors")
        check_hashes(tensors, metadata)
        if job["kohya"]:
            pipe.load_lora_weights(tensors if job["uniform"] else folded(tensors), adapter_name="a")
        else:
            pipe.load_lora_weights(folder, weight_name=f"{job['name']}.safetensors", adapter_name="a")
            restore_magnitudes(pipe, tensors, "a")
        difference = 0
        for part, value in model.of(pipe).items():
            base = inputs[f"{job['family']}.base.{part}"]
            assert not torch.allclose(value, base, atol=1e-2), (job, part, "no effect")
            difference = max(difference, (value - expected[f"{job['name']}.{part}"]).abs().max().item())
        print(f"{job}: largest difference {difference:.1e}")
        worst = max(worst, difference)
    assert worst <= 1e-4, worst


if __name__ == "__main__":
    main()
