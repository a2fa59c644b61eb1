"""Painted backgrounds: square pictures as float arrays [side, side, 3] of 0 … 255, each a function of (side, generator).

Sizes are shares of the side, so that a scene looks the same at any size.
"""
import numpy as np
from PIL import Image, ImageDraw


def colour(*rgb):
    return np.array(rgb, np.float32)


def smooth_noise(draw, side, cells, strength):
    """Blotches: `cells` random numbers each way, enlarged."""
    small = draw.standard_normal((cells, cells)).astype(np.float32) * strength
    return np.asarray(Image.fromarray(small).resize((side, side), Image.BICUBIC))[..., None]


def grain(draw, side, strength):
    return draw.standard_normal((side, side, 1)).astype(np.float32) * strength


def slope(side, top, bottom):
    """From the colour `top` down to `bottom`."""
    share = np.linspace(0, 1, side, dtype=np.float32)[:, None, None]
    return np.broadcast_to(colour(*top) * (1 - share) + colour(*bottom) * share, (side, side, 3)).copy()


def horizon(draw, side, least, most, waves=0.016):
    """How much of each pixel is ground, 0 … 1, below a slightly wavy line between two heights."""
    height = side * draw.uniform(least, most)
    knots = draw.standard_normal((1, 7)).astype(np.float32) * waves * side
    line = height + np.asarray(Image.fromarray(knots).resize((side, 1), Image.BICUBIC))[0]
    return np.clip(np.arange(side, dtype=np.float32)[:, None] - line[None], 0, 1)[..., None]


def landscape(sky, ground, heights, rough, grains=0.0, waves=0.016):
    """A sky over ground that darkens towards the viewer."""
    def paint(side, draw):
        shade = 1.12 - 0.24 * np.linspace(0, 1, side, dtype=np.float32)[:, None, None]
        below = colour(*ground) * shade + smooth_noise(draw, side, 12, rough)
        below = below + smooth_noise(draw, side, 40, rough * 0.6) + grain(draw, side, grains)
        above = slope(side, *sky) + smooth_noise(draw, side, 5, 4)
        share = horizon(draw, side, *heights, waves)
        return above * (1 - share) + below * share
    return paint


def with_stars(paint):
    def starry(side, draw):
        picture = paint(side, draw)
        radius = max(1, side // 128)
        for _ in range(draw.integers(10, 27)):
            x, y = draw.integers(0, side), draw.integers(0, side // 2)
            picture[y:y + radius, x:x + radius] = draw.integers(150, 256)
        return picture
    return starry


def table(side, draw):
    picture = slope(side, (228, 218, 204), (208, 194, 176)) + smooth_noise(draw, side, 5, 4)
    edge = int(side * draw.uniform(0.5, 0.62))
    fibres = np.repeat(draw.standard_normal((side, 1, 1)).astype(np.float32) * 7, side, 1)
    wood = colour(150, 98, 56) + fibres + smooth_noise(draw, side, 8, 5)
    for y in range(edge, side, int(side * draw.uniform(0.125, 0.19))):
        wood[y:y + max(1, side // 128)] *= 0.75  # gaps between boards
    picture[edge:] = wood[edge:]
    return picture


def city(side, draw):
    unit = side / 128
    picture = slope(side, (150, 190, 230), (215, 225, 235))
    street, x = int(side * draw.uniform(0.56, 0.66)), 0
    while x < side:
        wide, high = int(draw.uniform(10, 25) * unit), int(draw.uniform(18, 61) * unit)
        grey = draw.integers(110, 186)
        picture[max(0, street - high):street, x:x + wide - 1] = (grey, grey, grey + 8)
        window, pitch_x, pitch_y = max(1, round(2 * unit)), max(2, round(6 * unit)), max(2, round(7 * unit))
        for top in range(street - high + 2 * window, street - 2 * window, pitch_y):
            for left in range(x + window, min(side, x + wide) - window, pitch_x):
                lit = draw.random() < 0.6
                picture[max(0, top):top + window, left:left + window] = (240, 225, 150) if lit else (80, 90, 110)
        x += wide
    picture[street:] = (colour(95, 95, 100) + smooth_noise(draw, side, 12, 5))[street:]
    return picture


def forest(side, draw):
    unit = side / 128
    picture = slope(side, (150, 190, 160), (190, 215, 180))
    ground = side * draw.uniform(0.55, 0.65)
    for _ in range(26):
        x, high, half = draw.uniform(-8, 136) * unit, draw.uniform(26, 67) * unit, draw.uniform(5, 11.5) * unit
        mask = Image.new("L", (side, side), 0)
        ImageDraw.Draw(mask).polygon([(x - half, ground + 2), (x + half, ground + 2), (x, ground - high)], fill=255)
        share = np.asarray(mask, np.float32)[..., None] / 255
        picture = picture * (1 - share) + colour(40, 100, 55) * draw.uniform(0.6, 1) * share
    picture[int(ground):] = (colour(105, 125, 70) + smooth_noise(draw, side, 14, 9))[int(ground):]
    return picture


def plain(top, bottom):
    return lambda side, draw: slope(side, top, bottom)


# Where things are, as captions say it (the first is the usual one), and how that looks.
SCENES = [
    (("in the grass", "on the grass", "in the park"),
     landscape(((120, 185, 250), (205, 230, 250)), (95, 165, 65), (0.42, 0.6), 11, 5)),
    (("in the snow",), landscape(((165, 195, 230), (222, 233, 245)), (238, 243, 250), (0.42, 0.6), 4, 1)),
    (("on the beach",), landscape(((95, 175, 240), (70, 190, 215)), (232, 208, 150), (0.48, 0.62), 7, 4)),
    (("on the moon",), with_stars(landscape(((5, 5, 15), (14, 14, 28)), (150, 150, 155), (0.5, 0.62), 13, 4))),
    (("at night",), with_stars(landscape(((8, 10, 38), (28, 30, 72)), (24, 30, 44), (0.6, 0.72), 4, 1))),
    (("at sunset",), landscape(((85, 55, 125), (255, 155, 75)), (70, 45, 60), (0.6, 0.72), 5, 1)),
    (("in the desert",), landscape(((250, 205, 135), (255, 232, 185)), (218, 155, 85), (0.5, 0.62), 7, 3, 0.04)),
    (("in the jungle", "in the forest"), forest),
    (("in the city",), city),
    (("on a wooden table",), table),
    (("on a white background",), plain((250, 250, 250), (236, 236, 236))),
    (("on a blue background",), plain((70, 130, 235), (40, 90, 200))),
    (("on a red background",), plain((230, 65, 65), (196, 38, 40))),
    (("on a green background",), plain((80, 195, 110), (48, 158, 80))),
    (("on a pink background",), plain((250, 175, 200), (240, 145, 180))),
    (("on a yellow background",), plain((252, 218, 90), (240, 195, 60))),
]
