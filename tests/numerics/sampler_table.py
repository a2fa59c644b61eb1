"""Prints the parity table of every sampler and kind of prediction, or keeps the one in docs/samplers.md fresh.

usage: sampler_table.py [--program build/release/tests/likeness_tests_diffusion] [--write FILE.md | --check FILE.md]

The numbers are made anew: the test program runs all cases of the fixtures and compares each state of x with the
reference's. Exits 1 if one deviates by 1e-4 or more. With --write the table goes between the two marker lines of FILE. With
--check the table there must have the same rows; its numbers, whose last digits differ from machine to machine, must be
below 1e-4 and within a factor of 100.
"""
import argparse
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BEGIN, END = "<!-- parity table: tests/numerics/sampler_table.py -->", "<!-- end of parity table -->"


INSIDE = re.compile(re.escape(BEGIN) + "\n(.*?)" + re.escape(END), re.S)


def rows(table):
    """What stands before the last column, and the number in it, of each row."""
    cells = [line.strip("|").rsplit("|", 1) for line in table.splitlines()[2:]]
    return {key.strip(): float(number) for key, number in cells}


def stale(written, made):
    """Why the table in the file is not that of the test; empty if it is."""
    if set(written) != set(made):
        return "rows differ: " + "; ".join(sorted(set(written) ^ set(made)))
    # Below 1e-6 it is only rounding.
    wrong = [key for key in made if not (written[key] < 1e-4 and
             0.01 < max(written[key], 1e-6) / max(made[key], 1e-6) < 100)]
    return "numbers differ: " + "; ".join(wrong) if wrong else ""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=pathlib.Path,
                        default=ROOT / "build" / "release" / "tests" / "likeness_tests_diffusion")
    parser.add_argument("--write", type=pathlib.Path)
    parser.add_argument("--check", type=pathlib.Path)
    arguments = parser.parse_args()
    run = subprocess.run([arguments.program, "--parity-table"], stdout=subprocess.PIPE, text=True)
    print(run.stdout, end="")
    if arguments.write and run.returncode == 0:
        page = arguments.write.read_text(encoding="utf-8")
        arguments.write.write_text(INSIDE.sub(lambda _: f"{BEGIN}\n{run.stdout}{END}", page), encoding="utf-8")
    if arguments.check and run.returncode == 0:
        found = INSIDE.search(arguments.check.read_text(encoding="utf-8"))
        problem = stale(rows(found[1]), rows(run.stdout)) if found else "there is no table"
        if problem:
            print(f"{arguments.check} is stale ({problem}). Run this script with --write {arguments.check}.")
            return 1
    return run.returncode


if __name__ == "__main__":
    sys.exit(main())
