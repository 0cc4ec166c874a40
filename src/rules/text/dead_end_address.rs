//! `dead-end-address`: see the page beside this file.

use url::Host;

use crate::kind::Kind;
use crate::lint::{Change, Findings, Fixable, Place, Rule, TextContext, TextFilter};
use crate::value::{StringFormat, Url, after_scheme, closes_unopened};

/// The rule.
pub static RULE: Rule = Rule::warning(
    "dead-end-address",
    "an address that leads readers to no page",
    "nobody could look up what the record rests on",
    include_str!("dead_end_address.md"),
)
.fixed(Fixable::Suggested);

/// Which strings the rule sees.
pub(crate) static FILTER: TextFilter = TextFilter { classes: |classes| !classes.is_empty(), formats: &[Url::FORMAT] };

/// What is wrong with an address, what to do, and the address that was probably meant.
struct DeadEnd {
    message: String,
    help: &'static str,
    meant: Option<String>,
}

impl DeadEnd {
    fn new(message: impl Into<String>, help: &'static str) -> Self {
        Self { message: message.into(), help, meant: None }
    }

    fn meant(self, meant: impl Into<String>) -> Self {
        Self { meant: Some(meant.into()).filter(|meant| Url::parse(meant).is_ok()), ..self }
    }
}

/// Checks every web address but that of an archived copy, which has another address in it.
pub fn check(text: &TextContext<'_>, findings: &mut Findings<'_>) {
    let Some(after) = after_scheme(text.text).filter(|_| text.at.field() != Some("archived")) else { return };
    let end = after.bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#')).unwrap_or(after.len());
    let (authority, path) = after.split_at(end);
    let site = site(authority);
    let dead_end = by_spelling(text.text, after)
        .or_else(|| by_site(authority, site, path))
        .or_else(|| elsewhere(text.text, site.trim_start_matches("www."), path))
        .or_else(|| (matches!(path, "" | "/") && is_page(text)).then(whole_site));
    let Some(DeadEnd { message, help, meant }) = dead_end else { return };
    let finding = findings.at(text.entry, Place::Value(text.at.pointer()), message);
    finding.help(help);
    if let Some(meant) = meant {
        finding.suggest(format!("write `{meant}`"), Change::Replace { at: text.at.pointer(), with: meant.into() });
    }
}

const COPY: &str = "open the page, and copy the whole address from the bar of the browser";

/// What was left at either end of an address when the address was copied.
fn by_spelling(url: &str, after: &str) -> Option<DeadEnd> {
    if after.starts_with("https:") || after.starts_with("http:") {
        return Some(
            DeadEnd::new("this address begins with `https://` twice", "write the beginning once").meant(after),
        );
    }
    if url.ends_with('…') || url.ends_with("...") {
        return Some(DeadEnd::new("this address is cut off", COPY));
    }
    let mut meant = url.trim_end_matches([',', ';', '"', '\'', '»', '”']);
    if closes_unopened(meant.trim_end_matches('.')) {
        meant = meant.trim_end_matches(['.', ')']);
    }
    (meant != url).then(|| {
        let message = format!("`{}` at the end does not belong to this address", &url[meant.len()..]);
        DeadEnd::new(message, "take out what belongs to the text around the address").meant(meant)
    })
}

/// Whether an address should be that of a page: in a source.
fn is_page(text: &TextContext<'_>) -> bool {
    text.kind == Kind::Source && text.at.field() == Some("url")
}

/// The site of an address, without a name, a password and a port.
fn site(authority: &str) -> &str {
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    if host.starts_with('[') { host } else { host.split_once(':').map_or(host, |(host, _)| host) }
}

/// A site that nobody else can open.
fn by_site(authority: &str, site: &str, path: &str) -> Option<DeadEnd> {
    if let Some((_, host)) = authority.rsplit_once('@') {
        let meant = format!("https://{host}{path}");
        let message = "a name, or a name and a password, stands before the site of this address";
        return Some(
            DeadEnd::new(message, "take out everything up to the `@`; if it is a password, change it").meant(meant),
        );
    }
    if site.contains(',') {
        let meant = format!("https://{}{path}", authority.replace(',', "."));
        return Some(
            DeadEnd::new(format!("`{site}` is no site: a comma stands in it"), "write a full stop").meant(meant),
        );
    }
    let last = site.rsplit('.').next().unwrap_or_default();
    if site.starts_with('[') || last.bytes().all(|byte| byte.is_ascii_digit()) {
        let is_local = Host::parse(site).is_ok_and(|host| is_local(&host));
        return is_local.then(|| DeadEnd::new(format!("`{site}` leads into your own network"), COPY));
    }
    if !site.contains('.') || matches!(last, "local" | "localhost" | "internal" | "lan" | "test" | "invalid") {
        return Some(DeadEnd::new(format!("`{site}` is no site that others can open"), COPY));
    }
    None
}

/// Whether a host is a number that leads nowhere outside the reader's network.
fn is_local(host: &Host<String>) -> bool {
    match host {
        Host::Domain(_) => false,
        Host::Ipv4(ip) => ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_unspecified(),
        Host::Ipv6(ip) => ip.is_loopback() || ip.is_unspecified(),
    }
}

