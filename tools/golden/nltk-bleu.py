"""Sentence and corpus BLEU by NLTK: smoothing methods x weights x reweighing, on made-up tokens.

Writes packages/metrics/test/golden/nltk-bleu.json. Where NLTK refuses (method 6 without matches of three tokens) the score
is null.
"""

import json
import pathlib
import platform
import random
import warnings

import nltk
from nltk.translate.bleu_score import SmoothingFunction, corpus_bleu, sentence_bleu

OUTPUT = pathlib.Path(__file__).resolve().parents[2] / "packages/metrics/test/golden/nltk-bleu.json"
WEIGHTS = {
    "default": (0.25, 0.25, 0.25, 0.25),
    "one": (1.0,),
    "two": (0.5, 0.5),
    "six": (0.3, 0.25, 0.2, 0.1, 0.1, 0.05),
    "some": (0.1, 0, 0.9, 0),
}
PARAMETERS = [{}, {"epsilon": 0.02, "alpha": 2, "k": 3}]

draw = random.Random(11)
warnings.simplefilter("ignore")


def sentence(low, high):
    return draw.choices("abcdef", k=draw.randint(low, high))


# A hypothesis with its references.
SEGMENTS = [
    ["the dog bit the man .".split(), ["the dog bit the man .".split()]],
    [[], ["a b".split()]],
    ["a b".split(), [[]]],
    [["a"], [["a"]]],
    [["a"], [["b"]]],
    ["a b".split(), ["a b".split(), "b a".split()]],
    ["a b c".split(), ["a b d c".split()]],
    ["a a a a a a".split(), ["a b a".split(), "b a b".split()]],
    ["a b c d e f".split(), ["a b c e d f".split(), "a b d c e f a b c d".split()]],
] + [[sentence(1, 12), [sentence(0, 12) for _ in range(draw.randint(1, 3))]] for _ in range(14)]
# The methods that look at the last segment alone find something there, or nothing.
CORPORA = [SEGMENTS, SEGMENTS[:1] + SEGMENTS[8:9], SEGMENTS[8:9] + SEGMENTS[:1], SEGMENTS[:2], SEGMENTS[3:4] * 3]


def scores(compute, hypothesis, references):
    """For each weights, parameters and method, with and without reweighing."""
    rows = []
    for name, weights in WEIGHTS.items():
        for parameters in PARAMETERS:
            for method in range(8):
                for reweigh in (False, True):
                    if reweigh and name != "default" or parameters and method in (0, 2, 3, 5):
                        continue
                    smoothing = getattr(SmoothingFunction(**parameters), f"method{method}")
                    try:
                        score = compute(references, hypothesis, weights, smoothing, reweigh)
                    except (AssertionError, IndexError):
                        score = None
                    rows.append(score)
    return rows


golden = {
    "source": f"nltk {nltk.__version__} on CPython {platform.python_version()}",
    "command": "python tools/golden/nltk-bleu.py",
    "cases": {
        "weights": WEIGHTS,
        "parameters": PARAMETERS,
        "segments": SEGMENTS,
        "sentences": [scores(sentence_bleu, *segment) for segment in SEGMENTS],
        "corpora": [[corpus, scores(corpus_bleu, *zip(*corpus))] for corpus in CORPORA],
    },
}
OUTPUT.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
