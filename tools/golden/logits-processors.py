"""Every logits processor of Hugging Face transformers that rnnkit has, on rows of scores of all kinds.

Writes packages/decoding/test/golden/logits-processors.json: `rows` by name, and cases that name one, with the arguments of
rnnkit's function. null stands for -Infinity. Where a processor only forbids tokens, the result is written as the indices that
are `forbidden`, or as those that are `kept` where they are fewer; otherwise as `scores`.
Warpers also run in double precision, and a case whose two results keep different tokens is left out: it lies on a threshold.
The logarithm of the softmax is taken in double precision, single loses digits far from 0.
"""

import json
import pathlib

import torch
import transformers
from transformers.generation import logits_process as hf

ROOT = pathlib.Path(__file__).resolve().parents[2]
INFINITY = float("inf")


def drawn(size, scale, seed, unit=64):
    torch.manual_seed(seed)
    return (torch.randn(size) * scale * unit).round() / unit


def with_impossible(row, *indices):
    row = row.clone()
    row[list(indices)] = -INFINITY
    return row


ROWS = {
    "ordinary": drawn(14, 2, 1),
    "flat": drawn(14, 0.25, 2),
    "peaked": drawn(14, 6, 3),
    "negative": drawn(14, 1.5, 4) - 30,
    "ties": torch.tensor([1.0, 0, 2, 2, 0, 1, 2, 0, 0, 1, 2, 1]),
    "all equal": torch.full((9,), 0.5),
    "zeros": torch.zeros(6),
    "half impossible": with_impossible(drawn(14, 2, 5), 0, 3, 4, 7, 9, 12, 13),
    "one possible": with_impossible(drawn(8, 2, 6), 0, 1, 2, 4, 5, 6, 7),
    "one token": torch.tensor([-3.25]),
    "far apart": torch.tensor([0.0, 60, -60, 59, 58.5, -1e4]),
    "long": drawn(300, 2.5, 11, unit=16384),
}
KEEPING = {"ordinary", "peaked", "ties", "half impossible", "far apart"}
TIED = {name for name, row in ROWS.items() if len(row[row > -INFINITY].unique()) < (row > -INFINITY).sum()}
assert "long" not in TIED
LONG_VALUES = {0.7, 50, 280, 0.05, 0.9, 0.3, 0.01, 0.0003, 0.35}
CONTEXT = {"ids": [], "promptLength": 0, "maxLength": 100, "endTokens": []}


def rounded(score):
    return None if score == -INFINITY else float(f"{score:.7g}")


def case(name, arguments, row_name, processor, **context):
    context = {**CONTEXT, **context}
    row = ROWS[row_name]
    ids = context["ids"]
    result = processor(torch.tensor([ids], dtype=torch.long), row[None].clone())[0]
    assert not result.isnan().any()
    changed = result != row
    forbidden = changed & (result == -INFINITY)
    if (changed & ~forbidden).any():
        outcome = {"scores": [rounded(score) for score in result.tolist()]}
    elif forbidden.sum() * 2 <= len(row):
        outcome = {"forbidden": forbidden.nonzero()[:, 0].tolist()}
    else:
        outcome = {"kept": (~forbidden).nonzero()[:, 0].tolist()}
    return {
        "name": name,
        "arguments": arguments,
        "row": row_name,
        **{key: value for key, value in context.items() if value != CONTEXT[key]},
        **outcome,
    }


def warper_cases():
    warpers = [
        ("temperatureWarper", hf.TemperatureLogitsWarper, [0.1, 0.7, 20.0], False),
        ("topKWarper", hf.TopKLogitsWarper, [1, 2, 3, 7, 50, 280, 1000], True),
        ("topPWarper", hf.TopPLogitsWarper, [0.0, 0.05, 0.3, 0.7, 0.9, 0.99, 1.0], True),
        ("minPWarper", hf.MinPLogitsWarper, [0.0, 0.003, 0.05, 0.3, 1.0], True),
        ("typicalWarper", hf.TypicalLogitsWarper, [0.05, 0.3, 0.7, 0.9, 0.99], True),
        ("epsilonWarper", hf.EpsilonLogitsWarper, [0.0003, 0.01, 0.09, 0.4], True),
        ("etaWarper", hf.EtaLogitsWarper, [0.0003, 0.01, 0.09, 0.4], True),
        ("topHWarper", hf.TopHLogitsWarper, [0.1, 0.35, 0.6, 0.9], False),
    ]
    for name, make, values, has_minimum in warpers:
        for value in values:
            for row_name, row in ROWS.items():
                if name == "topHWarper" and row_name in TIED:
                    continue  # which of equal scores topk takes first is not defined
                if row_name == "long" and value not in LONG_VALUES:
                    continue
                for options in [{}, {"min_tokens_to_keep": 3}] if has_minimum and row_name in KEEPING else [{}]:
                    if name == "minPWarper" and options and row_name in TIED:
                        continue  # nor here
                    processor = make(value, **options)
                    single = processor(None, row[None].clone())
                    if not torch.equal(single == -INFINITY, processor(None, row[None].double()) == -INFINITY):
                        continue
                    ours = {"minTokensToKeep": 3} if options else None
                    yield case(name, [value] + ([ours] if ours else []), row_name, processor)


