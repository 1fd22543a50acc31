"""A draft in, the threat's fields out; none for danger, forecasts, advice and quarrels at home."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from extractors.events import syntax
from extractors.events.actors_of import actors_at, is_known
from extractors.events.draft import Draft
from extractors.events.families import spans
from extractors.events.judge.propose import is_own
from extractors.events.warning import FUTURE

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extractors.events.candidates import Candidate
    from extractors.events.chains import Chain
    from extractors.records import Actor


AT_HOME = ("132", "133", "137")  # curbs, strikes and force against one's own are threats too
RULING = frozenset({"GOV", "MIL", "COP", "SPY", "JUD"})
RULED = frozenset({"CVL", "OPP", "LAB", "EDU", "MED", "REF", "ETH", "AGR", "SET"})
ARMED = frozenset({"MIL", "REB", "SEP", "INS", "UAF"})
COMMANDED = frozenset({"MIL", "COP", "SPY"})
STANDING = frozenset({"previously", "repeatedly", "already"})
SAME_HOUSE = frozenset({"GOV", "LEG", "JUD", "ELI", "OPP", "PTY"})
# Who threatens those in power, or anybody else, in no quarrel of the house.
OUTSIDE = frozenset({"LAB", "AGR", "CRM", "CVL", "REL", "EDU", "ETH", "NGO", "PKO", "REF", "HLH", "SET"})


def read_threat(draft: Draft) -> dict[str, Any] | None:
    composed = draft.candidate.composed
    if composed.operator in {"praise", "condemn", "accuse", "appeal", "demand"}:
        return None
    if not composed.code.startswith("13"):
        return None
    if not _has_sides(draft) or _is_advice(draft):
        return None
    if _is_family_quarrel(draft) and not composed.code.startswith(AT_HOME):
        return None
    condition, _ = condition_of(draft.candidate)
    is_meant = is_own(draft.candidate) or (_is_aimed(draft) and (condition or _is_vowed(draft)))
    if composed.operator == "intend" and not is_meant:
        return None
    due = spans.deadline(draft.sentence)
    action = _or_else(draft) or _action(draft.candidate)
    return {
        "kind": spans.family_data()["threat_kind"].get(composed.act) or _kind_of(action),
        "threatened_action": action,
        "condition": condition,
        "demand": _demand(condition) or _ordered(draft.candidate),
        "deadline": due,
        "speaker": _speaker(draft),
        "is_ultimatum": composed.act == "ultimatum" or bool(due and condition),
    }


def with_threatener(draft: Draft) -> Draft:
    """ "He threatened that Rome will leave": Rome's threat, where the speaker's state is not known."""
    composed = draft.candidate.composed
    if composed.code.startswith("13"):
        draft = _without_own(draft)
    if not composed.code.startswith("13") or any(a.country or len(a.code) > 3 for a in draft.sources):
        return draft
    doer = _announced_doer(draft.candidate)
    found = tuple(a for a in actors_at(doer, draft.known) if is_known(a) and a.country)
    if not found:
        return draft
    left = tuple(a for a in draft.targets if a.country not in {own.country for own in found})
    return replace(draft, sources=found, targets=left)


def _without_own(draft: Draft) -> Draft:
    """ "The army's commander warned that the military would step in": nobody threatens what he commands."""
    own = {(a.country, a.sector) for a in draft.sources if a.country and a.sector in COMMANDED}
    left = tuple(a for a in draft.targets if (a.country, a.sector) not in own)
    return draft if len(left) == len(draft.targets) else replace(draft, targets=left)


def _announced_doer(candidate: Candidate) -> Token | None:
    """The subject of what is threatened, in the active voice: "that Rome will leave"."""
    trigger = candidate.trigger
    if trigger.lemma_ not in spans.word_set("warners") | spans.word_set("promisers"):
        return None
    clause = next((c for c in trigger.children if c.dep_ == "ccomp" and syntax.modals(c) & FUTURE), None)
    if clause is None or syntax.is_passive(clause):
        return None
    return next((c for c in clause.children if c.dep_ in syntax.SUBJECTS and c.pos_ == "PROPN"), None)


def still_stands(draft: Draft) -> bool:
    """ "has previously threatened": looked back on, and not taken back; of no year of its own."""
    chain = draft.candidate.chain
    for verb in (draft.candidate.trigger, chain.light):
        if verb is None or not syntax.is_verb(verb):
            continue
        around = {c.lower_ for c in verb.children if c.dep_ in {"aux", "advmod"}}
        if around & STANDING and "had" not in around:
            return True
    return False


def _has_sides(draft: Draft) -> bool:
    """Somebody of a state, and somebody who threatens; who is armed needs no state to be believed."""
    if not draft.known_sources and not any(_holds_office(actor) for actor in draft.sources):
        return bool(draft.known_targets) and (is_own(draft.candidate) or _is_by_somebody(draft))
    if any(actor.country or len(actor.code) > 3 for actor in (*draft.sources, *draft.targets)):
        return True
    return draft.candidate.composed.code != "130" or any(a.code in ARMED for a in draft.known_sources)


def _is_by_somebody(draft: Draft) -> bool:
    """ "The group threatened to bomb Rome": with arms, and a state or its people."""
    composed = draft.candidate.composed
    is_armed = spans.family_data()["threat_kind"].get(composed.act) == "military"
    is_plural = any(set(a.text.lower().split()) & spans.word_set("gangs") for a in draft.sources)
    return is_armed and is_plural and composed.operator == "threaten"


def _is_advice(draft: Draft) -> bool:
    """ "The United Nations warned Rome not to", by one who can do nothing; "warned its citizens"."""
    trigger = draft.candidate.trigger
    if trigger.lemma_ not in {"warn", "warning"}:
        return False
    given = draft.known_sources
    if not draft.sources or (given and all(a.code.startswith(("IGOUNO", "NGO", "NGM")) for a in given)):
        return True
    told_to = syntax.direct_object(trigger) if syntax.is_verb(trigger) else None
    return told_to is not None and any(c.tag_ == "PRP$" for c in told_to.children)


def _is_family_quarrel(draft: Draft) -> bool:
    """A government and its parliament, party, courts: no state and no people that it threatens."""
    if not draft.is_domestic:
        return False
    if any(a.country is None and a.code not in SAME_HOUSE for a in draft.known_targets):
        return False
    ours = {actor.sector for actor in draft.known_sources}
    theirs = {actor.sector for actor in draft.known_targets}
    if ours & OUTSIDE:
        return False
    return not (ours & RULING and theirs & RULED) and not ours & ARMED and not theirs & ARMED


def _holds_office(actor: Actor) -> bool:
    """ "Chad's president-elect": of a state, and no firm or fan of it."""
    words = set(actor.text.lower().replace("-", " ").split())
    return actor.country is not None and bool(words & spans.word_set("office_words"))


def refined(code: str, fields: dict[str, Any]) -> str:
    """The code of a threat whose act has no entry, by its words and by the kind that they tell."""
    if code != "130":
        return code
    data, words = spans.family_data(), _words(fields["threatened_action"])
    told = (found for found, listed in data["threat_codes"].items() if words & set(str(listed).split()))
    return str(next(told, data["threat_code"].get(fields["kind"], code)))


def _kind_of(action: str | None) -> str:
    """By what is threatened: the first kind one of whose words stands in the phrase."""
    words = _words(action)
    if words & spans.word_set("answering") and "with" not in words:
        words = _words(action.partition(" for ")[0].partition(" to ")[0] if action else None)
    if words & spans.word_set("threat_papers"):
        words -= spans.word_set("nuclear_words")
    kinds: dict[str, str] = spans.family_data()["threat_words"]
    return next((kind for kind, listed in kinds.items() if words & set(str(listed).split())), "other")


def _words(action: str | None) -> set[str]:
    return {word.strip(".,;:\"'“”’").lower() for word in (action or "").split()}


def _is_vowed(draft: Draft) -> bool:
    """Not every plan to do harm is a threat: it is vowed, or said to somebody, or in general terms."""
    if draft.candidate.composed.act in spans.word_set("always_aimed") | {
        "attack",
        "air_strike",
        "nuclear_use",
    }:
        return True
    held = draft.candidate.chain.held
    if any(h.token.lemma_ in spans.word_set("vows") for h in held):
        return True
    return told(draft.candidate) is not None


def told(candidate: Candidate) -> Token | None:
    """Whom the words are put to: "Rome told Paris that it would"."""
    report = candidate.chain.report
    if report is None or (syntax.is_verb(report) and report.lemma_ not in spans.word_set("telling")):
        return None
    found = syntax.direct_object(report) or syntax.dative(report) or syntax.prepositional(report, ("to",))
    return found if found is not None and found.pos_ in {"PROPN", "NOUN", "PRON"} else None


def _is_aimed(draft: Draft) -> bool:
    """A hostile plan is a threat only against someone ("vowed to retaliate against Rome")."""
    if draft.candidate.composed.act in spans.word_set("not_threatening") or not _is_own_word(draft):
        return False
    return bool(draft.known_targets) or draft.candidate.composed.act in spans.word_set("always_aimed")


def _is_own_word(draft: Draft) -> bool:
    """Announced by the one who would do it: no plan that is ascribed to him, no forecast by another."""
    chain = draft.candidate.chain
    outer = chain.outer
    if outer is None or (outer.entry is not None and outer.entry.id != "intend.verb"):
        return False
    speaking = [actor for actor in actors_at(chain.speaker, draft.known) if is_known(actor) and actor.country]
    if not speaking and "maybe" in chain.hints:
        return chain.speaker is None or chain.speaker.lemma_ in spans.word_set("office_words")
    return not speaking or any(a.country == own.country for a in speaking for own in draft.known_sources)


def condition_of(candidate: Candidate) -> tuple[str | None, Token | None]:
    """The if-clause; what is warned against; or what a forbidden act would be."""
    text, clause = spans.condition_text(candidate.trigger)
    if text is not None:
        return text, clause
    for held in (candidate.trigger, candidate.chain.act.token):
        if held.lemma_ not in {"warn", "warning", "threaten"}:
            continue
        against = syntax.prepositional(held, ("against",))
        if against is not None and (against.dep_ == "pcomp" or held.lemma_ == "warn"):
            return spans.phrase(against), against
        for child in held.children:
            if child.dep_ == "xcomp" and held.lemma_ != "threaten":
                return spans.clause_text(child), child
    return None, None


def awaited_actors(candidate: Candidate, draft_known: Any) -> tuple[Actor, ...]:
    """ "will not lift the embargo until Rome frees them": whoever the refuser waits for."""
    for token in (candidate.chain.act.token, candidate.trigger):
        for clause in token.children:
            if clause.dep_ == "advcl" and any(
                c.lower_ in {"until", "unless", "till", "before"} and c.dep_ in {"mark", "advmod"}
                for c in clause.children
            ):
                who = next((c for c in clause.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
                return tuple(actor for actor in actors_at(who, draft_known) if is_known(actor))
    return ()


def condition_actors(candidate: Candidate, draft_known: Any) -> tuple[Actor, ...]:
    """Whoever it is said to, else who the condition is put to: "if Rome does not withdraw"."""
    addressed = tuple(a for a in actors_at(told(candidate), draft_known) if is_known(a))
    if addressed:
        return addressed
    _, clause = condition_of(candidate)
    if clause is None:
        return ()
    who = next((c for c in clause.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    return tuple(actor for actor in actors_at(who, draft_known) if is_known(actor))


def _action(candidate: Candidate) -> str | None:
    """What is threatened, in the sentence's words."""
    trigger, chain = candidate.trigger, candidate.chain
    _, condition = condition_of(candidate)
    without = [condition] if condition is not None else []
    for child in trigger.children:
        if child.dep_ in {"xcomp", "ccomp", "acl"} and child.i > trigger.i and child not in without:
            return spans.clause_text(child, without=without) or None
    quoted = next((c for c in trigger.children if c.dep_ == "ccomp" and c.i < trigger.i), None)
    is_near = quoted is not None and ";" not in {t.text for t in trigger.doc[quoted.i : trigger.i]}
    if quoted is not None and is_near and quoted not in without:
        return spans.clause_text(quoted, without=[*without, *_subjects(quoted)]) or None
    for preposition in ("of", "with"):
        behind = syntax.prepositional(trigger, (preposition,))
        if behind is not None:
            return spans.phrase(behind, without=without)
    if (
        trigger.i == chain.act.token.i
        and syntax.is_verb(trigger)
        and trigger.lemma_ not in {"threaten", "warn"}
        and candidate.composed.act != "ultimatum"
    ):
        return spans.clause_text(trigger, without=[*without, *_subjects(trigger)])
    found = syntax.direct_object(trigger) if syntax.is_verb(trigger) else None
    return (
        spans.phrase(found, without=without) if found is not None and trigger.lemma_ == "threaten" else None
    )


