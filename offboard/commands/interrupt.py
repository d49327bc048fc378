"""Ctrl-C: the first stops calmly and writes down what is done; the second leaves at once."""

from __future__ import annotations

import os
import signal
import sys
import threading
from types import FrameType
from typing import NoReturn

from offboard.errors import Exit

PATIENCE = 1.0  # seconds; after these a person wonders whether Ctrl-C was heard
ENDING = "\nStopping: what is on its way ends first. Ctrl-C again leaves at once.\n"
LEFT = "\nLeft at once. What Google was just asked may still happen: run again.\n"
SHOW_CURSOR = "\x1b[?25h"  # a progress line hides it


def listen_for_interrupts() -> None:
    """From now on Ctrl-C is heard as this file says; where it was not to be heard at all it still is not."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _stop_calmly)


def _stop_calmly(_number: int, _frame: FrameType | None) -> NoReturn:
    signal.signal(signal.SIGINT, _leave)
    reminder = threading.Timer(PATIENCE, _tell, [ENDING])
    reminder.daemon = True
    reminder.start()
    raise KeyboardInterrupt


def _leave(_number: int, _frame: FrameType | None) -> NoReturn:
    _tell((SHOW_CURSOR if sys.stderr.isatty() else "") + LEFT)
    os._exit(Exit.INTERRUPTED)  # an ordinary exit would wait for the requests in flight


def _tell(text: str) -> None:
    os.write(2, text.encode("ascii"))  # the streams may be in the midst of something
