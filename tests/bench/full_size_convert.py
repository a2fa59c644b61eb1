#!/usr/bin/env python3
"""Shows and converts a full-size model, folder -> single file -> folder; measures time and peak memory of each step.

usage: full_size_convert.py LIKENESS_CLI [--family xl] [--dtype fp16] [--scratch FOLDER]
       (run it with the Python of packaging/linux/reference.sh)

Random weights. Memory is the peak of the process's resident set, mapped pages of files included, which the system takes
back when somebody else needs them. Fails where a tensor of the last folder differs from the first in a bit. An SDXL in
fp16 takes 7 GB of the scratch folder three times.
"""
import argparse
import json
import mmap
import pathlib
import struct
import sys
import tempfile

import torch

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / folder) for folder in ("numerics", "support")]
import full_size_models
import measured


def show(what, command):
    took = measured.run(command)
    print(f"{what:<26}{took.seconds:8.2f} s{took.megabytes:9.0f} MB peak", flush=True)


def tensors(file):
    """Each tensor's dtype, shape and bytes, mapped. Versions of transformers differ in the prefix of text encoders."""
    with open(file, "rb") as opened:
        data = memoryview(mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ))
    length, = struct.unpack("<Q", data[:8])
    for name, info in json.loads(bytes(data[8:8 + length])).items():
        if name != "__metadata__":
            begin, end = info["data_offsets"]
            yield name.removeprefix("text_model."), (info["dtype"], info["shape"], data[8 + length + begin:8 + length + end])


def compare(first, last):
    count = 0
    for file in sorted(first.rglob("*.safetensors")):
        before, after = dict(tensors(file)), dict(tensors(last / file.relative_to(first)))
        if before.keys() != after.keys():
            sys.exit(f"{file.relative_to(first)}: other tensors: {sorted(before.keys() ^ after.keys())[:4]}")
        for name, tensor in before.items():
            if tensor != after[name]:
                sys.exit(f"{file.relative_to(first)}: {name} differs")
        count += len(before)
    print(f"{count} tensors, identical after folder -> single file -> folder")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cli")
    parser.add_argument("--family", default="xl", choices=list(full_size_models.FAMILIES))
    parser.add_argument("--dtype", default="fp16", choices=["fp32", "fp16"])
    parser.add_argument("--scratch", default=None)
    options = parser.parse_args()
    dtype = torch.float16 if options.dtype == "fp16" else torch.float32
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        first, single, last = (pathlib.Path(scratch) / name for name in ("first", "single.safetensors", "last"))
        full_size_models.in_own_process(full_size_models.write_model, options.family, first, dtype)
        show("inspect the folder", [options.cli, "inspect", first])
        show("folder to single file", [options.cli, "convert", first, single, "--format", "single-file"])
        show("inspect the single file", [options.cli, "inspect", single])
        show("single file to folder", [options.cli, "convert", single, last, "--format", "diffusers"])
        compare(first, last)


if __name__ == "__main__":
    main()
