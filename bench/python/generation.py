"""The engine "PyTorch cpu" of the benchmark generation: python generation.py THREADS

The first line of standard input holds the sizes; its answer says that PyTorch is ready, and without PyTorch there is none.
Each line after it asks for a text of that many tokens; the answer is its time.
"""

import sys
import time

from conversation import answer, read_job

try:
    import torch
except ImportError:
    sys.exit(1)

job = read_job()
torch.set_num_threads(int(sys.argv[1]))
rnn = torch.nn.LSTM(job["vocabSize"], job["hiddenSize"], batch_first=True)
output = torch.nn.Linear(job["hiddenSize"], job["vocabSize"])


@torch.inference_mode()
def write():
    token, state = torch.tensor([[0]]), None
    for _ in range(job["numTokens"]):
        hidden, state = rnn(torch.nn.functional.one_hot(token, job["vocabSize"]).float(), state)
        token = torch.multinomial(torch.softmax(output(hidden[:, -1]), dim=-1), 1)
        token.item()  # the reader of the text wants it now


answer(version=torch.__version__)
for _ in sys.stdin:
    start = time.perf_counter()
    write()
    answer(ms=(time.perf_counter() - start) * 1000)
