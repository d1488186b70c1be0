"""The loss of a model whose head does not learn, without ever holding its logits.

With LoRA the head's weights are fixed, so the gradient with respect to the hidden states can be computed in the same
pass as the loss. It is softmax(h·Wᵀ)·W − W[target]: attention over the vocabulary, with the head's rows as keys and
values. So it is done as attention is (online softmax, arXiv:1805.02867; the same for this loss: arXiv:2411.09009):
part by part of the vocabulary, each part's logits made, used and thrown away while they are in the cache. Prompts and
pads never meet the head. With a vocabulary of 262,144 the logits of one passage alone would be half a gigabyte.
"""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.autograd.function import FunctionCtx, once_differentiable

ROWS = 512
# Logits at once: on a CPU what stays in its caches, elsewhere what keeps the device busy.
LOGITS = {"cpu": 2**21, "cuda": 2**26}


@dataclass(frozen=True)
class FrozenHead:
    """`weight` (vocabulary, hidden), `bias` (vocabulary) or None, and what the model does to its logits afterwards.

    `softcap` c: logits become c·tanh(logits/c) (Gemma 2 and some Gemma 3); `scale` multiplies them before that.
    """

    weight: Tensor
    bias: Tensor | None = None
    softcap: float | None = None
    scale: float = 1.0

    def logits(self, products: Tensor, bias: Tensor | None) -> tuple[Tensor, Tensor | None]:
        """From products h·w to logits, in float32, and the slope of the last by the first where it is not `scale`."""
        logits = products.float() if bias is None else products.float() + bias.float()
        if self.scale != 1.0:
            logits = logits * self.scale
        if self.softcap is None:
            return logits, None
        bent = torch.tanh(logits / self.softcap)
        return bent * self.softcap, 1 - bent.square()


class _SummedLoss(torch.autograd.Function):
    @staticmethod
    def forward(ctx: FunctionCtx, hidden: Tensor, targets: Tensor, head: FrozenHead, part: int) -> Tensor:
        wants_gradient = ctx.needs_input_grad[0]  # type: ignore[attr-defined]
        gradient = torch.empty_like(hidden) if wants_gradient else None
        total = torch.zeros((), dtype=torch.float32, device=hidden.device)
        for start in range(0, hidden.shape[0], ROWS):
            rows = slice(start, start + ROWS)
            loss, inner = _rows_loss(hidden[rows], targets[rows], head, part, wants_gradient)
            total += loss
            if gradient is not None and inner is not None:
                gradient[rows] = inner
        ctx.save_for_backward(*([gradient] if gradient is not None else []))  # type: ignore[attr-defined]
        return total

    @staticmethod
    @once_differentiable
    def backward(ctx: FunctionCtx, outer: Tensor) -> tuple[Tensor, None, None, None]:
        (gradient,) = ctx.saved_tensors  # type: ignore[attr-defined]
        return gradient * outer.to(gradient.dtype), None, None, None


def _rows_loss(
    hidden: Tensor, targets: Tensor, head: FrozenHead, part: int, wants_gradient: bool
) -> tuple[Tensor, Tensor | None]:
    """Sum of −log p(target) over the rows, and its gradient with respect to `hidden` (rows, hidden)."""
    narrow = hidden.to(head.weight.dtype)
    highest = hidden.new_full((hidden.shape[0], 1), -torch.inf, dtype=torch.float32)
    summed = torch.zeros_like(highest)
    mean_row = hidden.new_zeros(hidden.shape, dtype=torch.float32) if wants_gradient else None
    for start in range(0, head.weight.shape[0], part):
        weight = head.weight[start : start + part]
        bias = None if head.bias is None else head.bias[start : start + part]
        logits, slope = head.logits(narrow @ weight.T, bias)
        higher = torch.maximum(highest, logits.amax(1, keepdim=True))
        shares, shrink = logits.sub_(higher).exp_(), (highest - higher).exp_()
        summed.mul_(shrink).add_(shares.sum(1, keepdim=True))
        if mean_row is not None:
            shares = shares if slope is None else shares.mul_(slope)
            mean_row.mul_(shrink).add_(shares.to(weight.dtype) @ weight)
        highest = higher
    rows = head.weight[targets]
    bias = None if head.bias is None else head.bias[targets].unsqueeze(1)
    at_target, slope = head.logits((narrow.float() * rows.float()).sum(1, keepdim=True), bias)
    loss = (highest + summed.log() - at_target).sum()
    if mean_row is None:
        return loss, None
    gradient = mean_row.div_(summed).sub_(rows if slope is None else rows * slope)
    return loss, gradient.mul_(head.scale).to(hidden.dtype)


def summed_loss(hidden: Tensor, targets: Tensor, head: FrozenHead, part: int | None = None) -> Tensor:
    """Sum of −log p(target), in nats, over the positions: `hidden` (positions, hidden), `targets` (positions).

    `part`: entries of the vocabulary at once; as many as are fast on this device when none is said.
    """
    rows = min(ROWS, max(1, hidden.shape[0]))
    part = part or max(1024, LOGITS.get(hidden.device.type, LOGITS["cuda"]) // rows)
    with torch.autocast(hidden.device.type, enabled=False):
        return _SummedLoss.apply(hidden, targets, head, part)
