"""Rows of several pairs: all in, none too long, little room left."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from conftest import SCRIPTS, run_script
from packing import pack
from shares import share_of
from training_config import TrainingConfig


@pytest.mark.parametrize("seed", range(5))
def test_every_pair_has_a_place_and_the_rows_are_full(seed: int) -> None:
    drawn = random.Random(seed)
    lengths = [drawn.randint(80, 700) for _ in range(400)]
    rows = pack(list(range(400)), lengths, 2048)
    assert sorted(position for row in rows for position in row) == list(range(400))
    assert all(sum(lengths[position] for position in row) <= 2048 for row in rows)
    assert sum(lengths) / (len(rows) * 2048) >= 0.98
    assert rows == pack(list(range(400)), lengths, 2048)


def test_pairs_as_long_as_a_row_lie_alone() -> None:
    assert pack([0, 1, 2], [64, 64, 64], 64) == [[0], [1], [2]]


@pytest.mark.parametrize("ranks", [1, 2, 3])
def test_packed_steps_have_the_same_pairs_for_any_number_of_ranks(ranks: int) -> None:
    config = cast(TrainingConfig, SimpleNamespace(batch_size=2, accumulation=4, global_batch=8, max_length=100))
    lengths = [random.Random(at).randint(10, 100) for at in range(21)]
    shares = [share_of(lengths, config, rank, ranks, packed=True) for rank in range(ranks)]
    passes = shares[0].passes
    for step in range(3):
        dealt = [row for share in shares for row in share.batches[step * passes : (step + 1) * passes]]
        assert sorted(position for row in dealt for position in row) == list(range(step * 8, min(step * 8 + 8, 21)))
        assert all(sum(lengths[position] for position in row) <= 100 for row in dealt)
    assert all(len(share.batches) == 3 * passes for share in shares)


def test_a_packed_run_is_the_run_it_would_be_and_goes_on_as_it_was(training: Callable[..., tuple[Path, dict[str, Any]]]) -> None:
    settings = {"batch_size": 2, "accumulation": 3, "max_steps": 4, "checkpoint_steps": 2, "precision": "float32", "max_length": 256}
    script = SCRIPTS / "train_adapter.py"
    plain = run_script(script, str(training(name="plain", dropout=0, **settings)[0]))
    packed = run_script(script, str(training(name="packed", dropout=0, packing=True, **settings)[0]))
    assert packed.result["tokens"] == plain.result["tokens"]
    for step, loss in plain.values("loss").items():
        assert packed.values("loss")[step] == pytest.approx(loss, abs=2e-4)
    assert packed.result["validation_loss_to"] == pytest.approx(plain.result["validation_loss_to"], abs=2e-4)

    path, config = training(name="dropped", dropout=0.1, packing=True, **settings)
    uncut = run_script(script, str(path))
    run = Path(config["run_directory"])
    shutil.rmtree(run / "adapter")
    shutil.rmtree(run / "checkpoints" / "step-00000004")
    again = run_script(script, str(path))
    assert list(again.values("loss")) == [3, 4]
    for step, loss in again.values("loss").items():
        assert loss == pytest.approx(uncut.values("loss")[step], abs=1e-4)
