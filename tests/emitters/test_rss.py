from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

import feedparser
import pytest

from hiringhall.emitters import jsonfeed, rss
from hiringhall.policies import addresses
from tests import factory
from tests.emitters import support

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xhtml": "http://www.w3.org/1999/xhtml",
}


def feed_of(*postings, path="feed.xml", now=factory.NOW, where=None):
    return support.channel_of(support.files(rss, postings, now, where)[path])


def item_of(*postings, **where):
    found = feed_of(*postings, **where).find("item")
    assert found is not None
    return found


def test_r1_an_item_in_another_language_than_its_channel_says_so():
    """Dublin Core's language, and HTML's for those who read the text: right to left begins at the right."""
    item = item_of(factory.posting(language="ar", body_html="<p>نرتب الكتب.</p>\n"))
    assert item.findtext("dc:language", None, NAMESPACES) == "ar"
    content = item.findtext("content:encoded", "", NAMESPACES)
    assert content.count("<div") == content.count("</div>") == 1
    assert content.index("Pay:") < content.index('<div lang="ar" dir="auto">') < content.index("نرتب")
    plain = item_of(factory.posting())
    assert plain.find("dc:language", NAMESPACES) is None
    assert "<div" not in plain.findtext("content:encoded", "", NAMESPACES)


def test_the_texts_of_a_channel_from_right_to_left_say_so():
    """A feed reader in another language would begin them at the left."""
    home = factory.context()
    where = home._replace(wording=home.wording._replace(language="ar"), key="ar")
    about = feed_of(factory.posting(), where=where).find("xhtml:p", NAMESPACES)
    assert about is not None
    assert about.get("dir") == "rtl"
    content = item_of(factory.posting(), where=where).findtext("content:encoded", "", NAMESPACES)
    assert content.startswith('<div dir="rtl">')
    assert content.endswith("</div>\n")


def test_r1_a_site_may_stand_in_a_folder_of_any_name():
    where = factory.context(base_url="https://jobs.example/a&b/")
    channel = feed_of(factory.posting(), where=where)
    assert channel.findtext("link") == "https://jobs.example/a&b/"
    assert channel.findtext("item/link") == "https://jobs.example/a&b/jobs/harbor-organizer/"


def test_r2_an_item_has_title_description_link_guid_date_and_categories():
    item = item_of(factory.posting())
    for name in ("title", "description", "link", "guid", "pubDate", "category"):
        assert item.findtext(name), name
    assert item.findtext("title") == "Organizer – Harbor Workers Local 12"
    assert item.findtext("link") == "https://jobs.example/board/jobs/harbor-organizer/"
    assert {c.text: c.get("domain") for c in item.findall("category")} == {
        "Harbor Workers Local 12": "https://jobs.example/board/organizations/",
        "Rocky Hill, CT": "https://jobs.example/board/locations/",
        "Connecticut": "https://jobs.example/board/locations/",
        "organizing": "https://jobs.example/board/tags/",
        "Full-time": "https://jobs.example/board/types/",
        "Hybrid": "https://jobs.example/board/arrangements/",
    }


def test_r2_what_is_not_stated_is_no_category():
    item = item_of(factory.posting(arrangement=None, employment_types=()))
    assert not [c.text for c in item.findall("category") if "not stated" in c.text]


def test_r4_an_item_is_dated_by_the_day_it_was_added_in_the_sites_zone():
    posting = factory.posting(added=date(2026, 1, 12), posted=date(2026, 1, 15))
    assert item_of(posting).findtext("pubDate") == "Mon, 12 Jan 2026 00:00:00 -0500"
    tokyo = factory.context(time_zone="Asia/Tokyo")
    assert item_of(posting, where=tokyo).findtext("pubDate") == "Mon, 12 Jan 2026 00:00:00 +0900"


def test_r4_only_a_newer_stated_date_updates_an_item():
    old = factory.posting(posted=date(2026, 1, 2))
    assert item_of(old).find("atom:updated", NAMESPACES) is None
    confirmed = factory.posting(verified=date(2026, 1, 18))
    assert item_of(confirmed).findtext("atom:updated", None, NAMESPACES) == "2026-01-18T00:00:00-05:00"
    assert item_of(confirmed).findtext("pubDate") == item_of(old).findtext("pubDate")


def test_r5_html_is_in_description_and_content_only_and_description_comes_first():
    item = item_of(support.awkward(0))
    names = [child.tag.rpartition("}")[2] for child in item]
    assert names.index("description") < names.index("encoded")
    content = item.findtext("content:encoded", None, NAMESPACES)
    assert content.index("<li><strong>Pay:</strong>") < content.index("<p>See ")
    assert not re.search(r"<(script|object|embed|meta|noscript)\b", content)
    assert "&lt;b&gt;Organizer&lt;/b&gt;" in content


