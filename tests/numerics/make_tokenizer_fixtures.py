"""Writes what transformers' CLIPTokenizer makes of many texts, for tests/numerics/test_tokenizer.cpp.

    python make_tokenizer_fixtures.py [--seed N] [--count N] [--prompts FILE] [--tokenizer DIR] [--out DIR]

Texts are random Unicode drawn from --seed in several styles, each prompt of DreamBooth's list when its file is given,
and cases chosen by hand. The tests read DIR/text from LIKENESS_FIXTURES when that is set.
"""

import argparse
import json
import pathlib
import random
import re
import shutil
import tempfile

from transformers import CLIPTokenizer

ROOT = pathlib.Path(__file__).resolve().parents[2]
BOS, EOS = "<|startoftext|>", "<|endoftext|>"

BY_HAND = [
    "", " ", "\n", "\t\r\n ", "a", "A photo of a dog", "a photo of sks dog", "a photo of a [V] dog", "hello world!",
    "it's they're we've I'm she'll he'd don't DON'T IT'S", "'s't're", "''s '' 'll'", "rock'n'roll", "o’clock ‘quoted’",
    "wow!! great ! no", "!!!", "...", "?!?", "a,b;c:d", "1234567890", "3.14159", "½ ² Ⅷ ٣ 三", "v2.0-beta_3", "a_b",
    BOS, EOS, f"a {EOS} b", f"a{BOS}b{EOS}c", f"{EOS}{EOS}", f"{EOS}'s", "<|ENDOFTEXT|>", "x <|EndOfText|>!! y",
    "<|endoftext|", "<|<|endoftext|>|>", "<|startoftext |>", "!<|STARTOFTEXT|>!", "</w>", "dog</w>", "<w>",
    "İstanbul", "ΣΑΣ ΟΔΟΣ", "STRASSE Straße ẞ", "ﬁne ﬂow ŉ ǆ ǅ", "e\u0301 é", "n\u0303\u0304", "A\u030a Å \u212b",
    "\u1100\u1161\u11a8 각", "\u0344 \u0958 \u2126", "q\u0323\u0307 q\u0307\u0323", "\u0300start", "\u0627\u0653",
    "한국어 日本語 中文字符 ไทย हिन्दी עברית العربية Ελληνικά Русский", "日本語のプロンプト、犬の写真。",
    "👨‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇫🇷 ❤️ ☃", "a🐶b", "\u200b\u200c\u200d\ufeff",
    "a\u00a0b\u2003c\u3000d\u1680e\u2028f\u2029g\u0085h",
    "\x00\x01\x1f\x7f\x80\x9f", "a\x00b", "\ufffd\ufffe\uffff", "\U0010ffff\ue000", "\u0378\U000e0001", "\u180e\u2060",
    "\ua7cb\ua7dc\u1c89\U00010d50\U00016ea0", "\U0002ebf0\U000105d2\u0307\U00011382\U000113c9", "\U00010400\U00010428",
    "ａｂｃ１２３！", "𝒜𝓑𝔠𝟙", "ǅungla ᾳ ᾼ", "x" * 300, "ab" * 700, "🐕" * 90, "é" * 400, "a " * 500, "don't " * 40,
    "'" * 50, "1" * 60, "dog," * 60, "a\u0301\u0302\u0303" * 40,
]

RANGES = [
    (0x20, 0x7E), (0x20, 0x7E), (0xA0, 0x24F), (0x250, 0x36F), (0x370, 0x52F), (0x530, 0x6FF), (0x700, 0xDFF),
    (0xE00, 0x13FF), (0x1400, 0x1FFF), (0x2000, 0x2BFF), (0x2C00, 0x2FFF), (0x3000, 0x33FF), (0x4E00, 0x9FFF),
    (0xA000, 0xABFF), (0xAC00, 0xD7FF), (0xF900, 0xFFFF), (0x10000, 0x11FFF), (0x12000, 0x1CFFF), (0x1D000, 0x1FAFF),
    (0x20000, 0x323AF), (0xE0000, 0xE01EF),
]
SPACES = " \t\n\r\x0b\x0c\x1c\x85\xa0\u1680\u2000\u2003\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u200b\ufeff\u180e"
ODD = "\u200d\u200c\ufe0f\ufe0e\u20e3\u0301\u0308\u0323\u0345\u0307\u0338\x00\x07\x1b\x7f"
ODD += "'\"`’_-–—.,!?;:()[]{}<>|/\\@#$%^&*+=~"
WORDS = ("a photo of the sks dog cat in on with snow beach red jungle portrait 4k highly detailed trending oil "
         "painting by artist masterpiece i'm don't they're you've it'll we'd 50mm f/1.8 cinematic "
         "ultra-realistic").split()


