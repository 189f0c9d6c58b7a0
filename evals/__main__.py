"""The evaluation commands: ``python -m evals …``, and ``cpo eval …`` through the entry-point group "cpo.commands"."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import AnalystError

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_command(subparsers: "Commands") -> None:
    """Add ``eval`` to the commands of ``cpo``."""
    parser = subparsers.add_parser("eval", help="measure the parts of the program")
    _add_evaluations(parser.add_subparsers(title="what to measure", metavar="WHAT", required=True))


def main() -> int:
    """Run ``python -m evals``."""
    parser = argparse.ArgumentParser(prog="python -m evals", description="Measure the parts of cpo-analyst.")
    _add_evaluations(parser.add_subparsers(title="what to measure", metavar="WHAT", required=True))
    args = parser.parse_args()
    try:
        return int(args.run(args))
    except AnalystError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


def _add_evaluations(subparsers: "Commands") -> None:
    retrieval = subparsers.add_parser("retrieval", help="retrieval within and across languages, beside three baselines")
    retrieval.add_argument("folder", type=Path, metavar="FOLDER", help="holds passages.jsonl and questions.jsonl")
    retrieval.add_argument("--embedder", default="built-in", metavar="NAME", help="encoder (default: %(default)s)")
    retrieval.add_argument("--limit", type=_positive, metavar="N", help="ask only the first N questions")
    retrieval.add_argument("--json", action="store_true", help="print JSON with all intervals")
    retrieval.set_defaults(run=_measure_retrieval)
    arithmetic = subparsers.add_parser("arithmetic", help="arithmetic questions over the numbers of given passages")
    arithmetic.add_argument("folder", type=Path, metavar="FOLDER", help="holds passages.jsonl and questions.jsonl")
    arithmetic.add_argument("--failures", action="store_true", help="print every question that was not right")
    arithmetic.add_argument("--json", action="store_true", help="print JSON with every outcome")
    arithmetic.set_defaults(run=_measure_arithmetic)
    mutations = subparsers.add_parser(
        "mutations", help="faulty claims that the gate lets through, true ones it refuses"
    )
    mutations.add_argument("folders", type=Path, nargs="*", metavar="FOLDER", help="more text: holds passages.jsonl")
    mutations.add_argument("--claims", type=Path, action="append", default=[], metavar="DIR", help="more gold claims")
    mutations.add_argument("--limit", type=_positive, metavar="N", help="at most N cases of each kind and language")
    mutations.add_argument("--embedder", default="", metavar="NAME", help="ask this encoder too: built-in, …")
    mutations.add_argument("--jobs", type=_positive, default=1, metavar="N", help="processes (default: %(default)s)")
    mutations.add_argument("--slips", type=Path, metavar="FILE", help="write each case judged wrong, one JSON a line")
    mutations.add_argument("--json", action="store_true", help="print JSON with all intervals")
    mutations.set_defaults(run=_measure_mutations)
    topics = subparsers.add_parser("topics", help="true and false claims on topics that nothing was fitted on")
    topics.add_argument("file", nargs="?", metavar="FILE", type=Path, help="one JSON object a line (default: our 521)")
    topics.add_argument("--embedder", default="", metavar="NAME", help="ask this encoder too: built-in, …")
    topics.add_argument("--part", choices=("tuned", "held-out"), default="", help="only these quotes")
    topics.add_argument("--failures", action="store_true", help="print every claim that was judged wrongly")
    topics.add_argument("--json", action="store_true", help="print JSON with every outcome")
    topics.set_defaults(run=_try_topics)

    adversary = subparsers.add_parser("adversary", help="what a model invents, and what the gate lets through")
    adversary.add_argument("--model", metavar="NAME", help="offline, or PROVIDER:MODEL as in openai:gpt-5")
    adversary.add_argument("--base-url", metavar="URL", help="address of an OpenAI-compatible server")
    adversary.add_argument("--protocol", choices=("auto", "tools", "json", "plain"), help="how the model is asked")
    adversary.add_argument("--index", metavar="DIR", type=Path, help="the index to ask (default: the shipped reports)")
    adversary.add_argument("--questions", metavar="FILE", type=Path, help="one JSON object a line (default: our 40)")
    adversary.add_argument("--save", metavar="FILE", type=Path, help="keep what the model says; go on where it stopped")
    adversary.add_argument("--recorded", metavar="FILE", type=Path, help="what was kept, to use instead of a model")
    adversary.add_argument("--json", action="store_true", help="print JSON with every claim")
    adversary.set_defaults(run=_try_adversary)
    support = subparsers.add_parser("support", help="whether claims are told to be said by what is shown for them")
    support.add_argument("folders", type=Path, metavar="FOLDER", nargs="*", help="holds passages.jsonl; adds sentences")
    support.add_argument("--embedder", default="built-in", metavar="NAME", help="encoder (default: %(default)s)")
    support.add_argument("--fit", action="store_true", help="keep what is fitted in agent/judging/coverage")
    support.add_argument("--wrong", type=Path, metavar="FILE", help="write every slip and false alarm to a file")
    support.add_argument("--json", action="store_true", help="print JSON with all intervals")
    support.set_defaults(run=_measure_support)
    refusal = subparsers.add_parser("refusal", help="whether questions are refused that their passages do not answer")
    refusal.add_argument("folders", type=Path, nargs="+", metavar="FOLDER", help="holds passages and questions.jsonl")
    refusal.add_argument("--fit", action="store_true", help="fit the shipped model anew on these sets, and save it")
    refusal.add_argument("--curve", type=Path, metavar="FILE.svg", help="draw the risk-coverage curves")
    refusal.add_argument("--json", action="store_true", help="print JSON with all intervals and curves")
    refusal.set_defaults(run=_measure_refusal)

    _add_audit(subparsers)
    _add_confidence(subparsers)
    conflicts = subparsers.add_parser(
        "conflicts", help="sources that disagree: found, and not seen where there are none"
    )
    conflicts.add_argument(
        "file", type=Path, nargs="?", metavar="FILE", help="one JSON object a line (default: our own)"
    )
    conflicts.add_argument("--ask", action="store_true", help="ask the shipped reports too; list what no case knows")
    conflicts.add_argument("--json", action="store_true", help="print JSON with all intervals")
    conflicts.set_defaults(run=_measure_conflicts)


def _add_confidence(subparsers: "Commands") -> None:
    confidence = subparsers.add_parser("confidence", help="whether an answer's confidence means what it says")
    confidence.add_argument("--fit", action="store_true", help="fit the shipped model anew, and save it")
    confidence.add_argument("--limit", type=_positive, metavar="N", help="ask only the first N questions")
    confidence.add_argument("--index", type=Path, metavar="DIR", help="the index to ask (the shipped one)")
    confidence.add_argument("--json", action="store_true", help="print JSON with every outcome")
    confidence.set_defaults(run=_measure_confidence)


def _add_audit(subparsers: "Commands") -> None:
    audit = subparsers.add_parser("audit", help="memos with planted faults: each found, each true sentence supported?")
    audit.add_argument("folder", type=Path, nargs="?", metavar="FOLDER", help="holds memos and key.jsonl (our own)")
    audit.add_argument("--index", type=Path, metavar="DIR", help="the index to hold them against (the shipped one)")
    audit.add_argument("--part", choices=["tuned", "held-out"], default="", help="only these memos")
    audit.add_argument("--json", action="store_true", help="print JSON with every outcome")
    audit.set_defaults(run=_measure_audit)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _measure_retrieval(args: argparse.Namespace) -> int:
    from evals.retrieval import run

    print(run(args.folder, embedder=args.embedder, limit=args.limit, machine=args.json))
    return 0


def _measure_arithmetic(args: argparse.Namespace) -> int:
    from evals.arithmetic import run

    print(run(args.folder, failures=args.failures, machine=args.json))
    return 0


def _measure_mutations(args: argparse.Namespace) -> int:
    from evals.mutations import run

    report, met = run(
        args.folders,
        claims=args.claims,
        limit=args.limit,
        slips=args.slips,
        machine=args.json,
        embedder=args.embedder,
        jobs=args.jobs,
    )
    print(report)
    return 0 if met else 1


def _try_topics(args: argparse.Namespace) -> int:
    from evals.topics import TOPICS, as_json, measure, read_cases, render

    outcomes = measure(read_cases(args.file or TOPICS, args.part), args.embedder)
    print(as_json(outcomes) if args.json else render(outcomes, failures=args.failures), end="")
    return 0


def _try_adversary(args: argparse.Namespace) -> int:
    from agent.settings import load_settings
    from agent.terminal import note
    from evals.adversary import QUESTIONS, as_json, measure, render

    given = {name: getattr(args, name) for name in ("model", "base_url", "protocol", "index")}
    settings = replace(load_settings(), **{name: value for name, value in given.items() if value is not None})
    trials = measure(settings, questions=args.questions or QUESTIONS, save=args.save, recorded=args.recorded, tell=note)
    print(as_json(trials) if args.json else render(trials))
    return 0


def _measure_audit(args: argparse.Namespace) -> int:
    from evals.audit import MEMOS, run

    print(run(args.folder or MEMOS, index_folder=args.index, part=args.part, machine=args.json))
    return 0


def _measure_conflicts(args: argparse.Namespace) -> int:
    from evals.conflicts import PAIRS, run

    print(run(args.file or PAIRS, asking=args.ask, machine=args.json))
    return 0


def _measure_confidence(args: argparse.Namespace) -> int:
    from evals.confidence import run

    print(run(refit=args.fit, machine=args.json, limit=args.limit, index_folder=args.index))
    return 0


def _measure_support(args: argparse.Namespace) -> int:
    from evals.support import run

    print(run(args.folders, embedder=args.embedder, refit=args.fit, wrong=args.wrong, machine=args.json))
    return 0


def _measure_refusal(args: argparse.Namespace) -> int:
    from evals.refusal import run

    print(run(args.folders, refit=args.fit, curve=args.curve, machine=args.json))
    return 0


if __name__ == "__main__":
    sys.exit(main())
