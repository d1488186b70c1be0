"""Merges an adapter into its base model: `python merge_adapter.py CONFIG.json` with {base_model, adapter, output}.

The sums are made in float32 and stored in the base's own dtype, so the merged model of a float32 base answers as the
base with its adapter does. Tokenizer, chat template and generation settings come from the base unchanged. The output
is whole or not there; when it is there, the script ends at once. Exit codes: 0 done; 1 failed; 2 the request is wrong.
"""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import events
from complete_folder import damaged_file, folder_bytes, folder_sha256, new_folder, read_manifest
from stop_requests import TERMINATED, StopRequests, Terminated
from strict_fields import FieldProblem, ranged, read_strict
from training_config import read_json_object

MERGED = "merged"
# Everything a base's folder may hold that is neither weights nor what the model itself saves.
KEPT_FROM_BASE = ("*.json", "*.jinja", "*.model", "*.txt", "LICENSE*", "NOTICE*", "*TERMS*")


@dataclass(frozen=True)
class MergeConfig:
    base_model: str = ranged(filled=True)
    adapter: str = ranged(filled=True)
    output: str = ranged(filled=True)


class OtherBase(Exception):
    """The adapter was trained on other weights than the base's."""


def merge(config: MergeConfig) -> dict[str, Any]:
    """Returns the result that `done` carries: path, sha256 (of the manifest), bytes, parameters."""
    base, adapter, output = Path(config.base_model), Path(config.adapter), Path(config.output)
    described = read_manifest(adapter, "adapter")
    if described is None or damaged_file(adapter, described):
        raise FieldProblem("adapter", f"{adapter} does not hold a whole adapter")
    adapter_sha256 = folder_sha256(adapter)
    manifest = read_manifest(output, MERGED)
    if manifest is None or manifest["adapter_sha256"] != adapter_sha256:
        _write_merged(base, adapter, output, described, adapter_sha256)
        manifest = read_manifest(output, MERGED)
    if manifest is None:
        raise FieldProblem("output", f"{output} was changed while it was written")
    return {
        "path": str(output),
        "sha256": folder_sha256(output),
        "bytes": folder_bytes(manifest),
        "parameters": manifest["parameters"],
    }


def _write_merged(base: Path, adapter: Path, output: Path, described: dict[str, Any], adapter_sha256: str) -> None:
    events.progress(0, 3, "loading-model")
    import torch
    from peft import PeftModel

    from model_folder import check_model_folder, load_model, stored_dtype, weights_sha256

    check_model_folder(base)
    base_sha256 = weights_sha256(base)
    if base_sha256 != described["base_weights_sha256"]:
        raise OtherBase(f"it was trained on {described['base_model']} with weights {described['base_weights_sha256']}")
    model = load_model(base, torch.float32)
    use_cache_of_base = read_json_object(base / "config.json").get("use_cache", True)
    events.progress(1, 3, "merging")
    merged = PeftModel.from_pretrained(model, adapter).merge_and_unload(safe_merge=True)
    merged.to(stored_dtype(base))
    merged.config.use_cache = use_cache_of_base
    remembered: dict[str, Any] = {
        "base_weights_sha256": base_sha256,
        "adapter_sha256": adapter_sha256,
        "parameters": sum(parameter.numel() for parameter in merged.parameters()),
    }
    events.progress(2, 3, "saving")
    with new_folder(output, MERGED, remembered) as partial:
        merged.save_pretrained(partial)
        for pattern in KEPT_FROM_BASE:
            for path in base.glob(pattern):
                if path.name not in ("manifest.json", "model.safetensors.index.json", "config.json"):
                    shutil.copyfile(path, partial / path.name)
    events.progress(3, 3, "saving")


def main(config_path: str) -> int:
    StopRequests(Path(config_path).parent)
    try:
        events.done(merge(read_strict(MergeConfig, read_json_object(Path(config_path)))))
        return 0
    except FieldProblem as problem:
        events.error("merge.bad-config", {"field": problem.field, "reason": problem.reason}, f"Cannot merge: {problem}")
        return 2
    except OtherBase as reason:
        events.error("merge.other-base", {"reason": str(reason)}, f"The adapter is for another base model: {reason}")
        return 2
    except Terminated:
        return TERMINATED
    except MemoryError:
        events.error("merge.out-of-memory", {}, "There was not enough memory to merge")
        return 1
    except Exception as fault:
        reason = f"{type(fault).__name__}: {fault}"[:500]
        events.error("merge.failed", {"reason": reason}, f"Merging failed: {reason}")
        raise


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python merge_adapter.py CONFIG.json")
    sys.exit(main(sys.argv[1]))
