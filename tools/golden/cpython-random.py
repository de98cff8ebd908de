"""Writes packages/random/test/golden/cpython-random.json: draws of CPython's `random` for several seeds.

The script is not called random.py because Python would then import it for `random`.
"""

import json
import platform
import random
from pathlib import Path

OUTPUT = Path(__file__).parents[2] / "packages/random/test/golden/cpython-random.json"
SEEDS = [0, 1, 42, 2**31, 2**32 - 1]
COUNTS = [1, 2, 3, 35, 36, 1000, 2**31, 2**31 + 1, 2**32 - 1]
WORD_POSITIONS = [0, 1, 2, 623, 624, 625, 1247, 1248, 1249]  # the state is renewed every 624 words


def case(seed):
    words = random.Random(seed)
    drawn = [words.getrandbits(32) for _ in range(max(WORD_POSITIONS) + 1)]
    uniforms = random.Random(seed)
    integers = random.Random(seed)
    shuffled = list(range(20))
    random.Random(seed).shuffle(shuffled)
    return {
        "seed": seed,
        "getrandbits32": [[position, drawn[position]] for position in WORD_POSITIONS],
        "random": [uniforms.random() for _ in range(6)],
        "randrange": [[count, [integers.randrange(count) for _ in range(4)]] for count in COUNTS],
        "shuffleRange20": shuffled,
    }


OUTPUT.parent.mkdir(parents=True, exist_ok=True)
golden = {
    "source": f"CPython {platform.python_version()}, module random",
    "command": "python tools/golden/cpython-random.py",
    "cases": [case(seed) for seed in SEEDS],
}
OUTPUT.write_text(json.dumps(golden) + "\n")
