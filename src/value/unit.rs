//! What figures measure, and their units.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use iso_currency::IntoEnumIterator;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::code::{Code, CodeVisitor, codes};
use super::refusal::{Refusal, nearest};

codes! {
    /// What a figure counts or measures.
    Measure {
        /// People who took part.
        Participants = "participants",
        /// People who were trained or taught.
        Trainees = "trainees",
        /// People who trained or taught.
        Instructors = "instructors",
        /// Soldiers, sailors or airmen deployed at that time.
        TroopsDeployed = "troops-deployed",
        /// Soldiers, sailors or airmen who served over the whole time, rotations added up.
        TroopsRotated = "troops-rotated",
        /// Doctors, nurses and other medical staff.
        MedicalStaff = "medical-staff",
        /// Patients treated.
        Patients = "patients",
        /// Countries that took part or are concerned.
        Countries = "countries",
        /// Members of a body, a framework or a group.
        Members = "members",
        /// Ships used.
        Ships = "ships",
        /// Aircraft used.
        Aircraft = "aircraft",
        /// Depots, centres, hospitals, schools built, repaired or used.
        Facilities = "facilities",
        /// Rounds of ammunition and explosive remnants destroyed.
        MunitionsDestroyed = "munitions-destroyed",
        /// Missiles destroyed.
        MissilesDestroyed = "missiles-destroyed",
        /// Small arms and light weapons destroyed.
        WeaponsDestroyed = "weapons-destroyed",
        /// Ships hailed or tracked.
        ShipsMonitored = "ships-monitored",
        /// Ships boarded.
        ShipsBoarded = "ships-boarded",
        /// Ships escorted.
        ShipsEscorted = "ships-escorted",
        /// Flights flown.
        Sorties = "sorties",
        /// Days at sea, added up over ships.
        ShipDays = "ship-days",
        /// Courses, meetings, events and other activities.
        Activities = "activities",
        /// Projects.
        Projects = "projects",
        /// Money set aside or planned for the whole.
        Budget = "budget",
        /// Money promised.
        Pledged = "pledged",
        /// Money spent.
        Spent = "spent",
        /// How long it was meant to take.
        DurationPlanned = "duration-planned",
        /// A share aimed at.
        TargetShare = "target-share",
    }
}

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

/// A currency of ISO 4217.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// Every currency, by code.
    pub fn all() -> impl Iterator<Item = Self> {
        iso_currency::Currency::iter().map(Self)
    }

    /// The three letters.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// The English name.
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// The currency of that code.
    pub fn parse(code: &str) -> Option<Self> {
        iso_currency::Currency::from_code(code).map(Self)
    }
}

/// The unit of a figure: a plain unit, or a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unit {
    /// Counted or measured.
    Plain(Plain),
    /// Money.
    Money(Currency),
}

impl Unit {
    /// Whether it is money.
    pub fn is_money(self) -> bool {
        matches!(self, Self::Money(_))
    }

    /// The unit as written.
    pub fn code(self) -> &'static str {
        match self {
            Self::Plain(plain) => plain.code(),
            Self::Money(currency) => currency.code(),
        }
    }

    /// The unit of that text.
    pub fn parse(text: &str) -> Option<Self> {
        Plain::parse(text).map(Self::Plain).or_else(|| Currency::parse(text).map(Self::Money))
    }
}

impl Measure {
    /// The units that fit: a count of people in persons, money in a currency.
    pub fn fits(self, unit: Unit) -> bool {
        match self {
            Self::Participants
            | Self::Trainees
            | Self::Instructors
            | Self::TroopsDeployed
            | Self::TroopsRotated
            | Self::MedicalStaff
            | Self::Patients => unit == Unit::Plain(Plain::Persons),
            Self::Countries => unit == Unit::Plain(Plain::Countries),
            Self::Members => matches!(unit, Unit::Plain(Plain::Countries | Plain::Persons | Plain::Items)),
            Self::Ships | Self::ShipsMonitored | Self::ShipsBoarded | Self::ShipsEscorted => {
                unit == Unit::Plain(Plain::Ships)
            }
            Self::Aircraft => unit == Unit::Plain(Plain::Aircraft),
            Self::MunitionsDestroyed | Self::MissilesDestroyed | Self::WeaponsDestroyed => {
                matches!(unit, Unit::Plain(Plain::Items | Plain::Tonnes))
            }
            Self::Facilities | Self::Sorties | Self::Activities | Self::Projects => unit == Unit::Plain(Plain::Items),
            Self::ShipDays => unit == Unit::Plain(Plain::Days),
            Self::DurationPlanned => matches!(unit, Unit::Plain(Plain::Days | Plain::Months)),
            Self::TargetShare => unit == Unit::Plain(Plain::Percent),
            Self::Budget | Self::Pledged | Self::Spent => unit.is_money(),
        }
    }

    /// The units that fit, for a message.
    pub fn fitting(self) -> String {
        if self.fits(Unit::Money(Currency(iso_currency::Currency::EUR))) {
            return "a currency such as `EUR` or `USD`".to_owned();
        }
        let units: Vec<_> = Plain::ALL
            .iter()
            .filter(|plain| self.fits(Unit::Plain(**plain)))
            .map(|plain| format!("`{plain}`"))
            .collect();
        units.join(" or ")
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

macro_rules! from_code {
    ($($type:ident, $what:literal, $codes:expr;)+) => { $(
        impl FromStr for $type {
            type Err = Refusal;

            fn from_str(text: &str) -> Result<Self, Refusal> {
                let refusal = || {
                    let meant = nearest(text, $codes).map(str::to_owned);
                    Refusal::new(format!(concat!("`{}` is not ", $what), text)).meant(meant)
                };
                Self::parse(text).ok_or_else(refusal)
            }
        }

        impl TryFrom<&str> for $type {
            type Error = Refusal;

            fn try_from(text: &str) -> Result<Self, Refusal> {
                text.parse()
            }
        }

        impl TryFrom<String> for $type {
            type Error = Refusal;

            fn try_from(text: String) -> Result<Self, Refusal> {
                text.parse()
            }
        }
    )+ };
}

from_code! {
    Currency, "a currency of ISO 4217", Currency::all().map(Currency::code);
    Unit, "a unit", Plain::ALL.iter().map(|plain| plain.code()).chain(Currency::all().map(Currency::code));
}

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
            "description": "In what a figure is counted: persons, countries, ships, aircraft, items, tonnes, days, months, percent, or a currency of ISO 4217.",
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
        assert_eq!("Troops rotated".parse::<Measure>().expect_err("a code").meant.as_deref(), Some("troops-rotated"));
    }

    #[test]
    fn every_measure_has_a_unit_that_fits() {
        for measure in Measure::ALL {
            assert!(!measure.fitting().is_empty(), "{measure}");
        }
    }
}
