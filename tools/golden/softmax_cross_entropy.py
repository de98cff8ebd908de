"""Losses and gradients of torch.nn.functional.cross_entropy in float64, with reduction "none".

Writes packages/ops/test/golden/softmax-cross-entropy.json. The loss differentiated is the sum of all losses, each times a
fixed random coefficient and, where there is one, its mask. Logits are multiples of 1/1024, which float32 holds exactly.
"""

import json
import pathlib

import torch

ROOT = pathlib.Path(__file__).resolve().parents[2]


def draw(*shape, scale=1.0):
    return (torch.randn(*shape, dtype=torch.float64) * scale * 1024).round() / 1024


def case(name, count, vocab_size, scale, mask=None, smoothing=0.0, seed=0):
    torch.manual_seed(seed)
    logits = draw(count, vocab_size, scale=scale).requires_grad_()
    targets = torch.randint(vocab_size, (count,))
    coefficients = draw(count)
    losses = torch.nn.functional.cross_entropy(logits, targets, reduction="none", label_smoothing=smoothing)
    if mask is not None:
        losses = losses * torch.tensor(mask, dtype=torch.float64)
    (losses * coefficients).sum().backward()
    return {
        "name": name,
        "shape": [count, vocab_size],
        "logits": logits.reshape(-1).tolist(),
        "targets": targets.tolist(),
        **({"mask": mask} if mask is not None else {}),
        **({"labelSmoothing": smoothing} if smoothing else {}),
        "coefficients": coefficients.tolist(),
        "losses": losses.tolist(),
        "gradient": logits.grad.reshape(-1).tolist(),
    }


if __name__ == "__main__":
    golden = {
        "source": f"torch {torch.__version__.split('+')[0]} cross_entropy, float64",
        "command": "python tools/golden/softmax_cross_entropy.py",
        "cases": [
            case("5 positions of 7", 5, 7, 1.0, seed=1),
            case("one position of one", 1, 1, 1.0, seed=2),
            case("large logits", 4, 9, 40.0, seed=3),
            case("masked", 6, 5, 2.0, mask=[1, 0, 1, 0.5, 0, 1], seed=4),
            case("all masked", 2, 5, 2.0, mask=[0, 0], seed=5),
            case("smoothed", 4, 6, 2.0, smoothing=0.1, seed=6),
            case("smoothed and masked", 3, 2, 5.0, mask=[1, 0, 0.5], smoothing=0.75, seed=7),
        ],
    }
    path = ROOT / "packages/ops/test/golden/softmax-cross-entropy.json"
    path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
