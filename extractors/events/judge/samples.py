"""The corpus in, samples for the judge's models out: of words that tell an event or none, of coded events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from extractors.events.corpus.records import CorpusArticle, CorpusEvent, CorpusSentence
from extractors.events.judge.decide import Judge, Session, Silence, bracket
from extractors.events.judge.matching import best_match
from extractors.events.judge.propose import is_own
from extractors.events.judge.reading import NOTHING
from extractors.events.judge.setting import Setting
from extractors.events.judge.sites import SITES, Outline, head_of
from extractors.events.judge.weigh import Weighed, weigh
from extractors.events.lexicon import load_lexicon
from extractors.events.splitter import dateline_length
from extractors.records import CodeInput, Event, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extractors.events.actors import SentenceActors
    from extractors.events.candidates import Candidate
    from extractors.events.coder import Coder


Annotated = CorpusSentence | CorpusArticle


@dataclass(frozen=True, slots=True)
class Listened:
    """Lets everything pass."""

    candidates: Sequence[Candidate]

    def hear(
        self,
        candidate: Candidate,  # noqa: ARG002
        events: Sequence[Event],
    ) -> tuple[list[Event], str | None]:
        return list(events), None


@dataclass(slots=True)
class Clerk:
    """Sits where the judge sits and keeps the outlines. `offset` is where the parsed text starts."""

    outlines: list[tuple[Outline, int]] = field(default_factory=list)
    verbs: frozenset[str] = frozenset()

    def sit(
        self,
        sentence: Sentence,
        doc: Doc,
        known: SentenceActors,
        candidates: list[Candidate],
        setting: Setting,  # noqa: ARG002
    ) -> Listened:
        offset = sentence.start + dateline_length(sentence.text)
        self.outlines.append((Outline(doc, known, candidates), offset))
        return Listened(candidates)


@dataclass(frozen=True, slots=True)
class Words:
    """The sites of one parsed sentence: names of each, and the code that it tells or `--`."""

    text_id: str
    bag: tuple[str, ...]
    sites: tuple[tuple[tuple[str, ...], str], ...]


def collect_words(coder: Coder, clerk: Clerk, texts: Sequence[Annotated]) -> list[Words]:
    """`coder` has to be one whose judge is the clerk."""
    kept: list[tuple[str, Outline, dict[int, str]]] = []
    telling = {(head, part) for head, part in load_lexicon().by_head}
    for text in texts:
        clerk.outlines.clear()
        coder.code_one(as_input(text))
        for outline, offset in clerk.outlines:
            codes = dict(_heads(outline.doc, offset, text.events))
            for place in codes:
                token = outline.doc[place]
                if token.pos_ in SITES and token.pos_ != "PROPN":
                    telling.add((token.lemma_.lower(), SITES[token.pos_]))
            kept.append((text.id, outline, codes))
    return [
        Words(
            name,
            outline.bag,
            tuple(
                (site.names, codes.get(site.place, NOTHING))
                for site in outline.sites(lambda lemma, part: (lemma, part) in telling)
            ),
        )
        for name, outline, codes in kept
    ]


def _heads(doc: Doc, offset: int, events: Iterable[CorpusEvent]) -> Iterable[tuple[int, str]]:
    for event in events:
        start, end = event.trigger.start - offset, event.trigger.end - offset
        if 0 <= start < end <= len(doc.text):
            head = head_of(doc, start, end)
            if head is not None:
                yield head.i, event.cameo_code


def as_input(text: Annotated) -> CodeInput:
    published = datetime.combine(text.published_at, time(), tzinfo=UTC)
    title = text.title if isinstance(text, CorpusArticle) else None
    return CodeInput(text.id, text.text, published, title)


@dataclass(frozen=True, slots=True)
class Heard:
    """One coded event as the judge weighs it. `truth` is what it tells of, None where of nothing."""

    text: Annotated
    event: Event
    bracket: str
    is_own: bool
    weighed: Weighed
    truth: CorpusEvent | None


@dataclass(slots=True)
class Trial:
    """Judges each sentence with the models that have not seen it, keeps all and takes notes."""

    judges: Sequence[Judge]
    fold: int = 0
    notes: list[tuple[Event, Candidate, Weighed]] = field(default_factory=list)

    @property
    def verbs(self) -> frozenset[str]:
        return frozenset().union(*(judge.verbs for judge in self.judges))

    def sit(
        self,
        sentence: Sentence,
        doc: Doc,
        known: SentenceActors,
        candidates: list[Candidate],
        setting: Setting,
    ) -> Noted | Silence:
        session = self.judges[self.fold].sit(sentence, doc, known, candidates, setting)
        return session if isinstance(session, Silence) else Noted(session, self.notes)


@dataclass(frozen=True, slots=True)
class Noted:
    session: Session
    notes: list[tuple[Event, Candidate, Weighed]]

    @property
    def candidates(self) -> Sequence[Candidate]:
        return self.session.candidates

    def hear(self, candidate: Candidate, events: Sequence[Event]) -> tuple[list[Event], str | None]:
        self.notes.extend((e, candidate, weigh(e, candidate, self.session.reading)) for e in events)
        return list(events), None


def collect_events(
    coder: Coder, trial: Trial, texts: Iterable[Annotated], fold_of: dict[str, int]
) -> list[Heard]:
    """`coder` has to be one whose judge is the trial."""
    found: list[Heard] = []
    for text in texts:
        trial.notes.clear()
        trial.fold = fold_of[text.id]
        coder.code_one(as_input(text))
        for event, candidate, weighed in trial.notes:
            truth = best_match(event, text.events)
            found.append(Heard(text, event, bracket(event, candidate), is_own(candidate), weighed, truth))
    return found
