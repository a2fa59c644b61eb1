#!/usr/bin/env python3
"""Makes fixtures/train/lora_*: what PEFT and the plain PyTorch loop say of training LoRAs on the tiny models.

usage: make_train_lora_fixtures.py [--seed 0] [--out tests/numerics/fixtures]

Models, pictures and draws are those that make_train_fixtures.py wrote to the same folder. How a LoRA starts, and what
dropout leaves out, follows core/train/lora_adapters.h and core/model/low_rank.h, whose random numbers counter_noise.py
has; all else is PEFT's. The seed is that of the run.
"""
import argparse
import json
import math
import pathlib

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from peft import LoraConfig
from safetensors.torch import load_file, save_file
from transformers import CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

import counter_noise
from make_train_fixtures import CASES, COMMON, FAMILY_CASES, TEXT_PARTS, train

ATTENTION = ("to_q", "to_k", "to_v", "to_out.0", "q_proj", "k_proj", "v_proj", "out_proj")
FEED_FORWARD = ("ff.net.0.proj", "ff.net.2", "mlp.fc1", "mlp.fc2")
# What a LoRA is, over a case of make_train_fixtures.py, whose draws are used; fewer steps where length isn't the point.
DEFAULTS = dict(lora_rank=4, lora_alpha=0, lora_scaling="rank", lora_dropout=0.0, lora_targets="attention",
                lora_conv_rank=0, lora_conv_alpha=0, lora_dora=False, lora_plus_ratio=1.0)
LORAS = {
    "epsilon": dict(draws="epsilon", lora_alpha=8),
    "v_prediction": dict(draws="v_prediction", lora_targets="attention-ff"),
    "xl": dict(draws="xl", lora_alpha=2),
    "inpaint": dict(draws="inpaint", steps=10),
    "linear_root_conv": dict(draws="epsilon", steps=20, lora_targets="linear", lora_scaling="root", lora_conv_rank=3,
                             lora_conv_alpha=1),
    "xl_linear_conv": dict(draws="xl", steps=10, lora_targets="linear", lora_conv_rank=2),
    "dora": dict(draws="epsilon", steps=50, lora_dora=True, lora_conv_rank=2),
    "plus": dict(draws="epsilon", steps=20, lora_plus_ratio=16.0),
    "dropout": dict(draws="v_prediction", steps=10, lora_dropout=0.3, text_encoder_stop_step=5),
    "prior_prediction": dict(draws="epsilon", steps=20, lora_alpha=8, prior_prediction=True),
    "xl_prior_prediction": dict(draws="xl", steps=8, lora_alpha=8, prior_prediction=True),
    "dora_dropout": dict(draws="epsilon", steps=6, lora_dora=True, lora_dropout=0.2, lora_targets="linear",
                         lora_conv_rank=2),
}


def load_model(folder):
    kinds = {"text_encoder": CLIPTextModel, "text_encoder_2": CLIPTextModelWithProjection,
             "unet": UNet2DConditionModel, "vae": AutoencoderKL}
    parts = {name: kind.from_pretrained(folder / name).float().train() for name, kind in kinds.items()
             if (folder / name).exists()}
    words = {path.name: CLIPTokenizer.from_pretrained(path) for path in folder.glob("tokenizer*")}
    return {**words, **parts}


def gets_lora(name, layer, unet, case):
    if getattr(layer, "kernel_size", (1, 1))[0] > 1:
        return case["lora_conv_rank"] > 0 and (".resnets." in name or "samplers." in name)
    if name.endswith(ATTENTION):
        return True
    if case["lora_targets"] == "attention":
        return False
    return name.endswith(FEED_FORWARD) or (unet and case["lora_targets"] == "linear")


class CounterDropout(torch.nn.Module):
    def __init__(self, case, seed, number, lanes):
        super().__init__()
        self.rate, self.seed, self.number, self.lanes = case["lora_dropout"], seed, number, lanes

    def forward(self, x):
        rows = [counter_noise.uniform(x.shape[1:], self.seed, self.lanes["step"], counter_noise.DROPOUT,
                                      lane << 12 | self.number) for lane in self.lanes["rows"]]
        return x * (torch.stack(rows) >= self.rate) / (1 - self.rate)


