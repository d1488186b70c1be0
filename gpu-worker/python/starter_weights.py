"""Reads the starter model (Gemma 3 270M) out of its GGUF file: settings, float32 weights and vocabulary.

The names on the left of WEIGHT_NAMES are llama.cpp's, those on the right transformers'. llama.cpp stores the weights
of Gemma's norms with one added, transformers adds it when it computes.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import torch
from gguf import GGUFReader
from gguf.quants import dequantize
from torch import Tensor
from transformers import Gemma3TextConfig

WEIGHT_NAMES = {
    r"token_embd": "model.embed_tokens",
    r"output_norm": "model.norm",
    r"blk\.(\d+)\.attn_norm": r"model.layers.\1.input_layernorm",
    r"blk\.(\d+)\.attn_([qkv])": r"model.layers.\1.self_attn.\2_proj",
    r"blk\.(\d+)\.attn_output": r"model.layers.\1.self_attn.o_proj",
    r"blk\.(\d+)\.attn_([qk])_norm": r"model.layers.\1.self_attn.\2_norm",
    r"blk\.(\d+)\.post_attention_norm": r"model.layers.\1.post_attention_layernorm",
    r"blk\.(\d+)\.ffn_norm": r"model.layers.\1.pre_feedforward_layernorm",
    r"blk\.(\d+)\.post_ffw_norm": r"model.layers.\1.post_feedforward_layernorm",
    r"blk\.(\d+)\.ffn_(gate|up|down)": r"model.layers.\1.mlp.\2_proj",
}
CONTROL, USER_DEFINED = 3, 4
EMBEDDING = "model.embed_tokens.weight"
SPACE = "▁"


@dataclass(frozen=True)
class Vocabulary:
    """`tokens[id]`, spaces written SPACE; the lower its id, the earlier a token is merged. `special` and `literal` are
    the ids taken whole before any merging."""

    tokens: list[str]
    special: list[int]
    literal: list[int]


@dataclass(frozen=True)
class StarterWeights:
    """The model that the packages hold, before it is cut: `weights` by the names of its modules."""

    config: Gemma3TextConfig
    weights: dict[str, Tensor]
    vocabulary: Vocabulary


def read_starter_weights(path: Path) -> StarterWeights:
    """About a quarter of a minute, most of it the reader's parsing of the vocabulary."""
    reader = GGUFReader(path)
    weights = {}
    for tensor in reader.tensors:
        values = torch.from_numpy(dequantize(tensor.data, tensor.tensor_type).copy()).float()
        weights[_transformers_name(tensor.name)] = values - 1 if "norm" in tensor.name else values
    return StarterWeights(_config(reader, weights), weights, _vocabulary(reader))


def _transformers_name(name: str) -> str:
    stem = name.removesuffix(".weight")
    for pattern, replacement in WEIGHT_NAMES.items():
        if re.fullmatch(pattern, stem):
            return re.sub(pattern, replacement, stem) + ".weight"
    raise ValueError(f"the GGUF file holds an unknown tensor {name}")


def _config(reader: GGUFReader, weights: dict[str, Tensor]) -> Gemma3TextConfig:
    def setting(name: str) -> int | float:
        return reader.fields[f"gemma3.{name}"].contents()

    return Gemma3TextConfig(
        vocab_size=weights[EMBEDDING].shape[0],
        hidden_size=setting("embedding_length"),
        intermediate_size=setting("feed_forward_length"),
        num_hidden_layers=setting("block_count"),
        num_attention_heads=setting("attention.head_count"),
        num_key_value_heads=setting("attention.head_count_kv"),
        head_dim=setting("attention.key_length"),
        max_position_embeddings=setting("context_length"),
        sliding_window=setting("attention.sliding_window"),
        rms_norm_eps=1e-6,
        tie_word_embeddings=True,
        dtype="float32",
    )


def _vocabulary(reader: GGUFReader) -> Vocabulary:
    tokens, kinds = (reader.fields[f"tokenizer.ggml.{name}"].contents() for name in ("tokens", "token_type"))
    # llama.cpp spells runs of spaces out and takes them whole; in the model's own tokenizer they are merged.
    tokens = [token.replace(" ", SPACE) for token in tokens]
    special = [index for index, kind in enumerate(kinds) if kind == CONTROL]
    literal = [index for index, kind in enumerate(kinds) if kind == USER_DEFINED and tokens[index].strip(SPACE)]
    return Vocabulary(tokens, special, literal)
