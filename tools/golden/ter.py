"""TER of made-up corpora by sacreBLEU, over all its options, and the words of its tercom tokenizer.

Writes packages/metrics/test/golden/ter.json.
"""

import itertools
import json
import pathlib
import platform
import random

import sacrebleu
from sacrebleu.metrics import TER
from sacrebleu.tokenizers.tokenizer_ter import TercomTokenizer

OUTPUT = pathlib.Path(__file__).resolve().parents[2] / "packages/metrics/test/golden/ter.json"


def numbered(letter, *numbers):
    return [f"{letter}{i}" for i in range(*numbers)]


# A hypothesis with its references.
SEGMENTS = {
    "equal": ["The ferry leaves at seven.", "The ferry leaves at seven.", "At seven the ferry leaves."],
    "empty hypothesis": ["", "Nobody was at home.", "No one."],
    "empty reference": ["Two words", "", "Two words"],
    "all empty": ["", "", ""],
    "only whitespace": [" \u3000\t", "x", "\u2003"],
    "one word": ["Fog", "fog", "Fog."],
    "no match": ["zzz qqq", "The mill is old", "An old mill"],
    "longer": ["he he he he painted the fence green and green again", "He painted the fence", "He painted it green"],
    "shorter": ["Rain", "It rained all through the night and into the morning", "Rain fell all night"],
    "shift to the end": ["yesterday we met the baker in town", "we met the baker in town yesterday", "we met yesterday"],
    "shift to the start": ["we met the baker in town yesterday", "yesterday we met the baker in town", "in town we met"],
    "two shifts": ["e f g a b c h d", "a b c d e f g h", "h g f e d c b a"],
    "shift and edits": ["x the long road home leads to y", "to the sea leads the long road", "the long road leads home"],
    "repeated words": ["a b a b a c a b a", "b a b a c a a b b", "c a b a b"],
    "span in its own place": ["c a a c", "b c c a", "a c"],
    "shift within the span": ["a c c c b", "b c a c c", "c c c"],
    "punctuation": ["(Yes), he said: \"no!\" - it's 'so'; x... ?!", "'Yes' he said, no; it is (so) x. !", "Yes - no..."],
    "case": ["ÉCOLE Straße İstanbul ΟΔΟΣ", "école straße i̇stanbul οδος", "École STRASSE Istanbul Οδός"],
    "scripts": ["日本語の文。「引用」、 3、5", "日本語 の 文章。『引用』", "Ещё раз: «да» — нет…"],
    "markup": ["a &quot;b&quot; &amp;lt; Tom's\n-x y\nz 7-8 1,000.5.", "a \"b\" < Tom 's x y z 7 - 8 1,000.5", "a b"],
    # What lies beside the diagonal, how far shifts go, how long they are, and how many are tried.
    "far from the diagonal": ["k one two", " ".join(["one two", *numbered("w", 140), "k"]), "two one"],
    "one word for many": ["w5", " ".join(numbered("w", 120)), " ".join(numbered("w", 60))],
    "many words for two": [" ".join(f"w{i * 7 % 60}" for i in range(60)), "w3 w1", "w59 w7 w14"],
    "span of more than ten": [
        " ".join(numbered("b", 14) + numbered("a", 20)),
        " ".join(numbered("a", 20) + numbered("b", 14)),
        "b0 a0",
    ],
    "more than fifty words away": [
        " ".join([*numbered("a", 62), "here"]),
        " ".join(["here", *numbered("a", 62)]),
        " ".join([*numbered("a", 13), "here", *numbered("a", 13, 62)]),
    ],
    "too many candidates": [
        " ".join("abcd"[(i * i + i // 5) % 4] for i in range(40)),
        " ".join("abcd"[i * 5 % 4] for i in range(40)),
        " ".join("abcd"[i // 4 % 4] for i in range(36)),
    ],
}
HYPOTHESES = [row[0] for row in SEGMENTS.values()]
FRAGMENTS = [
    *"a Zoë naïve ÇA weiß 42 3.14 1,000 7-8 x-9 -5 e.g. U.S. Jim's 's don't o' 'tis".split(),
    *". , ; : ? ! ( ) [ ] { } \" ' ... -- - / \\ @ # $ % & * + < = > ^ _ ` | ~ .. ,, ?! .5 5. a.b 1.a a.1".split(),
    *"&quot; &amp; &lt; &gt; &amp;lt; &apos; &#39; <b> </b> <skipped>".split(),
    *"漢字 中国 㐀 ㇀ ⺀ ㈱ ㍻ ﹅ 豈 々 〆 ䷀ ひらがな カタカナ ｶﾅ ㇰ ー ・ 、 。 「 」 『 』 【 】 〔 〟 ． ， ？ ： ； ！ ＂ （ ） 〜".split(),
    *"Привет мир — « » Ελλάδα שלום العربية ، ؟ हिन्दी । ไทย 한국어 \U00020000 😀 👩‍👧 … – “ ” ‘ ’ € £ ° × ÷".split(),
    *(" ", "\t", "\n", "\n-", "-\n", "\r\n", "\u00a0", "\u3000", "\u200b", "\ufeff", "\u0085", "\x1c"),
]


def lines(count):
    """Fragments, with spaces between some of them."""
    choices = random.Random(2006)
    for _ in range(count):
        length = choices.randint(1, 7)
        yield "".join(choices.choice(FRAGMENTS) + choices.choice(("", "", " ")) for _ in range(length))


def case(num_references, options):
    normalized, punctuation, asian_support, case_sensitive = options
    metric = TER(normalized, not punctuation, asian_support, case_sensitive)
    references = [[row[k + 1] for row in SEGMENTS.values()] for k in range(num_references)]
    statistics = metric._extract_corpus_statistics(HYPOTHESES, references)
    score = metric.corpus_score(HYPOTHESES, references)
    return [num_references, options, statistics, score.score, str(metric.get_signature())]


both = (False, True)
scores = [case(*arguments) for arguments in itertools.product((1, 2), itertools.product(both, both, both, both))]
# With punctuation and without normalisation, the tokenizer only splits.
settings = [options for options in itertools.product(both, both, both) if options[0] or not options[1]]
tokens = [
    [line, [TercomTokenizer(normalized, not punctuation, asian)(line.rstrip()) for normalized, punctuation, asian in settings]]
    for line in lines(220)
]
golden = {
    "source": f"sacrebleu {sacrebleu.__version__} TER on CPython {platform.python_version()}",
    "command": "python tools/golden/ter.py",
    "cases": {"segments": SEGMENTS, "scores": scores, "settings": settings, "tokens": tokens},
}
OUTPUT.write_text(json.dumps(golden, separators=(",", ":"), ensure_ascii=False) + "\n", "utf-8")
