"""Paired bootstrap and approximate randomization by sacreBLEU, with the samples that numpy drew for it.

Writes packages/metrics/test/golden/significance.json. A sample is a row of indices of segments, a trial a row of coins, both
written as one character a segment.
"""

import json
import os
import pathlib
import platform

import numpy
import sacrebleu
from sacrebleu.metrics import BLEU, CHRF, TER
from sacrebleu.significance import PairedTest

OUTPUT = pathlib.Path(__file__).resolve().parents[2] / "packages/metrics/test/golden/significance.json"
SEED = 20
NUM_SAMPLES = 999
NUM_TRIALS = 400
NUM_SEGMENTS = 26
DIGITS = "abcdefghijklmnopqrstuvwxyz"
WORDS = "the a cat dog tree house sees finds old green , . and under with small runs quickly".split()
METRICS = {"bleu": BLEU, "chrf": CHRF, "ter": TER}

draws = numpy.random.default_rng(SEED)
reference = [list(draws.choice(WORDS, size=draws.integers(4, 14))) for _ in range(NUM_SEGMENTS)]


def disturbed(share):
    """The reference with a share of its words replaced by others, or left out."""
    segments = []
    for words in reference:
        kept = [word if draws.random() > share else str(draws.choice(WORDS)) for word in words]
        segments.append(" ".join(word for word in kept if draws.random() > share / 4))
    return segments


systems = [disturbed(share) for share in (0.30, 0.28, 0.32, 0.5)]
systems.append(systems[0])  # nothing differs
references = [[" ".join(words) for words in reference]]


def results(test_type, num_samples):
    os.environ["SACREBLEU_SEED"] = str(SEED)
    named = [(str(index), system) for index, system in enumerate(systems)]
    _, scores = PairedTest(
        named,
        {name: metric(references=references) for name, metric in METRICS.items()},
        None,
        test_type=test_type,
        n_samples=num_samples,
    )()
    names = [name for name in scores if name != "System"]
    return {
        key: [
            {field: float(value) for field, value in vars(result).items() if value is not None} for result in scores[name]
        ]
        for key, name in zip(METRICS, names)
    }


# What sacreBLEU draws from its generator, seeded anew for each system.
samples = numpy.random.default_rng(SEED).choice(NUM_SEGMENTS, size=(NUM_SAMPLES, NUM_SEGMENTS), replace=True)
trials = numpy.random.default_rng(SEED).integers(2, size=(NUM_TRIALS, NUM_SEGMENTS), dtype=bool)
golden = {
    "source": f"sacrebleu {sacrebleu.__version__} PairedTest, numpy {numpy.__version__}, CPython {platform.python_version()}",
    "command": "python tools/golden/significance.py",
    "cases": {
        "systems": systems,
        "references": references,
        "samples": ["".join(DIGITS[index] for index in row) for row in samples],
        "trials": ["".join("1" if coin else "0" for coin in row) for row in trials],
        "bootstrap": results("bs", NUM_SAMPLES),
        "randomization": results("ar", NUM_TRIALS),
    },
}
OUTPUT.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
