"""The charts of a case study: what they say, where their axes begin, what stands in them, how they print."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import pytest
from matplotlib.colors import to_rgb

from offboard.documents.case_study_charts import BARS, INK, LINE, PALE, Chart, draw_chart, list_charts, png_of
from offboard.model import Metric
from tests.documents.case_study_rows import series, study_of

SIX = ("Instagram", "Facebook", "TikTok", "LinkedIn", "X", "YouTube")


def charts(*metrics: Metric) -> list[Chart]:
    return list(list_charts(study_of(*metrics)))


def texts(ax: Any) -> list[str]:
    return [text.get_text().replace("\N{NO-BREAK SPACE}", " ") for text in ax.texts]


def test_the_title_of_one_platform_is_its_change() -> None:
    followers, rate, reach = charts(*series("Instagram", 3))
    assert followers.title.replace("\N{NO-BREAK SPACE}", " ") == "Instagram: followers 3,600 → 3,800, +200 (+5.6 %)"
    assert rate.title.startswith("Instagram: engagement rate (engagements / reach) 8.3")
    assert reach.title.startswith("Instagram: reach 14,400 → 15,200, +800")


@pytest.mark.parametrize(
    ("falling", "title"),
    [
        (set(), "Followers grew on both platforms, most on Instagram: +200"),
        ({"TikTok"}, "Followers grew on 1 of 2 platforms, most on Instagram: +200"),
        ({"TikTok", "Instagram"}, "Followers grew on none of 2 platforms"),
    ],
)
def test_the_title_of_several_platforms_is_how_many_grew_and_which_most(falling: set[str], title: str) -> None:
    rows = [*series("Instagram", 3), *series("TikTok", 3, 50)]
    flat = [row if row.platform not in falling else _with(row, followers=60) for row in rows]
    assert charts(*flat)[0].title.startswith(title)


def _with(row: Metric, **numbers: int) -> Metric:
    return Metric(**{**{name: getattr(row, name) for name in ("client", "platform", "month", "reach")}, **numbers})


def test_a_rate_that_grew_by_less_than_is_written_did_not_grow() -> None:
    _, rate, _ = charts(*[row for name in SIX for row in series(name, 24, 700, gaps=(3, 4))])
    assert rate.title == "Engagement rate (engagements / reach) grew on none of 6 platforms"


@pytest.mark.parametrize(("months", "kind"), [(2, BARS), (3, LINE), (24, LINE)])
def test_two_months_are_bars_and_more_a_line(months: int, kind: str) -> None:
    assert charts(*series("Instagram", months))[0].kind == kind


def test_no_line_is_drawn_through_a_gap_and_two_months_apart_are_bars() -> None:
    followers = charts(*series("Instagram", 6, gaps={2, 3}))[0]
    line = draw_chart(followers).axes[0].lines[0]
    assert [math.isnan(value) for value in line.get_ydata()] == [False, False, True, True, False, False]
    assert charts(*series("Instagram", 5, gaps={1, 2, 3}))[0].kind == BARS


@pytest.mark.parametrize("months", [2, 24])
@pytest.mark.parametrize("platforms", [1, 2, 6])
def test_bars_and_rates_begin_at_zero_and_every_value_is_inside(platforms: int, months: int) -> None:
    for chart in charts(*(row for name in SIX[:platforms] for row in series(name, months))):
        figure = draw_chart(chart)
        shown = [ax for ax in figure.axes if ax.axison]
        assert len(shown) == platforms
        for ax, panel in zip(shown, chart.panels, strict=True):
            bottom, top = ax.get_ylim()
            assert bottom == 0 or (chart.kind == LINE and not chart.from_zero)
            assert all(bottom <= point.value <= top for point in panel.points)


def test_a_panel_has_its_platforms_name_its_two_values_and_no_legend() -> None:
    chart = charts(*series("Instagram", 24), *series("Facebook", 24, 900))[0]
    figure = draw_chart(chart)
    first, second = figure.axes
    assert (first.get_title("left"), second.get_title("left")) == ("Instagram", "Facebook")
    assert (texts(first), texts(second)) == (["3,600", "5,900"], ["900", "3,200"])
    assert [label.get_text() for label in first.get_xticklabels()] == ["Jun 2024", "May 2026"]
    assert not figure.legends
    assert not any(ax.get_legend() for ax in figure.axes)
    assert figure.get_suptitle() == chart.title


@pytest.mark.parametrize("same", [{}, {"followers": 0, "reach": 0, "engagements": 0}])
@pytest.mark.parametrize("months", [3, 24])
def test_labels_stand_in_the_picture_and_not_on_each_other(months: int, same: dict[str, int]) -> None:
    for chart in charts(*(row for name in SIX for row in series(name, months, 12_345, **same))):
        figure = draw_chart(chart)
        figure.canvas.draw()
        page = figure.bbox
        for ax in figure.axes:
            boxes = [text.get_window_extent() for text in ax.texts]
            assert all(page.x0 <= box.x0 and box.x1 <= page.x1 and box.y1 <= page.y1 for box in boxes), chart.title
            assert not any(one.overlaps(other) for one, other in pairwise(boxes)), chart.title
            below = [label.get_window_extent() for label in ax.get_xticklabels()]
            assert not any(one.overlaps(other) for one in boxes for other in below), f"{chart.title}: on its months"


def test_zeros_alone_are_drawn_and_one_month_is_no_chart() -> None:
    zeros = charts(*series("X", 4, followers=0, reach=0, engagements=0))
    assert zeros[0].title.startswith("X: followers 0 → 0, no change")
    assert draw_chart(zeros[0]).axes[0].get_ylim()[1] > 0
    assert charts(*series("Instagram", 1)) == []


def test_dark_and_pale_differ_in_print_without_colour() -> None:
    grey = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in map(to_rgb, (INK, PALE))]
    assert grey[1] - grey[0] > 0.4


def test_the_same_chart_is_the_same_picture_and_is_told_in_words_too() -> None:
    chart = charts(*series("Instagram", 3))[0]
    assert png_of(draw_chart(chart)) == png_of(draw_chart(chart))
    assert chart.described.endswith("Instagram: 3,600 in Mar 2026, 3,800 in May 2026.")
