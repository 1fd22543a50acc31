"""Articles in, coded events out: split, filter, parse, propose, compose, resolve, order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from extractors.errors import SettingsError
from extractors.events.assemble import Assembler, Watch
from extractors.events.candidates import find_candidates
from extractors.events.explain import SentenceStory, explain
from extractors.events.families.exercise_names import names_told
from extractors.events.families.exercise_reference import find_references, may_practise
from extractors.events.lexicon import load_lexicon
from extractors.events.prefilter import Prefilter, regular_forms
from extractors.events.splitter import dateline_length, split_sentences
from extractors.events.wordlists import word_list
from extractors.records import CodeInput, Event, Sentence
from extractors.settings import Settings, load_settings

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

PARSE_BATCH = 64
_SURROGATES = re.compile(r"[\ud800-\udfff]")  # half characters, which cannot be encoded
NEEDED_PIPES = frozenset(
    {"tok2vec", "transformer", "tagger", "parser", "attribute_ruler", "lemmatizer", "morphologizer"}
)
# The tokenizer would take these apart at the hyphen.
ONE_WORD = {
    "cease-fire": ("cease-fires",),
    "co-operate": ("co-operated", "co-operates", "co-operating"),
    "co-operation": (),
    "air-strike": ("air-strikes",),
    "pull-out": ("pull-outs",),
    "sit-in": ("sit-ins",),
    "build-up": (),
    "call-up": ("call-ups",),
    "de-escalate": ("de-escalated", "de-escalating", "de-escalates"),
    "re-establish": ("re-established", "re-establishing"),
    "test-fire": ("test-fired", "test-fires", "test-firing"),
}


class Coder:
    """Codes articles one after the other. Holds a language model: make one per process and keep it."""

    def __init__(self, settings: Settings | str | None = None, *, tagger: Any = None) -> None:
        model = settings if isinstance(settings, str) else (settings or load_settings()).spacy_model
        self._nlp = _load_model(model)
        self._lexicon = load_lexicon()
        self._prefilter = Prefilter(self._lexicon)
        self._tagger = tagger if tagger is not None else _default_tagger(self._nlp)

    def code(self, inputs: Iterable[CodeInput]) -> Iterator[tuple[str, tuple[Event, ...]]]:
        """One `(id, events)` per input, in order. Offsets are characters into the input's text."""
        for item in inputs:
            yield item.id, self.code_one(item)

    def code_one(self, item: CodeInput, *, watch: Watch | None = None) -> tuple[Event, ...]:
        """The events of one article. `watch` is told of every sentence and candidate (see explain.py)."""
        sentences = list(split_sentences(_SURROGATES.sub("\ufffd", item.text)))
        worth = {s.index for s in sentences if self._prefilter.may_hold_act(s.text) or may_practise(s.text)}
        if watch is not None:
            for sentence in sentences:
                watch(sentence, None, (), None)
        published = item.published_at.date() if item.published_at else None
        texts = [s.text for s in sentences]
        article = self._tagger.open_article(title=item.title, sentences=texts, published=published)
        names = names_told(texts, [article.named_at(s.index) for s in sentences])
        named = {s.index: names.spans(s.text) for s in sentences}
        assembler = Assembler(
            item,
            watch=watch,
            headline=lambda: article.tag(self._nlp(item.title), 0) if item.title else None,
        )
        for sentence, doc in self._parse([s for s in sentences if s.index in worth or named[s.index]]):
            actors = article.tag(doc, sentence.index)
            references = find_references(doc, named[sentence.index], offset=dateline_length(sentence.text))
            candidates = find_candidates(doc, self._lexicon, exercises=references)
            assembler.add(sentence, doc, actors, candidates, references)
        return assembler.events()

    def code_text(self, text: str, *, published_at: datetime | None = None) -> tuple[Event, ...]:
        """The events of a bare text."""
        return self.code_one(CodeInput("text", text, published_at))

    def parse(self, text: str) -> Doc:
        """One sentence, parsed as the coder parses it."""
        return self._nlp(text)

    def explain(self, text: str, *, published_at: datetime | None = None) -> list[SentenceStory]:
        """Every sentence with its candidates, and why some became no events."""
        return explain(text, coder=self, published_at=published_at)

    def _parse(self, sentences: list[Sentence]) -> Iterator[tuple[Sentence, Doc]]:
        texts = (s.text[dateline_length(s.text) :] for s in sentences)
        docs = self._nlp.pipe(texts, batch_size=PARSE_BATCH)
        yield from zip(sentences, docs, strict=True)


def _load_model(name: str) -> Language:
    import spacy

    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise SettingsError(
            f"spacy_model = {name!r} is no installed spaCy model",
            where="settings",
            next_step="install its package, or set COMMUNIQUE_SPACY_MODEL to an installed one",
        ) from error
    nlp.select_pipes(disable=[pipe for pipe in nlp.pipe_names if pipe not in NEEDED_PIPES])
    tokenizer: Any = nlp.tokenizer
    for word, forms in ONE_WORD.items():
        for form in (word, *forms):
            for case in (form, form.capitalize()):
                tokenizer.add_special_case(case, [{"ORTH": case}])
    _teach_lemmas(nlp)
    return nlp


def _teach_lemmas(nlp: Language) -> None:
    """The lemmatizer makes "stag" of "staged": words in the way of our verbs' forms are dropped."""
    if "lemmatizer" not in nlp.pipe_names:
        return
    lookups: Any = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    if lookups is None or not all(lookups.has_table(name) for name in ("lemma_index", "lemma_rules")):
        return
    index = lookups.get_table("lemma_index").get("verb", [])
    rules = lookups.get_table("lemma_rules").get("verb", [])
    heads = {head for head, part in load_lexicon().by_head if part == "verb"} | word_list("light_verbs")
    verbs = {head.split("_")[0] for head in heads}
    rivals = {rival for verb in verbs for rival in _rivals(verb, rules)} - verbs
    lookups.get_table("lemma_index")["verb"] = [word for word in index if word not in rivals]


def _rivals(verb: str, rules: Iterable[tuple[str, str]]) -> Iterator[str]:
    """What else the rules would make of the verb's forms: "stag" of "staged"."""
    for form in regular_forms(verb):
        if not _drops_a_letter(verb, form):
            yield from (form[: len(form) - len(old)] + new for old, new in rules if form.endswith(old))


def _drops_a_letter(verb: str, form: str) -> bool:
    """ "barred" is of "bar", "bared" is not."""
    doubled = verb + verb[-1]
    is_short = (
        len(verb) <= 5 and verb[-1] not in "aeiouwxy" and verb[-2] in "aeiou" and verb[-3] not in "aeiou"
    )
    return (
        is_short and form.startswith(verb) and form.endswith(("ed", "ing")) and not form.startswith(doubled)
    )


def _default_tagger(nlp: Language) -> Any:
    from extractors.events.actors import ActorTagger

    return ActorTagger(nlp)
