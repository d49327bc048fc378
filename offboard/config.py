"""The home and its settings: flag > environment > config.toml > default, each value with its source."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar
from urllib.parse import urlsplit

import platformdirs
import tomlkit
from tomlkit.exceptions import TOMLKitError

from offboard.errors import NotReadyError, Problem

T = TypeVar("T")
KNOWN = ("origin", "tracker", "timeout")
TIMEOUT = 600.0  # seconds for a whole run


@dataclass(frozen=True)
class Setting(Generic[T]):
    """A value and where it came from: a flag, the environment, a file, or the default."""

    value: T
    source: str


@dataclass(frozen=True)
class Config:
    """Everything that can be set; the files of the home lie beside each other."""

    home: Path
    origin: Setting[str]  # empty: Google
    tracker: Setting[str]  # the spreadsheet's id; empty: none yet
    timeout: Setting[float]  # seconds

    @property
    def credentials(self) -> Path:
        """The app's credentials, downloaded from Google's console."""
        return self.home / "credentials.json"

    @property
    def token(self) -> Path:
        """The sign-in."""
        return self.home / "token.json"


def load_config(
    home: Path | None = None, environ: Mapping[str, str] = os.environ, *, timeout: float | None = None
) -> Config:
    """The settings of a home; NotReadyError lists everything in config.toml that cannot be understood.

    `timeout` is the flag's, in seconds.
    """
    folder = find_home(home, environ)
    path = folder / "config.toml"
    stored = _read(path)
    origin = _setting("origin", "OFFBOARD_ORIGIN", "", stored, path, environ)
    tracker = _setting("tracker", "OFFBOARD_TRACKER", "", stored, path, environ)
    _check_origin(origin)
    return Config(
        home=folder,
        origin=Setting(origin.value.rstrip("/"), origin.source),
        tracker=Setting(spreadsheet_id(tracker.value), tracker.source),
        timeout=_timeout(timeout, stored, path),
    )


def _timeout(flag: float | None, stored: Mapping[str, str | float], path: Path) -> Setting[float]:
    if flag is not None:
        return Setting(flag, "--timeout")
    return Setting(float(stored.get("timeout", TIMEOUT)), str(path) if "timeout" in stored else "default")


def find_home(home: Path | None, environ: Mapping[str, str] = os.environ) -> Path:
    """The home directory: the flag's, OFFBOARD_HOME's, or the system's place for settings."""
    named = str(home) if home else environ.get("OFFBOARD_HOME", "")
    return Path(named).expanduser() if named else Path(platformdirs.user_config_dir("offboard"))


def _setting(
    name: str, variable: str, default: str, stored: Mapping[str, str | float], path: Path, environ: Mapping[str, str]
) -> Setting[str]:
    if environ.get(variable):
        return Setting(environ[variable], variable)
    return Setting(str(stored[name]), str(path)) if name in stored else Setting(default, "default")


def _check_origin(origin: Setting[str]) -> None:
    try:
        address = urlsplit(origin.value)
    except ValueError:
        address = urlsplit("")
    secret = address.scheme == "https" or address.hostname in ("127.0.0.1", "localhost", "::1")
    if origin.value and not (secret and address.scheme in ("http", "https") and address.hostname):
        raise NotReadyError(
            f"“{origin.value}” ({origin.source}) is no address that a sign-in may be sent to.",
            "Write it like http://127.0.0.1:8787 or https://example.org, or leave it out: then it is Google.",
        )


def spreadsheet_id(text: str) -> str:
    """The id in a pasted address, or the id itself."""
    matched = re.search(r"/spreadsheets/(?:u/\d+/)?d/([\w-]+)", text)
    return matched[1] if matched else text.strip()


def _read(path: Path) -> dict[str, str | float]:
    try:
        text = path.read_text(encoding="utf-8")
        stored = tomllib.loads(text)
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NotReadyError(f"{path} cannot be read: {error}.", "Mend that line, or delete the file.") from None
    except OSError as error:
        raise NotReadyError(f"{path} cannot be read: {error.strerror}.", "Name another folder: --home") from None

    def where(name: str) -> str:
        before = re.split(rf"(?m)^[ \t]*\[*[\"']?{re.escape(name)}\b", text)[0]
        return f"{path}:{before.count(chr(10)) + 1}"

    problems = [
        Problem(where(name), f"“{name}” is no setting.", f"There are: {', '.join(KNOWN)}")
        for name in stored
        if name not in KNOWN
    ]
    problems += [
        Problem(where(name), f"“{name}” must be text in quotes.")
        for name in ("origin", "tracker")
        if name in stored and not isinstance(stored[name], str)
    ]
    timeout = stored.get("timeout", TIMEOUT)
    if not isinstance(timeout, int | float) or isinstance(timeout, bool) or not 0 < timeout < 86400:
        problems.append(Problem(where("timeout"), "“timeout” must be a number of seconds.", "Such as: timeout = 600"))
    if problems:
        raise NotReadyError("The settings cannot be used.", problems=problems)
    return stored


def save_setting(home: Path, name: str, value: str) -> None:
    """Write one setting into config.toml; what people wrote there, comments included, stays."""
    path = home / "config.toml"
    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else tomlkit.document()
    except TOMLKitError as error:
        raise NotReadyError(f"{path} cannot be read: {error}.", "Mend that line, or delete the file.") from None
    document[name] = value
    write_private(path, tomlkit.dumps(document))


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh.unlink(missing_ok=True)  # nothing that waits there already is written into
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        raise NotReadyError(f"{path} cannot be written: {error.strerror}.", "Name another folder: --home") from error
