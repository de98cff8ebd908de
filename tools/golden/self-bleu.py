"""Self-BLEU by sacreBLEU: the mean of the sentence BLEU of each segment against all others.

Writes packages/metrics/test/golden/self-bleu.json.
"""

import json
import logging
import pathlib
import random

import sacrebleu
from sacrebleu.metrics import BLEU

OUTPUT = pathlib.Path(__file__).resolve().parents[2] / "packages/metrics/test/golden/self-bleu.json"
TEXTS = [
    ["The cat sat.", "The cat sat."],
    ["a", "b"],
    ["", "", "Snow"],
    ["a a b a a", "a a a", "a b a b a b", "b"],
    ["The dog bit the man.", "The man bit the dog.", "The dog bit the Dog, twice.", "Nobody bit."],
]
logging.getLogger("sacrebleu").setLevel(logging.ERROR)  # a hint that one of the cases ignores on purpose
rng = random.Random(2)
TEXTS += [[" ".join(rng.choices("abcd", k=rng.randrange(12))) for _ in range(12)] for _ in range(4)]


def self_bleu(segments, **options):
    metric = BLEU(force=True, **options)
    scores = [
        metric.sentence_score(segment, segments[:i] + segments[i + 1 :]).score for i, segment in enumerate(segments)
    ]
    return sum(scores) / len(scores)


cases = [
    {
        "segments": segments,
        "sentence": self_bleu(segments, effective_order=True),
        "lowercaseTwoOrders": self_bleu(segments, effective_order=True, lowercase=True, max_ngram_order=2),
        "floorAllOrders": self_bleu(segments, smooth_method="floor", tokenize="none"),
    }
    for segments in TEXTS
]
golden = {
    "source": f"sacrebleu {sacrebleu.__version__} sentence BLEU",
    "command": "python tools/golden/self-bleu.py",
    "cases": cases,
}
OUTPUT.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
