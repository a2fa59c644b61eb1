#!/usr/bin/env python3
"""Makes fixtures/train/recipes.*: what a PyTorch loop says of training with each loss, optimizer and average.

usage: make_recipe_fixtures.py [--fixtures tests/numerics/fixtures] [--tables | --only NAME...]

The models, pictures and draws are those that make_train_fixtures.py recorded (run that first for fresh ones, with its
seed); so nothing here is random. Losses are written from their formulas; optimizers are torch's, transformers' and
prodigyopt's, else written from their papers (recipe_cases.py); the average is diffusers' EMAModel.
"""
import argparse
import json
import pathlib

import torch
from diffusers import AutoencoderKL, DDPMScheduler, UNet2DConditionModel
from diffusers.optimization import get_scheduler
from diffusers.training_utils import EMAModel
from safetensors.torch import load_file, save_file
from transformers import CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

from make_train_fixtures import COMMON, TEXT_PARTS, Batch, encode, tokenize
from recipe_cases import CASES, dynamic_map, make_optimizer, sample_losses

# A few weights of each part are enough to tell; of the tokens those at the end, which are the prompts' words.
FINAL = {"unet": ["conv_in.weight", "mid_block.attentions.0.transformer_blocks.0.attn2.to_k.weight",
                  "up_blocks.0.resnets.0.norm1.weight"],
         "text_encoder": ["embeddings.token_embedding.weight", "encoder.layers.0.mlp.fc2.weight"],
         "text_encoder_2": ["embeddings.token_embedding.weight", "text_projection.weight"]}
LAST_ROWS = 16


def open_model(folder):
    kinds = {"unet": UNet2DConditionModel, "vae": AutoencoderKL, "text_encoder": CLIPTextModel,
             "text_encoder_2": CLIPTextModelWithProjection, "tokenizer": CLIPTokenizer, "tokenizer_2": CLIPTokenizer}
    model = {name: kind.from_pretrained(folder / name) for name, kind in kinds.items() if (folder / name).exists()}
    for part in ("unet", "vae", *TEXT_PARTS):
        if part in model:
            model[part].float().train()
    return model


def part_parameters(model):
    """The parameters of each part that has an optimizer of its own, and the option with its learning rate."""
    parts = {"unet": "learning_rate"} | {name: "text_encoder_learning_rate" for name in TEXT_PARTS if name in model}
    return {name: (list(model[name].parameters()), rate) for name, rate in parts.items()}


def train(case, draws, model, images, origins):
    schedule = DDPMScheduler(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear",
                             prediction_type=case["prediction"])
    ids = {name: tokenize(model, name) for name in ("tokenizer", "tokenizer_2") if name in model}
    parts = part_parameters(model)
    tokens = {"text_encoder": "tokenizer", "text_encoder_2": "tokenizer_2"}
    optimizers = {}
    for name, (parameters, rate) in parts.items():
        embedding = model[name].get_input_embeddings().weight if name in tokens else None
        rows = ids[tokens[name]].unique() if name in tokens else None
        optimizers[name] = make_optimizer(case, parameters, case[rate], embedding, rows)
    probe = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    factor = get_scheduler(case["lr_schedule"] if case["lr_schedule"] != "constant" else "constant_with_warmup", probe,
                           num_warmup_steps=case["lr_warmup_steps"], num_training_steps=case["steps"])
    everything = [p for parameters, _ in parts.values() for p in parameters]
    average = EMAModel(everything, decay=case["ema_decay"], use_ema_warmup=case.get("ema_warmup", False),
                       inv_gamma=case.get("ema_inv_gamma", 1.0),
                       power=case.get("ema_power", 2 / 3)) if case.get("ema_decay") else None
    log = {"instance_loss": [], "prior_loss": [], "grad_norm": [], "rate": []}
    for step in range(case["steps"]):
        if case["text_encoder_stop_step"] and step == case["text_encoder_stop_step"]:
            for name in parts:
                if name != "unet":
                    model[name].requires_grad_(False)
        losses = gradients(case, draws, model, images, origins, schedule, ids, step)
        trained = [p for p in everything if p.grad is not None]
        norm = torch.nn.utils.clip_grad_norm_(trained, COMMON["max_grad_norm"])
        used = factor.get_last_lr()[0]
        log["rate"].append(used * case["learning_rate"] *
                           (optimizers["unet"].scale() if hasattr(optimizers["unet"], "scale") else 1.0))
        for name, optimizer in optimizers.items():
            if name == "unet" or any(p.grad is not None for p in parts[name][0]):
                optimizer.step(used * case[parts[name][1]])
        probe.step()
        factor.step()
        if average:
            average.step(everything)
        for key, value in zip(("instance_loss", "prior_loss", "grad_norm"), (*losses, float(norm))):
            log[key].append(value)
    if average:
        average.copy_to(everything)
    return log, final_weights(model)


