"""Logits, loss, every gradient and a few steps of training of each model of @rnnkit/models, from the same model in torch, float64.

Writes packages/models/test/golden/models.json and losses.json. Recurrent layers are torch's nn.RNN, nn.GRU and nn.LSTM; the forms
that torch does not have take their time step from cell_forms.py, written out in torch.
"""

import json
import pathlib

import torch
from cell_forms import shapes as cell_shapes
from cell_forms import step as cell_step
from torch.nn import functional

ROOT = pathlib.Path(__file__).resolve().parents[2]
IGNORED = -100
NUM_STEPS, LEARNING_RATE = 4, 0.5
LAYERS = {"rnn-tanh": torch.nn.RNN, "rnn-relu": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}
FORMS = ("hasPeepholes", "hasLayerNorm", "reset", "hiddenZoneout", "cellZoneout", "isResidual")


def draw(*shape):
    return (torch.randn(*shape, dtype=torch.float64) * 512).round() / 1024


def numbers(value):
    return [float(f"{x:.8g}") for x in value.detach().reshape(-1).tolist()]


def tensor(value):
    return {"shape": list(value.shape), "values": numbers(value)}


class FormLayers(torch.nn.Module):
    """Layers of a cell that torch does not have, under torch's names."""

    def __init__(self, config, input_size):
        super().__init__()
        self.config, width = config, config.get("projectionSize", config["hiddenSize"])
        self.sizes = {"hidden": width, **({"cell": config["hiddenSize"]} if config["kind"] == "lstm" else {})}
        for layer in range(config.get("numLayers", 1)):
            for name, shape in cell_shapes(config["kind"], width if layer else input_size, config["hiddenSize"], config).items():
                self.register_parameter(f"{name}_l{layer}", torch.nn.Parameter(torch.zeros(shape)))

    def forward(self, inputs, state=None):
        named = dict(self.named_parameters())
        for layer in range(self.config.get("numLayers", 1)):
            weights = {n[: -len(f"_l{layer}")]: p for n, p in named.items() if n.endswith(f"_l{layer}")}
            now = {n: torch.zeros(len(inputs), size, dtype=inputs.dtype) for n, size in self.sizes.items()}
            outputs = []
            for t in range(inputs.shape[1]):
                now = cell_step(self.config["kind"], weights, self.config, inputs[:, t], now)
                outputs.append(now["hidden"])
            above = torch.stack(outputs, dim=1)
            inputs = above + inputs if self.config.get("isResidual") and layer else above
        return inputs, None


def layers(config, input_size, bidirectional=False):
    if any(name in config for name in FORMS):
        return FormLayers(config, input_size)
    kind = config["kind"]
    options = {"nonlinearity": kind[4:]} if kind.startswith("rnn") else {}
    if "projectionSize" in config:
        options["proj_size"] = config["projectionSize"]
    return LAYERS[kind](
        input_size,
        config["hiddenSize"],
        config.get("numLayers", 1),
        bias=config.get("numBiases", 2) > 0,
        batch_first=True,
        bidirectional=bidirectional,
        **options,
    )


def output_size(config):
    return config.get("projectionSize", config["hiddenSize"])


def read(rnn, inputs, lengths, state=None):
    """Outputs [B, T, D], with zeros beyond a length."""
    if isinstance(rnn, FormLayers):
        return rnn(inputs)[0] * mask(lengths, inputs.shape[1])[..., None]
    packed = torch.nn.utils.rnn.pack_padded_sequence(inputs, lengths, batch_first=True, enforce_sorted=False)
    outputs, _ = rnn(packed, state)
    return torch.nn.utils.rnn.pad_packed_sequence(outputs, batch_first=True, total_length=inputs.shape[1])[0]


def mask(lengths, num_steps):
    return (torch.arange(num_steps)[None] < torch.tensor(lengths)[:, None]).double()


class TokenModel(torch.nn.Module):
    def embed(self, config):
        if "embeddingSize" in config:
            self.embedding = torch.nn.Embedding(config["vocabSize"], config["embeddingSize"])
        return config.get("embeddingSize", config["vocabSize"])

    def rows(self, ids):
        one_hot = functional.one_hot(ids, self.config["vocabSize"]).double()
        return self.embedding(ids) if "embeddingSize" in self.config else one_hot


