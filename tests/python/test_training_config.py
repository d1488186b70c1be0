"""Settings of a training run: every wrong one is refused by its name."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, SCRIPTS, SETTINGS, run_script
from strict_fields import FieldProblem
from training_config import read_training_config

Training = Callable[..., tuple[Path, dict[str, Any]]]
WRONG: list[tuple[str, Any]] = [
    ("learning_rate", 0),
    ("learning_rate", -1e-4),
    ("learning_rate", 1e9),
    ("learning_rate", "1e-4"),
    ("learning_rate", float("nan")),
    ("learning_rate", None),
    ("rank", 0),
    ("rank", 1_000_000),
    ("rank", 8.5),
    ("rank", True),
    ("batch_size", 0),
    ("schedule", "$(reboot)"),
    ("precision", "int8"),
    ("targets", []),
    ("targets", "q_proj"),
    ("targets", [1]),
    ("resume", "yes"),
    ("epochs", float("inf")),
    ("user_template", "没有提要"),
    ("train_file", "/nowhere.jsonl"),
    ("base_model", "/nowhere"),
    ("run_directory", ""),
    ("--help", 1),
    ("__proto__", {}),
]


@pytest.mark.parametrize(("field", "value"), WRONG, ids=lambda value: str(value))
def test_a_wrong_setting_is_refused_by_name(training: Training, field: str, value: Any) -> None:
    path, _ = training(**{field: value})
    with pytest.raises(FieldProblem) as refused:
        read_training_config(path)
    assert refused.value.field.partition("[")[0] == field


# The same values as tests/contract/training-settings.test.ts gives to the studio's schema.
GIVEN = json.loads((ROOT / "tests" / "contract" / "training-settings.json").read_text("utf-8"))
# Where the worker decides something before the trainer hears of it, the trainer has values of its own, or none.
SENT = {name: values.get("trainer", values) for name, values in GIVEN.items()}
CONTRACT = {name: values for name, values in SENT.items() if values is not None}
NOT_SETTINGS = {"start_checkpoint", "sample_premises", "validation_file", "system", "user_template", "threads"}


def snake(name: str) -> str:
    return re.sub("[A-Z]", lambda found: "_" + found[0].lower(), name)


def test_the_contract_has_every_setting() -> None:
    assert {snake(name) for name in CONTRACT} == SETTINGS.keys() - NOT_SETTINGS


@pytest.mark.parametrize("name", CONTRACT)
def test_the_ranges_are_those_of_the_studio(training: Training, name: str) -> None:
    for value in CONTRACT[name]["accepted"]:
        assert getattr(read_training_config(training(**{snake(name): value})[0]), snake(name)) == value
    for value in CONTRACT[name]["refused"]:
        with pytest.raises(FieldProblem) as refused:
            read_training_config(training(**{snake(name): value})[0])
        assert refused.value.field.partition("[")[0] == snake(name)


def test_nothing_that_the_worker_sends_may_be_left_out(training: Training) -> None:
    _, config = training()
    for name in config:
        path, _ = training()
        path.write_text(json.dumps({key: value for key, value in config.items() if key != name}), "utf-8")
        with pytest.raises(FieldProblem) as refused:
            read_training_config(path)
        assert refused.value.field == name


@pytest.mark.parametrize("text", ["", "[]", "{", "null"])
def test_a_file_that_is_no_object_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.json"
    path.write_text(text, "utf-8")
    with pytest.raises(FieldProblem):
        read_training_config(path)


def test_a_missing_setting_is_refused_as_an_event(training: Training) -> None:
    path, config = training()
    del config["base_model"]
    path.write_text(json.dumps(config), "utf-8")
    run = run_script(SCRIPTS / "train_adapter.py", str(path))
    (error,) = run.of("error")
    assert run.code == 2 and error["code"] == "training.bad-config" and error["params"]["field"] == "base_model"


def test_a_continuation_is_the_same_run_and_another_seed_is_not(training: Training) -> None:
    same = read_training_config(training(threads=1)[0]).fingerprint()
    assert read_training_config(training(threads=2)[0]).fingerprint() == same
    assert read_training_config(training(seed=7)[0]).fingerprint() != same