def penalty_cases():
    histories = [[], [2, 2, 5, 2], [0, 1, 2, 3, 4, 5]]
    for row_name in ["ordinary", "negative", "half impossible", "zeros"]:
        for ids in histories:
            for penalty in [0.5, 1.3, 4.0]:
                processor = hf.RepetitionPenaltyLogitsProcessor(penalty)
                yield case("repetitionPenalty", [penalty], row_name, processor, ids=ids)
            processor = hf.RepetitionPenaltyLogitsProcessor(1.5, prompt_ignore_length=2)
            yield case("repetitionPenalty", [1.5, {"ignoredLength": 2}], row_name, processor, ids=ids)
        for source in [[1], [4, 4, 0]]:
            for penalty in [0.5, 2.0]:
                processor = hf.EncoderRepetitionPenaltyLogitsProcessor(penalty, torch.tensor([source]))
                yield case("encoderRepetitionPenalty", [penalty, {"source": source}], row_name, processor)
        biases = [{"tokens": [1], "bias": 2.5}, {"tokens": [2, 1], "bias": -1.0}, {"tokens": [5, 2, 0], "bias": 7.0}]
        processor = hf.SequenceBiasLogitsProcessor([[each["tokens"], each["bias"]] for each in biases])
        for ids in histories:
            yield case("sequenceBias", [biases], row_name, processor, ids=ids)
        for start, factor in [(0, 1.2), (3, 2.0), (1, 0.5)]:
            for ids in histories:
                processor = hf.ExponentialDecayLengthPenalty((start, factor), [0, 3], min(1, len(ids)))
                context = {"ids": ids, "promptLength": min(1, len(ids)), "endTokens": [0, 3]}
                arguments = [{"start": start, "factor": factor}]
                yield case("exponentialLengthDecay", arguments, row_name, processor, **context)


def restriction_cases():
    row_name = "ordinary"
    sequences = [[], [7], [1, 2, 1], [1, 2, 3, 1, 2], [5, 5, 5, 5], [9, 8, 9, 8, 9], [4, 1, 2, 3, 4, 1, 2]]
    for ids in sequences:
        for size in [1, 2, 3]:
            yield case("ngramBlocking", [size], row_name, hf.NoRepeatNGramLogitsProcessor(size), ids=ids)
            for source in [[1, 2, 3, 1, 2, 9], [5]]:
                processor = hf.EncoderNoRepeatNGramLogitsProcessor(size, torch.tensor([source]))
                yield case("encoderNgramBlocking", [size, {"source": source}], row_name, processor, ids=ids)
        words = [[3], [2, 1], [1, 2, 3], [5, 5], [0], [0, 8]]
        processor = hf.NoBadWordsLogitsProcessor(words, eos_token_id=[0])
        yield case("badWords", [words], row_name, processor, ids=ids, endTokens=[0])
        for number in [0, 1, 4]:
            context = {"ids": ids, "endTokens": [0, 6]}
            processor = hf.MinLengthLogitsProcessor(number, [0, 6])
            yield case("minTotalLength", [number], row_name, processor, **context, promptLength=min(2, len(ids)))
            processor = hf.MinNewTokensLengthLogitsProcessor(min(2, len(ids)), number, [0, 6])
            yield case("minNewTokens", [number], row_name, processor, **context, promptLength=min(2, len(ids)))
            processor = hf.ForcedEOSTokenLogitsProcessor(min(2, len(ids)) + number + 1, [0, 6])
            if number + 1 >= len(ids) - min(2, len(ids)) + 1:
                context["maxLength"] = number + 1
                yield case("forcedEnd", [], row_name, processor, **context, promptLength=min(2, len(ids)))
        if ids:
            processor = hf.ForcedBOSTokenLogitsProcessor(11)
            yield case("forcedBegin", [11], row_name, processor, ids=ids, promptLength=1)
        processor = hf.SuppressTokensAtBeginLogitsProcessor([2, 5], 3)
        yield case("suppressedAtBegin", [[2, 5], {"position": 1}], row_name, processor, ids=ids, promptLength=2)
    for row_name in ROWS:
        if row_name != "one token":
            yield case("suppressedTokens", [[1, 4, 0]], row_name, hf.SuppressTokensLogitsProcessor([1, 4, 0]))
        yield case("finiteScores", [], row_name, hf.InfNanRemoveLogitsProcessor())
        if row_name != "long":
            yield case("logNormalization", [], row_name, lambda ids, row: hf.LogitNormalization()(ids, row.double()))


cases = [*warper_cases(), *penalty_cases(), *restriction_cases()]
golden = {
    "source": f"transformers {transformers.__version__} generation.logits_process, torch {torch.__version__.split('+')[0]}, float32",
    "command": "python tools/golden/logits-processors.py",
    "cases": {
        "rows": {name: [None if score == -INFINITY else score for score in row.tolist()] for name, row in ROWS.items()},
        "results": cases,
    },
}
path = ROOT / "packages/decoding/test/golden/logits-processors.json"
path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
print(path, path.stat().st_size, len(cases))
