"""A deed of violence in, who the sentence holds to have done it out: "the man convicted of the bombing"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from extractors.events import syntax
from extractors.events.phrase_roles import BY
from extractors.events.roles import Roles
from extractors.events.wordlists import DATA

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.candidates import Candidate
    from extractors.events.chains import Chain

MAX_STEPS = 6
SENTENCES_OF_NEWS = 2  # the lead
FORCE = frozenset({"17", "18", "19", "20"})
HARMING = frozenset({"kill", "wound", "injure", "maim", "hurt", "leave", "claim", "destroy", "damage"})
AMID = frozenset({"in", "during", "after", "following", "amid", "from", "by"})
CHARGING = frozenset({"of", "for", "in", "with", "over", "on", "to"})
BE = "be"
WHO = syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS


@dataclass(frozen=True, slots=True)
class BlameWords:
    """Lemmas of data/blame.yml; those `open` leave it open whether the deed was theirs."""

    judged: frozenset[str]
    guilty: frozenset[str]
    culprits: frozenset[str]
    shares: frozenset[str]
    doing: frozenset[str]
    laid: frozenset[str]
    works: frozenset[str]
    deeds: frozenset[str]
    striking: frozenset[str]
    carriers: frozenset[str]
    open: frozenset[str]


@dataclass(frozen=True, slots=True)
class Blame:
    heads: tuple[Token, ...]
    is_open: bool


@cache
def blame_words(path: Path = DATA / "blame.yml") -> BlameWords:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))["words"]
    return BlameWords(**{name: frozenset(str(words).split()) for name, words in raw.items()})


def blamed(chain: Chain, roles: Roles) -> Roles:
    """The roles with the culprit, or the other side of a fight, as source; notes that the deed is old."""
    deed = chain.act.token
    if chain.held:
        return roles
    roles = _of_deed(chain, roles)
    blame = culprits(deed)
    if blame is None:
        return _meanwhile(chain, _with_fighter(chain, roles))
    roles = replace(roles, also=(*roles.also, *_its_victims(deed)))
    chain.hints |= {"hypothetical", "alleged"} if blame.is_open else {"history"}
    if syntax.is_verb(deed):
        is_own = any(c.dep_ in WHO for c in deed.children) or syntax.is_passive(deed)
        return roles if is_own else replace(roles, sources=blame.heads)
    by = syntax.prepositional(deed, BY)
    return roles if by is not None else replace(roles, sources=blame.heads)


def is_topic(candidate: Candidate, sentence: int) -> bool:
    """ "the war", "after the bombing", well into an article: what it is about, told before, and no news."""
    chain = candidate.chain
    if sentence < SENTENCES_OF_NEWS or candidate.composed.code[:2] not in FORCE:
        return False
    is_told = chain.light is not None or "happening" in chain.frames or syntax.is_verb(chain.act.token)
    return not is_told and not any(held.entry is not None for held in chain.held)


def _of_deed(chain: Chain, roles: Roles) -> Roles:
    """ "the bombing of a pub that killed nine": the bombing did, not the pub."""
    verb = chain.act.token
    if not _is_result(verb) or verb.head.i not in {t.i for t in roles.sources}:
        return roles
    deed = _deed_above(verb.head)
    return roles if deed is None else replace(roles, sources=(deed,))


def _is_result(verb: Token) -> bool:
    if verb.dep_ != "relcl" or verb.lemma_ not in HARMING:
        return False
    return any(c.dep_ in syntax.SUBJECTS and c.lower_ in {"that", "which"} for c in verb.children)


def _deed_above(noun: Token) -> Token | None:
    """The noun of violence in whose phrase a place stands: "the blast at the camp"."""
    for _ in range(MAX_STEPS):
        above = noun.head.head
        if noun.dep_ != "pobj" or above.pos_ != "NOUN":
            return None
        if above.lemma_.lower() in blame_words().deeds:
            return above
        noun = above
    return None


def _its_victims(deed: Token) -> Iterator[Token]:
    """ "blamed them for a bombing that killed nine": the nine are theirs as well."""
    if syntax.is_verb(deed):
        return
    for verb in deed.subtree:
        if _is_result(verb) and (verb.head.i == deed.i or _deed_above(verb.head) == deed):
            victim = syntax.direct_object(verb)
            if victim is not None:
                yield victim


def culprits(deed: Token) -> Blame | None:
    """Climbs from the deed to the word that lays it on somebody; None where nothing does."""
    words, token = blame_words(), deed
    for _ in range(MAX_STEPS):
        above, found = token.head, None
        if above.i == token.i:
            return None
        if token.dep_ in {"pobj", "pcomp"}:
            above, found = above.head, _behind(above, above.head)
        elif token.dep_ in {"compound", "nmod"} and above.lemma_.lower() in words.culprits:
            found = [above]
        elif token.dep_ in {"dobj", "nsubjpass"} and above.lemma_.lower() in words.laid:
            found = _one(syntax.prepositional(above, ("on", "to")))
        elif token.dep_ == "dobj" and above.lemma_.lower() in words.doing:
            found = _one(syntax.subject(above))
        elif token.dep_ in syntax.SUBJECTS and above.lemma_ == BE:
            found = list(_authors(above))
        if found:
            return Blame(tuple(map(_named, found)), above.lemma_.lower() in words.open)
        if not _carries(token, above):
            return None
        token = above
    return None


def _carries(token: Token, above: Token) -> bool:
    """ "a string of bombings", "bombing charges": what is said of it is said of them."""
    if token.dep_ == "conj":
        return True
    return above.lemma_.lower() in blame_words().carriers and token.dep_ in {"compound", "nmod", "pobj"}


def _behind(preposition: Token, above: Token) -> list[Token]:
    words, lemma = blame_words(), above.lemma_.lower()
    if preposition.lower_ == "behind":
        return _one(syntax.subject(above)) if syntax.is_verb(above) else [above]
    if preposition.lower_ not in CHARGING:
        return []
    if syntax.is_verb(above) and (lemma in words.judged or _finds_guilty(above)):
        who = syntax.passive_subject(above) if syntax.is_passive(above) else syntax.direct_object(above)
        return _one(who)
    if syntax.is_verb(above):
        part = next((c for c in above.children if c.dep_ == "dobj"), None)
        return _one(_of_share(part)) if part is not None and part.lemma_.lower() in words.shares else []
    if above.pos_ == "ADJ" and lemma in words.guilty:
        return _one(_of_adjective(above))
    if lemma in words.culprits:
        return [above]
    return _one(_of_share(above)) if lemma in words.shares else []


def _finds_guilty(verb: Token) -> bool:
    return any(
        c.lemma_.lower() in blame_words().guilty
        for c in verb.children
        if c.dep_ in {"oprd", "acomp", "ccomp", "xcomp", "dobj"}
    )


def _of_adjective(adjective: Token) -> Token | None:
    above = adjective.head
    if not syntax.is_verb(above):
        return above if adjective.dep_ in {"amod", "appos", "relcl"} else None
    return syntax.passive_subject(above) if syntax.is_passive(above) else syntax.subject(above)


def _of_share(noun: Token) -> Token | None:
    """Whose it is: "his part in", "had a hand in", "on trial for"."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is not None:
        return owner
    above = noun.head.head if noun.dep_ == "pobj" else noun.head
    if not syntax.is_verb(above):
        return above if noun.dep_ == "pobj" and above.pos_ in {"NOUN", "PROPN"} else None
    return syntax.passive_subject(above) if syntax.is_passive(above) else syntax.subject(above)


