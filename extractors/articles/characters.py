"""Any string in, one clean line of text out: NFC, single spaces, nothing invisible."""

from __future__ import annotations

import re
import unicodedata

# Soft hyphens, zero-width and direction marks, byte order marks. Zero-width (non-)joiners stay: Persian
# and Hindi spell with them.
_INVISIBLE = re.compile(r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def one_line(text: str) -> str:
    visible = _CONTROLS.sub(" ", _INVISIBLE.sub("", text))
    return " ".join(unicodedata.normalize("NFC", visible).split())
