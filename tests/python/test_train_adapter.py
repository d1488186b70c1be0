"""Training as a program: real runs of the tiny model, cut, stopped, spoiled and continued."""

import json
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complete_folder import folder_sha256, read_manifest
from conftest import ROOT, SCRIPTS, Finished, run_script, write_training

TRAIN = SCRIPTS / "train_adapter.py"
Training = Callable[..., tuple[Path, dict[str, Any]]]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, tiny_model: Path) -> tuple[Path, dict[str, Any], Finished]:
    """One uncut run, which several tests look at and compare with."""
    folder = tmp_path_factory.mktemp("whole")
    path, config = write_training(folder, tiny_model, batch_size=2)
    return path, config, run_script(TRAIN, str(path))


def test_a_run_learns_and_leaves_a_whole_adapter(whole: tuple[Path, dict[str, Any], Finished]) -> None:
    _, config, run = whole
    result = run.result
    assert result.keys() == json.loads((ROOT / "tests" / "contract" / "training-result.json").read_text("utf-8")).keys()
    assert result["steps"] == 8 and not result["stopped_early"]
    assert result["validation_loss_to"] < result["validation_loss_from"] - 0.1
    assert list(run.values("loss")) == list(range(1, 9))
    assert list(run.values("validation_loss")) == [0, 4, 8]
    assert result["first_loss"] == run.values("loss")[1] and result["last_loss"] == run.values("loss")[8]
    assert list(dict.fromkeys(event["note"] for event in run.of("progress"))) == ["reading-pairs", "loading-model", "training"]
    adapter = Path(result["adapter_path"])
    manifest = read_manifest(adapter, "adapter")
    assert manifest is not None and {"adapter_model.safetensors", "adapter_config.json"} == {f["name"] for f in manifest["files"]}
    assert folder_sha256(adapter) == result["sha256"]
    assert [event["step"] for event in run.of("checkpoint")] == [3, 4, 6, 8]
    assert result["best_step"] == result["adapter_step"] == 8
    assert result["best_validation_loss"] == result["validation_loss_to"] == run.values("validation_loss")[8]
    assert sorted(p.name for p in Path(config["run_directory"], "checkpoints").iterdir()) == ["step-00000006", "step-00000008"]


def test_run_again_it_ends_at_once(whole: tuple[Path, dict[str, Any], Finished]) -> None:
    path, _, first = whole
    again = run_script(TRAIN, str(path))
    assert again.result == first.result and not again.of("metric")


def test_cut_at_a_checkpoint_it_goes_on_as_if_uncut(
    whole: tuple[Path, dict[str, Any], Finished], tmp_path: Path
) -> None:
    _, config, uncut = whole
    run = tmp_path / "run"
    cut = tmp_path / "config.json"
    cut.write_text(json.dumps({**config, "run_directory": str(run)}), "utf-8")

    def kill_after_the_first_checkpoint(event: dict[str, Any], child: Any) -> None:
        if event["event"] == "checkpoint":
            child.kill()

    killed = run_script(TRAIN, str(cut), on_event=kill_after_the_first_checkpoint)
    assert killed.code == -signal.SIGKILL
    checkpoints = run / "checkpoints"
    for later in checkpoints.glob("step-0000000[4-9]"):
        shutil.rmtree(later)
    # What a kill in the middle of writing leaves behind, and a checkpoint whose bytes went bad.
    shutil.copytree(checkpoints / "step-00000003", checkpoints / "step-00000006.partial")
    shutil.copytree(checkpoints / "step-00000003", checkpoints / "step-00000005")
    (checkpoints / "step-00000005" / "manifest.json").unlink()
    shutil.copytree(checkpoints / "step-00000003", checkpoints / "step-00000007")
    weights = checkpoints / "step-00000007" / "adapter_model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x7f")

    continued = run_script(TRAIN, str(cut))
    assert list(continued.values("loss")) == [4, 5, 6, 7, 8]
    assert len([event for event in continued.of("log") if "removed" in event["text"]]) == 3
    for step, loss in continued.values("loss").items():
        assert loss == pytest.approx(uncut.values("loss")[step], abs=1e-4)
    assert continued.values("validation_loss")[8] == pytest.approx(uncut.values("validation_loss")[8], abs=1e-4)
    for name in ("steps", "tokens", "first_loss", "validation_loss_from"):
        assert continued.result[name] == pytest.approx(uncut.result[name], abs=1e-4)


Whole = tuple[Path, dict[str, Any], Finished]


def continued(whole: Whole, tmp_path: Path, step: int, **changes: Any) -> Finished:
    """A run of its own that begins from a checkpoint of the uncut one."""
    _, config, _ = whole
    start = Path(config["run_directory"]) / "checkpoints" / f"step-{step:08d}"
    path = tmp_path / "continued.json"
    settings = {**config, "run_directory": str(tmp_path / "continued"), "start_checkpoint": str(start), **changes}
    path.write_text(json.dumps(settings), "utf-8")
    return run_script(TRAIN, str(path))


