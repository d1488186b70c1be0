"""What can befall a run while it is at work: killed at its worst moments, out of disk, out of memory, its inputs changed."""

import json
import random
import resource
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from complete_folder import NoSpace, new_folder, read_manifest
from conftest import SCRIPTS, SENTENCES, Finished, run_script, write_pairs
from ranks import Ranks
from run_inputs import InputChanged, hash_inputs, refuse_changed
from training_config import read_training_config
from training_faults import described
from training_pairs import Example

TRAIN = SCRIPTS / "train_adapter.py"
Training = Callable[..., tuple[Path, dict[str, Any]]]
ALONE = Ranks(0, 1, 0, torch.device("cpu"))


def killed_at(folder: Path, script: Path, config: Path) -> Finished:
    """Runs the script and kills it as soon as `folder` is there, half written."""
    over = threading.Event()

    def kill(child: Any) -> None:
        while not folder.exists() and not over.is_set():
            time.sleep(0.0002)
        child.kill()

    started: list[threading.Thread] = []

    def watch(_event: dict[str, Any], child: Any) -> None:
        if not started:
            started.append(threading.Thread(target=kill, args=(child,)))
            started[0].start()

    run = run_script(script, str(config), on_event=watch)
    over.set()
    started[0].join()
    return run


def test_ended_in_a_validation_in_a_checkpoint_and_in_its_adapter_it_goes_the_same_way(training: Training, tmp_path: Path) -> None:
    settings = {
        "method": "dora",
        "neftune_alpha": 5,
        "batch_size": 2,
        "max_steps": 12,
        "evaluation_steps": 4,
        "checkpoint_steps": 6,
        # So many that a signal sent at the step before comes in the middle of them.
        "validation_file": str(write_pairs(tmp_path / "many.jsonl", 80)),
    }
    whole = run_script(TRAIN, str(training("whole", **settings)[0]))
    path, config = training("cut", **settings)
    run = Path(config["run_directory"])

    def stop(event: dict[str, Any], child: Any) -> None:
        if event["event"] == "metric" and event["step"] == 4:
            child.send_signal(signal.SIGTERM)

    parts = [run_script(TRAIN, str(path), on_event=stop)]
    assert parts[0].code == 143 and [event["step"] for event in parts[0].of("checkpoint")] == [4]
    assert list(parts[0].values("validation_loss")) == [0]
    parts.append(killed_at(run / "checkpoints" / "step-00000006.partial", TRAIN, path))
    assert parts[1].code == -signal.SIGKILL and 4 in parts[1].values("validation_loss")
    parts.append(killed_at(run / "adapter.partial", TRAIN, path))
    assert read_manifest(run / "adapter", "adapter") is None or parts[2].code == 0
    parts.append(run_script(TRAIN, str(path)))

    for name in ("loss", "validation_loss"):
        told = {step: value for part in parts for step, value in part.values(name).items()}
        assert told.keys() == whole.values(name).keys()
        for step, value in told.items():
            assert value == pytest.approx(whole.values(name)[step], abs=1e-4)
    assert parts[-1].result["best_step"] == whole.result["best_step"]
    assert not list(run.rglob("*.partial"))


def test_a_full_disk_is_told_and_once_there_is_room_the_run_goes_on(training: Training) -> None:
    # Steps slow enough for what is done at one to come before the next checkpoint.
    path, config = training(checkpoint_steps=2, validation_file="", accumulation=24)

    def fill(event: dict[str, Any], child: Any) -> None:
        if event["event"] == "checkpoint":
            resource.prlimit(child.pid, resource.RLIMIT_FSIZE, (50_000, resource.RLIM_INFINITY))

    run = run_script(TRAIN, str(path), on_event=fill)
    (error,) = run.of("error")
    assert run.code == 1 and error["code"] == "training.disk-full" and error["params"]["free"] > 0
    checkpoints = Path(config["run_directory"]) / "checkpoints"
    assert error["params"]["path"] == str(checkpoints / "step-00000004")
    assert [folder.name for folder in checkpoints.iterdir()] == ["step-00000002"]
    again = run_script(TRAIN, str(path))
    assert list(again.values("loss")) == [3, 4, 5, 6, 7, 8] and again.result["steps"] == 8


