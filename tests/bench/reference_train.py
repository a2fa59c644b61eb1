#!/usr/bin/env python3
"""The diffusers side of train_full_size.py: what its example scripts do, in one process, one JSON line.

usage: reference_train.py lora|full MODEL PHOTOS STEPS THREADS RESOLUTION [adamw8bit|adamw]

lora: train_dreambooth_lora.py with --mixed_precision bf16 --gradient_checkpointing: UNet, VAE and text encoder lie in
bf16, a LoRA of rank 4 in fp32 on the UNet's attention. full: train_dreambooth.py with --mixed_precision bf16
--gradient_checkpointing --use_8bit_adam: the UNet in fp32, VAE and text encoder in bf16. Both encode photos and prompt
anew in each step, as the scripts do by default, with batch 1 and without prior preservation. The 8-bit optimizer is
bitsandbytes' own, which must be importable.
"""
import json
import pathlib
import resource
import sys
import time


def photos_in(folder, resolution):
    import numpy
    import torch
    from PIL import Image, ImageOps
    pixels = []
    for file in sorted(pathlib.Path(folder).glob("*.jpg")):
        image = ImageOps.fit(ImageOps.exif_transpose(Image.open(file)).convert("RGB"), (resolution, resolution))
        pixels.append(torch.from_numpy(numpy.array(image)).permute(2, 0, 1).float() / 127.5 - 1)
    return torch.stack(pixels)


def prepare(what, pipe):
    """The parameters that learn."""
    import torch
    for part in (pipe.vae, pipe.text_encoder, pipe.unet):
        part.requires_grad_(False)
    pipe.vae.to(dtype=torch.bfloat16)
    pipe.text_encoder.to(dtype=torch.bfloat16)
    pipe.unet.enable_gradient_checkpointing()
    pipe.unet.train()
    if what == "full":
        pipe.unet.requires_grad_(True)
    else:
        from diffusers.training_utils import cast_training_params
        from peft import LoraConfig
        pipe.unet.to(dtype=torch.bfloat16)
        pipe.unet.add_adapter(LoraConfig(r=4, lora_alpha=4, init_lora_weights="gaussian",
                                         target_modules=["to_k", "to_q", "to_v", "to_out.0", "add_k_proj", "add_v_proj"]))
        cast_training_params([pipe.unet], dtype=torch.float32)
    return [parameter for parameter in pipe.unet.parameters() if parameter.requires_grad]


def make_optimizer(name, parameters):
    import torch
    if name == "adamw8bit":
        import bitsandbytes
        return bitsandbytes.optim.AdamW8bit(parameters, lr=5e-6, weight_decay=1e-2)
    return torch.optim.AdamW(parameters, lr=5e-6, weight_decay=1e-2)


def step(pipe, schedule, optimizer, parameters, pixels, ids):
    import torch
    with torch.no_grad():
        clean = pipe.vae.encode(pixels.to(torch.bfloat16)).latent_dist.sample() * pipe.vae.config.scaling_factor
    noise = torch.randn_like(clean)
    t = torch.randint(0, schedule.config.num_train_timesteps, (len(clean),))
    noisy = schedule.add_noise(clean, noise, t)
    text = pipe.text_encoder(ids, return_dict=False)[0]
    with torch.autocast("cpu", torch.bfloat16):
        prediction = pipe.unet(noisy, t, text, return_dict=False)[0]
    loss = torch.nn.functional.mse_loss(prediction.float(), noise.float())
    loss.backward()
    torch.nn.utils.clip_grad_norm_(parameters, 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return loss.item()


def main():
    what, model, photos, steps, threads, resolution = sys.argv[1:7]
    import torch
    torch.set_num_threads(int(threads))
    torch.manual_seed(0)
    from diffusers import DDPMScheduler, StableDiffusionPipeline
    pipe = StableDiffusionPipeline.from_pretrained(model, torch_dtype=torch.float32)
    schedule = DDPMScheduler.from_config(pipe.scheduler.config)
    parameters = prepare(what, pipe)
    optimizer = make_optimizer(sys.argv[7] if len(sys.argv) > 7 else "adamw", parameters)
    pixels = photos_in(photos, int(resolution))
    ids = torch.tensor([pipe.tokenizer("a photo of sks dog", padding="max_length", max_length=77).input_ids])
    seconds = []
    for number in range(int(steps)):
        started = time.time()
        step(pipe, schedule, optimizer, parameters, pixels[number % len(pixels)][None], ids)
        seconds.append(time.time() - started)
    print(json.dumps({"step_seconds": sorted(seconds[1:])[(len(seconds) - 1) // 2],
                      "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))


if __name__ == "__main__":
    main()
