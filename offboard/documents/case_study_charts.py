"""The charts of a case study: what each says, as data; then drawn, readable in print without any colour."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

from offboard.documents.case_study import CaseStudy, PlatformStory
from offboard.documents.case_study_numbers import (
    Point,
    change_text,
    count_text,
    known_points,
    months_between,
    points_text,
    rate_base,
    rate_points,
    rate_text,
    short_month,
)
from offboard.late import late_import

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LINE, BARS = "line", "bars"
INK, PALE, GREY = "#1b3a5c", "#b9c7d6", "#5f6368"  # one hue, dark on pale: told apart without colour too
WIDTH, ROW, HEAD = 6.4, 1.75, 0.55  # inches: a page's width, a row of panels, the title
ROOM = 1.22  # of the highest value: its label stands above it
FEW = 4  # months: labels fit above their bars
LOW = 0.1  # of a panel's height: what is lower is written above its line, not across the axis
SIDE = 0.2  # of a panel's months, left free on each side for the labels


@dataclass(frozen=True)
class Panel:
    """One platform's months; those between the first and the last that are not known are gaps."""

    name: str
    points: tuple[Point, ...]

    @property
    def places(self) -> tuple[int, ...]:
        """Each point's place, in months after the first."""
        return tuple(months_between(self.points[0].month, point.month) for point in self.points)

    @property
    def values(self) -> list[float]:
        """A value for every month from the first to the last; NaN in a gap, so that no line is drawn through it."""
        values = [math.nan] * (self.places[-1] + 1)
        for place, point in zip(self.places, self.points, strict=True):
            values[place] = point.value
        return values


@dataclass(frozen=True)
class Chart:
    """A chart: its finding as its title, a panel for each platform, lines or bars, how its numbers are written."""

    title: str
    panels: tuple[Panel, ...]
    kind: str
    text: Callable[[float], str]
    from_zero: bool = True

    @property
    def described(self) -> str:
        """The same in words, for those who cannot see it."""
        told = (
            f"{panel.name}: {self.text(panel.points[0].value)} in {short_month(panel.points[0].month)}, "
            f"{self.text(panel.points[-1].value)} in {short_month(panel.points[-1].month)}"
            for panel in self.panels
        )
        return f"{self.title}. {'; '.join(told)}."


def list_charts(study: CaseStudy) -> Iterator[Chart]:
    """Followers, engagement rate and reach, each where at least one platform knows two months of it."""
    if panels := _panels(study, lambda story: known_points(story, "followers")):
        title = _title(panels, "followers", change_text, count_text)
        yield Chart(title, panels, _kind(panels), count_text, from_zero=_kind(panels) == BARS)
    if panels := _panels(study, rate_points, _name_with_base):
        bases = sorted({rate_base(story) for story in study.platforms if rate_base(story)})
        title = _title(panels, f"engagement rate (engagements / {' or '.join(bases)})", points_text, rate_text)
        yield Chart(title, panels, _kind(panels), rate_text)
    if panels := _panels(study, lambda story: known_points(story, "reach")):
        yield Chart(_title(panels, "reach", change_text, count_text), panels, BARS, count_text)


def _name_with_base(study: CaseStudy, story: PlatformStory) -> str:
    mixed = len({rate_base(other) for other in study.platforms if rate_base(other)}) > 1
    return f"{story.name} (of {rate_base(story)})" if mixed else story.name


def _panels(
    study: CaseStudy,
    points: Callable[[PlatformStory], tuple[Point, ...]],
    name: Callable[[CaseStudy, PlatformStory], str] = lambda _, story: story.name,
) -> tuple[Panel, ...]:
    """A panel for each platform with two months or more."""
    found = ((name(study, story), points(story)) for story in study.platforms)
    return tuple(Panel(label, known) for label, known in found if len(known) > 1)


def _kind(panels: Sequence[Panel]) -> str:
    """Lines where months follow each other; two months, or months apart, stand as bars."""
    follow = (
        later - earlier == 1 for panel in panels if len(panel.points) > 2 for earlier, later in pairwise(panel.places)
    )
    return LINE if any(follow) else BARS


