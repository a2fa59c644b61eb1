"""The command line from end to end on a tiny random model.

usage: test_cli.py likeness-cli make_tiny_model REPOSITORY."""

import json
import shutil
import signal
import sys
import time
import unittest

import cli_support
from test_recipes import foreign_png

CLI = None


def wait_for(condition, process=None, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        assert process is None or process.poll() is None, process.communicate()
        time.sleep(0.01)
    raise AssertionError("nothing happened")


class EndToEnd(unittest.TestCase):
    def test_main_job(self):
        project = CLI.new_project("main")
        out = CLI.good("priors", project, "--count", "2")
        self.assertIn("Made 2 class images", out)
        self.assertIn("prior_count: 2", (project / "project.yaml").read_text())
        options = cli_support.FAST + ["--steps", "6", "--set", "checkpoint_every=2"]
        CLI.good("train", project, *options)
        whole = cli_support.final_weights(cli_support.runs(project)[-1])
        self.assertIn("unet.safetensors", whole)
        # The default is settled when a run begins, so that it goes on alike on another processor.
        self.assertRegex((cli_support.runs(project)[-1] / "config.yaml").read_text(), "precision: (bf16|fp32)")

        # Killed in the middle, then resumed: the same weights.
        slow = CLI.start("train", project, *options)
        wait_for(lambda: len(cli_support.runs(project)) == 2
                 and 2 in cli_support.checkpoint_steps(cli_support.runs(project)[-1]), None)
        slow.kill()
        slow.communicate()
        CLI.good("train", project, "--resume", "--threads", "1")
        self.assertEqual(len(cli_support.runs(project)), 2)
        self.assertEqual(cli_support.final_weights(cli_support.runs(project)[-1]), whole)
        self.assertIn("Nothing left to do", CLI.good("train", project, "--resume"))

        self.sample(project)
        self.export(project)
        self.inspect(project)

    def sample(self, project):
        out = CLI.folder / "pictures"
        CLI.good("sample", project, "--prompt", "a photo of [V] dog", "--steps", "2", "--count", "2", "--seed", "7",
                 "--out", out, "--save-latents", CLI.folder / "latents.safetensors")
        made = sorted(out.glob("*.png"))
        self.assertEqual([f.name for f in made], ["a-photo-of-sks-dog-seed-7.png", "a-photo-of-sks-dog-seed-8.png"])
        again = CLI.folder / "again"
        for checkpoint in ("best", "last", "6"):
            CLI.good("sample", project, "--prompt", "a photo of [V] dog", "--steps", "2", "--count", "2", "--seed", "7",
                     "--out", again, "--checkpoint", checkpoint)
        self.assertEqual(len(list(again.glob("*.png"))), 6)  # nothing was overwritten
        base = CLI.folder / "base"
        CLI.good("sample", "--model", CLI.model, "--prompt", "dog", "--steps", "2", "--sampler", "plms", "--size",
                 "16x32", "--init-noise", self.noise(), "--out", base)
        self.assertEqual(len(list(base.glob("*.png"))), 1)
        about = self.about(made[0])
        self.assertEqual(about["recipe"]["seed"], 7)
        self.assertEqual(about["recipe"]["prompt"], "a photo of [V] dog")

    def noise(self):
        file = CLI.folder / "noise.safetensors"
        header = json.dumps({"latents": {"dtype": "F32", "shape": [1, 4, 8, 4], "data_offsets": [0, 512]}}).encode()
        header += b" " * (-len(header) % 8)
        file.write_bytes(len(header).to_bytes(8, "little") + header + bytes(512))
        return file

    def export(self, project):
        out = CLI.folder / "exported"
        CLI.good("export", project, "--out", out)
        for name in ("model_index.json", "unet/diffusion_pytorch_model.safetensors", "vae/config.json",
                     "text_encoder/model.safetensors", "tokenizer/vocab.json", "scheduler/scheduler_config.json"):
            self.assertTrue((out / name).exists(), name)
        CLI.good("sample", "--model", out, "--prompt", "dog", "--steps", "1", "--out", CLI.folder / "from-export")
        self.assertEqual(CLI.run("export", project, "--out", out).returncode, 1)

    def about(self, path):
        told = [e for e in cli_support.events(CLI.good("--json", "inspect", path)) if e["event"] == "inspected"]
        return told[0]["about"]

    def inspect(self, project):
        run = cli_support.runs(project)[-1]
        self.assertEqual(self.about(project)["kind"], "project")
        self.assertEqual(self.about(project)["runs"][-1]["state"], "finished")
        self.assertEqual(self.about(run)["kind"], "run")
        self.assertEqual(self.about(run / "checkpoints/step-6")["step"], 6)
        self.assertEqual(self.about(CLI.model)["resolution"], 32)
        self.assertEqual(self.about(CLI.folder / "latents.safetensors")["tensors"], 1)
        self.assertEqual(CLI.run("inspect", CLI.folder / "nothing").returncode, 1)

    def test_two_subjects(self):
        project = CLI.new_project("pets", photos=CLI.photos[:2])
        plain = (project / "project.yaml").read_text()
        caption = CLI.folder / "toys"
        caption.mkdir()
        for photo in CLI.photos[2:5]:
            shutil.copy(photo, caption)
        (caption / (CLI.photos[2].stem + ".txt")).write_text("[V] toy beside [V1] dog, on grass")
        out = CLI.good("add-subject", project, "--photos", caption, "--class", "toy", "--token", "zwx", "--weight", "2")
        self.assertIn("[V2]", out)
        self.assertIn("version: 2", (project / "project.yaml").read_text())
        about = self.about(project)
        self.assertEqual([s["token"] for s in about["further_subjects"]], ["zwx"])
        self.assertEqual(about["further_subjects"][0]["photos"], 3)
        self.assertIn("[V2]: zwx toy, 3 photos, weight 2", CLI.good("inspect", project))
        for bad, words in ((["--class", "cat", "--token", "SKS"], "names two subjects"),
                           (["--class", "cat", "--token", "cat", "--weight", "0"], "weight")):
            done = CLI.run("add-subject", project, "--photos", CLI.photos[0], *bad)
            self.assertEqual(done.returncode, 1)
            self.assertIn(words, done.stderr.decode())
        self.assertIn("first subject", CLI.run("remove-subject", project, "--token", "sks").stderr.decode())

        CLI.good("train", project, *cli_support.FAST, "--steps", "3", "--set", "caption_mode=files",
                 "--set", "caption_shuffle=true")
        self.assertEqual(len(list((project / "priors").iterdir())), 2)  # a folder for each class
        state = self.about(cli_support.runs(project)[-1] / "checkpoints/step-3")
        self.assertEqual(state["further_subjects"][0]["instance_prompt"], "a photo of zwx toy")
        pictures = CLI.folder / "pets-pictures"
        CLI.good("sample", project, "--prompt", "[V2] toy by [V] dog", "--steps", "1", "--out", pictures)
        alone = CLI.folder / "pets-alone"
        CLI.good("sample", project, "--prompt", "[V]", "--steps", "1", "--out", alone)
        self.assertEqual(self.about(next(alone.glob("*.png")))["recipe"]["prompt"], "[V]")  # brackets and all
        made = next(pictures.glob("*.png"))
        self.assertEqual(made.name, "zwx-toy-by-sks-dog-seed-0.png")
        self.assertEqual(self.about(made)["recipe"]["further_tokens"], ["zwx"])
        again = CLI.folder / "pets-again"
        CLI.good("sample", "--recipe", made, "--out", again)
        self.assertEqual(cli_support.sha256(next(again.glob("*.png"))), cli_support.sha256(made))
        self.assertIn("[V3]", CLI.run("sample", project, "--prompt", "[V3]", "--out", again).stderr.decode())
        self.assertIn("sks dog and zwx toy", CLI.good("export", project, "--out", CLI.folder / "pets-export"))

        CLI.good("remove-subject", project, "--token", "zwx")
        self.assertEqual((project / "project.yaml").read_text(), plain)
        self.assertTrue((project / "removed/zwx" / CLI.photos[2].name).exists())
        refused = CLI.run("train", project, "--resume", "--steps", "5")
        self.assertIn("2 subjects, not 1", refused.stderr.decode())

    def test_killed_before_its_first_checkpoint(self):
        """Nothing but the run itself remembers the number of threads that --resume is not given."""
        project = CLI.new_project("early")
        options = [o for o in cli_support.FAST if o not in ("--threads", "1")] + [
            "--threads", "2", "--steps", "20", "--set", "checkpoint_every=0"]
        CLI.good("train", project, *options)
        whole = cli_support.final_weights(cli_support.runs(project)[-1])
        killed = CLI.start("train", project, *options)
        wait_for(lambda: len(cli_support.runs(project)) == 2, killed)
        killed.kill()
        killed.communicate()
        run = cli_support.runs(project)[-1]
        self.assertEqual(cli_support.checkpoint_steps(run), [])
        CLI.good("train", project, "--resume")
        self.assertEqual(cli_support.runs(project)[-1], run)
        self.assertEqual(json.loads((run / "checkpoints/step-20/state.json").read_text())["threads"], 2)
        self.assertEqual(cli_support.final_weights(run), whole)

    def test_json_events(self):
        project = CLI.new_project("json")
        told = cli_support.events(CLI.good("train", project, "--json", *cli_support.FAST, "--steps", "3"))
        self.assertEqual(told[0]["event"], "accepted")
        self.assertEqual([e["event"] for e in told].count("finished"), 1)
        self.assertEqual(told[-1]["outcome"], "succeeded")
        self.assertEqual([e["seq"] for e in told], list(range(len(told))))
        points = [p for e in told if e["event"] == "metrics" for p in e["points"]]
        self.assertTrue(any(p["instance_loss"] is not None for p in points))
        self.assertTrue(any(e["event"] == "checkpoint" for e in told))

    def test_interrupt_leaves_a_checkpoint(self):
        project = CLI.new_project("interrupt")
        options = cli_support.FAST + ["--steps", "100000", "--set", "checkpoint_every=0"]
        process = CLI.start("train", project, *options)
        log = lambda: [f for f in cli_support.runs(project)[-1:] if (f / "metrics.jsonl").exists()
                       and (f / "metrics.jsonl").stat().st_size > 200]
        wait_for(log, process)
        process.send_signal(signal.SIGINT)
        out, error = process.communicate(timeout=30)
        self.assertEqual(process.returncode, 130, error)
        self.assertIn(b"--resume", error)
        run = cli_support.runs(project)[-1]
        self.assertEqual(len(cli_support.checkpoint_steps(run)), 1)
        self.assertEqual(json.loads((run / "run.json").read_text())["state"], "stopped")
        step = cli_support.checkpoint_steps(run)[-1]
        CLI.good("train", project, "--resume", "--steps", str(step + 2), "--threads", "1")
        self.assertEqual(cli_support.checkpoint_steps(run)[-1], step + 2)

    def test_two_trainings_of_one_project(self):
        project = CLI.new_project("twice")
        first = CLI.start("train", project, *cli_support.FAST, "--steps", "100000")
        wait_for(lambda: cli_support.runs(project), first)
        second = CLI.run("train", project)
        self.assertEqual(second.returncode, 1)
        self.assertIn(b"Another Likeness is training", second.stderr)
        first.send_signal(signal.SIGINT)
        first.communicate(timeout=30)
        self.assertEqual(len(cli_support.runs(project)), 1)

    def test_usage(self):
        for arguments, part in [
            (["trian", "x"], "Did you mean train?"),
            (["train", "x", "--stepz", "3"], "Did you mean --steps?"),
            (["train", "x", "--set", "stepz=3"], "Did you mean steps?"),
            (["train", "x", "--set", "steps"], "name=value"),
            (["train", "x", "--steps", "many"], "steps"),
            (["sample", "x", "--prompt", "p", "--out", "o", "--sampler", "dimm"], "ddim"),
            (["sample", "x", "--prompt", "p", "--out", "o", "--size", "big"], "128x128"),
            (["sample", "--prompt", "p", "--out", "o"], "--model"),
            (["sample", "x", "--prompt", "p", "--out", "o", "--count", "0"], "count"),
            (["sample", "x", "--out", "o"], "--prompt"),
            (["sample", "x", "--model", "m", "--prompt", "p", "--out", "o"], "not both"),
            (["sample", "x", "--prompt", "p", "--out", "o", "--schedule", "karas"], "Did you mean karras?"),
            (["sample", "x", "--prompt", "p", "--out", "o", "--format", "wepb"], "Did you mean webp?"),
            (["sample", "x", "--prompt", "p", "--out", "o", "--strength", "1.5"], "from 0 to 1"),
            (["sample", "x", "--prompt", "p", "--out", "o", "--dtype", "fp8"], "fp32, bf16 or fp16"),
            (["sample", "x", "--prompt", "p", "--out", "o", "--clipskip", "2"], "Did you mean --clip-skip?"),
            (["sample", "x", "--prompt", "p", "--out", "o", "--mask", "m.png"], "--from"),
            (["sample", "x", "--prompt", "p", "--out", "o", "--quality", "0"], "quality"),
            (["sample", "x", "--prompt", "p", "--out", "o", "--grid", "sede=1"], "Did you mean seed?"),
            (["sample", "x", "--prompt", "p", "--out", "o", "--grid", "steps=1,x"], "1000"),
            (["sample", "x", "--prompt", "p", "--out", "o", "--grid", "replace=owl,cat"], "owl"),
            (["sample", "x", "--prompt", "p", "--out", "o", "--grid", "seed=1", "--count", "2"], "--count"),
            ([], ""),
        ]:
            done = CLI.run(*arguments)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertIn(part, done.stderr.decode())
            self.assertEqual(len(done.stderr.decode().strip().splitlines()), 1, done.stderr)
        for name in ("dpmpp-2m-sde", "unipc", "karras", "sgm-uniform", "--guidance-rescale", "--recipe", "--grid"):
            self.assertIn(name, CLI.good("sample", "--help"))
        help_text = CLI.good("train", "--help")
        for option in ("text_encoder_stop_step", "preview_prompts", "prior_weight = 1"):
            self.assertIn(option, help_text)

    def test_looks_masks_and_held_out_photos(self):
        folder = CLI.folder / "masked-photos"
        folder.mkdir()
        for photo in CLI.photos[:3]:
            shutil.copy(photo, folder)
        foreign_png(folder / (CLI.photos[0].name + ".mask.png"), "")  # black: nothing of it counts
        project = CLI.new_project("looks", photos=[folder])
        self.assertEqual(len(list((project / "photos").glob("*.jpg"))), 3)
        self.assertEqual([f.name for f in (project / "photos").glob("*.png")], [CLI.photos[0].name + ".mask.png"])
        options = [*cli_support.FAST, "--steps", "4", "--set", "checkpoint_every=2", "--set", "more_resolutions=64",
                   "--set", "crop_jitter=0.2", "--set", "colour_jitter=0.1", "--set", "validate_on=held-out",
                   "--set", "validate_every=2", "--set", "keep_checkpoints=9"]
        out = CLI.good("train", project, *options)
        self.assertIn(f"{CLI.photos[2].name} is kept back", out)
        self.assertIn("a mask that is not used", out)
        (run,) = cli_support.runs(project)
        whole = cli_support.final_weights(run)
        shutil.rmtree(run / "checkpoints/step-4")  # as if it had been killed after step 2
        CLI.good("train", project, "--resume", "--threads", "1")
        self.assertEqual(cli_support.final_weights(run), whole)
        CLI.good("train", project, *options, "--set", "masked_loss=true")
        self.assertNotEqual(cli_support.final_weights(cli_support.runs(project)[-1]), whole)
        done = CLI.run("train", project, *options, "--set", "more_resolutions=33")
        self.assertIn(b"multiples of", done.stderr)

    def test_config_file(self):
        project = CLI.new_project("config")
        config = CLI.folder / "options.yaml"
        config.write_text("steps: 2\nseed: 5\nprior_count: 2\npreview_every: 0\nvalidate_every: 0\n")
        CLI.good("train", project, "--config", config, "--set", "seed=6", "--threads", "1")
        written = (cli_support.runs(project)[-1] / "config.yaml").read_text()
        self.assertIn("steps: 2\n", written)
        self.assertIn("seed: 6\n", written)
        config.write_text("stepz: 2\n")
        done = CLI.run("train", project, "--config", config)
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"options.yaml", done.stderr)


if __name__ == "__main__":
    CLI = cli_support.Cli(*sys.argv[1:4])
    try:
        unittest.main(argv=sys.argv[:1] + sys.argv[4:], verbosity=2)
    finally:
        CLI.close()
