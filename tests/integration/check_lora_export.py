"""diffusers and PEFT load the LoRAs and words that likeness-cli trains and exports, and make the same pictures of the same
noise.

usage: check_lora_export.py LIKENESS_CLI BASE_FOLDER PHOTOS_FOLDER MAKE_TINY_MODEL SOURCE
"""
import json
import pathlib
import sys

import numpy as np
import safetensors
import torch
from diffusers import StableDiffusionPipeline, StableDiffusionXLPipeline
from peft import PeftModel
from PIL import Image
from safetensors.torch import load_file, save_file

import cli_support

STEPS, GUIDANCE, PROMPT = 5, 4.0, "a photo of a {} dog in the snow"
RATES = ["--set", "learning_rate=5e-3", "--set", "text_encoder_learning_rate=5e-3", "--set", "lr_schedule=constant"]
# PEFT alone for DoRA: diffusers' own reading of it is not what it says (tests/numerics/check_lora.py).
# One alpha for all ranks: of files in sd-scripts' layout diffusers takes the most common alpha for every attention.
CASES = {"attention": ["lora_alpha=16", "lora_block_ranks=down=8; up=4; up.1=32", "frozen_dtype=bf16"],
         "wide": ["lora_targets=linear", "lora_scaling=root", "lora_conv_rank=4", "lora_conv_alpha=2"],
         "dora": ["lora_dora=true"]}


def load_kohya(pipe, folder):
    pipe.load_lora_weights(folder / "kohya.safetensors")


def load_diffusers(pipe, folder):
    pipe.load_lora_weights(folder / "peft.safetensors")


def load_folder(pipe, folder):
    pipe.load_lora_weights(folder / "peft")


def load_peft(pipe, folder):
    for part in ("unet", "text_encoder", "text_encoder_2"):
        if (folder / "peft" / part).exists():
            adapted = PeftModel.from_pretrained(getattr(pipe, part), folder / "peft" / part)
            setattr(pipe, part, adapted.merge_and_unload())


def check_metadata(folder):
    for name in ("kohya", "peft"):
        with safetensors.safe_open(folder / f"{name}.safetensors", "pt") as file:
            metadata, keys = file.metadata(), list(file.keys())
        assert metadata["likeness.token"] == "sks" and metadata["likeness.class"] == "dog"
        assert metadata["modelspec.trigger_phrase"] == "sks dog" and metadata["sshs_model_hash"]
        assert json.loads(metadata["likeness.recipe"])["options"]["method"] == "lora"
        downs = sum("lora_down" in key or "lora_A" in key for key in keys)
        alphas = sum(key.endswith(".alpha") for key in keys)
        assert downs > 10 and (alphas == downs if name == "kohya" else "lora_adapter_metadata" in metadata), name


def train(cli, name, base, photos, options):
    folder = cli.folder / name
    folder.mkdir()
    project = folder / "project"
    cli.good("new", project, "--photos", *photos, "--class", "dog", "--token", "sks", "--model", base)
    settings = [part for option in ["method=lora", *options] for part in ("--set", option)]
    cli.good("train", project, "--steps", "4", *cli_support.FAST, *RATES, *settings, timeout=900)
    cli.good("export", project, "--format", "lora-kohya", "--out", folder / "kohya.safetensors")
    cli.good("export", project, "--format", "lora-peft", "--out", folder / "peft.safetensors")
    cli.good("export", project, "--format", "lora-peft", "--out", folder / "peft")
    cli.good("export", project, "--out", folder / "merged")
    return folder


