"""A thing that stands as the source of an act in, whoever is behind it out: "Rome's plan calls for"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.actors_of import is_known
from extractors.events.people import people_code, plain_words
from extractors.events.phrase_roles import makers
from extractors.events.wordlists import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.actors import SentenceActors
    from extractors.events.candidates import Candidate
    from extractors.records import Actor

# Where bombs, blasts and shells are told of as the ones that do it.
BY_WEAPONS = ("14", "18", "19", "20")
GIVING = ("05", "06", "07")
STEPS = 4


def is_thing(head: Token, known: SentenceActors) -> bool:
    """A common noun that is nobody: "the tariffs", "a document"; not "the marchers", "a group", "Ban"."""
    if head.pos_ != "NOUN" or known.resolve(head) or known.is_somebody(head):
        return False
    return not _is_name(head) and not people_code(head) and head.lemma_.lower() not in plain_words().places


def _is_name(head: Token) -> bool:
    """ "the Mounties", "Doctors for Peace" """
    if not head.text[:1].isupper():
        return False
    before = head.left_edge.i < head.i
    return before or any(p.dep_ == "prep" and any(c.pos_ == "PROPN" for c in p.children) for p in head.rights)


def behind_thing(head: Token, candidate: Candidate, known: SentenceActors) -> tuple[Actor, ...]:
    """Whose it is, who issued it, or who is spoken of above; () where the sentence does not tell."""
    for token in (*_owners(head, candidate), *_issuer(head), *_above(candidate, head)):
        found = tuple(actor for actor in known.resolve(token) if is_known(actor))
        if found:
            return found
    return ()


def is_done_by_thing(candidate: Candidate, sources: tuple[Actor, ...], known: SentenceActors) -> bool:
    """ "The tariffs threaten Mexico": no act of anybody's."""
    head = next(iter(candidate.roles.sources), None)
    if head is None or sources or candidate.composed.code.startswith(BY_WEAPONS):
        return False
    return candidate.roles.frame in {"active", "light"} and is_thing(head, known)


def _owners(head: Token, candidate: Candidate) -> Iterator[Token]:
    """ "the minister's remarks", "a plan drawn up by Rome", "the French statement", "French money" """
    is_given = candidate.composed.code.startswith(GIVING)
    is_theirs = is_given or head.lemma_.lower() in word_list("documents")
    yield from (token for token in makers(head) if is_theirs or token.dep_ in {"poss", "pobj"})


def _issuer(head: Token) -> Iterator[Token]:
    """ "The council passed a resolution that calls on ..." """
    verb = head.head
    if head.lemma_.lower() in word_list("documents") and head.dep_ == "dobj" and syntax.is_verb(verb):
        who = syntax.subject(verb)
        if who is not None:
            yield who


def _above(candidate: Candidate, head: Token) -> Iterator[Token]:
    """ "Rome said the raids were wrong and urged ...", "used the riot as an excuse to jail ..."."""
    verb = candidate.chain.light or candidate.trigger
    if not (verb.dep_ == "conj" or syntax.is_infinitive(verb)):
        return
    if any(child.dep_ in syntax.SUBJECTS for child in verb.children):
        return
    for _ in range(STEPS):
        above = syntax.governing_verb(verb)
        if above is None:
            return
        verb = above
        who = next((c for c in verb.children if c.dep_ in syntax.SUBJECTS), None)
        if who is not None and who.i != head.i:
            yield who
