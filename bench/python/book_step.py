"""The engine "PyTorch cpu" of the benchmarks book-*: python book_step.py THREADS

The models of the book "Dive into Deep Learning" that it names, trained as there. Reads lines from standard input and answers each with
a line of JSON. The first is the job; its answer says that PyTorch is ready, and without PyTorch there is none. Each line after it asks
for a training step on each of the batches; the answer is their time and mean loss.
"""

import sys
import time

from conversation import answer, read_job

try:
    import torch
    from torch import nn
except ImportError:
    sys.exit(1)

job = read_job()
torch.set_num_threads(int(sys.argv[1]))
SIZE, STEPS, VOCAB = job["hiddenSize"], job["numSteps"], job["vocabSize"]


def one_hot(ids):
    return nn.functional.one_hot(ids, VOCAB).float()


class Perceptron(nn.Module):
    """Of 8.1."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(STEPS, SIZE), nn.ReLU(), nn.Linear(SIZE, 1))

    def loss(self, windows, targets):
        return nn.functional.mse_loss(self.layers(windows), targets)


class Equations(nn.Module):
    """Of 8.5."""

    def __init__(self):
        super().__init__()
        for name, shape in {"W_xh": (VOCAB, SIZE), "W_hh": (SIZE, SIZE), "b_h": (SIZE,), "W_hq": (SIZE, VOCAB), "b_q": (VOCAB,)}.items():
            setattr(self, name, nn.Parameter(torch.empty(shape)))

    def loss(self, inputs, targets):
        state, outputs = torch.zeros(inputs.shape[0], SIZE), []
        for read in one_hot(inputs.T):
            state = torch.tanh(read @ self.W_xh + state @ self.W_hh + self.b_h)
            outputs.append(state @ self.W_hq + self.b_q)
        return nn.functional.cross_entropy(torch.cat(outputs), targets.T.flatten())


class Bidirectional(nn.Module):
    """Of 9.4."""

    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(VOCAB, SIZE, 2, bidirectional=True)
        self.output = nn.Linear(2 * SIZE, VOCAB)

    def loss(self, inputs, targets):
        outputs, _ = self.rnn(one_hot(inputs.T))
        return nn.functional.cross_entropy(self.output(outputs.flatten(0, 1)), targets.T.flatten())


is_perceptron = job["model"] == "perceptron"
model = {"perceptron": Perceptron, "equations": Equations, "bidirectional": Bidirectional}[job["model"]]()
with torch.no_grad():
    for name, parameter in model.named_parameters():
        parameter.copy_(torch.tensor(job["parameters"][name]).reshape(parameter.shape))
optimizer = (torch.optim.Adam if is_perceptron else torch.optim.SGD)(model.parameters(), lr=job["learningRate"])
shapes = [(-1, STEPS), (-1, 1 if is_perceptron else STEPS)]
batches = [[torch.tensor(batch[n]).reshape(s) for n, s in zip(("inputs", "targets"), shapes)] for batch in job["batches"]]


def step(inputs, targets):
    optimizer.zero_grad()
    loss = model.loss(inputs, targets)
    loss.backward()
    if "maxGradientNorm" in job:
        nn.utils.clip_grad_norm_(model.parameters(), job["maxGradientNorm"])
    optimizer.step()
    return loss.item()


answer(version=torch.__version__)
for _ in sys.stdin:
    start = time.perf_counter()
    losses = [step(*batch) for batch in batches]
    answer(ms=(time.perf_counter() - start) * 1000, lossNats=sum(losses) / len(losses))
