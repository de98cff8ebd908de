"""The engine "transformers" of the benchmarks of choosing the next token.

Reads lines from standard input and answers each with a line of JSON. The first is the job; its answer says which transformers
is ready, and without one there is none. Each line after it asks for one iteration; the answer is its time and, of each row,
how many tokens could be chosen. Of `generate` it does what follows the model: the warpers, softmax, and the draw.
"""

import sys
import time

from conversation import answer, read_job

try:
    import torch
    import transformers
    from transformers.generation import logits_process as hf
except ImportError:
    sys.exit(1)

job = read_job()
torch.set_num_threads(1)
torch.manual_seed(1)
rows = [torch.tensor([row]) for row in job["rows"]]
ids = torch.zeros(1, 1, dtype=torch.long)
warpers = hf.LogitsProcessorList(
    {
        "greedy": [],
        "scored": [],
        "multinomial": [],
        "top-k": [hf.TopKLogitsWarper(50)],
        "top-p": [hf.TopPLogitsWarper(0.9)],
        "min-p": [hf.MinPLogitsWarper(0.05)],
        "typical": [hf.TypicalLogitsWarper(0.9)],
        "epsilon": [hf.EpsilonLogitsWarper(0.0003)],
        "eta": [hf.EtaLogitsWarper(0.0003)],
        "top-h": [hf.TopHLogitsWarper(0.4)],
        "chain": [hf.TemperatureLogitsWarper(0.8), hf.TopKLogitsWarper(50), hf.TopPLogitsWarper(0.9)],
    }[job["method"]]
)


def choose(scores):
    if job["method"] == "greedy":
        return torch.argmax(scores, dim=-1).item()
    if job["method"] == "scored":
        token = torch.argmax(scores, dim=-1, keepdim=True)
        return torch.log_softmax(scores, dim=-1).gather(1, token).item()
    return torch.multinomial(torch.softmax(scores, dim=-1), num_samples=1).item()


answer(version=transformers.__version__)
for _ in sys.stdin:
    with torch.inference_mode():
        start = time.perf_counter()
        for token in range(job["numTokens"]):
            choose(warpers(ids, rows[token % len(rows)]))
        ms = (time.perf_counter() - start) * 1000
        answer(ms=ms, numPossible=[warpers(ids, row).isfinite().sum().item() for row in rows])
