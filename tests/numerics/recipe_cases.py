"""What make_recipe_fixtures.py trains with: the cases, and from papers the optimizers that libraries lack."""
import math

import torch
from prodigyopt import Prodigy
from transformers.optimization import Adafactor

WEIGHT_DECAY = 1e-2
BLOCK, FEWEST = 256, 4096
# What a case changes; "draws" names the recorded draws and with them the model, see make_train_fixtures.py.
OPTIMIZERS = {
    "adamw8bit": dict(optimizer="adamw8bit"),
    "sgd": dict(optimizer="sgd", learning_rate=2e-2, text_encoder_learning_rate=1e-2),
    "lion": dict(optimizer="lion", learning_rate=2e-5, text_encoder_learning_rate=1e-5),
    "adafactor": dict(optimizer="adafactor"),
    "adafactor_relative": dict(optimizer="adafactor", adafactor_relative_step=True),
    "prodigy": dict(optimizer="prodigy", learning_rate=1.0, text_encoder_learning_rate=1.0),
}
LOSSES = {
    "min_snr": dict(snr_gamma=5.0),
    "huber": dict(loss="huber", huber_schedule="snr"),
    "smooth_l1": dict(loss="smooth-l1", huber_schedule="exponential"),
    "debiased": dict(debiased_estimation=True),
    "ema": dict(ema_decay=0.9),
    "checkpointing": dict(gradient_checkpointing=True),
}
CASES = {f"{name}_{draws}": dict(changes, draws=draws) for draws in ("epsilon", "v_prediction", "xl")
         for name, changes in {**OPTIMIZERS, **LOSSES}.items()}
CASES["prodigy_careful"] = dict(OPTIMIZERS["prodigy"], draws="epsilon", prodigy_bias_correction=True,
                                prodigy_safeguard_warmup=True, prodigy_d_coef=0.5, lr_warmup_steps=5)
# With d_coef 1 Prodigy's rate grows so large here that training is unstable: rounding errors grow to 3e-3 of the loss
# for the first and 1e-4 for the second.
for unstable in ("prodigy_epsilon", "prodigy_xl"):
    CASES[unstable]["prodigy_d_coef"] = 0.2
CASES["huber_constant"] = dict(loss="huber", huber_schedule="constant", huber_c=0.3, draws="epsilon")
CASES["ema_warmup"] = dict(ema_decay=0.95, ema_warmup=True, ema_inv_gamma=2.0, ema_power=0.75, draws="epsilon")


class Sgdw:
    """torch.optim.SGD with decoupled decay: Loshchilov and Hutter 2019, algorithm 1."""

    def __init__(self, parameters, lr):
        self.inner = torch.optim.SGD(parameters, lr=lr, momentum=0.9)

    def step(self, rate):
        group = self.inner.param_groups[0]
        group["lr"] = rate
        for p in group["params"]:
            if p.grad is not None:
                p.data.mul_(1 - rate * WEIGHT_DECAY)
        self.inner.step()


class Lion:
    """Chen et al. 2023, algorithm 2."""

    def __init__(self, parameters, lr):
        self.parameters, self.moments = parameters, [torch.zeros_like(p) for p in parameters]

    @torch.no_grad()
    def step(self, rate):
        for p, m in zip(self.parameters, self.moments):
            if p.grad is None:
                continue
            c = 0.9 * m + (1 - 0.9) * p.grad
            p.mul_(1 - rate * WEIGHT_DECAY).sub_(rate * torch.sign(c))
            m.copy_(0.99 * m + (1 - 0.99) * p.grad)


def dynamic_map(signed):
    """The dynamic tree data type of Dettmers et al. 2022, section 2.1: of 8 bits, one for the sign if there is one, a
    run of zeros for the decade, an indicator bit, and the rest for equal steps between 0.1 and 1 of that decade."""
    values = [0.0, 1.0]
    for decade in range(7):
        edges = torch.linspace(0.1, 1, 2 ** (decade if signed else decade + 1) + 1)
        middles = (edges[:-1] + edges[1:]) / 2 * 10.0 ** (decade - 6)
        values += middles.tolist() + ((-middles).tolist() if signed else [])
    assert len(values) == 256
    return torch.tensor(sorted(values), dtype=torch.float32)


class AdamW8bit:
    """Dettmers et al. 2022 with bitsandbytes' block size, bound and order of operations. Weights of four axes are cut
    into blocks in channels-last order, as they lie in our memory."""

    def __init__(self, parameters, lr):
        small = [p for p in parameters if p.numel() < FEWEST]
        self.large = [p for p in parameters if p.numel() >= FEWEST]
        self.small = torch.optim.AdamW(small, lr=lr, weight_decay=WEIGHT_DECAY)
        self.maps = [dynamic_map(True), dynamic_map(False)]
        self.state = [[self.quantised(self.flat(p) * 0, m) for m in self.maps] for p in self.large]
        self.count = 0

    @staticmethod
    def flat(tensor):
        return (tensor.permute(0, 2, 3, 1) if tensor.dim() == 4 else tensor).reshape(-1)

    @staticmethod
    def unflat(values, like):
        if like.dim() != 4:
            return values.view_as(like)
        n, c, h, w = like.shape
        return values.view(n, h, w, c).permute(0, 3, 1, 2)

    @staticmethod
    def quantised(values, table):
        blocks = torch.nn.functional.pad(values, (0, -len(values) % BLOCK)).view(-1, BLOCK)
        largest = blocks.abs().amax(1, keepdim=True)
        shares = torch.where(largest > 0, blocks / largest, torch.zeros_like(blocks))
        codes = torch.bucketize(shares, (table[:-1] + table[1:]) / 2)
        if table[0] < 0:  # a negative moment stays negative
            codes = codes - ((blocks < 0) & (table[codes] >= 0)).long()
        return codes, largest

    @staticmethod
    def restored(state, table, length):
        codes, largest = state
        return (table[codes] * largest).view(-1)[:length]

    @torch.no_grad()
    def step(self, rate):
        self.small.param_groups[0]["lr"] = rate
        self.small.step()
        self.count += 1
        correction1, correction2 = 1 - 0.9 ** self.count, math.sqrt(1 - 0.999 ** self.count)
        for p, state in zip(self.large, self.state):
            if p.grad is None:
                continue
            g = self.flat(p.grad)
            m, v = (self.restored(s, t, len(g)) for s, t in zip(state, self.maps))
            m, v = 0.9 * m + (1 - 0.9) * g, 0.999 * v + (1 - 0.999) * g * g
            w = self.flat(p) - rate * correction2 / correction1 * (m / (v.sqrt() + correction2 * 1e-8))
            p.copy_(self.unflat(w * (1 - rate * WEIGHT_DECAY), p))
            state[:] = [self.quantised(x, t) for x, t in zip((m, v), self.maps)]


