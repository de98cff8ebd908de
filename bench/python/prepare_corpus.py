"""The engine "d2l" of the benchmarks of text: the code of the book, which reads, cleans, tokenizes, counts and encodes a file.

Reads lines from standard input and answers each with a line of JSON. The first is the job; its answer says which d2l is ready,
and without one there is none. Each line after it asks for one iteration; the answer is its time and what was found.
"""

import array
import hashlib
import sys
import time

from conversation import answer, read_job

try:
    import d2l
    from d2l import torch as book
except ImportError:
    sys.exit(1)

job = read_job()
book.download = lambda name: job["path"]  # instead of fetching the Time Machine


def tokenized():
    return book.tokenize(book.read_time_machine(), job["token"])


def encoded(tokens, vocab):
    """As load_corpus_time_machine does."""
    return [vocab[token] for line in tokens for token in line]


def prepare():
    start = time.perf_counter()
    tokens = tokenized()
    vocab = book.Vocab(tokens)
    corpus = encoded(tokens, vocab)
    return time.perf_counter() - start, corpus, vocab


def lookup():
    tokens = tokenized()  # strings that were looked up before are looked up faster
    start = time.perf_counter()
    corpus = encoded(tokens, known)
    return time.perf_counter() - start, corpus, known


if job["task"] == "lookup":
    known = book.Vocab(tokenized())
task = {"prepare": prepare, "lookup": lookup}[job["task"]]
answer(version=".".join(d2l.__version__.split(".")[:3]))
for _ in sys.stdin:
    seconds, corpus, vocab = task()
    digest = hashlib.sha256(array.array("i", corpus).tobytes()).hexdigest()
    answer(ms=seconds * 1000, numTokens=len(corpus), vocabSize=len(vocab), idsDigest=digest)
