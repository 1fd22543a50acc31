"""Head words of a sentence in, actors out: whom the tagger knows, else the phrase as an unnamed actor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.wordlists import word_list
from extractors.records import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.actors import SentenceActors

MAX_PHRASE_TOKENS = 14


def is_known(actor: Actor) -> bool:
    return bool(actor.code)


def named_directly(head: Token, known: SentenceActors) -> tuple[Actor, ...]:
    """The known actors that the phrase itself denotes, not those it merely mentions."""
    found = {
        (a.code, a.name): a
        for token in syntax.conjuncts(head)
        for a in known.resolve(token) or main_subject(token, known)
    }
    return tuple(actor for actor in found.values() if is_known(actor))


def same_government(one: Actor, other: Actor) -> bool:
    """Trump and the United States are one side."""
    if one.name == other.name and one.code == other.code:
        return True
    if one.country is None and other.country is None and min(len(one.code), len(other.code)) > 3:
        return one.code.startswith(other.code) or other.code.startswith(one.code)  # NATO and its aircraft
    governing = {None, "GOV", "ELI"}
    return (
        one.country is not None and one.country == other.country and {one.sector, other.sector} <= governing
    )


def actors_at(head: Token | None, known: SentenceActors, *, is_source: bool = False) -> tuple[Actor, ...]:
    """Actors that the phrase of this head names; coordinated heads are expanded."""
    if head is None:
        return ()
    found: dict[tuple[str, str], Actor] = {}
    for token in syntax.conjuncts(head):
        for actor in _of_token(token, known, is_source):
            found.setdefault((actor.code, actor.name), actor)
    return tuple(found.values())


def _of_token(head: Token, known: SentenceActors, is_source: bool) -> Iterable[Actor]:
    resolved = known.resolve(head) or main_subject(head, known)
    if resolved:
        return resolved
    inside = _mentions_inside(head, known)
    phrase = phrase_of(head)
    name = _name_of(head, phrase)
    if inside and not is_source:
        return [Actor(phrase or a.text, a.name, a.code, a.country, a.sector) for a in inside]
    country = next((a.country for a in inside if a.country), None) if _owned_by(head, known) else None
    return [Actor(phrase, name, "", country)] if phrase else []


def _owned_by(head: Token, known: SentenceActors) -> bool:
    return any(m.end <= head.i and m.start >= head.left_edge.i for m in known.mentions)


def _name_of(head: Token, phrase: str) -> str:
    """Without its article; a common noun that opens the sentence is no name."""
    words = phrase.split(" ")
    while len(words) > 1 and words[0].lower() in {"the", "a", "an"}:
        words = words[1:]
    name = " ".join(words)
    return name if head.pos_ == "PROPN" else name[:1].lower() + name[1:]


def main_subject(head: Token, known: SentenceActors) -> tuple[Actor, ...]:
    """ "Kim welcomes the concession it got": a pronoun below that nothing else explains."""
    if head.lower_ not in {"it", "they", "he", "she"}:
        return ()
    root = head.sent.root
    who = next((c for c in root.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if who is None or who.i > head.i or (head.lower_ == "they" and is_one_person(who)):
        return ()
    return known.resolve(who)


def is_one_person(noun: Token) -> bool:
    """ "Ann Lee", who is never "they"."""
    return noun.ent_type_ == "PERSON" and len(syntax.conjuncts(noun)) == 1


def _mentions_inside(head: Token, known: SentenceActors) -> list[Actor]:
    first, last = _bounds(head)
    return [m.actor for m in known.mentions if first <= m.start and m.end <= last + 1 and m.actor.code]


def _bounds(head: Token) -> tuple[int, int]:
    """The noun phrase without its clauses and what is coordinated with it."""
    first = last = head.i
    stack = [head]
    while stack:
        token = stack.pop()
        for child in token.children:
            if child.dep_ in {"relcl", "acl", "conj", "cc", "punct", "appos", "advcl", "ccomp"}:
                continue
            if token.i == head.i and child.dep_ == "prep" and child.lower_ in word_list("circumstances"):
                continue
            first, last = min(first, child.i), max(last, child.i)
            stack.append(child)
    return max(first, head.i - MAX_PHRASE_TOKENS), min(last, head.i + MAX_PHRASE_TOKENS)


def phrase_of(head: Token) -> str:
    """The noun phrase as the sentence has it; empty for pronouns, times and what is no noun."""
    if head.pos_ not in {"NOUN", "PROPN", "NUM"} or head.lower_ in word_list("not_actors"):
        return ""
    if head.dep_ in {"amod", "compound", "nmod"} and head.pos_ != "PROPN":
        return ""
    if head.pos_ == "NUM" or head.lower_ in word_list("amounts") or head.text.isdigit():
        return ""
    if head.text[0].isdigit() or ":" in head.text or head.lower_ in {"a.m.", "p.m.", "am", "pm"}:
        return ""
    if any(child.dep_ == "poss" and child.pos_ == "PRON" for child in head.children):
        return ""
    first, last = _bounds(head)
    return str(head.doc[first : last + 1].text).strip()
