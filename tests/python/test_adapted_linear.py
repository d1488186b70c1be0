"""The fused forward of an adapted layer against PEFT's own."""

import pytest
import torch
from peft import LoraConfig, get_peft_model
from torch import nn

from adapted_linear import fuse_adapted_linears, kept
from test_answer_loss import MODELS


def adapted(**changes: object) -> nn.Module:
    torch.manual_seed(3)
    settings = {"r": 4, "lora_alpha": 12, "target_modules": ["q_proj", "down_proj"], "init_lora_weights": False, **changes}
    return get_peft_model(MODELS["qwen2"](), LoraConfig(task_type="CAUSAL_LM", **settings))


def result(model: nn.Module, ids: torch.Tensor) -> tuple[torch.Tensor, list[torch.Tensor]]:
    logits = model(input_ids=ids).logits.float()
    logits.square().mean().backward()
    return logits.detach(), [parameter.grad for parameter in model.parameters() if parameter.grad is not None]


@pytest.mark.parametrize("rslora", [False, True])
@pytest.mark.parametrize(("dtype", "atol"), [(torch.float32, 1e-5), (torch.bfloat16, 0.05)])
def test_agrees_with_peft(rslora: bool, dtype: torch.dtype, atol: float) -> None:
    ids = torch.randint(0, 160, (2, 11))
    theirs, ours = adapted(use_rslora=rslora), adapted(use_rslora=rslora)
    for model in (theirs, ours):
        for name, parameter in model.named_parameters():
            if "lora" not in name:
                parameter.data = parameter.data.to(dtype)
    # q_proj has a bias in this architecture; there are two layers.
    assert fuse_adapted_linears(ours) == 4
    with torch.autocast("cpu", torch.bfloat16, enabled=dtype == torch.bfloat16):
        (expected, expected_gradients), (got, gradients) = result(theirs, ids), result(ours, ids)
    torch.testing.assert_close(got, expected, atol=atol, rtol=1e-3)
    assert len(gradients) == len(expected_gradients) == 8
    for mine, peft in zip(gradients, expected_gradients, strict=True):
        assert mine.dtype == peft.dtype
        assert (mine - peft).norm() <= max(1e-5, atol) * peft.norm()


def test_with_dropout_the_gradients_are_those_of_what_was_computed() -> None:
    model = adapted(lora_dropout=0.4).double().train()
    fuse_adapted_linears(model)
    layer = next(module for module in model.modules() if type(module).__name__ == "Linear" and hasattr(module, "lora_A"))
    a, b = layer.lora_A["default"].weight, layer.lora_B["default"].weight

    def forward(x: torch.Tensor, *_: torch.Tensor) -> torch.Tensor:
        torch.manual_seed(5)
        return layer(x)

    x = torch.randn(3, 2, a.shape[1], dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(forward, (x, a, b))


@pytest.mark.parametrize("dropout", [0.05, 0.1, 0.5])
def test_dropout_drops_its_share_and_keeps_the_mean(dropout: float) -> None:
    torch.manual_seed(1)
    mask = kept(torch.empty(301, 333), dropout)
    assert set(mask.unique().tolist()) == {0.0, 1.0}
    assert float(mask.mean()) == pytest.approx(1 - dropout, abs=0.01)
    # Neighbours are decided by parts of one number.
    for near in (1, 2, 3, 4):
        flat = mask.flatten()
        both = (flat[near:] * flat[:-near]).mean()
        assert float(both) == pytest.approx((1 - dropout) ** 2, abs=0.01)


def test_dropout_is_drawn_anew_and_repeats_with_the_seed() -> None:
    x = torch.empty(7, 9)
    torch.manual_seed(1)
    first, second = kept(x, 0.5), kept(x, 0.5)
    torch.manual_seed(1)
    assert torch.equal(first, kept(x, 0.5)) and not torch.equal(first, second)


def test_no_dropout_outside_of_training() -> None:
    ids = torch.randint(0, 160, (1, 11))
    model = adapted(lora_dropout=0.5).eval()
    expected = model(input_ids=ids).logits
    fuse_adapted_linears(model)
    torch.testing.assert_close(model(input_ids=ids).logits, expected)


def test_what_is_not_plain_stays_as_it_is() -> None:
    assert fuse_adapted_linears(adapted(use_dora=True)) == 0
    assert fuse_adapted_linears(adapted(lora_bias=True)) == 0
