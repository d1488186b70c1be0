"""Attention for pairs that lie end to end in one row: each attends to itself alone.

Without FlashAttention's kernels for rows of several sequences, PyTorch would compute the whole square of the row under
a mask. Here every pair is given to PyTorch's attention by itself, causal and without a mask, which its kernels like best.
On a CPU, short pairs in half precision are written out as two products and a softmax: PyTorch's kernel there takes twice
the time for the forward and the backward pass together, up to this length, and no less in float32.
"""

from typing import Any

import torch
from torch import Tensor, nn
from transformers import AttentionInterface, AttentionMaskInterface, PreTrainedModel
from transformers.integrations.sdpa_attention import sdpa_attention_forward
from transformers.masking_utils import sdpa_mask
from transformers.utils import is_flash_attn_2_available

from micro_batch import end_to_end, on_device

APART = "apart"
# Tokens up to which attention's square may be kept for the backward pass.
_SHORT = 512
# Largest part of a state's length by which it may differ for reasons of rounding.
_ROUNDING = {torch.float32: 1e-3, torch.bfloat16: 0.05, torch.float16: 0.02}


def attend_apart(
    module: nn.Module,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    pair_lengths: list[int] | None = None,
    sliding_window: int | None = None,
    **options: Any,
) -> tuple[Tensor, None]:
    """As transformers' attention functions: (rows, heads, tokens, size) each, gives (rows, tokens, heads, size).

    `pair_lengths`: tokens of the pairs that lie end to end in the one row; None: the rows are seen whole, under the mask.
    """
    if pair_lengths is None:
        return sdpa_attention_forward(module, query, key, value, attention_mask, sliding_window=sliding_window, **options)
    written_out = query.device.type == "cpu" and query.dtype == torch.bfloat16 and not options.get("dropout")
    found = []
    for q, k, v in zip(*(states.split(pair_lengths, dim=2) for states in (query, key, value)), strict=True):
        length = q.shape[2]
        if written_out and length <= _SHORT:
            found.append(_attend(q, k, v, options.get("scaling"), _seen(length, sliding_window or length, q.device)))
            continue
        mask = _seen(length, sliding_window, q.device) if sliding_window and length > sliding_window else None
        found.append(sdpa_attention_forward(module, q, k, v, mask, **options)[0])
    return torch.cat(found, dim=1), None


def _attend(query: Tensor, key: Tensor, value: Tensor, scaling: float | None, seen: Tensor) -> Tensor:
    """Attention of one sequence, (1, heads, tokens, size) each with fewer heads in key and value; as attend_apart gives it."""
    _, heads, length, size = query.shape
    groups = key.shape[1]
    with torch.autocast(query.device.type, enabled=False):
        scaled = (query * (size**-0.5 if scaling is None else scaling)).reshape(groups, -1, size)
        scores = scaled @ key.reshape(groups, length, size).transpose(1, 2)
        scores = scores.view(groups, -1, length, length).masked_fill_(~seen, -torch.inf)
        mixed = scores.softmax(-1).view(groups, -1, length) @ value.reshape(groups, length, -1)
    return mixed.view(1, heads, length, -1).transpose(1, 2)


def _seen(length: int, window: int, device: torch.device) -> Tensor:
    """(1, 1, length, length): where a token may look, at itself and `window` − 1 before it."""
    back = torch.arange(length, device=device).unsqueeze(1) - torch.arange(length, device=device)
    return ((back >= 0) & (back < window)).view(1, 1, length, length)


# A pass of padded rows, as validation or a sample may be, is masked as ever.
AttentionInterface.register(APART, attend_apart)
AttentionMaskInterface.register(APART, sdpa_mask)


def keep_pairs_apart(model: PreTrainedModel) -> bool:
    """Sets the model's attention so that pairs may lie end to end; False, and nothing set, where it cannot be.

    Taken is what passes a trial: a pair's states must not depend on what another one says, nor on where in the row it
    lies. A model that mixes tokens in other ways than by attention does not pass.
    """
    before = model.config._attn_implementation
    if before != "sdpa":
        return False
    flash = next(model.parameters()).is_cuda and is_flash_attn_2_available()
    for name in ["flash_attention_2", APART] if flash else [APART]:
        try:
            model.set_attn_implementation(name)
            if _are_apart(model):
                return True
        except (ValueError, TypeError, ImportError, RuntimeError):
            # Not for this model, or not on this device.
            pass
        model.set_attn_implementation(before)
    return False


@torch.no_grad()
def _are_apart(model: PreTrainedModel) -> bool:
    def states(*pairs: range) -> Tensor:
        batch = end_to_end([{"input_ids": list(pair), "labels": list(pair)} for pair in pairs])
        del batch["labels"]
        device = next(model.parameters()).device
        inner = getattr(model, model.base_model_prefix)
        return inner(**on_device(batch, device), use_cache=False).last_hidden_state[0, -len(pairs[-1]) :].float()

    training, last = model.training, range(3, 12)
    model.eval()
    with torch.autocast(next(model.parameters()).device.type, enabled=False):
        alone, after_one, after_another = states(last), states(range(20, 27), last), states(range(40, 47), last)
    model.train(training)
    allowed = _ROUNDING.get(model.dtype, 0) * alone.norm(dim=1)
    return bool(
        torch.equal(after_one, after_another) and ((after_one - alone).norm(dim=1) <= allowed).all()
    )
