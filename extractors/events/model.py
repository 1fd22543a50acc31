"""The name of a spaCy model in, its pipeline out as the coder uses it: only what it needs, and faster."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from extractors.errors import SettingsError
from extractors.events.lexicon import load_lexicon
from extractors.events.prefilter import regular_forms
from extractors.events.remembered import REMEMBERED, remember_words
from extractors.events.wordlists import word_list

if TYPE_CHECKING:
    from spacy.language import Language

NEEDED_PIPES = frozenset(
    {
        *("tok2vec", "transformer", "tagger", "parser", "attribute_ruler", "lemmatizer", "morphologizer"),
        REMEMBERED,
    }
)
# The tokenizer would take these apart at the hyphen.
ONE_WORD = {
    "cease-fire": ("cease-fires",),
    "co-operate": ("co-operated", "co-operates", "co-operating"),
    "co-operation": (),
    "air-strike": ("air-strikes",),
    "pull-out": ("pull-outs",),
    "sit-in": ("sit-ins",),
    "build-up": (),
    "call-up": ("call-ups",),
    "de-escalate": ("de-escalated", "de-escalating", "de-escalates"),
    "re-establish": ("re-established", "re-establishing"),
    "test-fire": ("test-fired", "test-fires", "test-firing"),
}


def load_model(name: str) -> Language:
    """The model without the components that the coder has no use for.

    Raises:
        SettingsError: no such model is installed.
    """
    import spacy

    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise SettingsError(
            f"spacy_model = {name!r} is no installed spaCy model",
            where="settings",
            next_step="install its package, or set COMMUNIQUE_SPACY_MODEL to an installed one",
        ) from error
    for pipe in nlp.component_names:
        if pipe not in NEEDED_PIPES:
            nlp.remove_pipe(pipe)
    _use_numpy(nlp)
    teach(nlp)
    remember_words(nlp)
    return nlp


def _use_numpy(nlp: Language) -> None:
    """numpy's matrix product takes a third of the time of thinc's own (BLIS): it knows newer processors.

    With several threads, though, it would take more (see the package's __init__).
    """
    from thinc.api import NumpyOps

    if os.environ.get("OPENBLAS_NUM_THREADS") != "1":
        return
    plain = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        for layer in model.walk() if model is not None else ():
            if isinstance(layer.ops, NumpyOps):
                layer.ops = plain


def teach(nlp: Language) -> None:
    """Words that the tokenizer has to keep whole and verbs that the lemmatizer has to know."""
    tokenizer: Any = nlp.tokenizer
    for word, forms in ONE_WORD.items():
        for form in (word, *forms):
            for case in (form, form.capitalize()):
                tokenizer.add_special_case(case, [{"ORTH": case}])
    _teach_lemmas(nlp)


def _teach_lemmas(nlp: Language) -> None:
    """The lemmatizer makes "stag" of "staged": words in the way of our verbs' forms are dropped.

    Its word lists become sets: it looks every unknown form up in them.
    """
    if "lemmatizer" not in nlp.component_names:
        return
    lookups: Any = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    if lookups is None or not all(lookups.has_table(name) for name in ("lemma_index", "lemma_rules")):
        return
    index, rules = lookups.get_table("lemma_index"), lookups.get_table("lemma_rules").get("verb", [])
    heads = {head for head, part in load_lexicon().by_head if part == "verb"} | word_list("light_verbs")
    verbs = {head.split("_")[0] for head in heads}
    rivals = {rival for verb in verbs for rival in _rivals(verb, rules)} - verbs
    for part in list(index):
        index[part] = frozenset(index[part])
    index["verb"] = index.get("verb", frozenset()) - rivals


def _rivals(verb: str, rules: Iterable[tuple[str, str]]) -> Iterator[str]:
    """What else the rules would make of the verb's forms: "stag" of "staged"."""
    for form in regular_forms(verb):
        if not _drops_a_letter(verb, form):
            yield from (form[: len(form) - len(old)] + new for old, new in rules if form.endswith(old))


def _drops_a_letter(verb: str, form: str) -> bool:
    """ "barred" is of "bar", "bared" is not."""
    doubled = verb + verb[-1]
    is_short = (
        len(verb) <= 5 and verb[-1] not in "aeiouwxy" and verb[-2] in "aeiou" and verb[-3] not in "aeiou"
    )
    return (
        is_short and form.startswith(verb) and form.endswith(("ed", "ing")) and not form.startswith(doubled)
    )
