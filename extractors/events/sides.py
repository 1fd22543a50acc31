"""A candidate and its sentence's actors in, who did it and to whom out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.actors_of import actors_at, is_known, main_subject, named_directly, same_government
from extractors.events.bystanders import at_the_place, in_the_phrase, place_of
from extractors.events.families.threat import condition_actors
from extractors.events.wordlists import word_list
from extractors.records import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.actors import SentenceActors
    from extractors.events.candidates import Candidate

Sides = tuple[tuple[Actor, ...], tuple[Actor, ...]]


def sides_of(candidate: Candidate, known: SentenceActors) -> Sides:
    """Sources and targets, each () when the sentence does not tell."""
    sources = named_in_sentence(
        candidate, first_actors(candidate.roles.sources, known, is_source=True), known
    )
    targets = targets_of(candidate, known, sources)
    place = place_of(candidate, known)
    return known.placed(sources, place), known.placed(targets, place)


def targets_of(candidate: Candidate, known: SentenceActors, sources: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Whom the act's own phrases name, else whom its clause does; for an act at home the country itself."""
    heads = candidate.roles.targets
    addressed: tuple[Actor, ...] = ()
    if candidate.composed.code.startswith("13"):
        put_to = condition_actors(candidate, known)
        addressed = tuple(a for a in put_to if not any(same_government(a, own) for own in sources))
    found = known_actors(heads, known, apart_from=sources, better=addressed)
    if found:
        return found
    found = in_the_phrase(candidate, known, sources) or at_the_place(candidate, known, sources)
    if found:
        return found
    is_asked = candidate.composed.operator in {"appeal", "demand", "refuse"}
    if candidate.composed.act in word_list("domestic_acts") and not is_asked:
        return at_home(candidate, known, sources) or unnamed(heads, known, apart_from=sources)
    return of_one_government(candidate, known, sources) or unnamed(heads, known, apart_from=sources)


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
        inside = tuple(actor for actor in found if is_known(actor) and is_other(actor))
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
    candidate: Candidate, known: SentenceActors, sources: tuple[Actor, ...]
) -> tuple[Actor, ...]:
    """ "The emir praised the ministry", "he met the former premier": both of one state, and two."""
    ours = {word for actor in sources for word in (actor.name, actor.text)}
    defends = candidate.composed.act == "defend_verbally"  # "the premier defended France's law"
    for head in candidate.roles.targets:
        if head.pos_ == "PRON" or (head.dep_ == "poss" and not defends):
            continue
        found = tuple(a for a in named_directly(head, known) if (a.sector or defends) and a.text not in ours)
        if found:
            return found
    return ()


def at_home(candidate: Candidate, known: SentenceActors, sources: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Whom a protest goes on to name, else the country of the one who acts."""
    trigger = candidate.chain.act.token
    if candidate.composed.act in word_list("protesting_acts"):
        verb = candidate.chain.top if candidate.chain.top is not None else trigger
        last = max(token.i for token in verb.subtree)
        for mention in known.mentions:
            if trigger.i < mention.start <= last and mention.actor.country and is_known(mention.actor):
                return (mention.actor,)
    state = next((actor for actor in sources if actor.country and is_known(actor)), None)
    if state is None:
        return ()
    return (known.state(state),)


def named_in_sentence(
    candidate: Candidate, sources: tuple[Actor, ...], known: SentenceActors
) -> tuple[Actor, ...]:
    """ "Rome said it would": the sentence names "it" itself."""
    head, speaker = next(iter(candidate.roles.sources), None), candidate.chain.speaker
    if head is None or speaker is None or head.pos_ != "PRON" or speaker.pos_ == "PRON":
        return sources
    if head.lower_ in {"i", "we", "it", "they", "he", "she"}:
        speaking = actors_at(speaker, known)
        same = {actor.code for actor in speaking} & {actor.code for actor in sources}
        if speaking and (same or not any(is_known(actor) for actor in sources)):
            return speaking
    return sources


def directions(candidate: Candidate, sources: tuple[Actor, ...], targets: tuple[Actor, ...]) -> list[Sides]:
    """A reciprocal act is one event each way."""
    entry, composed = candidate.chain.act.entry, candidate.composed
    agreed = any(
        h.entry is not None and h.token.lemma_ in {"agree", "agreement"} for h in candidate.chain.held
    )
    mutual = (
        "mutual" in entry.options
        and composed.operator in {"done", "intend"}
        and composed.act in {entry.act, "fail_to_agree"}
    )
    if not mutual and not (agreed and composed.operator == "intend" and len(sources) == 2):
        return [(sources, targets)]
    if len({actor.country for actor in sources if actor.country}) > 1 and not _names_partner(candidate):
        targets = ()
    if not mutual:
        return (
            [(sources, targets)]
            if any(is_known(a) for a in targets)
            else [(sources[:1], sources[1:]), (sources[1:], sources[:1])]
        )
    if len(sources) > 1 and not any(is_known(actor) for actor in targets):
        sources, targets = sources[:1], sources[1:]
    if sources and targets:
        return [(sources, targets), (targets, sources)]
    return [(sources, targets)]


def _names_partner(candidate: Candidate) -> bool:
    """ "Rome and Paris signed a pact with Bonn": another side than the two of the subject."""
    chain = candidate.chain
    tokens = [chain.act.token, chain.act.object, chain.light, chain.top]
    if any(syntax.prepositional(t, ("with", "between")) is not None for t in tokens if t is not None):
        return True
    verb = chain.act.token
    return chain.act.object is None and syntax.is_verb(verb) and syntax.direct_object(verb) is not None
