"""Pronouns and short references in, the actors that the sentence or the article has named before out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from spacy.tokens import Token

from extractors.events.actors import phrases
from extractors.events.actors.lexicon import Lexicon
from extractors.events.actors.memory import Memory
from extractors.events.actors.records import ActorMention, MentionKind
from extractors.events.actors.words import words
from extractors.records import Actor

PERSONAL = frozenset(["he", "him", "his", "she", "her", "hers", "himself", "herself"])
SINGULAR = frozenset(["it", "its", "itself"])
PLURAL = frozenset(["they", "them", "their", "theirs", "themselves"])
SPEAKING = frozenset(["we", "us", "our", "ours", "ourselves", "i", "me", "my", "myself"])
PRONOUNS = PERSONAL | SINGULAR | PLURAL | SPEAKING
BODIES = frozenset(
    [
        *(MentionKind.COUNTRY, MentionKind.CAPITAL, MentionKind.SEAT, MentionKind.ORGANISATION),
        MentionKind.PEOPLE,
    ]
)
DEFINITE = frozenset(["the", "both", "two", "these", "those", "all"])
SENTENCES_BACK = 4
SUBJECTS = frozenset(["nsubj", "nsubjpass"])

RIVALS_TOLD = 3  # times that an article names each of the two whom "both sides" means
FEW = 2  # sentences that a quotation goes on without its speaker

Resolve = Callable[[Token], tuple[Actor, ...]]


def retold(actor: Actor, text: str) -> Actor:
    """The same actor in other words."""
    return Actor(text, actor.name, actor.code, actor.country, actor.sector)


def is_pronoun(token: Token) -> bool:
    return token.lower_ in PRONOUNS and token.text != "US"


class SentenceBefore(Protocol):
    """What the next sentence's pronouns may go back to."""

    def subjects(self) -> Iterator[tuple[Token, tuple[Actor, ...]]]:
        """Heads of the subjects, the main clause's first, and who they are."""

    def speaker(self, deeper: int) -> tuple[Actor, ...]:
        """Who is quoted in it, or in one of as many sentences before it."""


