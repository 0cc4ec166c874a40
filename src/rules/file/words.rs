//! Messages for faults of a text, for readers who have never seen JSON: what is wrong, and what to type.

use comity_document::document::{Bracket, DEPTH, Expected, FAULTS, FaultKind, LinePrefix, MEMBERS, VALUES};

use super::bare;
use crate::kind::Kind;
use crate::value::short;

/// The message of a fault, and the help.
pub(crate) fn of(what: &FaultKind) -> (String, String) {
    let (message, help) = match what {
        FaultKind::DuplicateKey { key, .. } => {
            return (
                format!("`{}` is written twice", short(key)),
                "keep one of the two, or make one of them".to_owned(),
            );
        }
        FaultKind::ByteOrderMark => (
            "an invisible mark stands before the record (a byte-order mark)",
            "save the file with the encoding `UTF-8`, not `UTF-8 with BOM`",
        ),
        FaultKind::CodeFence => (
            "these marks surround code on pages and in conversations",
            "delete the line: a file has nothing but the record",
        ),
        FaultKind::OtherText => (
            "this is no part of the record",
            "delete this text: a file has nothing but the record, from its `{` to its `}`",
        ),
        FaultKind::TrailingComma => ("trailing comma after the last entry", "no entry follows this comma; remove it"),
        FaultKind::Comment => (
            "a comment stands between the entries; records have none",
            "remove it, or say it in `summary` or in a `why`",
        ),
        FaultKind::MissingComma => ("a comma is missing between two entries", "type a comma here"),
        FaultKind::MissingColon => ("a colon is missing between a name and its value", "type a colon here"),
        FaultKind::MissingValue => {
            ("a value is missing behind the colon", "write the value before this, or remove the whole entry")
        }
        FaultKind::ExtraComma => {
            ("a comma is too many", "remove it, or write before it the entry that was to stand there")
        }
        FaultKind::NameInList => (
            "a name with a colon stands in a list",
            "close the list with `]` before the name, or write `{ … }` around names with values",
        ),
        FaultKind::SingleQuotes => ("a text stands in single quotation marks", "use the straight double ones: \""),
        FaultKind::CurlyQuotes => {
            ("a quotation mark is curly, as a word processor writes it", "use the straight one on both sides: \"")
        }
        FaultKind::StrayQuote => (
            "a quotation mark inside a text ends it too early",
            "inside a text write the curly ones: “ ”; or put a backslash before each straight one: \\\"",
        ),
        FaultKind::DoubledQuotes => (
            "doubled quotation marks, as a spreadsheet writes them",
            "write each quotation mark once: \"status\": \"held\"; and no mark around the whole record",
        ),
        FaultKind::ExtraQuote => ("a quotation mark is too many", "remove it; the text has ended before it"),
        FaultKind::UnclosedString => (
            "a text is not closed on its line",
            "type \" at its end, before a comma; where the text goes on below, join the lines: a text has no line break inside",
        ),
        FaultKind::ControlCharacter('\t') => ("a tab stands inside a text", "type a space in its place"),
        FaultKind::Empty => {
            ("the file is empty", "write the record, as in { \"names\": { \"en\": \"…\" }, … }, or delete the file")
        }
        FaultKind::NoOpening => (
            "the record does not begin with `{`",
            "put `{` before its first entry and `}` behind its last, as in { \"names\": { \"en\": \"…\" }, … }; nothing else stands in the file",
        ),
        FaultKind::MergeConflict => (
            "two versions of this record stand here, which git could not merge",
            "keep the lines of one version, or what is right of both, and delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`; where a line begins with `|||||||`, delete it with what stands between it and `=======`, which is the text before both",
        ),
        FaultKind::Utf16 => ("this file is written in UTF-16", "save it again, and choose the encoding `UTF-8`"),
        FaultKind::Yaml => (
            "this is written in YAML, and a record is written in JSON",
            "write `{` before everything and `}` behind, names and texts in \", a comma between two entries, and `{ … }` around what YAML indents, as in { \"names\": { \"en\": \"…\" }, \"type\": \"…\" }",
        ),
        FaultKind::LinePrefix(prefix) => return prefixed(*prefix),
        FaultKind::AfterEnd => (
            "something follows behind the end of the record",
            "a second record belongs in a file of its own; where this belongs to the first, remove the bracket before it",
        ),
        other => return plain(other),
    };
    (message.to_owned(), help.to_owned())
}

