"""Merging as a program: the merged model answers as the base with its adapter, whole or not at all."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoTokenizer

import merge_adapter
from complete_folder import folder_sha256, new_folder, read_manifest
from conftest import SCRIPTS, SENTENCES, Finished, run_script
from model_folder import load_model, stored_dtype, weights_sha256

MERGE = SCRIPTS / "merge_adapter.py"


@pytest.fixture(scope="module")
def adapter(tmp_path_factory: pytest.TempPathFactory, tiny_model: Path) -> Path:
    """An adapter that changes what the base says, with the manifest that training writes."""
    folder = tmp_path_factory.mktemp("adapter") / "adapter"
    torch.manual_seed(5)
    lora = LoraConfig(task_type="CAUSAL_LM", r=4, lora_alpha=16, target_modules="all-linear", init_lora_weights=False)
    model = get_peft_model(load_model(tiny_model, torch.float32), lora)
    with new_folder(folder, "adapter", {"base_model": "tiny", "base_weights_sha256": weights_sha256(tiny_model)}) as new:
        model.save_pretrained(new)
    return folder


def merge(folder: Path, base: Path, adapter: Path) -> Finished:
    config = folder / "merge.json"
    config.write_text(json.dumps({"base_model": str(base), "adapter": str(adapter), "output": str(folder / "merged")}))
    return run_script(MERGE, str(config))


def test_the_merged_model_answers_as_the_adapter_does(tiny_model: Path, adapter: Path, tmp_path: Path) -> None:
    result = merge(tmp_path, tiny_model, adapter).result
    merged_folder = Path(result["path"])
    assert result["sha256"] == folder_sha256(merged_folder) and read_manifest(merged_folder, "merged") is not None
    assert stored_dtype(merged_folder) == torch.float32

    tokenizer = AutoTokenizer.from_pretrained(merged_folder)
    assert tokenizer.chat_template == AutoTokenizer.from_pretrained(tiny_model).chat_template
    merged = load_model(merged_folder, torch.float32).eval()
    tuned = PeftModel.from_pretrained(load_model(tiny_model, torch.float32), adapter).eval()
    assert result["parameters"] == sum(parameter.numel() for parameter in merged.parameters())
    assert merged.generation_config.eos_token_id == load_model(tiny_model, torch.float32).generation_config.eos_token_id
    for sentence in SENTENCES[:2]:
        inputs = tokenizer(sentence, return_tensors="pt")
        with torch.no_grad():
            torch.testing.assert_close(merged(**inputs).logits, tuned(**inputs).logits, atol=1e-4, rtol=1e-4)
            written = [m.generate(**inputs, max_new_tokens=16, do_sample=False).tolist() for m in (merged, tuned)]
        assert written[0] == written[1]

    files = {path.name: path.stat().st_mtime_ns for path in merged_folder.iterdir()}
    again = merge(tmp_path, tiny_model, adapter)
    assert again.result == result and {p.name: p.stat().st_mtime_ns for p in merged_folder.iterdir()} == files


@pytest.mark.parametrize("method", [{"use_rslora": True}, {"use_dora": True}])
def test_every_method_merges_into_what_it_was(tiny_model: Path, tmp_path: Path, method: dict[str, bool]) -> None:
    folder = tmp_path / "adapter"
    torch.manual_seed(6)
    lora = LoraConfig(task_type="CAUSAL_LM", r=4, lora_alpha=16, target_modules="all-linear", init_lora_weights=False, **method)
    model = get_peft_model(load_model(tiny_model, torch.float32), lora)
    # Learned lengths, which merging has to take along, and no longer those of the base.
    for name, parameter in model.named_parameters():
        if "magnitude" in name:
            parameter.data *= torch.rand_like(parameter) + 0.5
    with new_folder(folder, "adapter", {"base_model": "tiny", "base_weights_sha256": weights_sha256(tiny_model)}) as new:
        model.save_pretrained(new)
    merged_folder = merge_adapter.merge(merge_adapter.MergeConfig(str(tiny_model), str(folder), str(tmp_path / "merged")))["path"]
    merged = load_model(Path(merged_folder), torch.float32).eval()
    tuned = PeftModel.from_pretrained(load_model(tiny_model, torch.float32), folder).eval()
    inputs = AutoTokenizer.from_pretrained(tiny_model)(SENTENCES[0], return_tensors="pt")
    with torch.no_grad():
        torch.testing.assert_close(merged(**inputs).logits, tuned(**inputs).logits, atol=1e-4, rtol=1e-4)
        assert not torch.allclose(merged(**inputs).logits, load_model(tiny_model, torch.float32).eval()(**inputs).logits, atol=1e-2)


def test_a_half_base_stays_half(tiny_model: Path, adapter: Path, tmp_path: Path) -> None:
    base = tmp_path / "half"
    shutil.copytree(tiny_model, base)
    load_model(tiny_model, torch.bfloat16).save_pretrained(base)
    own = tmp_path / "adapter"
    remembered = {"base_model": "half", "base_weights_sha256": weights_sha256(base)}
    with new_folder(own, "adapter", remembered) as new:
        for name in ("adapter_config.json", "adapter_model.safetensors"):
            shutil.copyfile(adapter / name, new / name)
    assert stored_dtype(Path(merge(tmp_path, base, own).result["path"])) == torch.bfloat16


def test_an_adapter_of_another_base_is_refused(tiny_model: Path, adapter: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(tiny_model, other)
    model = load_model(other, torch.float32)
    with torch.no_grad():
        model.model.norm.weight.mul_(1.5)
    model.save_pretrained(other)
    run = merge(tmp_path, other, adapter)
    assert run.code == 2 and [event["code"] for event in run.of("error")] == ["merge.other-base"]
    assert not (tmp_path / "merged").exists()


@pytest.mark.parametrize("wrong", [{"adapter": "/nowhere"}, {"extra": 1}, {"output": 3}])
def test_a_wrong_request_is_refused_by_name(tiny_model: Path, adapter: Path, tmp_path: Path, wrong: dict[str, Any]) -> None:
    path = tmp_path / "merge.json"
    given = {"base_model": str(tiny_model), "adapter": str(adapter), "output": str(tmp_path / "merged"), **wrong}
    path.write_text(json.dumps(given))
    (error,) = run_script(MERGE, str(path)).of("error")
    assert error["code"] == "merge.bad-config" and [error["params"]["field"]] == list(wrong)
