"""The house's rules, as tests. Each names the file and the mend."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "flows").rglob("*.py")])
VAGUE = {"util", "utils", "helper", "helpers", "common", "core", "base", "misc", "manager"}
TRACKED_SUFFIXES = {".py", ".md", ".toml", ".txt", ".html", ".css", ".yaml", ".json", ""}
# Where each outside library may be imported from: one address each.
ADDRESSES = {
    "prefect": "flows/",
    "httpx2": "src/overheard/web/",
    "httpcore2": "src/overheard/web/",
    "stamina": "src/overheard/web/",
    "protego": "src/overheard/web/",
    "smtplib": "src/overheard/web/",
    "docx": "src/overheard/transcripts/",
    "pypdf": "src/overheard/transcripts/",
    "defusedxml": "src/overheard/transcripts/",
    "cssselect": "src/overheard/forums/",
    "bs4": "src/overheard/forums/",
    "lxml": "src/overheard/forums/",
    "sentence_transformers": "src/overheard/vectors/",
    "torch": "src/overheard/vectors/",
    "bertopic": "src/overheard/pains/",
    "hdbscan": "src/overheard/pains/",
    "umap": "src/overheard/pains/",
    "deltalake": "src/overheard/storage/",
    "pyarrow": "src/overheard/storage/",
    "polars": "src/overheard/storage/",
    "warcio": "src/overheard/storage/",
    "jinja2": "src/overheard/report/",
    "openpyxl": "src/overheard/rows/",
    "typer": "src/overheard/cli/",
}


@cache
def _nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def _imports(path: Path) -> Iterator[str]:
    for node in _nodes(path):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_a_module_is_at_most_300_lines() -> None:
    lines = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert [f"{name} has {count} lines: split it by question" for name, count in lines.items() if count > 300] == []


def test_a_function_is_shorter_than_50_lines() -> None:
    assert [told for path in SOURCES for told in _long_functions(path)] == []


def _long_functions(path: Path) -> Iterator[str]:
    for node in _nodes(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            docstring = node.body[0] if ast.get_docstring(node) else None
            own = (node.end_lineno or 0) - node.lineno + 1
            told = (docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0
            if own - told >= 50:
                yield f"{_name(path)}:{node.lineno} {node.name} has {own - told} lines: split it"


def test_a_module_is_named_after_the_question_it_answers() -> None:
    vague = [_name(path) for path in SOURCES if VAGUE & set(path.relative_to(ROOT).with_suffix("").parts)]
    assert vague == [], "give them telling names"


def test_an_outside_library_has_one_address() -> None:
    strays = [
        f"{_name(path)} imports {module}; it lives in {address}"
        for path in SOURCES
        for module in _imports(path)
        if (address := ADDRESSES.get(module.split(".")[0])) is not None and not _name(path).startswith(address)
    ]
    assert strays == []


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a git checkout: an unpacked release")
def test_no_file_names_a_path_of_one_machine() -> None:
    # Written in two halves so that this test does not find itself.
    forbidden = re.compile("|".join(("/wor" + "k/", "/roo" + "t/", "/home/" + r"\w+/", r"\." + "library/")))
    for path in _tracked():
        if path.suffix in TRACKED_SUFFIXES:
            found = forbidden.search(path.read_text(encoding="utf-8", errors="replace"))
            assert found is None, f"{_name(path)}: {found and found[0]} is a path of one machine"


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a git checkout: an unpacked release")
def test_no_tracked_file_is_larger_than_two_megabytes() -> None:
    large = [_name(path) for path in _tracked() if path.stat().st_size > 2_000_000]
    assert not large


def test_every_pin_in_the_lock_is_exact() -> None:
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[^\s;]+", line), f"requirements.lock: {line!r} is no exact pin"


@pytest.mark.slow
def test_the_layer_check_fails_when_a_room_opens_a_door_to_another(tmp_path: Path) -> None:
    for name in ("src", "flows"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    door = tmp_path / "src" / "overheard" / "privacy" / "scrub.py"
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    environment = {"PYTHONPATH": f"{tmp_path / 'src'}:{tmp_path}", "PATH": "/usr/bin:/bin"}

    def lint() -> int:
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True).returncode

    assert lint() == 0
    door.write_text(
        door.read_text(encoding="utf-8") + "\nfrom overheard.web import Fetcher  # noqa\n", encoding="utf-8"
    )
    assert lint() != 0


def test_help_answers_without_prefect_or_torch() -> None:
    code = (
        "import sys, overheard.cli; from typer.testing import CliRunner;"
        "assert CliRunner().invoke(overheard.cli.app, ['--help']).exit_code == 0;"
        "heavy = {'prefect', 'torch', 'spacy', 'bertopic', 'sklearn', 'numpy', 'deltalake'} & set(sys.modules);"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
