"""The front door: fast, friendly to slips, the same for programs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from offboard.commands import group
from offboard.commands.door import open_door
from offboard.commands.names import MODULES
from offboard.commands.step_names import STEP_NAMES
from offboard.steps import STEPS

HEAVY = ("google", "googleapiclient", "gspread", "requests", "rich", "babel", "jinja2", "tomlkit", "offboard.engine")
MAIN = "from offboard.commands import main; import sys; main(sys.argv[1:])"
LOADED = f"""
import atexit, sys
atexit.register(lambda: print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr))
{MAIN}
"""


def offboard(*words: str, code: str = MAIN, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "PYTHONUTF8": "1"} | environment
    command = [sys.executable, "-c", code, *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=30)


@pytest.mark.parametrize(("words", "code"), [([], 0), (["--help"], 0), (["--version"], 0), (["plam"], 2), (["-x"], 2)])
def test_what_needs_no_command_loads_none(words: list[str], code: int) -> None:
    done = offboard(*words, code=LOADED)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (code, "[]")


@pytest.mark.parametrize("name", MODULES)
def test_every_command_has_its_name_and_says_what_it_is_for(name: str) -> None:
    command = group.get_command(click.Context(group), name)
    assert command is not None
    assert command.name == name
    assert command.get_short_help_str()


def test_the_steps_that_the_front_page_knows_are_the_registrys() -> None:
    assert list(STEP_NAMES) == [step.name for step in STEPS]


def test_a_slip_of_the_finger_is_answered_with_the_nearest_command() -> None:
    done = offboard("plam", "bloom")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "✗ There is no command “plam”. Did you mean: offboard plan\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["run", "bloom", "--only", "foldr"], "There is no step “foldr”. Did you mean folder?"),
        (["run", "bloom", "--now", "xyz"], "There is no step “xyz”. contract, end-date, folder,"),
        (["run", "bloom", "--refesh"], "Did you mean one of: '--refresh', '--yes'?"),
        (["plan", " "], "The client's name is empty."),
    ],
)
def test_other_slips_too_are_answered_with_the_nearest(words: list[str], says: str) -> None:
    done = offboard(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in " ".join(done.stderr.split())


@pytest.mark.parametrize("words", [["plam"], ["run"], ["run", "bloom", "--only", "nothing"], ["status", "--nope"]])
def test_a_program_gets_its_slips_as_json(words: list[str]) -> None:
    done = offboard(*words, "--json")
    found = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (2, "")
    assert (found["ok"], found["error"]["exit"]) == (False, 2)


@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
def test_a_terminal_without_typographic_signs_gets_plain_ones(encoding: str) -> None:
    done = offboard("plam", PYTHONUTF8="0", PYTHONIOENCODING=encoding)
    assert done.stderr == 'x There is no command "plam". Did you mean: offboard plan\n'


def test_a_mistake_of_ours_leaves_a_report_and_no_trace_on_the_screen(tmp_path: Path) -> None:
    broken = "import offboard.commands.status as s; s.open_place = None; " + MAIN
    done = offboard("status", "--home", str(tmp_path), code=broken)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    path = Path(done.stderr.split()[-1])
    assert path.parent == tmp_path / "problems"
    assert "TypeError" in path.read_text()
    assert "Traceback" in offboard("status", "--debug", "--home", str(tmp_path), code=broken).stderr


def test_the_report_finds_a_place_even_where_the_home_is_none() -> None:
    broken = "import offboard.commands.status as s; s.open_place = None; " + MAIN
    done = offboard("status", "--home", "/proc/nowhere", code=broken)
    assert done.returncode == 1
    assert "TypeError" in Path(done.stderr.split()[-1]).read_text()


def test_a_reader_that_leaves_early_is_no_trouble() -> None:
    piped = f"{sys.executable} -c '{MAIN}' | true"
    done = subprocess.run(piped, shell=True, capture_output=True, text=True, check=False, timeout=30)
    assert done.stderr == ""


@pytest.mark.parametrize("ours", [StopIteration("x"), KeyError("x"), RuntimeError("x"), RecursionError("x")])
def test_no_mistake_of_ours_greets_a_person_with_a_trace(
    ours: Exception, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(click.exceptions.Exit) as left, open_door(as_json=False, debug=False, home=tmp_path):
        raise ours
    assert left.value.exit_code == 1
    assert left.value.__cause__ is None
    assert "Something went wrong inside offboard" in capsys.readouterr().err
    assert len(list((tmp_path / "problems").iterdir())) == 1


@pytest.mark.parametrize("pressed", [KeyboardInterrupt(), click.Abort()])
def test_ctrl_c_is_answered_with_the_command_that_goes_on(
    pressed: BaseException, capsys: pytest.CaptureFixture[str]
) -> None:
    run = group.get_command(click.Context(group), "run")
    assert run is not None
    with click.Context(run, click.Context(group, info_name="offboard"), info_name="run") as context:
        context.params = {"client": "bloom"}
        with pytest.raises(click.exceptions.Exit) as left, open_door(as_json=False, debug=False, home=None):
            raise pressed
    assert left.value.exit_code == 130
    lines = capsys.readouterr().err.splitlines()
    assert lines[-1] == "  Go on:  offboard run bloom"
    assert max(map(len, lines)) <= 80
