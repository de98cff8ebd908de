"""Tokens of made-up lines and BLEU over them by every tokenizer of sacreBLEU that needs no model, and signatures.

Writes packages/metrics/test/golden/bleu-tokenizers.json. Lines are drawn from fragments of many scripts, symbols, numbers,
markup and whitespace, joined with and without spaces.
"""

import itertools
import json
import pathlib
import platform
import random
import unicodedata

import regex
import sacrebleu
from sacrebleu.metrics import BLEU

OUTPUT = pathlib.Path(__file__).resolve().parents[2] / "packages/metrics/test/golden/bleu-tokenizers.json"
TOKENIZERS = ["13a", "intl", "char", "zh", "none"]
NUM_LINES = 240
SMOOTHINGS = [
    {"method": "exp"},
    {"method": "none"},
    {"method": "floor", "value": 0.25},
    {"method": "add-k"},
]

FRAGMENTS = (
    # Latin, Cyrillic, Greek, Hebrew, Arabic, Devanagari, Thai, Hangul, kana, Han of the first and the second plane
    "house Straße œuvre żółć İstanbul naïve cafe\u0301 ДОМ ещё река ΟΔΟΣ θάλασσα שלום קפה سلام كتاب नमस्ते हिन्दी ไทย "
    "한국어 서울 ひらがな カタカナ ｶﾀｶﾅ 中文 漢字 北京大学 𠀀𪛖 㐀䶵 龦鿋 豈 丽 ⺀⼀ㄅㆠ㇀㈀㌀ "
    # ASCII punctuation and what stands between digits
    "a-b 20-30 5- -5 -- 3,14 1.000,5 .5 5. 5, ,5 ..5 5.. a.b a,,b 1,,2 .,5 5.,a 5.-3 e.g. U.S.A. don't 'tis rock'n'roll "
    "! ? ; : \" ( ) [ ] { } < > = + * / \\ | @ # $ % ^ & _ ~ ` x!y (z) a/b c=d 50% $5 #1 #x ^2 x_1 "
    # punctuation, symbols and numbers of other scripts
    "“quoted” ‘so’ «да» „nein“ — – … ‥ ¿qué? ¡sí! § ¶ · • † 、 。 「引用」 『二』 《書》 ！ ？ ， ． ： ； （全角） ％ ￥ ； ٪ ، ؟ ۔ । ॥ "
    "٣٫١٤ ١٢٣ ४२ Ⅷ ½ ² ①.② ３，１４ ３．５ 五.六 7…8 5«6 x²,y½.z € £5 ¥ © ® ™ ° ± × ÷ ≠ ≤ ∑ ∞ √2 → ⇒ ← ■ ★ ☃ ✓ ♥ ⅓ № ℃ ⌘ "
    "😀 👍🏽 👩\u200d💻 🇫🇷 x😀.y 𝟛,𝟜 𝑥+𝑦 𐍈 "
    # markup, and what is undone only once or not at all
    "<skipped> a<skipped>b <b>bold</b> <br/> &amp; &amp;lt; &quot;x&quot; &lt;tag&gt; &apos; &#39; AT&T R&amp;D &nbsp; http://a.b/c?d=1&e=2 "
    "me@mail.org C++ C# .NET [1] {x} 10:30 1/2 2^10 50-60% 3-year-old -ly -\u2010 co\u00adop "
).split(" ")[:-1]
GLUE = [" "] * 12 + [""] * 5 + ["  ", "\u00a0", "\u3000", "\u2009", "\u200b", "\ufeff", "\u180e", "\t", "\n", "-\n", "\r\n", "\x1c", "\x85", "\u2028"]


def line(draw):
    pieces = draw.choices(FRAGMENTS, k=draw.randint(0, 9))
    text = "".join(piece + draw.choice(GLUE) for piece in pieces)
    return draw.choice(["", "", "", " ", "\u3000"]) + text


def noisy(text, draw):
    """The line with some of its characters lost or doubled, so that tokens match in part."""
    return "".join(char * draw.choice([0, 2] + [1] * 18) for char in text)


def tokenize(name, text):
    metric = BLEU(tokenize=name, force=True)
    return metric._preprocess_segment(text).split()


def ranges(codes):
    """[first, last] of runs of consecutive numbers."""
    runs = []
    for code in codes:
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return runs


def scored(hypotheses, streams, tokenizer, lowercase, order, smoothing, effective):
    """The options; score, precisions and signature; the summed statistics, which smoothing does not change, once."""
    metric = BLEU(
        tokenize=tokenizer,
        lowercase=lowercase,
        max_ngram_order=order,
        smooth_method=smoothing["method"],
        smooth_value=smoothing.get("value"),
        effective_order=effective,
        force=True,
    )
    score = metric.corpus_score(hypotheses, streams)
    options = [tokenizer, lowercase, order, smoothing, effective]
    results = [score.score, score.precisions, metric.get_signature().format()]
    if smoothing["method"] == "exp" and not effective:
        results.append([sum(column) for column in zip(*metric._extract_corpus_statistics(hypotheses, streams))])
    return [options, *results]


draw = random.Random(7)
lines = [line(draw) for _ in range(NUM_LINES)]
assert len({text for text in lines if text.strip()}) >= 200
tokens = {name: [" ".join(tokenize(name, text)) for text in lines] for name in TOKENIZERS}

# Characters that a tokenizer splits off, between letters and between digits; old enough for every engine to know them.
codes = [code for code in range(0x20, 0x30000) if unicodedata.ucd_3_2_0.category(chr(code)) not in ("Cn", "Cs", "Co")]
split = {
    name: {
        side: ranges([code for code in codes if len(tokenize(name, f"{side}{chr(code)}{side}")) == 3])
        for side in ("x", "1")
    }
    for name in ("13a", "intl", "zh")
}

# One, two and three references, and a second and third that only some segments have.
corpus = lines[:40]
streams = [[noisy(text, draw) for text in corpus] for _ in range(3)]
partial = [streams[0]] + [[text if draw.random() < share else None for text in stream] for stream, share in zip(streams[1:], (0.6, 0.3))]
moved = [list(column) for column in zip(*(draw.sample(row, 3) for row in zip(*partial)))]
references = {"one": streams[:1], "three": streams, "unequal": partial, "unequal, in no order": moved}
scores = {}
for name, given in references.items():
    settings = [(tokenizer, lowercase, 4, SMOOTHINGS[0], False) for tokenizer in TOKENIZERS for lowercase in (False, True)]
    settings += itertools.product(("intl",), (False,), (1, 3, 5), SMOOTHINGS, (False, True))
    scores[name] = [scored(corpus, given, *setting) for setting in settings]

sentences = [
    [i, tokenizer, sacrebleu.sentence_bleu(corpus[i], [stream[i] for stream in streams], tokenize=tokenizer).score]
    for i in range(8)
    for tokenizer in TOKENIZERS
]

golden = {
    "source": f"sacrebleu {sacrebleu.__version__} BLEU, regex {regex.__version__}, on CPython {platform.python_version()}",
    "command": "python tools/golden/bleu-tokenizers.py",
    "cases": {
        "lines": lines,
        "tokens": tokens,
        "characters": ranges(codes),
        "split": split,
        "numSegments": len(corpus),
        "references": references,
        "scores": scores,
        "sentences": sentences,
    },
}
OUTPUT.write_text(json.dumps(golden, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