def test_a_run_from_another_runs_checkpoint_goes_the_same_way(whole: Whole, tmp_path: Path) -> None:
    run, (_, _, uncut) = continued(whole, tmp_path, 6), whole
    assert list(run.values("loss")) == [7, 8]
    for step, loss in run.values("loss").items():
        assert loss == pytest.approx(uncut.values("loss")[step], abs=1e-4)
    for name in ("steps", "tokens", "first_loss", "validation_loss_from", "best_step", "validation_loss_to"):
        assert run.result[name] == pytest.approx(uncut.result[name], abs=1e-4)
    # The best checkpoint so far came along.
    assert [event["step"] for event in run.of("checkpoint")] == [6, 8]


def test_a_finished_run_is_extended(whole: Whole, tmp_path: Path) -> None:
    run = continued(whole, tmp_path, 8, max_steps=10)
    assert list(run.values("loss")) == [9, 10] and list(run.values("validation_loss")) == [10]
    assert run.result["steps"] == 10 and run.result["tokens"] > whole[2].result["tokens"]
    rates = list(run.values("learning_rate").values())
    assert 0 < rates[1] < rates[0] < whole[1]["learning_rate"]


@pytest.mark.parametrize(
    ("rate", "shares"),
    [("held", [0.25, 0.25, 0.25, 0.25]), ("anew", [1, 1, 2 / 3, 1 / 3])],
)
def test_an_extended_run_takes_the_rate_that_was_asked_for(whole: Whole, tmp_path: Path, rate: str, shares: list[float]) -> None:
    peak = whole[1]["learning_rate"]
    changes = {"max_steps": 12, "continued_rate": rate, "continued_step": 8, "continued_from": peak / 4}
    run = continued(whole, tmp_path, 8, **changes)
    assert run.values("learning_rate") == pytest.approx({9 + at: peak * share for at, share in enumerate(shares)})
    assert run.result["steps"] == 12
    # Cut in the middle, it goes on by the same rate.
    again = tmp_path / "again"
    shutil.copytree(tmp_path / "continued", again, ignore=shutil.ignore_patterns("adapter", "step-00000012"))
    resumed = continued(whole, tmp_path, 8, run_directory=str(again), **changes)
    rates = resumed.values("learning_rate")
    assert len(rates) > 0 and rates == pytest.approx({step: peak * shares[step - 9] for step in rates})


@pytest.mark.parametrize(
    ("step", "changes", "field"),
    [(8, {}, "max_steps"), (8, {"max_steps": 10, "rank": 4}, "start_checkpoint"), (7, {}, "start_checkpoint")],
)
def test_a_checkpoint_that_does_not_fit_is_refused(
    whole: Whole, tmp_path: Path, step: int, changes: dict[str, Any], field: str
) -> None:
    run = continued(whole, tmp_path, step, **changes)
    (error,) = run.of("error")
    assert run.code == 2 and error["code"] == "training.bad-config" and error["params"]["field"] == field


def test_sigterm_finishes_the_step_and_keeps_it(training: Training) -> None:
    path, _ = training(max_steps=500, checkpoint_steps=500)

    def ask(event: dict[str, Any], child: Any) -> None:
        if event["event"] == "metric" and event["step"] == 2:
            child.send_signal(signal.SIGTERM)

    stopped = run_script(TRAIN, str(path), on_event=ask)
    assert stopped.code == 143 and not stopped.of("error") and not stopped.of("done")
    (kept,) = stopped.of("checkpoint")
    assert kept["step"] == max(stopped.values("loss"))
    assert read_manifest(Path(kept["path"]), "checkpoint") is not None


def test_stop_and_keep_ends_with_what_was_learned(training: Training) -> None:
    path, config = training(max_steps=500)
    asked = Path(config["run_directory"]) / "stop-and-keep"

    def ask(event: dict[str, Any], _child: Any) -> None:
        if event["event"] == "metric" and event["step"] == 2:
            asked.touch()

    result = run_script(TRAIN, str(path), on_event=ask).result
    assert result["stopped_early"] and 2 <= result["steps"] < 500
    assert read_manifest(Path(result["adapter_path"]), "adapter") is not None


def test_long_passages_are_cut_and_counted(training: Training) -> None:
    path, _ = training(max_length=70, max_steps=1, validation_file="")
    run = run_script(TRAIN, str(path))
    assert 0 < run.result["truncated"] < 12 and run.result["dropped"] == 0
    assert any(str(run.result["truncated"]) in event["text"] for event in run.of("log"))
    assert run.result["validation_loss_to"] is None


def test_a_loss_that_is_not_a_number_ends_the_run(training: Training) -> None:
    path, _ = training(learning_rate=1.0, max_steps=200, alpha=4096, validation_file="", precision="float32")
    run = run_script(TRAIN, str(path))
    (error,) = run.of("error")
    assert run.code == 1 and error["code"] == "training.nan-loss"
    assert error["params"] == {"step": max(run.values("loss"), default=0) + 1, "rate": 1}


def test_modules_that_are_not_there_are_refused(training: Training) -> None:
    path, _ = training(targets=["no_such_module"])
    run = run_script(TRAIN, str(path))
    (error,) = run.of("error")
    assert run.code == 2 and error["code"] == "training.bad-config" and error["params"]["field"] == "targets[0]"


