"""The fine print, tried: with every rule no interleaving does damage; without any one of them one does."""

from __future__ import annotations

import pytest

from tests.promise.model.explore import explore, tell
from tests.promise.model.rules import Rule, Trust
from tests.promise.model.worlds import NEEDED, SAMPLE, WORLDS, Case, without


@pytest.mark.parametrize("name", SAMPLE)
def test_with_every_rule_no_interleaving_does_damage(name: str) -> None:
    found = explore(WORLDS[name])
    assert found.whole
    assert not found.ways, "\n".join(f"{damage}:\n{tell(way)}" for damage, way in found.ways.items())


@pytest.mark.parametrize("case", NEEDED, ids=lambda case: f"{case.off.name}-{case.damage.name}")
def test_without_one_rule_there_is_a_shortest_way_to_its_damage(case: Case) -> None:
    """Each rule is the answer to an interleaving, which is printed; each trust is a limit that nothing can mend."""
    found = explore(without(WORLDS[case.world], case.off), case.damage)
    assert case.damage in found.ways, f"{found.states} states without it: the rule is not needed here"
    way = found.ways[case.damage]
    print(f"without: {case.off}\n{case.damage}, after {len(way)} steps:\n{tell(way)}")


def test_every_rule_and_every_trust_has_its_damage() -> None:
    """But for one rule, which keeps a person from being asked for nothing."""
    assert {case.off for case in NEEDED} == {*Rule, *Trust} - {Rule.KEEP_NONCE}
