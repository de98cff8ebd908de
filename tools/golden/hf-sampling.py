"""Sampling with Hugging Face transformers over tables of logits, through chains of its processors and warpers.

Writes packages/decoding/test/golden/hf-sampling.json: for each chain the tokens that `generate` drew and the scores that it
drew each of them from, which are the logits after all processors in its order. The options of a case are written in the
words of rnnkit; HF_OPTIONS says what `generate` calls them. null stands for -Infinity. Of chains drawn from a fixed seed
those that forbid every token, which transformers does not survive, are left out.
"""

import json
import pathlib
import random

import torch
import transformers

from table_model import TableModel

ROOT = pathlib.Path(__file__).resolve().parents[2]
VOCAB_SIZE = 9
NUM_TABLES = 4
MAX_LENGTH = 5
NUM_CASES = 110

transformers.logging.set_verbosity_error()
torch.manual_seed(1)
TABLES = (torch.randn(NUM_TABLES, VOCAB_SIZE, VOCAB_SIZE) * 2.5 * 64).round() / 64

HF_OPTIONS = {
    "sequenceBias": lambda biases: {"sequence_bias": [[each["tokens"], float(each["bias"])] for each in biases]},
    "encoderRepetitionPenalty": lambda penalty: {"encoder_repetition_penalty": penalty},
    "repetitionPenalty": lambda penalty: {"repetition_penalty": penalty},
    "ngramBlocking": lambda size: {"no_repeat_ngram_size": size},
    "encoderNgramBlocking": lambda size: {"encoder_no_repeat_ngram_size": size},
    "badWords": lambda words: {"bad_words_ids": words},
    "minTotalLength": lambda length: {"min_length": length},
    "minNewTokens": lambda count: {"min_new_tokens": count},
    "forcedBegin": lambda token: {"forced_bos_token_id": token},
    "forcedEnd": lambda _: {"forced_eos_token_id": END_TOKENS},
    "finiteScores": lambda _: {"remove_invalid_values": True},
    "exponentialLengthDecay": lambda decay: {"exponential_decay_length_penalty": (decay["start"], decay["factor"])},
    "suppressedTokens": lambda ids: {"suppress_tokens": ids},
    "suppressedAtBegin": lambda ids: {"begin_suppress_tokens": ids},
    "temperature": lambda temperature: {"temperature": temperature},
    "topH": lambda h: {"top_h": h},
    "topK": lambda k: {"top_k": k},
    "topP": lambda p: {"top_p": p},
    "minP": lambda p: {"min_p": p},
    "typical": lambda mass: {"typical_p": mass},
    "epsilon": lambda epsilon: {"epsilon_cutoff": epsilon},
    "eta": lambda epsilon: {"eta_cutoff": epsilon},
    "logNormalization": lambda _: {"renormalize_logits": True},
}
VALUES = {
    "sequenceBias": [
        [{"tokens": [3], "bias": 2.5}, {"tokens": [3, 4], "bias": -4}, {"tokens": [5, 4], "bias": 1.25}],
        [{"tokens": [1], "bias": -1}, {"tokens": [8, 1], "bias": 6}],
    ],
    "encoderRepetitionPenalty": [0.5, 1.4],
    "repetitionPenalty": [0.7, 1.2, 3.0],
    "ngramBlocking": [1, 2, 3],
    "encoderNgramBlocking": [1, 2],
    "badWords": [[[2], [7, 5]], [[0], [4, 4], [6]]],
    "minTotalLength": [3, 6],
    "minNewTokens": [2, 4],
    "forcedBegin": [2, 6],
    "forcedEnd": [True],
    "finiteScores": [True],
    "exponentialLengthDecay": [{"start": 1, "factor": 1.5}, {"start": 0, "factor": 0.6}],
    "suppressedTokens": [[3, 6], [0]],
    "suppressedAtBegin": [[0, 1], [8]],
    "temperature": [0.3, 0.8, 1.5, 4.0],
    "topH": [0.3, 0.6, 0.9],
    "topK": [1, 2, 4, 7, 50],
    "topP": [0.1, 0.5, 0.8, 0.95],
    "minP": [0.01, 0.1, 0.4],
    "typical": [0.2, 0.6, 0.9],
    "epsilon": [0.003, 0.05, 0.3],
    "eta": [0.003, 0.05, 0.3],
    "logNormalization": [True],
}
END_TOKENS = [0, 8]
NEED_END_TOKENS = {"minTotalLength", "minNewTokens", "forcedEnd", "exponentialLengthDecay"}


def rounded(score):
    return None if score == float("-inf") else float(f"{score:.7g}")


def case(prompt, end_tokens, options, seed):
    hf_options = {key: value for name, given in options.items() for key, value in HF_OPTIONS[name](given).items()}
    torch.manual_seed(seed)
    result = TableModel(TABLES).eval().generate(
        torch.tensor([prompt]),
        attention_mask=torch.ones(1, len(prompt), dtype=torch.long),
        max_new_tokens=MAX_LENGTH,
        eos_token_id=end_tokens or None,
        pad_token_id=VOCAB_SIZE,
        do_sample=True,
        use_cache=False,
        output_scores=True,
        return_dict_in_generate=True,
        **{"top_k": 0, **hf_options},
    )
    return {
        "prompt": prompt,
        "endTokens": end_tokens,
        "options": options,
        "tokens": result.sequences[0, len(prompt) :].tolist(),
        "scores": [[rounded(score) for score in row[0].tolist()] for row in result.scores],
    }


def chains():
    draw = random.Random(7)
    for name, values in VALUES.items():
        for value in values:
            yield {name: value}
    while True:
        names = draw.sample(list(VALUES), draw.randint(2, 6))
        if {"forcedEnd", "topH"} <= set(names):
            continue  # the forced end tokens are tied, and which of them topk takes first is not defined
        yield {name: draw.choice(VALUES[name]) for name in VALUES if name in names}


cases = []
for seed, options in enumerate(chains()):
    prompt = [[4], [1, 5, 4], [7, 2, 7]][0 if "forcedBegin" in options else seed % 3]
    end_tokens = END_TOKENS if options.keys() & NEED_END_TOKENS or seed % 2 else []
    try:
        cases.append(case(prompt, end_tokens, options, seed))
    except RuntimeError as error:
        assert "probability tensor contains" in str(error), error
    if len(cases) == NUM_CASES:
        break

golden = {
    "source": f"transformers {transformers.__version__} generate, do_sample, torch {torch.__version__.split('+')[0]}, float32",
    "command": "python tools/golden/hf-sampling.py",
    "cases": {"tables": TABLES.tolist(), "maxLength": MAX_LENGTH, "chains": cases},
}
path = ROOT / "packages/decoding/test/golden/hf-sampling.json"
path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
print(path, path.stat().st_size, len(cases))
