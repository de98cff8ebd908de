"""BLEU of made-up corpora by sacreBLEU: smoothing x order x references x tokenizer x case x effective order.

Writes packages/metrics/test/golden/bleu.json. Statistics of an order do not depend on the highest one, so each group of
scores carries them once, for the highest.
"""

import itertools
import json
import pathlib
import platform

import sacrebleu
from sacrebleu.metrics import BLEU

OUTPUT = pathlib.Path(__file__).resolve().parents[2] / "packages/metrics/test/golden/bleu.json"
SMOOTHINGS = [
    {"method": "exp"},
    {"method": "none"},
    {"method": "floor"},
    {"method": "floor", "value": 0.01},
    {"method": "add-k"},
    {"method": "add-k", "value": 2.5},
]

# A hypothesis with its references.
SEGMENTS = {
    "equal": ["The old lamp burns all night.", "The old lamp burns all night.", "An old lamp is burning."],
    "empty hypothesis": ["", "Nobody answered.", "There was no answer."],
    "empty reference": ["A word too many", "", "One word too many"],
    "both empty": ["", "", ""],
    "one word": ["Snow", "snow", "Snow"],
    "no match": ["qua quo", "Rivers freeze in January", "The river is frozen"],
    "longer": ["She sold the boat and the boat and the boat again", "She sold the boat", "She has sold her boat"],
    "shorter": ["He left", "He left the house before the sun was up", "He had left before dawn"],
    "equally close lengths": ["a b c d", "a b c d e f", "a b"],
    "clipped": ["the the the the the", "the cat and the dog", "the the of the"],
    "case": ["ÉCOLE Straße İstanbul ΟΔΟΣ", "école straße i̇stanbul οδος", "École STRASSE Istanbul Οδός"],
    "markup": ["one<skipped>two &amp;lt; &quot;x&quot; &apos;y&apos; &gt;", "onetwo < \"x\" 'y' >", "one two &lt; x &gt;"],
    "numbers": ["3,141.59 cost $1,000.-, 50% off; 1.5x .5 5. a.b 7-8 x-9 9-x", "3,141.59 cost $1,000, 50% off", "7 - 8"],
    "doubled punctuation": ["Well,,, no... \"yes\" ('maybe')!? e.g., i.e. a,,b 1,,2 ..", "Well, no. Yes, maybe!", "Well ... no"],
    "hyphens": ["a well-known mother-\nin-law - 20-year -5 --", "a well-known mother-in-law, 20 years", "well known"],
    "symbols": ["a@b.c #1 [x]{y} ^_^ ~z `q` \\ | <=> 2+2=4 c/d 'tis don't", "a@b.c # 1 [ x ] { y }", "don 't 'tis"],
    "whitespace": ["a\u00a0b\u3000c\td\x1ce\x85f\u2028g  h", "a b c d e f g h", "a\x1fb\x0bc"],
    "not whitespace": ["\ufeffa b\u200bc d\u180ee", "a b\u200bc d\u180ee", "\ufeffa b c d e"],
    "end of line": ["hard-\n", "hard-", "hard- \u00a0"],
    "lines": ["first\nsecond\r\nthird", "first second third", "first\rsecond"],
    "beyond the plane": ["😀, 😀. x😀.y 𝟛,𝟜", "😀 , 😀 . x😀 . y 𝟛 , 𝟜", "😀,😀"],
    "scripts": ["日本語。句読点、 3、5「引用」", "日本語。 句読点、", "Ещё раз, пожалуйста: «да» — нет…"],
}
CORPUS = list(SEGMENTS.values())


def metric(tokenizer, lowercase, order, smoothing=None, effective=False):
    smoothing = smoothing or {"method": "none"}
    return BLEU(
        tokenize=tokenizer,
        lowercase=lowercase,
        max_ngram_order=order,
        smooth_method=smoothing["method"],
        smooth_value=smoothing.get("value"),
        effective_order=effective,
        force=True,
    )


def group(name, rows, num_references, tokenizer, lowercase, orders):
    hypotheses = [row[0] for row in rows]
    references = [[row[k + 1] for row in rows] for k in range(num_references)]
    plain = metric(tokenizer, lowercase, max(orders)).corpus_score(hypotheses, references)
    scores = []
    for order, smoothing in itertools.product(orders, SMOOTHINGS):
        score, effective = (
            metric(tokenizer, lowercase, order, smoothing, flag).corpus_score(hypotheses, references) for flag in (False, True)
        )
        scores.append([order, smoothing, score.precisions, score.score, effective.score])
    return {
        "name": name,
        "references": num_references,
        "tokenizer": tokenizer,
        "lowercase": lowercase,
        "matches": plain.counts,
        "totals": plain.totals,
        "brevityPenalty": plain.bp,
        "hypothesisLength": plain.sys_len,
        "referenceLength": plain.ref_len,
        "ratio": plain.ratio,
        "scores": scores,
    }


groups = [
    group("corpus", CORPUS, *options, (1, 2, 4, 6))
    for options in itertools.product((1, 2), ("13a", "none"), (False, True))
]
groups += [
    group(name, [row], num_references, tokenizer, False, (4,))
    for name, row in SEGMENTS.items()
    for num_references, tokenizer in ((1, "13a"), (2, "13a"), (1, "none"))
]
tokens = {text: BLEU(tokenize="13a").tokenizer(text).split() for row in CORPUS for text in row}
whitespace = [code for code in range(0x10000) if len(f"a{chr(code)}b".split()) == 2]
cases = {"segments": SEGMENTS, "tokens13a": tokens, "whitespace": whitespace, "groups": groups}
OUTPUT.parent.mkdir(parents=True, exist_ok=True)
golden = {
    "source": f"sacrebleu {sacrebleu.__version__} BLEU on CPython {platform.python_version()}",
    "command": "python tools/golden/bleu.py",
    "cases": cases,
}
OUTPUT.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
