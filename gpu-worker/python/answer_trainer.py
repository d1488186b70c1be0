"""TRL's trainer with this project's loss, metrics and checkpoints; the loop, optimizer and schedule are TRL's own."""

import math
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psutil
import torch
from accelerate import DistributedDataParallelKwargs
from torch import Tensor
from torch.utils.data import DataLoader
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments
from trl import SFTTrainer

import events
from answer_loss import AnswerLoss, answer_loss
from checkpoints import CHECKPOINT, Record, checkpoint_name, complete_checkpoints, remembered, tell_of_checkpoint
from complete_folder import new_folder
from continued_schedule import continued_share
from frozen_head_loss import FrozenHead
from micro_batch import Batch, on_device, tokens_of
from random_state import load_random_state, random_state, save_random_state
from ranks import Ranks
from run_inputs import Inputs
from shares import Share
from stop_requests import StopRequests
from training_config import TrainingConfig
from training_pairs import IGNORED, Example
from written_samples import SampleWriter

# Seconds of validation after which it is worth a word.
_LONG = 2.0


class LossIsNotANumber(Exception):
    """The loss or the gradient's norm became infinite or no number at `step` (from 1), before the weights took it."""

    def __init__(self, step: int) -> None:
        super().__init__(f"the loss is not a number at step {step}")
        self.step = step


class NothingMore(Exception):
    """The checkpoint that a run went on from turned out to be its end: validation had been no better for too long."""


