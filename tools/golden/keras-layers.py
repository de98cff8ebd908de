"""Keras 3 models of embedding, recurrent and dense layers: their weights, what they compute, and the files that hold them.

Writes packages/interop/test/golden/keras-layers.json. Weights are float32, as is the computation. Files are gzipped, since most of
an HDF5 file of small tensors is zeros; a .keras file also holds the time at which it was written.
"""

import base64
import gzip
import json
import os
import pathlib
import tempfile

import h5py
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
VOCAB_SIZE = 5


def numbers(value):
    return {"shape": list(value.shape), "values": [float(f"{x:.9g}") for x in np.asarray(value).reshape(-1)]}


def recurrent(layers, class_name, units, bidirectional=False, **options):
    layer = getattr(layers, class_name)(units, return_sequences=True, **options)
    return layers.Bidirectional(layer) if bidirectional else layer


def models(keras):
    """The models, by a description; each layer but the first and the last is recurrent."""
    layers = keras.layers
    stacks = {
        "SimpleRNN": [("SimpleRNN", 3, {})],
        "SimpleRNN, relu": [("SimpleRNN", 3, {"activation": "relu"})],
        "GRU, reset after": [("GRU", 3, {})],
        "GRU, reset before": [("GRU", 3, {"reset_after": False})],
        "LSTM": [("LSTM", 3, {})],
        "two LSTM without bias": [("LSTM", 3, {"use_bias": False}), ("LSTM", 2, {"use_bias": False})],
        "two bidirectional GRU": [("GRU", 3, {"bidirectional": True}), ("GRU", 2, {"bidirectional": True})],
        "bidirectional GRU, reset before": [("GRU", 2, {"bidirectional": True, "reset_after": False})],
        "two bidirectional LSTM with dropout": [("LSTM", 2, {"bidirectional": True, "recurrent_dropout": 0.5}), ("LSTM", 2, {"bidirectional": True})],
    }
    for name, stack in stacks.items():
        yield name, keras.Sequential(
            [
                keras.Input((4,), dtype="int32"),
                layers.Embedding(VOCAB_SIZE, 4, name="tokens"),
                *(recurrent(layers, class_name, units, **options) for class_name, units, options in stack),
                layers.Dropout(0.5),
                layers.Dense(3, name="logits"),
            ]
        )


def packed(path):
    return base64.b64encode(gzip.compress(pathlib.Path(path).read_bytes(), 9, mtime=0)).decode("ascii")


def cases(keras, savers):
    """What a test reads of each model. `savers` are functions (model, path) by the ending of the file that they write."""
    generator = np.random.default_rng(1)
    for name, model in models(keras):
        model.set_weights([(generator.normal(size=w.shape) * 0.7).astype(w.dtype) if w.dtype.kind == "f" else w for w in model.get_weights()])
        ids = generator.integers(VOCAB_SIZE, size=(2, 4))
        with_weights = [layer for layer in model.layers if any(w.dtype.kind == "f" for w in layer.get_weights())]
        if "dropout" in name:  # a model in training: its optimizer's variables are in the files too
            model.compile("adam", "mse")
            model.optimizer.build(model.trainable_variables)
        files = {}
        with tempfile.TemporaryDirectory() as folder:
            # Every model in one format, every format of some models.
            for ending, save in savers.items() if "GRU" in name or "dropout" in name else [*savers.items()][:1]:
                path = pathlib.Path(folder) / f"model{ending}"
                save(model, path)
                files[ending] = packed(path)
        yield {
            "name": name,
            "layers": [
                {
                    "name": layer.name,
                    "className": type(layer).__name__,
                    "weights": [numbers(w) for w in layer.get_weights() if w.dtype.kind == "f"],
                }
                for layer in with_weights
            ],
            "ids": ids.tolist(),
            "logits": numbers(np.asarray(model.predict(ids, verbose=0))),
            "files": files,
        }


def write(name, source, cases):
    golden = {"source": source, "command": f"python tools/golden/{name}.py", "cases": list(cases)}
    (ROOT / f"packages/interop/test/golden/{name}.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    os.environ["KERAS_BACKEND"] = "torch"
    import keras

    keras.utils.set_random_seed(0)
    savers = {
        ".keras": lambda model, path: model.save(path),
        ".weights.h5": lambda model, path: model.save_weights(path),
        ".h5": lambda model, path: model.save(path),
    }
    write("keras-layers", f"Keras {keras.__version__}, h5py {h5py.__version__}, float32", cases(keras, savers))
