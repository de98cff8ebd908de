"""Word and character error rates and alignments by jiwer, which aligns with RapidFuzz.

Writes packages/metrics/test/golden/error-rate.json. An alignment is one letter a step: h hit, s substitution, i insertion
(a word that only the hypothesis has), d deletion.
"""

import importlib.metadata
import json
import pathlib
import random

import jiwer

OUTPUT = pathlib.Path(__file__).resolve().parents[2] / "packages/metrics/test/golden/error-rate.json"
LETTERS = {"equal": "h", "substitute": "s", "insert": "i", "delete": "d"}

# Hypothesis and reference.
SEGMENTS = [
    ["", ""],
    ["the cat", ""],
    ["", "the cat"],
    ["snow", "snow"],
    ["snow", "rain"],
    ["a b c d", "a b c d"],
    ["b c d a", "a b c d"],
    ["d c b a", "a b c d"],
    ["a a a", "a"],
    ["a", "a a a"],
    ["a b a b a b", "b a b a b a"],
    ["the the cat sat on the mat", "the cat sat on on the mat"],
    ["  the   old lamp burns ", "the old lamp burned all night"],
    ["The cat, sat.", "the cat sat"],
    ["naïve café 😀 ok", "naive cafe 😀😀 ok"],
    ["sitting", "kitten"],
    ["日本語の文", "日本の文章"],
]
rng = random.Random(7)
for alphabet in ("ab", "abc", "abcdefgh"):
    for _ in range(40):
        SEGMENTS.append([" ".join(rng.choices(alphabet, k=rng.randrange(14))) for _ in range(2)])
for _ in range(4):  # more than one 64-bit word of RapidFuzz
    SEGMENTS.append([" ".join(rng.choices("abcd", k=rng.randrange(65, 100))) for _ in range(2)])


def counts(output, rate):
    return [output.hits, output.substitutions, output.insertions, output.deletions, rate]


def segment(hypothesis, reference):
    words = jiwer.process_words(reference, hypothesis)
    characters = jiwer.process_characters(reference, hypothesis)
    steps = "".join(
        LETTERS[chunk.type]
        * max(chunk.ref_end_idx - chunk.ref_start_idx, chunk.hyp_end_idx - chunk.hyp_start_idx)
        for chunk in words.alignments[0]
    )
    return [hypothesis, reference, steps, counts(words, words.wer), counts(characters, characters.cer)]


hypotheses, references = zip(*SEGMENTS)
words = jiwer.process_words(list(references), list(hypotheses))
characters = jiwer.process_characters(list(references), list(hypotheses))
versions = " and ".join(f"{name} {importlib.metadata.version(name)}" for name in ("jiwer", "rapidfuzz"))
golden = {
    "source": versions,
    "command": "python tools/golden/error-rate.py",
    "cases": {
        "segments": [segment(*pair) for pair in SEGMENTS],
        "words": counts(words, words.wer),
        "characters": counts(characters, characters.cer),
    },
}
OUTPUT.write_text(json.dumps(golden, ensure_ascii=False, separators=(",", ":")) + "\n")
