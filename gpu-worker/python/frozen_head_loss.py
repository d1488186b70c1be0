"""The loss of a model whose head does not learn, without ever holding all of its logits.

With LoRA the head's weights are fixed, so the gradient with respect to the hidden states can be computed in the same
pass as the loss: block by block of answer positions, the logits made, used and thrown away. Prompts and pads never
meet the head. With a vocabulary of 262,144 the logits of one passage alone would be half a gigabyte.
"""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.autograd.function import FunctionCtx, once_differentiable

BLOCK = 128


@dataclass(frozen=True)
class FrozenHead:
    """`weight` (vocabulary, hidden), `bias` (vocabulary) or None, and what the model does to its logits afterwards.

    `softcap` c: logits become c·tanh(logits/c) (Gemma 2 and some Gemma 3); `scale` multiplies them before that.
    """

    weight: Tensor
    bias: Tensor | None = None
    softcap: float | None = None
    scale: float = 1.0


class _SummedLoss(torch.autograd.Function):
    @staticmethod
    def forward(ctx: FunctionCtx, hidden: Tensor, targets: Tensor, head: FrozenHead, block: int) -> Tensor:
        wants_gradient = ctx.needs_input_grad[0]  # type: ignore[attr-defined]
        gradient = torch.empty_like(hidden) if wants_gradient else None
        total = torch.zeros((), dtype=torch.float32, device=hidden.device)
        for start in range(0, hidden.shape[0], block):
            rows = slice(start, start + block)
            loss, inner = _block_loss(hidden[rows], targets[rows], head, wants_gradient)
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


def _block_loss(hidden: Tensor, targets: Tensor, head: FrozenHead, wants_gradient: bool) -> tuple[Tensor, Tensor | None]:
    """Sum of −log p(target) over the block, and its gradient with respect to `hidden` (rows, hidden)."""
    logits = torch.nn.functional.linear(hidden.to(head.weight.dtype), head.weight, head.bias).float()
    if head.scale != 1.0:
        logits *= head.scale
    slope = None
    if head.softcap is not None:
        logits = torch.tanh_(logits.div_(head.softcap))
        slope = 1 - logits.square() if wants_gradient else None
        logits *= head.softcap
    wanted = targets.unsqueeze(1)
    at_target = logits.gather(1, wanted)
    highest = logits.amax(1, keepdim=True)
    exponentials = logits.sub_(highest).exp_()
    summed = exponentials.sum(1, keepdim=True)
    loss = (highest + summed.log() - at_target).sum()
    if not wants_gradient:
        return loss, None
    # d loss / d logits = softmax − one-hot
    by_logits = exponentials.div_(summed)
    by_logits.scatter_add_(1, wanted, by_logits.new_full(wanted.shape, -1.0))
    if slope is not None:
        by_logits *= slope
    if head.scale != 1.0:
        by_logits *= head.scale
    return loss, (by_logits.to(head.weight.dtype) @ head.weight).to(hidden.dtype)


def summed_loss(hidden: Tensor, targets: Tensor, head: FrozenHead, block: int = BLOCK) -> Tensor:
    """Sum of −log p(target), in nats, over the positions: `hidden` (positions, hidden), `targets` (positions)."""
    with torch.autocast(hidden.device.type, enabled=False):
        return _SummedLoss.apply(hidden, targets, head, block)
