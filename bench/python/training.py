"""The training bench: this project's trainer against a plain transformers Trainer with the public baseline's settings.

`python training.py [--model DIR]` prints one JSON object. Speed first: non-pad tokens a second over six optimizer
steps of 16 pairs of mixed length, dropout 0.1, both sides in a process of their own with the same data, seed, order
and allocator settings; start-up and the model's loading are left out. Then quality: held-out loss after 30 steps of
four short pairs, dropout 0. The model is the starter model with its whole vocabulary, made first when none is given.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "gpu-worker" / "python"
SAMPLES = ROOT / "public" / "samples" / "train.json"
SPEED_STEPS, LOSS_STEPS = 6, 30
SEED = 20
# glibc otherwise gives the logits' memory back and faults it in again at every step.
ALLOCATOR = {
    "MALLOC_TRIM_THRESHOLD_": "100000000000",
    "MALLOC_MMAP_THRESHOLD_": "100000000000",
    "MALLOC_TOP_PAD_": "268435456",
}
# The baseline's own: batch 4 × accumulation 4, recomputing activations.
BASELINE = {"batch_size": 4, "accumulation": 4, "gradient_checkpointing": True}
OURS = {"batch_size": 4, "accumulation": 4, "gradient_checkpointing": False}


def sentences_of(story: str) -> list[str]:
    return re.findall(r"[^。！？\n]+[。！？]+[”’」』）]*", story)


def draw_pairs(sentences: list[str], count: int, shortest: int, longest: int, seed: int) -> Iterator[dict[str, str]]:
    """Runs of whole sentences of a drawn length in characters, each with its own beginning as the premise."""
    drawn = random.Random(seed)
    for _ in range(count):
        wanted, start = drawn.randint(shortest, longest), drawn.randrange(len(sentences) - longest // 4)
        passage = ""
        while len(passage) < wanted:
            passage += sentences[start]
            start += 1
        yield {"premise": passage[:20], "passage": passage}


def write_data(folder: Path) -> None:
    stories = [json.loads(line)["text"] for line in SAMPLES.read_text("utf-8").splitlines() if line.strip()]
    held_out, *learned = sorted((sentences_of(story) for story in stories), key=len)
    learned_sentences = [sentence for story in learned for sentence in story]
    files = {
        "speed": draw_pairs(learned_sentences, SPEED_STEPS * 16, 30, 200, SEED),
        "short": draw_pairs(learned_sentences, LOSS_STEPS * 4, 30, 60, SEED + 1),
        "held-out": draw_pairs(held_out, 12, 60, 120, SEED + 2),
    }
    for name, pairs in files.items():
        lines = (json.dumps(pair, ensure_ascii=False) + "\n" for pair in pairs)
        (folder / f"{name}.jsonl").write_text("".join(lines), "utf-8")


def write_config(folder: Path, name: str, model: Path, **settings: Any) -> Path:
    """A training config; what both sides share is said here once."""
    config = {
        "run_directory": str(folder / name),
        "base_model": str(model),
        "system": "你是一位小说家，请按提要写一段小说。",
        "validation_file": "",
        "user_template": "{{premise}}",
        "rank": 8,
        "alpha": 32,
        "targets": ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"],
        "learning_rate": 1e-4,
        "schedule": "cosine",
        "warmup_ratio": 0,
        "weight_decay": 0,
        "epochs": 1,
        "seed": SEED,
        "max_length": 2048,
        "precision": "auto",
        # Never in so short a run; the checkpoint after the last step is not in the measured time.
        "evaluation_steps": 1_000_000,
        "checkpoint_steps": 1_000_000,
        "keep_checkpoints": 2,
        "sample_premises": [],
        "sample_tokens": 16,
        "sample_temperature": 0,
        "sample_seconds": 60,
        "threads": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        **settings,
    }
    path = folder / f"{name}.json"
    path.write_text(json.dumps(config, ensure_ascii=False), "utf-8")
    return path


def run_ours(script: str, *arguments: str) -> dict[str, Any]:
    """The result of one of the project's scripts, read from its events."""
    reader, writer = os.pipe()
    environment = {**os.environ, **ALLOCATOR, "MOLIAN_EVENTS_FD": str(writer)}
    command = [sys.executable, str(SCRIPTS / script), *arguments]
    child = subprocess.Popen(command, env=environment, pass_fds=[writer], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writer)
    last: dict[str, Any] = {}
    with open(reader, encoding="utf-8") as lines:
        for line in lines:
            last = json.loads(line)
    if child.wait() != 0 or last.get("event") != "done":
        sys.exit(f"{script} ended with {child.returncode}: {last.get('text', last)}")
    return last["result"]


def run_baseline(config: Path) -> dict[str, Any]:
    command = [sys.executable, str(Path(__file__).with_name("baseline_trainer.py")), str(config)]
    done = subprocess.run(command, env={**os.environ, **ALLOCATOR}, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"baseline_trainer.py ended with {done.returncode}: {done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def measure(model: Path, folder: Path) -> dict[str, Any]:
    """Both halves of the bench; see the head of this file."""
    write_data(folder)
    speed = {"train_file": str(folder / "speed.jsonl"), "max_steps": SPEED_STEPS, "dropout": 0.1}
    ours = run_ours("train_adapter.py", str(write_config(folder, "speed-ours", model, **speed, **OURS)))
    plain = run_baseline(write_config(folder, "speed-baseline", model, **speed, **BASELINE))
    loss = {
        "train_file": str(folder / "short.jsonl"),
        "validation_file": str(folder / "held-out.jsonl"),
        "max_steps": LOSS_STEPS,
        "dropout": 0.0,
        "learning_rate": 3e-4,
    }
    ours_loss = run_ours(
        "train_adapter.py", str(write_config(folder, "loss-ours", model, **loss, **{**OURS, "accumulation": 1}))
    )
    plain_loss = run_baseline(write_config(folder, "loss-baseline", model, **loss, **{**BASELINE, "accumulation": 1}))
    untuned, tuned = ours_loss["validation_loss_from"], ours_loss["validation_loss_to"]
    return {
        "ours": round(ours["tokens_per_second"], 2),
        "baseline": round(plain["tokens_per_second"], 2),
        "ratio": round(ours["tokens_per_second"] / plain["tokens_per_second"], 3),
        "unit": "tokens/s",
        "precision": plain["precision"],
        "steps": SPEED_STEPS,
        "tokensEach": ours["tokens"],
        "lossUntuned": round(untuned, 4),
        "lossOurs": round(tuned, 4),
        "lossBaseline": round(plain_loss["validation_loss"], 4),
        "lossDifference": round(abs(tuned / plain_loss["validation_loss"] - 1), 5),
        "lossBelowUntuned": round(1 - tuned / untuned, 4),
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description="Measures training against a plain transformers Trainer.")
    arguments.add_argument("--model", type=Path, help="the starter model with its whole vocabulary")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="molian-bench-") as scratch:
        model = given.model or Path(scratch) / "model"
        run_ours("starter_model.py", "--full-vocabulary", str(model))
        print(json.dumps(measure(model, Path(scratch))))


if __name__ == "__main__":
    main()
