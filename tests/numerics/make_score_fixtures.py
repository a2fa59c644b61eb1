"""Makes the reference numbers that test_score_model.cpp compares with, by transformers with Pillow.

usage: make_score_fixtures.py [--seed N] [--out DIR]

Writes DIR/score/{clip,dino,dinov2}: a tiny random model as transformers saves it (weights in fp16), its
preprocessor_config.json, and data.safetensors: pictures (uint8, H W 3), what the processor makes of each, the model's
features, and of CLIP the ids of two texts and their features.
"""

import argparse
import json
import pathlib

import numpy
import torch
import transformers
from PIL import Image
from safetensors.torch import save_file

ROOT = pathlib.Path(__file__).resolve().parents[2]
SIZES = {"tall": (61, 90), "wide": (75, 33), "square": (48, 48)}


def picture(generator, width, height):
    """Smooth colours with hard edges, where filters differ most."""
    coarse = generator.integers(0, 256, (6, 6, 3), dtype=numpy.uint8)
    image = numpy.asarray(Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)).copy()
    image[height // 3 : height // 2, width // 4 : width // 2] = generator.integers(0, 256, 3)
    image[::7, ::5] = 255 - image[::7, ::5]
    return image


def models():
    shape = dict(hidden_size=16, intermediate_size=24, num_attention_heads=2)
    clip = transformers.CLIPConfig(
        vision_config=dict(shape, num_hidden_layers=2, image_size=32, patch_size=8),
        text_config=dict(shape, num_hidden_layers=2, vocab_size=120, bos_token_id=118, eos_token_id=119,
                         pad_token_id=119, max_position_embeddings=16),
        projection_dim=12)
    dino = transformers.ViTConfig(**shape, num_hidden_layers=2, image_size=32, patch_size=8)
    # Positions of 5 by 5 patches that become 3 by 3, as the published ones of 37 by 37 become 16 by 16.
    dinov2 = transformers.Dinov2Config(hidden_size=16, num_attention_heads=2, num_hidden_layers=2, mlp_ratio=2,
                                       image_size=40, patch_size=8, layerscale_value=0.5)
    imagenet = dict(image_mean=[0.485, 0.456, 0.406], image_std=[0.229, 0.224, 0.225])
    yield "clip", transformers.CLIPModel(clip), transformers.CLIPImageProcessorPil(
        size={"shortest_edge": 32}, crop_size=32)
    yield "dino", transformers.ViTModel(dino), transformers.ViTImageProcessorPil(
        size={"height": 32, "width": 32}, resample=2, **imagenet)
    yield "dinov2", transformers.Dinov2Model(dinov2), transformers.BitImageProcessorPil(
        size={"shortest_edge": 28}, crop_size=24, resample=3, **imagenet)


def randomize(model, generator):
    for parameter in model.parameters():
        fan = parameter[0].numel() if parameter.dim() > 1 else 16
        base = 1.0 if parameter.dim() == 1 and parameter.abs().sum() > 0 else 0.0
        parameter.data = (base + torch.randn(parameter.shape, generator=generator) / fan**0.5).half().float()


def features(name, model, pixels):
    if name != "clip":
        return model(pixels).last_hidden_state[:, 0]
    return model.visual_projection(model.vision_model(pixels).pooler_output)


def make(name, model, processor, seed, out):
    generator = torch.Generator().manual_seed(seed)
    pictures = numpy.random.default_rng(seed)
    model.eval().requires_grad_(False)
    randomize(model, generator)
    folder = out / "score" / name
    folder.mkdir(parents=True, exist_ok=True)
    data = {}
    for size, (width, height) in SIZES.items():
        image = picture(pictures, width, height)
        pixels = processor(Image.fromarray(image), return_tensors="pt")["pixel_values"].float()
        data[size] = torch.from_numpy(image)
        data[size + ".pixels"] = pixels
        data[size + ".features"] = features(name, model, pixels)
    if name == "clip":
        data["ids"] = torch.tensor([[118, 3, 7, 90, 119, 119, 119, 119], [118, 5, 5, 6, 8, 10, 33, 119]])
        data["texts"] = model.text_projection(model.text_model(data["ids"]).pooler_output)
    save_file({key: value.contiguous() for key, value in data.items()}, folder / "data.safetensors")
    model.half().save_pretrained(folder)
    (folder / "preprocessor_config.json").write_text(processor.to_json_string())
    config = json.loads((folder / "config.json").read_text())
    config.pop("transformers_version", None)
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "tests/numerics/fixtures")
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    for name, model, processor in models():
        make(name, model, processor, arguments.seed, arguments.out)


if __name__ == "__main__":
    main()
