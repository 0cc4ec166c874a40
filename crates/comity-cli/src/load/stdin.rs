//! Records from standard input.

use std::io::{self, Read as _};

use anyhow::{Context, anyhow};
use comity::check::{ReadList, Retention};
use comity::dataset::File;
use comity::kind::Kind;
use comity::value::{Id, StringFormat as _};
use comity_document::document::{self, Arena, Node};

use super::files::read_record;
use super::ndjson;

/// The path of standard input for the user.
const STDIN: &str = "<stdin>";

/// The text of standard input, and the file that the text stands for.
pub(super) struct Stdin {
    pub(super) text: String,
    pub(super) file: File,
}

impl Stdin {
    /// Reads standard input to its end.
    ///
    /// # Errors
    /// When it cannot be read, or is not UTF-8.
    pub(super) fn read() -> anyhow::Result<Self> {
        let text = text()?;
        Ok(Self { file: file_of(&text), text })
    }

    /// Reads the records. `number` is the index of the file in the dataset.
    pub(super) fn records(&self, number: u32, retention: Retention<'_>) -> ReadList {
        if begins_with_a_record(&self.text) {
            ndjson::read_whole(&self.file, number, self.text.as_bytes(), retention)
        } else {
            read_record(&self.file, number, self.text.as_bytes(), retention)
        }
    }
}

/// The text of standard input.
///
/// # Errors
/// When it cannot be read, or is not UTF-8.
pub(crate) fn text() -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).context("standard input cannot be read")?;
    String::from_utf8(bytes).map_err(|_| anyhow!("standard input is not UTF-8; convert the records to UTF-8 first"))
}

/// A record that gives its kind and its id stands for the file of that record; anything else is one record a line.
pub(crate) fn file_of(text: &str) -> File {
    let lines = File::new(STDIN, "lines.ndjson");
    if begins_with_a_record(text) {
        return lines;
    }
    let arena = Arena::default();
    let document = document::parse(text, &arena);
    let own = |field| document.root.as_ref().and_then(|root| root.get(field)).and_then(Node::as_str);
    match (own("kind").and_then(Kind::parse), own("id").filter(|id| Id::parse(id).is_ok())) {
        (Some(kind), Some(id)) => File::new(STDIN, &format!("{kind}/{id}.json")),
        _ => lines,
    }
}

/// Whether the first line is a whole record. One record that is laid out over several lines ends on a later line.
fn begins_with_a_record(text: &str) -> bool {
    let first = text.trim_start_matches('\u{feff}').trim_start().lines().next().unwrap_or_default().trim_end();
    first.starts_with('{') && first.ends_with('}')
}
