"""Tokens, API keys and private keys by their shapes: detect-secrets' patterns, and those of the trade's platforms."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from offboard.scan.finding import MASK, Kind

OURS = (  # what a social media manager holds and detect-secrets does not know
    ("Google API key", r"AIza[\w-]{35}(?![\w-])"),
    ("Google sign-in", r"ya29\.[\w-]{20,}"),
    ("Google sign-in", r"1//0[\w-]{30,}"),
    ("Google client secret", r"GOCSPX-[\w-]{20,}"),
    ("Meta access token", r"EAA[A-Za-z0-9]{40,}"),
    ("Instagram access token", r"IG(?:QV|AA)[\w-]{40,}"),
    ("LinkedIn access token", r"AQ[UVWX][\w-]{100,}"),
    ("X access token", r"A{20}[\w%]{60,}"),
    ("TikTok access token", r"act\.[\w!*.-]{40,}"),
    ("TikTok refresh token", r"rft\.[\w!*.-]{40,}"),
    ("Pinterest access token", r"pin[ar]_[A-Z0-9]{50,}"),
    ("Notion token", r"secret_[A-Za-z0-9]{43}"),
    ("Notion token", r"ntn_[A-Za-z0-9]{40,}"),
    ("Airtable token", r"pat[A-Za-z0-9]{14}\.[a-f0-9]{64}"),
    ("HubSpot token", r"pat-(?:na|eu|ap)\d-[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}"),
    ("Brevo key", r"xkeysib-[a-f0-9]{64}-\w{16}"),
    ("Klaviyo key", r"pk_[a-f0-9]{34}(?!\w)"),
    ("Shopify token", r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}"),
    ("Anthropic key", r"sk-ant-[\w-]{24,}"),
    ("OpenAI key", r"sk-(?:proj|svcacct|admin)-[\w-]{40,}"),
    ("GitHub token", r"github_pat_\w{40,}"),
    ("Telegram bot token", r"\d{8,10}:[A-Za-z0-9_-]{35}(?![\w-])"),  # theirs must be the whole line
    ("two-factor secret", r"otpauth://[^\s\"<>]*?secret=[A-Z2-7]{8,}"),
)
LINKS = (  # with what opens an account in it
    (
        "link that signs in",
        r"[?&#](?:(?:access|refresh|auth|id|session|login|reset)_token|client_secret|api_?key|password|passwd|pwd)="
        r"[^\s&#\"'<>]{8,}",
    ),
    ("link with a password", r"://[^\s/:@]{1,64}:(?![*•x]+@)[^\s/:@]{3,64}@[\w.-]+"),
)
CHOSEN = (  # of detect-secrets' plugins: shapes that nothing else has; each with what it guards
    ("aws", "AWSKeyDetector", "AWS key"),  # shop and picture stores
    ("azure_storage_key", "AzureStorageKeyDetector", "Azure storage key"),  # likewise
    ("discord", "DiscordBotTokenDetector", "Discord bot token"),  # communities
    ("github_token", "GitHubTokenDetector", "GitHub token"),  # a client's website
    ("gitlab_token", "GitLabTokenDetector", "GitLab token"),  # likewise
    ("jwt", "JwtTokenDetector", "sign-in token"),  # what most dashboards hand out
    ("mailchimp", "MailchimpDetector", "Mailchimp key"),  # newsletters
    ("npm", "NpmDetector", "npm token"),  # a client's website
    ("openai", "OpenAIDetector", "OpenAI key"),  # caption tools
    ("sendgrid", "SendGridDetector", "SendGrid key"),  # newsletters
    ("slack", "SlackDetector", "Slack token"),  # the client's team
    ("square_oauth", "SquareOAuthDetector", "Square key"),  # a client's shop
    ("stripe", "StripeDetector", "Stripe key"),  # likewise
    ("twilio", "TwilioKeyDetector", "Twilio key"),  # messages
)
# Left out: the entropy plugins (post ids, hashes and thumbnails flood them), KeywordDetector (made for source code;
# passwords.py knows prose in three languages), IPPublic (no secret), Artifactory, Cloudant, IBM*, SoftLayer, PyPI
# (nobody in this trade has them, and Artifactory's shape is too common), BasicAuth (LINKS asks for more:
# it takes `://a/b:c@d` for one), TelegramBotToken (only whole lines), PrivateKey (PRIVATE below knows later formats).
PRIVATE = re.compile(
    r"-----\s?BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-\d|AGE-SECRET-KEY-1[A-Z0-9]{50,}"
)
WORD = re.compile(r"[\w/+-]")  # in the midst of a longer word, or of a picture, any shape may occur
EXAMPLE = re.compile(r"EXAMPLE|(?i:your|dein|votre)[_-]|[xX]{6,}|0{10,}|\*{3,}|\.{3,}")  # instructions, not keys
INSIDE = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=\s]+")  # a picture in the text: any shape may occur in it


@cache
def their_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Whose key, and its shape; detect-secrets is loaded only now."""
    theirs = [(what, re.compile(pattern)) for what, pattern in LINKS]
    for module, name, what in CHOSEN:
        plugin = getattr(importlib.import_module(f"detect_secrets.plugins.{module}"), name)
        theirs += [(what, pattern) for pattern in plugin.denylist]
    return tuple(theirs)


@dataclass(frozen=True)
class Key:
    """Where a key begins in a text, its kind, its masked excerpt and whose it is."""

    at: int
    kind: Kind
    excerpt: str
    what: str = ""


@cache
def our_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The same for what detect-secrets does not know: each begins with signs that are found fast, and stands alone."""
    return tuple((what, re.compile(pattern)) for what, pattern in OURS)


def find_keys(text: str) -> Iterator[Key]:
    """Every key in the text."""
    for found in PRIVATE.finditer(text):
        yield Key(found.start(), Kind.PRIVATE_KEY, f"BEGIN PRIVATE KEY {MASK}")
    for what, pattern in our_patterns():
        for found in pattern.finditer(text):
            if not WORD.match(text[found.start() - 1 : found.start()]) and EXAMPLE.search(found[0]) is None:
                yield Key(found.start(), Kind.KEY, MASK, what)
    for what, pattern in their_patterns():
        for found in pattern.finditer(text):
            if EXAMPLE.search(found[0]) is None and (what != "sign-in token" or _is_signed(found[0])):
                yield Key(found.start(), Kind.KEY, MASK, what)


def without_pictures(text: str) -> str:
    """The text without pictures written into it, as long as before: places stay."""
    return INSIDE.sub(lambda found: " " * len(found[0]), text) if ";base64," in text else text


def _is_signed(token: str) -> bool:
    from detect_secrets.plugins.jwt import JwtTokenDetector

    return bool(JwtTokenDetector.is_formally_valid(token)) and token.count(".") == 2
