#!/usr/bin/env python3
"""Renders the embedded base's pictures: emoji pasted on painted scenes, with captions.

usage: make_pictures.py --emoji FOLDER --names data-by-emoji.json --out FOLDER [--count 28000] [--side 128] [--core]
                        [--jobs N]

Picture k is a function of k, the side and the objects alone, so a larger set begins as a smaller one does. Writes
000000.png … and captions.jsonl over what a run before left there.
FOLDER of the emoji has one .webp each, named by code points, as the npm package @lobehub/fluent-emoji-3d has them.
"""
import argparse
import functools
import json
import multiprocessing
import os
import pathlib
import sys

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from scenes import SCENES

HUES = {"red": 0.0, "orange": 0.075, "yellow": 0.14, "green": 0.34, "blue": 0.6, "purple": 0.76, "pink": 0.92}


def read_objects(core_only):
    """[(name, nouns)] of objects.tsv."""
    objects = []
    for line in (pathlib.Path(__file__).parent / "objects.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        name, nouns, kind = line.split("\t")
        if kind == "core" or not core_only:
            objects.append((name, nouns.split(", ")))
    return objects


def find_sprites(objects, emoji, names):
    """[(nouns, file)] of the objects whose emoji are there; tells of the others."""
    by_name = {about["name"]: character for character, about in json.loads(names.read_text(encoding="utf-8")).items()}
    found = []
    for name, nouns in objects:
        points = "-".join(f"{ord(c):04x}" for c in by_name.get(name, ""))
        candidates = (points, points.replace("-fe0f", ""), points + "-fe0f")
        file = next((emoji / f"{c}.webp" for c in candidates if c and (emoji / f"{c}.webp").exists()), None)
        if file is None:
            print(f"make_pictures: there is no picture of \"{name}\"; it is left out", file=sys.stderr)
        else:
            found.append((nouns, file))
    return found


@functools.lru_cache(maxsize=400)
def sprite(file):
    return Image.open(file).convert("RGBA")


def recoloured(picture, hue):
    """All of one hue; grey parts take colour, too."""
    pixels = np.asarray(picture)
    hsv = np.asarray(Image.fromarray(pixels[..., :3]).convert("HSV")).astype(np.float32)
    hsv[..., 0] = hue * 255
    hsv[..., 1] = np.clip(hsv[..., 1] * 0.5 + 95, 0, 255)
    hsv[..., 2] = hsv[..., 2] * 0.92
    rgb = np.asarray(Image.fromarray(hsv.astype(np.uint8), "HSV").convert("RGB"))
    return Image.fromarray(np.dstack([rgb, pixels[..., 3]]), "RGBA")


def paste(picture, thing, side, draw):
    """Puts the thing somewhere in the middle, upright or a little tilted, over its own shadow."""
    size = int(side * draw.uniform(0.656, 0.8125))
    thing = thing.resize((size, size), Image.LANCZOS)
    if draw.random() < 0.5:
        thing = thing.transpose(Image.FLIP_LEFT_RIGHT)
    if draw.random() < 0.35:
        thing = thing.rotate(draw.uniform(-7, 7), Image.BICUBIC)
    room = side - size
    x = int(room * (0.5 + draw.uniform(-0.32, 0.32)))
    y = int(room * (0.62 + draw.uniform(-0.25, 0.3)))
    shadow = Image.new("L", (side, side), 0)
    box = (x + size * 0.16, y + size * 0.87, x + size * 0.84, min(side - 1, y + size * 1.02))
    ImageDraw.Draw(shadow).ellipse(box, fill=95)
    picture.paste((12, 12, 18), (0, 0), shadow.filter(ImageFilter.GaussianBlur(3 * side / 128)))
    picture.paste(thing, (x, y), thing)


def caption_of(adjective, noun, where, draw):
    """Four in five say all; the rest leave out that it is a photo, or where."""
    phrase = f"{adjective} {noun}" if adjective else noun
    phrase = f"{'an' if phrase[0] in 'aeiou' else 'a'} {phrase}"
    kind = draw.random()
    if kind < 0.8:
        return f"a photo of {phrase} {where}"
    return f"{phrase} {where}" if kind < 0.9 else f"a photo of {phrase}"


def render(number, objects, side):
    """Picture and caption."""
    draw = np.random.default_rng([number, 2026])
    nouns, file = objects[number % len(objects)]
    names, paint = SCENES[draw.integers(len(SCENES))]
    noun = nouns[draw.integers(len(nouns))]
    adjective, thing = "", sprite(file)
    if draw.random() < 0.2:
        adjective = list(HUES)[draw.integers(len(HUES))]
        # "a red red apple" would say nothing of the apple.
        noun = noun.removeprefix("red ")
        thing = recoloured(thing, HUES[adjective])
    picture = Image.fromarray(np.clip(paint(side, draw), 0, 255).astype(np.uint8))
    paste(picture, thing, side, draw)
    return picture, caption_of(adjective, noun, names[draw.integers(len(names))], draw)


def make(number, objects, side, folder):
    picture, caption = render(number, objects, side)
    file = folder / f"{number:06}.png"
    temporary = file.with_suffix(f".{os.getpid()}.tmp")
    picture.save(temporary, "PNG", compress_level=6)
    temporary.replace(file)
    return {"file": file.name, "caption": caption}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--emoji", type=pathlib.Path, required=True)
    parser.add_argument("--names", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--count", type=int, default=28000)
    parser.add_argument("--side", type=int, default=128)
    parser.add_argument("--core", action="store_true", help="only the hundred objects that matter most")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    arguments = parser.parse_args()
    objects = find_sprites(read_objects(arguments.core), arguments.emoji, arguments.names)
    if not objects:
        sys.exit(f"make_pictures: none of the emoji are in {arguments.emoji}")
    arguments.out.mkdir(parents=True, exist_ok=True)
    work = functools.partial(make, objects=objects, side=arguments.side, folder=arguments.out)
    with multiprocessing.Pool(arguments.jobs) as pool:
        lines = [json.dumps(line) for line in pool.imap(work, range(arguments.count), chunksize=64)]
    temporary = arguments.out / "captions.jsonl.tmp"
    temporary.write_text("\n".join(lines) + "\n", encoding="utf-8")
    temporary.replace(arguments.out / "captions.jsonl")
    print(f"{len(lines)} pictures of {len(objects)} objects in {arguments.out}")


if __name__ == "__main__":
    main()
