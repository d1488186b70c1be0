"""What a run learns from, in hashes: a run that goes on with anything else would be neither the old run nor a new one."""

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from model_folder import weights_sha256
from ranks import Ranks
from training_config import TrainingConfig
from training_pairs import Example


class InputChanged(Exception):
    """The base's weights (`what` is base) or the pairs as tokens (pairs) are not those that the run began with."""

    def __init__(self, what: str) -> None:
        super().__init__(f"the {what} is not what this run began with")
        self.what = what


@dataclass(frozen=True)
class Inputs:
    """Two hashes; every checkpoint remembers them."""

    base: str
    """weights_sha256 of the base model's folder."""
    pairs: str
    """Of all pairs as token ids, so that another tokenizer or chat template shows as well as another file."""


def hash_inputs(config: TrainingConfig, ranks: Ranks, *examples: list[Example]) -> Inputs:
    """Raises InputChanged where the base is not the one that the run was ordered with, or machines have different ones."""
    # Once a machine: the base may be large.
    base = weights_sha256(Path(config.base_model)) if ranks.local_index == 0 else config.base_weights_sha256
    digest = hashlib.sha256()
    for part in examples:
        digest.update(f"{len(part)}\n".encode())
        for example in part:
            digest.update(f"{example.input_ids} {example.labels}\n".encode())
    found = ranks.gathered(Inputs(base, digest.hexdigest()))
    bases = {one.base for one in found} | {config.base_weights_sha256}
    if len(bases - {""}) > 1:
        raise InputChanged("base")
    if len({one.pairs for one in found}) > 1:
        raise InputChanged("pairs")
    return found[0]


def refuse_changed(manifest: dict[str, Any], now: Inputs) -> None:
    """Raises InputChanged where a checkpoint remembers other inputs."""
    for what, sha256 in asdict(now).items():
        if manifest.get("inputs", {}).get(what, sha256) != sha256:
            raise InputChanged(what)
