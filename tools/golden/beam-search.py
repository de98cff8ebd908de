"""Beam search of Hugging Face transformers over tables of logits: one [V, V] table for each position.

Writes packages/decoding/test/golden/beam-search.json. transformers keeps the best num_beams continuations that do not end
and lets only some of the others end, where rnnkit keeps the best num_beams of all. The two searches coincide when there
is no end token, at every width, and with an end token when the width keeps everything.
Logits are multiples of 1/64, which float32 holds exactly.
"""

import json
import pathlib

import torch
import transformers
from transformers.modeling_outputs import CausalLMOutput

ROOT = pathlib.Path(__file__).resolve().parents[2]


class TableModel(transformers.PreTrainedModel, transformers.GenerationMixin):
    config_class = transformers.PretrainedConfig
    main_input_name = "input_ids"

    def __init__(self, tables):
        super().__init__(transformers.PretrainedConfig(vocab_size=tables.shape[1], num_hidden_layers=0))
        self.tables = torch.nn.Parameter(tables, requires_grad=False)

    def forward(self, input_ids, **_):
        table = self.tables[min(input_ids.shape[1], len(self.tables)) - 1]
        return CausalLMOutput(logits=table[input_ids])


def case(vocab_size, max_length, num_tables, num_beams, length_penalty, end_token, seed):
    torch.manual_seed(seed)
    tables = (torch.randn(num_tables, vocab_size, vocab_size) * 64).round() / 64
    model = TableModel(tables).eval()
    prompt = [1]
    result = model.generate(
        torch.tensor([prompt]),
        attention_mask=torch.ones(1, 1, dtype=torch.long),
        max_new_tokens=max_length,
        num_beams=num_beams,
        num_return_sequences=min(4, num_beams),
        length_penalty=length_penalty,
        early_stopping="never",
        eos_token_id=end_token,
        pad_token_id=vocab_size,
        do_sample=False,
        use_cache=False,
        output_scores=True,
        return_dict_in_generate=True,
    )
    sequences = [[token for token in row[len(prompt) :] if token < vocab_size] for row in result.sequences.tolist()]
    return {
        "name": f"{vocab_size} tokens, {num_tables} tables, maxLength {max_length}, width {num_beams}, "
        f"exponent {length_penalty}, {'no end token' if end_token is None else f'end token {end_token}'}",
        "tables": tables.tolist(),
        "prompt": prompt,
        "maxLength": max_length,
        "beamWidth": num_beams,
        "lengthExponent": length_penalty,
        "endTokens": [] if end_token is None else [end_token],
        "hypotheses": [
            {"tokens": tokens, "score": float(f"{score:.7g}")}
            for tokens, score in zip(sequences, result.sequences_scores.tolist())
        ],
    }


cases = [
    case(6, 5, 5, width, exponent, None, seed)
    for seed, (width, exponent) in enumerate([(2, 0.0), (3, 0.75), (4, 1.0), (7, 2.0)])
] + [
    case(5, 4, 3, 5**4, exponent, 0, seed)
    for seed, exponent in enumerate([0.0, 0.5, 0.75, 1.0, 2.0], start=10)
]
golden = {
    "source": f"transformers {transformers.__version__} generate, early_stopping 'never', torch {torch.__version__.split('+')[0]}, float32",
    "command": "python tools/golden/beam-search.py",
    "cases": cases,
}
path = ROOT / "packages/decoding/test/golden/beam-search.json"
path.parent.mkdir(parents=True, exist_ok=True)
path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
print(path, path.stat().st_size)
