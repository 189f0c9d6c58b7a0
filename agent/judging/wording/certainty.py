"""Whether a claim is surer than its quote, or less sure: hedges, plans and forecasts, what is done, what must be."""

import re
from collections.abc import Sequence

from agent.judging.judgement import Fault
from agent.judging.wording.comparing import View
from agent.judging.wording.cues import Cue

# Hedges, and what each may be rendered by: it may grow weaker by a shade, but not vanish.
_AS_WEAK = {
    "possible": ("possible", "can", "able", "would", "ought", "forecast", "hearsay"),
    "forecast": ("forecast", "plan", "goal", "possible", "ought", "hearsay"),
    "plan": ("plan", "goal", "forecast", "possible", "hearsay"),
    "goal": ("plan", "goal", "forecast", "possible"),
    "hearsay": ("hearsay", "attribution", "possible", "forecast"),
}
# "its forecast", 那次预测: somebody's, spoken of as a thing.
_NAMED = re.compile(
    r"(?:(?:\b(?:the|that|this|its|their|an?|whose)|['’]s)\s|[该此其那这]|[的个次份项])$", re.IGNORECASE
)
_HEDGES = ("possible", "forecast", "plan")
# What leaves open whether something is so: beside it an added hedge adds nothing.
_OPEN = {
    "possible": ("possible", "can", "able", "would", "forecast", "plan", "goal", "condition", "hearsay"),
    "forecast": ("forecast", "plan", "goal", "future", "would", "possible", "hearsay"),
    "plan": ("plan", "goal", "forecast", "future", "would", "possible", "must", "duty", "hearsay"),
}


def find_hedge_fault(view: View) -> Fault | None:
    """What is open in the quote is not certain in the claim, nor the reverse; what will be is not what has been."""
    return _dropped_hedge(view) or _added_hedge(view) or _surer_fault(view) or _time_fault(view)


def _dropped_hedge(view: View) -> Fault | None:
    kept = {cue.text.lower() for cue in view.taken}
    left = [cue for cue in view.theirs if cue.text.lower() not in kept] if view.paired else []
    hedges = [(cue, hedge) for cue in left for hedge in _AS_WEAK if cue.has(hedge)]
    renderings = {one for _, hedge in hedges for one in _AS_WEAK[hedge]}
    ours = view.left if view.near or view.same_language() else view.all_ours
    if any(cue.has(*renderings) for cue in ours):
        return None
    if {hedge for _, hedge in hedges} == {"forecast"} and _is_attributed_future(ours):
        return None
    dropped = next((cue for cue, _ in hedges if view.speaks_of(cue)), None)
    return Fault(f"the quote says “{dropped.text}”, the claim states it as certain") if dropped else None


def _is_attributed_future(cues: Sequence[Cue]) -> bool:
    """Whether a forecast is told as what somebody says will be."""
    return any(cue.has("future") for cue in cues) and any(cue.has("attribution") for cue in cues)


def _added_hedge(view: View) -> Fault | None:
    hedges = sum(cue.has(*_HEDGES) for cue in view.left)
    for cue in view.ours:
        for hedge in _HEDGES:
            spare = sum(one.has(*_AS_WEAK) for one in view.nearby) >= (1 if view.near else hedges)
            if (
                not cue.has(hedge)
                or _NAMED.search(view.claim.text, 0, cue.start)
                or spare
                or any(one.has(hedge) for one in view.above if view.in_table() or not view.near)
            ):
                continue
            if not any(one.has(*_OPEN[hedge]) for one in (view.nearby if view.near else view.all_theirs)):
                return Fault(f"the claim says “{cue.text}”, the quote states it as certain")
    return None


def _surer_fault(view: View) -> Fault | None:
    """What is bound to be, what was measured or is so already, where the quote only expects, plans or allows it."""
    told = (*view.nearby, *view.all_theirs, *view.above, *view.taken)
    sure = next((cue for cue in view.ours if cue.has("surely")), None)
    if sure and not any(cue.has("surely", "must") or ("certainty", 1) in cue.sides() for cue in told):
        return Fault(f"the claim says “{sure.text}”, the quote is not so sure")
    open_ = next((cue for cue in view.theirs if cue.has(*_AS_WEAK, "would", "future")), None)
    for kind, licences in (("measured", ("measured", "done", "attribution")), ("already", ("already", "done"))):
        told_so = next((cue for cue in view.ours if cue.has(kind)), None)
        if told_so and open_ and view.paired and not any(cue.has(*licences) for cue in told):
            return Fault(f"the quote says “{open_.text}”, the claim “{told_so.text}”")
    return None


def _time_fault(view: View) -> Fault | None:
    """What will be is not what has been."""
    if not view.paired:
        return None
    ours, theirs = view.ours, view.theirs
    done = next((cue for cue in ours if cue.has("done")), None)
    later = next((cue for cue in theirs if cue.has("future")), None)
    hedged = any(cue.has(*_AS_WEAK) for cue in view.ours)
    if done and later and not hedged and not any(cue.has("done") for cue in view.all_theirs):
        return Fault(f"the quote says “{later.text}”, the claim “{done.text}”")
    later = next((cue for cue in ours if cue.has("future")), None)
    done = next((cue for cue in theirs if cue.has("done")), None)
    if later and done and not any(cue.has("future", *_HEDGES) for cue in view.all_theirs):
        return Fault(f"the quote says “{done.text}”, the claim “{later.text}”", contradicts=True)
    return None


def find_duty_fault(view: View) -> Fault | None:
    """What must be is not what may be."""
    told = (*view.nearby, *view.all_theirs, *view.above)
    must = next((cue for cue in view.ours if cue.has("must")), None)
    told_so = any(cue.has("must", "duty", "obligation", "condition") for cue in told)
    if must and not told_so and (view.near or any(cue.has("can", "possible") for cue in view.theirs)):
        return Fault(f"the claim says “{must.text}”, the quote does not require it")
    must = next((cue for cue in view.theirs if view.paired and cue.has("must")), None)
    can = next((cue for cue in view.ours if cue.has("can", "possible")), None)
    if must and can and not any(cue.has("must", "duty") for cue in view.all_ours):
        return Fault(f"the quote says “{must.text}”, the claim “{can.text}”", contradicts=True)
    return None
