"""A tokenised sentence in, the lexicon's matches and the runs of name words in it out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from extractors.events.actors.lexicon import Lexicon
from extractors.events.actors.pieces import Pieces, cut
from extractors.events.actors.records import Entry, FullName, Surname, Title
from extractors.events.actors.words import words

LONGEST_NAME = 6


@dataclass(frozen=True, slots=True)
class Match:
    start: int
    end: int
    entry: Entry


class Surface:
    """The sentence as pieces, with what the lexicon knows of them."""

    def __init__(self, lexicon: Lexicon, doc: Doc, *, like: Surface | None = None) -> None:
        """`like`: an earlier reading of the same tokens."""
        self.doc = self._doc = doc
        self._pieces: Pieces = like._pieces if like is not None else cut(doc)
        self._texts: list[str] = self._pieces.texts
        self._matches: list[Match] = like._matches if like is not None else self._look_up(lexicon)
        self._at = {match.start: match for match in self._matches}
        self._ending = {match.end: match for match in self._matches}

    def _look_up(self, lexicon: Lexicon) -> list[Match]:
        trie = lexicon.upper if self._pieces.is_upper else lexicon.trie
        plain = [Match(*found) for found in trie.matches(self._texts)]
        return self._in_small_letters(lexicon, plain) if self.is_lower else plain

    def _in_small_letters(self, lexicon: Lexicon, plain: list[Match]) -> list[Match]:
        """Names that have lost their capitals, and what else is known between them."""
        found = (Match(*f) for f in lexicon.upper.matches([text.upper() for text in self._texts]))
        named = [match for match in found if self._is_name(match.start, match.end)]
        taken = {place for match in named for place in range(match.start, match.end)}
        rest = [m for m in plain if taken.isdisjoint(range(m.start, m.end))]
        return sorted((*named, *rest), key=lambda match: match.start)

    def _is_name(self, start: int, end: int) -> bool:
        """ "israel", "u.s." and "the un security council"; "turkey" and "us" are words."""
        text = self._texts[start]
        return end - start > 1 or not (text in words("also_small") or (len(text) < 4 and "." not in text))

    @property
    def is_upper(self) -> bool:
        return self._pieces.is_upper

    @property
    def is_lower(self) -> bool:
        return self._pieces.is_lower

    def names(self) -> Iterator[tuple[int, int]]:
        """Tokens of what the lexicon knows by name; a title is none."""
        tokens = self._pieces.tokens
        for match in self._matches:
            if not isinstance(match.entry, Title):
                yield tokens[match.start], tokens[match.end - 1] + 1

    @property
    def words(self) -> list[str]:
        return self._texts

    def _name_end(self, first: int) -> int:
        """End of the run of name words from `first`; `first` itself when there is none."""
        position = first
        while position < len(self._texts) and position - first < LONGEST_NAME:
            match = self._at.get(position)
            if match and isinstance(match.entry, FullName | Surname):
                position = match.end
            elif match and not self._is_given_name(match, first):
                break
            elif self._is_name_word(position):
                position += 1
            elif self._is_particle(position):
                position += 3 if self._texts[position + 1] == "-" else 2
            elif position > first and self._is_joined(position):
                position += 2
            else:
                break
        return position

    def _after_portfolio(self, position: int) -> int:
        """ "Minister for Communications Mitch Fifield": where the name begins, the last two words."""
        end = position + 1
        while self._is_name_word(end) and self._at.get(end) is None and end - position <= LONGEST_NAME:
            end += 1
        known = self._at.get(end)
        if known and isinstance(known.entry, FullName):
            return end
        return end - 2 if end - position > 3 else position

    def _is_given_name(self, match: Match, first: int) -> bool:
        """ "Minister Jordan Bardella": a country's name where a first name stands."""
        return match.start == first and match.end - match.start == 1 and self._is_name_word(match.end)

    def _is_name_word(self, index: int) -> bool:
        if index >= len(self._texts):
            return False
        text = self._texts[index]
        return text[0].isupper() and text[-1] not in ":;)" and text not in words("no_name")

    def _is_particle(self, index: int) -> bool:
        """ "bin Salman", "al-Thani", "van der Bellen"."""
        if self._texts[index].lower() not in words("name_particles") or index + 1 >= len(self._texts):
            return False
        after = index + 2 if self._texts[index + 1] == "-" else index + 1
        return self._is_name_word(after) or self._texts[after : after + 1] == ["der"]

    def _is_joined(self, index: int) -> bool:
        """The hyphen of "Jong-un" or "al-Sisi"."""
        return (
            self._texts[index] == "-"
            and self._pieces.glued[index]
            and index + 1 < len(self._texts)
            and self._pieces.glued[index + 1]
            and self._texts[index + 1][0].isalpha()
            and self._at.get(index + 1) is None
        )

    def _text(self, start: int, end: int) -> str:
        text = self._doc[self._pieces.tokens[start] : self._pieces.tokens[end - 1] + 1].text
        before, behind = self._pieces.left_out(start, end)
        return text[before : len(text) - behind]
