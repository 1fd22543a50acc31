"""A parsed sentence and its named actors in, the actors that any of its noun phrases denotes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from spacy.tokens import Doc, Token

from extractors.events import syntax
from extractors.events.actors import phrases
from extractors.events.actors.coreference import Recall, is_pronoun, retold
from extractors.events.actors.lexicon import Lexicon
from extractors.events.actors.memory import Memory
from extractors.events.actors.records import ActorMention, Area, MentionKind
from extractors.events.actors.roles import LED_SIDES, Roles, singular
from extractors.events.actors.words import words
from extractors.events.gazetteer import town
from extractors.records import Actor

STATE = "UIS"
NAMED_ONLY = "CVL"  # somebody, or a body, with a name and nothing else known
GOVERNMENTAL = frozenset(["GOV", "MIL", "LEG", "JUD", "COP", "SPY"])
BOUND_TO_COUNTRIES = GOVERNMENTAL | frozenset(
    ["OPP", "REB", "SEP", "INS", "CVL", "EDU", "LAB", "AGR", "MED", "REF", "HLH", "BUS", "ELI", "CRM", "RAD"]
)
PRIVATE = frozenset(["CVL", "EDU", "BUS", "MED"])  # a lawyer or analyst with a name may be from anywhere
TRAVELLING = frozenset(["MED", "REF"])  # of any country, wherever the article is set
TRANSNATIONAL = frozenset(["IGO", "NGO", "IMG", "MNC"])
OF_STATE = GOVERNMENTAL | {"OPP", "ELI"}
MANY_PARTIES = frozenset(["OPP", "LEG"])
ABROAD = frozenset(["MIL", "REB", "REF", "MED"])  # often not at home where they are
SCENES = frozenset([MentionKind.CAPITAL, MentionKind.COUNTRY])
OPENING = 3  # words before the place that sets the scene
FEW_SENTENCES = 2
CLIMB = 4  # words between troops and the verb that moves them
DEEPEST = 4


class SentenceActors:
    """`mentions` are the actors named outright, `areas` waters and regions that are nobody's.

    `resolve` reads any noun phrase as an actor, `owner` tells whose a thing is.
    """

    def __init__(
        self,
        doc: Doc,
        mentions: tuple[ActorMention, ...],
        areas: tuple[Area, ...],
        *,
        lexicon: Lexicon,
        roles: Roles,
        memory: Memory,
        index: int,
        earlier: Sequence[tuple[ActorMention, ...]],
        before: SentenceActors | None = None,
    ) -> None:
        self.mentions = mentions
        self.areas = areas
        self._doc = doc
        self._lexicon = lexicon
        self._roles = roles
        self._memory = memory
        self._index = index
        self._recall = Recall(mentions, earlier, lexicon, memory, self.resolve, before)
        self._before = before
        self._at: dict[int, tuple[ActorMention, ...]] = {}
        for mention in mentions:
            for index in range(mention.start, mention.end):
                self._at[index] = (*self._at.get(index, ()), mention)
        self._known: dict[int, tuple[Actor, ...]] = {}

    def resolve(self, head: Token) -> tuple[Actor, ...]:
        """Actors denoted by the noun phrase headed by `head`; () when it denotes none.

        "the US and Japan" gives two, "Russian troops" RUSMIL, "Kim's government" PRKGOV; "the president",
        "it", "both sides" and "the allies" are read by what the article said before, "we" by who speaks.
        """
        if head.i not in self._known:
            self._known[head.i] = ()  # a reference that leads back here denotes nobody
            self._known[head.i] = _distinct(self._all(head))
        return self._known[head.i]

    def _all(self, head: Token) -> tuple[Actor, ...]:
        """The head and its company. Where the head is no actor, what is joined to it is a thing as well, or a
        slip of the parser: "struck the town and Turkey shot"."""
        first = self._one(head, 0)
        for token in phrases.coordinated(head)[1:] if first else ():
            first += self._one(token, 0)
        return first

    def owner(self, head: Token) -> tuple[Actor, ...]:
        """Actors to whom a thing belongs, who do it or whom it meets.

        "Iranian oil", "Kim's offer", "an army base in Yemen", "a raid by Islamic State", "exports to China".
        """
        return _distinct(self._owners(head, 0))

    def is_somebody(self, head: Token) -> bool:
        """Does the noun denote people or a body, though not which: "lawmakers", "the group", "most"?"""
        noun = singular(head)
        return self._roles.of(head) is not None or any(noun in words(kind) for kind in ("light", "partitive"))

    def placed(self, actors: tuple[Actor, ...], country: str | None) -> tuple[Actor, ...]:
        """ "gunmen" in a clause that is put in Mali: those of Mali."""
        if country is None:
            return actors
        # Soldiers are often sent abroad.
        stays = {"MIL", "GOV"} if self._memory.sentences <= FEW_SENTENCES else {"MIL", "GOV", *TRAVELLING}
        return tuple(a if a.sector in stays else self._in_country(a, country) for a in actors)

    def state(self, actor: Actor) -> Actor:
        """The country of the actor, in the words with which the sentence names it."""
        named = (m.actor for m in self.mentions if m.kind is MentionKind.COUNTRY)
        found = next((own for own in named if own.country == actor.country), None)
        assert actor.country is not None
        return found or self._lexicon.actor_of(actor.country, text=actor.text)

    def subjects(self) -> Iterator[tuple[Token, tuple[Actor, ...]]]:
        """Heads of the main clause's subject and of what is said there, each with who it is."""
        root = next((token for token in self._doc if token.head.i == token.i), None)
        clauses = [root, *(c for c in root.rights if c.dep_ == "ccomp")] if root is not None else []
        for clause in clauses:
            for child in clause.lefts:
                if child.dep_ in ("nsubj", "nsubjpass"):
                    yield child, self.resolve(child)

    def speaker(self, deeper: int) -> tuple[Actor, ...]:
        """Who is quoted here; where nobody is told, in one of as many sentences before."""
        for verb in self._doc:
            if verb.lemma_.lower() in words("reporting") and verb.pos_ == "VERB":
                who = next((c for c in verb.children if c.dep_ == "nsubj"), None)
                return self.resolve(who) if who is not None else ()
        return self._before.speaker(deeper - 1) if self._before is not None and deeper else ()

    # -- one phrase -----------------------------------------------------------------------------

    def _one(self, head: Token, depth: int) -> tuple[Actor, ...]:
        if depth > DEEPEST:
            return ()
        named = self._named_at(head)
        if named:
            return self._as_individuals(named, head)
        if is_pronoun(head):
            return self._recall.pronoun(head)
        if head.lower_ == "both" and head.pos_ != "ADV":
            return self._recall.both(head)
        if head.dep_ == "amod" and head.pos_ == "ADJ":
            return ()
        text = phrases.phrase_text(head)
        return (
            self._pair(head, text)
            or self._part(head, depth)
            or self._role(head, text, depth)
            or self._apposition(head, depth)
            or self._recall.body(head, text)
            or self._only_named(head, text)
        )

    def _named_at(self, token: Token) -> tuple[Actor, ...]:
        mentions = self._at.get(token.i, ())
        if not mentions or phrases.is_opposed(self._doc[mentions[0].start]):
            return ()
        if len({mention.start for mention in mentions}) > 1:  # "U.S.-South Korean": both share a token
            mentions = tuple(mention for mention in mentions if mention.end == token.i + 1)
        return tuple(self._in_place(mention, token) for mention in mentions)

    def _in_place(self, mention: ActorMention, token: Token) -> Actor:
        """A capital is its government, but where the sentence makes it a place only the country."""
        actor = mention.actor
        if mention.kind is MentionKind.CAPITAL and actor.country and phrases.is_locative(token):
            return self._lexicon.actor_of(actor.country, text=actor.text)
        if (
            mention.kind is MentionKind.PERSON
            and actor.country is None
            and actor.sector in BOUND_TO_COUNTRIES
            and (actor.sector not in PRIVATE or self._memory.sentences <= FEW_SENTENCES)
        ):
            return self._placed(actor)
        return actor

    def _as_individuals(self, named: tuple[Actor, ...], head: Token) -> tuple[Actor, ...]:
        """ "two Israelis", "an Iraqi" are people, "the Israelis" the state; "Iraqi Kurds" are of Iraq."""
        mention = self._at[head.i][0]
        is_people = mention.kind in (MentionKind.PEOPLE, MentionKind.DEMONYM) and len(named) == 1
        if is_people and phrases.is_counted(head):
            text = phrases.phrase_text(head)
            return tuple(
                self._lexicon.actor_of(actor.country, "CVL", text=text) if actor.country else actor
                for actor in named
            )
        if mention.kind is MentionKind.PEOPLE and len(named) == 1 and named[0].country:
            owners = [a for word in phrases.owners(head) for a in self._owner_word(word)]
            home = next((owner.country for owner in owners if owner.country), None)
            if home and home != named[0].country:  # "Kosovo Serbs"
                return (self._lexicon.actor_of(home, "CVL", text=phrases.phrase_text(head)),)
        if mention.kind is MentionKind.ORGANISATION and named[0].code in self._lexicon.ethnic_codes:
            country = next((owner.country for owner in self._whose(head, 0) if owner.country), None)
            if country:
                code = self._lexicon.countries[country].cameo + named[0].code
                return (Actor(phrases.phrase_text(head), named[0].name, code, country, named[0].sector),)
        return named

    def _pair(self, head: Token, text: str) -> tuple[Actor, ...]:
        if head.lemma_.lower() not in words("pairs") or any(self._named_at(word) for word in head.lefts):
            return ()
        return self._recall.pair(head, text)

    def _part(self, head: Token, depth: int) -> tuple[Actor, ...]:
        """ "thousands of Russian troops", "members of the Syrian parliament", "one of the rebels"."""
        if singular(head) not in words("partitive") and head.pos_ not in ("NUM", "DET") and head.tag_ != "CD":
            return ()
        for whole in phrases.object_of(head, {"of"}):
            actors = _distinct(a for token in phrases.coordinated(whole) for a in self._one(token, depth + 1))
            if actors:
                text = phrases.phrase_text(head, last=whole.i)
                return tuple(retold(actor, text) for actor in actors)
        return ()

    def _role(self, head: Token, text: str, depth: int) -> tuple[Actor, ...]:
        """A common noun that denotes people or a body, bound to the country or body it belongs to."""
        if head.pos_ == "PROPN" and head.dep_ == "compound":  # "National" of a museum's name
            return ()
        noun = singular(head)
        sector = self._roles.of(head)
        if sector == "GOV" and phrases.is_former(head):
            sector = "ELI"
        sector = sector or self._of_thing(head, noun)
        is_light = noun in words("empty")
        if sector is None and not is_light:
            return ()
        if noun in words("relations"):
            return self._related(head, text, depth)
        owners = list(self._whose(head, depth))
        if sector in GOVERNMENTAL:  # "Image Reuters South Korean forces"
            owners = [owner for owner in owners if owner.sector != "MED"]
        if not owners:
            sector = self._led(head) if sector == "GOV" and noun in words("speaking_for") else sector
            return self._role_by_context(head, sector, text) if sector else ()
        if not phrases.is_plural(head) and len({owner.country for owner in owners}) > 1:
            owners = self._by_possessor(head) or owners[:1]
        if noun in words("governments"):  # "the Obama administration", when he was a senator
            owners = [
                self._lexicon.actor_of(o.country) if o.sector == "LEG" and o.country else o for o in owners
            ]
        if sector is None:
            is_official = head.pos_ == "PROPN" or noun in words("stands_for_owner")
            is_official = is_official or (noun in words("state_offices") and all(o.country for o in owners))
            sector = "GOV" if is_official else "CVL"
            return _distinct(
                retold(o, text) if o.sector not in (None, "GOV") else self._acting(o, sector, text)
                for o in owners
            )
        if noun in words("dissenting") and all(owner.sector == "GOV" for owner in owners):
            sector = "OPP"
        text = self._with_owner(head, text)
        return _distinct(self._acting(owner, sector, text) for owner in owners)

    def _by_possessor(self, head: Token) -> list[Actor]:
        """ "Russia's U.N. envoy", "the French EU ambassador": of the state, whatever it is sent to."""
        words_of_state = (w for w in phrases.owners(head) if w.dep_ == "poss" or w.tag_ == "JJ")
        return [actor for word in words_of_state for actor in self._owner_word(word)][:1]

    def _led(self, head: Token) -> str | None:
        """ "the group's leader", "a delegate of the marchers": of that side; else of a government."""
        led = [*phrases.owners(head), *phrases.object_of(head, {"of"})]
        led = [word for word in led if word.pos_ == "NOUN" and singular(word) not in words("relations")]
        kinds = [self._roles.of(word) for word in led]
        armed = next((kind for kind in kinds if kind in LED_SIDES), None)
        is_band = any(singular(word) in words("bands") for word in led)
        return armed or ("REB" if is_band and self._memory.words & words("fighters_told") else "GOV")

    def _state_of(self, actor: Actor) -> Actor:
        return self._lexicon.actor_of(actor.country) if actor.country else actor

    def _of_thing(self, head: Token, noun: str) -> str | None:
        """What is nobody alone, and with a country's name its army or government: "a Chilean frigate"."""
        sector = "GOV" if noun == "capital" else "MIL" if noun in words("warcraft") else None
        is_owned = sector is not None and any(map(self._named_at, phrases.owners(head)))
        is_told = sector == "MIL" and phrases.is_definite(head) and self._told_before(head) is not None
        return sector if is_owned or is_told else None

    def _with_owner(self, head: Token, text: str) -> str:
        """ "armies of Brazil", "the government in Mali": with the words that say whose."""
        for place in phrases.object_of(head, words("of_origin")):
            if self._at.get(place.i) and not any(self._at.get(word.i) for word in phrases.owners(head)):
                return phrases.phrase_text(head, last=phrases.coordinated(place)[-1].i)
        return text

    def _related(self, head: Token, text: str, depth: int) -> tuple[Actor, ...]:
        """ "its neighbour", "Mali's allies": not the one whose they are, but the other one that was named."""
        named = self._apposition(head, depth)
        if named:
            return named
        if head.dep_ == "appos" and head.head.pos_ == "PROPN":  # "Ilves, a Kaljulaid ally"
            return tuple(self._acting(owner, "CVL", text) for owner in self._whose(head, depth)[:1])
        whose = {owner.country for owner in self._whose(head, depth)}
        other = None if phrases.is_plural(head) or not whose else self._recall.other(head, whose)
        if other is not None:
            return (retold(other, text),)
        return (Actor(text, text, "", None, None),) if whose else self._role_by_context(head, STATE, text)

    def _whose(self, head: Token, depth: int) -> tuple[Actor, ...]:
        """Countries and bodies that the people in the phrase belong to."""
        is_topic = singular(head) in words("about_nouns")  # "a Korea expert", "a Putin critic"
        before = _distinct(
            a
            for word in phrases.owners(head)
            if not (is_topic and word.pos_ == "PROPN" and word.dep_ != "poss")
            for a in self._owner_word(word)
        )
        if singular(head) == "expert":  # "a UN expert" is of the United Nations, a Korea expert not of Korea
            own = (a for word in phrases.owners(head) for a in self._named_at(word))
            before += tuple(a for a in own if a.code.startswith("IGOUNO"))
        if any(actor.country for actor in before) or (before and before[0].code[:3] in TRANSNATIONAL):
            return tuple(a for a in before if a.code not in self._lexicon.ethnic_codes) or before
        behind = _distinct(
            actor
            for place in phrases.object_of(head, words("of_origin"))
            for token in phrases.coordinated(place)
            for actor in self._one(token, depth + 1)
            if actor.sector in (None, *GOVERNMENTAL) or actor.country is None
        )
        return tuple(actor for actor in behind if actor.country or actor.code[:3] in TRANSNATIONAL) or before

    def _owner_word(self, word: Token) -> tuple[Actor, ...]:
        if phrases.is_backing(word):
            return ()
        named = self._named_at(word)
        if not named and is_pronoun(word):
            return self._recall.pronoun(word)
        if word.lower_ == "whose":
            clause = next((token for token in word.ancestors if token.dep_ == "relcl"), None)
            return self.resolve(clause.head) if clause is not None else ()
        if not named and word.dep_ == "poss":
            return self._recall.state(word, word.text)
        return named

    def _acting(self, owner: Actor, sector: str, text: str) -> Actor:
        """The owner in the role: Russia + troops → RUSMIL; the UN keeps its own code."""
        if sector == STATE:
            return self._lexicon.actor_of(owner.country, text=text) if owner.country else retold(owner, text)
        if owner.country is None or owner.code[:3] in TRANSNATIONAL:
            adds = sector in ("PKO", "MIL", "REB") and sector not in owner.code and owner.code[:3] != "IMG"
            code = owner.code + sector if adds else owner.code
            return Actor(text, owner.name, code, owner.country, owner.sector)
        country = self._lexicon.countries[owner.country]
        keeps = sector in ("GOV", "CVL", "MIL", "LEG") or owner.sector in ("REB", "SEP", "OPP")
        if owner.sector not in (None, "GOV", "ELI", "CVL") and keeps:
            return Actor(text, owner.name, owner.code, owner.country, owner.sector)
        return Actor(text, country.name, country.cameo + sector, owner.country, sector)

    # -- without an owner -----------------------------------------------------------------------

    def _role_by_context(self, head: Token, sector: str, text: str) -> tuple[Actor, ...]:
        if sector == STATE:
            return self._recall.state(head, text) or self._several_states(head, text)
        if phrases.is_definite(head):
            holder = self._recall.holder(text.lower(), head.i)
            if holder:
                return (retold(holder, text),)
        actor = Actor(text, text, sector, None, sector)
        country = self._told_before(head) or (self._sent_by(head) if sector == "MIL" else None)
        if country is not None:
            return (self._in_country(actor, country),)
        is_elsewhere = singular(head) in words("unplaced") or phrases.is_of_some_body(head)
        if is_elsewhere and self._memory.sentences > FEW_SENTENCES:
            return (actor,)
        return (self._placed(actor),) if sector in BOUND_TO_COUNTRIES else (actor,)

    def _sent_by(self, head: Token) -> str | None:
        """ "Peru sent troops", "Lima ordered out soldiers", "its navy said ships had ...": its own."""
        if head.dep_ in ("nsubj", "nsubjpass"):
            teller = syntax.subject(head.head.head) if head.head.dep_ == "ccomp" else None
            telling = self.resolve(teller) if teller is not None else ()
            return next((a.country for a in telling if a.sector == "MIL"), None)
        for token in islice(head.ancestors, CLIMB):
            if token.lemma_.lower() in words("own_forces"):
                subject = syntax.subject(token)
                sending = self.resolve(subject) if subject is not None else ()
                return next((a.country for a in sending if a.sector in (None, "GOV", "MIL")), None)
        return None

    def _told_before(self, head: Token) -> str | None:
        """ "the carrier", "troops" after "a US carrier", "Chad's troops"; not "a carrier"."""
        if any(child.lower_ in words("indefinite") for child in head.lefts):
            return None
        return self._memory.holder_of(singular(head), self._index)

    def _several_states(self, head: Token, text: str) -> tuple[Actor, ...]:
        """ "nearly 70 countries", "regional powers": several states, unnamed."""
        return (Actor(text, text, "INT", None, "INT"),) if phrases.is_plural(head) else ()

    def _placed(self, actor: Actor) -> Actor:
        """The actor with the country that the article or the sentence puts it in, if they leave no doubt."""
        if actor.sector is None:
            return actor
        if actor.sector in TRAVELLING and self._memory.sentences > FEW_SENTENCES:
            return actor
        country = self._scene(actor.sector) or self._country_around(is_of_state=actor.sector in OF_STATE)
        if country == "PRK" and actor.sector in MANY_PARTIES and self._memory.is_korean:
            country = "KOR"
        return actor if country is None else self._in_country(actor, country)

    def _scene(self, sector: str, *, deeper: bool = True) -> str | None:
        """ "In Quito, lawmakers ...", "Even in Peru, senators": where the sentence, or the one before, is."""
        if sector in ABROAD or self._memory.sentences <= FEW_SENTENCES:
            return None
        named = [m for m in self.mentions if m.actor.country]
        if not named:
            return self._before._scene(sector, deeper=False) if deeper and self._before is not None else None
        first = named[-1] if len(named) == 1 else min(named, key=lambda mention: mention.start)
        opens = 0 < first.start <= OPENING and self._doc[first.start - 1].lower_ == "in"
        return first.actor.country if opens and first.kind in SCENES else None

    def _in_country(self, actor: Actor, country: str) -> Actor:
        if actor.country is not None or actor.code != actor.sector or actor.sector not in BOUND_TO_COUNTRIES:
            return actor
        entry = self._lexicon.countries[country]
        name = entry.name if actor.name == actor.text else actor.name
        return Actor(actor.text, name, entry.cameo + actor.sector, country, actor.sector)

    def _country_around(self, *, is_of_state: bool) -> str | None:
        """The article's country; a sentence or two alone are at home in the one country that they name."""
        if self._memory.sentences > FEW_SENTENCES or self._memory.dateline:
            return self._memory.home_country() if is_of_state else self._memory.main_country()
        countries = {
            m.actor.country for m in self.mentions if m.actor.country and not self._is_counterpart(m)
        }
        return countries.pop() if len(countries) == 1 else None

    def _is_counterpart(self, mention: ActorMention) -> bool:
        """A country's minister or army in the same sentence tells nothing of where somebody else belongs."""
        if mention.kind in (MentionKind.PERSON, MentionKind.MEDIA):
            return True
        token = self._doc[mention.end - 1]
        if phrases.is_backing(token) or phrases.is_opposed(token):
            return True
        is_modifier = token.dep_ in ("amod", "compound", "poss", "nmod")
        if not is_modifier:
            return False
        noun = singular(token.head)
        is_about = noun in words("about_nouns") or noun in words("relations")
        return is_about or self._roles.of(token.head) in GOVERNMENTAL

    def _apposition(self, head: Token, depth: int) -> tuple[Actor, ...]:
        """ "Haddad, Lebanon's energy minister": the person, in the office."""
        for child in head.rights:
            if child.dep_ == "appos":
                for actor in self._one(child, depth + 1)[:1]:
                    text = phrases.phrase_text(head)
                    name = text if head.pos_ == "PROPN" else actor.name
                    return (Actor(text, name, actor.code, actor.country, actor.sector),)
        return ()

    def _only_named(self, head: Token, text: str) -> tuple[Actor, ...]:
        """Somebody of whom the name is known, and perhaps a role: "barrister James Bell", "the NCB"."""
        if (
            head.pos_ != "PROPN"
            or head.ent_type_ not in ("PERSON", "ORG", "NORP", "")
            or not head.text[0].isupper()
        ):
            return ()
        if head.lower_ in words("no_actor") or phrases.is_inside_name(head):
            return ()
        if head.i == 0 and not head.ent_type_ and text == head.text:  # any word may begin a sentence
            return ()
        city = self._town(head, text)
        if city is not None:
            return (self._lexicon.actor_of(city, text=text),)
        if _is_thing(head):
            return ()
        sector = next(filter(None, map(self._roles.of_word, phrases.owners(head))), NAMED_ONLY)
        for owner in (a for word in phrases.owners(head) for a in self._owner_word(word)):
            acting = self._acting(owner, sector, text)
            return (Actor(text, text, acting.code, acting.country, acting.sector),)
        return (Actor(text, text, sector, None, sector),)

    def _town(self, head: Token, text: str) -> str | None:
        """ISO3 of a town; before another noun only if the sentence names the country too."""
        if head.text in self._memory.surnames or head.text in self._memory.namesakes:
            return None
        countries = {m.actor.country for m in self.mentions if m.actor.country}
        found = town(text, countries)
        return found if found in countries or not _is_thing(head) else None

    # -- whose things ---------------------------------------------------------------------------

    def _owners(self, head: Token, depth: int) -> Iterator[Actor]:
        if depth > DEEPEST:
            return
        before = [a for word in phrases.owners(head) for a in self._owning(word, head, depth)]
        yield from before
        if any(actor.country for actor in before):
            return
        for child in (*phrases.object_of(head, words("of_bearing")), *phrases.agents_of(head)):
            for token in phrases.coordinated(child):
                yield from self._one(token, depth + 1) or self._owners(token, depth + 1)

    def _owning(self, word: Token, head: Token, depth: int) -> Iterable[Actor]:
        """ "army" of "army base in Yemen": the role, with the country of the thing."""
        named = self._owner_word(word)
        if named:
            return named
        sector = self._roles.of_word(word) if word.pos_ in ("NOUN", "PROPN") else None
        if sector is None or sector == STATE or phrases.is_opposed(word) or phrases.is_backing(word):
            return ()
        if word.dep_ == "poss":
            return self._one(word, depth + 1)
        text = phrases.phrase_text(head)
        owners = self._whose(word, depth + 1) or self._whose(head, depth + 1)
        if owners:
            return [self._acting(owner, sector, text) for owner in owners]
        return [Actor(text, text, sector, None, sector)]


def _is_thing(head: Token) -> bool:
    """ "Black Sea", "Fort Hope", "Oslo Declaration"; a name before a noun: "the Falcon deal"."""
    if head.dep_ in ("compound", "nmod", "amod"):
        return True
    if any(word.lower_ == "war" for word in head.lefts):  # "World War II"
        return True
    return head.lower_ in words("name_ends_of_things") or any(
        word.lower_ in words("name_fronts_of_things") for word in head.lefts if word.dep_ == "compound"
    )


def _distinct(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    found: dict[tuple[str, str], Actor] = {}
    for actor in actors:
        found.setdefault((actor.code, actor.name), actor)
    return tuple(found.values())
