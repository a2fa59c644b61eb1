"""Makes the files of torch.save that test_torch_file.cpp reads, by PyTorch and diffusers.

usage: make_torch_fixtures.py [--seed N] [--out DIR]

Writes DIR/torch/<case>.<ending> as training programs write it, and DIR/torch/<case>.safetensors with the same tensors by
safetensors, contiguous and under the names that our reader gives them; <case>.json holds the metadata that it must find.
"""

import argparse
import collections
import json
import pathlib
import sys
import types

import torch
from diffusers import AutoencoderKL
from safetensors.torch import save_file

ROOT = pathlib.Path(__file__).resolve().parents[2]
DTYPES = [torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8,
          torch.uint8, torch.bool]


def values(shape, dtype, generator):
    if dtype == torch.bool:
        return torch.randint(0, 2, shape, generator=generator).bool()
    if dtype.is_floating_point:
        return torch.randn(shape, generator=generator, dtype=torch.float64).to(dtype)
    return torch.randint(0, 100, shape, generator=generator).to(dtype)


def all_kinds(generator):
    """Every dtype, and tensors that share, stride, repeat and are empty."""
    tensors = collections.OrderedDict()
    for dtype in DTYPES:
        tensors[str(dtype).removeprefix("torch.")] = values((3, 5), dtype, generator)
    base = values((4, 6), torch.float32, generator)
    tensors["shared.whole"] = base
    tensors["shared.row"] = base[2]
    tensors["shared.tail"] = base.flatten()[7:]
    tensors["transposed"] = values((3, 7), torch.float16, generator).t()
    tensors["every_second"] = values((4, 10), torch.bfloat16, generator)[:, ::2]
    tensors["permuted"] = values((2, 3, 4, 5), torch.float32, generator).permute(0, 3, 1, 2)
    tensors["repeated"] = values((1, 3), torch.float32, generator).expand(2, 3)
    tensors["every_second_bool"] = values((9,), torch.bool, generator)[::2]
    tensors["scalar"] = values((), torch.float32, generator)
    tensors["empty"] = torch.empty((0, 4))
    tensors["parameter"] = torch.nn.Parameter(values((2, 2), torch.float32, generator))
    tensors["ünïcode \"name\""] = values((2,), torch.float32, generator)
    return tensors


class Module(torch.nn.Module):
    """A state_dict of a real module carries its versions as an attribute of the dictionary."""

    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv2d(2, 3, 3)
        self.norm = torch.nn.BatchNorm1d(3)


def lightning(generator):
    """What CompVis' training of Stable Diffusion 1 saved: classes as keys, numpy scalars, the optimizer."""
    import numpy

    name = "pytorch_lightning.callbacks.model_checkpoint"
    fake = types.ModuleType(name)
    fake.ModelCheckpoint = type("ModelCheckpoint", (), {"__module__": name})
    parts = name.split(".")
    for length in range(1, len(parts)):
        sys.modules[".".join(parts[:length])] = types.ModuleType(".".join(parts[:length]))
    sys.modules[name] = fake
    weights = collections.OrderedDict()
    weights["model.diffusion_model.time_embed.0.weight"] = values((4, 3), torch.float32, generator)
    weights["model_ema.decay"] = torch.tensor(0.9999)
    weights["model_ema.num_updates"] = torch.tensor(12, dtype=torch.int32)
    weights["cond_stage_model.transformer.text_model.embeddings.position_ids"] = torch.arange(5).expand((1, -1))
    parameter = torch.nn.Parameter(weights["model.diffusion_model.time_embed.0.weight"].clone())
    optimizer = torch.optim.AdamW([parameter])
    parameter.sum().backward()
    optimizer.step()
    saved = {
        "epoch": 3,
        "global_step": 470000,
        "pytorch-lightning_version": "1.4.2",
        "state_dict": weights,
        "callbacks": {fake.ModelCheckpoint: {"monitor": "val/loss", "best_model_score": torch.tensor(0.25),
                                             "best_k_models": {"a.ckpt": numpy.float64(0.25)},
                                             "seen": {1, 2}, "current_score": numpy.float32(0.5)}},
        "optimizer_states": [optimizer.state_dict()],
        "lr_schedulers": [{"base_lrs": [1e-4], "last_epoch": 2 ** 40, "done": False, "none": None}],
    }
    return saved, weights, {"epoch": "3", "global_step": "470000", "pytorch-lightning_version": "1.4.2"}


