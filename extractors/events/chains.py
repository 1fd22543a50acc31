"""From an act in the sentence up through the words that hold it: the chain of operators."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.lexicon import Entry, Lexicon
from extractors.events.wordlists import word_list

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Token

    from extractors.events.matches import Match

MAX_DEPTH = 3
MAX_STEPS = 14
WILL = frozenset({"will", "would", "shall", "'ll", "’ll", "'d", "wo"})
MUST = frozenset({"must", "should", "ought"})
MAYBE = frozenset({"may", "might", "could", "can", "ca"})
ACCUSING = frozenset({"of", "with", "for"})  # "accused the general of": the parser hangs it on the general
JOINING = frozenset({"use", "participate", "take", "engage", "enter", "come"})
COMING = frozenset({"due", "scheduled", "planned", "set", "slated", "imminent"})
HELD_BY_MUST = frozenset({"have", "need", "ought"})
# What "not" makes of an operator: not to agree is to refuse.
NEGATIVE = frozenset({"needs_negation", "no_longer"})  # of entries whose words hold a negation
NEGATED = {"intend": "refuse"}
SPOKEN = frozenset({"threaten", "appeal", "demand", "accuse"})
INFINITIVE_HOLDERS = frozenset({"intend", "threaten", "appeal", "demand", "refuse"})


@dataclass(frozen=True, slots=True)
class Held:
    """An operator of a chain: its name, the word that says it, its entry (none for "will", "must", "not")."""

    operator: str
    token: Token
    entry: Entry | None


@dataclass(slots=True)
class Chain:
    """`held` from the inside out. `hints` are what bears on modality: denied, hypothetical, planned."""

    act: Match
    held: list[Held] = field(default_factory=list)
    top: Token | None = None
    light: Token | None = None
    is_received: bool = False
    speaker: Token | None = None
    report: Token | None = None
    hints: set[str] = field(default_factory=set)
    frames: list[str] = field(default_factory=list)

    @property
    def outer(self) -> Held | None:
        return self.held[-1] if self.held else None


def build_chain(act: Match, operators: Mapping[int, Match], lexicon: Lexicon) -> Chain:
    """Climb from the act until a word that holds nothing, a report verb, or the root."""
    chain = Chain(act=act, top=act.token)
    token = act.token
    if not syntax.is_verb(token) and syntax.has_no(token):
        chain.hints.add("denied")
    _read_auxiliaries(token, chain, lexicon)
    _read_modifiers(token, chain, lexicon)
    _read_relative(token, chain, lexicon)
    for _ in range(MAX_STEPS):
        link, above = link_up(token)
        if above is None or len(chain.held) > MAX_DEPTH:
            break
        if not _step(chain, token, link, above, operators, lexicon):
            verb = above.head
            is_passed = link in ACCUSING or _is_part(above, operators.get(verb.i))
            if not is_passed or above.dep_ not in syntax.OBJECTS or verb.i not in operators:
                break
            if not _step(chain, token, link, verb, operators, lexicon):
                break
            above = verb
        token = above
        chain.top = token
        if link != "conj" or (
            syntax.is_verb(token) and not (syntax.modals(act.token) or _has_own_subject(act.token))
        ):
            _read_auxiliaries(token, chain, lexicon)
    if chain.speaker is None:
        _read_aside(chain, lexicon)
    top = chain.top or act.token
    if chain.speaker is not None and syntax.is_imperative(top):
        chain.held.append(Held("demand", top, None))
    if _is_unrealised(_first_of_row(top), lexicon) or _is_bare_order(chain, top):
        chain.hints.add("hypothetical")
    return chain


def _first_of_row(verb: Token) -> Token:
    """ "to capitulate and give up": the "to" that they share stands before the first."""
    shares = verb.dep_ == "conj" and verb.tag_ == "VB" and not any(c.dep_ == "aux" for c in verb.children)
    return _first_of_row(verb.head) if shares and syntax.is_verb(verb.head) else verb


def _is_bare_order(chain: Chain, top: Token) -> bool:
    """ "Cancel all aid!": whoever says it, it is not done."""
    if chain.speaker is not None or not syntax.is_verb(top) or top.dep_ != "ROOT" or top.tag_ != "VB":
        return False
    helping = {c.lower_ for c in top.children if c.dep_ in {"aux", "auxpass"}}
    if helping - {"do"}:
        return False
    called = next((c for c in top.lefts if c.dep_ == "nsubj"), None)
    if called is None:
        return not any(t.pos_ in {"NOUN", "PROPN", "PRON"} for t in top.doc[: top.i])
    return called.i == top.i - 2 and top.nbor(-1).is_punct  # "Mr President, stop"


def _is_part(noun: Token, match: Match | None) -> bool:
    """ "reserved the right to": the noun belongs to the operator's own words."""
    return match is not None and any(noun.lemma_ in words.rest for words in match.entry.words)


