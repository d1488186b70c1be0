"""One run of training, from the pairs to a trained adapter in memory."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset, disable_progress_bars
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import PreTrainedModel, set_seed
from transformers.utils import is_liger_kernel_available
from trl import SFTConfig

import events
from answer_loss import frozen_head_of
from answer_trainer import AnswerTrainer, NothingMore
from adopted_checkpoint import adopt_checkpoint
from adapted_linear import fuse_adapted_linears
from attention_apart import keep_pairs_apart
from chat_template import ChatTemplate
from checkpoints import CHECKPOINT, Record, checkpoint_name, checkpoint_to_resume
from complete_folder import read_manifest
from base_model import load_base, precision_of
from micro_batch import end_to_end, padded
from model_folder import check_model_folder, load_tokenizer
from random_state import seed_rank
from ranks import Ranks
from run_inputs import Inputs, hash_inputs, refuse_changed
from shares import share_of
from stop_requests import StopRequests, Terminated
from strict_fields import FieldProblem
from training_config import TrainingConfig
from training_pairs import Examples, order_of_examples, read_examples, steps_of
from written_samples import SampleWriter


@dataclass(frozen=True)
class Outcome:
    """A trained adapter, its numbers, and the base it belongs to."""

    result: dict[str, Any]
    base_weights_sha256: str
    save_adapter: Callable[[Path], None]


def run_training(config: TrainingConfig, stops: StopRequests, ranks: Ranks) -> Outcome:
    """Raises what training_faults.py has sentences for, and Terminated once a checkpoint is kept.

    Every rank goes through this alike; the first alone touches the checkpoints.
    """
    if config.threads:
        torch.set_num_threads(max(1, config.threads // config.processes))
    stops.agree_by(ranks.any)
    disable_progress_bars()
    base = Path(config.base_model)
    check_model_folder(base)
    events.progress(0, 0, "reading-pairs")
    tokenizer = load_tokenizer(base)
    chat = ChatTemplate(tokenizer)
    pairs = read_examples(config.train_file, config, chat)
    held_out = read_examples(config.validation_file, config, chat) if config.validation_file else Examples([], 0, 0)
    _tell_of_cuts(config, pairs, held_out)
    steps = steps_of(len(pairs.kept), config)

    events.progress(0, steps, "loading-model")
    set_seed(config.seed)
    inputs = hash_inputs(config, ranks, pairs.kept, held_out.kept)
    precision = precision_of(config)
    model = _with_adapter(load_base(base, config, precision), config)
    head = frozen_head_of(model.get_base_model())
    if head is None:
        events.log(
            "info",
            "The head of this model learns or is of an unknown kind: its logits are computed in full",
            "该模型的输出层参与训练或类型未知：完整计算其 logits",
        )
    apart = keep_pairs_apart(model.get_base_model())
    if not apart:
        events.log(
            "info",
            "This model's pairs cannot lie end to end in a row: they are padded, and not packed",
            "该模型不能把样本首尾相接放在一行：改为填充，不打包",
        )
    fuse_adapted_linears(model)

    checkpoints = Path(config.run_directory) / "checkpoints"
    resumed = ranks.first_does(lambda: _beginning(config, inputs, checkpoints, steps))
    order = order_of_examples(pairs.kept, config, steps)
    lengths = [len(pairs.kept[index].input_ids) for index in order]
    share = share_of(lengths, config, ranks.index, ranks.count, packed=config.packing and apart)
    trainer = AnswerTrainer(
        config=config,
        head=head,
        precision=precision,
        validation=held_out.kept,
        stops=stops,
        samples=SampleWriter(config, tokenizer, stops),
        examples_per_epoch=len(pairs.kept),
        ranks=ranks,
        share=share,
        inputs=inputs,
        data_collator=end_to_end if apart else padded,
        model=model,
        args=_arguments(config, steps, checkpoints, precision, share.passes),
        train_dataset=Dataset.from_list([asdict(pairs.kept[index]) for index in order]),
        processing_class=tokenizer,
    )
    if resumed:
        _restore_record(trainer, resumed, config)
    else:
        seed_rank(ranks, config.seed)
        trainer.evaluate()

    stops.defer()
    try:
        with suppress(NothingMore):
            trainer.train(resume_from_checkpoint=str(resumed) if resumed else None)
        stops.check()
    except Terminated:
        # In the middle of a validation: the step before it is whole and not yet kept.
        newest = checkpoints / checkpoint_name(trainer.state.global_step)
        if trainer.state.global_step and ranks.first_does(lambda: read_manifest(newest, CHECKPOINT) is None):
            trainer.save_complete_checkpoint()
        raise
    best = trainer.record.best_step if config.adapter_from == "best" else None
    kept = checkpoints / checkpoint_name(best)
    if best is None or read_manifest(kept, CHECKPOINT) is None:
        last = trainer.state.global_step
        return Outcome(_result(trainer, pairs, steps, last), inputs.base, lambda folder: save_adapter(model, folder))
    return Outcome(_result(trainer, pairs, steps, best), inputs.base, lambda folder: copy_adapter(kept, folder))


def _beginning(config: TrainingConfig, inputs: Inputs, checkpoints: Path, steps: int) -> Path | None:
    """The checkpoint to go on from, of this run or of the one it continues; None where it begins with nothing."""
    if not config.resume:
        shutil.rmtree(checkpoints, ignore_errors=True)
    resumed = checkpoint_to_resume(checkpoints)
    if resumed is None and config.start_checkpoint:
        resumed = adopt_checkpoint(Path(config.start_checkpoint), checkpoints, config, inputs, steps)
    return resumed


def save_adapter(model: PeftModel, folder: Path) -> None:
    """adapter_model.safetensors and adapter_config.json, without the card that PEFT writes beside them."""
    model.save_pretrained(folder, save_embedding_layers=False)
    (folder / "README.md").unlink(missing_ok=True)


def copy_adapter(checkpoint: Path, folder: Path) -> None:
    """The same two files as a checkpoint has them."""
    for name in ("adapter_model.safetensors", "adapter_config.json"):
        shutil.copyfile(checkpoint / name, folder / name)


def _with_adapter(model: PreTrainedModel, config: TrainingConfig) -> PeftModel:
    lora = LoraConfig(
        task_type="CAUSAL_LM",
        r=config.rank,
        lora_alpha=config.alpha,
        lora_dropout=config.dropout,
        target_modules=config.targets,
        use_rslora=config.method == "rslora",
        use_dora=config.method == "dora",
    )
    try:
        return get_peft_model(model, lora)
    except ValueError as reason:
        raise FieldProblem("targets", f"are not modules of this model ({reason})") from reason


def _schedule(config: TrainingConfig, steps: int) -> dict[str, Any]:
    """The schedule's name and arguments, as transformers takes them; AnswerTrainer.create_scheduler may set a continued run's over it."""
    kind, warmup = config.schedule, config.warmup_steps or round(config.warmup_ratio * steps)
    arguments: dict[str, Any] = {}
    if kind == "cosine_with_min_lr":
        arguments = {"min_lr_rate": 0.1}
    if kind == "polynomial":
        arguments = {"power": 2.0, "lr_end": 0.0}
    if kind == "warmup_stable_decay":
        # A fifth is enough for the decay (arXiv:2405.18392).
        arguments = {"num_decay_steps": max(1, round(0.2 * steps))}
    if kind == "inverse_sqrt" and warmup == 0:
        arguments = {"timescale": max(1, round(0.05 * steps))}
    return {
        "lr_scheduler_type": "constant_with_warmup" if kind == "constant" else kind,
        "lr_scheduler_kwargs": arguments,
        "warmup_steps": warmup,
    }


def _arguments(config: TrainingConfig, steps: int, checkpoints: Path, precision: torch.dtype, passes: int) -> SFTConfig:
    arguments = SFTConfig(
        output_dir=str(checkpoints),
        max_steps=steps,
        per_device_train_batch_size=config.batch_size,
        gradient_accumulation_steps=passes,
        learning_rate=config.learning_rate,
        **_schedule(config, steps),
        weight_decay=config.weight_decay,
        max_grad_norm=config.max_grad_norm,
        neftune_noise_alpha=config.neftune_alpha or None,
        gradient_checkpointing=config.gradient_checkpointing,
        # Norms, rotations and activations in one kernel each, where that package is; the loss is this project's own.
        use_liger_kernel=torch.cuda.is_available() and is_liger_kernel_available(),
        liger_kernel_config={"cross_entropy": False, "fused_linear_cross_entropy": False},
        seed=config.seed,
        # Unset, SFTConfig turns it on by itself; AnswerTrainer casts where it computes a loss, in validation too.
        bf16=False,
        # What is too small for float16 is scaled up first: that much of it is the trainer's.
        fp16=precision == torch.float16,
        max_length=None,
        dataset_kwargs={"skip_prepare_dataset": True},
        dataloader_pin_memory=torch.cuda.is_available(),
        logging_steps=1,
        logging_nan_inf_filter=False,
        # _Watch decides after every step what is due: a checkpoint on being asked to stop, a validation at its own pace.
        save_strategy="no",
        eval_strategy="no",
        report_to="none",
        disable_tqdm=True,
    )
    # A second GPU is no reason to divide batches in this process: each GPU that is to take part has a rank of its own.
    arguments._n_gpu = min(1, arguments.n_gpu)
    return arguments


def _restore_record(trainer: AnswerTrainer, checkpoint: Path, config: TrainingConfig) -> None:
    manifest = read_manifest(checkpoint, CHECKPOINT) or {}
    if manifest.get("fingerprint") != config.fingerprint():
        raise FieldProblem("run_directory", "holds checkpoints of a run with other settings")
    refuse_changed(manifest, trainer.inputs)
    trainer.record = Record(**manifest["record"])
    events.log("info", f"Going on from step {manifest['step']}", f"从第 {manifest['step']} 步继续")


def _tell_of_cuts(config: TrainingConfig, pairs: Examples, held_out: Examples) -> None:
    for name, examples in (("training", pairs), ("validation", held_out)):
        if examples.truncated or examples.dropped:
            events.log(
                "warning",
                f"Of the {name} pairs {examples.truncated} were cut to {config.max_length} tokens and "
                f"{examples.dropped} left out, their prompt alone being longer",
                f"{'训练' if name == 'training' else '验证'}样本中有 {examples.truncated} 条截到 {config.max_length} 词元，"
                f"{examples.dropped} 条因提示本身就更长而未用",
            )


def _result(trainer: AnswerTrainer, pairs: Examples, steps: int, adapter_step: int) -> dict[str, Any]:
    """As lib/stages/training/training.ts reads it; losses in nats a token."""
    record, state = trainer.record, trainer.state
    return {
        "steps": state.global_step,
        "first_loss": record.first_loss,
        "last_loss": record.last_loss,
        "validation_loss_from": record.validation_loss_from,
        "validation_loss_to": record.validation_loss,
        "best_validation_loss": record.best_loss,
        "best_step": record.best_step,
        "adapter_step": adapter_step,
        "tokens": record.tokens,
        "tokens_per_second": round(record.tokens_per_second, 2),
        "truncated": pairs.truncated,
        "dropped": pairs.dropped,
        "stopped_early": state.global_step < steps,
        "out_of_patience": trainer.out_of_patience,
    }
