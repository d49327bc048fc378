"""A mail as the bytes of a message: text and HTML, headers that cannot be broken out of, and our key."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from functools import lru_cache
from hashlib import sha256

from offboard.emails.mail import Mail

SHELL_SUBJECT = "offboard: being prepared"
KEY = "X-Offboard-Key"
READ_ONCE = policy.default.clone(header_factory=lru_cache(512)(policy.default.header_factory))
"""How a message is read: the library takes a header apart, and makes a class for it, each time that it is asked for."""
WRITTEN = "X-Offboard-Written"  # the digest of what we wrote: as long as it fits, nobody edited the draft


class Subject(str):
    """A subject that is written letter by letter: what looks like an encoded word would be read, and hide a header."""

    name = "Subject"

    def __new__(cls, text: str) -> Subject:
        """ValueError where it holds more than one line."""
        if len(text.splitlines()) > 1 or any(ord(letter) < 32 for letter in text):
            raise ValueError(f"a subject holds no linefeed or control character: {text!r}")
        return super().__new__(cls, text)

    def fold(self, *, policy: EmailPolicy) -> str:
        """The header line, as the message asks for it."""
        value = Header(str(self), "utf-8", header_name=self.name).encode(linesep=policy.linesep)
        return f"{self.name}: {value}{policy.linesep}"


def format_message(mail: Mail, key: str) -> bytes:
    """The whole message; `key` says to us which e-mail it is."""
    message = EmailMessage(policy=SMTP)
    if mail.to:  # one that must not be sent any more has nobody to go to
        message["To"] = mail.to
    message["Subject"] = Subject(mail.subject)
    message[KEY] = key
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    for file in mail.attachments:
        kind, _, subtype = file.kind.partition("/")
        message.add_attachment(file.content, kind, subtype, filename=file.name)
    message[WRITTEN] = digest_message(read_message(message.as_bytes()))
    return message.as_bytes()


def read_message(content: bytes) -> EmailMessage:
    """A message from its bytes, whoever wrote them."""
    return message_from_bytes(content, policy=READ_ONCE)


def digest_message(message: EmailMessage) -> str:
    """What changes when somebody changes anything of a mail that its readers see, or who they are."""
    whom = [str(message.get(name, "")) for name in ("To", "Cc", "Bcc", "Reply-To", "Subject")]
    bodies = [message.get_body((kind,)) for kind in ("plain", "html")]
    texts = ["\n".join(str(body.get_content()).split()) if body else "" for body in bodies]
    attached = [(part.get_filename() or "", part.get_payload(decode=True)) for part in message.iter_attachments()]
    return sha256(repr((whom, texts, attached)).encode()).hexdigest()[:16]


def format_shell(key: str) -> bytes:
    """An empty draft without a recipient, so that nobody can send it."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = SHELL_SUBJECT
    message[KEY] = key
    message.set_content("")
    return message.as_bytes()