class LanguageModel(TokenModel):
    def __init__(self, config):
        super().__init__()
        self.config = config
        self.rnn = layers(config, self.embed(config))
        self.output = torch.nn.Linear(output_size(config), config["vocabSize"])
        if config.get("isTied"):
            self.output.weight = self.embedding.weight

    def forward(self, batch):
        return self.output(read(self.rnn, self.rows(batch["inputs"]), batch["lengths"])).flatten(0, 1)


class Tagger(TokenModel):
    def __init__(self, config):
        super().__init__()
        self.config = config
        width = self.embed(config)
        features = config.get("features", {})
        self.features = torch.nn.ModuleDict(
            {n: torch.nn.Embedding(f["vocabSize"], f["embeddingSize"]) for n, f in features.items()}
        )
        both = config.get("isBidirectional", True)
        self.rnn = layers(config, width + sum(f["embeddingSize"] for f in features.values()), both)
        self.output = torch.nn.Linear(output_size(config) * (2 if both else 1), config["numTags"])

    def forward(self, batch):
        rows = [self.rows(batch["inputs"])] + [self.features[n](ids) for n, ids in batch.get("features", {}).items()]
        return self.output(read(self.rnn, torch.cat(rows, dim=2), batch["lengths"])).flatten(0, 1)


class TextClassifier(TokenModel):
    def __init__(self, config):
        super().__init__()
        self.config = config
        both = config.get("isBidirectional", False)
        self.rnn = layers(config, self.embed(config), both)
        width = output_size(config) * (2 if both else 1)
        if config.get("pooling") == "attention":
            size = config.get("attentionSize", config["hiddenSize"])
            hidden, score = torch.nn.Linear(width, size), torch.nn.Linear(size, 1, bias=False)
            self.attention = torch.nn.ModuleDict({"hidden": hidden, "score": score})
        self.output = torch.nn.Linear(width, config["numClasses"])

    def forward(self, batch):
        lengths = batch["lengths"]
        outputs = read(self.rnn, self.rows(batch["inputs"]), lengths)
        valid = mask(lengths, outputs.shape[1])[..., None]
        pooling, size = self.config.get("pooling", "last"), output_size(self.config)
        if pooling == "last":
            last = outputs[torch.arange(len(lengths)), torch.tensor(lengths) - 1, :size]
            vector = torch.cat([last, outputs[:, 0, size:]], dim=1)
        elif pooling == "mean":
            vector = (outputs * valid).sum(1) / torch.tensor(lengths)[:, None]
        elif pooling == "max":
            vector = outputs.masked_fill(valid == 0, -torch.inf).amax(1)
        else:
            scores = self.attention["score"](torch.tanh(self.attention["hidden"](outputs)))
            vector = (outputs * scores.masked_fill(valid == 0, -torch.inf).softmax(1)).sum(1)
        return self.output(vector)


class SequenceGenerator(TokenModel):
    def __init__(self, config):
        super().__init__()
        self.config, self.conditioning = config, config.get("conditioning", "both")
        width = self.embed(config)
        self.sizes = [output_size(config)] + ([config["hiddenSize"]] if config["kind"] == "lstm" else [])
        self.layers = config.get("numLayers", 1)
        if self.conditioning != "each-step":
            self.initial = torch.nn.Linear(config["vectorSize"], self.layers * sum(self.sizes))
        beside = 0 if self.conditioning == "initial-state" else config["vectorSize"]
        self.rnn = layers(config, width + beside)
        self.output = torch.nn.Linear(output_size(config), config["vocabSize"])

    def forward(self, batch):
        rows, vectors, state = self.rows(batch["inputs"]), batch["vectors"], None
        if self.conditioning != "each-step":
            parts = torch.tanh(self.initial(vectors)).split(self.sizes * self.layers, dim=1)
            stacked = [torch.stack(parts[i :: len(self.sizes)]).contiguous() for i in range(len(self.sizes))]
            state = tuple(stacked) if len(stacked) > 1 else stacked[0]
        if self.conditioning != "initial-state":
            rows = torch.cat([rows, vectors[:, None].expand(-1, rows.shape[1], -1)], dim=2)
        return self.output(read(self.rnn, rows, batch["lengths"], state)).flatten(0, 1)


class MarkovRegression(torch.nn.Module):
    def __init__(self, config):
        super().__init__()
        features = config.get("numFeatures", 1)
        sizes = [config["order"] * features, *config["hiddenSizes"], features]
        activation = {"relu": torch.nn.ReLU, "tanh": torch.nn.Tanh}[config.get("activation", "relu")]
        parts = []
        for below, above in zip(sizes, sizes[1:]):
            parts += [torch.nn.Linear(below, above), activation()]
        self.layers = torch.nn.Sequential(*parts[:-1])

    def forward(self, batch):
        window, steps = batch["inputs"], []
        for _ in range(batch["targets"].shape[1]):
            steps.append(self.layers(window.flatten(1)))
            window = torch.cat([window[:, 1:], steps[-1][:, None]], dim=1)
        return torch.stack(steps, dim=1)


