"""The bench's own words, from words.toml beside this module."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _tables() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(files("evals.mutations").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern made from the words; there are more of them than the cache of ``re`` holds."""
    return re.compile(pattern, flags)


def words(table: str, name: str) -> list[str]:
    """A list of words set apart by white space."""
    return str(_tables()[table][name]).split()


def phrases(table: str, name: str) -> list[str]:
    """A list of phrases set apart by bars and line ends."""
    text = str(_tables()[table][name]).strip()
    return [phrase for line in text.split("\n") for phrase in line.split("|")]


def lines(table: str, name: str) -> list[list[str]]:
    """Lines of words: set apart by bars where there are some, else by white space."""
    text = str(_tables()[table][name]).strip()
    return [line.split("|") if "|" in line else line.split() for line in text.split("\n")]


def pairs(table: str, name: str) -> list[tuple[str, str]]:
    """Pairs (what stands there, what takes its place); both ways where the name ends in "_both"."""
    found = []
    for phrase in phrases(table, name):
        old, new = (word.replace("·", " ") for word in phrase.split())
        found += [(old, new), (new, old)] if name.endswith("_both") else [(old, new)]
    return list(dict.fromkeys(found))


def forms(table: str, name: str) -> dict[str, str]:
    """Word → its base, from "uses:use"."""
    return {form: base for form, _, base in (word.partition(":") for word in words(table, name))}


def table(table: str, name: str) -> Mapping[str, str]:
    """A table of words."""
    return dict(_tables()[table][name])


def rules(name: str) -> list[tuple[str, str]]:
    """Pairs (regular expression, what takes its place)."""
    return [(pattern, new) for pattern, new in _tables()["rules"][name]]
