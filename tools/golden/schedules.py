"""Learning rates of torch.optim.lr_scheduler over steps, for an optimizer of learning rate 1.

Writes packages/training/test/golden/schedules.json.
"""

import json
import pathlib
import random

import torch
from torch.optim import lr_scheduler as schedulers

ROOT = pathlib.Path(__file__).resolve().parents[2]


def optimizer():
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)


SCHEDULES = {
    "constant": lambda o: schedulers.LambdaLR(o, lambda step: 1.0),
    "step": lambda o: schedulers.StepLR(o, step_size=7, gamma=0.3),
    "exponential": lambda o: schedulers.ExponentialLR(o, gamma=0.93),
    "cosine": lambda o: schedulers.CosineAnnealingLR(o, T_max=39, eta_min=0.05),
    "warm-up": lambda o: schedulers.LinearLR(o, total_iters=9),
    "warm-up, then cosine": lambda o: schedulers.SequentialLR(
        o,
        [
            schedulers.LinearLR(o, start_factor=0.1, total_iters=8),
            schedulers.CosineAnnealingLR(o, T_max=31),
        ],
        milestones=[8],
    ),
}
PLATEAUS = [
    {},
    {"factor": 0.5, "patience": 2},
    {"factor": 0.5, "patience": 1, "threshold": 0.05, "cooldown": 3, "min_lr": 0.1},
    {"factor": 0.2, "patience": 0, "cooldown": 1},
]


def rates(make):
    o = optimizer()
    scheduler = make(o)
    values = []
    for _ in range(40):
        values.append(o.param_groups[0]["lr"])
        o.step()
        scheduler.step()
    return values


def plateau(options, losses):
    o = optimizer()
    scheduler = schedulers.ReduceLROnPlateau(o, **options)
    values = []
    for loss in losses:
        scheduler.step(loss)
        values.append(o.param_groups[0]["lr"])
    return {"options": options, "losses": losses, "factors": values}


if __name__ == "__main__":
    rng = random.Random(1)
    losses = [
        [round(4 * 0.9**i + rng.uniform(0, 0.3), 3) for i in range(60)],
        [round(2 + rng.uniform(-0.5, 0.5), 3) for _ in range(60)],
    ]
    golden = {
        "source": f"torch {torch.__version__.split('+')[0]} optim.lr_scheduler, float64",
        "command": "python tools/golden/schedules.py",
        "cases": {
            "schedules": {name: rates(make) for name, make in SCHEDULES.items()},
            "plateaus": [plateau(options, each) for options in PLATEAUS for each in losses],
        },
    }
    path = ROOT / "packages/training/test/golden/schedules.json"
    path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
