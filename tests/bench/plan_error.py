#!/usr/bin/env python3
"""Shows how far `likeness-cli plan` is from what training then takes, on as many configurations as are named.

usage: plan_error.py LIKENESS_CLI PHOTOS [--model MODEL] [--set KEY=VALUE]... [--case "KEY=VALUE KEY=VALUE"]...
       [--full-size FOLDER]

For each case it plans, trains a few steps, and prints the planned and the measured peak of resident memory (that of the
whole process, as the system counted it) with the error, and the same for the time of a step. Without --case it takes
nine for the embedded base, and with --full-size (a Stable Diffusion 1.5, as tests/numerics/full_size_models.py writes
one; up to 11 GB of memory) three for that. --set goes to every case.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

STEPS = 6
# Of the embedded base: what learns, how, in which dtype and size.
CASES = ["batch_size=2", "precision=bf16 batch_size=4 resolution=256", "precision=bf16 optimizer=adamw8bit",
         "precision=bf16 ema_decay=0.999 batch_size=4", "gradient_checkpointing=true batch_size=16",
         "precision=bf16 weights_dtype=bf16 optimizer=adamw8bit", "precision=bf16 method=lora",
         "precision=bf16 method=lora frozen_dtype=bf16 batch_size=4",
         "precision=bf16 method=textual-inversion prior_weight=0"]
# Of a full-size Stable Diffusion 1.5, on pictures of its own size and half of it.
LARGE = "precision=bf16 batch_size=1 prior_weight=0 gradient_checkpointing=true text_encoder_learning_rate=0 steps=3 "
LARGE_CASES = [LARGE + "method=lora resolution=512 frozen_dtype=bf16", LARGE + "method=lora resolution=256",
               LARGE + "optimizer=adamw8bit resolution=256"]
QUIET = ["prior_count=8", "preview_every=0", "validate_every=0", "checkpoint_every=0", f"steps={STEPS}"]


def measured(command):
    """The events of a command and the peak of its resident memory in bytes."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        out.seek(0)
        events = [json.loads(line) for line in out.read().decode().splitlines()]
    if status != 0:
        sys.exit(f"{' '.join(map(str, command))} failed: {events[-1] if events else status}")
    return events, usage.ru_maxrss * 1024


def row(cli, project, settings, case):
    """Prints a case and answers its error."""
    arguments = sum((["--set", setting] for setting in settings + case.split()), [])
    # Class images and latents first: making them is a job of its own, whose memory is not training's.
    measured([cli, "--json", "train", project] + arguments + ["--steps", "1"])
    events, _ = measured([cli, "--json", "plan", project] + arguments)
    plan = next(event for event in events if event["event"] == "planned")
    events, peak = measured([cli, "--json", "train", project] + arguments)
    points = [point for event in events if event["event"] == "metrics" for point in event["points"]]
    second = statistics.median(1 / point["steps_per_second"] for point in points[1:])
    total, planned_second = plan["bytes"]["total"], plan["seconds_per_step"]
    error = total / peak - 1
    print(f"{total / 1e9:>7.3f} GB{peak / 1e9:>7.3f} GB{error:>8.1%}"
          f"{planned_second:>8.2f} s{second:>8.2f} s{planned_second / second - 1:>8.1%}  {case}", flush=True)
    return error


def rows(options, model, cases):
    base = ["precision=fp32"] + QUIET + options.set
    with tempfile.TemporaryDirectory() as folder:
        project = pathlib.Path(folder) / "project"
        subprocess.run([options.cli, "new", project, "--photos", options.photos, "--class", "dog"] +
                       (["--model", model] if model else []), check=True, stdout=subprocess.DEVNULL)
        return [row(options.cli, project, base, case) for case in cases]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cli")
    parser.add_argument("photos")
    parser.add_argument("--model")
    parser.add_argument("--full-size")
    parser.add_argument("--set", action="append", default=[])
    parser.add_argument("--case", action="append")
    options = parser.parse_args()
    print(f"{'planned':>10}{'measured':>10}{'error':>8}{'planned':>10}{'measured':>10}{'error':>8}  case")
    errors = rows(options, options.model, CASES if options.case is None else options.case)
    if options.full_size:
        errors += rows(options, options.full_size, LARGE_CASES)
    print(f"memory: largest error {max(errors, key=abs):.1%} over {len(errors)} cases")


if __name__ == "__main__":
    main()
