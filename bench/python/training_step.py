"""The engine "PyTorch cpu" of the benchmark training-step: python training_step.py THREADS

Reads lines from standard input and answers each with a line of JSON. The first is the job; its answer says that PyTorch is
ready, and without PyTorch there is none. Each line after it asks for one training step; the answer is its time and loss.
"""

import base64
import sys
import time

from conversation import answer, read_job

try:
    import torch
except ImportError:
    sys.exit(1)

job = read_job()
torch.set_num_threads(int(sys.argv[1]))


class LanguageModel(torch.nn.Module):
    def __init__(self, kind, num_layers, vocab_size, hidden_size):
        super().__init__()
        self.vocab_size = vocab_size
        rnn = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU, "rnn-tanh": torch.nn.RNN}[kind]
        self.rnn = rnn(vocab_size, hidden_size, num_layers)
        self.output = torch.nn.Linear(hidden_size, vocab_size)

    def forward(self, ids):  # [T, B]
        inputs = torch.nn.functional.one_hot(ids, self.vocab_size).float()
        outputs, _ = self.rnn(inputs)
        return self.output(outputs.flatten(0, 1))  # [T * B, V]


model = LanguageModel(job["kind"], job["numLayers"], job["vocabSize"], job["hiddenSize"])
with torch.no_grad():
    for name, parameter in model.named_parameters():
        values = bytearray(base64.b64decode(job["parameters"][name]))
        parameter.copy_(torch.frombuffer(values, dtype=torch.float32).reshape(parameter.shape))
optimizer = torch.optim.SGD(model.parameters(), lr=job["learningRate"])
shape = (job["batchSize"], job["numSteps"])
inputs = torch.tensor(job["inputs"]).reshape(shape).T.contiguous()  # [T, B], the order of nn.LSTM
targets = torch.tensor(job["targets"]).reshape(shape).T.flatten()


def step():
    optimizer.zero_grad()
    loss = torch.nn.functional.cross_entropy(model(inputs), targets)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), job["maxGradientNorm"])
    optimizer.step()
    return loss.item()


answer(version=torch.__version__)
for _ in sys.stdin:
    start = time.perf_counter()
    loss_nats = step()
    answer(ms=(time.perf_counter() - start) * 1000, lossNats=loss_nats)
