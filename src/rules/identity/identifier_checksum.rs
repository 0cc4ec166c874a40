//! `identifier-checksum`: see the page beside this file.

use comity_document::at;

use crate::lint::{DocumentContext, Findings, Rule};
use crate::record::Scheme;
use crate::value::{Code, NonEmptyMap};

/// The rule.
pub static RULE: Rule = Rule::error(
    "identifier-checksum",
    "a number of a catalogue that cannot be one",
    "whoever looks it up finds nothing, or somebody else",
    include_str!("identifier_checksum.md"),
);

/// Checks the shape and the check digit of every entry of `identifiers`.
pub fn check(context: &DocumentContext<'_>, findings: &mut Findings<'_>) {
    for (scheme, number) in context.record.envelope.identifiers.iter().flat_map(NonEmptyMap::iter) {
        let number = number.as_ref();
        let Err(fault) = verify(*scheme, number) else { continue };
        let (name, shape) = expected(*scheme);
        let (message, help) = match (fault, meant(*scheme, number)) {
            (ChecksumFault::Shape, Some(meant)) => (format!("`{number}` is not {name}"), format!("write `{meant}`")),
            (ChecksumFault::Shape, None) => (format!("`{number}` is not {name}"), format!("expected {shape}")),
            (ChecksumFault::Check(right), _) => (
                format!("`{number}` is not {name}: its check digit does not fit"),
                format!("copy it again: a character is wrong, or two are swapped (these would end in `{right}`)"),
            ),
        };
        findings.at(context.entry, at!["identifiers", scheme.code()], message).help(help);
    }
}

#[derive(Debug, PartialEq, Eq)]
enum ChecksumFault {
    /// Not in the form of the scheme.
    Shape,
    /// The check digit is wrong; this is the right one.
    Check(String),
}

/// The name of a scheme's numbers, and how they are written.
fn expected(scheme: Scheme) -> (&'static str, &'static str) {
    match scheme {
        Scheme::Wikidata => ("a Wikidata item", "a capital Q and a number, such as `Q3551` for Rabat"),
        Scheme::Geonames => ("a GeoNames number", "digits alone, such as `2538475` for Rabat"),
        Scheme::Ror => ("a ROR id", "a zero, six characters and two digits, such as `05dxps055`"),
        Scheme::Isni => ("an ISNI", "sixteen digits without spaces, such as `0000000121032683`; the last may be X"),
        Scheme::Cow => ("a country number of Correlates of War", "a number from 2 to 990, such as `600` for Morocco"),
        Scheme::GleditschWard => {
            ("a country number of Gleditsch and Ward", "a number from 2 to 990, such as `600` for Morocco")
        }
        Scheme::Iso3166Part3 => {
            ("a code of ISO 3166-3", "the four capital letters of a country that is no more, such as `SUHH`")
        }
        Scheme::Doi => ("a DOI", "`10.`, a number, a slash and a name, such as `10.1000/182`"),
        Scheme::Isbn => ("an ISBN", "ten or thirteen digits, hyphens or none between, such as `978-92-845-0190-8`"),
        Scheme::Issn => ("an ISSN", "four digits, a hyphen, four digits, such as `0317-8471`; the last may be X"),
        Scheme::UnTreatySeries => (
            "a registration number of the UN Treaty Series",
            "the number under which the treaty is registered, such as `I-34034`; not volume and page",
        ),
        Scheme::NatoSps => {
            ("a project number of the SPS Programme", "`SfP-` and six digits, or G and four, such as `G5123`")
        }
        Scheme::NatoNews => ("the number of a page of NATO's website", "the digits in its address, such as `162656`"),
    }
}

fn verify(scheme: Scheme, number: &str) -> Result<(), ChecksumFault> {
    let shaped = match scheme {
        Scheme::Wikidata => number.strip_prefix('Q').is_some_and(|rest| is_number(rest, 10)),
        Scheme::Geonames => is_number(number, 9),
        Scheme::NatoNews => is_number(number, 7),
        Scheme::Cow | Scheme::GleditschWard => {
            is_number(number, 3) && number.parse().is_ok_and(|number: u16| (2..=990).contains(&number))
        }
        Scheme::Iso3166Part3 => rust_iso3166::iso3166_3::from_code(number).is_some(),
        Scheme::Doi => is_doi(number),
        Scheme::UnTreatySeries => {
            let prefixes = ["I-", "II-", "A-", "B-"];
            let rest = prefixes.iter().find_map(|prefix| number.strip_prefix(prefix));
            is_number(rest.unwrap_or(number), 6)
        }
        Scheme::NatoSps => {
            let digits = |text: &str, count| text.len() == count && is_number(text, count);
            number.strip_prefix("SfP-").is_some_and(|rest| digits(rest, 6))
                || number.strip_prefix('G').is_some_and(|rest| digits(rest, 4))
        }
        Scheme::Ror => return ror(number),
        Scheme::Isni => return isni(number),
        Scheme::Isbn => return isbn(number),
        Scheme::Issn => return issn(number),
    };
    if shaped { Ok(()) } else { Err(ChecksumFault::Shape) }
}

