"""Base models: what is refused before anything of it is loaded."""

import json
import shutil
from pathlib import Path

import pytest
import torch

from model_folder import BadModel, check_model_folder, load_model, load_tokenizer, stored_dtype, weights_sha256


def spoil(name: str, model: Path) -> None:
    config, weights = model / "config.json", model / "model.safetensors"
    match name:
        case "no config":
            config.unlink()
        case "config is a list":
            config.write_text("[]")
        case "code of its own":
            config.write_text(json.dumps({**json.loads(config.read_text()), "auto_map": {"AutoModel": "other.Model"}}))
        case "pickles only":
            weights.rename(model / "pytorch_model.bin")
        case "truncated weights":
            weights.write_bytes(weights.read_bytes()[: weights.stat().st_size // 2])
        case "oversized header":
            weights.write_bytes((1 << 40).to_bytes(8, "little") + b"{}")
        case "a link out of it":
            (model / "LICENSE").symlink_to("/etc/hostname")
        case "a missing shard":
            index = {"weight_map": {"a": "model.safetensors", "b": "model-00002-of-00002.safetensors"}}
            (model / "model.safetensors.index.json").write_text(json.dumps(index))


SPOILS = ["no config", "config is a list", "code of its own", "pickles only", "truncated weights", "oversized header", "a link out of it", "a missing shard"]


@pytest.mark.parametrize("name", SPOILS)
def test_a_bad_folder_is_refused(tiny_model: Path, tmp_path: Path, name: str) -> None:
    model = tmp_path / "model"
    shutil.copytree(tiny_model, model)
    check_model_folder(model)
    spoil(name, model)
    with pytest.raises(BadModel):
        check_model_folder(model)


def test_a_cache_may_link_into_its_own_blobs_alone(tiny_model: Path, tmp_path: Path) -> None:
    repository = tmp_path / "models--Qwen--Tiny"
    snapshot = repository / "snapshots" / "c0ffee"
    shutil.copytree(tiny_model, repository / "blobs")
    snapshot.mkdir(parents=True)
    for path in (repository / "blobs").iterdir():
        (snapshot / path.name).symlink_to(Path("../../blobs") / path.name)
    check_model_folder(snapshot)
    (repository / "other").write_text("x")
    (snapshot / "NOTICE").symlink_to("../../other")
    with pytest.raises(BadModel, match="NOTICE is a link"):
        check_model_folder(snapshot)


def test_a_tokenizer_without_a_chat_template_is_refused(tiny_model: Path, tmp_path: Path) -> None:
    model = tmp_path / "model"
    shutil.copytree(tiny_model, model)
    (model / "chat_template.jinja").unlink()
    with pytest.raises(BadModel, match="chat template"):
        load_tokenizer(model)


def test_the_hash_follows_the_weights_alone(tiny_model: Path, tmp_path: Path) -> None:
    model = tmp_path / "model"
    shutil.copytree(tiny_model, model)
    (model / "notes.txt").write_text("x")
    assert weights_sha256(model) == weights_sha256(tiny_model)
    loaded = load_model(model, torch.bfloat16)
    loaded.save_pretrained(model)
    assert stored_dtype(model) == torch.bfloat16 and stored_dtype(tiny_model) == torch.float32
    assert weights_sha256(model) != weights_sha256(tiny_model)
