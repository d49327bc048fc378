"""`offboard sandbox`: a home to rehearse with, that survives a restart."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

MAIN = [sys.executable, "-u", "-c", "from offboard.commands import main; main()"]


@contextmanager
def running(home: Path, *words: str) -> Iterator[tuple[str, str]]:
    """The command in a process of its own: its origin and the line to paste; ended by ^C."""
    process = subprocess.Popen([*MAIN, "sandbox", "--home", str(home), *words], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    ready, paste = process.stdout.readline(), process.stdout.readline()
    try:
        yield ready.removeprefix("ready: ").strip(), paste.strip()
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0


def offboard(line: str, *words: str) -> dict[str, object]:
    """A command with nothing but the pasted line in its environment."""
    name, _, value = shlex.split(line)[1].partition("=")
    environment = {**os.environ, name: value}
    done = subprocess.run([*MAIN, *words, "--json"], env=environment, capture_output=True, text=True, check=False)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_a_rehearsal_survives_a_restart_on_the_same_port(tmp_path: Path) -> None:
    home = tmp_path / "a home with blanks"
    with running(home) as (origin, paste):
        assert origin.startswith("http://127.0.0.1:")
        assert shlex.split(paste) == ["export", f"OFFBOARD_HOME={home}"]
        assert [c["client"] for c in offboard(paste, "status")["clients"]] == ["bloom", "corvo", "dune"]  # type: ignore[attr-defined]
        assert offboard(paste, "run", "bloom", "--yes")["ok"] is True
    with running(home) as (again, paste):
        assert again == origin
        assert offboard(paste, "run", "bloom", "--yes")["done"] == []


def test_an_empty_one_waits_for_its_tracker(tmp_path: Path) -> None:
    with running(tmp_path / "home", "--empty") as (_, paste):
        assert offboard(paste, "status")["ok"] is False
        assert offboard(paste, "init")["made"] is True
        assert offboard(paste, "status")["clients"] == []


def test_a_port_in_use_is_said(tmp_path: Path) -> None:
    with running(tmp_path / "one", "--empty") as (origin, _):
        port = origin.rpartition(":")[2]
        words = [*MAIN, "sandbox", "--home", str(tmp_path / "two"), "--port", port]
        done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=30)
        assert done.returncode == 1
        assert f"Port {port} is in use" in done.stderr


def test_what_it_saw_can_be_read_and_it_can_be_emptied(tmp_path: Path) -> None:
    with running(tmp_path / "home") as (origin, paste):
        offboard(paste, "status")
        seen = requests.get(f"{origin}/sandbox/requests", timeout=5).json()["requests"]
        assert {"method", "path", "status"} <= set(seen[-1])
        assert requests.post(f"{origin}/sandbox/reset", json={}, timeout=5).status_code == 200
        assert offboard(paste, "status")["ok"] is False
