"""From the tracker's rows to a case study's facts, with the client's names or without."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date

from offboard.columns import squeeze
from offboard.documents.case_study import BestPost, CaseStudy, Month, PlatformStory
from offboard.documents.hidden_names import HIDDEN, Names
from offboard.metrics.months import WHOLE
from offboard.metrics.platforms import find_platform, platform_of
from offboard.model import Account, Client, Metric, Setup

NO_WORDS = re.compile(
    r"(none|nothing|no|keine?)( (answer|reply|feedback|testimonial|words?|antwort))?( came| yet| so far)*( \(.*\))?"
    r"|(did not|didn't|never) (answer|reply)(ed)?|n/?a|[-–—?.…]+",
    re.IGNORECASE,
)  # in Feedback: there is nothing to quote
STOCK = "followers"
MEASURES = tuple(field.name for field in fields(Month) if field.name != "month")


@dataclass(frozen=True)
class Rows:
    """What a case study is made of."""

    client: Client
    metrics: Sequence[Metric]
    accounts: Sequence[Account]
    setup: Setup
    my_name: str = ""  # the Google account's, where Setup names none


def make_case_study(rows: Rows, *, charts: bool, anonymous: bool = False) -> CaseStudy:
    """The facts; `anonymous`: no name, handle or link of the client's is left in them."""
    client = rows.client
    stories = _stories(rows.metrics, _broken_off(client))
    study = CaseStudy(
        client=client.name,
        sector=client.sector,
        goal=client.goal,
        quote=_quote(client),
        quoted=client.contact,
        by=rows.setup.your_name or rows.my_name,
        business=rows.setup.business,
        platforms=stories,
        broken_off=_broken_off(client) if any(_is_last(story, client) for story in stories) else None,
        charts=charts,
    )
    return _without_names(study, rows) if anonymous else study


def _quote(client: Client) -> str:
    """Their words where they were asked for to be shown; a survey's answers stay with the freelancer."""
    words = client.feedback.strip()
    shown = client.ask_for in ("", "testimonial")
    return "" if not shown or NO_WORDS.fullmatch(squeeze(words).rstrip(".")) else words.strip('“”"„«» \n')


def _broken_off(client: Client) -> date | None:
    """The last day, where too little of its month comes before it for sums of that month."""
    last = client.last_day
    return last if last and last.day < WHOLE * monthrange(last.year, last.month)[1] else None


def _is_last(story: PlatformStory, client: Client) -> bool:
    return client.last_day is not None and any(month.month == client.last_day.replace(day=1) for month in story.months)


def _stories(metrics: Iterable[Metric], broken_off: date | None) -> tuple[PlatformStory, ...]:
    """Each platform's months; of two rows for one month the upper one counts."""
    names: dict[str, str] = {}
    months: dict[str, dict[date, Metric]] = {}
    for metric in metrics:
        name = platform_of(metric.platform)
        if metric.month:
            names.setdefault(name.casefold(), name)
            months.setdefault(name.casefold(), {}).setdefault(metric.month.replace(day=1), metric)
    stories = []
    for key, found in months.items():
        in_order = [found[month] for month in sorted(found)]
        told = tuple(month for metric in in_order if (month := _month(metric, broken_off)))
        posts = tuple(
            BestPost(metric.month.replace(day=1), metric.best_post)
            for metric in reversed(in_order)
            if metric.month and metric.best_post
        )
        if told:
            stories.append(PlatformStory(names[key], told, tuple({post.link: post for post in posts}.values())))
    return tuple(stories)


def _month(metric: Metric, broken_off: date | None) -> Month | None:
    assert metric.month is not None
    month = metric.month.replace(day=1)
    partly = broken_off is not None and month == broken_off.replace(day=1)
    known = {name: getattr(metric, name) for name in MEASURES if name == STOCK or not partly}
    return Month(month, **known) if any(number is not None for number in known.values()) else None


def _without_names(study: CaseStudy, rows: Rows) -> CaseStudy:
    """The same without whatever names the client: the name and its words, the contact, handles, addresses, links."""
    names = Names(rows.client, rows.accounts)
    stories: list[PlatformStory] = []
    for number, story in enumerate(study.platforms, start=1):
        known = find_platform(story.name)
        name = known.name if known else names.hide(story.name)
        taken = HIDDEN in name or any(other.name == name for other in stories)
        stories.append(
            PlatformStory(f"{known.name if known else 'Platform'} {number}" if taken else name, story.months)
        )
    return CaseStudy(
        sector=names.hide(study.sector),
        goal=names.hide(study.goal),
        quote=names.hide(study.quote),
        by=study.by,
        business=study.business,
        platforms=tuple(stories),
        broken_off=study.broken_off,
        anonymous=True,
        charts=study.charts,
    )
