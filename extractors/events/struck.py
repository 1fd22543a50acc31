"""A draft of violence in, the same with all that it struck out: every victim told, and the site beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.actors.lexicon import read_countries
from extractors.events.actors.records import MentionKind
from extractors.events.actors_of import actors_at, is_known, phrase_of
from extractors.events.gazetteer import choose_city
from extractors.events.people import AT, MONTHS, people_code, plain_words
from extractors.events.places import find_place
from extractors.events.roles import BY
from extractors.events.wordlists import word_list
from extractors.records import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.actors.records import ActorMention
    from extractors.events.draft import Draft

VIOLENCE = frozenset({"18", "19", "20"})
WITHIN = frozenset({"in", "of", "near", "at", "on", "outside", "along", "inside"})
ON_SITE = AT | {"throughout"}
# Of these only the people are struck, wherever they were.
ON_PEOPLE = ("181", "1821", "1822", "185", "186", "1823", "182", "20")
PLACE_KINDS = frozenset({MentionKind.COUNTRY, MentionKind.CAPITAL, MentionKind.SEAT, MentionKind.REGION})
# Acts whose nouns are called after the place: "the Madrid bombings".
PLACED = frozenset(
    {"bombing", "car_bombing", "suicide_bombing", "air_strike", "attack", "shoot", "mass_killing"}
)
OF_A_KIND = frozenset({"suicide", "terror", "air", "truck", "car", "bus", "pipe"})
BY_FORCE = frozenset({"17", "18", "19", "20"})
LIMBS = frozenset({"head", "chest", "leg", "back", "neck", "face", "arm", "stomach", "shoulder", "torso", "foot"})
SEASONS = frozenset({"spring", "summer", "autumn", "fall", "winter", "christmas", "easter"})
PROPER = "PROPN"
MAX_SITES, LONGEST = 2, 14


def struck(draft: Draft) -> Draft:
    """ "shelled the port and two ships", "set it off in a cafe in Lahore, killing nine"."""
    candidate = draft.candidate
    root = candidate.composed.code[:2]
    if root == "14" and not draft.targets and not candidate.chain.held:
        return replace(draft, targets=tuple(_sites(draft))[:1])
    draft = _by_device(draft) if root in VIOLENCE else draft
    is_fight = "mutual" in candidate.chain.act.entry.options and len(draft.sources) > 1
    if candidate.composed.act == "arrest" and draft.targets:
        return replace(draft, targets=(*draft.targets, *_fellows(draft)))
    if root not in VIOLENCE or is_fight:
        return draft
    named = _named_after(_deed(draft), draft)
    if named is not None:
        others = tuple(a for a in draft.sources if a.text not in named.text)
        draft = replace(draft, sources=others or _thing(draft))
    draft = replace(draft, targets=_by_name(draft))
    targets = (*_without_limbs(draft), *_fellows(draft))
    deed = candidate.chain.act.token
    if not syntax.is_verb(deed) and syntax.prepositional(deed, BY) is not None:
        targets = tuple(t for t in targets if not any(t.code and t.code == a.code[:3] for a in draft.sources))
    sites = [*_hit(draft), *_sites(draft), *([named] if named is not None else [])]
    if candidate.composed.code.startswith(ON_PEOPLE) and targets:
        sites = [s for s in sites if s.text[:1].islower()]
    return replace(draft, targets=_joined(targets, sites))


def _by_device(draft: Draft) -> Draft:
    """The bomb is no victim; where nobody is told to have set it off, it is what did it."""
    token = draft.candidate.chain.act.token
    if not syntax.is_verb(token):
        return draft
    hit = (o for o in (draft.candidate.chain.act.object, syntax.direct_object(token)) if o is not None)
    devices = [o for o in hit if _is_device(o) and o.pos_ == "NOUN"]
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
    if not is_known(target) or target.sector == "GOV":
        return site
    return replace(site, code=target.code, country=target.country, sector=target.sector)


def _fellows(draft: Draft) -> Iterator[Actor]:
    """What stands beside the victim that was found: all of "snipers and guards", of "a base and two tanks"."""
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
        if not (people_code(noun) or _is_place(noun, draft) or any(map(is_known, draft.known.resolve(noun)))):
            continue
        for actor in actors_at(noun, draft.known) or _nameless(noun):
            if actor.text and not any(actor.text in t or t in actor.text for t in told):
                told.append(actor.text)
                yield _typed(actor, noun)


def _hit(draft: Draft) -> Iterator[Actor]:
    """The places that are the object itself: "two pubs in Nairobi", of which the search told Nairobi alone."""
    match = draft.candidate.chain.act
    noun = syntax.direct_object(match.token) if syntax.is_verb(match.token) else None
    for place in syntax.conjuncts(noun) if noun is not None else ():
        text = phrase_of(place)
        if place.lemma_.lower() in plain_words().places and any(
            t.text != text and f" {t.text} " in f" {text} " for t in draft.targets
        ):
            country = _country_at(place, draft)
            yield Actor(text, text, read_countries()[country].cameo if country else "", country)


def _without_limbs(draft: Draft) -> tuple[Actor, ...]:
    """ "shot in the head" """
    limbs = {phrase_of(t) for t in draft.candidate.roles.targets if t.lemma_.lower() in LIMBS}
    return tuple(t for t in draft.targets if t.text not in LIMBS and f"the {t.text}" not in limbs)


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


def _sites(draft: Draft) -> Iterator[Actor]:
    """Where it was, as its own words put it: "a pub in Chad"."""
    found = 0
    for head in {t.i: t for anchor in _anchors(draft) for t in _places_on(anchor, draft)}.values():
        text = site_phrase(head)
        if not text:
            continue
        country = _country_at(head, draft)
        if not country and head.pos_ == "PRON":
            continue
        code = read_countries()[country].cameo if country else ""
        yield Actor(text, text, code, country)
        found += 1
        if found == MAX_SITES:
            return


def _deed(draft: Draft) -> Token | None:
    """The noun that names the violence: the act itself, or the subject of "killed nine"."""
    match = draft.candidate.chain.act
    if not syntax.is_verb(match.token):
        return match.token if match.entry.act in PLACED else None
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


def _named_after(noun: Token | None, draft: Draft) -> Actor | None:
    """ "the Nairobi embassy bombing", "the Ankara attacks": named after where they were."""
    if noun is None:
        return None
    before = [
        c
        for c in noun.lefts
        if c.dep_ in {"compound", "nmod"} and not _is_device(c) and c.lower_ not in OF_A_KIND
    ]
    if not before:
        return None
    last = before[-1]
    first = min([last.i, *(c.i for c in before), *(c.i for c in last.lefts if c.dep_ == "compound")])
    text = str(noun.doc[first : last.i + 1].text)
    if last.lower_ in SEASONS or not _is_place(last, draft) or not _is_city_or_site(last, text, draft):
        return None
    country = _country_at(last, draft)
    return Actor(text, text, read_countries()[country].cameo if country else "", country)


def _is_device(word: Token) -> bool:
    return word.lemma_.lower() in plain_words().weapons


def _is_city_or_site(last: Token, name: str, draft: Draft) -> bool:
    """Not a person or a group: "the Tsarnaev bombing", and no whole state: "the Israel attack"."""
    mention = _mention(last, draft)
    if mention is not None:
        return mention.kind in {MentionKind.CAPITAL, MentionKind.REGION}
    if last.lower_ in plain_words().places or last.lemma_.lower() in plain_words().places:
        return True
    return choose_city(name, beside=None, countries=frozenset()) is not None


def _anchors(draft: Draft) -> Iterator[Token]:
    """The words on which the place may hang: the act, what holds it, the deed that is its subject."""
    candidate = draft.candidate
    chain, token = candidate.chain, candidate.chain.act.token
    yield token
    by = None if syntax.is_verb(token) else syntax.prepositional(token, BY)
    yield from (t for t in (chain.light, chain.act.object, by) if t is not None and t.i != token.i)
    if chain.top is not None and chain.top.i != token.i and not chain.held:
        yield chain.top
    if chain.act.entry.source in {"bearer", "cause"}:
        yield from (c for c in token.children if c.dep_ in syntax.SUBJECTS)
        yield from (c for c in token.children if c.dep_ == "advcl" and c.i > token.i)
        for child in token.children:
            if child.dep_ in {"prep", "agent"} and child.lower_ in {"in", "by"}:
                yield from (c for c in child.children if c.dep_ == "pobj" and c.pos_ == "NOUN")


def _places_on(anchor: Token, draft: Draft) -> Iterator[Token]:
    for child in anchor.children:
        if child.dep_ == "prep" and child.lower_ in ON_SITE:
            yield from _behind(child, draft)


def _behind(preposition: Token, draft: Draft) -> Iterator[Token]:
    for child in preposition.children:
        if child.dep_ == "pobj":
            yield from (t for t in syntax.conjuncts(child) if _is_place(t, draft))
        elif child.dep_ == "prep" and child.lower_ in ON_SITE | {"of"}:  # "in front of", "outside of"
            yield from _behind(child, draft)
        elif child.dep_ == "conj" and child.pos_ == "ADP":
            yield from _behind(child, draft)


def _is_place(noun: Token, draft: Draft) -> bool:
    """A building, a vehicle, a town; of names that we know only those of places."""
    if noun.pos_ != "PROPN":
        return noun.lemma_.lower() in plain_words().places
    if _is_date(noun):
        return False
    mention = _mention(noun, draft)
    return mention is None or mention.kind in PLACE_KINDS or noun.lower_ in plain_words().places


def site_phrase(head: Token) -> str:
    """The place as the sentence has it, with the larger place that it is in: "a bar near Aba, Nigeria"."""
    first, last = head.left_edge.i, head.i
    if not phrase_of(head):
        return ""
    stack = [head]
    while stack:
        for child in stack.pop().rights:
            if child.dep_ in {"compound", "nmod", "nummod"} or (
                child.dep_ == "appos" and child.pos_ == "PROPN"
            ):
                last = max(last, child.i)
                stack.append(child)
            elif child.dep_ == "prep" and child.lower_ in WITHIN:
                inner = [c for c in child.children if c.dep_ == "pobj" and not _is_date(c)]
                inner += [t for c in inner for t in syntax.conjuncts(c) if t.pos_ == "PROPN"]
                last = max([last, *(c.i for c in inner)])
                stack.extend(inner)
    first = max(first, head.i - LONGEST)
    return str(head.doc[first : min(last, head.i + LONGEST) + 1].text).strip()


def _is_date(noun: Token) -> bool:
    return noun.lower_ in word_list("not_actors") or noun.lower_.rstrip(".") in MONTHS


def _mention(noun: Token, draft: Draft) -> ActorMention | None:
    return next((m for m in draft.known.mentions if m.start <= noun.i < m.end), None)


def _country_at(head: Token, draft: Draft) -> str | None:
    """ISO3 of a state named in the place's phrase, else of the place of the event."""
    for mention in draft.known.mentions:
        is_within = head.left_edge.i <= mention.start <= head.right_edge.i
        if is_within and mention.actor.country and mention.kind in PLACE_KINDS:
            return mention.actor.country
    trigger = draft.candidate.trigger
    place = find_place(trigger.doc, trigger, draft.known)
    return place.country if place is not None else None