def _read_aside(chain: Chain, lexicon: Lexicon) -> None:
    """ "The port, Rome said, will be closed": the saying stands in the middle."""
    top = chain.top
    if top is not None and _read_colon(top, chain):
        return
    for aside in top.children if top is not None else ():
        if aside.dep_ not in {"parataxis", "ccomp", "conj"} or not _says(aside, lexicon):
            continue
        who = next((c for c in aside.children if c.dep_ == "nsubj"), None)
        if who is not None and _stands_aside(aside):
            chain.report, chain.speaker = aside, who
            return


def _says(verb: Token, lexicon: Lexicon) -> bool:
    lemma = verb.lemma_.lower()
    return lemma in lexicon.helpers["report_verbs"] or lemma in lexicon.helpers["announcing_verbs"]


def _stands_aside(verb: Token) -> bool:
    """Between commas, without a word that would bind it."""
    if verb.dep_ == "parataxis":
        return True
    if verb.dep_ == "conj":
        is_cut = verb.doc[max(0, verb.left_edge.i - 1)].text == "," or verb.left_edge.text == ","
        return is_cut and verb.i > verb.head.i and not any(c.dep_ == "cc" for c in verb.head.children)
    return not any(c.dep_ == "mark" for c in verb.children)


def _read_colon(top: Token, chain: Chain) -> bool:
    """ "Kim: we will respond", "Rome to Paris: leave" """
    doc = top.doc
    colon = next((t for t in doc[1 : min(9, top.i)] if t.text == ":"), None)
    if colon is None:
        return False
    before = [t for t in doc[: colon.i] if t.pos_ in {"PROPN", "NOUN"}]
    if not before or any(syntax.is_verb(t) for t in doc[: colon.i]):
        return False
    to = next((t.i for t in doc[: colon.i] if t.lower_ == "to"), colon.i)
    speaking = [t for t in before if t.i < to]
    if speaking:
        chain.speaker = chain.report = speaking[-1]
    return bool(speaking)


def _is_unrealised(top: Token, lexicon: Lexicon) -> bool:
    """An infinitive that nothing we know holds: "could convince them to give up", "talks to end the war"."""
    if not syntax.is_verb(top) or top.dep_ not in {"xcomp", "ccomp", "advcl", "acl"}:
        return False
    if not any(child.lower_ == "to" and child.dep_ == "aux" for child in top.children):
        return False
    if top.head.lemma_.lower() in lexicon.helpers["bringing_about"]:
        return not _is_brought_about(top.head, lexicon)
    return not _is_done_first(top)


def _is_brought_about(verb: Token, lexicon: Lexicon) -> bool:
    """ "forced them to leave" has; "will use it to punish", "tried to force them to", "did not dare to" have not."""
    if syntax.modals(verb) & (WILL | MUST | MAYBE) or any(c.dep_ == "neg" for c in verb.children):
        return False
    return verb.dep_ == "acl" or not _is_unrealised(verb, lexicon)


def _is_done_first(infinitive: Token) -> bool:
    """ "the first state to recognise Kosovo": it has."""
    before = infinitive.nbor(-1)
    noun = before.nbor(-1) if before.lower_ == "to" and before.i else before
    return any(child.lower_ in word_list("ordinals") for child in noun.lefts)


