"""Exports of the tools as they come: columns known by name, days folded into months as each number allows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from babel import Locale
from openpyxl import Workbook

from offboard.errors import UsageError
from offboard.metrics.dates import DAY_FIRST, MONTH_FIRST, Reader
from offboard.metrics.imported import Imported, read_numbers
from offboard.metrics.tables import Said

EXPORTS = Path(__file__).parent / "exports"
JUNE_2, MAY_29 = date(2026, 6, 2), date(2026, 5, 29)
IG = {"platform": "Instagram"}
Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Put an export into a file."""

    def put(text: str) -> Path:
        path = tmp_path / "export.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return put


def read(
    *paths: Path,
    today: date = JUNE_2,
    ends: date | None = MAY_29,
    order: str = "",
    year: int | None = None,
    **said: str,
) -> Imported:
    return read_numbers(paths, Said(reader=Reader(order, year, Locale("de")), **said), today, ends)


def months(imported: Imported) -> dict[str, dict[str, int]]:
    return {f"{month.platform} {month.month:%Y-%m}": dict(month.numbers) for month in imported.months}


META = ("meta_views.csv", "meta_reach.csv", "meta_interactions.csv", "meta_follows.csv", "meta_content.csv")
TOOLS = [
    # what Meta gives for each number, and its list of posts: the account's own sums win
    (META, IG, {
        "Instagram 2026-04": {"views": 34650, "engagements": 1620},
        "Instagram 2026-05": {"views": 33350, "engagements": 1595},
    }),
    (("meta_content.csv",), {}, {
        "Instagram 2026-04": {"views": 7300, "engagements": 702},
        "Instagram 2026-05": {"views": 11600, "engagements": 1343},
    }),
    (("tiktok_overview.csv", "tiktok_followers.csv"), {"year": 2026, "platform": "TikTok"}, {
        "TikTok 2025-12": {"followers": 930, "views": 6696, "engagements": 403},
        "TikTok 2026-01": {"followers": 961, "views": 6696, "engagements": 403},
    }),
    (("x_overview.csv",), {}, {"X 2026-04": {"views": 3000, "engagements": 360}}),
    (("hootsuite_weeks.csv",), {}, {
        "Facebook 2026-04": {"followers": 2338, "views": 6000, "engagements": 400, "clicks": 35},
        "Facebook 2026-05": {"followers": 2366, "views": 4800, "engagements": 320, "clicks": 28},
        "LinkedIn 2026-04": {"followers": 840, "views": 6000, "engagements": 400, "clicks": 35},
        "LinkedIn 2026-05": {"followers": 868, "views": 4800, "engagements": 320, "clicks": 28},
    }),
    (("metricool_posts.csv",), {"platform": "TikTok"}, {
        "TikTok 2026-04": {"views": 4100, "engagements": 249},
        "TikTok 2026-05": {"views": 12345, "engagements": 893},
    }),
    (("later_months.csv",), {}, {
        "Instagram 2026-03": {
            "followers": 3840, "reach": 16900, "views": 40100, "engagements": 1700, "clicks": 250,
        },
        "Instagram 2026-05": {
            "followers": 4210, "reach": 18500, "views": 52000, "engagements": 1900, "clicks": 310,
        },
    }),
]  # fmt: skip


@pytest.mark.parametrize(("files", "said", "found"), TOOLS, ids=lambda value: str(value)[:30])
def test_a_tools_export_becomes_months_of_numbers(
    files: tuple[str, ...], said: dict[str, str], found: dict[str, dict[str, int]]
) -> None:
    assert months(read(*(EXPORTS / file for file in files), **said)) == found  # type: ignore[arg-type]


def test_linkedins_workbook_is_read_sheet_by_sheet_and_its_new_followers_are_not_all_of_them(tmp_path: Path) -> None:
    book = Workbook()
    metrics = book.active
    assert metrics is not None
    metrics.title = "Metrics"
    metrics.append(["Aggregated engagement metrics for your organic and sponsored posts."])
    metrics.append(["Date", "Impressions (organic)", "Impressions (sponsored)", "Impressions (total)",
                    "Unique impressions (organic)", "Clicks (total)", "Reactions (total)", "Comments (total)",
                    "Reposts (total)", "Engagement rate (total)"])  # fmt: skip
    new = book.create_sheet("New followers")
    new.append(["Date", "Sponsored followers", "Organic followers", "Auto-invited followers", "Total followers"])
    for day in range(30):
        when = (date(2026, 4, 1) + timedelta(days=day)).strftime("%m/%d/%Y")
        metrics.append([when, 90, 10, 100, 70, 4, 3, 2, 1, 0.1])
        new.append([when, 0, 1, 0, 1])
    book.create_sheet("Location").append(["Location", "Total followers"])
    book.save(tmp_path / "linkedin.xlsx")
    imported = read(tmp_path / "linkedin.xlsx")
    assert months(imported) == {"LinkedIn 2026-04": {"views": 3000, "engagements": 180, "clicks": 120}}
    assert "linkedin.xlsx, sheet New followers: it has new followers only" in "\n".join(imported.notes)
    assert "sheet Metrics: reach per day is left out" in "\n".join(imported.notes)


