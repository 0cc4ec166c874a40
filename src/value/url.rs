//! Addresses on the web.

use super::refusal::{Refusal, nearest};
use super::string_format::{StringFormat, shaped};

/// An address on the web, with the scheme `http` or `https` and a host.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Url(Box<str>);

impl AsRef<str> for Url {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl StringFormat for Url {
    const FORMAT: &'static str = "uri";
    const PATTERN: &'static str = r"^https?://[^\s/]\S*$";
    const EXPECTED: &'static str = "a web address such as `https://www.nato.int/`";
    const EXAMPLES: &'static [&'static str] = &["https://www.nato.int/"];

    fn parse(text: &str) -> Result<Self, Refusal> {
        let after = after_scheme(text);
        let has_marks = closes_unopened(text) || text.contains("](");
        if after.is_some_and(is_plain_address) && !has_marks {
            return Ok(Self(text.into()));
        }
        let good = |url: &str| (url != text && Self::parse(url).is_ok()).then(|| url.to_owned());
        let Some(after) = after else {
            if is_doi(text.trim()) {
                let refusal = Refusal::new(format!("`{text}` is the number of a document, and no address"));
                return Err(refusal.help(format!(
                    "write it beside the other fields: \"identifiers\": {{ \"doi\": \"{}\" }}",
                    text.trim()
                )));
            }
            let site = text.split(['/', '?']).next().unwrap_or_default();
            let bare = site.contains('.') && !site.contains([':', '@', ' ']);
            let meant = if text.trim() == text { good(&format!("https://{text}")) } else { good(text.trim()) };
            let meant = meant.filter(|_| bare || text.trim() != text);
            let meant = meant.or_else(|| good(address_in(text)?)).or_else(|| good(&with_scheme(text)?));
            let refusal = Refusal::new(format!("`{text}` does not begin with `https://` or `http://`"));
            return Err(refusal.meant(meant));
        };
        if let Some(address) = good(text.trim()) {
            return Err(Refusal::new(format!("`{text}` has white space around it")).meant(Some(address)));
        }
        if text.contains(char::is_whitespace) {
            let begins = |word: &&str| word.starts_with("https://") || word.starts_with("http://");
            if text.split_whitespace().filter(begins).count() > 1 {
                let refusal = Refusal::new(format!("`{}` has more than one address", text.trim()));
                return Err(refusal.help("write one; each page is a record of its own"));
            }
            if let Some(address) = good(before_words(text.trim())) {
                let refusal = Refusal::new(format!("`{text}` has words behind its address"));
                return Err(refusal.meant(Some(address)));
            }
            let refusal = Refusal::new(format!("`{text}` has a space in it, and an address has none"));
            return Err(match good(text.trim()) {
                Some(address) => refusal.meant(Some(address)),
                None => refusal
                    .help("copy the address again from the address bar of the browser, and write nothing else here"),
            });
        }
        if has_marks {
            let refusal = Refusal::new(format!("`{text}` has marks around its address"));
            return Err(refusal.meant(address_in(text).and_then(good)));
        }
        match url::Url::parse(text) {
            Ok(url) if url.has_host() && !after.starts_with('/') => Ok(Self(text.into())),
            Ok(_) | Err(url::ParseError::EmptyHost) => Err(Refusal::new(format!("`{text}` names no site"))),
            Err(_) => Err(Refusal::new(format!("`{text}` is no address that a browser could open"))),
        }
    }
}

/// An address without its scheme, if that is `https` or `http`.
pub(crate) fn after_scheme(url: &str) -> Option<&str> {
    url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))
}

