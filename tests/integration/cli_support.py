"""What the tests of the command line share: runs likeness-cli and builds small projects. Standard library only."""

import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import tempfile

FAST = ["--set", "prior_count=2", "--set", "preview_every=0", "--set", "validate_every=0", "--threads", "1"]


# So small a model gains nothing from threads, which slow each other down where other tests run at the same time: where a
# test asks for several, they wait without spinning.
ONE_THREAD = {**os.environ, "OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "passive"}


class Cli:
    """likeness-cli with a tiny random model, in a folder of its own that is removed in the end."""

    def __init__(self, binary, make_model, source):
        self.binary = str(pathlib.Path(binary).resolve())
        self.source = pathlib.Path(source)
        self._folder = tempfile.TemporaryDirectory(prefix="likeness-")
        self.folder = pathlib.Path(self._folder.name)
        self._make_model = make_model
        self.model = self.make_model("tiny")
        self.photos = sorted((self.source / "resources/demo/photos").glob("*.jpg"))

    def make_model(self, name, kind="sd1", *more):
        folder = self.folder / name
        subprocess.run([self._make_model, folder, self.source / "resources/base", "1", kind, *more], check=True)
        return folder

    def close(self):
        self._folder.cleanup()

    def run(self, *arguments, timeout=300, prefix=(), environment={}, **more):
        command = [*prefix, self.binary] + [a if isinstance(a, bytes) else str(a) for a in arguments]
        return subprocess.run(command, capture_output=True, timeout=timeout, env={**ONE_THREAD, **environment}, **more)

    def good(self, *arguments, **more):
        done = self.run(*arguments, **more)
        assert done.returncode == 0, f"{arguments} ended with {done.returncode}: {done.stderr.decode(errors='replace')}"
        return done.stdout.decode()

    def start(self, *arguments):
        return subprocess.Popen([self.binary] + [str(a) for a in arguments], stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, env=ONE_THREAD)

    def new_project(self, name, photos=None, model=None, **more):
        project = self.folder / name
        self.good("new", project, "--photos", *(photos or self.photos[:3]), "--class", "dog", "--model",
                  model or self.model, **more)
        return project


def events(text):
    return [json.loads(line) for line in text.splitlines()]


def sha256(file):
    return hashlib.sha256(pathlib.Path(file).read_bytes()).hexdigest()


def runs(project):
    folder = pathlib.Path(project) / "runs"
    return sorted(f for f in folder.iterdir() if (f / "run.json").exists()) if folder.exists() else []


def checkpoint_steps(run):
    folder = run / "checkpoints"
    return sorted(int(f.name[5:]) for f in folder.glob("step-*")) if folder.exists() else []


def final_weights(run):
    """The hashes of the last checkpoint's weights and optimizer state, by file name."""
    folder = run / "checkpoints" / f"step-{checkpoint_steps(run)[-1]}"
    return {f.name: sha256(f) for f in sorted(folder.glob("*.safetensors"))}


def copy_project(project, target):
    """The project without its runs and what belongs to them."""
    shutil.copytree(project, target, ignore=shutil.ignore_patterns("runs", "pictures", "cache", ".lock"))
    for name in ("runs", "pictures"):
        (target / name).mkdir()
    return target
