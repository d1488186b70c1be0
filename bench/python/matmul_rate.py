"""How fast this device multiplies matrices of a model's own shapes, and how many operations its training needs."""

import time
from collections import Counter
from collections.abc import Callable

import torch
from torch import nn
from transformers import PreTrainedModel

from training_pairs import IGNORED, Example

TRIES = 5
HEAD_ROWS = 4096
# Dense bfloat16 TFLOP/s of the makers' data sheets, by a part of the device's name.
PEAKS = {"H200": 989, "H100": 989, "A100": 312, "L40S": 362, "RTX 4090": 165, "RTX 4080": 97, "RTX 3090": 71}


def layer_shapes(model: PreTrainedModel) -> Counter[tuple[int, int]]:
    """(out, in) of the linear layers under adapters or not, the head left out, and how often each shape is there."""
    head = model.get_output_embeddings()
    linears = (module for module in model.modules() if isinstance(module, nn.Linear) and module is not head)
    return Counter((linear.out_features, linear.in_features) for linear in linears)


def operations(model: PreTrainedModel, examples: list[Example], rank: int) -> float:
    """What training these pairs once cannot do without, in floating point operations.

    2 a weight and token forwards and 2 backwards, since frozen weights have no gradient; the head on answer tokens
    alone; 6 for the adapter; attention over the half square that is not masked, forwards once and backwards twice.
    Recomputing, pads and everything that is not a product count for nothing.
    """
    shapes, config = layer_shapes(model), model.config.get_text_config()
    layers = sum(out * inner * count for (out, inner), count in shapes.items())
    adapter = sum(rank * (out + inner) * count for (out, inner), count in shapes.items())
    head = model.get_output_embeddings().weight.numel()
    size = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    attention = 6 * config.num_hidden_layers * config.num_attention_heads * size
    total = 0.0
    for example in examples:
        length = len(example.input_ids)
        learned = sum(label != IGNORED for label in example.labels[1:])
        total += length * (4 * layers + 6 * adapter) + 4 * head * learned + attention * length**2
    return total


def rate(model: PreTrainedModel, tokens: int, dtype: torch.dtype, device: str) -> float:
    """Floating point operations a second over the products that `tokens` at once need, the fastest of some tries each."""
    head = model.get_output_embeddings().weight
    shapes = layer_shapes(model) + Counter({(HEAD_ROWS, head.shape[1]): head.shape[0] // HEAD_ROWS})
    done = seconds = 0.0
    for (out, inner), count in shapes.items():
        x, weight = (torch.randn(rows, inner, device=device).to(dtype) for rows in (tokens, out))
        y = x @ weight.T
        done += 4 * tokens * out * inner * count
        seconds += count * (_fastest(lambda: x @ weight.T, device) + _fastest(lambda: y @ weight, device))
    return done / seconds


def _fastest(product: Callable[[], torch.Tensor], device: str) -> float:
    best = float("inf")
    for _ in range(TRIES):
        started = time.perf_counter()
        product()
        if device == "cuda":
            torch.cuda.synchronize()
        best = min(best, time.perf_counter() - started)
    return best


def peak() -> float | None:
    """The device's bfloat16 operations a second as its maker gives them; None for a CPU or one that is not listed."""
    name = torch.cuda.get_device_name() if torch.cuda.is_available() else ""
    return next((value * 1e12 for part, value in PEAKS.items() if part in name), None)