def in_full(draft: Draft) -> Draft:
    """Who is told by rank or trade with the name beside it: "a colonel, Ann Lee", "Ann Lee, a colonel"."""
    if draft.candidate.composed.code[:2] not in BY_FORCE:
        return draft
    roles = draft.candidate.roles
    draft = replace(draft, sources=tuple(_without_deed(a, draft) for a in draft.sources))
    spans = [span for head in (*roles.sources, *roles.targets) for span in _with_apposition(head)]
    draft = replace(draft, targets=_once(draft.targets))
    return replace(draft, sources=_spelt(draft.sources, spans), targets=_spelt(draft.targets, spans))


def _once(targets: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """ "guests at the hotel", without "the hotel" once more."""
    return tuple(t for t in targets if not any(o.text.endswith(f" {t.text}") for o in targets))


def _without_deed(actor: Actor, draft: Draft) -> Actor:
    """ "the organiser" of "the organiser of the attack": the deed is no part of who did it."""
    deed = draft.candidate.chain.act.token
    for head in draft.candidate.roles.sources:
        phrase = str(head.doc[head.left_edge.i : head.i + 1].text)
        if head.i < deed.i and len(phrase) < len(actor.text) and deed.text in actor.text.removeprefix(phrase):
            if phrase and actor.text.startswith(phrase):
                return replace(actor, text=phrase)
    return actor


def _with_apposition(head: Token) -> Iterator[str]:
    for token in syntax.conjuncts(head):
        if token.pos_ == PROPER:
            continue
        name = next((c for c in token.rights if c.dep_ == "appos"), None)
        first, last = (token, name) if name is not None else (token.head, token)
        if name is None and token.dep_ != "appos":
            continue
        if PROPER in (first.pos_, last.pos_) and last.i - first.left_edge.i < LONGEST:
            yield str(token.doc[first.left_edge.i : last.i + 1].text)


def _spelt(actors: tuple[Actor, ...], spans: list[str]) -> tuple[Actor, ...]:
    found = []
    for actor in actors:
        span = next(
            (s for s in spans if actor.text and f" {actor.text} " in f" {s} ".replace(",", " ,")), None
        )
        found.append(actor if span is None else replace(actor, text=span))
    return tuple(found)