@pytest.mark.parametrize(
    "fault",
    [
        OSError(28, "No space left on device"),
        OSError(122, "Disk quota exceeded"),
        RuntimeError("I/O error: No space left on device (os error 28)"),
        # What torch.save says on a full tmpfs.
        RuntimeError("[enforce fail at inline_container.cc:672] . unexpected pos 275520 vs 275408"),
    ],
)
def test_want_of_space_is_known_by_any_of_its_names(tmp_path: Path, fault: Exception) -> None:
    with pytest.raises(NoSpace) as full, new_folder(tmp_path / "new", "checkpoint", {}):
        raise fault
    assert full.value.__cause__ is fault and not list(tmp_path.iterdir())


def test_out_of_main_memory_is_told(training: Training) -> None:
    path, config = training(accumulation=8, max_steps=10, max_length=2048, validation_file="")
    write_pairs(Path(config["train_file"]), 80)
    order = list(range(80))
    random.Random("42/0").shuffle(order)
    pairs = [json.loads(line) for line in Path(config["train_file"]).read_text("utf-8").splitlines()]
    pairs[order[-1]]["passage"] = "".join(SENTENCES) * 40
    Path(config["train_file"]).write_text("".join(json.dumps(pair) + "\n" for pair in pairs), "utf-8")

    def starve(event: dict[str, Any], child: Any) -> None:
        if event["event"] == "metric" and event["step"] == 2:
            pages = int(Path(f"/proc/{child.pid}/statm").read_text().split()[0])
            resource.prlimit(child.pid, resource.RLIMIT_AS, (pages * resource.getpagesize() + (8 << 20), resource.RLIM_INFINITY))

    run = run_script(TRAIN, str(path), on_event=starve)
    (error,) = run.of("error")
    assert run.code == 1 and error["code"] == "training.out-of-memory" and error["params"] == {"what": "main memory"}


@pytest.mark.parametrize(
    ("fault", "what"),
    [
        (torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB."), "device memory"),
        (RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"), "device memory"),
        (RuntimeError("[enforce fail at alloc_cpu.cpp:117] DefaultCPUAllocator: can't allocate memory"), "main memory"),
        (RuntimeError("could not create a primitive"), "main memory"),
        (MemoryError(), "main memory"),
        (OSError(12, "Cannot allocate memory"), "main memory"),
    ],
)
def test_want_of_memory_says_which(fault: Exception, what: str) -> None:
    error, code = described(fault, {})
    assert (error.code, error.params, code) == ("training.out-of-memory", {"what": what}, 1)


def test_other_weights_and_other_pairs_are_refused(training: Training) -> None:
    config = read_training_config(training()[0])
    one, other = Example([1, 2], [1, 2]), Example([1, 2], [-100, 2])
    begun = hash_inputs(config, ALONE, [one], [other])
    refuse_changed({"inputs": {"base": begun.base, "pairs": begun.pairs}}, hash_inputs(config, ALONE, [one], [other]))
    for now in (hash_inputs(config, ALONE, [other], [one]), hash_inputs(config, ALONE, [one, other], [])):
        with pytest.raises(InputChanged) as changed:
            refuse_changed({"inputs": {"base": begun.base, "pairs": begun.pairs}}, now)
        assert changed.value.what == "pairs"
    with pytest.raises(InputChanged) as changed:
        refuse_changed({"inputs": {"base": "0" * 64, "pairs": begun.pairs}}, begun)
    assert changed.value.what == "base"


def test_a_run_that_was_ordered_with_another_base_does_not_begin(training: Training) -> None:
    path, config = training(base_weights_sha256="0" * 64)
    run = run_script(TRAIN, str(path))
    (error,) = run.of("error")
    assert run.code == 2 and error["code"] == "training.base-changed" and error["params"] == {"path": config["base_model"]}
