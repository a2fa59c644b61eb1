"""Sweeps, the queue, presets and imports through the command line, on a tiny random model.

usage: test_sweep.py likeness-cli make_tiny_model REPOSITORY [--kills N] [unittest's arguments].

The sweep's kills: an unbroken sweep, then copies of the project in which the same sweep is killed with SIGKILL at random
moments, several times each, and resumed until it is done. Tables (but for the seconds), best options, contact sheet and
the weights of every run must be the same bytes."""

import json
import os
import random
import signal
import subprocess
import sys
import time
import unittest

import cli_support

CLI = None
KILLS = 1

SWEEP = """version: 1
project: {project}
base:
  steps: 12
  prior_count: 2
  preview_every: 0
  validate_every: 4
  checkpoint_every: 3
  precision: fp32
options:
  learning_rate: [1e-3, 1e-4]
  batch_size: [1, 2]
halving: {{first: 4, factor: 2}}
samples:
  prompts: ["a photo of [V] dog", "[V] dog in the snow"]
  seed: 5
  count: 2
  settings: {{steps: 2}}
"""


def sweeps(project):
    folder = project / "sweeps"
    return sorted(f for f in folder.iterdir() if not f.name.startswith(".")) if folder.exists() else []


def without_seconds(text):
    """A table's lines without their last column, which is the time."""
    return [line.rsplit("," if "," in line else "|", 2 if line.endswith("|") else 1)[0] for line in text.splitlines()]


def results(sweep):
    """All that a sweep came to, but for the time it took."""
    table = json.loads((sweep / "table.json").read_text())
    table["sweep"] = ""
    for run in table["runs"]:
        assert run.pop("seconds") > 0 or run["state"] == "failed"
    markdown = [line for line in without_seconds((sweep / "table.md").read_text()) if not line.startswith("# ")]
    weights = {run.name: cli_support.final_weights(run) for run in cli_support.runs(sweep)}
    steps = {run.name: cli_support.checkpoint_steps(run)[-1] for run in cli_support.runs(sweep)}
    return {"table": table, "csv": without_seconds((sweep / "table.csv").read_text()), "markdown": markdown,
            "best": (sweep / "best.yaml").read_text(), "sheet": cli_support.sha256(sweep / "sheet.png"),
            "weights": weights, "steps": steps}


def write_sweep(name, project, text=SWEEP):
    file = CLI.folder / f"{name}.yaml"
    file.write_text(text.format(project=project))
    return file


