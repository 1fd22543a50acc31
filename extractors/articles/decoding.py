"""A page's bytes and its HTTP content type in, its characters out."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes
from webencodings import lookup

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEAD_BYTES = 8_192  # browsers look for the charset in the first kilobyte; real pages are less tidy
_SAMPLE_BYTES = 65_536


def decode(html: str | bytes, content_type: str | None) -> str:
    """The page as text; whatever the bytes are, this ends in a string.

    Tried in order: byte order mark, the header's charset, the page's own, UTF-8, a guess from the bytes.
    A named charset that cannot decode the bytes is not believed.
    """
    if isinstance(html, str):
        return html.removeprefix("\ufeff")
    for mark, encoding in _BYTE_ORDER_MARKS:
        if html.startswith(mark):
            return html[len(mark) :].decode(encoding, "replace")
    for label in (*_named_charsets(html, content_type), "utf-8"):
        text = _strictly(html, label)
        if text is not None:
            return text
    return _guessed(html, content_type)


def _named_charsets(html: bytes, content_type: str | None) -> list[str]:
    found = []
    if content_type and (header := _HEADER_CHARSET.search(content_type)):
        found.append(header[1])
    if meta := _META_CHARSET.search(html[:_HEAD_BYTES]):
        found.append(meta[1].decode("ascii", "ignore"))
    return found


def _strictly(html: bytes, label: str) -> str | None:
    encoding = lookup(label)  # the WHATWG table: "latin-1" means windows-1252, as in every browser
    if encoding is None:
        return None
    try:
        return str(encoding.codec_info.decode(html, "strict")[0])
    except (UnicodeDecodeError, LookupError):
        return None


def _guessed(html: bytes, content_type: str | None) -> str:
    """Nothing fits without an error: mend the named charset if few bytes are wrong, else detect."""
    for label in (*_named_charsets(html, content_type), "utf-8"):
        encoding = lookup(label)
        if encoding is not None:
            text = str(encoding.codec_info.decode(html, "replace")[0])
            if text.count("\ufffd") <= 1 + len(text) // 500:
                return text
    best = from_bytes(html[:_SAMPLE_BYTES]).best()
    return html.decode(best.encoding if best else "windows-1252", "replace")
