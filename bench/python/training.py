"""The training bench: this project's trainer against a plain transformers Trainer with the public baseline's settings.

`python training.py --settings JSON [--model DIR] [--steps N] [--loss-steps N]` prints one JSON object; the settings are
what the worker gives a run. Speed first: non-pad tokens a second over optimizer steps of 16 pairs of mixed length,
dropout 0.1, both sides in a process of their own with the same data, seed, order and allocator settings; start-up and
the model's loading are left out. Beside it the most memory each process had, and what share of the device's own rate of
multiplying matrices of this model's shapes the training reaches. Then quality: held-out loss after steps of four short
pairs, dropout 0. The model is the starter model with its whole vocabulary, made first when none is given.
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
from dataclasses import asdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "gpu-worker" / "python"
sys.path.insert(0, str(SCRIPTS))

import torch

from chat_template import ChatTemplate
from matmul_rate import operations, peak, rate
from micro_batch import end_to_end
from model_folder import load_model, load_tokenizer
from shares import share_of
from training_config import read_training_config
from training_pairs import order_of_examples, read_examples, steps_of

SAMPLES = ROOT / "public" / "samples" / "train.json"
SPEED_STEPS, LOSS_STEPS = 6, 30
SEED = 20
CUDA = torch.cuda.is_available()
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


def write_data(folder: Path, steps: int = SPEED_STEPS, loss_steps: int = LOSS_STEPS) -> None:
    stories = [json.loads(line)["text"] for line in SAMPLES.read_text("utf-8").splitlines() if line.strip()]
    held_out, *learned = sorted((sentences_of(story) for story in stories), key=len)
    learned_sentences = [sentence for story in learned for sentence in story]
    files = {
        "speed": draw_pairs(learned_sentences, steps * 16, 30, 200, SEED),
        "short": draw_pairs(learned_sentences, loss_steps * 4, 30, 60, SEED + 1),
        "held-out": draw_pairs(held_out, 12, 60, 120, SEED + 2),
    }
    for name, pairs in files.items():
        lines = (json.dumps(pair, ensure_ascii=False) + "\n" for pair in pairs)
        (folder / f"{name}.jsonl").write_text("".join(lines), "utf-8")


def write_config(folder: Path, name: str, settings: dict[str, Any], **changes: Any) -> Path:
    """A training config; what both sides share is said here once."""
    config = {
        **settings,
        "run_directory": str(folder / name),
        "system": "你是一位小说家，请按提要写一段小说。",
        "rank": 8,
        "alpha": 32,
        "method": "lora",
        "neftune_alpha": 0,
        "learning_rate": 1e-4,
        "schedule": "cosine",
        "warmup_ratio": 0,
        "warmup_steps": 0,
        "weight_decay": 0,
        "epochs": 1,
        "seed": SEED,
        "max_length": 2048,
        "packing": False,
        "precision": "auto",
        # Never in so short a run; the checkpoint after the last step is not in the measured time.
        "evaluation_steps": 1_000_000,
        "checkpoint_steps": 1_000_000,
        "keep_checkpoints": 2,
        **changes,
    }
    path = folder / f"{name}.json"
    path.write_text(json.dumps(config, ensure_ascii=False), "utf-8")
    return path


def run_ours(script: str, *arguments: str) -> dict[str, Any]:
    """The result of one of the project's scripts, read from its events, and the most bytes it had."""
    reader, writer = os.pipe()
    command = [sys.executable, str(SCRIPTS / script), *arguments]
    environment = {**os.environ, "MOLIAN_EVENTS_FD": str(writer)}
    child = subprocess.Popen(command, env=environment, pass_fds=[writer], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writer)
    last: dict[str, Any] = {}
    device_bytes = 0.0
    with open(reader, encoding="utf-8") as lines:
        for line in lines:
            last = json.loads(line)
            device_bytes = max(device_bytes, last.get("values", {}).get("memory_bytes", 0))
    code, resident = waited(child)
    if code != 0 or last.get("event") != "done":
        sys.exit(f"{script} ended with {code}: {last.get('text', last)}")
    return {**last["result"], "bytes": device_bytes if CUDA else resident}


