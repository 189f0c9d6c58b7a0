"""Whether a claim denies what its quote does not, or says what its quote denies."""

import re
from collections.abc import Collection, Sequence

from agent.judging.judgement import Fault
from agent.judging.wording.clauses import Clause, Reading
from agent.judging.wording.comparing import View
from agent.judging.wording.cues import Cue
from agent.judging.wording.scope import follow, precede, share_among
from indexes.tokens import terms

# Words that render a denial wherever they stand.
_DENYING = frozenset(("instead of", "rather than", "unverified", "unconfirmed", "而非", "除去", "省"))
# Words that deny a little, but seldom render a denial.
_FEEBLE = frozenset(
    "block blocks short hard finish finished flat leaving little 失效 停 起步 初期 结束 不同 各自 分别".split()
)
# Two denials that assert: "not until", "nothing without", 不是…就是.
_UNLESS = re.compile(
    r"\b(?:unless|until|not [^.;]*without|no [^.;]*without)\b"
    r"|除非|直到|不是[^，。；]{1,20}就是|不[^，。；]{1,12}不(?!同|断)|ない限り",
    re.IGNORECASE,
)
# A cell with nothing in it, or none of something.
_EMPTY = re.compile(r"\|\s*(?:[-–—]+|n/?a|无|無|なし)\s*(?:\||$)|(?<![\d.,])0(?:\s?%|(?![\d.,]))", re.IGNORECASE)


def find_denial_fault(view: View) -> Fault | None:
    """The first denial that one of the two has and the other has not."""
    return _added_negation(view) or _dropped_negation(view) or _affirmed(view) or _outnumbered(view)


def _added_negation(view: View) -> Fault | None:
    told = view.theirs if view.near else view.all_theirs
    hard = [cue for cue in view.ours if cue.has("negation") and not _is_spent(cue, view.ours, told)]
    if not hard or asserts_by_denials(view):
        return None
    if all(_kind_of(cue) == "no" for cue in hard) and _EMPTY.search(view.quote.text):
        return None
    denied = [cue for cue in view.around if cue.has("negation") and cue.first not in view.claimed]
    sides = {side for cue in view.all_ours for side in cue.sides()}
    denied = [cue for cue in denied if not sides & set(cue.meanings)]  # "without" for 不计 is told already
    soft = [cue for cue in view.around if _is_open_soft(cue, view.all_ours) and cue.first not in view.claimed]
    spare = max(0, len(soft) - sum(_is_open_soft(cue, view.around) for cue in view.ours))
    if len(denied) + spare >= len({_kind_of(cue) for cue in hard}):
        return None
    if not view.near and any(cue.has("negation") for cue in view.above):
        return None
    return Fault(f"the claim denies (“{hard[0].text}”) what the quote does not deny", contradicts=True)


def _dropped_negation(view: View) -> Fault | None:
    ours = view.ours if view.near else view.left
    hard = [cue for cue in view.theirs if cue.has("negation") and not _is_spent(cue, view.theirs, view.left)]
    if not view.paired or not hard or any(cue.has("negation", "besides") for cue in ours):
        return None
    soft = [cue for cue in view.theirs if _is_open_soft(cue, view.ours)]
    if sum(cue.has("negation") or _is_open_soft(cue, view.quote.cues) for cue in ours) > len(soft):
        return None
    dropped = next((cue for cue in hard if view.speaks_of(cue)), None)
    return Fault(f"the quote denies (“{dropped.text}”) what the claim says", contradicts=True) if dropped else None


def _affirmed(view: View) -> Fault | None:
    """Whether a clause says, with no denial, of what the quote denies: "has a date and no figures" for "no date"."""
    held = set(view.clause.content)
    for place in view.quote.clauses:
        for cue in place.cues:
            things = _denied(cue, place, view.quote) if cue.has("negation") and cue not in view.taken else ()
            if not things or not _says(things, held, view):
                continue
            others = any(_says(things, one.content, view) for one in view.quote.clauses if one is not place)
            if not others and not _is_denied_in_claim(cue, things, view):
                return Fault(f"the quote denies (“{cue.text}”) what the claim says", contradicts=True)
    return None


