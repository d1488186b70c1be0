"""Some pairs as the tensors of one forward pass: side by side with pads, or end to end without."""

from typing import Any

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from training_pairs import IGNORED

Batch = dict[str, Any]
"""What a model's forward takes, and `labels` (rows, tokens), IGNORED where nothing is learned."""

# A rank that has nothing to do in a pass takes part in it all the same. A pair has at least two tokens.
_NOTHING = {"input_ids": [0], "labels": [IGNORED]}


def padded(pairs: list[dict[str, list[int]]]) -> Batch:
    """(pairs, tokens) padded on the right; an attention mask only where there are pads, for it is not free."""
    pairs = pairs or [_NOTHING]
    ids = [torch.tensor(pair["input_ids"]) for pair in pairs]
    labels = [torch.tensor(pair["labels"]) for pair in pairs]
    batch = {
        "input_ids": pad_sequence(ids, batch_first=True),
        "labels": pad_sequence(labels, batch_first=True, padding_value=IGNORED),
    }
    if len({len(row) for row in ids}) > 1:
        batch["attention_mask"] = pad_sequence([torch.ones_like(row) for row in ids], batch_first=True)
    return batch


def end_to_end(pairs: list[dict[str, list[int]]]) -> Batch:
    """(1, tokens), no pads: every pair has positions of its own, and `pair_lengths` says where each ends.

    Only for a model whose attention keeps them apart, see attention_apart.py.
    """
    pairs = pairs or [_NOTHING]
    lengths = [len(pair["input_ids"]) for pair in pairs]
    # Nothing is learned from the token before a pair's first one: that is another pair's.
    labels = [label for pair in pairs for label in [IGNORED, *pair["labels"][1:]]]
    return {
        "input_ids": torch.tensor([[token for pair in pairs for token in pair["input_ids"]]]),
        "position_ids": torch.cat([torch.arange(length) for length in lengths]).unsqueeze(0),
        "labels": torch.tensor([labels]),
        "pair_lengths": lengths,
    }


def tokens_of(batch: Batch) -> int:
    """Tokens of its pairs, pads not counted."""
    if "attention_mask" in batch:
        return int(batch["attention_mask"].sum())
    # By its shape alone: looking into it would wait for a GPU.
    rows, width = batch["input_ids"].shape
    return rows * width if width > 1 else 0


def on_device(batch: Batch, device: torch.device) -> Batch:
    return {name: value.to(device) if isinstance(value, Tensor) else value for name, value in batch.items()}
