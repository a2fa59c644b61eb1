"""Makes the reference outputs that test_model_*.cpp compare with, by diffusers and transformers.

usage: make_model_fixtures.py [--seed N] [--out DIR]

Writes DIR/model/<case>/{config.json, weights.safetensors (fp16), data.safetensors} for tiny random models of several shapes
and DIR/model/base_{unet,clip,vae}/data.safetensors for the embedded base, whose weights stay in resources/base.
`data` holds the inputs, the outputs and, under "grad.<parameter>", gradients of sum(output * "loss_weight").
"""

import argparse
import json
import pathlib

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from safetensors.torch import load_file, save_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

ROOT = pathlib.Path(__file__).resolve().parents[2]
CROSS_DOWN, DOWN = "CrossAttnDownBlock2D", "DownBlock2D"
CROSS_UP, UP = "CrossAttnUpBlock2D", "UpBlock2D"

# Tiny relatives of the layouts in use: (config, sample size, context length).
UNETS = {
    "unet_sd1": (dict(block_out_channels=[8, 16, 16, 16], down_block_types=[CROSS_DOWN] * 3 + [DOWN],
                      up_block_types=[UP] + [CROSS_UP] * 3, layers_per_block=2, attention_head_dim=4,
                      cross_attention_dim=12, norm_num_groups=4, in_channels=4, out_channels=4), (16, 8), 7),
    "unet_sd2": (dict(block_out_channels=[8, 16, 24], down_block_types=[CROSS_DOWN] * 2 + [DOWN],
                      up_block_types=[UP] + [CROSS_UP] * 2, layers_per_block=1, attention_head_dim=[1, 2, 4],
                      cross_attention_dim=16, norm_num_groups=4, use_linear_projection=True, upcast_attention=True,
                      in_channels=4, out_channels=4), (8, 12), 5),
    "unet_sdxl": (dict(block_out_channels=[8, 16, 24], down_block_types=[DOWN, CROSS_DOWN, CROSS_DOWN],
                       up_block_types=[CROSS_UP, CROSS_UP, UP], layers_per_block=[1, 2, 1],
                       transformer_layers_per_block=[1, 2, 3], attention_head_dim=[2, 4, 6], cross_attention_dim=14,
                       norm_num_groups=4, use_linear_projection=True, addition_embed_type="text_time",
                       addition_time_embed_dim=8, projection_class_embeddings_input_dim=6 * 8 + 10,
                       in_channels=4, out_channels=4), (8, 8), 5),
    # Sizes that the levels do not divide, other kernels, odd channel counts.
    "unet_odd": (dict(block_out_channels=[6, 20], down_block_types=[DOWN, CROSS_DOWN],
                      up_block_types=[CROSS_UP, UP], layers_per_block=1, attention_head_dim=5, cross_attention_dim=9,
                      norm_num_groups=2, norm_eps=1e-4, in_channels=3, out_channels=6, conv_in_kernel=5,
                      conv_out_kernel=1, flip_sin_to_cos=False, freq_shift=1, center_input_sample=True,
                      downsample_padding=0), (10, 6), 11),
}
VAES = {
    "vae_plain": (dict(block_out_channels=[8, 16, 16], layers_per_block=1, norm_num_groups=4, latent_channels=4),
                  (16, 24)),
    "vae_bare": (dict(block_out_channels=[8, 12], layers_per_block=2, norm_num_groups=2, latent_channels=5,
                      mid_block_add_attention=False, use_quant_conv=False, use_post_quant_conv=False,
                      scaling_factor=0.36, shift_factor=0.11), (32, 32)),
}
CLIPS = {
    "clip_quick_gelu": dict(hidden_act="quick_gelu", num_hidden_layers=2, eos_token_id=119),
    "clip_gelu": dict(hidden_act="gelu", num_hidden_layers=3, eos_token_id=2, layer_norm_eps=1e-4),
    "clip_projection": dict(hidden_act="gelu", num_hidden_layers=2, eos_token_id=119, projection_dim=10),
}


def randomize(model, generator):
    """Weights large enough that each of them shows in the output."""
    with torch.no_grad():
        for name, p in model.named_parameters():
            noise = torch.randn(p.shape, generator=generator)
            if p.dim() == 1:
                p.copy_((1 + 0.2 * noise) if name.endswith("weight") else 0.2 * noise)
            else:
                p.copy_(noise / p[0].numel() ** 0.5)
            p.copy_(p.half())  # what the file will hold
    return model.eval()


def add_gradients(data, model, output, names, generator):
    weight = torch.randn(output.shape, generator=generator)
    model.zero_grad()
    (output * weight).sum().div(output.numel() ** 0.5).backward()
    parameters = dict(model.named_parameters())
    data["loss_weight"] = weight / output.numel() ** 0.5
    for name in names:
        data["grad." + name] = parameters[name].grad


def save(folder, data, model=None, config=None):
    folder.mkdir(parents=True, exist_ok=True)
    data = {k: v.detach().contiguous().clone() for k, v in data.items()}
    save_file(data, folder / "data.safetensors")
    if model is not None:
        save_file({k: v.half().contiguous() for k, v in model.state_dict().items()}, folder / "weights.safetensors")
        (folder / "config.json").write_text(json.dumps(config, indent=1, default=list) + "\n")