/// The faults whose message needs only the kind of fault.
fn plain(what: &FaultKind) -> (String, String) {
    match what {
        FaultKind::StrangeSpace(c) => (
            format!("an invisible character (U+{:04X}) stands between the entries", u32::from(*c)),
            "delete it and type a plain space; text copied from a web page often brings such characters".to_owned(),
        ),
        FaultKind::ControlCharacter(c) => {
            (format!("an invisible character (U+{:04X}) stands inside a text", u32::from(*c)), "delete it".to_owned())
        }
        FaultKind::UnquotedKey(name) => {
            let name = short(name);
            (format!("the name `{name}` stands without quotation marks"), format!("write it as \"{name}\""))
        }
        FaultKind::LoneName(name) => (format!("`{}` has no value", short(name)), lone_name(name)),
        FaultKind::HalfQuoted(words) => {
            let words = short(words);
            (format!("the quotation mark before `{words}` is missing"), format!("write it as \"{words}\""))
        }
        FaultKind::OpenName(name) => {
            let name = short(name);
            (format!("the quotation mark behind the name `{name}` is missing"), format!("write it as \"{name}\": …"))
        }
        FaultKind::BareWord(word) | FaultKind::Literal(word) => bare::word(&short(word)),
        FaultKind::BadNumber(number) => bare::number(&short(number)),
        FaultKind::Unclosed(bracket) => {
            let (open, close) = brackets(*bracket);
            (
                format!("this `{open}` is never closed"),
                format!("type `{close}` behind the last entry that belongs to it"),
            )
        }
        FaultKind::Mismatched { open, .. } => {
            let (open, close) = brackets(*open);
            (
                format!("the wrong bracket closes what `{open}` opened"),
                format!("type `{close}` here; or remove this bracket, if more follows"),
            )
        }
        FaultKind::ExtraClosing(bracket) => (
            format!("this `{bracket}` closes nothing: the record has already ended"),
            "remove it, or one before it that closes too early".to_owned(),
        ),
        FaultKind::BadEscape => (
            "a backslash stands inside a text, and means nothing there".to_owned(),
            "remove it; where the text really has a backslash, type two".to_owned(),
        ),
        FaultKind::HalfPair => (
            "a text has half of a character, as where a text was cut inside it".to_owned(),
            "delete this escape, or type the whole character in its place".to_owned(),
        ),
        FaultKind::OtherMark { found, meant } => {
            let name = if *meant == ',' { "comma" } else { "colon" };
            (format!("`{found}` cannot stand here"), format!("type a plain {name} in its place: {meant}"))
        }
        FaultKind::Unexpected { found, expected } => unexpected(&short(found), *expected),
        FaultKind::TooDeep => (
            format!("more than {DEPTH} brackets stand inside one another"),
            "a record needs no more than six or seven; look whether a closing bracket is missing further up".to_owned(),
        ),
        FaultKind::TooManyValues => (
            format!("more than {VALUES} values stand in one record"),
            "a record needs a few hundred; spread them over several records".to_owned(),
        ),
        FaultKind::TooManyFaults => (
            format!("more than {FAULTS} faults stand before this"),
            "the file is not read further; is it a record at all?".to_owned(),
        ),
        _ => (
            format!("more than {MEMBERS} entries stand between two brackets"),
            "spread them over several records".to_owned(),
        ),
    }
}

fn prefixed(prefix: LinePrefix) -> (String, String) {
    let (what, from) = match prefix {
        LinePrefix::Quote => ("`>`", "a mail puts it before what it quotes"),
        LinePrefix::Added => ("`+`", "a list of changes puts it before what is new"),
        LinePrefix::Number => ("its number", "a listing puts it there"),
    };
    (format!("each line begins with {what}: {from}"), format!("at the beginning of every line, delete {what}"))
}

