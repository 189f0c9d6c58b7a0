"""Find the numbers of a question in documents and turn the question into arithmetic, without a language model."""

from agent.operands.intents import Intent
from agent.operands.plan import Operand, Plan, Unsettled
from agent.operands.planning import find_operands
from agent.operands.questions import read_intents

__all__ = ["Intent", "Operand", "Plan", "Unsettled", "find_operands", "read_intents"]
