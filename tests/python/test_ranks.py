"""Several processes sharing one run: the same losses as one process, one voice, one end."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import psutil
import pytest

from complete_folder import read_manifest
from conftest import SCRIPTS, Finished, run_script, write_training
from shares import share_of
from training_config import TrainingConfig

TRAIN = SCRIPTS / "train_adapter.py"
Training = Callable[..., tuple[Path, dict[str, Any]]]
Alone = tuple[dict[str, Any], Finished]
# What the ranks draw for themselves, dropout and noise, cannot be what one process draws.
SHARED = {"dropout": 0, "batch_size": 2, "accumulation": 2, "max_steps": 6, "checkpoint_steps": 2, "evaluation_steps": 3}


def ranks_of(child: Any) -> list[psutil.Process]:
    """The processes of a run's ranks, in order."""
    found = [process for process in psutil.Process(child.pid).children(recursive=True) if "RANK" in process.environ()]
    return sorted(found, key=lambda process: int(process.environ()["RANK"]))


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory, tiny_model: Path) -> Alone:
    """One process's run, and what it was asked to do."""
    folder = tmp_path_factory.mktemp("alone")
    path, config = write_training(folder, tiny_model, "alone", **SHARED)
    return config, run_script(TRAIN, str(path))


def assert_same(run: Finished, other: Finished) -> None:
    for name in ("loss", "validation_loss"):
        values = run.values(name)
        assert values
        for step, value in values.items():
            assert value == pytest.approx(other.values(name)[step], abs=1e-3)


def test_two_processes_learn_as_one_does_and_one_goes_on_where_they_ended(training: Training, alone: Alone) -> None:
    path, config = training("two", **SHARED, processes=2)
    _, expected = alone

    def stop(event: dict[str, Any], child: Any) -> None:
        if event["event"] == "metric" and event["step"] == 2 and "loss" in event["values"]:
            child.send_signal(signal.SIGTERM)

    first = run_script(TRAIN, str(path), on_event=stop)
    assert first.code == 143 and not first.of("error") and not first.of("done")
    assert_same(first, expected)
    (kept,) = first.of("checkpoint")[-1:]
    assert read_manifest(Path(kept["path"]), "checkpoint") is not None and kept["step"] < 6

    # The rest alone.
    path.write_text(json.dumps({**config, "processes": 1}), "utf-8")
    rest = run_script(TRAIN, str(path))
    assert list(rest.values("loss")) == list(range(kept["step"] + 1, 7))
    assert_same(rest, expected)
    assert rest.result["tokens"] == expected.result["tokens"]


def test_two_machines_go_on_where_one_process_ended(tmp_path: Path, alone: Alone) -> None:
    config, expected = alone
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = Path(config["run_directory"]) / "checkpoints" / "step-00000004"
    placed = {"machines": 2, "main_address": "127.0.0.1", "main_port": port}
    path = tmp_path / "machines.json"
    (tmp_path / "run").mkdir()
    path.write_text(json.dumps({**config, **placed, "run_directory": str(tmp_path / "run"), "start_checkpoint": str(started)}), "utf-8")
    environment = {**os.environ, "MOLIAN_MACHINE_RANK": "1", "OMP_NUM_THREADS": "1"}
    with subprocess.Popen([sys.executable, str(TRAIN), str(path)], env=environment, stderr=subprocess.DEVNULL) as second:
        run = run_script(TRAIN, str(path))
        assert second.wait(60) == 0
    assert "MOLIAN_MACHINE_RANK=1" in run.of("log")[0]["text"]
    assert list(run.values("loss")) == [5, 6]
    assert_same(run, expected)
    assert run.result["steps"] == 6 and read_manifest(Path(run.result["adapter_path"]), "adapter") is not None


def test_machines_must_know_where_to_meet(training: Training) -> None:
    path, _ = training(machines=2)
    run = run_script(TRAIN, str(path))
    (error,) = run.of("error")
    assert run.code == 2 and error["code"] == "training.bad-config" and error["params"]["field"] == "main_address"


@pytest.mark.parametrize(("batch", "accumulation"), [(1, 1), (2, 2), (4, 1), (3, 5), (1, 8)])
@pytest.mark.parametrize("ranks", [1, 2, 3, 8])
def test_every_pair_of_a_step_is_one_ranks(batch: int, accumulation: int, ranks: int) -> None:
    config = cast(TrainingConfig, SimpleNamespace(batch_size=batch, accumulation=accumulation, global_batch=batch * accumulation))
    wanted = 3 * config.global_batch + 1
    shares = [share_of([5] * wanted, config, rank, ranks) for rank in range(ranks)]
    passes = shares[0].passes
    for step in range(4):
        dealt = [share.batches[step * passes : (step + 1) * passes] for share in shares]
        positions = sorted(position for batches in dealt for rows in batches for position in rows)
        assert positions == list(range(step * config.global_batch, min((step + 1) * config.global_batch, wanted)))
        assert all(len(batches) == passes and all(len(rows) <= batch for rows in batches) for batches in dealt)
    assert all(len(share.batches) == 4 * passes for share in shares)


def test_a_killed_rank_ends_the_others_and_is_named(training: Training) -> None:
    path, _ = training(**{**SHARED, "max_steps": 500}, processes=2)
    ranks: list[psutil.Process] = []

    def kill(event: dict[str, Any], child: Any) -> None:
        if event["event"] == "metric" and event["step"] == 2 and not ranks:
            ranks.extend(ranks_of(child))
            ranks[1].kill()

    run = run_script(TRAIN, str(path), on_event=kill)
    (error,) = run.of("error")
    assert run.code == 1 and error["code"] == "training.rank-killed" and error["params"] == {"rank": 1, "signal": "SIGKILL"}
    assert len(ranks) == 2 and not any(process.is_running() for process in ranks)
