"""What several test modules need: the command line in a process of its own, and a small folder of documents."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

# The first example pays for lazy imports, and a loaded machine for the rest: time is no law here. The same examples
# every time: whoever runs the tests must see what we saw.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")

ROOT = Path(__file__).resolve().parent.parent

ENGLISH = """# Optical engines in 2025

Example Labs, 2025-03-01

## Power

A pluggable 1.6T port draws 30 W, while the same port with co-packaged optics draws 9 W.

## Suppliers

| Part | Supplier | Share |
|---|---|---|
| External laser | Lumentum | 40% |
| Optical engine | Broadcom | 55% |
"""

CHINESE = """# 共封装光学供应链

示例研究院，2025年4月

## 衬底

磷化铟衬底长期依赖进口，主要供应商为住友电工和AXT。2025年全球产能为每年120万片。

## 光模块

中际旭创在2024年占全球800G光模块市场份额的40%。
"""


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one English and one Chinese report."""
    folder = tmp_path_factory.mktemp("reports")
    (folder / "engines.md").write_text(ENGLISH, encoding="utf-8")
    (folder / "供应链.md").write_text(CHINESE, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def cpo() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command line in a process of its own, with ``CPO_…`` variables and input if given."""

    def run(
        *arguments: str | bytes | Path,
        stdin: str = "",
        environment: Mapping[str, str] | None = None,
        start: tuple[str, ...] = ("-m", "agent"),
        encoding: str = "utf-8",
    ) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("CPO_", "PYTHON"))}
        return subprocess.run(
            [sys.executable, *start, *arguments],
            cwd=ROOT,
            env=kept | {"PYTHONPATH": str(ROOT), **(environment or {})},
            input=stdin,
            capture_output=True,
            encoding=encoding,
            timeout=300,
            check=False,
        )

    return run
