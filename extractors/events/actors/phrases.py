"""Walks over a dependency parse: what coordinates with a noun, what it is part of, whose it is."""

from __future__ import annotations

from collections.abc import Iterator, Set

from spacy.tokens import Token

from extractors.events.actors.words import words

LEADING = frozenset(["led", "dominated", "commanded", "headed", "spearheaded"])
PLURAL_TAGS = frozenset(["NNS", "NNPS"])
_MODIFIERS = frozenset(["amod", "compound", "nmod", "poss", "nn"])


def coordinated(head: Token) -> list[Token]:
    """The head and what is joined to it on its right: "Russia, China and Iran"."""
    found = [head]
    for token in found:
        found.extend(child for child in token.rights if child.dep_ == "conj")
    return found


def object_of(head: Token, prepositions: Set[str]) -> Iterator[Token]:
    """Objects of the head's own prepositions among those given, in order."""
    for child in (*head.rights, *_stray_preposition(head)):
        if child.dep_ == "prep" and child.lower_ in prepositions:
            yield from (grand for grand in child.rights if grand.dep_ in ("pobj", "pcomp"))


def _stray_preposition(head: Token) -> list[Token]:
    """The preposition right behind that the parser gave to the verb: "shelled a village in Mali"."""
    after = head.right_edge.i + 1
    if head.dep_ not in ("dobj", "nsubj", "nsubjpass") or after >= len(head.doc):
        return []
    token = head.doc[after]
    return [token] if token.dep_ == "prep" and token.head == head.head and token.lower_ != "to" else []


def agents_of(head: Token) -> Iterator[Token]:
    """Who did it: "the truce proposed by the UN", "a convoy belonging to NATO"."""
    for child in head.rights:
        if child.dep_ in ("acl", "agent"):
            source = [child] if child.dep_ == "agent" else list(child.rights)
            for word in source:
                if word.dep_ in ("agent", "prep") and word.lower_ in ("by", "to", "from", "of"):
                    yield from (grand for grand in word.rights if grand.dep_ == "pobj")


def owners(head: Token) -> list[Token]:
    """Words before the head that may say whose or of which country it is, nearest first.

    "Iran's navy", "US and British forces", "Saudi-led coalition"; not "Iranian-backed militia".
    """
    found: list[Token] = []
    for child in reversed(list(head.lefts)):
        if child.dep_ in _MODIFIERS:
            found.extend(_with_company(child))
    return found


def _with_company(word: Token) -> list[Token]:
    if word.lower_.rsplit("-", 1)[-1] in words("backing"):
        return []
    if word.lower_ in LEADING:
        return [child for child in word.lefts if child.text != "-"]
    company = [word, *(child for child in word.rights if child.dep_ == "conj")]
    for child in word.lefts:
        if child.dep_ in _MODIFIERS or child.dep_ == "npadvmod":
            company.extend(_with_company(child))
    return company


def is_opposed(token: Token) -> bool:
    """ "anti-Syria", "pro-Iranian", "non-US": the country is not the actor."""
    doc, index = token.doc, token.i
    if index >= 2 and doc[index - 1].text == "-":
        return doc[index - 2].lower_ in ("anti", "pro", "non", "post", "pre")
    return token.lower_.startswith(("anti-", "pro-", "non-"))


def is_backing(token: Token) -> bool:
    """ "Iranian-backed": the next word but the hyphen makes the country a mere backer."""
    doc, index = token.doc, token.i
    return index + 2 < len(doc) and doc[index + 1].text == "-" and doc[index + 2].lower_ in words("backing")


def is_locative(token: Token) -> bool:
    """ "in Washington", "near the capital Tripoli", "sent troops to Kabul"."""
    while token.dep_ in ("compound", "conj", "nmod", "appos") and token.head != token:
        token = token.head
    if token.dep_ != "pobj":
        return False
    preposition = token.head
    moves = preposition.lower_ in ("to", "from", "for", "into") and preposition.head.lemma_ in words(
        "motion_verbs"
    )
    return moves or preposition.lower_ in words("locative")


def is_agent(head: Token) -> bool:
    """Whether the phrase acts: "jets struck", "struck by jets"."""
    while head.dep_ == "conj" and head.head != head:
        head = head.head
    return head.dep_ in ("nsubj", "nsubjpass") or (head.dep_ == "pobj" and head.head.dep_ == "agent")


def is_inside_name(head: Token) -> bool:
    """ "Responsibility" of "Office for Budget Responsibility"."""
    above = head.head
    return (
        head.dep_ == "pobj"
        and above.lower_ in ("of", "for")
        and above.dep_ == "prep"
        and above.head.pos_ == "PROPN"
    )


def is_of_some_body(head: Token) -> bool:
    """ "the head of a think tank", "a director at a bank": of a body that nothing more is told of."""
    return any(map(_is_indefinite, object_of(head, frozenset(["of", "at", "for", "with"]))))


def _is_indefinite(noun: Token) -> bool:
    return any(child.lower_ in ("a", "an") for child in noun.lefts)


def is_plural(head: Token) -> bool:
    return head.tag_ in PLURAL_TAGS or head.lower_ in words("plurals")


def is_definite(head: Token) -> bool:
    return any(child.lower_ == "the" for child in head.lefts) and not is_plural(head)


def is_former(head: Token) -> bool:
    """ "the former Polish leader", "the ex-president"."""
    before = [child.lower_ for child in head.lefts]
    return bool(words("former") & set(before)) or (head.i > 1 and head.doc[head.i - 2].lower_ == "ex")


def is_counted(head: Token) -> bool:
    """ "two Israelis", "an Iraqi", "hundreds of Palestinians", "some Syrians"."""
    if any(
        child.dep_ == "nummod" or child.lower_ in ("a", "an", "some", "many", "several")
        for child in head.lefts
    ):
        return True
    above = head.head
    return head.dep_ == "pobj" and above.lower_ == "of" and above.head.lower_ in words("amounts")


def phrase_text(head: Token, *, last: int | None = None) -> str:
    """The noun phrase from its left edge to the head, without article and what follows the head."""
    start = head.left_edge.i
    while start < head.i and head.doc[start].dep_ in ("det", "punct", "cc", "predet"):
        start += 1
    return str(head.doc[start : (head.i if last is None else last) + 1].text)
