"""Makes the fixtures of test_schedule, test_samplers and test_pipeline with diffusers.

usage: make_diffusion_fixtures.py --seed N --out DIR [--base MODEL_FOLDER]

Writes DIR/diffusion/{schedules,samplers,pipeline}.{json,safetensors}. Another seed gives another model, noise and
choice of configs; the tests hold for any.
"""
import argparse
import json
import pathlib

import numpy as np
import torch
from diffusers import DDIMScheduler, DDPMScheduler, DPMSolverMultistepScheduler, PNDMScheduler, StableDiffusionPipeline
from safetensors.torch import save_file

CLASSES = {"ddim": DDIMScheduler, "plms": PNDMScheduler, "dpmpp-2m": DPMSolverMultistepScheduler}
STABLE_DIFFUSION = dict(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", num_train_timesteps=1000,
                        set_alpha_to_one=False, steps_offset=1, clip_sample=False)


class Store:
    """Tensors and a JSON that names them, written side by side."""

    def __init__(self):
        self.tensors, self.cases = {}, []

    def put(self, tensor):
        name = f"t{len(self.tensors)}"
        self.tensors[name] = tensor.detach().to(torch.float32).contiguous().clone()
        return name

    def save(self, folder, name, extra=None):
        folder.mkdir(parents=True, exist_ok=True)
        save_file(self.tensors, folder / f"{name}.safetensors")
        (folder / f"{name}.json").write_text(json.dumps({**(extra or {}), "cases": self.cases}, indent=0) + "\n")


def make_schedules(folder, rng):
    store = Store()
    betas = np.linspace(0.001, 0.02, 40) * rng.uniform(0.8, 1.2)
    configs = [
        dict(_class_name="DDPMScheduler"),
        dict(_class_name="DDPMScheduler", **STABLE_DIFFUSION),
        dict(_class_name="DDPMScheduler", **STABLE_DIFFUSION, prediction_type="v_prediction"),
        dict(_class_name="DDIMScheduler", **STABLE_DIFFUSION, prediction_type="v_prediction",
             rescale_betas_zero_snr=True, timestep_spacing="trailing"),
        dict(_class_name="DDPMScheduler", beta_schedule="squaredcos_cap_v2", num_train_timesteps=200),
        dict(_class_name="DDPMScheduler", trained_betas=[float(np.float32(b)) for b in betas], num_train_timesteps=40),
    ]
    for config in configs:
        scheduler = DDPMScheduler.from_config(config)
        count = scheduler.config.num_train_timesteps
        x0, noise, output = (torch.from_numpy(rng.standard_normal((3, 2, 4, 4)).astype(np.float32)) for _ in range(3))
        # The last timestep has no signal under zero terminal SNR; prediction of the original still works for v.
        t = torch.tensor([0, int(rng.integers(1, count - 1)), count - 1])
        noisy = scheduler.add_noise(x0, noise, t)
        ddim = DDIMScheduler.from_config({**config, "clip_sample": False})
        ddim.set_timesteps(1)
        originals = [ddim.step(output[i:i + 1], int(t[i]), noisy[i:i + 1]).pred_original_sample for i in range(3)]
        store.cases.append(dict(
            config=config, timesteps=t.tolist(), alphas_cumprod=store.put(scheduler.alphas_cumprod), x0=store.put(x0),
            noise=store.put(noise), output=store.put(output), noisy=store.put(noisy),
            velocity=store.put(scheduler.get_velocity(x0, noise, t)), original=store.put(torch.cat(originals))))
    store.save(folder, "schedules")


class ToyModel:
    """A bounded nonlinear denoiser that both sides can compute: tanh(conv3x3(x) + bias · cos(t/100))."""

    def __init__(self, rng, channels=2):
        self.weight = torch.from_numpy(rng.standard_normal((channels, channels, 3, 3)).astype(np.float32)) * 0.4
        self.bias = torch.from_numpy(rng.standard_normal(channels).astype(np.float32))

    def __call__(self, x, t):
        wave = float(np.cos(int(t) / 100.0))
        y = torch.nn.functional.conv2d(x, self.weight, padding=1) + (self.bias * wave).view(1, -1, 1, 1)
        return torch.tanh(y)


def run(name, config, steps, model, x, eta, step_noise):
    # Through the class that the file names, as a pipeline has it, and from its config to the wanted class.
    own = {c.__name__: c for c in CLASSES.values()}.get(config["_class_name"], DDIMScheduler).from_config(config)
    scheduler = CLASSES[name].from_config(own.config)
    scheduler.set_timesteps(steps)
    timesteps, trajectory = [], []
    for i, t in enumerate(scheduler.timesteps):
        extra = dict(eta=eta, variance_noise=step_noise[i]) if eta > 0 else {}
        x = scheduler.step(model(x, t), t, x, **extra).prev_sample
        timesteps.append(int(t))
        trajectory.append(x)
    return timesteps, torch.stack(trajectory)


