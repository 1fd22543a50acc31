"""A draft of violence in, the same with all that it struck out: every victim, and the site beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.actors.lexicon import read_countries
from extractors.events.actors_of import actors_at, is_known, phrase_of
from extractors.events.people import people_code, plain_words
from extractors.events.phrase_roles import BY
from extractors.events.sites import is_device, is_place, named_after, site_at, sites_of
from extractors.records import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.draft import Draft

VIOLENCE = frozenset({"18", "19", "20"})
# Of these only the people are struck, wherever they were.
ON_PEOPLE = ("181", "1821", "1822", "185", "186", "1823", "182", "20")
# Acts whose nouns are called after the place: "the Madrid bombings".
PLACED = frozenset(
    {"bombing", "car_bombing", "suicide_bombing", "air_strike", "attack", "shoot", "mass_killing"}
)
GUESSED = "judge."  # what the grammar does not read as violence has no site
LIMBS = frozenset(
    {"head", "chest", "leg", "back", "neck", "face", "arm", "stomach", "shoulder", "torso", "foot"}
)


def struck(draft: Draft) -> Draft:
    """ "shelled the port and two ships", "set it off in a cafe in Lahore, killing nine"."""
    candidate = draft.candidate
    root, act = candidate.composed.code[:2], candidate.chain.act
    if root == "14" and not draft.targets and not candidate.chain.held:
        return replace(draft, targets=tuple(sites_of(draft))[:1])
    if candidate.composed.act == "arrest" and draft.targets:
        return replace(draft, targets=(*draft.targets, *_fellows(draft)))
    if root not in VIOLENCE or act.entry.id.startswith(GUESSED):
        return draft
    draft = _by_device(draft)
    is_fight = "mutual" in act.entry.options and len(draft.sources) > 1
    return draft if is_fight else _with_sites(draft)


def _with_sites(draft: Draft) -> Draft:
    named = named_after(_deed(draft), draft)
    if named is not None:
        others = tuple(a for a in draft.sources if a.text not in named.text)
        draft = replace(draft, sources=others or _thing(draft))
    draft = replace(draft, targets=_by_name(draft))
    targets = (*_others(draft), *_fellows(draft))
    sites = [*_hit(draft), *sites_of(draft), *([named] if named is not None else [])]
    if draft.candidate.composed.code.startswith(ON_PEOPLE) and targets:
        sites = [s for s in sites if s.text[:1].islower()]
    return replace(draft, targets=_joined(targets, sites))


def _by_device(draft: Draft) -> Draft:
    """The bomb is no victim; where nobody is told to have set it off, it is what did it."""
    token = draft.candidate.chain.act.token
    if not syntax.is_verb(token):
        return draft
    hit = (o for o in (draft.candidate.chain.act.object, syntax.direct_object(token)) if o is not None)
    devices = [o for o in hit if is_device(o) and o.pos_ == "NOUN"]
    if not devices:
        return draft
    text = phrase_of(devices[0])
    targets = tuple(t for t in draft.targets if not text or is_known(t) or not t.text.startswith(text))
    sources = draft.sources or ((Actor(text, text, "", None),) if text else ())
    return replace(draft, sources=sources, targets=targets)


def _joined(targets: tuple[Actor, ...], sites: list[Actor]) -> tuple[Actor, ...]:
    """A target that the site's own phrase names is that site: no second target."""
    found: list[Actor] = []
    for target in targets:
        site = next((site for site in sites if _is_inside(target, site)), None)
        if site is not None:
            sites = [_of_target(site, target) if one is site else one for one in sites]
        else:
            found.append(target)
    return (*found, *(s for s in sites if not any(s.text in t.text for t in found)))


def _is_inside(target: Actor, site: Actor) -> bool:
    return f" {target.text} " in f" {site.text} "


def _of_target(site: Actor, target: Actor) -> Actor:
    """Whose the place is: India's, of "the Indian embassy in Kabul"; a capital here is a town."""
    if not is_known(target) or (target.sector == "GOV" and site.country):
        return site
    return replace(site, code=target.code, country=target.country, sector=target.sector)


