"""Writes packages/text/test/golden/subword-nmt.json: merges learnt and applied by subword-nmt."""

import io
import json
import random
from importlib.metadata import version
from pathlib import Path

from subword_nmt.apply_bpe import BPE
from subword_nmt.learn_bpe import learn_bpe

random.seed(8)


def words(alphabet, longest, number):
    """Drawn with falling frequency, so that some are frequent and many pairs are equally so."""
    kinds = ["".join(random.choices(alphabet, k=random.randint(1, longest))) for _ in range(number // 4)]
    return random.choices(kinds, weights=[1 / (1 + i) for i in range(len(kinds))], k=number)


# Few letters, so that pairs overlap with themselves; letters that Python and JavaScript order differently; symbols that
# contain what marks the end of a word.
CORPORA = {
    "one letter": ["a" * n for n in (1, 2, 3, 4, 5, 7, 9, 2, 3, 3)],
    "ties": ["ab", "cd", "ef", "abc", "fab", "\ue000\U00010000", "\U00010000\ue000", "\uffee\U0001f600", "\U0001f600a"] * 2,
    "two letters": words("ab", 9, 120),
    "three letters": words("abc", 12, 240),
    "many letters": words("etaoinshrdlucmfwyp", 10, 400),
    "beyond ASCII": words(["\u00e9", "e\u0301", "\u4e2d", "\U0001f44d", "\U0001f3fd", "\u05d0", "'"], 6, 160),
    "marks": words([*"a</w>@\\.", "</w>", "@@"], 5, 160),
    "rare": ["abc", "abd", "xyz"],
}
OPTIONS = [(5, 2), (60, 2), (200, 1), (200, 4)]
HAND_MADE = ["a b", "ab c", "b c", "c a", "a a", "aa a", "ca b</w>", "a b</w>", "ab c</w>", "c</w> a", "b c"]
SEPARATORS = ["@@", "\u2581"]


def learn(tokens, num_symbols, min_frequency):
    codes = io.StringIO()
    learn_bpe(io.StringIO(" ".join(tokens) + "\n"), codes, num_symbols, min_frequency)
    return codes.getvalue()


def segment(codes, tokens, separator):
    return [BPE(io.StringIO(codes), separator=separator).segment_tokens([token]) for token in tokens]


def case(name, num_symbols, min_frequency):
    tokens = CORPORA[name]
    codes = learn(tokens, num_symbols, min_frequency)
    alphabet = sorted(set("".join(tokens)) | {"z"})
    # It does not read a file that holds no merge.
    number = 5 if codes.count("\n") > 1 else 0
    unseen = ["".join(random.choices(alphabet, k=random.randint(1, 14))) for _ in range(number)]
    return {
        "corpus": name,
        "numMerges": num_symbols,
        "minFrequency": min_frequency,
        "codes": codes,
        "words": unseen,
        "segmented": segment(codes, unseen, "@@"),
    }


hand_made = "\n".join(["#version: 0.2", *HAND_MADE]) + "\n"
hand_made_words = ["".join(random.choices("abc", k=random.randint(1, 20))) for _ in range(40)] + ["a" * 30, "abc" * 9]
cases = {
    "corpora": CORPORA,
    "trained": [case(name, *options) for name in CORPORA for options in OPTIONS],
    "handMade": [
        {
            "separator": separator,
            "codes": hand_made,
            "words": hand_made_words,
            "segmented": segment(hand_made, hand_made_words, separator),
        }
        for separator in SEPARATORS
    ],
}
path = Path(__file__).parents[2] / "packages/text/test/golden/subword-nmt.json"
source = f"subword-nmt {version('subword-nmt')}, learn_bpe and apply_bpe"
golden = {"source": source, "command": "python tools/golden/subword-nmt.py", "cases": cases}
path.write_text(json.dumps(golden) + "\n")
