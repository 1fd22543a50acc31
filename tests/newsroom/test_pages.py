"""Each template, read back from the served page the way its kind is meant to be read."""

from __future__ import annotations

import json

import pytest
from lxml import html
from lxml.html import HtmlElement

from extractors.newsroom.pages import LiveEntry, live_entries
from extractors.newsroom.server import NewsroomAddress

from .client import Get

PATHS = {
    "json-post": "/world/2018/05/14/ferry-line-opens",
    "open-graph": "/2018/05/14/ferry-line-opens.html",
    "bare-wire": "/articles/ferry-line-opens.htm",
}
ATTACK = "Ferry <script>alert('line')</script> & bridge open"


def page(get: Get, outlet: str, path: str) -> HtmlElement:
    reply = get(outlet, path)
    assert reply.status == 200
    return html.document_fromstring(reply.body)


def test_jsonld_tells_all_in_its_script(get: Get) -> None:
    (script,) = page(get, "json-post", PATHS["json-post"]).xpath(
        "//script[@type='application/ld+json']/text()"
    )
    news = next(node for node in json.loads(script)["@graph"] if node["@type"] == "NewsArticle")
    assert news["headline"] == "Ports linked again"
    assert news["datePublished"] == "2018-05-14T10:37:00+01:00"
    assert [author["name"] for author in news["author"]] == ["Ada Quill", "Bo Reed"]
    assert news["mainEntityOfPage"].endswith(PATHS["json-post"])


def test_opengraph_tells_all_in_its_meta_tags(get: Get) -> None:
    tree = page(get, "open-graph", PATHS["open-graph"])
    meta = {tag.get("property"): tag.get("content") for tag in tree.xpath("//meta[@property]")}
    assert meta["og:type"] == "article"
    assert meta["og:title"] == ATTACK
    assert meta["article:published_time"] == "2018-05-14T09:44:00Z"
    assert "article:modified_time" not in meta
    assert tree.xpath("//meta[@property='article:author']/@content") == ["Ada Quill", "Bo Reed"]


def test_microdata_tells_all_in_its_attributes(get: Get) -> None:
    path = "/live/live-from-the-harbour"
    assert get("micro-daily", path).status == 500
    tree = page(get, "micro-daily", path)
    assert tree.xpath("//*[@itemscope]/@itemtype")[0] == "https://schema.org/LiveBlogPosting"
    assert tree.xpath("string(//h1[@itemprop='headline'])") == "Live from the harbour"
    assert tree.xpath("//time[@itemprop='datePublished']/@datetime") == ["2018-05-16T08:59:59+09:00"]
    assert tree.xpath("//*[@class='live-entry-time']/text()") == ["09:30", "09.45 KST"]


def test_bare_page_tells_author_place_and_day_in_its_text_only(get: Get) -> None:
    tree = page(get, "bare-wire", PATHS["bare-wire"])
    assert not tree.xpath("//meta[@property or @itemprop] | //script | //time | //*[@itemprop]")
    texts = [paragraph.text_content() for paragraph in tree.xpath("//td/p")]
    assert texts[0] == "By Ada Quill, Bo Reed"
    assert texts[1] == "PORT ELIAS, May 14 (Bare Wire) -- The ferry line closed on Wednesday."
    assert texts[2] == "Posted 14 May 2018, 11:30 CEST. Updated 16 May 2018, 10:00 CEST"


@pytest.mark.parametrize("outlet", PATHS)
def test_canonical_link_repeats_the_host_asked(get: Get, address: NewsroomAddress, outlet: str) -> None:
    (link,) = page(get, outlet, PATHS[outlet]).xpath("//link[@rel='canonical']/@href")
    assert link == f"http://{outlet}.localhost:{address.port}{PATHS[outlet]}"


def test_headline_cannot_bring_in_a_script(get: Get) -> None:
    tree = page(get, "open-graph", PATHS["open-graph"])
    assert tree.xpath("string(//h1)") == ATTACK
    assert not tree.xpath("//script")
    front = page(get, "micro-daily", "/world")
    assert front.xpath("string(//h2)") == ATTACK
    assert not front.xpath("//script")


def test_script_data_cannot_end_its_own_script(get: Get) -> None:
    review = get("json-post", "/culture/2018/05/16/cafe-review")
    assert review.body.count(b"</script>") == 1


def test_paywalled_page_keeps_the_rest_back(get: Get) -> None:
    reply = get("open-graph", "/2018/05/16/members-only.html")
    assert "The first paragraph is free." in reply.text
    assert "second paragraph" not in reply.text
    assert "Subscribe to read on" in reply.text


def test_fronts_list_what_their_section_has(get: Get) -> None:
    home = page(get, "json-post", "/")
    assert [link.text for link in home.xpath("//h2/a")] == ["“Café” reviewed", "Ports linked again"]
    assert [link.text for link in page(get, "json-post", "/culture").xpath("//h2/a")] == ["“Café” reviewed"]
    assert page(get, "json-post", "/sport/").xpath("//h2/a") == []


def test_every_page_has_furniture_around_it(get: Get) -> None:
    tree = page(get, "json-post", "/culture/2018/05/16/cafe-review")
    for part in ("nav", "footer", "figure/figcaption", "aside[@class='newsletter-signup']"):
        assert tree.xpath(f"//{part}"), part
    assert tree.get_element_by_id("cookie-consent").text_content().strip()
    assert tree.xpath("//aside[@class='related-stories']//a/text()") == ["Ports linked again"]


def test_live_entries_start_at_a_time_of_day() -> None:
    paragraphs = ("14:32 GMT - Here.", "22:00 GMT Late.", "9.05: There.", "15:10 US troops.", "Not at 10:00.")
    assert live_entries(paragraphs) == (
        LiveEntry("14:32 GMT", "Here."),
        LiveEntry("22:00 GMT", "Late."),
        LiveEntry("9.05", "There."),
        LiveEntry("15:10", "US troops."),
        LiveEntry("", "Not at 10:00."),
    )
