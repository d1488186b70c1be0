"""What a training run is asked to do: one JSON file, read strictly, frozen."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from chat_template import PREMISE_PLACE
from strict_fields import FieldProblem, ranged, read_strict

# What may change between a run and its continuation without making it another run.
_NOT_PART_OF_THE_RUN = ("run_directory", "checkpoint_steps", "keep_checkpoints", "threads", "resume")


@dataclass(frozen=True)
class TrainingConfig:
    run_directory: str = ranged(filled=True)
    """Gets checkpoints/ and adapter/; a file `stop-and-keep` in it ends the run early with what it has learned."""
    base_model: str = ranged(filled=True)
    train_file: str = ranged(filled=True)
    """JSON Lines of {"premise", "passage"}; validation_file likewise, or empty for none."""
    validation_file: str = ranged("")
    system: str = ranged("")
    user_template: str = ranged(PREMISE_PLACE)

    rank: int = ranged(8, minimum=1, maximum=512)
    alpha: float = ranged(32.0, above=0, maximum=4096)
    dropout: float = ranged(0.0, minimum=0, maximum=0.9)
    targets: list[str] = ranged(
        ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"], filled=True
    )

    learning_rate: float = ranged(1e-4, above=0, maximum=1)
    schedule: Literal["cosine", "linear", "constant"] = "cosine"
    warmup_ratio: float = ranged(0.0, minimum=0, maximum=1)
    weight_decay: float = ranged(0.0, minimum=0, maximum=1)
    batch_size: int = ranged(1, minimum=1, maximum=1024)
    accumulation: int = ranged(4, minimum=1, maximum=4096)
    epochs: float = ranged(1.0, above=0, maximum=1000)
    max_steps: int = ranged(0, minimum=0, maximum=10_000_000)
    """0: as many as the epochs make."""
    max_length: int = ranged(1024, minimum=8, maximum=131_072)
    """In tokens, prompt and answer together."""
    gradient_checkpointing: bool = False
    precision: Literal["auto", "float32", "bfloat16"] = "auto"
    """auto: bfloat16 where the device multiplies it in hardware (there 1.4 to 1.8 times faster)."""

    evaluation_steps: int = ranged(0, minimum=0)
    """0: only at the start and the end."""
    checkpoint_steps: int = ranged(50, minimum=0)
    """0: none but on being asked to stop."""
    keep_checkpoints: int = ranged(2, minimum=1, maximum=1000)
    seed: int = ranged(42, minimum=0, maximum=2**32 - 1)
    threads: int = ranged(0, minimum=0, maximum=1024)
    """0: as many as torch takes by itself."""
    resume: bool = True

    @property
    def global_batch(self) -> int:
        """Pairs an optimizer step."""
        return self.batch_size * self.accumulation

    def fingerprint(self) -> str:
        """Equal for a run and its continuation, different for any other run."""
        settings = {name: value for name, value in asdict(self).items() if name not in _NOT_PART_OF_THE_RUN}
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
    try:
        return json.loads(path.read_text("utf-8"))
    except OSError as reason:
        raise FieldProblem("", f"{path} cannot be read ({reason.strerror})") from reason
    except ValueError as reason:
        raise FieldProblem("", f"{path} is not JSON ({reason})") from reason
