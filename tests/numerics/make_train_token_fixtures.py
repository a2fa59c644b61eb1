#!/usr/bin/env python3
"""Makes fixtures/train/token_*: what a plain PyTorch loop says of teaching the tiny models a new word.

usage: make_train_token_fixtures.py [--seed 0] [--out tests/numerics/fixtures]

Models, pictures and draws are those that make_train_fixtures.py wrote to the same folder. The word is taught as in
diffusers' textual_inversion.py: tokens are added to the tokenizer, the embedding gets rows for them, the optimizer has
the whole embedding, and after each step all rows but the new ones are put back. The gradients of those are cleared before
clipping, which that script doesn't do. The pivotal case has PEFT's LoRAs beside it (make_train_lora_fixtures.py). The
seed is that of the run.
"""
import argparse
import json
import math
import pathlib

import torch
from safetensors.torch import load_file, save_file

import make_train_fixtures
from make_train_fixtures import CASES, COMMON, FAMILY_CASES, TEXT_PARTS, train
from make_train_lora_fixtures import DEFAULTS, Loras, load_model

DEFAULT_TOKEN = dict(token_vectors=1, token_init="dog", token_learning_rate=5e-3, token_weight_decay=1e-2,
                     token_retract=False, text_encoder_stop_step=0)
WORDS = {
    "epsilon": dict(draws="epsilon", token_vectors=3, token_init="photo of"),
    "v_prediction": dict(draws="v_prediction", token_vectors=2, token_weight_decay=0.5),
    "xl": dict(draws="xl", token_vectors=2, token_retract=True),
    "no_prior": dict(draws="no_prior"),
    "pivotal": dict(draws="epsilon", method="lora", token_vectors=2, token_learning_rate=2e-3, lora_alpha=8),
    "xl_pivotal": dict(draws="xl", method="lora", steps=12, token_vectors=2, text_encoder_stop_step=8),
}


class Words:
    """New rows of a model's token embeddings, which learn; the other rows stay."""

    def __init__(self, case):
        self.case, self.parts, self.started = case, {}, False
        self.tokens = ["<new>"] + [f"<new_{i}>" for i in range(1, case["token_vectors"])]

    def add_to(self, model):
        for tokenizer, part in zip(("tokenizer", "tokenizer_2"), TEXT_PARTS):
            if part not in model:
                continue
            start = model[tokenizer](self.case["token_init"], add_special_tokens=False).input_ids
            assert model[tokenizer].add_tokens(self.tokens) == len(self.tokens)
            spread = model[part].get_input_embeddings().weight.std().item()
            model[part].resize_token_embeddings(len(model[tokenizer]), mean_resizing=False)
            ids = model[tokenizer].convert_tokens_to_ids(self.tokens)
            with torch.no_grad():
                rows = model[part].get_input_embeddings().weight
                for i, row in enumerate(ids):
                    rows[row] = rows[start[i % len(start)]]
            self.parts[part] = {"ids": ids, "spread": spread}

    def group(self, model):
        weights = []
        for part, about in self.parts.items():
            weight = model[part].get_input_embeddings().weight.requires_grad_(True)
            new = torch.zeros(len(weight), 1)
            new[about["ids"]] = 1
            weight.register_hook(lambda gradient, new=new: gradient * new)
            about.update(weight=weight, new=new.bool(), before=weight.detach().clone())
            weights.append(weight)
        return {"params": weights, "lr": self.case["token_learning_rate"],
                "weight_decay": self.case["token_weight_decay"]}

    def settle(self):
        """What comes after a step."""
        for about in self.parts.values():
            weight = about["weight"]
            with torch.no_grad():
                weight.copy_(torch.where(about["new"], weight, about["before"]))
                if self.case["token_retract"] and self.started and weight.requires_grad:
                    rows = weight[about["ids"]]
                    weight[about["ids"]] = rows * (about["spread"] / rows.std()) ** 0.1
        self.started = True

    def final(self):
        self.settle()
        return {f"{part}.token": about["weight"].detach()[about["ids"]].clone() for part, about in self.parts.items()}


def run(case, seed, folder, images, origins):
    model = load_model(folder / case.get("model", "model"))
    words, loras = Words(case), Loras(case, seed) if case["method"] == "lora" else None
    for part in ("unet", *TEXT_PARTS):
        if part in model:
            model[part].requires_grad_(False)
    words.add_to(model)
    make_train_fixtures.PROMPTS[0] = f"a photo of {''.join(words.tokens)} dog"
    seen = []

    def groups(model, texts):
        rest = loras.groups(model, texts) if loras else []
        group = words.group(model)
        unused = torch.nn.Parameter(torch.zeros(1))  # the log wants two rates
        return [*(rest or [{"params": [unused], "lr": 0.0}]), group]

    def before_pass(step, items):
        if loras:
            loras.before_pass(step, items)
        if step not in seen:
            seen.append(step)
            words.settle()

    draws = load_file(folder / f"{case['draws']}_draws.safetensors")
    log, _ = train(case, draws, model, images, origins if case.get("model") == "xl" else None, groups, before_pass)
    for entry in log:
        for name in ("learning_rate", "text_encoder_learning_rate"):
            entry.pop(name)
    return log, {**words.final(), **(loras.final() if loras else {})}


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).with_name("fixtures"))
    options = options.parse_args()
    torch.set_num_threads(2)
    folder = options.out / "train"
    pixels, origins = (load_file(folder / f"{name}.safetensors") for name in ("pictures", "origins"))
    images = [pixels[part].permute(0, 3, 1, 2).float() / 127.5 - 1 for part in ("instances", "priors")]
    COMMON["learning_rate"] *= 5
    expected = {"common": dict(COMMON), "seed": options.seed, "cases": {}}
    for name, changes in WORDS.items():
        case = {**{**CASES, **FAMILY_CASES}[changes["draws"]], **DEFAULTS, **DEFAULT_TOKEN,
                "method": "textual-inversion", **changes}
        log, final = run(case, options.seed, folder, images, [origins["instances"], origins["priors"]])
        expected["cases"][name] = {"config": case, "steps": log}
        save_file(final, folder / f"token_{name}.safetensors")
        print(f"{name}: instance loss {log[0]['instance_loss']} to {log[-1]['instance_loss']}")
        assert all(math.isfinite(entry["grad_norm"]) and entry["grad_norm"] > 0 for entry in log)
    (folder / "token_expected.json").write_text(json.dumps(expected, indent=1) + "\n")


if __name__ == "__main__":
    main()
