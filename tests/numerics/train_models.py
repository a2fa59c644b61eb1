"""The tiny models of fixtures/train: a Stable Diffusion, an SDXL and an inpainting Stable Diffusion."""
import json

from diffusers import AutoencoderKL, DDPMScheduler, EulerDiscreteScheduler, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

LENGTH, SIDE, CHANNELS = 24, 16, 4
SCHEDULE = dict(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", steps_offset=1)


def bytes_to_unicode():
    kept = [*range(33, 127), *range(161, 173), *range(174, 256)]
    moved = [b for b in range(256) if b not in kept]
    return [chr(b) for b in kept] + [chr(256 + n) for n in range(len(moved))]


def make_tokenizer(folder, pad="<|endoftext|>"):
    folder.mkdir(parents=True)
    letters = bytes_to_unicode()
    merges = ["p h", "ph o", "t o</w>", "pho to</w>", "o f</w>", "d o", "do g</w>", "s k", "sk s</w>"]
    vocabulary = letters + [c + "</w>" for c in letters] + [m.replace(" ", "") for m in merges]
    vocabulary += ["<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({word: i for i, word in enumerate(vocabulary)}))
    (folder / "merges.txt").write_text("#version: 0.2\n" + "\n".join(merges) + "\n")
    special = {"bos_token": "<|startoftext|>", "eos_token": "<|endoftext|>", "unk_token": "<|endoftext|>",
               "pad_token": pad}
    (folder / "special_tokens_map.json").write_text(json.dumps(special))
    (folder / "tokenizer_config.json").write_text(json.dumps(
        {"tokenizer_class": "CLIPTokenizer", "model_max_length": LENGTH, "do_lower_case": True, **special}))
    return len(vocabulary)


def make_text(kind, size, **changes):
    return kind(CLIPTextConfig(**{**dict(
        vocab_size=size, hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=2,
        max_position_embeddings=LENGTH, bos_token_id=size - 2, eos_token_id=size - 1, pad_token_id=size - 1,
        projection_dim=32), **changes}))


def make_unet(**changes):
    return UNet2DConditionModel(**{**dict(
        sample_size=SIDE // 2, in_channels=CHANNELS, out_channels=CHANNELS, block_out_channels=(16, 32),
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"), up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        layers_per_block=1, cross_attention_dim=32, attention_head_dim=2, norm_num_groups=4), **changes})


def make_vae():
    return AutoencoderKL(
        block_out_channels=(8, 16), down_block_types=("DownEncoderBlock2D",) * 2,
        up_block_types=("UpDecoderBlock2D",) * 2, latent_channels=CHANNELS, layers_per_block=1, norm_num_groups=4,
        sample_size=SIDE, scaling_factor=0.7)


def save(folder, parts, scheduler, index):
    """Writes the parts in fp16 and leaves them rounded to it."""
    for name, module in parts.items():
        module.half().save_pretrained(folder / name)
        module.float()
        config = json.loads((folder / name / "config.json").read_text())
        config.pop("_name_or_path", None)
        (folder / name / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    scheduler.save_pretrained(folder / "scheduler")
    library = lambda name: "transformers" if name.startswith("text") else "diffusers"
    table = {name: [library(name), type(part).__name__] for name, part in parts.items()}
    table["scheduler"] = ["diffusers", type(scheduler).__name__]
    for name in sorted(folder.glob("tokenizer*")):
        table[name.name] = ["transformers", "CLIPTokenizer"]
    (folder / "model_index.json").write_text(json.dumps(
        {**index, "_diffusers_version": "0.42.1", **dict(sorted(table.items()))}, indent=2) + "\n")


NO_CHECKER = {"requires_safety_checker": False, "feature_extractor": [None, None], "safety_checker": [None, None]}


def make_model(folder, inpainting=False):
    size = make_tokenizer(folder / "tokenizer")
    parts = {"text_encoder": make_text(CLIPTextModel, size),
             "unet": make_unet(**(dict(in_channels=2 * CHANNELS + 1) if inpainting else {})), "vae": make_vae()}
    name = "StableDiffusionInpaintPipeline" if inpainting else "StableDiffusionPipeline"
    save(folder, parts, DDPMScheduler(**SCHEDULE, clip_sample=False), {"_class_name": name, **NO_CHECKER})
    return {"tokenizer": CLIPTokenizer.from_pretrained(folder / "tokenizer"), **parts}


def make_xl(folder):
    size = make_tokenizer(folder / "tokenizer")
    make_tokenizer(folder / "tokenizer_2", pad="!")
    parts = {"text_encoder": make_text(CLIPTextModel, size, hidden_size=16, intermediate_size=32),
             "text_encoder_2": make_text(CLIPTextModelWithProjection, size, hidden_size=24, intermediate_size=48,
                                         hidden_act="gelu", projection_dim=12),
             "unet": make_unet(block_out_channels=(8, 16), cross_attention_dim=40, use_linear_projection=True,
                               attention_head_dim=[1, 2], transformer_layers_per_block=[1, 2],
                               addition_embed_type="text_time", addition_time_embed_dim=8,
                               projection_class_embeddings_input_dim=6 * 8 + 12), "vae": make_vae()}
    save(folder, parts, EulerDiscreteScheduler(**SCHEDULE),
         {"_class_name": "StableDiffusionXLPipeline", "force_zeros_for_empty_prompt": True})
    words = {name: CLIPTokenizer.from_pretrained(folder / name) for name in ("tokenizer", "tokenizer_2")}
    return {**words, **parts}
