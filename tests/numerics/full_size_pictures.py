#!/usr/bin/env python3
"""Compares whole pictures of full-size models, random weights, with diffusers: same prompt, noise, sampler, fp32.

usage: full_size_pictures.py LIKENESS_CLI [--only sd15|sd21-v|xl]... [--seed 1] [--threads 2] [--scratch FOLDER]
       (run it with the Python of packaging/linux/reference.sh)

One family after the other: writes the model, has diffusers and likeness-cli make the picture in processes of their
own, and prints the mean and largest difference of its 8-bit values, how much the picture varies, and both peak
memories. Fails where the mean is above 1. XL is stored in fp16 (7 GB) and computed in fp32: that takes 16 GB of memory.
"""
import argparse
import pathlib
import sys
import tempfile

import numpy
import torch
from diffusers import DDIMScheduler, DiffusionPipeline
from PIL import Image

import counter_noise
import full_size_models

sys.path.insert(0, str(full_size_models.ROOT / "tests" / "support"))
import measured

PROMPT, NEGATIVE, GUIDANCE = "a photo of a dog in the snow", "blurry", 4.0
WORK = {"sd15": (512, 3, torch.float32), "sd21-v": (256, 3, torch.float32), "xl": (256, 2, torch.float16)}


def reference(model, size, steps, seed, threads, file):
    torch.set_num_threads(threads)
    pipe = DiffusionPipeline.from_pretrained(model, torch_dtype=torch.float32)
    pipe.scheduler = DDIMScheduler.from_config(pipe.scheduler.config)
    pipe.set_progress_bar_config(disable=True)
    noise = counter_noise.normal((4, size // 8, size // 8), seed, 0, counter_noise.SAMPLE_NOISE)
    with torch.no_grad():
        made = pipe(PROMPT, negative_prompt=NEGATIVE, num_inference_steps=steps, guidance_scale=GUIDANCE, height=size,
                    width=size, latents=noise[None]).images[0]
    made.save(file)


def pixels(file):
    return numpy.asarray(Image.open(file).convert("RGB"), numpy.int32)


def compare(family, options, scratch):
    size, steps, dtype = WORK[family]
    model, theirs = scratch / family, scratch / "theirs.png"
    full_size_models.in_own_process(full_size_models.write_model, family, model, dtype, options.seed)
    reference_run = measured.run([sys.executable, __file__, "--reference", model, size, steps, options.seed,
                                  options.threads, theirs])
    own_run = measured.run(
        [options.cli, "sample", "--model", model, "--prompt", PROMPT, "--negative", NEGATIVE, "--sampler", "ddim",
         "--steps", steps, "--guidance", GUIDANCE, "--size", f"{size}x{size}", "--seed", options.seed, "--dtype", "fp32",
         "--threads", options.threads, "--out", scratch / "ours"])
    ours, = (scratch / "ours").glob("*.png")
    difference = numpy.abs(pixels(ours) - pixels(theirs))
    print(f"{family:<8}{size}x{size}, {steps} steps: mean difference {difference.mean():.4f}, largest "
          f"{difference.max()} of 255; the picture's deviation {pixels(theirs).std():.1f}; "
          f"peak {own_run.megabytes:.0f} MB, diffusers {reference_run.megabytes:.0f} MB", flush=True)
    return difference.mean() <= 1 and pixels(theirs).std() > 10


def main():
    if sys.argv[1:2] == ["--reference"]:
        model, size, steps, seed, threads, file = sys.argv[2:]
        return reference(model, int(size), int(steps), int(seed), int(threads), file)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cli")
    parser.add_argument("--only", action="append", choices=list(WORK))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--scratch", default=None)
    options = parser.parse_args()
    good = True
    for family in options.only or WORK:
        with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
            good = compare(family, options, pathlib.Path(scratch)) and good
    sys.exit(not good)


if __name__ == "__main__":
    main()
