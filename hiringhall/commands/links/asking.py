"""Requests for many pages: several hosts at once, each host as a reader would ask.

Owns in which order and how patiently they are asked for; refuses to judge what an answer means.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import suppress
from datetime import date
from queue import Empty, SimpleQueue
from threading import Thread
from urllib.parse import urlsplit

from hiringhall.commands.links.answers import SERVER_ERRORS, Answer
from hiringhall.commands.links.closed import closing
from hiringhall.webpages.requesting import request

_AT_ONCE = 8  # hosts; one address of each at a time, as a reader would ask
_PAUSE = 3.0  # seconds until an address that did not answer is tried once more
# Seconds without any answer, of all hosts or of one, then none is waited for: some send a byte now and then.
_SILENCE = 180.0
_NAP = 1.0  # seconds
_TOO_MANY = 429  # requests; the pause also spaces those for the other addresses of a host
_MOST_WRONG = 3  # hosts: if more than these all fail, this machine is probably offline

Ask = Callable[[str], Answer]
_Answered = tuple[str, Answer] | Exception


def answers(
    addresses: Sequence[str], ask: Ask, step: Callable[[str, int, int], None]
) -> Iterator[tuple[str, Answer]]:
    """Yield each address with its answer. Raises OSError if many hosts were asked and none answered."""
    by_host = defaultdict(list)
    for address in addresses:
        by_host[urlsplit(address).hostname].append(address)
    waiting: SimpleQueue[list[str]] = SimpleQueue()
    answered: SimpleQueue[_Answered] = SimpleQueue()
    for asked in by_host.values():
        waiting.put(asked)

    # Stopping the program must not wait for answers; threads of a pool would be waited for.
    for _ in range(min(_AT_ONCE, len(by_host))):
        Thread(target=_work, args=(waiting, answered, ask), daemon=True).start()
    told: dict[str, Answer] = {}
    while len(told) < len(addresses):
        try:
            found = _next(answered)
        except Empty:
            told = dict.fromkeys(addresses, _late()) | told
            break
        if isinstance(found, Exception):
            raise found
        told.update([found])
        step("Trying addresses", len(told), len(addresses))
    if len(by_host) > _MOST_WRONG and all(answer.status is None for answer in told.values()):
        raise OSError(f"none of {len(by_host)} hosts answered; is this machine online?")
    yield from told.items()


def _next(answered: SimpleQueue[_Answered]) -> _Answered:
    """Wait for what comes next. Raises Empty after a long silence."""
    for _ in range(round(_SILENCE / _NAP)):
        with suppress(Empty):
            return answered.get(timeout=_NAP)  # some systems deliver Ctrl-C only between waits
    raise Empty


def _late() -> Answer:
    return Answer(None, "", f"nothing came for {_SILENCE:.0f} seconds")


def _work(waiting: SimpleQueue[list[str]], answered: SimpleQueue[_Answered], ask: Ask) -> None:
    """Try the addresses of one host after another, until none is waiting.

    Of a host that has been silent for long, no more are tried: a hundred would take more than an hour.
    """
    with suppress(Empty):
        while True:
            heard = time.monotonic()
            for address in waiting.get_nowait():
                is_silent = time.monotonic() - heard > _SILENCE
                try:
                    answer = _late() if is_silent else ask(address)
                except Exception as fault:  # noqa: BLE001 - raised where the answer is awaited
                    answered.put(fault)
                else:
                    answered.put((address, answer))
                    heard = heard if answer.status is None else time.monotonic()


def patient(ask: Ask, address: str) -> Answer:
    """Try once more, a little later, after no answer, a fault, or too many requests."""
    answer = ask(address)
    if answer.status is None or answer.status == _TOO_MANY or answer.status in SERVER_ERRORS:
        time.sleep(_PAUSE)
        answer = ask(address)
    return answer


def asker(site: str, jobs: Container[str], today: date) -> Ask:
    """Return what requests a page for a site; only pages of jobs are read."""

    def ask(address: str) -> Answer:
        reply = request(address, site, is_read=address in jobs)
        return Answer(reply.status, reply.place, reply.reason, closing(reply.html, today))

    return ask
