#!/usr/bin/env python3
"""Makes fixtures/layouts: what diffusers' own conversion scripts call each tensor of a model in CompVis's layout.

usage: make_layout_fixtures.py --scripts DIFFUSERS/scripts [--seed N] [--out tests/numerics/fixtures]

DIFFUSERS is a source checkout: the scripts are not in the package. Writes DIR/layouts/<model>.json with the configs of a
tiny model and, for each name in its single file, its shape and the first 16 digits of its bytes' SHA-256, where every
tensor of the diffusers layout was filled by the rule in fill(); and DIR/layouts/<model>_full.json with shapes only, for the
released sizes.
"""
import argparse
import contextlib
import hashlib
import importlib.util
import io
import json
import pathlib
import zlib

import numpy as np
import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

ROOT = pathlib.Path(__file__).resolve().parents[2]
CROSS_DOWN, DOWN, CROSS_UP, UP = "CrossAttnDownBlock2D", "DownBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"
FOUR = dict(down_block_types=[CROSS_DOWN] * 3 + [DOWN], up_block_types=[UP] + [CROSS_UP] * 3, layers_per_block=2)
THREE = dict(down_block_types=[DOWN, CROSS_DOWN, CROSS_DOWN], up_block_types=[CROSS_UP, CROSS_UP, UP],
             layers_per_block=2, use_linear_projection=True, addition_embed_type="text_time")
VAE = dict(layers_per_block=2, latent_channels=4, down_block_types=["DownEncoderBlock2D"] * 4,
           up_block_types=["UpDecoderBlock2D"] * 4)
SMALL_VAE = dict(**VAE, block_out_channels=[32, 32, 64, 64], sample_size=512)
SMALL_XL_VAE = dict(SMALL_VAE, sample_size=1024)
LARGE_VAE = dict(**VAE, block_out_channels=[128, 256, 512, 512], sample_size=512)


