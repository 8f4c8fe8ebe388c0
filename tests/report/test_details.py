"""What a run says about itself when asked."""

from build import build
from hiringhall.engine.digests import key_of
from hiringhall.model import Rebuilt
from hiringhall.report import details
from tests.published import NOW
from tests.sites import options


def test_each_file_made_has_its_reason():
    key = key_of(site="1", layouts="1", posting="1", neighbours="1")
    told = details.explain(
        [
            Rebuilt("new.html", None, key),
            Rebuilt("touched.html", "", key),
            Rebuilt("posting.html", key_of(site="1", layouts="1", posting="2", neighbours="1"), key),
            Rebuilt("both.html", key_of(site="2", layouts="1", posting="1", neighbours="2"), key),
            Rebuilt("site.html", key_of(site="1", postings="1"), key_of(site="2", postings="2")),
            Rebuilt("other.html", key_of(moon="1"), key_of(moon="2")),
        ]
    )
    assert told.splitlines() == [
        "both.html: the settings, the strings or the program changed; the postings it links to changed",
        "new.html: it is new",
        "other.html: moon changed",
        "posting.html: its posting, the posting's state or the employer's entry changed",
        "site.html: the settings, the strings or the program changed",
        "touched.html: the file there was changed by hand, or is not trusted",
    ]


def test_there_are_words_for_whatever_files_are_made_from(tmp_path):
    made = build(options(tmp_path, NOW.isoformat(), cache=None))
    names = {named.partition("=")[0] for file in made.rebuilt for named in file.now.split()}
    told = {
        name: details.explain([Rebuilt("x", key_of(**{name: "1"}), key_of(**{name: "2"}))]) for name in names
    }
    assert [name for name, said in told.items() if said == f"x: {name} changed\n"] == []


def test_stages_are_told_with_their_shares():
    lines = details.profile([("read", 0.75), ("publish", 0.25)]).splitlines()
    assert [line.split()[-2] for line in lines] == ["75", "25", "100"]