def test_the_best_post_is_the_one_with_the_most_engagements() -> None:
    assert [month.best_post[-5:] for month in read(EXPORTS / "meta_content.csv").months] == ["DAb2/", "DAc1/"]


NOTES = [
    (("meta_reach.csv", "meta_views.csv"), IG, "reach per day is left out: the same people come again"),
    (("meta_follows.csv", "meta_views.csv"), IG, "it has new followers only"),
    (("hootsuite_weeks.csv",), {}, "not understood and left out: “Sentiment”"),
    (("hootsuite_weeks.csv",), {}, "a week counts in the month in which most of its days are"),
    (("metricool_posts.csv",), {"platform": "TikTok"}, "a post's numbers count in the month in which it appeared"),
    (META, IG, "meta_content.csv: views are those of the whole account, from meta_views.csv"),
]


@pytest.mark.parametrize(("files", "said", "note"), NOTES)
def test_what_was_done_with_a_number_is_said(files: tuple[str, ...], said: dict[str, str], note: str) -> None:
    assert note in "\n".join(read(*(EXPORTS / file for file in files), **said).notes)


def days(first: date, last: date, columns: str = "Date,Followers,Views") -> str:
    count = (last - first).days + 1
    rows = (f"{first + timedelta(days=n)},{1000 + n},10" for n in range(count))
    return "\n".join((columns, *rows))


APRIL = {"followers": 1029, "views": 300}
PARTS = [
    # a month that begins late in the file: how many followers there were is known, the sums are not
    (date(2026, 4, 20), MAY_29, JUNE_2, {"04": {"followers": 1010}, "05": {"followers": 1039, "views": 290}}),
    # the running month is left for later, or its row would stay as it is now for ever
    (date(2026, 4, 1), date(2026, 5, 12), date(2026, 5, 13), {"04": APRIL}),
    # a weekend or two days of delay at its end are no matter
    (date(2026, 4, 1), date(2026, 5, 28), JUNE_2, {"04": APRIL, "05": {"followers": 1057, "views": 280}}),
]


@pytest.mark.parametrize(("first", "last", "today", "found"), PARTS)
def test_a_month_of_which_the_file_has_a_part_only_is_not_taken_for_a_whole_one(
    write: Write, first: date, last: date, today: date, found: dict[str, dict[str, int]]
) -> None:
    imported = read(write(days(first, last)), today=today, **IG)
    assert months(imported) == {f"Instagram 2026-{month}": numbers for month, numbers in found.items()}
    whole = first.day == 1 and last >= date(2026, 5, 28)
    assert any("2026" in note for note in imported.notes) is not whole


def test_a_client_who_leaves_in_mid_month_has_a_last_month_that_ends_then(write: Write) -> None:
    imported = read(write(days(date(2026, 4, 1), date(2026, 5, 14))), ends=date(2026, 5, 15), **IG)
    assert months(imported)["Instagram 2026-05"] == {"followers": 1043, "views": 140}


TWO = "Date,Followers\n{}\n{}\n"
WRONG = TWO.format("2026-04-30,many", "2026-05-31,1.5")
UNCLEAR = [
    (
        TWO.format("03/04/2026,1", "03/05/2026,2"),
        IG,
        "“03/04/2026” could be day/month or month/day. Say it: --dates day",
    ),
    (TWO.format("13/04/2026,1", "04/13/2026,2"), IG, "line 2 “13/04/2026” is no date that I know"),
    (TWO.format("1 May,1", "2 May,2"), IG, "“1 May” has no year. Say the newest day's: --year 2026"),
    (TWO.format("2026-05-31,1.5", "soon,2"), IG, "line 3 “soon” is no date"),
    (
        WRONG,
        IG,
        "line 2 “many” in the column of followers is no whole number",
    ),
    (WRONG, IG, "line 3 “1.5” in the column of followers is no whole number"),
    (TWO.format("2026-04-30,1", "2026-05-31,2"), {}, "Nothing in it says which platform it is. Say it: --platform"),
    ("Tag,Reichweite\n2026-05-01,5\n", IG, "I see “Tag”, “Reichweite”. Say what one holds: --column"),
    ("", IG, "It is empty."),
    ("Date,Followers,Unfollows\n2026-05-31,5,1\n", IG, "This is an export of X, and you say Instagram."),
]