def clip(width, layers, act, **more):
    heads = max(1, width // 64)
    return dict(hidden_size=width, intermediate_size=4 * width if width > 64 else 96, num_hidden_layers=layers,
                num_attention_heads=heads, hidden_act=act, **more)


SMALL = dict(vocab_size=300, max_position_embeddings=77)
# name: (family, unet, vae, text encoder, second text encoder); the first five are tiny.
MODELS = {
    "sd1": ("sd1", dict(**FOUR, block_out_channels=[32, 32, 64, 64], cross_attention_dim=24, attention_head_dim=8,
                        sample_size=64), SMALL_VAE, clip(24, 3, "quick_gelu", **SMALL), None),
    "sd1_inpaint": ("sd1", dict(**FOUR, block_out_channels=[32, 32, 32, 64], cross_attention_dim=24,
                                attention_head_dim=8, in_channels=9, sample_size=64), SMALL_VAE,
                    clip(24, 2, "quick_gelu", **SMALL), None),
    "sd2": ("sd2", dict(**FOUR, block_out_channels=[64, 64, 128, 128], cross_attention_dim=40,
                        attention_head_dim=[1, 1, 2, 2], use_linear_projection=True, sample_size=64), SMALL_VAE,
            clip(40, 3, "gelu", **SMALL), None),
    "xl": ("xl", dict(**THREE, block_out_channels=[32, 64, 128], cross_attention_dim=64, attention_head_dim=[1, 1, 2],
                      transformer_layers_per_block=[1, 2, 3], addition_time_embed_dim=256,
                      projection_class_embeddings_input_dim=20 + 6 * 256, sample_size=128), SMALL_XL_VAE,
           clip(24, 2, "quick_gelu", **SMALL), clip(40, 3, "gelu", projection_dim=20, **SMALL)),
    "xl_inpaint": ("xl", dict(**THREE, block_out_channels=[32, 32, 64], cross_attention_dim=64,
                              attention_head_dim=[1, 1, 1], transformer_layers_per_block=[1, 1, 2], in_channels=9,
                              addition_time_embed_dim=256, projection_class_embeddings_input_dim=20 + 6 * 256,
                              sample_size=128), SMALL_XL_VAE,
                   clip(24, 2, "quick_gelu", **SMALL), clip(40, 2, "gelu", projection_dim=20, **SMALL)),
    "sd1_full": ("sd1", dict(**FOUR, block_out_channels=[320, 640, 1280, 1280], cross_attention_dim=768,
                             attention_head_dim=8, sample_size=64), LARGE_VAE,
                 clip(768, 12, "quick_gelu", projection_dim=768), None),
    "sd2_full": ("sd2", dict(**FOUR, block_out_channels=[320, 640, 1280, 1280], cross_attention_dim=1024,
                             attention_head_dim=[5, 10, 20, 20], use_linear_projection=True, sample_size=96), LARGE_VAE,
                 clip(1024, 23, "gelu", projection_dim=512), None),
    "xl_full": ("xl", dict(**THREE, block_out_channels=[320, 640, 1280], cross_attention_dim=2048,
                           attention_head_dim=[5, 10, 20], transformer_layers_per_block=[1, 2, 10],
                           addition_time_embed_dim=256, projection_class_embeddings_input_dim=2816, sample_size=128),
                dict(LARGE_VAE, sample_size=1024), clip(768, 12, "quick_gelu", projection_dim=768),
                clip(1280, 32, "gelu", projection_dim=1280)),
}
# Four levels less one, as the released VAE config has it.
SCALING = {"sd1": 0.18215, "sd2": 0.18215, "xl": 0.13025}


def fill(name, shape, seed):
    """Numbers that any language makes alike: element i of a tensor is the upper 24 bits of crc32(name) + seed + i·φ."""
    count = int(np.prod(shape, dtype=np.int64))
    start = (zlib.crc32(name.encode()) + seed) & 0xFFFFFFFF
    values = (np.uint64(start) + np.arange(count, dtype=np.uint64) * np.uint64(2654435761)) & np.uint64(0xFFFFFFFF)
    return torch.from_numpy(((values >> np.uint64(8)).astype(np.float32) / np.float32(1 << 24)).reshape(shape))


def state(model, part, seed, tiny):
    tensors = {}
    for name, value in model.state_dict().items():
        if name.endswith("position_ids"):
            continue
        if part.startswith("text") and not name.startswith(("text_model.", "text_projection.")):
            name = "text_model." + name  # transformers 5.6 and later leave it out
        tensors[name] = fill(part + "/" + name, tuple(value.shape), seed) if tiny else value
    return tensors


def convert(family, script, parts):
    single = {"model.diffusion_model." + k: v for k, v in script.convert_unet_state_dict(parts["unet"]).items()}
    single |= {"first_stage_model." + k: v for k, v in script.convert_vae_state_dict(parts["vae"]).items()}
    text = parts["text_encoder"]
    if family == "sd1":
        single |= {"cond_stage_model.transformer." + k: v for k, v in text.items()}
    elif family == "sd2":
        text = script.convert_text_enc_state_dict_v20({"transformer." + k: v for k, v in text.items()})
        single |= {"cond_stage_model.model." + k: v for k, v in text.items()}
    else:
        second = script.convert_openclip_text_enc_state_dict(parts["text_encoder_2"])
        second["text_projection"] = second.pop("text_projection.weight").T.contiguous()
        single |= {"conditioner.embedders.0.transformer." + k: v for k, v in text.items()}
        single |= {"conditioner.embedders.1.model." + k: v for k, v in second.items()}
    return single


def load_script(folder, family):
    name = "sdxl" if family == "xl" else "stable_diffusion"
    spec = importlib.util.spec_from_file_location(name, folder / f"convert_diffusers_to_original_{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--scripts", type=pathlib.Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "tests/numerics/fixtures")
    arguments = parser.parse_args()
    folder = arguments.out / "layouts"
    folder.mkdir(parents=True, exist_ok=True)
    for name, (family, unet, vae, text, second) in MODELS.items():
        tiny = not name.endswith("_full")
        vae = dict(vae, scaling_factor=SCALING[family])
        with torch.device("meta"):
            models = {"unet": UNet2DConditionModel(**unet), "vae": AutoencoderKL(**vae),
                      "text_encoder": CLIPTextModel(CLIPTextConfig(**text))}
            if second:
                models["text_encoder_2"] = CLIPTextModelWithProjection(CLIPTextConfig(**second))
        parts = {part: state(model, part, arguments.seed, tiny) for part, model in models.items()}
        with contextlib.redirect_stdout(io.StringIO()):  # the scripts say what they rename
            single = convert(family, load_script(arguments.scripts, family), parts)
        fixture = {"family": {"xl": "sdxl"}.get(family, family), "seed": arguments.seed,
                   "configs": {"unet": unet, "vae": vae, "text_encoder": text, "text_encoder_2": second},
                   "counts": {part: len(tensors) for part, tensors in parts.items()},
                   "single_file": {}}
        for key, value in sorted(single.items()):
            row = [list(value.shape)]
            if tiny:
                row.append(hashlib.sha256(value.contiguous().numpy().tobytes()).hexdigest()[:16])
            fixture["single_file"][key] = row
        lines = json.dumps(fixture, separators=(",", ":")).replace('],"', '],\n"')
        (folder / f"{name}.json").write_text(lines + "\n")
        print(name, fixture["counts"], len(single))


if __name__ == "__main__":
    main()
