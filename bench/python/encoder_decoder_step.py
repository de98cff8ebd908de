"""The engine "PyTorch cpu" of the benchmarks encoder-decoder*: python encoder_decoder_step.py THREADS

The models of the book "Dive into Deep Learning", time-major as there: the GRU over a whole sequence without attention, step by step
with it. Reads lines from standard input and answers each with a line of JSON. The first is the job; its answer says that PyTorch is
ready, and without PyTorch there is none. Each line after it asks for one training step; the answer is its time and loss.
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
config = job["config"]
SIZE, EMBEDDING, LAYERS, DROPOUT = config["hiddenSize"], config["embeddingSize"], config["numLayers"], config["dropout"]


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(config["sourceVocabSize"], EMBEDDING)
        self.rnn = nn.GRU(EMBEDDING, SIZE, LAYERS, dropout=DROPOUT)

    def forward(self, ids):  # [S, B]
        return self.rnn(self.embedding(ids))


class Decoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(config["targetVocabSize"], EMBEDDING)
        self.rnn = nn.GRU(EMBEDDING + SIZE, SIZE, LAYERS, dropout=DROPOUT)
        self.output = nn.Linear(SIZE, config["targetVocabSize"])

    def forward(self, ids, encoded, state, is_beyond):  # [T, B]
        embedded = self.embedding(ids)
        context = encoded[-1].expand(embedded.shape[0], -1, -1)
        outputs, _ = self.rnn(torch.cat((embedded, context), 2), state)
        return self.output(outputs)


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.query = nn.Linear(SIZE, SIZE, bias=False)
        self.key = nn.Linear(SIZE, SIZE, bias=False)
        self.vector = nn.Linear(SIZE, 1, bias=False)


class AttentionDecoder(Decoder):
    def __init__(self):
        super().__init__()
        self.attention = Attention()

    def forward(self, ids, encoded, state, is_beyond):
        values = encoded.transpose(0, 1)
        keys = self.attention.key(values)  # which does not change: once, not at every step as in the book
        outputs = []
        for embedded in self.embedding(ids):
            query = self.attention.query(state[-1]).unsqueeze(1)
            scores = self.attention.vector(torch.tanh(query + keys)).squeeze(-1)
            weights = torch.softmax(scores.masked_fill(is_beyond, -1e6), -1)
            context = torch.bmm(nn.functional.dropout(weights, DROPOUT).unsqueeze(1), values).squeeze(1)
            out, state = self.rnn(torch.cat((context, embedded), 1).unsqueeze(0), state)
            outputs.append(out)
        return self.output(torch.cat(outputs))


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.decoder = AttentionDecoder() if config.get("attention") else Decoder()


model = Model()
with torch.no_grad():
    for name, parameter in model.named_parameters():
        parameter.copy_(torch.tensor(job["parameters"][name]).reshape(parameter.shape))
optimizer = torch.optim.Adam(model.parameters(), lr=job["learningRate"])
batch = job["batch"]
shape = (job["batchSize"], job["numSteps"])
sources, inputs, targets = (torch.tensor(batch[n]).reshape(shape).T.contiguous() for n in ("sources", "inputs", "targets"))
steps = torch.arange(shape[1])
is_beyond = steps >= torch.tensor(batch["sourceLengths"]).unsqueeze(1)  # [B, S]
mask = (steps.unsqueeze(1) < torch.tensor(batch["lengths"])).float()  # [T, B]


def step():
    optimizer.zero_grad()
    encoded, state = model.encoder(sources)
    logits = model.decoder(inputs, encoded, state, is_beyond)
    losses = nn.functional.cross_entropy(logits.flatten(0, 1), targets.flatten(), reduction="none").reshape(mask.shape) * mask
    losses.mean(0).sum().backward()
    nn.utils.clip_grad_norm_(model.parameters(), job["maxGradientNorm"])
    optimizer.step()
    return (losses.sum() / mask.sum()).item()


answer(version=torch.__version__)
for _ in sys.stdin:
    start = time.perf_counter()
    loss_nats = step()
    answer(ms=(time.perf_counter() - start) * 1000, lossNats=loss_nats)
