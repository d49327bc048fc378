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
SECRET = re.compile(  # as a line of its own, wherever it stands: of a section, too
    r"\W*(?:(?:strictly|highly|private (?:and|&)) )?confidential\W*|\W*(?:(?:streng|strikt) )?vertraulich\W*"
    r"|\W*(?:strictement )?confidentiel(?:le)?\W*",
    re.IGNORECASE,
)
SET_APART = re.compile(r"\W*INTERN(?:AL|E)?\W*|\W*(?:#+\s|\*\*|==|__)\W*(?:[Ii]nternal|[Ii]nterne?)\W*")
BULLET = re.compile(r"\s*[-–*•·]\s[^-–*•·]*")  # an item of a list says what something else is
TAG = re.compile(r"[\[(](?:internal|intern|interne|internal only|nur intern)[\])]", re.IGNORECASE)
NOT_OURS = (  # “internal links” are a matter of search engines, an “intern” is a trainee
    "link|comm|search|traffic|medic|audit|verlink|kommun|suche|onboard|program|interview|job|applica|position|schedul"
    "|contract|handbook|guide|hiring|training"
)
NUMBERED = r"(?:\s(?:v?\d\S*|final|neu|alt|new|old|copy|kopie|entwurf|draft))*$"  # a version is no other end of a name
IN_NAME = re.compile(
    rf"(?:^|\s)(?<!\bsummer\s)(?<!\bstudent\s)(?:internal|interne?){NUMBERED}"
    rf"|^interne?\s(?!(?:{NOT_OURS}))|(?:^|\s)internal\s(?!(?:{NOT_OURS}))"
    r"|\sinterne?[rsnm]?\s(?=kalk|preis|koste|kost|marge|notiz|entw|stund|plan|budget|angebot|protokoll|liste|version)",
)
SHOUTED = re.compile(r"(?:^|\s)INTERN(?:\s|$)")
WRITTEN_TOGETHER = re.compile(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])")  # `KalkulationIntern`
STRICT = re.compile(r"strictly confidential|streng vertraulich|strictement confidentiel", re.IGNORECASE)
LONGEST, LONGEST_ALONE = 200, 80  # characters of a heading, and of a line that is nothing but a mark
LONGEST_HEADING = 12  # words; a mark in the midst of a paragraph speaks of something else
FIRST = 6  # lines of a file, and of each page, that may be a heading


def find_mark(line: str, *, first: bool, alone: bool = True) -> str:
    """The mark in a line; only a heading (`first`) or a line that is nothing else counts. Empty: there is none.

    `alone`: whether the line is one of its own, and no cell, where “Confidential” may be an answer.
    """
    if len(line) > (LONGEST if first else LONGEST_ALONE):
        return ""
    whole = first and WHOLE.fullmatch(line)
    apart = alone and (SECRET.fullmatch(line) or SET_APART.fullmatch(line)) and not BULLET.fullmatch(line)
    if whole or apart:
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
    if SECRET.fullmatch(name):
        return name
    words = WRITTEN_TOGETHER.sub(" ", name)
    searches = (PHRASES.search(name), TAG.search(name), SHOUTED.search(name), STRICT.search(name))
    found = next(filter(None, searches), None) or IN_NAME.search(words.lower())
    return found[0].strip() if found else ""
