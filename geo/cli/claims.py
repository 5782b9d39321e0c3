"""The commands that look at claims: ``geo explain`` and ``geo evaluate``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from geo.cli.options import add_command
from geo.errors import UsageError
from geo.output import check_file

__all__ = ["add_evaluate", "add_explain"]


def add_explain(commands: Any) -> None:
    """Add ``geo explain``."""
    one = add_command(
        commands, "explain", _explain,
        text="Show a claim with its sentence and why it was taken as a claim. "
        "In the sentence, [[...]] is the place and {{...}} the phrase that decided.",
        example="geo explain 3f9a --claims maps/claims.csv",
    )  # fmt: skip
    one.add_argument("claim_id", metavar="CLAIM_ID", help="the claim's id; its beginning is enough")
    one.add_argument("--claims", type=Path, required=True, metavar="FILE", help="the table of claims")


def add_evaluate(commands: Any) -> None:
    """Add ``geo evaluate``."""
    one = add_command(
        commands, "evaluate", _evaluate,
        text="Compare what was found with tables made by hand. Nothing is written without --json.",
        example="geo evaluate --gold tests/gold/seeds --out maps",
    )  # fmt: skip
    one.add_argument("--gold", type=Path, required=True, metavar="DIR", help="folder of hand-made tables")
    one.add_argument("--out", type=Path, required=True, metavar="OUT", help="folder that geo wrote")
    one.add_argument("--prefix", default="", help="what the names of the hand-made tables begin with")
    one.add_argument("--errors", default="0", metavar="N", help="most errors to list a kind, or all (0)")
    one.add_argument("--format", choices=("text", "json", "markdown"), default="text", help="to print (text)")
    one.add_argument("--json", type=Path, metavar="FILE", help="write all scores there as JSON")


def _explain(args: argparse.Namespace) -> int:
    from geo.store import read_claims
    from geo.summary import print_claims

    claims = read_claims(args.claims)
    wanted = args.claim_id.strip().lower()
    found = claims[claims["claim_id"].str.startswith(wanted)] if wanted else claims[:0]
    exact = claims[claims["claim_id"] == wanted]
    found = exact if len(exact) else found
    ids = sorted(set(found["claim_id"]))
    if not ids:
        raise UsageError(
            f"{args.claim_id!r}: no such claim in {args.claims}. Expected an id of its claim_id."
        )
    if len(ids) > 1:
        shown = ", ".join(ids[:5]) + (", ..." if len(ids) > 5 else "")
        raise UsageError(f"{args.claim_id!r}: {len(ids)} claims begin so ({shown}). Give more of the id.")
    print_claims(found)
    return 0


def _evaluate(args: argparse.Namespace) -> int:
    from geo.evaluate import evaluate_folders, format_scores, parse_limit
    from geo.summary import visible

    most = parse_limit(args.errors)
    if args.json:
        check_file(args.json, (".json",), inputs=[])
    scores = evaluate_folders(args.gold, args.out, prefix=args.prefix)
    print(visible(format_scores(scores, kind=args.format, errors=most)))
    if args.json:
        from geo.store import write_json

        write_json(scores, args.json)
        print(f"wrote {args.json}", file=sys.stdout if args.format == "text" else sys.stderr)
    return 0
