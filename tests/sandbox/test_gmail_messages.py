"""Mails read in the four formats, listed, sent, delivered and thrown away."""

from __future__ import annotations

import base64
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest

from offboard.sandbox.server import Sandbox
from tests.sandbox.caller import Caller
from tests.sandbox.letters import DRAFTS, body, draft, encode, headers, letter, read

MESSAGES = "/gmail/v1/users/me/messages"


def decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text)


def whole() -> EmailMessage:
    """A mail as offboard writes it, and an attachment: text, HTML, a file."""
    mail = letter("Auf Wiedersehen, Söhne & Co", "Hello <Maya> & team,\n\nsee   you.\n", To="Maya <maya@bloom.example>")
    mail.add_alternative("<p>Hello <b>Maya</b></p>", subtype="html")
    mail.add_attachment(b"%PDF\x00\xff", maintype="application", subtype="pdf", filename="Übersicht.pdf")
    return mail


def send(caller: Caller, mail: EmailMessage | bytes, **more: Any) -> Any:
    return caller.call("POST", f"{MESSAGES}/send", json=body(mail, **more)["message"])


def inbox(caller: Caller, **query: Any) -> list[dict[str, Any]]:
    found = caller.call("GET", MESSAGES, labelIds="INBOX", **query).json()
    return [caller.call("GET", f"{MESSAGES}/{entry['id']}").json() for entry in found.get("messages", [])]


def test_full_is_the_tree_of_parts_with_bodies_and_the_attachments_id(ana: Caller) -> None:
    message = read(ana, draft(ana, whole())["id"])
    payload = message["payload"]
    assert headers(message)["Subject"] == "Auf Wiedersehen, Söhne & Co"
    assert (payload["partId"], payload["mimeType"], payload["body"]) == ("", "multipart/mixed", {"size": 0})
    alternative, attachment = payload["parts"]
    plain, html = alternative["parts"]
    assert [part["partId"] for part in (alternative, plain, html, attachment)] == ["0", "0.0", "0.1", "1"]
    assert [part["mimeType"] for part in (plain, html)] == ["text/plain", "text/html"]
    assert decode(plain["body"]["data"]).startswith(b"Hello <Maya> & team")
    assert decode(html["body"]["data"]).strip() == b"<p>Hello <b>Maya</b></p>"
    assert attachment["filename"] == "Übersicht.pdf"
    assert set(attachment["body"]) == {"attachmentId", "size"}
    path = f"{MESSAGES}/{message['id']}/attachments"
    fetched = ana.call("GET", f"{path}/{attachment['body']['attachmentId']}").json()
    assert (decode(fetched["data"]), fetched["size"]) == (b"%PDF\x00\xff", 6)
    assert ana.call("GET", f"{path}/nonsense").status_code == 404


def test_minimal_metadata_and_raw_say_less_or_everything(ana: Caller) -> None:
    written = draft(ana, whole())["message"]["id"]
    common = {"id", "threadId", "labelIds", "snippet", "sizeEstimate", "historyId", "internalDate"}

    def get(form: str, **query: Any) -> dict[str, Any]:
        message: dict[str, Any] = ana.call("GET", f"{MESSAGES}/{written}", format=form, **query).json()
        return message

    assert set(get("minimal")) == common
    assert set(get("RAW")) == common | {"raw"}
    assert len(decode(get("raw")["raw"])) == get("minimal")["sizeEstimate"]
    assert set(get("metadata")["payload"]) == {"mimeType", "headers"}
    chosen = get("metadata", metadataHeaders=["subject", "To"])["payload"]["headers"]
    assert [header["name"] for header in chosen] == ["Subject", "To"]
    assert ana.call("GET", f"{MESSAGES}/{written}", format="html").status_code == 400


def test_a_snippet_is_the_first_words_on_one_line_escaped_for_html(ana: Caller) -> None:
    assert read(ana, draft(ana, whole())["id"], "minimal")["snippet"] == "Hello &lt;Maya&gt; &amp; team, see you."
    html = b"Content-Type: text/html\r\n\r\n<style>p{}</style><p>It&#39;s <b>done</b></p>"
    assert read(ana, draft(ana, html)["id"], "minimal")["snippet"] == "It&#39;s done"
    long = letter(text="word " * 100)
    assert len(read(ana, draft(ana, long)["id"], "minimal")["snippet"]) <= 200


