#!/usr/bin/env python3
"""Trains a full-size Stable Diffusion 1.5 with random weights with Likeness and as diffusers' example scripts do.

usage: train_full_size.py LIKENESS_CLI PHOTOS [--model FOLDER] [--steps 4] [--rounds 2] [--threads 2] [--scratch FOLDER]
                          [--work NAME]...
       (run it with the Python that packaging/linux/reference.sh makes, with bitsandbytes beside it for "full")

Turn by turn in one run: a LoRA at 512 px, and all of the UNet with 8-bit AdamW at 256 px; both sides with gradient
checkpointing, bf16 autocast, batch 1, no prior preservation, the same threads and steps. Prints for each the peak of the
whole process's resident memory and the median time of a step after the first, ours also with the weights in fp32 where
the scripts have bf16 and the other way round. Bars: memory 0.8, time 1.0, 6 GiB for the LoRA, 12 GiB for all weights.
Without --model it writes one (4.3 GB) into the scratch folder. Needs 14 GB of memory.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / "tests" / "numerics"), str(ROOT / "tests" / "support")]
import measured

COMMON = ["batch_size=1", "prior_weight=0", "gradient_checkpointing=true", "precision=bf16", "text_encoder_learning_rate=0",
          "learning_rate=5e-6", "preview_every=0", "validate_every=0", "checkpoint_every=0"]
LORA = COMMON + ["method=lora", "lora_rank=4", "resolution=512"]
FULL = COMMON + ["method=full", "optimizer=adamw8bit", "resolution=256"]
# name: our settings, the reference's arguments, limit in GiB, whether the two sides keep weights in the same dtype
WORK = {
    "lora": (LORA + ["frozen_dtype=bf16"], ["lora", 512], 6, True),
    "lora-fp32": (LORA, ["lora", 512], 6, False),
    "full": (FULL + ["frozen_dtype=bf16"], ["full", 256, "adamw8bit"], 12, True),
    "full-bf16": (FULL + ["frozen_dtype=bf16", "weights_dtype=bf16"], ["full", 256, "adamw8bit"], 12, False),
}


def ours(options, project, settings):
    command = [options.cli, "--json", "--threads", options.threads, "train", project, "--steps", options.steps]
    done = measured.run(command + sum((["--set", setting] for setting in settings), []))
    events = [json.loads(line) for line in done.output.splitlines()]
    points = [point for event in events if event["event"] == "metrics" for point in event["points"]]
    return statistics.median(1 / point["steps_per_second"] for point in points[1:]), done.megabytes * 2**20


def theirs(options, model, arguments):
    kind, resolution, *optimizer = arguments
    done = measured.run([sys.executable, pathlib.Path(__file__).with_name("reference_train.py"), kind, model,
                         options.photos, options.steps, options.threads, resolution, *optimizer])
    figures = json.loads(done.output.splitlines()[-1])
    return figures["step_seconds"], done.megabytes * 2**20


def compare(options, name, model, project):
    settings, arguments, limit, alike = WORK[name]
    times, peaks = [], []
    for _ in range(options.rounds):
        (our_time, our_peak), (their_time, their_peak) = ours(options, project, settings), theirs(options, model, arguments)
        times.append((our_time, their_time))
        peaks.append((our_peak, their_peak))
    peak, other = (max(pair[side] for pair in peaks) for side in (0, 1))
    ratios = [ours / theirs for ours, theirs in times]
    ours_s, theirs_s = (statistics.median(pair[side] for pair in times) for side in (0, 1))
    print(f"{name:<11}{peak / 2**30:>6.2f} GiB (bar {limit}){other / 2**30:>7.2f} GiB{peak / other:>7.2f}"
          f"{ours_s:>8.2f} s{theirs_s:>8.2f} s{statistics.median(ratios):>7.2f}  {' '.join(f'{r:.2f}' for r in ratios)}"
          f"{'' if alike else '   (weights in another dtype than theirs)'}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cli")
    parser.add_argument("photos")
    parser.add_argument("--model")
    parser.add_argument("--steps", default="4")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--threads", default="2")
    parser.add_argument("--scratch")
    parser.add_argument("--work", action="append", choices=list(WORK))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        model = options.model
        if model is None:
            import full_size_models
            model = pathlib.Path(scratch) / "sd15"
            full_size_models.in_own_process(full_size_models.write_model, "sd15", model)
        project = pathlib.Path(scratch) / "project"
        subprocess.run([options.cli, "new", project, "--photos", options.photos, "--class", "dog", "--model", model],
                       check=True, stdout=subprocess.DEVNULL)
        print("load average", json.dumps(os.getloadavg()), flush=True)
        print(f"{'work':<11}{'our peak':>19}{'their peak':>12}{'ratio':>7}{'ours':>10}{'theirs':>10}{'ratio':>7}  by round")
        for name in options.work or WORK:
            compare(options, name, model, project)


if __name__ == "__main__":
    main()
