//! The Markdown of a report as GitHub shows the report: no text of the data is a link, a picture or a mention.

use comity::render::{Display, Format};

use crate::render::runner::TEXTS;
use crate::render::{IN_PLAIN, LOUD, find, report_of};

/// Texts that GitHub would link, call somebody for, or draw.
pub(super) const LINKS: [&str; 29] = [
    "www.example.org",
    "WWW.example.org/x?y=z",
    "see (www.example.org) or <www.example.org>",
    "http://example.org",
    "https://example.org/a_b*c",
    "ftp://example.org/x",
    "HTTPS://EXAMPLE.ORG",
    "mailto:a@example.org",
    "xmpp:a@example.org/res",
    "a@example.org",
    "a.b-c_d+e@sub.example.org.",
    "<a@example.org> <https://example.org>",
    "&#64; a&#64;example.org &commat; a&commat;example.org",
    "http&colon;//example.org http&#58;//example.org http\\://example.org",
    "[x](https://example.org) ![x](https://example.org/x.png) [x]: https://example.org",
    "<img src=x onerror=alert(1)> <script>x</script> <!-- x --> <a href=x>y</a>",
    "@mention @org/team",
    "#123 user/repo#1 GH-123 gh-123 GHSA-abcd-efgh-ijkl CVE-2020-1234 TICKET-1",
    "0123456789abcdef0123456789abcdef01234567 0123456 org/repo@0123456",
    ":tada: :+1:",
    "$a$ $$b$$ $`c`$",
    "[^1] [!NOTE] [[x]] - [ ] x",
    "| a | b |",
    "**a** _b_ ~~c~~ `d` ``e`` \\*f\\*",
    "`a@example.org` `www.example.org` `https://example.org`",
    "a ` b a@example.org",
    "# x\n- y\n> z\n\n<details>",
    "x@example.org:www.example.org:http://a.b",
    "wwww.example.org awww.example.org _www.example.org",
];

pub(super) fn github(markdown: &str) -> String {
    let mut options = comrak::Options::default();
    let extension = &mut options.extension;
    (extension.autolink, extension.strikethrough, extension.table) = (true, true, true);
    (extension.tasklist, extension.footnotes, extension.alerts) = (true, true, true);
    (extension.math_dollars, extension.math_code) = (true, true);
    // Raw HTML is shown, so that what we wrote and what the data wrote can be told apart.
    options.render.r#unsafe = true;
    comrak::markdown_to_html(markdown, &options)
}

/// The opening tags of a page.
pub(super) fn tags(html: &str) -> Vec<&str> {
    html.split('<')
        .skip(1)
        .map(|rest| rest.split('>').next().unwrap_or_default())
        .filter(|tag| !tag.starts_with('/'))
        .collect()
}

/// What a reader sees of the prose, without code, in which GitHub looks for addresses only.
fn prose(html: &str) -> String {
    let parts = html.split("<code>").map(|part| part.split_once("</code>").map_or(part, |(_, behind)| behind));
    let text: String = parts.collect();
    let text: Vec<&str> = text.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    let text = text.join(" ");
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn shown(text: &str) -> String {
    let mut whole = find(&LOUD, IN_PLAIN, comity_document::at!["type"], text);
    whole.help = Some(format!("write `{text}`"));
    let gone = comity::lint::Place::Gone(text.into());
    let gone = find(&LOUD, comity::dataset::EntryId::GONE.0, gone, &format!("x {text} y"));
    let mut report = report_of(vec![whole, gone]);
    report.summary.skipped.push((text.to_owned(), "a reason"));
    let mut out = Vec::new();
    let display = Display { colour: false, width: 100, in_actions: true };
    Format::Markdown.render(&report, display, &mut out).expect("memory takes it");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn the_reader_of_pages_makes_links_as_github_does() {
    for text in ["www.example.org", "https://example.org", "a@example.org", "a&#64;example.org", "`x` <a@example.org>"]
    {
        assert!(github(text).contains("<a href"), "{text}");
    }
    assert!(github("<code>a&#64;example.org</code>").contains("<a href"), "an address in HTML is a link too");
}

#[test]
fn nothing_of_the_data_becomes_a_link_or_markup() {
    const OURS: [&str; 14] = [
        "p",
        "strong",
        "h4",
        "code",
        "br",
        "br /",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "th align=\"right\"",
        "td align=\"right\"",
    ];
    for text in LINKS.into_iter().chain(TEXTS) {
        let markdown = shown(text);
        let html = github(&markdown);
        let foreign: Vec<&str> = tags(&html).into_iter().filter(|tag| !OURS.contains(tag)).collect();
        assert_eq!(foreign, [""; 0], "{text:?}\n{markdown}\n{html}");
        assert_eq!(html.matches("<td").count(), 6, "a row a finding: {text:?}\n{html}");
        assert!(html.contains("<strong>"), "our own markup is");
    }
}

/// GitHub looks for these in the text of the page, once the page is made.
pub(super) fn calls_nobody(html: &str, text: &str) {
    let seen: Vec<char> = prose(html).chars().collect();
    let is_word = |c: Option<&char>| c.is_some_and(char::is_ascii_alphanumeric);
    for (at, c) in seen.iter().enumerate() {
        let (before, after) = (at.checked_sub(1).and_then(|at| seen.get(at)), seen.get(at + 1));
        assert!(!matches!(c, '@' | '#') || !is_word(after), "{text:?}: {html}");
        assert!(*c != ':' || !is_word(after), "{text:?}: {html}");
        let numbered = *c == '-' && before.is_some_and(char::is_ascii_uppercase) && is_word(after);
        assert!(!numbered, "{text:?}: {html}");
    }
    let words = seen.split(|c| !c.is_ascii_hexdigit()).map(<[char]>::len);
    assert!(words.max() < Some(7), "{text:?}: a commit's name in {html}");
}

#[test]
fn nothing_of_the_data_is_a_mention_or_a_reference() {
    for text in LINKS.into_iter().chain(TEXTS) {
        calls_nobody(&github(&shown(text)), text);
    }
}
