//! Names besides `names`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::code::codes;
use crate::value::{Language, Text};

/// A name of a record besides its `names`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Alias {
    /// The name.
    pub text: Text,
    /// The language of the name.
    pub language: Language,
    /// The type of the name.
    pub r#type: AliasType,
}

codes! {
    /// The type of an alias.
    AliasType {
        /// The full official name or title.
        Official = "official",
        /// Initials, or a word made of initials.
        Acronym = "acronym",
        /// A shortened form.
        Short = "short",
        /// A name that is no longer in use.
        Former = "former",
        /// The name in another script.
        Transliteration = "transliteration",
        /// Any other name in use.
        Alternative = "alternative",
    }
}
