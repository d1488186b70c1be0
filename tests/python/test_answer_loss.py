"""The loss of real architectures, head frozen or not, against their own loss."""

import pytest
import torch
from peft import LoraConfig, get_peft_model
from transformers import Gemma2Config, Gemma2ForCausalLM, Gemma3ForCausalLM, Gemma3TextConfig, PreTrainedModel
from transformers import GraniteConfig, GraniteForCausalLM, Qwen2Config, Qwen2ForCausalLM

from answer_loss import answer_loss, frozen_head_of
from micro_batch import padded
from training_pairs import IGNORED

SMALL = {
    "vocab_size": 160,
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "num_key_value_heads": 1,
    "head_dim": 16,
}
ROWS = [
    {"input_ids": [5, 6, 7, 8, 9, 10], "labels": [IGNORED, IGNORED, 7, 8, 9, 10]},
    {"input_ids": [11, 12, 13], "labels": [IGNORED, 12, 13]},
]
MODELS = {
    "qwen2": lambda: Qwen2ForCausalLM(Qwen2Config(**SMALL, tie_word_embeddings=True)),
    "untied": lambda: Qwen2ForCausalLM(Qwen2Config(**SMALL, tie_word_embeddings=False)),
    "gemma2": lambda: Gemma2ForCausalLM(Gemma2Config(**SMALL, final_logit_softcapping=2.0)),
    "gemma3": lambda: Gemma3ForCausalLM(Gemma3TextConfig(**SMALL)),
    "granite": lambda: GraniteForCausalLM(GraniteConfig(**SMALL, logits_scaling=4.0)),
}


def with_adapter(model: PreTrainedModel, targets: list[str]) -> PreTrainedModel:
    torch.manual_seed(3)
    lora = LoraConfig(task_type="CAUSAL_LM", r=2, target_modules=targets, init_lora_weights=False)
    return get_peft_model(model, lora).get_base_model()


def gradients(model: PreTrainedModel) -> list[torch.Tensor]:
    found = [parameter.grad.clone() for parameter in model.parameters() if parameter.grad is not None]
    model.zero_grad()
    return found


@pytest.mark.parametrize("name", MODELS)
def test_agrees_with_the_models_own_loss(name: str) -> None:
    torch.manual_seed(1)
    model = with_adapter(MODELS[name](), ["q_proj", "down_proj"])
    head = frozen_head_of(model)
    assert head is not None
    batch = padded(ROWS)
    expected = model(**batch).loss * 6
    expected.backward()
    expected_gradients = gradients(model)
    got = answer_loss(model, batch, head)
    got.backward()
    torch.testing.assert_close(got, expected, atol=1e-4, rtol=1e-5)
    for ours, theirs in zip(gradients(model), expected_gradients, strict=True):
        torch.testing.assert_close(ours, theirs, atol=1e-5, rtol=1e-3)


def test_a_head_that_learns_is_computed_in_full() -> None:
    torch.manual_seed(1)
    model = with_adapter(MODELS["untied"](), ["q_proj", "lm_head"])
    assert frozen_head_of(model) is None
    batch = padded(ROWS)
    torch.testing.assert_close(answer_loss(model, batch, None), model(**batch).loss * 6, atol=1e-4, rtol=1e-5)


def test_a_head_that_is_not_understood_is_computed_in_full() -> None:
    model = with_adapter(MODELS["gemma2"](), ["q_proj"])
    # As an unknown architecture would: its logits are capped, and its configuration does not say so.
    forward, model.config.final_logit_softcapping = model.forward, None
    model.forward = lambda **inputs: _capped(forward(**inputs))  # type: ignore[method-assign]
    assert frozen_head_of(model) is None


def _capped(output: object) -> object:
    output.logits = torch.tanh(output.logits * 5)  # type: ignore[attr-defined]
    return output


def test_pads_change_nothing() -> None:
    torch.manual_seed(1)
    model = with_adapter(MODELS["gemma3"](), ["q_proj"]).eval()
    head = frozen_head_of(model)
    apart = sum(answer_loss(model, padded([row]), head) for row in ROWS)
    torch.testing.assert_close(answer_loss(model, padded(ROWS), head), apart, atol=1e-4, rtol=1e-5)
