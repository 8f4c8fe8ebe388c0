"""Every page by the rules for all: valid HTML, one main heading, its own title, nothing from elsewhere."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from urllib.request import url2pathname

import pytest

from tests import tools
from tests.published import words

# The checker reads files, whose origin is not the policy's, and takes data blocks for scripts; browsers do
# not. Its table of CSS properties lacks one of SVG 2.
UNFOUNDED = ("violates Content Security Policy (meta tag)", "“paint-order”: Property")
POLICY = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'"},
    "font-src": {"'self'"},
    "connect-src": {"'self'"},
    "form-action": {"'self'"},
    "base-uri": {"'none'"},
}
LOADED = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "audio": "src",
    "video": "src",
    "embed": "src",
}
LOADED_LINKS = {
    "stylesheet",
    "icon",
    "apple-touch-icon",
    "modulepreload",
    "preload",
    "manifest",
    "preconnect",
}
NAMED_BY = ("aria-labelledby", "aria-describedby", "for")
ASKED = re.compile(r"""url\(\s*["']?([^)"']+)|@import\s+["']([^"']+)""")
# Each with what is wrong in it.
FAULTY = {
    "faulty.html": ('<!DOCTYPE html><html lang="en"><title>t</title><p id="a"><p id="a">', "Duplicate ID"),
    "faulty.css": ("a { colour: red }", "colour"),
    "faulty.svg": ('<svg xmlns="http://www.w3.org/2000/svg"><rect heigth="1"/></svg>', "heigth"),
}
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@pytest.fixture(scope="module")
def told(golden, bare, tmp_path_factory):
    """What the Nu HTML checker says of each file: one run, as most of its time is that of its start.

    It knows no container queries (CSS Conditional Rules 5): they are read as media queries.
    """
    folder = tmp_path_factory.mktemp("checked")
    files = [site.folder / path for site in (golden, bare) for path in site.pages]
    for path in (each for kind in ("*.css", "*.svg") for each in (golden.folder / "assets").rglob(kind)):
        text = path.read_text("utf-8").replace("@container (", "@media (")
        files.append(folder / path.name)
        files[-1].write_text(text.replace("container-type: inline-size;", ""), "utf-8")
    for name, (text, _) in FAULTY.items():
        files.append(folder / name)
        files[-1].write_text(text, "utf-8")
    # A program that runs for seconds is done sooner without the second compiler; the first needs more stack.
    command = [tools.java(), "-XX:TieredStopAtLevel=1", "-Xss4m", "-jar"]
    command += [tools.npm_file("vnu-jar/build/dist/vnu.jar"), "--format", "json"]
    command += ["--also-check-css", "--also-check-svg", *files]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    found = {path: [] for path in files}
    for each in json.loads(done.stderr)["messages"]:
        if not any(known in each["message"] for known in UNFOUNDED):
            place = Path(url2pathname(urlsplit(each["url"]).path))
            found[place].append(f"{each['url']}:{each.get('lastLine')}: {each['message']}")
    return found


@pytest.mark.slow
def test_the_html_checker_finds_neither_errors_nor_warnings(site, told):
    pages = [site.folder / path for path in site.pages]
    assert len(pages) > 40
    found = [each for page in pages for each in told[page]]
    assert found == [], "\n".join(found[:20])


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".css", ".svg"])
def test_the_checker_finds_nothing_in_styles_and_pictures(told, suffix):
    files = [path for path in told if path.suffix == suffix and path.name not in FAULTY]
    assert files
    assert [each for path in files for each in told[path]] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", FAULTY)
def test_the_checker_finds_an_error_in_each_kind_of_file(told, name):
    (found,) = (each for path, each in told.items() if path.name == name)
    assert FAULTY[name][1] in "".join(found)


