//! Currencies of ISO 4217.

use std::fmt;

use iso_currency::IntoEnumIterator;

use super::refusal::Refusal;
use crate::from_text::from_text;

/// A currency of ISO 4217.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// The euro.
    pub const EURO: Self = Self(iso_currency::Currency::EUR);

    /// Every currency, by code.
    pub fn all() -> impl Iterator<Item = Self> {
        iso_currency::Currency::iter().map(Self)
    }

    /// The three letters of the currency.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// The English name of the currency.
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// The currency with a code.
    pub fn parse(code: &str) -> Option<Self> {
        iso_currency::Currency::from_code(code).map(Self)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

from_text!(impl for Currency, Refusal, |text| {
    // Nothing is offered: any three letters are like those of some currency.
    Currency::parse(text).ok_or_else(|| Refusal::new(format!("`{text}` is not a currency of ISO 4217")))
});