def run_baseline(config: Path) -> dict[str, Any]:
    """What baseline_trainer.py prints, and the most bytes it had."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors:
        child = subprocess.Popen([sys.executable, str(Path(__file__).with_name("baseline_trainer.py")), str(config)], stdout=out, stderr=errors)
        code, resident = waited(child)
        out.seek(0)
        errors.seek(0)
        if code != 0:
            sys.exit(f"baseline_trainer.py ended with {code}: {errors.read()[-2000:]}")
        result = json.loads(out.read().splitlines()[-1])
    return {**result, "bytes": result["device_bytes"] or resident}


def waited(child: subprocess.Popen[Any]) -> tuple[int, int]:
    """Exit code, and the most resident bytes as the kernel counted them."""
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, usage.ru_maxrss * 1024


def reached(config: Path, tokens_per_second: float, half: bool) -> dict[str, Any]:
    """The training's operations a second, and their share of what this device does when it only multiplies."""
    read = read_training_config(config)
    if read.threads:
        torch.set_num_threads(read.threads)
    chat = ChatTemplate(load_tokenizer(Path(read.base_model)))
    examples = read_examples(read.train_file, read, chat).kept
    model = load_model(Path(read.base_model), torch.bfloat16)
    tokens = sum(len(example.input_ids) for example in examples)
    each = operations(model, examples, read.rank) / tokens
    doing, at_once = each * tokens_per_second, round(read.batch_size * tokens / len(examples))
    device = "cuda" if CUDA else "cpu"
    figures: dict[str, Any] = {"gigaOperationsPerToken": round(each / 1e9, 3), "gigaOperationsPerSecond": round(doing / 1e9, 1)}
    for name, dtype in (("Float32", torch.float32), ("Bfloat16", torch.bfloat16)):
        if name == "Float32" or half:
            able = rate(model, at_once, dtype, device)
            figures |= {f"matmul{name}": round(able / 1e9, 1), f"shareOf{name}": round(doing / able, 3)}
    listed = peak()
    return {**figures, **({"mfu": round(doing / listed, 3)} if listed else {})}


def token_efficiency(config: Path) -> dict[str, float]:
    """Of the tokens computed, those that are no pads: on our side and on the baseline's."""
    read = read_training_config(config)
    examples = read_examples(read.train_file, read, ChatTemplate(load_tokenizer(Path(read.base_model)))).kept
    order = [examples[index] for index in order_of_examples(examples, read, steps_of(len(examples), read))]
    lengths = [len(example.input_ids) for example in order]
    passes = share_of(lengths, read, 0, 1).batches
    ours = sum(end_to_end([asdict(order[at]) for at in rows])["input_ids"].numel() for rows in passes)
    plain = sum(max(lengths[at] for at in rows) * len(rows) for rows in passes)
    return {"tokenEfficiency": round(sum(lengths) / ours, 4), "tokenEfficiencyBaseline": round(sum(lengths) / plain, 4)}


def measure(model: Path, folder: Path, settings: dict[str, Any], steps: int, loss_steps: int) -> dict[str, Any]:
    """Both halves of the bench; see the head of this file."""
    write_data(folder, steps, loss_steps)
    settings = {**settings, "base_model": str(model)}
    speed = {"train_file": str(folder / "speed.jsonl"), "max_steps": steps, "dropout": 0.1}
    config = write_config(folder, "speed-ours", settings, **speed, **OURS)
    ours = run_ours("train_adapter.py", str(config))
    plain = run_baseline(write_config(folder, "speed-baseline", settings, **speed, **BASELINE))
    half = plain["precision"] == "bfloat16"
    figures = {
        "ours": round(ours["tokens_per_second"], 2),
        "baseline": round(plain["tokens_per_second"], 2),
        "ratio": round(ours["tokens_per_second"] / plain["tokens_per_second"], 3),
        "unit": "tokens/s",
        "precision": plain["precision"],
        "steps": steps,
        "tokensEach": ours["tokens"],
        "gigabytesOurs": round(ours["bytes"] / 1e9, 2),
        "gigabytesBaseline": round(plain["bytes"] / 1e9, 2),
        "memoryShare": round(ours["bytes"] / plain["bytes"], 3),
        **token_efficiency(config),
        **reached(config, ours["tokens_per_second"], half),
    }
    return {**figures, **(compare_losses(folder, settings, loss_steps) if loss_steps else {})}


def compare_losses(folder: Path, settings: dict[str, Any], steps: int) -> dict[str, Any]:
    loss = {
        "train_file": str(folder / "short.jsonl"),
        "validation_file": str(folder / "held-out.jsonl"),
        "max_steps": steps,
        "dropout": 0.0,
        "learning_rate": 3e-4,
        "accumulation": 1,
    }
    ours = run_ours("train_adapter.py", str(write_config(folder, "loss-ours", settings, **{**OURS, **loss})))
    plain = run_baseline(write_config(folder, "loss-baseline", settings, **{**BASELINE, **loss}))
    untuned, tuned = ours["validation_loss_from"], ours["validation_loss_to"]
    return {
        "lossUntuned": round(untuned, 4),
        "lossOurs": round(tuned, 4),
        "lossBaseline": round(plain["validation_loss"], 4),
        "lossDifference": round(abs(tuned / plain["validation_loss"] - 1), 5),
        "lossBelowUntuned": round(1 - tuned / untuned, 4),
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description="Measures training against a plain transformers Trainer.")
    arguments.add_argument("--model", type=Path, help="the starter model with its whole vocabulary")
    arguments.add_argument("--settings", type=json.loads, required=True, help="a run's settings, in the trainer's spelling")
    arguments.add_argument("--steps", type=int, default=SPEED_STEPS)
    arguments.add_argument("--loss-steps", type=int, default=LOSS_STEPS, help="0: the losses are not compared")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="molian-bench-") as scratch:
        model = given.model or Path(scratch) / "model"
        if not (model / "config.json").exists():
            run_ours("starter_model.py", "--full-vocabulary", str(model))
        print(json.dumps(measure(model, Path(scratch), given.settings, given.steps, given.loss_steps)))


if __name__ == "__main__":
    main()
