"""A parsed sentence in, candidate events out: each an act with its operators, its code, its role words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractors.events import syntax
from extractors.events.blame import blamed
from extractors.events.chains import Chain, Held, build_chain
from extractors.events.compose import Composed, compose
from extractors.events.contents import content_of
from extractors.events.lexicon import Lexicon
from extractors.events.links import commands_own
from extractors.events.matches import Match, Matches, find_matches
from extractors.events.modality import condition_clause
from extractors.events.realised import MUST
from extractors.events.roles import Roles, find_roles
from extractors.events.warning import FUTURE, announces_harm, is_order_or_else
from extractors.events.wordlists import word_list

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from extractors.events.families.exercise_reference import Reference

SPEAKING = frozenset({"accuse", "appeal", "demand", "intend", "refuse"})
BARE = frozenset({"accusation", "request", "demand", "promise", "refusal"})
CALLING = frozenset({"02", "10", "11"})  # roots of appeals, demands, disapproval
VIOLENT = frozenset({"17", "18", "19", "20"})
BLOODY, NO_BLOOD = frozenset({"18", "19", "20"}), frozenset({"191", "192", "196"})
CHARGED = frozenset({"accuse.with", "accuse.in"})
HARMING = frozenset({"kill", "wound", "injure", "maim", "leave", "hurt", "claim"})
FACTIVE = frozenset({"condemn", "praise"})  # what is condemned or praised has happened


@dataclass(frozen=True, slots=True)
class Candidate:
    chain: Chain
    composed: Composed
    roles: Roles

    @property
    def trigger(self) -> Token:
        """The outermost word that makes the event what it is."""
        outer = self.chain.outer
        if outer is not None and (outer.entry is not None or outer.operator == "threaten"):
            return outer.token
        return self.chain.act.token

    @property
    def entry_ids(self) -> tuple[str, ...]:
        held = [h.entry.id for h in self.chain.held if h.entry is not None]
        return (self.chain.act.entry.id, *held)


def find_candidates(doc: Doc, lexicon: Lexicon, *, exercises: Iterable[Reference] = ()) -> list[Candidate]:
    """`exercises`: what the sentence calls exercises by name; no word of a name is another act."""
    matches = find_matches(doc, lexicon)
    _take_exercises(matches, exercises, lexicon)
    best, operators = matches.best.values(), matches.operators
    found = [c for m in best if m.entry.is_act for c in _of_act(m, operators, lexicon)]
    used = {held.token.i for c in found for held in c.chain.held if held.entry is not None}
    for match in best:
        if not match.entry.is_act and match.token.i not in used and _stands_alone(match):
            found.extend(_of_act(match, operators, lexicon))
    found = [c for c in found if not _is_content(c, matches.best)]
    found.extend(_obligations(doc, found, lexicon))
    found.extend(_announcements(doc, found, lexicon))
    found.extend(_or_else(doc, found, lexicon))
    kept = _with_victims(_without_held(found))
    return sorted(kept, key=lambda c: (c.trigger.i, c.chain.act.token.i))


def _is_content(candidate: Candidate, best: Mapping[int, Match]) -> bool:
    """ "signed an agreement to free the crew": the accord is told, and what it says is no second event."""
    for held in candidate.chain.held:
        verb = best.get(held.token.head.i)
        own = verb.object if verb is not None and verb.entry.act == "accord" else None
        if own is not None and own.i == held.token.i != held.token.head.i:
            return True
    return False


def _take_exercises(matches: Matches, exercises: Iterable[Reference], lexicon: Lexicon) -> None:
    entry = lexicon.entry("exercise.noun")
    for reference in exercises:
        for token in reference.tokens:
            own = [token, *(c for c in token.lefts if c.dep_ == "compound")] if reference.name else [token]
            for word in own:
                matches.best.pop(word.i, None)
                if reference.name:
                    matches.operators.pop(word.i, None)
        matches.best[reference.top.i] = Match(entry, reference.top, None, 0)


def _obligations(doc: Doc, found: list[Candidate], lexicon: Lexicon) -> Iterator[Candidate]:
    """ "Rome said that Paris must explain": a demand, whatever it is that must be done."""
    if not syntax.has_word(doc, MUST):
        return
    done = {c.chain.act.token.i for c in found} | {h.token.i for c in found for h in c.chain.held}
    for verb in doc:
        if syntax.is_verb(verb) and verb.i not in done and syntax.modals(verb) & MUST:
            entry = lexicon.entry("demand.must")
            chain = build_chain(Match(entry, verb, None, 0), {}, lexicon)
            if _is_demanded(chain, lexicon):
                chain.held.clear()
                yield Candidate(chain, compose(entry.act, [], lexicon), find_roles(chain))


def _is_demanded(chain: Chain, lexicon: Lexicon) -> bool:
    """Said by somebody who may demand it: not believed, and no expert's advice."""
    if chain.speaker is None or [h.operator for h in chain.held] != ["demand"]:
        return False
    if chain.report is not None and chain.report.lemma_.lower() in lexicon.helpers["opinion_verbs"]:
        return False
    if chain.act.token.lemma_.lower() in word_list("minding_verbs"):
        return False  # "must understand that": told, not asked for anything
    return chain.speaker.lemma_.lower() not in lexicon.helpers["onlookers"]


