"""Writes packages/text/test/golden/nltk-tokenizers.json with NLTK's tokenizers and detokenizer."""

import json
import random
import sys
from pathlib import Path

import nltk
from nltk.tokenize import RegexpTokenizer, TreebankWordDetokenizer, TreebankWordTokenizer

SENTENCES = [
    "",
    "a",
    " ",
    "Good muffins cost $3.88 (roughly 3,36 euros)\nin New York.  Please buy me\ntwo of them.\nThanks.",
    "They'll save and invest more.",
    "hi, my name can't hello,",
    "\"Oh, no,\" she's saying, \"our $400 blender can't handle something this hard!\"",
    "'Twas the night; 'tis gone. I'm gonna go, I wanna, gimme, lemme, gotta, cannot, d'ye, more'n.",
    "He said: ``quoted'' and \"again\" and ''odd''.",
    "(\"nested\") [\"brackets\"] {\"braces\"} <\"tags\">",
    "Wait... what?! No--yes -- maybe... ",
    "It's 5:30, 10% of #1 & more @ home; the '90s' end.'",
    "The dogs' bowl, the boss's bowl: I'd've DON'T WE'LL THEY'RE n't 's ' ' ''.",
    "U.S. firms, e.g. Smith & Co. and J. R. Doe, rose.\")",
    "Ends with a newline.\n",
    "Ends with a colon:\n",
    "1,000 a,b ,c :d 3:4 3:x",
    "\u00bfQu\u00e9 tal, ni\u00f1o? \u201cBien\u201d, dijo\u00a0\u00e9l.",
    "\u0967:\u0968,x \u0967,\u0968 \u0437\u2019\u044f\u0441 can\u0441not can\u0301not \u017ft 'tiS",
    "\U0001f600,\U0001f600:\"\U0001f600\" \U0001f600. ",
    "a\tb\x0bc\x1cd\x85e\u2028f\u3000g\ufeffh",
    "\"`x` ``\"\" '' \"\"",
]
PARTS = [
    *"\"'`.,:;?!()[]{}<>$%&#@-_ \n\t",
    *"  ''",
    "``",
    "''",
    "--",
    "...",
    "can",
    "not",
    "cannot",
    "gonna",
    "wanna",
    " 'tis",
    "more'n",
    "d'ye",
    "don't",
    "he's",
    "I'm",
    "we'll",
    "1",
    "2,5",
    "the",
    "end.",
    "\u00e9",
    "\u0663",
    "\u00a0",
    "\U0001f44d",
]
TOKEN_LISTS = [
    ["hello", ",", "i", "ca", "n't", "feel", "my", "feet", "!", "Help", "!", "!"],
    ["He", "said", ":", "Help", ",", "help", "?", "!"],
    ["``", "Yes", ",", "''", "he", "said", ",", "``", "it", "'s", "``", "so", "''", ".", "''"],
    ["a", "<unk>", "(", "b", ")", ",", "[", "c", "]", ".", "d"],
    ["$", "5", "%", "of", "#", "1", ";", "...", "then", "--", "gone"],
    ["'t", "was", "gon", "na", "can", "not", "wan", "na", "x"],
]
PATTERNS = [(r"\w+|[^\w\s]+", False), (r"[a-z]+|\d", False), (r"\s+", True), (r"[,;]\s*", True)]
TEXTS = ["", "Good muffins cost $3.88\nin New York.", "  a, b;c ;; 12 ", "no-match? 7", ",", "x"]


def utf16_spans(text, spans):
    """The same places, counted in UTF-16 code units."""
    offset = [0]
    for character in text:
        offset.append(offset[-1] + len(character.encode("utf-16-le")) // 2)
    return [[offset[start], offset[end]] for start, end in spans]


def treebank_case(text):
    tokens = TreebankWordTokenizer().tokenize(text)
    spans = utf16_spans(text, TreebankWordTokenizer().span_tokenize(text))
    return {"text": text, "tokens": tokens, "spans": spans, "joined": TreebankWordDetokenizer().detokenize(tokens)}


def regexp_case(pattern, gaps, text):
    tokenizer = RegexpTokenizer(pattern, gaps=gaps)
    spans = [[start, end] for start, end in tokenizer.span_tokenize(text) if start < end]
    return {"pattern": pattern, "gaps": gaps, "text": text, "tokens": tokenizer.tokenize(text), "spans": spans}


random.seed(20)
texts = SENTENCES + ["".join(random.choices(PARTS, k=random.randint(3, 16))) for _ in range(300)]
cases = {
    "treebank": [treebank_case(text) for text in texts],
    "joined": [{"tokens": tokens, "text": TreebankWordDetokenizer().detokenize(tokens)} for tokens in TOKEN_LISTS],
    "regexp": [regexp_case(*pattern, text) for pattern in PATTERNS for text in TEXTS],
}
path = Path(__file__).parents[2] / "packages/text/test/golden/nltk-tokenizers.json"
source = f"nltk {nltk.__version__}, CPython {sys.version.split()[0]}"
golden = {"source": source, "command": "python tools/golden/nltk-tokenizers.py", "cases": cases}
path.write_text(json.dumps(golden) + "\n")
