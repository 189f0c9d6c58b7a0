"""Audit a text that nobody here wrote, sentence by sentence, against the documents of an index.

text → statements → candidates → judge → Audit: supported, computed, contradicted, unsupported, nothing to check
"""

from agent.auditing.auditing import MAX_SENTENCES, audit
from agent.auditing.findings import Audit, Finding, FindingVerdict
from agent.auditing.memo import read_memo

__all__ = ["MAX_SENTENCES", "Audit", "Finding", "FindingVerdict", "audit", "read_memo"]