class Sweeps(unittest.TestCase):
    def test_halving(self):
        project = CLI.new_project("halving")
        file = write_sweep("halving", "halving")
        out = CLI.good("sweep", file, "--threads", "1")
        self.assertIn("4 runs, resting after 4 8 12 steps", out)
        (sweep,) = sweeps(project)
        told = results(sweep)
        self.assertEqual(sorted(told["steps"].values()), [4, 4, 8, 12])
        rows = told["table"]["runs"]
        self.assertEqual([r["state"] for r in rows], ["finished", "left", "left", "left"])
        self.assertEqual([r["steps"] for r in rows], [12, 8, 4, 4])
        # What was left at a rung was worse there than what went on.
        at_4 = {}
        for run in cli_support.runs(sweep):
            for line in (run / "metrics.jsonl").read_text().splitlines():
                point = json.loads(line)
                if point["step"] == 4:
                    at_4[run.name] = point["validation_loss"]
        left = [loss for run, loss in at_4.items() if told["steps"][run] == 4]
        on = [loss for run, loss in at_4.items() if told["steps"][run] > 4]
        self.assertGreaterEqual(min(left), max(on))
        # The project's own runs are not touched, and a run that rested is the run that never did: the winner's options
        # trained in one go give the same weights.
        self.assertEqual(cli_support.runs(project), [])
        CLI.good("train", project, "--config", sweep / "best.yaml", "--threads", "1")
        best = f"{rows[0]['run']:03d}"
        self.assertEqual(cli_support.final_weights(cli_support.runs(project)[-1]), told["weights"][best])
        # Each run has its pictures, with the recipe that says from which checkpoint.
        for run in cli_support.runs(sweep):
            pictures = sorted((sweep / "pictures" / run.name).glob("prompt-*/*.png"))
            self.assertEqual(len(pictures), 4)
            self.assertIn(str(run), CLI.good("--json", "inspect", pictures[0]))
        self.assertIn("Nothing left to do", CLI.good("sweep", file, "--resume"))
        self.assertEqual(len(sweeps(project)), 1)

    def test_grid_survives_a_run_that_fails(self):
        project = CLI.new_project("grid")
        file = write_sweep("grid", "grid", """project: {project}
base: {{steps: 2, prior_count: 2, preview_every: 0, validate_every: 2, checkpoint_every: 0}}
options: {{resolution: [32, 33]}}
""")
        done = CLI.run("sweep", file, "--threads", "1")
        self.assertEqual(done.returncode, 0, done.stderr)
        (sweep,) = sweeps(project)
        rows = json.loads((sweep / "table.json").read_text())["runs"]
        self.assertEqual([(r["tried"]["resolution"], r["state"]) for r in rows], [("32", "finished"), ("33", "failed")])
        self.assertIn("multiple of", rows[1]["failure"])
        self.assertIn("multiple of", (sweep / "table.md").read_text())
        self.assertIn(b"resolution", done.stderr)  # its losses can't be compared
        # The same sweep again is another folder.
        CLI.good("sweep", file, "--threads", "1")
        self.assertEqual(len(sweeps(project)), 2)

    def test_class_images_of_other_runs_change_nothing(self):
        options = ["--set", "preview_every=0", "--set", "validate_every=0", "--threads", "1", "--steps", "2"]
        alone, after = CLI.new_project("alone"), CLI.new_project("after")
        CLI.good("train", alone, *options, "--set", "prior_count=2")
        CLI.good("priors", after, "--count", "5")
        CLI.good("train", after, *options, "--set", "prior_count=2")
        self.assertEqual(*(cli_support.final_weights(cli_support.runs(p)[-1]) for p in (alone, after)))

    def test_refusals(self):
        project = CLI.new_project("refusals")
        for name, text, part in [
            ("option", "project: refusals\noptions: {{learning_rat: [1]}}\n", "Did you mean learning_rate?"),
            ("project", "project: nowhere\noptions: {{batch_size: [1]}}\n", "nowhere"),
            ("broken", "project: [\n", "damaged"),
        ]:
            done = CLI.run("sweep", write_sweep(name, "", text))
            self.assertEqual(done.returncode, 1, name)
            self.assertIn(part, done.stderr.decode())
            self.assertIn(name if name != "project" else "nowhere", done.stderr.decode())
            self.assertEqual(len(done.stderr.decode().strip().splitlines()), 1)
        self.assertEqual(sweeps(project), [])
        done = CLI.run("sweep", write_sweep("fresh", "refusals"), "--resume")
        self.assertIn(b"without --resume", done.stderr)

    def test_interrupt(self):
        project = CLI.new_project("stopped")
        file = write_sweep("stopped", "stopped", SWEEP.replace("steps: 12", "steps: 4000"))
        process = CLI.start("sweep", file, "--threads", "1")
        end = time.monotonic() + 60
        while not any(cli_support.runs(s) for s in sweeps(project)) and time.monotonic() < end:
            time.sleep(0.05)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        out, error = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, error)
        self.assertIn(b"sweep " + str(file).encode() + b" --resume", error)
        self.assertFalse((sweeps(project)[0] / "table.json").exists())

    def test_kills(self):
        start = CLI.new_project("start")
        CLI.good("priors", start, "--count", "2")
        whole = cli_support.copy_project(start, CLI.folder / "whole")
        started = time.monotonic()
        CLI.good("sweep", write_sweep("whole", "whole"), "--threads", "1")
        length = time.monotonic() - started
        wanted = results(sweeps(whole)[0])
        generator = random.Random(1)
        kills = []
        for trial in range(KILLS):
            project = cli_support.copy_project(start, CLI.folder / f"kill-{trial}")
            file = write_sweep(f"kill-{trial}", f"kill-{trial}")
            arguments = ["sweep", file, "--threads", "1"]
            for _ in range(3):
                resume = ["--resume"] if sweeps(project) else []
                process, started = CLI.start(*arguments, *resume), time.monotonic()
                moment = generator.uniform(0, length / 2)
                try:
                    process.wait(timeout=moment)
                    length = time.monotonic() - started  # the machine has become faster
                except subprocess.TimeoutExpired:
                    process.kill()
                    kills.append(round(moment, 2))
                process.communicate()
            CLI.good(*arguments, *(["--resume"] if sweeps(project) else []))
            self.assertEqual(len(sweeps(project)), 1)
            self.assertEqual(results(sweeps(project)[0]), wanted, f"killed after {kills[-3:]}")
        print(f"killed after {kills} of {length:.1f} s", flush=True)
        self.assertGreaterEqual(len(kills), KILLS)


