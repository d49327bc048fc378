"""Imported before a killed run's process is forked: all that a run imports, even late; and its garbage is settled."""

import docx  # noqa: F401
import pytest  # noqa: F401
from detect_secrets.core import scan  # noqa: F401

from tests.garbage import wait_with_garbage
from tests.promise import suites  # noqa: F401

wait_with_garbage()  # here once; in each child it took as long as the run
