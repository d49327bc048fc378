"""What the tracker holds: one frozen class a tab, each field declaring its column."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from offboard import columns
from offboard.columns import Link, Money
from offboard.days_off import DAYS_OFF, DaysOff
from offboard.rows import Row, column

STEPS = (
    "contract",
    "end date",
    "folder",
    "reports",
    "share",
    "invoices",
    "access",
    "nudge",
    "case study",
    "call",
    "feedback",
    "close",
)


@dataclass(frozen=True)
class Client(Row):
    """A client, leaving or not."""

    short: str = column(
        "Short name",
        columns.SHORT_NAME,
        "bloom",
        default="",
        needed=True,
        aliases=("id", "client id", "key"),
        note="What you type in the terminal: letters, digits, hyphens. Never change it later.",
    )
    name: str = column(
        "Client",
        columns.TEXT,
        "Bloom Bakery",
        default="",
        needed=True,
        aliases=("Client name", "Company"),
        note="The name as the client writes it.",
    )
    contact: str = column(
        "Contact",
        columns.TEXT,
        "Maya",
        default="",
        needed=True,
        aliases=("Contact name", "First name"),
        note="The name that you greet: “Hi Maya”.",
    )
    email: str = column(
        "E-mail",
        columns.EMAIL,
        "maya@bloom.example",
        default="",
        needed=True,
        aliases=("Email", "Mail", "E-mail address"),
        note="Where your e-mails go.",
    )
    share_with: tuple[str, ...] = column(
        "Share with",
        columns.EMAILS,
        "bloombakery.hh@gmail.com",
        default=(),
        aliases=("Google account", "Share to"),
        note="Google addresses that get to see the folder, comma between. Empty: the e-mail.",
    )
    notice_given: date | None = column(
        "Notice given",
        columns.DATE,
        "27/04/2026",
        aliases=("Notice", "Notice date"),
        note="The day on which one of you said goodbye. This or “Last day” starts it all.",
    )
    notice_days: int | None = column(
        "Notice days",
        columns.NUMBER,
        "30",
        aliases=("Notice period",),
        note="Days of notice by contract. Empty: what Setup says.",
    )
    last_day: date | None = column(
        "Last day",
        columns.DATE,
        "31/05/2026",
        aliases=("End date", "End", "Last date"),
        note="The last day of working together. Empty: offboard proposes one, you type it.",
    )
    contract_checked: bool = column(
        "Contract checked",
        columns.CHECKBOX,
        "☑",
        default=False,
        aliases=("Contract read",),
        note="Tick it when you have read how the contract ends.",
    )
    reports: tuple[Link, ...] = column(
        "Reports",
        columns.LINKS,
        "Bloom reports (a file chip, or a link)",
        default=(),
        aliases=("Report links", "Report", "Report files"),
        note="Drive files or folders, as chips or links, several. Empty: nothing is copied.",
    )
    share: str = column(
        "Share folder",
        columns.choice(
            "now",
            "when paid",
            "reports now, rest when paid",
            also={
                "share now": "now",
                "hold until paid": "when paid",
                "reports only": "reports now, rest when paid",
                "yes": "now",
            },
        ),
        "when paid",
        default="",
        aliases=("Release", "Share"),
        note="Look through the folder first, then choose. Empty: not yet.",
    )
    call: datetime | None = column(
        "Call",
        columns.DATETIME,
        "29/05/2026 15:00",
        aliases=("Call at", "Offboarding call"),
        note="Day and time of the last call. Empty: no call, the mail is a plain hand-over.",
    )
    ask_for: str = column(
        "Ask for",
        columns.choice(
            "testimonial",
            "feedback",
            "nothing",
            also={"good": "testimonial", "strained": "feedback", "none": "nothing", "survey": "feedback"},
        ),
        "testimonial",
        default="",
        aliases=("Terms", "Terms of parting", "Ask"),
        note="What the goodbye mail asks for. Empty: you are asked at the end.",
    )
    feedback: str = column(
        "Feedback",
        columns.TEXT,
        "“Ana doubled our …”",
        default="",
        aliases=("Testimonial",),
        note="Paste their words, or write: none came.",
    )
    skip: tuple[str, ...] = column(
        "Skip",
        columns.some_of(*STEPS),
        "invoices",
        default=(),
        aliases=("Skip steps",),
        note="Steps that you don't want for this client, comma between.",
    )
    billing_email: str = column("Billing e-mail", columns.EMAIL, default="", extra=True, aliases=("Billing email",))
    language: str = column("Language", columns.TEXT, default="", extra=True)
    contract: str = column("Contract", columns.LINK, default="", extra=True)
    folder_stays: int | None = column("Folder stays (days)", columns.NUMBER, extra=True, aliases=("Folder stays",))
    reminder_days: tuple[int, ...] = column("Reminder days", columns.DAYS, default=(), extra=True)
    sector: str = column("Sector", columns.TEXT, default="", extra=True, aliases=("Industry", "Branch"))
    goal: str = column("Goal", columns.TEXT, default="", extra=True, aliases=("Goals",))

    @property
    def leaving(self) -> bool:
        """Whether the goodbye has begun: a notice or a last day is in the tracker."""
        return self.notice_given is not None or self.last_day is not None

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses that get to see the folder, lower case, each once."""
        return tuple(dict.fromkeys(address.lower() for address in self.share_with or (self.email,) if address))


