//! What is wrong with a file before its record can be checked: faults of the text, the size, the path.

mod bare;
mod faults;
mod likely_kind;
mod misnamed;
mod words;
mod wrapped;

use comity_document::at;
use comity_document::document::{Node, Value};
use comity_document::pointer::Pointer;

pub use faults::{drop_literals, over_faults, settle_literals};
pub use likely_kind::over_likely_kind;
pub use misnamed::{drop_consequences, misnamed};
pub use wrapped::over_wrapped;

use super::schema::{missing_field, unknown_code, wrong_type};
use crate::dataset::{EntryId, File};
use crate::kind::Kind;
use crate::lint::{Change, Finding, Findings, Place};
use crate::value::{Id, StringFormat, nearest, short};

subject! { each_file_rule {
    Reading: syntax not_utf8 duplicate_key too_large unreadable misplaced_file id_file_mismatch;
    Document: non_canonical;
} }

/// Why a file, or a line of a file, cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputError {
    /// The file is larger than the limit, in bytes.
    TooLarge {
        /// The size.
        size: u64,
        /// The limit.
        limit: u64,
    },
    /// A byte is not part of UTF-8.
    NotUtf8 {
        /// The byte's offset.
        offset: usize,
        /// The byte's line, from 1.
        line: usize,
        /// The text before the byte on its line; the end of it, if the line is long.
        before: String,
        /// The byte.
        byte: u8,
    },
    /// A link, a device or a folder without permission: what it is, and what to do.
    Unreadable(String, &'static str),
    /// The file is neither `.json` nor `.ndjson`, or lies in no folder of a kind.
    Misplaced(&'static str),
}

impl InputError {
    /// Checks the size and the encoding of a text.
    ///
    /// # Errors
    /// When the text is larger than the limit, or not UTF-8.
    pub fn check(bytes: &[u8], limit: usize) -> Result<&str, Self> {
        if bytes.len() > limit {
            return Err(Self::TooLarge { size: bytes.len() as u64, limit: limit as u64 });
        }
        simdutf8::compat::from_utf8(bytes).map_err(|error| {
            let offset = error.valid_up_to();
            let good = String::from_utf8_lossy(&bytes[..offset]);
            let last = good.rsplit('\n').next().unwrap_or_default();
            let skip = last.chars().count().saturating_sub(24);
            Self::NotUtf8 {
                offset,
                line: good.matches('\n').count() + 1,
                before: last.chars().skip(skip).collect::<String>().trim_start().to_owned(),
                byte: bytes[offset],
            }
        })
    }

    /// The reasons that follow from the path, whatever the file holds.
    pub const REASONS_OF_PATHS: [&str; 2] = ["unreadable", "misplaced"];

    /// Why the file was not checked, for the report.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too large",
            Self::NotUtf8 { .. } => "not UTF-8",
            Self::Unreadable(..) => "unreadable",
            Self::Misplaced(_) => "misplaced",
        }
    }
}

/// Reports why a file cannot be read.
pub fn over_input_error(error: &InputError, file: &File, entry: EntryId, out: &mut Vec<Finding>) {
    let (rule, message, help) = match error {
        InputError::TooLarge { size, limit } => {
            let message = format!("this has {}, and at most {} are read", words::size(*size), words::size(*limit));
            (&too_large::RULE, message, "split it into several records; a record needs a few kilobytes".to_owned())
        }
        InputError::NotUtf8 { offset, line, before, byte } => {
            let (message, help) = words::not_utf8(*offset, *line, before, *byte);
            (&not_utf8::RULE, message, help)
        }
        InputError::Unreadable(what, help) => (&unreadable::RULE, what.clone(), (*help).to_owned()),
        InputError::Misplaced(what) => (&misplaced_file::RULE, (*what).to_owned(), folder(file)),
    };
    Findings::new(rule, out).at(entry, Place::File, message).help(help);
}

/// Where a file belongs, and under which name: in the folder that its own folder resembles, or else in the folder of
/// its kind.
fn folder(file: &File) -> String {
    let name = file.path.rsplit('/').next().unwrap_or_default();
    match name.split_once('.') {
        _ if name == "dataset.json" => {
            return "if this is a record, give the file the record's id as its name; if it describes the dataset, write what it says into the `dataset.json` of the top folder, and remove this file".to_owned();
        }
        Some((stem, "txt" | "json.txt" | "json.json" | "JSON" | "Json" | "jsn" | "json5" | "jsonc" | "js")) => {
            return format!(
                "if it is a record, call the file `{stem}.json` (some systems hide what stands behind the point); else move it out of this folder"
            );
        }
        Some((_, "doc" | "docx" | "odt" | "rtf" | "pdf" | "xls" | "xlsx" | "ods" | "csv" | "html" | "htm")) => {
            return "a record is plain text in a file that ends in `.json`; move this file out of the dataset's folder"
                .to_owned();
        }
        Some((stem, "yaml" | "yml" | "toml" | "xml")) => {
            return format!(
                "a record is a JSON file: write it again as {{ \"names\": {{ \"en\": \"…\" }}, … }} in a file called `{stem}.json`, or let `comity new` write it"
            );
        }
        _ => {}
    }
    let below = file.path.rsplit('/').take(file.depth + 1).last();
    let mut folders = below.into_iter().chain(file.path.rsplit('/').nth(1));
    match folders.find_map(kind_of_folder).filter(|_| file.kind.is_none()) {
        Some(near) => format!("did you mean the folder `{near}`?"),
        None => words::layout(),
    }
}

