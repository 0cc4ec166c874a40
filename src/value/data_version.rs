//! Versions of a dataset, as calendar versions.

use super::day::Day;
use super::refusal::Refusal;
use super::string_format::{StringFormat, shaped};

/// The version of a dataset: the year and the month of the release, and a number where the month has several releases.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DataVersion(compact_str::CompactString);

impl DataVersion {
    /// The version of a release on a day, after the last release: the year and the month of the day, or the next number
    /// where the last release is of that month or of a later one. `None` for a day that is open.
    pub(crate) fn next(last: Option<&Self>, today: Day) -> Option<Self> {
        today.year()?;
        let month = Self(today.to_string()[..7].replace('-', ".").into());
        let Some(last) = last.filter(|last| !month.is_after(last)) else { return Some(month) };
        let (month, number) = last.parts();
        Some(Self(compact_str::format_compact!("{month}.{}", number + 1)))
    }

    /// Whether this version comes after another one.
    pub(crate) fn is_after(&self, other: &Self) -> bool {
        self.parts() > other.parts()
    }

    /// The year with the month, and the number, 0 for the first release of a month.
    fn parts(&self) -> (&str, u32) {
        let (month, number) = self.0.split_at(7);
        (month, number.trim_start_matches('.').parse().unwrap_or(0))
    }
}

impl AsRef<str> for DataVersion {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl StringFormat for DataVersion {
    const FORMAT: &'static str = "calver";
    const PATTERN: &'static str = r"^(19|2[01])[0-9]{2}\.(0[1-9]|1[0-2])(\.[1-9][0-9]{0,3})?$";
    const EXPECTED: &'static str =
        "the year and the month of the release, such as `2026.12`, or `2026.12.1` for the next one in that month";
    const EXAMPLES: &'static [&'static str] = &["2026.12", "2026.12.1"];

    fn parse(text: &str) -> Result<Self, Refusal> {
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let mut parts = text.split('.');
        let year = parts.next().filter(|year| {
            year.len() == 4
                && digits(year)
                && (year.starts_with("19") || year.starts_with("20") || year.starts_with("21"))
        });
        let month = parts.next().filter(|month| month.len() == 2 && digits(month) && ("01"..="12").contains(month));
        let number = parts.next();
        let is_number = |number: &str| (1..=4).contains(&number.len()) && digits(number) && !number.starts_with('0');
        if year.is_some() && month.is_some() && number.is_none_or(is_number) && parts.next().is_none() {
            return Ok(Self(text.into()));
        }
        let refusal = Refusal::new(format!("`{text}` is no version of a dataset"));
        Err(refusal.help("write the year and the month of the release, such as `2026.12`"))
    }
}

shaped! {
    DataVersion, "DataVersion", "The version of the dataset: the year and the month of the release, such as `2026.12`; `2026.12.1` for the next release in that month.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_version_is_of_the_month_or_has_the_next_number() {
        let version = |text: &str| DataVersion::parse(text).expect("a version");
        let day = Day::new(2026, 11, 27).expect("a day");
        for (last, next) in [
            (None, "2026.11"),
            (Some("2026.10.3"), "2026.11"),
            (Some("2026.11"), "2026.11.1"),
            (Some("2026.11.9"), "2026.11.10"),
            (Some("2026.12"), "2026.12.1"),
        ] {
            assert_eq!(DataVersion::next(last.map(version).as_ref(), day), Some(version(next)), "{last:?}");
        }
        assert!(
            version("2026.11.10").is_after(&version("2026.11.9")) && version("2027.01").is_after(&version("2026.12.1"))
        );
    }

    #[test]
    fn a_version_is_a_year_a_month_and_perhaps_a_number() {
        for good in ["2026.12", "2026.01", "2026.12.1", "1999.07.9999"] {
            assert!(DataVersion::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "2026",
            "2026.",
            "2026.1",
            "2026.13",
            "2026.00",
            "26.12",
            "2026-12",
            "2026.12.0",
            "2026.12.1.1",
            "v2026.12",
            "2026.12.",
            "2226.12",
            "２０２６.12",
        ] {
            assert!(DataVersion::parse(bad).is_err(), "{bad}");
        }
    }
}
