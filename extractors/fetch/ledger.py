"""What happens to each listing and page in, its manifest line out; every URL ends with exactly one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from http import HTTPStatus

from extractors.fetch.history import History, Seen
from extractors.fetch.manifest import FetchLine, Outcome, Role
from extractors.fetch.plan import OUT_OF_TIME, Page, Plan, settled
from extractors.sources.model import Source


@dataclass(frozen=True, slots=True)
class Answer:
    """A response to what was asked for, after redirects; `location` of one that was not followed."""

    final_url: str
    status: int
    size: int
    at: datetime | None
    record_id: str | None
    etag: str | None = None
    last_modified: str | None = None
    location: str | None = None


class Ledger:
    """The lines of one source in one night."""

    def __init__(self, *, source: Source, night: date, history: History) -> None:
        self._source = source
        self._night = night
        self._history = history
        self._listings: dict[str, FetchLine] = {}
        self._pages: dict[str, FetchLine] = {}
        self._plan = Plan()

    def adopt(self, plan: Plan) -> None:
        """The pages that the listings named, once all listings are read."""
        self._plan = plan
        self._pages |= plan.settled

    def answered(self, role: Role, page: Page, answer: Answer) -> FetchLine:
        """The server answered, with whatever status."""
        outcome, reason = _outcome(answer)
        seen = self._seen(role, page)
        is_new = outcome is Outcome.FETCHED
        line = FetchLine(
            night=self._night,
            source=self._source.name,
            url=page.url,
            final_url=answer.final_url,
            outcome=outcome,
            status=answer.status,
            reason=reason,
            bytes=answer.size,
            fetched_at=answer.at,
            role=role,
            canonical_url=page.key,
            etag=answer.etag if is_new else seen.etag,
            last_modified=answer.last_modified if is_new else seen.last_modified,
            listed_updated_at=page.updated_at,
            last_fetched_at=answer.at if is_new else seen.last_fetched_at,
            warc_record_id=answer.record_id,
        )
        return self._put(line)

    def failed(self, role: Role, page: Page, outcome: Outcome, reason: str) -> FetchLine:
        """No answer, or a request that was not to be made."""
        line = settled(page, outcome, reason, source=self._source, night=self._night)
        return self._put(replace(line, role=role))

    def unreadable(self, page: Page, reason: str) -> None:
        """A listing that was fetched but says nothing: as failed as one that was not."""
        self.failed(Role.LISTING, page, Outcome.ERROR, reason)

    def lines(self) -> Iterator[FetchLine]:
        """Listings first, then pages in the order listed; what was not reached says so."""
        yield from self._listings.values()
        for key, page in self._plan.order.items():
            yield self._pages.get(key) or settled(
                page, Outcome.ERROR, OUT_OF_TIME, source=self._source, night=self._night
            )

    def _put(self, line: FetchLine) -> FetchLine:
        if line.role is Role.LISTING:
            self._listings[line.url] = line
        else:
            self._pages[line.canonical_url] = line
        return line

    @property
    def progress(self) -> tuple[int, int]:
        """Pages done, pages known so far."""
        return len(self._pages), len(self._plan.order)

    def _seen(self, role: Role, page: Page) -> Seen:
        known = (
            self._history.listings.get(page.url)
            if role is Role.LISTING
            else self._history.pages.get(page.key)
        )
        return known or Seen()


def _outcome(answer: Answer) -> tuple[Outcome, str | None]:
    status = answer.status
    if status == HTTPStatus.NOT_MODIFIED:
        return Outcome.NOT_MODIFIED, "the server says it has not changed (304)"
    if 200 <= status < 300:
        return Outcome.FETCHED, None
    if 300 <= status < 400 and answer.location:
        return Outcome.ERROR, f"HTTP {status}: the redirect to {answer.location[:200]} was not followed"
    phrase = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else ""
    return Outcome.ERROR, f"HTTP {status} {phrase}".strip()
