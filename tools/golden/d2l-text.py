"""Writes packages/text/test/golden/d2l.json with the d2l package itself.

d2l 0.17.6 pins packages of 2021 that have no wheels for the Python of today, so it is installed beside newer ones:
    pip install -r tools/golden/d2l-text-requirements.txt && pip install --no-deps d2l==0.17.6
"""

import json
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from d2l import torch as d2l

PACKAGES = Path(__file__).parents[2] / "packages"

RAW = "\ufeffAn  Apple, a day!\r\n\r\n_THE_ cat\u2019s na\u00efve 42\x0bhats\u2028here\rend of\ttext\n \n7\nlast line"
LINES = [
    "the cat sat on the mat and the dog sat on the log",
    "",
    "a zebra and an ox and a cat met at the gate",
    "  the   the b b a a <unk> <pad> c ",
]
VOCABULARY_OPTIONS = [
    {"min_freq": 0, "reserved_tokens": []},
    {"min_freq": 2, "reserved_tokens": ["<pad>", "<bos>", "<eos>"]},
    {"min_freq": 3, "reserved_tokens": ["the", "a"]},
    {"min_freq": 100, "reserved_tokens": ["<pad>"]},
]


def cleaned(raw):
    """The lines of read_time_machine, with `raw` in the place of the book."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "raw.txt"
        path.write_bytes(raw.encode())
        d2l.download = lambda name: path
        return d2l.read_time_machine()


def vocabulary_case(kind, options):
    tokens = d2l.tokenize(LINES, kind)
    vocab = d2l.Vocab(tokens, **options)
    return {
        "token": kind,
        "minFrequency": options["min_freq"],
        "reserved": options["reserved_tokens"],
        "tokens": vocab.idx_to_token,
        "frequencies": vocab.token_freqs,
        "ids": [vocab[line] for line in tokens],
    }


def write(package, cases):
    folder = PACKAGES / package / "test/golden"
    folder.mkdir(parents=True, exist_ok=True)
    source = f"d2l {version('d2l')}, d2l.torch, CPython {sys.version.split()[0]}"
    golden = {"source": source, "command": "python -X utf8 tools/golden/d2l-text.py", "cases": cases}
    (folder / "d2l.json").write_text(json.dumps(golden) + "\n")


write(
    "text",
    {
        "cleaned": {"raw": RAW, "lines": cleaned(RAW)},
        "lines": LINES,
        "tokenized": {kind: d2l.tokenize(LINES, kind) for kind in ("word", "char")},
        "whitespace": [code for code in range(sys.maxunicode + 1) if len(f"a{chr(code)}b".split()) == 2],
        "vocabularies": [vocabulary_case(kind, options) for kind in ("word", "char") for options in VOCABULARY_OPTIONS],
    },
)
