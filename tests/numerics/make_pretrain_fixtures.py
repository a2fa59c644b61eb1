#!/usr/bin/env python3
"""Makes fixtures/pretrain: what a plain PyTorch loop says of teaching a VAE, and a text encoder with a UNet, from batches.

usage: make_pretrain_fixtures.py [--seed 0] [--out tests/numerics/fixtures]

The models begin as those of fixtures/train/model, so that both sides have the same weights. The loops are written with
diffusers, transformers and torch.optim only; the average of the weights is diffusers' EMAModel. Batches are rounded to
fp16 to keep the files small.
"""
import argparse
import json
import math
import pathlib

import torch
import torch.nn.functional as F
from diffusers import AutoencoderKL, DDPMScheduler, UNet2DConditionModel
from diffusers.training_utils import EMAModel, compute_snr
from safetensors.torch import save_file
from transformers import CLIPTextModel

from train_models import CHANNELS, LENGTH, SCHEDULE, SIDE

VAE = dict(steps=8, batch=2, learning_rate=1.5e-3, warmup=2, power=0.7, ema=0.998, weight_decay=1e-3, kl_weight=2e-4,
           squared_weight=0.5, pyramid_weight=0.6, pyramid_levels=3)
UNET = dict(steps=8, batch=4, learning_rate=1e-3, warmup=2, ema=0.9985, weight_decay=1e-2, snr_gamma=5.0, scale=0.61)
BETAS = (0.9, 0.99)
KEPT = {"vae": ["encoder.conv_in.weight", "decoder.conv_out.weight", "quant_conv.bias", "decoder.conv_norm_out.weight"],
        "unet": ["conv_in.weight", "conv_out.bias", "mid_block.attentions.0.transformer_blocks.0.attn2.to_k.weight"],
        "text_encoder": ["embeddings.token_embedding.weight", "encoder.layers.1.mlp.fc2.weight"]}


def gradients(difference, levels):
    total = 0.0
    for level in range(levels):
        total = total + (difference[:, :, 1:] - difference[:, :, :-1]).abs().mean()
        total = total + (difference[:, :, :, 1:] - difference[:, :, :, :-1]).abs().mean()
        difference = F.avg_pool2d(difference, 2)
    return total


class Loop:
    """Clipped AdamW with warm-up and decay, and the average of the weights."""

    def __init__(self, parameters, options, factor):
        self.parameters = [p for _, p in parameters]
        plain = [p for n, p in parameters if not n.endswith("embedding.weight")]
        embeddings = [p for n, p in parameters if n.endswith("embedding.weight")]
        self.optimizer = torch.optim.AdamW([{"params": plain, "weight_decay": options["weight_decay"]},
                                            {"params": embeddings, "weight_decay": 0.0}], betas=BETAS)
        self.average = EMAModel(self.parameters, decay=options["ema"])
        self.options, self.factor, self.step = options, factor, 0

    def update(self, loss):
        warmup, steps = self.options["warmup"], self.options["steps"]
        factor = self.step / warmup if self.step < warmup else self.factor((self.step - warmup) / (steps - warmup))
        for group in self.optimizer.param_groups:
            group["lr"] = self.options["learning_rate"] * factor
        self.optimizer.zero_grad()
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(self.parameters, 1.0).item()
        self.optimizer.step()
        self.average.step(self.parameters)
        self.step += 1
        return {"loss": loss.item(), "grad_norm": norm}


def kept(out, part, module, average, parameters):
    """Chosen weights, and their averages."""
    averaged = {id(p): a for p, a in zip(parameters, average.shadow_params)}
    for name, parameter in module.named_parameters():
        short = name.removeprefix("text_model.")
        if short in KEPT[part]:
            out[f"{part}.{short}"] = parameter.detach().clone().contiguous()
            out[f"average.{part}.{short}"] = averaged[id(parameter)].clone().contiguous()


