"""A candidate and its sentence's actors in, who did it and to whom out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.actors import phrases
from extractors.events.actors_of import (
    actors_at,
    is_known,
    is_one_person,
    main_subject,
    named_directly,
    phrase_of,
    same_government,
)
from extractors.events.addressees import addressees
from extractors.events.audience import is_audience, is_outlet, is_platform
from extractors.events.bystanders import (
    at_the_place,
    in_the_phrase,
    is_venue,
    of_the_verb_before,
    place_of,
)
from extractors.events.doers import BY_WEAPONS, behind_thing, is_thing
from extractors.events.families.threat import awaited_actors, condition_actors
from extractors.events.no_party import is_no_party
from extractors.events.phrase_roles import two_between
from extractors.events.roles import is_hostile_deed
from extractors.events.topics import is_judged_deed
from extractors.events.wordlists import word_list
from extractors.records import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.actors import SentenceActors
    from extractors.events.candidates import Candidate

BYSTANDERS = frozenset({"OPP", "LEG", "MED", "EDU", "ELI"})
Sides = tuple[tuple[Actor, ...], tuple[Actor, ...]]


def sides_of(candidate: Candidate, known: SentenceActors) -> Sides:
    """Sources and targets, each () when the sentence does not tell."""
    told = first_actors(_parties(candidate, candidate.roles.sources, known), known, is_source=True)
    told = () if _only_tells(candidate, told) else told
    sources = named_in_sentence(candidate, _doers(candidate, told, known), known)
    moved = () if sources else _moved(candidate, known)
    sources = sources or moved
    targets = targets_of(candidate, known, sources)
    if moved:
        targets = tuple(a for a in targets if a.name != moved[0].name)
    place = place_of(candidate, known)
    return known.placed(sources, place), known.placed(targets, place)


def _only_tells(candidate: Candidate, told: tuple[Actor, ...]) -> bool:
    """ "The talks were put off, an opposition leader said": not by the opposition."""
    head, speaker, act = (
        next(iter(candidate.roles.sources), None),
        candidate.chain.speaker,
        candidate.chain.act,
    )
    if head is None or speaker is None or head.i != speaker.i or act.entry.source == "speaker":
        return False
    is_told_of = not syntax.is_verb(act.token) or syntax.is_passive(act.token)
    return is_told_of and bool(told) and all(actor.sector in BYSTANDERS for actor in told)


def _doers(candidate: Candidate, told: tuple[Actor, ...], known: SentenceActors) -> tuple[Actor, ...]:
    """ "The tariffs", "a document" do nothing: who is behind them, if anybody is told to be."""
    head = next(iter(candidate.roles.sources), None)
    if head is None or candidate.composed.code.startswith(BY_WEAPONS) or not is_thing(head, known):
        return told
    if any(is_known(actor) and actor.text != phrase_of(head) for actor in told):
        return told  # somebody else
    is_said = head.lemma_.lower() in word_list("documents")  # "the statement urged": whose, is not told
    return behind_thing(head, candidate, known) or (told if is_said else ())


def _parties(candidate: Candidate, heads: tuple[Token, ...], known: SentenceActors) -> tuple[Token, ...]:
    """Of talks and accords those who take part, without the venue; the two sides of a compound are both."""
    if "mutual" not in candidate.chain.act.entry.options:
        return heads
    parties = tuple(head for head in heads if not is_venue(head, known))
    return parties or (heads if len(heads) > 1 else ())


def _moved(candidate: Candidate, known: SentenceActors) -> tuple[Actor, ...]:
    """ "Two thousand Russian soldiers were sent to the border": the state acts through whom it moves."""
    if not candidate.composed.code.startswith(("15", "074")):
        return ()
    patient = syntax.passive_subject(candidate.chain.act.token)
    return known_actors([patient], known) if patient is not None else ()


def targets_of(candidate: Candidate, known: SentenceActors, sources: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Whom the act's own phrases name, else whom its clause does; for an act at home the country itself."""
    heads = _heard(_parties(candidate, candidate.roles.targets, known), candidate, sources, known)
    nearby = _heard(candidate.roles.nearby, candidate, sources, known)
    addressed: tuple[Actor, ...] = ()
    if candidate.composed.code.startswith(("12", "13")):
        is_threat = candidate.composed.code.startswith("13")
        put_to = condition_actors(candidate, known) if is_threat else awaited_actors(candidate, known)
        addressed = tuple(
            a for a in put_to if not is_outlet(a) and not any(same_government(a, own) for own in sources)
        )
    among = is_among(candidate, sources)
    if among:
        heads, nearby = _not_placing(heads), _not_placing(nearby)
    code = candidate.composed.code
    # Of "the raid on Rome" nobody named inside is meant.
    is_deed = is_hostile_deed(candidate.chain) or any(is_judged_deed(h, code) for h in heads)
    found = known_actors([*heads, *nearby], known, apart_from=sources, better=addressed, is_source=is_deed)
    if found or among:
        return found
    found = (
        addressees(candidate, known, sources)
        or in_the_phrase(candidate, known, sources)
        or of_the_verb_before(candidate, known, sources)
        or at_the_place(candidate, known, sources)
    )
    if found:
        return found
    is_asked = candidate.composed.operator in {"appeal", "demand", "refuse"}
    if candidate.composed.act in word_list("domestic_acts") and not is_asked:
        plain = unnamed(heads, known, apart_from=sources)
        home = at_home(candidate, known, sources) or plain
        return tuple(replace(actor, text=plain[0].text) for actor in home) if plain else home
    return of_one_government(heads, candidate, known, sources) or unnamed(
        heads, known, apart_from=sources, is_source=is_deed
    )


