"""Runs the samplers that ours must equal: diffusers' schedulers and k-diffusion's functions.

A reference is a function (name, config, kind, options, model) → Run, on the same noise. `config` is a scheduler file's
content, `kind` one of our schedules (core/api/sampler.h).
"""
import contextlib
import dataclasses
import importlib.util
import sys
import types

import diffusers
import numpy as np
import torch
from diffusers import (DDIMScheduler, DDPMScheduler, DPMSolverMultistepScheduler, EulerAncestralDiscreteScheduler,
                       EulerDiscreteScheduler, HeunDiscreteScheduler, KDPM2AncestralDiscreteScheduler,
                       KDPM2DiscreteScheduler, LCMScheduler, LMSDiscreteScheduler, PNDMScheduler,
                       UniPCMultistepScheduler)

CLASSES = {
    "ddim": DDIMScheduler, "plms": PNDMScheduler, "euler": EulerDiscreteScheduler,
    "euler-a": EulerAncestralDiscreteScheduler, "heun": HeunDiscreteScheduler, "dpm2": KDPM2DiscreteScheduler,
    "dpm2-a": KDPM2AncestralDiscreteScheduler, "dpmpp-2m": DPMSolverMultistepScheduler,
    "dpmpp-2m-sde": DPMSolverMultistepScheduler, "unipc": UniPCMultistepScheduler, "lms": LMSDiscreteScheduler,
    "lcm": LCMScheduler, "ddpm": DDPMScheduler}
K_FUNCTIONS = {
    "ddim": "sample_euler_ancestral", "ddpm": "sample_euler_ancestral", "euler": "sample_euler",
    "euler-a": "sample_euler_ancestral", "heun": "sample_heun", "dpm2": "sample_dpm_2",
    "dpm2-a": "sample_dpm_2_ancestral", "dpmpp-2s-a": "sample_dpmpp_2s_ancestral",
    "dpmpp-3m-sde": "sample_dpmpp_3m_sde", "lms": "sample_lms"}
SPREAD = ("karras", "exponential", "sgm-uniform")
NO_ZERO_SNR = ("heun", "dpm2", "dpm2-a", "lms")  # their classes drop rescale_betas_zero_snr
VARIANCE_PRESERVING = ("ddim", "ddpm")  # of K_FUNCTIONS


@dataclasses.dataclass
class Options:
    """What a run is told: `noise` and `original` in x's shape, `step_noise` one a step, `mask` 1 where x is free."""
    steps: int
    noise: torch.Tensor
    step_noise: torch.Tensor
    eta: float = 0.0
    strength: float = 1.0
    original: torch.Tensor | None = None
    mask: torch.Tensor | None = None

    @property
    def first(self):
        return self.steps - min(int(self.steps * self.strength), self.steps)

    def double(self):
        tensors = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        return Options(**{k: v.double() if isinstance(v, torch.Tensor) else v for k, v in tensors.items()})


@dataclasses.dataclass
class Run:
    reference: str
    timesteps: list
    trajectory: torch.Tensor


def load_k_diffusion():
    """k-diffusion's sampling and external modules. Its package imports far more than they need, which isn't there."""
    if "k_diffusion.sampling" not in sys.modules:
        absent = [name for name in ("torchsde", "torchdiffeq", "torchvision", "torchvision.transforms")
                  if importlib.util.find_spec(name.split(".")[0]) is None]
        for name in absent:
            sys.modules[name] = types.ModuleType(name)
            sys.modules[name].odeint = sys.modules[name].functional = None
        package = types.ModuleType("k_diffusion")
        package.__path__ = importlib.util.find_spec("k_diffusion").submodule_search_locations
        sys.modules["k_diffusion"] = package
        importlib.import_module("k_diffusion.external")
        for name in absent:
            del sys.modules[name]
    return sys.modules["k_diffusion.sampling"], sys.modules["k_diffusion.external"]


