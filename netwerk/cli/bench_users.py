"""Users of pages: each with a connection and a session of their own, all at once."""

import asyncio
import re
from asyncio import StreamReader, StreamWriter
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection
from random import Random
from time import perf_counter
from typing import Final
from urllib.parse import urlencode

_TOKEN: Final = re.compile(r'name="csrf_token" value="([^"]+)"')
_LENGTH: Final = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_FILE: Final = re.compile(r'href="(/inhabitants/[^/"]+/)')
_FILES: Final = 10
"""Inhabitants whose pages one user opens."""


@dataclass(slots=True)
class Seen:
    """What the users met: seconds per page, and answers that were none."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class Visitor:
    """One user: the pages they open in turn, and their cookie."""

    def __init__(self, port: int, pages: Sequence[str], cookie: str = "") -> None:
        """Take where to, and what they look at."""
        self.port = port
        self.pages = pages
        self._head = f"Host: 127.0.0.1:{port}\r\nCookie: {cookie}\r\nConnection: keep-alive"
        self._line: tuple[StreamReader, StreamWriter] | None = None

    async def visit(self, random: Random, asks: int, pause: float, seen: Seen) -> None:
        """Open pages, and read each for a while."""
        for at in range(asks):
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))
            page = self.pages[at % len(self.pages)]
            began = perf_counter()
            try:
                status = await self._get(page)
            except (OSError, EOFError, TimeoutError) as error:
                status = type(error).__name__
            seen.seconds.append(perf_counter() - began)
            if status != "200":
                seen.errors.append(f"{status} {page}")
        self._hang_up()

    async def _get(self, page: str) -> str:
        """Ask for a page, once more where an idle connection turns out to be closed."""
        if self._line is not None:
            try:
                return await self._asked(*self._line, page)
            except (ConnectionError, EOFError):
                self._hang_up()
        self._line = await asyncio.open_connection("127.0.0.1", self.port)
        return await self._asked(*self._line, page)

    async def _asked(self, reader: StreamReader, writer: StreamWriter, page: str) -> str:
        writer.write(f"GET {page} HTTP/1.1\r\n{self._head}\r\n\r\n".encode())
        async with asyncio.timeout(60):
            head = await reader.readuntil(b"\r\n\r\n")
            length = _LENGTH.search(head)
            await reader.readexactly(int(length[1]) if length else 0)
        return head[9:12].decode("ascii")

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line[1].close()
            self._line = None


def all_at_once(visitors: Sequence[Visitor], asks: int, pause: float) -> Seen:
    """Let all users open so many pages each."""
    seen = Seen()

    async def everybody() -> None:
        await asyncio.gather(
            *(
                each.visit(Random(number), asks, pause, seen)  # noqa: S311 -- no secret
                for number, each in enumerate(visitors)
            )
        )

    asyncio.run(everybody())
    return seen


def signed_in(port: int, name: str, password: str, first: int) -> Visitor:
    """Sign somebody in, and choose the pages that they look at, beginning with the so-manieth."""
    session = _Session(port)
    token = _TOKEN.search(session.ask("GET", "/sign-in"))
    assert token is not None  # noqa: S101 -- without it there is nothing to measure
    form = {"csrf_token": token[1], "username": name, "password": password}
    session.ask("POST", "/sign-in", urlencode(form))
    files = list(dict.fromkeys(_FILE.findall(session.ask("GET", "/cases/"))))[:_FILES]
    pages = [page for file in files for page in _around(file)]
    turn = first % len(pages)
    return Visitor(port, [*pages[turn:], *pages[:turn]], session.cookie)


def _around(file: str) -> tuple[str, ...]:
    """Return what is opened for one inhabitant: the case list, their file, whom could we ask."""
    return "/cases/", file, f"{file}paths/", file, f"{file}ties/new", "/account"


class _Session:
    def __init__(self, port: int) -> None:
        self.port = port
        self._cookies: dict[str, str] = {}

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    def ask(self, method: str, page: str, body: str | None = None) -> str:
        line = HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": self.cookie}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line.request(method, page, body, headers)
        answer = line.getresponse()
        for each in answer.msg.get_all("Set-Cookie", []):
            name, _, value = each.partition(";")[0].partition("=")
            self._cookies[name] = value
        text = answer.read().decode("utf-8")
        line.close()
        return text
