"""The commands and options of the program, and how they become one frozen Options.

Owns names, defaults and the forms of values; refuses to know what a command does.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

from hiringhall.diagnostics import UsageError
from hiringhall.folders import keep_apart
from hiringhall.model import Options
from hiringhall.policies.lifecycle import YEARS
from hiringhall.report import delivery

EPOCH = "SOURCE_DATE_EPOCH"
# All commands take the common options, so that scripts need not tell them apart. These use only some of them,
# and show no others in their help.
_SHOWN = {
    "new": frozenset({"--content", "--layouts", "--now", "--format", "--quiet"}),
    "schema": frozenset({"--content"}),
}
LETTER_FORMS = ("markdown", "text", "html")


class _Parser(argparse.ArgumentParser):
    """A parser that lets the command line report mistakes and choose the exit status."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        raise UsageError(message)


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read the command line. Raises SystemExit after showing help, and UsageError for a mistake.

    Without a command it is `build`, so that `build.py --strict` builds.
    """
    bare = not argv or (argv[0].startswith("-") and argv[0] not in {"-h", "--help"})
    words = ["build", *argv] if bare else argv
    return _parser(words[0]).parse_args(words)


def form_asked(argv: Sequence[str]) -> str | None:
    """Return the form of report that a command line asks for, even one that cannot be read otherwise.

    >>> form_asked(["check", "--format", "json", "--nonsense"]), form_asked(["--format=github", "json"])
    ('json', 'github')
    """
    pairs = pairwise((*argv, ""))
    asked = [
        after if word == "--format" else word[9:] for word, after in pairs if word.startswith("--format")
    ]
    return next((form for form in asked if form in delivery.FORMS), None)


def options_of(arguments: argparse.Namespace, clock: Callable[[], datetime]) -> Options:
    """Make the options of one run; the clock is read only if nothing else gives the time.

    Raises UsageError for a malformed SOURCE_DATE_EPOCH, and for folders that a run could harm.
    """
    given = Options._make(getattr(arguments, name) for name in Options._fields)
    options = given._replace(
        cache=None if arguments.no_cache else arguments.cache,
        now=whole(fixed_now(arguments) or clock()),
        jobs=arguments.jobs or _processors(),
        format=delivery.chosen(arguments.format, os.environ),
    )
    keep_apart(options, getattr(arguments, "to", None))
    return options


def fixed_now(arguments: argparse.Namespace) -> datetime | None:
    """Return the instant given by `--now` or else SOURCE_DATE_EPOCH, if any."""
    asked: datetime | None = arguments.now
    return asked or _from_epoch(os.environ.get(EPOCH, ""))


def whole(moment: datetime) -> datetime:
    """Drop fractions of a second: no rule of the site uses them."""
    return moment.replace(microsecond=0)


def _from_epoch(text: str) -> datetime | None:
    """Read seconds since 1970 in digits, as reproducible-builds.org specifies; empty is as good as unset."""
    if not text:
        return None
    with suppress(ValueError, OverflowError, OSError):
        if text.isascii() and text.isdecimal():
            moment = datetime.fromtimestamp(int(text), UTC)
            if moment.year in YEARS:
                return moment
    message = f"the number of seconds since 1970, in digits only, for a time from {YEARS[0]} to {YEARS[-1]}"
    raise UsageError(f"{EPOCH} is {text!r}; it must be {message}")


def _instant(text: str) -> datetime:
    """Read an ISO 8601 date, or date and time; without an offset, it is in UTC.

    >>> _instant("2026-01-26T12:00:00-05:00").isoformat(), _instant("2026-01-26").isoformat()
    ('2026-01-26T17:00:00+00:00', '2026-01-26T00:00:00+00:00')
    """
    try:
        written = datetime.fromisoformat(text)
        moment = (written if written.tzinfo else written.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        message = f"{text!r} is not an ISO 8601 date and time, such as 2026-01-26T17:00:00Z"
        raise argparse.ArgumentTypeError(message) from None
    if moment.year not in YEARS:
        message = f"{text!r} is not in the years {YEARS[0]} to {YEARS[-1]}"
        raise argparse.ArgumentTypeError(message)
    return moment


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2026-01-26") from None


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is less than 1")
    return number


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65535:  # noqa: PLR2004 - the ports that TCP has
        raise argparse.ArgumentTypeError(f"{text} is not a port number from 0 to 65535")
    return number


# argparse names the function in its message: "invalid whole number value: 'x'".
_count.__name__ = _port.__name__ = "whole number"


def _processors() -> int:
    """Return how many processors this process may use; in a container, that can be fewer than there are."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _parser(asked: str | None = None) -> _Parser:
    """Make the parser of all commands; if the command is known, only that one gets its options.

    Making the options of all commands takes longer than reading the command line.
    """
    parser = _Parser(
        prog="build.py",
        description="Build a static site of job postings. The default command is build.",
        epilog="Exit status: 0 good, 1 wrong content, 2 wrong usage or settings, 3 a bug or system failure.",
        allow_abbrev=False,
    )
    checked = "report only what concerns these files or folders; everything is still read"
    tried = "try only the addresses in these postings, pages or folders"
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    for name, says, options in (
        ("build", "Check everything, then render and publish the whole site.", (_add_details,)),
        ("check", "Check everything and write nothing.", (partial(_add_paths, checked),)),
        ("serve", "Build and serve the site, and rebuild it on every change.", (_add_details, _add_address)),
        ("new", "Write a new posting, asking for what no option gives.", (_add_answers,)),
        (
            "links",
            "Try the web addresses in open postings and in pages over the network.",
            (partial(_add_paths, tried),),
        ),
        ("digest", "Write a digest of what is new, closes soon, moved or closed.", (_add_letter,)),
        ("schema", "Print the JSON Schema of a posting's front matter.", ()),
    ):
        command = commands.add_parser(name, help=says, description=says, allow_abbrev=False)
        common = partial(_add_common, _SHOWN.get(name))
        for add in (common, *options) if asked in {None, name} else ():
            add(command)
    return parser


