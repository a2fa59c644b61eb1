"""Makes the LoRA files and reference outputs that test_lora_*.cpp compare with, by diffusers and PEFT.

usage: make_lora_fixtures.py [--seed N] [--out DIR]

Writes DIR/lora/<name>.safetensors (LoRA files in every spelling, for tiny models: SD 1 and 2 from DIR/model or, where
there is none, from the committed fixtures; XL is made here), DIR/lora/outputs.safetensors (inputs and what diffusers
makes of them) and DIR/lora/cases.json: for each case the model, the files with their weights, and whether the LoRAs were
fused. DIR/lora/names.json holds what sd-scripts and PEFT call the modules of full-size models.
"""

import argparse
import collections
import json
import pathlib

import torch
from diffusers import DDIMScheduler, StableDiffusionPipeline, StableDiffusionXLPipeline, UNet2DConditionModel
from diffusers.loaders.lora_conversion_utils import _convert_unet_lora_key, _maybe_map_sgm_blocks_to_diffusers
from peft import LoraConfig, get_peft_model
from safetensors.torch import load_file, save_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

from make_model_fixtures import CROSS_DOWN, CROSS_UP, DOWN, UP, randomize

HERE = pathlib.Path(__file__).resolve().parent
XL = dict(block_out_channels=[8, 16, 16], down_block_types=[DOWN, CROSS_DOWN, CROSS_DOWN],
          up_block_types=[CROSS_UP, CROSS_UP, UP], layers_per_block=2, transformer_layers_per_block=[1, 1, 2],
          attention_head_dim=[2, 4, 4], cross_attention_dim=12, norm_num_groups=4, use_linear_projection=True,
          addition_embed_type="text_time", addition_time_embed_dim=4, projection_class_embeddings_input_dim=6 * 4 + 10,
          in_channels=4, out_channels=4)


def read_model(folder, kind, config_kind=None):
    config = json.loads((folder / "config.json").read_text())
    model = kind(config_kind(**config)) if config_kind else kind.from_config(config)
    model.load_state_dict({k: v.float() for k, v in load_file(folder / "weights.safetensors").items()})
    return model.eval()


def source(out, name):
    return out / "model" / name if (out / "model" / name).exists() else HERE / "fixtures" / "model" / name


def make_xl(out, generator):
    model = randomize(UNet2DConditionModel(**XL), generator)
    folder = out / "lora" / "unet_xl"
    folder.mkdir(parents=True, exist_ok=True)
    save_file({k: v.half().contiguous() for k, v in model.state_dict().items()}, folder / "weights.safetensors")
    (folder / "config.json").write_text(json.dumps(dict(model.config), indent=1, default=list) + "\n")


class Model:
    """A tiny Stable Diffusion of one family, its inputs, and a fresh pipeline for each LoRA."""

    def __init__(self, family, out, generator):
        self.family, self.out = family, out
        unet = self.unet()
        config = unet.config
        self.inputs = {
            "sample": torch.randn(1, config.in_channels, 16, 16, generator=generator),
            "timesteps": torch.tensor([321]),
            "text": torch.randn(1, 5, config.cross_attention_dim, generator=generator),
            "ids": torch.randint(3, 118, (1, 9), generator=generator),
        }
        if family == "xl":
            self.inputs["text_embeds"] = torch.randn(1, 10, generator=generator)
            self.inputs["time_ids"] = torch.randint(0, 512, (1, 6), generator=generator).float()

    def unet(self):
        name = {"sd1": "unet_sd1", "sd2": "unet_sd2"}.get(self.family)
        return read_model(source(self.out, name) if name else self.out / "lora" / "unet_xl", UNet2DConditionModel)

    def text_encoder(self):
        name = "clip_gelu" if self.family == "sd2" else "clip_quick_gelu"
        return read_model(source(self.out, name), CLIPTextModel, CLIPTextConfig)

    def text_encoder_2(self):
        return read_model(source(self.out, "clip_projection"), CLIPTextModelWithProjection, CLIPTextConfig)

    def pipeline(self):
        parts = dict(vae=None, text_encoder=self.text_encoder(), tokenizer=None, unet=self.unet(),
                     scheduler=DDIMScheduler(steps_offset=1, clip_sample=False))
        if self.family == "xl":
            return StableDiffusionXLPipeline(**parts, text_encoder_2=self.text_encoder_2(), tokenizer_2=None)
        return StableDiffusionPipeline(**parts, safety_checker=None, feature_extractor=None,
                                       requires_safety_checker=False)

    @torch.no_grad()
    def outputs(self, unet, text_encoder, text_encoder_2=None):
        i = self.inputs
        added = {k: i[k] for k in ("text_embeds", "time_ids")} if self.family == "xl" else None
        result = {"unet": unet(i["sample"], i["timesteps"], i["text"], added_cond_kwargs=added).sample,
                  "text_encoder": text_encoder(i["ids"]).last_hidden_state}
        if text_encoder_2 is not None:
            result["text_encoder_2"] = text_encoder_2(i["ids"]).last_hidden_state
        return result

    def of(self, pipe):
        return self.outputs(pipe.unet, pipe.text_encoder, getattr(pipe, "text_encoder_2", None))