def _read_modifiers(noun: Token, chain: Chain, lexicon: Lexicon) -> None:
    """ "the planned summit", "ahead of the talks": still to come; "any attack": supposed."""
    if syntax.is_verb(noun):
        return
    before = {t.lower_ for t in syntax.modifiers(noun)}
    ahead = noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ == "ahead"
    if (before & word_list("coming") or ahead) and not lexicon.composition[chain.act.entry.act].is_hostile:
        chain.held.append(Held("intend", noun, None))
    if before & {"possible", "potential", "proposed", "any"} or any(c.lower_ == "any" for c in noun.children):
        chain.hints.add("hypothetical")


def _read_relative(noun: Token, chain: Chain, lexicon: Lexicon) -> None:
    """ "the concession it got from Rome": the noun is the object of its own clause."""
    if syntax.is_verb(noun):
        return
    for verb in noun.children:
        if verb.dep_ != "relcl" or not syntax.is_verb(verb) or syntax.is_passive(verb):
            continue
        subject = next(
            (c for c in verb.children if c.dep_ == "nsubj" and c.lower_ not in syntax.RELATIVES), None
        )
        if subject is None or any(
            c.dep_ == "dobj" and c.lower_ not in syntax.RELATIVES for c in verb.children
        ):
            continue
        chain.is_received = verb.lemma_ in lexicon.helpers["receiving_verbs"]
        if chain.is_received or verb.lemma_ in lexicon.helpers["light_verbs"]:
            chain.light = verb


def _has_own_subject(verb: Token) -> bool:
    return any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.children)


def _is_content_of(clause: Token) -> bool:
    """ "a plan to attack"; not "a plan that has been attacked", "demands, which Rome rejected"."""
    if syntax.is_verb(clause.head):
        return False
    return clause.dep_ == "acl" or not any(
        c.lower_ in {"which", "who", "whom"} or (c.lower_ == "that" and c.dep_ in {"nsubj", "nsubjpass"})
        for c in clause.children
    )


def link_up(token: Token) -> tuple[str, Token | None]:
    """How the token hangs on the word above: clause, obj, subj, compound, conj or a preposition."""
    head, dep = token.head, token.dep_
    if head.i == token.i:
        return "", None
    if dep in {"pobj", "pcomp"}:
        over = head.head
        while over.pos_ == "ADP" and over.head.i != over.i:
            over = over.head
        return head.lower_, over
    if dep in {"xcomp", "ccomp"} or (dep in {"acl", "relcl"} and _is_content_of(token)):
        return "clause", head
    if dep == "advcl" and token.tag_ == "VB":
        return "purpose", head
    if dep in {"dobj", "nsubjpass", "oprd", "obj"}:
        return "obj", head
    if dep in {"nsubj", "csubj"}:
        return ("obj" if syntax.is_passive(head) else "subj"), head
    if dep in {"compound", "nmod"} and head.pos_ in {"NOUN", "PROPN"}:
        return "compound", head
    if dep == "acomp":
        return "acomp", head
    if dep == "conj":
        beside = syntax.coordinated_with(token) if syntax.is_verb(token) and syntax.is_verb(head) else head
        return "conj", beside
    return "", None


def _step(
    chain: Chain, token: Token, link: str, above: Token, operators: Mapping[int, Match], lexicon: Lexicon
) -> bool:
    if any(syntax.is_inverted_should(c) for c in above.children):
        return False
    match = operators.get(above.i)
    if match is not None and _takes(match.entry, link, token) and _suits(match.entry, chain, lexicon):
        if not syntax.is_verb(above) and syntax.has_no(above):
            chain.hints.add("denied")
        if commands_own(match.entry, above):
            chain.light = above
        elif match.entry.kind != "done":
            chain.held.append(Held(match.entry.kind, above, match.entry))
        if match.entry.kind in SPOKEN:
            chain.hints.discard("hypothetical")  # "asked Rome to consider": the asking is real
        if match.entry.options.get("modality") and not _is_made(chain, match.entry, link):
            chain.hints.add(match.entry.options["modality"])
        chain.frames.append(f"{match.entry.kind}.{link}")
        return True
    return _transparent(chain, token, link, above, lexicon)


