#!/usr/bin/env python3
"""Holds the one-way rule and the house rules that a compiler does not: usage check_layers.py ROOT.

Prints each breach as file:line: what, and exits 1 if there is one. With --self-test it checks a made-up tree that
breaks every rule, so that the check itself can't rot.
"""
import pathlib
import re
import sys
import tempfile

LAYERS = ["base", "api", "tensor", "model", "weights", "text", "diffusion", "data", "sample", "metrics", "project",
          "train", "pretrain", "engine", "batch"]
MAX_LINES = 600
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')
QT = re.compile(r"^(Q[A-Z]\w*|Qt\w+/.*|qt\w*/.*|qcustomplot\.h)$")


def layer_of(path):
    """The layer's name for core/<layer>/..., else the top folder."""
    parts = path.parts
    return parts[1] if parts[0] == "core" and len(parts) > 2 else parts[0]


def breaches_of_include(path, name):
    """What including `name` from `path` (relative to the root) breaks, as sentences."""
    here, parts = layer_of(path), pathlib.PurePosixPath(name).parts
    in_core, in_ui = path.parts[0] == "core", path.parts[0] == "ui"
    if parts[0] == "core" and len(parts) > 2:
        target = parts[1]
        if target not in LAYERS:
            yield f"core/{target} is not a layer"
        elif in_core and LAYERS.index(target) > LAYERS.index(here):
            yield f"core/{here} must not use core/{target}, which stands above it"
        elif in_ui and target not in ("base", "api"):
            yield f"ui may use core/base and core/api only, not core/{target}"
    if in_core and parts[0] in ("ui", "app"):
        yield f"core must not use {parts[0]}"
    if in_core and QT.match(name):
        yield "core must not use Qt"
    if parts[0] == "OpenImageIO" and path.parts[:2] != ("core", "data"):
        yield "only core/data uses OpenImageIO"
    inside = path.as_posix() == "core/tensor/torch.h" or (path.parent.as_posix() == "core/tensor" and path.suffix == ".cpp")
    if parts[0] in ("torch", "ATen", "c10") and not inside:
        yield "LibTorch is included through core/tensor/torch.h only (and what one file of core/tensor needs, there)"
    if name == "qcustomplot.h" and path.as_posix() != "ui/training/plot.h":
        yield "qcustomplot.h is included in ui/training/plot.h only"


def breaches(root):
    """All breaches below root as (file, line, sentence)."""
    for top in ("core", "ui", "app"):
        for path in sorted((root / top).rglob("*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            relative = path.relative_to(root)
            lines = path.read_text(encoding="utf-8").splitlines()
            if len(lines) > MAX_LINES:
                yield relative, len(lines), f"is longer than {MAX_LINES} lines"
            if path.suffix == ".h" and "#pragma once" not in lines[:1]:
                yield relative, 1, "a header starts with #pragma once"
            for number, line in enumerate(lines, 1):
                found = INCLUDE.match(line)
                for sentence in breaches_of_include(relative, found.group(1)) if found else ():
                    yield relative, number, sentence


def self_test():
    """Each planted breach must be found, and a clean file must pass."""
    planted = {
        "core/model/a.cpp": '#include "core/train/trainer.h"\n',
        "core/base/b.cpp": "#include <QString>\n",
        "core/text/c.cpp": "#include <OpenImageIO/imageio.h>\n",
        "core/text/d.cpp": "#include <torch/torch.h>\n",
        "core/api/e.cpp": '#include "ui/backend.h"\n',
        "ui/f.cpp": '#include "core/engine/engine.h"\n',
        "ui/g.cpp": "#include <qcustomplot.h>\n",
        "ui/h.h": "int x;\n",
        "app/i.cpp": "\n" * (MAX_LINES + 1),
        "core/base/j.cpp": '#include "core/nowhere/j.h"\n',
    }
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in {**planted, "core/train/ok.cpp": '#include "core/model/a.h"\n#include <vector>\n'}.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        found = {path.as_posix() for path, _, _ in breaches(root)}
    wrong = found ^ set(planted)
    for name in sorted(wrong):
        print(f"self-test: {name} was {'missed' if name in planted else 'wrongly named'}")
    return bool(wrong)


def main():
    if sys.argv[1] == "--self-test":
        return self_test()
    found = list(breaches(pathlib.Path(sys.argv[1])))
    for path, line, sentence in found:
        print(f"{path}:{line}: {sentence}")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
