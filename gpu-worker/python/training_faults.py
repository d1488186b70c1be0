"""From what went wrong in a run to the code, the sentence and the exit status that tell of it."""

from typing import Any

import torch

from answer_trainer import LossIsNotANumber
from events import Error
from model_folder import BadModel
from training_pairs import BadPairs


def described(fault: Exception, config: dict[str, Any]) -> tuple[Error, int]:
    """The event and the exit code: 2 where the request is wrong, 1 where the run failed."""
    match fault:
        case BadPairs():
            params = {"file": fault.file, "line": fault.line, "reason": fault.reason}
            return Error("training.bad-pairs", params, f"The pairs cannot be used: {fault}"), 2
        case BadModel():
            params = {"path": config["base_model"], "reason": str(fault)}
            return Error("training.bad-model", params, f"The base model cannot be used: {fault}"), 2
        case LossIsNotANumber():
            return Error("training.nan-loss", {"step": fault.step}, f"Training broke down: {fault}"), 1
        case MemoryError() | torch.OutOfMemoryError():
            return Error("training.out-of-memory", {}, "There was not enough memory for this training"), 1
        case RuntimeError() if "can't allocate memory" in str(fault):
            return Error("training.out-of-memory", {}, "There was not enough memory for this training"), 1
    reason = f"{type(fault).__name__}: {fault}"[:500]
    return Error("training.failed", {"reason": reason}, f"Training failed: {reason}"), 1
