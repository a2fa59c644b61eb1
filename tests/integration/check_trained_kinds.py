"""diffusers loads what likeness-cli exports of trained XL and inpainting models, and the XL gives it the same latents.

usage: check_trained_kinds.py LIKENESS_CLI MAKE_TINY_MODEL REPOSITORY
"""
import sys

import cli_support
import torch
from diffusers import StableDiffusionInpaintPipeline, StableDiffusionXLPipeline
from safetensors.torch import load_file, save_file

PARTS = ("unet", "vae", "text_encoder", "text_encoder_2")
SIDE, FACTOR = 32, 4
STEPS, GUIDANCE = 6, 4.0


def trained(cli, kind):
    """A trained project, its export as a folder and as a single file."""
    project = cli.new_project(kind, model=cli.make_model(f"tiny-{kind}", kind))
    cli.good("train", project, *cli_support.FAST, "--steps", "3")
    folder, file = cli.folder / f"{kind}-out", cli.folder / f"{kind}.safetensors"
    cli.good("export", project, "--out", folder)
    cli.good("export", project, "--out", file, "--format", "single-file")
    return project, folder, file


def same_weights(name, pipe, other):
    for part in PARTS:
        if not hasattr(pipe, part):
            continue
        left, right = getattr(pipe, part).state_dict(), getattr(other, part).state_dict()
        assert sorted(left) == sorted(right), part
        for key in left:
            assert torch.equal(left[key], right[key]), f"{name}: {part}.{key}"
    print(f"{name}: folder and single file give diffusers the same weights")


def compare_latents(cli, project, pipe):
    noise = torch.randn(2, 4, SIDE // FACTOR, SIDE // FACTOR, generator=torch.Generator().manual_seed(1))
    save_file({"latents": noise}, cli.folder / "noise.safetensors")
    cli.good("sample", project, "--checkpoint", "last", "--prompt", "a photo of [V] dog", "--sampler", "euler",
             "--steps", STEPS, "--guidance", GUIDANCE, "--size", f"{SIDE}x{SIDE}", "--count", "2", "--init-noise",
             cli.folder / "noise.safetensors", "--save-latents", cli.folder / "latents.safetensors", "--out",
             cli.folder / "pictures")
    theirs = pipe(["a photo of sks dog"] * 2, num_inference_steps=STEPS, guidance_scale=GUIDANCE, height=SIDE,
                  width=SIDE, latents=noise, output_type="latent").images
    ours = load_file(cli.folder / "latents.safetensors")["latents"]
    difference = ((ours - theirs).abs().max() / theirs.abs().max()).item()
    other = pipe(["sks"] * 2, num_inference_steps=STEPS, guidance_scale=GUIDANCE, height=SIDE, width=SIDE, latents=noise,
                 output_type="latent").images
    means = ((other - theirs).abs().max() / theirs.abs().max()).item()
    print(f"XL: latents differ by at most {difference:.1e} of the largest, those of another prompt by {means:.1e}")
    assert difference < 1e-4 < means


def main():
    cli = cli_support.Cli(*sys.argv[1:4])
    try:
        for kind, pipeline in (("sdxl", StableDiffusionXLPipeline), ("inpainting", StableDiffusionInpaintPipeline)):
            project, folder, file = trained(cli, kind)
            pipe = pipeline.from_pretrained(folder)
            pipe.set_progress_bar_config(disable=True)
            same_weights(kind, pipe, pipeline.from_single_file(str(file), config=str(folder), local_files_only=True))
            if kind == "sdxl":
                compare_latents(cli, project, pipe)
    finally:
        cli.close()


if __name__ == "__main__":
    main()