def test_every_page_has_one_main_heading_a_language_and_a_viewport(site):
    for page in site.pages.values():
        headings = page.all("h1")
        assert [bool(words(heading)) for heading in headings] == [True], page
        assert LANGUAGE.fullmatch(page.root.get("lang", "")), page
        assert len(page.all("main")) == 1, page
        assert [
            scale for scale in page.meta("viewport") if "user-scalable=no" in scale or "maximum" in scale
        ] == []
        assert len(page.meta("viewport")) == 1, page


def test_headings_never_skip_a_level(site):
    for page in site.pages.values():
        levels = [
            int(element.tag[1]) for element in page.root.iter() if re.fullmatch("h[1-6]", str(element.tag))
        ]
        steps = [after - before for before, after in zip([0, *levels], levels, strict=False)]
        assert max(steps) == 1, (page, levels)


def test_what_is_named_by_an_element_is_named_by_one_that_is_there(site):
    for page in site.pages.values():
        ids = Counter(element.get("id") for element in page.root.iter() if element.get("id"))
        assert [name for name, count in ids.items() if count > 1] == [], page
        named = [element.get(by, "") for element in page.root.iter() for by in NAMED_BY]
        assert {name for names in named for name in names.split()} <= ids.keys(), page
        assert [link.get("href") for link in page.with_class("skip")] == ["#main"], page


def test_links_have_an_address_and_a_name_and_heads_of_tables_a_scope(site):
    scopes = [head.get("scope") for head in site.page("statistics/").all("th")]
    assert {"col", "row"} <= set(scopes) <= {"col", "row", "rowgroup"}
    for page in site.pages.values():
        assert [words(link) for link in page.all("a") if not link.get("href") or not words(link)] == [], page


def test_a_posting_that_closes_soon_is_marked_on_its_page(golden):
    marked = [slug for slug in golden.open if golden.page(f"jobs/{slug}/").with_class("badge")]
    assert sorted(marked) == sorted(golden.rows("closing-soon/")) != []


def test_every_page_has_a_title_of_its_own_and_a_description(site):
    for page in site.pages.values():
        assert len(page.all("title")) == 1, page
        assert [bool(text.strip()) for text in page.meta("description")] == [True], page
    told = Counter(words(page.all("title")[0]) for page in site.pages.values() if not page.meta("refresh"))
    assert [title for title, count in told.items() if count > 1] == []


def test_every_page_names_itself(site):
    """Canonical and og:url are the page's own address; a redirect names its target."""
    for page in site.pages.values():
        named = [link.get("href") for link in page.links("canonical")]
        assert page.meta("og:url") == named, page
        if page.path == "404.html":
            assert named == []
        elif not page.meta("refresh"):
            assert named == [site.base + page.address], page


def test_every_page_can_be_shared(site):
    for page in site.pages.values():
        for name in ("og:title", "og:type", "og:site_name", "og:image", "og:image:alt", "og:description"):
            assert [bool(text) for text in page.meta(name)] == [True], (page, name)
        image = page.meta("og:image")[0]
        data = site.files[site.file_at(image) or ""]
        assert (data[:8], data[16:24]) == (b"\x89PNG\r\n\x1a\n", (1200).to_bytes(4) + (630).to_bytes(4))
        assert (page.meta("og:image:width"), page.meta("og:image:height")) == (["1200"], ["630"])


def test_pages_ask_nothing_of_third_parties(site):
    for page in site.pages.values():
        here = urljoin(site.base, page.address)
        loaded = [each.get(LOADED[str(each.tag)]) for each in page.root.iter() if each.tag in LOADED]
        loaded += [
            link.get("href") for link in page.all("link") if LOADED_LINKS & set(link.get("rel", "").split())
        ]
        addresses = [address for address in loaded if address]
        assert addresses, page
        assert [each for each in addresses if not urljoin(here, each).startswith(site.base)] == [], page


def test_styles_ask_nothing_of_third_parties(golden):
    styles = {path: data.decode() for path, data in golden.files.items() if path.endswith((".css", ".svg"))}
    assert styles
    for path, text in styles.items():
        rules = re.sub(r"@namespace [^;]+;", "", text)
        asked = [first or second for first, second in ASKED.findall(rules)]
        foreign = [each for each in asked if not each.startswith(("#", "data:image/"))]
        assert [each for each in foreign if not golden.file_at(urljoin(golden.base + path, each))] == [], path


