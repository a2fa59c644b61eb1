"""Writes how AUTOMATIC1111's web UI reads and lays out many prompts, for test_prompt_syntax.cpp.

    python make_prompt_table.py --webui DIR [--seed N] [--count N] [--out DIR]

DIR is a copy of the web UI (version 1.10; its parser needs lark); only its modules/prompt_parser.py and modules/sd_hijack_clip.py are used, with
empty stand-ins for what else they import. Nothing of it is kept here: the table is what its functions answer.
Writes OUT/text/prompt_syntax.json: `parsed`, prompts with their stretches and weights, `schedules`, prompts with a number
of steps and what they say up to which step, and `chunks`, prompts with the tokens, weights and places of embeddings of
each chunk. Prompts are chosen by hand or drawn from --seed. The tests read
OUT from LIKENESS_FIXTURES when that is set.
"""

import argparse
import json
import pathlib
import random
import re
import sys
import types

from transformers import CLIPTokenizer

ROOT = pathlib.Path(__file__).resolve().parents[2]

BY_HAND = [
    "", " ", "normal text", "an (important) word", "an [unimportant] word", "((very)) [[little]]", "(word:1.2)",
    "(word:.5)", "(word:2.)", "(word:+1.5)", "(word:-0.5)", "(word: 1.2)", "(word :1.2)", "(word:1.2 )", "(word:\u00a0+1.2\n)", "(word: )", "(word:1 2)", "(word: a)", "word:1.2",
    "word:1.2)", "[word:1.2]", "[word:1.2)", "(a:1.2:1.3)", "(a:b:1.3)", "(:1.3)", "():1.3", "(word:)", "(word:+)",
    "(word:1.2", "(unbalanced", "unbalanced)", "[unbalanced", "unbalanced]", "(a [b) c]", "([(x)])", "(((((deep)))))",
    "(a (b (c:2) d:1.5) e:0.5)", "a (((house:1.3)) [on] a (hill:0.5), sun, (((sky))).", "(unnecessary)(parens)",
    r"\(literal\]", r"\(", r"\\", r"\\\(", r"(a \(b\):1.3)", r"back\slash", r"end\\", "end\\", r"\[x\] [y\]", r"\:1.2)",
    "a BREAK b", "BREAK", "BREAK a", "a BREAK", "a BREAK BREAK b", "aBREAK", "BREAKa", "a_BREAK", "a, BREAK, b",
    "a\nBREAK\nb", "(a BREAK b)", "(BREAK:-1)", "(a:1.3)BREAK(b:0.7)", "é BREAK ü", "éBREAK", "日本BREAK", "break Break",
    r"\BREAK", "BR(EA)K", "a:BREAK:b", "a (b:1.1) (c:1.1)", "(a)(b:1.1)", "[a](b:1.1)", "(a:0)", "(a:1)", "((a:1))",
    "(日本:1.3) 🐕 [naïve]", "(a,b:1.2),c", "( spaced )", "[from:to:0.5]", "[a|b]", "a AND b", "<lora:x:1>", "{a}",
    "(a:1000000)", "(a:00001.50)", "(((a)b)c)d", "[[[a]b]c]d", "(a]b)c[d)e]f",
]
PIECES = ["dog", "a cat", " ", ", ", "(", "(", ")", ")", "[", "]", ":", ":1.2)", ":0.8)", ":-1)", ":.5)", "\\", "\\(",
          "\\]", "BREAK", " BREAK ", "été", "犬", "1.5", ":1.3", "\n", "_"]

