"""Writes what transformers and diffusers make of prompts, for test_encode_prompts.cpp and test_textual_inversion.cpp.

    python make_prompt_fixtures.py [--seed N] [--out DIR]

Writes OUT/prompts: two tiny random text encoders (clip_l, like Stable Diffusion 1's and XL's first; open_clip, like
Stable Diffusion 2's and XL's second) as {config.json, weights.safetensors}, embeddings for them in every kind of file, and
data.safetensors with the expected numbers of the cases in cases.json. Token embeddings are not stored: row i, column j of
a model of width D is sin(0.7131 (i·D + j)).
Weighted and long prompts follow the definition: the chunks of fixtures/text/prompt_syntax.json through CLIPTextModel,
times the weights, times the ratio of the means before and after. Everything else is diffusers' encode_prompt.
"""

import argparse
import json
import pathlib

import torch
from diffusers import StableDiffusionPipeline, StableDiffusionXLPipeline
from safetensors.torch import save_file
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOKENIZER = ROOT / "resources/base/tokenizer"
LENGTH = 77

ENCODERS = {
    "clip_l": (CLIPTextModel, dict(hidden_size=24, intermediate_size=48, num_hidden_layers=3, num_attention_heads=2,
                                   hidden_act="quick_gelu", eos_token_id=49407)),
    "open_clip": (CLIPTextModelWithProjection, dict(hidden_size=20, intermediate_size=40, num_hidden_layers=4,
                                                    num_attention_heads=4, hidden_act="gelu", projection_dim=12,
                                                    eos_token_id=2)),
}
PLAIN = ["a photo of a dog", "", "A red cat, sitting; on the sofa!", "dog " * 75]
BAD = "ugly, deformed"


def randomize(model, generator):
    """Weights large enough that each of them shows, as fp16 holds them; token embeddings by the formula above."""
    with torch.no_grad():
        for name, p in model.named_parameters():
            if "token_embedding" in name:
                p.copy_(torch.sin(0.7131 * torch.arange(p.numel(), dtype=torch.float64)).reshape(p.shape))
                continue
            noise = torch.randn(p.shape, generator=generator)
            if p.dim() == 1:
                p.copy_((1 + 0.2 * noise) if name.endswith("weight") else 0.2 * noise)
            else:
                p.copy_(noise / p[0].numel() ** 0.5)
            p.copy_(p.half())
    return model.eval()


def save_encoder(folder, kind, settings, model):
    folder.mkdir(parents=True, exist_ok=True)
    save_file({k: v.half().contiguous() for k, v in model.state_dict().items() if "token_embedding" not in k},
              folder / "weights.safetensors")
    config = dict(architectures=[kind.__name__], vocab_size=49408, max_position_embeddings=LENGTH, **settings)
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n")


def make_encoder(name, generator):
    kind, settings = ENCODERS[name]
    model = kind(CLIPTextConfig(vocab_size=49408, max_position_embeddings=LENGTH, bos_token_id=49406, pad_token_id=0,
                                **settings))
    return randomize(model, generator)


def tokenizers():
    first = CLIPTokenizer.from_pretrained(TOKENIZER)
    second = CLIPTokenizer.from_pretrained(TOKENIZER, pad_token="!")
    assert second.pad_token_id == second.convert_tokens_to_ids("!")
    return first, second


def make_embeddings(folder, generator):
    """name → list of vectors, one for each text encoder that it is for; and the files."""
    folder.mkdir(parents=True, exist_ok=True)
    draw = lambda count, width: torch.randn(count, width, generator=generator).half().float()
    toy, style, nova, large = draw(3, 24), draw(2, 24), draw(5, 24), draw(2, 20)
    save_file({"<cat-toy>": toy}, folder / "learned_embeds.safetensors")
    torch.save({"<cat-toy>": toy}, folder / "learned_embeds.bin")
    save_file({"<one>": toy[0].clone()}, folder / "one.safetensors")
    save_file({"emb_params": style}, folder / "my-style.safetensors")
    torch.save({"string_to_token": {"*": 265}, "string_to_param": {"*": style}, "name": "my-style", "step": 100,
                "sd_checkpoint": "0123abcd", "sd_checkpoint_name": "tiny"}, folder / "my-style.pt")
    save_file({"emb_params": nova.half()}, folder / "nova.safetensors")
    save_file({"clip_l": style, "clip_g": large}, folder / "xl-style.safetensors")
    return {"<cat-toy>": [toy], "my-style": [style], "nova": [nova], "xl-style": [style, large]}


