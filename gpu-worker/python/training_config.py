"""What a training run is asked to do: one JSON file, read strictly, frozen."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from chat_template import PREMISE_PLACE
from strict_fields import FieldProblem, ranged, read_strict

# What may change between a run and its continuation without making it another run.
_NOT_PART_OF_THE_RUN = (
    "run_directory",
    "checkpoint_steps",
    "keep_checkpoints",
    "threads",
    "processes",
    "machines",
    "main_address",
    "main_port",
    "base_weights_sha256",
    "resume",
    # How a step is computed, not what it computes: of these two only their product, the global batch, is.
    "batch_size",
    "accumulation",
    "gradient_checkpointing",
    # What is written along the way teaches the model nothing.
    "sample_premises",
    "sample_tokens",
    "sample_temperature",
    "sample_seconds",
)
# What a run may besides do otherwise than the one whose checkpoint it begins from.
_CONTINUED = ("continued_rate", "continued_step", "continued_from")
_MAY_BE_EXTENDED = ("start_checkpoint", "epochs", "max_steps", "evaluation_steps", "patience", "adapter_from", *_CONTINUED)


Schedule = Literal[
    "cosine", "linear", "constant", "cosine_with_min_lr", "polynomial", "inverse_sqrt", "warmup_stable_decay"
]
Projection = Literal["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


@dataclass(frozen=True)
class TrainingConfig:
    """Lengths in tokens, everything called steps in optimizer steps.

    The settings from `method` to `seed` are those of lib/settings/training.ts, with the same ranges, two of them as the
    worker has decided: whether activations are computed again, and which premises samples are written to.
    tests/contract/training-settings.json feeds the same values to both.
    """

    run_directory: str = ranged(filled=True)
    """Gets checkpoints/ and adapter/; a file `stop-and-keep` in it ends the run early with what it has learned."""
    base_model: str = ranged(filled=True)
    start_checkpoint: str
    """A checkpoint folder of another run, from whose step this one goes on; empty: from the beginning."""
    train_file: str = ranged(filled=True)
    """JSON Lines of {"premise", "passage"}; validation_file likewise, or empty for none."""
    validation_file: str
    system: str
    user_template: str

    method: Literal["lora", "rslora", "dora", "qlora"]
    """rslora scales by alpha / sqrt(rank) (arXiv:2312.03732); dora learns each column's length apart (arXiv:2402.09353);
    qlora keeps the base in 4 bits (arXiv:2305.14314)."""
    rank: int = ranged(minimum=1, maximum=512)
    alpha: float = ranged(above=0, maximum=4096)
    dropout: float = ranged(minimum=0, below=1)
    targets: list[Projection] = ranged(filled=True)
    neftune_alpha: float = ranged(minimum=0, maximum=100)
    """Strength of the noise on embeddings while training (arXiv:2310.05914); 0: none."""

    learning_rate: float = ranged(above=0, maximum=1)
    schedule: Schedule
    warmup_ratio: float = ranged(minimum=0, maximum=0.5)
    warmup_steps: int = ranged(minimum=0, maximum=1_000_000)
    """0: as many as the ratio makes."""
    weight_decay: float = ranged(minimum=0, maximum=1)
    max_grad_norm: float = ranged(above=0, maximum=1000)
    batch_size: int = ranged(minimum=1, maximum=256)
    accumulation: int = ranged(minimum=1, maximum=1024)
    epochs: float = ranged(above=0, maximum=100)
    max_steps: int = ranged(minimum=0, maximum=10_000_000)
    """0: as many as the epochs make."""
    max_length: int = ranged(minimum=64, maximum=131_072)
    """Prompt and answer together."""
    packing: bool
    """Several short pairs share a row of up to max_length tokens, none seeing another."""
    gradient_checkpointing: bool
    precision: Literal["auto", "float32", "bfloat16", "float16"]
    """auto: bfloat16 where the device multiplies it in hardware (there 1.4 to 1.8 times faster)."""

    evaluation_steps: int = ranged(minimum=1, maximum=1_000_000)
    """Between two validations; there is one before the first step and one after the last besides."""
    patience: int = ranged(minimum=0, maximum=1000)
    """Validations in a row without a new lowest loss after which the run ends; 0: it never ends by itself."""
    adapter_from: Literal["best", "last"]
    """best: the adapter is that of the step with the lowest validation loss; without validation pairs, of the last."""
    checkpoint_steps: int = ranged(minimum=1, maximum=1_000_000)
    """Between two checkpoints; there is one after the last step besides, and one on being asked to stop."""
    keep_checkpoints: int = ranged(minimum=1, maximum=100)
    """The newest so many; the one with the lowest validation loss is kept besides."""
    sample_premises: list[str]
    """What the model writes to before the first step and at every evaluation; empty: it writes nothing."""
    sample_tokens: int = ranged(minimum=16, maximum=2048)
    sample_temperature: float = ranged(minimum=0, maximum=2)
    """0: the likeliest token every time."""
    sample_seconds: int = ranged(minimum=1, maximum=3600)
    """All samples of one evaluation together take no longer."""
    seed: int = ranged(minimum=0, maximum=2**31 - 1)
    threads: int = ranged(minimum=0, maximum=1024)
    """0: as many as torch takes by itself. Of a run of several processes those of a machine share them."""
    processes: int = ranged(default=1, minimum=1, maximum=64)
    """On each machine: one a GPU, or so many on the CPU. They share every step's pairs, so the run is the same."""
    machines: int = ranged(default=1, minimum=1, maximum=64)
    """Each sees the same run_directory, pairs and base model; every one starts this script, see launch_ranks.py."""
    main_address: str = ""
    """Where the other machines reach the first one, and at which port."""
    main_port: int = ranged(default=0, minimum=0, maximum=65_535)
    """0, on one machine alone: any that is free."""
    base_weights_sha256: str = ranged(default="", pattern="([0-9a-f]{64})?")
    """Of the base that the run was ordered with, see model_folder.py; empty: whatever is there when it begins."""
    continued_rate: Literal["stretched", "held", "anew"] = "stretched"
    """Of a run with a start_checkpoint, see continued_schedule.py; stretched: the schedule drawn over all its steps."""
    continued_step: int = ranged(default=0, minimum=0, maximum=10_000_000)
    continued_from: float = ranged(default=0.0, minimum=0, maximum=1)
    """The learning rate at that step."""
    resume: bool = True
    """False, for a run by hand: begin anew although there are checkpoints."""

    @property
    def global_batch(self) -> int:
        """Pairs an optimizer step."""
        return self.batch_size * self.accumulation

    def fingerprint(self) -> str:
        """Equal for a run and its continuation, different for any other run."""
        # What says nothing is left out, so that runs from before it could be said stay themselves.
        unsaid = _CONTINUED if self.continued_rate == "stretched" else ()
        return self._hash_without(_NOT_PART_OF_THE_RUN + unsaid)

    def extensible_fingerprint(self) -> str:
        """Equal for a run and one that may begin from its checkpoints: same data, model, adapter, batches and seed."""
        return self._hash_without(_NOT_PART_OF_THE_RUN + _MAY_BE_EXTENDED)

    def _hash_without(self, names: tuple[str, ...]) -> str:
        settings = {name: value for name, value in asdict(self).items() if name not in names}
        settings["global_batch"] = self.global_batch
        return hashlib.sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()


def read_training_config(path: Path) -> TrainingConfig:
    """Raises FieldProblem naming the first field that is wrong, an empty name when the file itself is."""
    config = read_strict(TrainingConfig, read_json_object(path))
    if PREMISE_PLACE not in config.user_template:
        raise FieldProblem("user_template", f"must hold {PREMISE_PLACE}")
    for name in ("train_file", "validation_file"):
        given = getattr(config, name)
        if given and not Path(given).is_file():
            raise FieldProblem(name, f"{given} is not a file")
    if not Path(config.base_model).is_dir():
        raise FieldProblem("base_model", f"{config.base_model} is not a folder")
    return config


def read_json_object(path: Path) -> Any:
    """What a JSON file holds, not yet looked at. Raises FieldProblem where it cannot be read or is not JSON."""
    try:
        return json.loads(path.read_text("utf-8"))
    except OSError as reason:
        raise FieldProblem("", f"{path} cannot be read ({reason.strerror})") from reason
    except ValueError as reason:
        raise FieldProblem("", f"{path} is not JSON ({reason})") from reason
