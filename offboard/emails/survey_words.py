"""Words of the survey: its link, with what is known filled in, or its questions."""

from __future__ import annotations

import re
from urllib.parse import quote

from offboard.emails.facts import Facts

QUESTIONS = (
    "What worked well, and what would you have done differently?",
    "What had you expected that you did not get?",
    "How was our communication?",
    "What was worth the money?",
    "From 0 to 10: would you recommend me?",
)


def ask_survey(facts: Facts) -> str:
    """The survey's link, or its questions."""
    if facts.setup.survey_link:
        return f"Five short questions, two minutes: {_prefill(facts)}"
    questions = "\n".join(f"{number}. {question}" for number, question in enumerate(QUESTIONS, start=1))
    return f"A line each is plenty, just hit reply:\n\n{questions}"


def _prefill(facts: Facts) -> str:
    """The survey's address; {client}, {contact} and {email} in it are filled in, as a form's own link takes them."""
    client = facts.client
    filled = facts.setup.survey_link
    for name, value in (("client", client.name), ("contact", client.contact), ("email", client.email)):
        place = rf"(\{{|%7B){{1,2}}\s*{name}\s*(\}}|%7D){{1,2}}"
        filled = re.sub(place, quote(value, safe=""), filled, flags=re.IGNORECASE)
    return filled
