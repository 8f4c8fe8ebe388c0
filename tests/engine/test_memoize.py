"""An answer that is kept is given again for the very same arguments, and for no others."""

from __future__ import annotations

from hiringhall.engine.memoize import memoize


def test_the_last_answers_are_for_the_very_same_arguments_only():
    calls = []

    @memoize(2)
    def joined(*words):
        calls.append(words)
        return "".join(words)

    one, two, equal = ("".join(word) for word in (("one", "one"), ("two", "two"), ("on", "eone")))
    assert joined(one, two) == joined(one, two) == "oneonetwotwo"
    assert joined(one) == joined(one) == "oneone"
    assert joined(one, two) == "oneonetwotwo"
    assert calls == [(one, two), (one,)]
    assert joined(equal) == joined(one) == "oneone"
    assert len(calls) == 3
    assert joined(one, two) == "oneonetwotwo"
    assert len(calls) == 4
    assert joined() == joined() == ""
