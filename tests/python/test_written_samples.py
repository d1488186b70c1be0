"""Samples along the curve: written at every evaluation, comparable, and without a trace in the run."""

import json
import signal
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
import torch

import events
from conftest import SCRIPTS, run_script
from model_folder import load_model, load_tokenizer
from training_config import read_training_config
from written_samples import SampleWriter

TRAIN = SCRIPTS / "train_adapter.py"
Training = Callable[..., tuple[Path, dict[str, Any]]]
PREMISES = ["雪夜，故人来访。", "老街的茶馆里，掌柜的点起了灯，等一个不会再来的人。"]
SAMPLED: dict[str, Any] = {"sample_premises": PREMISES, "sample_tokens": 16, "max_steps": 4, "evaluation_steps": 2, "checkpoint_steps": 2, "dropout": 0.1, "learning_rate": 1e-2}


class NeverAsked:
    """StopRequests would take over this process's own signals."""

    terminates_here = False


def by_place(run: Any) -> dict[tuple[int, int], dict[str, Any]]:
    """Samples by step and ordinal; no place has two."""
    told = run.of("sample")
    found = {(event["step"], event["ordinal"]): event for event in told}
    assert len(found) == len(told)
    return found


def test_they_are_written_at_every_evaluation_and_leave_the_losses_as_they_are(training: Training) -> None:
    plain = run_script(TRAIN, str(training(name="plain", **{**SAMPLED, "sample_premises": []})[0]))
    for name, temperature in {"greedy": 0, "drawn": 0.9}.items():
        run = run_script(TRAIN, str(training(name=name, **{**SAMPLED, "sample_temperature": temperature})[0]))
        samples = by_place(run)
        assert sorted(samples) == [(step, ordinal) for step in (0, 2, 4) for ordinal in (0, 1)]
        for event in samples.values():
            assert event["tokens"] == 16 if event["ending"] == "length" else event["ending"] == "whole" and event["tokens"] < 16
        assert run.values("loss") == plain.values("loss")
        assert run.values("validation_loss") == plain.values("validation_loss")
    assert not plain.of("sample")


def test_the_same_weights_write_the_same_and_learned_ones_do_not(training: Training) -> None:
    settings = {**SAMPLED, "sample_temperature": 0.9, "dropout": 0}
    one = by_place(run_script(TRAIN, str(training(name="one", **settings)[0])))
    other = by_place(run_script(TRAIN, str(training(name="other", **settings)[0])))
    assert {place: event["text"] for place, event in one.items()} == {place: event["text"] for place, event in other.items()}
    assert one[0, 0]["text"] != one[4, 0]["text"]


def test_without_validation_pairs_they_are_written_all_the_same(training: Training) -> None:
    run = run_script(TRAIN, str(training(**SAMPLED, validation_file="")[0]))
    assert sorted(by_place(run)) == [(step, ordinal) for step in (0, 2, 4) for ordinal in (0, 1)]


def test_their_time_is_bounded(training: Training) -> None:
    began = time.monotonic()
    path, _ = training(**{**SAMPLED, "sample_tokens": 2048, "sample_seconds": 1, "max_steps": 1})
    run = run_script(TRAIN, str(path))
    endings = {event["ending"] for event in run.of("sample")}
    assert "length" not in endings and all(event["seconds"] < 30 for event in run.of("sample"))
    assert run.code == 0 and time.monotonic() - began < 120


def test_a_premise_that_fills_the_context_is_left_out_and_told(training: Training) -> None:
    path, _ = training(**{**SAMPLED, "sample_premises": ["雪" * 400, PREMISES[0]], "max_length": 64, "max_steps": 1})
    run = run_script(TRAIN, str(path))
    assert {event["ordinal"] for event in run.of("sample")} == {1}
    assert any("premises of samples" in event["text"] for event in run.of("log"))


def test_asked_to_end_while_writing_it_ends_and_writes_them_when_it_goes_on(training: Training) -> None:
    path, config = training(**{**SAMPLED, "sample_tokens": 2048, "sample_seconds": 3600, "max_steps": 2, "evaluation_steps": 1, "checkpoint_steps": 1})

    def ask(event: dict[str, Any], child: Any) -> None:
        # The validation is told right before the samples are begun.
        if event["event"] == "metric" and event["step"] == 1 and "validation_loss" in event["values"]:
            child.send_signal(signal.SIGTERM)

    cut = run_script(TRAIN, str(path), on_event=ask)
    assert cut.code == 143 and {event["step"] for event in cut.of("sample")} == {0}
    path.write_text(json.dumps({**config, "sample_tokens": 16}, ensure_ascii=False), "utf-8")
    further = run_script(TRAIN, str(path))
    assert further.code == 0
    assert sorted(by_place(further)) == [(step, ordinal) for step in (1, 2) for ordinal in (0, 1)]


def test_want_of_memory_costs_the_samples_and_not_the_run(training: Training, tiny_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, _ = training(**SAMPLED)
    told: list[Any] = []
    monkeypatch.setattr(events, "emit", told.append)
    writer = SampleWriter(read_training_config(path), load_tokenizer(tiny_model), NeverAsked())
    model = load_model(tiny_model, torch.float32).train()

    def generate(**_: Any) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(model, "generate", generate)
    before = torch.random.get_rng_state()
    writer.write(model, 2, nullcontext())
    assert [event.level for event in told] == ["warning"] and "memory" in told[0].text
    assert model.training and torch.equal(torch.random.get_rng_state(), before)


@pytest.mark.parametrize(("changes", "field"), [({"sample_tokens": 15}, "sample_tokens"), ({"sample_premises": "雪"}, "sample_premises"), ({"sample_temperature": 3}, "sample_temperature")])
def test_wrong_settings_are_refused(training: Training, changes: dict[str, Any], field: str) -> None:
    run = run_script(TRAIN, str(training(**changes)[0]))
    (error,) = run.of("error")
    assert run.code == 2 and error["params"]["field"] == field
