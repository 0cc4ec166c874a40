//! The subjects of a record.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::record::Theme;
use crate::value::{Ref, UniqueList};

/// The subjects of a record: at most five themes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Themes(UniqueList<Ref<Theme>>);

impl Themes {
    const MOST: usize = 5;

    /// The themes.
    pub fn all(&self) -> &[Ref<Theme>] {
        &self.0
    }

    /// Each theme.
    pub fn iter(&self) -> std::slice::Iter<'_, Ref<Theme>> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a Themes {
    type Item = &'a Ref<Theme>;
    type IntoIter = std::slice::Iter<'a, Ref<Theme>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Themes {
    type Item = Ref<Theme>;
    type IntoIter = std::vec::IntoIter<Ref<Theme>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'de> Deserialize<'de> for Themes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let themes = UniqueList::deserialize(deserializer)?;
        if themes.len() > Self::MOST { Err(serde::de::Error::custom("at most five themes")) } else { Ok(Self(themes)) }
    }
}

impl JsonSchema for Themes {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Themes".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mut schema = UniqueList::<Ref<Theme>>::json_schema(generator);
        schema.insert("maxItems".to_owned(), Self::MOST.into());
        schema
    }
}
