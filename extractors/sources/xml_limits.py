"""XML of strangers in, bytes that a parser may see out: size, tags, depth and entries within bounds."""

from __future__ import annotations

import re
from collections import deque
from itertools import islice

from extractors.sources.kinds import UnreadableListingError

MAX_BYTES = 50_000_000  # the sitemap protocol's own limit for one uncompressed file
MAX_TAG_BYTES = 65_536  # parsers take time with the square of a tag's attributes
MAX_DEPTH = 500  # elements within elements; a feed needs ten
# What is text to a parser: tags inside it open nothing. A section that never ends runs to the end.
_NOT_MARKUP = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(rb"<(/?)([A-Za-z_][^\s<>/]*)[^<>]*?(/?)>")
_LONG_TAG = re.compile(rb"<[A-Za-z_/!?][^<>]{%d}" % MAX_TAG_BYTES)
# HTML that nobody closes, where a feed carries it unescaped.
_UNCLOSED = frozenset(b"area br col embed hr img input li link meta p param source td tr wbr".split())


def within_limits(body: bytes) -> bytes:
    """The body, when no parser can be led astray by its size, its tags or its depth.

    Raises:
        UnreadableListingError: it is larger than MAX_BYTES, a tag is longer than MAX_TAG_BYTES, or
            elements lie deeper than MAX_DEPTH.
    """
    if len(body) > MAX_BYTES:
        raise UnreadableListingError(f"{len(body):,} bytes, more than {MAX_BYTES:,}")
    markup = _NOT_MARKUP.sub(b"", body)
    if _LONG_TAG.search(markup):
        raise UnreadableListingError(f"a tag of more than {MAX_TAG_BYTES:,} bytes")
    if _depth(markup) > MAX_DEPTH:
        raise UnreadableListingError(f"elements nested more than {MAX_DEPTH} deep")
    return body


def _depth(markup: bytes) -> int:
    """How deep elements lie; an end tag closes all up to its own start, as lenient parsers have it."""
    open_names: deque[bytes] = deque()
    deepest = 0
    for tag in _TAG.finditer(markup):
        ends, name, is_empty = tag.groups()
        if ends:
            _close(open_names, name)
        elif not is_empty and name.lower() not in _UNCLOSED:
            open_names.append(name)
            deepest = max(deepest, len(open_names))
            if deepest > MAX_DEPTH:
                break
    return deepest


def _close(open_names: deque[bytes], name: bytes) -> None:
    if name in open_names:
        while open_names.pop() != name:
            continue


def first_items(body: bytes, names: bytes, limit: int) -> bytes:
    """The body without the elements `names` (a|b) after the first `limit` of them; the end is kept."""
    starts = re.finditer(rb"<(?:[\w-]+:)?(?:%b)[\s>/]" % names, body, re.IGNORECASE)
    beyond = next(islice(starts, limit, None), None)
    if beyond is None:
        return body
    ends = re.finditer(rb"</(?:[\w-]+:)?(?:%b)\s*>" % names, body[beyond.start() :], re.IGNORECASE)
    after_last = deque((found.end() for found in ends), maxlen=1) or [len(body) - beyond.start()]
    return body[: beyond.start()] + body[beyond.start() + after_last[0] :]
