"""A reference to an exercise in, the states that take part in it out, and those that it loses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.actors.lexicon import read_countries
from extractors.events.actors_of import actors_at, is_known, same_government
from extractors.events.draft import country_of
from extractors.events.families.exercise_data import exercise_data, exercise_words
from extractors.events.families.exercise_reference import Reference
from extractors.events.families.exercise_status import Held
from extractors.events.wordlists import word_list
from extractors.records import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.actors import SentenceActors

OF = ("between", "by", "among", "involving", "of")
COUNTING = frozenset({"thousand", "hundred", "dozen", "score", "number", "ten"})
_NOT_ACTING = frozenset({"", "does", "modified", "spoken"})
_LEAVING = frozenset({"withdraw", "pull", "drop", "walk", "quit", "skip", "boycott", "stay"})


@dataclass(frozen=True, slots=True)
class Sides:
    """`named` by the exercise's own phrase, `acting` by the verb, `others` behind "with"; `left` withdrew.

    `is_all`: the sentence says that there are no others ("with Japan alone").
    """

    named: tuple[Actor, ...]
    others: tuple[Actor, ...]
    acting: tuple[Actor, ...]
    left: tuple[Actor, ...]
    is_all: bool
    listed: tuple[Actor, ...] = ()  # "involves X, Y and Z"

    @property
    def all(self) -> tuple[Actor, ...]:
        gone = {country_of(a) for a in self.left}
        found = merged(self.acting, self.named, self.others)
        return tuple(a for a in found if country_of(a) not in gone)

    @property
    def is_whole(self) -> bool:
        """There are no others than those told here."""
        told = self.listed or merged(self.named, self.acting)
        return len(told) > 1 or (self.is_all and bool(told))


def read_sides(
    ref: Reference,
    held: Held,
    known: SentenceActors,
    asked: tuple[Actor, ...] = (),
    *,
    trust_pronouns: bool = True,
) -> Sides:
    left = merged(_left(ref, held, known))
    alone = merged(_alone(ref, known))
    named = merged(_in_phrase(ref, known), _in_clauses(ref, known))
    others = merged(
        _behind(ref, ("with", "alongside"), known), alone, _companions(held, known), _together(ref, known)
    )
    acting = merged(asked) if asked else merged(_acting(held, known, trust_pronouns), _joining(ref, known))
    return Sides(named, others, acting, left, bool(alone), merged(_listed(held, known)))


def known_sides(ref: Reference) -> tuple[Actor, ...]:
    """Who always takes part in a known exercise."""
    series = ref.name.series if ref.name is not None else None
    return tuple(state(iso3) for iso3 in exercise_data()["series"].get(series, {}).get("sides", ()))


@cache
def state(iso3: str) -> Actor:
    entry = read_countries()[iso3]
    return Actor(entry.name, entry.name, entry.cameo, iso3)


def states(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Those with a country or an organisation behind them; "the military" alone is nobody."""
    return tuple(
        a
        for a in actors
        if is_known(a) and (a.country or a.code.startswith(("IGO", "IMG")) or len(a.code) > 6)
    )


def merged(*groups: Iterable[Actor]) -> tuple[Actor, ...]:
    """One actor a country, in order."""
    kept: dict[str, Actor] = {}
    for group in groups:
        for actor in states(group):
            if actor.country is None and any(same_government(actor, own) for own in kept.values()):
                continue
            iso3 = exercise_data()["territories"].get(actor.country)
            kept.setdefault(iso3 or country_of(actor), state(iso3) if iso3 else actor)
    return tuple(kept.values())


def at(head: Token | None, known: SentenceActors) -> tuple[Actor, ...]:
    """States of a phrase; "the three Baltic republics" are three."""
    if head is None:
        return ()
    found: list[Actor] = list(_before_comma(head, known))
    for token in syntax.conjuncts(head):
        words = {t.lower_ for t in token.lefts}
        group = next((g for g in exercise_data()["groups"] if g in words), None)
        if group is not None and token.lemma_.lower() in {"state", "republic", "country", "nation"}:
            found += [state(iso3) for iso3 in exercise_data()["groups"][group]]
        else:
            found += [a for a in actors_at(token, known) if is_known(a)] or list(_named_after(token, known))
            found += _of_forces(token, known)
    return states(found)