def _announcements(doc: Doc, found: list[Candidate], lexicon: Lexicon) -> Iterator[Candidate]:
    """ "Rome said it would keep the ships unless Paris paid": a threat, whatever it is that will be done."""
    if not syntax.has_word(doc, FUTURE):
        return
    done = {c.chain.act.token.i for c in found} | {h.token.i for c in found for h in c.chain.held}
    told = done | {c.chain.top.i for c in found if c.chain.top is not None and c.composed.code[:2] == "13"}
    for verb in doc:
        if verb.dep_ == "conj" and verb.head.i in told:
            continue  # "will lose interest in the talks and have to look at them anew": one threat
        held = any(c.dep_ == "xcomp" and c.i in done for c in verb.children)  # "will have to reconsider"
        if syntax.is_verb(verb) and verb.i not in done and not held and announces_harm(verb):
            entry = lexicon.entry("threat.announced")
            chain = build_chain(Match(entry, verb, syntax.direct_object(verb), 0), {}, lexicon)
            holding = [h.operator for h in chain.held]
            if any(h.entry is not None and h.token.i in done for h in chain.held):
                continue
            if "denied" in chain.hints or holding[:1] not in (["intend"], ["refuse"], []):
                continue
            if set(holding[1:]) <= {"intend", "threaten"}:
                outer = ["intend", *holding[1:]]
                yield Candidate(chain, compose(entry.act, outer, lexicon), find_roles(chain))


def _or_else(doc: Doc, found: list[Candidate], lexicon: Lexicon) -> Iterator[Candidate]:
    """ "'Leave, or we will strike,' Rome told Paris": an order, and what follows if it is not obeyed."""
    done = {c.chain.act.token.i for c in found if c.composed.act == "ultimatum"}
    for word in doc:
        order = word.head
        if done or word.lower_ != "or" or not is_order_or_else(order, word):
            continue
        entry = lexicon.entry("threat.or_else")
        chain = build_chain(Match(entry, order, None, 0), {}, lexicon)
        if chain.speaker is not None:
            chain.held.clear()
            chain.hints.clear()
            yield Candidate(chain, compose(entry.act, [], lexicon), find_roles(chain))
            return


def _of_act(match: Match, operators: Mapping[int, Match], lexicon: Lexicon) -> Iterator[Candidate]:
    chain = build_chain(match, operators, lexicon)
    if not _is_said(match, chain):
        return
    conditional = any(h.entry is not None and "conditional" in h.entry.options for h in chain.held)
    if conditional:
        if condition_clause(chain.top) is None:
            return
        chain.held = [h for h in chain.held if h.entry is not None]
        chain.held.append(Held("threaten", chain.held[-1].token, None))
        chain.hints.clear()
    if _may_be_meant(chain, lexicon) or _is_ordered_for_later(chain):
        chain.held.append(Held("intend", chain.act.token, None))
    holding = [held.operator for held in chain.held]
    if holding == ["intend"] and _is_or_else(chain):
        holding = ["threaten"]
    if holding and _is_settled(chain) and lexicon.composition[match.entry.act].is_hostile:
        holding[-1] = "decide"
    done = compose(match.entry.act, [], lexicon)
    roles = find_roles(chain)
    if done.code[:2] in BLOODY:
        roles = blamed(chain, roles)
    yield Candidate(chain, _by_object(_composed(match, holding, lexicon), chain, roles, lexicon), roles)
    if holding and holding[-1] in FACTIVE and not syntax.is_verb(match.token):
        plain = Chain(act=match, top=match.token)
        yield Candidate(plain, done, find_roles(plain))
    if holding and holding[-1] == "accuse" and done.code[:2] in BLOODY and done.code not in NO_BLOOD:
        plain = Chain(act=match, top=match.token)
        roles = blamed(plain, find_roles(plain))
        if roles.sources and roles.targets and plain.hints:
            yield Candidate(plain, done, roles)


