from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import feedparser
from hypothesis import given
from hypothesis import strategies as st

from hiringhall.emitters import rss
from hiringhall.engine.escaping import json_bytes, xml_bytes, xml_cdata, xml_text
from tests import factory
from tests.emitters import support

FORBIDDEN = "".join(map(chr, {*range(0x20)} - {9, 10, 13})) + "\ufffe\uffff"
ANYTHING = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("&<>\"'[]]]>;#x\r\n\0\ufffe"))
)
ALLOWED = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=FORBIDDEN))
SPOKEN = st.text(
    st.one_of(st.characters(categories=["L", "N", "P", "S"]), st.sampled_from("&<>]['\"")), min_size=1
)


def spoken(text):
    return "".join(character for character in text if character not in FORBIDDEN)


@given(ALLOWED)
def test_allowed_text_round_trips_through_xml(text):
    element = ET.fromstring(xml_bytes(f"<a>{xml_text(text)}</a>"))
    assert (element.text or "") == text
    assert len(element) == 0


@given(ANYTHING)
def test_any_text_makes_well_formed_xml_and_loses_only_what_xml_forbids(text):
    element = ET.fromstring(xml_bytes(f"<a>{xml_text(text)}</a>"))
    assert (element.text or "") == spoken(text)


@given(ANYTHING)
def test_any_text_stays_within_an_attribute(text):
    element = ET.fromstring(xml_bytes(f'<a b="{xml_text(text)}"/>'))
    assert set(element.attrib) == {"b"}
    assert element.get("b") == spoken(text).replace("\n", " ").replace("\t", " ")


@given(ANYTHING)
def test_any_text_stays_within_cdata(text):
    element = ET.fromstring(xml_bytes(f"<a>{xml_cdata(text)}</a>"))
    assert (element.text or "") == spoken(text).replace("\r\n", "\n").replace("\r", "\n")
    assert len(element) == 0


@given(ANYTHING)
def test_forbidden_characters_cannot_join_into_the_end_of_cdata(text):
    hidden = "]\0]\0>\x01]]\ufffe><b/>"
    element = ET.fromstring(xml_bytes(f"<a>{xml_cdata(text + hidden)}</a>"))
    assert len(element) == 0


@given(st.text())
def test_even_lone_surrogates_make_well_formed_xml_and_json(text):
    ET.fromstring(xml_bytes(f"<a>{xml_text(text)}</a>"))
    json.loads(json_bytes({"text": text}))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_round_trips_through_json(text):
    assert json.loads(json_bytes([text])) == [text]


@given(SPOKEN)
def test_feedparser_reads_any_title_as_the_words_it_is(text):
    posting = factory.posting(title=text)
    parsed = feedparser.parse(support.files(rss, [posting])["feed.xml"])
    assert not parsed.bozo
    assert len(parsed.entries) == 1
    assert parsed.entries[0].link == "https://jobs.example/board/jobs/harbor-organizer/"