ODD = {
    "nothing but a line end": b"\r\n",
    "no headers": b"just words",
    "no boundary": b"Content-Type: multipart/mixed\r\n\r\n--x\r\n\r\nhi",
    "an unknown charset": b"Content-Type: text/plain; charset=klingon\r\n\r\nhi",
    "a charset with zero bytes": b"Content-Type: text/plain; charset=utf-8%00\r\n\r\nhi",
    "an unknown transfer encoding": b"Content-Transfer-Encoding: pigeon\r\n\r\nhi",
    "broken base64": b"Content-Transfer-Encoding: base64\r\n\r\n!!!a",
    "a broken encoded word": b"Subject: =?klingon?q?x?= =?utf-8?b?!?=\r\n\r\nhi",
    "bytes in a header": b"Subject: S\xc3\xb6hne \xff\r\nTo: maya@bloom.example\r\n\r\nhi",
    "a broken file name": b"Content-Disposition: attachment; filename*=x'%\r\n\r\nhi",
    "a mail in a mail": b"Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nhi",
    "a line that is no header": b"Subject: x\r\nnonsense\r\n\r\nhi",
    "zero bytes": b"\x00\x00: \x00\r\n\r\n\x00",
}


@pytest.mark.parametrize("mail", ODD.values(), ids=ODD)
def test_a_mail_may_be_as_odd_as_mails_are(ana: Caller, mail: bytes) -> None:
    written = draft(ana, mail)
    for form in ("full", "raw", "metadata", "minimal"):
        assert ana.call("GET", f"{DRAFTS}/{written['id']}", format=form).status_code == 200
    assert ana.call("GET", DRAFTS, q="anything has:attachment subject:x").status_code == 200


@pytest.mark.parametrize(("depth", "status"), [(90, 200), (110, 400), (600, 400), (2000, 400)])
def test_a_mail_nested_beyond_all_reason_is_refused(ana: Caller, depth: int, status: int) -> None:
    mails = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth))
    for mail in (mails, b"Content-Type: message/rfc822\r\n\r\n" * depth):
        answer = ana.call("POST", DRAFTS, json=body(mail))
        assert answer.status_code == status
        if status == 200:
            assert ana.call("GET", f"{DRAFTS}/{answer.json()['id']}").status_code == 200


def test_sending_a_draft_ends_it_and_the_mail_arrives(ana: Caller, maya: Caller) -> None:
    written = draft(ana, letter(To="Maya <MAYA@bloom.example>", Bcc="leo@corvo.example"))
    sent = ana.call("POST", f"{DRAFTS}/send", json={"id": written["id"]}).json()
    assert sent["labelIds"] == ["SENT"]
    assert sent["id"] != written["message"]["id"]
    assert sent["threadId"] == written["message"]["threadId"]
    assert ana.call("GET", f"{DRAFTS}/{written['id']}").status_code == 404
    assert ana.call("GET", f"{MESSAGES}/{written['message']['id']}").status_code == 404
    assert ana.call("POST", f"{DRAFTS}/send", json={"id": written["id"]}).status_code == 404
    [arrived] = inbox(maya)
    assert arrived["labelIds"] == ["UNREAD", "INBOX"]
    assert headers(arrived)["From"] == "Ana Ruiz <ana@sandbox.example>"
    assert "Bcc" not in headers(arrived)
    kept = ana.call("GET", f"{MESSAGES}/{sent['id']}").json()
    assert headers(kept)["Bcc"] == "leo@corvo.example"
    assert headers(kept)["Message-ID"] == headers(arrived)["Message-ID"]


def test_a_hidden_recipient_gets_the_mail_too(ana: Caller, person: Callable[[str], Caller]) -> None:
    send(ana, letter(To="somebody@elsewhere.example", Bcc="leo@corvo.example"))
    [arrived] = inbox(person("leo@corvo.example"))
    assert headers(arrived)["To"] == "somebody@elsewhere.example"


def test_sending_gives_a_new_message_id_and_todays_date(
    sandbox: Sandbox, ana: Caller, person: Callable[[str], Caller]
) -> None:
    written = draft(ana, letter(To="maya@bloom.example"))
    before = headers(read(ana, written["id"]))
    sandbox.state.clock.advance(86400)
    later = person("ana@sandbox.example")
    sent = later.call("POST", f"{DRAFTS}/send", json={"id": written["id"]}).json()
    after = headers(later.call("GET", f"{MESSAGES}/{sent['id']}").json())
    assert after["Message-ID"] != before["Message-ID"]
    assert after["Date"] != before["Date"]


