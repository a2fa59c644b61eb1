"""Kills training with SIGKILL at random moments, goes on with --resume, and compares the final weights.

usage: kill_resume.py --cli likeness-cli --project PROJECT [--kills 20] [--seed 0] [-- option of train...]
       kill_resume.py --cli likeness-cli --make-model make_tiny_model --source REPOSITORY [--kills 3] [--subjects]
                      [-- option of train...]

Trains an unbroken run in a copy of the project, then for each kill another that is killed once at a random moment
between its start and its end, and then resumed. Every one must end with the same SHA-256 of all weights and of the
optimizer's state. The project itself is not changed.
"""

import argparse
import pathlib
import random
import subprocess
import sys
import tempfile
import time

import cli_support


def train(cli, project, options, resume=False):
    arguments = [cli, "train", str(project)] + (["--resume"] if resume else options)
    done = subprocess.run(arguments, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(arguments)} ended with {done.returncode}: {done.stderr}")


def killed_and_resumed(cli, project, options, seconds):
    """Returns the step of the last checkpoint at the kill, or None if the run was over by then."""
    process = subprocess.Popen([cli, "train", str(project)] + options, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    try:
        process.wait(timeout=seconds)
        return None
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    runs = cli_support.runs(project)
    steps = cli_support.checkpoint_steps(runs[-1]) if runs else []
    train(cli, project, options, resume=bool(runs))
    return steps[-1] if steps else 0


def compare(cli, project, options, kills, seed):
    generator = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="likeness-kills-") as folder:
        folder = pathlib.Path(folder)
        unbroken = cli_support.copy_project(project, folder / "unbroken")
        subprocess.run([cli, "priors", str(unbroken)], check=True, stdout=subprocess.DEVNULL)
        project = cli_support.copy_project(unbroken, folder / "start")
        started = time.monotonic()
        train(cli, unbroken, options)
        whole = time.monotonic() - started
        wanted = cli_support.final_weights(cli_support.runs(unbroken)[-1])
        print(f"unbroken: {whole:.1f} s, {wanted}", flush=True)
        trial = 0
        while trial < kills:
            copy = cli_support.copy_project(project, folder / f"trial-{trial}")
            moment = generator.uniform(0, whole)
            step = killed_and_resumed(cli, copy, options, moment)
            if step is not None:
                got = cli_support.final_weights(cli_support.runs(copy)[-1])
                if got != wanted:
                    sys.exit(f"killed after {moment:.2f} s, resumed from step {step}: {got} differs")
                trial += 1
                print(f"{trial}/{kills}: killed after {moment:.2f} s, resumed from step {step}: equal", flush=True)
            subprocess.run(["rm", "-rf", str(copy)], check=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cli", required=True)
    parser.add_argument("--project")
    parser.add_argument("--make-model")
    parser.add_argument("--source")
    parser.add_argument("--subjects", action="store_true", help="teach two at once")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("options", nargs="*")
    arguments = parser.parse_args()
    if arguments.project:
        compare(arguments.cli, pathlib.Path(arguments.project), arguments.options, arguments.kills, arguments.seed)
        return
    cli = cli_support.Cli(arguments.cli, arguments.make_model, arguments.source)
    try:
        options = cli_support.FAST + ["--steps", "60", "--set", "checkpoint_every=7"] + arguments.options
        project = cli.new_project("kills")
        yaml = project / "project.yaml"
        yaml.write_text(yaml.read_text().replace("prior_count: 48", "prior_count: 2"))
        if arguments.subjects:
            cli.good("add-subject", project, "--photos", *cli.photos[3:5], "--class", "toy", "--token", "zwx",
                     "--weight", "2")
        compare(arguments.cli, project, options, arguments.kills, arguments.seed)
    finally:
        cli.close()


if __name__ == "__main__":
    main()
