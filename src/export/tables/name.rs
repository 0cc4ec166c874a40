//! The table `name`.

use super::Context;
use super::column::table;

table! {
    /// One row for every name of a record, in every language.
    NameRow "name" key ["ref", "seq"] {
        /// The record.
        r#ref: String => "record",
        /// The number of the name within the record.
        seq: i64,
        /// The language of the name (BCP 47).
        language: String,
        /// The name.
        text: String,
        /// `label` for the name that the record goes by in this language, else the type of the alias.
        name_type: String where ["NameType"],
    }
}

pub(super) fn rows(context: &Context<'_>) -> Vec<NameRow> {
    let mut rows = Vec::new();
    for (key, record) in &context.records {
        let labels = record.envelope.names.iter().flat_map(|names| names.iter());
        let labels = labels.map(|(language, text)| (language.to_string(), text.to_string(), "label".to_owned()));
        let aliases = record.envelope.aliases.iter().flat_map(|aliases| aliases.iter());
        let aliases =
            aliases.map(|alias| (alias.language.to_string(), alias.text.to_string(), alias.r#type.to_string()));
        for (seq, (language, text, name_type)) in (1..).zip(labels.chain(aliases)) {
            rows.push(NameRow { r#ref: key.to_string(), seq, language, text, name_type });
        }
    }
    rows
}