class Placed:
    """Puts vectors in place of token embeddings while it lives."""

    def __init__(self, model, places):
        self.places = places
        self.handle = model.get_input_embeddings().register_forward_hook(self.put)

    def put(self, _module, _inputs, output):
        output = output.clone()
        for at, vectors in self.places:
            output[0, at:at + len(vectors)] = vectors
        return output


@torch.no_grad()
def encode_chunk(model, ids, places, clip_skip, xl):
    """Hidden state and projection of one chunk of 77 ids."""
    hook = Placed(model, places)
    out = model(torch.tensor([ids]), output_hidden_states=True)
    hook.handle.remove()
    inner = getattr(model, "text_model", model)
    if xl:
        hidden = out.hidden_states[-max(clip_skip, 2)]
    elif clip_skip == 1:
        hidden = out.last_hidden_state
    else:
        hidden = inner.final_layer_norm(out.hidden_states[-clip_skip])
    return hidden[0], getattr(out, "text_embeds", [None])[0]


def encode_by_definition(model, tokenizer, chunks, embeddings, which, clip_skip, xl):
    """[77·k, D] and the first chunk's projection, from chunks as they stand in prompt_syntax.json."""
    hidden, pooled = [], None
    for number, chunk in enumerate(chunks):
        ids = [tokenizer.bos_token_id, *chunk["ids"], tokenizer.eos_token_id]
        ids += [tokenizer.pad_token_id] * (LENGTH - len(ids))
        weights = torch.ones(LENGTH)
        for at, weight in chunk["weights"].items():
            weights[int(at)] = weight
        places = [(at, embeddings[name][which]) for at, name in chunk["placed"]]
        state, projection = encode_chunk(model, ids, places, clip_skip, xl)
        weighted = state * weights[:, None]
        hidden.append(weighted * (state.mean() / weighted.mean()))
        pooled = projection if number == 0 else pooled
    return torch.cat(hidden), pooled


def syntax_cases(models, pads, embeddings):
    """Long and weighted prompts, each with a clip skip, on one encoder and on both."""
    table = json.loads((ROOT / "tests/numerics/fixtures/text/prompt_syntax.json").read_text(encoding="utf-8"))
    wanted = [row for row in table["chunks"] if all(name in embeddings for _, name in by_place(row))]
    rows = [row for row in wanted if row["prompt"]][::3]
    sets = [("clip_l", ["clip_l"]), ("open_clip", ["open_clip"]), ("xl", ["clip_l", "open_clip"])]
    for number, row in enumerate(rows):
        set_name, names = sets[number % 3]
        if by_place(row) and set_name != "clip_l":
            set_name, names = sets[0]
        clip_skip, xl = 1 + number // 3 % 3, set_name == "xl"
        parts = [encode_by_definition(models[n], pads[n], row["chunks"], embeddings, names.index(n), clip_skip, xl)
                 for n in names]
        case = {"encoders": set_name, "prompt": row["prompt"], "clip_skip": clip_skip,
                "embeddings": sorted({name for _, name in by_place(row)})}
        yield case, torch.cat([part[0] for part in parts], -1), parts[-1][1] if xl else None


def by_place(row):
    return [place for chunk in row["chunks"] for place in chunk["placed"]]


def make_pipelines(models, pads):
    one = StableDiffusionPipeline(vae=None, text_encoder=models["clip_l"], tokenizer=pads["clip_l"], unet=None,
                                  scheduler=None, safety_checker=None, feature_extractor=None,
                                  requires_safety_checker=False)
    xl = StableDiffusionXLPipeline(vae=None, text_encoder=models["clip_l"], text_encoder_2=models["open_clip"],
                                   tokenizer=pads["clip_l"], tokenizer_2=pads["open_clip"], unet=None, scheduler=None)
    return one, xl


@torch.no_grad()
def encode_one(pipeline, prompt, skip):
    return pipeline.encode_prompt(prompt, "cpu", 1, False, clip_skip=skip)[0][0]


