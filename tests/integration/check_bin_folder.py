"""A model folder whose weights PyTorch pickled makes the very pictures that its safetensors make.

usage: check_bin_folder.py LIKENESS_CLI MAKE_TINY_MODEL REPOSITORY
"""
import shutil
import sys

import cli_support
import torch
from PIL import Image
from safetensors.torch import load_file

NAMES = {"unet": "diffusion_pytorch_model", "vae": "diffusion_pytorch_model", "text_encoder": "model"}


def picture(cli, model, name):
    out = cli.folder / name
    cli.good("sample", "--model", model, "--prompt", "a dog", "--seed", "3", "--steps", "2", "--out", out)
    (file,) = out.glob("*.png")
    return file


def pixels(file):
    with Image.open(file) as image:
        return image.tobytes()


def main():
    cli = cli_support.Cli(*sys.argv[1:4])
    try:
        expected = pixels(picture(cli, cli.model, "safetensors"))
        for new, variant in ((True, ""), (False, ""), (True, ".fp16"), (True, ".non_ema")):
            model = cli.folder / f"pickled{variant}-{new}"
            shutil.copytree(cli.model, model)
            for part, stem in NAMES.items():
                file = model / part / f"{stem}.safetensors"
                pickled = file.with_name(f"{'pytorch_model' if stem == 'model' else stem}{variant}.bin")
                torch.save(load_file(file), pickled, _use_new_zipfile_serialization=new)
                file.unlink()
            same = pixels(picture(cli, model, f"{model.name}-out")) == expected
            print(f"{model.name}: {'the same picture' if same else 'ANOTHER PICTURE'}")
            assert same
    finally:
        cli.close()


if __name__ == "__main__":
    main()
