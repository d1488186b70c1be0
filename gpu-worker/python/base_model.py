"""The base model as a run wants it: in the precision that is asked for, on the device that is there."""

import importlib.util
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, BitsAndBytesConfig, PreTrainedModel

from model_folder import has_native_bfloat16, load_model
from strict_fields import FieldProblem
from training_config import TrainingConfig


def precision_of(config: TrainingConfig) -> torch.dtype:
    """What matrices are multiplied in; raises FieldProblem where this device cannot."""
    match config.precision:
        case "float32":
            return torch.float32
        case "bfloat16":
            return torch.bfloat16
        case "float16":
            if not torch.cuda.is_available():
                raise FieldProblem("precision", "float16 needs an NVIDIA device")
            return torch.float16
        case "auto":
            return torch.bfloat16 if has_native_bfloat16() else torch.float32


def load_base(folder: Path, config: TrainingConfig, dtype: torch.dtype) -> PreTrainedModel:
    """On the device that is there; raises FieldProblem where the method needs another."""
    if config.method != "qlora":
        model = load_model(folder, dtype)
        return model.to("cuda") if torch.cuda.is_available() else model
    if not torch.cuda.is_available() or importlib.util.find_spec("bitsandbytes") is None:
        raise FieldProblem("method", "qlora needs an NVIDIA device and bitsandbytes")
    # As the QLoRA paper does it: NormalFloat4, the constants of its blocks quantised too (arXiv:2305.14314).
    four_bits = BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=dtype,
    )
    model = AutoModelForCausalLM.from_pretrained(
        folder,
        quantization_config=four_bits,
        device_map={"": torch.cuda.current_device()},
        dtype=dtype,
        local_files_only=True,
        trust_remote_code=False,
        use_safetensors=True,
    )
    model.config.use_cache = False
    return model