def ours(cli, folder, sampler, side, factor, channels):
    noise = torch.randn(2, channels, side // factor, side // factor, generator=torch.Generator().manual_seed(1))
    save_file({"latents": noise}, folder / "noise.safetensors")
    cli.good("sample", folder / "project", "--checkpoint", "last", "--prompt", PROMPT.format("[V]"), "--sampler",
             sampler, "--steps", STEPS, "--guidance", GUIDANCE, "--size", f"{side}x{side}", "--count", 2,
             "--init-noise", folder / "noise.safetensors", "--save-latents", folder / "latents.safetensors",
             "--out", folder / "pictures")
    files = sorted((folder / "pictures").glob("*.png"))
    assert len(files) == 2, files
    pictures = [np.asarray(Image.open(file).convert("RGB"), np.float32) for file in files]
    return noise, load_file(folder / "latents.safetensors")["latents"], pictures


def theirs(pipe, noise, side):
    pipe.set_progress_bar_config(disable=True)
    arguments = dict(num_inference_steps=STEPS, guidance_scale=GUIDANCE, height=side, width=side, latents=noise)
    wanted = [PROMPT.format("sks")] * 2
    latents = pipe(wanted, output_type="latent", **arguments).images
    with torch.no_grad():  # as the pipeline ends
        pixels = pipe.vae.decode(latents / pipe.vae.config.scaling_factor, return_dict=False)[0]
    return latents, pipe.image_processor.postprocess(pixels, output_type="np") * 255


def compare(cli, name, pipeline, base, photos, side, options):
    folder = train(cli, name, base, photos, options)
    check_metadata(folder)
    plain = pipeline.from_pretrained(base, torch_dtype=torch.float32)
    factor = 2 ** (len(plain.vae.config.block_out_channels) - 1)
    sampler = "euler" if pipeline is StableDiffusionXLPipeline else "ddim"  # the models' own
    noise, latents, pictures = ours(cli, folder, sampler, side, factor, plain.vae.config.latent_channels)
    _, untrained = theirs(plain, noise, side)
    effect = np.abs(np.stack(pictures) - untrained).mean()
    loaders = [load_peft] if "lora_dora=true" in options else [load_kohya, load_diffusers, load_folder, load_peft]
    pipes = {"merged": pipeline.from_pretrained(folder / "merged", torch_dtype=torch.float32)}
    for loader in loaders:
        pipes[loader.__name__] = pipeline.from_pretrained(base, torch_dtype=torch.float32)
        loader(pipes[loader.__name__], folder)
    for kind, pipe in pipes.items():
        their_latents, their_pictures = theirs(pipe, noise, side)
        difference = (latents - their_latents).abs().max().item()
        mean = np.abs(np.stack(pictures) - their_pictures).mean()
        print(f"{name}, {kind}: latents differ by at most {difference:.1e}, pictures by {mean:.3f} of 255 on average "
              f"(from the untrained model's by {effect:.1f})", flush=True)
        assert mean <= 1.0 and effect > 3, (name, kind)


def load_word(pipe, file):
    vectors = load_file(file)
    if isinstance(pipe, StableDiffusionXLPipeline):
        pipe.load_textual_inversion(vectors["clip_l"], token="sks", text_encoder=pipe.text_encoder,
                                    tokenizer=pipe.tokenizer)
        pipe.load_textual_inversion(vectors["clip_g"], token="sks", text_encoder=pipe.text_encoder_2,
                                    tokenizer=pipe.tokenizer_2)
    else:
        pipe.load_textual_inversion(file)  # it names its token


def compare_word(cli, name, pipeline, base, method):
    """A word of three vectors, beside a LoRA or alone; on a tiny random model, of which only latents say anything."""
    folder = cli.folder / name
    folder.mkdir()
    project = folder / "project"
    cli.good("new", project, "--photos", *cli.photos[:3], "--class", "dog", "--token", "sks", "--model", base)
    settings = [f"method={method}", "token_vectors=3", "token_learning_rate=0.2", "lora_rank=4"]
    cli.good("train", project, "--steps", "3", *cli_support.FAST, *RATES,
             *(part for setting in settings for part in ("--set", setting)))
    cli.good("export", project, "--format", "embedding", "--out", folder / "sks.safetensors")
    pipe = pipeline.from_pretrained(base, torch_dtype=torch.float32)
    factor = 2 ** (len(pipe.vae.config.block_out_channels) - 1)
    sampler = "euler" if pipeline is StableDiffusionXLPipeline else "ddim"
    noise, latents, _ = ours(cli, folder, sampler, 32, factor, pipe.vae.config.latent_channels)
    if method == "lora":
        cli.good("export", project, "--format", "lora-peft", "--out", folder / "both")
        pipe.load_lora_weights(folder / "both")
    without, _ = theirs(pipe, noise, 32)
    load_word(pipe, folder / ("both/both_emb.safetensors" if method == "lora" else "sks.safetensors"))
    their_latents, _ = theirs(pipe, noise, 32)
    difference = (latents - their_latents).abs().max().item()
    effect = (latents - without).abs().max().item()
    print(f"{name}: latents differ by at most {difference:.1e} (without the word by {effect:.1e})", flush=True)
    assert difference < 1e-3 and effect > 20 * difference and effect > 1e-3, name


def main():
    binary, base, photos, make_model, source = sys.argv[1:]
    cli = cli_support.Cli(binary, make_model, source)
    try:
        for name, options in CASES.items():
            compare(cli, name, StableDiffusionPipeline, base, [photos], 64, options)
        compare(cli, "xl", StableDiffusionXLPipeline, cli.make_model("sdxl-base", "sdxl"), cli.photos[:3], 32,
                CASES["wide"])
        compare_word(cli, "word", StableDiffusionPipeline, cli.model, "textual-inversion")
        compare_word(cli, "xl-word", StableDiffusionXLPipeline, cli.folder / "sdxl-base", "lora")
    finally:
        cli.close()


if __name__ == "__main__":
    main()
