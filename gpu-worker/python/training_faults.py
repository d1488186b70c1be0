"""From what went wrong in a run to the code, the sentence and the exit status that tell of it."""

import errno
from typing import Any

import torch
from torch import distributed

from answer_trainer import LossIsNotANumber
from complete_folder import NoSpace
from events import Error
from launch_ranks import CONSEQUENCE
from model_folder import BadModel
from run_inputs import InputChanged
from training_pairs import BadPairs

# Where the allocator throws what is nobody's class of its own.
_NO_DEVICE_MEMORY = ("CUDA out of memory", "CUDA error: out of memory", "CUBLAS_STATUS_ALLOC_FAILED", "CUDNN_STATUS_ALLOC_FAILED")
# oneDNN, which multiplies matrices on the CPU, has only this to say of an allocation that failed.
_NO_ONEDNN_MEMORY = ("could not create a primitive", "could not create a memory")
_NO_MEMORY = ("can't allocate memory", "not enough memory", "std::bad_alloc", "Cannot allocate memory", *_NO_ONEDNN_MEMORY)
_NO_NEIGHBOUR = ("gloo", "Gloo", "NCCL", "Connection closed by peer", "Connection reset by peer", "TCPStore")


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
            params = {"step": fault.step, "rate": config["learning_rate"]}
            return Error("training.nan-loss", params, f"Training broke down: {fault}; lower the learning rate"), 1
        case InputChanged(what="base"):
            return Error("training.base-changed", {"path": config["base_model"]}, f"The run cannot go on: {fault}"), 2
        case InputChanged():
            return Error("training.pairs-changed", {"file": config["train_file"]}, f"The run cannot go on: {fault}"), 2
        case NoSpace():
            params = {"path": str(fault.folder), "free": round(fault.free / 1e6, 1)}
            return Error("training.disk-full", params, f"{fault}; what was kept before is whole"), 1
        case torch.OutOfMemoryError():
            return _out_of_memory("device memory")
        case MemoryError() | OSError(errno=errno.ENOMEM):
            return _out_of_memory("main memory")
        case RuntimeError() if any(words in str(fault) for words in _NO_DEVICE_MEMORY):
            return _out_of_memory("device memory")
        case RuntimeError() if any(words in str(fault) for words in _NO_MEMORY):
            return _out_of_memory("main memory")
        case RuntimeError() if distributed.is_initialized() and any(words in str(fault) for words in _NO_NEIGHBOUR):
            return Error(CONSEQUENCE, {"reason": str(fault)[:500]}, f"Another process of the run is gone: {fault}"), 1
    reason = f"{type(fault).__name__}: {fault}"[:500]
    return Error("training.failed", {"reason": reason}, f"Training failed: {reason}"), 1


def _out_of_memory(what: str) -> tuple[Error, int]:
    advice = "halve batch_size and double accumulation, switch gradient_checkpointing on, or lower max_length"
    return Error("training.out-of-memory", {"what": what}, f"There was not enough {what} for this training: {advice}"), 1