/// The address before the first blank, where a dash or a bracket shows that words follow. Otherwise the blank may stand in
/// the address: a line break inside an address leaves one. The whole text where no words follow.
fn before_words(text: &str) -> &str {
    let Some((address, rest)) = text.split_once(char::is_whitespace) else { return text };
    let rest = rest.trim_start();
    let begins = rest.split(char::is_whitespace).next().unwrap_or_default();
    let is_dash = matches!(begins, "-" | "–" | "—" | "|" | "·" | ":" | ";" | ",");
    // `a - b.pdf` is the name of a file.
    let is_file = rest
        .rsplit_once('.')
        .is_some_and(|(_, end)| (1..=5).contains(&end.len()) && end.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if (is_dash || rest.starts_with(['(', '[', '«', '"', '“'])) && !is_file { address } else { text }
}

/// Whether a text is a DOI, such as `10.1000/182`.
fn is_doi(text: &str) -> bool {
    let prefix = text.strip_prefix("10.").and_then(|rest| rest.split_once('/')).map(|(prefix, _)| prefix);
    prefix.is_some_and(|prefix| prefix.len() >= 4 && prefix.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The address in a text with marks around the address: `<https://…>`, `[words](https://…)`.
fn address_in(text: &str) -> Option<&str> {
    let (_, rest) = text.split_at(["https://", "http://"].iter().filter_map(|scheme| text.find(scheme)).min()?);
    // Of `[https://…](https://…)`, what is followed rather than what is shown.
    let rest = rest.split_once("](").filter(|(_, link)| link.starts_with("http")).map_or(rest, |(_, link)| link);
    let rest = rest.split(['>', '"', '»', ' ']).next()?;
    let mut address = rest.split_once("](").map_or(rest, |(shown, _)| shown);
    // The full stop of the sentence, and the bracket around the address.
    while closes_unopened(address) || address.ends_with(['.', ',', ';']) {
        address = &address[..address.len() - 1];
    }
    // Half of a pair of brackets is half of an address.
    Some(address).filter(|address| address.contains('[') == address.contains(']'))
}

/// Whether a text ends with a bracket that it does not open: the bracket belongs to the text around the address.
pub(crate) fn closes_unopened(text: &str) -> bool {
    text.ends_with(')') && text.matches(')').count() > text.matches('(').count()
}

/// The address that was meant where the scheme is misspelt: `htps://…`, `https//…`, `http:/…`.
fn with_scheme(text: &str) -> Option<String> {
    let (scheme, rest) = text.split_at(text.find([':', ';', '/'])?);
    let scheme = nearest(scheme, ["http", "https"])?;
    Some(format!("{scheme}://{}", rest.trim_start_matches([':', ';', '/'])))
}

/// Whether the text after `https://` is certainly an address: a plain host, and after it only visible ASCII characters.
/// Nearly all addresses are plain; the crate `url` decides about the others as browsers do.
fn is_plain_address(after: &str) -> bool {
    let (host, rest) = after.split_at(after.bytes().position(|byte| byte == b'/').unwrap_or(after.len()));
    is_plain_host(host) && rest.bytes().fold(true, |all, byte| all & byte.is_ascii_graphic())
}

/// Whether a host consists of words in lower-case letters, digits and hyphens, as a browser would write the host.
pub(crate) fn is_plain_host(host: &str) -> bool {
    let (mut before, mut last, mut has_double_hyphen) = (b'.', 0, false);
    for byte in host.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' => {}
            b'-' => has_double_hyphen |= before == b'-',
            b'.' if before != b'.' => {}
            _ => return false,
        }
        if before == b'.' {
            last = byte;
        }
        before = byte;
    }
    // A host whose last word is a number is an IP address, and `xn--` encodes another script.
    let is_encoded = || host.split('.').any(|word| word.starts_with("xn--"));
    before != b'.' && last.is_ascii_lowercase() && !(has_double_hyphen && is_encoded())
}

shaped! {
    Url, "Url", "An address on the web, beginning with https:// or http://.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_http_and_has_a_host() {
        for good in [
            "https://www.nato.int/",
            "http://libe.ma/x?a=b#c",
            "https://مثال.example/é",
            "https://[::1]/",
            "https://example.org/a_(b)",
            "https://example.org/(a",
        ] {
            assert!(Url::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "www.nato.int",
            "ftp://x.org/",
            "https://",
            "https:///x",
            "https://a b/",
            "javascript:alert(1)",
            "HTTPS//x",
        ] {
            assert!(Url::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_address_is_offered_for_a_mistyped_one() {
        for (text, url) in [
            ("<https://www.nato.int/x>", "https://www.nato.int/x"),
            ("[NATO](https://www.nato.int/x)", "https://www.nato.int/x"),
            ("[https://www.nato.int/x](https://www.nato.int/x)", "https://www.nato.int/x"),
            ("https://www.nato.int/x](https://www.nato.int/x)", "https://www.nato.int/x"),
            ("[https://example.org](https://example.org/a_(b))", "https://example.org/a_(b)"),
            ("(https://www.nato.int/x)", "https://www.nato.int/x"),
            ("https://www.nato.int/x)", "https://www.nato.int/x"),
            ("see https://www.nato.int/x).", "https://www.nato.int/x"),
            ("https//www.nato.int/x", "https://www.nato.int/x"),
            ("htps://www.nato.int/x", "https://www.nato.int/x"),
            ("http:/www.nato.int/x", "http://www.nato.int/x"),
            ("www.nato.int", "https://www.nato.int"),
        ] {
            assert_eq!(Url::parse(text).expect_err(text).meant.as_deref(), Some(url));
        }
    }

    #[test]
    fn the_number_of_a_document_is_no_address() {
        let refusal = Url::parse("10.1000/182").expect_err("a number");
        assert!(refusal.meant.is_none() && refusal.to_string().contains("\"doi\": \"10.1000/182\""), "{refusal}");
    }

    #[test]
    fn two_addresses_in_one_text_are_not_joined() {
        for text in
            ["https://a.org/1, https://b.org/2", "https://a.org/1 https://b.org/2", "https://a.org https://b.org"]
        {
            let refusal = Url::parse(text).expect_err(text);
            assert!(refusal.meant.is_none() && refusal.to_string().contains("a record of its own"), "{refusal}");
        }
        let page = "https://fr.hespress.com/371922-visite-tanger.html";
        for words in [" - Hespress - 19/06/2024", " (consulté le 20/06/2024)", " | Hespress", "\n– Hespress"] {
            let refusal = Url::parse(&format!("{page}{words}")).expect_err(words);
            assert_eq!(refusal.meant.as_deref(), Some(page), "{words}");
        }
        for broken in
            ["https://a.org/visite- tanger", "https://a.org/a page", "https://a.org/a - b.pdf", "https://a b/"]
        {
            let refusal = Url::parse(broken).expect_err(broken);
            assert!(refusal.meant.is_none() && refusal.to_string().contains("address bar"), "{refusal}");
        }
        let copy = "https://web.archive.org/web/2016/https://a.org/x";
        assert_eq!(Url::parse(&format!("{copy} ")).expect_err("a space").meant.as_deref(), Some(copy));
    }

    proptest::proptest! {
        /// The crate `url` reads every address that counts as plain.
        #[test]
        fn a_plain_address_is_one_that_a_browser_opens(after in "(xn--|0x|[a-z0-9.-]){1,12}(/[!-~]{0,12})?") {
            let url = format!("https://{after}");
            let theirs = url::Url::parse(&url).is_ok_and(|url| url.has_host());
            proptest::prop_assert!(theirs || !is_plain_address(&after), "{url}");
        }
    }
}