@dataclass(frozen=True)
class Account(Row):
    """One of the client's accounts or tools, and how far its hand-over is."""

    client: str = column("Client", columns.CLIENT_NAME, "bloom", default="", needed=True, aliases=("Short name",))
    platform: str = column(
        "Platform", columns.TEXT, "Google Business Profile", default="", needed=True, note="One account or tool a row."
    )
    account: str = column("Account", columns.TEXT, "Bloom Bakery Hamburg", default="", note="Handle or link.")
    in_charge_since: date | None = column(
        "Client in charge since",
        columns.DATE,
        "20/05/2026",
        aliases=("Owner since", "Client admin since"),
        note="The day on which the client accepted owner or admin; waiting times count from it.",
    )
    still_running: str = column(
        "Still running",
        columns.TEXT,
        "3 posts until 2 June",
        default="",
        note="Ads or queued posts that outlive you. Empty: nothing.",
    )
    left_on: date | None = column(
        "I left on", columns.DATE, "29/05/2026", aliases=("Left on",), note="The day on which you removed yourself."
    )
    proof: str = column(
        "Proof", columns.choice("I saw it", "client says"), "I saw it", default="", note="Empty: you say so."
    )


@dataclass(frozen=True)
class Invoice(Row):
    """An invoice that is to be watched."""

    client: str = column("Client", columns.CLIENT_NAME, "bloom", default="", needed=True, aliases=("Short name",))
    number: str = column(
        "Invoice",
        columns.TEXT,
        "INV-104",
        default="",
        needed=True,
        aliases=("Invoice number", "Number", "Invoice no", "No"),
        note="The number, kept as typed.",
    )
    issued: date | None = column("Issued", columns.DATE, "30/04/2026", aliases=("Date", "Invoice date"))
    due: date | None = column("Due", columns.DATE, "15/05/2026", needed=True, aliases=("Due date",))
    amount: Money | None = column(
        "Amount", columns.MONEY, "€850.00", needed=True, aliases=("Total",), note="Currency as typed; else Setup's."
    )
    paid: date | bool | None = column(
        "Paid on",
        columns.DATE_OR_YES,
        "12/05/2026",
        aliases=("Paid", "Paid date"),
        note="The day, or yes. Empty: open.",
    )
    paid_so_far: Money | None = column("Paid so far", columns.MONEY, "€400.00", note="Part payments.")
    pause: str = column(
        "Pause",
        columns.choice("promised", "disputed", "later", "written off", also={"snoozed": "later"}),
        "promised",
        default="",
        note="Why no reminder is written. Empty: remind.",
    )
    pause_until: date | None = column("Pause until", columns.DATE, "22/05/2026")
    pay_link: str = column("Pay link", columns.LINK, "https://pay.example/104", default="", note="Empty: Setup's.")

    @property
    def open(self) -> bool:
        """Whether money is still expected: neither paid nor written off."""
        return not self.paid and self.pause != "written off"

    def overdue(self, today: date) -> bool:
        """Whether it is open and its due day has passed."""
        return self.open and self.due is not None and self.due < today

    @property
    def rest(self) -> Money | None:
        """What is still to be paid."""
        if self.amount and self.paid_so_far and self.paid_so_far.currency == self.amount.currency:
            return Money(self.amount.amount - self.paid_so_far.amount, self.amount.currency)
        return self.amount