def test_r5_facts_stay_apart_where_readers_leave_tags_out():
    content = item_of(factory.posting()).findtext("content:encoded", None, NAMESPACES)
    lines = re.sub(r"<[^>]*>", "", content).split("\n")
    assert "Place: Rocky Hill, CT" in lines


def test_r6_plain_elements_use_hexadecimal_references_and_hold_no_html():
    raw = support.files(rss, [support.awkward(0)])["feed.xml"].decode()
    titles = re.findall("<title>(.*?)</title>", raw)
    assert "Rock &#x26; Roll &#x3C;b&#x3E;Organizer&#x3C;/b&#x3E; ]]&#x3E;" in titles[1]
    assert not re.search("&(?!#x[0-9A-F]+;)", "".join(titles))


@pytest.mark.parametrize("index", range(len(support.AWKWARD)))
def test_r7_awkward_text_survives_and_control_characters_do_not(index):
    posting = support.awkward(index)
    stained = factory.posting(
        "stained", title=f"\x00{posting.title}\x1b\x0c\ufffe\x08", summary=f"\x01{posting.summary}"
    )
    data = support.files(rss, [posting, stained])["feed.xml"]
    data.decode("utf-8")
    titles = {
        item.findtext("guid"): item.findtext("title") for item in support.channel_of(data).iterfind("item")
    }
    assert titles[addresses.guid(posting.slug)] == f"{posting.title} – {posting.organization.name}"
    assert titles[addresses.guid("stained")] == f"{posting.title} – Harbor Workers Local 12"


def test_r8_the_build_date_is_the_newest_change_whatever_the_clock_says():
    postings = (factory.posting("a", added=date(2026, 1, 3)), factory.posting("b", added=date(2026, 1, 8)))
    made = [support.files(rss, postings, factory.NOW + timedelta(hours=hours)) for hours in (0, 5)]
    assert made[0] == made[1]
    assert (
        support.channel_of(made[0]["feed.xml"]).findtext("lastBuildDate") == "Fri, 09 Jan 2026 00:00:00 -0500"
    )


def test_r8_an_empty_feed_claims_no_date():
    channel = feed_of()
    assert channel.find("lastBuildDate") is None
    assert channel.find("item") is None


def test_r9_titles_differ_per_feed():
    found = {
        path: support.channel_of(data).findtext("title")
        for path, data in support.files(rss, [factory.posting()]).items()
    }
    assert len(set(found.values())) == len(found)
    words = factory.wording()
    assert found["tags/organizing/feed.xml"] == f"{words.text('facet.tags.kicker')}: organizing – Hiring Hall"
    assert found["archive/feed.xml"] == f"{words.text('archive.title')} – Hiring Hall"
    assert found["closing-soon/feed.xml"] == f"{words.text('closing-soon.title')} – Hiring Hall"


def test_r10_a_closed_posting_moves_from_the_open_feed_to_the_archive():
    posting = factory.posting(deadline=factory.deadline("2026-01-16"))
    made = support.files(rss, [posting])
    assert support.channel_of(made["feed.xml"]).find("item") is None
    assert support.channel_of(made["tags/organizing/feed.xml"]).find("item") is None
    item = support.channel_of(made["archive/feed.xml"]).find("item")
    content = item.findtext("content:encoded", None, NAMESPACES)
    assert content.startswith(
        "<p><strong>This job is closed.</strong> The deadline was Friday, January 16, 2026"
    )
    assert "Apply by email" not in content
    assert item.findtext("pubDate") == "Sat, 17 Jan 2026 00:00:00 -0500", "when it entered the archive"
    assert item.find("atom:updated", NAMESPACES) is None


def test_r10_the_archive_has_what_closed_last_first():
    days = (date(2025, 11, 3), date(2026, 1, 5), date(2025, 12, 24))
    postings = [factory.posting_closed_on(day, f"closed-{day}") for day in days]
    channel = feed_of(*postings, path="archive/feed.xml")
    links = [link.text.rstrip("/").rpartition("closed-")[2] for link in channel.iterfind("item/link")]
    assert links == ["2026-01-05", "2025-12-24", "2025-11-03"]
    assert channel.findtext("lastBuildDate") == "Tue, 06 Jan 2026 00:00:00 -0500"


