#!/usr/bin/env python3
"""Makes fixtures/train: a tiny Stable Diffusion and what a plain PyTorch loop says of training it.

usage: make_train_fixtures.py [--seed 0] [--out tests/numerics/fixtures]

The loop is written with diffusers, transformers and torch.optim only. Noise, timesteps and the rest of the draws are
recorded, so that the C++ trainer can be given the same. Noise is rounded to fp16 to keep the files small.
"""
import argparse
import copy
import json
import math
import pathlib

import torch
from diffusers import AutoencoderKL, DDPMScheduler, UNet2DConditionModel
from diffusers.optimization import get_scheduler
from safetensors.torch import save_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

LENGTH, SIDE, CHANNELS = 24, 16, 4
PROMPTS = ["a photo of sks dog", "a photo of a dog"]
CASES = {
    "epsilon": dict(steps=50, batch_size=2, gradient_accumulation=1, prior_weight=1.0, lr_schedule="constant",
                    lr_warmup_steps=0, text_encoder_stop_step=0, prediction="epsilon", flip=True),
    "v_prediction": dict(steps=50, batch_size=1, gradient_accumulation=2, prior_weight=0.5, lr_schedule="cosine",
                         lr_warmup_steps=5, text_encoder_stop_step=20, prediction="v_prediction", flip=False),
    "no_prior": dict(steps=10, batch_size=2, gradient_accumulation=1, prior_weight=0.0, lr_schedule="constant",
                     lr_warmup_steps=3, text_encoder_stop_step=0, prediction="epsilon", flip=True),
}
COMMON = dict(learning_rate=2e-4, text_encoder_learning_rate=1e-4, max_grad_norm=0.5, weight_decay=1e-2)


def bytes_to_unicode():
    kept = [*range(33, 127), *range(161, 173), *range(174, 256)]
    moved = [b for b in range(256) if b not in kept]
    return [chr(b) for b in kept] + [chr(256 + n) for n in range(len(moved))]


