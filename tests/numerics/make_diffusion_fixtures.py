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
from diffusers import DDIMScheduler, DDPMScheduler, StableDiffusionPipeline
from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion import rescale_noise_cfg
from safetensors.torch import save_file

from counter_noise import SAMPLER_NOISE, normal
from sampler_references import Options, adapted, reference, run_k_diffusion, step_noise

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
        wave = float(np.cos(float(t) / 100.0))
        weight, bias = self.weight.to(x.dtype), self.bias.to(x.dtype)
        y = torch.nn.functional.conv2d(x, weight, padding=1) + (bias * wave).view(1, -1, 1, 1)
        return torch.tanh(y)


ALL = ("ddim", "plms", "euler", "euler-a", "heun", "dpm2", "dpm2-a", "dpmpp-2s-a", "dpmpp-2m", "dpmpp-2m-sde",
       "dpmpp-3m-sde", "unipc", "lms", "lcm", "ddpm")
KINDS = ("model", "normal", "karras", "exponential", "sgm-uniform", "trailing")
SD15 = dict(_class_name="PNDMScheduler", **STABLE_DIFFUSION, skip_prk_steps=True)
SD21_V = dict(_class_name="DDIMScheduler", **STABLE_DIFFUSION, prediction_type="v_prediction")
SDXL = dict(_class_name="EulerDiscreteScheduler", **STABLE_DIFFUSION, timestep_spacing="leading",
            interpolation_type="linear")
ZERO_SNR = {**SD21_V, "rescale_betas_zero_snr": True, "timestep_spacing": "trailing"}


def first_samplers_cases():
    """(name, config, kind, steps, …) of DDIM, PLMS and DPM++ 2M in all that their files can say."""
    for prediction in ("epsilon", "v_prediction"):
        for spacing in ("leading", "trailing", "linspace"):
            yield ALL_THREE, dict(_class_name="DDIMScheduler", **STABLE_DIFFUSION, prediction_type=prediction,
                                  timestep_spacing=spacing), (1, 2, 5, 10, 25, 50)
    yield ALL_THREE, SD15, (1, 2, 3, 4, 7, 50)
    yield ALL_THREE, dict(_class_name="PNDMScheduler"), (4, 20)
    yield ALL_THREE, dict(_class_name="DDIMScheduler"), (3, 20)
    yield ALL_THREE, {**SD15, "set_alpha_to_one": True, "timestep_spacing": "linspace"}, (2, 9)
    yield ALL_THREE, {**STABLE_DIFFUSION, "_class_name": "DDIMScheduler", "set_alpha_to_one": True,
                      "clip_sample": True, "clip_sample_range": 1.5}, (6,)
    yield ALL_THREE, ZERO_SNR, (1, 8, 20)
    yield ALL_THREE, {**ZERO_SNR, "timestep_spacing": "leading"}, (12,)


def multistep_cases():
    dpm = dict(_class_name="DPMSolverMultistepScheduler", **STABLE_DIFFUSION)
    both = ("dpmpp-2m", "dpmpp-2m-sde")
    yield both, {**dpm, "solver_type": "heun", "final_sigmas_type": "sigma_min"}, (5, 20)
    yield (*both, "unipc"), {**dpm, "use_karras_sigmas": True}, (1, 5, 20)
    yield both, {**dpm, "lower_order_final": False, "final_sigmas_type": "sigma_min"}, (6,)
    yield both, {**dpm, "euler_at_final": True, "final_sigmas_type": "sigma_min"}, (16,)
    yield both, dict(_class_name="DPMSolverMultistepScheduler", beta_schedule="squaredcos_cap_v2",
                     lambda_min_clipped=-5.1), (10,)
    uni = dict(_class_name="UniPCMultistepScheduler", **STABLE_DIFFUSION)
    for order in (1, 2, 3):
        yield ("unipc",), {**uni, "solver_order": order, "solver_type": "bh2"}, (1, 3, 12)
        # B1 of the step to a level of zero is infinite, and UniPCMultistepScheduler then multiplies it by nothing: NaN.
        yield ("unipc",), {**uni, "solver_order": order, "solver_type": "bh1", "final_sigmas_type": "sigma_min"}, (1, 3, 12)
    yield ("unipc",), {**uni, "solver_order": 3, "lower_order_final": False, "final_sigmas_type": "sigma_min"}, (7,)


