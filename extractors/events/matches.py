"""A parsed sentence in, its words that may be an act or an operator out, with the entry that fits best."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.events import negation, syntax
from extractors.events.families import spans
from extractors.events.lexicon import Entry, Lexicon
from extractors.events.patterns import Constraint, Words
from extractors.events.warning import announces, is_announced, threatens
from extractors.events.wordlists import word_list

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


US = frozenset({"us", "'s", "’s"})
WH = frozenset({"whether", "if", "why", "how", "what", "who", "where", "when", "which"})
PERSON_ENDINGS = ("er", "or", "ist", "ian", "ee", "man", "woman", "ant")


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that fits at a token. `object` fitted the entry's object; `score` says how specific it is."""

    entry: Entry
    token: Token
    object: Token | None
    score: int


@dataclass(frozen=True, slots=True)
class Matches:
    """By token: the entry that fits best as an event of its own, and the operator that fits best."""

    best: dict[int, Match]
    operators: dict[int, Match]


def find_matches(doc: Doc, lexicon: Lexicon) -> Matches:
    """A noun that served as another act's object is not an act of its own."""
    best: dict[int, Match] = {}
    operators: dict[int, Match] = {}
    forms = syntax.forms_of(doc)
    for token in _likely(doc, lexicon.heads):
        fitting = sorted(_fitting(token, lexicon, forms), key=lambda match: (-match.score, match.entry.id))
        if fitting:
            best[token.i] = fitting[0]
        operator = next((match for match in fitting if not match.entry.is_act), None)
        if operator is not None:
            operators[token.i] = operator
    for match in list(best.values()):
        if "yields" in match.entry.options and _has_noun_act(match, best) and match.token.i in operators:
            best[match.token.i] = operators[match.token.i]
    for match in list(best.values()):
        own = match.object
        if own is not None and match.entry.is_act and own.i != match.token.i and not syntax.is_verb(own):
            best.pop(own.i, None)
            for part in (child for child in own.lefts if child.dep_ == "compound"):
                best.pop(part.i, None)
    return Matches(best, operators)


def _likely(doc: Doc, heads: frozenset[str]) -> Iterator[Token]:
    """Tokens with a head word's lemma or form; most have neither, and need not be looked at."""
    return (token for token in doc if token.lower_ in heads or token.lemma_.lower() in heads)


def _has_noun_act(match: Match, best: dict[int, Match]) -> bool:
    """The object is an act of its own that says more: "military aid" of "suspend aid"."""
    own = best.get(match.object.i) if match.object is not None else None
    return own is not None and own.entry.is_act and not syntax.is_verb(own.token)


def _fitting(token: Token, lexicon: Lexicon, forms: frozenset[str]) -> Iterator[Match]:
    """`forms`: all that stands in the sentence; an entry whose other words are not among it cannot fit."""
    for part in _parts(token):
        head = token.lower_ if part == "adj" else _lemma(token)
        for entry, words in lexicon.likely(head, part, forms):
            match = _fit(entry, words, token)
            if match is not None:
                yield match


def _lemma(token: Token) -> str:
    """The lemmatiser leaves the plural of names alone: "Muslims"."""
    lemma = token.lemma_.lower()
    return lemma.removesuffix("s") if token.tag_ == "NNPS" else lemma


def _parts(token: Token) -> tuple[str, ...]:
    if token.pos_ in {"NOUN", "PROPN"}:
        return ("noun",)
    if token.lemma_ == "let" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ in US:
        return ()  # "let's meet"
    if token.pos_ == "VERB" and token.dep_ not in {"amod", "compound"}:
        return ("verb", "adj") if token.tag_ == "VBN" else ("verb",)
    if token.pos_ == "AUX" and token.dep_ not in {"aux", "auxpass"}:
        return ("verb",)
    if token.pos_ == "ADJ" and token.dep_ in {"acomp", "conj", "ROOT", "amod"}:
        return ("adj",)
    if token.pos_ == "VERB" and token.dep_ == "amod" and token.tag_ == "VBG":
        return ("noun",)
    return ()


def _fit(entry: Entry, words: Words, token: Token) -> Match | None:
    is_noun = words.part == "noun"
    if not _rest_fits(words, token, is_noun) or ("tight" in entry.options and not _is_tight(words, token)):
        return None
    found: Token | None = None
    if entry.object and not (is_noun and "object_optional" in entry.options):
        fits, found = _object(entry.object, token, is_noun)
        if not fits:
            return None
    if _blocked(entry, token, is_noun):
        return None
    score = 12 * len(words.rest) + 8 * bool(entry.object) + 4 * bool(entry.near) + 3 * bool(entry.modifier)
    score += 5 * bool(entry.subject) + entry.is_act
    return Match(entry, token, found, score)


