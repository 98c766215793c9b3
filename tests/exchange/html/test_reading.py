"""HTML becomes a lesson's prose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutorbot.authoring.faults import Faults, Source, Spot
from tutorbot.authoring.markdown.passages import Body
from tutorbot.authoring.markdown.prose import read_markdown
from tutorbot.exchange.html.reading import read_element, read_html, read_line
from tutorbot.exchange.html.tree import MOST_HTML, parse_html
from tutorbot.exchange.markdown.writing import markdown
from tutorbot.exchange.taken import Place
from tutorbot.exchange.xml_tree import read_xml
from tutorbot.lessons.text import (
    Code,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Prose,
    Quote,
    Rule,
    Span,
    Table,
    plain,
)

PLACE = Place("page.html", 7)


def known(address: str) -> str | None:
    return address.removeprefix("/static/") if address.startswith("/static/") else None


def read(html: str) -> tuple[Prose, list[str]]:
    prose, missed = read_html(html, PLACE, known)
    return prose, [str(each) for each in missed]


def words(text: str) -> Paragraph:
    return Paragraph((Span(text),))


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("one\n  two", (words("one two"),)),
        ("<p>one</p>two<p>three", (words("one"), words("two"), words("three"))),
        ("one<br>two<br/> three", (words("one\ntwo\nthree"),)),
        ("<p><br></p><div> </div><p>&nbsp;</p>", ()),
        ("a<b>&nbsp;</b>", (Paragraph((Span("a"), Span("\xa0", bold=True))),)),
        ("<p>a &lt;b&gt; &amp; &eacute; &#8211; &nosuch;</p>", (words("a <b> & é – &nosuch;"),)),
        ("a < b and c <d", (words("a < b and c <d"),)),
        ("a<!-- hidden -->b<style>p {}</style>", (words("ab"),)),
        ("<b>a <i>b</i></b>", (Paragraph((Span("a ", bold=True), Span("b", bold=True, italic=True))),)),
        ("<em>a </em>b", (Paragraph((Span("a", italic=True), Span(" b"))),)),
        ("<del>a</del><u>b</u>", (Paragraph((Span("a", strike=True), Span("b"))),)),
        ("<code> a  b </code>c", (Paragraph((Span("a b", code=True), Span(" c"))),)),
        ("<q>a</q> x<sup>2</sup> H<sub>2</sub>", (words("“a” x² H₂"),)),
        (
            '<a href="https://x.y">a <b>b</b></a>',
            (Paragraph((Span("a ", link="https://x.y"), Span("b", bold=True, link="https://x.y"))),),
        ),
        ("<h2>Title</h2>text", (Heading(2, (Span("Title"),)), words("text"))),
        ("<hr>", (Rule(),)),
        ("<pre>\n a\n\n b\n</pre>", (Code(" a\n\n b"),)),
        ('<pre><code class="language-sql">select\n</code></pre>', (Code("select", "sql"),)),
        ("<blockquote>a<blockquote>b</blockquote>", (Quote((words("a"), Quote((words("b"),)))),)),
        (
            "<ul><li>a<li>b<ol start=3><li>c</ol></ul>",
            (Listing(False, ((words("a"),), (words("b"), Listing(True, ((words("c"),),), 3)))),),
        ),
        ("<dl><dt>a<dd>b</dl>", (Paragraph((Span("a", bold=True),)), words("b"))),
        (
            "<table><tr><th>a<th>b<tr><td>1<td><p>2</p></table>",
            (Table(((Span("a"),), (Span("b"),)), (((Span("1"),), (Span("2"),)),)),),
        ),
        (
            '<p>a <img src="/static/x" alt="it"> b</p>',
            (words("a"), Picture("x", "it"), words("b")),
        ),
    ],
)
def test_what_html_says_becomes_blocks(html: str, blocks: Prose) -> None:
    assert read(html) == (blocks, [])


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("\n<script>x</script>", "page.html:8: a script is not taken"),
        ("<iframe src=x></iframe>", "a page within the page is not taken"),
        ("\n\n<p\n><img src=y alt=z>", "page.html:10: the picture `y` is not there"),
        ("<img src='/static/x'>", "has no text that tells what it shows"),
        ("<a href='javascript:x'>a</a>", "the link to `javascript:x` leads nowhere"),
        ("<ul><li><img src='/static/x' alt=y></ul>", "the picture stands behind what it stood in"),
        ("<table><tr><td colspan=2>a</table>", "stands over several columns"),
        ("<table><tr><td><ul><li>a</ul></table>", "holds more than a line of text"),
        ("x<sup>nth</sup>", "“nth” is no longer raised"),
        (r"\(x^2\)", "a formula is shown as it is written"),
        ("hi @channel and <code>&lt;!here&gt;</code>", "would call people in Slack"),
        ("<ul><li>" * 8 + "a", "were made flatter"),
        ("<input>", "a field to fill in is not taken"),
        ("a" * (MOST_HTML + 1), "is cut off"),
        ("<table><tr>" + "<td>a" * 21 + "</table>", "has 1 rows and 21 columns and is not taken"),
    ],
)
def test_what_cannot_be_shown_is_told(html: str, told: str) -> None:
    _, missed = read(html)

    assert len(missed) == 1
    assert told in missed[0]


def test_what_calls_people_calls_them_no_more() -> None:
    blocks, _ = read("@here <code>&lt;@U123&gt; &lt;!channel&gt;</code> me@here.com")

    assert plain(blocks[0].spans if isinstance(blocks[0], Paragraph) else ()) == (
        "@ here < @U123> < !channel> me@here.com"
    )


def test_a_text_without_end_is_not_taken() -> None:
    root = read_xml(b"<p>\n<b>" + b"word " * (MOST_HTML // 5) + b"!</b></p>", "page.xml")

    prose, missed = read_element(root, "page.xml")

    assert prose == ()
    assert [str(each) for each in missed] == [
        f"page.xml:1: a text of {MOST_HTML + 2:,} characters is not taken: {MOST_HTML:,} are read"
    ]


def test_a_line_is_made_of_whatever_there_is() -> None:
    spans, missed = read_line(parse_html("<p>a <b>b</b></p><pre>c\nd</pre><img src=x alt=e>"), "page.html")

    assert spans == (Span("a "), Span("b", bold=True), Span(" "), Span("c d", code=True), Span(" e"))
    assert [each.what for each in missed] == [
        "what is more than a line of text, or a picture, was made one line of text"
    ]


class NoPictures:
    """Pictures of which none is there."""

    def digest(self, _path: str, _spot: Spot) -> str | None:
        return None


@pytest.mark.parametrize(
    "piece",
    [
        *("<!--", "<a ", "<![", "</", "&", "<", "<ul><li>", "<b>", "</b>", "<td>", "<?", "<a b='", '<a b="'),
        *(
            "<a/ ",
            "&#1",
            "<script>",
            "<h1>",
            "<table><tr><td colspan=9>",
            "<!x",
            "<p",
            "@here ",
            "<a =",
            "\v",
        ),
    ],
)
@pytest.mark.timeout(60)
def test_no_text_takes_long(piece: str) -> None:
    read((piece * MOST_HTML)[:MOST_HTML])


@given(
    st.text()
    | st.lists(
        st.sampled_from(
            [
                *"<>/!-&;#=\"' ab1",
                "ul",
                "li",
                "td",
                "table",
                "<b>",
                "</b>",
                "<i>",
                "</i>",
                "<h1>",
                "<br>",
                "<li>",
                "<p>",
                "<pre>",
                "<code>",
                "</code>",
                "</pre>",
                "<blockquote>",
                "</ul>",
                "<ul>",
                "<a href=https://x.y>",
                "</a>",
                "*",
                "`",
                "_",
                "&nbsp;",
            ]
        )
    ).map("".join)
)
def test_any_text_is_html_and_becomes_prose_that_authors_can_write(html: str) -> None:
    blocks, _ = read(html)

    source = Source("any.md", markdown(blocks, {}))
    faults = Faults()
    assert read_markdown(Body(Spot(source)), faults, NoPictures()) == blocks
    assert faults.in_order() == []
