"""The demo's three clients (one leaves today, one next month, one stays) and what lies in the person's Drive."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from offboard.demo.files import make_csv, make_pdf, make_png, make_xlsx
from offboard.demo.person import DOC, SHEET, Person
from offboard.model import TABS
from offboard.rows import columns_of
from offboard.tracker.tabs import SHEET_IDS

REVIEW = """<h1>May review</h1><p>The week of the sourdough brought 1,900 interactions, the best of the year.</p>
<ul><li>Reels: 6</li><li>Stories: 22</li><li>Comments answered within two hours</li></ul>"""
ADS = b"Campaign,Spend,Clicks\r\nMother's Day,120.00,310\r\nSummer menu,80.00,190\r\n"


def seed_drive(person: Person) -> str:
    """Put the client's report files into the person's Drive and answer the folder's address."""
    folder = person.make_folder("Bloom reports")
    may = ("Followers 4,210 (+370)", "Reach 18,500 (+1,600)", "Engagement rate 10.3 % (engagements by reach)")
    april = ("Followers 3,840 (+250)", "Reach 16,900 (+2,700)")
    person.upload("May report.pdf", make_pdf("Bloom Bakery: May", may), "application/pdf", folder)
    person.upload("Followers.csv", make_csv(), "text/csv", folder)
    person.upload("Reach.png", make_png(), "image/png", folder)
    excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    person.upload("Numbers.xlsx", make_xlsx(), excel, folder)
    person.upload("May review", REVIEW.encode(), "text/html", folder, convert_to=DOC)
    person.upload("Ad results", ADS, "text/csv", folder, convert_to=SHEET)
    earlier = person.make_folder("Earlier", folder)
    person.upload("April report.pdf", make_pdf("Bloom Bakery: April", april), "application/pdf", earlier)
    return f"https://drive.google.com/drive/folders/{folder}"


def seed_tracker(person: Person, spreadsheet: str, reports: str, today: date) -> None:
    """Type the sample rows into the tracker."""
    next_month = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    end_of_next = next_month.replace(day=monthrange(next_month.year, next_month.month)[1])
    given = today - timedelta(days=35)
    lately = min(end_of_next - timedelta(days=35), today)  # a notice is never still to come
    clients = [
        _client("bloom", "Bloom Bakery", "Maya", "maya@bloom.example", "testimonial", today, given, share="now"),
        _client(
            "corvo", "Corvo Coffee", "Leo", "leo@corvo.example", "feedback", end_of_next, lately, share="when paid"
        ),
        _client("dune", "Dune Yoga", "Ines", "ines@dune.example"),
    ]
    invoices = [
        ("bloom", "INV-098", _back(today, 65), _back(today, 50), "€850.00", _back(today, 52)),
        ("bloom", "INV-104", _back(today, 35), _back(today, 20), "€850.00", _back(today, 18)),
        ("corvo", "2026-031", _back(today, 40), _back(today, 10), "€1,250.00", ""),
        ("corvo", "2026-034", _back(today, 10), _back(today, -20), "€1,250.00", ""),
        ("dune", "0031", _back(today, 45), _back(today, 31), "CHF 1,200.00", _back(today, 30)),
    ]
    accounts = [
        ("bloom", "Instagram", "@bloombakery", _back(today, 12), "", _back(today, 1)),
        ("bloom", "Google Business Profile", "Bloom Bakery Hamburg", _back(today, 12), "", _back(today, 2)),
        ("bloom", "Later", "", _back(today, 12), "", _back(today, 1)),
        ("corvo", "Instagram", "@corvocoffee", "", "2 posts until the end of the month", ""),
    ]
    person.type_rows(spreadsheet, "Clients!A2", clients)
    person.type_rows(spreadsheet, "Invoices!A2", invoices)
    person.type_rows(spreadsheet, "Access!A2", accounts)
    setup = ("Ana Ruiz", "Ana Ruiz Social", "", "IBAN DE89 3704 0044 0532 0130 00")
    person.type_rows(spreadsheet, "Setup!B2", [[cell] for cell in setup])
    column = list(columns_of(TABS["Clients"])).index("reports")
    person.insert_chip(spreadsheet, SHEET_IDS["Clients"], 1, column, reports)


def _client(
    short: str,
    name: str,
    contact: str,
    email: str,
    ask_for: str = "",
    last: date | None = None,
    notice: date | None = None,
    share: str = "",
) -> list[str]:
    typed = {"short": short, "name": name, "contact": contact, "email": email, "share": share, "ask_for": ask_for}
    if last and notice:
        typed |= {"notice_given": notice.isoformat(), "last_day": last.isoformat(), "contract_checked": "TRUE"}
    columns = [field for field, column in columns_of(TABS["Clients"]).items() if not column.extra]
    return [typed.get(field, "") for field in columns]


def _back(today: date, days: int) -> str:
    return (today - timedelta(days=days)).isoformat()
