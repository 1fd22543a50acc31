"""Questions about a spaCy token, answered from the dependency parse: who does it, what is it done to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import TYPE_CHECKING, TypeVar

from extractors.events.clauses import PASSIVE_SUBJECTS as PASSIVE_SUBJECTS
from extractors.events.clauses import SUBJECTS as SUBJECTS
from extractors.events.clauses import is_headline_infinitive as is_headline_infinitive
from extractors.events.clauses import is_imperative as is_imperative
from extractors.events.clauses import is_infinitive as is_infinitive
from extractors.events.clauses import is_inverted as is_inverted
from extractors.events.clauses import is_inverted_should as is_inverted_should
from extractors.events.clauses import is_stated as is_stated
from extractors.events.clauses import is_to_come as is_to_come
from extractors.events.clauses import is_wished as is_wished
from extractors.events.clauses import modals as modals
from extractors.events.wordlists import word_list

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

OBJECTS = frozenset({"dobj", "obj", "dative", "oprd"})
RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
JUDGED_FOR = frozenset({"for", "of", "with"})
MAX_CLIMB = 40
Answer = TypeVar("Answer")


def asked_once(ask: Callable[[Token], Answer]) -> Callable[[Token], Answer]:
    """A question whose answer the sentence's sheet keeps: its words do not change."""
    name = ask.__name__

    @wraps(ask)
    def answer(token: Token) -> Answer:
        answers: dict[tuple[str, int], Answer] | None = getattr(token.doc, "answers", None)
        if answers is None:
            return ask(token)
        key = (name, token.i)
        if key not in answers:
            answers[key] = ask(token)
        return answers[key]

    return answer


def has_word(doc: Doc, words: frozenset[str]) -> bool:
    """Does one of these lower-case words stand in the sentence? The words are gathered once."""
    found: frozenset[str] | None = doc.user_data.get("words")
    if found is None:
        found = doc.user_data["words"] = frozenset(token.lower_ for token in doc)
    return not words.isdisjoint(found)


def forms_of(doc: Doc) -> frozenset[str]:
    """The sentence's words as they stand and as lemmas, in small letters; "muslim" of "Muslims" too."""
    found = {token.lower_ for token in doc}
    for token in doc:
        lemma = token.lemma_.lower()
        found.update((token.lemma_, lemma))
        if token.tag_ == "NNPS":
            found.add(lemma.removesuffix("s"))
    return frozenset(found)


def text_of(doc: Doc) -> str:
    """`doc.text`, which spaCy puts together anew each time it is asked."""
    text = doc.user_data.get("text")
    if text is None:
        text = doc.user_data["text"] = doc.text
    return str(text)


def is_verb(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"}


def conjuncts(token: Token) -> list[Token]:
    """The token and what is coordinated with it, to its right."""
    found = [token]
    for child in token.children:
        is_joined = child.dep_ == "conj" and child.pos_ not in {"VERB", "AUX"}
        is_name = child.dep_ == "appos" and child.pos_ == token.pos_ == "PROPN"
        if is_joined or (is_name and _is_listed(child)):
            found.extend(conjuncts(child))
    return found


def _is_listed(token: Token) -> bool:
    """ "Merkel, Hollande and Putin": the parser makes the second the first's apposition."""
    return any(child.dep_ == "conj" and child.pos_ == "PROPN" for child in token.children)


@asked_once
def is_passive(verb: Token) -> bool:
    if any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children):
        return True
    if verb.tag_ not in {"VBN", "VBD"} or any(child.dep_ in SUBJECTS for child in verb.children):
        return verb.tag_ in {"VBN", "VBD"} and _has_by_phrase(verb)
    if verb.tag_ != "VBN":
        return False
    return _is_reduced(verb) or _is_opening(verb) or (verb.dep_ == "conj" and _has_by_phrase(verb))


def _is_reduced(verb: Token) -> bool:
    """ "a plan backed by Rome"; not "the leader condemned the plan", which the parser hangs alike."""
    if verb.dep_ != "acl" or (verb.lower_ == "opposed" and prepositional(verb, ("to",)) is not None):
        return False
    return verb.lemma_ in word_list("giving") or not any(c.dep_ == "dobj" for c in verb.children)


def _has_by_phrase(verb: Token) -> bool:
    """ "Karzai endorsed by Ban": a headline leaves the auxiliary out."""
    return any(child.dep_ == "agent" for child in verb.children) and not _has(verb, OBJECTS)


def _is_opening(verb: Token) -> bool:
    """ "Accused of treason, the corporal said": of whoever the main clause is about."""
    return (
        verb.dep_ == "advcl"
        and verb.i < verb.head.i
        and not any(child.dep_ in {"aux", "mark"} for child in verb.children)
    )


@asked_once
def governing_verb(token: Token) -> Token | None:
    """The nearest verb above the token."""
    for above in _ancestors(token):
        if is_verb(above):
            return above
    return None


