#!/usr/bin/env python3
"""Shows how far `likeness-cli plan` is from what training then takes, on as many configurations as are named.

usage: plan_error.py LIKENESS_CLI PHOTOS [--model MODEL] [--set KEY=VALUE]... [--case "KEY=VALUE KEY=VALUE"]...

For each case it plans, trains a few steps, and prints the planned and the measured peak of resident memory (that of the
whole process, as the system counted it) with the error, and the same for the time of a step. Without --case it takes
twelve for the embedded base. --set goes to every case.
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
CASES = ["batch_size=1", "batch_size=2", "batch_size=4", "batch_size=8", "batch_size=2 precision=bf16",
         "batch_size=8 precision=bf16", "batch_size=2 gradient_accumulation=4", "batch_size=4 prior_weight=0",
         "batch_size=2 text_encoder_learning_rate=0", "batch_size=2 resolution=64", "batch_size=2 resolution=256",
         "batch_size=4 resolution=256 precision=bf16"]
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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cli")
    parser.add_argument("photos")
    parser.add_argument("--model")
    parser.add_argument("--set", action="append", default=[])
    parser.add_argument("--case", action="append")
    options = parser.parse_args()
    base = ["precision=fp32"] + QUIET + options.set
    errors = []
    with tempfile.TemporaryDirectory() as folder:
        project = pathlib.Path(folder) / "project"
        subprocess.run([options.cli, "new", project, "--photos", options.photos, "--class", "dog"] +
                       (["--model", options.model] if options.model else []), check=True, stdout=subprocess.DEVNULL)
        print(f"{'case':<48}{'planned':>10}{'measured':>10}{'error':>8}{'planned':>10}{'measured':>10}{'error':>8}")
        for case in options.case or CASES:
            settings = sum((["--set", setting] for setting in base + case.split()), [])
            # Class images first: making them is a job of its own, whose memory is not training's.
            measured([options.cli, "--json", "train", project] + settings + ["--steps", "1"])
            events, _ = measured([options.cli, "--json", "plan", project] + settings)
            plan = next(event for event in events if event["event"] == "planned")
            events, peak = measured([options.cli, "--json", "train", project] + settings)
            points = [point for event in events if event["event"] == "metrics" for point in event["points"]]
            second = statistics.median(1 / point["steps_per_second"] for point in points[1:])
            total, planned_second = plan["bytes"]["total"], plan["seconds_per_step"]
            errors.append(total / peak - 1)
            print(f"{case:<48}{total / 1e9:>7.3f} GB{peak / 1e9:>7.3f} GB{errors[-1]:>8.1%}"
                  f"{planned_second:>8.2f} s{second:>8.2f} s{planned_second / second - 1:>8.1%}", flush=True)
    print(f"memory: largest error {max(errors, key=abs):.1%} over {len(errors)} cases")


if __name__ == "__main__":
    main()
