"""A person at a browser without scripts: cookies, forms, files, redirects. The standard library alone."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

Values = Mapping[str, str | list[str]]
#: Field, file name, content, media type.
Upload = tuple[str, str, bytes, str]


class NotThere(Exception):
    """What the person was looking for is not on the page."""


@dataclass(slots=True)
class Form:
    """A form as the page gives it: what it holds already, and where it goes."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    #: Every name a person can fill in, with its offered values (radio buttons, checkboxes, options).
    offers: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def filled(self, values: Values) -> list[tuple[str, str]]:
        """The fields with these values instead of what was there. NotThere for a field that the form does not have."""
        unknown = [name for name in values if name not in self.offers]
        if unknown:
            raise NotThere(
                f"the form to {self.action} has no field {', '.join(unknown)}; it has {', '.join(self.offers)}"
            )
        kept = [(name, value) for name, value in self.fields if name not in values]
        for name, given in values.items():
            kept += [(name, value) for value in ([given] if isinstance(given, str) else given)]
        return kept


class _Reader(HTMLParser):
    """Collects the forms and links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self._form: Form | None = None
        self._select = ""
        self._area: tuple[str, list[str]] | None = None
        self._link: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One opening tag."""
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self._link = (given["href"], [])
        elif tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None:
            self._field(self._form, tag, given, {name for name, _ in attrs})

    def _field(self, form: Form, tag: str, given: dict[str, str], named: set[str]) -> None:
        name = given.get("name", "")
        if tag == "option" and self._select:
            form.offers[self._select].append(given.get("value", ""))
            if "selected" in named:
                form.fields.append((self._select, given.get("value", "")))
        elif not name or "disabled" in named:
            return
        elif tag == "select":
            self._select = name
            form.offers.setdefault(name, [])
        elif tag == "textarea":
            self._area = (name, [])
            form.offers.setdefault(name, [])
        elif tag == "button":
            form.buttons.append((name, given.get("value", "")))
        elif tag == "input":
            self._input(form, name, given, named)

    def _input(self, form: Form, name: str, given: dict[str, str], named: set[str]) -> None:
        kind = given.get("type", "text")
        if kind in ("submit", "image"):
            form.buttons.append((name, given.get("value", "")))
            return
        choice = kind in ("radio", "checkbox")
        value = given.get("value", "on" if choice else "")
        form.offers.setdefault(name, []).extend([value] if choice else [])
        if kind != "file" and (not choice or "checked" in named):
            form.fields.append((name, value))

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        for holder in (self._area, self._link):
            if holder:
                holder[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        """One closing tag."""
        if tag == "a" and self._link:
            self.links.append((self._link[0], " ".join("".join(self._link[1]).split())))
            self._link = None
        elif tag == "textarea" and self._area and self._form is not None:
            self._form.fields.append((self._area[0], "".join(self._area[1]).removeprefix("\n")))
            self._area = None
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self._form = None


@dataclass(slots=True)
class Answer:
    """What came back."""

    status: int
    url: str
    headers: Message
    body: bytes
    _read: _Reader | None = None

    @property
    def text(self) -> str:
        """The page as text."""
        return self.body.decode(self.headers.get_content_charset() or "utf-8", errors="replace")

    def json(self) -> Any:
        """The answer of an API."""
        return json.loads(self.body)

    def _reader(self) -> _Reader:
        if self._read is None:
            self._read = _Reader()
            self._read.feed(self.text)
        return self._read

    @property
    def links(self) -> list[tuple[str, str]]:
        """Every link: address and words."""
        return self._reader().links

    @property
    def forms(self) -> list[Form]:
        """Every form of the page."""
        return self._reader().forms

    def form(self, *, having: str = "", to: str = "") -> Form:
        """The first form with this field or button, that goes to an address with this in it. Raises NotThere."""
        for form in self.forms:
            names = {*form.offers, *(name for name, _ in form.buttons)}
            if (not having or having in names) and to in (form.action or self.url):
                return form
        raise NotThere(f"no form with {having or to!r} on {self.url} (status {self.status})")

    def link(self, words: str) -> str:
        """The address of the first link whose words or address hold these. Raises NotThere."""
        for address, text in self.links:
            if words in text or words in address:
                return address
        raise NotThere(f"no link {words!r} on {self.url} (status {self.status})")


class Person:
    """One person with a browser of their own. Answers with 4xx and 5xx are answers, not exceptions."""

    def __init__(self, base_url: str, *, language: str = "zh-hans", token: str = "") -> None:
        self.base_url = base_url
        self.page: Answer | None = None
        self._headers = {"Accept-Language": language, "User-Agent": "yimen-walk"}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"
        self.cookies = CookieJar()
        self._opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(self.cookies))

    def _ask(self, path: str, body: bytes | None = None, method: str = "GET", **headers: str) -> Answer:
        here = self.page.url if self.page else self.base_url
        url = urljoin(here, path) if path else here
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = Request(url, data=body, method=method, headers={**self._headers, "Referer": here, **named})  # noqa: S310  our own server
        try:
            with self._opener.open(request, timeout=60) as reply:
                answer = Answer(reply.status, reply.url, reply.headers, reply.read())
        except HTTPError as error:
            with error:
                answer = Answer(error.code, error.url or url, error.headers, error.read())
        return answer

    def get(self, path: str, **query: str) -> Answer:
        """Open a page; it is the page the person looks at from now on."""
        self.page = self._ask(path + (f"?{urlencode(query)}" if query else ""))
        return self.page

    def fetch(self, path: str) -> Answer:
        """Fetch a file or a figure without leaving the page."""
        return self._ask(path)

    def send_json(self, path: str, data: object, *, method: str = "POST", **headers: str) -> Answer:
        """Speak to the API."""
        headers |= {"Content_Type": "application/json"}
        return self._ask(path, json.dumps(data).encode(), method, **headers)

    def submit(self, form: Form, values: Values, *, press: str = "", files: list[Upload] | None = None) -> Answer:
        """Fill the form in and send it, by the button whose name or value is ``press``. Redirects are followed."""
        pairs = form.filled(values)
        pairs += [pair for pair in form.buttons if press and press in pair][:1]
        action = form.action or (urlsplit(self.page.url)._replace(fragment="").geturl() if self.page else "")
        if form.method == "get":
            self.page = self._ask(f"{urlsplit(action)._replace(query='').geturl()}?{urlencode(pairs)}")
        elif files:
            body, kind = _multipart(pairs, files)
            self.page = self._ask(action, body, "POST", Content_Type=kind)
        else:
            kind = "application/x-www-form-urlencoded"
            self.page = self._ask(action, urlencode(pairs).encode(), "POST", Content_Type=kind)
        return self.page


def _multipart(pairs: list[tuple[str, str]], files: list[Upload]) -> tuple[bytes, str]:
    """The body of a form with files, and its media type."""
    edge = secrets.token_hex(16)
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in pairs
    ]
    for name, file_name, content, kind in files:
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
        parts.append(f"{head}Content-Type: {kind}\r\n\r\n".encode() + content + b"\r\n")
    return b"".join(parts) + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"