def sigma_cases():
    in_sigma = tuple(name for name in ALL if name not in ("ddim", "plms", "lcm", "ddpm", "dpmpp-2m", "dpmpp-2m-sde",
                                                          "unipc"))
    yield in_sigma, {**SDXL, "use_karras_sigmas": True}, (1, 6)
    yield in_sigma, {**SDXL, "use_exponential_sigmas": True}, (6,)
    yield ("euler",), {**SDXL, "final_sigmas_type": "sigma_min"}, (5,)
    yield ("euler",), {**SDXL, "use_karras_sigmas": True, "sigma_min": 0.1, "sigma_max": 9.0}, (5,)
    yield ("heun",), {**SDXL, "clip_sample": True}, (5,)
    yield ("lcm",), dict(_class_name="LCMScheduler", original_inference_steps=40, clip_sample=True), (4, 40)
    yield ("ddpm",), dict(_class_name="DDPMScheduler"), (5, 50)


ALL_THREE = ("ddim", "plms", "dpmpp-2m")


def sampler_cases():
    """Everything that is compared, as keyword arguments of add_case."""
    for cases in (first_samplers_cases, multistep_cases, sigma_cases):
        for names, config, step_counts in cases():
            for name in names:
                for steps in step_counts:
                    yield dict(name=name, config=config, steps=steps)
                    if name == "ddim" and steps in (5, 20):
                        yield dict(name=name, config=config, steps=steps, eta=0.7)
    for name in ALL:
        for kind in KINDS:
            for config in (SD15, SD21_V):
                for steps in (1, 2, 9, 20) if kind == "model" else (9,):
                    yield dict(name=name, config=config, kind=kind, steps=steps)
        yield dict(name=name, config=SDXL, steps=7)
        for kind in ("model", "karras", "sgm-uniform"):
            yield dict(name=name, config=ZERO_SNR, kind=kind, steps=8)
        # Without a spacing in the file each class takes its own.
        yield dict(name=name, config=dict(_class_name="DDIMScheduler", **STABLE_DIFFUSION), steps=6)
        for strength, kind in ((0.6, "model"), (0.29, "trailing")):
            yield dict(name=name, config=SD15, kind=kind, steps=10, strength=strength)
        if name not in ("dpm2", "dpm2-a", "dpmpp-2s-a", "dpmpp-3m-sde", "lms"):
            config = SD15 if name == "plms" else SD21_V
            yield dict(name=name, config=config, steps=8, strength=0.75, masked=True)
    for kind in ("karras", "sgm-uniform"):
        yield dict(name="ddim", config=SD15, kind=kind, steps=6, eta=0.5)


class CaseMaker:
    def __init__(self, rng):
        self.rng, self.store, self.model = rng, Store(), ToyModel(rng)
        self.noise, self.original = self.draw(1, 2, 3, 3), self.draw(1, 2, 3, 3)
        self.step_noise = self.draw(50, 1, 2, 3, 3)
        self.configs = []
        self.mask = torch.from_numpy((rng.random((1, 1, 3, 3)) < 0.5).astype(np.float32))

    def draw(self, *shape):
        return torch.from_numpy(self.rng.standard_normal(shape).astype(np.float32))

    def add(self, name, config, steps, kind="model", eta=0.0, strength=1.0, masked=False):
        # PNDMScheduler can't run Runge-Kutta steps with fewer than four.
        if name == "plms" and not config.get("skip_prk_steps") and steps < 4:
            return
        # k-diffusion's function can't take one step alone.
        if name == "dpmpp-3m-sde" and int(steps * strength) < 2:
            return
        options = Options(steps, self.noise, self.step_noise[:steps], eta, strength,
                          self.original if strength < 1 else None, self.mask if masked else None)
        run_reference = reference(name, config, kind, options)
        if run_reference is None:
            return
        run = run_reference(name, config, kind, options, self.model)
        if config not in self.configs:
            self.configs.append(config)
        self.store.cases.append(dict(
            sampler=name, config=self.configs.index(config), schedule=kind, steps=steps, eta=eta, strength=strength,
            masked=masked, reference=run.reference, timesteps=[round(t, 4) for t in run.timesteps],
            trajectory=self.store.put(run.trajectory)))

    def save(self, folder):
        self.store.tensors.update(weight=self.model.weight, bias=self.model.bias, start=self.noise,
                                  original=self.original, mask=self.mask, step_noise=self.step_noise)
        self.store.save(folder, "samplers", dict(configs=self.configs))


