"""A noun in, whether it only reports out: "the newspaper said", "officials told Reuters"."""

from __future__ import annotations

from spacy.tokens import Token

from extractors.events.actors.records import MentionKind
from extractors.events.actors.sentence import SentenceActors
from extractors.events.actors.words import words

# Who speaks to the press and does nothing else in the sentence.
HEARERS = frozenset(["tell", "inform", "brief"])


def is_reporting_source(token: Token, actors: SentenceActors) -> bool:
    """Whether the noun phrase headed by `token` is mere attribution and no party to the event.

    A medium, or an unnamed official, witness or document, as the subject of a verb of saying, as a medium
    that is told something, or after "according to" and "citing". A government that says what it will do is
    none of these.
    """
    is_medium = _is_medium(token, actors)
    if not is_medium and token.lemma_.lower() not in words("sources"):
        return False
    if _is_medium_told(token) or _is_cited(token):
        return is_medium or _is_cited(token)
    verb = _verb_of(token)
    return verb is not None and verb.lemma_.lower() in words("reporting")


def _is_medium(token: Token, actors: SentenceActors) -> bool:
    if token.lemma_.lower() in words("media_nouns"):
        return True
    return any(
        mention.kind is MentionKind.MEDIA and mention.start <= token.i < mention.end
        for mention in actors.mentions
    )


def _is_medium_told(token: Token) -> bool:
    """ "officials told Reuters"."""
    return token.dep_ in ("dobj", "dative", "iobj") and token.head.lemma_.lower() in HEARERS


def _is_cited(token: Token) -> bool:
    """ "according to KCNA", "citing officials", "quoted by Interfax"."""
    head = token.head
    if token.dep_ == "dobj":
        return head.lower_ in ("citing", "quoting")
    if token.dep_ != "pobj":
        return False
    if head.lower_ == "to":
        return head.head.lower_ == "according" or head.nbor(-1).lower_ == "according"
    return head.lower_ in ("by", "per") and head.head.lemma_.lower() in words("reporting")


def _verb_of(token: Token) -> Token | None:
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return token.head if token.dep_ in ("nsubj", "nsubjpass") else None
