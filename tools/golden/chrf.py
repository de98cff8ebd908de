"""chrF and chrF++ of made-up corpora by sacreBLEU: orders x beta x case x whitespace x smoothing x references.

Writes packages/metrics/test/golden/chrf.json. Statistics are, for each order, n-grams of the hypothesis, of the reference,
and matches.
"""

import itertools
import json
import pathlib
import platform

import sacrebleu
from sacrebleu.metrics import CHRF

OUTPUT = pathlib.Path(__file__).resolve().parents[2] / "packages/metrics/test/golden/chrf.json"

# A hypothesis with its references.
SEGMENTS = {
    "equal": ["The ferry leaves at seven.", "The ferry leaves at seven.", "At seven the ferry leaves."],
    "empty hypothesis": ["", "Nobody was at home.", "No one."],
    "empty reference": ["Two words", "", "Two words"],
    "all empty": ["", "", ""],
    "only whitespace": [" \u3000\t", "x", "\u2003"],
    "one letter": ["a", "a", "b"],
    "one word": ["Fog", "fog", "Fog."],
    "no match": ["zzz qqq", "The mill is old", "An old mill"],
    "longer": ["he he he he painted the fence green and green again", "He painted the fence", "He painted it green"],
    "shorter": ["Rain", "It rained all through the night and into the morning", "Rain fell all night"],
    "clipped": ["aaaa aa a aaaa", "aa aaa aa", "aaaaaaaaaaaa"],
    "repeated": ["abcabcabcabdabc abcabc", "abcabdabcabcabe abcabc", "cbacbacba"],
    "equally good": ["one two three", "one two four", "one two five"],
    "punctuation": ["(Yes), he said: \"no!\" - it's 'so'; x... ?! §1 „x“", "'Yes' he said, no; it is (so) x. ! § 1", "Yes - no..."],
    "case": ["ÉCOLE Straße İstanbul ΟΔΟΣ", "école straße i̇stanbul οδος", "École STRASSE Istanbul Οδός"],
    "scripts": ["日本語の文。「引用」、 3、5", "日本語 の 文章。『引用』", "Ещё раз: «да» — нет…"],
    "beyond the plane": ["😀😃 x😀. 𝟛,𝟜 😀!", "😃😀 😀 x. 𝟛 , 𝟜", "😀"],
    "whitespace": ["a\u00a0b\u3000c\td\x1ce\x85f\u2028g  h\n", "a b c d e f g h", "\ufeffa\u200bb c"],
}


def case(name, num_references, options):
    rows = list(SEGMENTS.values()) if name == "corpus" else [SEGMENTS[name]]
    hypotheses = [row[0] for row in rows]
    references = [[row[k + 1] for row in rows] for k in range(num_references)]
    order, word_order, beta, lowercase, whitespace, effective_order = options
    metric = CHRF(order, word_order, beta, lowercase, whitespace, eps_smoothing=not effective_order)
    statistics = [sum(column) for column in zip(*metric._extract_corpus_statistics(hypotheses, references))]
    score = metric.corpus_score(hypotheses, references)
    return [name, num_references, options, statistics, score.score, score.name, str(metric.get_signature())]


both = (False, True)
orders = ((6, 0), (6, 2), (3, 1), (0, 2))
settings = [(2, *flags) for flags in itertools.product(both, both, both)]
settings += [(beta, False, False, effective_order) for beta in (0, 1, 3) for effective_order in both]
scores = [
    case("corpus", num_references, (*order, *setting))
    for num_references, order, setting in itertools.product((1, 2), orders, settings)
]
scores += [
    case(name, num_references, (6, word_order, 2, False, False, effective_order))
    for name, num_references, word_order, effective_order in itertools.product(SEGMENTS, (1, 2), (0, 2), both)
]
golden = {
    "source": f"sacrebleu {sacrebleu.__version__} CHRF on CPython {platform.python_version()}",
    "command": "python tools/golden/chrf.py",
    "cases": {"segments": SEGMENTS, "scores": scores},
}
OUTPUT.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
