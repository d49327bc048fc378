"""Imported before killed runs are forked: one run in peace has filled what a run imports, builds and keeps."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest  # noqa: F401

from tests.garbage import wait_with_garbage
from tests.promise import suites  # noqa: F401
from tests.promise.setting import at_home
from tests.rehearsal import make_template_home

with TemporaryDirectory() as folder:
    make_template_home(Path(folder) / "home")
    with at_home(Path(folder) / "home") as rehearsal:
        rehearsal.come_to_rest()
wait_with_garbage()  # here once; in each child it took as long as the run
