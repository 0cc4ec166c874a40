//! `address-date-mismatch`: see the page beside this file.

use comity_document::at;

use crate::lint::{AloneContext, Findings, Rule};
use crate::query::time;
use crate::record::{Body, SourceType};
use crate::value::{Edtf, StringFormat, after_scheme};

/// The rule.
pub static RULE: Rule = Rule::warning(
    "address-date-mismatch",
    "a page whose address has another date than the record",
    "a source of the wrong day reports what had not happened yet, or is no witness of the time",
    include_str!("address_date_mismatch.md"),
);

/// How many days may lie between the two: a page may be announced, moved or corrected within days.
const TOLERATED: i32 = 7;

/// Checks the day or the month in the address of a source, as many newspapers have it.
pub fn check(context: &AloneContext<'_>, findings: &mut Findings<'_>) {
    let Body::Source(source) = &context.record.body else { return };
    let (Some(url), Some(published)) = (&source.url, &source.published) else { return };
    // A mirror has the day of the page that was copied, and its address that of the copy.
    if source.r#type == SourceType::Mirror || !time::stands(context.record) {
        return;
    }
    let Some(date) = date_in(url.as_ref()) else { return };
    let (own, other) = (published.bounds(), date.bounds());
    let truth = time::before_by(TOLERATED, &own, &other).max(time::before_by(TOLERATED, &other, &own));
    if findings.wants(truth) {
        let message =
            format!("`published` is `{}`, and the address has the date `{}`", published.as_ref(), date.as_ref());
        findings
            .at(context.entry.id, at!["published"], message)
            .help("look at the page once more; if the address has the wrong date, say so in `allow`, with the reason")
            .related(context.entry.id, at!["url"], "the address with the date")
            .truth(truth);
    }
}

/// The day or the month that an address has between slashes: `/2024/05/16/`, `/2024/05/`.
fn date_in(url: &str) -> Option<Edtf> {
    let mut segments = after_scheme(url)?.split('/').skip(1);
    let is_year = |segment: &&str| segment.len() == 4 && (segment.starts_with("19") || segment.starts_with("20"));
    let year = segments.find(is_year)?;
    let number = |segment: &str| segment.parse::<u32>().ok().filter(|_| (1..=2).contains(&segment.len()));
    let month = number(segments.next()?)?;
    let day = segments.next().and_then(number).map(|day| format!("-{day:02}")).unwrap_or_default();
    Edtf::parse(&format!("{year}-{month:02}{day}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_have_a_date() {
        for (url, date) in [
            ("https://example.org/2024/05/16/a-visit", Some("2024-05-16")),
            ("https://example.org/news/2024/5/6/", Some("2024-05-06")),
            ("https://example.org/2024/05/a-visit", Some("2024-05")),
            ("https://example.org/2024/05/123456/", Some("2024-05")),
            ("https://example.org/2024/13/16/", None),
            ("https://example.org/2024/a-visit", None),
            ("https://2024/05/16", None),
            ("https://example.org/20x4/05/16", None),
        ] {
            assert_eq!(date_in(url).as_ref().map(Edtf::as_ref), date, "{url}");
        }
    }
}
