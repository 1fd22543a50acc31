"""The kinds of source there are, by the name that `kind:` gives them in the sources file."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from extractors.sources.feed import Feed
from extractors.sources.folder import Folder
from extractors.sources.kinds import ArchiveKind, Location, WebKind
from extractors.sources.section import Section
from extractors.sources.sitemap import Sitemap
from extractors.sources.url_list import UrlList
from extractors.sources.warc import Warc

WEB_KINDS: Mapping[str, WebKind] = MappingProxyType(
    {"feed": Feed(), "sitemap": Sitemap(), "section": Section(), "url_list": UrlList()}
)
ARCHIVE_KINDS: Mapping[str, ArchiveKind] = MappingProxyType({"folder": Folder(), "warc": Warc()})
LOCATIONS: Mapping[str, Location] = MappingProxyType(
    {name: kind.location for name, kind in WEB_KINDS.items()}
    | {name: kind.location for name, kind in ARCHIVE_KINDS.items()}
)
