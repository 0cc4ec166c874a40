//! Units of figures.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::code::{Code, CodeVisitor, codes};
use super::currency::Currency;
use super::refusal::{Refusal, nearest};
use crate::from_text::from_text;

codes! {
    /// Units that are not currencies.
    Plain {
        /// People.
        Persons = "persons" ["people", "soldiers", "troops", "men", "officers", "trainees", "participants", "officials", "guests", "personnes", "personas", "أشخاص"],
        /// Countries.
        Countries = "countries",
        /// Ships.
        Ships = "ships" ["boats", "vessels", "warships", "navires", "buques", "سفن"],
        /// Aircraft.
        Aircraft = "aircraft",
        /// Things counted one by one.
        Items = "items",
        /// Metric tonnes.
        Tonnes = "tonnes",
        /// Days.
        Days = "days",
        /// Months.
        Months = "months",
        /// Hundredths of a whole.
        Percent = "percent" ["%", "per-cent", "pour-cent"],
    }
}

/// Whether a list of codes is that of the units.
pub(crate) fn is_list_of_units(codes: &[&str]) -> bool {
    codes.contains(&Plain::Persons.code()) && codes.contains(&Currency::EURO.code())
}

/// The codes of a list that are words, and no codes of countries or currencies: any few capital letters are like some of these.
pub(crate) fn words_among<'c>(codes: &[&'c str]) -> impl Iterator<Item = &'c str> {
    codes.iter().copied().filter(|code| code.starts_with(char::is_lowercase))
}

/// The unit of a figure: a plain unit, or a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unit {
    /// A unit of things, time or shares.
    Plain(Plain),
    /// A unit of money.
    Money(Currency),
}

impl Unit {
    /// Whether the unit is a currency.
    pub fn is_money(self) -> bool {
        matches!(self, Self::Money(_))
    }

    /// Whether the unit counts things one by one, so that there are only whole numbers of them.
    pub fn is_counted(self) -> bool {
        use Plain::{Aircraft, Countries, Items, Persons, Ships};
        matches!(self, Self::Plain(Persons | Countries | Ships | Aircraft | Items))
    }

    /// The text of the unit.
    pub fn code(self) -> &'static str {
        match self {
            Self::Plain(plain) => plain.code(),
            Self::Money(currency) => currency.code(),
        }
    }

    /// The unit with a text.
    pub fn parse(text: &str) -> Option<Self> {
        Plain::parse(text).map(Self::Plain).or_else(|| Currency::parse(text).map(Self::Money))
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

from_text!(impl for Unit, Refusal, |text| {
    // Any three letters are like those of some currency.
    let codes = || Plain::ALL.iter().map(|plain| plain.code());
    let refusal = || Refusal::new(format!("`{text}` is not a unit")).meant(nearest(text, codes()).map(str::to_owned));
    Unit::parse(text).ok_or_else(refusal)
});

impl Serialize for Unit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Unit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(UnitVisitor)
    }
}

/// What people call currencies.
const CALLED: &[(&str, &[&str])] = &[
    ("EUR", &["euro", "euros", "€"]),
    ("USD", &["dollar", "dollars", "us-dollars", "us$", "$"]),
    ("MAD", &["dirham", "dirhams", "dh"]),
    ("GBP", &["pounds", "pound", "£"]),
];

struct UnitVisitor;

impl serde::de::Visitor<'_> for UnitVisitor {
    type Value = Unit;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        serde::de::Visitor::expecting(&CodeVisitor::<Plain>(std::marker::PhantomData), f)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Unit, E> {
        Unit::parse(text).ok_or_else(|| E::custom("not a unit"))
    }
}

impl JsonSchema for Unit {
    fn schema_name() -> Cow<'static, str> {
        "Unit".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let plain = Plain::ALL.iter().map(|plain| (plain.code(), plain.meaning().to_owned()));
        let (codes, meanings): (Vec<_>, Vec<_>) =
            plain.chain(Currency::all().map(|currency| (currency.code(), currency.name().to_owned()))).unzip();
        let words = CALLED.iter().map(|(code, words)| ((*code).to_owned(), Value::from(*words)));
        let plain = Plain::ALL.iter().filter(|plain| !plain.synonyms().is_empty());
        let synonyms: Map<String, Value> =
            plain.map(|plain| (plain.code().to_owned(), plain.synonyms().into())).chain(words).collect();
        json_schema!({
            "description": "The unit of a figure: persons, countries, ships, aircraft, items, tonnes, days, months, percent, or a currency of ISO 4217.",
            "type": "string", "enum": codes, "enumDescriptions": meanings, "x-synonyms": synonyms
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_plain_or_a_currency() {
        assert_eq!(Unit::parse("persons"), Some(Unit::Plain(Plain::Persons)));
        assert_eq!(Unit::parse("EUR").map(Unit::is_money), Some(true));
        for bad in ["", "euro", "eur", "people"] {
            assert_eq!(Unit::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_unit_is_read_from_text_and_written_as_it_was() {
        for unit in ["persons", "EUR", "months"] {
            assert_eq!(unit.parse::<Unit>().map(|unit| unit.to_string()).as_deref(), Ok(unit));
        }
        let refusal = "person".parse::<Unit>().expect_err("not a unit");
        assert_eq!(refusal.to_string(), "`person` is not a unit; did you mean `persons`?");
    }
}