def commands_own(entry: Entry, verb: Token) -> bool:
    """ "ordered its troops to pull back": who commands them does it, nothing is demanded."""
    if entry.id != "demand.order":
        return False
    commanded = syntax.direct_object(verb)
    if commanded is None:
        return False
    is_owned = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in commanded.children)
    return is_owned or commanded.lemma_.lower() in word_list("commanded")


def _is_made(chain: Chain, entry: Entry, link: str) -> bool:
    """ "offered concessions" has made them."""
    return link == "obj" and entry.id == "intend.offer" and chain.act.entry.act == "concede"


def _suits(entry: Entry, chain: Chain, lexicon: Lexicon) -> bool:
    """ "hinted at sanctions" threatens, "hinted at talks" does not."""
    return "hostile_only" not in entry.options or lexicon.composition[chain.act.entry.act].is_hostile


def _takes(entry: Entry, link: str, token: Token) -> bool:
    if link == "clause" and "clause_to_come" in entry.options and syntax.is_stated(token):
        return False
    if link in entry.takes:
        return True
    if link == "clause" and "wish" in entry.takes:
        return syntax.is_wished(token)
    if link == "clause" and "inf" in entry.takes:
        return any(child.lower_ == "to" and child.dep_ == "aux" for child in token.children)
    if link == "compound":
        return bool({"of", "obj", "for"} & entry.takes)
    return link == "purpose" and "clause" in entry.takes and entry.kind in INFINITIVE_HOLDERS


def _transparent(chain: Chain, token: Token, link: str, above: Token, lexicon: Lexicon) -> bool:
    lemma, helpers = above.lemma_.lower(), lexicon.helpers
    if link == "conj":
        return syntax.is_verb(above) == syntax.is_verb(token)
    if link == "subj" and lemma in helpers["following_verbs"] and not syntax.is_verb(token):
        return bool(syntax.modals(above) & WILL)
    if link == "acomp":
        return lemma in {"be", "seem", "remain", "appear", "become"}
    if link == "subj" and not syntax.is_verb(token):
        return _happens(chain, above, helpers["happening"])
    if link == "clause" and syntax.is_verb(above):
        return _clause(chain, token, above, lexicon)
    lemma = _with_particle(above, helpers["light_verbs"])
    if link in {"obj", "in", "to", "on", "as"} and syntax.is_verb(above) and not syntax.is_verb(token):
        if lemma in helpers["receiving_verbs"] and link == "obj":
            chain.is_received, chain.light = True, above
            return True
        if lemma in helpers["light_verbs"] and (link != "on") and (link == "obj" or lemma in JOINING):
            chain.light = above
            chain.frames.append("light")
            return True
        if lemma in helpers["trying_verbs"]:
            chain.hints.add("hypothetical")
            return True
    if link == "compound" and lemma == "group":
        return False  # "a strike group"
    return link in {"of", "in", "compound"} and lemma in helpers["quantity_nouns"]


def _happens(chain: Chain, verb: Token, happening: frozenset[str]) -> bool:
    """ "the talks will resume on Friday", "a summit took place", "a visit is due in May" """
    if verb.lemma_ == "be":
        coming = next((c for c in verb.children if c.dep_ == "acomp" and c.lower_ in COMING), None)
        if coming is not None:
            chain.held.append(Held("intend", coming, None))
        return coming is not None
    if _with_particle(verb, happening) not in happening:
        return False
    chain.frames.append("happening")
    return True


def _with_particle(verb: Token, known: frozenset[str]) -> str:
    """ "carry_out" where the list has it, else the lemma."""
    lemma = verb.lemma_.lower()
    joined = (f"{lemma}_{child.lower_}" for child in verb.children if child.dep_ in {"prt", "advmod", "dobj"})
    return next((word for word in joined if word in known), lemma)


