"""Judge whether a claim says what is shown for it, in any of the languages and across them.

claim, citations, calculations → judge → Judgement: supported, contradicted or unsupported, with the reason
"""

from agent.judging.judge import judge
from agent.judging.judgement import Fault, Judgement, Standing, Support

__all__ = ["Fault", "Judgement", "Standing", "Support", "judge"]
