"""What our code never calls, whatever it is given: nothing that turns bytes or texts into code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_house_rules import SOURCES

MODULES = {"pickle", "cPickle", "_pickle", "cloudpickle", "dill", "joblib", "marshal", "shelve", "code", "codeop",
           "runpy", "xmlrpc", "imp"}  # fmt: skip
NAMES = {"eval", "exec", "compile", "__import__", "breakpoint"}
CALLS = {"torch.load", "numpy.load", "np.load", "os.system", "os.popen", "os.execv", "pty.spawn", "tempfile.mktemp",
         "ElementTree.fromstring", "ElementTree.parse", "ElementTree.iterparse", "minidom.parseString",
         "ssl._create_unverified_context", "shutil.unpack_archive", "yaml.load", "yaml.unsafe_load",
         "yaml.full_load"}  # fmt: skip
METHODS = {"extractall"}
KEYWORDS = {("shell", True), ("allow_pickle", True), ("trust_remote_code", True), ("verify", False),
            ("autoescape", False), ("weights_only", False), ("resolve_entities", True),
            ("check_hostname", False)}  # fmt: skip


def faults_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.split(".")[0] in MODULES)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in MODULES:
            yield str(node.module)
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in NAMES | CALLS or called.rpartition(".")[2] in METHODS:
                yield called
            for one in node.keywords:
                if isinstance(one.value, ast.Constant) and (one.arg, one.value.value) in KEYWORDS:
                    yield f"{called}({one.arg}={one.value.value})"


def test_nothing_we_read_becomes_code() -> None:
    found = [
        f"{path.name} calls {what}"
        for path in SOURCES
        for what in faults_in(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "import pickle",
        "from joblib import load",
        "eval(x)",
        "torch.load(path)",
        "yaml.load(text)",
        "archive.extractall(folder)",
        "subprocess.run(x, shell=True)",
        "np.load(x, allow_pickle=True)",
        "AutoModel.from_pretrained(x, trust_remote_code=True)",
        "ElementTree.fromstring(x)",
    ],
)
def test_what_would_turn_it_into_code_is_noticed(code: str) -> None:
    assert list(faults_in(ast.parse(code)))


def test_every_model_we_keep_is_weights_or_text() -> None:
    folder = Path(__file__).parents[2] / "models"
    kinds = {path.suffix for path in folder.rglob("*") if path.is_file() and path.name != ".gitkeep"}
    assert kinds <= {".safetensors", ".json", ".jsonl", ".tsv", ".md", ".toml", ".txt", ".onnx"}