def _by_object(composed: Composed, chain: Chain, roles: Roles, lexicon: Lexicon) -> Composed:
    """ "called the allegation absurd" rejects it; "charged with murder" is before a court, no accusation."""
    if composed.act == "criticism" and composed.operator == "done":
        blames = word_list("blames")
        if roles.targets and all(token.lemma_.lower() in blames for token in roles.targets):
            return compose("deny_blame", [], lexicon)
    outer = chain.outer
    is_charge = outer is not None and outer.entry is not None and outer.entry.id == "accuse.charge"
    if is_charge and CHARGED & set(chain.frames):
        return compose("charge", [], lexicon)
    return composed


def _is_ordered_for_later(chain: Chain) -> bool:
    """ "instructed its navy to fire if it is harassed": not yet."""
    if chain.held or chain.light is None or chain.light.lemma_ not in {"order", "instruct", "tell"}:
        return False
    return condition_clause(chain.act.token) is not None


def _is_or_else(chain: Chain) -> bool:
    """ "Rome will recall its monitors unless Paris pays": no promise."""
    condition = condition_clause(chain.top)
    return condition is not None and any(
        c.dep_ == "mark" and c.lower_ == "unless" for c in condition.children
    )


def _composed(match: Match, holding: list[str], lexicon: Lexicon) -> Composed:
    """An operator without an act we know holds what its words tell: "asked for blankets" is 0233."""
    entry = match.entry
    if entry.kind in SPEAKING and entry.act in BARE:
        content = content_of(match.token, entry.kind)
        if content is not None:
            return compose(content, [entry.kind, *holding], lexicon)
        holding = [operator for operator in holding if operator != "intend"]
    return compose(entry.act, holding, lexicon)


def _may_be_meant(chain: Chain, lexicon: Lexicon) -> bool:
    """ "We could close the strait, Rome said", "Rome may recall its envoy if": a threat, not a guess."""
    if chain.held or "maybe" not in chain.hints or not syntax.is_verb(chain.act.token):
        return False
    is_hostile = lexicon.composition[chain.act.entry.act].is_hostile
    return is_hostile and (chain.speaker is not None or condition_clause(chain.top) is not None)


def _is_settled(chain: Chain) -> bool:
    """ "agreed sanctions on Rome": several of one mind, no threat."""
    outer = chain.outer
    return outer is not None and outer.entry is not None and outer.token.lemma_ in {"agree", "agreement"}


def _is_said(match: Match, chain: Chain) -> bool:
    """Weak nouns ("support", "tariff") are events only where a verb does something with them."""
    if "light_only" in match.entry.options and not chain.held and chain.light is None:
        return False
    if (
        not chain.held
        and chain.light is None
        and not syntax.is_verb(match.token)
        and _is_only_imagined(match.token)
    ):
        return False
    if match.entry.source == "speaker" and chain.speaker is None and not any(h.entry for h in chain.held):
        return False
    if _names_a_paper(match) or _is_name_given(match.token, chain):
        return False
    if match.token.dep_ == "compound" and chain.top is not None and chain.top.i == match.token.i:
        return False  # "war crimes" are no war
    if syntax.is_verb(match.token) and any(c.lower_ in {"how", "whether"} for c in match.token.lefts):
        return False  # "over how Rome would react"
    failed = any(held.operator == "fail" for held in chain.held)
    return failed or match.entry.options.get("polarity") != "failed"


def _names_a_paper(match: Match) -> bool:
    """A "trade agreement" is an agreement, no trade."""
    token = match.token
    is_weak = "light_only" in match.entry.options and token.dep_ == "compound"
    return is_weak and token.head.lemma_.lower() in word_list("papers")


def _is_name_given(noun: Token, chain: Chain) -> bool:
    """ "called it an assault on the nation": what it is called; not "called a strike"."""
    if noun.dep_ != "oprd" or syntax.is_verb(noun) or chain.held:
        return False
    return any(
        c.pos_ in {"NOUN", "PROPN", "PRON"} and c.i > noun.head.i for c in noun.head.children if c.i < noun.i
    )


def _is_only_imagined(noun: Token) -> bool:
    """ "a future invasion", "any attack", "practice for an invasion" """
    if any(t.lower_ in word_list("imagined") for t in [*noun.children, *syntax.modifiers(noun)]):
        return True
    return (
        noun.dep_ == "pobj"
        and noun.head.lower_ in {"for", "against"}
        and noun.head.head.lemma_ in word_list("preparations")
    )


