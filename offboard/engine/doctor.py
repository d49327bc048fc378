"""Doctor: is the sign-in complete, the tracker readable, its memory whole, and does the fence hold?"""

from __future__ import annotations

from collections.abc import Iterator

from offboard.engine.check import Check
from offboard.engine.look import Place, look_at_tracker
from offboard.engine.repair import plan_repair
from offboard.errors import LedgerError, NotReadyError
from offboard.tracker.fence import prove


def examine(place: Place) -> tuple[Check, ...]:
    """Everything that every command relies on. Of the tracker only a hidden mark is touched, and taken away again."""
    return tuple(_examine(place))


def _examine(place: Place) -> Iterator[Check]:
    name, email = place.workspace.drive.get_person()
    yield Check("sign-in", holds=True, says=f"{name} <{email}>, with every permission that is needed")
    try:
        repair = plan_repair(place)
    except (NotReadyError, LedgerError) as error:
        yield Check("tracker", holds=False, says=error.message, hint=error.hint)
        return
    if repair:
        for damage in repair.damages:
            yield Check("memory", holds=False, says=damage, hint="See how it is mended: offboard doctor --repair")
        return
    world = look_at_tracker(place)
    count = len(world.clients)
    clients = f"{count} client" if count == 1 else f"{count} clients"
    yield Check("tracker", holds=True, says=f"there, with {clients}", link=world.tracker_url)
    for problem in world.problems:
        yield Check("tracker", holds=False, says=f"{problem.where} {problem.message}", hint=problem.hint)
    versions = f"{len(world.ledger.entries)} entries, none missing"
    yield Check("memory", holds=True, says=versions)
    if prove(place.workspace.sheets, place.tracker_id):
        yield Check("two runs", holds=True, says="two runs at once keep apart, so nothing can be made twice")
    else:
        hint = "Run offboard on one computer at a time, and report this."
        yield Check("two runs", holds=False, says="Google let two runs at once pass for one", hint=hint)
