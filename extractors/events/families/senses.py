"""A draft with a family's act in, why the word does not mean it here out; None where it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.families import spans
from extractors.events.people import plain_words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.draft import Draft
    from extractors.records import Actor

WARNINGS = frozenset({"warn", "warning", "alert", "caution"})
PRIVATE = frozenset({None, "CVL", "BUS", "EDU", "JUD", "MED", "HLH", "MNC"})
COURTS = frozenset({"JUD", "COP"})
BANDS = frozenset({"REB", "CRM", "UAF", "INS"})
RELEASES = frozenset({"release_person", "drop_case"})


def another_sense(draft: Draft) -> str | None:
    code = draft.candidate.composed.code
    if code.startswith("13"):
        return _no_threat(draft)
    if draft.candidate.composed.act not in RELEASES:
        return None
    if not draft.known_targets and draft.sources and all(_is_any_band(a) for a in draft.sources):
        return "spared by gunmen, nobody known"
    return _plain_crime(draft)


def _is_any_band(actor: Actor) -> bool:
    """ "the gunmen", of whom the text tells no name and no country."""
    return actor.sector in BANDS and len(actor.code) <= len("SYRREB") and actor.text.islower()


def _no_threat(draft: Draft) -> str | None:
    trigger = draft.candidate.trigger
    is_bare = draft.candidate.composed.code == "130" and trigger.lemma_ == "threaten"
    if is_bare and syntax.is_verb(trigger) and not _has_content(trigger):
        return "threatens with nothing, and nobody"
    if _warned(trigger) & spans.word_set("warned_for_safety"):
        return "a warning for their safety"
    if is_bare and not draft.known_targets and all(a.sector in PRIVATE and a.sector for a in draft.sources):
        return "threatened by nobody with power, at nobody"
    return None


def _warned(trigger: Token) -> set[str]:
    """Of "warned fishermen", "issued a warning to fishermen": whom, in base form."""
    done = syntax.direct_object(trigger) if syntax.is_verb(trigger) else trigger
    heads: list[Token | None] = []
    if trigger.lemma_ in WARNINGS:
        heads += [done, syntax.prepositional(trigger, ("to",))]
    if done is not None and done.lemma_ in WARNINGS:
        heads += [syntax.prepositional(word, ("to", "for")) for word in (done, trigger)]
    return {t.lemma_.lower() for head in heads if head is not None for t in syntax.conjuncts(head)}


def _has_content(verb: Token) -> bool:
    """An object, a clause, "with"; or words in quotation marks."""
    if syntax.is_passive(verb):
        return True
    held = {"dobj", "obj", "xcomp", "ccomp", "prep", "dative", "oprd"}
    found = [c for c in verb.children if c.dep_ in held and c.i > verb.i]
    if syntax.direct_object(verb) is not None or any(
        c.dep_ != "prep" or c.lower_ in {"with", "against", "to", "over"} for c in found
    ):
        return True
    is_conditional = any(
        c.dep_ == "mark" and c.lower_ in {"if", "unless"} for t in verb.rights for c in t.lefts
    )
    return is_conditional or verb.dep_ in {"relcl", "parataxis"} or any(t.is_quote for t in verb.doc)


def _plain_crime(draft: Draft) -> str | None:
    """ "A court acquitted the singer of fraud": courts and police, their own people, nothing of the state."""
    if any(a.sector not in COURTS for a in draft.sources) or not draft.is_domestic:
        return None
    words = {t.lemma_.lower() for t in draft.candidate.trigger.doc}
    if words & spans.word_set("of_the_state") or not words & (
        spans.word_set("petty_crime") | plain_words().private
    ):
        return None
    return "a release in plain crime"