def coordinated_with(verb: Token) -> Token | None:
    """The verb that a coordinated verb stands beside.

    The parser hangs "and threatening" on the nearest verb; it belongs to the nearest one of the same form.
    """
    nearest = governing_verb(verb)
    if (
        verb.tag_ != "VBG"
        or nearest is None
        or nearest.tag_ == "VBG"
        or any(c.dep_ == "aux" for c in nearest.children)
    ):
        return nearest
    return next((t for t in _ancestors(verb) if is_verb(t) and t.tag_ == "VBG"), nearest)


@asked_once
def subject(verb: Token) -> Token | None:
    """Who does it, of a verb: own subject, by-agent, antecedent, or the subject that controls it."""
    return _subject(verb, 0)


def _subject(verb: Token, depth: int) -> Token | None:
    if depth > 6:
        return None
    if is_passive(verb):
        return agent(verb) or _shared_agent(verb)
    own = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    if own is not None:
        return _antecedent(own, verb)
    if verb.dep_ == "acl" and verb.tag_ in {"VBG", "VB"}:
        issued = verb.tag_ == "VB" or verb.head.lemma_.lower() in word_list("documents")
        return (_of_noun(verb.head, depth) if issued else None) or verb.head
    if verb.dep_ in {"relcl", "acl"} and verb.tag_ not in {"VB"}:
        return verb.head
    if verb.tag_ in {"VBD", "VBZ"} and verb.dep_ in {"ROOT", "ccomp"}:
        return _after_day(verb)
    return _controller(verb, depth)


def _after_day(verb: Token) -> Token | None:
    """ "On Friday Ann Lee, a minister, resigned": the parser takes day and name for one."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ == "on" and child.i < verb.i:
            name = next((c for c in child.children if c.dep_ == "pobj" and c.pos_ == "PROPN"), None)
            if name is not None and any(
                c.ent_type_ == "DATE" or c.lower_.endswith("day") for c in name.lefts
            ):
                return name
    return None


def _of_noun(noun: Token, depth: int) -> Token | None:
    """Who does the infinitive on a noun: "Iran's decision to leave", "made a promise to leave"."""
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    if owner is not None:
        return owner
    above = governing_verb(noun)
    if above is not None and above.lemma_ in word_list("turning_down"):
        return None
    return _subject(above, depth + 1) if above is not None and noun.dep_ in OBJECTS else None


def _controller(verb: Token, depth: int) -> Token | None:
    above = coordinated_with(verb) if verb.dep_ == "conj" else governing_verb(verb)
    if above is None:
        return None
    if verb.dep_ == "conj" and above.dep_ in {"advcl", "relcl"} and _after_comma(verb):
        above = governing_verb(above) or above
    if verb.dep_ == "conj" and is_passive(above):
        is_passive_too = verb.tag_ == "VBN" and not _has(verb, OBJECTS)  # "was seized and jailed"
        return agent(above) or (None if is_passive_too else passive_subject(above))
    if verb.dep_ in {"xcomp", "ccomp"} and above.lemma_ in word_list("object_control"):
        controlled = direct_object(above) or prepositional(above, ("on", "upon", "to"))
        if controlled is not None:
            return controlled
    if verb.dep_ == "pcomp" and verb.head.lower_ in JUDGED_FOR and not is_passive(above):
        judged = direct_object(above) if above.lemma_ in word_list("judging_verbs") else None
        if judged is not None:
            return judged
    if is_passive(above):
        return passive_subject(above)
    return _subject(above, depth + 1)


def _after_comma(verb: Token) -> bool:
    """ ", and asked": the parser hangs it on the clause before the comma, the writer on the main verb."""
    before = verb.doc[max(0, verb.i - 3) : verb.i]
    return any(t.text == "," for t in before) and any(t.dep_ == "cc" for t in before)


def _antecedent(token: Token, verb: Token) -> Token:
    if token.lower_ in RELATIVES and verb.dep_ == "relcl":
        return verb.head
    return token


def agent(verb: Token) -> Token | None:
    """The by-phrase of a passive."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by" and is_passive(verb)):
            return next((inner for inner in child.children if inner.dep_ == "pobj"), None)
    return _shared_agent(verb)


def _shared_agent(verb: Token) -> Token | None:
    """ "was shot and killed by a guard": the by-phrase of the participle beside it."""
    beside = (c for c in verb.children if c.dep_ == "conj" and c.tag_ in {"VBN", "VBD"} and c.i > verb.i)
    found = next((c for c in beside if not _has(c, SUBJECTS | PASSIVE_SUBJECTS | OBJECTS)), None)
    return agent(found) if found is not None else None


def passive_subject(verb: Token) -> Token | None:
    own = next((child for child in verb.children if child.dep_ in PASSIVE_SUBJECTS), None)
    if own is not None:
        return _antecedent(own, verb)
    if verb.dep_ in {"acl", "relcl"}:
        return verb.head
    named = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    if named is not None:
        return _antecedent(named, verb)
    if _is_opening(verb):
        return subject(verb.head) or passive_subject(verb.head)
    if verb.dep_ == "conj":
        above = governing_verb(verb)
        if above is not None and is_passive(above):
            return passive_subject(above)
    return _shared_subject(verb)