def _add_common(shown: frozenset[str] | None, parser: argparse.ArgumentParser) -> None:
    def add(flag: str, help: str, **form: Any) -> None:  # noqa: A002 - argparse's name
        says = help if shown is None or flag in shown else argparse.SUPPRESS
        parser.add_argument(flag, help=says, **form)

    add_folder = partial(add, type=Path, metavar="DIR")
    add_folder("--content", default=Path("content"), help="the content folder (default: %(default)s)")
    says = "the folder of templates and assets (default: %(default)s)"
    add_folder("--layouts", default=Path("layouts"), help=says)
    says = "the folder to publish the site to (default: %(default)s)"
    add_folder("--output", default=Path("site"), help=says)
    add("--base-url", metavar="URL", help="the address the site will have (default: base_url in site.yaml)")
    says = f"the time of the build, in UTC unless it has an offset (default: {EPOCH}, or else the clock)"
    add("--now", type=_instant, metavar="ISO-8601", help=says)
    says = "how many processes to use, at most 61 (default: one for each processor)"
    add("--jobs", type=_count, metavar="N", help=says)
    says = "the folder for what builds remember (default: %(default)s)"
    add_folder("--cache", default=Path(".cache/hiringhall"), help=says)
    add("--no-cache", action="store_true", help="remember nothing; overrides --cache")
    says = "a Dask cluster to work on, as dask://HOST:PORT (default: this machine alone)"
    add("--executor", metavar="URL", help=says)
    add("--strict", action="store_true", help="treat warnings as failures")
    says = "how to show problems (default: human, or github in GitHub Actions)"
    add("--format", choices=delivery.FORMS, help=says)
    add("--quiet", action="store_true", help="show only errors and warnings")
    parser.set_defaults(profile=False, explain=False)


def _add_details(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--profile", action="store_true", help="say how long each stage took")
    parser.add_argument("--explain", action="store_true", help="say why each file was made")


def _add_paths(says: str, parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", type=Path, nargs="*", metavar="PATH", help=says)


def _add_address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    parser.add_argument(
        "--port", type=_port, default=8000, help="the port, or 0 for any free one (default: %(default)s)"
    )


def _add_letter(parser: argparse.ArgumentParser) -> None:
    says = "the first day to cover, through today (default: the seven whole days before today)"
    parser.add_argument("--since", type=_day, metavar="DATE", help=says)
    where = parser.add_mutually_exclusive_group()
    says = "the form to print (default: %(default)s)"
    where.add_argument("--form", choices=LETTER_FORMS, default="markdown", help=says)
    says = "write all forms to this folder instead: digest.md, digest.txt, digest.html"
    where.add_argument("--to", type=Path, metavar="DIR", help=says)


def _add_answers(parser: argparse.ArgumentParser) -> None:
    says = (
        "what to take the answers from: the web address of the employer's page, or a file with that page, or"
        " with the text of an issue or a mail that has them; - for standard input; asks nothing"
    )
    parser.add_argument("--from", dest="form", metavar="ADDRESS|FILE", help=says)
    for name, says in {
        "title": "the job title",
        "organization": "the employer: a key or name from organizations.yaml, or any other name",
        "location": "City, Region or City, Region, Country, with a semicolon between two places; or remote",
        "apply": "a web address, an email address, or what to do in words",
        "salary": "pay in figures and words, such as 62000-70000 a year; optional",
        "deadline": "a date, a date and time, or rolling; optional",
        "slug": "the name of the file and the page (default: made from employer and title)",
    }.items():
        parser.add_argument(f"--{name}", metavar="TEXT", help=says)