def embeddings(generator):
    """A1111's embedding, and one of the first textual inversion code with its ParameterDict."""
    vector = values((2, 8), torch.float32, generator)
    new = {"string_to_token": {"*": 265}, "string_to_param": {"*": vector}, "name": "sks-dog", "step": 499,
           "sd_checkpoint": "cc6cb27103", "sd_checkpoint_name": "v1-5-pruned-emaonly"}
    old = {"string_to_token": {"*": torch.tensor(265)},
           "string_to_param": torch.nn.ParameterDict({"*": torch.nn.Parameter(vector)})}
    metadata = {key: str(value) for key, value in new.items() if not isinstance(value, dict)}
    metadata["string_to_token.*"] = "265"
    return (new, {"string_to_param.*": vector}, metadata), \
        (old, {"string_to_param.*": vector, "string_to_token.*": torch.tensor(265)}, {})


def flatten(saved, prefix=""):
    names = {}
    for key, value in saved.items():
        if isinstance(value, dict):
            names.update(flatten(value, prefix + key + "."))
        elif isinstance(value, torch.Tensor):
            names[prefix + key] = value
    return names


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=20250713)
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "tests/numerics/fixtures")
    arguments = parser.parse_args()
    folder = arguments.out / "torch"
    folder.mkdir(parents=True, exist_ok=True)
    generator = torch.Generator().manual_seed(arguments.seed)
    torch.manual_seed(arguments.seed)

    def case(name, saved, tensors, metadata=None, **how):
        torch.save(saved, folder / name, **how)
        stem = folder / name.rsplit(".", 1)[0]
        save_file({key: value.detach().clone(memory_format=torch.contiguous_format) for key, value in tensors.items()},
                  f"{stem}.safetensors")
        pathlib.Path(f"{stem}.json").write_text(json.dumps(metadata or {}, indent=1, ensure_ascii=False) + "\n")

    kinds = all_kinds(generator)
    case("zip.pt", kinds, kinds)
    case("zip_protocol_4.pt", kinds, kinds, pickle_protocol=4)
    case("zip_protocol_5.pt", kinds, kinds, pickle_protocol=5)
    case("legacy.pt", kinds, kinds, _use_new_zipfile_serialization=False)
    case("legacy_protocol_4.pt", kinds, kinds, pickle_protocol=4, _use_new_zipfile_serialization=False)
    nested = {"a": {"b": {"c": kinds["float32"]}, "flag": True, "ratio": 0.5, "none": None}, 7: {"weight": kinds["int64"]}}
    case("nested.pt", nested, {"a.b.c": kinds["float32"], "7.weight": kinds["int64"]}, {"a.flag": "true", "a.ratio": "0.5"})
    state = Module().state_dict()
    case("module.pth", state, flatten(state))
    case("module_legacy.pth", state, flatten(state), _use_new_zipfile_serialization=False)
    case("lightning.ckpt", *lightning(generator))
    case("lightning_legacy.ckpt", *lightning(generator), _use_new_zipfile_serialization=False)
    new, old = embeddings(generator)
    case("embedding_a1111.pt", *new)
    case("embedding_parameter_dict.pt", *old)

    vae = AutoencoderKL(block_out_channels=[4], norm_num_groups=2, layers_per_block=1, latent_channels=2)
    vae.save_pretrained(folder / "vae_bin", safe_serialization=False)
    vae.save_pretrained(folder / "vae_bin_sharded", safe_serialization=False, max_shard_size="8KB")
    save_file(vae.state_dict(), folder / "vae.safetensors")


if __name__ == "__main__":
    main()
