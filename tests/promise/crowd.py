"""Two or three runs of one client at once, from homes of their own, their requests in an order that a seed gives."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

from offboard.emails.message import SHELL_SUBJECT
from offboard.sandbox.server import Witness
from tests.promise.gate import Gate, GatedSandbox
from tests.promise.runner import open_place, run_from
from tests.promise.setting import Setting
from tests.rehearsal import Rehearsal, find_differences

AT_MOST = 3  # runs at once
ELSEWHERE = "type the same command again"  # how it ends when somebody else was at it all the time


def interleave(rehearsal: Rehearsal, homes: list[Path], seed: int, setting: Setting) -> list[str]:
    """Runs side by side as the seed has it, one of them cut off perhaps; what each ended with."""
    chance, sandbox = Random(seed), rehearsal.sandbox
    assert isinstance(sandbox, GatedSandbox)
    runners = {json.loads((home / "token.json").read_text())["token"]: home for home in homes}
    sandbox.gate = gate = Gate(runners, seed)
    if seed % 2:
        sandbox.victim = chance.choice(list(runners))
        sandbox.left, sandbox.loses_reply = chance.randrange(setting.calls), chance.random() < 0.5

    def run_one(token: str) -> str:
        try:
            return run_from(open_place(runners[token]), setting.wishes)
        finally:
            gate.end(token)

    with ThreadPoolExecutor(len(runners)) as pool:
        ends = list(pool.map(run_one, runners))
    sandbox.gate = None
    return ends


def play(seed: int, setting: Setting, folder: Path, witness: Witness | None = None) -> list[str]:
    """How the world differs from that of one run, once one runs alone."""
    count = Random(seed).choice((2, 2, AT_MOST))
    with setting.open(folder, witness, homes=AT_MOST) as rehearsal:
        homes = [rehearsal.home.with_name(f"home-{number}") for number in range(count)]
        ends = interleave(rehearsal, homes, seed, setting)
        sandbox = rehearsal.sandbox
        assert isinstance(sandbox, GatedSandbox)
        lies = [] if sandbox.victim else [end for end in ends if end and ELSEWHERE not in end.lower()]
        rehearsal.come_to_rest()
        world = rehearsal.world()
        # an empty one is swept when it is a day old
        world["drafts"] = [draft for draft in world["drafts"] if draft[1] != SHELL_SUBJECT]
        return lies + find_differences(world, setting.end, killed=True)
