"""Files written by the Python library safetensors, and half-precision floats widened by numpy and torch.

Writes packages/interop/test/golden/safetensors-files.json. A file has at most one metadata entry: the library writes several in
the order of a hash table, which differs from run to run.
"""

import base64
import hashlib
import json
import pathlib

import numpy as np
import safetensors
import safetensors.numpy
import safetensors.torch
import torch

OUTPUT = pathlib.Path(__file__).resolve().parents[2] / "packages/interop/test/golden/safetensors-files.json"
NUMPY_DTYPES = "float64 float32 float16 int64 int32 int16 int8 uint64 uint32 uint16 uint8".split()
FLOAT8_DTYPES = {
    "F8_E4M3": "float8_e4m3fn",
    "F8_E5M2": "float8_e5m2",
    "F8_E8M0": "float8_e8m0fnu",
    "F8_E4M3FNUZ": "float8_e4m3fnuz",
    "F8_E5M2FNUZ": "float8_e5m2fnuz",
}


def extremes(dtype):
    """The ends of the range with what is around zero, as one row of a matrix."""
    kind = np.dtype(dtype)
    info = np.finfo(kind) if kind.kind == "f" else np.iinfo(kind)
    special = [info.tiny, -0.0, np.inf, -np.inf] if kind.kind == "f" else [0, 1]
    return np.array([[info.min, info.max, *special]], dtype=kind)


def listed(file):
    """Name, dtype, shape and bytes of each tensor, as the library itself reads them back."""
    tensors = sorted(safetensors.deserialize(file), key=lambda entry: entry[0].encode())
    return [[name, info["dtype"], info["shape"], bytes(info["data"]).hex()] for name, info in tensors]


def case(name, save, tensors, metadata=None):
    file = save(tensors, metadata=metadata)
    return {
        "name": name,
        "metadata": metadata or {},
        "tensors": listed(file),
        "file": base64.b64encode(file).decode("ascii"),
    }


def widened(bits, floats):
    """A digest of the float32 values of all patterns as little-endian words, every NaN written as 7fc00000."""
    words = floats.astype("<f4").view("<u4").copy()
    words[np.isnan(floats)] = 0x7FC00000
    assert len(words) == len(bits)
    return hashlib.sha256(words.tobytes()).hexdigest()


def widened_float8(name):
    patterns = np.arange(256, dtype=np.uint8)
    return widened(patterns, torch.from_numpy(patterns).view(getattr(torch, name)).float().numpy())


def narrowed():
    """A digest of float16 bits: of every point halfway between two neighbours, and of the float64 next to it on both sides."""
    halves = np.arange(0x7C00, dtype=np.uint16).view(np.float16).astype(np.float64)
    middles = (halves[:-1] + halves[1:]) / 2
    values = np.concatenate([np.nextafter(middles, 0), middles, np.nextafter(middles, np.inf)])
    return hashlib.sha256(np.concatenate([values, -values]).astype("<f2").tobytes()).hexdigest()


save_numpy, save_torch = safetensors.numpy.save, safetensors.torch.save
files = [
    case("no tensors", save_numpy, {}),
    case("no tensors, metadata", save_numpy, {}, {"format": "np"}),
    case("one matrix", save_numpy, {"weight": np.arange(6, dtype=np.float32).reshape(2, 3)}),
    case("scalars", save_numpy, {"pi": np.array(np.pi), "flag": np.array(True), "step": np.array(-1, dtype=np.int64)}),
    case(
        "empty tensors among others",
        save_numpy,
        {"b": np.zeros((0, 3), np.float32), "a": np.ones(1, np.float32), "c": np.zeros((2, 0), np.int8), "d": np.ones(3, bool)},
    ),
    case(
        "every dtype of numpy",
        save_numpy,
        {f"{name}.{i}": extremes(name) for i, name in enumerate(NUMPY_DTYPES)} | {"bool": np.array([True, False, True])},
        {"written by": 'a "golden" script\\ \n\t\x01\x7f\u2028/é😀'},
    ),
    case(
        "names",
        save_numpy,
        {
            name: np.array([i], dtype=np.uint8)
            for i, name in enumerate(["", "10", "9", "__proto__", "constructor", "é", "\uffff", "😀", "B", "a", 'q"\\\n'])
        },
        {"__proto__": "x"},
    ),
    case(
        "dtypes of torch alone",
        save_torch,
        {name: torch.arange(1, 4).to(getattr(torch, name)) for name in ["bfloat16", "float16", *FLOAT8_DTYPES.values()]},
        {"format": "pt"},
    ),
]
bits = np.arange(0x10000, dtype=np.uint16)
float16 = bits.view(np.float16).astype(np.float32)
bfloat16 = torch.from_numpy(bits.view(np.int16).copy()).view(torch.bfloat16).float().numpy()
OUTPUT.parent.mkdir(parents=True, exist_ok=True)
golden = {
    "source": f"safetensors {safetensors.__version__}, numpy {np.__version__}, torch {torch.__version__.split('+')[0]}",
    "command": "python tools/golden/safetensors-files.py",
    "cases": {
        "files": files,
        "sha256": {
            "F16": widened(bits, float16),
            "BF16": widened(bits, bfloat16),
            **{dtype: widened_float8(name) for dtype, name in FLOAT8_DTYPES.items()},
        },
        "sha256OfNarrowedF16": narrowed(),
    },
}
OUTPUT.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
