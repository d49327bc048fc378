"""The control: the same goodbye as an honest script in the usual style, by names, row numbers and a status cell."""

from __future__ import annotations

import base64
import json
import re
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import gspread
import httplib2
from google.auth.transport.requests import AuthorizedSession
from google.oauth2.credentials import Credentials
from google_auth_httplib2 import AuthorizedHttp
from googleapiclient.discovery import build
from googleapiclient.http import HttpRequest
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from offboard.config import load_config
from offboard.workspace.transport import GOOGLE, SHEETS

FOLDER = "application/vnd.google-apps.folder"
PARTS = ("Reports", "Content", "Brand assets", "Accounts")
STATUS = "Notes"  # the column in which the script keeps how far it is
MAILS = {"hand-over": "Your hand-over folder", "goodbye": "Thank you"}
RETRIES = 3


class Moved(HTTPAdapter):
    """Sends what is meant for Google's Sheets to the sandbox; sends again what failed, as everybody recommends."""

    def __init__(self, origin: str) -> None:
        codes = (429, 500, 502, 503, 504)
        super().__init__(max_retries=Retry(RETRIES, backoff_factor=0, status_forcelist=codes, allowed_methods=None))
        self._origin = origin

    def send(self, request: Any, *args: Any, **more: Any) -> Any:
        """One request."""
        request.url = self._origin + request.url.removeprefix(SHEETS)
        return super().send(request, *args, **more)


class MovedHttp(httplib2.Http):
    """Sends what is meant for Google's Drive and Gmail to the sandbox."""

    def __init__(self, origin: str) -> None:
        super().__init__(timeout=30)
        self._origin = origin

    def request(self, uri: str, *args: Any, **more: Any) -> Any:
        """One request."""
        return super().request(GOOGLE.sub(self._origin, uri), *args, **more)


class Script:
    """What one would write in an afternoon, with care: it looks before it makes, and writes down what it did."""

    def __init__(self, home: Path) -> None:
        config = load_config(home, {})
        stored = json.loads((home / "token.json").read_text())
        names = ("token", "refresh_token", "token_uri", "client_id", "client_secret", "scopes")
        credentials = Credentials(**{name: stored[name] for name in names})  # type: ignore[no-untyped-call]
        session = AuthorizedSession(credentials)  # type: ignore[no-untyped-call]
        session.mount(SHEETS, Moved(config.origin.value))
        self._book = gspread.Client(auth=credentials, session=session).open_by_key(config.tracker.value)
        http = AuthorizedHttp(credentials, MovedHttp(config.origin.value))
        self._drive = build("drive", "v3", http=http)
        self._gmail = build("gmail", "v1", http=http)
        self._log_tab = self._book.worksheet("Log")

    def run(self, short: str) -> None:
        """Folder, reports, share, e-mails; each with a row in the Log; the status cell says how far it came."""
        tab = self._book.worksheet("Clients")
        rows = tab.get_all_records()
        number, row = next((at, row) for at, row in enumerate(rows, start=2) if row["Short name"] == short)
        column = list(row).index(STATUS) + 1
        if row[STATUS] == "offboarded":
            return
        folder = self._find_or_make(f"{row['Client']} – Offboarding", "root", short)
        reports, *_ = [self._find_or_make(part, folder, short) for part in PARTS]
        self._copy_all(self._find_source(number, list(row).index("Reports") + 1), reports, short)
        tab.update_cell(number, column, "copied")
        readers = self._send(self._drive.permissions().list(fileId=folder, fields="permissions(emailAddress)"))
        if row["E-mail"] not in [one.get("emailAddress") for one in readers["permissions"]]:
            body = {"type": "user", "role": "reader", "emailAddress": row["E-mail"]}
            self._send(self._drive.permissions().create(fileId=folder, body=body, sendNotificationEmail=False))
            self._log(short, "share", f"{row['E-mail']} may read the folder")
        tab.update_cell(number, column, "shared")
        for step, subject in MAILS.items():
            self._write(short, row, step, f"{subject}, {row['Contact']}", folder)
        tab.update_cell(number, column, "offboarded")

    def _send(self, request: HttpRequest) -> dict[str, Any]:
        request._sleep = lambda _: None  # it would wait between its tries
        answer: dict[str, Any] = request.execute(num_retries=RETRIES)
        return answer

    def _list(self, query: str) -> list[dict[str, Any]]:
        request = self._drive.files().list(q=query, fields="files(id,name,mimeType)", pageSize=1000)
        return list(self._send(request)["files"])

    def _find_or_make(self, name: str, parent: str, short: str) -> str:
        quoted = name.replace("'", "\\'")
        found = self._list(f"name = '{quoted}' and '{parent}' in parents and mimeType = '{FOLDER}' and trashed = false")
        if found:
            return str(found[0]["id"])
        body = {"name": name, "mimeType": FOLDER, "parents": [parent]}
        made = self._send(self._drive.files().create(body=body, fields="id"))
        self._log(short, "folder", f"made {name}")
        return str(made["id"])

    def _find_source(self, row: int, column: int) -> str:
        place = gspread.utils.rowcol_to_a1(row, column)
        params = {"ranges": f"Clients!{place}", "fields": "sheets(data(rowData(values(chipRuns,hyperlink))))"}
        found = json.dumps(self._book.client.fetch_sheet_metadata(self._book.id, params))
        matched = re.search(r"folders/([\w-]+)", found)
        if matched is None:
            raise LookupError(f"no link in {place}")
        return matched[1]

    def _copy_all(self, source: str, target: str, short: str) -> None:
        there = {file["name"] for file in self._list(f"'{target}' in parents and trashed = false")}
        for file in self._list(f"'{source}' in parents and trashed = false"):
            if file["mimeType"] == FOLDER:
                self._copy_all(file["id"], self._find_or_make(file["name"], target, short), short)
            elif file["name"] not in there:
                body = {"name": file["name"], "parents": [target]}
                self._send(self._drive.files().copy(fileId=file["id"], body=body, fields="id"))
                self._log(short, "reports", f"copied {file['name']}")

    def _write(self, short: str, row: dict[str, Any], step: str, subject: str, folder: str) -> None:
        drafts = self._gmail.users().drafts()
        listed = self._send(drafts.list(userId="me", q=f'subject:"{subject}" to:{row["E-mail"]}'))
        if listed.get("drafts"):
            return
        message = EmailMessage()
        message["To"], message["Subject"] = row["E-mail"], subject
        message.set_content(f"Hi {row['Contact']},\n\nhttps://drive.google.com/drive/folders/{folder}\n")
        raw = base64.urlsafe_b64encode(message.as_bytes()).decode()
        self._send(drafts.create(userId="me", body={"message": {"raw": raw}}))
        self._log(short, step, f"draft “{subject}”")

    def _log(self, short: str, step: str, what: str) -> None:
        self._log_tab.append_row(["now", short, step, "new", what])
