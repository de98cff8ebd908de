"""The engines "PyTorch ..." of the benchmarks of samplers: python iterate_batches.py iterator|DataLoader|indexing

Reads lines from standard input and answers each with a line of JSON. The first is the job; its answer says that PyTorch is
ready, and without PyTorch there is none. Each line after it asks for the next epoch; the answer is the time that it took, and
sums over epoch 0. A batch is (inputs, targets, the number of targets that are no padding).
"""

import random
import sys
import time

from conversation import answer, read_job

try:
    import torch
    from torch.nn.utils.rnn import pad_sequence
    from torch.utils.data import DataLoader, TensorDataset
except ImportError:
    sys.exit(1)

torch.set_num_threads(1)

way = sys.argv[1]
job = read_job()
batch_size, num_steps, corpus = job["batchSize"], job["numSteps"], job["corpus"]


def random_starts():
    """Where the subsequences of an epoch begin, in order: drawn as d2l 0.17 draws them."""
    dropped = random.randint(0, num_steps - 1)
    count = (len(corpus) - dropped - 1) // num_steps
    starts = [dropped + index * num_steps for index in range(count)]
    random.shuffle(starts)
    return starts[: count // batch_size * batch_size]


def random_iterator():
    starts = random_starts()
    for first in range(0, len(starts), batch_size):
        group = starts[first : first + batch_size]
        inputs = torch.tensor([corpus[start : start + num_steps] for start in group])
        targets = torch.tensor([corpus[start + 1 : start + 1 + num_steps] for start in group])
        yield inputs, targets, targets.numel()


def random_indexing():
    return indexing(lambda: torch.tensor(random_starts()))


def window_indexing():
    return indexing(lambda: torch.randperm(len(corpus) - num_steps))


def indexing(order):
    windows = torch.tensor(corpus).unfold(0, num_steps + 1, 1)

    def epoch():
        for group in order().split(batch_size):
            rows = windows[group]
            yield rows[:, :-1], rows[:, 1:], len(group) * num_steps

    return epoch


def window_loader():
    array = torch.tensor([corpus[start : start + num_steps + 1] for start in range(len(corpus) - num_steps)])
    loader = DataLoader(TensorDataset(array[:, :-1], array[:, 1:]), batch_size, shuffle=True)

    def epoch():
        for inputs, targets in loader:
            yield inputs, targets, targets.numel()

    return epoch


def pair_loader():
    pairs = list(zip(map(torch.tensor, job["sources"]), map(torch.tensor, job["targets"])))

    def collate(group):
        sources, targets = zip(*group)
        source_lengths = torch.tensor([len(source) for source in sources])
        lengths = torch.tensor([len(target) - 1 for target in targets])
        padded = pad_sequence(targets, batch_first=True)
        return pad_sequence(sources, batch_first=True), source_lengths, padded[:, :-1], padded[:, 1:], lengths

    loader = DataLoader(pairs, batch_size, shuffle=True, collate_fn=collate)

    def epoch():
        for sources, _, _, targets, lengths in loader:
            yield sources, targets, int(lengths.sum())

    return epoch


engines = {
    ("random-batches", "iterator"): lambda: random_iterator,
    ("random-batches", "indexing"): random_indexing,
    ("window-batches", "DataLoader"): window_loader,
    ("window-batches", "indexing"): window_indexing,
    ("pair-batches", "DataLoader"): pair_loader,
}
epoch = engines[job["task"], way]()

random.seed(job["seed"])
sums = {"numTargets": 0, "inputs": 0, "targets": 0}
for inputs, targets, num_targets in epoch():
    sums["numTargets"] += num_targets
    sums["inputs"] += inputs.sum().item()
    sums["targets"] += targets.sum().item()
random.seed(job["seed"])

answer(version=torch.__version__)
for _ in sys.stdin:
    start = time.perf_counter()
    num_cells = 0
    for _, targets, _ in epoch():
        num_cells += targets.numel()
    answer(ms=(time.perf_counter() - start) * 1000, sums=sums)
