"""The bench's other side: a plain transformers Trainer with the public baseline's settings.

`python baseline_trainer.py CONFIG.json`, the same file that train_adapter.py reads: same pairs, same template, same
order, same adapter. Batches of `batch_size` as they come, padded; gradient checkpointing; the model's own loss on
full logits; bfloat16 where the machine has it, as the baseline asks for, else float32. Prints one JSON object.
"""

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "gpu-worker" / "python"))

import torch
from datasets import Dataset, disable_progress_bars
from peft import LoraConfig, get_peft_model
from torch.utils.data import SequentialSampler
from transformers import Trainer, TrainerCallback, TrainingArguments, set_seed

from answer_loss import answer_loss, frozen_head_of
from chat_template import ChatTemplate
from micro_batch import Batch, on_device
from micro_batch import padded as padded_rows
from model_folder import has_native_bfloat16, load_model, load_tokenizer
from training_config import TrainingConfig, read_training_config
from training_pairs import IGNORED, Example, order_of_examples, read_examples, steps_of


class PlainTrainer(Trainer):
    """Untouched but for the order of the samples, which both sides share."""

    def _get_train_sampler(self, train_dataset: Dataset | None = None) -> SequentialSampler:
        return SequentialSampler(train_dataset if train_dataset is not None else self.train_dataset)


class StepTimes(TrainerCallback):
    """Wall-clock seconds of each optimizer step."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def on_step_begin(self, *_: Any, **__: Any) -> None:
        self.started = time.perf_counter()

    def on_step_end(self, *_: Any, **__: Any) -> None:
        self.seconds.append(time.perf_counter() - self.started)


def padded(rows: list[dict[str, list[int]]]) -> Batch:
    """As the usual collator does it: always with a mask."""
    batch = padded_rows(rows)
    lengths = torch.tensor([len(row["input_ids"]) for row in rows]).unsqueeze(1)
    batch["attention_mask"] = (torch.arange(batch["input_ids"].shape[1]) < lengths).long()
    return batch


def validation_loss(model: torch.nn.Module, examples: list[Example], bfloat16: bool) -> float | None:
    """Mean loss a token, one pair at a time, in the precision of the training, as the other side reports it."""
    if not examples:
        return None
    model.eval()
    head = frozen_head_of(model)
    total, count = 0.0, 0
    device = next(model.parameters()).device
    with torch.no_grad(), torch.autocast(device.type, torch.bfloat16, enabled=bfloat16):
        for example in examples:
            total += float(answer_loss(model, on_device(padded_rows([asdict(example)]), device), head))
            count += sum(label != IGNORED for label in example.labels[1:])
    return total / count


def run(config: TrainingConfig) -> dict[str, Any]:
    if config.threads:
        torch.set_num_threads(config.threads)
    disable_progress_bars()
    bfloat16 = has_native_bfloat16() if config.precision == "auto" else config.precision == "bfloat16"
    tokenizer = load_tokenizer(Path(config.base_model))
    chat = ChatTemplate(tokenizer)
    pairs = read_examples(config.train_file, config, chat).kept
    held_out = read_examples(config.validation_file, config, chat).kept if config.validation_file else []
    steps = steps_of(len(pairs), config)
    order = [pairs[index] for index in order_of_examples(pairs, config, steps)]
    set_seed(config.seed)
    model = load_model(Path(config.base_model), torch.bfloat16 if bfloat16 else torch.float32)
    lora = LoraConfig(
        task_type="CAUSAL_LM",
        r=config.rank,
        lora_alpha=config.alpha,
        lora_dropout=config.dropout,
        target_modules=config.targets,
    )
    model = get_peft_model(model, lora)
    model.enable_input_require_grads()
    arguments = TrainingArguments(
        output_dir=config.run_directory,
        max_steps=steps,
        per_device_train_batch_size=config.batch_size,
        gradient_accumulation_steps=config.accumulation,
        learning_rate=config.learning_rate,
        lr_scheduler_type="constant_with_warmup" if config.schedule == "constant" else config.schedule,
        warmup_steps=round(config.warmup_ratio * steps),
        weight_decay=config.weight_decay,
        gradient_checkpointing=config.gradient_checkpointing,
        seed=config.seed,
        bf16=bfloat16,
        use_cpu=not torch.cuda.is_available(),
        dataloader_pin_memory=False,
        logging_steps=10,
        save_strategy="no",
        report_to="none",
        disable_tqdm=True,
    )
    times = StepTimes()
    trainer = PlainTrainer(
        model=model,
        args=arguments,
        train_dataset=Dataset.from_list([asdict(example) for example in order]),
        data_collator=padded,
        callbacks=[times],
    )
    trainer.train()
    tokens = sum(len(example.input_ids) for example in order)
    return {
        "tokens": tokens,
        "tokens_per_second": tokens / sum(times.seconds),
        "steps": len(times.seconds),
        "validation_loss": validation_loss(model.get_base_model(), held_out, bfloat16),
        "precision": "bfloat16" if bfloat16 else "float32",
        "device_bytes": torch.cuda.max_memory_allocated() if torch.cuda.is_available() else 0,
    }


if __name__ == "__main__":
    print(json.dumps(run(read_training_config(Path(sys.argv[1])))))