def _or_else(draft: Draft) -> str | None:
    """ "gave Rome two days to leave or be attacked": to be attacked."""
    if draft.candidate.composed.act != "ultimatum":
        return None
    for token in draft.candidate.trigger.subtree:
        is_other = any(c.dep_ == "cc" and c.lower_ == "or" for c in token.head.children)
        if token.dep_ == "conj" and syntax.is_verb(token) and is_other:
            return spans.clause_text(token)
    return None


def _subjects(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in {"nsubj", "aux", "mark", "advmod"} and c.i < verb.i]


def _demand(condition: str | None) -> str | None:
    """What would avert it: the condition of an "unless", or of "if ... not"."""
    if condition is None:
        return None
    lowered = condition.lower()
    if lowered.startswith("unless "):
        return condition[7:]
    if " not " in lowered or "n't " in lowered or "n’t " in lowered:
        return condition[3:] if lowered.startswith("if ") else condition
    return None


def _ordered(candidate: Candidate) -> str | None:
    """ "gave Rome a day to leave or face sanctions": to leave."""
    if candidate.composed.act != "ultimatum":
        return None
    trigger = candidate.trigger
    for token in (trigger, *trigger.children):
        for clause in token.children:
            if clause.dep_ in {"xcomp", "acl", "advcl", "relcl", "ccomp"} and syntax.is_infinitive(clause):
                without = [c for c in clause.children if c.dep_ in {"conj", "cc"}]
                return spans.clause_text(clause, without=without) or None
    return None


def _speaker(draft: Draft) -> str | None:
    """The person who utters it, where one is named; else whoever else speaks or threatens."""
    chain: Chain = draft.candidate.chain
    heads = [*draft.candidate.roles.sources, *([chain.speaker] if chain.speaker is not None else [])]
    for head in heads:
        for mention in draft.known.mentions:
            if mention.start <= head.i < mention.end and str(getattr(mention, "kind", "")) in {
                "person",
                "office",
            }:
                return mention.actor.name
    spoken = chain.speaker or next(iter(draft.candidate.roles.sources), None)
    named = next((a.text for a in actors_at(spoken, draft.known) if is_known(a) and a.text), None)
    return named or next((actor.text for actor in draft.known_sources if actor.text), None)
