#!/usr/bin/env python3
"""Times Likeness against diffusers on a full-size Stable Diffusion 1.5 with random weights: one 512 x 512 picture.

usage: compare_full_size.py LIKENESS_BENCH [--steps 3] [--rounds 1] [--threads 2] [--precision fp32] [--scratch FOLDER]
       (run it with the Python that packaging/linux/reference.sh makes)

Writes the model (4.3 GB, fp32) into the scratch folder, has both sides make the same picture turn by turn, and prints
time per step, peak memory, time to the first step and in all. Memory is on both sides the peak of the whole process's
resident set, libraries and mapped pages of the model's files included. Needs 6 GB of memory.
"""
import argparse
import json
import os
import pathlib
import sys
import tempfile

import compare

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "numerics"))
import full_size_models


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
        full_size_models.in_own_process(full_size_models.write_model, "sd15", pathlib.Path(scratch) / "sd15")
        print("load average", json.dumps(os.getloadavg()), flush=True)
        compare.compare(options.bench, pathlib.Path(scratch) / "sd15",
                        [("picture", options.steps, 1, options.precision)], options.rounds, options.threads)


if __name__ == "__main__":
    main()
