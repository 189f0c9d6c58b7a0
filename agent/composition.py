"""Write a DraftAnswer in the question's language from the candidates that answer it, by rule."""

from collections.abc import Sequence
from typing import Any

from agent.candidates import LIST_MARK, Candidate, row_cells
from agent.conflicts import find_other_sides
from agent.draft import DraftAnswer, DraftClaim, DraftQuote
from agent.extraction import BUSINESS, Match, choose, named_companies, rank, sides_of, states_count
from agent.operands.ratios import find_ratio
from agent.questions import Question
from corpus.document import Language
from corpus.lexicon import Term, load_lexicon

_WORDS: dict[str, dict[Language, str]] = {
    "named": {"en": "Named: {names}.", "zh": "资料点名的有：{names}。", "ja": "資料に挙げられているのは{names}。"},
    "and": {"en": " and ", "zh": "和", "ja": "と"},
    "comma": {"en": ", ", "zh": "、", "ja": "、"},
    "says": {
        "en": "{about}“{title}” (in {language}) says: “{text}”",
        "zh": "{about}《{title}》（{language}）写道：“{text}”",
        "ja": "{about}『{title}』（{language}）によると：「{text}」",
    },
    "about": {"en": "On {names}: ", "zh": "关于{names}：", "ja": "{names}について："},
    "cell": {"en": "; ", "zh": "；", "ja": "；"},
    "colon": {"en": ": ", "zh": "：", "ja": "："},
    "missing": {
        "en": "No indexed document answers this: nothing found on {names}.",
        "zh": "已收录的文档没有回答这个问题：未找到关于{names}的内容。",
        "ja": "収録文書に答えはありません：{names}に関する記述が見つかりません。",
    },
    "apart": {
        "en": "No indexed document answers this: no passage brings together {names}.",
        "zh": "已收录的文档没有回答这个问题：没有段落同时谈到{names}。",
        "ja": "収録文書に答えはありません：{names}をともに述べた箇所がありません。",
    },
    "untold": {
        "en": "Nothing comparable found on {names}.",
        "zh": "未找到关于{names}的可比内容。",
        "ja": "{names}について比較できる記述は見つかりません。",
    },
    "saved": {"en": "saved: {what}", "zh": "节省：{what}", "ja": "節約：{what}"},
    "case": {"en": "{what} ({case})", "zh": "{what}（{case}）", "ja": "{what}（{case}）"},
    "change": {"en": "Change", "zh": "变化", "ja": "変化"},
    "growth": {"en": "Growth", "zh": "增长率", "ja": "増加率"},
    "difference": {"en": "Difference", "zh": "差额", "ja": "差"},
    "share": {"en": "Share", "zh": "占比", "ja": "割合"},
    "times": {"en": "Ratio", "zh": "倍数", "ja": "倍率"},
    "sum": {"en": "Total", "zh": "合计", "ja": "合計"},
    "average": {"en": "Average", "zh": "平均", "ja": "平均"},
    "highest": {"en": "Highest", "zh": "最高", "ja": "最高"},
    "lowest": {"en": "Lowest", "zh": "最低", "ja": "最低"},
    "count": {"en": "Count", "zh": "数量", "ja": "数"},
    "cagr": {"en": "Compound annual growth rate", "zh": "复合年均增长率", "ja": "年平均成長率"},
    "quotient": {"en": "Ratio", "zh": "比值", "ja": "比率"},
    "ratio": {"en": "Ratio", "zh": "比率", "ja": "比率"},
    "unanswered": {
        "en": "No indexed document answers this question.",
        "zh": "已收录的文档没有回答这个问题。",
        "ja": "収録文書にこの質問への答えはありません。",
    },
}
_LANGUAGES: dict[Language, dict[Language, str]] = {
    "en": {"en": "English", "zh": "Chinese", "ja": "Japanese", "und": "another language"},
    "zh": {"en": "英文", "zh": "中文", "ja": "日文", "und": "其他语言"},
    "ja": {"en": "英語", "zh": "中国語", "ja": "日本語", "und": "他言語"},
}
_MOST_ABOUT = 4
_MOST_BESIDE_NAMES = 4
_MOST_OTHER_SIDES = 2
"""Places that say otherwise than those that answer, and are told too."""