def adapted(name, config, kind):
    """The scheduler as a pipeline of the file makes it: of the file's class, and from that one's config of the other."""
    own = getattr(diffusers, config["_class_name"]).from_config(config)
    changes = {}
    if kind == "karras":
        changes = dict(use_karras_sigmas=True, use_exponential_sigmas=False)
    elif kind == "exponential":
        changes = dict(use_exponential_sigmas=True, use_karras_sigmas=False)
    elif kind in ("normal", "trailing", "sgm-uniform"):
        changes = dict(use_karras_sigmas=False, use_exponential_sigmas=False)
    if kind == "trailing":
        changes["timestep_spacing"] = "trailing"
    if kind == "sgm-uniform":
        changes["timestep_spacing"] = "linspace"
    if name == "dpmpp-2m":
        changes["algorithm_type"] = "dpmsolver++"
    elif name == "dpmpp-2m-sde":
        changes["algorithm_type"] = "sde-dpmsolver++"
    return CLASSES.get(name, EulerDiscreteScheduler).from_config(own.config, **changes)


def set_timesteps(scheduler, name, kind, steps):
    total = scheduler.config.num_train_timesteps
    if name == "lcm" and kind == "trailing":
        scheduler.set_timesteps(timesteps=[int(t) for t in np.arange(total, 0, -total / steps).round()[:steps] - 1])
    elif name == "lcm" and kind == "sgm-uniform":
        scheduler.set_timesteps(timesteps=[int(t) for t in np.linspace(0, total - 1, steps + 1).round()[::-1][:-1]])
    else:
        scheduler.set_timesteps(steps)


@contextlib.contextmanager
def step_noise(scheduler, options):
    """Lets a random scheduler draw options.step_noise, one a step, in the place of its module's randn_tensor."""
    module = sys.modules[type(scheduler).__module__]
    drawn = getattr(module, "randn_tensor", None)
    each = iter(options.step_noise[options.first:])
    module.randn_tensor = lambda *_, **__: next(each)
    try:
        yield
    finally:
        module.randn_tensor = drawn


def begin(scheduler, name, options):
    """The timesteps left by the strength, and x: as in diffusers' image-to-image pipeline."""
    first, order = options.first, scheduler.order
    timesteps = scheduler.timesteps
    if options.strength == 1 and options.original is None:
        return timesteps, options.noise * scheduler.init_noise_sigma
    if name == "plms" and first > 0:
        # Its list names the second timestep twice for the first step; cut in the middle it would miss one.
        base = torch.from_numpy(scheduler._timesteps[::-1].copy()).long()[first:]
        assert scheduler.config.skip_prk_steps
        timesteps = torch.cat([base[:2], base[1:]])
    else:
        timesteps = timesteps[first * order:]
    if hasattr(scheduler, "set_begin_index"):
        scheduler.set_begin_index(first * order)
    return timesteps, scheduler.add_noise(options.original, options.noise, timesteps[:1])


def blend(scheduler, options, x, following):
    """What diffusers' inpainting pipeline does after a step."""
    if options.mask is None:
        return x
    known = options.original
    if following is not None:
        known = scheduler.add_noise(known, options.noise, following.reshape(1))
    return (1 - options.mask) * known + options.mask * x


def run_diffusers(name, config, kind, options, model):
    scheduler = adapted(name, config, kind)
    set_timesteps(scheduler, name, kind, options.steps)
    told, trajectory = [], []
    with step_noise(scheduler, options):
        timesteps, x = begin(scheduler, name, options)
        for i, t in enumerate(timesteps):
            extra = {}
            if name == "ddim" and options.eta > 0:
                extra = dict(eta=options.eta, variance_noise=options.step_noise[options.first + i])
            x = scheduler.step(model(scheduler.scale_model_input(x, t), t), t, x, **extra).prev_sample
            x = blend(scheduler, options, x, timesteps[i + 1] if i + 1 < len(timesteps) else None)
            told.append(float(t))
            trajectory.append(x)
    return Run(type(scheduler).__name__, told, torch.stack(trajectory))


def sgm_sigmas(denoiser, steps):
    """AUTOMATIC1111's "SGM Uniform"."""
    last = len(denoiser.sigmas) - 1
    return torch.cat([denoiser.t_to_sigma(torch.linspace(last, 0, steps + 1, dtype=torch.float64)[:-1]),
                      torch.zeros(1, dtype=torch.float64)])


