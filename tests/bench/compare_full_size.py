#!/usr/bin/env python3
"""Times Likeness against diffusers on a full-size Stable Diffusion 1.5 with random weights: one 512 x 512 picture.

usage: compare_full_size.py LIKENESS_BENCH [--steps 3] [--rounds 1] [--threads 2] [--precision fp32] [--scratch FOLDER]
       (run it with the Python that packaging/linux/reference.sh makes)

Writes the model (4.3 GB, fp32) into the scratch folder, has both sides make the same picture turn by turn, and prints
time per step, peak memory of the whole process, time to the first step and in all. Needs 7 GB of memory.
"""
import argparse
import json
import os
import pathlib
import shutil
import sys
import tempfile

import compare

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "numerics"))


def make_model(folder):
    """In a process of its own, so that its memory is gone before anything is timed."""
    import torch
    from diffusers import DDIMScheduler, StableDiffusionPipeline
    from transformers import CLIPTokenizer
    import full_size
    generator = torch.Generator().manual_seed(1)
    parts = {}
    for part, name in (("unet", "SD 1.5 UNet"), ("vae", "VAE"), ("text_encoder", "CLIP-L")):
        kind, model_class, config, _, _ = full_size.COMPONENTS[name]
        parts[part] = full_size.make(kind, model_class, config, generator)
    StableDiffusionPipeline(
        **parts, tokenizer=CLIPTokenizer.from_pretrained(ROOT / "resources" / "base" / "tokenizer"),
        scheduler=DDIMScheduler(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", clip_sample=False,
                                set_alpha_to_one=False, steps_offset=1),
        safety_checker=None, feature_extractor=None, requires_safety_checker=False).save_pretrained(folder)
    for file in ("vocab.json", "merges.txt"):  # transformers 5 writes tokenizer.json alone
        shutil.copy(ROOT / "resources" / "base" / "tokenizer" / file, folder / "tokenizer" / file)


def in_own_process(function, *arguments):
    child = os.fork()
    if child == 0:
        try:
            function(*arguments)
        except BaseException as failure:
            print(failure, file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0:
        sys.exit("the model could not be made")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench")
    parser.add_argument("--steps", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--threads", default="2")
    parser.add_argument("--precision", default="fp32")
    parser.add_argument("--scratch", default=None)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        in_own_process(make_model, pathlib.Path(scratch) / "sd15")
        print("load average", json.dumps(os.getloadavg()), flush=True)
        compare.compare(options.bench, pathlib.Path(scratch) / "sd15",
                        [("picture", options.steps, 1, options.precision)], options.rounds, options.threads)


if __name__ == "__main__":
    main()