def unet_data(model, size, length, generator, gradients):
    config = model.config
    data = {
        "sample": torch.randn(2, config.in_channels, *size, generator=generator),
        "timesteps": torch.randint(0, 1000, (2,), generator=generator),
        "text": torch.randn(2, length, config.cross_attention_dim, generator=generator),
    }
    added = None
    if config.addition_embed_type:
        width = config.projection_class_embeddings_input_dim - 6 * config.addition_time_embed_dim
        data["text_embeds"] = torch.randn(2, width, generator=generator)
        data["time_ids"] = torch.randint(0, 512, (2, 6), generator=generator).float()
        added = {"text_embeds": data["text_embeds"], "time_ids": data["time_ids"]}
    out = model(data["sample"], data["timesteps"], data["text"], added_cond_kwargs=added).sample
    data["output"] = out
    scalar = int(data["timesteps"][0])
    data["scalar_timestep"] = torch.tensor(scalar)
    data["scalar_output"] = model(data["sample"], scalar, data["text"], added_cond_kwargs=added).sample
    add_gradients(data, model, out, gradients, generator)
    return data


def unet_gradients(model):
    """A few of each kind: convolutions, norms, time, both attentions, feed-forward; small ones first."""
    endings = ["conv_in.weight", "time_embedding.linear_1.weight", "resnets.0.conv1.weight", "norm2.weight",
               "conv_norm_out.bias", "attn1.to_q.weight", "attn2.to_k.weight", "attn2.to_v.weight", "to_out.0.bias",
               "ff.net.0.proj.bias", "proj_in.weight", "downsamplers.0.conv.weight", "time_emb_proj.bias"]
    parameters = dict(model.named_parameters())
    return [min((n for n in parameters if n.endswith(e)), key=lambda n: parameters[n].numel()) for e in endings]


def vae_data(model, size, generator):
    pixels = torch.rand(2, 3, *size, generator=generator) * 2 - 1
    with torch.no_grad():
        posterior = model.encode(pixels).latent_dist
        latents = posterior.mean + 0.3 * torch.randn(posterior.mean.shape, generator=generator)
        return {"pixels": pixels, "mean": posterior.mean, "logvar": posterior.logvar, "latents": latents,
                "decoded": model.decode(latents).sample}


def clip_data(model, ids, generator, gradients):
    out = model(ids, output_hidden_states=True)
    projected = getattr(out, "text_embeds", None)
    data = {"ids": ids, "last": out.last_hidden_state, "penultimate": out.hidden_states[-2]}
    if projected is None:
        data["pooled"] = out.pooler_output
    else:
        data["projected"] = projected
    add_gradients(data, model, out.last_hidden_state, gradients, generator)
    return data


def clip_ids(vocab, eos, length, generator):
    """Prompts of several lengths, an end token, then padding with it."""
    ids = torch.randint(3, vocab - 2, (3, length), generator=generator)
    ids[:, 0] = vocab - 2
    for row, end in enumerate([length // 3, length - 2, 1]):
        ids[row, end:] = eos
    return ids


def make_tiny(out, generator):
    for name, (config, size, length) in UNETS.items():
        model = randomize(UNet2DConditionModel(**config), generator)
        save(out / name, unet_data(model, size, length, generator, unet_gradients(model)), model, dict(model.config))
    for name, (config, size) in VAES.items():
        levels = len(config["block_out_channels"])
        model = AutoencoderKL(**config, down_block_types=["DownEncoderBlock2D"] * levels,
                              up_block_types=["UpDecoderBlock2D"] * levels)
        randomize(model, generator)
        save(out / name, vae_data(model, size, generator), model, dict(model.config))
    for name, changes in CLIPS.items():
        config = CLIPTextConfig(**{**dict(vocab_size=120, hidden_size=32, intermediate_size=48, num_attention_heads=4,
                                          max_position_embeddings=16, bos_token_id=118, pad_token_id=1), **changes})
        kind = CLIPTextModelWithProjection if "projection_dim" in changes else CLIPTextModel
        model = randomize(kind(config), generator)
        prefix = next(n for n, _ in model.named_parameters() if n.endswith("token_embedding.weight"))
        prefix = prefix.removesuffix("embeddings.token_embedding.weight")
        gradients = [prefix + n for n in ["embeddings.token_embedding.weight", "embeddings.position_embedding.weight",
                                          "encoder.layers.0.self_attn.q_proj.weight", "encoder.layers.1.mlp.fc1.bias",
                                          "encoder.layers.0.layer_norm1.weight", "final_layer_norm.bias"]]
        data = clip_data(model, clip_ids(120, 119, 16, generator), generator, gradients)
        data = {k.replace("grad." + prefix, "grad."): v for k, v in data.items()}
        save(out / name, data, model, {**config.to_dict(), "architectures": [kind.__name__]})


def make_base(out, generator):
    """Outputs of the embedded base in fp32; its fp16 weights are not copied."""
    base = ROOT / "resources" / "base"
    unet = UNet2DConditionModel.from_pretrained(base / "unet", torch_dtype=torch.float32).eval()
    save(out / "base_unet", unet_data(unet, (16, 16), 77, generator, [
        "conv_in.weight", "down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q.weight", "conv_norm_out.weight"]))
    vae = AutoencoderKL.from_pretrained(base / "vae", torch_dtype=torch.float32).eval()
    save(out / "base_vae", vae_data(vae, (64, 64), generator))
    clip = CLIPTextModel.from_pretrained(base / "text_encoder", dtype=torch.float32).eval()
    save(out / "base_clip", clip_data(clip, clip_ids(49408, 49407, 77, generator), generator,
                                      ["encoder.layers.0.self_attn.v_proj.weight", "final_layer_norm.weight"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parent / "fixtures")
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    generator = torch.Generator().manual_seed(arguments.seed)
    torch.manual_seed(arguments.seed)
    make_tiny(arguments.out / "model", generator)
    make_base(arguments.out / "model", generator)


if __name__ == "__main__":
    main()
