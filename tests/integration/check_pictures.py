"""Pictures of likeness-cli as other programs see them: Pillow reads pixels and metadata, and the parameters are taken apart
by rules written down here from AUTOMATIC1111's behaviour. Then Pillow writes such pictures, and likeness-cli reads them.

usage: check_pictures.py likeness-cli make_tiny_model REPOSITORY."""

import json
import re
import sys
import xml.etree.ElementTree as ElementTree

from PIL import Image
from PIL.PngImagePlugin import PngInfo

import cli_support

EXIF, USER_COMMENT, COLOUR_SPACE = 0x8769, 0x9286, 0xA001
PROMPTS = {"plain": "a sks dog, on a beach", "latin": "un caf\u00e9 \u00e0 Z\u00fcrich",
           "unicode": "\u0434\u0440\u0430\u043a\u043e\u043d \U0001f409 \u9f8d, (big:1.2)\nsecond line"}


def comment(picture):
    """As piexif.helper.UserComment.load: eight bytes of code, then UTF-16 with the high byte first."""
    fields = picture.getexif().get_ifd(EXIF)
    value = fields[USER_COMMENT]
    assert value[:8] == b"UNICODE\0", value[:8]
    assert fields[COLOUR_SPACE] == 1
    return value[8:].decode("utf-16-be")


def taken_apart(text):
    *lines, last = text.strip().split("\n")
    pairs = re.findall(r'(\w[\w /-]+): *("(?:[^"\\]|\\.)+"|[^,]*)(?:,|$)', last)
    assert len(pairs) >= 3, last
    negative = next((i for i, line in enumerate(lines) if line.startswith("Negative prompt:")), len(lines))
    settings = {name: json.loads(value) if value.startswith('"') else value for name, value in pairs}
    return "\n".join(lines[:negative]), "\n".join(lines[negative:])[len("Negative prompt:"):].strip(), settings


def recipe_in(picture, file):
    if file.suffix == ".png":
        return json.loads(picture.text["likeness"])
    raw = picture.info["xmp"]
    packet = raw[raw.index(b"<x:xmpmeta"):raw.index(b"<?xpacket end")]
    return json.loads(ElementTree.fromstring(packet).find(".//{urn:likeness:picture:1.0/}recipe").text)


def check_written(cli):
    for kind, prompt in PROMPTS.items():
        exact = None
        for name, more in (("png", []), ("webp", ["--quality", "100"]), ("webp", []), ("jpeg", [])):
            out = cli.folder / f"{kind}-{name}{len(more)}"
            cli.good("sample", "--model", cli.model, "--prompt", prompt, "--negative", "blurry", "--steps", "2", "--size",
                     "64x40", "--sampler", "euler-a", "--guidance", "4.5", "--format", name, *more, "--out", out)
            file, = out.iterdir()
            picture = Image.open(file)
            assert (picture.format, picture.mode, picture.size) == (name.upper(), "RGB", (64, 40)), picture
            brightness = picture.convert("L").tobytes()  # WebP halves the resolution of colours, which noise can't bear
            exact = exact or brightness
            difference = sum(abs(a - b) for a, b in zip(exact, brightness)) / len(exact)
            assert difference < 8, (file, difference)
            text = picture.text["parameters"] if name == "png" else comment(picture)
            seen = taken_apart(text)
            assert seen[:2] == (prompt, "blurry"), seen
            assert seen[2]["Sampler"] == "Euler a" and seen[2]["CFG scale"] == "4.5" and seen[2]["Size"] == "64x40", seen
            recipe = recipe_in(picture, file)
            assert recipe["prompt"] == prompt and recipe["sampler"] == "euler-a", recipe
            print(f"{file.parent.name}: {file.stat().st_size} bytes, mean difference {difference:.2f}, texts as written")


def check_read(cli):
    """The same texts in files that Pillow writes."""
    text = PROMPTS["unicode"] + "\nNegative prompt: ugly\nSteps: 7, Sampler: Euler a, CFG scale: 3, Seed: 9, Size: 64x32"
    for name in ("png", "jpeg", "webp"):
        file = cli.folder / f"theirs.{name}"
        picture = Image.new("RGB", (16, 16), (10, 200, 30))
        if name == "png":
            info = PngInfo()
            info.add_text("parameters", text)  # as AUTOMATIC1111: tEXt or iTXt as Pillow chooses
            picture.save(file, pnginfo=info)
        else:
            exif = Image.Exif()
            exif.get_ifd(EXIF)[USER_COMMENT] = b"UNICODE\0" + text.encode("utf-16-be")
            picture.save(file, exif=exif)
        told = cli_support.events(cli.good("--json", "inspect", file))
        about = next(e["about"] for e in told if e["event"] == "inspected")
        assert about["parameters"] == text, about
        assert about["prompt"] == PROMPTS["unicode"] and about["settings"]["Steps"] == "7", about
        out = cli.folder / f"from-{name}"
        cli.good("sample", "--model", cli.model, "--recipe", file, "--out", out)
        made, = out.iterdir()
        assert recipe_in(Image.open(made), made)["seed"] == 9
        print(f"{file.name}: read as Pillow wrote it")


if __name__ == "__main__":
    CLI = cli_support.Cli(*sys.argv[1:4])
    try:
        check_written(CLI)
        check_read(CLI)
    finally:
        CLI.close()