class LatentRegression(torch.nn.Module):
    def __init__(self, config):
        super().__init__()
        features = config.get("numFeatures", 1)
        self.rnn = layers(config, features)
        self.output = torch.nn.Linear(output_size(config), features)

    def forward(self, batch):
        outputs, state = self.rnn(batch["inputs"])
        steps = [self.output(outputs[:, -1])]
        while len(steps) < batch["targets"].shape[1]:
            outputs, state = self.rnn(steps[-1][:, None], state)
            steps.append(self.output(outputs[:, -1]))
        return torch.stack(steps, dim=1)


MODELS = {
    "language-model": LanguageModel,
    "tagger": Tagger,
    "text-classifier": TextClassifier,
    "sequence-generator": SequenceGenerator,
    "markov-regression": MarkovRegression,
    "latent-regression": LatentRegression,
}


def make_batch(model_type, config):
    if model_type.endswith("regression"):
        features, horizon = config.get("numFeatures", 1), 3
        return {"inputs": draw(4, config["order"], features), "targets": draw(4, horizon, features)}
    lengths, vocab_size = [5, 1, 3], config["vocabSize"]
    ids = torch.randint(vocab_size, (3, 5))
    batch = {"inputs": ids, "lengths": lengths}
    if model_type == "text-classifier":
        return {**batch, "targets": torch.randint(config["numClasses"], (3,))}
    targets = torch.randint(config.get("numTags", vocab_size), (3, 5))
    targets[mask(lengths, 5) == 0] = IGNORED
    targets[0, 2] = IGNORED
    batch["targets"] = targets
    if "features" in config:
        batch["features"] = {n: torch.randint(f["vocabSize"], (3, 5)) for n, f in config["features"].items()}
    if model_type == "sequence-generator":
        batch["vectors"] = draw(3, config["vectorSize"])
    return batch


def loss_of(model_type, predictions, batch):
    if model_type.endswith("regression"):
        return functional.mse_loss(predictions, batch["targets"])
    return functional.cross_entropy(predictions, batch["targets"].flatten(), ignore_index=IGNORED)


def plain(value):
    if isinstance(value, torch.Tensor):
        return {"shape": list(value.shape), "values": value.flatten().tolist()}
    return {n: plain(v) for n, v in value.items()} if isinstance(value, dict) else value


def case(model_type, seed, **config):
    torch.manual_seed(seed)
    model = MODELS[model_type](config).double()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(draw(*parameter.shape))
    batch = make_batch(model_type, config)
    start = {n: tensor(p) for n, p in model.named_parameters()}
    predictions = model(batch)
    optimizer, losses, gradients = torch.optim.SGD(model.parameters(), lr=LEARNING_RATE), [], None
    for _ in range(NUM_STEPS):
        loss = loss_of(model_type, model(batch), batch)
        optimizer.zero_grad()
        loss.backward()
        gradients = gradients or {n: numbers(p.grad) for n, p in model.named_parameters()}
        optimizer.step()
        losses.append(loss.item())
    return {
        "name": f"{model_type}, " + ", ".join(f"{k} {v}" for k, v in config.items()),
        "type": model_type,
        "config": config,
        "batch": plain(batch),
        "parameters": start,
        "predictions": numbers(predictions),
        "gradients": gradients,
        "losses": losses,
    }