def compose(question: Question, candidates: Sequence[Candidate]) -> DraftAnswer:
    """The draft that answers from these candidates, or one that says what is missing and what came nearest."""
    ranked = rank(question, candidates)
    chosen = choose(question, ranked)
    if not chosen:
        return _decline(question, ranked)
    named = []
    if question.wanted == "company" and not (question.kind == "count" and states_count(chosen[0].candidate)):
        named = _named_claims(question, chosen)
    # Where the names are already listed, a few of the statements are enough to show for them.
    shown = chosen[:_MOST_BESIDE_NAMES] if named else chosen
    answering = [found.candidate for found in shown]
    others = [one for one in find_other_sides(answering, candidates) if one not in answering][:_MOST_OTHER_SIDES]
    claims = named + [_claim(question, candidate) for candidate in (*answering, *others)]
    return DraftAnswer(claims=claims, missing=_untold_sides(question, chosen))


def _untold_sides(question: Question, chosen: Sequence[Match]) -> str:
    """Which sides of a comparison nothing was found on; "" where all are told or nothing is compared."""
    if question.kind != "comparison":
        return ""
    told = {key for found in chosen for key in (*found.candidate.keys, *found.candidate.context_keys)}
    untold = [side.name(question.language) for side in sides_of(question) if side.id not in told]
    return _say("untold", question.language, names=_join(untold, question.language)) if untold else ""


def compose_calculations(question: Question, contents: Sequence[tuple[dict[str, Any], bool, str]]) -> DraftAnswer:
    """The draft that states computed results.

    Args:
        contents: What the calculate tool returned, whether it is of what is saved, and in which case ("15 pJ/bit").
    """
    reader = "zh" if question.language == "zh" else "en"
    claims = []
    for content, saved, case in contents:
        text = content["summary"][reader]
        text = _say("saved", question.language, what=text) if saved else text
        text = _say("case", question.language, what=text, case=case) if case else text
        claims.append(DraftClaim(text=text[:1].upper() + text[1:], calculation_ids=[content["id"]]))
    return DraftAnswer(claims=claims)


def compose_arithmetic(question: Question, plan: dict[str, Any], content: dict[str, Any]) -> DraftAnswer:
    """The draft that states the result of arithmetic on the documents' numbers, and what they are."""
    labels = _say("cell", question.language).join(dict.fromkeys(plan["labels"].values()))
    colon = _say("colon", question.language)
    shown = content["result_shown"]
    chosen = f"{plan['chosen']}{colon}" if plan["chosen"] else ""
    text = f"{_name_of_result(question, plan['operation'])}{colon}{chosen}{shown} ({labels})"
    return DraftAnswer(claims=[DraftClaim(text=text, calculation_ids=[content["id"]])])


def _name_of_result(question: Question, operation: str) -> str:
    """What the result is: a named ratio by the name that the question gives it."""
    if operation == "ratio" and (ratio := find_ratio(question.text)) and (name := ratio.name_in(question.text)):
        return name[:1].upper() + name[1:]
    if operation == "times" and "倍" not in question.text and question.language in ("zh", "ja"):
        return _say("quotient", question.language)
    return _say(operation, question.language)


def _say(key: str, reader: Language, /, **values: str) -> str:
    phrases = _WORDS[key]
    return phrases.get(reader, phrases["en"]).format(**values)


def _quote(candidate: Candidate) -> DraftQuote:
    return DraftQuote(passage_id=candidate.passage_id, quote=candidate.text)


