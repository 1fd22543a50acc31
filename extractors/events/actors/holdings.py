"""The words around an article's named actors in, whose army, government or ship is spoken of out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc

from extractors.events.actors.phrases import is_backing, is_opposed
from extractors.events.actors.records import ActorMention, MentionKind
from extractors.events.actors.roles import Roles
from extractors.events.actors.words import words
from extractors.events.prefilter import forms_of

LONGEST = 4  # words between a country and what is its own: "Egyptian military-appointed interim government"
NAMING = frozenset(
    [
        *(MentionKind.COUNTRY, MentionKind.DEMONYM, MentionKind.PEOPLE, MentionKind.CAPITAL),
        *(MentionKind.PERSON, MentionKind.ORGANISATION),
    ]
)
POSSESSIVE = frozenset(["'s", "’s"])
OF_ITS_OWN = frozenset(["of", "in"])
NOT_HELD = frozenset(
    ["CVL", "BUS", "MED", "EDU", "REF", "NGO", "DEV", "AGR", "HLH", "ENV", "HRI", "UIS", "INT"]
)


class Holdings:
    """Every form of the nouns that have an owner: "troops" → "troop"."""

    def __init__(self, roles: Roles) -> None:
        self._nouns: Mapping[str, str] = {
            form: noun
            for noun, code in {**dict.fromkeys(words("warcraft"), "MIL"), **roles.nouns}.items()
            if code not in NOT_HELD and " " not in noun
            for form in (noun, *forms_of(noun))
        }

    def held_in(self, doc: Doc, mentions: Sequence[ActorMention]) -> Iterator[tuple[str, str]]:
        """Nouns with the ISO3 of whose they are: "Egyptian troops", "the army of Chad"."""
        for mention in mentions:
            country = mention.actor.country
            if country is None or mention.kind not in NAMING or _is_aside(doc, mention):
                continue
            if mention.kind is MentionKind.ORGANISATION:  # "State Department", later "the department"
                yield from ((noun, country) for noun in self._after(doc, mention.end - 1))
                continue
            for noun in (*self._after(doc, mention.end), *self._before(doc, mention.start)):
                yield noun, country

    def _after(self, doc: Doc, start: int) -> Iterator[str]:
        is_found = False
        for token in doc[start : start + LONGEST]:
            if (token.is_punct and token.text != "-") or (token.is_stop and token.lower_ not in POSSESSIVE):
                return
            noun = self._nouns.get(token.lower_)
            if is_found and noun is None:  # "American planes bombed fighters"
                return
            if noun:
                is_found = True
                yield noun

    def _before(self, doc: Doc, end: int) -> Iterator[str]:
        if end < 2 or doc[end - 1].lower_ not in OF_ITS_OWN:
            return
        noun = self._nouns.get(doc[end - 2].lower_)
        if noun:
            yield noun


def _is_aside(doc: Doc, mention: ActorMention) -> bool:
    """ "pro-Russian militants", "Iranian-backed rebels" are not theirs."""
    return is_opposed(doc[mention.start]) or is_backing(doc[mention.end - 1])
