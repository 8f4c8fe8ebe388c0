"""Every address that the site gives leads to a file of the site, below the folder where it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import urljoin

from tests.published import Page, Site, words

HOLDERS = (
    ("a", "href"),
    ("link", "href"),
    ("script", "src"),
    ("img", "src"),
    ("use", "href"),
    ("form", "action"),
)
FEED_TYPES = {
    "application/rss+xml": "feed.xml",
    "application/feed+json": "feed.json",
    "text/calendar": "deadlines.ics",
}


def links(page: Page) -> Iterator[str]:
    for tag, attribute in HOLDERS:
        yield from (each.get(attribute, "") for each in page.all(f"{tag}[@{attribute}]"))
    yield from (each for name in ("og:url", "og:image") for each in page.meta(name))
    yield from (each.partition("url=")[2] for each in page.meta("refresh"))


def leads(site: Site, address: str) -> bool:
    """Whether an address of this site has a file, and its fragment an element; others are not tried."""
    try:
        path = site.file_at(address)
    except KeyError:
        return False
    fragment = address.partition("#")[2]
    if path is None or not fragment or path not in site.pages:
        return True
    return any(element.get("id") == fragment for element in site.pages[path].root.iter())


def test_every_link_of_every_page_leads_somewhere(site):
    asked = 0
    for page in site.pages.values():
        here = urljoin(site.base, page.address)
        found = [urljoin(here, link) for link in links(page) if not link.startswith(("mailto:", "tel:"))]
        assert [address for address in found if not leads(site, address)] == [], page
        asked += len(found)
    assert asked > 2000


def test_every_address_in_data_leads_somewhere(site):
    """Feeds, calendars, open data, the sitemap, robots.txt and what scripts fetch."""
    written = re.compile(re.escape(site.base) + r"[A-Za-z0-9/._#~%-]*")
    kinds = (".xml", ".json", ".ics", ".csv", ".txt")
    data = {path: text.decode() for path, text in site.files.items() if path.endswith(kinds)}
    assert {path.rpartition(".")[2] for path in data} == {kind[1:] for kind in kinds}
    for path, text in data.items():
        unfolded = text.replace("\r\n ", "")
        lost = [each for each in written.findall(unfolded) if not leads(site, each.rstrip("."))]
        assert lost == [], path


def test_every_style_sheet_of_a_feed_is_there(site):
    feeds = {path: data.decode() for path, data in site.files.items() if path.endswith("feed.xml")}
    assert feeds
    for path, text in feeds.items():
        (named,) = re.findall(r'<\?xml-stylesheet [^>]*href="([^"]+)"', text)
        assert leads(site, urljoin(site.base, named)), path


def test_every_script_that_a_script_imports_is_there(golden):
    scripts = {path: data.decode() for path, data in golden.files.items() if path.endswith(".js")}
    imports = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\.[^"']+)["']""")
    asked = [
        urljoin(golden.base + path, name) for path, text in scripts.items() for name in imports.findall(text)
    ]
    assert len(asked) > 10
    assert [address for address in asked if not leads(golden, address)] == []


def test_fragments_and_addresses_outside_the_folder_are_checked(golden):
    assert leads(golden, "https://jobs.example/board/jobs/data-fellow/#main")
    assert leads(golden, "https://elsewhere.example/")
    for lost in ("jobs/data-fellow/#nowhere", "jobs/none/", "../", "assets/css/site.css"):
        assert not leads(golden, urljoin(golden.base, lost))


def test_every_list_offers_its_own_feeds(golden):
    """A list with feeds of its own offers these, and so does a page that leads to it.

    Any other page offers those of all open postings.
    """
    for page in golden.pages.values():
        sends_on = re.search(r"url=/board/(.*)", "".join(page.meta("refresh")))
        folder = sends_on[1] if sends_on else page.folder
        offered = [link for link in page.links("alternate") if link.get("title")]
        titles = [link.get("title") for link in offered]
        assert len(set(titles)) == len(titles), page
        own = "archive/" if page.path.startswith("archive/") else folder
        home = own if f"{own}feed.xml" in golden.files else ""
        found = {link.get("type"): urljoin(golden.base, link.get("href", "")) for link in offered}
        expected = {kind: f"{golden.base}{home}{name}" for kind, name in FEED_TYPES.items()}
        if (
            f"{home}deadlines.ics" not in golden.files
        ):  # what closes soon is in the calendar of all, if anywhere
            expected["text/calendar"] = f"{golden.base}deadlines.ics"
            found.setdefault("text/calendar", expected["text/calendar"])
        assert found == expected, page


