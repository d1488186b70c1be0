"""From files of pairs to the sequence of examples that a run goes through."""

import json
import math
import random
from dataclasses import dataclass
from pathlib import Path

from chat_template import ChatTemplate, Rendered, messages_of
from training_config import TrainingConfig

IGNORED = -100


class BadPairs(Exception):
    """A line of a file of pairs is wrong: `file`, `line` (from 1; 0 for the file as a whole) and the reason."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}, line {line}: {reason}" if line else f"{file}: {reason}")
        self.file, self.line, self.reason = file, line, reason


@dataclass(frozen=True)
class Example:
    """`labels[i]` is `input_ids[i]` where it is learned and IGNORED elsewhere."""

    input_ids: list[int]
    labels: list[int]


@dataclass(frozen=True)
class Examples:
    """The pairs of one file as tokens, and how many did not fit into max_length."""

    kept: list[Example]
    truncated: int
    """Passages that lost their end, and with it the end token, to max_length."""
    dropped: int
    """Pairs whose prompt alone leaves no room for an answer."""


def read_examples(file: str, config: TrainingConfig, chat: ChatTemplate) -> Examples:
    """All pairs of a JSON Lines file as tokens; raises BadPairs."""
    kept, truncated, dropped = [], 0, 0
    with Path(file).open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            premise, passage = _read_pair(file, number, line)
            rendered = chat.pair(messages_of(config.system, premise, config.user_template), passage)
            truncated += len(rendered.ids) > config.max_length
            example = _cut(rendered, config.max_length)
            if example is None:
                dropped += 1
            else:
                kept.append(example)
    if not kept:
        raise BadPairs(file, 0, f"no pair fits into {config.max_length} tokens" if dropped else "it holds no pairs")
    return Examples(kept, truncated - dropped, dropped)


def order_of_examples(examples: list[Example], config: TrainingConfig, steps: int) -> list[int]:
    """Which example comes when, for a whole run of so many steps: every epoch shuffled anew by the seed.

    Inside one optimizer step the order is by length, so that a micro-batch holds pairs of about one length. That
    changes nothing but the padding: the step's loss is the mean over all its tokens in any order.
    """
    wanted = steps * config.global_batch
    if not config.max_steps:
        wanted = min(wanted, _pairs_seen(len(examples), config))
    shuffled: list[int] = []
    epoch = 0
    while len(shuffled) < wanted:
        order = list(range(len(examples)))
        random.Random(f"{config.seed}/{epoch}").shuffle(order)
        shuffled += order
        epoch += 1
    ordered = []
    for start in range(0, wanted, config.global_batch):
        step = shuffled[start : min(start + config.global_batch, wanted)]
        ordered += sorted(step, key=lambda index: -len(examples[index].input_ids)) if config.batch_size > 1 else step
    return ordered


def steps_of(count: int, config: TrainingConfig) -> int:
    """Optimizer steps of a run over `count` pairs; the last one may be smaller than the others."""
    return config.max_steps or -(-_pairs_seen(count, config) // config.global_batch)


def _pairs_seen(count: int, config: TrainingConfig) -> int:
    """Half a pair is a whole one, as lib/forecast/steps.ts has it: round would go to the even number. One is the least."""
    return max(1, math.floor(count * config.epochs + 0.5))


def _read_pair(file: str, number: int, line: str) -> tuple[str, str]:
    try:
        pair = json.loads(line)
    except ValueError as reason:
        raise BadPairs(file, number, f"not JSON ({reason})") from reason
    if not isinstance(pair, dict):
        raise BadPairs(file, number, "not an object")
    for name in ("premise", "passage"):
        if not isinstance(pair.get(name), str) or not pair[name]:
            raise BadPairs(file, number, f"{name} must be a text")
    return pair["premise"], pair["passage"]


def _cut(rendered: Rendered, max_length: int) -> Example | None:
    ids, answer = rendered.ids[:max_length], rendered.answer[:max_length]
    if not any(answer):
        return None
    return Example(ids, [token if learned else IGNORED for token, learned in zip(ids, answer, strict=True)])
