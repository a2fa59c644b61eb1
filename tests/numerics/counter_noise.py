"""The program's counter-based random numbers (core/tensor/random.h) once more, so that a reference can draw the same."""
import numpy as np
import torch

SAMPLE_NOISE, DROPOUT, SAMPLER_NOISE, ADAPTER_START = 1, 7, 9, 13


def philox(counter, key):
    """Philox4x32-10 (Salmon et al. 2011): counter four uint64 arrays below 2^32, key two numbers."""
    c = [np.asarray(word, np.uint64) for word in counter]
    key0, key1 = np.uint64(key[0]), np.uint64(key[1])
    low, half = np.uint64(0xFFFFFFFF), np.uint64(32)
    for _ in range(10):
        p0, p1 = np.uint64(0xD2511F53) * c[0], np.uint64(0xCD9E8D57) * c[2]
        c = [(p1 >> half) ^ c[1] ^ key0, p1 & low, (p0 >> half) ^ c[3] ^ key1, p0 & low]
        key0, key1 = (key0 + np.uint64(0x9E3779B9)) & low, (key1 + np.uint64(0xBB67AE85)) & low
    return c


def blocks_of(count, seed, step, stream, item):
    """The first blocks of four whole numbers of a RandomKey, enough for `count`."""
    word = 0xFFFFFFFF
    mixed = philox((seed & word, seed >> 32, step >> 32, stream), (0x4C696B65, 0x6E657373))
    blocks = np.arange((count + 3) // 4, dtype=np.uint64)
    zeros = np.zeros_like(blocks)
    return philox((blocks, zeros ^ mixed[2], zeros + np.uint64(step & word), zeros + np.uint64(item)),
                  (int(mixed[0]), int(mixed[1])))


def uniform(shape, seed, step, stream, item=0):
    """Numbers in [0, 1) of a RandomKey, as fp32."""
    count = int(np.prod(shape))
    bits = blocks_of(count, seed, step, stream, item)
    flat = np.stack([(b >> np.uint64(8)).astype(np.float32) * np.float32(2.0 ** -24) for b in bits], 1).reshape(-1)
    return torch.from_numpy(flat[:count].copy()).reshape(shape)


def normal(shape, seed, step, stream, item=0):
    """Standard normal noise of a RandomKey, as fp32."""
    count = int(np.prod(shape))
    bits = blocks_of(count, seed, step, stream, item)
    uniform = [(b.astype(np.float64) + 1) * 2.0 ** -32 for b in bits]
    values = []
    for first, second in ((0, 1), (2, 3)):
        radius, angle = np.sqrt(-2 * np.log(uniform[first])), 2 * np.pi * uniform[second]
        values += [radius * np.cos(angle), radius * np.sin(angle)]
    flat = np.stack(values, 1).reshape(-1)[:count]
    return torch.from_numpy(flat.astype(np.float32)).reshape(shape)
