"""The rules of the house, for every file that is kept in git."""

from __future__ import annotations

import ast
import re
import shutil
import statistics
import subprocess
from functools import cache
from pathlib import Path, PurePath

import pytest

from tests.support.need import ROOT

CODE = {".py", ".proto", ".sql", ".qss", ".sh", ".ps1", ".iss", ".spec"}
TEXT = CODE | {
    ".toml",
    ".yml",
    ".yaml",
    ".md",
    ".txt",
    ".csv",
    ".json",
    ".svg",
    ".lock",
    ".cfg",
    ".ini",
    ".service",
    "",
}
LEFT_OUT = {".git", ".venv", "__pycache__", "node_modules", "dist"}
PACKAGES = ("app", "core", "hub", "sim")
MOST_LINES, MOST_IN_FUNCTION, MEDIAN = 400, 80, 120


def tracked() -> list[Path]:
    """Give what git keeps; where there is no checkout, every file that could be kept."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        listed = subprocess.run(
            [git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        paths = [ROOT / name for name in listed.split("\0") if name]
    else:
        paths = [path for path in ROOT.rglob("*") if not LEFT_OUT & set(path.parts)]
        paths = [path for path in paths if not re.search(r"_pb2(_grpc)?\.pyi?$", path.name)]
    return sorted(path for path in paths if path.is_file())


FILES = tracked()


def of(*suffixes: str) -> list[Path]:
    return [path for path in FILES if path.suffix in suffixes]


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(text_of(path))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines_with(pattern: str, paths: list[Path]) -> list[str]:
    """Give where the pattern stands, as file:line."""
    wanted = re.compile(pattern)
    return [
        f"{name_of(path)}:{number}: {line.strip()[:80]}"
        for path in paths
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if wanted.search(line)
    ]


def test_there_is_something_to_look_at() -> None:
    assert len(of(".py")) > 40


def test_no_file_is_long() -> None:
    counts = {name_of(path): len(text_of(path).splitlines()) for path in of(*CODE)}
    assert {name: count for name, count in counts.items() if count > MOST_LINES} == {}


def test_most_files_are_short() -> None:
    lengths = [len(text_of(path).splitlines()) for path in of(".py")]
    assert statistics.median(lengths) < MEDIAN


def test_no_function_is_long() -> None:
    long = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in of(".py")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 > MOST_IN_FUNCTION
    ]
    assert long == []


def imports_of(path: Path) -> set[str]:
    """Give the top packages that a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add((node.module or "").partition(".")[0])
    return found


def test_qt_is_imported_in_app_alone() -> None:
    elsewhere = [path for path in of(".py") if path.relative_to(ROOT).parts[0] in PACKAGES[1:]]
    qt = {"PySide6", "shiboken6", "qasync"}
    assert [name_of(path) for path in elsewhere if qt & imports_of(path)] == []


def test_annotations_are_never_evaluated() -> None:
    without = [
        name_of(path)
        for path in of(".py")
        if len(tree_of(path).body) > 1 and "from __future__ import annotations" not in text_of(path)
    ]
    assert without == []


def texts() -> list[Path]:
    return [path for path in FILES if path.suffix in TEXT]


# Written in parts, so that this file does not hold what it looks for.
@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a path of one machine", r"(?<![\w.~*])/(" + "|".join(("wo" + "rk", "ro" + "ot")) + r")/"),
        ("a registry's address", r"py" + r"pi\.org|python" + r"hosted|--(extra-)?index" + "-url"),
        ("something left to do", r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b"),
    ],
    ids=lambda text: text.replace(" ", "-") if " " in text and "(" not in text else None,
)
def test_no_file_holds(what: str, pattern: str) -> None:
    assert lines_with(pattern, texts()) == [], what


def test_nothing_is_left_unwritten() -> None:
    ours = [path for path in of(".py") if path.relative_to(ROOT).parts[0] in PACKAGES]
    assert lines_with(r"raise NotImplemented|^\s*\.\.\.\s+# ", ours) == []


def test_generated_code_is_not_kept() -> None:
    assert [name_of(path) for path in FILES if re.search(r"_pb2(_grpc)?\.pyi?$", path.name)] == []


def test_recordings_of_real_printers_are_not_kept() -> None:
    assert [name_of(path) for path in of(".snmprec", ".snmpwalk", ".ipp", ".pcap")] == []


def packages() -> list[PurePath]:
    """Give the packages that have modules of their own."""
    modules = [path for path in of(".py") if path.name != "__init__.py"]
    folders = {path.parent for path in modules if (path.parent / "__init__.py").exists()}
    names = sorted(folder.relative_to(ROOT) for folder in folders)
    # Migrations are run by their tool alone; the tests of the database go through all of them.
    kept = [name for name in names if "migrations" not in name.parts]
    return [name for name in kept if name.parts and name.parts[0] in PACKAGES]


@pytest.mark.parametrize("folder", packages(), ids=str)
def test_every_package_has_its_tests_beside_it(folder: PurePath) -> None:
    mirror = ROOT / "tests" / folder
    assert list(mirror.glob("test_*.py")) or list(mirror.rglob("test_*.py")), f"none in {mirror}"


def test_what_ci_runs_can_be_run() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert "python3 dev.py test" in text_of(script)
