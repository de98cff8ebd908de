"""Span precision, recall and F1 by seqeval, in its default and its strict mode, and span counts by conlleval's Python port.

Writes packages/metrics/test/golden/span-f1.json. seqeval's default mode and conlleval know BILOU's L and U only by their
names in IOBES, E and S, so for them BILOU tags are renamed.
"""

import importlib.metadata
import json
import pathlib
import random
import warnings

import conlleval
from seqeval.metrics.sequence_labeling import get_entities, precision_recall_fscore_support
from seqeval.metrics.v1 import precision_recall_fscore_support as strict_scores
from seqeval.scheme import BILOU, IOB2, IOBES, Entities

OUTPUT = pathlib.Path(__file__).resolve().parents[2] / "packages/metrics/test/golden/span-f1.json"
SCHEMES = {"IOB2": (IOB2, "BI"), "IOBES": (IOBES, "BIES"), "BILOU": (BILOU, "BILU")}
TYPES = ["PER", "LOC", "creative-work"]

warnings.simplefilter("ignore")  # undefined precision and recall, which are 0
rng = random.Random(11)


def well_formed(letters, length):
    tags = []
    while len(tags) < length:
        kind = rng.choice(TYPES)
        size = min(rng.randrange(4), length - len(tags))
        if size == 0:
            tags.append("O")
        elif letters == "BI":
            tags += [f"B-{kind}"] + [f"I-{kind}"] * (size - 1)
        elif size == 1:
            tags.append(f"{letters[3] if letters == 'BIES' else 'U'}-{kind}")
        else:
            tags += [f"B-{kind}"] + [f"I-{kind}"] * (size - 2) + [f"{letters[2]}-{kind}"]
    return tags


def disturb(tags, letters, rate):
    noise = lambda: "O" if rng.random() < 0.3 else f"{rng.choice(letters)}-{rng.choice(TYPES)}"
    return [noise() if rng.random() < rate else tag for tag in tags]


def corpus(letters, rate):
    references = [well_formed(letters, rng.randrange(14)) for _ in range(20)]
    return [disturb(tags, letters, rate) for tags in references], [disturb(tags, letters, rate / 3) for tags in references]


def renamed(sequences):
    names = {"L": "E", "U": "S"}
    return [[names.get(tag[0], tag[0]) + tag[1:] for tag in tags] for tags in sequences]


def averages(score, **options):
    result = {}
    for average in (None, "micro", "macro", "weighted"):
        parts = score(average=average, **options)[:3]
        result[average or "classes"] = [list(map(float, part)) if average is None else float(part) for part in parts]
    return result


def conlleval_counts(predictions, references):
    lines = []
    for predicted, actual in zip(predictions, references):
        lines += [f"w {gold} {guess}" for guess, gold in zip(predicted, actual)] + ["-X- O O"]
    result = conlleval.evaluate(lines)
    parts = lambda chunks: [chunks["stats"][key] for key in ("correct", "pred", "gold")]
    slots = sorted((slot, parts(chunks)) for slot, chunks in result["slots"]["chunks"].items())
    return [[slot, *counts] for slot, counts in slots if any(counts)]


def case(name, scheme, predictions, references):
    guess, gold = renamed(predictions), renamed(references)
    entities = lambda tags: [[kind, start, end + 1] for kind, start, end in get_entities(tags)]
    strict = lambda sequences: [
        [[entity.tag, entity.start, entity.end] for entity in found]
        for found in Entities(sequences, SCHEMES[scheme][0]).entities
    ]
    return {
        "name": name,
        "scheme": scheme,
        "predictions": predictions,
        "references": references,
        "conlleval": conlleval_counts(guess, gold),
        "default": averages(lambda **options: precision_recall_fscore_support(gold, guess, **options)),
        "strict": averages(
            lambda **options: strict_scores(references, predictions, scheme=SCHEMES[scheme][0], **options)
        ),
        "spans": [entities(tags) for tags in guess],
        "strictSpans": strict(predictions),
    }

cases = [
    case("one right", "IOB2", [["B-PER", "I-PER", "O"]], [["B-PER", "I-PER", "O"]]),
    case("too long", "IOB2", [["B-PER", "I-PER", "O"]], [["B-PER", "O", "O"]]),
    case("another type", "IOB2", [["B-PER", "I-PER", "O"]], [["B-LOC", "I-LOC", "O"]]),
    case("begun by I", "IOB2", [["I-PER", "I-PER", "O", "I-LOC"]], [["B-PER", "I-PER", "O", "B-LOC"]]),
    case("type changes inside", "IOB2", [["B-PER", "I-LOC", "I-LOC"]], [["B-PER", "B-LOC", "I-LOC"]]),
    case("no type", "IOB2", [["B", "I", "O", "B"]], [["B", "I", "O", "O"]]),
    case("nothing predicted", "IOB2", [["O", "O"], []], [["B-PER", "O"], []]),
    case("unfinished", "BILOU", [["B-PER", "I-PER", "O", "U-LOC"]], [["B-PER", "L-PER", "O", "U-LOC"]]),
]
for name, (_, letters) in SCHEMES.items():
    for rate in (0.1, 0.5, 1.0):
        cases.append(case(f"{name}, {rate} disturbed", name, *corpus(letters, rate)))

packages = " and ".join(f"{name} {importlib.metadata.version(name)}" for name in ("seqeval", "conlleval"))
golden = {"source": packages, "command": "python tools/golden/span-f1.py", "cases": cases}
OUTPUT.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