def _stands_alone(match: Match) -> bool:
    """An operator that holds no act we know is still a refusal, a threat, a demand of some kind."""
    entry, token = match.entry, match.token
    if not entry.act:
        return False
    if "bare_light" in entry.options:
        return token.dep_ in {"dobj", "nsubjpass"}
    if commands_own(entry, token) or (entry.id == "demand.order" and _nobody_orders(token)):
        return False
    needs = entry.options.get("bare_needs", "")
    return not needs or any(_has_slot(token, slot.strip()) for slot in needs.split(","))


def _nobody_orders(verb: Token) -> bool:
    """ "travellers were told to stay away" """
    return syntax.is_passive(verb) and syntax.agent(verb) is None


def _has_slot(token: Token, slot: str) -> bool:
    if slot == "clause":
        return any(child.dep_ in {"xcomp", "ccomp"} and child.i > token.i for child in token.children)
    if slot == "to_come":
        return any(
            child.dep_ in {"xcomp", "ccomp"} and child.i > token.i and not syntax.is_stated(child)
            for child in token.children
        )
    if slot == "wish":
        return any(
            child.dep_ in {"xcomp", "ccomp"} and child.i > token.i and syntax.is_wished(child)
            for child in token.children
        )
    if slot == "inf":
        return syntax.direct_object(token) is not None and any(
            child.dep_ in {"xcomp", "ccomp"}
            and any(c.lower_ == "to" and c.dep_ == "aux" for c in child.children)
            for child in token.children
        )
    if slot == "obj":
        return syntax.is_verb(token) and syntax.direct_object(token) is not None
    behind = syntax.prepositional(token, (slot,))
    if slot == "on" and behind is not None and token.lemma_ == "insist" and behind.pos_ == "PROPN":
        return False  # "insisted on CBS"
    return behind is not None


def _without_held(found: list[Candidate]) -> list[Candidate]:
    """Of two chains where one act is an operator's word in the other, the longer one stands."""
    inside = {held.token.i for c in found for held in c.chain.held if held.entry is not None}
    inner = {
        t.i for c in found if _is_whole(c) for t in c.chain.act.token.subtree if t.i > c.chain.act.token.i
    }
    whole = {c.chain.act.token.i for c in found if _is_whole(c)}
    found = [c for c in found if c.chain.act.token.i not in inner or _is_held_apart(c, whole)]
    found = [c for c in found if c.chain.act.token.i not in inside or _is_whole(c)]
    protests = {c.chain.act.token.i for c in found if c.composed.code.startswith("14")}
    return [c for c in found if not _is_aim_of(c, protests)]


def _with_victims(found: list[Candidate]) -> list[Candidate]:
    """ "shelled the town, killing nine people": one act, on the town and on the nine."""
    by_act = {c.chain.act.token.i: c for c in found if c.composed.code[:2] in VIOLENT and not c.chain.held}
    for one in list(by_act.values()):
        token = one.chain.act.token
        first = token.head if token.dep_ == "conj" else token
        main = by_act.get(first.head.i)
        if main is None or first.dep_ != "advcl" or token.tag_ != "VBG" or token.lemma_ not in HARMING:
            continue
        also = (*main.roles.also, *one.roles.targets[:1])
        by_act[first.head.i] = replace(main, roles=replace(main.roles, also=also))
        del by_act[token.i]
    others = [c for c in found if c.composed.code[:2] not in VIOLENT or c.chain.held]
    return [*others, *by_act.values()]


def _is_aim_of(candidate: Candidate, protests: set[int]) -> bool:
    """ "marched to demand reforms", "a rally against": what a protest calls for is the protest."""
    word = candidate.trigger
    if candidate.composed.code[:2] not in CALLING or word.dep_ not in {"advcl", "acl", "xcomp", "relcl"}:
        return False
    above = word.head
    return above.i in protests or any(child.i in protests for child in above.children if child.i < word.i)


def _is_held_apart(candidate: Candidate, whole: set[int]) -> bool:
    """By an operator of its own, not by the ultimatum's verb."""
    held = [h.token.i for h in candidate.chain.held if h.entry is not None]
    return bool(held) and not whole & set(held)


def _is_whole(candidate: Candidate) -> bool:
    """ "gave Rome a day to withdraw or face sanctions": what is asked is part of the act."""
    return "whole" in candidate.chain.act.entry.options