class Recall:
    """What may be meant by a word that names nobody itself."""

    def __init__(
        self,
        mentions: Sequence[ActorMention],
        earlier: Sequence[Sequence[ActorMention]],
        lexicon: Lexicon,
        memory: Memory,
        resolve: Resolve,
        before: SentenceBefore | None,
    ) -> None:
        """`before`: the sentence right before, where it is known more of than its names."""
        self._mentions = mentions
        self._earlier = earlier
        self._lexicon = lexicon
        self._memory = memory
        self._resolve = resolve
        self._before = before

    def pronoun(self, token: Token) -> tuple[Actor, ...]:
        """ "it", "they", "his": the subject that governs the pronoun's clause, else who was named before.

        In the words of this sentence where it names the actor itself.
        """
        word = token.lower_
        if word in SPEAKING:
            return self._speaker(token)
        if word not in PRONOUNS or _is_expletive(token):
            return ()
        subjects = list(governing_subjects(token))
        is_unlike = bool(subjects) and not any(_agrees(word, subject) for subject in subjects)
        for subject in subjects[1:] if token.dep_ in ("dobj", "pobj", "dative") else subjects:
            actors = self._resolve(subject) if _agrees(word, subject) else ()
            if actors and self._fits(word, subject, actors[0]):
                return actors
        told = self._subject_before(word) if token.dep_ in SUBJECTS else ()
        if told and not is_unlike:
            return tuple(retold(actor, token.text) for actor in told)
        ruled_out = self._acting_on(token)
        look = self._nearest_before if is_unlike else self._named_before
        found = look(
            token.i,
            lambda mention: self._fits_mention(word, mention) and mention.actor.country not in ruled_out,
        )
        if found is None:
            return ()
        return (found.actor,) if found in self._mentions else (retold(found.actor, token.text),)

    def _subject_before(self, word: str) -> tuple[Actor, ...]:
        """ "Tanks shelled the port. They ...": who did it in the sentence before."""
        told = self._before.subjects() if self._before is not None else ()
        return next(filter(None, (self._as_told(word, head, actors) for head, actors in told)), ())

    def _as_told(self, word: str, head: Token, actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
        """The actors of a subject, if the pronoun goes with it in number and kind."""
        if not actors or not _agrees(word, head):
            return ()
        if is_pronoun(head):
            return actors if _number(head.lower_) == _number(word) else ()
        if word in PLURAL:
            is_many = phrases.is_plural(head) or len(actors) > 1
            return actors if is_many else ()
        return actors[:1] if self._fits(word, head, actors[0]) else ()

    def _acting_on(self, token: Token) -> set[str | None]:
        """Countries that an object pronoun cannot mean: "Iran said it would sign it"; "his critics"."""
        if token.dep_ not in ("dobj", "pobj", "dative"):
            return set()
        subject = next(governing_subjects(token), None)
        if subject is None:
            return set()
        return {a.country for a in self._resolve(subject) if a.sector not in ("OPP", "CVL", "REB")}

    def other(self, head: Token, whose: set[str | None]) -> Actor | None:
        """ "its neighbour", "the two rivals' ...": the one other country that was named before."""
        for mentions in (self._mentions, *reversed(self._earlier[-SENTENCES_BACK:])):
            before = [m for m in mentions if mentions is not self._mentions or m.end <= head.left_edge.i]
            found = {m.actor.country: m.actor for m in before if m.actor.country}
            others = [actor for country, actor in found.items() if country not in whose]
            if others:
                return others[0] if len(others) == 1 else None
        return None

    def state(self, head: Token, text: str) -> tuple[Actor, ...]:
        """ "the country", "his nation": the country named last."""
        if head.lemma_.lower() not in words("states") or head.tag_ in ("NNS", "NNPS"):
            return ()
        if not any(child.lower_ in words("definite") for child in head.lefts):
            return ()
        found = self._nearest_before(head.i, lambda mention: mention.actor.country is not None)
        if found is None or found.actor.country is None:
            return ()
        return (self._lexicon.actor_of(found.actor.country, text=text),)

    def body(self, head: Token, text: str) -> tuple[Actor, ...]:
        """ "the group", "the alliance", "the bloc", "the movement": the organisation named last."""
        if head.lemma_.lower() not in words("bodies") or head.tag_ in ("NNS", "NNPS"):
            return ()
        if not any(child.lower_ in words("definite") for child in head.lefts):
            return ()
        noun = head.lemma_.lower()
        found = self._named_before(head.i, lambda mention: _is_such_a_body(noun, mention))
        return (retold(found.actor, text),) if found else ()

    def holder(self, title: str, before: int) -> Actor | None:
        """ "the president": the person named last who holds or is given that office."""
        office = self._lexicon.titles.get(title)
        if office is None:
            return None
        persons = self._lexicon.persons_by_name

        def holds(mention: ActorMention) -> bool:
            if mention.kind is not MentionKind.PERSON or mention.actor.sector == "ELI":
                return False
            if title in mention.actor.text.lower():
                return True
            known = persons.get(mention.actor.name)
            return known is not None and any(o.title == office.office for o in known.offices)

        found = self._named_before(before, holds)
        return found.actor if found else None

    def pair(self, head: Token, text: str) -> tuple[Actor, ...]:
        """ "both sides", "the two countries", "the allies", "the two leaders": the countries named last."""
        if head.lemma_.lower() not in words("pairs") or head.tag_ not in ("NNS", "NNPS"):
            return ()
        before = {child.lower_ for child in head.lefts}
        if head.lower_ == "parties" and words("party_politics") & self._memory.words:
            return ()
        is_two = bool(before & {"both", "two"})
        if is_two and self.both(head):
            return self.both(head)
        if not before & DEFINITE or not (is_two or _stands_alone(head)):
            return ()
        sector = "GOV" if head.lemma_ in ("leader", "government", "president") else None
        acting = self._acting_on(head) if _is_spoken_to(head) else set()
        for told in (*self._countries_before(head.i), self._two_rivals() if is_two else ()):
            countries = [country for country in told if country not in acting]
            if len(countries) >= 2:
                return tuple(self._lexicon.actor_of(iso3, sector, text=text) for iso3 in countries[:2])
        return ()

    def _two_rivals(self, apart_from: Sequence[str] = ()) -> Sequence[str]:
        """The two countries that the article is about, without those that speak to them."""
        ranked = [pair for pair in self._memory.countries.most_common() if pair[0] not in apart_from][:2]
        return [country for country, times in ranked if times >= RIVALS_TOLD]

    def both(self, head: Token) -> tuple[Actor, ...]:
        """ "Rome appealed to both", "pressed the two sides": not who speaks, but the two it is all about."""
        if not _is_spoken_to(head):
            return ()
        here = _countries([mention for mention in self._mentions if mention.end <= head.i])
        acting = self._acting_on(head)
        others = [country for country in here if country not in acting]
        if acting and len(others) == 2:  # "calming Rome and Paris, the Dutch called on both sides"
            rivals: Sequence[str] = others
        else:
            rivals = self._two_rivals(here) if not others or len(here) < 2 else ()
        text = phrases.phrase_text(head)
        return tuple(self._lexicon.actor_of(iso3, text=text) for iso3 in rivals) if len(rivals) == 2 else ()

    def _speaker(self, token: Token) -> tuple[Actor, ...]:
        """ "'We will respond,' said Kim": whoever says it; "we" is the speaker's country or body."""
        for verb in token.ancestors:
            if verb.lemma_.lower() not in words("reporting"):
                continue
            for child in verb.children:
                if child.dep_ == "nsubj" and not (is_pronoun(child) and child.lower_ in SPEAKING):
                    who = self._resolve(child)
                    if who or child.lemma_.lower() not in words("messages"):
                        return tuple(self._voice(actor, token) for actor in who)
        told = self._before.speaker(FEW) if self._before is not None else ()
        return tuple(self._voice(actor, token) for actor in told)

    def _voice(self, actor: Actor, token: Token) -> Actor:
        if token.lower_ in ("i", "me", "my", "myself") or actor.country is None or actor.sector != "GOV":
            return retold(actor, token.text)
        return self._lexicon.actor_of(actor.country, "GOV", text=token.text)

    def _fits(self, word: str, subject: Token, actor: Actor) -> bool:
        """He and she are persons, it is none."""
        lemma = subject.lemma_.lower()
        is_person = lemma in self._lexicon.titles or lemma in words("persons")
        if subject.pos_ == "PROPN" and not is_person:
            is_person = actor.name not in self._lexicon.body_names
        return word in PLURAL or is_person == (word in PERSONAL)

    def _fits_mention(self, word: str, mention: ActorMention) -> bool:
        return mention.kind is MentionKind.PERSON if word in PERSONAL else mention.kind in BODIES

    def _named_before(self, before: int, fits: Callable[[ActorMention], bool]) -> ActorMention | None:
        """The first fitting mention of this sentence before the token, else of the sentence before it."""
        for mention in self._mentions:
            if mention.end <= before and fits(mention):
                return mention
        for mentions in reversed(self._earlier[-SENTENCES_BACK:]):
            fitting = [mention for mention in mentions if fits(mention)]
            if fitting:  # a capital may be no more than the place
                return next((m for m in fitting if m.kind is not MentionKind.CAPITAL), fitting[0])
        return None

    def _nearest_before(self, before: int, fits: Callable[[ActorMention], bool]) -> ActorMention | None:
        """The last fitting mention before the token in this sentence, else as `_named_before`."""
        here = [mention for mention in self._mentions if mention.end <= before and fits(mention)]
        return here[-1] if here else self._named_before(before, fits)

    def _countries_before(self, before: int) -> Iterator[list[str]]:
        yield _countries([mention for mention in self._mentions if mention.end <= before])
        for mentions in reversed(self._earlier[-SENTENCES_BACK:]):
            yield _countries(mentions)


def governing_subjects(token: Token) -> Iterator[Token]:
    """Subjects of the verbs above the token that stand before it, the nearest clause first."""
    for verb in token.ancestors:
        for child in verb.lefts:
            if child.dep_ not in ("nsubj", "nsubjpass") or child.i >= token.i or _holds(child, token):
                continue
            both = is_pronoun(child) and is_pronoun(token)
            if not both or _number(child.lower_) == _number(token.lower_):
                yield child


def _is_such_a_body(noun: str, mention: ActorMention) -> bool:
    """A party is no agency; the West is no group that does anything."""
    code = mention.actor.code
    if mention.kind is not MentionKind.ORGANISATION or (len(code) == len("WST") and code != "IGO"):
        return False
    is_party = code.endswith(("LEG", "OPP"))
    return is_party if noun == "party" else not is_party or noun in ("group", "movement", "faction")


def _is_spoken_to(head: Token) -> bool:
    """An object of its verb or of a preposition, with nothing behind it that says which."""
    is_object = head.dep_ in ("dobj", "dative") or (head.dep_ == "pobj" and head.head.lower_ in ("to", "on"))
    return is_object and not any(child.dep_ in ("prep", "relcl", "conj") for child in head.rights)


def _stands_alone(head: Token) -> bool:
    """ "the sides", "the countries"; not "the countries of the bloc"."""
    is_explained = any(child.dep_ in ("prep", "relcl", "acl") for child in head.rights)
    is_bare = not any(child.dep_ in ("amod", "compound", "nmod", "nummod") for child in head.lefts)
    return head.lower_ in words("pairs_alone") and not is_explained and is_bare


def _holds(subject: Token, token: Token) -> bool:
    return subject.left_edge.i <= token.i <= subject.right_edge.i


def _number(word: str) -> int:
    kinds = (PERSONAL, SINGULAR, PLURAL, SPEAKING)
    return next(number for number, kind in enumerate(kinds) if word in kind)


def _agrees(word: str, subject: Token) -> bool:
    is_plural = subject.tag_ in ("NNS", "NNPS") or any(child.dep_ == "conj" for child in subject.rights)
    if word in PLURAL:
        return True
    return not is_plural


def _is_expletive(token: Token) -> bool:
    """ "it is clear that", "it seems", "it was a mistake": no actor, or none that does anything."""
    is_subject = token.dep_ in ("nsubj", "nsubjpass")
    idle = token.lower_ == "it" and is_subject and token.head.lemma_ in words("no_deed")
    return token.dep_ == "expl" or idle


def _countries(mentions: Sequence[ActorMention]) -> list[str]:
    told = (m.actor.country for m in mentions if m.kind is not MentionKind.MEDIA)
    return list(dict.fromkeys(country for country in told if country))
