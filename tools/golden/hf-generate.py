"""Greedy and beam search of Hugging Face transformers over tables of logits: one [V, V] table for each position.

Writes packages/decoding/test/golden/hf-generate.json. The options of a case are written in the words of rnnkit; HF_OPTIONS
says what `generate` calls them. Hypotheses that transformers invents to fill its beam, at scores near -1e9, are left out;
a beam has few enough places that none takes part in a search.
Logits are multiples of 1/4096, which float32 holds exactly, and stored as such.
"""

import itertools
import json
import pathlib

import torch
import transformers

from table_model import TableModel

ROOT = pathlib.Path(__file__).resolve().parents[2]
UNIT = 4096


def tables_of(vocab_size, num_tables, seed):
    torch.manual_seed(seed)
    return (torch.randn(num_tables, vocab_size, vocab_size) * 1.5 * UNIT).round() / UNIT


TABLES = {
    "12 tokens": tables_of(12, 1, 1),
    "12 tokens, 9 tables": tables_of(12, 9, 2),
    "15 tokens": tables_of(15, 1, 3),
    "5 tokens, 3 tables": tables_of(5, 3, 4),
}
STOPPING = {True: True, "heuristic": False, "never": "never"}
HF_OPTIONS = {
    "sequenceBias": lambda biases: {"sequence_bias": [[each["tokens"], each["bias"]] for each in biases]},
    "repetitionPenalty": lambda penalty: {"repetition_penalty": penalty},
    "ngramBlocking": lambda size: {"no_repeat_ngram_size": size},
    "badWords": lambda words: {"bad_words_ids": words},
    "minNewTokens": lambda count: {"min_new_tokens": count},
    "forcedBegin": lambda token: {"forced_bos_token_id": token},
    "exponentialLengthDecay": lambda decay: {"exponential_decay_length_penalty": (decay["start"], decay["factor"])},
    "suppressedTokens": lambda ids: {"suppress_tokens": ids},
    "suppressedAtBegin": lambda ids: {"begin_suppress_tokens": ids},
    "logNormalization": lambda _: {"renormalize_logits": True},
}
ALLOWED = {"odd after even": lambda last, size: [token for token in range(size) if token == 0 or (token + last) % 2 == 1]}


def case(
    table,
    prompts,
    max_length,
    *,
    end_tokens=(),
    num_beams=1,
    num_hypotheses=1,
    length_penalty=1.0,
    stopping="never",
    min_length=1,
    processors=None,
    allowed=None,
    is_refilled=True,
):
    tables = TABLES[table]
    vocab_size = tables.shape[1]
    model = TableModel(tables).eval()
    longest = max(map(len, prompts))
    options = {}
    for name, value in (processors or {}).items():
        options |= HF_OPTIONS[name](value)
    if num_beams > 1:
        options |= {
            "early_stopping": STOPPING[stopping],
            "length_penalty": length_penalty,
            "num_return_sequences": num_hypotheses,
        }
    if min_length > 1:
        options["min_new_tokens"] = min_length - 1
    if allowed:
        options["prefix_allowed_tokens_fn"] = lambda _, ids: ALLOWED[allowed](int(ids[-1]), vocab_size)
    result = model.generate(
        torch.tensor([[vocab_size] * (longest - len(prompt)) + prompt for prompt in prompts]),
        attention_mask=torch.tensor([[0] * (longest - len(prompt)) + [1] * len(prompt) for prompt in prompts]),
        max_new_tokens=max_length,
        num_beams=num_beams,
        eos_token_id=list(end_tokens) or None,
        pad_token_id=vocab_size,
        do_sample=False,
        use_cache=False,
        output_logits=True,
        output_scores=True,
        return_dict_in_generate=True,
        **options,
    )
    rows = [[token for token in row[longest:] if token < vocab_size] for row in result.sequences.tolist()]
    if num_beams > 1:
        scores = result.sequences_scores.tolist()
    else:
        log_probabilities = [logits.log_softmax(-1) for logits in result.logits]
        scores = [sum(log_probabilities[t][b][token].item() for t, token in enumerate(row)) for b, row in enumerate(rows)]
    found = [{"tokens": tokens, "score": float(f"{score:.7g}")} for tokens, score in zip(rows, scores)]
    hypotheses = [
        [hypothesis for hypothesis in found[start : start + num_hypotheses] if hypothesis["score"] > -1e8]
        for start in range(0, len(found), num_hypotheses)
    ]
    expected = {
        "table": table,
        "prompts": prompts,
        "maxLength": max_length,
        "minLength": min_length,
        "endTokens": list(end_tokens),
        "hypotheses": hypotheses,
    }
    if num_beams > 1:
        expected |= {"beamWidth": num_beams, "numHypotheses": num_hypotheses, "lengthExponent": length_penalty}
        expected |= {"earlyStopping": stopping, "isRefilled": is_refilled}
    if processors:
        expected["processors"] = processors
    if allowed:
        expected["allowed"] = allowed
    return expected


def bias(tokens, amount):
    return {"tokens": tokens, "bias": amount}


