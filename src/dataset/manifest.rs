//! The manifest of a dataset: `dataset.json`.

use std::collections::BTreeMap;

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
