#!/usr/bin/env python3
"""Makes the small committed pictures that the tests of core/data compare with (needs Pillow and numpy).

usage: make_photo_fixtures.py OUT [--seed N]
Writes OUT/crop/{cases.json, *.png}: photos, and squares of them as Pillow's LANCZOS renders them; and OUT/cmyk.jpg and
OUT/p3-turned.avif, which OpenImageIO itself can't write.
"""
import argparse
import json
import pathlib

import numpy as np
from PIL import Image, ImageCms

P3_PRIMARIES = np.array([[0.680, 0.320], [0.265, 0.690], [0.150, 0.060]])


def photo(rng, width, height, kind):
    y, x = np.mgrid[0:height, 0:width].astype(float)
    if kind == "noise":
        return rng.integers(0, 256, (height, width, 3)).astype(np.uint8)
    waves = [127 + 90 * np.sin(x / rng.uniform(2, 20) + rng.uniform(0, 6)) * np.cos(y / rng.uniform(2, 20)) for _ in range(3)]
    pixels = np.stack(waves, -1)
    pixels[height // 4 : height // 2, width // 3 : width // 2] = [255, 0, 40]  # hard edges ring
    return np.clip(np.round(pixels), 0, 255).astype(np.uint8)


def crops(out, rng):
    out.mkdir(parents=True, exist_ok=True)
    cases = []
    for name, width, height, kind in [("wide", 148, 97, "waves"), ("tall", 61, 120, "noise")]:
        image = Image.fromarray(photo(rng, width, height, kind))
        image.save(out / f"{name}.png")
        short = min(width, height)
        for index, (centre_x, centre_y, part, size) in enumerate(
            [(0.5, 0.5, 1.0, 32), (0.5, 0.5, 1.0, 64), (0.0, 0.0, 0.5, 24), (1.0, 1.0, 0.37, 128),
             (float(rng.uniform(0.4, 0.6)), float(rng.uniform(0.4, 0.6)), float(rng.uniform(0.5, 0.9)), 40)]):
            side = part * short
            left = min(max(centre_x * width - side / 2, 0), width - side)
            top = min(max(centre_y * height - side / 2, 0), height - side)
            expected = f"{name}-{index}.png"
            image.resize((size, size), Image.Resampling.LANCZOS, box=(left, top, left + side, top + side)).save(out / expected)
            cases.append({"photo": f"{name}.png", "center_x": centre_x, "center_y": centre_y, "side": part,
                          "resolution": size, "expected": expected})
    (out / "cases.json").write_text(json.dumps(cases, indent=1) + "\n")


def profile_p3():
    """A Display P3 profile, written by hand: Pillow can only make sRGB, Lab and XYZ ones."""
    import struct

    def fixed(value):
        return struct.pack(">i", round(value * 65536))

    def to_xyz(xy):
        return np.array([xy[0] / xy[1], 1, (1 - xy[0] - xy[1]) / xy[1]])

    d65, d50 = to_xyz((0.3127, 0.3290)), np.array([0.9642, 1.0, 0.8249])
    primaries = np.stack([to_xyz(p) for p in P3_PRIMARIES], 1)
    primaries = primaries * np.linalg.solve(primaries, d65)
    bradford = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
    adapted = np.linalg.inv(bradford) @ np.diag((bradford @ d50) / (bradford @ d65)) @ bradford @ primaries

    def xyz_tag(v):
        return b"XYZ \0\0\0\0" + b"".join(fixed(x) for x in v)

    curve = b"para\0\0\0\0" + struct.pack(">HH", 3, 0) + b"".join(map(fixed, (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)))
    title = "Display P3".encode("utf-16-be")
    text = b"mluc\0\0\0\0" + struct.pack(">II", 1, 12) + b"enUS" + struct.pack(">II", len(title), 28) + title
    tags = [(b"desc", text), (b"cprt", text), (b"wtpt", xyz_tag(d50)), (b"rXYZ", xyz_tag(adapted[:, 0])), (b"gXYZ", xyz_tag(adapted[:, 1])),
            (b"bXYZ", xyz_tag(adapted[:, 2])), (b"rTRC", curve), (b"gTRC", curve), (b"bTRC", curve)]
    table, data, at = b"", b"", 128 + 4 + 12 * len(tags)
    for name, content in tags:
        content += b"\0" * (-len(content) % 4)
        table += name + struct.pack(">II", at + len(data), len(content))
        data += content
    head = struct.pack(">I4sI4s4s4s", at + len(data), b"\0" * 4, 0x04000000, b"mntr", b"RGB ", b"XYZ ")
    head += b"\0" * 12 + b"acsp" + b"\0" * 28 + b"".join(fixed(x) for x in d50)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + data


def unwritable(out):
    ink = np.zeros((16, 16, 4), np.uint8)
    ink[:, :8] = [0, 255, 255, 0]  # red
    ink[:, 8:] = [0, 0, 0, 128]  # grey
    Image.fromarray(ink, "CMYK").save(out / "cmyk.jpg", quality=95)
    # Stored lying: turned clockwise by its orientation, the left half becomes the top one.
    colours = np.zeros((32, 48, 3), np.uint8)
    colours[:16] = [200, 60, 60]
    colours[16:] = [60, 200, 60]
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(colours).save(out / "p3-turned.avif", quality=95, subsampling="4:4:4", exif=exif, icc_profile=profile_p3())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    rng = np.random.default_rng(arguments.seed)
    arguments.out.mkdir(parents=True, exist_ok=True)
    crops(arguments.out / "crop", rng)
    unwritable(arguments.out)


if __name__ == "__main__":
    main()