def test_r10_the_archive_has_what_entered_it_last_first():
    """Not by slug within a day, and a posting that was added with its deadline passed enters it then."""
    known = [factory.posting_closed_on(date(2026, 1, 2), f"known-{number:02}") for number in range(60)]
    noon, evening = (
        factory.posting(name, added=date(2026, 1, 2), deadline=factory.deadline("2026-01-14", at))
        for name, at in (("a-noon", "12:00"), ("b-evening", "18:00"))
    )
    late = factory.posting("late", added=date(2026, 1, 15), deadline=factory.deadline("2026-01-01"))
    items = feed_of(*known, noon, evening, late, path="archive/feed.xml").findall("item")
    found = [item.findtext("link").split("/")[-2] for item in items]
    assert found[:4] == ["late", "b-evening", "a-noon", "known-00"]
    dates = [parsedate_to_datetime(item.findtext("pubDate")) for item in items]
    assert dates == sorted(dates, reverse=True)
    assert len(items) == 50


def test_a_feed_holds_the_newest_fifty_in_either_form():
    postings = [factory.posting(f"p{n}", added=date(2025, 11, 1) + timedelta(days=n)) for n in range(60)]
    links = [link.text for link in feed_of(*postings).iterfind("item/link")]
    items = json.loads(support.files(jsonfeed, postings)["feed.json"])["items"]
    assert [item["url"] for item in items] == links
    assert len(links) == 50
    assert links[0].endswith("/p59/")
    assert links[-1].endswith("/p10/")


def test_closing_soon_has_what_began_to_last_first_dated_by_when_it_did():
    added = {"25": date(2026, 1, 5), "22": date(2026, 1, 6), "24": date(2026, 1, 19)}
    postings = [
        factory.posting(f"p{day}", added=listed, deadline=factory.deadline(f"2026-01-{day}"))
        for day, listed in added.items()
    ]
    channel = feed_of(*postings, path="closing-soon/feed.xml")
    found = [
        (item.findtext("link")[-4:-1], item.findtext("pubDate")[:16]) for item in channel.iterfind("item")
    ]
    # One was added when its deadline was a few days away.
    assert found == [("p25", "Mon, 19 Jan 2026"), ("p24", "Mon, 19 Jan 2026"), ("p22", "Fri, 16 Jan 2026")]
    assert channel.findtext("lastBuildDate") == channel.findtext("item/pubDate")
    made = json.loads(support.files(jsonfeed, postings)["closing-soon/feed.json"])["items"]
    assert [item["date_published"][:10] for item in made] == ["2026-01-19", "2026-01-19", "2026-01-16"]


def test_closing_soon_is_dated_by_when_a_deadline_was_brought_near_not_by_when_one_was_put_off():
    postings = [
        factory.posting(
            f"from-{before[8:]}-to-{after[8:]}",
            added=date(2026, 1, 2),
            deadline=factory.deadline(after),
            moves=(factory.move("2026-01-19T12:00Z", "deadline", before, after),),
        )
        for before, after in (
            ("2026-01-31", "2026-01-22"),
            ("2026-01-20", "2026-01-23"),
            ("2026-01-23", "2026-01-21"),
            ("2026-01-18", "2026-01-25"),
            ("", "2026-01-24"),
        )
    ]
    channel = feed_of(*postings, path="closing-soon/feed.xml")
    found = {
        item.findtext("link").split("/")[-2]: item.findtext("pubDate")[5:11]
        for item in channel.iterfind("item")
    }
    # What closed soon before as well entered the list then; what had closed entered it as it was open again.
    soon_already = {"from-20-to-23": "14 Jan", "from-23-to-21": "17 Jan"}
    assert found == soon_already | {
        "from-31-to-22": "19 Jan",
        "from-18-to-25": "19 Jan",
        "from--to-24": "19 Jan",
    }


def test_closing_soon_dates_a_posting_by_when_it_came_back_after_its_deadline_was_put_off_for_a_while():
    moves = (
        factory.move("2026-01-10T12:00Z", "deadline", "2026-01-12", "2026-01-30"),
        factory.move("2026-01-15T12:00Z", "deadline", "2026-01-30", "2026-01-24"),
        factory.move("2026-01-16T12:00Z", "status", "", "filled"),
        factory.move("2026-01-16T13:00Z", "status", "filled", ""),
        factory.move("2026-01-19T12:00Z", "deadline", "2026-01-24", "2026-01-22"),
    )
    posting = factory.posting(added=date(2026, 1, 2), deadline=factory.deadline("2026-01-22"), moves=moves)
    [item] = feed_of(posting, path="closing-soon/feed.xml").iterfind("item")
    assert item.findtext("pubDate")[5:11] == "18 Jan"


