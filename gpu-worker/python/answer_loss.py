"""Loss on the answers of a batch, through the cheapest way that gives the right number for this model."""

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from transformers import PreTrainedModel

from frozen_head_loss import FrozenHead, summed_loss
from training_pairs import IGNORED

# Largest difference in a logit, in nats, at which the head is understood.
_AGREEMENT = {torch.float32: 1e-3, torch.bfloat16: 0.25, torch.float16: 0.25}


def frozen_head_of(model: PreTrainedModel) -> FrozenHead | None:
    """The head of a causal language model if it does not learn and its logits are understood, else None.

    Understood means tried: a few tokens go through the model's own forward and through the head alone.
    """
    head = model.get_output_embeddings()
    if type(head) is not nn.Linear or any(parameter.requires_grad for parameter in head.parameters()):
        return None
    config = model.config.get_text_config()
    divisor = getattr(config, "logits_scaling", None) or 1.0
    scale = (getattr(config, "logit_scale", None) or 1.0) / divisor
    found = FrozenHead(head.weight, head.bias, getattr(config, "final_logit_softcapping", None), scale)
    sample = torch.arange(1, 9, device=head.weight.device).unsqueeze(0)
    training = model.training
    model.eval()
    with torch.no_grad():
        output = model(input_ids=sample, use_cache=False).logits[0, :-1].float()
        expected = cross_entropy(output, sample[0, 1:], reduction="sum")
        got = summed_loss(_hidden_states(model, {"input_ids": sample})[0, :-1], sample[0, 1:], found)
    model.train(training)
    return found if abs(float(got - expected)) <= _AGREEMENT.get(head.weight.dtype, 0) * sample.shape[1] else None


class AnswerLoss(nn.Module):
    """A model whose forward is the loss of its answers: what one wraps to have gradients summed over several devices."""

    def __init__(self, model: nn.Module, head: FrozenHead | None) -> None:
        super().__init__()
        self.model, self.head = model, head

    def forward(self, batch: dict[str, Tensor]) -> Tensor:
        return answer_loss(self.model.get_base_model(), batch, self.head)


def answer_loss(model: PreTrainedModel, batch: dict[str, Tensor], head: FrozenHead | None) -> Tensor:
    """Sum over the batch's answer tokens of −log p, in nats; `labels` (rows, tokens) says which they are."""
    inputs = {name: value for name, value in batch.items() if name != "labels"}
    targets = batch["labels"][:, 1:]
    learned = targets != IGNORED
    if head is None:
        logits = model(**inputs, use_cache=False).logits[:, :-1]
        return cross_entropy(logits[learned].float(), targets[learned], reduction="sum")
    return summed_loss(_hidden_states(model, inputs)[:, :-1][learned], targets[learned], head)


def _hidden_states(model: PreTrainedModel, inputs: dict[str, Tensor]) -> Tensor:
    """(rows, tokens, hidden), as the head receives them."""
    return getattr(model, model.base_model_prefix)(**inputs, use_cache=False).last_hidden_state