def _fellows(draft: Draft) -> Iterator[Actor]:
    """What stands beside the victim that was found: all of "a base and two tanks"."""
    match = draft.candidate.chain.act
    if not syntax.is_verb(match.token):
        objects = [syntax.prepositional(match.token, ("of", "on", "against"))]
    elif {"obj", "subj"} & set(match.entry.target):
        objects = [match.object, syntax.direct_object(match.token)]
    else:
        objects = []
    told = [actor.text for actor in (*draft.targets, *draft.sources)]
    objects.extend(draft.candidate.roles.also)
    heads = (t for o in objects if o is not None for t in syntax.conjuncts(o))
    for noun in {t.i: t for t in heads}.values():
        if not (people_code(noun) or is_place(noun, draft) or any(map(is_known, draft.known.resolve(noun)))):
            continue
        for actor in actors_at(noun, draft.known) or _nameless(noun):
            if actor.text and not any(actor.text in t or t in actor.text for t in told):
                told.append(actor.text)
                yield _typed(actor, noun)


def _hit(draft: Draft) -> Iterator[Actor]:
    """The places that are the object: "two pubs in Nairobi", of which the search told Nairobi alone."""
    match = draft.candidate.chain.act
    noun = syntax.direct_object(match.token) if syntax.is_verb(match.token) else None
    for place in syntax.conjuncts(noun) if noun is not None else ():
        text = phrase_of(place)
        if place.lemma_.lower() in plain_words().places and any(
            t.text != text and f" {t.text} " in f" {text} " for t in draft.targets
        ):
            yield site_at(place, text, draft)


def _others(draft: Draft) -> tuple[Actor, ...]:
    """Without the head of "shot in the head", and without the French of "a raid by French forces"."""
    token = draft.candidate.chain.act.token
    found = tuple(t for t in draft.targets if t.text.removeprefix("the ") not in LIMBS)
    if syntax.is_verb(token) or syntax.prepositional(token, BY) is None:
        return found
    states = {a.code[:3] for a in draft.sources if a.code}
    return tuple(t for t in found if t.code not in states)


def _nameless(noun: Token) -> tuple[Actor, ...]:
    """ "his sister", "at least nine": the victim has no other name here."""
    is_owned = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in noun.lefts)
    if not (is_owned and noun.pos_ == "NOUN") and noun.pos_ != "NUM":
        return ()
    text = str(noun.doc[noun.left_edge.i : noun.i + 1].text)
    return (Actor(text, text, "", None),)


def _typed(actor: Actor, noun: Token) -> Actor:
    code = "" if is_known(actor) else people_code(noun)
    if not code:
        return actor
    state = read_countries()[actor.country].cameo if actor.country else ""
    return replace(actor, code=state + code, sector=code)


def _deed(draft: Draft) -> Token | None:
    """The noun that names the violence: the act itself, or the subject of "killed nine"."""
    match = draft.candidate.chain.act
    if not syntax.is_verb(match.token):
        return match.token if match.entry.act in PLACED else None
    if match.object is not None and match.object.lemma_.lower() in plain_words().weapons:
        return match.object  # "carried out the Nairobi attack"
    who = syntax.subject(match.token) if match.entry.source == "bearer" else None
    return who if who is not None and who.lemma_.lower() in plain_words().weapons else None


def _thing(draft: Draft) -> tuple[Actor, ...]:
    """ "the Nairobi bombing" of "the Nairobi bombing killed nine"."""
    noun = _deed(draft) if syntax.is_verb(draft.candidate.chain.act.token) else None
    text = phrase_of(noun) if noun is not None else ""
    return (Actor(text, text, "", None),) if text else ()


def _by_name(draft: Draft) -> tuple[Actor, ...]:
    """The targets, but "Ann Lee" of "the murder of Ann Lee, a Dutch painter", who is not the Dutch."""
    head = next(iter(draft.candidate.roles.targets), None)
    if head is None or head.pos_ != "PROPN" or head.dep_ != "pobj" or draft.known.resolve(head):
        return draft.targets
    text, rest = phrase_of(head), head.doc[head.i + 1 : head.right_edge.i + 1].text
    found = [t for t in draft.targets if t.text and f" {t.text} " in f" {rest} "]
    if not text or not found or len(found) != len(draft.targets):
        return draft.targets
    code = read_countries()[found[0].country].cameo + "CVL" if found[0].country else "CVL"
    return (Actor(text, text, code, found[0].country, "CVL"),)
