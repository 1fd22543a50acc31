"""The pieces of a sentence in, the actors that it names outright out.

Works on the surface, so that sentences that are never parsed still tell who is who in the article.
"""

from __future__ import annotations

from spacy.tokens import Doc

from extractors.events.actors.ambiguity import Readings, choose
from extractors.events.actors.lexicon import OF_THE_UNION, Lexicon
from extractors.events.actors.memory import Memory, Named
from extractors.events.actors.persons import choose_person, person_actor, title_behind
from extractors.events.actors.records import (
    ActorMention,
    Area,
    FullName,
    MentionKind,
    Name,
    Person,
    Surname,
    Title,
)
from extractors.events.actors.served import of_the_body, of_the_title, side_led
from extractors.events.actors.states import us_states
from extractors.events.actors.surface import LONGEST_NAME, Match, Surface
from extractors.events.actors.trie import fold
from extractors.events.actors.words import words
from extractors.records import Actor

# "former Iranian president", "the country's newly elected president": words between country and title.
# Capitalised at the head of a sentence or in a headline, and no part of a name.
OF_ADMINISTRATION = frozenset(["administration", "government", "regime", "cabinet", "presidency", "white"])
SURNAME_FIRST = frozenset(["PRK", "KOR", "CHN", "TWN", "VNM", "KHM"])

NAMES_OF_PERSONS_TOO = frozenset([MentionKind.COUNTRY, MentionKind.CAPITAL, MentionKind.REGION])
NAMED_OUTRIGHT = frozenset([MentionKind.COUNTRY, MentionKind.CAPITAL, MentionKind.ORGANISATION])