@dataclass(frozen=True)
class Metric(Row):
    """What a platform's numbers were in one month."""

    client: str = column("Client", columns.CLIENT_NAME, "bloom", default="", needed=True, aliases=("Short name",))
    platform: str = column("Platform", columns.TEXT, "Instagram", default="", needed=True)
    month: date | None = column("Month", columns.DATE, "01/05/2026", needed=True, note="The first of the month.")
    followers: int | None = column("Followers", columns.NUMBER, "4200")
    reach: int | None = column("Reach", columns.NUMBER, "18500")
    views: int | None = column("Views", columns.NUMBER, "52000", aliases=("Impressions",))
    engagements: int | None = column("Engagements", columns.NUMBER, "1900")
    clicks: int | None = column("Link clicks", columns.NUMBER, "310", aliases=("Clicks",))
    leads: int | None = column("Leads", columns.NUMBER, "12")
    best_post: str = column("Best post", columns.LINK, "https://instagram.com/p/…", default="")
    posts: int | None = column("Posts", columns.NUMBER, extra=True)
    spend: Money | None = column("Spend", columns.MONEY, extra=True)


@dataclass(frozen=True)
class Setup(Row):
    """The freelancer's own settings; here a column is a row of the Setup tab."""

    your_name: str = column("Your name", columns.TEXT, "Ana Ruiz", default="", note="E-mails are signed with it")
    business: str = column("Your business", columns.TEXT, "Ana Ruiz Social", default="", note="Signature")
    signature: str = column("Signature", columns.TEXT, default="", note="E-mails; empty: name and business")
    how_to_pay: str = column(
        "How to pay me", columns.LINK, "IBAN DE… or a link", default="", note="E-mails about money"
    )
    meeting_link: str = column("Meeting link", columns.LINK, "calendly.com/…", default="", note="The last call")
    survey_link: str = column("Survey link", columns.LINK, default="", note="Feedback; empty: questions in the mail")
    currency: str = column("Currency", columns.TEXT, "EUR", default="", note="Amounts that name none")
    notice_days: int = column("Notice days", columns.NUMBER, "30", default=30, note="The earliest last day")
    reminder_days: tuple[int, ...] = column(
        "Reminder days", columns.DAYS, "-3, 3, 7, 14, 30", default=(-3, 3, 7, 14, 30), note="Days from the due date"
    )
    days_off: DaysOff = column(
        "My days off", DAYS_OFF, "Sat, Sun", default=DaysOff(), note="Weekdays, dates; all is counted around them"
    )
    folders_go_into: tuple[Link, ...] = column(
        "Folders go into", columns.LINKS, "link to a Drive folder", default=(), note="Empty: My Drive"
    )
    folder_stays: int = column("Folder stays (days)", columns.NUMBER, "90", default=90, note="Told to the client")


TABS: dict[str, type[Row]] = {
    "Clients": Client,
    "Access": Account,
    "Invoices": Invoice,
    "Metrics": Metric,
    "Setup": Setup,
}
