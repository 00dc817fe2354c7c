"""A server in between that can fall silent, or fall away, at a chosen moment."""

import socket
from contextlib import suppress
from threading import Event, Thread
from typing import Self
from urllib.parse import urlsplit


class Between:
    """Passes everything on to a server; while `silent`, accepts everything and answers nothing."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._there = (parts.hostname or "127.0.0.1", parts.port or 7687)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"bolt://127.0.0.1:{self._listening.getsockname()[1]}"
        self.silent = Event()
        self.cut_on: bytes | None = None
        self._sockets: list[socket.socket] = []

    def __enter__(self) -> Self:
        Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.close()
        self.cut()

    def cut(self) -> None:
        """Break every connection."""
        for each in self._sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._sockets.clear()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self._listening.accept()
                there = socket.create_connection(self._there)
                self._sockets += [here, there]
                Thread(target=self._pass, args=(here, there), daemon=True).start()
                Thread(target=self._pass, args=(there, here), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if self.silent.is_set():
                    continue
                if self.cut_on is not None and data.endswith(self.cut_on):
                    target.sendall(data)  # the order arrives; the answer never comes back
                    self.cut_on = None
                    source.shutdown(socket.SHUT_RDWR)
                    return
                target.sendall(data)
            target.shutdown(socket.SHUT_RDWR)