def _outnumbered(view: View) -> Fault | None:
    """Whether the whole claim, in another language, denies more often than the whole quote: one denial renders one."""
    if view.same_language() or asserts_by_denials(view):
        return None
    told = {side for cue in view.quote.cues for side in cue.meanings if side[1]}
    hard = {_kind_of(cue): cue for cue in view.all_ours if cue.has("negation") and not told & set(cue.meanings)}
    rest = {cue.text.lower() for cue in view.all_ours if cue.text.lower() in _DENYING and not cue.has("negation")}
    shown = (*view.quote.cues, *view.above)
    denials = sum(cue.has("negation") or _is_open_soft(cue, view.all_ours) for cue in shown)
    sides = {(axis, -side) for cue in shown for axis, side in cue.sides()}
    turned = any(cue.negated and sides & set(cue.sides()) for cue in view.ours)
    if not hard or turned or len(hard) + len(rest) <= denials:
        return None
    return Fault(
        f"the claim denies (“{next(iter(hard.values())).text}”) what the quote does not deny", contradicts=True
    )


def _denied(cue: Cue, place: Clause, text: Reading) -> tuple[str, ...]:
    """The words that a denial is about: those after it, in Japanese those before."""
    if text.language == "ja":
        return precede(text.text, place.start, cue.start)
    return follow(text.text, cue.start + len(cue.text), place.end)


def _says(things: Sequence[str], held: Collection[str], view: View) -> bool:
    needed = 1.0 if view.same_language() else 0.5
    return share_among(things, held) >= needed and (len(things) > 1 or len(things[0]) > 2)


def _is_denied_in_claim(cue: Cue, things: Sequence[str], view: View) -> bool:
    """Whether a word of the claim may be the denial of the quote's: none that denies another thing that is denied."""
    if _is_spent(cue, view.quote.cues, view.all_ours) or asserts_by_denials(view):
        return True
    rest = [one for one in view.all_ours if one.has("negation", "soft", "exception", "besides", "condition")]
    sides = {side for one in view.theirs for side in one.sides()}
    if any((axis, -side) in sides for one in view.all_ours for axis, side in one.sides()):
        return True
    return any(not _denies_another(one, things, view) for one in rest)


def _denies_another(cue: Cue, things: Sequence[str], view: View) -> bool:
    """Whether a denial of the claim comes after things and is about what another denial of the quote is about."""
    clause = next(one for one in view.claim.clauses if one.start <= cue.start < one.end)
    own = _denied(cue, clause, view.claim) if cue.has("negation") else ()
    if not own or share_among(own, things) or cue.start < view.clause.start:
        return False
    if clause is view.clause and not share_among(things, terms(view.claim.text[clause.start : cue.start])):
        return False
    for place in view.quote.clauses:
        for one in place.cues:
            about = _denied(one, place, view.quote) if one.has("negation") else ()
            if about and about != things and share_among(own, about) >= 0.5:
                return True
    return False


def asserts_by_denials(view: View) -> bool:
    """Whether two denials of the claim assert what the quote asserts with none: "not until June" for "in June"."""
    if not _UNLESS.search(view.claim.text) or _UNLESS.search(view.quote.text):
        return False
    return not any(cue.has("exception") for cue in view.around)


def _kind_of(negation: Cue) -> str:
    """Negations of a kind may share one: "no shares, no prices", "neither … nor"."""
    words = negation.text.lower()
    return (
        "no"
        if words in ("no", "nor", "neither", "none", "without", "zero", "零", "无", "無", "没有", "ない")
        else words
    )


def _is_open_soft(cue: Cue, opposite: Sequence[Cue]) -> bool:
    """Whether a word denies a little ("instead", "lacks", 仅) and nothing opposite says the same."""
    if not cue.has("soft") or cue.has("negation") or cue.text.lower() in _FEEBLE:
        return False
    told = set(cue.sides()) | ({("only", 0), ("only one", 0)} if cue.has("only", "only one") else set())
    return not any(told & {*other.sides(), *(one for one in other.meanings if not one[1])} for other in opposite)


def _is_spent(negation: Cue, beside: Sequence[Cue], opposite: Sequence[Cue]) -> bool:
    """Whether a negation has turned a word whose axis the other side has too, so that it was judged with it."""
    axes = {axis for axis, side in negation.meanings if side}
    if negation.negated:
        axes |= {axis for cue in beside if cue.negated for axis, _ in cue.sides()}
    return any(axis in axes for cue in opposite for axis, _ in cue.sides())
