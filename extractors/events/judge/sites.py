"""A parsed sentence with the grammar's candidates in, the words at which something may happen out.

Each word comes with what stands around it, as names that weights hang on: how the grammar reads it, the
classes of the lexicon that know its lemma, its arguments by kind of actor, its neighbours. Nobody's name is
among them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from extractors.events.judge.model import Group
from extractors.events.lexicon import load_lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from extractors.events.actors import SentenceActors
    from extractors.events.candidates import Candidate

SITES = {"VERB": "verb", "NOUN": "noun", "ADJ": "adj", "AUX": "verb", "PROPN": "noun"}
BAG = frozenset({"NOUN", "VERB", "ADJ", "ADV"})
SLOTS = {
    "nsubj": "subj", "nsubjpass": "obj", "dobj": "obj", "dative": "dative", "poss": "poss", "attr": "attr",
    "amod": "mod", "compound": "mod", "nmod": "mod", "acomp": "attr", "oprd": "attr", "prt": "prt",
    "xcomp": "clause", "ccomp": "clause", "acl": "clause", "advmod": "how", "aux": "aux", "mark": "mark",
}  # fmt: skip
BEHIND, AUXILIARY, ENDS = frozenset({"prep", "agent"}), frozenset({"aux", "auxpass"}), frozenset('.!?"”')
SIDES, NOMINAL = frozenset({"subj", "obj", "agent"}), frozenset({"NOUN", "PROPN", "PRON"})
CLOSED = frozenset({"prt", "aux", "mark"})  # their words are few: each is its own name
REMEMBERED = 5_000  # of each kind of names: what is met again is not spelt again

ENDINGS = (
    "isation", "ization", "ational", "ations", "ation", "ators", "ator", "ition", "ments", "ment", "ances",
    "ance", "ences", "ence", "ising", "izing", "ings", "ing", "ions", "ion", "als", "al", "ities", "ity",
    "ive", "ise", "ize", "ate", "ors", "or", "ers", "er", "ed", "es", "s", "e",
)  # fmt: skip


class Site(NamedTuple):
    """A word, by its place in the sentence, and what stands around it: names, and groups of them that go
    together, so that their weights are looked up together."""

    place: int
    groups: list[Group]

    @property
    def names(self) -> tuple[str, ...]:
        each = ((group,) if isinstance(group, str) else group for group in self.groups)
        return tuple(dict.fromkeys(chain.from_iterable(each)))


class Outline:
    """One sentence, its parse in plain lists: what is asked often is looked up once."""

    def __init__(self, doc: Doc, known: SentenceActors, candidates: Sequence[Candidate]) -> None:
        self.doc = doc
        self.found = len(candidates)
        self._known = known
        self._pos = [word.pos_ for word in doc]
        self._dep = [word.dep_ for word in doc]
        self._lemma = [word.lemma_.lower() for word in doc]
        self._tag = [word.tag_ for word in doc]
        self._head = [word.head.i for word in doc]
        self._kids: dict[int, list[int]] = defaultdict(list)
        for i, head in enumerate(self._head):
            if head != i:
                self._kids[head].append(i)
        self._told = _told_by_grammar(candidates)
        self._who = {
            place: f"<{mention.actor.sector or 'state'}>"
            for mention in known.mentions
            if mention.actor.code
            for place in range(mention.start, mention.end)
        }

    @cached_property
    def bag(self) -> tuple[str, ...]:
        """What the sentence is about, for all its sites: its words and kinds of actors."""
        words = zip(self._lemma, self._pos, strict=True)
        names = dict.fromkeys(f"w={lemma}" for lemma, pos in words if pos in BAG)
        actors = [mention.actor for mention in self._known.mentions]
        names |= dict.fromkeys(f"who={actor.sector or 'state'}" for actor in actors)
        names[f"actors={min(len({a.name for a in actors}), 3)}"] = None
        names[f"countries={min(len({a.country for a in actors} - {None}), 3)}"] = None
        if self.doc[-1].text not in ENDS:
            names["headline"] = None
        return tuple(names)

    def sites(self, is_telling: Callable[[str, str], bool]) -> list[Site]:
        """`is_telling` says of a lemma and its part of speech whether an event can hang on it."""
        found = []
        for i, pos in enumerate(self._pos):
            part = SITES.get(pos)
            if not part or self._dep[i] in AUXILIARY:
                continue
            if i in self._told or is_telling(self._lemma[i], part):
                found.append(Site(i, self._names(i, part)))
        return found

    def is_ambiguous(self, i: int) -> bool:
        """Whether the lexicon has several acts for the word."""
        return len(_classes(self._lemma[i], SITES.get(self._pos[i], ""))) > 1

    def _names(self, i: int, part: str) -> list[Group]:
        lemma, dep = self._lemma[i], self._dep[i]
        classes = _classes(lemma, part)
        if self._pos[i] == "PROPN" and not classes:
            lemma = "<name>"
        own = f"{lemma}/{part}"
        names: list[Group] = [
            _of_word(lemma, part, dep, self._tag[i]),
            _of_neighbours(own, self._beside(i - 1), self._beside(i + 1)),
            *self._told.get(i, ()),
            classes,
        ]
        for kid in self._kids.get(i, ()):
            self._argument(names, own, kid)
        self._above(names, i, own)
        return names

    def _beside(self, i: int) -> str:
        """A neighbour: its lemma, or what it is."""
        if not 0 <= i < len(self._pos):
            return "<end>"
        pos = self._pos[i]
        return "<name>" if pos == "PROPN" else "<number>" if pos == "NUM" else self._lemma[i]

    def _argument(self, names: list[Group], own: str, kid: int) -> None:
        dep = self._dep[kid]
        if dep in BEHIND:
            slot = "agent" if dep == "agent" else self._lemma[kid]
            below = next((k for k in self._kids.get(kid, ()) if self._dep[k] in {"pobj", "pcomp"}), None)
            if below is None:
                names.append(f"{own}|{slot}")
                return
            kid = below
        elif dep == "neg":
            names.append("neg")
            return
        else:
            slot = SLOTS.get(dep, "")
            if not slot:
                return
        what = self._kind(kid, is_side=slot in SIDES)
        names.append(_of_argument(own, slot, what))
        if slot == "obj":
            self._around_object(names, kid)

    def _around_object(self, names: list[Group], i: int) -> None:
        for kid in self._kids.get(i, ()):
            dep = self._dep[kid]
            if dep in {"amod", "compound"}:
                names.append(f"objmod={self._kind(kid)}")
            elif dep == "prep":
                names += [
                    f"obj+{self._lemma[kid]}={self._kind(k)}"
                    for k in self._kids.get(kid, ())
                    if self._dep[k] == "pobj"
                ]

    def _kind(self, i: int, *, is_side: bool = False) -> str:
        """The kind of actor that a word names, or denotes where it may be a side; else the word."""
        who = self._who.get(i)
        if who is not None:
            return who
        pos = self._pos[i]
        if is_side and pos in NOMINAL:
            for actor in self._known.resolve(self.doc[i]):
                if actor.code:
                    return f"<{actor.sector or 'state'}>"
        return "<name>" if pos == "PROPN" else "<number>" if pos == "NUM" else self._lemma[i]

    def _above(self, names: list[Group], i: int, own: str) -> None:
        head, dep = self._head[i], self._dep[i]
        if head == i:
            return
        if dep in {"pobj", "pcomp"}:
            names.append(f"under={self._lemma[head]}")
            dep, head = self._lemma[head], self._head[head]
        if self._pos[head] != "PROPN":
            above = self._lemma[head]
            names.append(_of_word_above(own, dep, above))
        for kid in self._kids.get(head, ()):
            what = self._dep[kid]
            if what == "nsubj" and kid != i:
                names.append(f"up.subj={self._kind(kid)}" if dep != "conj" else f"subj={self._kind(kid)}")
            elif what in {"mark", "neg"} or (what == "aux" and self._pos[head] != "NOUN"):
                names.append(f"up.{what}={self._lemma[kid]}")


@lru_cache(maxsize=REMEMBERED)
def _of_word(lemma: str, part: str, dep: str, tag: str) -> tuple[str, ...]:
    own = f"{lemma}/{part}"
    return (
        "bias",
        f"l={own}",
        f"part={part}",
        f"dep={dep}",
        f"tag={tag}",
        f"l={own}/{dep}",
        f"s={stem(lemma)}",
    )


@lru_cache(maxsize=REMEMBERED)
def _of_neighbours(own: str, before: str, after: str) -> tuple[str, ...]:
    return (f"at-1={before}", f"at+1={after}", f"{own}_{after}")


@lru_cache(maxsize=REMEMBERED)
def _of_argument(own: str, slot: str, what: str) -> tuple[str, ...]:
    told = f"{slot}={what}"
    if slot in CLOSED:
        return (told, f"{own}|{told}")
    kin = () if what[0] == "<" else (f"{slot}~{stem(what)}",)
    return (told, f"{own}|{told}", f"{own}|{slot}", f"has={slot}", *kin)


@lru_cache(maxsize=REMEMBERED)
def _of_word_above(own: str, dep: str, above: str) -> tuple[str, ...]:
    return (f"up={dep}>{above}", f"{own}<{above}", f"up~{stem(above)}")


@lru_cache(maxsize=20_000)
def _classes(lemma: str, part: str) -> tuple[str, ...]:
    """What the lexicon's entries make of a lemma."""
    found = {entry.act or entry.kind for entry, _ in load_lexicon().lookup(lemma, part)}
    return tuple(f"c={name}" for name in sorted(found))


