"""Every kind of model through the command line: new, priors, train, resume, sample, export, from each kind of file.

usage: test_model_kinds.py likeness-cli make_tiny_model REPOSITORY."""

import json
import sys
import unittest

import ckpt_file
import cli_support

CLI = None
SMALL = cli_support.FAST + ["--set", "resolution=32", "--set", "batch_size=1"]
# kind: the parts that are trained, and what inspect calls the family
KINDS = {"sd1": ("sd1", ["text_encoder", "unet"]), "sd2": ("sd2", ["text_encoder", "unet"]),
         "sdxl": ("sdxl", ["text_encoder", "text_encoder_2", "unet"]), "inpainting": ("sd1", ["text_encoder", "unet"])}


def weights(folder, part):
    stem = "model" if part.startswith("text") else "diffusion_pytorch_model"
    tensors = ckpt_file.read_safetensors(folder / part / f"{stem}.safetensors")
    return {name.removeprefix("text_model."): content for name, _, _, content in tensors}


def about(path):
    told = [e for e in cli_support.events(CLI.good("--json", "inspect", path)) if e["event"] == "inspected"]
    return told[0]["about"]


def latents(name, *arguments):
    """Of a picture that the model makes."""
    out = CLI.folder / name
    CLI.good("sample", *arguments, "--prompt", "a photo of sks dog", "--steps", "2", "--seed", "3", "--size", "32x32",
             "--save-latents", out.with_suffix(".safetensors"), "--out", out)
    assert len(list(out.glob("*.png"))) == 1
    ((_, _, _, content),) = ckpt_file.read_safetensors(out.with_suffix(".safetensors"))
    return content


class ModelKinds(unittest.TestCase):
    def whole_way(self, name, kind, model):
        """From the model to its trained export, which is given back."""
        family, parts = KINDS[kind]
        project = CLI.new_project(f"project-{name}", model=model)
        self.assertIn("Made 2 class images", CLI.good("priors", project, "--count", "2"))
        options = [*SMALL, "--steps", "4", "--set", "checkpoint_every=2", "--set", "keep_checkpoints=9",
                   "--set", "preview_every=4", "--set", "validate_every=2"]
        CLI.good("train", project, *options)
        (run,) = cli_support.runs(project)
        whole = cli_support.final_weights(run)
        self.assertEqual(sorted(whole), sorted([f"{part}.safetensors" for part in parts] + ["optimizer.safetensors"]))
        self.assertTrue((run / "samples" / "step-4-0.png").exists())
        points = [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]
        self.assertTrue(points[-1]["validation_loss"] > 0)
        # As if it had been killed after step 2.
        for file in (run / "checkpoints" / "step-4").iterdir():
            file.unlink()
        (run / "checkpoints" / "step-4").rmdir()
        CLI.good("train", project, "--resume", "--threads", "1")
        self.assertEqual(cli_support.final_weights(run), whole)
        return self.exports(name, family, parts, project)

    def exports(self, name, family, parts, project):
        folder, file = CLI.folder / f"out-{name}", CLI.folder / f"out-{name}.safetensors"
        CLI.good("export", project, "--out", folder)
        CLI.good("export", project, "--out", file, "--format", "single-file")
        for path in (folder, file):
            self.assertEqual(about(path)["family"], family)
            self.assertEqual(about(path)["missing"], [])
        trained = latents(f"a-{name}", project, "--checkpoint", "last")
        self.assertEqual(latents(f"b-{name}", "--model", folder), trained)
        self.assertEqual(latents(f"c-{name}", "--model", file), trained)
        return folder

    def changed(self, before, after, kind):
        for part in KINDS[kind][1]:
            old, new = weights(before, part), weights(after, part)
            self.assertEqual(sorted(old), sorted(new))
            changed = sum(old[key] != new[key] for key in old)
            self.assertGreater(changed, len(old) // 3, part)  # of SDXL's first encoder the last layer is not used
        self.assertEqual(weights(before, "vae"), weights(after, "vae"))

    # Each family from a folder or a file, each kind of file of one family: reading and writing every family in every
    # layout is check_layouts.py's.
    def test_folders(self):
        for kind in ("sd1", "sdxl"):
            with self.subTest(kind):
                model = CLI.make_model(f"folder-{kind}", kind)
                out = self.whole_way(f"folder-{kind}", kind, model)
                self.changed(model, out, kind)
                self.assertEqual(json.loads((out / "model_index.json").read_text())["_class_name"],
                                 json.loads((model / "model_index.json").read_text())["_class_name"])

    def test_zero_terminal_snr(self):
        model = CLI.make_model("zero-snr", "sd2")
        config = model / "scheduler" / "scheduler_config.json"
        wanted = {"prediction_type": "v_prediction", "rescale_betas_zero_snr": True, "timestep_spacing": "trailing"}
        config.write_text(json.dumps({**json.loads(config.read_text()), **wanted}))
        out = self.whole_way("zero-snr", "sd2", model)
        self.changed(model, out, "sd2")
        written = json.loads((out / "scheduler" / "scheduler_config.json").read_text())
        self.assertEqual({key: written.get(key) for key in wanted}, wanted)

    def test_safetensors(self):
        model = CLI.make_model("whole", "inpainting")
        file = CLI.folder / "whole.safetensors"
        CLI.good("convert", model, file, "--format", "single-file")
        self.changed(model, self.whole_way("safetensors", "inpainting", file), "inpainting")

    def test_ckpt(self):
        """Nothing but tensors: what they don't show is deduced."""
        model = CLI.make_model("plain", "sdxl", "plain")
        file = CLI.folder / "plain.safetensors"
        CLI.good("convert", model, file, "--format", "single-file")
        ckpt = ckpt_file.write_ckpt(file, CLI.folder / "plain.ckpt")
        self.changed(model, self.whole_way("ckpt", "sdxl", ckpt), "sdxl")

    def test_the_embedded_base_is_asked_only_for_a_vocabulary(self):
        without = {"environment": {"LIKENESS_BASE": str(CLI.folder / "nothing")}}
        project = CLI.new_project("baseless", **without)
        CLI.good("train", project, *SMALL, "--steps", "1", **without)
        CLI.good("export", project, "--out", CLI.folder / "baseless-out", **without)
        CLI.good("export", project, "--out", CLI.folder / "baseless.safetensors", "--format", "single-file", **without)
        done = CLI.run("sample", "--model", CLI.folder / "baseless.safetensors", "--prompt", "dog", "--out",
                       CLI.folder / "no", **without)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"LIKENESS_BASE", done.stderr)


if __name__ == "__main__":
    CLI = cli_support.Cli(*sys.argv[1:4])
    try:
        unittest.main(argv=sys.argv[:1] + sys.argv[4:], verbosity=2)
    finally:
        CLI.close()
