#!/usr/bin/env python3
"""Compares every full-size component of SD 1.5, SD 2.1 and SDXL with diffusers and transformers, on random weights.

usage: full_size.py COMPONENT_RUNNER [--only NAME]... [--seed 1] [--threads 2] [--scratch FOLDER]
       (COMPONENT_RUNNER is build/release/tests/component_runner; run with the Python of packaging/linux/reference.sh)

One component after the other, so that memory holds one: makes it with random weights, writes it, lets our runner compute
the same inputs, and prints each output's largest deviation relative to the output's own largest value. Fails above 1e-4.
The largest, SDXL's UNet, takes 11 GB of memory and of the scratch folder.
"""
import argparse
import gc
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from safetensors.torch import load_file, save_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

TOLERANCE = 1e-4
CROSS_DOWN, DOWN, CROSS_UP, UP = "CrossAttnDownBlock2D", "DownBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"
FOUR = dict(block_out_channels=[320, 640, 1280, 1280], down_block_types=[CROSS_DOWN] * 3 + [DOWN],
            up_block_types=[UP] + [CROSS_UP] * 3, layers_per_block=2, sample_size=64)
SD1_UNET = dict(**FOUR, attention_head_dim=8, cross_attention_dim=768)
SD2_UNET = dict(**{**FOUR, "sample_size": 96}, attention_head_dim=[5, 10, 20, 20], cross_attention_dim=1024,
                use_linear_projection=True)
XL_UNET = dict(block_out_channels=[320, 640, 1280], down_block_types=[DOWN, CROSS_DOWN, CROSS_DOWN],
               up_block_types=[CROSS_UP, CROSS_UP, UP], layers_per_block=2, attention_head_dim=[5, 10, 20],
               transformer_layers_per_block=[1, 2, 10], cross_attention_dim=2048, use_linear_projection=True,
               addition_embed_type="text_time", addition_time_embed_dim=256,
               projection_class_embeddings_input_dim=2816, sample_size=128)
VAE = dict(block_out_channels=[128, 256, 512, 512], layers_per_block=2, latent_channels=4, sample_size=512,
           down_block_types=["DownEncoderBlock2D"] * 4, up_block_types=["UpDecoderBlock2D"] * 4)
CLIP_L = dict(hidden_size=768, intermediate_size=3072, num_hidden_layers=12, num_attention_heads=12,
              hidden_act="quick_gelu", projection_dim=768)
OPEN_H = dict(hidden_size=1024, intermediate_size=4096, num_hidden_layers=23, num_attention_heads=16,
              hidden_act="gelu", projection_dim=512)
OPEN_BIGG = dict(hidden_size=1280, intermediate_size=5120, num_hidden_layers=32, num_attention_heads=20,
                 hidden_act="gelu", projection_dim=1280)
# name: (kind, class, config, tensors, numbers); the counts are those of the released models.
COMPONENTS = {
    "SD 1.5 UNet": ("unet", UNet2DConditionModel, SD1_UNET, 686, 859_520_964),
    "SD 1.5 inpainting UNet": ("unet", UNet2DConditionModel, {**SD1_UNET, "in_channels": 9}, 686, 859_535_364),
    "SD 2.1 UNet": ("unet", UNet2DConditionModel, SD2_UNET, 686, 865_910_724),
    "SDXL UNet": ("unet", UNet2DConditionModel, XL_UNET, 1680, 2_567_463_684),
    "VAE": ("vae", AutoencoderKL, VAE, 248, 83_653_863),
    "CLIP-L": ("clip", CLIPTextModel, CLIP_L, 196, 123_060_480),
    "OpenCLIP-H": ("clip", CLIPTextModel, OPEN_H, 372, 340_387_840),
    "OpenCLIP-bigG": ("clip", CLIPTextModelWithProjection, OPEN_BIGG, 517, 694_659_840),
}


def empty(kind, model_class, config):
    """The model's names and shapes, without numbers."""
    with torch.device("meta"):
        if kind == "clip":
            config = CLIPTextConfig(vocab_size=49408, max_position_embeddings=77, bos_token_id=49406,
                                    eos_token_id=49407, **config)
            return model_class(config)
        return model_class(**config)


def random_weight(name, p, kind, generator):
    """Fills a parameter with random numbers of the size that keeps activations of order one."""
    p.normal_(generator=generator)
    if p.dim() == 1:
        p.mul_(0.1)
        if name.endswith("weight"):
            p.add_(1)
    elif "embedding" in name and kind == "clip":
        p.mul_(0.05)
    else:
        p.mul_(p[0].numel() ** -0.5)
    return p


