# ruff: noqa: E501  pages have long lines
"""Section pages of our own, modelled on how outlets build theirs; `data-article` marks links to articles.

Six were at hand while the rules were tuned (SEEN); on the other six nothing was changed (HELD).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

HEADLINES = (
    "Allies shrink sea drill as border talks near",
    "Envoys return to Geneva with little to show",
    "A ceasefire that holds by day and breaks by night",
    "Ministers agree to share river data for the first time",
    "Navy calls off live-fire exercise after protest from neighbours",
    "Sanctions bill clears committee by a single vote",
    "Fishermen wait for a line on the map",
    "President recalls ambassador over border map in school book",
    "Truce monitors count forty shells in one night",
    "Gas talks collapse hours before the deadline",
    "How a bridge became a bargaining chip",
    "Opposition leader freed after nine years",
    "Summit moved to the coast as storm nears",
    "Three killed at crossing",
    "Why the generals went quiet",
    "Parliament rejects base treaty, government stays",
)


@dataclass(frozen=True)
class SectionPage:
    name: str
    url: str
    html: str

    @property
    def body(self) -> bytes:
        return self.html.encode()


def slug(text: str, separator: str = "-") -> str:
    return separator.join(re.findall(r"[a-z]+", text.lower()))


def story(href: str, text: str, attributes: str = "") -> str:
    return f'<a data-article href="{escape(href)}" {attributes}>{escape(text)}</a>'


def links(*pairs: tuple[str, str], around: str = "li") -> str:
    return "".join(f'<{around}><a href="{href}">{text}</a></{around}>' for href, text in pairs)


def daily() -> SectionPage:
    """A newspaper on a modern system: cards, dated addresses, a mega menu and a most-read box."""
    cards = "".join(
        f'<div class="card"><a href="/world/2018/05/{n + 10}/{slug(title)}" data-article><img src="/i.jpg"></a>'
        f'<span class="kicker"><a href="/world/asia">Asia</a></span>'
        f"<h3>{story(f'/world/2018/05/{n + 10}/{slug(title)}', title)}</h3>"
        f'<p>By <a href="/by/jane-roe">Jane Roe</a></p></div>'
        for n, title in enumerate(HEADLINES[:10])
    )
    read = "".join(f"<li>{story(f'/money/2018/05/09/{slug(t)}', t)}</li>" for t in HEADLINES[10:13])
    menu = links(
        ("/", "Home"), ("/world", "World"), ("/world/middle-east", "Middle East"), ("/opinion", "Opinion")
    )
    foot = links(
        ("/about", "About us"), ("/terms-of-use", "Terms of use"), ("/help/how-to-read-us", "How to read us")
    )
    return SectionPage(
        "daily",
        "https://www.daily.example.com/world",
        f"<html><header><nav><ul>{menu}</ul></nav></header><main><h1>World</h1>{cards}"
        f'<a class="more" href="/world?page=2">More world news</a></main><aside class="sidebar"><h4>Most read</h4>'
        f"<ol>{read}</ol><a href='/newsletters/the-morning-briefing-by-mail'>Get our morning briefing by mail every"
        f" day</a></aside><footer><ul>{foot}</ul></footer></html>",
    )


def agency() -> SectionPage:
    """A news agency: opaque ids, lists in lists, section tabs."""
    rows = "".join(
        f'<li><div class="txt-con"><span class="tit">{story(f"/view/AEN2018051600{n + 1000}", title)}</span>'
        f'<span class="date">05-16 09:{n + 10}</span></div></li>'
        for n, title in enumerate(HEADLINES)
    )
    tabs = links(("/news/all", "All News"), ("/northkorea/all", "North Korea"), ("/photos/index", "Photos"))
    foot = links(
        ("/aboutus/introduction", "About Agency"), ("/copyright", "Copyright Policy on News and Photos Use")
    )
    return SectionPage(
        "agency",
        "https://en.agency.example.co.kr/news",
        f'<div id="header"><ul class="gnb">{tabs}</ul></div><div id="content"><ul class="list">{rows}</ul>'
        f'<div class="paging"><a href="/news/2">2</a><a href="/news/3">3</a></div></div><div id="foot">{foot}</div>',
    )


def table() -> SectionPage:
    """Twenty years old: tables and fonts, `article.php?id=`, absolute links."""
    rows = "".join(
        f"<tr><td><font size=2><b>{story(f'http://old.example.org/article.php?id={n + 312}', title)}</b></font></td>"
        f"<td>16.05.2018</td></tr>"
        for n, title in enumerate(HEADLINES[:12])
    )
    left = links(
        ("index.php", "Main page"), ("category.php?id=3", "Politics"), ("category.php?id=4", "World affairs"),
        ("search.php", "Search in the archive of news"), ("contact.php", "Contact"), around="td",
    )  # fmt: skip
    return SectionPage(
        "table",
        "http://old.example.org/category.php?id=4",
        f"<table><tr>{left}</tr></table><table>{rows}</table><a href='category.php?id=4&amp;page=2'>Next &gt;&gt;</a>",
    )


def blog() -> SectionPage:
    """WordPress: dated addresses, categories, tags, comments, `Read more`."""
    posts = "".join(
        f'<article class="post"><h2 class="entry-title">{story(f"https://b.example.net/2018/05/{n + 10}/{slug(t)}/", t)}'
        f'</h2><a href="https://b.example.net/category/world-news/">World news</a>'
        f'<p>Text. <a data-article href="https://b.example.net/2018/05/{n + 10}/{slug(t)}/">Continue reading</a></p>'
        f'<a data-article href="https://b.example.net/2018/05/{n + 10}/{slug(t)}/#respond">3 Comments</a>'
        f'<a rel="tag" href="https://b.example.net/tag/north-south-peace-talks/">north south peace talks</a></article>'
        for n, t in enumerate(HEADLINES[:8])
    )
    months = links(*((f"https://b.example.net/2018/0{n}/", f"{n} 2018") for n in range(1, 6)))
    return SectionPage(
        "blog",
        "https://b.example.net/category/world-news/",
        f'<nav id="site-navigation"><a href="https://b.example.net/">Home</a></nav>{posts}'
        f'<div class="nav-links"><a href="https://b.example.net/category/world-news/page/2/">Older posts</a></div>'
        f'<aside><h3>Archives</h3><ul>{months}</ul></aside><a href="https://wordpress.example.com/">Proudly powered</a>',
    )


def broadcaster() -> SectionPage:
    """Ids at the end of a slug that begins with the section; promos wrap the whole card in the link."""
    promos = "".join(
        f'<div class="promo-block"><a data-article class="block-link" href="/news/world-asia-441{n + 1000}">'
        f"<h3>{escape(title)}</h3><p>What is known so far.</p></a><a href='/news/world/asia'>Asia</a></div>"
        for n, title in enumerate(HEADLINES[:11])
    )
    nav = links(
        ("/news", "News"), ("/news/world", "World"), ("/news/world/asia", "Asia"), ("/sport", "Sport")
    )
    more = links(("/news/topics/c1vw6q14rzqt/ten-years-of-war-and-talks", "Ten years of war and of talks"))
    return SectionPage(
        "broadcaster",
        "https://www.broadcaster.example.co.uk/news/world/asia",
        f'<div role="navigation"><ul>{nav}</ul></div><div class="index">{promos}</div><div class="topics">{more}</div>'
        f"<footer>{links(('/usingthebbc/terms', 'Terms of Use'), ('/privacy', 'Privacy Policy'))}</footer>",
    )


def ministry() -> SectionPage:
    """Press releases of a ministry: short words in a table, documents beside them."""
    rows = "".join(
        f"<tr><td>16 May 2018</td><td>{story(f'/press/releases/2018/05/{281000 + n}.htm', title)}</td>"
        f'<td><a href="/documents/{n}.pdf">PDF version of this statement in full</a></td></tr>'
        for n, title in enumerate((*HEADLINES[:6], "Daily Press Briefing", "Joint Statement"))
    )
    nav = links(
        ("/", "Home"),
        ("/press", "Press"),
        ("/countries", "Countries and Areas of the World"),
        ("/travel", "Travel"),
    )
    return SectionPage(
        "ministry",
        "https://www.mfa.example.gov/press/releases",
        f'<div id="main-menu"><ul>{nav}</ul></div><table class="releases">{rows}</table>'
        f'<div class="breadcrumbs"><a href="/press/">Press</a></div><a href="/press/releases/archive/">Archive</a>',
    )


def flat() -> SectionPage:
    """Slugs right below the root, and topics that look the same."""
    cells = "".join(
        f'<div class="td-module"><h3 class="entry-title td-module-title">{story(f"/{slug(title)}/", title)}</h3></div>'
        for title in HEADLINES[:12]
    )
    menu = links(
        ("/about-the-paper/", "About the paper"), ("/world/", "World"), ("/letters-to-the-editor/", "Letters")
    )
    return SectionPage(
        "flat",
        "https://flat.example.ng/world/",
        f'<div class="td-header-menu-wrap"><ul>{menu}</ul></div>{cells}<div class="td-footer-wrap">'
        f"{links(('/advertise-with-us/', 'Advertise with us'), ('/topics/peace-talks-in-the-north/', 'Peace talks'))}</div>",
    )


def japanese() -> SectionPage:
    """No spaces between words, numbers as addresses."""
    titles = (
        "日米韓、共同訓練の規模を縮小へ",
        "外相会談、合意には至らず",
        "国境地帯で銃撃、三人が死亡",
        "制裁法案が委員会を通過",
        "首脳会談は海沿いの町へ変更",
    )
    rows = "".join(
        f"<li>{story(f'/news/html/20180516/k1001144{n}000.html', t)}</li>" for n, t in enumerate(titles)
    )
    nav = links(
        ("/news/", "ニュース"),
        ("/news/catnew.html", "新着"),
        ("/news/cat06.html", "国際"),
        ("/news/tag/", "注目ワード"),
    )
    return SectionPage(
        "japanese",
        "https://www3.example.or.jp/news/cat06.html",
        f'<ul class="nav">{nav}</ul><ul class="content--list">{rows}</ul><a href="/toppage/privacy/">個人情報の保護について</a>',
    )


def arabic() -> SectionPage:
    """Percent-encoded slugs, right to left."""
    titles = (
        "اتفاق على وقف إطلاق النار في المدينة",
        "الوزراء يعودون إلى طاولة المفاوضات",
        "إلغاء مناورة بحرية بعد احتجاج الجيران",
        "البرلمان يرفض معاهدة القاعدة العسكرية",
    )
    rows = "".join(
        '<article class="gc"><h3 class="gc__title">'
        + story(f"/news/2018/5/{n + 10}/{quote('-'.join(t.split()))}", t)
        + "</h3></article>"
        for n, t in enumerate(titles)
    )
    nav = links(
        ("/news/", "أخبار"),
        ("/opinions/", "آراء"),
        ("/where/arab/", "العالم العربي"),
        ("/tag/x/", "الشرق الأوسط"),
    )
    return SectionPage(
        "arabic",
        "https://www.example.qa/news/",
        f"<header><ul>{nav}</ul></header><main>{rows}</main><footer>{links(('/aboutus', 'من نحن'))}</footer>",
    )


def wire() -> SectionPage:
    """Hashes as ids, class names that say nothing, videos and galleries between the articles."""
    cards = "".join(
        f'<div class="css-1x{n}"><div class="css-9k"><a data-article class="css-q1" href="/article/{slug(title)}-'
        f'{"%032x" % (0x9E3779B97F4A7C15 * (n + 7))}">{escape(title)}</a></div></div>'
        for n, title in enumerate(HEADLINES[:12])
    )
    extras = links(
        ("/video/leaders-shake-hands-at-the-border-0a1b2c3d", "Leaders shake hands at the border"),
        ("/gallery/ten-pictures-of-the-week-0a1b2c3d", "Ten pictures of the week from the region"),
        ("/hub/asia-pacific", "Asia Pacific"), ("/hub/trade-war", "Trade war"), around="div",
    )  # fmt: skip
    return SectionPage(
        "wire",
        "https://wire.example.com/hub/world-news",
        f'<div class="css-top"><a href="/">Wire</a>{extras}</div><div class="css-grid">{cards}</div>'
        f'<div class="css-end">{links(("/press-releases", "Press Releases"), ("/termsofservice", "Terms of Service"))}</div>',
    )


def script_links() -> SectionPage:
    """`index.php?option=...` with everything in the query, javascript links, links to other sites."""
    rows = "".join(
        f'<div class="news_row"><span>16-05-2018</span> {story(f"/index.php?m=content&c=index&a=show&catid=9&id={n + 88}", t)}'
        f'<a href="javascript:void(0)">+</a><a href="https://social.example.net/share?u=1">Share this story with friends</a></div>'
        for n, t in enumerate(HEADLINES[:12])
    )
    nav = links(
        *(
            (f"/index.php?m=content&amp;c=index&amp;a=lists&amp;catid={n}", t)
            for n, t in enumerate(("China", "World", "Business", "Culture"))
        )
    )
    return SectionPage(
        "script_links",
        "http://en.example.cn/index.php?m=content&c=index&a=lists&catid=9",
        f'<div class="top">{nav}</div><div class="list">{rows}</div><div id="pages"><a class="a1" href="/index.php?m=content&c=index&a=lists&catid=9&page=2">Next</a></div>',
    )


def magazine() -> SectionPage:
    """Few articles with long summaries inside the link; issues, authors and donations around them."""
    teasers = "".join(
        f'<section class="teaser"><a data-article href="/essays/{slug(title)}"><h2>{escape(title)}</h2><p>{escape(title)}, '
        f'and what it means for those who live along the river.</p></a><a href="/authors/ruth-ackerley-and-lim-soon">Ruth Ackerley and Lim Soon</a></section>'
        for title in HEADLINES[3:9]
    )
    nav = links(
        ("/essays", "Essays"),
        ("/issues/may-june-2018", "May/June 2018 issue"),
        ("/donate/help-us-stay-free-of-owners", "Help us stay free of owners"),
    )
    return SectionPage(
        "magazine",
        "https://magazine.example.org/essays",
        f'<div class="site-menu">{nav}</div>{teasers}<a class="load-more" href="/essays?start=12">Load more essays from our archive</a>',
    )


SEEN: tuple[Callable[[], SectionPage], ...] = (daily, agency, table, blog, broadcaster, ministry)
HELD: tuple[Callable[[], SectionPage], ...] = (flat, japanese, arabic, wire, script_links, magazine)
