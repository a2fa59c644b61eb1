"""Prints the parity table of every sampler and kind of prediction, or keeps the one in docs/samplers.md fresh.

usage: sampler_table.py [--program build/release/tests/likeness_tests_diffusion] [--write FILE.md]

The numbers are made anew: the test program runs all cases of the fixtures and compares each state of x with the
reference's. Exits 1 if one deviates by 1e-4 or more. With --write the table goes between the two marker lines of FILE.
"""
import argparse
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BEGIN, END = "<!-- parity table: tests/numerics/sampler_table.py -->", "<!-- end of parity table -->"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=pathlib.Path,
                        default=ROOT / "build" / "release" / "tests" / "likeness_tests_diffusion")
    parser.add_argument("--write", type=pathlib.Path)
    arguments = parser.parse_args()
    run = subprocess.run([arguments.program, "--parity-table"], stdout=subprocess.PIPE, text=True)
    print(run.stdout, end="")
    if arguments.write and run.returncode == 0:
        page = arguments.write.read_text(encoding="utf-8")
        inside = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.S)
        arguments.write.write_text(inside.sub(lambda _: f"{BEGIN}\n{run.stdout}{END}", page), encoding="utf-8")
    return run.returncode


if __name__ == "__main__":
    sys.exit(main())
