"""A text and what its page says of its language in, an ISO 639-1 code out."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_RULES = Path(__file__).with_name("language.yml")
_SAMPLE = 3_000
_ENOUGH = 60  # characters below which the page's own word is better
_SURE = 0.95


def language_of(text: str, stated: str | None) -> tuple[str | None, str]:
    """The language and who told it: the text where it is long enough to be sure, else the page."""
    hint = language_code(stated)
    if len(text) < _ENOUGH:
        return hint, "page"
    found, share = _identifier().classify(text[:_SAMPLE])
    if found == hint or share >= _SURE or hint is None:
        return str(found), "py3langid"
    return hint, "page"


def language_code(stated: str | None) -> str | None:
    """`en-GB`, `EN`, `eng`, `en_US` → `en`; what is no language of ours → None."""
    code = (stated or "").strip().lower().replace("_", "-").split("-")[0]
    code = _rules()["aliases"].get(code, code)
    return str(code) if code in _rules()["languages"] else None


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = yaml.safe_load(_RULES.read_text(encoding="utf-8"))
    return rules


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_rules()["languages"])
    return identifier
