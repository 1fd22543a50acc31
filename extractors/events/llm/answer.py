"""The model's answer as text in, the events that fit the schema out, and how many do not."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from extractors.records import DatePrecision, Family, Modality

Stage = Literal["offered", "agreed", "carried out", "withdrawn"]
ConcessionKind = Literal[
    "sanctions relief", "release", "withdrawal", "exercise or deployment halted or reduced", "access",
    "ceasefire", "policy", "recognition", "aid", "territory",
]  # fmt: skip
ThreatKind = Literal[
    "military", "nuclear", "sanctions", "diplomatic", "economic", "legal", "cut-off", "other"
]
Status = Literal[
    "planned", "ongoing", "completed", "scaled_down", "expanded", "postponed", "suspended", "cancelled",
    "resumed",
]  # fmt: skip
Domain = Literal["air", "land", "sea", "amphibious", "cyber", "space", "missile", "nuclear"]


def _is_day(text: str | None) -> str | None:
    return date.fromisoformat(text).isoformat() if text else None


Day = Annotated[str | None, AfterValidator(_is_day)]


class _Model(BaseModel):
    """Every field is required: endpoints with strict schemas ask for that."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Side(_Model):
    text: str = Field(description="verbatim from the text")
    name: str = Field(description="canonical name: the country, organisation, group or person")
    country: str | None = Field(description="ISO 3166-1 alpha-3")
    sector: str | None = Field(description="CAMEO actor type: GOV, MIL, REB, OPP, COP, CVL, IGO ...")


class Where(_Model):
    name: str
    country: str | None = Field(description="ISO 3166-1 alpha-3")


class Concession(_Model):
    kind: ConcessionKind | None
    conceded: str | None
    stage: Stage
    demanded_by: list[str] = Field(description="ISO 3166-1 alpha-3")
    in_exchange_for: str | None
    reason: str | None
    is_conditional: bool


class Threat(_Model):
    kind: ThreatKind
    threatened_action: str | None
    condition: str | None
    demand: str | None
    deadline: str | None
    speaker: str | None
    is_ultimatum: bool


class MilitaryExercise(_Model):
    exercise_name: str | None
    series: str | None
    participants: list[str] = Field(description="ISO 3166-1 alpha-3")
    host: str | None = Field(description="ISO 3166-1 alpha-3")
    directed_at: list[str] = Field(description="ISO 3166-1 alpha-3")
    domains: list[Domain]
    is_live_fire: bool
    is_command_post: bool
    assets: list[str]
    personnel: int | None
    location: str | None
    start_date: Day = Field(description="YYYY-MM-DD")
    end_date: Day = Field(description="YYYY-MM-DD")
    status: Status
    reason: str | None


class Told(_Model):
    """One event as the model tells it; at most one of the three families is filled in."""

    evidence: str = Field(description="the sentence that tells the event, verbatim")
    trigger: str = Field(description="the one to four words of it that carry the act, verbatim")
    cameo_code: str
    sources: list[Side]
    targets: list[Side]
    modality: Modality
    event_date: Day = Field(description="YYYY-MM-DD, the first day where it is a longer time")
    date_precision: DatePrecision
    place: Where | None
    attribution: str | None
    concession: Concession | None
    threat: Threat | None
    military_exercise: MilitaryExercise | None
    confidence: Annotated[float, AfterValidator(lambda value: min(max(value, 0.0), 1.0))]

    @property
    def family(self) -> Family | None:
        return next((family for family in Family if getattr(self, family.value) is not None), None)

    def details(self) -> dict[str, Any]:
        own = getattr(self, self.family.value) if self.family else None
        return own.model_dump(mode="json") if own is not None else {}


class Answer(_Model):
    events: list[Told]


def schema() -> dict[str, Any]:
    """The JSON schema that the endpoint is asked to keep to."""
    return Answer.model_json_schema()


def read_answer(content: str) -> tuple[list[Told], int]:
    """The events of an answer that fit the schema, and how many others there were.

    Raises:
        ValueError: no JSON object with a list of `events`.
    """
    try:
        record = json.loads(_unfenced(content))
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"the answer is no JSON: {error}") from None
    listed = record.get("events") if isinstance(record, dict) else None
    if not isinstance(listed, list):
        raise ValueError("the answer has no list of `events`")  # noqa: TRY004
    told = [event for event in map(_read_event, listed) if event is not None]
    return told, len(listed) - len(told)


def _read_event(raw: object) -> Told | None:
    try:
        return Told.model_validate(raw)
    except ValidationError:
        return None


def _unfenced(content: str) -> str:
    """Without the code fence that some models put around their JSON."""
    text = content.strip()
    if text.startswith("```"):
        text = text.partition("\n")[2].rpartition("```")[0]
    return text
