"""Holds docs/traps.md to the tests that it names: usage check_traps.py ROOT. Prints what is not there, and exits 1."""

import pathlib
import re
import sys

CPP = re.compile(r"`(Test\w+)::(\w+)`")
PYTHON = re.compile(r"`(\w+\.py)::(\w+)`")


def missing(page, sources):
    """The names in `page` that no file of `sources` (path → text) has."""
    for name, slot in CPP.findall(page):
        if not any(f"class {name} " in text and re.search(rf"void (\w+::)?{slot}\(\)", text) for text in sources.values()):
            yield f"{name}::{slot}"
    for file, function in PYTHON.findall(page):
        if not any(path.name == file and f"def {function}(" in text for path, text in sources.items()):
            yield f"{file}::{function}"


def main():
    root = pathlib.Path(sys.argv[1])
    sources = {path: path.read_text() for kind in ("*.cpp", "*.py") for path in (root / "tests").rglob(kind)}
    page = (root / "docs/traps.md").read_text()
    rows = [line for line in page.splitlines() if line.startswith("| ")][1:]
    lacking = list(missing(page, sources))
    lacking += [f"a test in: {row}" for row in rows if not (CPP.search(row) or PYTHON.search(row))]
    assert list(missing("`TestNothing::nothing`, `nothing.py::nothing`", sources)) != []  # or this can't fail
    for one in lacking:
        print("docs/traps.md names what is not there:", one)
    print(f"{len(rows)} faults, {len(CPP.findall(page)) + len(PYTHON.findall(page))} tests")
    sys.exit(1 if lacking or not rows else 0)


if __name__ == "__main__":
    main()
