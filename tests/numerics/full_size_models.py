"""Whole full-size models with random weights, as diffusers folders, for the scripts that compare and measure them.

They are written tensor by tensor, so that making an SDXL takes no more memory than its largest tensor.
"""
import json
import os
import pathlib
import struct
import sys

import torch
from diffusers import AutoencoderKL, DDIMScheduler, EulerDiscreteScheduler
from transformers import CLIPTextConfig, CLIPTokenizer

import full_size

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEDULE = dict(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", steps_offset=1)
DDIM = dict(**SCHEDULE, clip_sample=False, set_alpha_to_one=False)
XL = "StableDiffusionXLPipeline"
# name: (pipeline, parts, scheduler, padding of each tokenizer)
FAMILIES = {
    "sd15": ("StableDiffusionPipeline", {"unet": "SD 1.5 UNet", "vae": "VAE", "text_encoder": "CLIP-L"},
             DDIMScheduler(**DDIM), {"tokenizer": "<|endoftext|>"}),
    "sd21-v": ("StableDiffusionPipeline", {"unet": "SD 2.1 UNet", "vae": "VAE", "text_encoder": "OpenCLIP-H"},
               DDIMScheduler(**DDIM, prediction_type="v_prediction"), {"tokenizer": "!"}),
    "xl": (XL, {"unet": "SDXL UNet", "vae": "VAE", "text_encoder": "CLIP-L", "text_encoder_2": "OpenCLIP-bigG"},
           EulerDiscreteScheduler(**SCHEDULE), {"tokenizer": "<|endoftext|>", "tokenizer_2": "!"}),
}
WORDS = {torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16"}


def write_weights(model, kind, file, dtype, generator):
    names = [(name, p.shape) for name, p in model.named_parameters()]
    header, at = {}, 0
    for name, shape in names:
        size = shape.numel() * dtype.itemsize
        header[name] = {"dtype": WORDS[dtype], "shape": list(shape), "data_offsets": [at, at + size]}
        at += size
    header["__metadata__"] = {"format": "pt"}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(file, "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text)
        for name, shape in names:
            values = full_size.random_weight(name, torch.empty(shape), kind, generator).to(dtype)
            out.write(values.flatten().view(torch.uint8).numpy().data)


def write_part(part, name, folder, dtype, generator, scaling):
    kind, model_class, config, _, _ = full_size.COMPONENTS[name]
    model = full_size.empty(kind, model_class, config)
    (folder / part).mkdir()
    if kind == "clip":
        saved = CLIPTextConfig(**{**model.config.to_dict(), "architectures": [model_class.__name__]})
        saved.save_pretrained(folder / part)
    else:
        if model_class is AutoencoderKL:
            model.register_to_config(scaling_factor=scaling)
        model.save_config(folder / part)
    file = "model.safetensors" if kind == "clip" else "diffusion_pytorch_model.safetensors"
    write_weights(model, kind, folder / part / file, dtype, generator)
    return [model_class.__module__.split(".")[0], model_class.__name__]


def write_model(family, folder, dtype=torch.float32, seed=1):
    """A folder that StableDiffusion(XL)Pipeline.from_pretrained loads; tokenizers are as transformers saves them."""
    pipeline, parts, scheduler, tokenizers = FAMILIES[family]
    generator = torch.Generator().manual_seed(seed)
    folder.mkdir(parents=True)
    index = {"_class_name": pipeline, "_diffusers_version": "0.30.0",
             "scheduler": ["diffusers", type(scheduler).__name__],
             "feature_extractor": [None, None], "image_encoder": [None, None]}
    if pipeline == XL:
        index["force_zeros_for_empty_prompt"] = True
    else:
        index.update(safety_checker=[None, None], requires_safety_checker=False)
    for part, name in parts.items():
        index[part] = write_part(part, name, folder, dtype, generator, 0.13025 if pipeline == XL else 0.18215)
    vocabulary = ROOT / "resources" / "base" / "tokenizer"
    for name, pad in tokenizers.items():
        CLIPTokenizer.from_pretrained(vocabulary, pad_token=pad).save_pretrained(folder / name)
        index[name] = ["transformers", "CLIPTokenizer"]
    scheduler.save_pretrained(folder / "scheduler")
    (folder / "model_index.json").write_text(json.dumps(index, indent=2))


def in_own_process(function, *arguments):
    """Runs the function where its memory is gone afterwards; ends the program if it fails."""
    child = os.fork()
    if child == 0:
        try:
            function(*arguments)
        except BaseException as failure:
            print(failure, file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0:
        sys.exit(f"{function.__name__} failed")