@torch.no_grad()
def encode_xl(pipeline, prompt, skip, negative=None):
    """Hidden and pooled, of the negative prompt if one is given."""
    made = pipeline.encode_prompt(prompt, device="cpu", num_images_per_prompt=1,
                                  do_classifier_free_guidance=negative is not None, negative_prompt=negative,
                                  clip_skip=skip)
    return (made[1][0], made[3][0]) if negative is not None else (made[0][0], made[2][0])


def diffusers_cases(models, pads):
    """Plain prompts. diffusers counts the layers that are left out: 0 for us 1 there, and from the last but one for XL."""
    one, xl = make_pipelines(models, pads)
    # diffusers looks for the final layer norm where transformers had it before 5.6.
    vars(models["clip_l"])["text_model"] = models["clip_l"]
    for prompt in PLAIN:
        for skip in (None, 1, 2):
            yield ({"encoders": "clip_l", "prompt": prompt, "clip_skip": (skip or 0) + 1, "embeddings": []},
                   encode_one(one, prompt, skip), None)
        for skip in (None, 1):
            yield ({"encoders": "xl", "prompt": prompt, "clip_skip": (skip or 0) + 2, "embeddings": []},
                   *encode_xl(xl, prompt, skip))
    yield {"encoders": "xl", "prompt": BAD, "clip_skip": 2, "embeddings": []}, *encode_xl(xl, "a dog", None, BAD)


def inversion_cases(models, pads, folder):
    """Embeddings as diffusers loads them. Comes last, because it adds tokens to the tokenizers and the encoders."""
    one, xl = make_pipelines(models, pads)
    one.load_textual_inversion(str(folder / "learned_embeds.safetensors"))
    one.load_textual_inversion(str(folder / "one.safetensors"))
    for prompt in ("a photo of <cat-toy>", "<one>, a dog and a <cat-toy>, outside"):
        yield ({"encoders": "clip_l", "prompt": prompt, "clip_skip": 1, "embeddings": ["<cat-toy>", "<one>"]},
               encode_one(one, prompt, None), None)
    from safetensors.torch import load_file
    parts = load_file(folder / "xl-style.safetensors")
    xl.load_textual_inversion(parts["clip_l"], token="xl-style", text_encoder=xl.text_encoder, tokenizer=xl.tokenizer)
    xl.load_textual_inversion(parts["clip_g"], token="xl-style", text_encoder=xl.text_encoder_2,
                              tokenizer=xl.tokenizer_2)
    # SDXL's files say 2, which makes transformers take the largest id for the end: here that of the embedding.
    inner = getattr(xl.text_encoder_2, "text_model", xl.text_encoder_2)
    assert inner.config.eos_token_id == 2
    inner.config.eos_token_id = inner.eos_token_id = 49407
    prompt = "a dog in xl-style on a hill"
    yield {"encoders": "xl", "prompt": prompt, "clip_skip": 1, "embeddings": ["xl-style"]}, *encode_xl(xl, prompt, None)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "tests/numerics/fixtures")
    arguments = parser.parse_args()
    generator = torch.Generator().manual_seed(arguments.seed)
    out = arguments.out / "prompts"
    models = {name: make_encoder(name, generator) for name in ENCODERS}
    for name, (kind, settings) in ENCODERS.items():
        save_encoder(out / name, kind, settings, models[name])
    embeddings = make_embeddings(out / "embeddings", generator)
    pads = dict(zip(ENCODERS, tokenizers()))
    cases, data = [], {}
    for part in (syntax_cases(models, pads, embeddings), diffusers_cases(models, pads),
                 inversion_cases(models, pads, out / "embeddings")):
        for case, hidden, pooled in part:
            name = f"{len(cases):02}"
            cases.append(case)
            data[f"{name}.hidden"] = hidden.contiguous().clone()
            if pooled is not None:
                data[f"{name}.pooled"] = pooled.contiguous().clone()
    save_file(data, out / "data.safetensors")
    rows = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    (out / "cases.json").write_text(f'{{"cases": [\n{rows}\n]}}\n', encoding="utf-8")
    print(f"{len(cases)} cases")


if __name__ == "__main__":
    main()
