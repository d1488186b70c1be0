"""Makes the tests' model and teaches it for some seconds: `python taught_model.py OUTPUT_DIR`.

Random weights answer with noise that no check lets pass. Taught on sentences of the sample novels, the same small
model answers a premise prompt with one short sentence and a line end, and a story prompt with a few sentences and its
end token: enough for the whole job to run on real parts.
"""

import argparse
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import torch

from test_model import SAMPLES, make_model, make_tokenizer, sample_texts

STEPS, BATCH, LENGTH = 150, 8, 128


def sentences() -> list[str]:
    """Sentences of 8 to 36 characters, quotation marks left out."""
    texts = [json.loads(line)["text"] for line in (SAMPLES / "train.json").read_text("utf-8").splitlines() if line]
    found = re.findall(r"[^。！？\n“”]{7,35}。", "\n".join(texts))
    return [sentence.strip() for sentence in found]


def examples(tokenizer, draw: random.Random) -> Iterator[list[int]]:
    """Premise prompts and story turns in equal parts, as token ids without end."""
    pool = sentences()
    while True:
        # A line a sentence everywhere, so that so small a model learns that a line ends where a sentence does.
        passage = "\n".join(draw.sample(pool, 2))
        premise = draw.choice(pool)
        yield tokenizer.encode(f"正文：{passage}\n提要：{premise}\n")
        turns = [{"role": "system", "content": "写一段小说。"}, {"role": "user", "content": premise}]
        prompt = tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True)
        story = "\n".join(draw.sample(pool, draw.randint(3, 5)))
        yield tokenizer.encode(prompt + story + tokenizer.eos_token)


def teach(model, tokenizer, seed: int) -> float:
    """Plain language modelling for STEPS steps; returns the last loss in nats a token."""
    stream = examples(tokenizer, random.Random(seed))
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=3e-3, total_steps=STEPS)
    loss = torch.tensor(0.0)
    for _ in range(STEPS):
        batch = [next(stream)[:LENGTH] for _ in range(BATCH)]
        longest = max(map(len, batch))
        ids = torch.tensor([row + [tokenizer.pad_token_id] * (longest - len(row)) for row in batch])
        mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in batch])
        loss = model(input_ids=ids, attention_mask=mask, labels=ids.masked_fill(mask == 0, -100)).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    return loss.item()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("output", type=Path)
    arguments.add_argument("--seed", type=int, default=0)
    given = arguments.parse_args()
    # Matrices this small gain nothing from a second thread, which would spin while others need the core.
    torch.set_num_threads(1)
    tokenizer = make_tokenizer(sample_texts())
    model = make_model(tokenizer, given.seed)
    print(f"loss {teach(model, tokenizer, given.seed):.2f}")
    model.save_pretrained(given.output)
    tokenizer.save_pretrained(given.output)


if __name__ == "__main__":
    main()
