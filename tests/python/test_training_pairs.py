"""Files of pairs: what is refused, what is cut, and the order of a run."""

import json
from pathlib import Path

import pytest
from transformers import AutoTokenizer

from chat_template import ChatTemplate
from conftest import ROOT, SETTINGS, write_pairs
from training_config import TrainingConfig
from training_pairs import IGNORED, BadPairs, Example, order_of_examples, read_examples, steps_of


@pytest.fixture(scope="module")
def chat(tiny_model: Path) -> ChatTemplate:
    return ChatTemplate(AutoTokenizer.from_pretrained(tiny_model))


def config(**changes: object) -> TrainingConfig:
    return TrainingConfig(run_directory="r", base_model="b", train_file="t", **{**SETTINGS, **changes})


@pytest.mark.parametrize("line", ["{", '{"premise": "雪"}', '{"premise": "雪", "passage": 3}', "[]", '{"premise": "", "passage": "雪"}'])
def test_a_bad_pair_is_refused_with_its_line(tmp_path: Path, chat: ChatTemplate, line: str) -> None:
    path = write_pairs(tmp_path / "pairs.jsonl", 2)
    path.write_text(path.read_text("utf-8") + "\n" + line + "\n", "utf-8")
    with pytest.raises(BadPairs) as refused:
        read_examples(str(path), config(), chat)
    assert refused.value.line == 4


def test_a_file_without_pairs_is_refused(tmp_path: Path, chat: ChatTemplate) -> None:
    (tmp_path / "empty.jsonl").write_text("\n\n", "utf-8")
    with pytest.raises(BadPairs):
        read_examples(str(tmp_path / "empty.jsonl"), config(), chat)


def test_only_answers_are_learned_and_a_cut_one_loses_its_end(tmp_path: Path, chat: ChatTemplate) -> None:
    path = str(write_pairs(tmp_path / "pairs.jsonl", 4))
    whole = read_examples(path, config(), chat)
    lengths = [len(example.input_ids) for example in whole.kept]
    cut = read_examples(path, config(max_length=max(lengths) - 1), chat)
    longest = lengths.count(max(lengths))
    assert (whole.truncated, cut.truncated, cut.dropped) == (0, longest, 0)
    for example in whole.kept:
        assert example.labels[-1] == chat.end_token_id and example.labels[0] == IGNORED
    assert sum(example.labels[-1] != chat.end_token_id for example in cut.kept) == longest


def test_prompts_that_leave_no_room_are_left_out(tmp_path: Path, chat: ChatTemplate) -> None:
    path = str(write_pairs(tmp_path / "pairs.jsonl", 4))
    with pytest.raises(BadPairs, match="fits"):
        read_examples(path, config(max_length=8), chat)


def test_every_epoch_sees_every_pair_once_in_an_order_of_its_own() -> None:
    examples = [Example([0], [0])] * 10
    wanted = config(epochs=3.0, accumulation=4)
    steps = steps_of(len(examples), wanted)
    order = order_of_examples(examples, wanted, steps)
    epochs = [order[start : start + 10] for start in (0, 10, 20)]
    assert steps == 8 and len(order) == 30
    assert all(sorted(epoch) == list(range(10)) for epoch in epochs) and epochs[0] != epochs[1] != epochs[2]
    assert order == order_of_examples(examples, wanted, steps)
    assert order != order_of_examples(examples, config(epochs=3.0, accumulation=4, seed=1), steps)


# The same runs as tests/contract/steps.test.ts counts for the forecast; `seen` is what the trainer alone knows.
@pytest.mark.parametrize("run", json.loads((ROOT / "tests" / "contract" / "steps.json").read_text("utf-8")))
def test_steps_are_as_many_as_the_studio_says(run: dict[str, float]) -> None:
    wanted = config(epochs=run["epochs"], max_steps=run["maxSteps"], batch_size=run["batchSize"], accumulation=run["accumulation"])
    examples = [Example([0], [0])] * int(run["pairs"])
    assert steps_of(len(examples), wanted) == run["steps"]
    assert len(order_of_examples(examples, wanted, int(run["steps"]))) == run["seen"]


def test_lengths_decide_only_within_a_step() -> None:
    examples = [Example([0] * (1 + n), [0]) for n in range(12)]
    single = order_of_examples(examples, config(batch_size=1, accumulation=4), 3)
    batched = order_of_examples(examples, config(batch_size=2, accumulation=2), 3)
    for start in range(0, 12, 4):
        assert sorted(single[start : start + 4]) == sorted(batched[start : start + 4])
        assert batched[start : start + 4] == sorted(batched[start : start + 4], reverse=True)


def test_a_fixed_number_of_steps_goes_round_as_often_as_it_must() -> None:
    examples = [Example([0], [0])] * 3
    assert len(order_of_examples(examples, config(max_steps=5, accumulation=4), 5)) == 20