def teach_vae(folder, draws, out):
    vae = AutoencoderKL.from_pretrained(folder / "vae", torch_dtype=torch.float32)
    loop = Loop(list(vae.named_parameters()), VAE, lambda p: (1 - p) ** VAE["power"])
    records = []
    for k in range(VAE["steps"]):
        pixels = draws["vae.pixels"][k].float()
        latents = vae.encode(pixels).latent_dist
        mean, log_variance = latents.mean, latents.logvar.clamp(-20, 4)
        decoded = vae.decode(mean + (log_variance / 2).exp() * draws["vae.noise"][k].float()).sample
        difference = decoded - pixels
        kl = (mean**2 + log_variance.exp() - 1 - log_variance).mean()
        loss = (difference.abs().mean() + VAE["squared_weight"] * difference.pow(2).mean() + VAE["kl_weight"] * kl
                + VAE["pyramid_weight"] * gradients(difference, VAE["pyramid_levels"]))
        records.append(loop.update(loss) | {"kl": kl.item()})
    kept(out, "vae", vae, loop.average, loop.parameters)
    return records


def teach_unet(folder, draws, out):
    unet = UNet2DConditionModel.from_pretrained(folder / "unet", torch_dtype=torch.float32)
    text = CLIPTextModel.from_pretrained(folder / "text_encoder", dtype=torch.float32)
    parameters = [(f"unet.{n}", p) for n, p in unet.named_parameters()]
    parameters += [(f"text_encoder.{n}", p) for n, p in text.named_parameters()]
    loop = Loop(parameters, UNET, lambda p: 0.5 * (1 + math.cos(math.pi * p)))
    scheduler = DDPMScheduler(**{k: v for k, v in SCHEDULE.items() if k != "steps_offset"})
    records = []
    for k in range(UNET["steps"]):
        d = {name: draws[f"unet.{name}"][k] for name in ("mean", "log_variance", "posterior", "noise", "timesteps", "ids")}
        latents = (d["mean"].float() + (d["log_variance"].float() / 2).exp() * d["posterior"].float()) * UNET["scale"]
        noise, t = d["noise"].float(), d["timesteps"]
        prediction = unet(scheduler.add_noise(latents, noise, t), t, text(d["ids"])[0]).sample
        snr = compute_snr(scheduler, t)
        weights = torch.minimum(snr, torch.full_like(snr, UNET["snr_gamma"])) / snr
        each = (prediction - noise).pow(2).mean((1, 2, 3))
        records.append(loop.update((each * weights).mean()) | {"mse": each.mean().item()})
    kept(out, "unet", unet, loop.average, loop.parameters)
    kept(out, "text_encoder", text, loop.average, loop.parameters)
    return records


def make_draws(words):
    latent = (CHANNELS, SIDE // 2, SIDE // 2)
    smooth = F.interpolate(torch.rand(VAE["steps"] * VAE["batch"], 3, 5, 5), size=(SIDE, SIDE), mode="bicubic") * 2 - 1
    n, b = UNET["steps"], UNET["batch"]
    return {"vae.pixels": smooth.reshape(VAE["steps"], VAE["batch"], 3, SIDE, SIDE).half(),
            "vae.noise": torch.randn(VAE["steps"], VAE["batch"], *latent).half(),
            "unet.mean": torch.randn(n, b, *latent).half(), "unet.log_variance": (torch.randn(n, b, *latent) - 4).half(),
            "unet.posterior": torch.randn(n, b, *latent).half(), "unet.noise": torch.randn(n, b, *latent).half(),
            "unet.timesteps": torch.randint(0, 1000, (n, b)), "unet.ids": torch.randint(0, words, (n, b, LENGTH))}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parent / "fixtures")
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(1)
    model = arguments.out / "train" / "model"
    folder = arguments.out / "pretrain"
    folder.mkdir(exist_ok=True)
    draws = make_draws(json.loads((model / "text_encoder" / "config.json").read_text())["vocab_size"])
    out = {}
    records = {"vae": teach_vae(model, draws, out), "unet": teach_unet(model, draws, out)}
    save_file(draws, folder / "draws.safetensors")
    save_file(out, folder / "weights.safetensors")
    (folder / "expected.json").write_text(json.dumps({"vae_options": VAE, "unet_options": UNET, **records}, indent=1) + "\n")


if __name__ == "__main__":
    main()