/// Sites that send their readers on to another page: the site, the path, and the parameters of which one has the page.
const ON: [(&str, &str, &[&str]); 16] = [
    ("google.", "/url", &["url", "q"]),
    ("l.facebook.com", "/l.php", &["u"]),
    ("lm.facebook.com", "/l.php", &["u"]),
    ("facebook.com", "/sharer", &["u"]),
    ("facebook.com", "/share.php", &["u"]),
    ("facebook.com", "/dialog/share", &["href"]),
    ("google.", "/amp/", &[]),
    ("cdn.ampproject.org", "/", &[]),
    ("translate.google.", "/translate", &["u"]),
    ("linkedin.com", "/redir/redirect", &["url"]),
    ("linkedin.com", "/sharing/share-offsite", &["url"]),
    ("linkedin.com", "/shareArticle", &["url"]),
    ("t.me", "/share", &["url"]),
    ("twitter.com", "/intent/", &["url"]),
    ("x.com", "/intent/", &["url"]),
    ("safelinks.protection.outlook.com", "/", &["url"]),
];
/// Sites on which an address stands for a longer one.
const SHORT: [&str; 12] = [
    "1drv.ms",
    "bit.ly",
    "buff.ly",
    "dlvr.it",
    "fb.me",
    "goo.gl",
    "is.gd",
    "lnkd.in",
    "ow.ly",
    "shorturl.at",
    "t.co",
    "tinyurl.com",
];
/// Sites that show each person something else.
const PRIVATE: [&str; 18] = [
    "api.whatsapp.com",
    "chat.openai.com",
    "chatgpt.com",
    "claude.ai",
    "drive.google.com",
    "gemini.google.com",
    "mail.google.com",
    "mail.yahoo.com",
    "onedrive.live.com",
    "outlook.live.com",
    "outlook.office.com",
    "outlook.office365.com",
    "teams.microsoft.com",
    "wa.me",
    "we.tl",
    "web.telegram.org",
    "web.whatsapp.com",
    "wetransfer.com",
];
/// Sites that search, each with the path of the search.
const SEARCH: [(&str, &str); 5] = [
    ("google.", "/search"),
    ("bing.com", "/search"),
    ("duckduckgo.com", "/?q="),
    ("search.yahoo.com", "/"),
    ("yandex.", "/search"),
];

/// An address whose page is another one, or one for each reader.
fn elsewhere(url: &str, site: &str, path: &str) -> Option<DeadEnd> {
    let is_on = |known: &str| if known.ends_with('.') { site.starts_with(known) } else { site == known };
    let leads_on = |(known, start, _): &&(&str, &str, &[&str])| {
        path.starts_with(start) && (is_on(known) || site.strip_suffix(known).is_some_and(|rest| rest.ends_with('.')))
    };
    if let Some((_, _, names)) = ON.iter().find(leads_on) {
        let amp =
            || Some(format!("https://{}", ["/amp/s/", "/c/s/"].iter().find_map(|start| path.strip_prefix(start))?));
        let page = url::Url::parse(url).ok().and_then(|url| {
            url.query_pairs()
                .find(|(name, to)| names.contains(&&**name) && to.starts_with("http"))
                .map(|(_, to)| to.into_owned())
        });
        let page = page.or_else(amp);
        let dead_end = DeadEnd::new(format!("`{site}` only sends readers on to the page"), COPY);
        return Some(if let Some(page) = page { dead_end.meant(page) } else { dead_end });
    }
    if let Some(dead_end) = translated(site, path) {
        return Some(dead_end);
    }
    if SHORT.contains(&site) {
        return Some(DeadEnd::new(format!("`{site}` stands for another address, and may end any day"), COPY));
    }
    if PRIVATE.contains(&site) {
        return Some(DeadEnd::new(
            format!("`{site}` shows each person something else"),
            "name a page that everybody can open",
        ));
    }
    let searches = SEARCH.iter().any(|(known, start)| is_on(known) && path.starts_with(start));
    let help = "open the result that you read, and copy its address; what was looked for belongs in a survey";
    searches.then(|| DeadEnd::new("this address is that of a search, which finds something else each day", help))
}

/// A page that a program translated: its site stands before the program's, with hyphens for full stops and two hyphens for one.
fn translated(site: &str, path: &str) -> Option<DeadEnd> {
    let host = site.strip_suffix(".translate.goog")?.replace("--", "\0").replace('-', ".").replace('\0', "-");
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let own: Vec<&str> = query.split('&').filter(|part| !part.is_empty() && !part.starts_with("_x_tr_")).collect();
    let query = if own.is_empty() { String::new() } else { format!("?{}", own.join("&")) };
    let dead_end = DeadEnd::new("this address shows the page as a program translated it", "name the page itself");
    Some(dead_end.meant(format!("https://{host}{path}{query}")))
}

fn whole_site() -> DeadEnd {
    DeadEnd::new("this address is that of a whole site, and not of the page that was read", COPY)
}
