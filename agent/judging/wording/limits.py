"""Whether a claim drops the limits of its quote, or sets its own: conditions, some for all, the only, the first."""

from agent.judging.judgement import Fault
from agent.judging.wording.clauses import Clause
from agent.judging.wording.comparing import View
from agent.judging.wording.cues import Cue

_QUANTIFIED = ("some", "most", "several", "all", "each")


def find_limit_fault(view: View) -> Fault | None:
    """The first condition or share that the claim drops, or "only" and "first" that it adds."""
    return _condition_fault(view) or _quantifier_fault(view) or _distinction_fault(view)


def _condition_fault(view: View) -> Fault | None:
    """Whether the claim states without its condition what the quote states with one."""
    ours = view.left if view.near else view.all_ours
    if not view.paired or any(cue.has("condition", "circumstance", "exception") for cue in ours):
        return None
    place = view.partners[0]
    at = view.quote.clauses.index(place)
    for n, other in enumerate(view.quote.clauses):
        condition = next((cue for cue in other.cues if cue.has("condition") or _excepts(cue, other)), None)
        if condition is None or condition in view.taken or other.sentence != place.sentence:
            continue
        opens = condition.first - other.first <= 1 or other.last - condition.last <= 1
        governed = range(n, len(view.quote.clauses)) if opens and n < at else (n - 1, n)
        if at in governed:
            return Fault(f"the quote says so under a condition (“{condition.text}”), the claim without")
    return None


def _excepts(cue: Cue, clause: Clause) -> bool:
    """Whether a clause is an exception to what follows it: "unless noted otherwise, …", 除另有说明外，…."""
    return cue.has("exception") and cue.first == clause.first


def _quantifier_fault(view: View) -> Fault | None:
    everything = next((cue for cue in view.ours if cue.has("all")), None)
    parts = view.theirs if view.near or not view.same_language() else view.around
    part = next((cue for cue in parts if cue.has("some", "most", "several", "exception")), None)
    if everything and part:
        return Fault(f"the quote says “{part.text}”, the claim “{everything.text}”")
    if everything and view.near and not any(cue.has("all", "each", "completeness") for cue in view.theirs):
        return Fault(f"the claim says “{everything.text}”, the quote does not")
    if part is None or not view.near or not part.has("some", "exception"):
        return None
    if any(cue.has(*_QUANTIFIED, "exception") for cue in view.left) or not view.speaks_of(part):
        return None
    return Fault(f"the quote says so of some (“{part.text}”), the claim of all")


def _distinction_fault(view: View) -> Fault | None:
    """Whether the claim makes something the only or the first one where the quote does not."""
    told = view.theirs if view.near else (*view.quote.cues, *view.above)
    for kind in ("only", "top"):
        added = next((cue for cue in view.ours if cue.has(kind)), None)
        if added and not any(cue.has(kind, f"{kind} one", "only") for cue in told):
            return Fault(f"the claim says “{added.text}”, the quote does not")
    return None