class Scanner(Surface):
    """Finds the named actors of one sentence in the light of its article."""

    def __init__(
        self,
        lexicon: Lexicon,
        readings: Readings,
        doc: Doc,
        memory: Memory,
        sentence: int,
        *,
        like: Surface | None = None,
    ) -> None:
        super().__init__(lexicon, doc, like=like)
        self._lexicon = lexicon
        self._readings = readings
        self._memory = memory
        self._sentence = sentence
        self._found: list[ActorMention] = []
        self._taken: set[int] = set()

    def mentions(self) -> tuple[ActorMention, ...]:
        """In order of the sentence, none inside another but where one name stands for several actors."""
        self._ships()
        for match in self._matches:
            if isinstance(match.entry, Title):
                self._titled(match, match.entry)
        for match in self._matches:
            if match.start in self._taken:
                continue
            if isinstance(match.entry, FullName):
                title = title_behind(self._texts, self._at, match.end)
                self._person(match.entry.person, self._left_edge(match.start)[0], match.end, title, False)
            elif isinstance(match.entry, Surname):
                self._bare_surname(match, match.entry)
        for match in self._matches:
            if isinstance(match.entry, Name) and match.start not in self._taken:
                self._name(match, match.entry)
        self._remembered_surnames()
        self._north_and_south()
        return tuple(sorted(self._found, key=lambda mention: (mention.start, mention.end)))

    def areas(self) -> tuple[Area, ...]:
        """Waters and regions that belong to no country: "the South China Sea"."""
        tokens = self._pieces.tokens
        return tuple(
            Area(tokens[match.start], tokens[match.end - 1] + 1, self._text(match.start, match.end))
            for match in self._matches
            if isinstance(match.entry, Name) and not match.entry.actors
        )

    # -- persons --------------------------------------------------------------------------------

    def _titled(self, match: Match, title: Title) -> None:
        if match.start in self._taken:
            return
        start, actor, is_former = self._left_edge_of_title(match.start)
        if self._is_topic(match, title):
            actor = None
        first = match.end
        if first < len(self._texts) and self._texts[first] == "," and (actor or not title.form[0].isupper()):
            first += 1  # "Iran's foreign minister, Javad Zarif"
        elif title.sector == "GOV" and first < len(self._texts) and self._texts[first] in ("for", "of"):
            first = self._after_portfolio(first)
        end = self._name_end(first)
        if end == first:
            self._title_after_name(start, title, actor, is_former)
            return
        person = self._who(first, end, title, actor)
        if person:
            self._person(person, start, end, title, is_former)
        elif title.sector or actor:
            self._unknown(first, end, start, title, actor, is_former)
        else:
            self._courtesy(first, end, start)

    def _is_topic(self, match: Match, title: Title) -> bool:
        """ "a Korea expert" is not of Korea; "a Korean expert" is."""
        before = self._ending.get(match.start)
        is_name = (
            before is not None and isinstance(before.entry, Name) and before.entry.kind in NAMED_OUTRIGHT
        )
        return is_name and title.form.lower() in words("about_nouns")

    def _left_edge_of_title(self, position: int) -> tuple[int, Actor | None, bool]:
        """Where the noun phrase of the title begins, whom it serves, and whether it is past."""
        is_former = False
        while position > 0 and self._is_before_title(position - 1):
            is_former = is_former or self._texts[position - 1].lower() in words("former")
            position -= 1
            if self._texts[position] == "-" and position and self._texts[position - 1].lower() == "ex":
                position, is_former = position - 1, True
        previous = self._ending.get(position)
        if previous and isinstance(previous.entry, Title):
            edge, actor, former = self._left_edge_of_title(previous.start)
            return edge, actor, is_former or former
        position = self._before_office(position)
        edge, actor = self._left_edge(position)
        if edge < position and edge and self._texts[edge - 1].lower() in words("former"):
            return edge - 1, actor, True
        return edge, actor, is_former

    def _before_office(self, position: int) -> int:
        """ "Iran's Foreign Ministry's spokesman": where the body begins that the title belongs to."""
        start = position - 1
        if start < 1 or self._texts[start] not in ("'s", "'"):
            return position
        while start and self._texts[start - 1].lower() in words("offices") and start - 1 not in self._taken:
            start -= 1
        return start if start < position - 1 else position

    def _is_before_title(self, index: int) -> bool:
        text = self._texts[index]
        return (text.lower() in words("before_title") or text == "-") and self._ending.get(index + 1) is None

    def _left_edge(self, position: int) -> tuple[int, Actor | None]:
        """Start and actor of the country or organisation right before: "Iran's", "Iranian", "NATO"."""
        end = position - 1 if position and self._texts[position - 1] in ("'s", "'") else position
        match = self._ending.get(end)
        if match and isinstance(match.entry, Name) and match.entry.kind is not MentionKind.MEDIA:
            actors = self._read(match, match.entry)
            if len(actors) == 1:
                return match.start, actors[0]
        return position, None

    def _who(self, first: int, end: int, title: Title, actor: Actor | None) -> Person | None:
        inside = [match for match in self._matches if first <= match.start and match.end <= end]
        for match in inside:
            if isinstance(match.entry, FullName):
                return match.entry.person
        for match in inside:
            if isinstance(match.entry, Surname):
                whole = self._with_initial(match.start, match.entry)
                return whole or self._chosen(
                    match.entry, title, actor, is_whole=match.start == first and match.end == end
                )
        return None

    def _chosen(self, entry: Surname, title: Title, actor: Actor | None, *, is_whole: bool) -> Person | None:
        """With another first name only the office proves that the known person is meant."""
        recalled = self._memory.recall(entry.persons[0].surnames[0], self._sentence)
        remembered = recalled.person if recalled else None
        if recalled and remembered is None and is_whole:
            return None
        country = actor.country if actor else None
        person = choose_person(
            entry.persons, title=title, country=country, day=self._memory.published, remembered=remembered
        )
        if person is None or is_whole:
            return person
        fits = any(office.title == title.office for office in person.offices)
        return person if fits and title.office not in ("legislator", "minister") else None

    def _person(self, person: Person, start: int, end: int, title: Title | None, is_former: bool) -> None:
        actor = person_actor(
            self._lexicon,
            person,
            text=self._text(start, end),
            day=self._memory.published,
            title=title,
            is_former=is_former,
        )
        self._keep(start, end, actor, MentionKind.PERSON)
        for surname in person.surnames:
            self._memory.remember(surname, Named(self._sentence, actor, person))

    def _unknown(
        self, first: int, end: int, start: int, title: Title, served: Actor | None, is_former: bool
    ) -> None:
        """A person whom only the article tells of: "Fijian Prime Minister Mahendra Chaudhry"."""
        if words("organisation_words") & set(self._texts[first:end]):
            return
        name = self._text(first, end)
        sector = (
            "ELI"
            if is_former and title.sector == "GOV"
            else side_led(self._texts, start, title, self._memory)
        )
        served = served or of_the_title(title, self._memory, self._lexicon) or self._of_the_body(start)
        actor = self._serving(served, sector, self._text(start, end), name)
        self._keep(start, end, actor, MentionKind.PERSON)
        parts = [text for text in self._texts[first:end] if text[0].isupper()]
        named = Named(self._sentence, actor, None)
        self._memory.remember(parts[-1], named)
        if actor.country in SURNAME_FIRST and len(parts) > 1:
            self._memory.remember(parts[0], named)

    def _of_the_body(self, start: int) -> Actor | None:
        return of_the_body(self._texts[:start], self._sentence, self._memory, self._lexicon)

    def _serving(self, served: Actor | None, sector: str | None, text: str, name: str) -> Actor:
        if served is None:
            return Actor(text, name, sector or "CVL", None, sector or "CVL")
        if served.country is None or (served.sector not in (None, "GOV", "CVL") and sector == "GOV"):
            return Actor(text, name, served.code, served.country, served.sector)
        sector = sector or served.sector
        code = self._lexicon.countries[served.country].cameo + (sector or "")
        return Actor(text, name, code, served.country, sector)

    def _courtesy(self, first: int, end: int, start: int) -> None:
        """ "Mr Haddad": somebody named before, or nobody known."""
        parts = [text for text in self._texts[first:end] if text[0].isupper()]
        named = self._memory.recall(parts[-1], self._sentence) or self._memory.recall(
            parts[0], self._sentence
        )
        if named:
            self._keep(start, end, named.actor, MentionKind.PERSON)

    def _title_after_name(self, start: int, title: Title, served: Actor | None, is_former: bool) -> None:
        """ "Kim Kye Gwan, a vice foreign minister"; "Aung Zaw, Myanmar's trade minister"."""
        position = start
        while position and self._texts[position - 1].lower() in ("a", "an", "the", "its", "their"):
            position -= 1
        if not position or self._texts[position - 1] != "," or title.sector is None:
            return
        end = first = position - 1
        while first and end - first < LONGEST_NAME and first - 1 not in self._taken:
            if not (self._is_name_word(first - 1) or self._texts[first - 1] == "-") or self._ending.get(
                first
            ):
                break
            first -= 1
        if end - first >= 2 and self._texts[first] != "-":
            self._unknown(first, end, first, title, served, is_former)

    def _bare_surname(self, match: Match, entry: Surname) -> None:
        whole = self._with_initial(match.start, entry)
        if whole:
            self._person(whole, self._left_edge(match.start - 2)[0], match.end, None, False)
            return
        if self._has_other_name(match):
            self._memory.namesakes.add(self._texts[match.end - 1])
            return
        start, served = self._left_edge(match.start)
        recalled = self._memory.recall(self._texts[match.end - 1], self._sentence)
        if recalled is None and self._texts[match.end - 1] in self._memory.namesakes:
            return
        if recalled and recalled.person is None:
            self._keep(match.start, match.end, recalled.actor, MentionKind.PERSON)
            return
        person = choose_person(
            entry.persons,
            title=None,
            country=served.country if served else None,
            day=self._memory.published,
            remembered=recalled.person if recalled else None,
        )
        if person:
            self._person(person, start, match.end, None, False)

    def _with_initial(self, surname: int, entry: Surname) -> Person | None:
        """ "John R. Bolton": the person of that first name."""
        if surname < 2 or len(self._texts[surname - 1]) != 2 or self._texts[surname - 1][1] != ".":
            return None
        given = self._texts[surname - 2]
        return next((person for person in entry.persons if fold(person.name).split()[0] == given), None)

    def _has_other_name(self, match: Match) -> bool:
        """ "Ivanka Trump", "Kim Hyon Hui", "Trump Tower": somebody or something else."""
        before = match.start - 1
        if before >= 0 and self._is_given(before) and self._ending.get(match.start) is None:
            return not self._pieces.is_upper
        after = match.end
        if not self._is_name_word(after) or self._at.get(after) or self._pieces.is_upper:
            return False
        return self._texts[after].lower() not in OF_ADMINISTRATION

    def _is_given(self, index: int) -> bool:
        """A word that may belong to the name behind it; not "Did Trump ...?", as the parser tells."""
        if not self._is_name_word(index):
            return False
        return index > 0 or self._doc[0].pos_ in ("", "PROPN", "NOUN", "X")

    def _remembered_surnames(self) -> None:
        """Surnames of persons whom the article has introduced and the lexicon does not know."""
        if not self._memory.surnames:
            return
        for index, text in enumerate(self._texts):
            if index in self._taken or text not in self._memory.surnames or self._at.get(index):
                continue
            if self._is_name_word(index + 1) and not self._at.get(index + 1):
                continue
            named = self._memory.recall(text, self._sentence)
            if named:
                start = index
                while start and self._is_name_word(start - 1) and self._ending.get(start) is None:
                    start -= 1
                if start == index or named.actor.name.split()[0] == self._texts[start]:
                    self._keep(start, index + 1, named.actor, MentionKind.PERSON)

    def _ships(self) -> None:
        """ "USS Carl Vinson", later "the Vinson": of the navy whose ships have that prefix."""
        navies = self._lexicon.ship_prefixes
        for index, text in enumerate(self._texts):
            end = self._name_end(index + 1) if text in navies and not self._pieces.is_upper else 0
            if end > index + 1:
                actor = self._lexicon.actor_of(navies[text], "MIL")
                self._keep(index, end, actor, MentionKind.ORGANISATION)
                self._memory.remember(self._texts[end - 1], Named(self._sentence, actor, None))

    # -- names ----------------------------------------------------------------------------------

    def _name(self, match: Match, entry: Name) -> None:
        if self._is_person_named_so(match) or self._is_in_a_state(match, entry):
            return
        if self._belongs_to_another_country(match, entry) or self._is_mere_state(match, entry):
            return
        for actor in self._read(match, entry):
            self._keep(match.start, match.end, actor, entry.kind)

    def _read(self, match: Match, entry: Name) -> tuple[Actor, ...]:
        """The actors of a name, after the words of the article have decided what it means."""
        readings = self._readings.get(" ".join(self._texts[match.start : match.end]))
        if readings is None:
            return entry.actors
        meaning = choose(readings, self._memory.words)
        if meaning is None:
            return ()
        if meaning in self._lexicon.organisations:
            return self._lexicon.organisations[meaning].actors
        return (self._lexicon.actor_of(meaning, entry.actors[0].sector if entry.actors else None),)

    def _is_person_named_so(self, match: Match) -> bool:
        """ "Jordan Spieth", "Michael Jordan": a country's or city's name in a person's."""
        if match.end - match.start > 1 or self._pieces.is_upper:
            return False
        entry = match.entry
        if not isinstance(entry, Name) or entry.kind not in NAMES_OF_PERSONS_TOO:
            return False
        return self._texts[match.start] in words("given_names") and (
            self._is_first_name(match.end)
            or (
                match.start > 1
                and self._is_name_word(match.start - 1)
                and self._ending.get(match.start) is None
            )
        )

    def _is_in_a_state(self, match: Match, entry: Name) -> bool:
        """ "Paris, Texas", "Athens, Ga.": a town of the United States."""
        if entry.kind not in (MentionKind.CAPITAL, MentionKind.REGION) or entry.actors[:1] == ():
            return False
        behind = self._texts[match.end : match.end + 2]
        is_state = len(behind) == 2 and behind[0] == "," and behind[1] in us_states()
        return is_state and entry.actors[0].country != "USA" and behind[1] != "Georgia"

    def _is_mere_state(self, match: Match, entry: Name) -> bool:
        """ "a school in Ohio" tells of no actor, "Ohio's governor" does."""
        end = match.end
        while end < len(self._texts) and self._texts[end] in ("'s", "'"):
            end += 1
        behind = self._texts[end].lower() if end < len(self._texts) else ""
        return entry.id.startswith(OF_THE_UNION) and behind not in words("state_bodies")

    def _is_first_name(self, after: int) -> bool:
        """A name word follows, and no body of the country: "Jordan Spieth", not "Jordan Armed Forces"."""
        end = after
        while self._is_name_word(end) and self._at.get(end) is None and end - after < LONGEST_NAME:
            end += 1
        return end > after and not words("organisation_words") & set(self._texts[after:end])

    def _belongs_to_another_country(self, match: Match, entry: Name) -> bool:
        """ "the Peruvian Congress" is not that of the United States."""
        if entry.subkind not in ("agency", "party") or not entry.actors:
            return False
        _, owner = self._left_edge(match.start)
        return owner is not None and owner.country not in (None, entry.actors[0].country)

    def _north_and_south(self) -> None:
        if not self._memory.is_korean:
            return
        for index, text in enumerate(self._texts):
            if text not in ("North", "South") or index in self._taken or self._at.get(index):
                continue
            after = index + 1
            if self._is_name_word(after) or (after < len(self._texts) and self._texts[after] == "-"):
                continue
            iso3 = "PRK" if text == "North" else "KOR"
            self._keep(index, index + 1, self._lexicon.actor_of(iso3), MentionKind.COUNTRY)

    # -- spans ----------------------------------------------------------------------------------

    def _keep(self, start: int, end: int, actor: Actor, kind: MentionKind) -> None:
        self._taken.update(range(start, end))
        text = self._text(start, end)
        actor = Actor(text, actor.name, actor.code, actor.country, actor.sector)
        tokens = self._pieces.tokens
        self._found.append(ActorMention(tokens[start], tokens[end - 1] + 1, actor, kind))


# Names of countries and capitals that are persons' names too.
