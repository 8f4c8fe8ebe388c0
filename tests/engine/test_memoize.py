"""The one answer that is kept is given again for the very same arguments, and for no others."""

from __future__ import annotations

from hiringhall.engine.memoize import memoize_last


def test_the_latest_answer_is_for_the_very_same_arguments_only():
    calls = []

    @memoize_last
    def joined(*words, end=""):
        calls.append(words)
        return "".join(words) + end

    one, two, equal = ("".join(word) for word in (("one", "one"), ("two", "two"), ("on", "eone")))
    assert joined(one, two) == joined(one, two) == "oneonetwotwo"
    assert len(calls) == 1
    assert joined(one) == "oneone"
    assert joined(one, end="!") == "oneone!"
    assert joined(one) == "oneone"
    assert joined() == joined() == ""
    before = len(calls)
    assert joined(one) == joined(equal) == "oneone"
    assert len(calls) == before + 2