def character(rng):
    while True:
        low, high = rng.choice(RANGES)
        code = rng.randint(low, high)
        if not 0xD800 <= code < 0xE000:
            return chr(code)


def anywhere(rng):
    while True:
        code = rng.randrange(0x110000)
        if not 0xD800 <= code < 0xE000:
            return chr(code)


def one_script(rng):
    low, high = rng.choice(RANGES)
    return "".join(" " if rng.random() < 0.15 else chr(rng.randint(low, high)) for _ in range(rng.randint(1, 40)))


def words(rng):
    text = " ".join(rng.choice(WORDS) for _ in range(rng.randint(1, 20)))
    for _ in range(rng.randint(0, 4)):
        at = rng.randint(0, len(text))
        inserted = rng.choice([character(rng), rng.choice(SPACES), rng.choice(ODD), EOS, EOS.upper()])
        text = text[:at] + inserted + text[at:]
    return text.upper() if rng.random() < 0.1 else text.title() if rng.random() < 0.1 else text


def marks(rng):
    base = [chr(rng.choice([rng.randint(0x41, 0x17F), rng.randint(0x370, 0x4FF), rng.randint(0x900, 0xDFF)]))]
    marks = [lambda: chr(rng.randint(0x300, 0x36F)), lambda: chr(rng.randint(0x1AB0, 0x1DFF)),
             lambda: chr(rng.randint(0x591, 0x65F)), lambda: chr(rng.randint(0x8D0, 0xDFF))]
    for _ in range(rng.randint(2, 30)):
        base.append(rng.choice(marks)() if rng.random() < 0.6 else chr(rng.randint(0x41, 0x17F)))
    return "".join(base)


def jamo(rng):
    return "".join(chr(rng.choice([rng.randint(0x1100, 0x11FF), rng.randint(0xAC00, 0xD7A3)])) for _ in range(12))


def random_text(rng):
    style = rng.randrange(8)
    length = rng.randint(1, 40)
    if style == 0:
        return "".join(anywhere(rng) for _ in range(length))
    if style == 1:
        return "".join(character(rng) for _ in range(length))
    if style == 2:
        return one_script(rng)
    if style == 3:
        return words(rng)
    if style == 4:
        return marks(rng)
    if style == 5:
        return "".join(rng.choice(SPACES if rng.random() < 0.3 else ODD) if rng.random() < 0.5 else character(rng)
                       for _ in range(length))
    if style == 6:
        return jamo(rng)
    return "".join(chr(rng.randint(0x20, 0x7E)) for _ in range(length))


def dreambooth_prompts(path):
    """Every prompt of the list for every class, from the file of the DreamBooth data set."""
    text = pathlib.Path(path).read_text()
    classes = sorted({line.split(",")[1] for line in re.findall(r"^[a-z0-9_]+,[a-z ]+$", text, re.M)} - {"class"})
    templates = list(dict.fromkeys(re.findall(r"'([^']*\{0\} \{1\}[^']*)'", text)))
    assert len(classes) > 10 and len(templates) > 30, "the list looks different"
    return [template.format("sks", noun) for template in templates for noun in classes]


def spelt(content, normalized):
    return {"content": content, "lstrip": False, "normalized": normalized, "rstrip": False, "single_word": False}


def added(content, normalized):
    return {"__type": "AddedToken", **spelt(content, normalized)}


