"""The rows of a list, which the build and the browser write each by itself, are the same in both.

Owns postings with all that a row may say; refuses to know how it looks.
"""

from __future__ import annotations

import pytest

from build import build
from tests.browser import expect
from tests.js.reading import NOW, rested, rows
from tests.serving import serving_folder
from tests.sites import empty_content, options, write_posting

pytestmark = pytest.mark.browser

YEAR = "{min: 50000, max: 60000, period: year}"
FIELDS = {
    "remote": {"arrangement": "remote", "location": None},
    "remote-from": {"arrangement": "remote", "location": None, "remote_from": "[Minnesota, Canada]"},
    "places": {"location": "[{city: Albany, region: NY, postal_code: '06067'}, {city: Boston, region: MA}]"},
    "abroad": {"location": "Montréal, QC, Canada", "arrangement": "hybrid"},
    "on-site": {"arrangement": "on-site", "employment_type": "[full-time, per-diem, other]"},
    "field": {"arrangement": "field", "arrangement_note": "Two days at home", "employment_type": "volunteer"},
    "pay": {"salary": YEAR},
    "pay-from": {"salary": "{min: 20.50, max: open, period: hour}"},
    "pay-to": {"salary": "{min: open, max: 900, period: week, currency: EUR}"},
    "pay-once": {"salary": "{min: 300, max: 300, period: day}"},
    "pay-in-words": {"salary": '{note: "By <b>agreement</b> & scale"}'},
    "pay-abroad": {"salary": "{min: 5000000, max: 6000000, period: month, currency: JPY}"},
    "bargaining": {"bargaining_unit": "Local 12 <unit>", "department": "A & B", "travel": "Much"},
    "tags": {"tags": "[organizing, c++, q&a]"},
    "no-tags": {"tags": None},
    "spelled": {"organization": "ACME Únion", "tags": "[c plus plus, organizing, santé]"},
    "spelled-otherwise": {"organization": "Acme Union", "tags": "[sante, c++]"},
    "soon": {"deadline": "2026-01-22"},
    "soon-timed": {"deadline": '"2026-01-21 17:00"'},
    "timed": {"deadline": "2026-02-10T17:00-08:00"},
    "zone": {"deadline": '"2026-02-10 17:00"', "time_zone": "Asia/Tokyo"},
    "rolling": {"deadline": "rolling"},
    "undated": {"deadline": None},
    "posted": {"added": None, "posted": "2026-01-09"},
    "markup": {
        "title": "'<b>Clerk</b> & \"Cook\" </script><!-- &amp; &#60; ''x'''",
        "organization": '"A <i>B</i> & Co"',
    },
    "long": {"title": f"{'Supercalifragilistic' * 6}"},
    "arabic": {"title": "منظم نقابي (Local 12)", "organization": "اتحاد العمال", "language": "ar"},
    "hebrew": {"title": "מארגנת", "language": "he", "salary": '{note: "לפי הסכם 5,000"}'},
    "mixed": {"title": "Organizer עברית 12", "location": "القاهرة, Egypt"},
    "signs": {"title": "Café \u2013 cafe\u0301 👷🏽‍♀️ \u00a0 x\u00adx ｗｉｄｅ"},
    "closed": {"deadline": "2026-01-10"},
    "closed-timed": {"deadline": '"2026-01-12 09:00"', "salary": YEAR, "tags": "[organizing]"},
    "filled": {"status": "filled"},
    "withdrawn": {"status": "withdrawn", "language": "fr", "title": "Éducatrice <1>"},
    "unconfirmed": {"deadline": None, "added": "2025-06-01"},
    "closed-remote": {
        "deadline": "2026-01-11",
        "arrangement": "remote",
        "location": None,
        "remote_from": "[Ohio]",
    },
}


@pytest.fixture(scope="module", params=["en", "es", "fr-CA"])
def site(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("rows")
    content = empty_content(folder)
    (content / "site.yaml").write_text(
        (content / "site.yaml").read_text("utf-8").replace("language: en", f"language: {request.param}"),
        "utf-8",
    )
    for slug, fields in FIELDS.items():
        write_posting(content, slug, **({"added": "2026-01-08", "deadline": "2026-03-01"} | fields))
    result = build(options(folder, NOW.isoformat(), content=content, cache=None))
    assert result.published, [found for found in result.diagnostics if found.severity == "error"]
    with serving_folder(folder / "site") as server:
        yield f"{server.root}/"


@pytest.mark.parametrize("folder", ["", "archive/"])
def test_rows_of_the_browser_are_those_of_the_build(open_page, site, folder):
    page = open_page(f"{site}{folder}")
    page.wait_for_selector("#filter-q")
    built = rows(page)
    made = open_page(f"{site}{folder}?pay=stated&pay=not-stated")
    rested(made)
    expect(made.locator(".filter-chip")).to_have_count(2)
    assert rows(made) == built
    # Rows that showed other postings before say nothing that is left of these.
    made.select_option("#filter-sort", "pay")
    rested(made)
    made.select_option("#filter-sort", "newest")
    rested(made)
    assert rows(made) == built
