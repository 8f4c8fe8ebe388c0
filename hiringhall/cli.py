"""The command line: what each command does.

Owns the clock and the closing lines; refuses to know how a site is built: it is given a function for that.
"""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn, Protocol

from hiringhall.arguments import fixed_now, form_asked, options_of, parse, whole
from hiringhall.diagnostics import Diagnostic, Severity, UsageError, failed
from hiringhall.exit_status import GOOD, PIPE_CLOSED, TerminatedError, explain, settle, status_of
from hiringhall.folders import among, need_content, need_folders
from hiringhall.model import Options, Preview
from hiringhall.report import delivery, summary
from hiringhall.report.result import BuildResult

Clock = Callable[[], datetime]


class Build(Protocol):
    """What builds a site; only `serve` gives it a preview to call."""

    def __call__(self, options: Options, preview: Preview = ...) -> BuildResult: ...


def _clock() -> datetime:
    return datetime.now(UTC)


def main(argv: Sequence[str], build: Build, clock: Clock = _clock) -> int:
    """Run one command and return its exit status; whatever goes wrong is reported in one line."""
    status = GOOD
    try:
        _prepare()
        with suppress(SystemExit):  # argparse has shown the help
            status = _obey(parse(argv), build, clock)
        sys.stdout.flush()
    except BrokenPipeError:
        status = PIPE_CLOSED
    except (Exception, KeyboardInterrupt) as fault:  # noqa: BLE001 - the last line of defence
        status = explain(fault, delivery.chosen(form_asked(argv), os.environ))
    settle(sys.stdout, sys.stderr)
    return status


def _prepare() -> None:
    """Treat a request to end like Ctrl-C, and let standard output take every letter.

    A terminal may lack some; files and programs get UTF-8.
    """
    with suppress(ValueError):  # in a thread, which signals do not reach
        signal.signal(signal.SIGTERM, _terminate)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # it was closed before this began
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - for the run
    if isinstance(sys.stdout, TextIOWrapper):
        if sys.stdout.isatty() or "PYTHONIOENCODING" in os.environ:
            sys.stdout.reconfigure(errors="backslashreplace")
        else:
            sys.stdout.reconfigure(encoding="utf-8")


def _terminate(_number: int, _frame: object) -> NoReturn:
    raise TerminatedError


def _obey(arguments: argparse.Namespace, build: Build, clock: Clock) -> int:
    options = options_of(arguments, clock)
    match options.command:
        case "build":
            return _build(options, build)
        case "check":
            return _check(options, build, arguments.paths)
        case "serve":
            return _serve(options, build, clock, arguments)
        case "new":
            return _new(options, arguments)
        case "digest":
            return _newsletter(options, arguments)
        case "links":
            return _links(options, arguments.paths)
        case "schema":
            return _schema(options)
        case unknown:
            raise NotImplementedError(unknown)


def _build(options: Options, build: Build) -> int:
    need_folders(options.content, options.layouts)
    return _report(_only(options, build), options)


def _only(options: Options, build: Build) -> BuildResult:
    """Build once in a process that ends soon: collecting its few cycles would cost a tenth of the time."""
    gc.disable()
    result = build(options)
    gc.freeze()  # or they are collected once more when the interpreter ends
    return result


def _report(result: BuildResult, options: Options, known: Collection[Diagnostic] = ()) -> int:
    """Deliver what a build found and its closing line, and return its status.

    Notices among the `known` are only counted.
    """
    status = status_of(result.diagnostics, strict=options.strict)
    if status == GOOD and not result.published:
        raise RuntimeError("the build published nothing and found no reason")
    _deliver(result.diagnostics, options, known)
    problems = summary.tally(result.diagnostics)
    if status != GOOD:
        strictly = "" if failed(result.diagnostics) else ", and --strict allows none"
        _tell(f"{problems}{strictly}. Nothing was published: {options.output} is unchanged.", options)
    elif result.stats:
        if options.explain or options.profile:
            _tell_details(result, options)
        _tell(f"{summary.published(result.stats)}; {problems}.", options)
    return status


def _tell_details(result: BuildResult, options: Options) -> None:
    """Print what was asked for about how the build went."""
    from hiringhall.report import details

    if options.explain:
        sys.stderr.write(details.explain(result.rebuilt))
    if options.profile:
        sys.stderr.write(details.profile(result.laps))


def _check(options: Options, build: Build, paths: Sequence[Path]) -> int:
    need_folders(options.content, options.layouts)
    need_content(paths, options.content)
    # A check writes nothing, not even a cache for the next one.
    found = _only(options._replace(cache=None), build).diagnostics
    # A problem in a file that all postings are judged by concerns all of them.
    is_wanted = among(paths)
    wanted = tuple(each for each in found if not each.path.endswith(".md") or is_wanted(each.path))
    _deliver(wanted, options)
    _tell(f"Checked: {summary.tally(wanted)}.", options)
    return status_of(wanted, strict=options.strict)