class AnswerTrainer(SFTTrainer):
    """Made by training_run.py; what it takes beyond SFTTrainer's own arguments:

    `config`: the run's settings; `head`: the frozen head whose loss is computed without whole logits, or None;
    `precision`: what matrix products are done in; `validation`: the pairs held out; `stops`: asked after every
    step; `samples`: writes to the run's premises; `examples_per_epoch`: pairs of the dataset, of which `train_dataset` has as many as the run goes through;
    `ranks` and `share`: who else computes this run, and what of `train_dataset` is this process's;
    `inputs`: hashes of what it learns from; `data_collator`: one of micro_batch.py.
    `record` is what the result of the run is made of; a run that goes on gets its checkpoint's.
    """

    def __init__(
        self,
        *,
        config: TrainingConfig,
        head: FrozenHead | None,
        precision: torch.dtype,
        validation: list[Example],
        stops: StopRequests,
        samples: SampleWriter,
        examples_per_epoch: int,
        ranks: Ranks,
        share: Share,
        inputs: Inputs,
        **arguments: Any,
    ) -> None:
        self.config, self.head, self.precision, self.stops = config, head, precision, stops
        self.samples = samples
        self.validation = sorted(validation, key=lambda example: len(example.input_ids))
        self.examples_per_epoch, self.ranks, self.share, self.inputs = examples_per_epoch, ranks, share, inputs
        self.record = Record()
        self.norm, self.step_loss, self.step_tokens, self.started = 0.0, 0.0, 0, 0.0
        super().__init__(**arguments, callbacks=[_Watch(self)])

    def get_train_dataloader(self) -> DataLoader[dict[str, Tensor]]:
        """This rank's micro-batches in the order of the run, see order_of_examples; Accelerate is not to deal them out again."""
        return DataLoader(
            self.train_dataset,
            batch_sampler=self.share.batches,
            collate_fn=self.data_collator,
            pin_memory=self.args.dataloader_pin_memory,
        )

    def _wrap_model(self, model: torch.nn.Module, training: bool = True, dataloader: Any = None) -> torch.nn.Module:
        """Gradients are summed over the ranks behind a forward that is the loss itself, so that no rank makes whole logits."""
        # A tower that text never passes through may have adapters, which then get no gradient.
        self.accelerator.ddp_handler = DistributedDataParallelKwargs(find_unused_parameters=True)
        return self.accelerator.prepare_model(AnswerLoss(self.model, self.head))

    def compute_loss(
        self,
        model: torch.nn.Module,
        inputs: dict[str, Tensor],
        return_outputs: bool = False,
        num_items_in_batch: Tensor | int | None = None,
    ) -> Tensor:
        """Mean over the answer tokens of the whole optimizer step, this micro-batch's part of it."""
        if num_items_in_batch is None or return_outputs:
            raise RuntimeError("The trainer asked for a loss that is not a training step's")
        self.step_tokens += tokens_of(inputs)
        with self._autocast():
            loss = model(inputs) / num_items_in_batch
        # Not yet a number: asking a GPU for it would wait until this pass is computed.
        self.step_loss = self.step_loss + loss.detach()
        # What comes of the ranks' gradients is their mean, and their sum is wanted.
        return loss * self.ranks.count

    def _clip_grad_norm(self, model: torch.nn.Module) -> Tensor:
        norm = super()._clip_grad_norm(model)
        self.norm = float(norm)
        return norm

    def log(self, logs: dict[str, float], start_time: float | None = None) -> None:
        """One metric event a step. Nothing goes into the trainer's own history, which every checkpoint would carry."""
        if "loss" not in logs:
            return
        step, seconds = self.state.global_step, time.perf_counter() - self.started
        self.record.first_loss = self.step_loss if self.record.first_loss is None else self.record.first_loss
        self.record.last_loss = self.step_loss
        self.record.tokens += self.step_tokens
        self.record.seconds += seconds
        values = {
            "loss": self.step_loss,
            "learning_rate": logs["learning_rate"],
            "grad_norm": self.norm,
            "tokens_per_second": self.step_tokens / seconds,
            "step_seconds": seconds,
            "memory_bytes": _memory_bytes(),
        }
        events.metric(step, self._epoch(), values)
        events.progress(step, self.state.max_steps, "training")

    def evaluate(self, *_: Any, **__: Any) -> dict[str, float]:
        """Mean loss over all answer tokens of the validation pairs, empty when there are none; and samples beside it."""
        # The trainer asks again at the end of an epoch, unless it is told that it was answered.
        self.control.should_evaluate = False
        losses = self._validate()
        self.write_samples()
        return losses

    def write_samples(self) -> None:
        """What the model writes at this step to the run's premises; once a step."""
        step = self.state.global_step
        if self.record.sampled_step == step:
            return
        if self.ranks.is_first:
            self.samples.write(self.model.get_base_model(), step, self._autocast())
        self.stops.check()
        self.record.sampled_step = step

    def _validate(self) -> dict[str, float]:
        if not self.validation:
            return {}
        self.model.eval()
        total, count, told = 0.0, 0, time.perf_counter()
        with torch.no_grad(), self._autocast():
            for batch in self._validation_batches():
                self.stops.check()
                if time.perf_counter() > told + _LONG:
                    told = time.perf_counter()
                    events.progress(self.state.global_step, self.args.max_steps, "validating")
                total += float(answer_loss(self.model.get_base_model(), batch, self.head))
                count += int((batch["labels"][:, 1:] != IGNORED).sum())
        self.model.train()
        total, count = self.ranks.sums([total, count])
        events.metric(self.state.global_step, self._epoch(), {"validation_loss": total / count})
        self._judge(total / count)
        return {"eval_loss": total / count}

    @property
    def out_of_patience(self) -> bool:
        return 0 < self.config.patience <= self.record.without_gain

    def _judge(self, loss: float) -> None:
        """Remembers a validation: a new lowest loss is worth a checkpoint, too many without one end the run."""
        record, step = self.record, self.state.global_step
        record.validation_loss, record.validation_step = loss, step
        if step == 0:
            record.validation_loss_from = loss
            return
        if record.best_loss is None or loss < record.best_loss:
            record.best_loss, record.best_step, record.without_gain = loss, step, 0
            self.control.should_save = True
            return
        record.without_gain += 1
        if self.out_of_patience:
            events.log(
                "info",
                f"{record.without_gain} validations in a row were no better than step {record.best_step}",
                f"连续 {record.without_gain} 次验证都不比第 {record.best_step} 步好",
            )
            self.control.should_save = self.control.should_training_stop = True

    def create_scheduler(self, num_training_steps: int, optimizer: torch.optim.Optimizer | None = None) -> Any:
        schedule = super().create_scheduler(num_training_steps, optimizer)
        share = continued_share(self.config, num_training_steps)
        if share is not None:
            schedule.lr_lambdas = [share for _ in schedule.lr_lambdas]
        return schedule

    def _load_optimizer_and_scheduler(self, checkpoint: str | None) -> None:
        super()._load_optimizer_and_scheduler(checkpoint)
        if checkpoint is None:
            return
        # The rate that was saved is the other run's, whose schedule may have had its end here.
        schedule = getattr(self.lr_scheduler, "scheduler", self.lr_scheduler)
        rates = [base * share(schedule.last_epoch) for base, share in zip(schedule.base_lrs, schedule.lr_lambdas, strict=True)]
        for group, rate in zip(self.optimizer.param_groups, rates, strict=True):
            group["lr"] = rate
        schedule.load_state_dict({**schedule.state_dict(), "_last_lr": rates})

    def _save_checkpoint(self, model: torch.nn.Module, trial: Any) -> None:
        self.save_complete_checkpoint()

    def save_complete_checkpoint(self) -> None:
        """Everything the run needs to go on from here: adapter, optimizer, schedule, random state, record."""
        states = self.ranks.gathered(random_state())
        if not self.ranks.is_first:
            return
        step = self.state.global_step
        final = Path(self.args.output_dir) / checkpoint_name(step)
        with new_folder(final, CHECKPOINT, remembered(step, self.config, self.inputs, self.record)) as partial:
            self.model.save_pretrained(partial, save_embedding_layers=False)
            (partial / "README.md").unlink(missing_ok=True)
            self._save_optimizer_and_scheduler(str(partial))
            save_random_state(partial, states)
            self.state.save_to_json(str(partial / "trainer_state.json"))
        tell_of_checkpoint(step, final)
        for old in complete_checkpoints(final.parent)[self.config.keep_checkpoints :]:
            if old.name != checkpoint_name(self.record.best_step):
                shutil.rmtree(old)

    def _load_rng_state(self, checkpoint: str | None) -> None:
        if checkpoint is not None:
            load_random_state(Path(checkpoint), self.ranks, self.config.seed + self.state.global_step)

    def _validation_batches(self) -> Iterator[Batch]:
        """This rank's share of them; every rank has equally many, the last of which may be empty."""
        size = self.config.batch_size
        for start in range(self.ranks.index * size, self._validation_rounds() * self.ranks.count * size, self.ranks.count * size):
            batch = self.data_collator([asdict(example) for example in self.validation[start : start + size]])
            yield on_device(batch, self.args.device)

    def _validation_rounds(self) -> int:
        return -(-len(self.validation) // (self.config.batch_size * self.ranks.count))

    def _autocast(self) -> AbstractContextManager[Any]:
        half = self.precision != torch.float32
        return torch.autocast(self.args.device.type, self.precision) if half else nullcontext()

    def _epoch(self) -> float:
        seen = min(self.state.global_step * self.config.global_batch, len(self.train_dataset))
        return seen / self.examples_per_epoch


class _Watch(TrainerCallback):
    """Decides after each step what is due, and lets nothing that is not a number into the weights."""

    def __init__(self, trainer: AnswerTrainer) -> None:
        self.trainer = trainer

    def on_train_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any
    ) -> TrainerControl:
        trainer, step = self.trainer, state.global_step
        # Asked to end between a step and its validation or its samples, and started again.
        if step > 0 and self._is_due(state):
            if trainer.record.validation_step != step:
                trainer.evaluate()
            trainer.write_samples()
        if trainer.out_of_patience:
            # The loop would make one more step before it looks.
            raise NothingMore
        return control

    def on_step_begin(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any
    ) -> TrainerControl:
        self.trainer.step_loss, self.trainer.step_tokens = 0.0, 0
        self.trainer.started = time.perf_counter()
        return control

    def on_pre_optimizer_step(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any
    ) -> TrainerControl:
        trainer = self.trainer
        trainer.step_loss, trainer.step_tokens = trainer.ranks.sums([float(trainer.step_loss), trainer.step_tokens])
        # Under float16 a gradient may overflow: the scaler then leaves the step out and scales less.
        overflown = not math.isfinite(self.trainer.norm) and self.trainer.precision != torch.float16
        if not math.isfinite(self.trainer.step_loss) or overflown:
            raise LossIsNotANumber(state.global_step + 1)
        return control

    def on_step_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any
    ) -> TrainerControl:
        config, asked, step = self.trainer.config, self.trainer.stops.asked(), state.global_step
        last = step >= state.max_steps
        control.should_log = True
        control.should_evaluate = (self._is_due(state) or asked.keep) and not asked.terminate
        control.should_save = step % config.checkpoint_steps == 0 or last or asked.terminate
        control.should_training_stop = control.should_training_stop or last or asked.terminate or asked.keep
        return control

    def _is_due(self, state: TrainerState) -> bool:
        """Whether this step has a validation."""
        return state.global_step % self.trainer.config.evaluation_steps == 0 or state.global_step >= state.max_steps


def _memory_bytes() -> int:
    """Most memory the device gave so far, or what this process has resident."""
    if torch.cuda.is_available():
        return torch.cuda.max_memory_allocated()
    return psutil.Process(os.getpid()).memory_info().rss
