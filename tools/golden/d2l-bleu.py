"""BLEU of sentence pairs by the d2l package. Adds the scores of the version that is installed to
packages/metrics/test/golden/d2l-bleu.json, so that it is run once with each, 0.17.6 and 1.0.3:

    pip install -r tools/golden/d2l-bleu-requirements.txt
    pip install --no-deps d2l==0.17.6 && python tools/golden/d2l-bleu.py
    pip install --no-deps d2l==1.0.3 && python tools/golden/d2l-bleu.py
"""

import json
import pathlib
import random

import d2l
from d2l import torch as book

OUTPUT = pathlib.Path(__file__).resolve().parents[2] / "packages/metrics/test/golden/d2l-bleu.json"

draw = random.Random(3)
PAIRS = [
    ["va !", "va !"],
    ["j'ai perdu .", "j'ai perdu ."],
    ["il est calme", "il est mouillé ."],
    ["je suis chez moi chez moi .", "je suis chez moi ."],
    ["", ""],
    ["", "va"],
    ["va", ""],
    ["oui", "non"],
    ["le le le le", "le chat et le chien"],
    ["a  b", "a b"],
    [" a b ", " a b "],
] + [[" ".join(draw.choices("abc", k=draw.randint(1, 9))) for _ in range(2)] for _ in range(12)]


def bleu(prediction, label, k):
    """None where the version has no score."""
    try:
        return book.bleu(prediction, label, k)
    except ZeroDivisionError:
        return None


cases = json.loads(OUTPUT.read_text(encoding="utf-8"))["cases"] if OUTPUT.exists() else {"pairs": PAIRS, "scores": {}}
assert cases["pairs"] == PAIRS
version = d2l.__version__.rpartition(".")[0]
cases["scores"][version] = [[bleu(*pair, k) for k in (1, 2, 3, 4)] for pair in PAIRS]
golden = {
    "source": "d2l 0.17.6 and 1.0.3 bleu",
    "command": "python tools/golden/d2l-bleu.py",
    "cases": {"pairs": PAIRS, "scores": dict(sorted(cases["scores"].items()))},
}
OUTPUT.write_text(json.dumps(golden, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