def _is_tight(words: Words, token: Token) -> bool:
    """ "called for talks", not "called them a rehearsal for": the preposition is the verb's own."""
    return not words.rest or any(
        near.lower_ == words.rest[0] and near.head.dep_ not in {"dobj", "oprd", "ccomp", "attr", "pobj"}
        for near in _near(token)
    )


def _rest_fits(words: Words, token: Token, is_noun: bool) -> bool:
    if not words.rest:
        return True
    if is_noun and words.rest[0] not in word_list("prepositions"):
        around = {t.lemma_.lower() for t in syntax.modifiers(token)} | {
            t.lower_ for t in syntax.modifiers(token)
        }
        return all(word in around for word in words.rest)
    reach = [near for near in _near(token) if not _dates(near)]
    if words.rest == ("no",):
        reach = [near for near in reach if near.dep_ != "det"]  # not "says no more trips"
    return all(any(word in (t.lower_, t.lemma_) and t.i > token.i for t in reach) for word in words.rest)


def _dates(preposition: Token) -> bool:
    """ "called Rome on Friday" does not call on anyone."""
    return preposition.dep_ == "prep" and any(
        c.dep_ == "pobj" and (c.ent_type_ in {"DATE", "TIME"} or c.lower_.endswith("day"))
        for c in preposition.children
    )


def _near(token: Token) -> Iterator[Token]:
    if token.i + 1 < len(token.doc):
        yield token.nbor(1)
    for child in token.children:
        if (child.dep_ == "advcl" and child.pos_ == "ADJ") or child.dep_ in {
            "prt",
            "advmod",
            "prep",
            "dobj",
            "oprd",
            "acomp",
            "npadvmod",
            "dative",
            "xcomp",
            "pobj",
            "ccomp",
            "attr",
        }:
            yield child
            if child.dep_ != "xcomp":
                yield from child.children


def _object(constraint: Constraint, token: Token, is_noun: bool) -> tuple[bool, Token | None]:
    objects = [] if is_noun else [o for o in (syntax.direct_object(token),) if o is not None]
    for candidate in (c for head in objects for c in _heads(head)):
        if fits(constraint, candidate):
            return True, candidate
    for preposition, inner in (constraint.after or {}).items():
        behind = syntax.prepositional(token, (preposition,))
        if behind is None and objects:
            behind = syntax.prepositional(objects[0], (preposition,))
        for candidate in _heads(behind) if behind is not None else []:
            if fits(inner, candidate):
                return True, candidate
    return constraint.none and not objects, None


def _heads(head: Token) -> list[Token]:
    """The noun, what is coordinated with it, and what a quantity counts ("dozens of prisoners")."""
    found = syntax.conjuncts(head)
    for noun in list(found):
        if _lemma(noun) in word_list("quantities") or noun.pos_ == "NUM":
            inner = syntax.prepositional(noun, ("of",))
            if inner is not None:
                found.extend(syntax.conjuncts(inner))
    return found


def fits(constraint: Constraint, token: Token) -> bool:
    lemma = _lemma(token)
    if lemma in constraint.lemmas or token.lower_ in constraint.lemmas:
        return True
    if (
        constraint.any_name
        and token.pos_ in {"PROPN", "PRON"}
        and token.lower_ not in {"it", "this", "that", "what"}
    ):
        return True
    if constraint.any_person and lemma.endswith(PERSON_ENDINGS) and lemma not in word_list("not_persons"):
        return True
    if constraint.any_number and token.pos_ == "NUM":
        return True
    if constraint.any_people and _is_people(token):
        return True
    for modifier, noun in constraint.phrases:
        if lemma == noun and any(modifier in (t.lower_, t.lemma_) for t in syntax.modifiers(token)):
            return True
    return False


def _is_people(token: Token) -> bool:
    """ "Kurds", "the Haitians"; any noun may be written large where a sentence begins."""
    return token.tag_ == "NNPS" or (token.tag_ == "NNS" and token.i > 0 and token.text[0].isupper())


def _blocked(entry: Entry, token: Token, is_noun: bool) -> bool:
    if is_noun and (entry.modifier or entry.not_modifier):
        around = {t.lower_ for t in syntax.modifiers(token)} | {
            t.lemma_.lower() for t in syntax.modifiers(token)
        }
        if entry.modifier and not entry.modifier & around:
            return True
        if entry.not_modifier & around:
            return True
    elif not is_noun:
        if entry.not_object:
            head = syntax.direct_object(token)
            if head is not None and fits(entry.not_object, head):
                return True
        if _wrong_subject(entry, token):
            return True
    if entry.near or entry.not_near:
        phrase = [*token.subtree, *(_after_object(token) if is_noun else ())]
        around = {t.lemma_.lower() for t in phrase} | {t.lower_ for t in phrase}
        if (entry.near and not entry.near & around) or entry.not_near & around:
            return True
    return _wrong_frame(entry, token)


