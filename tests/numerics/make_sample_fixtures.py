#!/usr/bin/env python3
"""Makes fixtures/sample: tiny random models of every kind, and what diffusers' pipelines make of them.

usage: make_sample_fixtures.py [--seed 0] [--out tests/numerics/fixtures]

Writes DIR/sample/{sd1,sd2,xl,inpaint,xl_inpaint}/ in diffusers layout (fp16) and DIR/sample/{pictures,tiles}.{json,safetensors}.
Both sides start from the same noise. Pipelines that encode a picture take the mean of its latents, not a sample.
"""
import argparse
import json
import pathlib

import numpy as np
import PIL.Image
import torch
from diffusers import (AutoencoderKL, DDIMScheduler, DPMSolverMultistepScheduler, EulerDiscreteScheduler, PNDMScheduler,
                       StableDiffusionImg2ImgPipeline, StableDiffusionInpaintPipeline, StableDiffusionPipeline,
                       StableDiffusionXLImg2ImgPipeline, StableDiffusionXLInpaintPipeline, StableDiffusionXLPipeline,
                       UNet2DConditionModel)
from diffusers.pipelines.stable_diffusion import pipeline_stable_diffusion_img2img as sd_img2img
from diffusers.pipelines.stable_diffusion import pipeline_stable_diffusion_inpaint as sd_inpaint
from diffusers.pipelines.stable_diffusion_xl import pipeline_stable_diffusion_xl_img2img as xl_img2img
from diffusers.pipelines.stable_diffusion_xl import pipeline_stable_diffusion_xl_inpaint as xl_inpaint
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

from make_diffusion_fixtures import Store
from make_model_fixtures import randomize
from make_train_fixtures import LENGTH, make_tokenizer

SCHEDULERS = {"ddim": DDIMScheduler, "plms": PNDMScheduler, "dpmpp-2m": DPMSolverMultistepScheduler,
              "euler": EulerDiscreteScheduler}
SIDE, FACTOR, CHANNELS = 32, 2, 4
SCHEDULE = dict(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", num_train_timesteps=1000,
                steps_offset=1)
# What some XL models say of their latents.
MEAN_AND_STD = dict(latents_mean=[0.1, -0.2, 0.3, 0.05], latents_std=[1.2, 0.9, 0.7, 1.1])
PROMPTS = ["a photo of sks dog", "a dog of a photo", "sks", "photo of a dog dog"]


def text_encoder(kind, generator, size, **changes):
    config = CLIPTextConfig(**{**dict(
        vocab_size=size, hidden_size=16, intermediate_size=32, num_hidden_layers=2, num_attention_heads=2,
        max_position_embeddings=LENGTH, bos_token_id=size - 2, eos_token_id=size - 1, pad_token_id=size - 1,
        projection_dim=16), **changes})
    return randomize(kind(config), generator)


def tokenizer(folder, pad):
    size = make_tokenizer(folder)
    special = json.loads((folder / "special_tokens_map.json").read_text())
    (folder / "special_tokens_map.json").write_text(json.dumps({**special, "pad_token": pad}))
    return CLIPTokenizer.from_pretrained(folder), size


