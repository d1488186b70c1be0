"""A checkpoint of one run becomes the beginning of another, which goes on from its step."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import events
from checkpoints import CHECKPOINT, Record, checkpoint_name, remembered, tell_of_checkpoint
from complete_folder import MANIFEST, damaged_file, new_folder, read_manifest
from run_inputs import Inputs, refuse_changed
from strict_fields import FieldProblem
from training_config import TrainingConfig


def adopt_checkpoint(source: Path, checkpoints: Path, config: TrainingConfig, inputs: Inputs, steps: int) -> Path:
    """Copies `source` into the run's own `checkpoints`, and beside it the best one of its run; returns the copy.

    Raises FieldProblem where it is not whole, is of a run with other settings, or has nothing left to do in `steps`,
    and InputChanged where base or pairs are no longer those of that run.
    """
    manifest = _whole(source)
    if manifest is None:
        raise FieldProblem("start_checkpoint", f"{source} is not a whole checkpoint")
    if manifest.get("extensible") != config.extensible_fingerprint():
        raise FieldProblem("start_checkpoint", "belongs to a run with other data, model or settings")
    refuse_changed(manifest, inputs)
    step, record = manifest["step"], Record(**manifest["record"])
    if step >= steps:
        raise FieldProblem("max_steps", f"are {steps}, of which the checkpoint has already done {step}")
    # Patience begins anew: who extends a run that had ended by itself wants to see further.
    record = replace(record, without_gain=0)
    if record.best_step is not None and record.best_step != step:
        best = source.with_name(checkpoint_name(record.best_step))
        described = _whole(best)
        if described is None:
            record = replace(record, best_loss=None, best_step=None)
        else:
            _copy(best, checkpoints, record.best_step, config, inputs, Record(**described["record"]))
    events.log("info", f"Going on from step {step} of an earlier run", f"接着先前训练的第 {step} 步")
    return _copy(source, checkpoints, step, config, inputs, record)


def _whole(folder: Path) -> dict[str, Any] | None:
    manifest = read_manifest(folder, CHECKPOINT)
    return None if manifest is None or damaged_file(folder, manifest) else manifest


def _copy(source: Path, checkpoints: Path, step: int, config: TrainingConfig, inputs: Inputs, record: Record) -> Path:
    final = checkpoints / checkpoint_name(step)
    with new_folder(final, CHECKPOINT, remembered(step, config, inputs, record)) as partial:
        shutil.copytree(source, partial, dirs_exist_ok=True, ignore=shutil.ignore_patterns(MANIFEST))
    tell_of_checkpoint(step, final)
    return final