def _claim(question: Question, candidate: Candidate) -> DraftClaim:
    """One candidate as a claim: its own words in the question's language, else framed as what a foreign source says."""
    text = _readable(candidate)
    if candidate.language not in (question.language, "und"):
        text = _say(
            "says",
            question.language,
            about=_about(candidate, question.language),
            title=candidate.title,
            language=_LANGUAGES[question.language][candidate.language],
            text=text,
        )
    return DraftClaim(text=text, quotes=[_quote(candidate)])


def _readable(candidate: Candidate) -> str:
    """A candidate as a sentence: a table row is spelt out with its column heads, a list number is left out."""
    if not candidate.header:
        return LIST_MARK.sub("", candidate.text)
    (_, lead), *rest = row_cells(candidate.header, candidate.text)
    colon, semicolon = _say("colon", candidate.language), _say("cell", candidate.language)
    parts = [f"{head}{colon}{cell}" if head else cell for head, cell in rest if cell]
    lead = LIST_MARK.sub("", lead)
    return f"{lead} — {semicolon.join(parts)}" if parts else lead


def _about(candidate: Candidate, language: Language) -> str:
    """What a foreign candidate speaks of, in the reader's language, from the names the lexicon knows in it."""
    names = dict.fromkeys(
        mention.term.name(language)
        for mention in candidate.mentions
        if mention.term.kind == "term" and mention.term.category != BUSINESS
    )
    return _say("about", language, names=_join(list(names)[:_MOST_ABOUT], language)) if names else ""


def _named_claims(question: Question, chosen: Sequence[Match]) -> list[DraftClaim]:
    """One leading claim with the companies named where all that was asked about stands, in the question's language."""
    named = named_companies(question, [found for found in chosen if found.ties])
    if len(named) < 2:
        return []
    terms = load_lexicon().by_id
    names = [_bilingual(terms[id_], matches[0].candidate, question.language) for id_, matches in named.items()]
    candidates = {id(found.candidate): found.candidate for matches in named.values() for found in matches[:1]}
    text = _say("named", question.language, names=_join(names, question.language))
    return [DraftClaim(text=text, quotes=[_quote(candidate) for candidate in candidates.values()])]


def _bilingual(term: Term, candidate: Candidate, language: Language) -> str:
    """A company's name in the reader's language, followed by the document's own where that differs."""
    own = next(
        candidate.text[mention.start : mention.end] for mention in candidate.mentions if mention.term.id == term.id
    )
    name = term.name(language)
    return own if name.casefold() == own.casefold() or language == candidate.language else f"{name} ({own})"


def _join(names: Sequence[str], language: Language) -> str:
    if len(names) < 2:
        return "".join(names)
    return _say("comma", language).join(names[:-1]) + _say("and", language) + names[-1]


def _decline(question: Question, ranked: Sequence[Match]) -> DraftAnswer:
    """Say what no candidate holds; else, what none brings together; and give the one that comes nearest."""
    if not ranked:
        return DraftAnswer(missing=_say("unanswered", question.language))
    nearest = max(ranked, key=lambda found: found.breadth + found.candidate.cosine)
    years = [found.text for found in question.quantities if found.kind == "time"]
    names = [mention.name for mention in question.mentions]
    asked = dict.fromkeys([*question.proper, *years, *names, *question.words.values()])
    literal = {*question.proper, *years}
    absent = [
        name
        for name in asked
        if all(_lacks(found, name) if name in literal else name in found.lacking for found in ranked)
    ]
    shown = [f"“{name}”" for name in _longest(absent or list(asked))][:_MOST_ABOUT]
    key = "missing" if absent else "apart" if len(shown) > 1 else "unanswered"
    missing = _say(key, question.language, names=_join(shown, question.language))
    return DraftAnswer(missing=missing, nearest=_quote(nearest.candidate))


def _longest(names: Sequence[str]) -> list[str]:
    """The names that are no part of another one."""
    return [name for name in names if not any(name != other and name in other for other in names)]


def _lacks(found: Match, name: str) -> bool:
    return name.casefold() not in f"{found.candidate.text}\n{found.candidate.context}".casefold()