def plain(name):
    """A text encoder's module without the prefix of older transformers."""
    return name.removeprefix("text_model.")


def layers(module):
    """Linear maps and convolutions by name."""
    return {n: m for n, m in module.named_modules() if isinstance(m, (torch.nn.Linear, torch.nn.Conv2d))}


class Random:
    """Matrices of a LoRA that are large enough to show in the output."""

    def __init__(self, generator):
        self.generator = generator

    def normal(self, *shape):
        return torch.randn(*shape, generator=self.generator)

    def matrices(self, layer, rank):
        out, inside, *kernel = layer.weight.shape
        fan = inside * (kernel[0] * kernel[1] if kernel else 1)
        point = [1] * len(kernel)
        return (self.normal(rank, inside, *kernel) / fan ** 0.5, self.normal(out, rank, *point) * (0.5 / rank ** 0.5))

    def magnitude(self, weight):
        """Near the norms of the weight's rows, as training leaves them."""
        return weight.flatten(1).norm(dim=1) * (1 + 0.1 * self.normal(weight.shape[0]))


def attention(name):
    return name.endswith((".to_q", ".to_k", ".to_v", ".to_out.0", "q_proj", "k_proj", "v_proj", "out_proj"))


def kohya(parts, draw, wanted, dora=False, alphas=True):
    """A file as sd-scripts writes it: `parts` {prefix: (module, {its layers' names: names in the file})}."""
    tensors = {}
    for prefix, (module, names) in parts.items():
        for i, (name, layer) in enumerate(layers(module).items()):
            if not wanted(name):
                continue
            rank = 1 + i % 3
            key = prefix + names(name).replace(".", "_")
            tensors[key + ".lora_down.weight"], tensors[key + ".lora_up.weight"] = draw.matrices(layer, rank)
            if alphas:
                tensors[key + ".alpha"] = torch.tensor(float([1, 2, 0.5, 4][i % 4]))
            if dora:
                shape = [-1] + [1] * (layer.weight.dim() - 1)
                tensors[key + ".dora_scale"] = draw.magnitude(layer.weight).view(shape).detach()
    return tensors


def diffusers_names(name):
    return name


def text_names(name):
    return "text_model." + plain(name)


def sgm_names(module):
    """The original names of a UNet with two layers a block, found by diffusers' own conversion of all that are possible."""
    inner = {"resnets": ["in_layers_2", "out_layers_3", "emb_layers_1", "skip_connection"], "op": ["op"], "conv": ["conv"]}
    wanted = set(layers(module))
    tail = {n.split(".attentions.", 1)[1].split(".", 1)[1] for n in wanted if ".attentions." in n}
    candidates = []
    for side, count in (("input_blocks", 9), ("output_blocks", 9)):
        for i in range(count):
            candidates += [f"{side}_{i}_0_{e}" for e in inner["resnets"]]
            candidates += [f"{side}_{i}_0_op"] if side == "input_blocks" else [f"{side}_{i}_{k}_conv" for k in (1, 2)]
            candidates += [f"{side}_{i}_1_" + t.replace(".", "_") for t in tail]
    candidates += [f"middle_block_{i}_{e}" for i in (0, 2) for e in inner["resnets"]]
    candidates += ["middle_block_1_" + t.replace(".", "_") for t in tail]
    result = {}
    for candidate in candidates:
        key = f"lora_unet_{candidate}.lora_down.weight"
        try:
            (key,) = _maybe_map_sgm_blocks_to_diffusers({key: 0}, module.config)
        except (ValueError, IndexError):
            continue
        name = _convert_unet_lora_key(key).removesuffix(".weight").removesuffix(".down").removesuffix("_lora")
        name = name.removesuffix(".lora").replace(".processor", "")
        name = name + ".0" if name.endswith(".to_out") else name
        if name in wanted:
            result[name] = candidate
    return result


