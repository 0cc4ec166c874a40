//! The table `code`: every closed list of codes, with the meaning of each code, as the schemas have them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::column::table;
use crate::kind::Kind;
use crate::schema;
use crate::value::lifecycle::LIFECYCLES;

table! {
    /// One row for every code of every closed list.
    CodeRow "code" key ["list", "code"] {
        /// The list.
        list: String,
        /// The number of the code within the list.
        seq: i64,
        /// The code.
        code: String,
        /// What the code means.
        definition: String,
    }
}

pub(super) fn rows() -> Vec<CodeRow> {
    let mut lists: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for kind in Kind::ALL {
        for (name, definition) in schema::structure(kind)["$defs"].as_object().into_iter().flatten() {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            if let (Some(codes), Some(meanings)) =
                (definition["enum"].as_array(), definition["enumDescriptions"].as_array())
            {
                lists.insert(name.clone(), codes.iter().map(text).zip(meanings.iter().map(text)).collect());
            }
        }
    }
    for (name, statuses) in LIFECYCLES {
        let statuses = statuses.iter().map(|status| (status.code.to_owned(), status.meaning.to_owned()));
        lists.insert((*name).to_owned(), statuses.collect());
    }
    // A name in a table is the label, or an alias.
    let label = ("label".to_owned(), "The name that the record goes by in the language.".to_owned());
    let aliases = lists.get("AliasType").cloned().unwrap_or_default();
    lists.insert("NameType".to_owned(), std::iter::once(label).chain(aliases).collect());
    let of_list = |(list, codes): (String, Vec<(String, String)>)| {
        let row = move |(seq, (code, definition)): (i64, (String, String))| CodeRow {
            list: list.clone(),
            seq,
            code,
            definition,
        };
        (1..).zip(codes).map(row).collect::<Vec<_>>()
    };
    lists.into_iter().flat_map(of_list).collect()
}
