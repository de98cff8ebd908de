"""Whether the files that @rnnkit/interop writes are what PyTorch, Keras, onnx.checker and ONNX Runtime take them for.

The tests compare with recorded values. This asks the frameworks themselves, about models drawn at random: safetensors files go from
PyTorch through rnnkit back to PyTorch and must be the same to the bit; ONNX files must pass the full check of onnx and compute in
ONNX Runtime what PyTorch does; the files of Keras must load and compute the same. Needs the build (npm run setup), and the
packages of tools/interop/requirements.txt; with those of keras-2-requirements.txt instead, --keras-2 checks Keras 2.

Prints a line for each check, and ends with 1 when one fails.
"""

import importlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools/golden"))
failures = 0


def report(name, error, limit):
    global failures
    failures += not error <= limit
    print(f"{'ok    ' if error <= limit else 'FAILED'} {name}: {error:.1e}")


def convert(folder):
    subprocess.run(["node", ROOT / "tools/interop/convert.mjs", folder], check=True)


def relative(actual, expected):
    return float(np.abs(actual - expected).max() / np.abs(expected).max())


def check_torch(folder):
    import onnx
    import onnxruntime
    import safetensors.torch
    import torch

    golden = importlib.import_module("state-dicts")
    models = []
    for kind in golden.KINDS:
        for num_layers in (1, 3):
            for task, pooling, bidirectional in (
                ("language-model", None, False),
                ("tagger", None, True),
                ("classifier", "last", True),
                ("classifier", "mean", False),
                ("classifier", "max", True),
            ):
                for projection in (False, True) if kind == "lstm" else (False,):
                    for bias in (True, False):
                        models.append((kind, num_layers, task, pooling, bidirectional, projection, bias))
    built = {}
    for i, (kind, num_layers, task, pooling, bidirectional, projection, bias) in enumerate(models):
        torch.manual_seed(i)
        options = {"num_layers": num_layers, "bidirectional": bidirectional, "bias": bias, **({"proj_size": 2} if projection else {})}
        model = golden.Model(kind, 4 if i % 2 else 0, 5, options)
        stem = f"torch-{i}"
        safetensors.torch.save_file(model.state_dict(), folder / f"{stem}.safetensors", metadata={"format": "pt"})
        kinds = {**({"embedding": "embedding"} if i % 2 else {}), "rnn": kind, "output": "linear"}
        (folder / f"{stem}.json").write_text(json.dumps({"task": task, "pooling": pooling, "kinds": kinds}))
        built[stem] = (model, task, pooling, ", ".join(map(str, models[i])))
    convert(folder)
    for stem, (model, task, pooling, name) in built.items():
        state = model.state_dict()
        for ending in ("back", "lazy"):
            again = safetensors.torch.load_file(folder / f"{stem}.{ending}.safetensors")
            same = again.keys() == state.keys() and all(torch.equal(again[k].view(torch.int32), v.view(torch.int32)) for k, v in state.items())
            report(f"safetensors {ending} to the bit: {name}", 0 if same else 1, 0)
        half = safetensors.torch.load_file(folder / f"{stem}.half.safetensors")
        same = all(torch.equal(half[k].view(torch.int16), v.half().view(torch.int16)) for k, v in state.items())
        report(f"float16 as PyTorch rounds: {name}", 0 if same else 1, 0)

        onnx.checker.check_model(onnx.load(folder / f"{stem}.onnx"), full_check=True)
        session = onnxruntime.InferenceSession(folder / f"{stem}.onnx")
        ids = torch.randint(golden.VOCAB_SIZE, (3, 6))
        lengths = torch.tensor([6, 6, 6] if task == "language-model" else [2, 6, 1])
        feeds = {"ids": ids.numpy()}
        for value in session.get_inputs()[1:]:
            feeds[value.name] = lengths.int().numpy() if value.name == "lengths" else np.zeros((3, value.shape[1]), np.float32)
        actual = session.run(["logits"], feeds)[0]
        with torch.no_grad():
            expected = model.double()(ids, lengths, pooling)[0].numpy()
        if task != "classifier":
            within = np.arange(6)[None, :] < lengths.numpy()[:, None]
            actual, expected = actual[within], expected[within]
        report(f"ONNX: {name}", relative(actual, expected), 1e-5)


def check_keras(folder, keras, endings):
    golden = importlib.import_module("keras-layers")
    kinds = {"SimpleRNN, relu": "rnn-relu", "SimpleRNN": "rnn-tanh", "reset before": "gru-reset-before", "GRU": "gru", "LSTM": "lstm"}
    built = {}
    for i, (name, model) in enumerate(golden.models(keras)):
        weights = [w + 0.1 if w.dtype.kind == "f" else w for w in model.get_weights()]
        model.set_weights(weights)
        stem = f"keras-{i}"
        for ending in endings:
            model.save_weights(folder / f"{stem}{ending}") if ending.endswith("weights.h5") else model.save(folder / f"{stem}{ending}")
        kind = next(kind for part, kind in kinds.items() if part in name)
        (folder / f"{stem}.json").write_text(json.dumps({"weights": {"kind": kind, "endings": endings}}))
        built[stem] = (name, model)
    convert(folder)
    ids = np.random.default_rng(2).integers(golden.VOCAB_SIZE, size=(3, 4))
    for stem, (name, model) in built.items():
        expected = np.asarray(model.predict(ids, verbose=0))
        for ending in (".new.keras", *(f".back{e}" for e in endings if not e.endswith("weights.h5"))):
            loaded = keras.models.load_model(folder / f"{stem}{ending}", compile=False)
            report(f"load_model {ending}: {name}", relative(np.asarray(loaded.predict(ids, verbose=0)), expected), 0)
        for ending in (".new.weights.h5", ".new.h5", *(f".back{e}" for e in endings if e.endswith("weights.h5"))):
            _, fresh = list(golden.models(keras))[int(stem.split("-")[1])]
            fresh.load_weights(folder / f"{stem}{ending}")
            report(f"load_weights {ending}: {name}", relative(np.asarray(fresh.predict(ids, verbose=0)), expected), 0)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        endings = [".keras", ".weights.h5", ".h5"]
        if "--keras-2" in sys.argv:
            os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
            import tf_keras

            check_keras(pathlib.Path(folder), tf_keras, endings)
        else:
            os.environ["KERAS_BACKEND"] = "torch"
            import keras

            check_keras(pathlib.Path(folder), keras, endings)
            for file in pathlib.Path(folder).iterdir():
                file.unlink()
            check_torch(pathlib.Path(folder))
    print(f"{failures} checks failed")
    sys.exit(1 if failures else 0)
