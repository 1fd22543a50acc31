"""What a killed fetch left in, whole records and an index of its last answers out, to go on from there."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator

CHUNK = 1 << 16
GZIP = zlib.MAX_WBITS | 16


@dataclass(frozen=True, slots=True)
class Stored:
    """The last response of a URL in the archive; `truncated` when its body was left out, with the reason."""

    id: str
    status: int
    headers: tuple[tuple[str, str], ...]
    at: datetime
    truncated: str | None
    offset: int


@dataclass(frozen=True, slots=True)
class Stock:
    """What an archive holds already: the last response of each URL, and how many records each name has."""

    path: Path
    responses: dict[str, Stored] = field(default_factory=dict)
    written: dict[str, int] = field(default_factory=dict)

    def body(self, stored: Stored) -> bytes:
        with self.path.open("rb") as stream:
            stream.seek(stored.offset)
            body: bytes = next(iter(ArchiveIterator(stream))).content_stream().read()
        return body


def take_stock(path: Path) -> Stock:
    """Cut a torn record off the end of the archive and read what is left; an archive may be missing."""
    if not path.exists():
        return Stock(path)
    with path.open("r+b") as stream:
        stream.truncate(_whole_records(stream))
    stock = Stock(path)
    with path.open("rb") as stream:
        records = ArchiveIterator(stream)
        for record in records:
            _enter(stock, record, records.get_record_offset())
    return stock


def record_name(kind: str, url: str) -> str:
    """The name under which the records of a kind for a URL are counted."""
    return {"response": url, "request": f"request {url}"}.get(kind, kind)


def _enter(stock: Stock, record: Any, offset: int) -> None:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    name = record_name(record.rec_type, url)
    stock.written[name] = stock.written.get(name, 0) + 1
    if record.rec_type == "response":
        stock.responses[url] = Stored(
            id=record.rec_headers.get_header("WARC-Record-ID"),
            status=int(record.http_headers.get_statuscode()),
            headers=tuple(record.http_headers.headers),
            at=datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")).astimezone(UTC),
            truncated=record.rec_headers.get_header("WARC-Truncated"),
            offset=offset,
        )


def _whole_records(stream: BinaryIO) -> int:
    """Where the last whole record ends; each is a gzip member of its own."""
    end = 0
    while True:
        stream.seek(end)
        length = _member(stream)
        if not length:
            return end
        end += length


def _member(stream: BinaryIO) -> int:
    """The length of the gzip member that begins here; 0 when there is none or it is not whole."""
    unpacker = zlib.decompressobj(GZIP)
    read = 0
    try:
        while not unpacker.eof:
            data = stream.read(CHUNK)
            if not data:
                return 0
            read += len(data)
            unpacker.decompress(data)
    except zlib.error:
        return 0
    return read - len(unpacker.unused_data)
