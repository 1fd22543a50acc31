"""A parsed sentence and its named actors in, the actors that any of its noun phrases denotes out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from extractors.events.actors import phrases
from extractors.events.actors.lexicon import Lexicon
from extractors.events.actors.memory import Memory
from extractors.events.actors.records import ActorMention, MentionKind
from extractors.events.actors.roles import Roles
from extractors.events.actors.words import words
from extractors.records import Actor

PERSONAL = {"he", "him", "his", "she", "her", "himself", "herself"}
SINGULAR = {"it", "its", "itself"}
PLURAL = {"they", "them", "their", "themselves"}
STATES = frozenset(["country", "nation", "kingdom", "republic", "state"])
GOVERNMENTAL = frozenset(["GOV", "MIL", "LEG", "JUD", "COP", "SPY"])
CONTEXTUAL = GOVERNMENTAL | {
    "OPP",
    "REB",
    "SEP",
    "INS",
    "CVL",
    "EDU",
    "LAB",
    "AGR",
    "MED",
    "REF",
    "HLH",
    "BUS",
}
WEST_OF = {"the", "a", "an"}


class SentenceActors:
    """`mentions` are the actors named outright; `resolve` reads any noun phrase."""

    def __init__(
        self,
        doc: Doc,
        mentions: tuple[ActorMention, ...],
        *,
        lexicon: Lexicon,
        roles: Roles,
        memory: Memory,
        earlier: Sequence[tuple[ActorMention, ...]],
    ) -> None:
        self.mentions = mentions
        self._doc = doc
        self._lexicon = lexicon
        self._roles = roles
        self._memory = memory
        self._earlier = earlier
        self._at: dict[int, tuple[ActorMention, ...]] = {}
        for mention in mentions:
            for index in range(mention.start, mention.end):
                self._at[index] = (*self._at.get(index, ()), mention)

    def resolve(self, head: Token) -> tuple[Actor, ...]:
        """Actors denoted by the noun phrase headed by `head`; () when it denotes none.

        "the US and Japan" gives two, "Russian troops" RUSMIL, "Kim's government" PRKGOV; "the president",
        "it", "both sides" and "the allies" are read by what the article said before.
        """
        return _distinct(actor for token in phrases.coordinated(head) for actor in self._one(token, depth=0))

    def owner(self, head: Token) -> tuple[Actor, ...]:
        """Actors to whom a thing belongs or on whom it bears: "Iranian oil", "bases in Syria"."""
        found = [actor for word in phrases.owners(head) for actor in self._named_at(word)]
        if not found:
            for place in phrases.object_of(head, words("of_origin") | {"by", "with", "against", "on", "to"}):
                found.extend(self.resolve(place) or self.owner(place))
        return _distinct(iter(found))

    # -- one phrase -----------------------------------------------------------------------------

    def _one(self, head: Token, depth: int) -> tuple[Actor, ...]:
        if depth > 4:
            return ()
        named = self._named_at(head)
        if named:
            return named
        if head.pos_ == "PRON" or head.lower_ in PERSONAL | SINGULAR | PLURAL:
            return self._pronoun(head)
        return (
            self._pair(head)
            or self._part(head, depth)
            or self._role(head, depth)
            or self._apposition(head, depth)
            or self._unknown(head)
        )

    def _named_at(self, token: Token) -> tuple[Actor, ...]:
        mentions = self._at.get(token.i, ())
        if not mentions or phrases.is_opposed(self._doc[mentions[0].start]):
            return ()
        if len(mentions) > 1 and len({mention.start for mention in mentions}) > 1:
            mentions = tuple(mention for mention in mentions if mention.end == token.i + 1) or mentions[-1:]
        return tuple(self._in_place(mention, token) for mention in mentions)

    def _in_place(self, mention: ActorMention, token: Token) -> Actor:
        """A capital is its government, but where the sentence makes it a place only the country."""
        actor = mention.actor
        if mention.kind is MentionKind.CAPITAL and actor.country and _is_locative(token):
            return self._lexicon.actor_of(actor.country, text=actor.text)
        if mention.kind is MentionKind.PERSON and actor.country is None and actor.sector in CONTEXTUAL:
            return self._placed(actor)
        return actor

    def _part(self, head: Token, depth: int) -> tuple[Actor, ...]:
        """ "thousands of Russian troops", "members of the Syrian parliament", "one of the rebels"."""
        lemma = head.lemma_.lower()
        if lemma not in words("partitive") and head.pos_ not in ("NUM", "DET") and head.tag_ != "CD":
            return ()
        for whole in phrases.object_of(head, {"of"}):
            actors = _distinct(a for token in phrases.coordinated(whole) for a in self._one(token, depth + 1))
            if actors:
                text = phrases.phrase_text(head, last=whole.i)
                return tuple(_retold(actor, text) for actor in actors)
        return ()

    def _role(self, head: Token, depth: int) -> tuple[Actor, ...]:
        sector = self._roles.of(head)
        if sector is None:
            return ()
        text = phrases.phrase_text(head)
        owners = [actor for word in phrases.owners(head) for actor in self._owner_word(word)]
        if not owners:
            owners = [
                actor
                for place in phrases.object_of(head, words("of_origin"))
                for token in phrases.coordinated(place)
                for actor in self._one(token, depth + 1)
                if actor.sector in (None, *GOVERNMENTAL) or actor.country is None
            ]
        owners = list(_distinct(iter(owners)))
        if not owners:
            return self._role_by_context(head, sector, text)
        if head.tag_ not in ("NNS", "NNPS") and len({o.country for o in owners}) > 1:
            owners = owners[:1]
        return _distinct(self._acting(owner, sector, text) for owner in owners)

    def _owner_word(self, word: Token) -> tuple[Actor, ...]:
        if word.lower_ in PERSONAL | SINGULAR | PLURAL:
            return self._pronoun(word)
        if phrases.is_backing(word):
            return ()
        return self._named_at(word)

    def _acting(self, owner: Actor, sector: str, text: str) -> Actor:
        """The owner in the role: Russia + troops → RUSMIL; the UN keeps its own code."""
        if sector == "UIS":
            return _retold(owner, text)
        if owner.country is None or owner.code[:3] in ("IGO", "NGO", "IMG", "MNC"):
            code = (
                owner.code + sector if sector in ("PKO", "MIL") and sector not in owner.code else owner.code
            )
            return Actor(text, owner.name, code, owner.country, owner.sector)
        country = self._lexicon.countries[owner.country]
        if owner.sector not in (None, "GOV", "ELI") and (sector in ("GOV", "CVL") or owner.sector == "REB"):
            return Actor(text, owner.name, owner.code, owner.country, owner.sector)
        return Actor(text, country.name, country.cameo + sector, owner.country, sector)

    def _role_by_context(self, head: Token, sector: str, text: str) -> tuple[Actor, ...]:
        if sector == "UIS":
            return self._state(head, text)
        actor = Actor(text, text, sector, None, sector)
        return (self._placed(actor),) if sector in CONTEXTUAL else (actor,)

    def _placed(self, actor: Actor) -> Actor:
        """The actor with the country that the sentence or the article puts it in, if they leave no doubt."""
        country = self._country_around()
        if country is None or actor.sector is None:
            return actor
        entry = self._lexicon.countries[country]
        name = entry.name if actor.name == actor.text else actor.name
        return Actor(actor.text, name, entry.cameo + actor.sector, country, actor.sector)

    def _country_around(self) -> str | None:
        main = self._memory.main_country()
        if main and (len(self._earlier) or self._memory.dateline):
            return main
        countries = {
            mention.actor.country
            for mention in self.mentions
            if mention.actor.country and not self._is_counterpart(mention)
        }
        return countries.pop() if len(countries) == 1 else None

    def _is_counterpart(self, mention: ActorMention) -> bool:
        """A foreign minister, or troops, of a country tell nothing of where somebody else belongs."""
        if mention.kind is MentionKind.PERSON:
            return False
        token = self._doc[mention.end - 1]
        return (
            token.dep_ in ("amod", "compound", "poss", "nmod") and self._roles.of(token.head) in GOVERNMENTAL
        )

    def _state(self, head: Token, text: str) -> tuple[Actor, ...]:
        if head.lemma_.lower() not in STATES or head.tag_ in ("NNS", "NNPS"):
            return ()
        if not any(child.lower_ in ("the", "his", "its", "their", "her", "this") for child in head.lefts):
            return ()
        last = self._last(lambda mention: mention.actor.country is not None, head.i)
        if last is None or last.actor.country is None:
            return ()
        return (self._lexicon.actor_of(last.actor.country, text=text),)

    def _apposition(self, head: Token, depth: int) -> tuple[Actor, ...]:
        for child in head.rights:
            if child.dep_ == "appos":
                actors = self._one(child, depth + 1)
                if actors:
                    text = phrases.phrase_text(head)
                    return tuple(Actor(text, text, a.code, a.country, a.sector) for a in actors[:1])
        return ()

    def _unknown(self, head: Token) -> tuple[Actor, ...]:
        """Somebody with a name that nothing is known of."""
        if head.ent_type_ in ("PERSON", "NORP") and head.pos_ == "PROPN":
            text = phrases.phrase_text(head)
            return (Actor(text, text, "CVL", None, "CVL"),)
        return ()

    # -- by memory ------------------------------------------------------------------------------

    def _pronoun(self, token: Token) -> tuple[Actor, ...]:
        word = token.lower_
        if word in PERSONAL:
            found = self._last(lambda mention: mention.kind is MentionKind.PERSON, token.i)
        elif word in SINGULAR | PLURAL:
            found = self._last(_is_body, token.i)
        else:
            return ()
        return (_retold(found.actor, token.text),) if found else ()

    def _last(self, fits: object, before: int) -> ActorMention | None:
        """The nearest fitting mention: the first of this sentence before the token, else of the last ones."""
        assert callable(fits)
        for mention in self.mentions:
            if mention.end <= before and fits(mention):
                return mention
        for mentions in reversed(self._earlier[-4:]):
            for mention in mentions:
                if fits(mention):
                    return mention
        return None

    def _pair(self, head: Token) -> tuple[Actor, ...]:
        """ "both sides", "the two countries", "the allies"."""
        if head.lemma_.lower() not in words("pairs") or head.tag_ not in ("NNS", "NNPS"):
            return ()
        before = {child.lower_ for child in head.lefts}
        is_pair = bool(before & {"both", "two"}) or (
            head.lower_ in ("allies", "sides", "neighbours", "neighbors", "rivals")
        )
        if not is_pair or not before & {"the", "both", "two"} or any(self._named_at(w) for w in head.lefts):
            return ()
        text = phrases.phrase_text(head)
        for countries in self._countries_before(head.i):
            if len(countries) >= 2:
                sector = "GOV" if head.lemma_ in ("leader", "government") else None
                return tuple(self._lexicon.actor_of(iso3, sector, text=text) for iso3 in countries[:2])
        return ()

    def _countries_before(self, before: int) -> Iterator[list[str]]:
        here = [m for m in self.mentions if m.end <= before]
        yield _countries(here)
        for mentions in reversed(self._earlier[-4:]):
            yield _countries(mentions)


def _is_body(mention: ActorMention) -> bool:
    return mention.kind in (
        *(MentionKind.COUNTRY, MentionKind.CAPITAL, MentionKind.SEAT, MentionKind.ORGANISATION),
        MentionKind.PEOPLE,
    )


def _countries(mentions: Sequence[ActorMention]) -> list[str]:
    return list(dict.fromkeys(m.actor.country for m in mentions if m.actor.country))


def _is_locative(token: Token) -> bool:
    while token.dep_ in ("compound", "conj", "nmod", "appos") and token.head is not token:
        token = token.head
    return token.dep_ == "pobj" and token.head.lower_ in words("locative")


def _retold(actor: Actor, text: str) -> Actor:
    return Actor(text, actor.name, actor.code, actor.country, actor.sector)


def _distinct(actors: Iterator[Actor]) -> tuple[Actor, ...]:
    found: dict[tuple[str, str], Actor] = {}
    for actor in actors:
        found.setdefault((actor.code, actor.name), actor)
    return tuple(found.values())
