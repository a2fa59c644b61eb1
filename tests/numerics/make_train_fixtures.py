#!/usr/bin/env python3
"""Makes fixtures/train: tiny models and what a plain PyTorch loop says of training them.

usage: make_train_fixtures.py [--seed 0] [--out tests/numerics/fixtures]

The loop is written with diffusers, transformers and torch.optim only. Noise, timesteps and the rest of the draws are
recorded, so that the C++ trainer can be given the same. Noise is rounded to fp16 to keep the files small.
SDXL is told sizes and crops as diffusers' train_dreambooth_lora_sdxl.py computes them, inpainting models see masked
pictures as in its research_projects/dreambooth_inpaint.
"""
import argparse
import copy
import json
import math
import pathlib

import torch
import torch.nn.functional as F
from diffusers import DDPMScheduler
from diffusers.optimization import get_scheduler
from PIL import Image, ImageDraw
from safetensors.torch import save_file

from train_models import CHANNELS, LENGTH, SIDE, make_model, make_tokenizer, make_xl  # noqa: F401 (others use them)

PROMPTS = ["a photo of sks dog", "a photo of a dog"]
SECOND_PROMPTS = ["a photo of zwx cat", "a photo of a cat"]  # of the second subject, where there is one
CASES = {
    "epsilon": dict(steps=50, batch_size=2, gradient_accumulation=1, prior_weight=1.0, lr_schedule="constant",
                    lr_warmup_steps=0, text_encoder_stop_step=0, prediction="epsilon", flip=True),
    "v_prediction": dict(steps=50, batch_size=1, gradient_accumulation=2, prior_weight=0.5, lr_schedule="cosine",
                         lr_warmup_steps=5, text_encoder_stop_step=20, prediction="v_prediction", flip=False),
    "no_prior": dict(steps=10, batch_size=2, gradient_accumulation=1, prior_weight=0.0, lr_schedule="constant",
                     lr_warmup_steps=3, text_encoder_stop_step=0, prediction="epsilon", flip=True),
}
# Those that came later have models and seeds of their own.
FAMILY_CASES = {
    "xl": dict(model="xl", steps=50, batch_size=2, gradient_accumulation=1, prior_weight=1.0, lr_schedule="constant",
               lr_warmup_steps=0, text_encoder_stop_step=0, prediction="epsilon", flip=True),
    "xl_stop": dict(model="xl", steps=12, batch_size=1, gradient_accumulation=2, prior_weight=0.5, lr_schedule="cosine",
                    lr_warmup_steps=2, text_encoder_stop_step=6, prediction="v_prediction", flip=False),
    "inpaint": dict(model="inpaint", steps=50, batch_size=1, gradient_accumulation=1, prior_weight=1.0,
                    lr_schedule="constant", lr_warmup_steps=0, text_encoder_stop_step=0, prediction="epsilon",
                    flip=True),
}
# Two subjects: a sample's loss is multiplied by its subject's weight over the mean weight of the turns.
SUBJECT_CASES = {
    "subjects": dict(steps=50, batch_size=2, gradient_accumulation=2, prior_weight=0.5, lr_schedule="constant",
                     lr_warmup_steps=0, text_encoder_stop_step=30, prediction="epsilon", flip=True, weights=[1.0, 2.0],
                     repeats=[2, 1]),
}
COMMON = dict(learning_rate=2e-4, text_encoder_learning_rate=1e-4, max_grad_norm=0.5, weight_decay=1e-2)
TEXT_PARTS = ("text_encoder", "text_encoder_2")
# The weights that are compared, by part.
FINAL = {
    "unet": ["conv_in.weight", "conv_out.weight", "mid_block.attentions.0.transformer_blocks.0.attn2.to_k.weight"],
    "text_encoder": ["embeddings.token_embedding.weight", "encoder.layers.1.mlp.fc2.weight"]}
FINAL_XL = {
    "unet": FINAL["unet"] + ["add_embedding.linear_1.weight"],
    "text_encoder": ["embeddings.token_embedding.weight", "encoder.layers.0.mlp.fc2.weight",
                     "encoder.layers.1.mlp.fc2.weight"],  # the last one stays as it was
    "text_encoder_2": ["embeddings.token_embedding.weight", "encoder.layers.1.mlp.fc2.weight",
                       "text_projection.weight"]}


