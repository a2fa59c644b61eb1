"""LoRAs and textual inversions through the command line, on a tiny random model: what a picture is made of with them is
compared with what a model whose weights were changed by hand makes.

usage: test_adapters.py likeness-cli make_tiny_model REPOSITORY."""

import array
import json
import pathlib
import pickle
import random
import shutil
import struct
import sys
import unittest
import zipfile

import cli_support
from test_recipes import foreign_png, pixels

CLI = None
UNET, TEXT = "unet/diffusion_pytorch_model.safetensors", "text_encoder/model.safetensors"
RANK, ALPHA = 4, 2.0
# Module, where its weight lies, its shape.
TARGETS = [("unet", "down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q", (32, 32)),
           ("unet", "mid_block.attentions.0.transformer_blocks.0.attn2.to_k", (32, 32)),
           ("unet", "up_blocks.1.resnets.0.conv2", (32, 32, 3, 3)),
           ("text_encoder", "encoder.layers.0.self_attn.v_proj", (32, 32)),
           ("text_encoder", "encoder.layers.0.mlp.fc1", (64, 32))]


def read_safetensors(file):
    """name → (shape, numbers) of a file of fp32 tensors."""
    data = pathlib.Path(file).read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    tensors = {}
    for name, about in json.loads(data[8:8 + size]).items():
        if name != "__metadata__":
            assert about["dtype"] == "F32", (name, about)
            first, last = (8 + size + offset for offset in about["data_offsets"])
            tensors[name] = (tuple(about["shape"]), array.array("f", data[first:last]))
    return tensors


def write_safetensors(file, tensors):
    header, data = {}, b""
    for name, (shape, numbers) in tensors.items():
        packed = array.array("f", numbers).tobytes()
        header[name] = dict(dtype="F32", shape=shape, data_offsets=[len(data), len(data) + len(packed)])
        data += packed
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    file.write_bytes(struct.pack("<Q", len(text)) + text + data)
    return file


def make_changes(seed):
    """module → (down, up), flat."""
    draw = random.Random(seed)
    changes = {}
    for part, module, (out, *inner) in TARGETS:
        width = inner[0] * (9 if len(inner) == 3 else 1)
        changes[part, module] = ([draw.gauss(0, 0.3) for _ in range(RANK * width)],
                                 [draw.gauss(0, 0.3) for _ in range(out * RANK)])
    return changes


def shapes(shape):
    out, *inner = shape
    return (RANK, *inner), (out, RANK, 1, 1) if len(inner) == 3 else (out, RANK)


def kohya_file(file, changes):
    """As sd-scripts writes it: an alpha beside each pair."""
    tensors = {}
    for part, module, shape in TARGETS:
        prefix = "lora_unet_" if part == "unet" else "lora_te_text_model_"
        down, up = changes[part, module]
        name = prefix + module.replace(".", "_")
        tensors[name + ".lora_down.weight"] = (shapes(shape)[0], down)
        tensors[name + ".lora_up.weight"] = (shapes(shape)[1], up)
        tensors[name + ".alpha"] = ((), [ALPHA])
    return write_safetensors(file, tensors)


def peft_file(file, changes):
    """As diffusers writes it: no alpha, so that the strength is in the numbers."""
    tensors = {}
    for part, module, shape in TARGETS:
        prefix = "unet." if part == "unet" else "text_encoder.text_model."
        down, up = changes[part, module]
        tensors[prefix + module + ".lora_A.weight"] = (shapes(shape)[0], down)
        tensors[prefix + module + ".lora_B.weight"] = (shapes(shape)[1], [x * ALPHA / RANK for x in up])
    return write_safetensors(file, tensors)


def change_model(model, changes, weight):
    """Adds weight · alpha/rank · up · down to the model's own weights."""
    for part, file in (("unet", UNET), ("text_encoder", TEXT)):
        tensors = read_safetensors(model / file)
        for target, module, shape in TARGETS:
            if target != part:
                continue
            name, = (n for n in tensors if n.endswith(module + ".weight"))
            numbers = tensors[name][1]
            down, up = changes[part, module]
            width = len(numbers) // shape[0]
            for o in range(shape[0]):
                for r in range(RANK):
                    factor = weight * ALPHA / RANK * up[o * RANK + r]
                    for i in range(width):
                        numbers[o * width + i] += factor * down[r * width + i]
        write_safetensors(model / file, tensors)


