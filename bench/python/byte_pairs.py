"""The engine "HF tokenizers" of the benchmarks of byte-pair encoding, on the number of threads of its argument.

Reads lines from standard input and answers each with a line of JSON. The first is the job; its answer says which version is
ready, and without one there is none. Each line after it asks for one iteration; the answer is its time and what was found.
"""

import json
import os
import sys
import time

from conversation import answer, read_job

os.environ["RAYON_NUM_THREADS"] = sys.argv[1]
os.environ["TOKENIZERS_PARALLELISM"] = "false" if sys.argv[1] == "1" else "true"
try:
    import tokenizers
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers
except ImportError:
    sys.exit(1)

END_OF_WORD = "</w>"

job = read_job()
lines = job["lines"]


def initial_symbols():
    words = {word for line in lines for word in line.split()}
    return sorted({symbol for word in words for symbol in [*word[:-1], word[-1] + END_OF_WORD]})


def trained(vocab_size):
    tokenizer = Tokenizer(models.BPE(end_of_word_suffix=END_OF_WORD))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    trainer = trainers.BpeTrainer(
        vocab_size=vocab_size, min_frequency=2, end_of_word_suffix=END_OF_WORD, show_progress=False
    )
    tokenizer.train_from_iterator(lines, trainer)
    return tokenizer


def with_merges(merges):
    symbols = dict.fromkeys([*initial_symbols(), *("".join(merge) for merge in merges)])
    vocabulary = {symbol: index for index, symbol in enumerate(symbols)}
    model = models.BPE(vocab=vocabulary, merges=[tuple(merge) for merge in merges], end_of_word_suffix=END_OF_WORD)
    tokenizer = Tokenizer(model)
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return tokenizer


if job["task"] == "train":
    num_symbols = trained(0).get_vocab_size() + job["numMerges"]  # of which it holds those that no merge has made

    def step():
        tokenizer = trained(num_symbols)
        return lambda: {"merges": json.loads(tokenizer.to_str())["model"]["merges"], "numTokens": 0}

else:
    merges = job["merges"]

    def step():
        tokenizer = with_merges(merges)
        encoded = tokenizer.encode_batch_fast(lines)
        return lambda: {"merges": [], "numTokens": sum(len(line.ids) for line in encoded)}


answer(version=tokenizers.__version__)
for _ in sys.stdin:
    start = time.perf_counter()
    found = step()
    ms = (time.perf_counter() - start) * 1000
    answer(ms=ms, **found())
