"""Vocabularies and arrays of translation pairs by the d2l package. Adds those of the version that is installed to
packages/text/test/golden/d2l-translation.json, so that it is run once with each, 0.17.6 and 1.0.3:

    pip install -r tools/golden/d2l-translation-requirements.txt
    pip install --no-deps d2l==0.17.6 && python -X utf8 tools/golden/d2l-translation.py
    pip install --no-deps d2l==1.0.3 && python -X utf8 tools/golden/d2l-translation.py
"""

import json
import pathlib

import d2l
from d2l import torch as book

OUTPUT = pathlib.Path(__file__).resolve().parents[2] / "packages/text/test/golden/d2l-translation.json"

# Sentences shorter than, as long as and longer than NUM_STEPS with and without <eos>; tokens that occur once; a token above
# U+FFFF beside one of the private use area, which Python and JavaScript order differently.
TEXT = "\n".join(
    source + "\t" + target
    for source, target in [
        ("Go.", "Va\u202f!"),
        ("Hi there.", "Salut, toi."),
        ("He is calm.", "Il est calme."),
        ("He is so very very calm.", "Il est si si si calme."),
        ("Go on, he said.", "Va, dit-il\u00a0: va."),
        ("\U0001f600 \ue000 go \U0001f600 \ue000.", "\ue000 \U0001f600 va \ue000 \U0001f600 !"),
        ("Hi there, he is calm and so is she.", "Salut, il est calme et elle aussi."),
    ]
)
NUM_STEPS = 5


def of_0_17():
    text = book.preprocess_nmt(TEXT)
    tokens = book.tokenize_nmt(text)
    vocabularies = [book.Vocab(part, min_freq=2, reserved_tokens=["<pad>", "<bos>", "<eos>"]) for part in tokens]
    arrays = [book.build_array_nmt(part, vocab, NUM_STEPS) for part, vocab in zip(tokens, vocabularies)]
    return {
        "text": text,
        "sides": [
            {"tokens": vocab.idx_to_token, "ids": array.tolist(), "validLengths": lengths.tolist()}
            for vocab, (array, lengths) in zip(vocabularies, arrays)
        ],
    }


def of_1_0():
    data = book.MTFraEng.__new__(book.MTFraEng)
    data.num_steps, data.num_train, data.num_val = NUM_STEPS, 100, 0
    (source, decoder, lengths, labels), *vocabularies = data._build_arrays(TEXT)
    return {
        "text": data._preprocess(TEXT),
        "sides": [
            {
                "tokens": vocabularies[0].idx_to_token,
                "ids": source.tolist(),
                "validLengths": lengths.tolist(),
            },
            {"tokens": vocabularies[1].idx_to_token, "decoderInputs": decoder.tolist(), "ids": labels.tolist()},
        ],
    }


version = d2l.__version__.rpartition(".")[0]
cases = json.loads(OUTPUT.read_text(encoding="utf-8"))["cases"] if OUTPUT.exists() else {}
cases["numSteps"] = NUM_STEPS
cases[version] = {"0.17": of_0_17, "1.0": of_1_0}[version]()
golden = {
    "source": "d2l 0.17.6 build_array_nmt and 1.0.3 MTFraEng",
    "command": "python -X utf8 tools/golden/d2l-translation.py",
    "cases": dict(sorted(cases.items())),
}
OUTPUT.write_text(json.dumps(golden, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
