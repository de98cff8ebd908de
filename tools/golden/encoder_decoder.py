"""Encoder-decoders in torch, float64: logits, attention, loss and all gradients of a batch of unequal lengths, and short trainings.

Writes packages/models/test/golden/encoder-decoder.json, packages/models/test/golden/encoder-decoder-attention.json and
packages/rnnkit/test/golden/encoder-decoder.json, the trainings. Parameters are drawn here and handed over. The encoder reads packed sequences;
attention is composed of torch operations, with -inf beyond a source's length. Under scheduled sampling the coins are drawn here too,
and the model's own token is its likeliest.
"""

import json
import pathlib

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCE_VOCAB, TARGET_VOCAB, EMBEDDING, HIDDEN = 7, 6, 2, 3
RNN = {"rnn-tanh": nn.RNN, "rnn-relu": lambda *a, **k: nn.RNN(*a, nonlinearity="relu", **k), "gru": nn.GRU, "lstm": nn.LSTM}


class Encoder(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.config = config
        layers, self.directions = config["numLayers"], 2 if config.get("isBidirectional") else 1
        self.embedding = nn.Embedding(SOURCE_VOCAB, EMBEDDING)
        self.rnn = RNN[config["kind"]](
            EMBEDDING, HIDDEN, layers, batch_first=True, bidirectional=self.directions == 2)
        self.kind = config.get("bridge", "linear" if self.directions == 2 else "copy")
        parts = ["hidden", "cell"] if config["kind"] == "lstm" else ["hidden"]
        self.bridge = nn.ModuleDict(
            {f"{p}_l{l}": nn.Linear(self.directions * HIDDEN, HIDDEN) for l in range(layers) for p in parts}
            if self.kind == "linear" else {})

    def forward(self, ids, lengths):
        embedded = self.embedding(ids)
        if self.config.get("readsPadding"):
            outputs, state = self.rnn(embedded)
        else:
            packed = pack_padded_sequence(embedded, lengths, batch_first=True, enforce_sorted=False)
            outputs, state = self.rnn(packed)
            outputs, _ = pad_packed_sequence(outputs, batch_first=True, total_length=ids.shape[1])
        state = state if isinstance(state, tuple) else (state,)
        last = torch.cat(list(state[0][-self.directions:]), -1)
        return outputs, last, tuple(self.cross(name, part) for name, part in zip(("hidden", "cell"), state))

    def cross(self, name, part):
        layers = part.reshape(-1, self.directions, *part.shape[1:])
        if self.kind == "linear":
            return torch.stack([torch.tanh(self.bridge[f"{name}_l{l}"](torch.cat(list(layer), -1))) for l, layer in enumerate(layers)])
        return layers.sum(1)


class Attention(nn.Module):
    def __init__(self, score, value_size):
        super().__init__()
        self.score = score
        if score == "additive":
            self.query = nn.Linear(HIDDEN, HIDDEN, bias=False)
            self.key = nn.Linear(value_size, HIDDEN, bias=False)
            self.vector = nn.Linear(HIDDEN, 1, bias=False)
        if score == "general":
            self.key = nn.Linear(value_size, HIDDEN, bias=False)

    def forward(self, query, values, lengths):  # [B, H], [B, S, D]
        if self.score == "additive":
            scores = self.vector(torch.tanh(self.query(query).unsqueeze(1) + self.key(values))).squeeze(-1)
        else:
            keys = self.key(values) if self.score == "general" else values
            scores = (keys @ query.unsqueeze(-1)).squeeze(-1)
            if self.score == "scaled-dot":
                scores = scores / HIDDEN**0.5
        is_beyond = torch.arange(values.shape[1]) >= lengths.unsqueeze(1)
        weights = torch.softmax(scores.masked_fill(is_beyond, float("-inf")), -1)
        return (weights.unsqueeze(1) @ values).squeeze(1), weights


class Decoder(nn.Module):
    def __init__(self, config):
        super().__init__()
        value_size = HIDDEN * (2 if config.get("isBidirectional") else 1)
        attention = config.get("attention")
        self.place = attention and attention.get("place", "before")
        self.feeds = bool(attention and attention.get("hasInputFeeding"))
        self.embedding = nn.Embedding(TARGET_VOCAB, EMBEDDING)
        extra = value_size if self.place != "after" else HIDDEN if self.feeds else 0
        self.rnn = RNN[config["kind"]](EMBEDDING + extra, HIDDEN, config["numLayers"], batch_first=True)
        if attention:
            self.attention = Attention(attention["score"], value_size)
        if self.place == "after":
            self.combination = nn.Linear(value_size + HIDDEN, HIDDEN, bias=False)
        self.output = nn.Linear(HIDDEN, TARGET_VOCAB)

    def forward(self, inputs, encoded, lengths, is_gold=None):
        values, last, state = encoded
        fed = torch.zeros(inputs.shape[0], HIDDEN, dtype=torch.float64)
        logits, all_weights = [], []
        for t in range(inputs.shape[1]):
            ids = inputs[:, t]
            if is_gold is not None and t > 0:
                ids = torch.where(is_gold[t - 1], ids, logits[-1].argmax(-1))
            embedded = self.embedding(ids)
            if self.place == "before":
                context, weights = self.attention(state[0][-1], values, lengths)
                x = torch.cat([context, embedded], -1)
            elif self.place == "after":
                x = torch.cat([embedded, fed], -1) if self.feeds else embedded
            else:
                x = torch.cat([embedded, last], -1)
            out, state = self.rnn(x.unsqueeze(1), state if len(state) == 2 else state[0])
            state = state if isinstance(state, tuple) else (state,)
            h = out.squeeze(1)
            if self.place == "after":
                context, weights = self.attention(h, values, lengths)
                fed = h = torch.tanh(self.combination(torch.cat([context, h], -1)))
            if self.place:
                all_weights.append(weights)
            logits.append(self.output(h))
        return torch.stack(logits, 1), torch.stack(all_weights, 1) if self.place else None


class Model(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.encoder, self.decoder = Encoder(config), Decoder(config)

    def loss(self, batch, is_gold=None):
        lengths = batch["sourceLengths"]
        encoded = self.encoder(batch["sources"], lengths)
        logits, weights = self.decoder(batch["inputs"], encoded, lengths, is_gold)
        mask = torch.arange(logits.shape[1]) < batch["lengths"].unsqueeze(1)
        losses = nn.functional.cross_entropy(logits.transpose(1, 2), batch["targets"], reduction="none")
        return (losses * mask).sum() / mask.sum(), (losses * mask).mean(1).sum(), logits, weights


def draw_batch(source_lengths, lengths):
    size, source_steps, steps = len(lengths), max(source_lengths) + 1, max(lengths) + 1
    return {
        "sources": torch.randint(SOURCE_VOCAB, (size, source_steps)),
        "sourceLengths": torch.tensor(source_lengths),
        "inputs": torch.randint(TARGET_VOCAB, (size, steps)),
        "targets": torch.randint(TARGET_VOCAB, (size, steps)),
        "lengths": torch.tensor(lengths),
    }


def plain(tensor):
    return [float(f"{x:.7g}") for x in tensor.detach().reshape(-1).tolist()]


def case(seed, training_steps=0, sampling=False, source_lengths=(3, 1, 2), lengths=(2, 4, 1), **config):
    torch.manual_seed(seed)
    config = {"numLayers": 1, **config}
    model = Model(config).double()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_((torch.randn(*parameter.shape, dtype=torch.float64) * 24).round() / 64)
    batch = draw_batch(source_lengths, lengths)
    coins = torch.rand(batch["inputs"].shape[1] - 1, len(lengths)) if sampling else None
    start = {n: {"shape": list(p.shape), "values": p.detach().reshape(-1).tolist()} for n, p in model.named_parameters()}
    mean, d2l, logits, weights = model.loss(batch, None if coins is None else coins < 0.5)
    mean.backward()
    result = {
        "config": {
            "sourceVocabSize": SOURCE_VOCAB, "targetVocabSize": TARGET_VOCAB, "embeddingSize": EMBEDDING, "hiddenSize": HIDDEN, **config},
        "batch": {n: t.reshape(-1).tolist() for n, t in batch.items()},
        "shape": list(batch["inputs"].shape),
        "sourceShape": list(batch["sources"].shape),
        "parameters": start,
        "meanLoss": mean.item(),
        "d2lObjective": d2l.item(),
        **({"coins": plain(coins)} if sampling else {"logits": plain(logits)}),
        **({"attention": plain(weights)} if weights is not None else {}),
        "gradients": {n: plain(p.grad) for n, p in model.named_parameters()},
    }
    if training_steps:
        optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
        losses = []
        for _ in range(training_steps):
            optimizer.zero_grad()
            loss = model.loss(batch)[1]  # d2l's objective
            losses.append(model.loss(batch)[0].item())
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
        result["training"] = {"learningRate": 0.02, "losses": losses}
    return result


def attend(score, **more):
    return {"attention": {"score": score, **more}}


def write(package, name, cases):
    golden = {
        "source": f"torch {torch.__version__.split('+')[0]}, float64",
        "command": "python tools/golden/encoder_decoder.py",
        "cases": cases,
    }
    path = ROOT / f"packages/{package}/test/golden/{name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    write("models", "encoder-decoder", [
        case(1, kind="rnn-tanh"),
        case(2, kind="gru", numLayers=2),
        case(3, kind="lstm", numLayers=2),
        case(4, kind="gru", numLayers=2, readsPadding=True),
        case(5, kind="rnn-relu", isBidirectional=True, bridge="sum"),
        case(6, kind="lstm", numLayers=2, isBidirectional=True),
        case(7, kind="gru", bridge="linear"),
        case(19, kind="gru", sampling=True),
        case(20, kind="lstm", numLayers=2, sampling=True, **attend("additive")),
        case(21, kind="gru", sampling=True, **attend("dot", place="after", hasInputFeeding=True)),
    ])
    write("models", "encoder-decoder-attention", [
        case(8, kind="gru", numLayers=2, **attend("additive")),
        case(9, kind="lstm", **attend("additive")),
        case(10, kind="rnn-tanh", **attend("dot")),
        case(11, kind="gru", **attend("scaled-dot")),
        case(12, kind="lstm", numLayers=2, **attend("general")),
        case(13, kind="gru", numLayers=2, isBidirectional=True, **attend("additive")),
        case(14, kind="gru", isBidirectional=True, bridge="sum", **attend("general", place="after")),
        case(15, kind="lstm", **attend("dot", place="after")),
        case(16, kind="gru", numLayers=2, **attend("scaled-dot", place="after", hasInputFeeding=True)),
        case(17, kind="lstm", isBidirectional=True, **attend("additive", place="after", hasInputFeeding=True)),
        case(18, kind="rnn-tanh", numLayers=2, **attend("general", place="after", hasInputFeeding=True)),
        case(22, kind="gru", source_lengths=(1,), lengths=(1,), **attend("additive")),
    ])
    write("rnnkit", "encoder-decoder", [
        case(23, kind="gru", numLayers=2, training_steps=12),
        case(24, kind="gru", numLayers=2, training_steps=12, **attend("additive")),
        case(25, kind="lstm", training_steps=12, isBidirectional=True, **attend("general", place="after", hasInputFeeding=True)),
    ])
