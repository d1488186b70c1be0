"""Random states of all ranks in one checkpoint, for a run that goes on with as many of them, or with others."""

import random
from pathlib import Path
from typing import Any

import numpy
import torch
from transformers.trainer_pt_utils import safe_globals

from ranks import Ranks

FILE = "random_states.pth"


def random_state() -> dict[str, Any]:
    """Of this process, everything that training draws from."""
    state = {"python": random.getstate(), "numpy": numpy.random.get_state(), "cpu": torch.random.get_rng_state()}
    if torch.cuda.is_available():
        state["cuda"] = torch.cuda.get_rng_state()
    return state


def save_random_state(folder: Path, states: list[dict[str, Any]]) -> None:
    """`states`: of every rank, in their order."""
    torch.save(states, folder / FILE)


def load_random_state(folder: Path, ranks: Ranks, seed: int) -> None:
    """Each rank goes on where it was; one that was not there draws from a beginning of its own."""
    with safe_globals():
        states = torch.load(folder / FILE, weights_only=True)
    if ranks.index >= len(states):
        seed_rank(ranks, seed)
        return
    state = states[ranks.index]
    random.setstate(state["python"])
    numpy.random.set_state(state["numpy"])
    torch.random.set_rng_state(state["cpu"])
    if "cuda" in state and torch.cuda.is_available():
        torch.cuda.set_rng_state(state["cuda"])


def seed_rank(ranks: Ranks, seed: int) -> None:
    """What a rank drops out is its own affair: the same everywhere would be less than it looks."""
    torch.manual_seed(seed + 1_000_003 * ranks.index)
