"""Outputs, final states and every gradient of torch.nn.RNN, GRU and LSTM of 1 to 3 layers, in one direction and in both.

Writes packages/cells/test/golden/torch-rnn.json, torch-gru.json and torch-lstm.json. The loss is the sum of all outputs and final
states, each times a fixed random coefficient, so that every gradient matters. Rows of unequal lengths are packed sequences.
Inputs are multiples of 1/1024, which float32 holds exactly.
"""

import json
import pathlib

import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

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
    return {"shape": list(value.shape), "values": [float(f"{x:.8g}") for x in value.detach().reshape(-1).tolist()]}


def by_layer(states, is_bidirectional):
    """The rows of torch's [L * D, B, H] under the paths of the state that the test reads."""
    paths = {}
    for name, state in states.items():
        for row in range(state.shape[0]):
            path = f"{row // 2}.{('forward', 'backward')[row % 2]}.{name}" if is_bidirectional else f"{row}.{name}"
            paths[path] = state[row]
    return {path: tensor(paths[path]) for path in sorted(paths)}


def case(kind, num_layers=1, is_bidirectional=False, bias=True, lengths=None, projection_size=0, num_steps=3, seed=0):
    torch.manual_seed(seed)
    batch_size, input_size, hidden_size = len(lengths or [0, 0]), 3, 3
    module = KINDS[kind](
        input_size=input_size,
        hidden_size=hidden_size,
        num_layers=num_layers,
        bias=bias,
        bidirectional=is_bidirectional,
        dropout=0.0,
        batch_first=True,
        **({"proj_size": projection_size} if projection_size else {}),
    )
    module = module.double().train()
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(draw(*parameter.shape))
    inputs = draw(batch_size, num_steps, input_size).requires_grad_()
    rows = num_layers * (2 if is_bidirectional else 1)
    sizes = {"hidden": projection_size or hidden_size, **({"cell": hidden_size} if kind == "lstm" else {})}
    initial = {name: draw(rows, batch_size, size).requires_grad_() for name, size in sizes.items()}
    state = (initial["hidden"], initial["cell"]) if kind == "lstm" else initial["hidden"]
    read = inputs if lengths is None else pack_padded_sequence(inputs, lengths, batch_first=True, enforce_sorted=False)
    outputs, final = module(read, state)
    if lengths is not None:
        outputs, _ = pad_packed_sequence(outputs, batch_first=True, total_length=num_steps)
    final = dict(zip(sizes, final if kind == "lstm" else (final,)))
    output_coefficients = draw(*outputs.shape)
    state_coefficients = {name: draw(*final[name].shape) for name in sizes}
    loss = (outputs * output_coefficients).sum() + sum((final[n] * state_coefficients[n]).sum() for n in sizes)
    loss.backward()
    options = {
        "inputSize": input_size,
        "hiddenSize": hidden_size,
        "numLayers": num_layers,
        "numBiases": 2 if bias else 0,
        **({"projectionSize": projection_size} if projection_size else {}),
    }
    return {
        "name": f"{kind}, {num_layers} layers, {'both directions' if is_bidirectional else 'one direction'}, "
        f"{'with' if bias else 'without'} bias, {f'lengths {lengths}' if lengths else 'equal lengths'}"
        + (", projected" if projection_size else ""),
        "kind": kind,
        "direction": "both" if is_bidirectional else "forward",
        "options": options,
        "inputs": tensor(inputs),
        **({"lengths": lengths} if lengths else {}),
        "initialState": by_layer(initial, is_bidirectional),
        "parameters": {n: tensor(p) for n, p in module.named_parameters()},
        "coefficients": {"outputs": tensor(output_coefficients), **by_layer(state_coefficients, is_bidirectional)},
        "outputs": tensor(outputs),
        "finalState": by_layer(final, is_bidirectional),
        "gradients": {
            "inputs": tensor(inputs.grad),
            **by_layer({name: initial[name].grad for name in sizes}, is_bidirectional),
            **{n: tensor(p.grad) for n, p in module.named_parameters()},
        },
    }


def cases(kind):
    yield case(kind, seed=1)
    yield case(kind, num_layers=2, bias=False, seed=2)
    yield case(kind, num_layers=3, lengths=[2, 3, 1], seed=3)
    yield case(kind, is_bidirectional=True, lengths=[3, 1, 2], seed=4)
    yield case(kind, num_layers=2, is_bidirectional=True, bias=False, seed=5)
    yield case(kind, num_layers=3, is_bidirectional=True, lengths=[1, 3], seed=6)
    yield case(kind, num_steps=1, lengths=[1], seed=7)
    if kind == "lstm":
        yield case(kind, projection_size=2, lengths=[2, 3, 1], seed=8)
        yield case(kind, num_layers=2, is_bidirectional=True, projection_size=2, lengths=[1, 3], seed=9)
        yield case(kind, num_layers=2, projection_size=1, bias=False, seed=10)


def write(name, kinds):
    golden = {
        "source": f"torch {torch.__version__.split('+')[0]}, float64",
        "command": "python tools/golden/recurrent_layers.py",
        "cases": [made for kind in kinds for made in cases(kind)],
    }
    path = ROOT / f"packages/cells/test/golden/{name}.json"
    path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    write("torch-rnn", ["rnn-tanh", "rnn-relu"])
    write("torch-gru", ["gru"])
    write("torch-lstm", ["lstm"])
