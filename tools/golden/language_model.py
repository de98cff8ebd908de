"""Training runs of small language models in torch, float64: the loss of every step, and the parameters at the end.

Writes packages/rnnkit/test/golden/language-model.json. The state is carried from batch to batch and detached
(back-propagation through time truncated at the border of a batch), gradients are clipped to a global norm of 1.
"""

import json
import pathlib

import torch

ROOT = pathlib.Path(__file__).resolve().parents[2]
VOCAB_SIZE, BATCH_SIZE, NUM_TIME_STEPS, NUM_STEPS = 6, 2, 4, 30
RNN = {
    "rnn-tanh": lambda *sizes: torch.nn.RNN(*sizes, batch_first=True),
    "gru": lambda *sizes: torch.nn.GRU(*sizes, batch_first=True),
    "lstm": lambda *sizes: torch.nn.LSTM(*sizes, batch_first=True),
}


class Model(torch.nn.Module):
    def __init__(self, kind, hidden_size, num_layers, embedding_size, vocab_size=VOCAB_SIZE):
        super().__init__()
        if embedding_size:
            self.embedding = torch.nn.Embedding(vocab_size, embedding_size)
        self.rnn = RNN[kind](embedding_size or vocab_size, hidden_size, num_layers)
        self.output = torch.nn.Linear(hidden_size, vocab_size)
        self.embedding_size, self.vocab_size = embedding_size, vocab_size

    def forward(self, ids, state):
        one_hot = torch.nn.functional.one_hot(ids, self.vocab_size).double()
        outputs, state = self.rnn(self.embedding(ids) if self.embedding_size else one_hot, state)
        return self.output(outputs), state


def case(kind, optimizer, learning_rate, hidden_size, num_layers, embedding_size, seed):
    torch.manual_seed(seed)
    model = Model(kind, hidden_size, num_layers, embedding_size).double()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_((torch.randn(*parameter.shape, dtype=torch.float64) * 512).round() / 1024)
    start = {n: {"shape": list(p.shape), "values": p.detach().reshape(-1).tolist()} for n, p in model.named_parameters()}
    stream = torch.randint(VOCAB_SIZE, (BATCH_SIZE, NUM_STEPS * NUM_TIME_STEPS + 1))
    step = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[optimizer](model.parameters(), lr=learning_rate)
    state, losses, norms = None, [], []
    for i in range(NUM_STEPS):
        window = stream[:, i * NUM_TIME_STEPS : (i + 1) * NUM_TIME_STEPS + 1]
        if state is not None:
            state = tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()
        logits, state = model(window[:, :-1], state)
        loss = torch.nn.functional.cross_entropy(logits.reshape(-1, VOCAB_SIZE), window[:, 1:].reshape(-1))
        step.zero_grad()
        loss.backward()
        norms.append(float(torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)))
        step.step()
        losses.append(loss.item())
    return {
        "name": f"{kind}, {optimizer}, {num_layers} layers, {'embedding' if embedding_size else 'one-hot'}",
        "optimizer": optimizer,
        "learningRate": learning_rate,
        "config": {
            "vocabSize": VOCAB_SIZE,
            "kind": kind,
            "hiddenSize": hidden_size,
            "numLayers": num_layers,
            **({"embeddingSize": embedding_size} if embedding_size else {}),
        },
        "numTimeSteps": NUM_TIME_STEPS,
        "parameters": start,
        "stream": stream.tolist(),
        "lossNats": losses,
        "gradientNorms": norms,
        "endParameters": {n: p.detach().reshape(-1).tolist() for n, p in model.named_parameters()},
    }


if __name__ == "__main__":
    golden = {
        "source": f"torch {torch.__version__.split('+')[0]}, float64",
        "command": "python tools/golden/language_model.py",
        "cases": [
            case("rnn-tanh", "sgd", 0.5, 5, 1, None, 1),
            case("gru", "adam", 0.02, 4, 2, 3, 2),
            case("lstm", "sgd", 0.5, 4, 1, 3, 3),
            case("lstm", "adam", 0.02, 4, 2, None, 4),
        ],
    }
    path = ROOT / "packages/rnnkit/test/golden/language-model.json"
    path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