def test_the_pages_of_a_list_form_a_chain_without_gaps(site):
    longest = 0
    for folder in {page.folder for page in site.pages.values() if page.rows}:
        chain = site.list_at(folder)
        for number, page in enumerate(chain):
            before, after = (
                (chain[number - 1] if number else None),
                (chain[number + 1 : number + 2] or [None])[0],
            )
            for relation, other in (("prev", before), ("next", after)):
                links = [
                    urljoin(site.base, each.get("href", ""))
                    for each in page.all(f"nav//a[@rel='{relation}']")
                ]
                assert links == ([site.base + other.address] if other else []), page
        rows = site.rows(folder)
        assert len(rows) == len(set(rows)), folder
        assert {len(page.rows) for page in chain} <= {1, 2} or len(chain) == 1, folder
        longest = max(longest, len(chain))
    assert longest > 2


def test_every_posting_has_a_page_and_is_in_one_list(golden):
    pages = {page.address for path, page in golden.pages.items() if path.startswith("jobs/")}
    expected = {f"jobs/{slug}/" for slug in (*golden.open, *golden.closed)}
    assert pages - golden.redirects.keys() == expected
    assert not set(golden.open) & set(golden.closed)
    assert len(golden.open) == len(set(golden.open)) == 8
    assert len(golden.closed) == len(set(golden.closed)) == 5


def test_counts_are_those_of_the_lists(golden):
    """What a facet says of a term is what the term's page lists."""
    for facet in ("organizations", "locations", "tags", "types", "arrangements"):
        page = golden.page(f"{facet}/")
        terms = page.all("ul[@class='terms']/li")
        assert terms
        for item in terms:
            address = urljoin(golden.base, item.find("a").get("href"))
            listed = golden.rows(address.removeprefix(golden.base))
            counted = re.match(r"\d+", words(item.find("span")))
            assert len(listed) == (int(counted[0]) if counted else 0), (facet, words(item))


def test_former_addresses_send_on(golden):
    expected = {
        "jobs/tug-and-ferry-organizer/": "jobs/harbor-lead-organizer/",
        "jobs/traductora/": "jobs/remota-madrid/",
        "jobs/traductor/": "jobs/remota-madrid/",
        "jobs/old-archivist/": "jobs/archivist-unconfirmed/",
        "tags/lawyers/": "tags/legal/",
        "tags/lawyers/page/2/": "tags/legal/page/2/",
        "organizations/harbor-workers-local-12/": "organizations/harbor-12/",
        "about/team/": "about/",
        "help/": "ayuda/",
        "how-to/": "ayuda/",
    }
    assert {address: page.meta("refresh") for address, page in golden.redirects.items()} == {
        old: [f"0; url=/board/{new}"] for old, new in expected.items()
    }
    for old, new in expected.items():
        page = golden.redirects[old]
        assert page.links("canonical")[0].get("href") == f"{golden.base}{new}"
        assert page.meta("robots") == ["noindex"]
        assert f"/board/{new}" in [link.get("href") for link in page.all("main//a")]


def test_the_sitemap_lists_what_is_worth_finding_and_nothing_else(site):
    text = site.text("sitemap.xml")
    addresses = re.findall(r"<loc>([^<]+)</loc>", text)
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')
    assert 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"' in text
    assert len(text.encode()) < 50_000_000
    assert len(addresses) == len(set(addresses)) <= 50_000
    assert not re.search("<(priority|changefreq)>", text)
    for address in addresses:
        page = site.pages[site.file_at(address) or ""]
        assert page.meta("robots") == [], address
        assert [link.get("href") for link in page.links("canonical")] == [address]
    listed = {address.split("/jobs/")[1].strip("/") for address in addresses if "/jobs/" in address}
    assert listed == set(site.open)
    assert site.base in addresses


def test_the_sitemap_leaves_out_no_page_but_further_ones_and_lists_of_nothing(golden):
    listed = re.findall(r"<loc>([^<]+)</loc>", golden.text("sitemap.xml"))
    lost = [
        page.address
        for page in golden.pages.values()
        if page.address == page.folder
        and golden.base + page.address not in listed
        and not page.meta("robots")
        and "No open jobs here right now." not in page.text
    ]
    assert lost == []


def test_the_sitemap_dates_only_what_has_a_date(golden):
    text = golden.text("sitemap.xml")
    dated = dict(re.findall(r"<loc>([^<]+)</loc><lastmod>([^<]+)</lastmod>", text))
    jobs = {job["url"]: job for job in json.loads(golden.text("jobs.json"))["jobs"]}
    changed = {
        url: max(filter(None, (job["added"], job["posted"], job["verified"]))) for url, job in jobs.items()
    }
    assert dated == changed


def test_robots_may_read_everything_and_are_told_of_the_sitemap(site):
    lines = site.text("robots.txt").splitlines()
    assert f"Sitemap: {site.base}sitemap.xml" in lines
    assert [line for line in lines if line.startswith("Disallow") and line != "Disallow:"] == []
    assert lines[0] == "User-agent: *"


def test_only_pages_that_should_not_be_found_say_so(site):
    hidden = {page.path for page in site.pages.values() if page.meta("robots") == ["noindex"]}
    closed = {f"jobs/{slug}/index.html" for slug in site.closed}
    assert hidden == closed | {page.path for page in site.redirects.values()} | {"404.html"}