def gradients(case, draws, model, images, origins, schedule, ids, step):
    """Leaves one step's gradients behind; returns the instance's and the prior's loss."""
    size, sums = case["batch_size"], [0.0, 0.0]
    for name in ("unet", *TEXT_PARTS):
        if name in model:
            model[name].zero_grad(set_to_none=True)
    for micro in range(case["gradient_accumulation"]):
        batch = Batch(case, draws, model, images, origins, step, range(micro * size, (micro + 1) * size))
        x0, eps, t = torch.stack(batch.latents), torch.stack(batch.noise), torch.stack(batch.steps)
        states, pooled = encode(model, ids, batch.prompts)
        answer = model["unet"](schedule.add_noise(x0, eps, t), t, states, added_cond_kwargs=batch.added(pooled)).sample
        target = eps if case["prediction"] == "epsilon" else schedule.get_velocity(x0, eps, t)
        losses = sample_losses(case, schedule, answer, target, t)
        halves = [h.mean() / case["gradient_accumulation"] for h in losses.split(size)]
        sums = [s + float(h.detach()) for s, h in zip(sums, halves)]
        (halves[0] + case["prior_weight"] * halves[1]).backward()
    return sums


def final_weights(model):
    final = {}
    for part, names in FINAL.items():
        if part not in model:
            continue
        state = {k.removeprefix("text_model."): v for k, v in model[part].state_dict().items()}
        for name in names:
            value = state[name][-LAST_ROWS:] if "token_embedding" in name else state[name]
            final[f"{part}.{name}"] = value.detach().clone().contiguous()
    return final


SCHEDULES = {
    "constant": ("constant_with_warmup", {}),
    "linear": ("linear", {}),
    "cosine": ("cosine", {}),
    "cosine-restarts": ("cosine_with_restarts", {"num_cycles": 3}),
    "polynomial": ("polynomial", {"power": 2.0}),
}
SCHEDULE_STEPS, SCHEDULE_WARMUP = 40, 5


def schedule_table():
    """The factors of diffusers' schedules, step by step; a large rate makes polynomial's end, 1e-7, small."""
    table, rate = {}, 1e6
    for name, (kind, numbers) in SCHEDULES.items():
        optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=rate)
        schedule = get_scheduler(kind, optimizer, num_warmup_steps=SCHEDULE_WARMUP, num_training_steps=SCHEDULE_STEPS,
                                 **numbers)
        table[name] = []
        for _ in range(SCHEDULE_STEPS):
            table[name].append(schedule.get_last_lr()[0] / rate)
            optimizer.step()
            schedule.step()
    return table


def pyramid_case():
    """sd-scripts' pyramid noise of one sample with recorded numbers."""
    torch.manual_seed(3)
    noise, ratios = torch.randn(1, 4, 12, 9), [3.1, 2.4, 3.6, 2.2, 2.9]
    total, levels, discount = noise.clone(), [], 0.4
    for i, ratio in enumerate(ratios):
        height, width = (max(1, int(side / ratio ** i)) for side in noise.shape[2:])
        levels.append(torch.randn(1, 4, height, width))
        total += discount ** i * torch.nn.functional.interpolate(levels[-1], noise.shape[2:], mode="bilinear")
        if 1 in (height, width):
            break
    flat = torch.cat([x.flatten() for x in levels])
    tensors = {"noise": noise[0], "levels": flat, "expected": (total / total.std())[0]}
    return ratios, discount, tensors


