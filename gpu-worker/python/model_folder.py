"""A base model's folder: refused when it is not safe or not whole, hashed, and loaded without the network."""

import hashlib
import json
import os
from pathlib import Path

# Before transformers is imported: nothing here may ask a hub.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import torch
from safetensors import SafetensorError, safe_open
from transformers import AutoModelForCausalLM, AutoTokenizer, PreTrainedModel, PreTrainedTokenizerBase

from complete_folder import file_sha256


class BadModel(Exception):
    """The folder cannot be used as a base model; the message says why in one sentence."""


def weight_files(folder: Path) -> list[Path]:
    """The safetensors of a model, in the order of their names, in which they are hashed."""
    return sorted(folder.glob("*.safetensors"))


def escaping_link(folder: Path) -> str | None:
    """The name of the first file that is a link out of the folder (in a Hugging Face cache: out of its repository's blobs)."""
    root = folder.resolve()
    repository = root.parent.parent
    is_snapshot = root.parent.name == "snapshots" and repository.name.startswith("models--")
    allowed = [root, repository / "blobs"] if is_snapshot else [root]
    for path in sorted(folder.iterdir()):
        if not any(path.resolve().is_relative_to(bound) for bound in allowed):
            return path.name
    return None


def check_model_folder(folder: Path) -> None:
    """Raises BadModel unless the folder holds a configuration without code of its own, whole safetensors, and no link out."""
    try:
        config = json.loads((folder / "config.json").read_text("utf-8"))
    except OSError:
        raise BadModel("it has no config.json") from None
    except ValueError:
        raise BadModel("its config.json is not JSON") from None
    if not isinstance(config, dict) or "model_type" not in config:
        raise BadModel("its config.json names no model_type")
    link = escaping_link(folder)
    if link is not None:
        raise BadModel(f"its {link} is a link that leads out of it")
    for name in ("config.json", "tokenizer_config.json"):
        if (folder / name).exists() and "auto_map" in json.loads((folder / name).read_text("utf-8")):
            raise BadModel(f"its {name} asks to run code of its own (auto_map)")
    files = weight_files(folder)
    if not files:
        raise BadModel("it has no safetensors")
    for path in files:
        try:
            with safe_open(path, framework="pt") as weights:
                weights.keys()
        except (SafetensorError, OSError) as reason:
            raise BadModel(f"{path.name} is damaged ({reason})") from reason
    index = folder / "model.safetensors.index.json"
    if index.exists():
        shards = set(json.loads(index.read_text("utf-8"))["weight_map"].values())
        missing = sorted(name for name in shards if not (folder / name).is_file())
        if missing:
            raise BadModel(f"{missing[0]} is missing")


def weights_sha256(folder: Path) -> str:
    """One hash for all weight files: SHA-256 over the lines `<file's SHA-256>  <file's name>`, sorted by name."""
    lines = "".join(f"{file_sha256(path)}  {path.name}\n" for path in weight_files(folder))
    return hashlib.sha256(lines.encode()).hexdigest()


def stored_dtype(folder: Path) -> torch.dtype:
    """The dtype of the folder's first matrix, which is what nearly all of its bytes are."""
    for path in weight_files(folder):
        with safe_open(path, framework="pt") as weights:
            for name in weights.keys():
                if len(weights.get_slice(name).get_shape()) == 2:
                    return weights.get_tensor(name).dtype
    raise BadModel("it has no weights")


def load_tokenizer(folder: Path) -> PreTrainedTokenizerBase:
    """The folder's own fast tokenizer with a chat template; raises BadModel where one of the two is not there."""
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    if not tokenizer.is_fast:
        raise BadModel("its tokenizer has no tokenizer.json")
    if not tokenizer.chat_template:
        raise BadModel("its tokenizer has no chat template")
    return tokenizer


def load_model(folder: Path, dtype: torch.dtype) -> PreTrainedModel:
    """The causal language model with weights of the given dtype, on the CPU, its cache switched off."""
    model = AutoModelForCausalLM.from_pretrained(
        folder, dtype=dtype, local_files_only=True, trust_remote_code=False, use_safetensors=True
    )
    model.config.use_cache = False
    return model


def has_native_bfloat16() -> bool:
    """Whether this machine multiplies bfloat16 in hardware: a CUDA device from Ampere on, or a CPU whose flags say so.

    Without it, bfloat16 matrices are multiplied hundreds of times slower than float32 ones.
    """
    if torch.cuda.is_available():
        return torch.cuda.is_bf16_supported(including_emulation=False)
    try:
        flags = Path("/proc/cpuinfo").read_text("utf-8").partition("flags")[2].partition("\n")[0].split()
    except OSError:
        return False
    return "avx512_bf16" in flags or "amx_bf16" in flags
