"""Pairs end to end in one row, against the same pairs each by itself."""

from types import SimpleNamespace

import pytest
import torch
from transformers import MambaConfig, MambaForCausalLM, PreTrainedModel

from answer_loss import answer_loss, frozen_head_of
from attention_apart import attend_apart, keep_pairs_apart
from micro_batch import end_to_end, padded, tokens_of
from test_answer_loss import MODELS, gradients, with_adapter
from training_pairs import IGNORED

LENGTHS = [9, 1, 14, 5]


def pairs(seed: int) -> list[dict[str, list[int]]]:
    drawn = torch.Generator().manual_seed(seed)
    made = []
    for length in LENGTHS:
        ids = torch.randint(1, 160, (length,), generator=drawn).tolist()
        made.append({"input_ids": ids, "labels": [IGNORED] * (length // 3) + ids[length // 3 :]})
    return made


def separate(model: PreTrainedModel, rows: list[dict[str, list[int]]]) -> torch.Tensor:
    head = frozen_head_of(model)
    return torch.stack([answer_loss(model, padded([row]), head) for row in rows if len(row["input_ids"]) > 1]).sum()


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("recompute", [False, True])
def test_a_row_of_pairs_is_the_pairs_by_themselves(name: str, recompute: bool) -> None:
    torch.manual_seed(1)
    model = with_adapter(MODELS[name](), ["q_proj", "v_proj", "down_proj"]).train()
    rows = pairs(2)
    expected = separate(model, rows)
    expected.backward()
    expected_gradients = gradients(model)
    assert keep_pairs_apart(model)
    if recompute:
        model.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
    got = answer_loss(model, end_to_end(rows), frozen_head_of(model))
    got.backward()
    tokens = sum(LENGTHS)
    torch.testing.assert_close(got / tokens, expected / tokens, atol=2e-4, rtol=0)
    for ours, theirs in zip(gradients(model), expected_gradients, strict=True):
        torch.testing.assert_close(ours, theirs, atol=1e-5, rtol=1e-3)


def test_a_window_is_each_pairs_own() -> None:
    torch.manual_seed(1)
    made = MODELS["gemma3"]()
    made.config.sliding_window = 4
    for layer in made.model.layers:
        layer.self_attn.sliding_window, layer.self_attn.is_sliding = 4, True
    made.config.layer_types = ["sliding_attention"] * len(made.model.layers)
    model = with_adapter(made, ["q_proj"]).train()
    expected = separate(model, pairs(2))
    assert keep_pairs_apart(model)
    torch.testing.assert_close(answer_loss(model, end_to_end(pairs(2)), frozen_head_of(model)), expected, atol=1e-3, rtol=1e-5)


@pytest.mark.parametrize("window", [None, 4])
def test_attention_written_out_is_attention(window: int | None) -> None:
    torch.manual_seed(1)
    module = SimpleNamespace(num_key_value_groups=3, is_causal=True, training=True)
    states = [torch.randn(1, heads, sum(LENGTHS), 16) for heads in (6, 2, 2)]
    results = []
    for dtype in (torch.float32, torch.bfloat16):
        given = [state.detach().to(dtype).requires_grad_() for state in states]
        out, _ = attend_apart(module, *given, None, pair_lengths=LENGTHS, sliding_window=window, scaling=0.3)
        out.float().square().sum().backward()
        results.append([out.detach().float(), *(state.grad.float() for state in given)])
    for exact, rounded in zip(*results, strict=True):
        assert (exact - rounded).norm() <= 0.02 * exact.norm()


def test_padded_rows_are_still_masked() -> None:
    torch.manual_seed(1)
    model = with_adapter(MODELS["qwen2"](), ["q_proj"]).train()
    expected = separate(model, pairs(2))
    assert keep_pairs_apart(model)
    torch.testing.assert_close(answer_loss(model, padded(pairs(2)), frozen_head_of(model)), expected, atol=1e-3, rtol=1e-5)


def test_a_model_that_mixes_tokens_otherwise_is_padded() -> None:
    torch.manual_seed(1)
    model = MambaForCausalLM(MambaConfig(vocab_size=160, hidden_size=32, num_hidden_layers=1, state_size=4))
    assert not keep_pairs_apart(model)
    eager = MODELS["qwen2"]()
    eager.set_attn_implementation("eager")
    assert not keep_pairs_apart(eager)
    assert eager.config._attn_implementation == "eager"


def test_no_pairs_teach_nothing() -> None:
    torch.manual_seed(1)
    model = with_adapter(MODELS["qwen2"](), ["q_proj"])
    assert keep_pairs_apart(model)
    for batch in (end_to_end([]), padded([])):
        loss = answer_loss(model, batch, frozen_head_of(model))
        loss.backward()
        assert float(loss.detach()) == 0 and tokens_of(batch) == 0
        assert all(not gradient.any() for gradient in gradients(model))
    assert [tokens_of(lay(pairs(2))) for lay in (end_to_end, padded)] == [sum(LENGTHS)] * 2


def test_no_pair_learns_from_the_one_before() -> None:
    rows = [{"input_ids": [4, 5], "labels": [4, 5]}, {"input_ids": [6, 7], "labels": [6, 7]}]
    assert end_to_end(rows)["labels"].tolist() == [[IGNORED, 5, IGNORED, 7]]
    assert end_to_end(rows)["position_ids"].tolist() == [[0, 1, 0, 1]]
