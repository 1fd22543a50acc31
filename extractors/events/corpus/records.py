"""What an annotated sentence is made of: the fields of the coder's record that a sentence alone can show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from extractors.records import Family, Modality, Span


class Register(StrEnum):
    WIRE = "wire"
    BROADSHEET = "broadsheet"
    STATE_MEDIA = "state_media"
    COMMUNIQUE = "communique"
    TRANSLATED = "translated"
    HEADLINE = "headline"
    BROADCAST = "broadcast"


class ArticleStyle(StrEnum):
    WIRE = "wire"
    BROADSHEET = "broadsheet"
    ANALYSIS = "analysis"
    OPINION = "opinion"
    FEATURE = "feature"
    EXPLAINER = "explainer"
    STATE_MEDIA = "state_media"
    TRANSLATED = "translated"
    BROADCAST = "broadcast"
    INTERVIEW = "interview"
    LIVEBLOG = "liveblog"


class Split(StrEnum):
    TRAIN = "train"
    TEST = "test"  # the judge never sees it; the gate is measured on it


class Miss(StrEnum):
    """Why a sentence has no event that counts: it only looks like one, or is about something else."""

    SPORT = "sport"
    BUSINESS = "business"
    CRIME = "crime"
    WEATHER = "weather"
    SCIENCE = "science"
    CULTURE = "culture"
    DOMESTIC = "domestic"
    HISTORY = "history"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"
    FORECAST = "forecast"
    ADVICE = "advice"
    STATIC = "static"
    STATEMENT = "statement"
    BACKGROUND = "background"
    METAPHOR = "metaphor"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class CorpusActor:
    """`text` verbatim from the sentence; `code` a CAMEO actor code, "" where the sentence does not tell."""

    text: str
    code: str


@dataclass(frozen=True, slots=True)
class CorpusEvent:
    cameo_code: str
    family: Family | None
    modality: Modality
    trigger: Span
    sources: tuple[CorpusActor, ...]
    targets: tuple[CorpusActor, ...]
    details: Mapping[str, Any]

    @property
    def root(self) -> str:
        return self.cameo_code[:2]

    @property
    def counts(self) -> bool:
        """Whether analysts' marts would count it."""
        return self.modality in (Modality.ASSERTED, Modality.PLANNED)


@dataclass(frozen=True, slots=True)
class CorpusSentence:
    id: str
    text: str
    register: Register
    published_at: date
    split: Split
    miss: Miss | None
    events: tuple[CorpusEvent, ...]

    @property
    def part(self) -> str:
        """The writer's part: the file that the sentence stands in."""
        return self.id.rpartition("-")[0]

    @property
    def stratum(self) -> str:
        """Root of the first event, `--` for a sentence without events: what the split is balanced over."""
        return self.events[0].root if self.events else "--"


@dataclass(frozen=True, slots=True)
class CorpusArticle:
    """A whole text. Offsets are characters of `text`, whose paragraphs a blank line parts."""

    id: str
    title: str
    text: str
    style: ArticleStyle
    published_at: date
    split: Split
    events: tuple[CorpusEvent, ...]

    @property
    def part(self) -> str:
        """The writer's part of the world: the file that the article stands in."""
        return self.id.rpartition("-")[0]
