#!/usr/bin/env python3
"""The plain diffusers side of compare.py: the same work as likeness_bench, in one process, one JSON line.

usage: reference.py train|sample|picture MODEL STEPS BATCH PRECISION THREADS

train: a DreamBooth loop as in diffusers' script (UNet and text encoder, AdamW, clipping, prior loss) on latents that
were encoded once, so that both sides are spared the VAE. sample: StableDiffusionPipeline with DDIM and guidance 4, to latents.
picture: the same to the decoded picture, all steps timed but the first.
"""
import json
import os
import resource
import sys
import time



def process_start():
    """Seconds since the epoch at which this process was started, imports included."""
    with open("/proc/self/stat") as stat:
        ticks = int(stat.read().rsplit(")", 1)[1].split()[19])
    with open("/proc/uptime") as uptime:
        boot = time.time() - float(uptime.read().split()[0])
    return boot + ticks / os.sysconf("SC_CLK_TCK")


def report(first_done, seconds, begun):
    seconds = sorted(seconds)
    print(json.dumps({
        "startup_seconds": first_done - begun,
        "step_seconds": seconds[len(seconds) // 2],
        "total_seconds": time.time() - begun,
        "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }))


def tokens(pipe, text):
    import torch
    ids = pipe.tokenizer(text, padding="max_length", max_length=77, truncation=True).input_ids
    return torch.tensor([ids])


def train(pipe, steps, batch, precision, begun):
    import torch
    unet, text_encoder, schedule = pipe.unet, pipe.text_encoder, pipe.scheduler
    pipe.vae.requires_grad_(False)
    unet.train()
    text_encoder.train()
    side = unet.config.sample_size
    images = torch.rand(8, 3, side * 8, side * 8) * 2 - 1
    with torch.no_grad():
        latents = pipe.vae.encode(images).latent_dist.sample() * pipe.vae.config.scaling_factor
    ids = torch.cat([tokens(pipe, "a photo of a sks dog").expand(batch, -1), tokens(pipe, "a photo of a dog").expand(batch, -1)])
    parameters = list(unet.parameters()) + list(text_encoder.parameters())
    optimizer = torch.optim.AdamW([{"params": unet.parameters(), "lr": 1e-5},
                                   {"params": text_encoder.parameters(), "lr": 1e-6}], weight_decay=1e-2)
    seconds, first_done = [], None
    for step in range(steps + 2):
        started = time.time()
        clean = latents[torch.randint(len(latents), (2 * batch,))]
        noise = torch.randn_like(clean)
        t = torch.randint(0, 1000, (2 * batch,))
        noisy = schedule.add_noise(clean, noise, t)
        with torch.autocast("cpu", torch.bfloat16, enabled=precision == "bf16"):
            prediction = unet(noisy, t, text_encoder(ids)[0], return_dict=False)[0]
        instance, prior = prediction.float().chunk(2)
        wanted_instance, wanted_prior = noise.chunk(2)
        loss = torch.nn.functional.mse_loss(instance, wanted_instance) + torch.nn.functional.mse_loss(prior, wanted_prior)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        loss.item()
        now = time.time()
        first_done = first_done or now
        if step >= 2:
            seconds.append(now - started)
    report(first_done, seconds, begun)


def run_pipeline(pipe, steps, batch, precision, output):
    """When each step ended."""
    import torch
    from diffusers import DDIMScheduler
    pipe.scheduler = DDIMScheduler.from_config(pipe.scheduler.config)
    pipe.set_progress_bar_config(disable=True)
    times = []

    def on_step(pipeline, step, timestep, tensors):
        times.append(time.time())
        return tensors

    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, enabled=precision == "bf16"):
        pipe("a photo of a dog in the snow", num_inference_steps=steps, guidance_scale=4.0, num_images_per_prompt=batch,
             output_type=output, callback_on_step_end=on_step, generator=torch.Generator().manual_seed(0))
    return times


def sample(pipe, steps, batch, precision, begun):
    times = run_pipeline(pipe, steps + 2, batch, precision, "latent")
    report(times[0], [b - a for a, b in zip(times, times[1:])][1:], begun)


def picture(pipe, steps, batch, precision, begun):
    times = run_pipeline(pipe, steps, batch, precision, "pil")
    report(times[0], [b - a for a, b in zip(times, times[1:])], begun)


def main():
    what, model, steps, batch, precision, threads = sys.argv[1:7]
    begun = process_start()
    import torch
    torch.set_num_threads(int(threads))
    torch.manual_seed(0)
    from diffusers import StableDiffusionPipeline
    pipe = StableDiffusionPipeline.from_pretrained(model, torch_dtype=torch.float32)
    {"train": train, "sample": sample, "picture": picture}[what](pipe, int(steps), int(batch), precision, begun)


if __name__ == "__main__":
    main()
