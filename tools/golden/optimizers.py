"""Trajectories of torch.optim.SGD, RMSprop, Adagrad, Adam and AdamW, with and without clipping of the global norm, over given gradients in float64.

Writes packages/training/test/golden/optimizers.json. Values are multiples of 1/1024, which float32 holds exactly.
"""

import json
import pathlib

import torch

ROOT = pathlib.Path(__file__).resolve().parents[2]
NUM_STEPS = 20
OPTIMIZERS = {
    "sgd": (torch.optim.SGD, {"lr": 0.1}),
    "sgd with momentum": (torch.optim.SGD, {"lr": 0.05, "momentum": 0.9}),
    "sgd with Nesterov momentum": (torch.optim.SGD, {"lr": 0.05, "momentum": 0.9, "nesterov": True}),
    "rmsprop": (torch.optim.RMSprop, {}),
    "centered rmsprop with momentum": (
        torch.optim.RMSprop,
        {"lr": 0.02, "alpha": 0.9, "eps": 1e-4, "momentum": 0.8, "centered": True},
    ),
    "adam": (torch.optim.Adam, {}),
    "adam with other constants": (torch.optim.Adam, {"lr": 0.02, "betas": (0.7, 0.95), "eps": 1e-3}),
    "adamw": (torch.optim.AdamW, {}),
    "adamw with other constants": (torch.optim.AdamW, {"lr": 0.05, "betas": (0.8, 0.9), "weight_decay": 0.5}),
    "sgd with Nesterov momentum and weight decay": (
        torch.optim.SGD,
        {"lr": 0.05, "momentum": 0.9, "nesterov": True, "weight_decay": 0.3},
    ),
    "rmsprop with weight decay": (torch.optim.RMSprop, {"lr": 0.02, "weight_decay": 0.3}),
    "centered rmsprop with weight decay": (torch.optim.RMSprop, {"lr": 0.02, "eps": 1e-4, "centered": True, "weight_decay": 0.3}),
    "adam with weight decay": (torch.optim.Adam, {"lr": 0.02, "weight_decay": 0.3}),
    "adagrad": (torch.optim.Adagrad, {}),
    "adagrad with other constants": (
        torch.optim.Adagrad,
        {"lr": 0.1, "lr_decay": 0.05, "initial_accumulator_value": 0.5, "eps": 1e-3, "weight_decay": 0.3},
    ),
}


def draw(*shape):
    return (torch.randn(*shape, dtype=torch.float64) * 1024).round() / 1024


def case(name, max_norm, seed):
    torch.manual_seed(seed)
    kind, options = OPTIMIZERS[name]
    parameters = {"a": torch.nn.Parameter(draw(2, 3)), "b": torch.nn.Parameter(draw(4))}
    start = {n: p.detach().reshape(-1).tolist() for n, p in parameters.items()}
    optimizer = kind(parameters.values(), **options)
    gradients, norms = [], []
    for _ in range(NUM_STEPS):
        for parameter in parameters.values():
            parameter.grad = draw(*parameter.shape)
        gradients.append({n: p.grad.reshape(-1).tolist() for n, p in parameters.items()})
        norms.append(float(torch.nn.utils.clip_grad_norm_(parameters.values(), max_norm or float("inf"))))
        optimizer.step()
    return {
        "name": name + (f", norm clipped to {max_norm}" if max_norm else ""),
        "optimizer": name,
        "maxNorm": max_norm,
        "start": start,
        "gradients": gradients,
        "norms": norms,
        "end": {n: p.detach().reshape(-1).tolist() for n, p in parameters.items()},
    }


if __name__ == "__main__":
    cases = [case(name, max_norm, seed) for seed, name in enumerate(OPTIMIZERS) for max_norm in (None, 2.0)]
    golden = {
        "source": f"torch {torch.__version__.split('+')[0]} optim, float64",
        "command": "python tools/golden/optimizers.py",
        "cases": cases,
    }
    path = ROOT / "packages/training/test/golden/optimizers.json"
    path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