def _authors(verb: Token) -> Iterator[Token]:
    """ "the raid was the work of rebels" """
    for child in verb.children:
        if child.dep_ == "attr" and child.lemma_.lower() in blame_words().works:
            by = syntax.prepositional(child, ("by", "of"))
            while by is not None and syntax.prepositional(by, ("by",)) is not None:
                by = syntax.prepositional(by, ("by",))
            if by is not None:
                yield by


def _named(head: Token) -> Token:
    """ "Ann Lee, a general who is charged with": the name before its apposition."""
    return head.head if head.dep_ == "appos" and head.head.pos_ == "PROPN" else head


def _one(token: Token | None) -> list[Token]:
    return [token] if token is not None else []


def _meanwhile(chain: Chain, roles: Roles) -> Roles:
    """ "Nine died as rebels shelled the town": who did that."""
    verb = chain.act.token
    if roles.sources or not syntax.is_verb(verb) or verb.lemma_ not in HARMING | {"die"}:
        return roles
    for clause in verb.children:
        is_time = clause.dep_ == "advcl" and any(c.lower_ in {"as", "when", "after"} for c in clause.lefts)
        if is_time and clause.i > verb.i and clause.lemma_ in blame_words().striking:
            return replace(roles, sources=tuple(_one(syntax.subject(clause))))
    return roles


def _with_fighter(chain: Chain, roles: Roles) -> Roles:
    """ "He died in a gun battle with police": he fought them."""
    deed = chain.act.token
    if "mutual" not in chain.act.entry.options or syntax.is_verb(deed) or roles.sources or not roles.targets:
        return roles
    if syntax.prepositional(deed, ("with", "against")) is None:
        return roles
    who = _caught_in(deed)
    return roles if who is None or who.i in {t.i for t in roles.targets} else replace(roles, sources=(who,))


def _caught_in(deed: Token) -> Token | None:
    if deed.dep_ != "pobj" or deed.head.lower_ not in AMID:
        return None
    verb = deed.head.head
    if not syntax.is_verb(verb):
        return (
            verb
            if verb.pos_ in {"NOUN", "PROPN"} and verb.lemma_.lower() not in blame_words().carriers
            else None
        )
    who = syntax.passive_subject(verb) if syntax.is_passive(verb) else syntax.subject(verb)
    if who is not None and verb.dep_ == "acl" and who.dep_ == "pobj" and syntax.is_verb(who.head.head):
        return syntax.subject(who.head.head)  # "died of wounds suffered in"
    return who
