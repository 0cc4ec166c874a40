//! Numbers, held to the same limits by the schema and by the types.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

/// A count or an amount: from 0 to 10^15, so that every reader's double holds it exactly enough.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Amount(f64);

impl Amount {
    /// The largest amount.
    pub const MOST: f64 = 1e15;

    /// The number.
    pub fn get(self) -> f64 {
        self.0
    }
}

/// Degrees of latitude, north positive, -90 to 90.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Latitude(f64);

impl Latitude {
    /// Degrees.
    pub fn get(self) -> f64 {
        self.0
    }
}

/// Degrees of longitude, east positive, -180 to 180.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Longitude(f64);

impl Longitude {
    /// Degrees.
    pub fn get(self) -> f64 {
        self.0
    }
}

macro_rules! limited {
    ($($type:ident, $least:expr, $most:expr, $example:literal, $about:literal;)+) => { $(
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let number = f64::deserialize(deserializer)?;
                if ($least..=$most).contains(&number) { Ok(Self(number)) } else { Err(D::Error::custom("outside the range")) }
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