@lru_cache(maxsize=20_000)
def stem(lemma: str) -> str:
    """What "negotiate", "negotiation" and "negotiator" have in common."""
    for ending in ENDINGS:
        if lemma.endswith(ending) and len(lemma) - len(ending) >= 4:
            return lemma[: -len(ending)]
    return lemma


def _told_by_grammar(candidates: Sequence[Candidate]) -> dict[int, list[str]]:
    """Token → what the grammar makes of it."""
    told: dict[int, list[str]] = defaultdict(list)
    for candidate in candidates:
        composed, act = candidate.composed, candidate.chain.act
        trigger = candidate.trigger.i
        told[trigger] += [f"g={composed.code}", f"g={composed.code[:2]}/{candidate.roles.frame}"]
        told[trigger] += [f"g={composed.code[:2]}", f"g={composed.act}/{composed.operator}"]
        if act.token.i != trigger:
            told[act.token.i] += [f"held={composed.code[:2]}", f"held_by={composed.operator}"]
        for held in candidate.chain.held:
            if held.token.i != trigger:
                told[held.token.i].append(f"holds={held.operator}")
        if act.object is not None and act.object.i != act.token.i:
            told[act.object.i].append("object_of_act")
        if candidate.chain.light is not None:
            told[candidate.chain.light.i].append("light")
    return told


def head_of(doc: Doc, start: int, end: int) -> Token | None:
    """The word on which characters `start` to `end` hang; what "is" is said to be rather than "is"."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return None
    root = span.root
    if root.pos_ == "AUX" or root.pos_ == "ADP":
        inner = next(
            (t for t in root.children if t.i < span.end and t.dep_ in {"acomp", "attr", "pobj"}), None
        )
        return inner if inner is not None else root
    return root