def _heard(
    heads: tuple[Token, ...], candidate: Candidate, sources: tuple[Actor, ...], known: SentenceActors
) -> tuple[Token, ...]:
    return tuple(
        head
        for head in heads
        if not is_audience(head, candidate, known) and not is_no_party(head, candidate, sources, known)
    )


def _not_placing(heads: tuple[Token, ...]) -> tuple[Token, ...]:
    return tuple(h for h in heads if h.dep_ != "pobj" or h.head.lower_ not in {"in", "at", "on", "for"})


def first_actors(
    heads: Iterable[Token],
    known: SentenceActors,
    *,
    apart_from: tuple[Actor, ...] = (),
    is_source: bool = False,
) -> tuple[Actor, ...]:
    """Whom the phrases name; failing that, the first phrase that may be an actor without a name."""
    heads = list(heads)
    return known_actors(heads, known, apart_from=apart_from, is_source=is_source) or unnamed(
        heads, known, apart_from=apart_from, is_source=is_source
    )


def known_actors(
    heads: Sequence[Token],
    known: SentenceActors,
    *,
    apart_from: tuple[Actor, ...] = (),
    better: tuple[Actor, ...] = (),
    is_source: bool = False,
) -> tuple[Actor, ...]:
    """Who the first head denotes that is not on the other side; then `better`; then whom a phrase names."""

    def is_other(actor: Actor) -> bool:
        return not any(same_government(actor, own) for own in apart_from)

    for head in heads:
        direct = tuple(actor for actor in named_directly(head, known) if is_other(actor))
        direct = direct or tuple(actor for actor in main_subject(head, known) if is_other(actor))
        if direct:
            return direct
    if better:
        return better
    for head in heads:
        found = actors_at(head, known, is_source=is_source)
        inside = tuple(a for a in found if is_known(a) and is_other(a) and not is_platform(a))
        if inside:
            return inside[:1]
    return ()


def unnamed(
    heads: Iterable[Token],
    known: SentenceActors,
    *,
    apart_from: tuple[Actor, ...] = (),
    is_source: bool = False,
) -> tuple[Actor, ...]:
    """The first phrase that is on neither side yet, whatever it is."""
    for head in heads:
        found = actors_at(head, known, is_source=is_source)
        other = tuple(a for a in found if not any(same_government(a, own) for own in apart_from))
        if other:
            return other
    return ()


def of_one_government(
    heads: Iterable[Token], candidate: Candidate, known: SentenceActors, sources: tuple[Actor, ...]
) -> tuple[Actor, ...]:
    """ "The emir praised the ministry", "she defended Chad's law": both of one state, and two."""
    if is_broken_off(candidate):
        return ()  # "Rome cancelled the talks with its minister": with whom is not told
    ours = {actor.text for actor in sources}
    takes_sides = candidate.composed.code[:2] in {"05", "11"}
    for head in heads:
        if head.pos_ == "PRON" or (head.dep_ == "poss" and not takes_sides):
            continue
        named = named_directly(head, known)
        found = tuple(a for a in named if (a.sector or takes_sides) and a.text not in ours)
        if found:
            return found
    return ()


