"""Writes packages/text/test/golden/d2l-cleaning.json: the cleaning of d2l 1.0, and of strings by CPython.

d2l 1.0.3 pins packages that have no wheels for the Python of today, so it is installed beside newer ones:
    pip install -r tools/golden/d2l-cleaning-requirements.txt && pip install --no-deps d2l==1.0.3
"""

import json
import sys
import unicodedata
from importlib.metadata import version
from pathlib import Path

from d2l import torch as d2l

RAW = [
    "",
    " ",
    "\n",
    "a",
    "\ufeffAn  Apple, a day!\r\n\r\n_THE_ cat\u2019s na\u00efve 42\x0bhats\u2028here\rend of\ttext\n \n7\nlast line\n",
    "Go.\tVa !\nRun!\tCours\u202f!\nWait...\tAttends\u00a0: \u00e7a va\u202f?\n",
    ".,!?",
    " . , a ,\n.\t!",
    "\u00c9t\u00e9, \u0160\u00c9, O\u0394\u039f\u03a3. \u01c4!",
]


def assigned(code):
    return unicodedata.category(chr(code)) != "Cn"


def ranges(codes):
    """[first, last] of each run."""
    found = []
    for code in codes:
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return found


points = [code for code in range(0x20000) if not 0xD800 <= code < 0xE000]
cases = {
    "texts": [
        {
            "raw": raw,
            "letters": d2l.TimeMachine._preprocess(None, raw),
            "translation": d2l.MTFraEng._preprocess(None, raw),
            "collapsed": " ".join(raw.split()),
        }
        for raw in RAW
    ],
    "folded": {chr(code): chr(code).casefold() for code in points if chr(code).casefold() != chr(code)},
    "unassigned": ranges(code for code in points if not assigned(code)),
}
path = Path(__file__).parents[2] / "packages/text/test/golden/d2l-cleaning.json"
unicode = unicodedata.unidata_version
source = f"d2l {version('d2l')}, d2l.torch, CPython {sys.version.split()[0]}, Unicode {unicode}"
golden = {"source": source, "command": "python -X utf8 tools/golden/d2l-cleaning.py", "cases": cases}
path.write_text(json.dumps(golden, ensure_ascii=False) + "\n")
