"""A word in, how it hangs on the word above, and whether an operator there can hold it, out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.wordlists import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.lexicon import Composition, Entry

INFINITIVE_HOLDERS = frozenset({"intend", "threaten", "appeal", "demand", "refuse"})


def _is_content_of(clause: Token) -> bool:
    """ "a plan to attack"; not "a plan that has been attacked", "demands, which Rome rejected"."""
    if syntax.is_verb(clause.head):
        return False
    return clause.dep_ == "acl" or not any(
        c.lower_ in {"which", "who", "whom"} or (c.lower_ == "that" and c.dep_ in {"nsubj", "nsubjpass"})
        for c in clause.children
    )


def link_up(token: Token) -> tuple[str, Token | None]:
    """How the token hangs on the word above: clause, obj, subj, compound, conj or a preposition."""
    head, dep = token.head, token.dep_
    if head.i == token.i:
        return "", None
    if dep in {"pobj", "pcomp"}:
        over = head.head
        while over.pos_ == "ADP" and over.head.i != over.i:
            over = over.head
        return head.lower_, over
    if dep in {"xcomp", "ccomp"} or (dep in {"acl", "relcl"} and _is_content_of(token)):
        return "clause", head
    if dep == "advcl" and token.tag_ == "VB":
        return "purpose", head
    if dep in {"dobj", "nsubjpass", "oprd", "obj"}:
        return "obj", head
    if dep in {"nsubj", "csubj"}:
        return ("obj" if syntax.is_passive(head) else "subj"), head
    if dep in {"compound", "nmod"} and head.pos_ in {"NOUN", "PROPN"}:
        return "compound", head
    if dep == "acomp":
        return "acomp", head
    if dep == "conj":
        beside = syntax.coordinated_with(token) if syntax.is_verb(token) and syntax.is_verb(head) else head
        return "conj", beside
    return "", None


def commands_own(entry: Entry, verb: Token) -> bool:
    """ "ordered its troops to pull back": who commands them does it, nothing is demanded."""
    if entry.id != "demand.order":
        return False
    commanded = syntax.direct_object(verb)
    if commanded is None:
        return False
    is_owned = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in commanded.children)
    return is_owned or commanded.lemma_.lower() in word_list("commanded")


def suits(entry: Entry, act: Composition) -> bool:
    """ "hinted at sanctions" threatens, "hinted at talks" does not."""
    return "hostile_only" not in entry.options or act.is_hostile


def takes(entry: Entry, link: str, token: Token) -> bool:
    if link == "clause" and "clause_to_come" in entry.options and syntax.is_stated(token):
        return False
    if link in entry.takes:
        return True
    if link == "clause" and "wish" in entry.takes:
        return syntax.is_wished(token)
    if link == "clause" and "inf" in entry.takes:
        return any(child.lower_ == "to" and child.dep_ == "aux" for child in token.children)
    if link == "compound":
        return bool({"of", "obj", "for"} & entry.takes)
    return link == "purpose" and "clause" in entry.takes and entry.kind in INFINITIVE_HOLDERS