SCHEDULES = [
    "test", "", "a [b:3]", "a [b: 3 ]", "a [[[b]]:2]", "[(a:2):3]", "a [b : c : 1] d", "a[b:[c:d:2]:1]e", "a [unbalanced",
    "a [b:.5] c", "a [b:0.25] c", "[a:b:1.0]", "[a:b:0.05]", "[a:b:0]", "[a:b:-1]", "[a:b:99]", "[a:b:1e0]", "[a::4]",
    "[:b:4]", "[::4]", "[:4]", "[4]", "[a:b:c:4]", "[a:b:x]", "[a:b:4", "((a][:b:c [d:3]", "[a|b]", "[a|(b:1.1)]",
    "[fe|]male", "[fe|||]male", "[|a]", "[a|b:2]", "a|b", "[a:b|c:2]", "(a|b)", "([a|b]:1.2)", "[a|[b:c:4]]",
    "[[a|b]:c:4]", "[a|b][c|d|e]", r"[a\|b|c]", r"[a\]:b:3]", "a\\", "[a:b:3]\\", "(a:b:3)", "(a:[b:3])", "[(a:b]:3)",
    "[犬:été:2]", "[a\n:b\n:2]", "a : b [c:2]", "[a:b:2][c:d:7] (e:1.2) [f]", "[ a:b:5]", "BREAK [a BREAK:b:2]", "[]", "()",
]
EDITS = ["a", "dog", " ", "[", "[", "]", "]", ":", ":", "|", "(", ")", ":2", ":0.5]", ":3]", "|b]", "[c", "\\["]

WORDS = ["dog", "a red cat", "sunlight", "masterpiece", "1girl", "highly detailed", "blue sky", "photo of", "extraordinary",
         "犬", "été", "my-style", "nova"]
EMBEDDINGS = {"my-style": 2, "nova": 5, "my": 1}  # name, number of vectors


def random_prompt(rng):
    return "".join(rng.choice(PIECES) for _ in range(rng.randint(1, 14)))


def random_edit(rng):
    return "".join(rng.choice(EDITS) for _ in range(rng.randint(2, 12)))


def random_long_prompt(rng):
    """One to five chunks, with and without commas, weights, breaks and embeddings."""
    commas = rng.choice([0.05, 0.4, 1.0])
    words = []
    for _ in range(rng.randint(20, 160)):
        word = rng.choice(WORDS)
        if rng.random() < 0.1:
            word = rng.choice(["({}:1.3)", "[{}]", "(({}))", "({}:0.5)"]).format(word)
        words.append(word + (", " if rng.random() < commas else " "))
        if rng.random() < 0.01:
            words.append("BREAK ")
    return "".join(words)


def long_by_hand():
    dogs = ["dog"] * 75
    comma_at = lambda at, total: " ".join("," if i == at else "dog" for i in range(total))
    return ["", "a dog", " ".join(dogs), " ".join(dogs + ["cat"]), " ".join(dogs * 2), " ".join(dogs * 2 + ["cat"]),
            *(comma_at(at, 80) for at in (54, 55, 56, 73, 74, 75)), ", ".join(["dog"] * 80), "," * 80,
            "a BREAK b", "BREAK a", "a BREAK", "BREAK BREAK a", "(a:1.5) BREAK (b:0.5)", " ".join(dogs) + " BREAK a",
            "my-style", "a (nova:1.4), my-style", " ".join(dogs[:73] + ["my-style"]), " ".join(dogs[:74] + ["my-style"]),
            " ".join(dogs[:71] + ["nova", "cat"]), "My-Style my nova", "(my-style", "[nova:0.5]"]


class EmbeddingNames:
    """Which embedding stands at a place in the tokens: the longest whose tokens follow there."""

    def __init__(self, tokenizer):
        ids = {name: tokenizer(name, add_special_tokens=False)["input_ids"] for name in EMBEDDINGS}
        self.entries = sorted(((ids[name], types.SimpleNamespace(name=name, vectors=count))
                               for name, count in EMBEDDINGS.items()), key=lambda entry: -len(entry[0]))

    def find_embedding_at_position(self, tokens, offset):
        for ids, embedding in self.entries:
            if tokens[offset:offset + len(ids)] == ids:
                return embedding, len(ids)
        return None, None


def load_webui(folder):
    """prompt_parser and sd_hijack_clip, with stand-ins for what they import and these functions don't use."""
    sys.path.insert(0, str(folder))
    options = types.SimpleNamespace(emphasis="Original", comma_padding_backtrack=20)
    for name, content in (("devices", {}), ("sd_hijack", {}), ("sd_emphasis", {}), ("shared", {"opts": options})):
        module = sys.modules[f"modules.{name}"] = types.ModuleType(f"modules.{name}")
        vars(module).update(content)
    import modules
    for name in ("devices", "sd_hijack", "sd_emphasis", "shared"):
        setattr(modules, name, sys.modules[f"modules.{name}"])
    from modules import prompt_parser, sd_hijack_clip
    return prompt_parser, sd_hijack_clip


