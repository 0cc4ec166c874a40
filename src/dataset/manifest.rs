//! What a dataset says of itself.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::code::codes;
use crate::value::{Slug, Text, Texts, UniqueList, Url};

/// What a dataset says of itself, in the `dataset.json` that marks its root.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The address of this file's schema, so that an editor can help.
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// What the dataset is called, by language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Texts>,
    /// What it holds, by language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Texts>,
    /// The licence of the records, as SPDX writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<Text>,
    /// Its page on the web.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub homepage: Option<Url>,
    /// Rules whose level is not the usual one here, by the rule's code.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rules: BTreeMap<Slug, RuleLevel>,
    /// Sites that copy other publishers' texts, by host name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aggregators: Option<UniqueList<Text>>,
    /// What the dataset claims to cover completely; without it, a reader must take absence for "not recorded".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Texts>,
}

codes! {
    /// What a dataset makes of a rule.
    RuleLevel {
        /// Its findings block a merge.
        Error = "error",
        /// Its findings are to be mended or explained.
        Warning = "warning",
        /// Its findings are worth knowing.
        Note = "note",
        /// It does not run.
        Off = "off",
    }
}