def _serve(options: Options, build: Build, clock: Clock, arguments: argparse.Namespace) -> int:
    from hiringhall.devserver.server import AddressError, serve

    need_folders(options.content, options.layouts)
    now = fixed_now(arguments) and options.now
    known: set[Diagnostic] = set()
    try:
        serve(
            lambda preview: _rebuild(options._replace(now=now or whole(clock())), preview, build, known),
            host=arguments.host,
            port=arguments.port,
            output=options.output,
            watched=(options.content, options.layouts),
            clock=clock,
            now=now,
            root=lambda: _root(options),
            ready=lambda url: print(
                f"Serving {options.output} at {url} (press Ctrl-C to stop).", file=sys.stderr
            ),
        )
    except AddressError as refused:
        raise UsageError(str(refused)) from refused
    return GOOD


def _rebuild(options: Options, preview: Preview, build: Build, known: set[Diagnostic]) -> BuildResult:
    """Build and report as `build` does; a bug is reported here and raised again for the server to show.

    `known` is what the builds before found, and then what this one did too.
    """
    try:
        result = build(options, preview)
        _report(result, options, known)
        if result.published:  # one that stops may not have come to all there is
            known.clear()
        known.update(result.diagnostics)
    except Exception as fault:
        explain(fault, options.format)
        raise
    return result


def _root(options: Options) -> str | None:
    """Return the path of the folder the site will be in, or None if the settings are wrong."""
    from hiringhall.intake.configuration.settings import read_settings
    from hiringhall.policies.addresses import site_at

    settings = read_settings(options.content, options.base_url).value
    return site_at(settings.base_url).root if settings else None


def _new(options: Options, arguments: argparse.Namespace) -> int:
    from hiringhall.commands.new.draft import draft

    need_folders(options.content)
    made = draft(options, arguments)
    _deliver(made.diagnostics, options)
    status = status_of(made.diagnostics, strict=False)
    if made.value is None:
        _tell(f"{summary.tally(made.diagnostics)}. Nothing was written.", options)
    else:
        if status != GOOD:
            to_do = f"{summary.tally(made.diagnostics)}: change these lines"
        elif arguments.form:
            to_do = "Compare it with the employer's notice"
        else:
            to_do = "Replace the text below the second ---"
        _tell(f"Wrote {made.value}. {to_do}, then run:", options)
        _tell(f"  python build.py check {made.value}", options)
    return status


def _newsletter(options: Options, arguments: argparse.Namespace) -> int:
    from hiringhall.commands.newsletter import forms
    from hiringhall.commands.newsletter.letter import write_letter

    if options.format == "json" and arguments.to is None:
        raise UsageError("--format json prints messages to standard output; add --to DIR for the digest")
    need_folders(options.content, options.layouts)
    letter = write_letter(options, arguments.since)
    names = forms.save(letter.value, arguments.to) if letter.value and arguments.to else ()
    _deliver(letter.diagnostics, options)
    if letter.value is None:
        _tell(f"{summary.tally(letter.diagnostics)}. No digest was written.", options)
        return status_of(letter.diagnostics, strict=options.strict)
    if arguments.to is None:
        print(forms.FORMS[arguments.form](letter.value), end="")
    else:
        _tell(f"Wrote {', '.join(names)} to {arguments.to}.", options)
    return GOOD


def _links(options: Options, paths: Sequence[Path]) -> int:
    from hiringhall.commands.links import try_links

    need_folders(options.content)
    need_content(paths, options.content)
    tried = try_links(options, paths)
    _deliver(tried.diagnostics, options, whole=True)  # to try them all again, as JSON, would take minutes
    problems = summary.tally(tried.diagnostics)
    if tried.value is None:
        _tell(f"{problems}. No addresses were tried.", options)
    else:
        addresses, postings, pages = tried.value
        asked = summary.count_of(addresses, "address", "es")
        texts = f"{summary.count_of(postings, 'open posting')} and {summary.count_of(pages, 'page')}"
        _tell(f"Tried {asked} in {texts}: {problems}.", options)
    return status_of(tried.diagnostics, strict=options.strict)


def _schema(options: Options) -> int:
    import json

    from hiringhall.intake.configuration.settings import read_settings
    from hiringhall.intake.fields.schema import json_schema

    # Settings may list the tags; a schema without them is still right.
    settings = read_settings(options.content, options.base_url).value
    print(json.dumps(json_schema(settings), indent=2))
    return GOOD


def _deliver(
    found: tuple[Diagnostic, ...],
    options: Options,
    known: Collection[Diagnostic] = (),
    *,
    whole: bool = False,
) -> None:
    """Write what is found; people get no notices that they know, and with `--quiet` none at all."""
    if options.format == "human":
        found = tuple(
            each
            for each in found
            if each.severity is not Severity.NOTICE or not (options.quiet or each in known)
        )
    delivery.deliver(found, options.format, os.environ, whole=whole)


def _tell(line: str, options: Options) -> None:
    """Write a closing line if possible: what it sums up has been delivered already."""
    if options.quiet:
        return
    try:
        print(line, file=sys.stderr)
    except BrokenPipeError:
        raise
    except OSError:
        pass
