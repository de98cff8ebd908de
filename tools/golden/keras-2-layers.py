"""The same for Keras 2, whose last releases are named tf_keras: see keras-layers.py.

Writes packages/interop/test/golden/keras-2-layers.json.
"""

import importlib
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import h5py
import tf_keras

if __name__ == "__main__":
    golden = importlib.import_module("keras-layers")
    tf_keras.utils.set_random_seed(0)
    savers = {
        ".keras": lambda model, path: model.save(path),
        ".weights.h5": lambda model, path: model.save_weights(path),
        "-whole.h5": lambda model, path: model.save(path),
        ".h5": lambda model, path: model.save_weights(path),
    }
    golden.write(
        "keras-2-layers",
        f"tf_keras {tf_keras.__version__}, h5py {h5py.__version__}, float32",
        golden.cases(tf_keras, savers),
    )
