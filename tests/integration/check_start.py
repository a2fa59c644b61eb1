#!/usr/bin/env python3
"""Checks what a start of likeness-cli costs, and that showing a full-size model takes under a second and 200 MB.

usage: check_start.py LIKENESS_CLI

Writes a Stable Diffusion 1.5 folder with the real names and shapes (4.3 GB of holes instead of numbers, which take no
room), shows it several times, and prints the quickest time and the largest memory (peak resident, mapped pages and
libraries included). What is held to a second is the processor's time, so that a busy machine fails nobody. Also fails
if OpenImageIO, half of what a start would cost, is loaded for a model, or if it is not loaded for a picture.
"""
import json
import os
import pathlib
import struct
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / folder) for folder in ("numerics", "support")]
import measured

SECONDS, MEGABYTES, TRIES = 1.0, 200, 5
PARTS = {"unet": ("SD 1.5 UNet", "diffusion_pytorch_model"), "vae": ("VAE", "diffusion_pytorch_model"),
         "text_encoder": ("CLIP-L", "model")}


def write_hollow(path, shapes):
    """A safetensors file of fp32 tensors whose data is a hole."""
    header, at = {}, 0
    for name, shape in shapes.items():
        size = 4
        for length in shape:
            size *= length
        header[name] = {"dtype": "F32", "shape": list(shape), "data_offsets": [at, at + size]}
        at += size
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        file.truncate(8 + len(text) + at)


def make_models(folder):
    import torch
    import full_size
    from transformers import CLIPTextConfig
    for part, (name, file) in PARTS.items():
        kind, model_class, config, _, _ = full_size.COMPONENTS[name]
        (folder / part).mkdir(parents=True)
        with torch.device("meta"):
            model = model_class(CLIPTextConfig(vocab_size=49408, **config)) if kind == "clip" else model_class(**config)
        shapes = {name: tuple(p.shape) for name, p in model.named_parameters()}
        write_hollow(folder / part / f"{file}.safetensors", shapes)
        plain = model.config.to_dict() if kind == "clip" else dict(model.config)
        (folder / part / "config.json").write_text(json.dumps(plain, default=str))
    base = ROOT / "resources" / "base"
    for file in ("scheduler", "tokenizer"):
        (folder / file).symlink_to(base / file)
    (folder / "model_index.json").write_text((base / "model_index.json").read_text())


def libraries(command):
    """What the dynamic linker was told to open."""
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LD_DEBUG": "files"})
    return {line.split("file=")[1].split()[0] for line in done.stderr.splitlines() if "file=" in line}


def main():
    cli = sys.argv[1]
    failures = []
    with tempfile.TemporaryDirectory() as scratch:
        model = pathlib.Path(scratch) / "sd15"
        make_models(model)
        for what, arguments in (("start", ["--version"]), ("inspect", ["inspect", model, "--json"])):
            runs = [measured.run([cli, *arguments]) for _ in range(TRIES)]
            seconds, megabytes = min(r.processor for r in runs), max(r.megabytes for r in runs)
            print(f"{what:<12}{seconds:6.2f} s of the processor, {min(r.seconds for r in runs):6.2f} s in all"
                  f"{megabytes:8.0f} MB", flush=True)
            if what != "start" and "Stable Diffusion 1" not in runs[0].output:
                failures.append(f"{what}: not told as a Stable Diffusion 1.x: {runs[0].output[:300]}")
            if seconds >= SECONDS or megabytes >= MEGABYTES:
                failures.append(f"{what}: under {SECONDS} s and {MEGABYTES} MB are allowed")
        loaded = libraries([cli, "inspect", str(model)])
        picture = libraries([cli, "inspect", str(ROOT / "docs" / "images" / "demo-sheet.png")])
        if any("OpenImageIO" in name for name in loaded):
            failures.append("OpenImageIO was loaded to show a model")
        if not any("OpenImageIO" in name for name in picture):
            failures.append("OpenImageIO was not loaded to show a picture, so the check above says nothing")
        print(f"libraries   {len(loaded)} for a model, {len(picture)} for a picture")
    sys.exit("\n".join(failures) or 0)


if __name__ == "__main__":
    main()
