"""One entry of a sources file in, a typed outlet out: where its news is listed, how politely to read it."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from extractors.sources.registry import LOCATIONS, WEB_KINDS
from extractors.sources.urls import clean_url, is_web_url

WEB_MAX_PAGES = 200
ARCHIVE_MAX_PAGES = 1_000_000


class Kind(StrEnum):
    FEED = "feed"
    SITEMAP = "sitemap"
    SECTION = "section"
    URL_LIST = "url_list"
    FOLDER = "folder"
    WARC = "warc"


class Ownership(StrEnum):
    STATE = "state"
    PUBLIC = "public"
    PRIVATE = "private"
    AGENCY = "agency"
    GOVERNMENT = "government"
    IGO = "igo"
    ARCHIVE = "archive"  # pages of many outlets, such as CC-NEWS


WITHOUT_COUNTRY = (Ownership.IGO, Ownership.ARCHIVE)


class Source(BaseModel):
    """An outlet. `country` is where it is based; intergovernmental bodies and archives have none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60, description="slug; names its folders and rows"
    )
    title: str = Field(min_length=1, description="name of the outlet as readers know it")
    kind: Kind = Field(description="what `url` or `path` leads to")
    url: str | None = Field(
        None, description="feed, sitemap, section page or WARC; `${NAME:-default}` takes the environment"
    )
    path: Path | None = Field(None, description="file or folder, relative to the sources file")
    base_url: str | None = Field(
        None, description="of a list of WARC files: what its lines are relative to; default the list's host"
    )
    language: str = Field(description="ISO 639-1 code of its main language")
    country: str | None = Field(
        None, description="ISO 3166-1 alpha-3 code; an `igo` or `archive` may have none"
    )
    ownership: Ownership = Field(description="who owns or pays for it")
    allow_loopback: bool = Field(
        False, description="may lead to this machine itself (`*.localhost`, 127.0.0.1)"
    )
    timeout_seconds: float | None = Field(
        None, gt=0, le=300, description="for one page, body included; default from the settings"
    )
    max_pages: int | None = Field(
        None, ge=1, description=f"pages taken in one night; default {WEB_MAX_PAGES}, no limit for files"
    )
    delay_seconds: float = Field(
        1.0, ge=0, le=60, description="least time between two requests to a host; a longer Crawl-delay wins"
    )
    concurrency: int = Field(2, ge=1, le=16, description="requests to one host at the same time")
    retries: int = Field(2, ge=0, le=5, description="further tries for what can heal (5xx, 429, timeouts)")
    retry_wait_seconds: float = Field(1.0, ge=0, le=30, description="before the first further try; doubles")
    time_limit_seconds: float = Field(
        1800.0, gt=0, le=21600, description="for the whole source; what is left is taken the next night"
    )
    include_urls: tuple[str, ...] = Field((), description="regular expressions; a page's URL must match one")
    exclude_urls: tuple[str, ...] = Field((), description="regular expressions; a page's URL must match none")

    def without_credentials(self) -> Source:
        """As it may be written down and shown: no user and password in its addresses."""
        cleaned = {name: clean_url(url) for name in ("url", "base_url") if (url := getattr(self, name))}
        return self.model_copy(update=cleaned)

    @property
    def is_web(self) -> bool:
        return self.kind in WEB_KINDS

    @property
    def page_limit(self) -> int:
        return self.max_pages or (WEB_MAX_PAGES if self.is_web else ARCHIVE_MAX_PAGES)

    def wants(self, url: str) -> bool:
        """Whether the source's filters let the page through."""
        included = not self.include_urls or any(re.search(rule, url) for rule in self.include_urls)
        return included and not any(re.search(rule, url) for rule in self.exclude_urls)

    @field_validator("url", "base_url")
    @classmethod
    def _is_http(cls, url: str | None) -> str | None:
        if url is not None and not is_web_url(url):
            raise ValueError("must be an http or https URL with a host")
        return url

    @field_validator("language")
    @classmethod
    def _is_language(cls, code: str) -> str:
        import pycountry

        known = pycountry.languages.get(alpha_2=code)
        if known is None or known.alpha_2 != code:  # the look-up does not mind upper case, we do
            raise ValueError("no ISO 639-1 code, such as en, ar, zh")
        return code

    @field_validator("country")
    @classmethod
    def _is_country(cls, code: str | None) -> str | None:
        import pycountry

        known = pycountry.countries.get(alpha_3=code) if code is not None else None
        if code is not None and (known is None or known.alpha_3 != code):
            raise ValueError("no ISO 3166-1 alpha-3 code, such as KOR, USA, DEU")
        return code

    @field_validator("include_urls", "exclude_urls")
    @classmethod
    def _are_patterns(cls, rules: tuple[str, ...]) -> tuple[str, ...]:
        for rule in rules:
            try:
                re.compile(rule)
            except re.error as error:
                raise ValueError(f"{rule!r} is no regular expression ({error})") from error
        return rules

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Source:
        needed = LOCATIONS[self.kind]
        given = {name for name in ("url", "path") if getattr(self, name) is not None}
        if needed == "either" and len(given) != 1:
            raise ValueError(f"a source of kind {self.kind} needs either `url` or `path`")
        if needed != "either" and needed not in given:
            raise ValueError(f"a source of kind {self.kind} needs `{needed}`")
        if needed != "either" and given != {needed}:
            other = "path" if needed == "url" else "url"
            raise ValueError(f"a source of kind {self.kind} has `{needed}`, not `{other}`")
        if self.base_url is not None and self.kind is not Kind.WARC:
            raise ValueError(f"a source of kind {self.kind} has no `base_url`; a list of WARC files may")
        if self.country is None and self.ownership not in WITHOUT_COUNTRY:
            raise ValueError(
                "`country` is missing; only a source with ownership igo or archive may have none"
            )
        return self


class SourcesFile(BaseModel):
    """A sources file: its outlets in the order of the file, their names unique."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sources: tuple[Source, ...] = Field(min_length=1)