def _title(
    panels: Sequence[Panel], what: str, change: Callable[[float, float], str], text: Callable[[float], str]
) -> str:
    """The finding: of one platform its change, of several how many grew and which one most."""
    if len(panels) == 1:
        first, last = panels[0].points[0], panels[0].points[-1]
        told = f"{text(first.value)} → {text(last.value)}, {change(first.value, last.value)}"
        return f"{panels[0].name}: {what} {told}"
    grown = [panel for panel in panels if change(panel.points[0].value, panel.points[-1].value).startswith("+")]
    subject = f"{what[0].upper()}{what[1:]}"
    if not grown:
        return f"{subject} grew on none of {len(panels)} platforms"
    most = max(grown, key=lambda panel: panel.points[-1].value - panel.points[0].value)
    by = change(most.points[0].value, most.points[-1].value)
    every = "both" if len(panels) == 2 else f"all {len(panels)}"
    where = every if len(grown) == len(panels) else f"{len(grown)} of {len(panels)}"
    return f"{subject} grew on {where} platforms, most on {most.name}: {by}"


def draw_chart(chart: Chart) -> Figure:
    """The chart as a figure: panels in two columns, each with its platform's name and its first and last value."""
    with late_import:
        from matplotlib.figure import Figure  # heavy, and an extra: only who draws needs it
    columns = 1 if len(chart.panels) == 1 else 2
    rows = math.ceil(len(chart.panels) / columns)
    height = HEAD + ROW * rows
    figure = Figure(figsize=(WIDTH, height), dpi=200, layout="constrained")
    figure.suptitle(chart.title, x=0.01, ha="left", fontsize=11, fontweight="bold", color="black", wrap=True)
    axes = figure.subplots(rows, columns, squeeze=False).flatten()
    for panel, ax in zip(chart.panels, axes, strict=False):
        _draw_panel(ax, chart, panel)
    for ax in axes[len(chart.panels) :]:
        ax.set_axis_off()
    return figure


def _draw_panel(ax: Axes, chart: Chart, panel: Panel) -> None:
    places, shown = panel.places, [point.value for point in panel.points]
    if chart.kind == BARS:
        ends = {places[0], places[-1]}
        ax.bar(places, shown, color=[INK if place in ends else PALE for place in places], width=0.7)
    else:
        ax.plot(range(places[-1] + 1), panel.values, color=INK, linewidth=2, marker="o", markersize=3.5)
    _set_limits(ax, chart, panel)
    _label_ends(ax, chart, panel)
    if len(chart.panels) > 1:  # of one alone the chart's title tells it
        ax.set_title(panel.name, loc="left", fontsize=9.5, color="black")
    ax.set_xticks([places[0], places[-1]], [short_month(panel.points[0].month), short_month(panel.points[-1].month)])
    ax.set_yticks([])
    ax.tick_params(length=0, labelsize=9, colors=GREY)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.spines["bottom"].set_color(GREY)


def _label_ends(ax: Axes, chart: Chart, panel: Panel) -> None:
    """The first and the last value: above their bars where these are few, else beside, where nothing stands."""
    above = chart.kind == BARS and panel.places[-1] < FEW
    first, last = panel.points[0], panel.points[-1]
    width = 0.35 if chart.kind == BARS else 0.0
    bottom, top = ax.get_ylim()
    for point, place, side in ((first, panel.places[0] - width, -1), (last, panel.places[-1] + width, 1)):
        ax.annotate(
            chart.text(point.value),
            (place - side * width if above else place, point.value),
            (0, 3) if above else (5 * side, 0),
            textcoords="offset points",
            ha="center" if above else "right" if side < 0 else "left",
            va="bottom" if above or point.value - bottom < LOW * (top - bottom) else "center",
            fontsize=9,
        )


def _set_limits(ax: Axes, chart: Chart, panel: Panel) -> None:
    """Bars and rates begin at zero; a line of followers shows its own span. Room for the labels on every side."""
    highest, lowest = max(p.value for p in panel.points), min(p.value for p in panel.points)
    bottom = 0.0 if chart.from_zero else lowest - 0.25 * ((highest - lowest) or highest or 1)
    ax.set_ylim(bottom, bottom + ((highest - bottom) or 1) * ROOM)
    beside = 0.0 if chart.kind == BARS and panel.places[-1] < FEW else SIDE * (1 if len(chart.panels) > 1 else 0.5)
    margin = 0.5 + beside * panel.places[-1]
    ax.set_xlim(-margin, panel.places[-1] + margin)


def png_of(figure: Figure) -> bytes:
    """The figure's bytes; the same drawing, the same bytes."""
    drawn = BytesIO()
    figure.savefig(drawn, format="png", metadata={"Software": None})
    return drawn.getvalue()