def make_samplers(folder, rng):
    maker = CaseMaker(rng)
    for case in sampler_cases():
        maker.add(**case)
    maker.save(folder)


def guided_model(pipe, prompts, negative, guidance):
    """The UNet under guidance, as a sampler calls it."""
    encode = lambda text: pipe.text_encoder(pipe.tokenizer(
        text, padding="max_length", max_length=pipe.tokenizer.model_max_length, truncation=True,
        return_tensors="pt").input_ids)[0]
    text = torch.cat([encode([negative] * len(prompts)), encode(prompts)])

    def model(x, t):
        both = torch.cat([x, x]).to(text.dtype)
        away, to = pipe.unet(both, t.to(text.dtype), encoder_hidden_states=text).sample.to(x.dtype).chunk(2)
        return away + guidance * (to - away)

    return model


def sample_picture(pipe, own, prompts, start, seed, factor, name, steps, kind="model", guidance=4.0, rescale=0.0,
                   negative="", shape=None):
    """One case: the final latents, by the pipeline or, where diffusers has no such sampler, by k-diffusion."""
    noise = torch.stack([normal(start.shape[1:], seed, step, SAMPLER_NOISE) for step in range(steps)])[:, None]
    options = Options(steps, start, noise)
    chosen = reference(name, own, kind, options)
    if chosen is run_k_diffusion:
        latents = chosen(name, own, kind, options, guided_model(pipe, prompts, negative, guidance)).trajectory[-1].float()
    else:
        pipe.scheduler = adapted(name, own, kind)
        with step_noise(pipe.scheduler, options):
            latents = pipe(prompt=prompts, negative_prompt=[negative] * len(prompts) if negative else None,
                           num_inference_steps=steps, guidance_scale=guidance, guidance_rescale=rescale,
                           height=start.shape[2] * factor, width=start.shape[3] * factor, latents=start.clone(),
                           output_type="latent").images
    return dict(sampler=name, schedule=kind, negative=negative, guidance=guidance, rescale=rescale, steps=steps,
                seed=seed, latents=latents)


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

    # DDIM, PLMS and DPM++ 2M at the model's own size, all others small.
    small = (1, size // 2, size // 2)
    cases = [
        dict(name="ddim", shape=(2, size, size), steps=10), dict(name="plms", negative="blurry, dark", steps=10),
        dict(name="dpmpp-2m", steps=10), dict(name="dpmpp-2m", guidance=1.0, shape=(1, size + 4, size - 4), steps=5),
        dict(name="ddim", guidance=7.5, steps=4), dict(name="ddim", guidance=7.5, rescale=0.7, shape=small, steps=5)]
    cases += [dict(name=name, shape=small, steps=6) for name in ALL if name not in ALL_THREE]
    cases += [dict(name=name, kind=kind, shape=small, steps=6) for name, kind in (
        ("euler", "karras"), ("dpmpp-2m", "exponential"), ("dpmpp-2m-sde", "karras"), ("euler-a", "sgm-uniform"),
        ("dpmpp-3m-sde", "exponential"), ("ddim", "trailing"))]
    for case in cases:
        shape = case.get("shape", (1, size, size))
        count, height, width = shape
        prompts = [prompt() for _ in range(count)]
        start = torch.from_numpy(rng.standard_normal((count, channels, height, width)).astype(np.float32))
        made = sample_picture(pipe, own, prompts, start, int(rng.integers(2**40)), factor=factor, **case)
        decoded = pipe.vae.decode(made["latents"][:1] / pipe.vae.config.scaling_factor).sample
        picture = pipe.image_processor.postprocess(decoded, output_type="np")[0]
        store.cases.append({**made, "prompts": prompts, "height": height * factor, "width": width * factor,
                            "start": store.put(start), "latents": store.put(made["latents"]),
                            "picture": store.put(torch.from_numpy(picture * 255).round()[::4, ::4])})
    guided, conditional = (torch.from_numpy(rng.standard_normal((2, 3, 4, 5)).astype(np.float32)) for _ in range(2))
    rescaled = rescale_noise_cfg(guided * 3, conditional, guidance_rescale=0.7)
    store.tensors.update(guided=guided * 3, conditional=conditional, rescaled=rescaled)
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
