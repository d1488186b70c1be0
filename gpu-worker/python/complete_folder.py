"""Folders that are whole or not there: written beside their place, a manifest last, then renamed.

manifest.json lists every other file with its size and SHA-256, and what else its maker wants remembered. A folder's
own hash is the SHA-256 of its manifest, so one small file vouches for all the others.
"""

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
PARTIAL = ".partial"

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# What writers in other languages make of those: safetensors gives the number, torch's archive not even that.
_FULL_WORDS = (*(f"(os error {number})" for number in _FULL), "PytorchStreamWriter failed writing", "fail at inline_container.cc")


class NoSpace(Exception):
    """A folder could not be written whole: `folder`, and the bytes that were free when it failed. Nothing is left of it."""

    def __init__(self, folder: Path, free: int) -> None:
        super().__init__(f"{folder} could not be written: {free} bytes are free there")
        self.folder, self.free = folder, free


def file_sha256(path: Path) -> str:
    """Hexadecimal SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def new_folder(final: Path, kind: str, remembered: dict[str, Any]) -> Iterator[Path]:
    """Yields an empty folder to fill; on leaving it becomes `final`, on an error nothing is left of it.

    `remembered` may still be added to while the folder is filled; it is written into the manifest at the end.
    Raises NoSpace where the disk, a quota or a limit of size is what it failed by.
    """
    partial = final.with_name(final.name + PARTIAL)
    final.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(partial, ignore_errors=True)
    try:
        partial.mkdir()
        yield partial
        files = []
        for path in sorted(p for p in partial.rglob("*") if p.is_file()):
            files.append({"name": path.relative_to(partial).as_posix(), "bytes": path.stat().st_size})
            files[-1]["sha256"] = file_sha256(path)
            _sync(path)
        manifest = {"kind": kind, "files": files, **remembered}
        (partial / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8")
        _sync(partial / MANIFEST)
        _sync(partial)
        # What stands in the place without a manifest is the rest of an accident.
        shutil.rmtree(final, ignore_errors=True)
        os.replace(partial, final)
        _sync(final.parent)
    except BaseException as fault:
        free = shutil.disk_usage(final.parent).free
        shutil.rmtree(partial, ignore_errors=True)
        if isinstance(fault, Exception) and _is_want_of_space(fault):
            raise NoSpace(final, free) from fault
        raise


def _is_want_of_space(fault: Exception) -> bool:
    if isinstance(fault, OSError) and fault.errno in _FULL:
        return True
    return any(words in str(fault) for words in _FULL_WORDS)


def read_manifest(folder: Path, kind: str) -> dict[str, Any] | None:
    """The manifest if the folder is whole: of this kind, every file there with its size. Otherwise None."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        whole = manifest["kind"] == kind and all(
            (folder / listed["name"]).stat().st_size == listed["bytes"] for listed in manifest["files"]
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return manifest if whole else None


def damaged_file(folder: Path, manifest: dict[str, Any]) -> str | None:
    """The name of the first file whose bytes are not those the manifest vouches for, or None."""
    for listed in manifest["files"]:
        if file_sha256(folder / listed["name"]) != listed["sha256"]:
            return str(listed["name"])
    return None


def folder_sha256(folder: Path) -> str:
    """Of the manifest, which has the hash of every file: it vouches for the whole folder in one number."""
    return file_sha256(folder / MANIFEST)


def folder_bytes(manifest: dict[str, Any]) -> int:
    """Of all files that a manifest lists, itself left out."""
    return sum(listed["bytes"] for listed in manifest["files"])


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