def _shared_subject(verb: Token) -> Token | None:
    """ "tried to flee but was shot", "wounded two before being shot": the main clause's subject."""
    if verb.dep_ not in {"conj", "pcomp"} or not any(c.dep_ == "auxpass" for c in verb.children):
        return None
    above = governing_verb(verb)
    if above is None:
        return None
    return passive_subject(above) if is_passive(above) else subject(above)


@asked_once
def direct_object(verb: Token) -> Token | None:
    """What it is done to: direct object, subject of the passive, or antecedent of an object relative."""
    if is_passive(verb) or (verb.tag_ == "VBN" and verb.dep_ == "conj" and not _has(verb, OBJECTS)):
        return passive_subject(verb)
    found = [child for child in verb.children if child.dep_ in OBJECTS and child.dep_ != "dative"]
    if found:
        return _antecedent(found[0], verb)
    if verb.dep_ == "relcl" and any(
        child.dep_ in SUBJECTS and child.lower_ not in RELATIVES for child in verb.children
    ):
        return verb.head
    inside = _object_inside(verb) or _up_to_so_many(verb)
    if inside is not None:
        return inside
    inner = next(
        (c for c in verb.children if c.dep_ == "ccomp" and not is_verb(c) and c.pos_ in {"NOUN", "PROPN"}),
        None,
    )
    if inner is not None:
        return inner
    shared = next((c for c in verb.children if c.dep_ == "conj" and is_verb(c) and c.i > verb.i), None)
    if shared is not None and _adjacent(verb, shared):
        return direct_object(shared)
    return None


def _up_to_so_many(verb: Token) -> Token | None:
    """ "seized up to 16 advisers": the parser hangs "up" on the verb and the advisers on "to"."""
    up = next((c for c in verb.children if c.lower_ == "up" and c.i == verb.i + 1), None)
    to = next((c for c in up.children if c.lower_ == "to"), None) if up is not None else None
    counted = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
    if counted is None or not any(c.dep_ == "nummod" for c in counted.children):
        return None
    return counted


def _object_inside(verb: Token) -> Token | None:
    """The object that the parser makes a subject: "found him guilty", "asked Rome to leave"."""
    for clause in verb.children:
        if clause.dep_ in {"ccomp", "xcomp"} and clause.i > verb.i:
            is_infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in clause.children)
            is_participle = clause.tag_ == "VBG" and not any(
                c.dep_ in {"mark", "aux"} for c in clause.children
            )
            is_let = verb.lemma_ == "let" and clause.tag_ in {"VB", "VBP"}
            if is_infinitive or is_participle or is_let or clause.pos_ == "ADJ":
                own = next((c for c in clause.children if c.dep_ == "nsubj" and c.i > verb.i), None)
                if own is not None:
                    return own
    return None


def _adjacent(first: Token, second: Token) -> bool:
    """ "arrested and jailed the editor": the verbs share their object."""
    return second.i - first.i == 2


def dative(verb: Token) -> Token | None:
    """The receiver: "gave Mali a loan"."""
    found = next((child for child in verb.children if child.dep_ == "dative"), None)
    if found is None or found.pos_ != "ADP":
        return found
    return next((inner for inner in found.children if inner.dep_ == "pobj"), None)


def prepositional(token: Token, prepositions: tuple[str, ...]) -> Token | None:
    """The object of the first of these prepositions that hangs on the token (or on its particle)."""
    for wanted in prepositions:
        for child in _with_particles(token):
            if child.dep_ in {"prep", "dative", "agent", "prt"} and child.lower_ == wanted:
                found = next((c for c in child.children if c.dep_ in {"pobj", "pcomp"}), None)
                if found is not None:
                    return found
    return None


def _with_particles(token: Token) -> Iterator[Token]:
    for child in token.children:
        yield child
        if child.dep_ in {"prep", "advmod", "prt"} and child.lower_ not in word_list("circumstances"):
            yield from child.children


def modifiers(noun: Token) -> Iterator[Token]:
    """Adjectives, compounds and possessors to the left, and theirs."""
    for child in noun.lefts:
        if child.dep_ in {"amod", "compound", "nmod", "poss", "nummod", "npadvmod", "conj", "punct"}:
            yield child
            yield from modifiers(child)


def _has(token: Token, deps: frozenset[str]) -> bool:
    return any(child.dep_ in deps for child in token.children)


def _ancestors(token: Token) -> Iterator[Token]:
    steps = 0
    while token.head.i != token.i and steps < MAX_CLIMB:
        token = token.head
        steps += 1
        yield token


def head_of(start: int, end: int, doc: Doc) -> Token:
    """The token of `start` to `end` (exclusive) that hangs on none of the others."""
    for token in doc[start:end]:
        if not start <= token.head.i < end or token.head.i == token.i:
            return token
    return doc[end - 1]