def loss_cases():
    torch.manual_seed(99)
    logits = draw(6, 4).requires_grad_()
    targets, lengths = torch.randint(4, (2, 3)), [3, 1]
    valid = mask(lengths, 3)
    masked = targets.clone()
    masked[valid == 0] = IGNORED
    cases = {}

    def record(name, objective, mean, variable):
        variable.grad = None
        objective.backward(retain_graph=True)
        cases[name] = {"meanLoss": mean.item(), "objective": objective.item(), "gradient": numbers(variable.grad)}

    mean = functional.cross_entropy(logits, masked.flatten(), ignore_index=IGNORED)
    record("mean", mean, mean, logits)
    smooth = functional.cross_entropy(logits, masked.flatten(), ignore_index=IGNORED, label_smoothing=0.1)
    record("smoothed", smooth, mean, logits)
    unreduced = functional.cross_entropy(logits.reshape(2, 3, 4).permute(0, 2, 1), targets, reduction="none")
    record("d2l", (unreduced * valid).mean(dim=1).sum(), mean, logits)
    values, real, yes = draw(2, 3).requires_grad_(), draw(2, 3), torch.rand(2, 3, dtype=torch.float64).round(decimals=3)
    for name, one_by_one in [
        ("meanSquaredError", functional.mse_loss(values, real, reduction="none")),
        ("binaryCrossEntropy", functional.binary_cross_entropy_with_logits(values * 40, yes, reduction="none")),
    ]:
        record(name, one_by_one.mean(), one_by_one.mean(), values)
        masked_mean = (one_by_one * valid).sum() / valid.sum()
        record(f"{name}, masked", masked_mean, masked_mean, values)
    return {
        "logits": tensor(logits),
        "targets": tensor(targets),
        "lengths": lengths,
        "values": tensor(values),
        "real": tensor(real),
        "yes": tensor(yes),
        "losses": cases,
    }


if __name__ == "__main__":
    sizes = {"vocabSize": 5, "hiddenSize": 3}
    lm, tagger, classifier, generator = "language-model", "tagger", "text-classifier", "sequence-generator"
    three = {"vocabSize": 5, "numClasses": 3, "hiddenSize": 3}
    cases = [
        case(lm, 1, **sizes, kind="rnn-tanh"),
        case(lm, 62, **sizes, kind="rnn-relu", numLayers=2, embeddingSize=2),
        case(lm, 3, **sizes, kind="lstm", numLayers=2, embeddingSize=3, isTied=True),
        case(lm, 4, **sizes, kind="lstm", projectionSize=2, embeddingSize=2, isTied=True),
        case(lm, 5, **sizes, kind="gru", numBiases=0),
        case(lm, 6, **sizes, kind="gru", reset="before", numLayers=2),
        case(lm, 7, **sizes, kind="lstm", hasPeepholes=True, embeddingSize=4),
        case(lm, 8, **sizes, kind="lstm", hasLayerNorm=True, numLayers=2, isResidual=True),
        case(lm, 9, **sizes, kind="gru", hiddenZoneout=0.25, embeddingSize=2),
        case(tagger, 11, **sizes, numTags=4, kind="lstm", embeddingSize=2),
        case(tagger, 12, **sizes, numTags=2, kind="gru", numLayers=2, isBidirectional=False),
        case(
            tagger,
            13,
            **sizes,
            numTags=3,
            kind="gru",
            numLayers=2,
            features={"suffix": {"vocabSize": 4, "embeddingSize": 2}, "shape": {"vocabSize": 3, "embeddingSize": 1}},
        ),
        case(classifier, 21, **three, kind="lstm", embeddingSize=2),
        case(classifier, 22, **three, kind="gru", isBidirectional=True, numLayers=2),
        case(classifier, 23, **three, kind="rnn-tanh", pooling="mean", isBidirectional=True),
        case(classifier, 24, **three, kind="lstm", pooling="max", embeddingSize=3, isBidirectional=True),
        case(classifier, 25, **three, kind="gru", pooling="attention", isBidirectional=True),
        case(classifier, 28, **three, kind="lstm", pooling="attention", attentionSize=2, projectionSize=2),
        case(generator, 31, **sizes, vectorSize=2, kind="lstm", numLayers=2, conditioning="initial-state"),
        case(generator, 32, **sizes, vectorSize=3, kind="gru", conditioning="each-step", embeddingSize=2),
        case(generator, 33, **sizes, vectorSize=2, kind="lstm", projectionSize=2),
        case("markov-regression", 41, order=3, hiddenSizes=[4]),
        case("markov-regression", 42, order=1, numFeatures=2, hiddenSizes=[3, 2], activation="tanh"),
        case("markov-regression", 43, order=2, hiddenSizes=[]),
        case("latent-regression", 44, order=4, kind="gru", hiddenSize=3, numLayers=2),
        case("latent-regression", 45, order=2, numFeatures=2, kind="lstm", hiddenSize=3, projectionSize=2),
    ]
    about = {
        "source": f"torch {torch.__version__.split('+')[0]}, float64",
        "command": "python tools/golden/models.py",
    }
    for name, content in {"models": cases, "losses": loss_cases()}.items():
        path = ROOT / f"packages/models/test/golden/{name}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps({**about, "cases": content}, separators=(",", ":")) + "\n")