class Adapters(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.files = CLI.folder / "adapters"
        cls.files.mkdir()
        cls.changes = make_changes(1), make_changes(2)
        cls.kohya = kohya_file(cls.files / "first.safetensors", cls.changes[0])
        cls.peft = peft_file(cls.files / "same.safetensors", cls.changes[0])
        cls.second = peft_file(cls.files / "second.safetensors", cls.changes[1])

    def setUp(self):
        self.folder = CLI.folder / self.id().split(".")[-1]
        self.made = 0

    def sample(self, *arguments, model=None, prompt="a red dog", code=0):
        """Makes one picture; its file, its latents, and the notices."""
        self.made += 1
        out = self.folder / str(self.made)
        latents = out.with_suffix(".safetensors")
        self.folder.mkdir(exist_ok=True)
        done = CLI.run("--json", "sample", "--model", model or CLI.model, "--prompt", prompt, "--steps", "3", "--seed",
                       "7", "--out", out, "--save-latents", latents, *arguments)
        self.assertEqual(done.returncode, code, done.stderr.decode())
        told = cli_support.events(done.stdout.decode())
        picture, = out.glob("*.png")
        return picture, read_safetensors(latents)["latents"][1], [e for e in told if e["event"] == "notice"]

    def difference(self, first, second):
        """The largest one, in parts of the largest number."""
        return max(abs(a - b) for a, b in zip(first, second)) / max(map(abs, second))

    def near(self, first, second):
        self.assertLess(self.difference(first, second), 1e-4)

    def apart(self, first, second):
        self.assertGreater(self.difference(first, second), 1e-2)

    def changed_model(self, name, *changes):
        model = CLI.folder / name
        shutil.copytree(CLI.model, model)
        for change, weight in changes:
            change_model(model, change, weight)
        return model

    def test_lora_is_the_changed_model(self):
        _, plain, _ = self.sample()
        for weight in (1, 0.6, -0.5):
            with self.subTest(weight=weight):
                _, wanted, _ = self.sample(model=self.changed_model(f"changed{weight}", (self.changes[0], weight)))
                self.apart(plain, wanted)
                for file in (self.kohya, self.peft):
                    _, made, notices = self.sample("--lora", f"{file}:{weight}")
                    self.near(made, wanted)
                    self.assertEqual(notices, [])
        self.assertEqual(self.sample("--lora", f"{self.kohya}:0")[1], plain)
        # Without a weight it is 1, and nothing of a LoRA stays behind in the files.
        self.assertEqual(self.sample("--lora", self.kohya)[1], self.sample("--lora", f"{self.kohya}:1")[1])
        self.assertEqual(self.sample()[1], plain)

    def test_several_and_merged(self):
        both = (self.changes[0], 0.7), (self.changes[1], -0.4)
        _, wanted, _ = self.sample(model=self.changed_model("changed-by-two", *both))
        loras = ["--lora", f"{self.kohya}:0.7", "--lora", f"{self.second}:-0.4"]
        _, live, _ = self.sample(*loras)
        self.near(live, wanted)
        self.apart(live, self.sample(*loras[:2])[1])
        merged = self.folder / "merged"
        CLI.good("convert", CLI.model, merged, "--format", "diffusers", *loras)
        self.near(self.sample(model=merged)[1], live)
        # The same file twice adds up.
        _, twice, _ = self.sample("--lora", f"{self.kohya}:0.3", "--lora", f"{self.kohya}:0.3")
        self.near(twice, self.sample("--lora", f"{self.kohya}:0.6")[1])

    def test_lora_tags(self):
        model = CLI.folder / "models" / "Stable-diffusion" / "tiny"
        shutil.copytree(CLI.model, model)
        loras = CLI.folder / "models" / "Lora"
        loras.mkdir()
        shutil.copy(self.kohya, loras / "style.safetensors")
        shutil.copy(self.second, model.parent / "beside.safetensors")
        picture, wanted, _ = self.sample("--lora", f"{self.kohya}:0.7", model=model)
        tagged, made, notices = self.sample(model=model, prompt="a red dog <lora:style:0.7>")
        self.assertEqual((made, notices), (wanted, []))
        self.assertEqual(pixels(tagged), pixels(picture))
        _, one, _ = self.sample("--lora", f"{self.second}:1", model=model)
        self.assertEqual(self.sample(model=model, prompt="<lora:beside> a red dog")[1], one)
        # A tag sets the weight of a LoRA that was given by its file.
        self.assertEqual(self.sample("--lora", f"{self.kohya}:0.1", prompt="a red dog <lora:first:0.7>")[1], wanted)
        _, plain, _ = self.sample(model=model)
        _, without, notices = self.sample(model=model, prompt="a red dog <lora:unknown:1>")
        self.assertEqual(without, plain)
        self.assertEqual([n["code"] for n in notices], ["lora_missing"])
        self.assertIn('"unknown"', notices[0]["sentence"])
        # What the web UI wrote into a picture names its LoRAs in the prompt.
        theirs = foreign_png(self.folder / "theirs.png", "a red dog <lora:style:0.7>\nSteps: 3, Sampler: DDIM, "
                             "CFG scale: 4, Seed: 7, Size: 64x64, Model: tiny")
        _, again, _ = self.sample("--recipe", theirs, "--size", "64x64", model=model)
        self.assertEqual(again, self.sample("--size", "64x64", "--lora", f"{self.kohya}:0.7", model=model)[1])

    def test_recipes_and_grids(self):
        picture, made, _ = self.sample("--lora", f"{self.kohya}:0.7", "--lora", f"{self.second}:0.2")
        again = self.folder / "again"
        CLI.good("sample", "--recipe", picture, "--out", again)
        self.assertEqual(pixels(*again.iterdir()), pixels(picture))
        sheet = self.folder / "sheet"
        CLI.good("sample", "--model", CLI.model, "--prompt", "a red dog", "--steps", "3", "--seed", "7", "--lora",
                 self.kohya, "--grid", "lora-weight=0,0.7", "--out", sheet)
        cells = sorted(f for f in sheet.iterdir() if "grid" not in f.name)
        self.assertEqual(len(cells), 2)
        wanted = {pixels(self.sample("--lora", f"{self.kohya}:{weight}")[0]) for weight in (0, 0.7)}
        self.assertEqual({pixels(cell) for cell in cells}, wanted)

    def test_half_precision(self):
        options = ["--lora", f"{self.kohya}:0.7"]
        exact, off = self.sample(*options)[1], {}
        for dtype in ("bf16", "fp16"):
            picture, made, _ = self.sample(*options, "--dtype", dtype)
            off[dtype] = self.difference(made, exact)
            told = cli_support.events(CLI.good("--json", "inspect", picture))
            recipe = [e for e in told if e["event"] == "inspected"][0]["about"]["recipe"]
            self.assertEqual(recipe["dtype"], dtype)
        # fp16 has three bits more.
        self.assertLess(off["bf16"], 0.1)
        self.assertLess(off["fp16"], off["bf16"] / 2)
        self.assertGreater(off["fp16"], 0)

    def test_lora_of_another_model(self):
        strange = write_safetensors(self.files / "strange.safetensors", {
            "unet.down_blocks.7.attentions.0.proj_in.lora_A.weight": ((4, 32), [0.0] * 128),
            "unet.down_blocks.7.attentions.0.proj_in.lora_B.weight": ((32, 4), [0.0] * 128)})
        wide = write_safetensors(self.files / "wide.safetensors", {
            "unet." + TARGETS[0][1] + ".lora_A.weight": ((4, 64), [0.0] * 256),
            "unet." + TARGETS[0][1] + ".lora_B.weight": ((64, 4), [0.0] * 256)})
        for file in (strange, wide):
            out = self.folder / file.stem
            done = CLI.run("sample", "--model", CLI.model, "--prompt", "x", "--lora", file, "--out", out)
            text = done.stderr.decode()
            self.assertEqual((done.returncode, text.count("\n")), (1, 1), text)
            self.assertIn(file.name, text)
            self.assertFalse(out.exists())

    def test_a_trained_lora_is_used_and_exported(self):
        project = CLI.new_project("trained-lora")
        CLI.good("train", project, *cli_support.FAST, "--steps", "3", "--set", "method=lora", "--set", "lora_rank=4",
                 "--set", "learning_rate=1e-2", "--set", "lora_conv_rank=2", "--set", "lora_alpha=3")
        out = CLI.folder / "trained-lora-out"
        out.mkdir()
        CLI.good("export", project, "--format", "lora-kohya", "--out", out / "kohya.safetensors")
        CLI.good("export", project, "--format", "lora-peft", "--out", out / "peft")
        CLI.good("export", project, "--out", out / "model")
        plain = self.sample()[1]
        latents = out / "own.safetensors"
        CLI.good("sample", project, "--checkpoint", "last", "--prompt", "a red dog", "--steps", "3", "--seed", "7", "--out",
                 out / "own", "--save-latents", latents)
        own = read_safetensors(latents)["latents"][1]
        self.apart(own, plain)
        self.assertEqual(own, self.sample("--lora", out / "kohya.safetensors")[1])
        self.near(self.sample("--lora", out / "peft" / "pytorch_lora_weights.safetensors")[1], own)
        self.near(self.sample(model=out / "model")[1], own)
        # What exists isn't overwritten, and whole weights are no LoRA.
        for kind, name in (("kohya", "kohya.safetensors"), ("peft", "peft"), ("kohya", "new")):
            refused = CLI.run("export", project, "--format", f"lora-{kind}", "--out", out / name)
            self.assertNotEqual(refused.returncode, 0)
            self.assertIn(str(out / name), refused.stderr.decode())
        CLI.good("train", project, *cli_support.FAST, "--steps", "1")
        refused = CLI.run("export", project, "--format", "lora-kohya", "--out", out / "none.safetensors")
        self.assertNotEqual(refused.returncode, 0)
        self.assertIn("method=lora", refused.stderr.decode())

    def test_a_learnt_word_is_used_and_exported(self):
        project = CLI.new_project("learnt-word")
        out = CLI.folder / "learnt-word-out"
        out.mkdir()
        settings = "method=textual-inversion", "token_vectors=2", "token_learning_rate=0.1", "prior_weight=0"
        options = [*cli_support.FAST, "--steps", "2", *(part for one in settings for part in ("--set", one))]

        def own(name):
            latents = out / f"{name}.safetensors"
            CLI.good("sample", project, "--checkpoint", "last", "--prompt", "a [V] dog", "--steps", "3", "--seed", "7",
                     "--out", out / name, "--save-latents", latents)
            return read_safetensors(latents)["latents"][1]

        CLI.good("train", project, *options)
        CLI.good("export", project, "--format", "embedding", "--out", out / "word.safetensors")
        (name, (shape, _)), = read_safetensors(out / "word.safetensors").items()
        self.assertEqual((name, shape), ("sks", (2, 32)))
        alone = own("alone")
        self.assertEqual(alone, self.sample("--embedding", out / "word.safetensors", prompt="a word dog")[1])
        self.apart(alone, self.sample(prompt="a sks dog")[1])
        refused = CLI.run("export", project, "--out", out / "model")
        self.assertEqual(refused.returncode, 1)
        self.assertIn("--format embedding", refused.stderr.decode())
        # Beside a LoRA it lies beside its file.
        CLI.good("train", project, *options, "--set", "method=lora", "--set", "lora_rank=2")
        CLI.good("export", project, "--format", "lora-kohya", "--out", out / "both.safetensors")
        both = ["--lora", out / "both.safetensors", "--embedding", out / "both_emb.safetensors"]
        self.assertEqual(own("beside"), self.sample(*both, prompt="a sks dog")[1])

    def test_embeddings(self):
        rows = next(numbers for name, (_, numbers) in read_safetensors(CLI.model / TEXT).items()
                    if "token_embedding" in name)
        words = json.loads((CLI.model / "tokenizer/vocab.json").read_text(encoding="utf-8"))
        vectors = [rows[32 * words[word + "</w>"]:][:32] for word in ("red", "dog")]
        flat = [x for vector in vectors for x in vector]
        # An embedding that holds two words' own vectors is those words.
        a1111 = write_safetensors(self.files / "my-style.safetensors", {"emb_params": ((2, 32), flat)})
        diffusers = write_safetensors(self.files / "learned_embeds.safetensors", {"<two-words>": ((2, 32), flat)})
        named = write_safetensors(self.files / "toy.safetensors", {"<two-words>": ((2, 32), flat)})
        pickled = pickled_embedding(self.files / "old-style.pt", flat)
        picture, wanted, _ = self.sample()
        for file, name in ((a1111, "my-style"), (a1111, "MY-Style"), (diffusers, "<two-words>"),
                           (named, "toy"), (named, "<two-words>"), (pickled, "old-style")):
            with self.subTest(name=name):
                made, latents, notices = self.sample("--embedding", file, prompt=f"a {name}")
                self.assertEqual((latents, notices), (wanted, []))
                self.assertEqual(pixels(made), pixels(picture))
        # diffusers calls every file learned_embeds, which is no name.
        self.apart(self.sample("--embedding", diffusers, prompt="a learned_embeds")[1], wanted)
        # Not named, it changes nothing; named but not given, it is a word; several at once work.
        self.assertEqual(self.sample("--embedding", a1111)[1], wanted)
        self.apart(self.sample(prompt="a my-style")[1], wanted)
        one = write_safetensors(self.files / "one.safetensors", {"emb_params": ((32,), vectors[0])})
        two = write_safetensors(self.files / "two.safetensors", {"emb_params": ((1, 32), vectors[1])})
        made, both, _ = self.sample("--embedding", one, "--embedding", two, prompt="a one two")
        self.assertEqual(both, wanted)
        again = self.folder / "again"
        CLI.good("sample", "--recipe", made, "--out", again)
        self.assertEqual(pixels(*again.iterdir()), pixels(made))
        # In the negative prompt, weighted, and beside a LoRA that changes the text encoder.
        options = ["--lora", f"{self.kohya}:0.5"]
        _, typed, _ = self.sample(*options, "--negative", "(red dog:1.3)", prompt="a cat")
        _, named, _ = self.sample(*options, "--negative", "(my-style:1.3)", "--embedding", a1111, prompt="a cat")
        self.assertEqual(typed, named)

    def test_embeddings_that_do_not_fit(self):
        wide = write_safetensors(self.files / "sd2.safetensors", {"emb_params": ((1, 1024), [0.0] * 1024)})
        long = write_safetensors(self.files / "long.safetensors", {"emb_params": ((76, 32), [0.0] * 76 * 32)})
        nan = write_safetensors(self.files / "nan.safetensors", {"emb_params": ((1, 32), [float("nan")] * 32)})
        for file in (wide, long, nan):
            out = self.folder / file.stem
            done = CLI.run("sample", "--model", CLI.model, "--prompt", "x", "--embedding", file, "--out", out)
            text = done.stderr.decode()
            self.assertEqual((done.returncode, text.count("\n")), (1, 1), text)
            self.assertIn(file.name, text)
            self.assertFalse(out.exists())


def pickled_embedding(file, numbers):
    """As the web UI's older versions saved it with torch.save: a pickle that names a storage beside it."""
    class Call:
        def __init__(self, function, *arguments):
            self.how = function, arguments

        def __reduce__(self):
            return self.how

    class Pickler(pickle._Pickler):
        def persistent_id(self, thing):
            if thing == "STORAGE":
                return "storage", named("torch", "FloatStorage"), "0", "cpu", len(numbers)
            return None

        def save_global(self, thing, name=None):
            self.write(pickle.GLOBAL + f"{thing.__module__}\n{thing.__qualname__}\n".encode())

        dispatch = dict(pickle._Pickler.dispatch)
        dispatch[type(lambda: 0)] = save_global

    def named(module, name):
        def function():
            pass
        function.__module__, function.__qualname__ = module, name
        return function

    tensor = Call(named("torch._utils", "_rebuild_tensor_v2"), "STORAGE", 0, (len(numbers) // 32, 32), (32, 1), False,
                  Call(named("collections", "OrderedDict")))
    content = {"string_to_token": {"*": 265}, "string_to_param": {"*": tensor}, "name": file.stem, "step": 10}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        with archive.open("archive/data.pkl", "w") as stream:
            Pickler(stream, 2).dump(content)
        archive.writestr("archive/data/0", array.array("f", numbers).tobytes())
        archive.writestr("archive/version", "3\n")
    return file


if __name__ == "__main__":
    CLI = cli_support.Cli(*sys.argv[1:4])
    try:
        unittest.main(argv=sys.argv[:1] + sys.argv[4:], verbosity=2)
    finally:
        CLI.close()
