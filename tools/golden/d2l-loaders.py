"""Writes packages/samplers/test/golden/d2l-loaders.json with the data loaders of the d2l package 1.0 itself.

d2l 1.0.3 pins packages of 2023 that have no wheels for the Python of today, so it is installed beside newer ones:
    pip install -r tools/golden/d2l-loaders-requirements.txt && pip install --no-deps d2l==1.0.3

Its loaders shuffle by PyTorch's generator. Here the order of each epoch is CPython's `random.shuffle` of all examples, given
to a loader over the same data, so that it can be repeated elsewhere.
"""

import json
import random
import sys
from importlib.metadata import version
from pathlib import Path

import torch
from d2l import torch as d2l

OUTPUT = Path(__file__).parents[2] / "packages/samplers/test/golden/d2l-loaders.json"
NUM_EPOCHS = 2
TEXT = "The Time Traveller (for so it will be convenient to speak of him) was expounding a recondite matter to us."
PAIRS = """Go.\tVa !
I lost.\tJ'ai perdu.
He's calm.\tIl est calme.
I'm home.\tJe suis chez moi.
Go on, go on, go on, and go on!\tVa, va, va, et va encore !
I lost him.\tJe l'ai perdu.
Go!\tVa.
He's home, and he's calm.\tIl est chez lui, et il est calme.
"""
d2l.TimeMachine._download = lambda self: TEXT
d2l.MTFraEng._download = lambda self: PAIRS


def shuffled_epochs(loader, seed):
    random.seed(seed)
    epochs = []
    for _ in range(NUM_EPOCHS):
        order = list(range(len(loader.dataset)))
        random.shuffle(order)
        shuffled = torch.utils.data.DataLoader(loader.dataset, loader.batch_size, sampler=order)
        epochs.append([[array.tolist() for array in batch] for batch in shuffled])
    return epochs


def window_case(batch_size, num_steps, num_train, num_val, seed):
    data = d2l.TimeMachine(batch_size, num_steps, num_train, num_val)
    corpus, _ = data.build(TEXT)
    return {
        "batchSize": batch_size,
        "numSteps": num_steps,
        "numTrain": num_train,
        "numValidation": num_val,
        "seed": seed,
        "corpus": corpus,
        "train": shuffled_epochs(data.train_dataloader(), seed),
        "validation": [[array.tolist() for array in batch] for batch in data.val_dataloader()],
    }


def translation_case(batch_size, num_steps, seed):
    num_train = 6
    data = d2l.MTFraEng(batch_size, num_steps, num_train, num_val=2)
    sources, targets = data._tokenize(data._preprocess(PAIRS))
    return {
        "batchSize": batch_size,
        "numSteps": num_steps,
        "seed": seed,
        "sourcePadId": data.src_vocab["<pad>"],
        "targetPadId": data.tgt_vocab["<pad>"],
        "numTrain": num_train,
        "sources": [data.src_vocab[line] for line in sources],
        "targets": [data.tgt_vocab[["<bos>"] + line] for line in targets],
        "train": shuffled_epochs(data.train_dataloader(), seed),
        "validation": [[array.tolist() for array in batch] for batch in data.val_dataloader()],
    }


golden = {
    "source": f"d2l {version('d2l')}, d2l.torch, torch {version('torch')}, CPython {sys.version.split()[0]}",
    "command": "python tools/golden/d2l-loaders.py",
    "cases": {
        "windows": [
            window_case(8, 5, 30, 12, seed=0),
            window_case(1, 1, 7, 3, seed=1),
            window_case(7, 20, 40, 21, seed=2),
            window_case(4, 3, 4, 1, seed=3),
        ],
        "translation": [translation_case(4, 4, seed=0), translation_case(3, 14, seed=1), translation_case(1, 5, seed=2)],
    },
}
OUTPUT.write_text(json.dumps(golden) + "\n")
