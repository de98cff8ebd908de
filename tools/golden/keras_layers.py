"""Outputs, final states and every gradient of Keras's SimpleRNN, GRU (reset after and before) and LSTM, on its torch backend.

Writes packages/cells/test/golden/keras.json, with weights and gradients turned to PyTorch's layout: kernels transposed, the gates
of a GRU in the order reset, update, candidate. The loss is the sum of all outputs and final states, each times a fixed random
coefficient. Where a mask ends a row, Keras repeats its last output and rnnkit gives zeros: both are left out of the comparison
by coefficients and outputs of 0.
"""

import json
import os
import pathlib

os.environ["KERAS_BACKEND"] = "torch"

import keras
import numpy
import torch

ROOT = pathlib.Path(__file__).resolve().parents[2]
NUM_GATES = {"rnn-tanh": 1, "rnn-relu": 1, "gru": 3, "lstm": 4}


def draw(random, *shape):
    return numpy.round(random.standard_normal(shape) * 512) / 1024


def tensor(value):
    value = value.detach().numpy() if isinstance(value, torch.Tensor) else value
    return {"shape": list(value.shape), "values": [float(f"{x:.8g}") for x in value.reshape(-1).tolist()]}


def reordered(kind, rows):
    """The blocks z, r, h of a GRU as r, z, n; what has another number of gates as it is."""
    if kind != "gru":
        return rows
    update, reset, candidate = numpy.split(rows, 3)
    return numpy.concatenate([reset, update, candidate])


def to_torch_layout(kind, arrays, suffix):
    """Keras's kernel, recurrent kernel and bias under PyTorch's names."""
    kernel, recurrent_kernel, *bias = arrays
    named = {"weight_ih": reordered(kind, kernel.T), "weight_hh": reordered(kind, recurrent_kernel.T)}
    for array in bias:
        for name, row in zip(["bias_ih", "bias_hh"], array if array.ndim == 2 else [array]):
            named[name] = reordered(kind, row)
    return {f"{name}{suffix}": array for name, array in named.items()}


def layer(kind, hidden_size, reset, bias, direction):
    options = {"return_sequences": True, "return_state": True, "use_bias": bias, "dtype": "float64"}
    options["go_backwards"] = direction == "reverse"
    if kind == "gru":
        return keras.layers.GRU(hidden_size, reset_after=reset == "after", **options)
    if kind == "lstm":
        return keras.layers.LSTM(hidden_size, **options)
    return keras.layers.SimpleRNN(hidden_size, activation=kind[4:], **options)


def case(kind, reset="after", bias=True, direction="forward", lengths=None, num_layers=1, seed=0):
    random = numpy.random.default_rng(seed)
    batch_size, num_steps, input_size, hidden_size = len(lengths or [0, 0]), 4, 3, 3
    names = ["hidden", "cell"] if kind == "lstm" else ["hidden"]
    mask = numpy.arange(num_steps) < numpy.array(lengths or [num_steps] * batch_size)[:, None]
    inputs = torch.tensor(draw(random, batch_size, num_steps, input_size), requires_grad=True)
    parameters, gradients, initial, final, coefficients = {}, {}, {}, {}, {}
    layers, outputs, loss = [], inputs, 0
    for index in range(num_layers):
        suffixes = ["", "_reverse"] if direction == "both" else [""]
        both = []
        for suffix in suffixes:
            path = f"{index}.{('forward', 'backward')[len(both)]}" if direction == "both" else f"{index}"
            made = layer(kind, hidden_size, reset, bias, "reverse" if suffix else direction)
            made.build(outputs.shape)
            made.set_weights([draw(random, *weight.shape) for weight in made.get_weights()])
            layers.append((made, f"_l{index}{suffix}"))
            state = [torch.tensor(draw(random, batch_size, hidden_size), requires_grad=True) for _ in names]
            result, *last = made(outputs, initial_state=state, mask=torch.tensor(mask) if lengths else None)
            both.append(result.flip(1) if suffix or direction == "reverse" else result)
            for name, begin, end in zip(names, state, last):
                factors = torch.tensor(draw(random, batch_size, hidden_size))
                initial[f"{path}.{name}"], final[f"{path}.{name}"] = begin, end
                coefficients[f"{path}.{name}"] = factors
                loss = loss + (end * factors).sum()
        outputs = torch.cat(both, dim=2)
    outputs = outputs * torch.tensor(mask[:, :, None])
    factors = torch.tensor(draw(random, *outputs.shape) * mask[:, :, None])
    (loss + (outputs * factors).sum()).backward()
    for made, suffix in layers:
        parameters |= to_torch_layout(kind, made.get_weights(), suffix)
        arrays = [variable.value.grad.numpy() for variable in made.trainable_variables]
        gradients |= to_torch_layout(kind, arrays, suffix)
    num_biases = (2 if kind == "gru" and reset == "after" else 1) if bias else 0
    return {
        "name": f"{kind}{f' with reset {reset}' if kind == 'gru' else ''}, {num_layers} layers, {direction}, "
        f"{num_biases} biases, {f'masked to {lengths}' if lengths else 'no mask'}",
        "kind": kind,
        "direction": direction,
        "options": {
            "inputSize": input_size,
            "hiddenSize": hidden_size,
            "numLayers": num_layers,
            "numBiases": num_biases,
            **({"reset": reset} if kind == "gru" else {}),
        },
        "inputs": tensor(inputs),
        **({"lengths": lengths} if lengths else {}),
        "initialState": {path: tensor(value) for path, value in initial.items()},
        "parameters": {name: tensor(value) for name, value in parameters.items()},
        "coefficients": {"outputs": tensor(factors), **{path: tensor(value) for path, value in coefficients.items()}},
        "outputs": tensor(outputs),
        "finalState": {path: tensor(value) for path, value in final.items()},
        "gradients": {
            "inputs": tensor(inputs.grad),
            **{path: tensor(value.grad) for path, value in initial.items()},
            **{name: tensor(value) for name, value in gradients.items()},
        },
    }


def cases():
    for kind, reset in (("rnn-tanh", "after"), ("rnn-relu", "after"), ("gru", "after"), ("gru", "before"), ("lstm", "after")):
        yield case(kind, reset, seed=1)
        yield case(kind, reset, bias=False, direction="reverse", lengths=[4, 1, 3], seed=2)
        yield case(kind, reset, lengths=[2, 4, 1], num_layers=2, seed=3)
        yield case(kind, reset, direction="both", lengths=[3, 4], seed=4)


if __name__ == "__main__":
    golden = {
        "source": f"keras {keras.__version__}, float64",
        "command": "python tools/golden/keras_layers.py",
        "cases": list(cases()),
    }
    path = ROOT / "packages/cells/test/golden/keras.json"
    path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