def peft_file(folder, name, parts, draw, rank, alpha, dora=False, conv=False, patterns=False):
    """A file as diffusers' save_lora_weights writes it, alpha and mixed ranks in its metadata."""
    pipe = parts.pipeline()
    arguments = {}
    for part in ("unet", "text_encoder", "text_encoder_2"):
        module = getattr(pipe, part, None)
        if module is None:
            continue
        chosen = [n for n in layers(module) if attention(n) or (conv and n.endswith(("conv1", "conv_shortcut", "proj_in")))]
        more = dict(rank_pattern={chosen[1]: rank + 2}, alpha_pattern={chosen[2]: alpha * 2.5}) if patterns else {}
        config = LoraConfig(r=rank, lora_alpha=alpha, target_modules=chosen, use_dora=dora, **more)
        module.add_adapter(config, adapter_name="default")
        state = {}
        for key, value in module.state_dict().items():
            if ".lora_" not in key:
                continue
            fresh = value + 0.1 * value.norm() / value.numel() ** 0.5 * draw.normal(*value.shape) if "magnitude" in key \
                else draw.normal(*value.shape) * 0.5 / value[0].numel() ** 0.5
            value.copy_(fresh.half().float())
            key = key.replace(".default.weight", "") if "magnitude" in key else key.replace(".default.", ".")
            state[key] = value.half()
        arguments[part + "_lora_layers"] = state
        arguments[part + "_lora_adapter_metadata"] = {k: v for k, v in config.to_dict().items() if v is not None}
    type(pipe).save_lora_weights(folder, weight_name=name + ".safetensors", **arguments)
    return load_file(folder / (name + ".safetensors"))


def folded(state):
    """A kohya file with each alpha/rank multiplied into the up matrix, which is what it means there. diffusers 0.42 hands
    alphas that differ to PEFT under names that no module has, so they would be lost; alike ones it reads."""
    result = {}
    for key, value in state.items():
        module = key.removesuffix(".lora_up.weight")
        if module != key and module + ".alpha" in state:
            value = value.float() * (state[module + ".alpha"].float() / value.shape[1])
        if not key.endswith(".alpha"):
            result[key] = value.float()
    return result


def restore_magnitudes(pipe, state, adapter):
    """Sets the text encoders' DoRA magnitudes, which transformers 5.23 does not find in diffusers' files."""
    for part in ("text_encoder", "text_encoder_2"):
        module = getattr(pipe, part, None)
        for name, parameter in module.named_parameters() if module is not None else ():
            if name.endswith(f".lora_magnitude_vector.{adapter}.weight"):
                own = plain(name.split(".lora_magnitude_vector")[0]) + ".lora_magnitude_vector"
                values = next(state[k] for k in (f"{part}.{own}", f"{part}.text_model.{own}") if k in state)
                parameter.data.copy_(values.view(parameter.shape))