class Queue(unittest.TestCase):
    def setUp(self):
        self.file = CLI.folder / f"{self.id().split('.')[-1]}.json"

    def queue(self, *arguments):
        return ["queue", "--file", self.file, *arguments]

    def listed(self):
        return json.loads(CLI.good(*self.queue("list", "--json")))

    def test_jobs_run_in_order_and_a_failed_one_stops_nobody(self):
        project = CLI.new_project("queued")
        os.chdir(CLI.folder)  # jobs are kept with the folder that their paths begin in
        options = [o for o in cli_support.FAST if o not in ("--threads", "1")] + ["--steps", "3"]
        CLI.good(*self.queue("add", "priors", "queued", "--count", "2"))
        CLI.good(*self.queue("add", "train", "nowhere"))
        CLI.good(*self.queue("add", "sample", "queued", "--prompt", "a photo of [V] dog", "--steps", "2", "--out", "out"))
        CLI.good(*self.queue("add", "train", "queued", *options))
        CLI.good(*self.queue("add", "export", "queued", "--out", "exported"))
        CLI.good(*self.queue("move", "4", "1"))
        CLI.good(*self.queue("add", "train", "queued"))
        CLI.good(*self.queue("remove", "6"))
        self.assertEqual([j["id"] for j in self.listed()], [4, 1, 2, 3, 5])
        os.chdir("/")
        done = CLI.run(*self.queue("run", "--threads", "1"))
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"4 done, 1 failed", done.stdout)
        self.assertEqual([j["state"] for j in self.listed()], ["done", "done", "failed", "done", "done"])
        self.assertIn("nowhere", self.listed()[2]["sentence"])
        self.assertEqual(len(list((CLI.folder / "out").glob("*.png"))), 1)
        self.assertTrue((CLI.folder / "exported/model_index.json").exists())
        self.assertEqual(cli_support.checkpoint_steps(cli_support.runs(project)[-1]), [3])
        self.assertIn("0 done", CLI.good(*self.queue("run")))
        CLI.good(*self.queue("clear"))
        self.assertEqual(self.listed(), [])

    def test_kills(self):
        start = CLI.new_project("queue-start")
        CLI.good("priors", start, "--count", "2")
        options = [o for o in cli_support.FAST if o not in ("--threads", "1")] + [
            "--steps", "24", "--set", "checkpoint_every=4"]
        wanted = {}
        for seed in "1", "2":
            project = cli_support.copy_project(start, CLI.folder / f"queue-{seed}")
            CLI.good("train", project, *options, "--seed", seed, "--threads", "1")
            wanted[seed] = cli_support.final_weights(cli_support.runs(project)[-1])
        project = cli_support.copy_project(start, CLI.folder / "queue-killed")
        for seed in wanted:
            CLI.good(*self.queue("add", "train", project, *options, "--seed", seed))
        write_sweep("queue-sweep", "queue-killed", SWEEP.replace("learning_rate: [1e-3, 1e-4]", "learning_rate: [1e-3]"))
        CLI.good(*self.queue("add", "sweep", CLI.folder / "queue-sweep.yaml"))
        generator, kills = random.Random(2), 0
        for _ in range(2 * KILLS):
            process = CLI.start(*self.queue("run", "--threads", "1"))
            try:
                process.wait(timeout=generator.uniform(0.3, 2))
            except subprocess.TimeoutExpired:
                process.kill()
                kills += 1
            process.communicate()
            self.assertNotIn("running", [j["state"] for j in self.listed()])
        self.assertGreaterEqual(kills, KILLS)
        CLI.good(*self.queue("run", "--threads", "1"))
        self.assertEqual([j["state"] for j in self.listed()], ["done"] * 3)
        # Each job has one run, however often it was interrupted, with the weights of one that never was.
        runs = cli_support.runs(project)
        self.assertEqual(len(runs), 2)
        self.assertEqual([str(r) for r in runs], [j["run_folder"] for j in self.listed()[:2]])
        self.assertEqual([cli_support.final_weights(r) for r in runs], [wanted["1"], wanted["2"]])
        self.assertEqual(len(sweeps(project)), 1)
        self.assertTrue((sweeps(project)[0] / "table.json").exists())

    def test_usage(self):
        for arguments, part in [
            (["add"], "train, priors, sample, export or sweep"),
            (["add", "train", "p", "--set", "stepz=3"], "Did you mean steps?"),
            (["add", "train", "p", "--threads", "2"], "queue run"),
            (["add", "inspect", "p"], "inspect"),
            (["lst"], "Did you mean list?"),
        ]:
            done = CLI.run(*self.queue(*arguments))
            self.assertEqual(done.returncode, 2, arguments)
            self.assertIn(part, done.stderr.decode())
            self.assertEqual(len(done.stderr.decode().strip().splitlines()), 1, done.stderr)
        self.assertEqual(CLI.run(*self.queue("remove", "7")).returncode, 1)
        # Without --file it lies in the user's data folder.
        home = CLI.folder / "home"
        CLI.good("queue", "add", "train", "p", environment={"XDG_DATA_HOME": str(home)})
        self.assertTrue((home / "likeness/queue.json").exists())


