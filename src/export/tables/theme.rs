//! The tables `theme` and `record_theme`.

use super::column::table;
use super::{Context, english, to};
use crate::record::Theme;

table! {
    /// One row for every theme of the taxonomy.
    ThemeRow "theme" key ["ref"] {
        /// The theme.
        r#ref: String => "record",
        /// The English name.
        name_en: Option<String>,
        /// When to assign the theme and when not.
        definition: Option<String>,
        /// The theme of which this theme is a part.
        broader: Option<String> => "record",
    }
}

table! {
    /// One row for every theme of a record.
    RecordThemeRow "record_theme" key ["ref", "theme"] {
        /// The record.
        r#ref: String => "record",
        /// The theme.
        theme: String => "record",
        /// The broader theme of that theme.
        broader: Option<String> => "record",
    }
}

pub(super) fn rows(context: &Context<'_>) -> Vec<ThemeRow> {
    let rows = context.each::<Theme>().map(|(key, record, theme)| ThemeRow {
        r#ref: key.to_string(),
        name_en: record.title().map(str::to_owned),
        definition: english(Some(&theme.definition)),
        broader: theme.broader.as_ref().map(to),
    });
    rows.collect()
}

pub(super) fn record_rows(context: &Context<'_>) -> Vec<RecordThemeRow> {
    let mut rows = Vec::new();
    for (key, record) in &context.records {
        for theme in record.envelope.themes.iter().flatten() {
            let broader = context.dataset.get(theme).and_then(|(.., theme)| theme.broader.as_ref());
            rows.push(RecordThemeRow { r#ref: key.to_string(), theme: to(theme), broader: broader.map(to) });
        }
    }
    rows
}
