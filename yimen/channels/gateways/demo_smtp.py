"""The demo's mail server: just enough of RFC 5321 to take a mail and keep it."""

from __future__ import annotations

import asyncio
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Thread
from typing import Self

from yimen.channels.gateways.demo_inbox import DemoInbox
from yimen.channels.terms import Channel

MAX_BYTES = 1_048_576
SECONDS = 30


class _Conversation:
    """One client: greeting, envelope, letter."""

    def __init__(self, inbox: DemoInbox, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.inbox, self.reader, self.writer = inbox, reader, writer
        self.recipients: list[str] = []

    async def hold(self) -> None:
        """Talk until the client says goodbye, falls silent or hangs up."""
        try:
            await self._say("220 demo mail server")
            while await self._answer((await self._line()).decode("ascii", "replace").strip()):
                pass
        except (TimeoutError, ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the client went away or never stopped talking
        finally:
            self.writer.close()

    async def _answer(self, command: str) -> bool:
        verb = command[:4].upper()
        if verb == "RCPT":
            self.recipients.append(command.partition(":")[2].strip().split(" ")[0].strip("<>"))
        if verb == "DATA":
            await self._take()
        else:
            await self._say(_ANSWERS.get(verb, "502 not known here"))
        return verb != "QUIT"

    async def _take(self) -> None:
        if not self.recipients:
            return await self._say("503 to whom?")
        await self._say("354 go on, end with a dot")
        lines: list[bytes] = []
        while (line := await self._line()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b".") else line)
        references = self._keep(b"".join(lines))
        self.recipients = []
        return await self._say(f"250 kept as {references}")

    def _keep(self, raw: bytes) -> str:
        letter = message_from_bytes(raw, _class=EmailMessage, policy=default)
        body = letter.get_body(("plain",))
        return " ".join(
            self.inbox.keep(
                channel=Channel.MAIL,
                address=address,
                title=str(letter["Subject"] or ""),
                text=str(body.get_content()).rstrip("\n") if body else "",
                key=f"{letter['Message-ID']} {address}",
            )
            for address in self.recipients
        )

    async def _line(self) -> bytes:
        return await asyncio.wait_for(self.reader.readuntil(b"\r\n"), SECONDS)

    async def _say(self, words: str) -> None:
        self.writer.write(words.encode() + b"\r\n")
        await self.writer.drain()


_ANSWERS = {
    "EHLO": "250 demo",
    "HELO": "250 demo",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "RSET": "250 ok",
    "NOOP": "250 ok",
    "QUIT": "221 goodbye",
}


class DemoMailServer:
    """The server in a thread of its own, between ``with`` and its end. Port 0 takes a free one."""

    def __init__(self, inbox: DemoInbox, port: int) -> None:
        self._inbox = inbox
        self._loop = asyncio.new_event_loop()
        listening = asyncio.start_server(self._meet, "127.0.0.1", port, limit=MAX_BYTES)
        try:
            self._server = self._loop.run_until_complete(listening)
        except OSError:
            self._loop.close()
            raise
        self.port: int = self._server.sockets[0].getsockname()[1]
        self.address = f"127.0.0.1:{self.port}"
        self._thread = Thread(target=self._loop.run_forever, name="demo-mail")

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _Conversation(self._inbox, reader, writer).hold()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _close(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