class PresetsAndImports(unittest.TestCase):
    def test_presets(self):
        for name in ("quick", "balanced", "full"):
            self.assertIn(f"| {name} | base | full |", CLI.good("presets"))
        self.assertIn(CLI.good("presets"), (CLI.source / "docs/sweeps.md").read_text())
        project = CLI.new_project("preset")
        yaml = (project / "project.yaml").read_text()
        options = ["--preset", "quick", "--steps", "2", "--set", "preview_every=0", "--set", "prior_weight=0"]
        self.assertIn("Preset quick: ", CLI.good("train", project, *options, "--threads", "1"))
        written = (cli_support.runs(project)[-1] / "config.yaml").read_text()
        self.assertIn("batch_size: 1\n", written)         # the preset over the project
        self.assertIn("lr_schedule: constant\n", written)
        self.assertIn("steps: 2\n", written)              # the rest over the preset
        self.assertEqual((project / "project.yaml").read_text(), yaml)
        begun = CLI.folder / "begun"
        out = CLI.good("new", begun, "--photos", *CLI.photos[:3], "--class", "dog", "--preset", "full")
        self.assertIn("Preset full: 1600 steps", out)
        self.assertIn("steps: 1600\n", (begun / "project.yaml").read_text())
        done = CLI.run("train", project, "--preset", "quik")
        self.assertIn(b"Did you mean quick?", done.stderr)

    def test_import(self):
        data = CLI.source / "tests/data/import"
        project = CLI.new_project("imported")
        training, dataset = data / "sd-scripts-training.toml", data / "sd-scripts-dataset.toml"
        out = CLI.good("import", training, dataset, "--project", project, "--out", CLI.folder / "imported.yaml")
        for part in ("max_train_steps = 1600: steps = 1600", "Not taken over:", "output_name = fido", "photos/fido"):
            self.assertIn(part, out)
        yaml = (project / "project.yaml").read_text()
        for line in ("steps: 1600\n", "resolution: 768\n", "batch_size: 3\n", "weight_decay: 0.05\n"):
            self.assertIn(line, yaml)
        self.assertIn("steps: 1600\n", (CLI.folder / "imported.yaml").read_text())
        self.assertEqual(CLI.run("import", training, "--out", CLI.folder / "imported.yaml").returncode, 1)
        # What is printed is a file for --config.
        config = CLI.folder / "printed.yaml"
        config.write_text(CLI.good("import", data / "one-trainer.json").split("\n\n", 1)[1])
        CLI.good("train", project, "--config", config, *cli_support.FAST, "--steps", "1", "--set", "resolution=32",
                 "--set", "batch_size=1", "--set", "prior_weight=0", "--set", "lr_warmup_steps=0",
                 "--set", "more_resolutions=", "--set", "aspect_buckets=false")
        self.assertIn("max_grad_norm: 0.7\n", (cli_support.runs(project)[-1] / "config.yaml").read_text())
        bad = CLI.folder / "bad.toml"
        bad.write_text("a = ")
        done = CLI.run("import", bad)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"bad.toml", done.stderr)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if "--kills" in arguments:
        at = arguments.index("--kills")
        KILLS = int(arguments[at + 1])
        del arguments[at:at + 2]
    CLI = cli_support.Cli(*arguments[:3])
    try:
        unittest.main(argv=sys.argv[:1] + arguments[3:], verbosity=2)
    finally:
        CLI.close()