def make_tokenizer(folder):
    folder.mkdir(parents=True)
    letters = bytes_to_unicode()
    merges = ["p h", "ph o", "t o</w>", "pho to</w>", "o f</w>", "d o", "do g</w>", "s k", "sk s</w>"]
    vocabulary = letters + [c + "</w>" for c in letters] + [m.replace(" ", "") for m in merges]
    vocabulary += ["<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({word: i for i, word in enumerate(vocabulary)}))
    (folder / "merges.txt").write_text("#version: 0.2\n" + "\n".join(merges) + "\n")
    special = {"bos_token": "<|startoftext|>", "eos_token": "<|endoftext|>", "unk_token": "<|endoftext|>",
               "pad_token": "<|endoftext|>"}
    (folder / "special_tokens_map.json").write_text(json.dumps(special))
    (folder / "tokenizer_config.json").write_text(json.dumps(
        {"tokenizer_class": "CLIPTokenizer", "model_max_length": LENGTH, "do_lower_case": True, **special}))
    return len(vocabulary)


def make_model(folder):
    size = make_tokenizer(folder / "tokenizer")
    text = CLIPTextModel(CLIPTextConfig(
        vocab_size=size, hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=2,
        max_position_embeddings=LENGTH, bos_token_id=size - 2, eos_token_id=size - 1, pad_token_id=size - 1,
        projection_dim=32))
    unet = UNet2DConditionModel(
        sample_size=SIDE // 2, in_channels=CHANNELS, out_channels=CHANNELS, block_out_channels=(16, 32),
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"), up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        layers_per_block=1, cross_attention_dim=32, attention_head_dim=2, norm_num_groups=4)
    vae = AutoencoderKL(
        block_out_channels=(8, 16), down_block_types=("DownEncoderBlock2D",) * 2,
        up_block_types=("UpDecoderBlock2D",) * 2, latent_channels=CHANNELS, layers_per_block=1, norm_num_groups=4,
        sample_size=SIDE, scaling_factor=0.7)
    for name, module in (("text_encoder", text), ("unet", unet), ("vae", vae)):
        module.half().save_pretrained(folder / name)
        module.float()
        config = json.loads((folder / name / "config.json").read_text())
        config.pop("_name_or_path", None)
        (folder / name / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    DDPMScheduler(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", clip_sample=False,
                  steps_offset=1).save_pretrained(folder / "scheduler")
    (folder / "model_index.json").write_text(json.dumps({
        "_class_name": "StableDiffusionPipeline", "_diffusers_version": "0.42.1", "requires_safety_checker": False,
        "feature_extractor": [None, None], "safety_checker": [None, None],
        "scheduler": ["diffusers", "DDPMScheduler"], "text_encoder": ["transformers", "CLIPTextModel"],
        "tokenizer": ["transformers", "CLIPTokenizer"], "unet": ["diffusers", "UNet2DConditionModel"],
        "vae": ["diffusers", "AutoencoderKL"]}, indent=2) + "\n")
    return CLIPTokenizer.from_pretrained(folder / "tokenizer"), text, unet, vae


def make_draws(case, pictures):
    per_step = case["batch_size"] * case["gradient_accumulation"]
    shape = (case["steps"], per_step, 2)
    latent = (*shape, CHANNELS, SIDE // 2, SIDE // 2)
    return {"picture": torch.stack([torch.randint(0, n, shape[:2]) for n in pictures], -1).contiguous(),
            "flipped": torch.randint(0, 2, shape) if case["flip"] else torch.zeros(shape, dtype=torch.int64),
            "timestep": torch.randint(0, 1000, shape),
            "noise": torch.randn(latent).half(), "posterior_noise": torch.randn(latent).half()}


def train(case, draws, model, images):
    tokenizer = model[0]
    text, unet, vae = map(copy.deepcopy, model[1:])
    schedule = DDPMScheduler(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear",
                             prediction_type=case["prediction"])
    ids = torch.tensor([tokenizer(p, padding="max_length", max_length=LENGTH, truncation=True).input_ids
                        for p in PROMPTS])
    with torch.no_grad():
        posterior = [{flip: vae.encode(torch.flip(x, [3]) if flip else x).latent_dist for flip in (0, 1)}
                     for x in images]
    groups = [{"params": list(unet.parameters()), "lr": COMMON["learning_rate"]},
              {"params": list(text.parameters()), "lr": COMMON["text_encoder_learning_rate"]}]
    optimizer = torch.optim.AdamW(groups, weight_decay=COMMON["weight_decay"])
    rates = get_scheduler("cosine" if case["lr_schedule"] == "cosine" else "constant_with_warmup", optimizer,
                          num_warmup_steps=case["lr_warmup_steps"], num_training_steps=case["steps"])
    parts = 2 if case["prior_weight"] > 0 else 1
    batch, log = case["batch_size"], []
    for step in range(case["steps"]):
        if case["text_encoder_stop_step"] and step == case["text_encoder_stop_step"]:
            text.requires_grad_(False)
        sums = [0.0, 0.0]
        optimizer.zero_grad(set_to_none=True)
        for micro in range(case["gradient_accumulation"]):
            latents, noise, steps, prompts = [], [], [], []
            for part in range(parts):
                for item in range(micro * batch, (micro + 1) * batch):
                    at = (step, item, part)
                    p = posterior[part][int(draws["flipped"][at])]
                    k = int(draws["picture"][at])
                    latents.append((p.mean[k] + p.std[k] * draws["posterior_noise"][at].float()))
                    noise.append(draws["noise"][at].float())
                    steps.append(draws["timestep"][at])
                    prompts.append(part)
            x0, eps = torch.stack(latents) * vae.config.scaling_factor, torch.stack(noise)
            t = torch.stack(steps)
            states = text(ids[prompts])[0]
            answer = unet(schedule.add_noise(x0, eps, t), t, states).sample
            target = eps if case["prediction"] == "epsilon" else schedule.get_velocity(x0, eps, t)
            losses = (answer.float() - target).pow(2).mean((1, 2, 3))
            halves = [h.mean() / case["gradient_accumulation"] for h in losses.split(batch)]
            sums = [s + float(h.detach()) for s, h in zip(sums, halves)] + sums[len(halves):]
            sum(w * h for w, h in zip((1.0, case["prior_weight"]), halves)).backward()
        trained = [p for g in groups for p in g["params"] if p.grad is not None]
        norm = torch.nn.utils.clip_grad_norm_(trained, COMMON["max_grad_norm"])
        used = [g["lr"] for g in optimizer.param_groups]
        optimizer.step()
        rates.step()
        log.append({"instance_loss": sums[0], "prior_loss": sums[1] if parts == 2 else None,
                    "grad_norm": float(norm), "learning_rate": used[0], "text_encoder_learning_rate": used[1]})
    final = {"unet.conv_in.weight": unet.conv_in.weight, "unet.conv_out.weight": unet.conv_out.weight,
             "unet.mid_block.attentions.0.transformer_blocks.0.attn2.to_k.weight":
                 unet.mid_block.attentions[0].transformer_blocks[0].attn2.to_k.weight}
    state = {k.removeprefix("text_model."): v for k, v in text.state_dict().items()}
    for name in ("embeddings.token_embedding.weight", "encoder.layers.1.mlp.fc2.weight"):
        final["text_encoder." + name] = state[name]
    return log, {k: v.detach().clone().contiguous() for k, v in final.items()}


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


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).with_name("fixtures"))
    options = options.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(2)
    folder = options.out / "train"
    model = make_model(folder / "model")
    pictures = [3, 5]
    pixels = [torch.randint(0, 256, (n, SIDE, SIDE, 3), dtype=torch.uint8) for n in pictures]
    images = [p.permute(0, 3, 1, 2).float() / 127.5 - 1 for p in pixels]
    save_file({"instances": pixels[0], "priors": pixels[1]}, folder / "pictures.safetensors")
    save_file(adamw_case(), folder / "adamw.safetensors")
    expected = {"prompts": PROMPTS, "common": COMMON, "cases": {}}
    for name, case in CASES.items():
        draws = make_draws(case, pictures)
        log, final = train(case, draws, model, images)
        expected["cases"][name] = {"config": case, "steps": log}
        save_file(draws, folder / f"{name}_draws.safetensors")
        save_file(final, folder / f"{name}_final.safetensors")
        print(name, "instance loss", log[0]["instance_loss"], "to", log[-1]["instance_loss"])
        assert all(math.isfinite(entry["grad_norm"]) for entry in log)
    (folder / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


if __name__ == "__main__":
    main()
