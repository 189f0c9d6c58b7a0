"""The rules of the house that a machine can check."""

import ast
import doctest
import importlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from agent.doctor import _packages
from indexes.weights import PACKAGE, REQUIREMENT
from tests.conftest import ROOT

PACKAGES = ("corpus", "indexes", "agent", "evals")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
DOORS = {
    name: set(re.findall(r"`(.+?)`", doors))
    for names, doors in re.findall(r"^\| ([a-z0-9_, ]+) \| (`.+?`) \|", ARCHITECTURE, re.MULTILINE | re.IGNORECASE)
    for name in names.split(", ")
}
ANYWHERE = {"numpy", *PACKAGES, *sys.stdlib_module_names}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[str]:
    """The top-level packages a module imports, anywhere in it; those for type checkers alone do not count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    unseen = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        if id(node) in unseen:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield (node.module or "").partition(".")[0]


def declared_names(group: str) -> list[str]:
    """The distributions that pyproject.toml asks for, of the program itself or of an extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked: list[str] = project["optional-dependencies"].get(group) or project[group]
    return [re.split(r"[=<>]", each)[0] for each in asked]


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_is_ours_and_not_its_namesake_on_pypi(package: str):
    assert Path(str(importlib.import_module(package).__file__)).is_relative_to(ROOT)


def test_arrows_point_one_way():
    program = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_each_dependency_has_one_door():
    strangers = {
        (name_of(path), name)
        for path in MODULES
        for name in imports(path)
        if name not in ANYWHERE and name_of(path) not in DOORS.get(name, ())
    }
    assert strangers == set()


def test_every_door_is_used():
    used = {(name, name_of(path)) for path in MODULES for name in imports(path)}
    assert {(name, door) for name, doors in DOORS.items() for door in doors} <= used


def test_every_import_is_a_declared_dependency():
    declared = {each.lower() for each in (*declared_names("dependencies"), *declared_names("dev"))}
    brought_by = packages_distributions()
    for name in (*DOORS, "numpy"):
        assert {each.lower().replace("_", "-") for each in brought_by[name]} & declared, name


def test_the_doctor_looks_at_every_dependency():
    assert {finding.name for finding in _packages()} == set(declared_names("dependencies")) - {PACKAGE}


def test_the_weights_asked_for_are_the_weights_declared():
    assert f'"{REQUIREMENT}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_nothing_is_evaluated_or_unpickled():
    banned = {"eval", "exec", "compile", "__import__"}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in banned, f"{name_of(path)}:{node.lineno}"
        assert {"pickle", "marshal", "shelve", "dill", "joblib"}.isdisjoint(imports(path)), name_of(path)


def test_only_the_settings_read_the_environment():
    readers = {name_of(path) for path in MODULES if re.search(r"os\.environ|getenv", path.read_text(encoding="utf-8"))}
    allowed = {
        "agent/settings.py",
        "agent/cli.py",  # CPO_DEBUG and NO_COLOR, which concern the terminal alone
        "agent/models.py",  # whether the provider's own key is set
        "indexes/embeddings.py",  # keeps the Hugging Face libraries offline
    }
    assert readers <= allowed


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_what_it_is_for(path: Path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_the_python_example_of_the_readme_runs() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    ran = doctest.DocTestRunner(verbose=False).run(
        doctest.DocTestParser().get_doctest(example, {}, "README.md", "README.md", 0)
    )
    assert ran.failed == 0 and ran.attempted == example.count(">>>")


def test_the_readme_names_every_module():
    tree = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [
        name_of(path)
        for path in MODULES
        if path.name != "__init__.py" and not re.search(rf"(?<![\w]){re.escape(path.name)}(?!\w)", tree)
    ]
    assert missing == []


def test_the_readme_names_no_module_that_is_gone():
    tree = (ROOT / "README.md").read_text(encoding="utf-8")
    known = {path.name for path in MODULES}
    block = re.search(r"```\n(corpus/.*?)```", tree, re.DOTALL)
    assert block
    assert set(re.findall(r"\b\w+\.py\b", block.group(1))) <= known