def test_a_bad_pair_is_refused_with_its_line(training: Training) -> None:
    path, config = training()
    with Path(config["train_file"]).open("a", encoding="utf-8") as pairs:
        pairs.write('{"premise": "雪"}\n')
    run = run_script(TRAIN, str(path))
    (error,) = run.of("error")
    assert run.code == 2 and error["code"] == "training.bad-pairs" and error["params"]["line"] == 13


def worsening(training: Training, **changes: Any) -> tuple[Path, dict[str, Any]]:
    """Learns the pairs by heart at so high a rate that those held out soon get worse."""
    path, config = training(learning_rate=3e-2, schedule="constant", evaluation_steps=2, checkpoint_steps=100, max_steps=60)
    config["validation_file"] = str(write_other_pairs(path.with_name("other.jsonl")))
    config |= changes
    path.write_text(json.dumps(config, ensure_ascii=False), "utf-8")
    return path, config


def write_other_pairs(path: Path) -> Path:
    rows = [{"premise": f"Letter {n}", "passage": "The night train ran on, and nobody spoke." * n} for n in (1, 2)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_out_of_patience_it_ends_with_the_best_checkpoint_as_its_adapter(training: Training) -> None:
    path, config = worsening(training, patience=2, keep_checkpoints=1)
    run = run_script(TRAIN, str(path))
    result, validation = run.result, run.values("validation_loss")
    assert result["out_of_patience"] and result["stopped_early"] and result["steps"] < 60
    learned = {step: loss for step, loss in validation.items() if step > 0}
    best = min(learned, key=lambda step: learned[step])
    assert result["best_step"] == result["adapter_step"] == best == result["steps"] - 4
    assert result["best_validation_loss"] == learned[best]
    assert result["validation_loss_to"] == validation[result["steps"]]
    checkpoints = Path(config["run_directory"]) / "checkpoints"
    assert sorted(path.name for path in checkpoints.iterdir()) == [f"step-{step:08d}" for step in (best, result["steps"])]
    weights = (Path(result["adapter_path"]) / "adapter_model.safetensors").read_bytes()
    assert weights == (checkpoints / f"step-{best:08d}" / "adapter_model.safetensors").read_bytes()

    # Ended by a crash before the adapter was written, it does not go on past its patience.
    shutil.rmtree(result["adapter_path"])
    again = run_script(TRAIN, str(path))
    assert not again.values("loss")
    assert {**again.result, "sha256": ""} == {**result, "sha256": ""}

    # And cut before its end it remembers how often validation was no better.
    shutil.rmtree(result["adapter_path"])
    shutil.rmtree(checkpoints / f"step-{result['steps']:08d}")
    cut = run_script(TRAIN, str(path))
    assert list(cut.values("loss")) == list(range(best + 1, result["steps"] + 1))
    assert cut.result["best_step"] == best and cut.result["steps"] == result["steps"]


def test_the_last_adapter_is_kept_where_it_is_asked_for(training: Training) -> None:
    path, config = worsening(training, adapter_from="last", max_steps=16)
    result = run_script(TRAIN, str(path)).result
    assert result["best_step"] < 16 and result["adapter_step"] == 16
    weights = (Path(result["adapter_path"]) / "adapter_model.safetensors").read_bytes()
    last = Path(config["run_directory"]) / "checkpoints" / "step-00000016"
    assert weights == (last / "adapter_model.safetensors").read_bytes()


@pytest.mark.parametrize(
    ("schedule", "rates"),
    [
        ("cosine_with_min_lr", [0, 5, 10, 9.14, 6.89, 4.11]),
        ("polynomial", [0, 5, 10, 6.4, 3.6, 1.6]),
        ("warmup_stable_decay", [0, 5, 10, 10, 10, 10]),
        ("inverse_sqrt", [0, 5, 10, 8.16, 7.07, 6.32]),
    ],
)
def test_the_rate_rises_in_so_many_steps_and_then_follows_the_schedule(training: Training, schedule: str, rates: list[float]) -> None:
    path, _ = training(schedule=schedule, warmup_steps=2, warmup_ratio=0.5, max_steps=7, checkpoint_steps=100, validation_file="")
    run = run_script(TRAIN, str(path))
    assert list(run.values("learning_rate").values())[:6] == pytest.approx([rate * 1e-3 for rate in rates], rel=0.02)


def test_every_method_trains_its_own_way(training: Training) -> None:
    losses = set()
    for method, changes in {"lora": {}, "rslora": {}, "dora": {}, "noise": {"neftune_alpha": 5}, "clipped": {"max_grad_norm": 1e-3}}.items():
        settings = {"method": method if method in ("rslora", "dora") else "lora", "max_steps": 3, "validation_file": "", **changes}
        path, _ = training(name=method, **settings)
        result = run_script(TRAIN, str(path)).result
        losses.add(result["last_loss"])
        described = json.loads((Path(result["adapter_path"]) / "adapter_config.json").read_text("utf-8"))
        assert described["use_rslora"] == (method == "rslora") and described["use_dora"] == (method == "dora")
    assert len(losses) == 5
