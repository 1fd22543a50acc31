"""Fingerprints of article texts into groups of near-duplicates: one story, however many outlets carry it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from datasketch import MinHash, MinHashLSH

# Estimated Jaccard of word 5-shingles. benchmarks/duplicates.py: a story cut to 60 % keeps 0.44 and more,
# two stories with a third of background in common reach 0.31, others 0.03.
SIMILARITY = 0.4
BANDS, ROWS = 32, 2  # the index lets 0.996 of the pairs at 0.4 through
LOOK_BACK_NIGHTS = 10
PERMUTATIONS = 64

Signature = np.ndarray[Any, np.dtype[np.uint64]]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One version of an article. `minhash` holds 64 little-endian uint64, None where there is no text."""

    night: date
    article_id: str
    published_at: datetime | None
    minhash: bytes | None


@dataclass(frozen=True, slots=True)
class Grouped:
    """A fingerprint, its group (named after the article that founded it) and how near it came."""

    fingerprint: Fingerprint
    group_id: str
    similarity: float


def group_night(tonight: Iterable[Fingerprint], *, earlier: Sequence[Grouped]) -> list[Grouped]:
    """The groups of one night's articles, given those of the nights before.

    Articles come in by time of publication, then id; each joins the group of the most similar one
    before it or founds its own. Later nights never move an article, so group ids are stable. A new
    version of an article stays in the group of its first.
    """
    index = _Index()
    for known in earlier:
        index.add(known)
    found = []
    for fingerprint in sorted(tonight, key=_arrival):
        grouped = index.place(fingerprint)
        index.add(grouped)
        found.append(grouped)
    return found


def _arrival(fingerprint: Fingerprint) -> tuple[str, str]:
    moment = fingerprint.published_at
    return (moment.isoformat() if moment else "9999", fingerprint.article_id)


class _Index:
    def __init__(self) -> None:
        self._lsh = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, ROWS))
        self._members: list[tuple[Grouped, Signature]] = []
        self._group_of_article: dict[str, str] = {}

    def add(self, grouped: Grouped) -> None:
        self._group_of_article.setdefault(grouped.fingerprint.article_id, grouped.group_id)
        if grouped.fingerprint.minhash is None:
            return
        signature = _signature(grouped.fingerprint.minhash)
        self._lsh.insert(len(self._members), _minhash(signature), check_duplication=False)
        self._members.append((grouped, signature))

    def place(self, fingerprint: Fingerprint) -> Grouped:
        known = self._group_of_article.get(fingerprint.article_id)
        if known is not None:
            return Grouped(fingerprint, known, 1.0)
        if fingerprint.minhash is None:
            return Grouped(fingerprint, fingerprint.article_id, 1.0)
        nearest = self._nearest(_signature(fingerprint.minhash))
        if nearest is None:
            return Grouped(fingerprint, fingerprint.article_id, 1.0)
        return Grouped(fingerprint, *nearest)

    def _nearest(self, signature: Signature) -> tuple[str, float] | None:
        best: tuple[str, float] | None = None
        for number in sorted(self._lsh.query(_minhash(signature))):
            grouped, other = self._members[number]
            similarity = float(np.mean(signature == other))
            if similarity >= SIMILARITY and (best is None or similarity > best[1]):
                best = (grouped.group_id, similarity)
        return best


def _signature(minhash: bytes) -> Signature:
    return np.frombuffer(minhash, dtype="<u8")


def _minhash(signature: Signature) -> MinHash:
    # The scheme is only a label here: signatures are compared, never updated.
    return MinHash(num_perm=PERMUTATIONS, hashvalues=signature, scheme="affine64")
