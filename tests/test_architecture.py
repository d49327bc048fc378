"""The staircase: each room looks down only, one thing is one file, and the rooms keep their names."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from offboard.commands import FRONT_PAGE
from offboard.commands.names import MODULES
from offboard.errors import Exit

ROOT = Path(__file__).parent.parent / "offboard"
STAIRS = [
    {"errors", "amounts", "late"},
    {"columns", "config", "ledger", "schedule", "platforms", "calendar_file"},
    {"rows", "days_off"},
    {"model"},
    {"deadline"},
    {"metrics"},
    {"emails", "scan"},
    {"documents"},
    {"world"},
    {"timetable", "one_a_day"},
    {"plan"},
    {"steps"},
    {"workspace"},
    {"tracker"},
    {"engine"},
    {"demo"},
    {"commands"},
]
LEVEL = {room: level for level, rooms in enumerate(STAIRS) for room in rooms}
NEVER = {
    "steps": {"workspace", "tracker"},
    "emails": {"ledger", "config"},
    "documents": {"ledger", "config"},
    "workspace": {"model", "world", "plan", "steps", "ledger"},
    "tracker": {"world", "plan", "steps"},
}
OPENS_SANDBOX = {"commands/rehearsal.py"}
GOOGLE = {"google", "googleapiclient", "google_auth_oauthlib", "gspread", "httplib2"}
LONGEST = 330
ONE_THREAD = {"commands", "scan", "sandbox"}  # a command's beginning; a reader's process; the pretend Google
FILES = sorted(ROOT.rglob("*.py"))


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def room_of(path: Path) -> str:
    first = path.relative_to(ROOT).parts[0]
    return first.removesuffix(".py")


def functions_of(tree: ast.AST) -> list[ast.AST]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def is_import(node: ast.AST) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_imports_go_down_the_stairs_only(path: Path) -> None:
    mine = room_of(path)
    ours = {name.split(".")[1] for name in imports_of(path) if name.startswith("offboard.")}
    if mine == "sandbox":
        assert ours <= {"sandbox"}, "the sandbox imports nothing of the product"
        return
    if "sandbox" in ours:
        assert name_of(path) in OPENS_SANDBOX
    for room in ours - {"sandbox", mine, "__version__"}:
        assert LEVEL[room] < LEVEL.get(mine, len(STAIRS)), f"{name_of(path)} looks up to {room}"
        assert room not in NEVER.get(mine, set()), f"{name_of(path)} looks into {room}"


@pytest.mark.parametrize("path", [path for path in FILES if room_of(path) not in ONE_THREAD], ids=name_of)
def test_what_is_imported_late_is_imported_by_one_thread_at_a_time(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = [node for function in functions_of(tree) for node in ast.walk(function) if is_import(node)]
    guarded = [
        node
        for block in ast.walk(tree)
        if isinstance(block, ast.With) and "late_import" in ast.unparse(block.items[0])
        for node in ast.walk(block)
        if is_import(node)
    ]
    assert set(inside) == set(guarded), [ast.unparse(node) for node in {*inside} - {*guarded}]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_only_the_workspace_room_knows_google(path: Path) -> None:
    if room_of(path) != "workspace":
        assert not {name.split(".")[0] for name in imports_of(path)} & GOOGLE


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_file_is_one_thing_that_fits_a_few_screens(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST
    assert path.stem not in {"utils", "helpers", "common", "manager", "misc", "service", "handler"}


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_planning_has_no_clock_no_randomness_and_no_network(path: Path) -> None:
    if room_of(path) in {"plan", "world", "steps", "ledger", "model", "columns", "amounts"}:
        forbidden = {"time", "random", "secrets", "uuid", "requests", "socket", "os"}
        assert not {name.split(".")[0] for name in imports_of(path)} & forbidden
        source = path.read_text(encoding="utf-8")
        assert ".now(" not in source
        assert ".today()" not in source


def test_no_line_of_the_product_can_send_an_e_mail() -> None:
    for path in FILES:
        if room_of(path) != "sandbox":
            tree = ast.parse(path.read_text(encoding="utf-8"))
            sends = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "send"]
            assert all(ast.unparse(node.value) == "super()" for node in sends), name_of(path)  # the transport's own
            assert not imports_of(path) & {"smtplib"}, name_of(path)


def test_nothing_branches_on_the_sandbox() -> None:
    for path in FILES:
        if room_of(path) in {"workspace", "engine", "steps", "tracker", "emails", "plan", "world"}:
            names = {
                node.id for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Name)
            }
            assert not {name for name in names if "sandbox" in name.lower()} - {"SandboxedEnvironment"}, name_of(path)


def test_the_readme_and_the_front_page_name_only_commands_that_exist() -> None:
    readme = (ROOT.parent / "README.md").read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"```.*?```|`[^`]+`", readme, re.DOTALL))
    shown = re.findall(r"^  ([a-z-]+) {2,}", FRONT_PAGE, re.MULTILINE)
    typed = {*re.findall(r"offboard ([a-z-]+)", code), *shown}
    assert typed
    assert typed <= set(MODULES), typed - set(MODULES)
    assert all(len(line) <= 80 for line in FRONT_PAGE.splitlines())


def test_the_readmes_exit_codes_are_the_programs() -> None:
    readme = (ROOT.parent / "README.md").read_text(encoding="utf-8")
    assert [int(code) for code in re.findall(r"^\| (\d+) \|", readme, re.MULTILINE)] == [int(code) for code in Exit]