def at_home(candidate: Candidate, known: SentenceActors, sources: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Whom a protest goes on to name; of other acts at home the country of the one who acts."""
    trigger = candidate.chain.act.token
    if candidate.composed.act in word_list("protesting_acts"):
        verb = candidate.chain.top if candidate.chain.top is not None else trigger
        last = max(token.i for token in verb.subtree)
        for mention in known.mentions:
            if trigger.i < mention.start <= last and mention.actor.country and is_known(mention.actor):
                return (mention.actor,)
        return ()
    state = next((actor for actor in sources if actor.country and is_known(actor)), None)
    if state is None:
        return ()
    return (known.state(state),)


def named_in_sentence(
    candidate: Candidate, sources: tuple[Actor, ...], known: SentenceActors
) -> tuple[Actor, ...]:
    """ "Rome said it would": the sentence names "it" itself."""
    head, speaker = next(iter(candidate.roles.sources), None), candidate.chain.speaker
    if head is None or speaker is None or speaker.pos_ == "PRON":
        return sources
    if _speaks_for(head, candidate, sources):
        speaking = actors_at(speaker, known)
        return speaking if any(is_known(a) and a.country for a in speaking) else sources
    is_other = head.lower_ == "they" and is_one_person(speaker)  # "They are many, Ann Lee said"
    if head.lower_ in {"i", "we", "it", "they", "he", "she"} and head.pos_ == "PRON" and not is_other:
        speaking = actors_at(speaker, known)
        same = {actor.code for actor in speaking} & {actor.code for actor in sources}
        if speaking and (same or not any(is_known(actor) for actor in sources)):
            return speaking
    return sources


def is_among(candidate: Candidate, sources: tuple[Actor, ...]) -> bool:
    """Several agree, talk or break it off: each is the other's other side."""
    mutual = is_reciprocal(candidate) or is_broken_off(candidate)
    return mutual and len({actor.country or actor.code for actor in sources}) > 1


def _speaks_for(head: Token, candidate: Candidate, sources: tuple[Actor, ...]) -> bool:
    """ "Rome said that warplanes would strike": the threat is Rome's."""
    composed = candidate.composed
    if composed.operator != "intend" or not composed.code.startswith("13"):
        return False
    if not any(a.country or len(a.code) > 3 for a in sources):
        return True
    return head.lemma_ in word_list("bare_forces") and not any(c.pos_ == "PROPN" for c in head.lefts)


def is_reciprocal(candidate: Candidate) -> bool:
    """Talks, accords, and what several agree to do."""
    entry, composed = candidate.chain.act.entry, candidate.composed
    if "mutual" in entry.options and composed.operator in {"done", "intend"}:
        return composed.act in {entry.act, "fail_to_agree"}
    return is_agreed(candidate)


def is_broken_off(candidate: Candidate) -> bool:
    """ "Their talks were cut short": each of the two does it to the other."""
    held = candidate.chain.held
    return "mutual" in candidate.chain.act.entry.options and any(h.operator == "halt" for h in held)


def is_agreed(candidate: Candidate) -> bool:
    held = candidate.chain.held
    agreed = any(h.entry is not None and h.token.lemma_ in {"agree", "agreement"} for h in held)
    return agreed and candidate.composed.operator == "intend"


def directions(candidate: Candidate, sources: tuple[Actor, ...], targets: tuple[Actor, ...]) -> list[Sides]:
    """A reciprocal act is one event each way."""
    if len(sources) > 1 and any(is_each_other(head) for head in candidate.roles.targets):
        return _each_way(sources[:1], sources[1:])
    if not sources and len(targets) == 2 and _is_between(candidate):
        return _each_way(targets[:1], targets[1:])
    if len(sources) > 1 and two_between(candidate.chain.act.token):
        return _each_way(sources[:1], sources[1:])
    if is_broken_off(candidate) and len(sources) > 1 and not targets:
        return _each_way(sources[:1], sources[1:])
    if not is_reciprocal(candidate):
        return [(sources, targets)]
    known = any(is_known(actor) for actor in targets)
    if is_agreed(candidate) and (known or len(sources) < 2):
        return [(sources, targets)]
    if len(sources) > 1 and not known:
        return _each_way(sources[:1], sources[1:])
    if sources and not targets and phrases.is_plural(candidate.roles.sources[0]):
        return [(sources, sources)]
    return _each_way(sources, targets) if sources and targets else [(sources, targets)]


def _each_way(one: tuple[Actor, ...], other: tuple[Actor, ...]) -> list[Sides]:
    return [(one, other), (other, one)]


def is_each_other(head: Token) -> bool:
    return head.lower_ in {"other", "another"} and any(c.lower_ in {"each", "one"} for c in head.lefts)


def _is_between(candidate: Candidate) -> bool:
    """ "Ties between Georgia and Russia were severed"."""
    found = syntax.direct_object(candidate.chain.act.token)
    return found is not None and any(c.dep_ == "prep" and c.lower_ == "between" for c in found.children)