class Maker:
    def __init__(self, out, seed):
        self.out, self.folder = out, out / "lora"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.generator = torch.Generator().manual_seed(seed)
        make_xl(out, self.generator)
        self.draw = Random(self.generator)
        self.models = {f: Model(f, out, self.generator) for f in ("sd1", "sd2", "xl")}
        self.cases, self.data = [], {}
        for family, model in self.models.items():
            self.data.update({f"{family}.{k}": v for k, v in model.inputs.items()})
            self.data.update({f"{family}.base.{k}": v for k, v in model.of(model.pipeline()).items()})

    def save(self, name, tensors, metadata=None):
        save_file({k: v.half().contiguous() for k, v in tensors.items()}, self.folder / f"{name}.safetensors", metadata)

    def add(self, name, family, files, outputs, fused=False):
        self.cases.append({"name": name, "model": family, "files": files, "fused": fused})
        self.data.update({f"{name}.{k}": v.clone().contiguous() for k, v in outputs.items()})

    def by_diffusers(self, name, family, files, fused=False):
        """The case as diffusers runs it; files are (name, weight)."""
        model = self.models[family]
        pipe = model.pipeline()
        for i, (file, _) in enumerate(files):
            state = load_file(self.folder / f"{file}.safetensors")
            if any(k.startswith("lora_") for k in state):
                pipe.load_lora_weights(folded(state), adapter_name=f"a{i}")
            else:
                pipe.load_lora_weights(self.folder, weight_name=f"{file}.safetensors", adapter_name=f"a{i}")
                restore_magnitudes(pipe, state, f"a{i}")
        pipe.set_adapters([f"a{i}" for i in range(len(files))], [w for _, w in files])
        if fused:
            pipe.fuse_lora(components=list(pipe._lora_loadable_modules))
            pipe.unload_lora_weights()
        outputs = model.of(pipe)
        base = {k: self.data[f"{family}.base.{k}"] for k in outputs}
        for key, value in outputs.items():
            assert not torch.allclose(value, base[key], atol=1e-2), (name, key, "no effect")
        self.add(name, family, files, outputs, fused)

    def by_formula(self, name, family, files, change):
        """The case with weights changed by `change(module name, weight)` in the UNet."""
        model = self.models[family]
        unet = model.unet()
        with torch.no_grad():
            for module, layer in layers(unet).items():
                layer.weight.copy_(change(module, layer.weight))
        self.add(name, family, files, {"unet": model.outputs(unet, model.text_encoder())["unet"]})

    def parts(self, family, unet_names=diffusers_names):
        model = self.models[family]
        if family == "xl":
            return {"lora_unet_": (model.unet(), unet_names), "lora_te1_": (model.text_encoder(), text_names),
                    "lora_te2_": (model.text_encoder_2(), text_names)}
        return {"lora_unet_": (model.unet(), unet_names), "lora_te_": (model.text_encoder(), text_names)}

    def sd_scripts(self):
        in_transformer = lambda n: ".attentions." in n or "layers." in n
        with_conv = lambda n: in_transformer(n) or ".resnets." in n or "samplers." in n
        self.save("sd1_kohya", kohya(self.parts("sd1"), self.draw, with_conv))
        self.by_diffusers("sd1_kohya", "sd1", [("sd1_kohya", 1.0)])
        self.by_diffusers("sd1_kohya_fused", "sd1", [("sd1_kohya", 0.8)], fused=True)
        self.save("sd2_kohya", kohya(self.parts("sd2"), self.draw, in_transformer, alphas=False))
        self.by_diffusers("sd2_kohya", "sd2", [("sd2_kohya", 1.0)])
        original = sgm_names(self.models["xl"].unet())
        self.save("xl_kohya", kohya(self.parts("xl", original.__getitem__), self.draw,
                                    lambda n: in_transformer(n) or n in original))
        self.by_diffusers("xl_kohya", "xl", [("xl_kohya", 1.0)])
        self.save("xl_kohya_diffusers", kohya(self.parts("xl"), self.draw, in_transformer))
        self.by_diffusers("xl_kohya_diffusers", "xl", [("xl_kohya_diffusers", 1.0)])

    def peft(self):
        for family in self.models:
            name = family + "_peft"
            peft_file(self.folder, name, self.models[family], self.draw, 2, 3, patterns=True)
            self.by_diffusers(name, family, [(name, 1.0)])
        self.by_diffusers("sd1_two", "sd1", [("sd1_kohya", 0.7), ("sd1_peft", -0.4)])
        self.by_diffusers("xl_two", "xl", [("xl_kohya", 0.5), ("xl_peft", 0.6)])

    def old_spellings(self):
        state = load_file(self.folder / "sd1_peft.safetensors")
        pairs = {k: v for k, v in state.items() if v.dim() == 2}
        processor, linear = {}, {}
        for key, value in pairs.items():
            module, end = key.rsplit(".lora_", 1)
            end = {"A.weight": "down.weight", "B.weight": "up.weight"}[end]
            if module.startswith("unet."):
                head, last = (module.removesuffix(".0")).rsplit(".", 1)
                processor[f"{head}.processor.{last}_lora.{end}"] = value
                linear[f"{module}.lora.{end}"] = value
            else:
                older = module
                for now, before in (("q_proj", "to_q"), ("k_proj", "to_k"), ("v_proj", "to_v"), ("out_proj", "to_out")):
                    older = older.replace("." + now, "." + before)
                processor[f"{older}_lora.{end}"] = value
                linear[f"{module}.lora_linear_layer.{end}"] = value
        for name, tensors in (("sd1_processor", processor), ("sd1_lora_linear_layer", linear)):
            self.save(name, tensors)
            self.by_diffusers(name, "sd1", [(name, 1.0)])

    def dora(self):
        model = self.models["sd1"]
        state = peft_file(self.folder, "sd1_dora", model, self.draw, 2, 2, dora=True, conv=True)
        self.by_diffusers("sd1_dora", "sd1", [("sd1_dora", 1.0)])
        self.by_diffusers("sd1_dora_half", "sd1", [("sd1_dora", 0.5)])
        # The same in sd-scripts' names, whose dora_scale diffusers leaves out.
        tensors = {}
        for key, value in state.items():
            part, rest = key.split(".", 1)
            prefix, names = ("lora_unet_", diffusers_names) if part == "unet" else ("lora_te_", text_names)
            module, end = rest.rsplit(".lora_", 1)
            start = prefix + names(module).replace(".", "_")
            if end == "magnitude_vector":
                tensors[start + ".dora_scale"] = value.reshape(-1, *[1] * (3 if value.dim() == 4 else 1))
            else:
                tensors[start + {"A.weight": ".lora_down.weight", "B.weight": ".lora_up.weight"}[end]] = value
        self.save("sd1_dora_kohya", tensors)
        outputs = {k: self.data[f"sd1_dora.{k}"] for k in ("unet", "text_encoder")}
        self.add("sd1_dora_kohya", "sd1", [("sd1_dora_kohya", 1.0)], outputs)
        self.dora_per_input()

    def dora_per_input(self):
        """LyCORIS's older kind: one magnitude per input."""
        unet = self.models["sd1"].unet()
        wanted = lambda n: n.endswith(("attn2.to_k", "ff.net.2", "conv1", "proj_in"))
        tensors = kohya({"lora_unet_": (unet, diffusers_names)}, self.draw, wanted)
        for name, layer in layers(unet).items():
            if wanted(name):
                columns = layer.weight.transpose(0, 1).flatten(1)
                scale = columns.norm(dim=1) * (1 + 0.1 * self.draw.normal(columns.shape[0]))
                tensors[f"lora_unet_{name.replace('.', '_')}.dora_scale"] = scale.detach().view(1, -1, *[1] * (layer.weight.dim() - 2))
        self.save("sd1_dora_inputs", tensors)

        def change(name, weight):
            key = "lora_unet_" + name.replace(".", "_")
            if key + ".alpha" not in tensors:
                return weight
            down, up, alpha, scale = (tensors[key + end].half().float() for end in
                                      (".lora_down.weight", ".lora_up.weight", ".alpha", ".dora_scale"))
            value = weight + (up.flatten(1) @ down.flatten(1)).view(weight.shape) * (alpha / down.shape[0])
            norm = value.transpose(0, 1).flatten(1).norm(dim=1).view(scale.shape)
            return value * scale / norm

        self.by_formula("sd1_dora_inputs", "sd1", [("sd1_dora_inputs", 1.0)], change)

    def tucker(self):
        """LyCORIS's convolutions with a middle: down 1×1, mid k×k, up 1×1, one after the other."""
        unet, tensors, rank = self.models["sd1"].unet(), {}, 3
        for name, layer in layers(unet).items():
            if name.endswith(("conv1", "downsamplers.0.conv")):
                key, (out, inside) = "lora_unet_" + name.replace(".", "_"), layer.weight.shape[:2]
                tensors[key + ".lora_down.weight"] = self.draw.normal(rank, inside, 1, 1) / inside ** 0.5
                tensors[key + ".lora_mid.weight"] = self.draw.normal(rank, rank, 3, 3) / (9 * rank) ** 0.5
                tensors[key + ".lora_up.weight"] = self.draw.normal(out, rank, 1, 1) * 0.3
                tensors[key + ".alpha"] = torch.tensor(2.0)
        self.save("sd1_tucker", tensors)

        def change(name, weight):
            key = "lora_unet_" + name.replace(".", "_")
            if key + ".alpha" not in tensors:
                return weight
            down, mid, up = (tensors[f"{key}.lora_{end}.weight"].half().float() for end in ("down", "mid", "up"))
            # What the three maps make of each unit impulse is the kernel.
            impulse = torch.eye(weight.shape[1])[:, :, None, None]
            step = torch.nn.functional.conv2d(impulse, down)
            full = torch.nn.functional.conv_transpose2d(step, mid.transpose(0, 1))
            return weight + torch.nn.functional.conv2d(full, up).transpose(0, 1) * (2.0 / rank)

        self.by_formula("sd1_tucker", "sd1", [("sd1_tucker", 1.0)], change)

    def peft_folder(self):
        """What PEFT itself saves: adapter_model.safetensors and adapter_config.json."""
        model = self.models["sd1"]
        unet = model.unet()
        chosen = [n for n in layers(unet) if attention(n)]
        config = LoraConfig(r=4, lora_alpha=6, target_modules=chosen, use_rslora=True, rank_pattern={"attn2.to_k": 2},
                            alpha_pattern={"attn1.to_q": 3})
        wrapped = get_peft_model(unet, config)
        with torch.no_grad():
            for key, value in wrapped.state_dict().items():
                if ".lora_" in key:
                    value.copy_((self.draw.normal(*value.shape) * 0.5 / value[0].numel() ** 0.5).half().float())
        wrapped.half().save_pretrained(self.folder / "sd1_peft_folder")
        (self.folder / "sd1_peft_folder" / "README.md").unlink(missing_ok=True)
        self.add("sd1_peft_folder", "sd1", [("sd1_peft_folder", 1.0)],
                 {"unet": model.outputs(wrapped.float().eval(), model.text_encoder())["unet"]})

    def write(self):
        save_file({k: v.contiguous() for k, v in self.data.items()}, self.folder / "outputs.safetensors")
        (self.folder / "cases.json").write_text(json.dumps({"cases": self.cases}, indent=1) + "\n")