def _clause(chain: Chain, token: Token, above: Token, lexicon: Lexicon) -> bool:
    lemma, helpers = above.lemma_.lower(), lexicon.helpers
    if token.dep_ == "xcomp":
        if lemma in HELD_BY_MUST:
            chain.held.append(Held("demand", above, None))
            return True
        if (lemma == "be" and not any(c.dep_ == "acomp" for c in above.children)) or (
            lemma == "go" and above.tag_ == "VBG"
        ):
            chain.held.append(Held("intend", above, None))
            return True
        if lemma in helpers["aspect_verbs"]:
            return True
    if lemma in helpers["trying_verbs"]:
        chain.hints.add("hypothetical")
        return True
    if lemma in helpers["opinion_verbs"] and any(
        h.operator == "intend" and h.entry is None for h in chain.held
    ):
        chain.hints.add("hypothetical")
    if lemma in helpers["report_verbs"]:
        chain.report = above
        chain.speaker = syntax.subject(above)
    return False


def _read_auxiliaries(token: Token, chain: Chain, lexicon: Lexicon) -> None:
    if not syntax.is_verb(token) and token.pos_ != "ADJ":
        return
    if syntax.is_headline_infinitive(token) or (token.tag_ == "VBG" and syntax.is_to_come(token)):
        chain.held.append(Held("intend", token, None))
        return
    auxiliaries = syntax.modals(token)
    is_negated = syntax.is_negated(token) or syntax.is_by_nobody(token)
    negated = is_negated and not _is_meant_negated(token, chain)
    negated = negated or (token.i == chain.act.token.i and _touches_nobody(chain.act))
    if negated and syntax.is_no_longer(token):
        negated = False
        chain.held.append(Held("halt", token, None))
    if auxiliaries & WILL:
        coming = "decide" if chain.frames[-1:] == ["happening"] else "intend"
        chain.held.append(Held("refuse" if negated else coming, token, None))
    elif auxiliaries & MUST:
        if negated:
            chain.held.append(Held("halt", token, None))
        chain.held.append(Held("demand", token, None))
    elif negated and _is_forgone(token, chain):
        is_hostile = lexicon.composition[chain.act.entry.act].is_hostile
        chain.held.append(Held("halt" if is_hostile else "refuse", token, None))
    elif negated:
        _negate(token, chain)
    if auxiliaries & MAYBE:
        is_meant = token.lemma_ not in {"threaten", "menace"}  # "could threaten" is no threat
        chain.hints |= {"hypothetical", "maybe"} if is_meant else {"hypothetical"}


def _touches_nobody(act: Match) -> bool:
    """ "let no one in", "pardoned nobody", "neither Rome nor Paris has lifted" """
    if not act.entry.is_act or not syntax.is_verb(act.token):
        return False
    own = act.object if act.object is not None and act.object.i != act.token.i else None
    who = next((c for c in act.token.children if c.dep_ in syntax.SUBJECTS), None)
    sides = [t for t in (own or syntax.direct_object(act.token), who) if t is not None]
    return any(syntax.has_no(t) or t.lower_ in {"nobody", "none", "nothing"} for t in sides)


def _is_meant_negated(token: Token, chain: Chain) -> bool:
    """ "does not accept", "will not sit idly by", "no longer objects": the negation is part of the entry."""
    own = [chain.act.entry] if chain.act.token.i == token.i else []
    own += [held.entry for held in chain.held if held.entry is not None and held.token.i == token.i]
    return any(NEGATIVE & entry.options.keys() for entry in own)


def _is_forgone(token: Token, chain: Chain) -> bool:
    """ "promised not to attack"; whoever is warned not to do it has not done it."""
    is_own = token.i == chain.act.token.i and chain.act.entry.is_act
    return is_own and syntax.is_infinitive(token) and token.head.lemma_ != "warn"


def _is_of(word: Token, verb: Token) -> bool:
    """The verb itself, or the adjective that "is" carries: "is not ready"."""
    return word.i == verb.i or (word.dep_ == "acomp" and word.head.i == verb.i)


def _negate(token: Token, chain: Chain) -> None:
    outer = chain.outer
    if outer is not None and outer.operator in NEGATED and _is_of(outer.token, token):
        chain.held[-1] = Held(NEGATED[outer.operator], token, outer.entry)
    else:
        chain.hints.add("denied")