class Loras:
    """LoRAs of PEFT on a model's parts, which start as the program's do."""

    def __init__(self, case, seed):
        self.case, self.seed, self.adapters = case, seed, {}
        self.lanes = {part: {} for part in ("unet", *TEXT_PARTS)}

    def groups(self, model, texts):
        number = 0
        found = {"unet": [[], []], "text": [[], []]}
        for part in ("unet", *TEXT_PARTS):
            if part not in model:
                continue
            layers = {name.removeprefix("text_model."): layer for name, layer in model[part].named_modules()
                      if isinstance(layer, (torch.nn.Linear, torch.nn.Conv2d)) and "patch_embedding" not in name}
            numbers = {name: number + i for i, name in enumerate(sorted(layers))}
            number += len(layers)
            chosen = {name: layer for name, layer in layers.items()
                      if gets_lora(name, layer, part == "unet", self.case)}
            self.attach(model[part], chosen)
            for name, layer in model[part].named_modules():
                name = name.removeprefix("text_model.")
                if name in chosen:
                    self.start(part, name, layer, numbers[name])
                    slow, fast = found["unet" if part == "unet" else "text"]
                    slow.append(layer.lora_A["default"].weight)
                    fast.append(layer.lora_B["default"].weight)
                    if self.case["lora_dora"]:
                        slow.append(layer.lora_magnitude_vector["default"].weight)
        rates = {"unet": COMMON["learning_rate"], "text": COMMON["text_encoder_learning_rate"]}
        ratio = self.case["lora_plus_ratio"]
        return [{"params": found[part][half], "lr": rates[part] * (ratio if half else 1)}
                for half in range(2) for part in rates]

    def attach(self, module, chosen):
        case = self.case
        large = [name for name, layer in chosen.items() if getattr(layer, "kernel_size", (1, 1))[0] > 1]
        module.requires_grad_(False)
        module.add_adapter(LoraConfig(
            r=case["lora_rank"], lora_alpha=case["lora_alpha"] or case["lora_rank"], target_modules=list(chosen),
            rank_pattern={f"^{name}": case["lora_conv_rank"] for name in large},
            alpha_pattern={f"^{name}": case["lora_conv_alpha"] or case["lora_conv_rank"] for name in large},
            use_rslora=case["lora_scaling"] == "root", use_dora=case["lora_dora"]))

    def start(self, part, name, layer, number):
        down, up = layer.lora_A["default"].weight, layer.lora_B["default"].weight
        assert not up.any()
        bound = 1 / math.sqrt(down[0].numel())
        uniform = counter_noise.uniform(down.shape, self.seed, 0, counter_noise.ADAPTER_START, number)
        with torch.no_grad():
            down.copy_(uniform * (2 * bound) - bound)
        if self.case["lora_dropout"]:
            layer.lora_dropout["default"] = CounterDropout(self.case, self.seed, number, self.lanes[part])
        self.adapters[f"{part}.{name}"] = layer

    def before_pass(self, step, items):
        rows = [(item, part) for part in range(2) for item in items]
        self.lanes["unet"].update(step=step, rows=[2 * item + part for item, part in rows])
        for name in TEXT_PARTS:  # one encoding of each prompt serves all samples; a frozen encoder drops nothing
            self.lanes[name].update(step=step, rows=[2 * items[0] + part for _, part in rows])
        stop = self.case["text_encoder_stop_step"]
        if stop and step == stop:
            for name, layer in self.adapters.items():
                if name.startswith("text") and self.case["lora_dropout"]:
                    layer.lora_dropout["default"] = torch.nn.Identity()

    def final(self):
        tensors = {}
        for name, layer in self.adapters.items():
            tensors[f"{name}.down"] = layer.lora_A["default"].weight.detach()
            tensors[f"{name}.up"] = layer.lora_B["default"].weight.detach()
            if self.case["lora_dora"]:
                tensors[f"{name}.magnitude"] = layer.lora_magnitude_vector["default"].weight.detach().flatten()
        return {name: tensor.clone().contiguous() for name, tensor in tensors.items()}


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).with_name("fixtures"))
    options = options.parse_args()
    torch.set_num_threads(2)
    folder = options.out / "train"
    pixels, origins = (load_file(folder / f"{name}.safetensors") for name in ("pictures", "origins"))
    images = [pixels[part].permute(0, 3, 1, 2).float() / 127.5 - 1 for part in ("instances", "priors")]
    common = {**COMMON, "learning_rate": COMMON["learning_rate"] * 5}
    COMMON.update(common)
    expected = {"common": common, "seed": options.seed, "cases": {}}
    for name, changes in LORAS.items():
        case = {**{**CASES, **FAMILY_CASES}[changes["draws"]], **DEFAULTS, **changes}
        family = case.get("model", "model")
        loras = Loras(case, options.seed)
        draws = load_file(folder / f"{case['draws']}_draws.safetensors")
        log, _ = train(case, draws, load_model(folder / family), images,
                       [origins["instances"], origins["priors"]] if family == "xl" else None, loras.groups,
                       loras.before_pass)
        final = loras.final()
        expected["cases"][name] = {"config": case, "steps": log}
        save_file(final, folder / f"lora_{name}.safetensors")
        print(f"{name}: {len(loras.adapters)} layers, instance loss {log[0]['instance_loss']} to "
              f"{log[-1]['instance_loss']}")
        assert all(math.isfinite(entry["grad_norm"]) for entry in log)
        still = [key for key in final if key.endswith(".up") and not final[key].any()]
        assert all(family == "xl" and key.startswith("text_encoder.encoder.layers.1") for key in still), still
    (folder / "lora_expected.json").write_text(json.dumps(expected, indent=1) + "\n")


if __name__ == "__main__":
    main()
