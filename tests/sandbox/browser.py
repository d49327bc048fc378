"""A person at a browser: reads the consent page, ticks, answers, and is led back to the app."""

from __future__ import annotations

import threading
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import requests


@dataclass
class ConsentPage:
    """What the consent page shows, and the form in it."""

    address: str
    html: str
    action: str = ""
    hidden: dict[str, str] = field(default_factory=dict)
    accounts: list[str] = field(default_factory=list)
    scopes: list[str] = field(default_factory=list)
    checked: set[str] = field(default_factory=set)

    def answer(self, answer: str = "allow", account: str | None = None, scopes: list[str] | None = None) -> Any:
        """Press a button; as the page was opened, unless another account or other scopes are named."""
        chosen = account or next(name for name in self.accounts if name in self.checked)
        ticked = [name for name in self.scopes if name in self.checked] if scopes is None else scopes
        form = self.hidden | {"account": chosen, "scope": ticked, "answer": answer}
        return requests.post(urljoin(self.address, self.action), data=form, allow_redirects=False, timeout=5)


class _Reader(HTMLParser):
    def __init__(self, page: ConsentPage) -> None:
        super().__init__()
        self._page = page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._page.action = given["action"]
        if tag != "input":
            return
        if given["type"] == "hidden":
            self._page.hidden[given["name"]] = given["value"]
        else:
            {"radio": self._page.accounts, "checkbox": self._page.scopes}[given["type"]].append(given["value"])
            if "checked" in given:
                self._page.checked.add(given["value"])


def open_page(address: str) -> ConsentPage:
    """Fetch a consent page and read it."""
    answer = requests.get(address, timeout=5)
    assert answer.status_code == 200, answer.text
    page = ConsentPage(address, answer.text)
    _Reader(page).feed(answer.text)
    return page


class Browser(webbrowser.BaseBrowser):
    """A browser in which somebody answers every consent page in one way, beside the program that opened it."""

    def __init__(self, decide: Callable[[ConsentPage], Any]) -> None:
        super().__init__("person")
        self._decide = decide

    def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:  # noqa: ARG002
        """Open a page; the program goes on at once and waits for the redirect."""
        threading.Thread(target=self._visit, args=(url,), daemon=True).start()
        return True

    def _visit(self, url: str) -> None:
        requests.get(self._decide(open_page(url)).headers["Location"], timeout=5)
