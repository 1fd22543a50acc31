"""A text and what its page says of its language in, an ISO 639-1 code out."""

from __future__ import annotations

from functools import cache
from typing import Any

# Languages of the world's news; leaving out the small ones keeps short texts from strange verdicts.
LANGUAGES = tuple(
    "am ar az be bg bn bs ca cs da de el en es et fa fi fr gu he hi hr hu hy id is it ja ka kk km kn ko ku ky lo lt lv "
    "mk ml mn mr ms my ne nl no pa pl ps pt ro ru si sk sl sq so sr sv sw ta te tg th tk tl tr uk ur uz vi zh".split()
)
_SAMPLE = 3_000
_ENOUGH = 60  # characters below which the page's own word is better
_SURE = 0.95


def language_of(text: str, stated: str | None) -> tuple[str | None, str]:
    """The language and who told it: the text where it is long enough to be sure, else the page."""
    hint = language_code(stated)
    if len(text) < _ENOUGH:
        return hint, "page"
    # py3langid says "no" for Norwegian, as ISO 639-1 does for both of its written forms.
    found, share = _identifier().classify(text[:_SAMPLE])
    if found == hint or share >= _SURE or hint is None:
        return str(found), "py3langid"
    return hint, "page"


def language_code(stated: str | None) -> str | None:
    """`en-GB`, `EN`, `eng`, `en_US` → `en`; what is no language of ours → None."""
    code = (stated or "").strip().lower().replace("_", "-").split("-")[0]
    code = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "english": "en"}.get(code, code)
    return code if code in LANGUAGES else _THREE_LETTERS.get(code)


_THREE_LETTERS = {
    "ara": "ar", "deu": "de", "eng": "en", "fra": "fr", "ita": "it", "jpn": "ja", "kor": "ko", "por": "pt",
    "rus": "ru", "spa": "es", "tur": "tr", "ukr": "uk", "zho": "zh",
}  # fmt: skip


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in LANGUAGES if code in identifier.labels])
    return identifier
