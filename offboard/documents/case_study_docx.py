"""A case study as a Word file: what is known, and grey hints where the freelancer fills in the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO

from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph

from offboard.documents.case_study import CaseStudy, PlatformStory
from offboard.documents.case_study_numbers import (
    FLOOR,
    compare,
    has_gaps,
    headline,
    known_points,
    month_text,
    period_text,
    rate_base,
    short_month,
)
from offboard.documents.docx import add_runs, blank_paper, pack_paper
from offboard.late import late_import

GREY = RGBColor(0x5F, 0x63, 0x68)
BOX = "☐ "
POSTS = 6  # of all platforms together
CHARTS_WIDTH = Cm(16.2)
BELOW = f'<w:tcBorders {nsdecls("w")}><w:bottom w:val="single" w:sz="4" w:color="C4C7CC"/></w:tcBorders>'
DONE_HINTS = (
    "what you posted, and how often …",
    "what you tried that was new, and what came of it …",
    "what you stopped doing, and why …",
)
MEANINGS = {
    "followers": "Followers: how many there were at the end of the month.",
    "reach": "Reach: people who saw something at least once in the month, each counted once.",
    "views": "Views: how often something was seen, the same person as often as it happened.",
    "engagements": "Engagements: likes, comments, shares and saves, as the platform or your tool counts them.",
    "clicks": "Link clicks: clicks on links in posts and in the profile.",
    "leads": "Leads: enquiries that came from there, as you counted them.",
}


def render_case_study(study: CaseStudy) -> bytes:
    """The file's bytes; the same facts, the same bytes."""
    paper = blank_paper(study.title)
    paper.core_properties.author = study.by
    paper.add_heading(study.title, 0)
    if headline(study):
        paper.add_paragraph().add_run(headline(study)).bold = True
    _write_facts(paper, study)
    paper.add_heading("What was done", 1)
    for hint in DONE_HINTS:
        _hint(paper.add_paragraph(style="List Bullet"), hint)
    paper.add_heading("What changed", 1)
    for story in study.platforms:
        _write_platform(paper, story)
    _write_charts(paper, study)
    _write_posts(paper, study)
    _write_words(paper, study)
    _write_before(paper, study)
    _write_meanings(paper, study)
    return pack_paper(paper)


def _hint(paragraph: Paragraph, text: str) -> None:
    """A blank to fill in: grey and slanted, so that it is seen on screen and in print."""
    run = paragraph.add_run(text)
    run.italic, run.font.color.rgb = True, GREY


def _write_facts(paper: Paper, study: CaseStudy) -> None:
    facts = (
        ("Client", "not named" if study.anonymous else study.client, "the client's name …"),
        ("Sector", study.sector, "what they do and where, in a few words …"),
        ("Goal", study.goal, "what they wanted to reach, in one sentence …"),
        ("Period", period_text(study), "from when to when …"),
        ("Platforms", ", ".join(story.name for story in study.platforms), "where …"),
        ("By", ", ".join(filter(None, (study.by, study.business))), "your name …"),
    )
    table = paper.add_table(0, 2)
    for label, text, hint in facts:
        cells = table.add_row().cells
        _fill(cells[0], label, bold=True)
        if text:
            _fill(cells[1], text)
        else:
            _hint(cells[1].paragraphs[0], hint)
            cells[1].paragraphs[0].paragraph_format.space_after = Pt(2)
    _shape(table, (3, 13.2))