def variants():
    """The ways that special tokens are written down in Stable Diffusion 1, 2, XL and older folders."""
    sd1 = {"bos_token": added(BOS, True), "eos_token": added(EOS, True), "unk_token": added(EOS, True),
           "pad_token": EOS, "model_max_length": 77}
    map1 = {"bos_token": spelt(BOS, True), "eos_token": spelt(EOS, True), "unk_token": spelt(EOS, True),
            "pad_token": EOS}
    decoder = {"0": {**spelt("!", False), "special": True}, "49406": {**spelt(BOS, True), "special": True},
               "49407": {**spelt(EOS, True), "special": True}}
    yield "sd1", {"tokenizer_config.json": sd1, "special_tokens_map.json": map1}
    yield "sd2", {"tokenizer_config.json": sd1, "special_tokens_map.json": {**map1, "pad_token": "!"}}
    yield "config_only", {"tokenizer_config.json": {**sd1, "pad_token": "!"}}
    yield "map_only", {"special_tokens_map.json": {**map1, "pad_token": "!"}}
    yield "sdxl_2", {"tokenizer_config.json": {"added_tokens_decoder": decoder, "bos_token": BOS, "eos_token": EOS,
                                               "pad_token": "!", "unk_token": EOS, "model_max_length": 77},
                     "special_tokens_map.json": {**map1, "pad_token": "!"}}
    yield "decoder_and_other_map", {
        "tokenizer_config.json": {"added_tokens_decoder": decoder, "bos_token": BOS, "eos_token": EOS,
                                  "pad_token": EOS, "unk_token": EOS, "model_max_length": 77},
        "special_tokens_map.json": {**map1, "pad_token": "!"}}
    yield "added_tokens", {"tokenizer_config.json": {**sd1, "bos_token": BOS, "eos_token": EOS, "unk_token": EOS},
                           "special_tokens_map.json": {"bos_token": BOS, "eos_token": EOS, "unk_token": EOS,
                                                       "pad_token": EOS},
                           "added_tokens.json": {"<Cat-Toy>": 49408, "<cat-toy-2>": 49409}}
    yield "nothing", {}


def records(tokenizer, texts):
    ids = tokenizer(texts, add_special_tokens=False).input_ids
    return [[text, row] for text, row in zip(texts, ids)]


def variant_records(source, name, files):
    texts = BY_HAND[:60] + ["a <Cat-Toy> and <cat-toy>, <CAT-TOY-2><cat-toy-2>"]
    with tempfile.TemporaryDirectory() as folder:
        for file in ("vocab.json", "merges.txt"):
            shutil.copy(source / file, folder)
        for file, content in files.items():
            (pathlib.Path(folder) / file).write_text(json.dumps(content))
        tokenizer = CLIPTokenizer.from_pretrained(folder)
        padded = tokenizer(texts, padding="max_length", max_length=77, truncation=True).input_ids
        return {"name": name, "files": files, "pad": tokenizer.pad_token_id,
                "texts": [[text, row, full] for (text, row), full in zip(records(tokenizer, texts), padded)]}


def write_alone(folder):
    """Saves a tokenizer as transformers 5 does, without vocab.json and merges.txt, with a token added; gives its ids."""
    tiny = CLIPTokenizer.from_pretrained(pathlib.Path(__file__).parent / "fixtures" / "sample" / "sd1" / "tokenizer")
    tiny.add_tokens(["<Cat-Toy>"])
    shutil.rmtree(folder, ignore_errors=True)
    tiny.save_pretrained(folder)
    assert not (folder / "vocab.json").exists()
    texts = BY_HAND[:60] + ["a <Cat-Toy> and <cat-toy>, <CAT-TOY-2><cat-toy-2>", "photo of sks dog"]
    saved = CLIPTokenizer.from_pretrained(folder)
    padded = saved(texts, padding="max_length", truncation=True).input_ids
    return [[text, row, full] for (text, row), full in zip(records(saved, texts), padded)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--prompts", help="DreamBooth's prompts_and_classes.txt")
    parser.add_argument("--tokenizer", type=pathlib.Path, default=ROOT / "resources/base/tokenizer")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parent / "fixtures")
    arguments = parser.parse_args()

    rng = random.Random(arguments.seed)
    tokenizer = CLIPTokenizer.from_pretrained(arguments.tokenizer)
    drawn = [random_text(rng) for _ in range(arguments.count)]
    prompts = dreambooth_prompts(arguments.prompts) if arguments.prompts else []
    texts = BY_HAND + drawn
    decoded = [tokenizer.decode(row, skip_special_tokens=True) for row in tokenizer(BY_HAND).input_ids]
    fixture = {
        "seed": arguments.seed,
        "random": records(tokenizer, texts),
        "prompts": records(tokenizer, prompts) if prompts else [],
        "decoded": decoded,
        "variants": [variant_records(arguments.tokenizer, name, files) for name, files in variants()],
    }
    folder = arguments.out / "text"
    folder.mkdir(parents=True, exist_ok=True)
    fixture["alone"] = write_alone(folder / "tokenizer_alone")
    (folder / "tokenizer.json").write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
    print(f"{len(texts)} texts, {len(prompts)} prompts, {len(fixture['variants'])} variants in {folder}")


if __name__ == "__main__":
    main()
