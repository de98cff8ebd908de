"""Language models, classifiers and taggers of torch.nn modules: their state dictionaries as safetensors, and what they compute.

Writes packages/interop/test/golden/state-dicts.json. The parameters are float32, the computation is float64, so that the expected
values are exact to far more digits than float32 has. Lengths are those of packed sequences.
"""

import base64
import json
import pathlib

import safetensors
import safetensors.torch
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

OUTPUT = pathlib.Path(__file__).resolve().parents[2] / "packages/interop/test/golden/state-dicts.json"
KINDS = {
    "rnn-tanh": lambda **o: torch.nn.RNN(nonlinearity="tanh", **o),
    "rnn-relu": lambda **o: torch.nn.RNN(nonlinearity="relu", **o),
    "gru": lambda **o: torch.nn.GRU(**o),
    "lstm": lambda **o: torch.nn.LSTM(**o),
}
VOCAB_SIZE, HIDDEN_SIZE = 5, 3


class Model(torch.nn.Module):
    def __init__(self, kind, embedding_size, num_classes, options):
        super().__init__()
        self.embedding = torch.nn.Embedding(VOCAB_SIZE, embedding_size) if embedding_size else None
        self.rnn = KINDS[kind](input_size=embedding_size or VOCAB_SIZE, hidden_size=HIDDEN_SIZE, batch_first=True, **options)
        width = (options.get("proj_size") or HIDDEN_SIZE) * (2 if options.get("bidirectional") else 1)
        self.output = torch.nn.Linear(width, num_classes, bias=options.get("bias", True))

    def forward(self, ids, lengths, pooling, state=None):
        one_hot = torch.nn.functional.one_hot(ids, VOCAB_SIZE).to(self.output.weight.dtype)
        inputs = self.embedding(ids) if self.embedding else one_hot
        packed = pack_padded_sequence(inputs, lengths, batch_first=True, enforce_sorted=False)
        outputs, final = self.rnn(packed, state)
        outputs, _ = pad_packed_sequence(outputs, batch_first=True, total_length=ids.shape[1])
        hidden = final[0] if isinstance(final, tuple) else final
        if pooling == "last":
            top = hidden[-2:] if self.rnn.bidirectional else hidden[-1:]
            features = torch.cat(list(top), dim=-1)
        elif pooling == "mean":
            features = outputs.sum(1) / lengths[:, None]
        elif pooling == "max":
            valid = torch.arange(ids.shape[1])[None, :] < lengths[:, None]
            features = outputs.masked_fill(~valid[:, :, None], -torch.inf).amax(1)
        else:
            features = outputs
        return self.output(features), final


def tensor(value):
    return {"shape": list(value.shape), "values": [float(f"{x:.10g}") for x in value.detach().reshape(-1).tolist()]}


def case(task, kind, seed, pooling=None, embedding_size=4, num_classes=VOCAB_SIZE, lengths=(4, 4, 4), state=False, **options):
    torch.manual_seed(seed)
    model = Model(kind, embedding_size, num_classes, options)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(torch.randn(parameter.shape) * 0.7)
    file = safetensors.torch.save(model.state_dict(), metadata={"format": "pt"})
    ids = torch.randint(VOCAB_SIZE, (len(lengths), max(lengths)))
    model = model.double()
    initial = None
    if state:
        rows = options.get("num_layers", 1) * (2 if options.get("bidirectional") else 1)
        initial = torch.randn(rows, len(lengths), HIDDEN_SIZE, dtype=torch.float64).float().double()
        initial = (initial, initial.flip(0) / 2) if kind == "lstm" else initial
    logits, final = model(ids, torch.tensor(lengths), pooling, initial)
    names = ["hidden", "cell"] if kind == "lstm" else ["hidden"]
    states = lambda value: dict(zip(names, map(tensor, value if isinstance(value, tuple) else (value,))))
    details = [f"{name} {value}" for name, value in options.items()]
    return {
        "name": ", ".join([task, kind, *([pooling] if pooling else []), *details, *([] if embedding_size else ["one-hot"])]),
        "task": task,
        "kind": kind,
        **({"pooling": pooling} if pooling else {}),
        "hasEmbedding": bool(embedding_size),
        "file": base64.b64encode(file).decode("ascii"),
        "ids": ids.tolist(),
        "lengths": list(lengths),
        **({"initialState": states(initial)} if state else {}),
        "logits": tensor(logits),
        "finalState": states(final),
    }


cases = []
for seed, kind in enumerate(KINDS):
    cases += [
        case("language-model", kind, 10 * seed, state=True),
        case("language-model", kind, 10 * seed + 1, num_layers=2, embedding_size=0, bias=False),
        case("classifier", kind, 10 * seed + 2, "last", num_classes=3, lengths=(2, 5, 1), num_layers=2, bidirectional=True),
        case("tagger", kind, 10 * seed + 3, num_classes=4, lengths=(5, 1, 3), bidirectional=True),
        case("tagger", kind, 10 * seed + 4, num_classes=2, lengths=(3, 4), num_layers=3, bidirectional=True, bias=False),
    ]
cases += [
    case("classifier", "lstm", 50, "mean", num_classes=2, lengths=(1, 4, 3), bidirectional=True),
    case("classifier", "gru", 51, "max", num_classes=2, lengths=(1, 4, 3), bidirectional=True),
    case("classifier", "rnn-tanh", 52, "last", num_classes=2, lengths=(3,)),
    case("language-model", "lstm", 53, proj_size=2),
    case("language-model", "lstm", 54, num_layers=2, proj_size=2, bias=False),
    case("tagger", "lstm", 55, num_classes=3, lengths=(4, 2, 1), num_layers=2, bidirectional=True, proj_size=1),
    case("classifier", "lstm", 56, "last", num_classes=3, lengths=(1, 3), bidirectional=True, proj_size=2),
]
golden = {
    "source": f"torch {torch.__version__.split('+')[0]} in float64, safetensors {safetensors.__version__}",
    "command": "python tools/golden/state-dicts.py",
    "cases": cases,
}
OUTPUT.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