def unet(generator, **changes):
    return randomize(UNet2DConditionModel(**{**dict(
        sample_size=SIDE // FACTOR, in_channels=CHANNELS, out_channels=CHANNELS, block_out_channels=(8, 16),
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"), up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        layers_per_block=1, cross_attention_dim=16, attention_head_dim=2, norm_num_groups=4), **changes}), generator)


def vae(generator, **changes):
    return randomize(AutoencoderKL(**{**dict(
        block_out_channels=(8, 16), down_block_types=("DownEncoderBlock2D",) * 2,
        up_block_types=("UpDecoderBlock2D",) * 2, latent_channels=CHANNELS, layers_per_block=1, norm_num_groups=4,
        sample_size=SIDE, scaling_factor=0.7), **changes}), generator)


def make_sd(folder, generator, prediction="epsilon", inpainting=False):
    pad = "!" if prediction == "v_prediction" else "<|endoftext|>"
    words, size = tokenizer(folder / "tokenizer", pad)
    linear = dict(use_linear_projection=True, attention_head_dim=[1, 2]) if prediction == "v_prediction" else {}
    channels = dict(in_channels=2 * CHANNELS + 1) if inpainting else {}
    scheduler = DDIMScheduler(**SCHEDULE, clip_sample=False, set_alpha_to_one=False, prediction_type=prediction)
    kind = StableDiffusionInpaintPipeline if inpainting else StableDiffusionPipeline
    pipe = kind(vae=vae(generator), text_encoder=text_encoder(CLIPTextModel, generator, size), tokenizer=words,
                unet=unet(generator, **linear, **channels), scheduler=scheduler, safety_checker=None,
                feature_extractor=None, requires_safety_checker=False)
    save(pipe, folder)


def make_xl(folder, generator, inpainting=False):
    words, size = tokenizer(folder / "tokenizer", "<|endoftext|>")
    words2, _ = tokenizer(folder / "tokenizer_2", "!")
    channels = dict(in_channels=2 * CHANNELS + 1) if inpainting else {}
    kind = StableDiffusionXLInpaintPipeline if inpainting else StableDiffusionXLPipeline
    pipe = kind(vae=vae(generator), text_encoder=text_encoder(CLIPTextModel, generator, size),
                text_encoder_2=text_encoder(CLIPTextModelWithProjection, generator, size, hidden_size=24,
                                            hidden_act="gelu", projection_dim=12), tokenizer=words, tokenizer_2=words2,
                unet=unet(generator, cross_attention_dim=40, use_linear_projection=True, attention_head_dim=[1, 2],
                          transformer_layers_per_block=[1, 2], addition_embed_type="text_time",
                          addition_time_embed_dim=8, projection_class_embeddings_input_dim=6 * 8 + 12, **channels),
                scheduler=EulerDiscreteScheduler(**SCHEDULE), force_zeros_for_empty_prompt=True,
                **(dict(requires_aesthetics_score=False) if inpainting else {}))
    save(pipe, folder)
    # XL's own file says more than Euler's class knows, for the others that are made from it.
    scheduler = folder / "scheduler" / "scheduler_config.json"
    content = json.loads(scheduler.read_text())
    content.update(clip_sample=False, set_alpha_to_one=False, skip_prk_steps=True)
    scheduler.write_text(json.dumps(content, indent=2) + "\n")


def save(pipe, folder):
    for part in pipe.components.values():
        if isinstance(part, torch.nn.Module):
            part.half()
    pipe.save_pretrained(folder)
    for config in folder.glob("*/config.json"):
        content = json.loads(config.read_text())
        content.pop("_name_or_path", None)
        config.write_text(json.dumps(content, indent=1) + "\n")
    for extra in folder.glob("tokenizer*/tokenizer.json"):
        extra.unlink()


def picture(rng, height, width):
    """A smooth picture with a few edges, so that a crop or a shift shows."""
    y, x = np.mgrid[0:height, 0:width] / 16.0
    waves = [np.sin(x * rng.uniform(0.5, 2) + y * rng.uniform(0.5, 2) + c) for c in range(3)]
    pixels = np.stack(waves, -1) * 90 + 128 + 30 * ((x + y) % 1.7 > 0.8)[..., None]
    return PIL.Image.fromarray(np.clip(pixels, 0, 255).round().astype(np.uint8))


def mask(rng, height, width):
    pixels = np.zeros((height, width), np.uint8)
    top, left = rng.integers(2, height // 3), rng.integers(2, width // 3)
    pixels[top:top + height // 2 + 1, left:left + width // 2] = 255
    return PIL.Image.fromarray(pixels)


class SameNoise:
    """Lets the pipelines draw this noise, and take the mean where they would draw a sample of a picture's latents."""
    MODULES = [sd_img2img, sd_inpaint, xl_img2img, xl_inpaint]

    def __init__(self, noise):
        self.noise = noise

    def __enter__(self):
        self.before = [(m, m.randn_tensor, m.retrieve_latents) for m in self.MODULES]
        for module, _, retrieve in self.before:
            module.randn_tensor = lambda shape, **_: self.noise.clone()
            module.retrieve_latents = lambda output, generator=None, retrieve=retrieve: retrieve(
                output, sample_mode="argmax")

    def __exit__(self, *_):
        for module, randn, retrieve in self.before:
            module.randn_tensor, module.retrieve_latents = randn, retrieve


def pipeline_of(kind, model, task):
    xl = model.startswith("xl")
    classes = {"text": (StableDiffusionPipeline, StableDiffusionXLPipeline),
               "image": (StableDiffusionImg2ImgPipeline, StableDiffusionXLImg2ImgPipeline),
               "mask": (StableDiffusionInpaintPipeline, StableDiffusionXLInpaintPipeline)}
    parts = {k: v for k, v in kind.components.items()}
    extra = dict(requires_safety_checker=False) if not xl else {}
    return classes[task][xl](**parts, **extra)


def make_pictures(folder, rng):
    store, loaded = Store(), {}
    for model, task, sampler, steps, guidance, size, strength, negative, *vae_changes in [
            ("sd1", "text", "ddim", 6, 4.0, (SIDE, SIDE), 1, ""),
            ("sd2", "text", "ddim", 8, 5.0, (SIDE, SIDE), 1, "photo"),
            ("sd2", "text", "dpmpp-2m", 7, 3.0, (SIDE, SIDE + 8), 1, ""),
            ("xl", "text", "ddim", 6, 5.0, (SIDE, SIDE), 1, ""),
            ("xl", "text", "dpmpp-2m", 6, 4.0, (SIDE + 8, SIDE), 1, "dog of"),
            ("xl", "text", "plms", 6, 1.0, (SIDE, SIDE), 1, ""),
            ("xl", "text", "euler", 6, 5.0, (SIDE, SIDE), 1, ""),
            ("xl", "text", "ddim", 4, 3.0, (SIDE, SIDE), 1, "", MEAN_AND_STD),
            ("xl", "image", "dpmpp-2m", 6, 3.0, (SIDE, SIDE), 0.5, "", MEAN_AND_STD),
            ("sd1", "image", "ddim", 10, 4.0, (SIDE, SIDE), 0.6, ""),
            ("sd1", "image", "dpmpp-2m", 8, 1.0, (SIDE, SIDE + 8), 0.5, ""),
            ("sd2", "image", "dpmpp-2m", 8, 3.0, (SIDE, SIDE), 0.75, "dog"),
            ("xl", "image", "ddim", 8, 4.0, (SIDE, SIDE), 0.8, ""),
            ("xl", "image", "euler", 9, 4.0, (SIDE, SIDE), 0.35, ""),
            ("sd1", "mask", "ddim", 8, 4.0, (SIDE, SIDE), 1, ""),
            ("sd1", "mask", "dpmpp-2m", 10, 4.0, (SIDE, SIDE + 8), 0.6, "photo"),
            ("sd2", "mask", "euler", 6, 4.0, (SIDE, SIDE), 0.9, ""),
            ("xl", "mask", "ddim", 6, 4.0, (SIDE, SIDE), 0.7, ""),
            ("inpaint", "mask", "ddim", 8, 4.0, (SIDE, SIDE), 1, ""),
            ("inpaint", "mask", "dpmpp-2m", 8, 4.0, (SIDE + 8, SIDE), 0.75, "a"),
            ("inpaint", "mask", "euler", 6, 1.0, (SIDE, SIDE), 0.8, ""),
            ("xl_inpaint", "mask", "ddim", 6, 4.0, (SIDE, SIDE), 1, "")]:
        if model not in loaded:
            own = {"inpaint": StableDiffusionInpaintPipeline, "xl": StableDiffusionXLPipeline,
                   "xl_inpaint": StableDiffusionXLInpaintPipeline}.get(model, StableDiffusionPipeline)
            loaded[model] = own.from_pretrained(folder / model, torch_dtype=torch.float32)
        pipe = pipeline_of(loaded[model], model, task)
        pipe.set_progress_bar_config(disable=True)
        pipe.scheduler = SCHEDULERS[sampler].from_config(loaded[model].scheduler.config)
        pipe.vae.register_to_config(**(vae_changes[0] if vae_changes else dict.fromkeys(MEAN_AND_STD)))
        height, width = size
        prompt = PROMPTS[rng.integers(len(PROMPTS))]
        shape = (1, CHANNELS, height // FACTOR, width // FACTOR)
        noise = torch.from_numpy(rng.standard_normal(shape).astype(np.float32))
        case = dict(model=model, task=task, sampler=sampler, steps=steps, guidance=guidance, prompt=prompt,
                    negative=negative, height=height, width=width, strength=strength, noise=store.put(noise),
                    vae=vae_changes[0] if vae_changes else {})
        arguments = dict(prompt=prompt, negative_prompt=negative or None, num_inference_steps=steps,
                         guidance_scale=guidance)
        if task == "text":
            arguments.update(latents=noise.clone(), height=height, width=width)
        else:
            source = picture(rng, height, width)
            case["source"] = store.put(torch.from_numpy(np.asarray(source).astype(np.float32)))
            arguments.update(image=source, strength=strength)
        if task == "mask":
            area = mask(rng, height, width)
            case["mask"] = store.put(torch.from_numpy(np.asarray(area).astype(np.float32)))
            arguments.update(mask_image=area, height=height, width=width)
        with SameNoise(noise):
            case["latents"] = store.put(pipe(**arguments, output_type="latent").images)
            made = pipe(**arguments, output_type="np").images[0]
        case["picture"] = store.put(torch.from_numpy(made * 255))
        store.cases.append(case)
    make_edits(store, loaded, rng)
    store.save(folder, "pictures")


def make_edits(store, loaded, rng):
    """Prompt editing: diffusers' pipeline is handed the embeddings of another text after each step."""
    for model, sampler, prompt, texts in [
            ("sd1", "ddim", "a photo of [sks:dog:2]", ["a photo of sks"] * 3 + ["a photo of dog"] * 3),
            ("sd2", "euler", "[sks|a] photo [of:dog:0.5]",
             ["sks photo of"] * 2 + ["a photo of", "sks photo of", "a photo dog", "sks photo dog", "a photo dog"])]:
        pipe = pipeline_of(loaded[model], model, "text")
        pipe.set_progress_bar_config(disable=True)
        pipe.scheduler = SCHEDULERS[sampler].from_config(loaded[model].scheduler.config)
        pipe.vae.register_to_config(**dict.fromkeys(MEAN_AND_STD))
        shape = (1, CHANNELS, SIDE // FACTOR, SIDE // FACTOR)
        noise = torch.from_numpy(rng.standard_normal(shape).astype(np.float32))

        def told(text):
            wanted, unwanted = pipe.encode_prompt(text, "cpu", 1, True)
            return torch.cat([unwanted, wanted])

        def following(_, step, *__):
            return dict(prompt_embeds=told(texts[min(step + 1, len(texts) - 1)]))

        arguments = dict(prompt=texts[0], num_inference_steps=len(texts), guidance_scale=4.0, height=SIDE, width=SIDE,
                         callback_on_step_end=following, callback_on_step_end_tensor_inputs=["prompt_embeds"])
        latents = pipe(**arguments, latents=noise.clone(), output_type="latent").images
        made = pipe(**arguments, latents=noise.clone(), output_type="np").images[0]
        store.cases.append(dict(model=model, task="text", sampler=sampler, steps=len(texts), guidance=4.0, prompt=prompt,
                                negative="", height=SIDE, width=SIDE, strength=1, noise=store.put(noise), vae={},
                                latents=store.put(latents), picture=store.put(torch.from_numpy(made * 255))))


def make_tiles(folder, rng, base):
    """A large picture through the embedded base's VAE, and how far diffusers' tiling is from computing it whole."""
    store = Store()
    model = AutoencoderKL.from_pretrained(base / "vae", torch_dtype=torch.float32).eval()
    pixels = torch.from_numpy(np.asarray(picture(rng, 320, 248)).copy()).permute(2, 0, 1)[None] / 127.5 - 1
    latents = model.encode(pixels).latent_dist.mean
    whole = model.decode(latents).sample
    whole_latents = model.encode(whole).latent_dist.mean
    model.enable_tiling()
    tiled, tiled_latents = model.decode(latents).sample, model.encode(whole).latent_dist.mean
    store.cases.append(dict(latents=store.put(latents), tile=model.tile_latent_min_size,
                            decode_error=(tiled - whole).abs().mean().item(),
                            encode_error=(tiled_latents - whole_latents).abs().mean().item()))
    store.save(folder, "tiles")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parent / "fixtures")
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(arguments.seed)
    generator = torch.Generator().manual_seed(arguments.seed)
    rng = np.random.default_rng(arguments.seed)
    folder = arguments.out / "sample"
    make_sd(folder / "sd1", generator)
    make_sd(folder / "sd2", generator, prediction="v_prediction")
    make_sd(folder / "inpaint", generator, inpainting=True)
    make_xl(folder / "xl", generator)
    make_xl(folder / "xl_inpaint", generator, inpainting=True)
    with torch.no_grad():
        make_pictures(folder, rng)
        make_tiles(folder, rng, pathlib.Path(__file__).resolve().parents[2] / "resources" / "base")


if __name__ == "__main__":
    main()
