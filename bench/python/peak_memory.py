"""The most memory that training runs hold: `python peak_memory.py` reads configurations on stdin, one JSON object a line.

Each is {"name", "model", "settings"}, where `settings` are the trainer's own. For each it trains some optimizer steps on
pairs of mixed lengths, every third longer than max_length, and prints {"name", "peak_bytes"}: the trainer process's
maximum resident set as the kernel counted it, so its interpreter and libraries are part of it. Some steps, because rows
of ever other lengths leave holes in the heap that one step does not show.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TRAINER = ROOT / "gpu-worker" / "python" / "train_adapter.py"
STEPS = 8
SAMPLES = ROOT / "public" / "samples" / "train.json"


def write_pairs(file: Path, count: int, max_length: int) -> None:
    text = "".join(json.loads(line)["text"] for line in SAMPLES.read_text("utf-8").splitlines() if line.strip())
    drawn = random.Random(20)
    with file.open("w", encoding="utf-8") as lines:
        for index in range(count):
            start = drawn.randrange(len(text) - 4 * max_length)
            length = 3 * max_length if index % 3 == 0 else drawn.randint(max_length // 8, max_length)
            lines.write(json.dumps({"premise": "雪夜，故人来访。", "passage": text[start : start + length]}, ensure_ascii=False) + "\n")


def measure(wanted: dict[str, Any], folder: Path) -> int:
    """Peak resident bytes of the trainer; raises RuntimeError with the end of its stderr where it fails."""
    settings = wanted["settings"]
    pairs = STEPS * settings["batch_size"] * settings["accumulation"]
    write_pairs(folder / "train.jsonl", pairs, settings["max_length"])
    config = folder / "config.json"
    config.write_text(
        json.dumps(
            {
                **settings,
                "run_directory": str(folder / "run"),
                "base_model": wanted["model"],
                "train_file": str(folder / "train.jsonl"),
            }
        ),
        "utf-8",
    )
    (folder / "run").mkdir()
    with (folder / "stderr").open("wb") as stderr, (folder / "events").open("wb") as events:
        os.set_inheritable(events.fileno(), True)
        child = subprocess.Popen(
            [sys.executable, str(TRAINER), str(config)],
            stdout=stderr,
            stderr=stderr,
            pass_fds=[events.fileno()],
            env={**os.environ, "MOLIAN_EVENTS_FD": str(events.fileno())},
        )
        _, status, usage = os.wait4(child.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise RuntimeError((folder / "stderr").read_text("utf-8", "replace")[-2000:] + (folder / "events").read_text("utf-8")[-500:])
    return usage.ru_maxrss * 1024


def main() -> None:
    for line in sys.stdin:
        wanted = json.loads(line)
        with tempfile.TemporaryDirectory(prefix="molian-peak-") as folder:
            peak = measure(wanted, Path(folder))
        print(json.dumps({"name": wanted["name"], "peak_bytes": peak}), flush=True)


if __name__ == "__main__":
    main()
