"""Whether a text is in the passive voice, or may be: who does it then stands last.

>>> is_passive("MSC was overtaken by Maersk.")
True
"""

import re

_PASSIVE = re.compile(
    r"(?<![a-z])(?:is|are|was|were|been|being|be|gets?|got)\s(?:[a-z]+ly\s)?[a-z]+(?:ed|en|ght|ld|de|id|pt|lt|nt|ut|own|orn)"
    r"(?:\s[^.;]{0,60}?)?\sby(?![a-z])|(?<![a-z])(?:made|supplied|owned|acquired|bought|led|funded|backed|produced|provided|"
    r"developed|designed|used|followed|overtaken|outsold|beaten|chosen)\s(?:[a-z]+\s){0,2}by(?![a-z])|"
    r"[被由]|[为為].{0,12}?所|(?:から|により|によって|に).{0,14}?(?:され|られ)",
    re.IGNORECASE,
)


def find_passive(text: str) -> str:
    """The words that are in the passive voice, "" where there are none."""
    found = _PASSIVE.search(text)
    return found[0] if found else ""


def is_passive(text: str) -> bool:
    """Whether somebody named after the verb does what it says."""
    return bool(_PASSIVE.search(text))