def test_a_mail_to_oneself_is_one_mail_sent_and_arrived(ana: Caller) -> None:
    sent = send(ana, letter(To="ana@sandbox.example")).json()
    assert sent["labelIds"] == ["UNREAD", "SENT", "INBOX"]
    assert len(ana.call("GET", MESSAGES).json()["messages"]) == 1


def test_a_draft_can_be_sent_with_its_last_words_in_the_same_request(ana: Caller, maya: Caller) -> None:
    written = draft(ana, letter("First"))
    mail = letter("Last", To="maya@bloom.example")
    assert ana.call("POST", f"{DRAFTS}/send", json={"id": written["id"]} | body(mail)).status_code == 200
    assert headers(inbox(maya)[0])["Subject"] == "Last"
    assert ana.call("GET", DRAFTS).json() == {"resultSizeEstimate": 0}


@pytest.mark.parametrize("to", ["", "undisclosed-recipients:;"])
def test_nothing_is_sent_to_nobody(ana: Caller, to: str) -> None:
    written = draft(ana, letter(To=to) if to else letter())
    for answer in (
        ana.call("POST", f"{DRAFTS}/send", json={"id": written["id"]}),
        send(ana, letter(To=to) if to else letter()),
    ):
        assert answer.status_code == 400
        assert answer.json()["error"]["message"] == "Recipient address required"
        assert answer.json()["error"]["errors"][0]["reason"] == "invalidArgument"
    assert ana.call("GET", f"{DRAFTS}/{written['id']}").status_code == 200  # the draft is still there


def test_a_message_without_raw_is_refused_in_gmails_words(ana: Caller) -> None:
    error = ana.call("POST", f"{MESSAGES}/send", json={}).json()["error"]
    said = "'raw' RFC822 payload message string or uploading message via /upload/* URL required"
    assert error == {
        "code": 400,
        "message": said,
        "errors": [{"message": said, "domain": "global", "reason": "invalidArgument"}],
        "status": "INVALID_ARGUMENT",
    }


def test_an_answer_joins_the_thread_on_both_sides(ana: Caller, maya: Caller) -> None:
    first = send(ana, letter(To="maya@bloom.example")).json()
    [arrived] = inbox(maya)
    key = headers(arrived)["Message-ID"]
    answer = letter("Re: Wrapping up", To="ana@sandbox.example", In_Reply_To=key, References=key)
    assert send(maya, answer).json()["threadId"] == arrived["threadId"]
    assert inbox(ana)[0]["threadId"] == first["threadId"]


def test_an_id_of_another_form_is_400_and_a_strangers_is_404(ana: Caller, maya: Caller) -> None:
    hers = draft(maya, letter())["message"]["id"]
    assert ana.call("GET", f"{MESSAGES}/{hers}").status_code == 404
    error = ana.call("GET", f"{MESSAGES}/r-12").json()["error"]
    assert (error["code"], error["message"]) == (400, "Invalid id value")


def test_who_may_see_only_the_head_of_a_mail_sees_only_that(app: Callable[..., Caller], ana: Caller) -> None:
    written = draft(ana, letter())["message"]["id"]
    narrow = app("ana@sandbox.example", "gmail.metadata")
    assert narrow.call("GET", f"{MESSAGES}/{written}", format="metadata").status_code == 200
    assert narrow.call("GET", f"{MESSAGES}/{written}").status_code == 403
    assert narrow.call("GET", MESSAGES).status_code == 200
    assert narrow.call("GET", MESSAGES, q="hello").status_code == 403


def test_the_profile_counts_the_mailbox_and_its_changes(ana: Caller) -> None:
    before = ana.call("GET", "/gmail/v1/users/me/profile").json()
    written = draft(ana, letter())
    ana.call("DELETE", f"{DRAFTS}/{written['id']}")
    draft(ana, letter())
    after = ana.call("GET", "/gmail/v1/users/me/profile").json()
    assert (before["messagesTotal"], after["messagesTotal"], after["threadsTotal"]) == (0, 1, 1)
    assert after["emailAddress"] == "ana@sandbox.example"
    assert int(after["historyId"]) > int(before["historyId"])


def test_raw_survives_the_way_through_googles_own_client(gmail: Any) -> None:
    mail = whole().as_bytes()
    written = gmail.drafts().create(userId="me", body={"message": {"raw": encode(mail)}}).execute()
    got = gmail.drafts().get(userId="me", id=written["id"], format="raw").execute()
    assert decode(got["message"]["raw"]).endswith(mail)
