from __future__ import annotations
from dataclasses import dataclass
from datetime import date as D
from extractors.records import DatePrecision

@dataclass
class EventTime:
    date: D | None
    precision: DatePrecision
    is_background: bool

def event_time(doc, trigger, *, published):
    return EventTime(published.date() if published else None, DatePrecision.PUBLICATION, False)

def event_place(doc, trigger, known):
    return None