def cases():
    # Ways of stopping, length penalties, widths.
    for stopping, exponent, width in itertools.product(STOPPING, [-1.0, 0.0, 0.5, 1.0, 2.0], [2, 3, 5]):
        yield case(
            "12 tokens, 9 tables",
            [[1]],
            9,
            end_tokens=[0],
            num_beams=width,
            num_hypotheses=width,
            length_penalty=exponent,
            stopping=stopping,
        )
    for stopping, exponent, width in itertools.product(STOPPING, [0.0, 1.0], [2, 4]):
        yield case(
            "12 tokens",
            [[3, 7]],
            12,
            end_tokens=[5, 2],
            num_beams=width,
            num_hypotheses=2,
            length_penalty=exponent,
            stopping=stopping,
        )
    for exponent, width in itertools.product([0.0, 0.75, 2.0], [2, 4, 6]):
        yield case("15 tokens", [[4]], 6, num_beams=width, num_hypotheses=2, length_penalty=exponent)
    # Lengths.
    for stopping, min_length, exponent in itertools.product(STOPPING, [3, 6], [0.0, 1.0]):
        yield case(
            "12 tokens",
            [[1]],
            8,
            end_tokens=[0, 4],
            num_beams=3,
            num_hypotheses=3,
            length_penalty=exponent,
            stopping=stopping,
            min_length=min_length,
        )
    for max_length, stopping in itertools.product([1, 2, 3], STOPPING):
        yield case("12 tokens", [[6]], max_length, end_tokens=[0], num_beams=4, num_hypotheses=4, stopping=stopping)
    # Constraints and processors.
    changes = [
        {"sequenceBias": [bias([3], 1.5), bias([4, 5], -2.0), bias([1, 2, 3], 2.5)]},
        {"repetitionPenalty": 1.4},
        {"ngramBlocking": 2},
        {"ngramBlocking": 1},
        {"badWords": [[2], [5, 1], [7, 7, 3]]},
        {"minNewTokens": 4},
        {"forcedBegin": 9},
        {"exponentialLengthDecay": {"start": 2, "factor": 1.2}},
        {"suppressedTokens": [1, 3, 8]},
        {"suppressedAtBegin": [2, 6]},
        {"repetitionPenalty": 1.2, "logNormalization": True},
        {
            "sequenceBias": [bias([6], 0.75)],
            "repetitionPenalty": 1.3,
            "ngramBlocking": 2,
            "badWords": [[4]],
            "minNewTokens": 2,
            "suppressedTokens": [10],
        },
    ]
    for (number, processors), (stopping, width) in itertools.product(
        enumerate(changes), [(True, 3), ("heuristic", 4), ("never", 2)]
    ):
        prompt = [number] if "forcedBegin" in processors else [number, 3]
        yield case(
            "12 tokens, 9 tables",
            [prompt],
            8,
            end_tokens=[0],
            num_beams=width,
            num_hypotheses=2,
            stopping=stopping,
            processors=processors,
        )
    for stopping, exponent in itertools.product(STOPPING, [0.0, 1.0]):
        yield case(
            "12 tokens, 9 tables",
            [[2]],
            7,
            end_tokens=[0],
            num_beams=3,
            num_hypotheses=3,
            length_penalty=exponent,
            stopping=stopping,
            allowed="odd after even",
        )
    # Batches, of unequal lengths over tables that do not know the position.
    for stopping, exponent in itertools.product(STOPPING, [0.0, 1.0]):
        yield case(
            "12 tokens, 9 tables",
            [[1], [5], [9]],
            7,
            end_tokens=[0],
            num_beams=3,
            num_hypotheses=2,
            length_penalty=exponent,
            stopping=stopping,
        )
        yield case(
            "15 tokens",
            [[1, 2, 3], [4], [5, 6]],
            9,
            end_tokens=[0, 8],
            num_beams=3,
            num_hypotheses=2,
            length_penalty=exponent,
            stopping=stopping,
        )
    # Beams that keep everything: here nothing is refilled, because nothing is lost.
    for exponent in [0.0, 0.5, 1.0, 2.0]:
        yield case(
            "5 tokens, 3 tables",
            [[1]],
            4,
            end_tokens=[0],
            num_beams=5**4,
            num_hypotheses=4,
            length_penalty=exponent,
            is_refilled=False,
        )
    # Greedy.
    for table, prompt in itertools.product(["12 tokens", "12 tokens, 9 tables", "15 tokens"], [[1], [4], [3, 2]]):
        yield case(table, [prompt], 10, end_tokens=[0, 8])
    for number, processors in enumerate(changes):
        if "logNormalization" not in processors:
            yield case(
                "12 tokens",
                [[number] if "forcedBegin" in processors else [number, 1]],
                8,
                end_tokens=[0],
                processors=processors,
            )
    yield case("12 tokens", [[2], [7]], 9, end_tokens=[0], min_length=5)
    yield case("15 tokens", [[1, 2, 3], [4], [5, 6], [7]], 9, end_tokens=[0, 8])
    yield case("12 tokens, 9 tables", [[2]], 9, end_tokens=[0], allowed="odd after even")


golden = {
    "source": f"transformers {transformers.__version__} generate, torch {torch.__version__.split('+')[0]}, float32",
    "command": "python tools/golden/hf-generate.py",
    "cases": {
        "unit": 1 / UNIT,
        "tables": {name: (tables * UNIT).int().tolist() for name, tables in TABLES.items()},
        "searches": list(cases()),
    },
}
path = ROOT / "packages/decoding/test/golden/hf-generate.json"
path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
print(path, path.stat().st_size, len(golden["cases"]["searches"]))