def _after_object(noun: Token) -> Iterator[Token]:
    """ "opened a probe into bribes": the parser hangs "into" on the verb."""
    if noun.dep_ in {"dobj", "nsubjpass"}:
        for child in noun.head.children:
            if child.dep_ == "prep" and child.i > noun.i:
                yield from child.subtree


def _wrong_subject(entry: Entry, token: Token) -> bool:
    if not entry.subject and not entry.not_subject:
        return False
    who = syntax.subject(token)
    if who is None:
        return bool(entry.subject) and not entry.subject.none
    heads = _heads(who)
    if entry.subject and not any(fits(entry.subject, head) for head in heads):
        return True
    return bool(entry.not_subject) and any(fits(entry.not_subject, head) for head in heads)


def _is_infinitive(clause: Token) -> bool:
    return clause.dep_ in {"xcomp", "advcl", "acl", "relcl", "ccomp"} and any(
        c.lower_ == "to" and c.dep_ == "aux" for c in clause.children
    )


def _faces(clause: Token) -> bool:
    """ "or face sanctions", "or be attacked" """
    is_harm = clause.lemma_ in spans.word_set("or_else") or syntax.is_passive(clause)
    return is_harm and any(c.lower_ == "or" for c in clause.head.children)


def _as_object(noun: Token) -> Iterator[str]:
    """ "defended his decision"; "called the premier, Oscar Pons, a liar"."""
    if any(_is_name_for(c) for c in noun.children):
        yield "named"
    if noun.lemma_.lower() in word_list("own_deeds") and any(
        c.dep_ == "poss" and c.pos_ == "PRON" for c in noun.children
    ):
        yield "own_deed"


def _is_name_for(noun: Token) -> bool:
    """ "called the premier, Oscar Pons, a liar": the parser puts it beside the premier."""
    if noun.dep_ != "appos":
        return False
    return any(c.lower_ in {"a", "an"} or _is_name_for(c) for c in noun.children)


def _asks_what_is(clause: Token) -> bool:
    """ "whether it left"; not "if it might leave", which asks for leave."""
    may = syntax.modals(clause) & {"could", "can", "might", "may"}
    return any(c.lower_ in WH and not (may and c.lower_ in {"if", "whether"}) for c in clause.lefts)


def _wrong_frame(entry: Entry, token: Token) -> bool:
    options = entry.options
    if not options:
        return False
    if _lacks_condition(entry, token) or ("passive_only" in options and not syntax.is_passive(token)):
        return True
    wanted, unwanted = options.get("frame", ""), options.get("not_frame", "")
    if not wanted and not unwanted:
        return False
    frames = _frames(token)
    if wanted and not any(frame.strip() in frames for frame in wanted.split(",")):
        return True
    return any(frame.strip() in frames for frame in unwanted.split(",") if frame)


def _frames(token: Token) -> set[str]:
    """What hangs on the token: a clause, an infinitive, "until", "as" ..."""
    frames = set()
    for child in token.children:
        if child.dep_ in {"xcomp", "ccomp"} and child.i > token.i:
            frames.add("clause")
        if child.lower_ in {"until", "till"} and child.i > token.i:
            frames.add("until")
        if any(_is_infinitive(c) for c in (child, *child.children)):
            frames.add("inf")
        if child.dep_ in {"xcomp", "ccomp"} and any(_faces(c) for c in (child, *child.conjuncts)):
            frames.add("or_face")
        if child.dep_ in {"xcomp", "ccomp"} and _asks_what_is(child):
            frames.add("wh")
        if child.lower_ == "about" and child.dep_ == "prep":
            frames.add("about")
        if child.dep_ in {"oprd", "prt"}:
            frames.add(child.dep_)
        if child.dep_ == "dobj":
            frames.update(_as_object(child))
        if child.lower_ == "as" and child.i > token.i:
            frames.add("as")
        if child.dep_ == "prep" and child.lower_ in {"out", "from", "into", "off"}:
            frames.add("away")
    if syntax.is_verb(token) and syntax.direct_object(token) is not None:
        frames.add("obj")
    return frames


def _lacks_condition(entry: Entry, token: Token) -> bool:
    """No warning, condition, negation or future, where the entry needs one."""
    if "needs_warning" in entry.options and not threatens(token):
        return True
    if "needs_condition" in entry.options and not announces(token):
        return True
    if "needs_negation" in entry.options and not (
        negation.is_negated(token) or (token.pos_ == "ADJ" and negation.is_negated(token.head))
    ):
        return True
    if "no_longer" in entry.options and not negation.is_no_longer(token):
        return True
    return "needs_future" in entry.options and not is_announced(token)