def _fill(cell: Cell, text: str, *, bold: bool = False, right: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.add_run(text).bold = bold or None
    paragraph.paragraph_format.space_after = Pt(2)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _write_platform(paper: Paper, story: PlatformStory) -> None:
    first, last = story.months[0].month, story.months[-1].month
    paper.add_heading(story.name, 2)
    table = paper.add_table(1, 4)
    heads = ("", month_text(first), month_text(last), "Change")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        _fill(cell, head, bold=True, right=head != "")
    for row in compare(story):
        cells = table.add_row().cells
        _fill(cells[0], row.label)
        begun = row.format(row.first.value) + ("" if row.first.month == first else f" ({short_month(row.first.month)})")
        ended = row.format(row.last.value) + ("" if row.last.month == last else f" ({short_month(row.last.month)})")
        _fill(cells[1], begun if row.change else "–", right=True)
        _fill(cells[2], ended, right=True)
        _fill(cells[3], row.change or "one month only", right=True)
    _shape(table, (5.2, 3.6, 3.6, 3.8))
    paper.add_paragraph().paragraph_format.space_after = Pt(0)


def _shape(table: Table, widths: Sequence[float]) -> None:
    """A table of these widths in cm, a pale line below each row, each row whole on its page and with the next."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
            cell._tc.get_or_add_tcPr().append(parse_xml(BELOW))
    for row in table.rows[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _write_charts(paper: Paper, study: CaseStudy) -> None:
    with late_import:
        from offboard.documents.case_study_charts import draw_chart, list_charts, png_of
    charts = list(list_charts(study))
    if not charts:
        return
    paper.add_heading("In pictures", 1)
    if not study.charts:
        _hint(
            paper.add_paragraph(), 'To have charts here, type: pip install "offboard[charts]", then run offboard again'
        )
        return
    for chart in charts:
        paragraph = paper.add_paragraph()
        picture = paragraph.add_run().add_picture(BytesIO(png_of(draw_chart(chart))), width=CHARTS_WIDTH)
        picture._inline.docPr.set("descr", chart.described)


def _write_posts(paper: Paper, study: CaseStudy) -> None:
    paper.add_heading("Best posts", 1)
    posts = [(post, story.name) for story in study.platforms for post in story.best_posts]
    posts.sort(key=lambda one: (one[0].month, one[1]), reverse=True)
    for post, name in posts[:POSTS]:
        paragraph = paper.add_paragraph(f"{name}, {month_text(post.month)}: ", style="List Bullet")
        list(add_runs(paragraph, post.link, post.link))
    if study.anonymous:
        _hint(paper.add_paragraph(), "described, not linked: a link would name the client …")
    elif not posts:
        _hint(paper.add_paragraph(), "links to two or three posts, and why they worked …")


def _write_words(paper: Paper, study: CaseStudy) -> None:
    paper.add_heading("In their words", 1)
    if not study.quote:
        _hint(paper.add_paragraph(), "what the client said, word for word …")
        return
    paper.add_paragraph(f"“{study.quote}”", style="Quote")
    if study.quoted:
        by = paper.add_paragraph(f"{study.quoted}, ")
        _hint(by, "their role …")


def _write_before(paper: Paper, study: CaseStudy) -> None:
    paper.add_heading("Before you show it to anybody", 1)
    asked: tuple[str, ...]
    if study.anonymous:
        asked = (
            "Read it once more: does a place, a product or a rare number give the client away?",
            "The client knows that it is shown without their name. Said on: ____________",
        )
    else:
        asked = (
            "The client has read it and agrees. Said on: ____________",
            "With their name, and role: ____________",
            "With photo, logo or posts: ____________",
            "Where: website · Instagram · offers · ____________",
        )
    for line in asked:
        paper.add_paragraph(BOX + line)


def _write_meanings(paper: Paper, study: CaseStudy) -> None:
    paper.add_heading("How the numbers are counted", 1)
    for line in _meanings(study):
        paper.add_paragraph(line, style="List Bullet")


def _meanings(study: CaseStudy) -> Iterator[str]:
    for measure, meaning in MEANINGS.items():
        if any(known_points(story, measure) for story in study.platforms):
            yield meaning
    for base in sorted({rate_base(story) for story in study.platforms if rate_base(story)}):
        yield f"Engagement rate: engagements / {base} of the same month; none where {base} is below {FLOOR}."
    yield f"A change is from the first month to the last one. No percentage where the first number is below {FLOOR}."
    if any(map(has_gaps, study.platforms)):
        yield "Months without numbers stay empty: no line is drawn through them, and nothing is estimated."
    if study.broken_off:
        yield (
            f"We worked until {study.broken_off.day} {month_text(study.broken_off)}: of that month only followers are "
            "compared."
        )
