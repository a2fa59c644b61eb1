"""Every layout of every family, in and out, against diffusers: it loads what likeness-cli writes, and the other way.

usage: check_layouts.py LIKENESS_CLI BASE_FOLDER [SEED]

Makes tiny random models with diffusers, converts them with likeness-cli in every direction, and compares each tensor, the
schedulers and the prompts' ids. Files without our metadata are what torch.save and safetensors write of the single file.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import torch
from diffusers import (AutoencoderKL, DDIMScheduler, EulerDiscreteScheduler, PNDMScheduler, StableDiffusionInpaintPipeline,
                       StableDiffusionPipeline, StableDiffusionXLInpaintPipeline, StableDiffusionXLPipeline,
                       UNet2DConditionModel)
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

CROSS_DOWN, DOWN, CROSS_UP, UP = "CrossAttnDownBlock2D", "DownBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"
SCHEDULE = dict(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", num_train_timesteps=1000, steps_offset=1)
PARTS = ("unet", "vae", "text_encoder", "text_encoder_2")
# The models are tiny: a second thread would mostly wait.
ONE_THREAD = {**os.environ, "OMP_NUM_THREADS": "1"}
PROMPT = "a photo of sks dog! in the snow"


def text_encoder(kind, width, layers, act, **more):
    return kind(CLIPTextConfig(vocab_size=49408, hidden_size=width, intermediate_size=2 * width, num_hidden_layers=layers,
                               num_attention_heads=max(1, width // 64), hidden_act=act, bos_token_id=49406,
                               eos_token_id=49407, **more)).eval()


def vae(scaling):
    return AutoencoderKL(block_out_channels=[32, 64], layers_per_block=1, latent_channels=4, scaling_factor=scaling,
                         down_block_types=["DownEncoderBlock2D"] * 2, up_block_types=["UpDecoderBlock2D"] * 2)


def unet(width, heads, **more):
    return UNet2DConditionModel(**{**dict(
        block_out_channels=[32, 64], down_block_types=[DOWN, CROSS_DOWN], up_block_types=[CROSS_UP, UP],
        layers_per_block=2, cross_attention_dim=width, attention_head_dim=heads, sample_size=64), **more})


class Models:
    def __init__(self, base):
        self.base = base

    def tokenizer(self, pad="<|endoftext|>"):
        return CLIPTokenizer.from_pretrained(self.base / "tokenizer", pad_token=pad)

    def sd1(self, kind=StableDiffusionPipeline, channels=4):
        return kind(vae=vae(0.18215), text_encoder=text_encoder(CLIPTextModel, 32, 2, "quick_gelu"),
                    tokenizer=self.tokenizer(), unet=unet(32, 8, in_channels=channels),
                    scheduler=PNDMScheduler(skip_prk_steps=True, set_alpha_to_one=False, **SCHEDULE),
                    safety_checker=None, feature_extractor=None, requires_safety_checker=False)

    def sd2(self, prediction):
        scheduler = DDIMScheduler(prediction_type=prediction, clip_sample=False, set_alpha_to_one=False, **SCHEDULE)
        return StableDiffusionPipeline(
            vae=vae(0.18215), text_encoder=text_encoder(CLIPTextModel, 64, 3, "gelu"), tokenizer=self.tokenizer("!"),
            unet=unet(64, [1, 1], use_linear_projection=True), scheduler=scheduler, safety_checker=None,
            feature_extractor=None, requires_safety_checker=False)

    def xl(self, kind=StableDiffusionXLPipeline, channels=4, **schedule):
        net = unet(96, [1, 1], in_channels=channels, use_linear_projection=True, transformer_layers_per_block=[1, 2],
                   addition_embed_type="text_time", addition_time_embed_dim=256,
                   projection_class_embeddings_input_dim=48 + 6 * 256)
        return kind(vae=vae(0.13025), text_encoder=text_encoder(CLIPTextModel, 32, 2, "quick_gelu"),
                    text_encoder_2=text_encoder(CLIPTextModelWithProjection, 64, 2, "gelu", projection_dim=48),
                    tokenizer=self.tokenizer(), tokenizer_2=self.tokenizer("!"), unet=net,
                    scheduler=EulerDiscreteScheduler(**SCHEDULE, **schedule))

    def all(self):
        return {"sd1": self.sd1(), "sd1 inpainting": self.sd1(StableDiffusionInpaintPipeline, 9),
                "sd2": self.sd2("epsilon"), "sd2 v": self.sd2("v_prediction"), "xl": self.xl(),
                "xl v": self.xl(prediction_type="v_prediction", rescale_betas_zero_snr=True, timestep_spacing="trailing"),
                "xl inpainting": self.xl(StableDiffusionXLInpaintPipeline, 9)}


def weights(pipe):
    tensors = {}
    for part in PARTS:
        module = getattr(pipe, part, None)
        if module is not None:
            tensors |= {f"{part}.{name}": tensor for name, tensor in module.state_dict().items()}
    return tensors


def compare(what, ours, theirs, dtype=torch.float32):
    assert ours.keys() == theirs.keys(), (what, sorted(ours.keys() ^ theirs.keys())[:5])
    for name, tensor in theirs.items():
        assert torch.equal(ours[name], tensor.to(dtype)), (what, name)
    print(f"{what}: {len(theirs)} tensors are bit-identical")


def ids(pipe):
    tokenizers = [pipe.tokenizer] + ([pipe.tokenizer_2] if hasattr(pipe, "tokenizer_2") else [])
    return [t(PROMPT, padding="max_length", max_length=77, truncation=True).input_ids for t in tokenizers]


class Check:
    def __init__(self, cli, folder):
        self.cli, self.folder, self.count = cli, folder, 0

    def convert(self, source, ending, *more):
        self.count += 1
        target = self.folder / f"made-{self.count}{ending}"
        kind = "single-file" if ending else "diffusers"
        done = subprocess.run([self.cli, "convert", source, target, "--format", kind, *more], capture_output=True, text=True,
                              env=ONE_THREAD)
        assert done.returncode == 0, done.stderr
        assert "bit-identical" in done.stdout, done.stdout
        return target

    def about(self, path):
        done = subprocess.run([self.cli, "--json", "inspect", path], capture_output=True, text=True, check=True,
                              env=ONE_THREAD)
        return next(e["about"] for e in map(json.loads, done.stdout.splitlines()) if e["event"] == "inspected")

    def loads(self, what, pipe, theirs, dtype=torch.float32):
        """`theirs` is what diffusers made of our file: its tensors, schedule and ids are those of `pipe`."""
        compare(what, weights(theirs), weights(pipe), dtype)
        for key, value in pipe.scheduler.config.items():
            if not key.startswith("_"):
                assert theirs.scheduler.config[key] == value, (what, key, theirs.scheduler.config[key])
        assert type(theirs.scheduler) is type(pipe.scheduler), what
        assert ids(theirs) == ids(pipe), what
        assert theirs.vae.config.scaling_factor == pipe.vae.config.scaling_factor, what

    def model(self, name, pipe):
        kind, stem = type(pipe), name.replace(" ", "-")
        original = self.folder / stem
        pipe.save_pretrained(original)
        single = self.convert(original, ".safetensors")
        from_file = dict(config=str(original), local_files_only=True)
        self.loads(f"{name}: from_single_file", pipe, kind.from_single_file(single, **from_file))
        back = self.convert(single, "")
        self.loads(f"{name}: from_pretrained after two conversions", pipe, kind.from_pretrained(back))
        half = self.convert(single, "", "--dtype", "fp16")
        self.loads(f"{name}: fp16 folder", pipe, kind.from_pretrained(half, torch_dtype=torch.float16), torch.float16)
        brain = self.convert(original, ".safetensors", "--dtype", "bf16")
        self.loads(f"{name}: bf16 single file", pipe,
                   kind.from_single_file(brain, torch_dtype=torch.bfloat16, **from_file), torch.bfloat16)
        self.foreign(name, pipe, single)
        self.inspected(name, pipe, single, original)

    def foreign(self, name, pipe, single):
        """Without our metadata: as others write it, also as a pickled checkpoint."""
        tensors = {key: value for key, value in load_file(single).items()}
        plain = self.folder / f"{name.replace(' ', '-')}-plain.safetensors"
        save_file(tensors, plain)
        pickled = plain.with_suffix(".ckpt")
        torch.save({"global_step": 7, "state_dict": tensors}, pickled)
        with safe_open(plain, "pt") as file:
            assert not file.metadata()
        for source in (plain, pickled):
            loaded = type(pipe).from_pretrained(self.convert(source, ""))
            compare(f"{name}: {source.suffix} without metadata", weights(loaded), weights(pipe))
            assert ids(loaded) == ids(pipe), name
            for part in PARTS:
                if getattr(pipe, part, None) is not None:
                    self.same_answers(name, part, getattr(pipe, part), getattr(loaded, part))

    def same_answers(self, name, part, theirs, ours):
        """Configs that were found out from the tensors lead to the same numbers."""
        generator = torch.Generator().manual_seed(3)
        draw = lambda *shape: torch.randn(*shape, generator=generator)
        with torch.no_grad():
            if part == "vae":
                latents = draw(1, 4, 8, 8)
                results = [model.decode(latents).sample for model in (theirs, ours)]
            elif part == "unet":
                config = theirs.config
                added = None
                if config.addition_embed_type:
                    added = {"text_embeds": draw(1, 48), "time_ids": torch.full((1, 6), 64.0)}
                sample, text = draw(1, config.in_channels, 16, 16), draw(1, 7, config.cross_attention_dim)
                results = [model(sample, 500, text, added_cond_kwargs=added).sample for model in (theirs, ours)]
            else:
                tokens = torch.tensor([[49406, 320, 1125, 49407, 0]])
                results = [model(tokens, output_hidden_states=True).hidden_states[-2] for model in (theirs, ours)]
        assert torch.equal(*results), (name, part)

    def inspected(self, name, pipe, single, folder):
        for path in (single, folder):
            about = self.about(path)
            assert about["kind"] == "model" and about["missing"] == [], about
            assert about["family"] == {"sd1": "sd1", "sd2": "sd2", "xl": "sdxl"}[name.split()[0]], about["family"]
            assert about["prediction_type"] == pipe.scheduler.config.prediction_type, about["prediction_type"]
            assert about["inpainting"] == ("inpainting" in name) and about["in_channels"] == pipe.unet.config.in_channels
            assert about["layout"] == ("single-file" if path is single else "diffusers")


def main():
    cli, base = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    torch.set_num_threads(1)
    torch.manual_seed(int(sys.argv[3]) if len(sys.argv) > 3 else 0)
    with tempfile.TemporaryDirectory(prefix="likeness-") as name:
        check = Check(cli, pathlib.Path(name))
        for kind, pipe in Models(base).all().items():
            check.model(kind, pipe)
        print(f"{check.count} conversions")


if __name__ == "__main__":
    main()
