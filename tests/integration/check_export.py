"""diffusers loads what likeness-cli exports and makes the same picture from the same latents.

usage: check_export.py LIKENESS_CLI BASE_FOLDER PHOTOS_FOLDER
"""
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import torch
from diffusers import StableDiffusionPipeline
from PIL import Image
from safetensors.torch import load_file, save_file

STEPS, GUIDANCE, PROMPT = 10, 4.0, "a photo of a {} dog in the snow"


def run(*command):
    print("+", *command, flush=True)
    subprocess.run([str(part) for part in command], check=True)


def main():
    cli, base, photos = sys.argv[1:4]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        project, exported, pictures = folder / "project", folder / "exported", folder / "pictures"
        run(cli, "new", project, "--photos", photos, "--class", "dog", "--token", "sks", "--model", base)
        run(cli, "priors", project, "--count", "2")
        run(cli, "train", project, "--steps", "4", "--set", "prior_count=2", "--set", "preview_every=0",
            "--set", "validate_every=0")
        run(cli, "export", project, "--out", exported)
        pipe = StableDiffusionPipeline.from_pretrained(exported, torch_dtype=torch.float32)
        pipe.set_progress_bar_config(disable=True)
        side = pipe.unet.config.sample_size
        noise = torch.randn(2, pipe.unet.config.in_channels, side, side, generator=torch.Generator().manual_seed(1))
        save_file({"latents": noise}, folder / "noise.safetensors")
        run(cli, "sample", project, "--checkpoint", "last", "--prompt", PROMPT.format("[V]"), "--sampler", "ddim", "--steps", STEPS,
            "--guidance", GUIDANCE, "--count", 2, "--init-noise", folder / "noise.safetensors",
            "--save-latents", folder / "latents.safetensors", "--out", pictures)
        wanted = [PROMPT.format("sks")] * 2
        arguments = dict(num_inference_steps=STEPS, guidance_scale=GUIDANCE, height=side * 8, width=side * 8, latents=noise)
        latents = pipe(wanted, output_type="latent", **arguments).images
        theirs = pipe(wanted, output_type="np", **arguments).images
        ours = load_file(folder / "latents.safetensors")["latents"]
        difference = (ours - latents).abs().max().item()
        print(f"latents: largest difference {difference:.2e}")
        files = sorted(pictures.glob("*.png"))
        assert len(files) == 2, files
        means = [np.abs(np.asarray(Image.open(file).convert("RGB"), np.float32) - picture * 255).mean()
                 for file, picture in zip(files, theirs)]
        print("pictures: mean difference of 255:", *(f"{mean:.3f}" for mean in means))
        assert difference < 1e-3 and max(means) <= 1.0
        trained = load_file(exported / "unet" / "diffusion_pytorch_model.safetensors")
        original = load_file(pathlib.Path(base) / "unet" / "diffusion_pytorch_model.safetensors")
        changed = sum(not torch.equal(trained[key].float(), original[key].float()) for key in original)
        print(f"{changed} of {len(original)} UNet tensors were trained")
        assert changed > len(original) // 2


if __name__ == "__main__":
    main()
