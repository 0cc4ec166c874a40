//! Numbers with limits, which the schema and the types share.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::refusal::Refusal;
use crate::from_text::from_text;

/// A count or an amount: 0 to 10^15. A double holds every whole number up to this limit exactly.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Amount(f64);

impl Amount {
    /// The largest amount.
    pub const MOST: f64 = 1e15;

    /// The number.
    pub fn get(self) -> f64 {
        self.0
    }
}

/// Degrees of latitude, -90 to 90; north is positive.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Latitude(f64);

impl Latitude {
    /// The number of degrees.
    pub fn get(self) -> f64 {
        self.0
    }
}

/// Degrees of longitude, -180 to 180; east is positive.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Longitude(f64);

impl Longitude {
    /// The number of degrees.
    pub fn get(self) -> f64 {
        self.0
    }
}

/// Writes a whole number without a fraction, as in records: `338`, not `338.0`.
#[expect(clippy::cast_possible_truncation, reason = "the limits of every type here lie within 64 bits")]
fn serialize<S: Serializer>(number: f64, serializer: S) -> Result<S::Ok, S::Error> {
    if number.fract() == 0.0 { serializer.serialize_i64(number as i64) } else { serializer.serialize_f64(number) }
}

macro_rules! limited {
    ($($type:ident, $least:expr, $most:expr, $example:literal, $about:literal;)+) => { $(
        impl TryFrom<f64> for $type {
            type Error = Refusal;

            fn try_from(number: f64) -> Result<Self, Refusal> {
                let limits = $least..=$most;
                let refuse = || format!("`{number}` is not between {} and {}", limits.start(), limits.end());
                if limits.contains(&number) { Ok(Self(number)) } else { Err(Refusal::new(refuse())) }
            }
        }

        from_text!(impl for $type, Refusal, |text| {
            let number = text.parse::<f64>().map_err(|_| Refusal::new(format!("`{text}` is no number")))?;
            number.try_into()
        });

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serialize(self.0, serializer)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let number = f64::deserialize(deserializer)?;
                number.try_into().map_err(|_: Refusal| D::Error::custom("outside the range"))
            }
        }

        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "description": $about, "type": "number", "minimum": $least, "maximum": $most, "examples": [$example] })
            }
        }
    )+ };
}

limited! {
    Amount, 0.0, Self::MOST, 40, "A count or an amount, 0 or more.";
    Latitude, -90.0, 90.0, 34.02, "Degrees north of the equator; south is negative.";
    Longitude, -180.0, 180.0, -6.83, "Degrees east of Greenwich; west is negative.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_is_written_without_a_fraction() {
        for (typed, written) in
            [("338", "338"), ("338.0", "338"), ("34.26", "34.26"), ("1e15", "1000000000000000"), ("0.1", "0.1")]
        {
            let amount: Amount = serde_json::from_str(typed).expect(typed);
            assert_eq!(serde_json::to_string(&amount).expect(typed), written);
            assert_eq!(amount.to_string(), written);
        }
        let south: Latitude = "-6".parse().expect("degrees");
        assert_eq!(serde_json::to_string(&south).expect("JSON"), "-6");
    }

    #[test]
    fn a_number_outside_its_limits_is_refused() {
        for bad in ["-1", "1e16", "NaN", "inf", "many", ""] {
            assert!(bad.parse::<Amount>().is_err(), "{bad}");
        }
        assert!(Latitude::try_from(90.0).is_ok() && Latitude::try_from(90.5).is_err());
        assert!(Longitude::try_from(180.5).is_err());
    }
}