def _of_forces(head: Token, known: SentenceActors) -> list[Actor]:
    """ "the Chilean navy", "thousands of soldiers from Russia and Belarus": under those words."""
    top = head
    counted = syntax.prepositional(head, ("of",)) if head.lemma_ in COUNTING else None
    head = counted if counted is not None else head
    if head.lower_ not in exercise_words("military_words"):
        return []
    left = head.left_edge.i
    origin = syntax.prepositional(head, ("from",)) or syntax.prepositional(top, ("from",))
    found = [m.actor for m in known.mentions if left <= m.start and m.end <= head.i]
    for token in syntax.conjuncts(origin) if origin is not None else ():
        first = min((c.i for c in token.lefts), default=token.i)
        found += [m.actor for m in known.mentions if first <= m.start and m.end <= token.i + 1]
    return found


def _named_after(head: Token, known: SentenceActors) -> Iterator[Actor]:
    """ "its ally Belarus", "its neighbour, Poland"."""
    for child in head.rights:
        if child.dep_ == "appos":
            yield from (m.actor for m in known.mentions if m.start <= child.i < m.end)


def _before_comma(head: Token, known: SentenceActors) -> Iterator[Actor]:
    """ "Seoul, US to end war games": a headline's "and"."""
    left = head.left_edge.i
    if left < 2 or head.doc[left - 1].text != "," or head.doc[-1].is_punct:
        return
    yield from (m.actor for m in known.mentions if m.start == 0 and m.end == left - 1)


def _in_phrase(ref: Reference, known: SentenceActors) -> Iterator[Actor]:
    """ "US-South Korea drills", "drills with", "between", "by"."""
    for token in ref.tokens:
        left = min(t.i for t in token.subtree if t.i <= token.i and _is_before(t, token))
        for mention in known.mentions:
            is_own = any(ref.name is not None and ref.covers(i) for i in range(mention.start, mention.end))
            if (
                left <= mention.start
                and mention.end <= token.i + 1
                and not is_own
                and mention.kind != "media"
            ):
                yield mention.actor
    yield from _behind(ref, OF, known)


def _behind(ref: Reference, prepositions: tuple[str, ...], known: SentenceActors) -> Iterator[Actor]:
    for token in ref.tokens:
        for preposition in prepositions:
            yield from at(syntax.prepositional(token, (preposition,)), known)
        if prepositions == OF and _is_headline_of(token):
            yield from at(token.head.head, known)


def _is_headline_of(token: Token) -> bool:
    """ "Honduran, American troops in a drill" """
    if token.dep_ != "pobj" or token.head.lower_ not in {"in", "on", "for"}:
        return False
    who = token.head.head
    return not syntax.is_verb(who) and who.lower_ in exercise_words("military_words")


def _is_before(token: Token, noun: Token) -> bool:
    while token.i != noun.i:
        if token.dep_ in {"relcl", "acl", "prep", "appos", "conj"} and token.i > noun.left_edge.i + 40:
            return False
        if token.dep_ in {"relcl", "acl", "prep", "appos"}:
            return False
        token = token.head
    return True


def _in_clauses(ref: Reference, known: SentenceActors) -> Iterator[Actor]:
    """ "drills involving X", "the exercise that X and Y plan to open", "in which X is training"."""
    for token in _with_days(ref):
        for clause in token.children:
            if clause.dep_ not in {"acl", "relcl"} or clause.lemma_ in exercise_words("speaking"):
                continue
            own = next(
                (c for c in clause.children if c.dep_ == "nsubj" and c.lower_ not in syntax.RELATIVES), None
            )
            is_doing = clause.lemma_ not in exercise_words("outside_clauses")
            if own is not None and is_doing:
                yield from at(own, known)
            yield from at(syntax.agent(clause), known)
            if clause.lemma_ in {"involve", "include", "bring", "unite", "see"}:
                yield from at(next((c for c in clause.children if c.dep_ == "dobj"), None), known)
            yield from at(syntax.prepositional(clause, ("with", "alongside", "between")), known)


def _with_days(ref: Reference) -> Iterator[Token]:
    """The exercise, and "the third day of exercises", which the parser may hang its clause on."""
    yield from ref.tokens
    above = ref.top.head.head if ref.top.dep_ == "pobj" and ref.top.head.lower_ == "of" else None
    if above is not None and above.lemma_ in exercise_words("transparent"):
        yield above


def _companions(held: Held, known: SentenceActors) -> Iterator[Actor]:
    """ "held drills with X", "will run it together with X"."""
    if held.verb is None or held.relation in {"", "spoken"} or not syntax.is_verb(held.verb):
        return
    done = syntax.direct_object(held.verb)
    for token in (held.verb, *((done,) if done is not None else ())):
        yield from at(syntax.prepositional(token, ("with", "alongside", "between")), known)
    if held.verb.lemma_ == "join":
        yield from at(syntax.direct_object(held.verb), known)
    yield from _listed(held, known)
    together = next((c for c in held.verb.children if c.lower_ == "together"), None)
    if together is not None:
        yield from at(syntax.prepositional(together, ("with",)), known)