/// A number without leading zeros, of at most that many digits.
fn is_number(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.len()) && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_doi(text: &str) -> bool {
    let Some((registrant, name)) = text.strip_prefix("10.").and_then(|rest| rest.split_once('/')) else { return false };
    let mut parts = registrant.split('.');
    parts.next().is_some_and(|part| part.len() >= 4 && is_number(part, 9))
        && parts.all(|part| is_number(part, 9))
        && !name.is_empty()
        && !name.contains(char::is_whitespace)
}

/// A zero, six characters of Crockford's base 32, and two check digits by ISO/IEC 7064, MOD 97-10.
fn ror(text: &str) -> Result<(), ChecksumFault> {
    let bytes = text.as_bytes();
    if bytes.len() != 9 || bytes[0] != b'0' || !bytes[7..].iter().all(u8::is_ascii_digit) {
        return Err(ChecksumFault::Shape);
    }
    let digit = |byte: &u8| b"0123456789abcdefghjkmnpqrstvwxyz".iter().position(|known| known == byte);
    let number =
        bytes[1..7].iter().try_fold(0, |number, byte| Some(number * 32 + digit(byte)?)).ok_or(ChecksumFault::Shape)?;
    compare(&text[7..], &format!("{:02}", 98 - number * 100 % 97))
}

/// Fifteen digits and a check digit by ISO/IEC 7064, MOD 11-2.
fn isni(text: &str) -> Result<(), ChecksumFault> {
    let (digits, last) = split(text, 16).ok_or(ChecksumFault::Shape)?;
    let sum = digits.iter().fold(0, |sum, digit| (sum + digit) * 2 % 11);
    compare(last, elevenths((12 - sum) % 11))
}

fn isbn(text: &str) -> Result<(), ChecksumFault> {
    let hyphens = text.split('-').all(|part| !part.is_empty());
    let plain = text.replace('-', "");
    if !hyphens || plain.len() == 13 && (plain.ends_with('X') || !plain.starts_with("97")) {
        return Err(ChecksumFault::Shape);
    }
    if let Some((digits, last)) = split(&plain, 13) {
        let sum: u32 = digits.iter().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum();
        return compare(last, elevenths((10 - sum % 10) % 10));
    }
    let (digits, last) = split(&plain, 10).ok_or(ChecksumFault::Shape)?;
    compare(last, weighted(&digits))
}

fn issn(text: &str) -> Result<(), ChecksumFault> {
    let (front, back) = text.split_once('-').filter(|(front, _)| front.len() == 4).ok_or(ChecksumFault::Shape)?;
    let plain = format!("{front}{back}");
    let (digits, last) = split(&plain, 8).ok_or(ChecksumFault::Shape)?;
    compare(last, weighted(&digits))
}

/// The digits of a number of that length, and its last character, a digit or X.
fn split(text: &str, length: usize) -> Option<(Vec<u32>, &str)> {
    let (digits, last) = text.split_at_checked(length - 1)?;
    let digits = digits.chars().map(|digit| digit.to_digit(10)).collect::<Option<Vec<_>>>()?;
    (last == "X" || last.len() == 1 && last.as_bytes()[0].is_ascii_digit()).then_some((digits, last))
}

/// The check digit that makes the weighted sum divisible by eleven. The digit before it has the weight two.
fn weighted(digits: &[u32]) -> &'static str {
    let sum: u32 = digits.iter().rev().zip(2..).map(|(digit, weight)| digit * weight).sum();
    elevenths((11 - sum % 11) % 11)
}

fn elevenths(check: u32) -> &'static str {
    ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "X"][check as usize]
}

fn compare(found: &str, right: &str) -> Result<(), ChecksumFault> {
    if found == right { Ok(()) } else { Err(ChecksumFault::Check(right.to_owned())) }
}