/// What to do about a name without a value.
fn lone_name(name: &str) -> String {
    match name.split_once(':') {
        Some((name, value)) => format!(
            "put quotation marks around the name and around the value: \"{}\": \"{}\"",
            short(name.trim()),
            short(value.trim())
        ),
        None => "type a colon and a value behind it; texts without names stand in a list `[ … ]`".to_owned(),
    }
}

/// Whether a text is a line that git writes between two versions. Where one such line was left, the versions were merged.
pub(super) fn is_merge_mark(text: &str) -> bool {
    let marks = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];
    marks.iter().any(|mark| text.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

fn unexpected(found: &str, expected: Expected) -> (String, String) {
    if is_merge_mark(found) {
        return (
            "this line is left over from a merge in git".to_owned(),
            "delete the line, and look whether the lines around it are the right ones".to_owned(),
        );
    }
    if let Some(bare) = Some(found).filter(|_| expected == Expected::Value).and_then(bare::signed) {
        return bare;
    }
    if found.starts_with('<') {
        let help =
            "remove what comes from a web page; here a record is written, as in { \"names\": { \"en\": \"…\" }, … }";
        return (format!("`{found}` belongs to a web page, not to a record"), help.to_owned());
    }
    if found.starts_with("\\rtf") {
        let help = "save the file again as plain text, and give it the ending `.json`";
        return ("this file was saved by a word processor (RTF)".to_owned(), help.to_owned());
    }
    let help = match (expected, found) {
        (_, ";" | "،" | "؛" | "，") => "type a plain comma in its place: ,".to_owned(),
        (_, ":" | "：") if expected != Expected::Value => {
            "put `{` before the name that has this colon, and `}` behind its last entry; or remove one of two names"
                .to_owned()
        }
        (_, "=" | "：") => "type a plain colon in its place: :".to_owned(),
        (Expected::Value, _) => "a text in \", a number, true, false, `{` or `[` is expected here".to_owned(),
        (Expected::Name, _) => "a name in \" is expected here, with a colon and its value behind it".to_owned(),
        (Expected::Next(bracket), _) => {
            format!("behind a value comes a comma, or `{}` after the last one", brackets(bracket).1)
        }
    };
    (format!("`{found}` cannot stand here"), help)
}

fn brackets(bracket: Bracket) -> (char, char) {
    match bracket {
        Bracket::Object => ('{', '}'),
        Bracket::Array => ('[', ']'),
    }
}

/// The message for a byte that is not part of UTF-8.
pub(crate) fn not_utf8(offset: usize, line: usize, before: &str, byte: u8) -> (String, String) {
    if offset == 0 && matches!(byte, 0xfe | 0xff) || before.contains('\0') {
        return (
            "this file is written in UTF-16".to_owned(),
            "save it again, and choose the encoding `UTF-8`".to_owned(),
        );
    }
    if before.starts_with("PK\u{3}\u{4}") || offset == 0 && byte == 0xd0 {
        let help = "open it there, copy the text into a plain text editor, and save that with the ending `.json`";
        return ("this is a file of a word processor or a spreadsheet, not plain text".to_owned(), help.to_owned());
    }
    let behind = if before.is_empty() { String::new() } else { format!(", behind `{before}`,") };
    let message = format!("in line {line}{behind} stands a letter that cannot be read: the file is not saved as UTF-8");
    let help = "save the file again, and choose the encoding `UTF-8`; then look whether all accents are still right";
    (message, help.to_owned())
}

/// Where files belong.
pub(crate) fn layout() -> String {
    let kinds = Kind::ALL.map(Kind::name).join("`, `");
    format!("each record is a file such as `event/rabat-seminar-2019.json`; the folders are `{kinds}`")
}

/// A size in bytes, for a reader.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} bytes"),
        1_024..1_048_576 => format!("{} KiB", bytes / 1_024),
        _ => format!("{}.{} MiB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}