def make_draws(case, pictures):
    per_step = case["batch_size"] * case["gradient_accumulation"]
    shape = (case["steps"], per_step, 2)
    latent = (*shape, CHANNELS, SIDE // 2, SIDE // 2)
    draws = {"picture": torch.stack([torch.randint(0, n, shape[:2]) for n in pictures[:2]], -1).contiguous(),
             "flipped": torch.randint(0, 2, shape) if case["flip"] else torch.zeros(shape, dtype=torch.int64),
             "timestep": torch.randint(0, 1000, shape),
             "noise": torch.randn(latent).half(), "posterior_noise": torch.randn(latent).half()}
    if len(pictures) > 2:  # the turns and pictures of two subjects
        turns = [s for s, times in enumerate(case["repeats"]) for _ in range(times)]
        rounds = [turns[i] for _ in range(shape[0] * per_step) for i in torch.randperm(len(turns))]
        draws["subject"] = torch.tensor(rounds[:shape[0] * per_step]).reshape(shape[:2])
        counts = torch.tensor(pictures).reshape(-1, 2)[draws["subject"]]
        draws["picture"] = torch.randint(0, 10**6, shape) % counts
    if case.get("model") == "inpaint":
        masks = [random_mask() for _ in range(case["steps"] * per_step * 2)]
        draws["mask"] = torch.stack(masks).reshape(*shape, 1, SIDE, SIDE)
        draws["masked_noise"] = torch.randn(latent).half()
    return draws


def random_mask():
    """[SIDE, SIDE] uint8, 1 where the picture is to be made anew."""
    wide, high, ellipse = (int(torch.randint(0, n, ())) for n in (SIDE + 1, SIDE + 1, 2))
    x = int(torch.randint(wide // 2, SIDE - wide // 2 + 1, ()))
    y = int(torch.randint(high // 2, SIDE - high // 2 + 1, ()))
    mask = Image.new("L", (SIDE, SIDE))
    draw = ImageDraw.Draw(mask)
    (draw.ellipse if ellipse else draw.rectangle)((x - wide // 2, y - high // 2, x + wide // 2, y + high // 2), fill=1)
    return torch.frombuffer(bytearray(mask.tobytes()), dtype=torch.uint8).reshape(SIDE, SIDE)


def make_origins(pictures):
    """[N, 5]: of photos cut to SIDE: their height and width, the crop's top and left, and its left in a mirror."""
    rows = []
    for _ in range(pictures):
        height, width = (int(torch.randint(SIDE, 8 * SIDE, ())) for _ in range(2))
        shorter = min(height, width)
        high, wide = int(SIDE * height / shorter), int(SIDE * width / shorter)  # as torchvision's Resize
        top, left = int(torch.randint(0, high - SIDE + 1, ())), int(torch.randint(0, wide - SIDE + 1, ()))
        rows.append([height, width, top, left, wide - SIDE - left])
    return torch.tensor(rows)


def tokenize(model, name):
    return torch.tensor([model[name](p, padding="max_length", max_length=LENGTH, truncation=True).input_ids
                         for p in PROMPTS + SECOND_PROMPTS])


def encode(model, ids, prompts):
    """What the UNet is told of these prompts: hidden states, and SDXL's pooled text."""
    first = model["text_encoder"](ids["tokenizer"][prompts], output_hidden_states=True)
    if "text_encoder_2" not in model:
        return first[0], None
    second = model["text_encoder_2"](ids["tokenizer_2"][prompts], output_hidden_states=True)
    return torch.cat([first.hidden_states[-2], second.hidden_states[-2]], -1), second.text_embeds


class Batch:
    """The samples of one micro-batch."""

    def __init__(self, case, draws, model, images, origins, step, items):
        self.latents, self.noise, self.steps, self.prompts, self.sizes, self.masked, self.masks = ([] for _ in range(7))
        vae, self.weights = model["vae"], []
        for part in range(2 if case["prior_weight"] > 0 else 1):
            for item in items:
                at = (step, item, part)
                k, flipped = int(draws["picture"][at]), int(draws["flipped"][at])
                subject = int(draws["subject"][step, item]) if "subject" in draws else 0
                bank = 0 if case.get("prior_prediction") else part  # the photos stand for class images
                pictures = images[2 * subject + bank]
                k %= len(pictures)
                picture = pictures[k:k + 1]
                picture = torch.flip(picture, [3]) if flipped else picture
                self.latents.append(sample(vae, picture, draws["posterior_noise"][at]))
                self.noise.append(draws["noise"][at].float())
                self.steps.append(draws["timestep"][at])
                self.prompts.append(2 * subject + part)
                self.weights.append(weight_of(case, subject))
                if origins is not None:
                    height, width, top, left, mirrored = (float(x) for x in origins[bank][k])
                    self.sizes.append([height, width, top, mirrored if flipped else left, SIDE, SIDE])
                if "mask" in draws:
                    mask = draws["mask"][at].float()
                    self.masks.append(mask)
                    self.masked.append(sample(vae, picture * (mask < 0.5), draws["masked_noise"][at]))

    def input(self, noisy):
        if not self.masks:
            return noisy
        masks = F.interpolate(torch.stack(self.masks), size=noisy.shape[2:])
        return torch.cat([noisy, masks, torch.stack(self.masked)], 1)

    def added(self, pooled):
        return None if pooled is None else {"text_embeds": pooled, "time_ids": torch.tensor(self.sizes)}


def weight_of(case, subject):
    """What a sample of this subject counts: its weight over the mean weight of a round of turns."""
    weights, repeats = case.get("weights", [1.0]), case.get("repeats", [1])
    return weights[subject] * sum(repeats) / sum(w * r for w, r in zip(weights, repeats))


def sample(vae, pixels, noise):
    with torch.no_grad():
        posterior = vae.encode(pixels).latent_dist
    return (posterior.mean + posterior.std * noise.float())[0] * vae.config.scaling_factor


def whole_weights(model, texts):
    """The parameter groups of full fine-tuning; the first is the UNet's, the second the text encoders'."""
    return [{"params": list(model["unet"].parameters()), "lr": COMMON["learning_rate"]},
            {"params": [p for text in texts for p in text.parameters()], "lr": COMMON["text_encoder_learning_rate"]}]


def base_prediction(model, predict):
    """What the model predicts without its adapters."""
    parts = [model[name] for name in ("unet", *TEXT_PARTS) if name in model]
    for part in parts:
        part.disable_adapters()
    with torch.no_grad():
        answer = predict()
    for part in parts:
        part.enable_adapters()
    return answer


def train(case, draws, model, images, origins=None, groups_of=whole_weights, before_pass=lambda step, items: None):
    """The metrics of each step, and the trained model."""
    model = {name: copy.deepcopy(part) for name, part in model.items()}
    unet, texts = model["unet"], [model[name] for name in TEXT_PARTS if name in model]
    schedule = DDPMScheduler(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear",
                             prediction_type=case["prediction"])
    ids = {name: tokenize(model, name) for name in ("tokenizer", "tokenizer_2") if name in model}
    optimizer = torch.optim.AdamW(groups_of(model, texts), weight_decay=COMMON["weight_decay"])
    rates = get_scheduler("cosine" if case["lr_schedule"] == "cosine" else "constant_with_warmup", optimizer,
                          num_warmup_steps=case["lr_warmup_steps"], num_training_steps=case["steps"])
    parts = 2 if case["prior_weight"] > 0 else 1
    size, log = case["batch_size"], []
    for step in range(case["steps"]):
        if case["text_encoder_stop_step"] and step == case["text_encoder_stop_step"]:
            for text in texts:
                text.requires_grad_(False)
        sums = [0.0, 0.0]
        optimizer.zero_grad(set_to_none=True)
        for micro in range(case["gradient_accumulation"]):
            items = range(micro * size, (micro + 1) * size)
            batch = Batch(case, draws, model, images, origins, step, items)
            before_pass(step, items)
            x0, eps, t = torch.stack(batch.latents), torch.stack(batch.noise), torch.stack(batch.steps)
            noisy = batch.input(schedule.add_noise(x0, eps, t))

            def predict():
                states, pooled = encode(model, ids, batch.prompts)
                return unet(noisy, t, states, added_cond_kwargs=batch.added(pooled)).sample

            target = eps if case["prediction"] == "epsilon" else schedule.get_velocity(x0, eps, t)
            if case.get("prior_prediction"):
                target = torch.cat([target[:size], base_prediction(model, predict)[size:]])
            answer = predict()
            losses = (answer.float() - target).pow(2).mean((1, 2, 3))
            if "weights" in case:
                losses = losses * torch.tensor(batch.weights)
            halves = [h.mean() / case["gradient_accumulation"] for h in losses.split(size)]
            sums = [s + float(h.detach()) for s, h in zip(sums, halves)] + sums[len(halves):]
            sum(w * h for w, h in zip((1.0, case["prior_weight"]), halves)).backward()
        trained = [p for g in optimizer.param_groups for p in g["params"] if p.grad is not None]
        norm = torch.nn.utils.clip_grad_norm_(trained, COMMON["max_grad_norm"])
        used = [g["lr"] for g in optimizer.param_groups]
        optimizer.step()
        rates.step()
        log.append({"instance_loss": sums[0], "prior_loss": sums[1] if parts == 2 else None,
                    "grad_norm": float(norm), "learning_rate": used[0], "text_encoder_learning_rate": used[1]})
    return log, model


def final_weights(model):
    final = {}
    for part, names in (FINAL_XL if "text_encoder_2" in model else FINAL).items():
        state = {k.removeprefix("text_model."): v for k, v in model[part].state_dict().items()}
        final.update({f"{part}.{name}": state[name].detach().clone().contiguous() for name in names})
    return final


def adamw_case():
    """A few updates of torch.optim.AdamW by itself."""
    parameter = torch.nn.Parameter(torch.randn(7, 5))
    optimizer = torch.optim.AdamW([parameter], lr=3e-3, weight_decay=0.1)
    out = {"start": parameter.detach().clone()}
    gradients = torch.randn(6, 7, 5) * torch.logspace(-6, 2, 6).view(6, 1, 1)
    for gradient in gradients:
        parameter.grad = gradient.clone()
        optimizer.step()
    return {**out, "gradients": gradients, "end": parameter.detach().clone()}


def record(folder, expected, name, case, model, images, origins=None):
    draws = make_draws(case, [len(x) for x in images])
    log, trained = train(case, draws, model, images, origins)
    expected["cases"][name] = {"config": case, "steps": log}
    save_file(draws, folder / f"{name}_draws.safetensors")
    save_file(final_weights(trained), folder / f"{name}_final.safetensors")
    print(name, "instance loss", log[0]["instance_loss"], "to", log[-1]["instance_loss"])
    assert all(math.isfinite(entry["grad_norm"]) for entry in log)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).with_name("fixtures"))
    options = options.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(2)
    folder = options.out / "train"
    model = make_model(folder / "model")
    counts = [3, 5]
    pixels = [torch.randint(0, 256, (n, SIDE, SIDE, 3), dtype=torch.uint8) for n in counts]
    images = [p.permute(0, 3, 1, 2).float() / 127.5 - 1 for p in pixels]
    save_file({"instances": pixels[0], "priors": pixels[1]}, folder / "pictures.safetensors")
    save_file(adamw_case(), folder / "adamw.safetensors")
    expected = {"prompts": PROMPTS, "common": COMMON, "cases": {}}
    for name, case in CASES.items():
        record(folder, expected, name, case, model, images)
    torch.manual_seed(options.seed + 1)
    models = {"xl": make_xl(folder / "xl"), "inpaint": make_model(folder / "inpaint", inpainting=True)}
    origins = [make_origins(counts[0]), torch.tensor([[SIDE, SIDE, 0, 0, 0]] * counts[1])]
    save_file({"instances": origins[0], "priors": origins[1]}, folder / "origins.safetensors")
    for number, (name, case) in enumerate(FAMILY_CASES.items()):
        torch.manual_seed(options.seed + 2 + number)
        record(folder, expected, name, case, models[case["model"]], images,
               origins if case["model"] == "xl" else None)
    torch.manual_seed(options.seed + 20)
    second = [torch.randint(0, 256, (n, SIDE, SIDE, 3), dtype=torch.uint8) for n in (4, 2)]
    save_file({"instances": second[0], "priors": second[1]}, folder / "pictures_second.safetensors")
    images += [p.permute(0, 3, 1, 2).float() / 127.5 - 1 for p in second]
    for name, case in SUBJECT_CASES.items():
        record(folder, expected, name, case, model, images)
    (folder / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


if __name__ == "__main__":
    main()
