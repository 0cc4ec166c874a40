//! The exact value of a number, from its digits. A double holds about 16 digits, and a record may have more.

/// The exact value of a JSON number. Two numbers have equal values where their decimals are equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal {
    /// Whether the number is below zero.
    negative: bool,
    /// The digits, without leading and trailing zeros; empty for zero.
    digits: String,
    /// The power of ten by which the digits, read as a whole number, are multiplied; 0 for zero.
    exponent: i64,
}

impl Decimal {
    /// The value of a JSON number; `None` when the exponent does not fit into 64 bits.
    pub fn parse(raw: &str) -> Option<Self> {
        let (negative, unsigned) = raw.strip_prefix('-').map_or((false, raw), |unsigned| (true, unsigned));
        let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let written = [whole, fraction].concat();
        let digits = written.trim_end_matches('0');
        let zeros = written.len() - digits.len();
        let digits = digits.trim_start_matches('0');
        if digits.is_empty() {
            return Some(Self { negative: false, digits: String::new(), exponent: 0 });
        }
        let shift = i64::try_from(zeros).ok()?.checked_sub(i64::try_from(fraction.len()).ok()?)?;
        let exponent = exponent.parse::<i64>().ok()?.checked_add(shift)?;
        Some(Self { negative, digits: digits.to_owned(), exponent })
    }

    /// Whether the number has no fraction.
    pub fn is_whole(&self) -> bool {
        self.exponent >= 0
    }

    /// The number as an integer; `None` when it has a fraction or more than 18 digits.
    pub fn to_integer(&self) -> Option<i64> {
        let zeros = usize::try_from(self.exponent).ok().filter(|zeros| *zeros <= 18)?;
        if self.digits.len() + zeros > 18 {
            return None;
        }
        let digits = format!("0{}{}", self.digits, "0".repeat(zeros));
        digits.parse::<i64>().ok().map(|number| if self.negative { -number } else { number })
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn the_same_value_is_equal_however_it_is_written() {
        for (a, b) in [
            ("1", "1.0"),
            ("100", "1e2"),
            ("100", "1E+2"),
            ("0.00120", "12e-4"),
            ("-0.0", "0"),
            ("0e99999999999999999999", "0"),
            ("1e400000", "10e399999"),
            ("-2.50", "-25e-1"),
        ] {
            assert_eq!(Decimal::parse(a), Decimal::parse(b), "{a} {b}");
            assert!(Decimal::parse(a).is_some(), "{a}");
        }
    }

    #[test]
    fn values_that_share_a_double_are_not_equal() {
        for (a, b) in [
            ("1.0000000000000001", "1"),
            ("9007199254740993", "9007199254740992"),
            ("1e-400", "0"),
            ("0.1", "0.1000000000000000055511151231257827"),
            ("1", "-1"),
        ] {
            assert_ne!(Decimal::parse(a), Decimal::parse(b), "{a} {b}");
        }
    }

    #[test]
    fn a_number_is_an_integer_by_its_digits_alone() {
        for (raw, integer) in [
            ("0", Some(0)),
            ("-0", Some(0)),
            ("1.0", Some(1)),
            ("-1.5e1", Some(-15)),
            ("999999999999999999", Some(999_999_999_999_999_999)),
            ("1e17", Some(100_000_000_000_000_000)),
            ("1e18", None),
            ("1e99999999999999999999", None),
            ("1.0000000000000001", None),
            ("1e-400", None),
            ("0.5", None),
        ] {
            assert_eq!(Decimal::parse(raw).and_then(|decimal| decimal.to_integer()), integer, "{raw}");
        }
        assert!(Decimal::parse("1e300").is_some_and(|decimal| decimal.is_whole()));
        assert!(Decimal::parse("1.0000000000000001").is_some_and(|decimal| !decimal.is_whole()));
    }
}
