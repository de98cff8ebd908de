"""ROUGE-1, -2, -L and -Lsum by rouge-score, with its own tokenizer and without the stemmer.

Writes packages/metrics/test/golden/rouge.json. Scores are [precision, recall, F1] of each variant, one after the other.
"""

import importlib.metadata
import json
import pathlib
import random

from rouge_score.rouge_scorer import RougeScorer
from rouge_score.tokenizers import DefaultTokenizer

OUTPUT = pathlib.Path(__file__).resolve().parents[2] / "packages/metrics/test/golden/rouge.json"
VARIANTS = ["rouge1", "rouge2", "rougeL", "rougeLsum"]

# A hypothesis with its references; each line is a sentence to ROUGE-Lsum.
SEGMENTS = [
    ["", "", ""],
    ["", "Nobody answered.", ""],
    ["A word too many", "", "one word"],
    ["Snow", "snow", "SNOW fell"],
    ["qua quo", "Rivers freeze in January", "ice"],
    ["the the the the", "the cat and the dog", "the the of the"],
    ["The old lamp burns all night.", "The old lamp burns all night.", "All night burns the old lamp."],
    ["police killed the gunman", "the gunman killed police", "the gunman police killed"],
    ["It's 3,141.59; co-op — naïve ÉCOLE İstanbul K2", "its 3 141 59 coop naive ecole istanbul k2", "it s 3141.59"],
    ["日本語 Москва", "日本語 Москва", "x"],
    ["a b c\nd e f\n\na b", "a c\nf d e\nb a", "a b c d e f a b"],
    ["one two three four five", "one two six\nfour five seven\nthree", "five\nfour\nthree\ntwo\none"],
    ["\n\n", "\n", "a"],
    ["a a b\nb a a", "a b a\na a a b", "b\nb\na"],
]
rng = random.Random(3)


def text():
    lines = (" ".join(rng.choices("abcde", k=rng.randrange(8))) for _ in range(rng.randrange(1, 5)))
    return "\n".join(lines)


SEGMENTS += [[text() for _ in range(3)] for _ in range(60)]
scorer = RougeScorer(VARIANTS)


def flat(scores):
    return [value for variant in VARIANTS for value in scores[variant]]


def mean(rows):
    return [sum(column) / len(rows) for column in zip(*rows)]


single = [flat(scorer.score(row[1], row[0])) for row in SEGMENTS]
double = [flat(scorer.score_multi(row[1:], row[0])) for row in SEGMENTS]
golden = {
    "source": f"rouge-score {importlib.metadata.version('rouge-score')}",
    "command": "python tools/golden/rouge.py",
    "cases": {
        "segments": SEGMENTS,
        "tokens": [DefaultTokenizer().tokenize(row[0]) for row in SEGMENTS],
        "single": single,
        "double": double,
        "singleMean": mean(single),
        "doubleMean": mean(double),
    },
}
OUTPUT.write_text(json.dumps(golden, ensure_ascii=False, separators=(",", ":")) + "\n")
