"""Trains a LoRA adapter: `python train_adapter.py CONFIG.json`, see training_config.py for what is in the file.

Reads pairs, renders them with the base model's own chat template, learns the answers, and leaves `adapter/` in the
run's directory, whole or not at all. Run again, it goes on from the newest complete checkpoint, or, when the adapter
is there, ends at once. Where several processes share the run, this one only starts them (launch_ranks.py).
Events: events.py. Exit codes: 0 done; 1 failed; 2 the request is wrong; 143 asked to stop.
"""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import events
from launch_ranks import is_rank, launch_ranks
from stop_requests import TERMINATED, StopRequests, Terminated
from strict_fields import FieldProblem
from tether import die_with_parent
from training_config import TrainingConfig, read_training_config

ADAPTER = "adapter"


def train(config: TrainingConfig, stops: StopRequests) -> dict[str, Any]:
    """The whole run; returns the result that `done` carries."""
    from complete_folder import folder_sha256, new_folder, read_manifest

    run = Path(config.run_directory)
    adapter = run / ADAPTER
    manifest = read_manifest(adapter, ADAPTER)
    if manifest is None:
        from ranks import join_ranks
        from training_run import run_training

        ranks = join_ranks()
        outcome = run_training(config, stops, ranks)
        base_model = Path(config.base_model)
        remembered = {
            "fingerprint": config.fingerprint(),
            "base_model": base_model.name,
            "base_weights_sha256": outcome.base_weights_sha256,
            "result": outcome.result,
        }
        if ranks.is_first:
            with new_folder(adapter, ADAPTER, remembered) as partial:
                outcome.save_adapter(partial)
        ranks.leave()
        manifest = remembered
    elif manifest["fingerprint"] != config.fingerprint():
        raise FieldProblem("run_directory", "holds the adapter of a run with other settings")
    return {"adapter_path": str(adapter), "sha256": folder_sha256(adapter), **manifest["result"]}


def main(config_path: str) -> int:
    try:
        config = read_training_config(Path(config_path))
        if config.processes * config.machines > 1 and not is_rank():
            return launch_ranks(config_path, config)
    except FieldProblem as problem:
        return _refuse(problem)
    if is_rank():
        die_with_parent()
    stops = StopRequests(Path(config.run_directory))
    events.watch_silence()
    try:
        events.done(train(config, stops))
        return 0
    except FieldProblem as problem:
        return _refuse(problem)
    except Terminated:
        events.log(
            "info",
            "Asked to stop; the run goes on from its newest checkpoint when it is started again",
            "已按要求停止；再次启动时从最近的检查点继续",
        )
        return TERMINATED
    except Exception as fault:
        from training_faults import described

        error, code = described(fault, asdict(config))
        events.emit(error)
        if code == 1:
            raise
        return code


def _refuse(problem: FieldProblem) -> int:
    params: dict[str, str | float] = {"field": problem.field, "reason": problem.reason}
    events.error("training.bad-config", params, f"The training settings are wrong: {problem}")
    return 2


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python train_adapter.py CONFIG.json")
    sys.exit(main(sys.argv[1]))