/// The number in a value that also has an address, a prefix, spaces or other case.
fn meant(scheme: Scheme, text: &str) -> Option<String> {
    let parts = || text.split(['/', ' ', ':', '?', '#', '_', '.']).filter(|part| !part.is_empty());
    let digits = || text.chars().filter(|c| c.is_ascii_digit() || matches!(c, 'X' | 'x')).collect::<String>();
    let found = match scheme {
        Scheme::Wikidata => parts().map(str::to_uppercase).find(|part| verify(scheme, part).is_ok())?,
        Scheme::Ror => parts().map(str::to_lowercase).find(|part| verify(scheme, part).is_ok())?,
        Scheme::Doi => text[text.find("10.")?..].trim().to_owned(),
        Scheme::Isni | Scheme::Isbn => digits().to_uppercase(),
        Scheme::Issn => {
            let digits = digits().to_uppercase();
            let (front, back) = digits.split_at_checked(4)?;
            format!("{front}-{back}")
        }
        Scheme::NatoSps => {
            let digits = digits();
            if digits.len() == 6 { format!("SfP-{digits}") } else { format!("G{digits}") }
        }
        Scheme::Iso3166Part3 => text.trim().to_uppercase(),
        // Volume and page are numbers too.
        Scheme::UnTreatySeries => return None,
        _ => parts().find(|part| verify(scheme, part).is_ok())?.to_owned(),
    };
    verify(scheme, &found).is_ok().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers from the catalogues of the schemes.
    const REAL: [(Scheme, &str); 24] = [
        (Scheme::Wikidata, "Q7184"),
        (Scheme::Geonames, "2538475"),
        (Scheme::Ror, "05dxps055"),
        (Scheme::Ror, "00k4n6c32"),
        (Scheme::Ror, "02mhbdp94"),
        (Scheme::Isni, "0000000121032683"),
        (Scheme::Isni, "000000012146438X"),
        (Scheme::Cow, "600"),
        (Scheme::GleditschWard, "2"),
        (Scheme::Iso3166Part3, "SUHH"),
        (Scheme::Iso3166Part3, "YUCS"),
        (Scheme::Doi, "10.1000/182"),
        (Scheme::Doi, "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O"),
        (Scheme::Isbn, "0-306-40615-2"),
        (Scheme::Isbn, "080442957X"),
        (Scheme::Isbn, "978-0-306-40615-7"),
        (Scheme::Issn, "0317-8471"),
        (Scheme::Issn, "2434-561X"),
        (Scheme::UnTreatySeries, "I-34034"),
        (Scheme::UnTreatySeries, "54669"),
        (Scheme::NatoSps, "SfP-982620"),
        (Scheme::NatoSps, "G5123"),
        (Scheme::NatoNews, "162656"),
        (Scheme::Iso3166Part3, "DDDE"),
    ];

    #[test]
    fn real_numbers_pass() {
        for (scheme, number) in REAL {
            assert_eq!(verify(scheme, number), Ok(()), "{scheme} {number}");
        }
    }

    /// A check digit detects every change of one digit, and every swap of two neighbours.
    #[test]
    fn one_slip_never_passes_a_check_digit() {
        let checked = REAL.iter().filter(|(scheme, _)| matches!(scheme, Scheme::Ror | Scheme::Isni | Scheme::Issn));
        for (scheme, number) in checked {
            for at in 0..number.len() - 1 {
                let mut slip = number.as_bytes().to_vec();
                slip[at] = if slip[at] == b'9' { b'8' } else { slip[at] + 1 };
                let mut swap = number.as_bytes().to_vec();
                swap.swap(at, at + 1);
                for other in [slip, swap].map(|bytes| String::from_utf8(bytes).expect("ASCII")) {
                    assert!(other == *number || verify(*scheme, &other).is_err(), "{scheme} {other}");
                }
            }
        }
    }

    #[test]
    fn the_number_is_found_in_what_was_written_around_it() {
        for (scheme, text, found) in [
            (Scheme::Wikidata, "https://www.wikidata.org/wiki/Q7184", "Q7184"),
            (Scheme::Wikidata, "q7184", "Q7184"),
            (Scheme::Geonames, "https://www.geonames.org/2538475/rabat.html", "2538475"),
            (Scheme::Ror, "https://ror.org/05dxps055", "05dxps055"),
            (Scheme::Isni, "0000 0001 2103 2683", "0000000121032683"),
            (Scheme::Doi, "https://doi.org/10.1000/182", "10.1000/182"),
            (Scheme::Isbn, "ISBN 0 306 40615 2", "0306406152"),
            (Scheme::Issn, "03178471", "0317-8471"),
            (Scheme::NatoSps, "SPS.MYP.G5123", "G5123"),
            (Scheme::NatoSps, "SFP 982620", "SfP-982620"),
            (Scheme::NatoNews, "https://www.nato.int/cps/en/natohq/news_162656.htm", "162656"),
        ] {
            assert_eq!(verify(scheme, text), Err(ChecksumFault::Shape), "{text}");
            assert_eq!(meant(scheme, text).as_deref(), Some(found));
        }
        assert_eq!(meant(Scheme::Wikidata, "Rabat"), None);
        assert_eq!(meant(Scheme::Issn, "éé"), None);
    }
}
