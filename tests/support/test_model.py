"""Makes the tests' own model: `python test_model.py OUTPUT_DIR [--seed N]`.

A Qwen2 of two layers with random weights, a byte-level BPE trained on the sample novels, and a ChatML template:
small enough to be made in a second, real enough for TRL to train it and vLLM to serve it (whose attention on a CPU
needs heads of at least 32).
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import GenerationConfig, PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM

SAMPLES = Path(__file__).resolve().parents[2] / "public" / "samples"
SPECIALS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
VOCABULARY = 3_000
TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
# Enough to train on where the sample novels are not there.
PROSE = """老街尽头的茶馆，天还没亮就点起了灯。掌柜的把炉火拨旺，听见门外有人跺脚，雪从帽檐上簌簌地落下来。
“今天的船还开么？”来人问。掌柜的摇了摇头，说江面昨夜结了冰，怕是要等到晌午。
那人不再说话，坐在窗边，从怀里摸出一封揉皱了的信，看了又看，终于又折好，放回原处去。
我认得他。十年前他离开镇子的时候，也是这样一个下雪的早晨，他的母亲站在桥上，一直望到看不见了才回去。
The night train ran on through the snow, and nobody in the carriage spoke.
"""


def make_tokenizer(texts: Iterator[str]) -> PreTrainedTokenizerFast:
    bpe = Tokenizer(models.BPE())
    bpe.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bpe.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=SPECIALS,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    bpe.train_from_iterator(texts, trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=bpe,
        pad_token="<|endoftext|>",
        eos_token="<|im_end|>",
        extra_special_tokens=["<|im_start|>"],
        chat_template=TEMPLATE,
        model_max_length=2_048,
    )


def sample_texts() -> Iterator[str]:
    yield PROSE
    for path in sorted(SAMPLES.glob("*train*.json")):
        for line in path.read_text("utf-8").splitlines():
            if line.strip():
                yield json.loads(line)["text"][:100_000]


def make_model(tokenizer: PreTrainedTokenizerFast, seed: int) -> Qwen2ForCausalLM:
    torch.manual_seed(seed)
    end, pad = tokenizer.eos_token_id, tokenizer.pad_token_id
    config = Qwen2Config(
        vocab_size=VOCABULARY,
        hidden_size=128,
        intermediate_size=256,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=2_048,
        tie_word_embeddings=True,
        bos_token_id=None,
        eos_token_id=end,
        pad_token_id=pad,
    )
    model = Qwen2ForCausalLM(config)
    model.generation_config = GenerationConfig(eos_token_id=[end, pad], pad_token_id=pad)
    return model


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("output", type=Path)
    arguments.add_argument("--seed", type=int, default=0)
    given = arguments.parse_args()
    tokenizer = make_tokenizer(sample_texts())
    make_model(tokenizer, given.seed).save_pretrained(given.output)
    tokenizer.save_pretrained(given.output)


if __name__ == "__main__":
    main()
