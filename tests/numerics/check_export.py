"""Loads FOLDER/exported with diffusers and compares with FOLDER/ours.safetensors {start, latents, picture}.

usage: check_export.py FOLDER PROMPT STEPS GUIDANCE
"""
import sys

import numpy as np
import torch
from diffusers import StableDiffusionPipeline
from safetensors.torch import load_file

folder, prompt, steps, guidance = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
torch.set_num_threads(2)
ours = load_file(f"{folder}/ours.safetensors")
pipe = StableDiffusionPipeline.from_pretrained(f"{folder}/exported", local_files_only=True)
pipe.set_progress_bar_config(disable=True)
arguments = dict(prompt=prompt, num_inference_steps=steps, guidance_scale=guidance)
with torch.no_grad():
    latents = pipe(**arguments, latents=ours["start"].clone(), output_type="latent").images
    picture = pipe(**arguments, latents=ours["start"].clone(), output_type="np").images[0]
latent_difference = (latents - ours["latents"]).abs().max().item()
pixel_difference = np.abs(np.round(picture * 255) - ours["picture"].numpy().astype(np.float64)).mean()
print(f"latents differ by at most {latent_difference:.2e}, pixels on average by {pixel_difference:.4f} of 255")
sys.exit(0 if latent_difference < 1e-4 and pixel_difference <= 1 else 1)