def sampler_configs():
    for prediction in ("epsilon", "v_prediction"):
        for spacing in ("leading", "trailing", "linspace"):
            yield dict(_class_name="DDIMScheduler", **STABLE_DIFFUSION, prediction_type=prediction,
                       timestep_spacing=spacing), (1, 2, 5, 10, 25, 50)
    sd15 = dict(_class_name="PNDMScheduler", **STABLE_DIFFUSION, skip_prk_steps=True)
    v_zero_snr = dict(_class_name="DDIMScheduler", **STABLE_DIFFUSION, prediction_type="v_prediction",
                      rescale_betas_zero_snr=True)
    yield sd15, (1, 2, 3, 4, 7, 50)
    yield dict(_class_name="PNDMScheduler"), (4, 20)
    yield dict(_class_name="DDIMScheduler"), (3, 20)
    yield {**STABLE_DIFFUSION, "_class_name": "PNDMScheduler", "set_alpha_to_one": True, "skip_prk_steps": True,
           "timestep_spacing": "linspace"}, (2, 9)
    yield {**STABLE_DIFFUSION, "_class_name": "DDIMScheduler", "set_alpha_to_one": True, "clip_sample": True,
           "clip_sample_range": 1.5}, (6,)
    yield {**v_zero_snr, "timestep_spacing": "trailing"}, (1, 8, 20)
    yield {**v_zero_snr, "timestep_spacing": "leading"}, (12,)
    dpm = dict(_class_name="DPMSolverMultistepScheduler", **STABLE_DIFFUSION)
    yield {**dpm, "solver_type": "heun", "final_sigmas_type": "sigma_min"}, (5, 20)
    yield {**dpm, "use_karras_sigmas": True}, (1, 5, 20)
    yield {**dpm, "lower_order_final": False, "final_sigmas_type": "sigma_min"}, (6,)
    yield {**dpm, "euler_at_final": True, "final_sigmas_type": "sigma_min"}, (16,)
    yield dict(_class_name="DPMSolverMultistepScheduler", beta_schedule="squaredcos_cap_v2",
               lambda_min_clipped=-5.1), (10,)


def make_samplers(folder, rng):
    store = Store()
    model = ToyModel(rng)
    start = torch.from_numpy(rng.standard_normal((1, 2, 3, 3)).astype(np.float32))
    for config, step_counts in sampler_configs():
        for name in CLASSES:
            if config["_class_name"] == "DPMSolverMultistepScheduler" and name != "dpmpp-2m":
                continue
            for steps in step_counts:
                # PNDMScheduler can't run Runge-Kutta steps with fewer than four.
                if name == "plms" and not config.get("skip_prk_steps") and steps < 4:
                    continue
                for eta in (0.0, 0.7) if name == "ddim" and steps in (5, 20) else (0.0,):
                    step_noise = torch.from_numpy(rng.standard_normal((steps, *start.shape)).astype(np.float32))
                    timesteps, trajectory = run(name, config, steps, model, start, eta, step_noise)
                    store.cases.append(dict(sampler=name, config=config, steps=steps, eta=eta, timesteps=timesteps,
                                            trajectory=store.put(trajectory),
                                            noise=store.put(step_noise) if eta > 0 else None))
    store.tensors.update(weight=model.weight, bias=model.bias, start=start)
    store.save(folder, "samplers")


def make_pipeline(folder, rng, base):
    store = Store()
    pipe = StableDiffusionPipeline.from_pretrained(base, torch_dtype=torch.float32)
    pipe.set_progress_bar_config(disable=True)
    factor = 2 ** (len(pipe.vae.config.block_out_channels) - 1)
    size, channels = pipe.unet.config.sample_size, pipe.unet.config.in_channels
    own = pipe.scheduler.config
    nouns = ["cat", "dog", "teapot", "boat", "tram"]
    scenes = ["on a beach", "in the snow", "on a table", "in a garden"]

    def prompt():
        return f"a photo of a {nouns[rng.integers(len(nouns))]} {scenes[rng.integers(len(scenes))]}"

    for name, guidance, shape, steps, negative in [
            ("ddim", 4.0, (2, size, size), 10, ""), ("plms", 4.0, (1, size, size), 10, "blurry, dark"),
            ("dpmpp-2m", 4.0, (1, size, size), 10, ""), ("dpmpp-2m", 1.0, (1, size + 4, size - 4), 5, ""),
            ("ddim", 7.5, (1, size, size), 4, "")]:
        pipe.scheduler = CLASSES[name].from_config(own)
        count, height, width = shape
        prompts = [prompt() for _ in range(count)]
        start = torch.from_numpy(rng.standard_normal((count, channels, height, width)).astype(np.float32))
        arguments = dict(prompt=prompts, negative_prompt=[negative] * count if negative else None,
                         num_inference_steps=steps, guidance_scale=guidance, height=height * factor,
                         width=width * factor)
        latents = pipe(**arguments, latents=start.clone(), output_type="latent").images
        decoded = pipe.vae.decode(latents[:1] / pipe.vae.config.scaling_factor).sample
        picture = pipe.image_processor.postprocess(decoded, output_type="np")[0]
        store.cases.append(dict(
            sampler=name, prompts=prompts, negative=negative, guidance=guidance, steps=steps, height=height * factor,
            width=width * factor, start=store.put(start), latents=store.put(latents),
            picture=store.put(torch.from_numpy(picture * 255).round()[::4, ::4])))
    store.save(folder, "pipeline")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--base", type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parents[2] / "resources" / "base")
    arguments = parser.parse_args()
    torch.set_grad_enabled(False)
    torch.set_num_threads(2)
    rng = np.random.default_rng(arguments.seed)
    folder = arguments.out / "diffusion"
    make_schedules(folder, rng)
    make_samplers(folder, rng)
    make_pipeline(folder, rng, arguments.base)


if __name__ == "__main__":
    main()
