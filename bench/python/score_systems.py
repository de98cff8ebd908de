"""The engine "sacreBLEU" of the benchmarks of metrics.

Reads lines from standard input and answers each with a line of JSON. The first is the job; its answer says which sacreBLEU is
ready, and without one there is none. Each line after it asks for one iteration; the answer is its time and what was found.
"""

import functools
import gc
import os
import sys
import time

from conversation import answer, read_job

try:
    import sacrebleu
    from sacrebleu.metrics import BLEU, CHRF, TER
    from sacrebleu.significance import PairedTest
except ImportError:
    sys.exit(1)

job = read_job()
systems, references = job["systems"], [job["reference"]]
os.environ["SACREBLEU_SEED"] = str(job["seed"])


def scores(metric_class):
    metric = metric_class(references=references)  # which are read once for all systems
    return {"scores": [metric.corpus_score(system, None).score for system in systems], "pValues": []}


def paired_bootstrap():
    named = [(str(index), system) for index, system in enumerate(systems)]
    metric = BLEU(references=references)
    _, results = PairedTest(named, {"BLEU": metric}, None, test_type="bs", n_samples=job["numSamples"])()
    return {
        "scores": [result.score for result in results["BLEU"]],
        "pValues": [result.p_value for result in results["BLEU"][1:]],
    }


tasks = {
    "bleu": lambda: scores(BLEU),
    "chrf": lambda: scores(CHRF),
    "ter": lambda: scores(TER),
    "bootstrap": paired_bootstrap,
}
task = tasks[job["task"]]


def forget_lines():
    """sacreBLEU remembers the lines that it has tokenized: whoever scores a text once does not profit from that."""
    for each in gc.get_objects():
        if isinstance(each, functools._lru_cache_wrapper) and each.__module__.startswith("sacrebleu.tokenizers"):
            each.cache_clear()


answer(version=sacrebleu.__version__)
for _ in sys.stdin:
    forget_lines()
    start = time.perf_counter()
    found = task()
    answer(ms=(time.perf_counter() - start) * 1000, **found)
