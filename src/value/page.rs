//! The page that an address leads to.

use std::borrow::Cow;

use super::{Day, after_scheme, is_plain_host};

/// An address without the parts that may differ for one page: the scheme, `www.` and `m.` before the host, tracking
/// parameters, the order of other parameters, a slash at the end, and the place in the page.
pub(crate) fn page(url: &str) -> Cow<'_, str> {
    if let Some(page) = plain_page(url) {
        return page.into();
    }
    if let Some(original) = page_of_copy(url) {
        return page(original);
    }
    let Ok(url) = url::Url::parse(url) else { return url.into() };
    let host = host(&url);
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let mut parameters: Vec<&str> = url
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|part| !part.is_empty() && !is_tracking(part) && !is_layout(part))
        .collect();
    parameters.sort_unstable();
    let question = if parameters.is_empty() { "" } else { "?" };
    // Some sites have the name of the page itself after the `#`.
    let route = url.fragment().filter(|fragment| fragment.starts_with(['!', '/'])).map(|route| format!("#{route}"));
    let path = url.path().trim_end_matches('/');
    format!("{host}{port}{path}{question}{}{}", parameters.join("&"), route.unwrap_or_default()).into()
}

/// A fast path of [`page`] for an address of host and path only, written as a parser would write it. Most addresses
/// are, and parsing costs more than the rest of the rule.
fn plain_page(url: &str) -> Option<&str> {
    let rest = after_scheme(url)?.trim_end_matches('/');
    let (host, path) = rest.split_at(rest.bytes().position(|byte| byte == b'/').unwrap_or(rest.len()));
    let segment = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.');
    let plain = path.bytes().all(segment) && !path.contains("/.");
    (is_plain_host(host) && plain).then(|| &rest[host.len() - without_prefix(host).len()..])
}

/// The address of the page of which an address names a copy.
pub(crate) fn page_of_copy(url: &str) -> Option<&str> {
    copy(url).map(|(_, original)| original).filter(|original| original.starts_with("http"))
}

/// The day on which the archive made a copy, by the address of the copy.
pub(crate) fn day_of_copy(url: &str) -> Option<Day> {
    let (moment, _) = copy(url)?;
    let digits = moment.get(..8).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    Day::new(digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?)
}

/// The moment and the page of a copy: `https://web.archive.org/web/20190124000000/https://example.org/a`.
fn copy(url: &str) -> Option<(&str, &str)> {
    after_scheme(url)?.strip_prefix("web.archive.org/web/")?.split_once('/')
}

/// The host of an address, without the prefixes that lead to the same page.
pub(crate) fn host(url: &url::Url) -> &str {
    without_prefix(url.host_str().unwrap_or_default().trim_end_matches('.'))
}

/// A host without the prefixes that lead to the same page.
fn without_prefix(host: &str) -> &str {
    let prefixes = ["www.", "m."];
    prefixes
        .iter()
        .fold(host, |host, prefix| host.strip_prefix(prefix).filter(|rest| rest.contains('.')).unwrap_or(host))
}

/// Whether a parameter asks for another layout of the same page.
fn is_layout(parameter: &str) -> bool {
    parameter.split('=').next() == Some("amp")
}

/// Whether a parameter, `name=value`, says only where the reader came from, and nothing about the page.
pub(crate) fn is_tracking(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or(parameter);
    name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("utm_"))
        || TRACKING.iter().any(|known| known.eq_ignore_ascii_case(name))
}

const TRACKING: [&str; 28] = [
    "__twitter_impression",
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "at_campaign",
    "at_medium",
    "cmpid",
    "dclid",
    "fbclid",
    "gbraid",
    "gclid",
    "gclsrc",
    "igsh",
    "igshid",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "ref_src",
    "ref_url",
    "ttclid",
    "twclid",
    "vero_id",
    "wbraid",
    "xtor",
    "yclid",
];

#[cfg(test)]
mod tests {
    use super::{day_of_copy, page, plain_page};

    #[test]
    fn the_address_of_a_copy_has_its_day() {
        for (moment, day) in [
            ("20190124000000", Some("2019-01-24")),
            ("20190124id_", Some("2019-01-24")),
            ("2019", None),
            ("20190230000000", None),
            ("latest-é", None),
            ("*", None),
        ] {
            let url = format!("https://web.archive.org/web/{moment}/https://example.org/a");
            assert_eq!(day_of_copy(&url).map(|day| day.to_string()).as_deref(), day, "{moment}");
        }
    }

    #[test]
    fn addresses_of_one_page_are_one() {
        let one = page("https://example.org/news/2019?id=7&lang=fr");
        for same in [
            "http://www.example.org/news/2019/?lang=fr&id=7",
            "https://m.example.org:443/news/2019?utm_source=x&id=7&lang=fr&fbclid=y",
            "https://EXAMPLE.org/news/2019?id=7&lang=fr#comments",
            "https://web.archive.org/web/20190201000000id_/http://example.org/news/2019?id=7&lang=fr",
        ] {
            assert_eq!(page(same), one, "{same}");
        }
        for other in [
            "https://example.org/news/2019",
            "https://example.org/News/2019?id=7&lang=fr",
            "https://example.org/news/2019?id=8&lang=fr",
            "https://example.org:8080/news/2019?id=7&lang=fr",
            "https://fr.example.org/news/2019?id=7&lang=fr",
            "https://example.org/news/2019?id=7&lang=fr#!/page/2",
        ] {
            assert_ne!(page(other), one, "{other}");
        }
        assert_eq!(page("https://m.org/a"), "m.org/a");
        for plain in [
            "https://www.m.example.org/News/a-b_c.html/",
            "http://m.org",
            "https://example.org//a/",
            "https://a-1.2b.org/x",
        ] {
            let asked = format!("{plain}?amp=1");
            assert_eq!(plain_page(plain), Some(&*page(&asked)), "{plain}");
        }
        for other in ["https://example.org/a/../b", "https://a..org/", "https://example.org./a", "https://1.2/a"] {
            assert_eq!(plain_page(other), None, "{other}");
        }
        assert_eq!(page("https://www.example.org"), page("http://example.org/"));
    }
}
