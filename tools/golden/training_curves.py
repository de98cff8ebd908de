"""The loss of each of 200 training steps of language models in torch, float64: LSTM and GRU, by SGD and by Adam.

Writes packages/rnnkit/test/golden/training-curves.json. The stream repeats a sentence in which every seventh token is replaced by
a random one, so that there is something to learn and something that cannot be learnt. The state is carried from batch to batch
and detached, gradients are clipped to a global norm of 1.
"""

import json
import pathlib

import torch
from language_model import Model

ROOT = pathlib.Path(__file__).resolve().parents[2]
VOCAB_SIZE, BATCH_SIZE, NUM_TIME_STEPS, NUM_STEPS, HIDDEN_SIZE = 9, 4, 10, 200, 12
SENTENCE = [1, 2, 3, 4, 2, 5, 1, 6, 7, 2, 3, 8, 4, 4, 0, 5, 6]


def stream():
    torch.manual_seed(1)
    length = NUM_STEPS * NUM_TIME_STEPS + 1
    rows = [(SENTENCE[row:] + SENTENCE * (length // len(SENTENCE) + 1))[:length] for row in range(BATCH_SIZE)]
    ids = torch.tensor(rows)
    return torch.where(torch.rand(ids.shape) < 1 / 7, torch.randint(VOCAB_SIZE, ids.shape), ids)


def case(kind, optimizer, learning_rate, seed):
    torch.manual_seed(seed)
    model = Model(kind, HIDDEN_SIZE, 1, None, vocab_size=VOCAB_SIZE).double()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_((torch.randn(*parameter.shape, dtype=torch.float64) * 256).round() / 1024)
    start = {n: {"shape": list(p.shape), "values": p.detach().reshape(-1).tolist()} for n, p in model.named_parameters()}
    step = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[optimizer](model.parameters(), lr=learning_rate)
    state, losses, ids = None, [], stream()
    for i in range(NUM_STEPS):
        window = ids[:, i * NUM_TIME_STEPS : (i + 1) * NUM_TIME_STEPS + 1]
        if state is not None:
            state = tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()
        logits, state = model(window[:, :-1], state)
        loss = torch.nn.functional.cross_entropy(logits.reshape(-1, VOCAB_SIZE), window[:, 1:].reshape(-1))
        step.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        step.step()
        losses.append(float(f"{loss.item():.8g}"))
    return {
        "name": f"{kind}, {optimizer}",
        "optimizer": optimizer,
        "learningRate": learning_rate,
        "config": {"vocabSize": VOCAB_SIZE, "kind": kind, "hiddenSize": HIDDEN_SIZE, "numLayers": 1},
        "numTimeSteps": NUM_TIME_STEPS,
        "parameters": start,
        "lossNats": losses,
    }


if __name__ == "__main__":
    golden = {
        "source": f"torch {torch.__version__.split('+')[0]}, float64",
        "command": "python tools/golden/training_curves.py",
        "cases": {
            "stream": stream().tolist(),
            "runs": [
                case("lstm", "sgd", 1.0, 1),
                case("lstm", "adam", 0.01, 2),
                case("gru", "sgd", 1.0, 3),
                case("gru", "adam", 0.01, 4),
            ],
        },
    }
    path = ROOT / "packages/rnnkit/test/golden/training-curves.json"
    path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
