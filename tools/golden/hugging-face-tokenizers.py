"""Writes packages/text/test/golden/hugging-face-tokenizers.json: small tokenizer.json files and what they make of texts."""

import json
from importlib.metadata import version
from pathlib import Path

from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

CORPUS = [
    "The Time Traveller (for so it will be convenient to speak of him) was expounding a recondite matter to us.",
    "His pale grey eyes shone and twinkled, and his usually pale face was flushed and animated.",
    "The fire burnt brightly, and the soft radiance of the incandescent lights in the lilies of silver caught the bubbles.",
    "Un caf\u00e9 cr\u00e8me, s'il vous pla\u00eet; la nuit tombait d\u00e9j\u00e0 sur la ville et sur les toits.",
    "\u4e2d\u6587 \u4e2d \u6587\u5b57 na\u00efve co\u00f6perate \u00dcber \u0394\u03b5\u03bb\u03c6\u03bf\u03af",
] * 3
TEXTS = [
    "The Time Traveller was pale.",
    "  two  spaces and a tab\tand a\nline ",
    "unbelievably bright, twinkling caf\u00e9s d\u00e9j\u00e0-vu!",
    "caf\u00e9 cr\u00e8me \ufb01re \u2460 \u00c5ngstr\u00f6m",
    "\u4e2d\u6587\u5b57 and \u4e2d",
    "x \U0001f44d\U0001f3fd y \u05e9\u05dc\u05d5\u05dd",
    "a",
    " ",
    "<mask> the <mask>fire [MASK]",
    "THE \u039f\u0394\u039f\u03a3 \u00c9T\u00c9",
]


def trained(model, trainer, **parts):
    tokenizer = Tokenizer(model)
    for name, part in parts.items():
        setattr(tokenizer, name, part)
    tokenizer.train_from_iterator(CORPUS, trainer)
    return tokenizer


def word_level():
    return trained(
        models.WordLevel(unk_token="[UNK]"),
        trainers.WordLevelTrainer(special_tokens=["[UNK]"], min_frequency=1, vocab_size=60, show_progress=False),
        normalizer=normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()]),
        pre_tokenizer=pre_tokenizers.WhitespaceSplit(),
    )


def word_piece():
    tokenizer = trained(
        models.WordPiece(unk_token="[UNK]"),
        trainers.WordPieceTrainer(
            special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], vocab_size=120, show_progress=False
        ),
        normalizer=normalizers.BertNormalizer(),
        pre_tokenizer=pre_tokenizers.BertPreTokenizer(),
        decoder=decoders.WordPiece(cleanup=False),
    )
    special = [(token, tokenizer.token_to_id(token)) for token in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=special)
    return tokenizer


def byte_level_bpe():
    tokenizer = trained(
        models.BPE(),
        trainers.BpeTrainer(
            vocab_size=320, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
        ),
        pre_tokenizer=pre_tokenizers.ByteLevel(add_prefix_space=False),
        decoder=decoders.ByteLevel(),
    )
    tokenizer.add_special_tokens([AddedToken("<mask>", special=True)])
    return tokenizer


def end_of_word_bpe():
    return trained(
        models.BPE(unk_token="<unk>", end_of_word_suffix="</w>"),
        trainers.BpeTrainer(
            vocab_size=120, special_tokens=["<unk>"], end_of_word_suffix="</w>", limit_alphabet=40, show_progress=False
        ),
        normalizer=normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()]),
        pre_tokenizer=pre_tokenizers.WhitespaceSplit(),
        decoder=decoders.BPEDecoder(suffix="</w>"),
    )


def byte_fallback_bpe():
    tokens = ["<unk>", *(f"<0x{byte:02X}>" for byte in range(256))]
    tokenizer = trained(
        models.BPE(unk_token="<unk>", byte_fallback=True, fuse_unk=True),
        trainers.BpeTrainer(vocab_size=360, special_tokens=tokens, limit_alphabet=40, show_progress=False),
        normalizer=normalizers.Sequence([normalizers.Prepend("\u2581"), normalizers.Replace(" ", "\u2581")]),
        decoder=decoders.Sequence(
            [decoders.Replace("\u2581", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
        ),
    )
    return tokenizer


def unigram():
    return trained(
        models.Unigram(),
        trainers.UnigramTrainer(vocab_size=110, unk_token="<unk>", special_tokens=["<unk>"], show_progress=False),
        normalizer=normalizers.NFKC(),
        pre_tokenizer=pre_tokenizers.Metaspace(),
        decoder=decoders.Metaspace(),
    )


def utf16_spans(text, spans):
    """The same places, counted in UTF-16 code units."""
    offset = [0]
    for character in text:
        offset.append(offset[-1] + len(character.encode("utf-16-le")) // 2)
    return [[offset[start], offset[end]] for start, end in spans]


def encoding(tokenizer, text, special):
    encoded = tokenizer.encode(text, add_special_tokens=special)
    return {
        "text": text,
        "addSpecialTokens": special,
        "ids": encoded.ids,
        "tokens": [tokenizer.id_to_token(token) for token in encoded.ids],
        "spans": utf16_spans(text, encoded.offsets),
        "decoded": tokenizer.decode(encoded.ids, skip_special_tokens=False),
    }


KINDS = {
    "WordLevel": word_level,
    "WordPiece": word_piece,
    "BPE of bytes": byte_level_bpe,
    "BPE with ends of words": end_of_word_bpe,
    "BPE with bytes to fall back on": byte_fallback_bpe,
    "Unigram": unigram,
}


def case(kind):
    tokenizer = KINDS[kind]()
    return {
        "kind": kind,
        "file": json.loads(tokenizer.to_str()),
        "encoded": [
            encoding(tokenizer, text, special)
            for special in ([False, True] if tokenizer.post_processor else [False])
            for text in TEXTS
        ],
    }


path = Path(__file__).parents[2] / "packages/text/test/golden/hugging-face-tokenizers.json"
source = f"tokenizers {version('tokenizers')} of Hugging Face, in Python"
golden = {"source": source, "command": "python tools/golden/hugging-face-tokenizers.py", "cases": [case(k) for k in KINDS]}
path.write_text(json.dumps(golden, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
