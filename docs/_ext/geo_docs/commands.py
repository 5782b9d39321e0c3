"""Every command and option of ``geo``, from its parser."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator

from geo.cli import build_parser

__all__ = ["escape", "list_commands", "list_examples", "write_commands"]

_WIDTH = 88
_MARKUP = re.compile(r"([\\`*_{}\[\]<>$|~#])")
_MACHINE = {"workers": "one a core, at most 8"}
"""Defaults that depend on the machine, in words."""


def escape(text: str) -> str:
    """Return plain words as Markdown that shows just these words."""
    return _MARKUP.sub(r"\\\1", text)


def list_commands(parser: argparse.ArgumentParser | None = None) -> Iterator[argparse.ArgumentParser]:
    """Yield the parser of every command and of every action of a command, in the order of the help."""
    parser = parser or build_parser()
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for one in action.choices.values():
                yield from list_commands(one)


def list_examples(parser: argparse.ArgumentParser) -> list[str]:
    """Return the command lines that the help of a command shows as examples."""
    told = (parser.epilog or "").partition(":")
    shown = told[2] if told[0].startswith("example") else ""
    return [line.strip() for line in shown.splitlines() if line.strip()]


def write_commands() -> str:
    """Return one section for each command with its options."""
    return "\n\n".join(_section(parser) for parser in list_commands())


def _section(parser: argparse.ArgumentParser) -> str:
    depth = "#" * (1 + min(len(parser.prog.split()), 2))
    lines = [f"({parser.prog.replace(' ', '-')})=", f"{depth} {parser.prog}", ""]
    lines += [escape(parser.description or ""), "", "```text", _usage(parser), "```", ""]
    if examples := list_examples(parser):
        lines += ["For example:", "", "```sh", *examples, "```", ""]
    lines += [f"```{{program}} {parser.prog}", "```", ""]
    for action in _in_order(parser):
        lines += [f"```{{option}} {_signature(action)}", "", _help(action), "```", ""]
    return "\n".join(lines)


def _in_order(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """What is given by position first; ``--help`` is told once, for all commands."""
    own = [one for one in parser._actions if not isinstance(one, argparse._SubParsersAction)]
    if " " in parser.prog:
        own = [one for one in own if one.dest != "help"]
    return sorted(own, key=lambda one: (bool(one.option_strings), one.dest == "debug"))


def _usage(parser: argparse.ArgumentParser) -> str:
    formatter = argparse.HelpFormatter(parser.prog, width=_WIDTH)
    formatter.add_usage(parser.usage, parser._actions, parser._mutually_exclusive_groups, prefix="")
    return formatter.format_help().strip()


def _signature(action: argparse.Action) -> str:
    if not action.option_strings:
        return str(action.metavar or action.dest)
    if action.nargs == 0:
        return ", ".join(action.option_strings)
    value = action.metavar or ("{" + ",".join(map(str, action.choices)) + "}" if action.choices else None)
    return ", ".join(f"{option} {value or action.dest.upper()}" for option in action.option_strings)


def _help(action: argparse.Action) -> str:
    text = (action.help or "").replace("%(default)s", _MACHINE.get(action.dest, str(action.default)))
    text = text.replace("%(prog)s", "geo").replace("%%", "%")
    first = text.split(maxsplit=1)[0] if text else ""
    sentence = escape(text if "." in first else text[:1].upper() + text[1:])
    sentence += "" if text.endswith(".") else "."
    if action.option_strings and action.required:
        sentence += " Must be given."
    if action.nargs == "+":
        sentence += " One or more."
    if isinstance(action, argparse._AppendAction) and "repeated" not in text:
        sentence += " May be repeated."
    return sentence
