"""The answer bundle: an answer in one file, with everything needed to prove it again, years later and without a model.

answer, index → make_bundle → save_bundle → a.zip → read_bundle → check_bundle → Report
"""

from agent.bundle.bundle import Bundle, check_target, make_bundle, pack_bundle, read_bundle, save_bundle
from agent.bundle.checking import check_bundle
from agent.bundle.report import Report

__all__ = [
    "Bundle",
    "Report",
    "check_bundle",
    "check_target",
    "make_bundle",
    "pack_bundle",
    "read_bundle",
    "save_bundle",
]