def run_k_diffusion(name, config, kind, options, model):
    """In fp64: its functions take small differences of large numbers, which in fp32 leaves few digits of some states."""
    sampling, external = load_k_diffusion()
    euler = adapted("euler", config, kind)
    euler.set_timesteps(options.steps)
    told, trajectory = [], []

    def inner(x, t):
        told.append(float(t[0]))
        return model(x, t[0])

    wrapper = (external.DiscreteVDDPMDenoiser if config.get("prediction_type") == "v_prediction"
               else external.DiscreteEpsDDPMDenoiser)
    denoiser = wrapper(inner, euler.alphas_cumprod.double(), quantize=False)
    options = options.double()
    sigmas = sgm_sigmas(denoiser, options.steps) if kind == "sgm-uniform" else euler.sigmas.double()
    if name != "euler":
        sigmas[-1] = 0  # EulerDiscreteScheduler alone stops above it, where a file asks for that
    sigmas = sigmas[options.first:]
    if options.original is not None:
        x = options.original + options.noise * sigmas[0]
    elif name in VARIANCE_PRESERVING:
        x = options.noise * (sigmas[0] ** 2 + 1) ** 0.5
    elif kind == "sgm-uniform":
        x = options.noise * sigmas[0]
    else:
        x = options.noise * euler.init_noise_sigma
    levels = list(sigmas)
    if name in ("dpm2", "dpm2-a") and spread_of(name, config, kind) == "karras":
        # Their classes round the timesteps of Karras' levels, but not those between them, of each second evaluation.
        exact = denoiser.sigma_to_t
        denoiser.sigma_to_t = lambda sigma: exact(sigma).round() if len(told) % 2 == 0 else exact(sigma)

    def noise_sampler(sigma, _):
        step = min(range(len(levels)), key=lambda i: abs(float(levels[i]) - float(sigma)))
        return options.step_noise[options.first + step]

    extra = {}
    if "ancestral" in K_FUNCTIONS[name] or "sde" in K_FUNCTIONS[name]:
        extra["noise_sampler"] = noise_sampler
    if name == "ddim":
        extra["eta"] = options.eta

    def keep(state):
        trajectory.append(state["x"])

    x = getattr(sampling, K_FUNCTIONS[name])(denoiser, x, sigmas, callback=keep, disable=True, **extra)
    # The callback sees x before each step; what follows the last is the result.
    states = trajectory[1:] + [x]
    if name in VARIANCE_PRESERVING:
        states = [state / (sigma ** 2 + 1) ** 0.5 for state, sigma in zip(states, levels[1:])]
    return Run("k-diffusion " + K_FUNCTIONS[name], told, torch.stack(states))


def spread_of(name, config, kind):
    """The schedule, where a file may ask for one."""
    if kind != "model" or name not in K_FUNCTIONS or name in VARIANCE_PRESERVING:
        return kind
    return next((word for word in ("karras", "exponential") if config.get(f"use_{word}_sigmas")), kind)


def reference(name, config, kind, options):
    """The function that this case must equal; None where ours refuses the combination."""
    zero_snr = config.get("rescale_betas_zero_snr", False)
    kind = spread_of(name, config, kind)
    if (name == "plms" and kind in SPREAD) or (name == "lcm" and kind in ("karras", "exponential")):
        return None
    if name == "dpm2-a" and options.steps < 5:
        return run_k_diffusion  # its class finds the lower level by a difference in fp32, of which few steps leave little
    if name in ("dpmpp-2s-a", "dpmpp-3m-sde"):
        return run_k_diffusion  # diffusers has no such class, or a wrong constant in it
    if name == "euler-a" and kind in ("karras", "exponential"):
        return run_k_diffusion
    if (name in VARIANCE_PRESERVING and kind in SPREAD) or (kind == "sgm-uniform" and name in K_FUNCTIONS):
        return run_k_diffusion
    if zero_snr and name in NO_ZERO_SNR:
        return run_k_diffusion
    if name == "lms" and options.first > 0:
        return run_k_diffusion  # LMSDiscreteScheduler then pairs coefficients with slopes that it doesn't have
    return run_diffusers
