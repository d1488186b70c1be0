"""A linear layer with a LoRA adapter as one step of autograd: y = x·Wᵀ + (x∘mask)·Aᵀ·Bᵀ·s, W frozen.

PEFT's own forward makes a float32 copy of the input, another one with dropout, and adds the adapter's output in two
more passes; autograd keeps most of them. Here everything stays in the weights' dtype, the input is kept once for all
layers that share it, and the mask's random numbers are drawn four at a time, since on a CPU drawing them one by one
costs a tenth of the training. The gradients are written out as in Unsloth's kernels (https://unsloth.ai).
"""

from functools import partial
from typing import Any

import torch
from peft.tuners.lora.layer import Linear as LoraLinear
from torch import Tensor, nn
from torch.autograd.function import once_differentiable
from torch.nn.functional import linear


class _AdaptedLinear(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any, x: Tensor, weight: Tensor, bias: Tensor | None, a: Tensor, b: Tensor, scale: float, dropout: float
    ) -> Tensor:
        shape, x = x.shape, x.reshape(-1, x.shape[-1]).to(weight.dtype)
        a_dtype, b_dtype = a.dtype, b.dtype
        a, b = a.to(weight.dtype), b.to(weight.dtype)
        mask = kept(x, dropout) if dropout else None
        # What is dropped is made up for in the scale, which unlike the mask is exact in any dtype.
        scale /= 1 - dropout
        inner = (x if mask is None else x * mask) @ a.T
        y = linear(x, weight, bias).addmm_(inner, b.T, alpha=scale)
        ctx.save_for_backward(x, weight, a, b, inner, mask)
        ctx.scale, ctx.dtypes = scale, (a_dtype, b_dtype)
        return y.view(*shape[:-1], -1)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, None, None, Tensor, Tensor, None, None]:
        x, weight, a, b, inner, mask = ctx.saved_tensors
        shape, gradient = gradient.shape, gradient.reshape(-1, gradient.shape[-1]).to(weight.dtype)
        by_inner = (gradient @ b).mul_(ctx.scale)
        by_b = (gradient.T @ inner).to(ctx.dtypes[1]).mul_(ctx.scale)
        by_a = (by_inner.T @ (x if mask is None else x * mask)).to(ctx.dtypes[0])
        by_x = None
        if ctx.needs_input_grad[0]:
            by_x = gradient @ weight
            by_x = by_x.addmm_(by_inner, a) if mask is None else by_x.addcmul_(by_inner @ a, mask)
            by_x = by_x.view(*shape[:-1], -1)
        return by_x, None, None, by_a, by_b, None, None


def kept(x: Tensor, dropout: float) -> Tensor:
    """Ones where an entry of `x` is kept and zeros where it is dropped, in its shape, dtype and device."""
    if x.device.type != "cpu":
        return torch.empty_like(x).bernoulli_(1 - dropout)
    # Each draw of 64 bits decides on four entries, of which 16 bits each are compared with the share to drop.
    draws = torch.empty(-(-x.numel() // 4), dtype=torch.int64).random_(-(2**63), None)
    lowest = round(dropout * 2**16) - 2**15
    return torch.ge(draws.view(torch.int16)[: x.numel()].view(x.shape), lowest, out=torch.empty_like(x))


def fuse_adapted_linears(model: nn.Module) -> int:
    """Gives every plain LoRA layer of a PEFT model the forward above; returns how many there are.

    DoRA, layers of several adapters and layers whose own weights learn or are quantised keep PEFT's.
    """
    plain = [module for module in model.modules() if _is_plain(module)]
    for module in plain:
        module.forward = partial(_forward, module)
    return len(plain)


def _is_plain(module: nn.Module) -> bool:
    if type(module) is not LoraLinear or len(module.active_adapters) != 1 or module.merged:
        return False
    (adapter,) = module.active_adapters
    base = module.get_base_layer()
    return (
        type(base) is nn.Linear
        and not any(parameter.requires_grad for parameter in base.parameters())
        and adapter not in module.lora_variant
        and not module.fan_in_fan_out
        and module.lora_B[adapter].bias is None
    )


def _forward(module: LoraLinear, x: Tensor) -> Tensor:
    (adapter,) = module.active_adapters
    base, dropout = module.get_base_layer(), module.lora_dropout[adapter]
    share = dropout.p if module.training and isinstance(dropout, nn.Dropout) else 0.0
    a, b = module.lora_A[adapter].weight, module.lora_B[adapter].weight
    return _AdaptedLinear.apply(x, base.weight, base.bias, a, b, module.scaling[adapter], share)
