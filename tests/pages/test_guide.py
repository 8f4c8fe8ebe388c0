"""The guide in `layouts/README.md` names all that templates are given, and nothing else."""

from __future__ import annotations

import re

import pytest

from hiringhall.facts import Fact
from hiringhall.model import StaticPage
from hiringhall.pages import browsing, changes, lists, neighbours, pager, sections, statistics, views
from hiringhall.pages import posting as postings
from hiringhall.pages.outputs import outputs
from hiringhall.pages.rendering import renderer_of
from hiringhall.pages.templates import Templates
from tests import factory
from tests.pages.support import Rendered, parts_of, templates
from tests.trees import LAYOUTS

GUIDE = (LAYOUTS / "README.md").read_text("utf-8")
ROWS = [line.strip("| ").split(" | ") for line in GUIDE.splitlines() if line.startswith("| ")]
GIVEN = {
    template: set(re.findall("`([a-z_]+)`", row[-1]))
    for row in ROWS
    for template in re.findall(r"`([\w/-]+\.html)`", row[0])
}
VIEWS = {
    "`site`": views.SiteView,
    "`page`": views.Page,
    "`frame`": views.Frame,
    "a link": views.Link,
    "a feed": views.FeedLink,
    "`listing`": lists.ListView,
    "`listing.employer`": browsing.EmployerView,
    "`pager`": pager.Pager,
    "`facet`": browsing.FacetView,
    "a section": sections.SectionView,
    "a term": browsing.TermView,
    "a year": lists.YearView,
    "`row`": postings.RowView,
    "`posting`": postings.PostingView,
    "a fact": Fact,
    "`neighbours`": neighbours.NeighboursView,
    "a posting": neighbours.NeighbourView,
    "a day": changes.DayView,
    "a kind": changes.KindView,
    "a change": changes.ChangeView,
    "`view`": statistics.View,
}


class Watched(Templates):
    """Templates that record which names each of them is given."""

    def render(self, name: str, subject: str, /, **values: object) -> str:
        SEEN[name] = set(values)
        return super().render(name, subject, **values)


SEEN: dict[str, set[str]] = {}


@pytest.fixture(scope="module")
def seen() -> dict[str, set[str]]:
    """What each template was given while a small site was made."""
    plain = templates()
    watched = Watched(*plain)
    page = StaticPage("about", "about.md", "About", "Who makes it.", "<p>People.</p>\n")
    where, posting = factory.context()._replace(pages=(page,)), factory.posting(aliases=("harbor-job",))
    listing = factory.listing([posting])
    rendered = Rendered({posting.slug: posting}, where)
    parts_of(posting, factory.entry(posting), where, watched)
    for output in outputs(listing, renderer_of(where, watched, rendered)):
        list(output.chunks())
    return SEEN


@pytest.mark.parametrize("start", VIEWS)
def test_the_names_of_a_view_are_told(start: str) -> None:
    first = ROWS.index(["view", "has"])
    (row,) = (row for row in ROWS[first:] if re.match(rf"{start}(?=[ ,]|$)", row[0]))
    told = re.findall("`([a-z_]+)`", row[1])
    assert sorted(told) == sorted(name for name in vars(VIEWS[start]) if not name.startswith("_"))


@pytest.mark.parametrize("name", sorted(GIVEN))
def test_what_a_template_is_given_is_told(name: str, seen: dict[str, set[str]]) -> None:
    is_page = "/" not in name
    assert GIVEN[name] | (GIVEN["base.html"] if is_page else set()) == seen.get(name, GIVEN["base.html"])


def test_every_template_that_is_given_anything_is_told(seen: dict[str, set[str]]) -> None:
    assert GIVEN.keys() == seen.keys() | {"base.html"}
