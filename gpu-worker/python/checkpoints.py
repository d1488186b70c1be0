"""A run's checkpoints: what they remember besides their files, which are whole, and from which one goes on."""

import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import events
from complete_folder import PARTIAL, damaged_file, folder_bytes, folder_sha256, read_manifest
from run_inputs import Inputs
from training_config import TrainingConfig

CHECKPOINT = "checkpoint"


@dataclass
class Record:
    """What the result of a run needs to know of all its parts, kept in every checkpoint."""

    first_loss: float | None = None
    last_loss: float | None = None
    validation_loss_from: float | None = None
    validation_loss: float | None = None
    """The newest, at `validation_step`; the lowest since training began is `best_loss`, at `best_step`."""
    validation_step: int = 0
    best_loss: float | None = None
    best_step: int | None = None
    sampled_step: int = -1
    """The last whose samples are written."""
    without_gain: int = 0
    """Validations in a row that were not the lowest."""
    tokens: int = 0
    """Not counting pads."""
    seconds: float = 0.0
    """In optimizer steps: validation and checkpoints left out."""

    @property
    def tokens_per_second(self) -> float:
        return self.tokens / self.seconds if self.seconds else 0.0


def remembered(step: int, config: TrainingConfig, inputs: Inputs, record: Record) -> dict[str, Any]:
    """What a checkpoint's manifest says besides its files."""
    fingerprints = {"fingerprint": config.fingerprint(), "extensible": config.extensible_fingerprint()}
    return {"step": step, **fingerprints, "inputs": asdict(inputs), "record": asdict(record)}


def tell_of_checkpoint(step: int, folder: Path) -> None:
    """Emits the event of a checkpoint that is complete: its folder, size and hash."""
    manifest = read_manifest(folder, CHECKPOINT) or {"files": []}
    events.emit(events.Checkpoint(step, str(folder), folder_bytes(manifest), folder_sha256(folder)))


def checkpoint_name(step: int | None) -> str:
    """The name of a step's folder; of no step's where there is none."""
    return "" if step is None else f"step-{step:08d}"


def complete_checkpoints(folder: Path) -> list[Path]:
    """Newest first; what is not whole is left out."""
    found = [path for path in folder.glob("step-????????") if read_manifest(path, CHECKPOINT)]
    return sorted(found, key=lambda path: path.name, reverse=True)


def checkpoint_to_resume(folder: Path) -> Path | None:
    """The newest checkpoint whose every byte is as vouched for; removes the partial and the damaged ones."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = set(complete_checkpoints(folder))
    for path in sorted(folder.iterdir()):
        if path not in whole and (path.name.startswith("step-") or path.name.endswith(PARTIAL)):
            events.log("warning", f"The checkpoint {path.name} is not complete and is removed", f"检查点 {path.name} 不完整，已删除")
            shutil.rmtree(path)
    for path in complete_checkpoints(folder):
        damaged = damaged_file(path, read_manifest(path, CHECKPOINT) or {"files": []})
        if damaged is None:
            return path
        events.log(
            "warning",
            f"The checkpoint {path.name} is damaged ({damaged}) and is removed",
            f"检查点 {path.name} 已损坏（{damaged}），已删除",
        )
        shutil.rmtree(path)
    return None