class UsedRows:
    """Of a token embedding only the rows that the prompts use, as a small matrix of its own, which is what our trainer
    gives to an optimizer; the others get their weight decay. To an optimizer that works element by element that makes no
    difference, so only those that look at whole matrices or blocks are given it."""

    def __init__(self, weight, rows):
        self.weight, self.rows = weight, rows
        self.unused = torch.ones(len(weight), dtype=torch.bool)
        self.unused[rows] = False
        self.values = torch.nn.Parameter(weight.detach()[rows].clone())

    def before(self):
        self.values.grad = None if self.weight.grad is None else self.weight.grad[self.rows]
        self.scale = self.values.detach().norm() / self.values.numel() ** 0.5

    @torch.no_grad()
    def after(self, case, rate, count):
        if self.values.grad is None:
            return
        if case.get("adafactor_relative_step"):
            rate = min(1e-2, count ** -0.5) * max(1e-3, float(self.scale))
        self.weight[self.unused] *= 1 - rate * WEIGHT_DECAY
        self.weight[self.rows] = self.values


class WithUsedRows:
    def __init__(self, case, parameters, lr, weight, rows):
        self.case, self.used, self.count = case, UsedRows(weight, rows), 0
        others = [p for p in parameters if p is not weight]
        self.inner = build(case, [*others, self.used.values], lr)

    def step(self, rate):
        self.count += 1
        self.used.before()
        self.inner.step(rate)
        self.used.after(self.case, rate, self.count)


class Library:
    """An optimizer of a library, with the rate set from outside."""

    def __init__(self, inner):
        self.inner = inner

    def step(self, rate):
        if self.inner.param_groups[0]["lr"] is not None:
            self.inner.param_groups[0]["lr"] = rate
        self.inner.step()

    def scale(self):
        return self.inner.param_groups[0].get("d", 1.0)


def make_optimizer(case, parameters, lr, embedding=None, rows=None):
    """`embedding`: the part's token embedding, if it has one, and the rows that prompts use."""
    if embedding is not None and case.get("optimizer") in ("adafactor", "adamw8bit"):
        return WithUsedRows(case, parameters, lr, embedding, rows)
    return build(case, parameters, lr)


def build(case, parameters, lr):
    kind = case.get("optimizer", "adamw")
    if kind == "adafactor":
        relative = case.get("adafactor_relative_step", False)
        return Library(Adafactor(parameters, lr=None if relative else lr, relative_step=relative,
                                 scale_parameter=relative, weight_decay=WEIGHT_DECAY))
    if kind == "prodigy":
        return Library(Prodigy(parameters, lr=lr, weight_decay=WEIGHT_DECAY, d_coef=case.get("prodigy_d_coef", 1.0),
                               use_bias_correction=case.get("prodigy_bias_correction", False),
                               safeguard_warmup=case.get("prodigy_safeguard_warmup", False)))
    if kind == "adamw":
        return Library(torch.optim.AdamW(parameters, lr=lr, weight_decay=WEIGHT_DECAY))
    return {"adamw8bit": AdamW8bit, "sgd": Sgdw, "lion": Lion}[kind](parameters, lr)


def sample_losses(case, schedule, prediction, target, timesteps):
    """One loss a sample, by the formulas of sd-scripts' documentation and the papers."""
    error, alphas = prediction.float() - target, schedule.alphas_cumprod
    kind, c = case.get("loss", "mse"), case.get("huber_c", 0.1)
    if kind == "mse":
        losses = error.pow(2)
    else:
        a = alphas[timesteps]
        delta = {"constant": torch.full_like(a, c),
                 "exponential": torch.exp(math.log(c) * timesteps / 1000),
                 "snr": (1 - c) / (1 + ((1 - a) / a).sqrt()) ** 2 + c}[case["huber_schedule"]].view(-1, 1, 1, 1)
        losses = 2 * ((error ** 2 + delta ** 2).sqrt() - delta) * (delta if kind == "huber" else 1)
    snr = alphas[timesteps] / (1 - alphas[timesteps])
    epsilon, weight = case["prediction"] == "epsilon", torch.ones_like(snr)
    if case.get("snr_gamma"):
        weight = torch.minimum(snr, torch.full_like(snr, case["snr_gamma"])) / (snr if epsilon else snr + 1)
    if case.get("debiased_estimation"):
        bounded = snr.clamp(max=1000)
        weight = weight * (1 / bounded.sqrt() if epsilon else 1 / (bounded + 1))
    return losses.mean((1, 2, 3)) * weight
