"""The two sites that every rule of a standard is checked on.

Owns that there are two; refuses to know how they are built.
"""

from __future__ import annotations

import pytest

from tests.published import Site


@pytest.fixture(scope="session", params=["golden", "bare"])
def site(request) -> Site:
    return request.getfixturevalue(request.param)