def _listed(held: Held, known: SentenceActors) -> Iterator[Actor]:
    """ "will bring the fleets of X and Y together" """
    if held.verb is not None and held.verb.lemma_ in {"involve", "include", "bring", "unite"}:
        yield from at(syntax.direct_object(held.verb), known)


def _acting(held: Held, known: SentenceActors, trust_pronouns: bool) -> Iterator[Actor]:
    """Who holds, joins or changes it; not who speaks of it, and not who leaves it."""
    if held.verb is None or held.relation in _NOT_ACTING or not syntax.is_verb(held.verb):
        return
    verb = held.verb
    if held.relation == "within" and verb.lemma_ in word_list("outside_verbs") | exercise_words("speaking"):
        return
    if held.relation == "quits" and verb.lemma_ in _LEAVING and not _stays(verb, known):
        return
    who = syntax.subject(verb)
    if who is None and held.relation in {"joins", "within"}:
        who = syntax.passive_subject(verb)
    if trust_pronouns or (who is not None and who.pos_ != "PRON"):
        yield from at(who, known)


def _stays(verb: Token, known: SentenceActors) -> bool:
    """ "withdrew its invitation", "dropped the landing from it": the host, who goes on."""
    taken = syntax.direct_object(verb)
    if taken is None:
        return False
    is_a_part = verb.lemma_ == "drop" and not at(taken, known) and not _is_of_forces(taken)
    return taken.lemma_ == "invitation" or is_a_part


def _is_of_forces(token: Token) -> bool:
    return token.lower_ in exercise_words("military_words") | exercise_words("forces")


def _joining(ref: Reference, known: SentenceActors) -> Iterator[Actor]:
    """ "with 25,000 Americans taking part"; "where X and Y are practising"."""
    if syntax.text_of(ref.top.doc).count("xercise") > 2:
        return
    for verb in ref.top.doc:
        is_part = verb.lemma_ == "take" and any(c.lower_ == "part" for c in verb.children)
        if syntax.is_verb(verb) and (is_part or verb.lemma_ == "participate") and verb.tag_ == "VBG":
            own = next((c for c in verb.children if c.dep_ == "nsubj"), None)
            yield from at(own, known)


def _together(ref: Reference, known: SentenceActors) -> Iterator[Actor]:
    """ "bombers flew with Japanese fighters as the drill began": forces that do so together."""
    for verb in ref.top.doc:
        if syntax.is_verb(verb) and verb.lemma_ in exercise_words("done_together"):
            who = at(syntax.subject(verb), known)
            beside = at(syntax.prepositional(verb, ("with", "alongside")), known)
            if who and beside:
                yield from (*who, *beside)


def _alone(ref: Reference, known: SentenceActors) -> Iterator[Actor]:
    """ "to run the rest of it with Japan alone", "hold it together with Japan only"."""
    for token in ref.top.doc:
        if token.lower_ not in {"with", "by"}:
            continue
        behind = next((c for c in token.children if c.dep_ == "pobj"), None)
        if behind is None:
            continue
        after = {t.lower_ for t in token.doc[behind.i : behind.i + 3]}
        if {"alone", "only"} & after or token.nbor(1).lower_ in {"only", "just"}:
            yield from at(behind, known)
            verb = syntax.governing_verb(token)
            if verb is not None and verb.lemma_ not in word_list("outside_verbs"):
                yield from at(syntax.subject(verb), known)


def _left(ref: Reference, held: Held, known: SentenceActors) -> Iterator[Actor]:
    """ "X withdrew from the drill", "left X out of it", "disinvited X", "without X"."""
    doc = ref.top.doc
    for token in doc:
        if token.lower_ == "without":
            yield from at(next((c for c in token.children if c.dep_ == "pobj"), None), known)
    if held.relation != "quits" or held.verb is None:
        return
    verb = held.verb
    if verb.lemma_ in {"accept", "grant", "approve", "heed", "honour", "honor"}:
        asked = syntax.direct_object(verb)
        yield from (
            a for w in (asked.lefts if asked is not None else ()) if w.dep_ == "poss" for a in at(w, known)
        )
        return
    transitive = syntax.direct_object(verb)
    if transitive is not None and transitive.i not in {t.i for t in ref.tokens}:
        if _stays(verb, known) and transitive.lemma_ != "invitation":
            return
        if verb.lemma_ in {"withdraw", "pull", "drop"} and not at(transitive, known):
            guest = syntax.prepositional(transitive, ("to",)) or syntax.prepositional(verb, ("to",))
            yield from at(guest, known) or at(syntax.subject(verb), known)
        else:
            yield from at(transitive, known)
    else:
        yield from at(syntax.subject(verb), known)
