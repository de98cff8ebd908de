"""Writes packages/samplers/test/golden/d2l-samplers.json with the iterators of the d2l package 0.17 itself.

d2l 0.17.6 pins packages of 2021 that have no wheels for the Python of today, so it is installed beside newer ones:
    pip install -r tools/golden/d2l-samplers-requirements.txt && pip install --no-deps d2l==0.17.6
"""

import json
import random
import sys
from importlib.metadata import version
from pathlib import Path

import torch
from d2l import torch as d2l

OUTPUT = Path(__file__).parents[2] / "packages/samplers/test/golden/d2l-samplers.json"

# (length, batch_size, num_steps): the book's, one row, one step, and lengths with a batch for some offsets only.
SIZES = [(35, 2, 5), (20, 1, 4), (17, 3, 1), (101, 4, 7), (16, 2, 5), (13, 2, 5), (12, 2, 5), (5, 1, 4)]
SAMPLERS = ["seq_data_iter_random", "seq_data_iter_sequential"]
NUM_EPOCHS = 2
LINES = [
    ["go", "."],
    ["i", "lost", "."],
    ["go", "on", "and", "go", "on", "."],
    ["i", "lost", "and", "i", "lost", "and", "i", "go", "."],
    ["."],
]


def epochs(sampler, length, batch_size, num_steps, seed):
    """The batches of one epoch after the other, over the corpus 0, 1, 2, ..., in which a token is its own position."""
    random.seed(seed)
    iterator = getattr(d2l, sampler)
    return [
        [
            {"inputs": x.flatten().tolist(), "targets": y.flatten().tolist()}
            for x, y in iterator(list(range(length)), batch_size, num_steps)
        ]
        for _ in range(NUM_EPOCHS)
    ]


def sampler_case(sampler, length, batch_size, num_steps, seed):
    return {
        "sampler": sampler,
        "length": length,
        "batchSize": batch_size,
        "numSteps": num_steps,
        "seed": seed,
        "epochs": epochs(sampler, length, batch_size, num_steps, seed),
    }


def translation_case(num_steps):
    """Sources and targets alike, as load_data_nmt pads them and train_seq2seq feeds the decoder."""
    vocab = d2l.Vocab(LINES, min_freq=1, reserved_tokens=["<pad>", "<bos>", "<eos>"])
    array, lengths = d2l.build_array_nmt(LINES, vocab, num_steps)
    bos = torch.full((len(LINES), 1), vocab["<bos>"])
    return {
        "numSteps": num_steps,
        "padId": vocab["<pad>"],
        "sources": [vocab[line + ["<eos>"]] for line in LINES],
        "targets": [vocab[["<bos>"] + line + ["<eos>"]] for line in LINES],
        "array": array.flatten().tolist(),
        "lengths": lengths.tolist(),
        "decoderInputs": torch.cat([bos, array[:, :-1]], 1).flatten().tolist(),
    }


golden = {
    "source": f"d2l {version('d2l')}, d2l.torch, CPython {sys.version.split()[0]}",
    "command": "python tools/golden/d2l-samplers.py",
    "cases": {
        "samplers": [sampler_case(name, *size, seed) for name in SAMPLERS for size in SIZES for seed in range(4)],
        "translation": [translation_case(num_steps) for num_steps in (1, 3, 4, 10)],
    },
}
OUTPUT.write_text(json.dumps(golden) + "\n")
