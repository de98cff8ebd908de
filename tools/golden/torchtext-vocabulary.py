"""Orders of vocabularies by torchtext, whose compiled part does not load beside the torch of today:

    pip install -r tools/golden/torchtext-vocabulary-requirements.txt && pip install --no-deps torchtext==0.18.0
    python -X utf8 tools/golden/torchtext-vocabulary.py

The order is made by torchtext's Python, which hands the compiled class a finished list; a class that keeps the list stands in.
"""

import importlib
import importlib.util
import json
import pathlib
import sys
import types
from importlib.metadata import version


class VocabPybind:
    def __init__(self, tokens, default_index):
        self.itos_ = tokens


root = pathlib.Path(importlib.util.find_spec("torchtext").submodule_search_locations[0])
for name, path in (("torchtext", root), ("torchtext.vocab", root / "vocab")):
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__path__ = [str(path)]
vars(sys.modules["torchtext"]).update(_WARN=False, _CACHE_DIR="")
sys.modules["torchtext._torchtext"] = types.SimpleNamespace(Vocab=VocabPybind)
build_vocab_from_iterator = importlib.import_module("torchtext.vocab.vocab_factory").build_vocab_from_iterator

OUTPUT = pathlib.Path(__file__).resolve().parents[2] / "packages/text/test/golden/torchtext-vocabulary.json"

# Ties of letters, of a code point above U+FFFF with one from U+E000 to U+FFFF, of capitals and accents.
TOKENS = "b a \U0001f600 \uff21 \uff21 \U0001f600 é Z z e e <unk> aa a b c c c \ue000 \U0001f601 a".split(" ")
OPTIONS = [
    {},
    {"specials": ["<unk>"]},
    {"specials": ["<pad>", "<unk>", "<bos>"]},
    {"specials": ["<unk>", "<pad>"], "special_first": False},
    {"specials": ["<unk>"], "min_freq": 2},
    {"specials": ["<unk>", "<pad>"], "min_freq": 2, "special_first": False},
    {"specials": ["<pad>"], "max_tokens": 5},
    {"specials": ["<pad>", "<bos>"], "max_tokens": 7, "special_first": False},
    {"specials": ["<pad>"], "max_tokens": 100},
]

cases = [
    {"options": options, "tokens": build_vocab_from_iterator([TOKENS], **options).vocab.itos_} for options in OPTIONS
]
golden = {
    "source": f"torchtext {version('torchtext')} build_vocab_from_iterator",
    "command": "python -X utf8 tools/golden/torchtext-vocabulary.py",
    "cases": {"tokens": TOKENS, "vocabularies": cases},
}
OUTPUT.write_text(json.dumps(golden, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
