"""From an act in the sentence up through the words that hold it: the chain of operators."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractors.events import negation, syntax
from extractors.events.asides import read_aside
from extractors.events.lexicon import Entry, Lexicon
from extractors.events.links import commands_own, link_up, suits, takes
from extractors.events.realised import MAYBE, MUST, WILL, first_of_row, is_bare_order, is_unrealised
from extractors.events.wordlists import word_list

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Token

    from extractors.events.matches import Match

MAX_DEPTH = 3
MAX_STEPS = 14
ACCUSING = frozenset({"of", "with", "for"})  # "accused the general of": the parser hangs it on the general
JOINING = frozenset({"use", "participate", "take", "engage", "enter", "come"})
COMING = frozenset({"due", "scheduled", "planned", "set", "slated", "imminent"})
HELD_BY_MUST = frozenset({"have", "need", "ought"})
# What "not" makes of an operator: not to agree is to refuse.
NEGATIVE = frozenset({"needs_negation", "no_longer"})  # of entries whose words hold a negation
NEGATED = {"intend": "refuse"}
SPOKEN = frozenset({"threaten", "appeal", "demand", "accuse"})


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
    if not syntax.is_verb(token) and negation.has_no(token):
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
        read_aside(chain)
    top = chain.top or act.token
    if chain.speaker is not None and syntax.is_imperative(top):
        chain.held.append(Held("demand", top, None))
    if is_unrealised(first_of_row(top)) or (chain.speaker is None and is_bare_order(top)):
        chain.hints.add("hypothetical")
    return chain


def _is_part(noun: Token, match: Match | None) -> bool:
    """ "reserved the right to": the noun belongs to the operator's own words."""
    return match is not None and any(noun.lemma_ in words.rest for words in match.entry.words)


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


def _step(
    chain: Chain, token: Token, link: str, above: Token, operators: Mapping[int, Match], lexicon: Lexicon
) -> bool:
    if any(syntax.is_inverted_should(c) for c in above.children):
        return False
    match, act = operators.get(above.i), lexicon.composition[chain.act.entry.act]
    if match is not None and takes(match.entry, link, token) and suits(match.entry, act):
        if not syntax.is_verb(above) and negation.has_no(above):
            chain.hints.add("denied")
        if commands_own(match.entry, above):
            chain.light = above
        elif match.entry.kind != "done":
            if match.entry.id == "intend.agree" and _is_of_own(token):
                chain.held = [h for h in chain.held if h.operator != "demand" or h.entry is not None]
            chain.held.append(Held(match.entry.kind, above, match.entry))
        if match.entry.kind in SPOKEN:
            chain.hints.discard("hypothetical")  # "asked Rome to consider": the asking is real
        if match.entry.options.get("modality") and not _is_made(chain, match.entry, link):
            chain.hints.add(match.entry.options["modality"])
        chain.frames.append(f"{match.entry.kind}.{link}")
        return True
    return _transparent(chain, token, link, above, lexicon)


def _is_of_own(clause: Token) -> bool:
    """ "agreed that their troops should leave", "that both must": they bind themselves."""
    who = syntax.subject(clause)
    if who is None:
        return False
    own = {who.lower_, *(c.lower_ for c in who.children if c.dep_ == "poss")}
    return bool(own & {"they", "both", "we", "their", "our", "its", "his", "her", "all", "each"})


def _is_made(chain: Chain, entry: Entry, link: str) -> bool:
    """ "offered concessions" has made them."""
    return link == "obj" and entry.id == "intend.offer" and chain.act.entry.act == "concede"


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
    is_negated = negation.is_negated(token)
    negated = is_negated and not _is_meant_negated(token, chain)
    negated = negated or (token.i == chain.act.token.i and _touches_nobody(chain.act))
    if negated and negation.is_no_longer(token):
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
    met = own or syntax.direct_object(act.token)
    return negation.is_by_nobody(act.token) or (met is not None and negation.is_nobody(met))


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
