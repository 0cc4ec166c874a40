//! `contact-data`: see the page beside this file.

mod address;
mod phone;

use comity_document::pointer::Span;

use crate::lint::{CharClasses, Findings, Place, Rule, TextContext, TextFilter};

/// The rule.
pub static RULE: Rule = Rule::error(
    "contact-data",
    "an e-mail address, a telephone number or the address of a house",
    "what is published here can never be taken back, and leads strangers to somebody's door",
    include_str!("contact_data.md"),
);

/// Which strings the rule sees.
pub(crate) static FILTER: TextFilter = TextFilter { classes: |classes| Signs::of(classes).any(), formats: &[] };

/// Checks every string but web addresses and catalogue numbers. The message does not repeat the data.
pub fn check(text: &TextContext<'_>, findings: &mut Findings<'_>) {
    let signs = Signs::of(text.classes);
    if text.text.starts_with("http") || text.at.field() == Some("identifiers") {
        return;
    }
    if let Some((span, what)) = find(text.text, signs) {
        let place = Place::Within(text.at.pointer(), span);
        let help = "remove it; a record names people by their office, and does not say how to reach them";
        findings.at(text.entry, place, format!("{what} stands in this text")).help(help);
    }
}

fn find(text: &str, signs: Signs) -> Option<(Span, &'static str)> {
    if signs.at_sign
        && let Some(span) = text.match_indices('@').find_map(|(sign, _)| mail_around(text, sign))
    {
        return Some((span, "an e-mail address"));
    }
    if !signs.numbered {
        return None;
    }
    let phone = phone::find(text).map(|span| (span, "a telephone number"));
    phone.or_else(|| address::find(text).map(|span| (span, "the address of a house")))
}

/// What a text may contain. Ids, codes and dates have neither a space nor an `@`, and most sentences have no digit, so
/// that nearly all texts are decided here.
#[derive(Clone, Copy)]
struct Signs {
    at_sign: bool,
    /// A digit, and a space or a plus sign.
    numbered: bool,
}

impl Signs {
    fn of(classes: CharClasses) -> Self {
        let numbered = classes.have(CharClasses::SPACED) && classes.have(CharClasses::DIGIT);
        Self { at_sign: classes.have(CharClasses::AT_SIGN), numbered }
    }

    fn any(self) -> bool {
        self.at_sign || self.numbered
    }
}

/// The e-mail address around an `@`.
fn mail_around(text: &str, sign: usize) -> Option<Span> {
    let local = |c: char| c.is_ascii_alphanumeric() || ".-_+%".contains(c);
    let start =
        text[..sign].rfind(|c| !local(c)).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let host = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
    let end = text[sign + 1..].find(|c| !host(c)).map_or(text.len(), |at| sign + 1 + at);
    let end = sign + 1 + text[sign + 1..end].trim_end_matches(['.', '-']).len();
    let (_, top) = text[sign + 1..end].rsplit_once('.')?;
    let whole = start < sign && top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic());
    whole.then(|| Span::new(start, end))
}

#[cfg(test)]
mod tests {
    use super::{CharClasses, Signs, find};

    fn found(text: &str) -> Option<&str> {
        find(text, Signs::of(CharClasses::of(text))).map(|(span, _)| &text[span.range()])
    }

    #[test]
    fn what_leads_to_a_door_is_found() {
        for (text, part) in [
            ("write to press.office@mfa.example.ma.", "press.office@mfa.example.ma"),
            ("<a@b.org>", "a@b.org"),
            ("éa@b.org", "a@b.org"),
            ("@nato, a@b.org", "a@b.org"),
            ("call +212 537 76 18 41 now", "+212 537 76 18 41"),
            ("(+32) 2 707 41 11", "+32) 2 707 41 11"),
            ("+212537761841", "+212537761841"),
            ("00 212 537 76 18 41", "00 212 537 76 18 41"),
            ("Tél. : 05 37 76 18 41.", "05 37 76 18 41"),
            ("ring 05.37.76.18.41", "05.37.76.18.41"),
            ("téléphone 537761841", "537761841"),
            ("هاتف: ٠٥٣٧ ٧٦ ١٨ ٤١", "٠٥٣٧ ٧٦ ١٨ ٤١"),
            ("Reach him at 0661234567.", "0661234567"),
            ("الهاتف ٠٦٦١٢٣٤٥٦٧", "٠٦٦١٢٣٤٥٦٧"),
            ("الهاتف 537761841", "537761841"),
            ("telephone 537761841", "537761841"),
            ("at 12, rue Al Mansour, Rabat", "12, rue"),
            ("at 12 bis avenue de France", "12 bis avenue"),
            ("lives at 221b Baker Street, London", "221b Baker Street"),
            ("Avenue Hassan II, n° 45", "45"),
            ("Musterstraße 12", "12"),
        ] {
            assert_eq!(found(text), Some(part), "{text}");
        }
    }

    proptest::proptest! {
        /// What is found covers whole characters, whatever stands around it.
        #[test]
        fn any_text_can_be_searched(text in "[ +@.,()0-9a-cé٠-٩°nXtel-]{0,40}(rue|n°|Street|straße)?[ ,0-9]{0,6}") {
            proptest::prop_assert!(found(&text).is_none_or(|part| !part.is_empty()));
        }
    }

    #[test]
    fn figures_dates_and_documents_are_left_alone() {
        for text in [
            "11 000 soldiers since 1999, 173 of them in 2014",
            "from 22 01 2019 to 24 01 2019",
            "2004-06-28/2004-06-29",
            "01-02-2019 and 03.04.2020",
            "S/RES/1973 (2011), C-M(2004)0019, PR/CP(2019)0012",
            "+10 000 000 dirhams, +5000 troops, 5+5 in 2019",
            "1 000 000 000 000 dollars",
            "0.5 per cent, 00 12",
            "project SfP-982620 and G5123 2010-2014",
            "phone 2019-01-22",
            "ISBN 0612345678",
            "project 0712345678 and 0212345678",
            "a budget of 1661234567 dirhams",
            "ISBN 978-92-845-0190-8",
            "the 2 avenues of work",
            "9 April Avenue, 5 July Stadium",
            "20 Silk Road states and 17 Belt and Road projects",
            "on Avenue Mohammed V in 2019, with 20 participants",
            "12 ships and 3 aircraft on the road to 2020",
            "rabat-seminar-2019",
            "a @ b, @nato, women@work",
            "articles 12 to 15 of the street law",
            "page 120-125, 130 135 and 140",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
