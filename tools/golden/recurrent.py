"""Outputs, final states and every gradient of torch.nn.RNN, GRU and LSTM in float64.

Writes packages/ops/test/golden/recurrent.json: one layer in one direction; recurrent_layers.py has the others.
The loss is the sum of all outputs and final states, each times a fixed random coefficient, so that every gradient matters.
Inputs are multiples of 1/1024, which float32 holds exactly.
"""

import json
import pathlib

import torch

ROOT = pathlib.Path(__file__).resolve().parents[2]
KINDS = {
    "rnn-tanh": lambda **o: torch.nn.RNN(nonlinearity="tanh", **o),
    "rnn-relu": lambda **o: torch.nn.RNN(nonlinearity="relu", **o),
    "gru": lambda **o: torch.nn.GRU(**o),
    "lstm": lambda **o: torch.nn.LSTM(**o),
}


def draw(*shape):
    return (torch.randn(*shape, dtype=torch.float64) * 512).round() / 1024


def tensor(value):
    return {"shape": list(value.shape), "values": [float(f"{x:.12g}") for x in value.detach().reshape(-1).tolist()]}


def case(kind, batch_size, num_steps, input_size, hidden_size, num_layers, bias, seed):
    torch.manual_seed(seed)
    module = KINDS[kind](input_size=input_size, hidden_size=hidden_size, num_layers=num_layers, bias=bias, batch_first=True)
    module = module.double()
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(draw(*parameter.shape))
    inputs = draw(batch_size, num_steps, input_size).requires_grad_()
    names = ["hidden", "cell"] if kind == "lstm" else ["hidden"]
    initial = {name: draw(num_layers, batch_size, hidden_size).requires_grad_() for name in names}
    state = (initial["hidden"], initial["cell"]) if kind == "lstm" else initial["hidden"]
    outputs, final = module(inputs, state)
    final = dict(zip(names, final if kind == "lstm" else (final,)))
    coefficients = {"outputs": draw(*outputs.shape), **{name: draw(*final[name].shape) for name in names}}
    loss = (outputs * coefficients["outputs"]).sum() + sum((final[n] * coefficients[n]).sum() for n in names)
    loss.backward()
    return {
        "name": f"{kind}, {num_layers} layers, batch {batch_size}, {num_steps} steps, {input_size} in, "
        f"{hidden_size} hidden, {'with' if bias else 'without'} bias",
        "kind": kind,
        "numLayers": num_layers,
        "seed": seed,
        "inputs": tensor(inputs),
        "initialState": {n: tensor(initial[n]) for n in names},
        "parameters": {n: tensor(p) for n, p in module.named_parameters()},
        "coefficients": {n: tensor(c) for n, c in coefficients.items()},
        "outputs": tensor(outputs),
        "finalState": {n: tensor(final[n]) for n in names},
        "gradients": {
            "inputs": tensor(inputs.grad),
            "initialState": {n: tensor(initial[n].grad) for n in names},
            "parameters": {n: tensor(p.grad) for n, p in module.named_parameters()},
        },
    }


def write(path, cases):
    golden = {"source": f"torch {torch.__version__.split('+')[0]}, float64", "command": "python tools/golden/recurrent.py"}
    (ROOT / path).write_text(json.dumps({**golden, "cases": cases}, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    sizes = [(2, 3, 3, 4), (1, 1, 1, 1), (3, 5, 2, 3)]
    write(
        "packages/ops/test/golden/recurrent.json",
        [case(kind, *size, 1, bias, 10 * i + bias) for kind in KINDS for i, size in enumerate(sizes) for bias in (True, False)],
    )
