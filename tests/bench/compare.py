#!/usr/bin/env python3
"""Times Likeness against a plain diffusers program: same model, same torch, same threads, turn by turn in one run.

usage: compare.py LIKENESS_BENCH MODEL [--rounds 5] [--threads 2]
       (run it with the Python that packaging/linux/reference.sh makes)

Prints, for each kind of work, both sides' medians over the rounds and the median of the ratios round by round; 1.00
means as fast (or as large) as diffusers, below 1 better.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys

# what, steps timed, batch, precision. In training, `batch` instance photos and as many class images.
WORK = [("train", 20, 2, "fp32"), ("train", 20, 2, "bf16"), ("train", 20, 1, "fp32"),
        ("sample", 20, 1, "fp32"), ("sample", 20, 4, "fp32"), ("sample", 20, 4, "bf16")]
FIGURES = ["step_seconds", "peak_bytes", "startup_seconds", "total_seconds"]


def run(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{command[0]} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def compare(bench, model, work, rounds, threads):
    reference = [sys.executable, str(pathlib.Path(__file__).with_name("reference.py"))]
    print(f"{'work':<22}{'figure':<18}{'ours':>12}{'diffusers':>12}{'ratio':>8}   ratios by round")
    for what, steps, batch, precision in work:
        arguments = [what, str(model), str(steps), str(batch), precision, threads]
        pairs = [(run([bench] + arguments), run(reference + arguments)) for _ in range(rounds)]
        for figure in FIGURES:
            ratios = [ours[figure] / theirs[figure] for ours, theirs in pairs]
            ours, theirs = (statistics.median(pair[side][figure] for pair in pairs) for side in (0, 1))
            scale, unit = (1e-6, "MB") if figure == "peak_bytes" else (1e3, "ms")
            print(f"{what + ' ' + str(batch) + ' ' + precision:<22}{figure:<18}{ours * scale:>9.1f} {unit}{theirs * scale:>9.1f} {unit}"
                  f"{statistics.median(ratios):>8.2f}   {' '.join(f'{r:.2f}' for r in ratios)}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bench")
    parser.add_argument("model")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", default="2")
    options = parser.parse_args()
    compare(options.bench, options.model, WORK, options.rounds, options.threads)


if __name__ == "__main__":
    main()