SCALER_SCRIPTS = [[(True, 3), (False, 2), (True, 1)], [(False, 2001), (True, 1), (False, 1999), (True, 1)],
                  [(False, 1999), (True, 1), (False, 2000), (False, 2000)]]


def grad_scaler_cases():
    """When torch's own loss scale changes, and to what, under scripts of how many steps overflow or don't."""
    cases = []
    for script in SCALER_SCRIPTS:
        parameter = torch.nn.Parameter(torch.zeros(1))
        optimizer, scaler = torch.optim.SGD([parameter], lr=1.0), torch.amp.GradScaler("cpu")
        case = {"script": script, "changes": [], "skipped": 0}
        for step, overflows in enumerate(overflows for overflows, count in script for _ in range(count)):
            parameter.grad = torch.full((1,), float("inf") if overflows else 1.0)
            before, scale = parameter.detach().clone(), scaler.get_scale()
            scaler.scale(torch.zeros(1))
            scaler.step(optimizer)
            scaler.update()
            case["skipped"] += parameter.detach().equal(before)
            if scaler.get_scale() != scale:
                case["changes"].append((step, scaler.get_scale()))
        cases.append(case | {"growth_tracker": scaler._get_growth_tracker()})
    return cases


def write_tables(folder):
    (folder / "grad_scaler.json").write_text(json.dumps({"cases": grad_scaler_cases()}) + "\n")
    ratios, discount, tensors = pyramid_case()
    save_file({name: value.contiguous() for name, value in tensors.items()}, folder / "pyramid.safetensors")
    maps = [dynamic_map(signed).double().tolist() for signed in (True, False)]
    (folder / "tables.json").write_text(json.dumps(
        {"schedules": schedule_table(), "steps": SCHEDULE_STEPS, "warmup": SCHEDULE_WARMUP, "pyramid_ratios": ratios,
         "pyramid_discount": discount, "signed_map": maps[0], "unsigned_map": maps[1]}) + "\n")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--fixtures", type=pathlib.Path, default=pathlib.Path(__file__).with_name("fixtures"))
    options.add_argument("--only", nargs="*", default=[], help="renew these cases only")
    options.add_argument("--tables", action="store_true", help="only the schedules, the pyramid and the 8-bit maps")
    options = options.parse_args()
    torch.set_num_threads(1)
    folder = options.fixtures / "train"
    write_tables(folder)
    if options.tables:
        return
    recorded = json.loads((folder / "expected.json").read_text())["cases"]
    pixels = load_file(folder / "pictures.safetensors")
    images = [pixels[name].permute(0, 3, 1, 2).float() / 127.5 - 1 for name in ("instances", "priors")]
    told = load_file(folder / "origins.safetensors")
    expected, weights = {}, {}
    if options.only:
        expected = json.loads((folder / "recipes.json").read_text())
        weights = load_file(folder / "recipes.safetensors")
    for name, changes in CASES.items():
        if options.only and name not in options.only:
            continue
        case = {**COMMON, **recorded[changes["draws"]]["config"], **changes}
        kind = case.get("model", "model")
        draws = load_file(folder / f"{case['draws']}_draws.safetensors")
        log, final = train(case, draws, open_model(folder / kind), images,
                           [told["instances"], told["priors"]] if kind == "xl" else None)
        expected[name] = {"config": case, **log}
        weights.update({f"{name}/{key}": value for key, value in final.items()})
        print(name, "instance loss", log["instance_loss"][0], "to", log["instance_loss"][-1], flush=True)
    save_file(weights, folder / "recipes.safetensors")
    (folder / "recipes.json").write_text("{\n" + ",\n".join(
        f'"{name}": {json.dumps(entry)}' for name, entry in expected.items()) + "\n}\n")


if __name__ == "__main__":
    main()
