"""What grew while you worked together: of each platform the first number that did, out of the case study's facts."""

from __future__ import annotations

from collections.abc import Iterator

from offboard.documents.case_study import PlatformStory
from offboard.documents.case_study_facts import MEASURES, Rows, make_case_study
from offboard.documents.case_study_numbers import known_points
from offboard.emails.highlight import Highlight
from offboard.model import Client
from offboard.world import World

MOST = 3  # platforms: a highlight among ten is none


def find_highlights(world: World, client: Client) -> tuple[Highlight, ...]:
    """At most three, in the order of the tab; none where the parting is plain (*Ask for*: feedback or nothing)."""
    if client.ask_for not in ("", "testimonial"):
        return ()
    rows = Rows(client, world.metrics_of(client), world.accounts_of(client), world.setup)
    stories = make_case_study(rows, charts=False).platforms
    return tuple(grown for story in stories if (grown := next(_grown(story), None)))[:MOST]


def _grown(story: PlatformStory) -> Iterator[Highlight]:
    for measure in MEASURES:
        points = known_points(story, measure)
        if len(points) > 1 and points[-1].value > points[0].value:
            first, last = points[0], points[-1]
            yield Highlight(story.name, measure, first.value, last.value, first.month, last.month)