def make_chunks(sd_hijack_clip, tokenizer, prompts):
    hijack = types.SimpleNamespace(embedding_db=EmbeddingNames(tokenizer))
    base = sd_hijack_clip.FrozenCLIPEmbedderWithCustomWordsBase(types.SimpleNamespace(), hijack)
    base.tokenize = lambda texts: tokenizer(texts, truncation=False, add_special_tokens=False)["input_ids"]
    base.comma_token = tokenizer.get_vocab()[",</w>"]
    base.id_start, base.id_end = tokenizer.bos_token_id, tokenizer.eos_token_id
    table = []
    for prompt in prompts:
        chunks, _ = base.tokenize_line(prompt)
        rows = [{"ids": chunk.tokens, "weights": [round(w, 9) for w in chunk.multipliers],
                 "placed": [[fix.offset + 1, fix.embedding.name] for fix in chunk.fixes]} for chunk in chunks]
        # Where its comma rule moves an embedding's words, the web UI leaves the embedding behind: not a reference.
        if all(row["ids"][at:at + EMBEDDINGS[name]] == [0] * EMBEDDINGS[name] for row in rows for at, name in row["placed"]):
            table.append({"prompt": prompt, "chunks": [shorten(row, base.id_end) for row in rows]})
    return table


def shorten(row, end):
    """Without the end tokens that fill up the chunk, and without weights of 1."""
    used = len(row["ids"])
    while row["ids"][used - 1] == end and used > 1:
        used -= 1
    weights = {str(at): weight for at, weight in enumerate(row["weights"]) if weight != 1}
    return {"ids": row["ids"][1:used], "weights": weights, "placed": row["placed"]}


def make_parsed(prompt_parser, prompts):
    table = []
    for prompt in dict.fromkeys(prompts):
        try:
            table.append([prompt, prompt_parser.parse_prompt_attention(prompt)])
        except ValueError:
            pass  # a weight such as 1.2.3, where the web UI gives up
    return table


def is_well_formed(prompt):
    """Whether every bracket is closed and makes sense. Other prompts can be read in several ways, and which one the web
    UI's parser takes follows no rule."""
    plain, number = r"[^\[\]():|]*", r"\s*[+-]?(?:\d+\.?\d*|\.\d+)\s*"
    group = re.compile(rf"\({plain}(?::{plain})?\)|\[{plain}(?:\|{plain})*\]|\[(?:{plain}:)?{plain}:{number}\]")
    text, count = re.sub(r"\\.", "x", prompt, flags=re.S), 1
    while count:
        text, count = group.subn("x", text)
    return re.fullmatch(plain, text) is not None


def make_schedules(prompt_parser, prompts, steps):
    return [[prompt, steps, prompt_parser.get_learned_conditioning_prompt_schedules([prompt], steps)[0]]
            for prompt in dict.fromkeys(prompts)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--webui", type=pathlib.Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "tests/numerics/fixtures")
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    prompt_parser, sd_hijack_clip = load_webui(arguments.webui)
    tokenizer = CLIPTokenizer.from_pretrained(ROOT / "resources/base/tokenizer")
    parsed = make_parsed(prompt_parser, BY_HAND + [random_prompt(rng) for _ in range(arguments.count)])
    edits = [edit for edit in (random_edit(rng) for _ in range(arguments.count)) if is_well_formed(edit)]
    schedules = make_schedules(prompt_parser, SCHEDULES + edits, 9)
    schedules += make_schedules(prompt_parser, SCHEDULES, 4)
    chunks = make_chunks(sd_hijack_clip, tokenizer,
                         long_by_hand() + [random_long_prompt(rng) for _ in range(arguments.count // 20)])
    (arguments.out / "text").mkdir(parents=True, exist_ok=True)
    lines = lambda rows: "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]"
    text = f'{{"embeddings": {json.dumps(EMBEDDINGS)},\n"parsed": {lines(parsed)},\n"schedules": {lines(schedules)},\n"chunks": {lines(chunks)}}}\n'
    (arguments.out / "text/prompt_syntax.json").write_text(text, encoding="utf-8")
    print(f"{len(parsed)} prompts parsed, {len(schedules)} scheduled, {len(chunks)} laid out")


if __name__ == "__main__":
    main()
