"""Outputs, final states and every gradient of the cells for which no framework has a layer, from their equations in torch.

Writes packages/cells/test/golden/cell-forms.json: layer normalisation (Ba et al., 2016), peepholes (Gers and Schmidhuber, 2000),
zoneout in evaluation (Krueger et al., 2017), GRUs that reset before the product (Cho et al., 2014) with two biases, residual
stacks. Products, normalisation and derivatives are torch's, in float64.
"""

import json
import pathlib

import torch
from torch.nn.functional import layer_norm, linear

ROOT = pathlib.Path(__file__).resolve().parents[2]
NUM_GATES = {"rnn-tanh": 1, "rnn-relu": 1, "gru": 3, "lstm": 4}


def draw(*shape):
    return (torch.randn(*shape, dtype=torch.float64) * 512).round() / 1024


def tensor(value):
    return {"shape": list(value.shape), "values": [float(f"{x:.8g}") for x in value.detach().reshape(-1).tolist()]}


def shapes(kind, input_size, hidden_size, options):
    rows, width = NUM_GATES[kind] * hidden_size, options.get("projectionSize", hidden_size)
    named = {"weight_ih": (rows, input_size), "weight_hh": (rows, width), "bias_ih": (rows,), "bias_hh": (rows,)}
    if "projectionSize" in options:
        named["weight_hr"] = (width, hidden_size)
    if options.get("hasPeepholes"):
        named |= {f"peephole_{gate}": (hidden_size,) for gate in "ifo"}
    if options.get("hasLayerNorm"):
        named |= {"norm_ih": (rows,), "norm_hh": (rows,)}
        if kind == "lstm":
            named |= {"norm_c": (hidden_size,), "norm_c_bias": (hidden_size,)}
    return named


def step(kind, p, options, x, state):
    """One time step, with the equations written out for each kind."""
    size = p["bias_ih"].shape[0] // NUM_GATES[kind]

    def product(side, rows, start=0, end=None):
        end = end or p["bias_ih"].shape[0]
        result = linear(rows, p[f"weight_{side}"][start:end])
        if options.get("hasLayerNorm"):
            result = layer_norm(result, result.shape[1:]) * p[f"norm_{side}"][start:end]
        return result + p[f"bias_{side}"][start:end]

    h = state["hidden"]
    if kind.startswith("rnn"):
        new = {"hidden": {"tanh": torch.tanh, "relu": torch.relu}[kind[4:]](product("ih", x) + product("hh", h))}
    elif kind == "gru":
        r, z = (product("ih", x, 0, 2 * size) + product("hh", h, 0, 2 * size)).sigmoid().chunk(2, dim=1)
        if options.get("reset") == "before":
            n = torch.tanh(product("ih", x, 2 * size) + product("hh", r * h, 2 * size))
        else:
            n = torch.tanh(product("ih", x, 2 * size) + r * product("hh", h, 2 * size))
        new = {"hidden": (1 - z) * n + z * h}
    else:
        c = state["cell"]
        i, f, g, o = (product("ih", x) + product("hh", h)).chunk(4, dim=1)
        peephole = {gate: p.get(f"peephole_{gate}", torch.zeros(size, dtype=torch.float64)) for gate in "ifo"}
        new_c = torch.sigmoid(f + peephole["f"] * c) * c + torch.sigmoid(i + peephole["i"] * c) * torch.tanh(g)
        shown = layer_norm(new_c, (size,), p["norm_c"], p["norm_c_bias"]) if options.get("hasLayerNorm") else new_c
        new_h = torch.sigmoid(o + peephole["o"] * new_c) * torch.tanh(shown)
        new = {"hidden": linear(new_h, p["weight_hr"]) if "weight_hr" in p else new_h, "cell": new_c}
    rates = {"hidden": options.get("hiddenZoneout", 0), "cell": options.get("cellZoneout", 0)}
    return {name: rates[name] * state[name] + (1 - rates[name]) * value for name, value in new.items()}


def case(kind, seed, num_layers=1, **options):
    torch.manual_seed(seed)
    batch_size, num_steps, input_size, hidden_size = 2, 3, 3, 4
    width = options.get("projectionSize", hidden_size)
    sizes = {"hidden": width, **({"cell": hidden_size} if kind == "lstm" else {})}
    layers = [shapes(kind, width if layer else input_size, hidden_size, options) for layer in range(num_layers)]
    parameters = [{n: draw(*shape).requires_grad_() for n, shape in layer.items()} for layer in layers]
    initial = [{n: draw(batch_size, size).requires_grad_() for n, size in sizes.items()} for _ in layers]
    inputs = draw(batch_size, num_steps, input_size).requires_grad_()
    below, final = inputs, []
    for layer, (p, state) in enumerate(zip(parameters, initial)):
        outputs = []
        for t in range(num_steps):
            state = step(kind, p, options, below[:, t], state)
            outputs.append(state["hidden"])
        above = torch.stack(outputs, dim=1)
        below = above + below if options.get("isResidual") and layer else above
        final.append(state)
    coefficients = {"outputs": draw(*below.shape), **{f"{k}.{n}": draw(*s[n].shape) for k, s in enumerate(final) for n in s}}
    results = {"outputs": below, **{f"{k}.{n}": s[n] for k, s in enumerate(final) for n in s}}
    sum((results[path] * factors).sum() for path, factors in coefficients.items()).backward()
    states = {f"{k}.{n}": value for k, state in enumerate(initial) for n, value in state.items()}
    named = {f"{n}_l{k}": value for k, p in enumerate(parameters) for n, value in p.items()}
    return {
        "name": f"{kind}, {num_layers} layers, {', '.join(f'{k} {v}' for k, v in options.items())}",
        "kind": kind,
        "direction": "forward",
        "options": {"inputSize": input_size, "hiddenSize": hidden_size, "numLayers": num_layers, **options},
        "inputs": tensor(inputs),
        "initialState": {path: tensor(value) for path, value in states.items()},
        "parameters": {n: tensor(value) for n, value in named.items()},
        "coefficients": {path: tensor(value) for path, value in coefficients.items()},
        "outputs": tensor(below),
        "finalState": {path: tensor(value) for path, value in results.items() if path != "outputs"},
        "gradients": {n: tensor(value.grad) for n, value in {"inputs": inputs, **states, **named}.items()},
    }


if __name__ == "__main__":
    golden = {
        "source": f"equations in torch {torch.__version__.split('+')[0]}, float64",
        "command": "python tools/golden/cell_forms.py",
        "cases": [
            case("rnn-tanh", 1, hasLayerNorm=True),
            case("rnn-relu", 2, num_layers=3, isResidual=True),
            case("gru", 3, hasLayerNorm=True),
            case("gru", 4, hasLayerNorm=True, reset="before"),
            case("gru", 5, num_layers=2, reset="before", hiddenZoneout=0.25),
            case("lstm", 6, hasPeepholes=True),
            case("lstm", 7, hasLayerNorm=True),
            case("lstm", 8, hasPeepholes=True, hasLayerNorm=True, projectionSize=2),
            case("lstm", 9, num_layers=2, hiddenZoneout=0.25, cellZoneout=0.5),
            case("lstm", 10, num_layers=2, isResidual=True, projectionSize=3),
        ],
    }
    path = ROOT / "packages/cells/test/golden/cell-forms.json"
    path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
