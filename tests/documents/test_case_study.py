"""What a case study says: its numbers, its names or none, its words, and the same bytes for the same facts."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document

from offboard.documents.case_study import CaseStudy
from offboard.documents.case_study_numbers import change_text, compare, headline, period_text, rate_text
from offboard.model import Client, Metric
from tests.documents.case_study_rows import BLOOM, series, study_of

GLUE = "\N{NO-BREAK SPACE}"
CHANGES = [
    (3840, 4210, "+370 (+9.6_%)"), (4210, 3840, "−370 (−8.8_%)"), (4210, 4210, "no change"), (0, 50, "+50"),
    (99, 300, "+201"), (100, 300, "+200 (+200_%)"), (100, 4200, "+4,100 (+4,100_%)"), (100, 0, "−100 (−100_%)"),
    (0, 0, "no change"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "last", "text"), CHANGES)
def test_a_change_has_a_percentage_only_on_a_base_of_a_hundred_or_more(first: int, last: int, text: str) -> None:
    assert change_text(first, last).replace(GLUE, "_") == text


def words(study: CaseStudy) -> str:
    """All that a reader reads, cells divided by bars."""
    paper = Document(BytesIO(study.render()))
    tables = ("|".join(cell.text for cell in row.cells) for table in paper.tables for row in table.rows)
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *tables]).replace(GLUE, " ")


def month(at: int, **numbers: int | None) -> Metric:
    return Metric(client="bloom", platform="Instagram", month=date(2026, at, 1), **numbers)  # type: ignore[arg-type]


COMPARED = [
    ([month(3, followers=3840), month(5, followers=4210)], {"Followers": ("3,840", "4,210", "+370 (+9.6 %)")}),
    ([month(3, followers=0), month(5, followers=40)], {"Followers": ("0", "40", "+40")}),
    # what is not known in the first month is held against the first that knows it
    ([month(3, followers=1), month(4, reach=200), month(5, reach=300)], {"Reach": ("200", "300", "+100 (+50.0 %)")}),
    ([month(5, leads=7)], {"Leads": ("7", "7", "")}),
    # engagements by reach; by views where no reach is known; by nothing that is too small
    ([month(3, engagements=30, reach=300, views=900), month(5, engagements=33, reach=300, views=900)],
     {"Engagement rate (engagements / reach)": ("10.0 %", "11.0 %", "+1.0 points")}),
    ([month(3, engagements=30, views=900), month(5, engagements=27, views=900)],
     {"Engagement rate (engagements / views)": ("3.3 %", "3.0 %", "−0.3 points")}),
    ([month(3, engagements=3, reach=99), month(5, engagements=3, reach=0)], {}),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "told"), COMPARED)
def test_first_and_last_month_are_compared_measure_by_measure(
    rows: list[Metric], told: dict[str, tuple[str, str, str]]
) -> None:
    found = {
        one.label: (one.format(one.first.value), one.format(one.last.value), one.change)
        for one in compare(study_of(*rows).platforms[0])
    }
    for label, cells in told.items():
        assert tuple(cell.replace(GLUE, " ") for cell in found[label]) == cells
    assert bool(told) or not any("rate" in label for label in found)


def test_a_rate_below_one_percent_keeps_two_decimals() -> None:
    assert [rate_text(rate).replace(GLUE, " ") for rate in (0.256, 10.26, 0.0)] == ["0.26 %", "10.3 %", "0.0 %"]


def test_the_headline_is_the_platform_that_gained_most_and_nothing_where_none_did() -> None:
    study = study_of(*series("Instagram", 3), *series("TikTok", 3, 50, followers=50))
    assert headline(study).startswith("Instagram: from 3,600 to 3,800 followers, +200 (+5.6")
    assert headline(study_of(*series("TikTok", 3, followers=50))) == ""


@pytest.mark.parametrize(
    ("months", "text"), [(1, "May 2026"), (3, "March to May 2026"), (24, "June 2024 to May 2026"), (0, "")]
)
def test_the_period_goes_from_the_first_to_the_last_month_of_all(months: int, text: str) -> None:
    assert period_text(study_of(*series("Instagram", months))) == text


def test_the_sums_of_a_last_month_that_breaks_off_are_not_compared() -> None:
    study = study_of(*series("Instagram", 3), client=replace(BLOOM, last_day=date(2026, 5, 8)))
    found = {one.label: one.last.month.month for one in compare(study.platforms[0])}
    assert (found["Followers"], found["Reach"], found["Link clicks"]) == (5, 4, 4)
    assert "We worked until 8 May 2026: of that month only followers are compared." in words(study)


QUOTES = [
    ({"feedback": "“Ana was great.”"}, "Ana was great."),
    ({"feedback": "none came"}, ""),
    *(({"feedback": said}, "") for said in ("No answer", "no reply", "None so far", "did not answer", "keine", "—")),
    ({"feedback": "None."}, ""), ({"feedback": ""}, ""),
    # a survey's answers are for the freelancer alone
    ({"feedback": "You were often late.", "ask_for": "feedback"}, ""),
    ({"feedback": "You were great.", "ask_for": ""}, "You were great."),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "quote"), QUOTES)
def test_only_words_that_were_asked_for_to_be_shown_are_quoted(cells: dict[str, str], quote: str) -> None:
    assert study_of(client=replace(BLOOM, **cells)).quote == quote  # type: ignore[arg-type]


def test_the_document_says_all_of_it_and_leaves_blanks_for_the_rest() -> None:
    told = words(study_of(*series("Instagram", 3), *series("Google Business Profile", 2, followers=None)))
    for piece in (
        "Case study: Bloom Bakery", "Client|Bloom Bakery", "Sector|Artisan bakery", "Goal|Fuller shops",
        "Period|March to May 2026", "Platforms|Instagram, Google Business Profile", "By|Ana Ruiz, Ana Ruiz Social",
        "what you posted, and how often", "|March 2026|May 2026|Change", "Followers|3,600|3,800|+200 (+5.6 %)",
        "Engagement rate (engagements / reach)|8.3 %", "Instagram, May 2026: ", "“Ana doubled our reach",
        "Maya, their role", "☐ The client has read it and agrees.", "Followers: how many there were at the end",
        "Engagement rate: engagements / reach of the same month; none where reach is below 100.",
        "No percentage where the first number is below 100.",
    ):  # fmt: skip
        assert piece in told, piece
    assert "Months without numbers" not in told
    blank = words(study_of(client=Client(short="x", name="X")))
    assert "Sector|what they do and where" in blank
    assert "what the client said, word for word" in blank


def test_gaps_and_months_that_stand_alone_are_said() -> None:
    told = words(study_of(*series("Instagram", 5, gaps={2}), *series("X", 1)))
    assert "Months without numbers stay empty" in told
    assert "Followers|–|3,600|one month only" in told


def test_without_the_extra_it_says_how_to_get_charts_and_has_every_number() -> None:
    with_charts, without = (study_of(*series("Instagram", 3), charts=charts) for charts in (True, False))
    assert 'To have charts here, type: pip install "offboard[charts]", then run offboard again' in words(without)
    assert "pip" not in words(with_charts)
    assert "Reach|14,400|15,200|+800 (+5.6 %)" in words(without)
    parts = {study: zipfile.ZipFile(BytesIO(study.render())).namelist() for study in (with_charts, without)}
    assert [sum(".png" in name for name in names) for names in parts.values()] == [3, 0]


SECRET = re.compile(rb"bloom|maya|bloombakery|bakeryhamburg|instagram\.com/p|facebook\.com", re.IGNORECASE)


def test_without_names_no_part_of_the_file_names_the_client() -> None:
    rows = [*series("Instagram (Bloom Hamburg)", 3), *series("Facebook", 3), *series("Bloom newsletter", 3)]
    client = replace(BLOOM, goal="Bring Maya’s regulars back to bloombakery.example and @bloombakery.hh")
    study = study_of(*rows, client=client, anonymous=True)
    assert not SECRET.search(study.file_name.encode())
    with zipfile.ZipFile(BytesIO(study.render())) as parts:
        for name in parts.namelist():
            assert not SECRET.search(name.encode()), name
            assert not SECRET.search(parts.read(name)), name
    assert [story.name for story in study.platforms] == ["Instagram", "Facebook", "Platform 3"]
    told = words(study)
    assert "Sector|Artisan bakery, two shops in Hamburg" in told, "what she wrote to be told is told"
    assert "“Ana doubled our reach; […] is known all over town. […] team loves it.”" in told
    assert "Client|not named" in told


def test_with_names_the_file_has_them_so_that_the_search_above_means_something() -> None:
    with zipfile.ZipFile(BytesIO(study_of(*series("Instagram", 3)).render())) as parts:
        assert SECRET.search(b"".join(parts.read(name) for name in parts.namelist()))


def test_the_same_facts_have_the_same_digest_and_the_same_bytes() -> None:
    rows = series("Instagram", 3)
    assert study_of(*rows).digest == study_of(*reversed(rows)).digest
    assert study_of(*rows).render() == study_of(*rows).render()
    others = [
        study_of(*rows[:-1]),
        study_of(*rows, charts=False),
        study_of(*rows, anonymous=True),
        study_of(*rows, client=replace(BLOOM, goal="Another")),
    ]
    assert len({study_of(*rows).digest, *(other.digest for other in others)}) == 5
