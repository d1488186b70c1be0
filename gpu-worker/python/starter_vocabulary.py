"""The starter model's vocabulary, whole or cut to what Chinese fiction and everyday English need.

A model of 268 million parameters spends 168 million on the embedding of 262,144 tokens, most of them for languages
that nobody here writes. The cut keeps tokens and, for each, every pair of tokens it can be merged from, so that kept
text is segmented exactly as before; everything else is still encoded, through the 256 byte tokens.
"""

import json
import re
from collections.abc import Iterable

from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import PreTrainedTokenizerFast

from starter_weights import SPACE, Vocabulary

CONTROLS = ("<pad>", "<eos>", "<bos>", "<unk>", "<mask>", "<start_of_turn>", "<end_of_turn>")
COMMON_WORDS = 2_000
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PUNCTUATION = "\u00b7\u2236\u2460-\u2473\u25a0-\u25a1\u25b3\u25cb\u25ce\u25cf\u2010-\u2027\u2030-\u205e\u3000-\u303f\u30fb\ufe30-\ufe4f\uff00-\uff65"
_BESIDE = f"\n{SPACE}!-/:-@\\[-`{{-~"
_CHINESE = re.compile(f"[{_BESIDE}{_HAN}{_PUNCTUATION}]*[{_HAN}{_PUNCTUATION}][{_BESIDE}{_HAN}{_PUNCTUATION}]*")
_BLANK = re.compile(f"\n{{1,8}}|\t{{1,4}}|{SPACE}{{1,16}}")
_WORD = re.compile(f"{SPACE}?[A-Za-z']+")
_REPEATED = re.compile(r"([!?.~*=\"-])\1{1,5}")
_BYTE = re.compile("<0x[0-9A-F]{2}>")

# Plain, for a base model that has never seen chat: system text, premise and passage on lines of their own.
CHAT_TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}"
    "{% if message['role'] == 'system' %}{{ message['content'] }}\n"
    "{% elif message['role'] == 'user' %}提要：{{ message['content'] }}\n"
    "{% else %}正文：\n{{ message['content'] }}{{ eos_token }}\n{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}正文：\n{% endif %}"
)


def kept_tokens(vocabulary: Vocabulary, found: Iterable[int]) -> list[int]:
    """Ids that stay, in their old order: by the rules of this file, those `found` in text, and all they merge from."""
    ids = {token: index for index, token in enumerate(vocabulary.tokens)}
    controls = set(vocabulary.special)
    keep = {ids[name] for name in CONTROLS} | {index for index in found if index not in controls}
    words = []
    for index, token in enumerate(vocabulary.tokens):
        if index not in controls and _is_always_kept(token):
            keep.add(index)
        elif _WORD.fullmatch(token):
            words.append(index)
    # The lower its id, the commoner a word.
    keep.update(words[:COMMON_WORDS])
    pending = list(keep)
    while pending:
        for pair in _splits(vocabulary.tokens[pending.pop()], ids):
            for part in pair:
                if ids[part] not in keep:
                    keep.add(ids[part])
                    pending.append(ids[part])
    return sorted(keep)


def _is_always_kept(token: str) -> bool:
    printable = len(token) == 1 and token.isascii()
    return printable or any(kind.fullmatch(token) for kind in (_CHINESE, _BLANK, _REPEATED, _BYTE))


def cut_vocabulary(vocabulary: Vocabulary, kept: list[int]) -> Vocabulary:
    """The same with only the kept ids, renumbered."""
    new_id = {old: new for new, old in enumerate(kept)}
    return Vocabulary(
        [vocabulary.tokens[old] for old in kept],
        [new_id[old] for old in vocabulary.special if old in new_id],
        [new_id[old] for old in vocabulary.literal if old in new_id],
    )


def make_tokenizer(vocabulary: Vocabulary) -> PreTrainedTokenizerFast:
    """A byte-fallback BPE that begins every text with `<bos>`, as the model was trained."""
    ids = {token: index for index, token in enumerate(vocabulary.tokens)}
    bpe = Tokenizer(models.BPE(ids, _merges(vocabulary, ids), unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    bpe.normalizer = normalizers.Replace(" ", SPACE)
    # After the normalizer there are no spaces left: a text is one word, and merges may cross anything.
    bpe.pre_tokenizer = pre_tokenizers.Split(" ", "merged_with_previous")
    bpe.decoder = decoders.Sequence([decoders.Replace(SPACE, " "), decoders.ByteFallback(), decoders.Fuse()])
    bpe.post_processor = processors.TemplateProcessing(
        single="<bos> $A", pair="<bos> $A $B", special_tokens=[("<bos>", ids["<bos>"])]
    )
    bpe.add_special_tokens([AddedToken(vocabulary.tokens[index], normalized=False) for index in vocabulary.special])
    bpe.add_tokens([AddedToken(vocabulary.tokens[index], normalized=False) for index in vocabulary.literal])
    return PreTrainedTokenizerFast(
        tokenizer_object=bpe,
        bos_token="<bos>",
        eos_token="<eos>",
        pad_token="<pad>",
        unk_token="<unk>",
        chat_template=CHAT_TEMPLATE,
        clean_up_tokenization_spaces=False,
    )


def _splits(token: str, ids: dict[str, int]) -> list[tuple[str, str]]:
    """Every pair of tokens that makes this one, the longest left part first."""
    cuts = range(len(token) - 1, 0, -1)
    return [(token[:cut], token[cut:]) for cut in cuts if token[:cut] in ids and token[cut:] in ids]


def _merges(vocabulary: Vocabulary, ids: dict[str, int]) -> list[tuple[str, str]]:
    """As SentencePiece does it: the token with the lowest id first, by any pair that makes it."""
    return [pair for token in vocabulary.tokens for pair in _splits(token, ids)]