def make(kind, model_class, config, generator):
    model = empty(kind, model_class, config).to_empty(device="cpu").float().eval()
    with torch.no_grad():
        for name, p in model.named_parameters():
            random_weight(name, p, kind, generator)
        for name, buffer in model.named_buffers():
            if name.endswith("position_ids"):
                buffer.copy_(torch.arange(buffer.shape[-1]).expand_as(buffer))
    return model


def unet_run(model, generator):
    config = model.config
    data = {"sample": torch.randn(2, config.in_channels, 16, 24, generator=generator),
            "timesteps": torch.tensor([7, 901]),
            "text": torch.randn(2, 77, config.cross_attention_dim, generator=generator)}
    added = None
    if config.addition_embed_type:
        data["text_embeds"] = torch.randn(2, 1280, generator=generator)
        data["time_ids"] = torch.tensor([[1024.0, 1024, 0, 0, 1024, 1024], [512, 768, 16, 8, 1024, 1536]])
        added = {"text_embeds": data["text_embeds"], "time_ids": data["time_ids"]}
    return data, {"output": model(data["sample"], data["timesteps"], data["text"], added_cond_kwargs=added).sample}


def vae_run(model, generator):
    data = {"pixels": torch.rand(1, 3, 192, 128, generator=generator) * 2 - 1,
            "latents": torch.randn(1, 4, 24, 16, generator=generator)}
    posterior = model.encode(data["pixels"]).latent_dist
    return data, {"mean": posterior.mean, "logvar": posterior.logvar, "decoded": model.decode(data["latents"]).sample}


def clip_run(model, generator):
    ids = torch.randint(0, 49000, (2, 77), generator=generator)
    ids[:, 0] = 49406
    ids[0, 40:] = 49407
    ids[1, 76:] = 49407
    out = model(ids, output_hidden_states=True)
    wanted = {"last": out.last_hidden_state, "penultimate": out.hidden_states[-2]}
    if getattr(out, "text_embeds", None) is not None:
        wanted["projected"] = out.text_embeds
    return {"ids": ids}, wanted


def write_component(model, kind, folder):
    folder.mkdir(parents=True)
    weights = "model" if kind == "clip" else "diffusion_pytorch_model"
    save_file({name: p.detach() for name, p in model.named_parameters()}, folder / f"{weights}.safetensors")
    config = model.config.to_dict() if kind == "clip" else dict(model.config)
    if kind == "clip":
        config["architectures"] = [type(model).__name__]
    (folder / "config.json").write_text(json.dumps(config, default=str))


def compare(name, runner, seed, threads, scratch):
    kind, model_class, config, tensors, numbers = COMPONENTS[name]
    generator = torch.Generator().manual_seed(seed)
    model = make(kind, model_class, config, generator)
    found = (len(list(model.parameters())), sum(p.numel() for p in model.parameters()))
    assert found == (tensors, numbers), f"{name} has {found} tensors and numbers, not {(tensors, numbers)}"
    folder = pathlib.Path(tempfile.mkdtemp(dir=scratch))
    try:
        with torch.no_grad():
            data, wanted = {"unet": unet_run, "vae": vae_run, "clip": clip_run}[kind](model, generator)
        write_component(model, kind, folder / "model")
        save_file({k: v.contiguous() for k, v in data.items()}, folder / "data.safetensors")
        del model
        gc.collect()
        subprocess.run([runner, kind, folder / "model", folder / "data.safetensors", folder / "out.safetensors",
                        str(threads)], check=True)
        ours = load_file(folder / "out.safetensors")
    finally:
        shutil.rmtree(folder)
    worst = 0.0
    for key, reference in wanted.items():
        deviation = ((ours[key] - reference).abs().max() / reference.abs().max()).item()
        worst = max(worst, deviation if deviation == deviation else float("inf"))
        print(f"{name:<24}{tensors:>5} tensors  {numbers:>13,} numbers  {key:<12} largest {reference.abs().max():8.3f}"
              f"  deviation {deviation:.1e}", flush=True)
    return worst


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runner")
    parser.add_argument("--only", action="append", choices=list(COMPONENTS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--scratch", default=None)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    worst = max(compare(name, options.runner, options.seed, options.threads, options.scratch)
                for name in options.only or COMPONENTS)
    print(f"largest deviation {worst:.1e} of the output's scale; at most {TOLERANCE:.0e} is allowed")
    sys.exit(worst > TOLERANCE)


if __name__ == "__main__":
    main()
