"""Marks by which people keep a file for themselves, in a name or a heading: “internal use only”, “nur intern” …"""

from __future__ import annotations

import re

PHRASES = re.compile(  # in a heading, a footer or a name they say: not for the client
    r"""
    (?<!\w)(?:
      (?:for[ ])?internal[ ](?:use(?:[ ]only)?|only|notes?|draft|version|document|memo|calculations?|pricing|costs?
        |margins?|reports?|reviews?|budgets?|rates|feedback|to-?dos?|checklists?|planning)
    | strictly[ ]internal | (?:company|team)[ -]internal
    | (?:do[ ]not|don['’]t|not[ ]to[ ]be)[ ](?:share|send|forward|shared|sent|forwarded)
        (?=\W*(?:$|(?:this|it|with|to|outside)\b))(?:[ ](?:this|it))?(?:[ ](?:with|to)[ ](?:the[ ]|our[ ])?clients?)?
    | not[ ]for[ ](?:the[ ])?clients? | (?:hide|keep)[ ]from[ ](?:the[ ])?client | confidential[ ]to[ ]us
    | (?:notes?|note)[ ]to[ ](?:my)?self | (?:my|draft|rough|private)[ ]notes?
    | nur[ ](?:für[ ](?:den[ ]internen[ ]gebrauch|uns|mich)|intern)
    | interne[rsnm]?[ ](?:notiz(?:en)?|kalkulation(?:en)?|version|entwurf|fassung|preise|kosten|marge|verwendung
        |gebrauch|unterlagen?|vermerk)
    | (?:bitte[ ])?nicht[ ](?:weitergeben|weiterleiten|teilen)
    | nicht[ ](?:für|an)[ ](?:den[ ]|die[ ])?kund(?:en|in|innen)
    | (?:meine|private|eigene)[ ]notizen | notizen[ ](?:für|an)[ ]mich | rohnotizen
    | (?:à[ ])?usage[ ](?:strictement[ ])?interne | notes?[ ](?:internes?|perso(?:nnelles?)?|privées?|brouillon)
    | (?:document|version|calcul|tarifs?)[ ]internes? | (?:strictement|uniquement)[ ]internes?
    | ne[ ]pas[ ](?:partager|diffuser|transmettre|envoyer)(?:[ ](?:au|avec)[ ](?:le[ ]|la[ ])?clients?)?
    | pas[ ]pour[ ](?:le[ ]|la[ ])?(?:client|cliente|clients)
    )(?!\w)
    """,
    re.IGNORECASE | re.VERBOSE,
)
WHOLE = re.compile(
    r"\W*(?:internal|intern|interne|confidential\W+internal|vertraulich\W+intern|streng intern)\W*", re.I
)
TAG = re.compile(r"[\[(](?:internal|intern|interne|internal only|nur intern)[\])]", re.IGNORECASE)
END_OF_NAME = re.compile(
    r"(?:^|\s)(?:internal|interne?)$"
    r"|^(?:internal|interne)\s(?!link|comm|search|traffic|medic|audit|verlink|kommun|suche)"
    r"|(?:^|\s)INTERN(?:\s|$)"
)
LONGEST, LONGEST_ALONE = 200, 80  # characters of a heading, and of a line that is nothing but a mark
LONGEST_HEADING = 12  # words; a mark in the midst of a paragraph speaks of something else
FIRST = 6  # lines of a file, and of each page, that may be a heading


def find_mark(line: str, *, first: bool) -> str:
    """The mark in a line; only a heading (`first`) or a line that is nothing else counts. Empty: there is none."""
    if len(line) > (LONGEST if first else LONGEST_ALONE):
        return ""
    if first and WHOLE.fullmatch(line):
        return line.strip(" *_-–—#:!|")
    tag = TAG.search(line)
    if tag:
        return tag[0]
    found = PHRASES.search(line)
    if found is None:
        return ""
    words = len(line.split())
    covers = len(found[0]) >= 0.6 * len(line.strip())
    return found[0] if covers or (first and words <= LONGEST_HEADING) else ""


def find_mark_in_name(name: str) -> str:
    """The mark in a file's name (its ending left out, its words parted by blanks). Empty: there is none."""
    found = PHRASES.search(name) or TAG.search(name) or END_OF_NAME.search(name) or END_OF_NAME.search(name.lower())
    return found[0].strip() if found else ""
