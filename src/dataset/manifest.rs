//! The manifest of a dataset: `dataset.json`.

use std::collections::BTreeMap;
use std::fmt::Display;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::code::codes;
use crate::value::{DataVersion, Day, Licence, Slug, Text, Texts, UniqueList, Url};

/// The manifest of a dataset: the file `dataset.json`, which marks the root of the dataset.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The address of the schema, for editors.
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The title of the dataset, by language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Texts>,
    /// A description of the content, by language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Texts>,
    /// The version of the dataset: the year and the month of the release.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<DataVersion>,
    /// The day on which the research for this version was closed. Later events are not in the dataset.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Day>,
    /// The licence of the records, as an SPDX expression. Without one, nobody may use them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<Licence>,
    /// Who publishes the dataset, and is cited as its author: an organisation, or all contributors together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Text>,
    /// The address of the dataset's page on the web.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub homepage: Option<Url>,
    /// Rules with a level of this dataset's own, by the code of the rule.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rules: BTreeMap<Slug, RuleLevel>,
    /// The host names of sites that copy the texts of other publishers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aggregators: Option<UniqueList<Text>>,
    /// What the dataset covers completely, by language. Elsewhere, a missing record means only "not recorded".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Texts>,
}

/// A field of a manifest that only goes forward, and went back.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StepBack {
    /// The name of the field.
    pub field: &'static str,
    /// The value before.
    pub before: String,
    /// The value now.
    pub now: String,
}

impl Manifest {
    /// What is earlier in this manifest than in one before it: the version, or the day on which the research was closed.
    pub fn step_back(&self, before: &Self) -> Option<StepBack> {
        let step = |field, before: &dyn Display, now: &dyn Display| StepBack {
            field,
            before: before.to_string(),
            now: now.to_string(),
        };
        let version = before.version.as_ref().zip(self.version.as_ref()).filter(|(before, now)| before.is_after(now));
        let as_of = before.as_of.zip(self.as_of).filter(|(before, now)| before > now);
        version
            .map(|(before, now)| step("version", &before.as_ref(), &now.as_ref()))
            .or_else(|| as_of.map(|(before, now)| step("as_of", &before, &now)))
    }
}

codes! {
    /// The level that a dataset gives to a rule.
    RuleLevel {
        /// Findings of the rule block a merge.
        Error = "error",
        /// Findings of the rule are to be fixed or explained.
        Warning = "warning",
        /// Findings of the rule are worth knowing.
        Note = "note",
        /// The rule does not run.
        Off = "off",
    }
}