@pytest.mark.parametrize(("text", "said", "says"), UNCLEAR)
def test_nothing_is_guessed_and_all_that_is_unclear_is_said_with_its_line(
    write: Write, text: str, said: dict[str, str], says: str
) -> None:
    with pytest.raises(UsageError) as refused:
        read(write(text), **said)
    told = "\n".join(f"{one.where.rpartition(', ')[2]} {one.message} {one.hint}" for one in refused.value.problems)
    assert says in told


@pytest.mark.parametrize(("order", "month"), [(DAY_FIRST, "04"), (MONTH_FIRST, "03")])
def test_days_that_can_be_read_in_two_ways_are_read_as_the_person_says(write: Write, order: str, month: str) -> None:
    imported = read(write("Date,Followers\n03/04/2026,7\n04/04/2026,7\n03/05/2026,8\n"), order=order, **IG)
    assert f"Instagram 2026-{month}" in months(imported)


def test_the_person_may_say_what_a_column_holds(write: Write) -> None:
    path = write("Datum;Reichweite;Notiz\n01.04.2026;1.200;x\n01.05.2026;1.300;y\n")
    said = Said("Instagram", columns={"reichweite": "reach"})
    assert months(read_numbers((path,), said, JUNE_2, MAY_29)) == {
        "Instagram 2026-04": {"reach": 1200},
        "Instagram 2026-05": {"reach": 1300},
    }


def test_a_column_that_was_named_is_understood_and_the_others_are_not(write: Write) -> None:
    path = write("Datum;Reichweite;Notiz\n01.04.2026;1.200;x\n01.05.2026;1.300;y\n")
    notes = read_numbers((path,), Said("Instagram", columns={"reichweite": "reach"}), JUNE_2, MAY_29).notes
    assert [note.partition(": ")[2] for note in notes] == ["not understood and left out: “Notiz”"]


def test_a_column_that_was_named_and_is_not_there_is_said(write: Write) -> None:
    path = write("Month,Reach\n2026-04,1200\n2026-05,1300\n")
    with pytest.raises(UsageError) as refused:
        read_numbers((path,), Said("Instagram", columns={"nope": "views"}), JUNE_2, MAY_29)
    assert [problem.message for problem in refused.value.problems] == ["No file has a column “nope”."]


@pytest.mark.parametrize(
    ("rows", "found", "note"),
    [
        ("2026-04,90,40\n2026-05,95,50\n2026-05,95,50\n", {"followers": 95, "reach": 50}, "1 line repeated word"),
        ("2026-04,90,40\n2026-05,95,50\n2026-05,95,70\n", {"followers": 95}, "reach of May 2026 is left out"),
    ],
)
def test_what_stands_there_twice_is_not_added_up(write: Write, rows: str, found: dict[str, int], note: str) -> None:
    imported = read(write(f"Month,Followers,Reach\n{rows}"), **IG)
    assert months(imported)["Instagram 2026-05"] == found
    assert note in "\n".join(imported.notes)


def test_two_files_that_say_two_numbers_of_one_month_are_not_mixed(write: Write, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("Month,Followers\n2026-05,99\n")
    with pytest.raises(UsageError) as refused:
        read(write("Month,Followers\n2026-05,100\n"), other, **IG)
    assert "Instagram has 100 followers in May 2026 in export.csv, and 99 here." in str(refused.value.problems)


@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0rest", b"PK\x03\x04nothing", b"\x00\x01\x02\x00"])
def test_a_file_that_is_no_table_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "export.xls").write_bytes(content)
    with pytest.raises(UsageError) as refused:
        read(tmp_path / "export.xls", **IG)
    assert refused.value.problems[0].hint


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators_do_not_matter(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [("Month", "Platform", "Followers", "Thé"), ("2026-05", "LinkedIn", "1.234", "é")]
    (tmp_path / "a.csv").write_bytes("\r\n".join(separator.join(row) for row in rows).encode(encoding))
    imported = read(tmp_path / "a.csv")
    assert months(imported) == {"LinkedIn 2026-05": {"followers": 1234}}
    assert "“Thé”" in imported.notes[0]
