"""Writes a .ckpt as torch.save does, from a .safetensors file. Standard library only."""

import collections
import io
import json
import pickle
import sys
import types
import zipfile

TYPES = {"F32": ("FloatStorage", 4), "F16": ("HalfStorage", 2), "BF16": ("BFloat16Storage", 2),
         "I64": ("LongStorage", 8)}


def stub(module, name):
    """Something that pickles as module.name."""
    def function(*_):
        raise AssertionError("only a name")
    function.__module__, function.__name__, function.__qualname__ = module, name, name
    return function


class Storage:
    def __init__(self, kind, key, count):
        self.kind, self.key, self.count = kind, key, count


class Tensor:
    def __init__(self, rebuild, storage, shape):
        self.rebuild, self.storage, self.shape = rebuild, storage, tuple(shape)

    def __reduce__(self):
        strides = []
        for size in reversed(self.shape):
            strides.insert(0, 1 if not strides else strides[0] * last)
            last = size
        return self.rebuild, (self.storage, 0, self.shape, tuple(strides), False, collections.OrderedDict())


class Pickler(pickle.Pickler):
    def persistent_id(self, value):
        return ("storage", value.kind, value.key, "cpu", value.count) if isinstance(value, Storage) else None


def read_safetensors(file):
    """The tensors of a file: (name, dtype, shape, bytes)."""
    content = file.read_bytes()
    size = int.from_bytes(content[:8], "little")
    header = json.loads(content[8:8 + size])
    header.pop("__metadata__", None)
    for name, info in header.items():
        begin, end = (8 + size + offset for offset in info["data_offsets"])
        yield name, info["dtype"], info["shape"], content[begin:end]


def write_ckpt(source, target):
    """The same tensors under the key state_dict, without metadata."""
    torch, utils = types.ModuleType("torch"), types.ModuleType("torch._utils")
    utils._rebuild_tensor_v2 = stub("torch._utils", "_rebuild_tensor_v2")
    for name, _ in TYPES.values():
        setattr(torch, name, stub("torch", name))
    before = {name: sys.modules.get(name) for name in ("torch", "torch._utils")}
    sys.modules.update({"torch": torch, "torch._utils": utils})
    try:
        state, data = {}, []
        for name, dtype, shape, content in read_safetensors(source):
            kind, width = TYPES[dtype]
            storage = Storage(getattr(torch, kind), str(len(data)), len(content) // width)
            state[name] = Tensor(utils._rebuild_tensor_v2, storage, shape)
            data.append(content)
        buffer = io.BytesIO()
        Pickler(buffer, protocol=2).dump({"state_dict": state, "global_step": 0})
    finally:
        for name, module in before.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("archive/data.pkl", buffer.getvalue())
        for key, content in enumerate(data):
            archive.writestr(f"archive/data/{key}", content)
        archive.writestr("archive/version", "3\n")
    return target
