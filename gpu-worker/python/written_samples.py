"""What the model writes to fixed premises while it is trained, so that the change in its prose can be read along the curve.

A sample costs the run its time and nothing else: mode and random state are as before afterwards, and the steps go on
as if nothing had been written. All premises of a step are written in one batch, each sample's tokens drawn (or taken,
at temperature 0) from the same seed at every step.
"""

import random
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Literal

import numpy
import torch
from torch import Tensor
from transformers import PreTrainedModel, PreTrainedTokenizerBase, StoppingCriteria, StoppingCriteriaList

import events
from chat_template import ChatTemplate, messages_of
from stop_requests import StopRequests
from training_config import TrainingConfig

Ending = Literal["whole", "length", "time"]


class SampleWriter:
    """Writes to the run's premises; without any it does nothing. Prompts longer than max_length are left out."""

    def __init__(self, config: TrainingConfig, tokenizer: PreTrainedTokenizerBase, stops: StopRequests) -> None:
        self._config, self._tokenizer, self._stops = config, tokenizer, stops
        chat = ChatTemplate(tokenizer)
        self._end = chat.end_token_id
        prompts = [chat.prompt_ids(messages_of(config.system, premise, config.user_template)) for premise in config.sample_premises]
        self._prompts = [(ordinal, ids) for ordinal, ids in enumerate(prompts) if len(ids) < config.max_length]
        if len(self._prompts) < len(prompts):
            longer = len(prompts) - len(self._prompts)
            events.log(
                "warning",
                f"{longer} premises of samples are longer than {config.max_length} tokens",
                f"有 {longer} 条试写用的提要超过 {config.max_length} 词元",
            )

    def write(self, model: PreTrainedModel, step: int, autocast: AbstractContextManager[Any]) -> None:
        """One event a sample, once all of the step are written; none where this process is asked to stop in between."""
        if not self._prompts:
            return
        began = time.perf_counter()
        try:
            with _undisturbed(model), torch.no_grad(), autocast:
                torch.manual_seed(self._config.seed)
                written, in_time = self._generate(model, began)
        except (torch.OutOfMemoryError, MemoryError):
            # The run itself fits: it goes on without them.
            torch.cuda.empty_cache()
            events.log(
                "warning",
                f"There was not enough memory to write samples at step {step}: lower sample_tokens or have fewer",
                f"第 {step} 步内存不足，没有试写：请调低“每条最长”或减少条数",
            )
            return
        if self._stops.terminates_here:
            return
        seconds = time.perf_counter() - began
        for (ordinal, _), ids in zip(self._prompts, written, strict=True):
            answer, ending = self._answer(ids, in_time)
            text = self._tokenizer.decode(answer, skip_special_tokens=True)
            events.emit(events.Sample(step, ordinal, text[: events.LONGEST_TEXT], len(answer), ending, seconds))
        events.log(
            "info",
            f"Samples of step {step}: {len(written)} in {seconds:.1f} s",
            f"第 {step} 步试写 {len(written)} 条，用时 {seconds:.1f} 秒",
        )

    def _generate(self, model: PreTrainedModel, began: float) -> tuple[list[list[int]], bool]:
        """New tokens by premise, and whether they were written to their end."""
        longest = max(len(ids) for _, ids in self._prompts)
        padded = [[self._end] * (longest - len(ids)) + ids for _, ids in self._prompts]
        masks = [[0] * (longest - len(ids)) + [1] * len(ids) for _, ids in self._prompts]
        device = next(model.parameters()).device
        clock = _Clock(began + self._config.sample_seconds, self._stops)
        temperature = self._config.sample_temperature
        drawn = {"do_sample": True, "temperature": temperature} if temperature > 0 else {"do_sample": False, "temperature": None}
        output = model.generate(
            input_ids=torch.tensor(padded, device=device),
            attention_mask=torch.tensor(masks, device=device),
            max_new_tokens=self._config.sample_tokens,
            eos_token_id=self._end,
            pad_token_id=self._end,
            use_cache=True,
            top_p=None,
            top_k=None,
            stopping_criteria=StoppingCriteriaList([clock]),
            **drawn,
        )
        return output[:, longest:].tolist(), not clock.is_up

    def _answer(self, ids: list[int], in_time: bool) -> tuple[list[int], Ending]:
        if self._end in ids:
            return ids[: ids.index(self._end)], "whole"
        return ids, "length" if in_time else "time"


class _Clock(StoppingCriteria):
    """Ends the writing when its time is up, or when this process is asked to stop."""

    def __init__(self, until: float, stops: StopRequests) -> None:
        self._until, self._stops, self.is_up = until, stops, False

    def __call__(self, input_ids: Tensor, scores: Tensor, **_: Any) -> Tensor:
        self.is_up = self._stops.terminates_here or time.perf_counter() >= self._until
        return torch.full((input_ids.shape[0],), self.is_up, dtype=torch.bool, device=input_ids.device)


@contextmanager
def _undisturbed(model: PreTrainedModel) -> Iterator[None]:
    """Leaves the mode of the model and every source of randomness as they were."""
    was_training, python, numbers = model.training, random.getstate(), numpy.random.get_state()
    model.eval()
    try:
        with torch.random.fork_rng(devices=range(torch.cuda.device_count())):
            yield
    finally:
        model.train(was_training)
        random.setstate(python)
        numpy.random.set_state(numbers)
