"""Pictures that carry their recipes: written, read back, made again; grids. On a tiny random model.

usage: test_recipes.py likeness-cli make_tiny_model REPOSITORY."""

import pathlib
import shutil
import struct
import sys
import unittest
import zlib

import cli_support

CLI = None


def chunks(png):
    data, at = pathlib.Path(png).read_bytes(), 8
    while at + 8 <= len(data):
        size = int.from_bytes(data[at:at + 4], "big")
        yield data[at + 4:at + 8], data[at + 8:at + 8 + size]
        at += 12 + size


def pixels(png):
    """The packed pixels of a PNG: the same writer packs the same pixels alike."""
    return b"".join(content for kind, content in chunks(png) if kind in (b"IHDR", b"IDAT"))


def foreign_png(file, text, size=8):
    """A picture as AUTOMATIC1111 leaves it."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    header = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes(3 * size)) * size)
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) +
                     chunk(b"tEXt", b"parameters\0" + text.encode("latin-1")) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))
    return file


class Recipes(unittest.TestCase):
    def setUp(self):
        self.folder = CLI.folder / self.id().split(".")[-1]

    def sample(self, *arguments, out="out"):
        """Runs sample; the pictures that it made, and what it said beside."""
        folder = self.folder / out
        done = CLI.run("--json", "sample", *arguments, "--out", folder)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        told = cli_support.events(done.stdout.decode())
        made = [pathlib.Path(f) for f in told[-1]["made"]]
        return made, [e for e in told if e["event"] == "notice"]

    def recipe(self, picture):
        told = cli_support.events(CLI.good("--json", "inspect", picture))
        return [e for e in told if e["event"] == "inspected"][0]["about"]["recipe"]

    def same(self, first, second):
        self.assertEqual(pixels(first), pixels(second), (first, second))

    def test_the_same_picture_again(self):
        for number, options in enumerate([
                ["--sampler", "ddim"],
                ["--sampler", "euler-a", "--schedule", "karras", "--guidance-rescale", "0.5"],
                ["--sampler", "dpmpp-2m-sde", "--negative", "blurry, дом", "--size", "64x32", "--clip-skip", "1"],
                ["--sampler", "plms", "--guidance", "1", "--dtype", "bf16"],
        ]):
            with self.subTest(options=options):
                made, _ = self.sample("--model", CLI.model, "--prompt", "a (red:1.3) dog, дракон", "--steps", "3",
                                      "--count", "2", "--seed", "18446744073709551614", *options, out=f"first{number}")
                for picture in made:
                    again, notices = self.sample("--recipe", picture, out=f"again{number}")
                    self.assertEqual(len(again), 1)
                    self.same(picture, again[0])
                    self.assertEqual(notices, [])
                    self.assertEqual(self.recipe(picture), self.recipe(again[0]))

    def test_every_format(self):
        options = ["--model", CLI.model, "--prompt", "dog", "--steps", "2", "--sampler", "heun", "--size", "40x32"]
        for name, extension, more in (("png", ".png", []), ("jpeg", ".jpg", ["--quality", "80"]),
                                      ("webp", ".webp", []), ("webp", ".webp", ["--quality", "100"])):
            with self.subTest(format=name, more=more):
                made, _ = self.sample(*options, "--format", name, *more, out="first" + name + "".join(more))
                self.assertEqual(made[0].suffix, extension)
                again, _ = self.sample("--recipe", made[0], "--format", name, *more, out="again" + name + "".join(more))
                self.assertEqual(made[0].read_bytes(), again[0].read_bytes())
                as_png, _ = self.sample("--recipe", made[0], out="png" + name + "".join(more))
                if name == "png":
                    self.same(made[0], as_png[0])
        text = CLI.good("inspect", made[0])
        self.assertIn("prompt: dog", text)
        self.assertIn("sampler: heun", text)

    def test_options_beside_a_recipe(self):
        made, _ = self.sample("--model", CLI.model, "--prompt", "dog", "--steps", "2", "--seed", "5")
        other, _ = self.sample("--recipe", made[0], "--seed", "6", "--prompt", "owl", out="other")
        recipe = self.recipe(other[0])
        self.assertEqual((recipe["seed"], recipe["prompt"], recipe["steps"]), (6, "owl", 2))
        plain, _ = self.sample("--model", CLI.model, "--prompt", "owl", "--steps", "2", "--seed", "6", out="plain")
        self.same(other[0], plain[0])
        several, _ = self.sample("--recipe", made[0], "--count", "2", out="several")
        self.assertEqual([self.recipe(p)["seed"] for p in several], [5, 6])

    def test_trained_weights(self):
        project = CLI.new_project("recipes-trained")
        CLI.good("train", project, *cli_support.FAST, "--steps", "4", "--set", "checkpoint_every=2")
        made, _ = self.sample(project, "--prompt", "a [V] dog", "--steps", "2", "--checkpoint", "2", "--compare")
        base, trained = made
        for picture in (base, trained):
            self.same(picture, self.sample("--recipe", picture, out="again")[0][0])
            self.same(picture, self.sample(project, "--recipe", picture, out="with-project")[0][0])
        moved = CLI.folder / "recipes-moved"
        project.rename(moved)
        done = CLI.run("sample", "--recipe", trained, "--out", self.folder / "gone")
        self.assertEqual(done.returncode, 1)
        self.assertIn("step-2", done.stderr.decode())
        self.same(trained, self.sample(moved, "--recipe", trained, out="moved")[0][0])
        _, notices = self.sample("--model", CLI.model, "--recipe", trained, out="untrained")
        self.assertIn("checkpoint_left_out", [n["code"] for n in notices])

    def test_models_that_are_gone_or_others(self):
        model = CLI.folder / "a-copy"
        shutil.copytree(CLI.model, model)
        made, _ = self.sample("--model", model, "--prompt", "dog", "--steps", "1")
        config = model / "model_index.json"
        config.write_text(config.read_text() + "\n")
        _, notices = self.sample("--recipe", made[0], out="changed")
        self.assertEqual([n["code"] for n in notices], ["file_changed"])
        shutil.rmtree(model)
        done = CLI.run("sample", "--recipe", made[0], "--out", self.folder / "gone")
        self.assertEqual(done.returncode, 1)
        self.assertIn("a-copy", done.stderr.decode())
        self.assertIn("--model", done.stderr.decode())
        self.same(made[0], self.sample("--model", CLI.model, "--recipe", made[0], out="other")[0][0])

    def test_pictures_of_other_programs(self):
        picture = foreign_png(CLI.folder / "theirs.png", "a caf\xe9 <lora:nowhere:0.7>\nNegative prompt: ugly\n"
                              "Steps: 3, Sampler: DPM++ 2M Karras, CFG scale: 5.5, Seed: 77, Size: 64x32, "
                              "Model hash: 0123456789, Model: theirs, ADetailer model: face, Version: v1.10.1")
        done = CLI.run("sample", "--recipe", picture, "--out", self.folder / "none")
        self.assertEqual(done.returncode, 1)
        self.assertIn('"theirs"', done.stderr.decode())
        made, notices = self.sample("--model", CLI.model, "--recipe", picture)
        recipe = self.recipe(made[0])
        self.assertEqual([recipe[k] for k in ("prompt", "negative", "sampler", "schedule", "steps", "guidance", "seed",
                                              "size")],
                         ["a caf\xe9", "ugly", "dpmpp-2m", "karras", 3, 5.5, 77, "64x32"])
        self.assertEqual(sorted(n["code"] for n in notices),
                         ["file_changed", "foreign_recipe", "lora_missing", "not_repeated"])
        about = CLI.good("inspect", picture)
        self.assertIn("CFG scale: 5.5", about)
        nothing = foreign_png(CLI.folder / "nothing.png", "just words")
        self.assertEqual(CLI.run("sample", "--model", CLI.model, "--recipe", nothing, "--out", "o").returncode, 1)

    def test_what_automatic1111_reads(self):
        made, _ = self.sample("--model", CLI.model, "--prompt", "a dog", "--negative", "blurry", "--steps", "2",
                              "--sampler", "euler-a", "--schedule", "karras", "--seed", "3")
        text = dict(c.split(b"\0", 1) for k, c in chunks(made[0]) if k == b"tEXt")[b"parameters"].decode("latin-1")
        prompt, negative, line = text.split("\n")
        self.assertEqual((prompt, negative), ("a dog", "Negative prompt: blurry"))
        settings = dict(part.split(": ", 1) for part in line.split(", "))
        self.assertEqual(settings.pop("Model hash"), self.recipe(made[0])["model_identity"][:10])
        self.assertEqual(settings, {"Steps": "2", "Sampler": "Euler a", "Schedule type": "Karras", "CFG scale": "4",
                                    "Seed": "3", "Size": "32x32", "Model": "tiny", "Version": "Likeness"})

    def test_grids(self):
        base = ["--model", CLI.model, "--prompt", "a dog in snow", "--steps", "2"]
        made, _ = self.sample(*base, "--grid", "guidance=1,3; replace=snow,sand")
        self.assertEqual([f.name for f in made],
                         ["a-dog-in-snow-seed-0.png", "a-dog-in-snow-seed-0-2.png", "a-dog-in-sand-seed-0.png",
                          "a-dog-in-sand-seed-0-2.png", "a-dog-in-snow-grid.png"])
        single, _ = self.sample("--model", CLI.model, "--prompt", "a dog in sand", "--steps", "2", "--guidance", "3",
                                out="single")
        self.same(made[3], single[0])
        self.same(made[3], self.sample("--recipe", made[3], out="cell")[0][0])
        width, height = struct.unpack(">II", next(c for k, c in chunks(made[4]) if k == b"IHDR")[:8])
        self.assertGreaterEqual(width, 2 * 32)
        self.assertGreaterEqual(height, 2 * 32)
        again, _ = self.sample("--recipe", made[4], out="again")
        self.assertEqual(len(again), 5)
        for first, second in zip(made, again):
            self.same(first, second)
        made, _ = self.sample(*base, "--grid", "sampler=euler,dpmpp-2m", out="samplers")
        self.assertEqual([self.recipe(f)["sampler"] for f in made[:2]], ["euler", "dpmpp-2m"])


if __name__ == "__main__":
    CLI = cli_support.Cli(*sys.argv[1:4])
    try:
        unittest.main(argv=sys.argv[:1] + sys.argv[4:], verbosity=2)
    finally:
        CLI.close()