@pytest.mark.parametrize(
    ("before", "after", "deadline", "dated"),
    [
        ("2026-01-22", "2026-01-22T17:00", factory.deadline("2026-01-22", "17:00"), "16 Jan"),
        ("2026-01-22T17:00", "2026-01-22", factory.deadline("2026-01-22"), "15 Jan"),
        ("2026-01-22T05:00[Asia/Tokyo]", "2026-01-22", factory.deadline("2026-01-22"), "14 Jan"),
    ],
    ids=["the end of a day", "a time on it", "the morning of it, in Tokyo"],
)
def test_a_deadline_that_moved_while_it_was_near_dates_a_posting_by_the_instant_that_it_was_first(
    before, after, deadline, dated
):
    move = factory.move("2026-01-19T12:00Z", "deadline", before, after)
    posting = factory.posting(added=date(2026, 1, 2), deadline=deadline, moves=(move,))
    channel = feed_of(posting, path="closing-soon/feed.xml")
    assert channel.findtext("item/pubDate")[5:11] == dated


def test_closing_soon_says_the_rest_as_every_feed_does():
    posting = factory.posting(deadline=factory.deadline("2026-01-22"), verified=date(2026, 1, 18))
    made = support.files(rss, [posting]) | support.files(jsonfeed, [posting])
    dates = re.compile(r"<(pubDate)>.*</pubDate>|(\"date_published\":)\"[^\"]*\"")
    for kind in ("feed.xml", "feed.json"):
        whole, soon = (
            dates.subn(r"\1\2", made[f"{folder}{kind}"].decode()) for folder in ("", "closing-soon/")
        )
        assert whole[1] == soon[1] == 1
        start = "<item>" if kind == "feed.xml" else '"items":'
        assert whole[0].partition(start)[2] == soon[0].partition(start)[2]
        assert "2026-01-18T00:00:00-05:00" in soon[0], "the day on which somebody last looked"
    before = posting._replace(verified=date(2026, 1, 15), confirmed=date(2026, 1, 15))
    made = support.files(rss, [before])
    has = [b"<atom:updated>" in made[f"{folder}feed.xml"] for folder in ("", "closing-soon/")]
    assert has == [True, False], "it has not changed since it entered that list"


def test_an_item_is_the_same_bytes_in_every_feed():
    made = support.files(rss, [support.awkward(1)])
    holders = [data for path, data in made.items() if b"<item>" in data and path != "changes/feed.xml"]
    items = {data[data.index(b"<item>") : data.index(b"</item>")] for data in holders}
    assert len(holders) > 5
    assert len(items) == 1


def test_a_key_changes_with_its_members_and_not_with_time():
    first, second = factory.posting("a"), factory.posting("b", tags=("politics",))
    before = support.keys(rss, [first, second])
    assert support.keys(rss, [first, second], factory.NOW + timedelta(minutes=5)) == before
    after = support.keys(rss, [first, factory.posting("b", tags=("politics",), summary="Changed.")])
    changed = {path for path in before if before[path] != after[path]}
    assert "tags/politics/feed.xml" in changed
    assert "feed.xml" in changed
    assert "tags/organizing/feed.xml" not in changed


def test_feedparser_reads_everything_back():
    postings = support.all_awkward()
    parsed = feedparser.parse(support.files(rss, postings)["feed.xml"])
    assert not parsed.bozo
    assert parsed.version == "rss20"
    assert parsed.feed.subtitle == "Job openings at unions & their allies."
    assert [entry.id for entry in parsed.entries] == [addresses.guid(p.slug) for p in reversed(postings)]
    for entry, posting in zip(parsed.entries, reversed(postings), strict=True):
        assert entry.title == f"{posting.title} – {posting.organization.name}".strip()
        assert entry.author == posting.organization.name.strip()
        assert datetime(*entry.published_parsed[:6], tzinfo=UTC).date() == posting.added
        assert "👩🏽‍🏭" in entry.content[0].value


def test_a_browser_is_given_a_style_sheet_without_xslt_and_an_explanation():
    raw = support.files(rss, [factory.posting()])["tags/organizing/feed.xml"].decode()
    assert '<?xml-stylesheet type="text/css" href="/board/assets/css/feed.css"?>' in raw
    assert "xsl" not in raw
    assert (factory.LAYOUTS / "assets" / "css" / "feed.css").is_file()
    note = support.channel_of(raw.encode()).find("xhtml:p", NAMESPACES)
    assert note.text.startswith("This is a feed")
    assert note.find("xhtml:a", NAMESPACES).get("href") == "https://jobs.example/board/tags/organizing/"
