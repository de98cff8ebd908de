"""The engine "transformers" of the benchmarks of beam search: python beam_search.py THREADS

Reads lines from standard input and answers each with a line of JSON. The first is the job; its answer says that transformers
is ready, and without it there is none. Each line after it asks for one search; the answer is its time without that of the
model, and the best hypothesis.
"""

import base64
import sys
import time

from conversation import answer, read_job

try:
    import torch
    import transformers
    from transformers.modeling_outputs import CausalLMOutput
except ImportError:
    sys.exit(1)

job = read_job()
torch.set_num_threads(int(sys.argv[1]))


class TableModel(transformers.PreTrainedModel, transformers.GenerationMixin):
    config_class = transformers.PretrainedConfig
    main_input_name = "input_ids"

    def __init__(self, table):
        super().__init__(transformers.PretrainedConfig(vocab_size=table.shape[1], num_hidden_layers=0))
        self.table = torch.nn.Parameter(table, requires_grad=False)
        self.seconds = 0

    def forward(self, input_ids, **_):
        start = time.perf_counter()
        output = CausalLMOutput(logits=self.table[input_ids[:, -1:] % len(self.table)])
        self.seconds += time.perf_counter() - start
        return output


values = bytearray(base64.b64decode(job["table"]))
model = TableModel(torch.frombuffer(values, dtype=torch.float32).reshape(job["numRows"], job["vocabSize"])).eval()
prompt = torch.tensor([job["prompt"]])


def search():
    return model.generate(
        prompt,
        attention_mask=torch.ones_like(prompt),
        max_new_tokens=job["maxLength"],
        num_beams=job["beamWidth"],
        length_penalty=1.0,
        early_stopping="never",
        eos_token_id=job["endToken"],
        pad_token_id=job["endToken"],
        do_sample=False,
        use_cache=False,  # the model has nothing to remember
        output_scores=True,
        return_dict_in_generate=True,
    )


def generated(result):
    tokens = result.sequences[0].tolist()[len(job["prompt"]) :]
    return tokens[: tokens.index(job["endToken"]) + 1] if job["endToken"] in tokens else tokens


answer(ready=True)
for _ in sys.stdin:
    model.seconds = 0
    start = time.perf_counter()
    result = search()
    seconds = time.perf_counter() - start - model.seconds
    answer(ms=seconds * 1000, tokens=generated(result), score=result.sequences_scores[0].item())
