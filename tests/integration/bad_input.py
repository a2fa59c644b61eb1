"""Bad input through the command line: each gets one clear sentence that names the file, a non-zero exit code, and
leaves nothing half written. usage: bad_input.py likeness-cli make_tiny_model REPOSITORY."""

import os
import pathlib
import pickle
import shutil
import struct
import subprocess
import sys
import unittest
import zipfile
import zlib

import cli_support

CLI = None


def png_header(width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


class Attack:
    """Runs a command when it is unpickled."""

    def __init__(self, command):
        self.command = command

    def __reduce__(self):
        return os.system, (self.command,)


def with_text(png, key, value):
    """The PNG with another text under the key, in place of its own."""
    at, out = 8, png[:8]
    while at < len(png):
        size = int.from_bytes(png[at:at + 4], "big")
        kind, data = png[at + 4:at + 8], png[at + 8:at + 8 + size]
        if kind == b"tEXt" and data.startswith(key + b"\0"):
            data = key + b"\0" + value
        out += struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        at += 12 + size
    return out


def content(folder):
    return sorted(str(f.relative_to(folder)) for f in pathlib.Path(folder).rglob("*"))


class BadInput(unittest.TestCase):
    def refused(self, *arguments, names=(), code=1, **more):
        done = CLI.run(*arguments, **more)
        text = done.stderr.decode(errors="replace").strip()
        self.assertEqual(done.returncode, code, text)
        told = [line for line in text.splitlines() if not line.startswith("Warning:")]
        self.assertEqual(len(told), 1, text)
        self.assertTrue(told[0].startswith("likeness-cli: ") and told[0].rstrip().endswith((".", "?")), text)
        self.assertNotIn("mistake", told[0])
        for name in names:
            self.assertIn(str(name), told[0])
        return told[0]

    def bad_photo(self, name, data):
        photo = CLI.folder / name
        photo.write_bytes(data)
        before = content(CLI.folder)
        self.refused("new", CLI.folder / "bad", "--photos", CLI.photos[0], photo, "--class", "dog", "--model",
                     CLI.model, names=[name])
        self.assertEqual(content(CLI.folder), before)
        photo.unlink()

    def test_no_photo(self):
        empty = CLI.folder / "empty"
        empty.mkdir()
        self.refused("new", CLI.folder / "bad", "--photos", empty, "--class", "dog", names=[empty])
        self.refused("new", CLI.folder / "bad", "--photos", CLI.folder / "missing.jpg", "--class", "dog",
                     names=["missing.jpg"])
        self.assertFalse((CLI.folder / "bad").exists())
        project = CLI.new_project("photoless")
        text = (project / "project.yaml").read_text()
        start, end = text.index("photos:"), text.index("training:")
        (project / "project.yaml").write_text(text[:start] + text[end:])
        self.refused("train", project, *cli_support.FAST)
        self.assertEqual(list((project / "runs").iterdir()), [])

    def test_one_photo(self):
        project = CLI.folder / "one"
        done = CLI.run("new", project, "--photos", CLI.photos[0], "--class", "dog", "--model", CLI.model)
        self.assertEqual(done.returncode, 0)
        self.assertIn(b"Warning: ", done.stderr)
        done = CLI.run("train", project, *cli_support.FAST, "--steps", "1")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(b"Warning: ", done.stderr)

    def test_text_named_jpg(self):
        self.bad_photo("text.jpg", b"Dear diary, this is not a picture.\n" * 100)

    def test_truncated_jpeg(self):
        whole = CLI.photos[1].read_bytes()
        self.bad_photo("cut.jpg", whole[:len(whole) // 2])

    def test_empty_file(self):
        self.bad_photo("nothing.jpg", b"")

    def test_enormous_header(self):
        self.bad_photo("wide.png", png_header(60_000, 60_000))

    def test_photo_damaged_later(self):
        project = CLI.new_project("damaged")
        (project / "photos" / CLI.photos[0].name).write_bytes(b"gone")
        self.refused("train", project, *cli_support.FAST, names=[CLI.photos[0].name])
        self.assertEqual(list((project / "runs").iterdir()), [])

    def test_folder_without_rights(self):
        locked = CLI.folder / "locked"
        locked.mkdir()
        project = CLI.new_project("rights")
        prefix = []
        if os.geteuid() == 0:  # root may write everywhere unless it gives that power away
            prefix = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
            if shutil.which("setpriv") is None or subprocess.run(prefix + ["true"]).returncode != 0:
                self.skipTest("root may write everywhere and there is no setpriv to give that power away")
        os.chmod(locked, 0o555)
        try:
            self.refused("new", locked / "new", "--photos", CLI.photos[0], "--class", "dog", "--model", CLI.model,
                         names=["locked"], prefix=prefix)
            self.refused("sample", "--model", CLI.model, "--prompt", "x", "--steps", "1", "--out", locked / "out",
                         names=["locked"], prefix=prefix)
            self.assertEqual(content(locked), [])
            os.chmod(locked, 0o000)
            self.refused("new", CLI.folder / "other", "--photos", locked, "--class", "dog", "--model", CLI.model,
                         names=["locked"], prefix=prefix)
            os.chmod(project, 0o555)
            self.refused("train", project, *cli_support.FAST, names=["rights"], prefix=prefix)
        finally:
            os.chmod(locked, 0o755)
            os.chmod(project, 0o755)

    def test_full_disk(self):
        disk = CLI.folder / "disk"
        disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], capture_output=True)
        if mounted.returncode != 0:
            self.skipTest("a small disk can only be mounted by root: " + mounted.stderr.decode().strip())
        try:
            project = CLI.new_project("ondisk")
            shutil.copytree(project, disk / "project")
            (disk / "filler").write_bytes(bytes(300_000))
            self.refused("train", disk / "project", *cli_support.FAST, "--steps", "1", names=["full", "disk/project"])
            left = [name for name in content(disk) if name.endswith(".tmp") or "step-1" in name]
            self.assertEqual(left, [])
            os.remove(disk / "filler")
            fill(disk / "filler")
            self.refused("new", disk / "new", "--photos", *CLI.photos, "--class", "dog", "--model", CLI.model,
                         names=["full", disk])
            self.assertFalse((disk / "new").exists())
            self.refused("export", finished_project(), "--out", disk / "export", names=["full", disk])
            self.assertFalse((disk / "export").exists())
        finally:
            subprocess.run(["umount", str(disk)], check=True)

    def test_model_with_missing_or_truncated_files(self):
        for file in ("unet/diffusion_pytorch_model.safetensors", "vae/config.json", "text_encoder/model.safetensors",
                     "tokenizer/merges.txt", "model_index.json", "scheduler/scheduler_config.json"):
            for cut in (False, True):
                with self.subTest(file=file, cut=cut):
                    model = CLI.folder / "broken"
                    shutil.copytree(CLI.model, model)
                    data = (model / file).read_bytes()
                    (model / file).unlink()
                    if cut:
                        (model / file).write_bytes(data[:len(data) // 2])
                    # Weights that are missing could have had another ending.
                    name = pathlib.Path(file).name if cut else pathlib.Path(file).stem
                    try:
                        self.refused("sample", "--model", model, "--prompt", "x", "--steps", "1", "--out",
                                     CLI.folder / "out", names=[name, pathlib.Path(file).parent])
                        self.refused("new", CLI.folder / "bad", "--photos", CLI.photos[0], "--class", "dog", "--model",
                                     model, names=[name, pathlib.Path(file).parent])
                        self.assertFalse((CLI.folder / "out").exists() or (CLI.folder / "bad").exists())
                    finally:
                        shutil.rmtree(model)
        self.refused("sample", "--model", CLI.folder / "nowhere", "--prompt", "x", "--out", CLI.folder / "out",
                     names=["nowhere"])

    def test_safetensors_that_lies(self):
        for length in (2**63, 2**40, 10**6, 2**64 - 1):
            file = CLI.folder / "lies.safetensors"
            file.write_bytes(struct.pack("<Q", length) + b"{}" + bytes(100))
            self.refused("inspect", file, names=["lies.safetensors"])
            self.refused("sample", "--model", CLI.model, "--prompt", "x", "--init-noise", file, "--out",
                         CLI.folder / "out", names=["lies.safetensors"])
            self.assertFalse((CLI.folder / "out").exists())

    def test_pickle_that_runs_a_command(self):
        marker = CLI.folder / "it-ran"
        file = CLI.folder / "model.ckpt"
        attack = pickle.dumps({"state_dict": Attack(f"touch {marker}")}, protocol=2)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("model/data.pkl", attack)
        model = CLI.folder / "pickled"
        shutil.copytree(CLI.model, model)
        (model / "unet/diffusion_pytorch_model.safetensors").unlink()
        for content_of_file in (file.read_bytes(), attack):
            file.write_bytes(content_of_file)
            self.refused("inspect", file, names=[file])
            shutil.copy(file, model / "unet/diffusion_pytorch_model.bin")
            self.refused("sample", "--model", model, "--prompt", "x", "--steps", "1", "--out", CLI.folder / "out",
                         names=["diffusion_pytorch_model.bin", "posix.system"])
            self.assertFalse(marker.exists() or (CLI.folder / "out").exists())
        shutil.rmtree(model)

    def test_unknown_sampler(self):
        text = self.refused("sample", "--model", CLI.model, "--prompt", "x", "--sampler", "dpm-2m", "--out",
                            CLI.folder / "out", code=2)
        self.assertIn("dpmpp-2m", text)

    def test_recipes(self):
        good = CLI.folder / "good"
        CLI.good("sample", "--model", CLI.model, "--prompt", "x", "--steps", "1", "--out", good)
        picture, = good.iterdir()
        whole = picture.read_bytes()
        out = CLI.folder / "out"
        text = CLI.folder / "text.png"
        text.write_bytes(b"no picture at all")
        bare = CLI.folder / "bare.png"
        bare.write_bytes(png_header(8, 8))
        damaged = CLI.folder / "damaged.png"
        at = whole.index(b"likeness")
        damaged.write_bytes(whole[:at + 20] + bytes([whole[at + 20] ^ 1]) + whole[at + 21:])
        deep = CLI.folder / "deep.png"
        deep.write_bytes(with_text(whole, b"likeness", b"[" * 1_000_000))
        lies = CLI.folder / "lies.png"
        lies.write_bytes(with_text(whole, b"likeness", b'{"prompt":"x","steps":1e99,"model":"/dev/zero"}'))
        device = CLI.folder / "device.png"
        device.write_bytes(with_text(whole, b"likeness", b'{"prompt":"x","steps":1,"model":"/dev/zero"}'))
        folder = CLI.folder / "a-folder.png"
        folder.mkdir()
        for recipe, part in ((CLI.folder / "gone.png", "gone.png"), (text, "text.png"), (bare, "bare.png"),
                             (damaged, "damaged.png"), (deep, "deep.png"), (lies, "steps"), (device, "/dev/zero"),
                             (folder, "a-folder.png"), (CLI.model / "unet/config.json", "config.json")):
            with self.subTest(recipe=recipe):
                self.refused("sample", "--recipe", recipe, "--out", out, names=[part])
                self.assertFalse(out.exists())

    def test_files_of_pictures(self):
        out = CLI.folder / "out"
        base = ["sample", "--model", CLI.model, "--prompt", "x", "--steps", "2", "--out", out]
        text = CLI.folder / "text.safetensors"
        text.write_bytes(b"Dear diary, this is no model.")
        photo = CLI.photos[0]
        weights = CLI.model / "unet/diffusion_pytorch_model.safetensors"
        for options, names in ((["--lora", CLI.folder / "gone.safetensors"], ["gone.safetensors"]),
                               (["--lora", text], ["text.safetensors"]),
                               (["--lora", weights], [weights.name]),
                               (["--embedding", CLI.folder / "gone.pt"], ["gone.pt"]),
                               (["--embedding", text], ["text.safetensors"]),
                               (["--embedding", weights], [weights.name]),
                               (["--vae", CLI.folder / "gone.safetensors"], ["gone.safetensors"]),
                               (["--vae", text], ["text.safetensors"]),
                               (["--from", CLI.folder / "gone.png"], ["gone.png"]),
                               (["--from", text], ["text.safetensors"]),
                               (["--from", photo, "--mask", text], ["text.safetensors"]),
                               (["--from", photo, "--strength", "0.1"], ["strength"]),
                               (["--size", "33x32"], ["33"]),
                               (["--clip-skip", "9"], ["clip skip"]),
                               (["--sampler", "plms", "--schedule", "karras"], ["plms"])):
            with self.subTest(options=options):
                self.refused(*base, *options, names=names)
                self.assertFalse(out.exists())

    def test_prompts(self):
        out = CLI.folder / "out"
        text = self.refused("sample", "--model", CLI.model, "--prompt", "dog " * 10_000, "--out", out)
        self.assertIn("10000 tokens", text)
        for more, part in ((["--prompt", "a [cat:" + "dog " * 5_000 + ":1]"], "5001 tokens"),
                           (["--prompt", "x", "--negative", "dog " * 5_000], "negative prompt has 5000 tokens"),
                           (["--prompt", "elephants " * 10_000], "kB long"), (["--prompt", "(dog:5000)"], "weigh"),
                           (["--prompt", b"a \xff\xfe dog"], "UTF-8"),
                           (["--prompt", "x", "--negative", b"a \xff\xfe dog"], "UTF-8")):
            self.refused("sample", "--model", CLI.model, "--steps", "2", "--out", out, *more, names=[part])
        self.refused("sample", "--model", CLI.model, "--steps", "2", "--out", out, "--prompt", "a cat", "--grid",
                     "replace=cat,(cat:5000)", names=["weigh"])
        self.assertFalse(out.exists())
        # All of a prompt is read, in as many chunks as it needs.
        done = CLI.run("sample", "--model", CLI.model, "--prompt", "dog " * 100, "--steps", "1", "--out", out)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        shutil.rmtree(out)

    def test_bad_class_and_token(self):
        for more in (["--class", ""], ["--class", b"\xff"], ["--class", "dog", "--token", "two words"]):
            self.refused("new", CLI.folder / "bad", "--photos", CLI.photos[0], "--model", CLI.model, *more)
            self.assertFalse((CLI.folder / "bad").exists())

    def test_projects(self):
        project = CLI.new_project("newer")
        yaml = project / "project.yaml"
        whole = yaml.read_text()
        for text, part in ((whole.replace("version: 1", "version: 7"), "newer version"), (whole[:40], "project.yaml"),
                           ("", "project.yaml"), (whole.replace("steps: 1000", "stepz: 1000"), "Did you mean"),
                           (whole.replace("file: ", "file: ../../", 1), "plain file name")):
            yaml.write_text(text)
            for command in (["train"], ["priors"], ["sample", "--prompt", "x", "--out", CLI.folder / "out"]):
                self.assertIn(part, self.refused(command[0], project, *command[1:], names=["project.yaml"]))
            self.assertEqual(yaml.read_text(), text)
        self.refused("train", CLI.folder / "nowhere", names=["nowhere"])
        self.refused("train", CLI.model, names=["tiny"])
        self.refused("train", CLI.new_project("fresh"), "--resume", names=["fresh"])
        self.refused("export", CLI.folder / "fresh", "--out", CLI.folder / "out", names=["fresh"])
        self.refused("sample", CLI.folder / "fresh", "--prompt", "x", "--checkpoint", "3", "--out", CLI.folder / "out",
                     names=["fresh"])
        self.assertFalse((CLI.folder / "out").exists())

    def test_damaged_checkpoint(self):
        project = finished_project()
        run = cli_support.runs(project)[-1]
        weights = run / "checkpoints/step-1/unet.safetensors"
        whole = weights.read_bytes()
        weights.write_bytes(whole[:len(whole) // 2])
        self.refused("sample", project, "--prompt", "x", "--steps", "1", "--out", CLI.folder / "out",
                     names=["unet.safetensors"])
        self.refused("train", project, "--resume", "--steps", "2", names=["unet.safetensors"])
        weights.write_bytes(whole)

    def test_out_is_a_file(self):
        file = CLI.folder / "a-file"
        file.write_text("x")
        self.refused("sample", "--model", CLI.model, "--prompt", "x", "--steps", "1", "--out", file, names=["a-file"])
        self.refused("new", file, "--photos", CLI.photos[0], "--class", "dog", "--model", CLI.model, names=["a-file"])
        self.assertEqual(file.read_text(), "x")


def fill(file):
    """Writes until the disk has no room left."""
    with open(file, "wb", buffering=0) as stream:
        try:
            while True:
                stream.write(bytes(4096))
        except OSError:
            pass


def finished_project():
    project = CLI.folder / "finished"
    if not project.exists():
        CLI.new_project("finished")
        CLI.good("train", project, *cli_support.FAST, "--steps", "1")
    return project


if __name__ == "__main__":
    CLI = cli_support.Cli(*sys.argv[1:4])
    try:
        unittest.main(argv=sys.argv[:1] + sys.argv[4:], verbosity=2)
    finally:
        CLI.close()
