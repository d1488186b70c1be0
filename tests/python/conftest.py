"""The scripts are run as programs, from their own folder; the tests find their modules the same way."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "gpu-worker" / "python"
SUPPORT = ROOT / "tests" / "support"
sys.path[:0] = [str(SCRIPTS), str(SUPPORT)]

SENTENCES = [
    "老街尽头的茶馆，天还没亮就点起了灯。",
    "“今天的船还开么？”来人问。",
    "掌柜的摇了摇头，说江面昨夜结了冰，怕是要等到晌午。",
    "那人不再说话，坐在窗边，看着雪落下来。",
    "我认得他，十年前他离开镇子的时候也是这样一个早晨。",
]


# Settings of a training run that no test cares about; a test says which it does.
SETTINGS: dict[str, Any] = {
    "start_checkpoint": "",
    "validation_file": "",
    "system": "",
    "user_template": "{{premise}}",
    "method": "lora",
    "rank": 8,
    "alpha": 32,
    "dropout": 0,
    "targets": ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"],
    "neftune_alpha": 0,
    "learning_rate": 1e-4,
    "schedule": "cosine",
    "warmup_ratio": 0,
    "warmup_steps": 0,
    "weight_decay": 0,
    "max_grad_norm": 1,
    "batch_size": 1,
    "accumulation": 4,
    "epochs": 1,
    "max_steps": 0,
    "max_length": 1024,
    "packing": False,
    "gradient_checkpointing": False,
    "precision": "auto",
    "evaluation_steps": 100,
    "patience": 0,
    "adapter_from": "best",
    "checkpoint_steps": 50,
    "keep_checkpoints": 2,
    "sample_premises": [],
    "sample_tokens": 16,
    "sample_temperature": 0,
    "sample_seconds": 60,
    "seed": 42,
    "threads": 1,
}


@dataclass(frozen=True)
class Finished:
    """A script that has ended: its code, its events as dicts, and the last of its stderr."""

    code: int
    events: list[dict[str, Any]]
    stderr: str

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self.events if event["event"] == kind]

    def values(self, name: str) -> dict[int, float]:
        """One metric by step, which no step has twice."""
        told = [(event["step"], event["values"][name]) for event in self.of("metric") if name in event["values"]]
        values = dict(told)
        assert len(values) == len(told)
        return values

    @property
    def result(self) -> dict[str, Any]:
        assert self.code == 0, self.stderr
        return self.events[-1]["result"]


def run_script(
    script: Path, *arguments: str, on_event: Callable[[dict[str, Any], subprocess.Popen[bytes]], None] | None = None
) -> Finished:
    """Runs a script to its end, its events read as they come."""
    reader, writer = os.pipe()
    environment = {**os.environ, "MOLIAN_EVENTS_FD": str(writer), "OMP_NUM_THREADS": "1"}
    child = subprocess.Popen(
        [sys.executable, str(script), *arguments],
        env=environment,
        pass_fds=[writer],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    os.close(writer)
    events = []
    with open(reader, encoding="utf-8") as lines:
        for line in lines:
            events.append(json.loads(line))
            if on_event:
                on_event(events[-1], child)
    stderr = child.communicate()[1].decode("utf-8", "replace")
    return Finished(child.returncode, events, stderr[-3000:])


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model") / "tiny"
    subprocess.run([sys.executable, str(SUPPORT / "test_model.py"), str(folder)], check=True, capture_output=True)
    return folder


def write_pairs(path: Path, count: int, sentences: int = 4) -> Path:
    """A file of pairs, each different, of one to `sentences` sentences."""
    rows = []
    for number in range(count):
        chosen = [SENTENCES[(number + i) % len(SENTENCES)] for i in range(1 + number % sentences)]
        rows.append({"premise": f"第{number}封信", "passage": "".join(chosen)})
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def write_training(folder: Path, model: Path, name: str = "run", **changes: Any) -> tuple[Path, dict[str, Any]]:
    """Writes a training config for a run directory in `folder`, with whatever it is told to change."""
    run = folder / name
    run.mkdir(exist_ok=True)
    config = {
        **SETTINGS,
        "run_directory": str(run),
        "base_model": str(model),
        "train_file": str(write_pairs(folder / "train.jsonl", 12)),
        "validation_file": str(write_pairs(folder / "validation.jsonl", 3)),
        "system": "你是小说家。",
        "user_template": "提要：{{premise}}",
        "learning_rate": 1e-2,
        "dropout": 0.1,
        "accumulation": 2,
        "max_steps": 8,
        "checkpoint_steps": 3,
        "evaluation_steps": 4,
        **changes,
    }
    path = folder / f"{name}.json"
    path.write_text(json.dumps(config, ensure_ascii=False), "utf-8")
    return path, config


@pytest.fixture
def training(tmp_path: Path, tiny_model: Path) -> Callable[..., tuple[Path, dict[str, Any]]]:
    """write_training in the test's own folder."""
    return partial(write_training, tmp_path, tiny_model)