/// The kind that the name of a folder resembles.
fn kind_of_folder(name: &str) -> Option<Kind> {
    Kind::parse(nearest(name, Kind::ALL.map(Kind::name))?)
}

/// Reports a record's own `kind` that differs from its folder.
pub fn over_kind(own: Kind, folder: Kind, entry: EntryId, out: &mut Vec<Finding>) {
    let message = format!("this says `{own}`, and the file lies in the folder `{folder}`");
    let help = format!("move the file into the folder `{own}`, or write `{folder}` here");
    Findings::new(&id_file_mismatch::RULE, out).at(entry, at!["kind"], message).help(help);
}

/// Reports a `$schema` that is that of another kind: an editor checks the record by it.
pub fn over_schema(root: &Node<'_>, folder: Kind, entry: EntryId, out: &mut Vec<Finding>) {
    let Some(written) = root.get("$schema").and_then(Node::as_str) else { return };
    let name = written.rsplit('/').next().and_then(|file| file.strip_suffix(".schema.json"));
    let other = Kind::ALL.into_iter().find(|kind| Some(kind.name()) == name && *kind != folder);
    let Some(other) = other else { return };
    let own = written.replace(&format!("{other}.schema.json"), &format!("{folder}.schema.json"));
    let (at, what) = (at!["$schema"], other.with_article());
    let message = format!("this is the schema of {what}, and the file lies in the folder `{folder}`");
    Findings::new(&id_file_mismatch::RULE, out)
        .at(entry, at.clone(), message)
        .help(format!("write `{own}`; or, if this is {what}, move the file into the folder `{other}`"))
        .suggest(format!("write `{own}`"), Change::Replace { at, with: own.into() });
}

/// Reports a file name that cannot be an id, and a record's own `id` that differs from the file name. The schema check
/// reports an own `id` that cannot be an id.
pub fn over_id(own: Option<&str>, stem: &str, kind: Kind, entry: EntryId, out: &mut Vec<Finding>) {
    let mut findings = Findings::new(&id_file_mismatch::RULE, out);
    if let Err(refusal) = Id::parse(stem) {
        let message = format!("the file's name is the id of the {kind}, and `{stem}` cannot be one");
        let own = own.filter(|own| Id::parse(own).is_ok());
        let help = match own.map(str::to_owned).or(refusal.meant) {
            Some(id) => {
                format!(
                    "call the file `{id}.json`; if there is such a file already, this is a copy: give it a name of its own"
                )
            }
            None => refusal.help.map_or_else(
                || format!("call the file by {}", Id::EXPECTED),
                |help| format!("{}; {help}", refusal.why),
            ),
        };
        findings.at(entry, Place::File, message).help(help);
    } else if let Some(own) = own.filter(|own| *own != stem) {
        let at = at!["id"];
        findings
            .at(entry, at.clone(), format!("the id is `{own}`, and the file is called `{stem}.json`"))
            .help(format!(
                "write `{stem}`; only if no other file has the record `{own}`, call this file `{own}.json` instead"
            ))
            .suggest(format!("write `{stem}`"), Change::Replace { at, with: stem.into() });
    }
}

/// Identifies the record of a line of an `.ndjson` file, which has no path to give kind and id. Returns the kind.
pub fn over_line(root: &Node<'_>, entry: EntryId, out: &mut Vec<Finding>) -> Option<Kind> {
    let kinds = || format!("`{}`", Kind::ALL.map(Kind::name).join("`, `"));
    let mut report = |rule, at: Pointer, message: String, help: String| {
        Findings::new(rule, out).at(entry, at, message).help(help);
    };
    if !matches!(root.value, Value::Object(_)) {
        let help = "each line of such a file is one record: {\"kind\":\"event\",…}";
        report(&wrong_type::RULE, at![], "a record `{ … }` belongs on this line".to_owned(), help.to_owned());
        return None;
    }
    let missing = |field: &str| format!("the field `{field}` is missing, which every line of such a file has");
    if root.get("id").is_none() {
        let help = "add \"id\": \"rabat-seminar-2019\" (the record's own name)";
        report(&missing_field::RULE, at![], missing("id"), help.to_owned());
    }
    let Some(written) = root.get("kind") else {
        let help = format!("add \"kind\": \"…\" with one of {}", kinds());
        report(&missing_field::RULE, at![], missing("kind"), help);
        return None;
    };
    let word = written.as_str().unwrap_or_default();
    let kind = Kind::parse(word);
    if kind.is_none() {
        let near = nearest(word, Kind::ALL.map(Kind::name));
        let help = near.map_or_else(|| format!("the kinds are {}", kinds()), |near| format!("did you mean `{near}`?"));
        report(&unknown_code::RULE, at!["kind"], format!("`{}` is no kind of record", short(word)), help);
    }
    kind
}