def test_the_policy_comes_before_anything_that_is_loaded(site):
    for page in site.pages.values():
        policies = page.meta("Content-Security-Policy")
        assert len(policies) == 1, page
        directives = dict(part.strip().partition(" ")[::2] for part in policies[0].split(";") if part.strip())
        assert {name: set(sources.split()) for name, sources in directives.items()} == POLICY, page
        order = [str(each.get("http-equiv") or each.tag) for each in page.root.iter()]
        first = min(order.index(tag) for tag in ("link", "script") if tag in order)
        assert order.index("Content-Security-Policy") < first, page


def test_nothing_in_a_page_can_run_but_our_own_files(site):
    """Neither inline scripts nor styles nor handlers, whatever a posting holds."""
    for page in site.pages.values():
        for element in page.root.iter():
            assert [
                name for name in element.attrib if name.startswith("on") or name in {"style", "srcdoc"}
            ] == [], page
            assert element.tag not in {"style", "iframe", "object", "embed", "base", "form"}, page
        for script in page.all("script"):
            assert script.get("type") == "application/ld+json" or (script.get("src") and not words(script)), (
                page
            )


def test_links_lead_to_known_schemes_and_those_of_postings_keep_to_themselves(site):
    for page in site.pages.values():
        contributed = page.all("main//a[@href]")
        for link in page.all("a[@href]"):
            address = link.get("href", "")
            is_offer = "feed-app" in link.get("class", "")
            known = "webcal://" if is_offer else "(https?://|mailto:|tel:|/|#)"
            assert re.match(known, address), (page, address)
            if link in contributed and address.startswith("http") and not address.startswith(site.base):
                assert "noopener" in link.get("rel", ""), (page, address)


def test_dates_are_readable_by_machines(site):
    form = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d))?")
    times = [time for page in site.pages.values() for time in page.all("time")]
    assert times
    assert [time.get("datetime") for time in times if not form.fullmatch(time.get("datetime", ""))] == []


def test_foreign_postings_say_their_language(golden):
    for slug, language in (("remota-madrid", "es"), ("volunteer-rtl", "ar"), ("hvla-abogada", "es")):
        page = golden.page(f"jobs/{slug}/")
        assert (page.all("h1")[0].get("lang"), page.all("h1")[0].get("dir")) == (language, "auto")
        prose = page.with_class("prose")[0]
        assert (prose.get("lang"), prose.get("dir")) == (language, "auto")
        rows = [row for each in golden.pages.values() for row in each.all(f"li[@data-slug='{slug}']")]
        assert {row.find(".//a").get("lang") for row in rows} == {language}
        named = [each for page in golden.pages.values() for each in page.with_class("neighbours")]
        address = f"/board/jobs/{slug}/"
        links = [link for each in named for link in each.findall(".//a") if link.get("href") == address]
        assert links
        assert all(language in {link.get("lang"), *(part.get("lang") for part in link)} for link in links)


def test_what_an_employer_says_in_another_language_is_marked(golden):
    page = golden.page("jobs/remota-madrid/")
    (note,) = page.with_class("note")
    assert (note.get("lang"), note.text) == ("es", "doce pagas")
    facts = {
        each.find("dt").text: each.find("dd")
        for each in (*page.with_class("fact"), *golden.page("jobs/hvla-abogada/").with_class("fact"))
    }
    assert {name for name, fact in facts.items() if fact.get("lang") == "es"} == {"Benefits", "Travel"}


def test_a_site_speaks_its_own_language(bare):
    assert {page.root.get("lang") for page in bare.pages.values()} == {"es"}
    assert "There is no such page" not in bare.pages["404.html"].text
    assert "Archive" not in words(bare.page("archive/").root)
