"""The loss by blocks against the full computation: value and gradient, for every kind of head."""

import pytest
import torch
from torch.nn.functional import cross_entropy, linear

from frozen_head_loss import FrozenHead, summed_loss


@pytest.mark.parametrize("softcap", [None, 5.0])
@pytest.mark.parametrize("biased", [False, True])
@pytest.mark.parametrize("scale", [1.0, 0.25])
@pytest.mark.parametrize("positions", [1, 16, 37])
def test_agrees_with_the_full_computation(softcap: float | None, biased: bool, scale: float, positions: int) -> None:
    torch.manual_seed(7)
    weight = torch.randn(101, 24)
    bias = torch.randn(101) if biased else None
    targets = torch.randint(0, 101, (positions,))
    hidden = torch.randn(positions, 24, requires_grad=True)
    logits = linear(hidden, weight, bias) * scale
    if softcap:
        logits = softcap * torch.tanh(logits / softcap)
    expected = cross_entropy(logits, targets, reduction="sum")
    (expected_gradient,) = torch.autograd.grad(expected * 3, hidden)

    got = summed_loss(hidden, targets, FrozenHead(weight, bias, softcap, scale), part=16)
    (gradient,) = torch.autograd.grad(got * 3, hidden)
    torch.testing.assert_close(got, expected)
    torch.testing.assert_close(gradient, expected_gradient, atol=1e-5, rtol=1e-4)


def test_survives_logits_that_would_overflow() -> None:
    hidden = torch.full((2, 4), 1e3, requires_grad=True)
    loss = summed_loss(hidden, torch.tensor([0, 1]), FrozenHead(torch.eye(6, 4) * 1e3))
    loss.backward()
    assert torch.isfinite(loss) and hidden.grad is not None and torch.isfinite(hidden.grad).all()


def test_a_value_without_a_gradient_where_none_is_wanted() -> None:
    with torch.no_grad():
        loss = summed_loss(torch.zeros(3, 4), torch.tensor([0, 1, 2]), FrozenHead(torch.zeros(8, 4)))
    torch.testing.assert_close(loss, 3 * torch.tensor(8.0).log())