def full_size_names(out):
    """What sd-scripts (all of the transformers) and PEFT (attention) call the modules of full-size models."""
    result = collections.defaultdict(dict)
    sizes = {"sd1": dict(cross_attention_dim=768), "sd2": dict(cross_attention_dim=1024, use_linear_projection=True),
             "xl": dict(block_out_channels=[320, 640, 1280], down_block_types=[DOWN, CROSS_DOWN, CROSS_DOWN],
                        up_block_types=[CROSS_UP, CROSS_UP, UP], transformer_layers_per_block=[1, 2, 10],
                        cross_attention_dim=2048, use_linear_projection=True, addition_embed_type="text_time",
                        addition_time_embed_dim=256, projection_class_embeddings_input_dim=2816)}
    texts = {"sd1": [("lora_te_", 12)], "sd2": [("lora_te_", 23)], "xl": [("lora_te1_", 12), ("lora_te2_", 32)]}
    for family, config in sizes.items():
        with torch.device("meta"):
            unet = UNet2DConditionModel(**config)
        names = [n for n in layers(unet) if ".attentions." in n]
        spelled = sgm_names(unet) if family == "xl" else {n: n.replace(".", "_") for n in names}
        result[family]["unet"] = {"lora_unet_" + spelled[n]: n for n in names}
        result[family]["attention"] = ["unet." + n for n in names if attention(n)]
        result[family]["text"] = [
            f"{prefix}text_model_encoder_layers_{i}_{m}" for prefix, count in texts[family] for i in range(count)
            for m in ("self_attn_k_proj", "self_attn_v_proj", "self_attn_q_proj", "self_attn_out_proj", "mlp_fc1", "mlp_fc2")]
    (out / "lora" / "names.json").write_text(json.dumps(result, separators=(",", ":")) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=pathlib.Path, default=HERE / "fixtures")
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(arguments.seed)
    maker = Maker(arguments.out, arguments.seed)
    maker.sd_scripts()
    maker.peft()
    maker.old_spellings()
    maker.dora()
    maker.tucker()
    maker.peft_folder()
    maker.write()
    full_size_names(arguments.out)


if __name__ == "__main__":
    main()
