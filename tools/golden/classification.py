"""Confusion matrices, precision, recall, F1 and accuracy by scikit-learn, with zero_division=0.

Writes packages/metrics/test/golden/classification.json.
"""

import json
import pathlib
import random

import sklearn
from sklearn.metrics import accuracy_score, confusion_matrix, precision_recall_fscore_support

OUTPUT = pathlib.Path(__file__).resolve().parents[2] / "packages/metrics/test/golden/classification.json"

# Name, predictions, references, labels.
TABLES = [
    ["one right", ["a"], ["a"], None],
    ["one wrong", ["a"], ["b"], None],
    ["never predicted", ["a", "a", "a"], ["a", "b", "b"], None],
    ["only predicted", ["c", "a", "b"], ["a", "a", "b"], None],
    ["numbers", [2, 10, 1, 1, 10], [10, 10, 1, 2, 2], None],
    ["labels in their order", ["b", "a", "b"], ["a", "a", "b"], ["c", "b", "a"]],
]
rng = random.Random(5)
for size, count in ((2, 30), (5, 50), (12, 200)):
    labels = [f"class {i}" for i in range(size)]
    references = rng.choices(labels, weights=range(1, size + 1), k=count)
    predictions = [label if rng.random() < 0.6 else rng.choice(labels) for label in references]
    TABLES.append([f"{size} classes", predictions, references, None])


def scores(predictions, references, labels, average):
    result = precision_recall_fscore_support(references, predictions, labels=labels, average=average, zero_division=0)
    return [list(map(float, part)) if average is None else float(part) for part in result[:3]]


def case(name, predictions, references, labels):
    order = labels or sorted(set(predictions) | set(references))
    return {
        "name": name,
        "predictions": predictions,
        "references": references,
        "labels": labels,
        "order": order,
        "counts": confusion_matrix(references, predictions, labels=order).tolist(),
        "accuracy": float(accuracy_score(references, predictions)),
        "classes": scores(predictions, references, order, None),
        "micro": scores(predictions, references, order, "micro"),
        "macro": scores(predictions, references, order, "macro"),
        "weighted": scores(predictions, references, order, "weighted"),
    }


golden = {
    "source": f"scikit-learn {sklearn.__version__}",
    "command": "python tools/golden/classification.py",
    "cases": [case(*table) for table in TABLES],
}
OUTPUT.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
