//! Command lines that are refused: which command is meant, and what a missing argument is for.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use comity::kind::Kind;
use comity::schema::FieldSchema;
use comity::value::nearest;

/// Names that other programs have for what a command does. The left side is what to write after `comity`.
const MEANT: [(&str, &[&str]); 18] = [
    ("check", &["lint", "validate", "verify", "test", "audit"]),
    ("check --fix", &["fix", "repair"]),
    ("check --watch", &["watch"]),
    ("cite", &["evidence", "source"]),
    ("completions", &["complete", "completion"]),
    ("diff", &["changes", "compare"]),
    ("explain", &["doc", "docs", "rule", "why"]),
    ("export", &["bundle", "dump", "release"]),
    ("fmt", &["format", "prettify", "tidy"]),
    ("from-issue", &["import"]),
    ("list", &["ls", "query", "select"]),
    ("man", &["manpage", "manual"]),
    ("new", &["add", "create", "insert"]),
    ("rules", &["checks", "lints"]),
    ("schema", &["jsonschema", "schemas"]),
    ("search", &["find", "grep", "lookup"]),
    ("show", &["cat", "get", "open", "print", "view"]),
    ("stats", &["count", "statistics", "summary"]),
];

/// What a required argument of a command is for, with an example: the command, the argument as clap shows it, and what to
/// do.
const MISSING: [(&str, &str, &str); 9] = [
    ("completions", "<SHELL>", "say for which shell to write, as in `comity completions bash`"),
    ("explain", "<RULE>", "say which rule to explain, as in `comity explain missing-field`"),
    ("export", "--to <DIR>", "say into which folder to write, as in `comity export --to release`"),
    ("from-issue", "<FILE>", "say which file holds the body of the issue, as in `comity from-issue body.md --to data`"),
    ("from-issue", "--to <DIR>", "say which dataset gets the files, as in `comity from-issue body.md --to data`"),
    ("list", "<KIND>", "say which kind of record, as in `comity list event`"),
    ("new", "<KIND>", "say which kind of record, as in `comity new event`"),
    ("search", "<TEXT>...", "say what to look for, as in `comity search \"moroccan navy\"`"),
    ("show", "<RECORD>", "say which record to show, as in `comity show rabat-seminar-2019`"),
];

/// The message for a command line that lacks an argument, or names a command that does not exist; `None` for any other
/// error, of which clap says enough.
pub(crate) fn message(error: &clap::Error, program: &clap::Command) -> Option<String> {
    match error.kind() {
        ErrorKind::MissingRequiredArgument => missing(error).map(str::to_owned),
        ErrorKind::InvalidSubcommand => match error.get(ContextKind::InvalidSubcommand) {
            Some(ContextValue::String(typed)) => Some(unknown(typed, program)),
            _ => None,
        },
        ErrorKind::ValueValidation => no_kind(error),
        _ => None,
    }
}

/// The message for the type of a record where its kind belongs: `visit` for `event`.
fn no_kind(error: &clap::Error) -> Option<String> {
    let text = |context| match error.get(context) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        _ => None,
    };
    let typed = text(ContextKind::InvalidValue).filter(|_| text(ContextKind::InvalidArg) == Some("<KIND>"))?;
    let of = |kind: &Kind| FieldSchema::of(*kind).at("type").and_then(|types| types.code_named(typed));
    let (kind, code) = Kind::ALL.into_iter().find_map(|kind| Some((kind, of(&kind)?)))?;
    Some(format!("`{typed}` is no kind of record; `{code}` is a type of {}, so write `{kind}`", kind.with_article()))
}

fn missing(error: &clap::Error) -> Option<&'static str> {
    let Some(ContextValue::Strings(missing)) = error.get(ContextKind::InvalidArg) else { return None };
    let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) else { return None };
    let usage = usage.to_string();
    // The usage reads `Usage: comity COMMAND …`.
    let command = usage.split_whitespace().skip_while(|word| *word != "comity").nth(1)?;
    let argument = missing.first()?;
    let known = MISSING.iter().find(|(of, name, _)| *of == command && name == argument);
    known.map(|(_, _, advice)| *advice)
}

/// The message for a command that does not exist, with the command that is meant.
pub(crate) fn unknown(typed: &str, program: &clap::Command) -> String {
    let exists = |line: &str| line.split(' ').next().is_some_and(|name| program.find_subcommand(name).is_some());
    let word = typed.to_lowercase();
    let meant =
        MEANT.iter().find(|(line, names)| exists(line) && names.contains(&word.as_str())).map(|(line, _)| *line);
    let near = || nearest(&word, program.get_subcommands().map(clap::Command::get_name));
    let hint = match (meant, near()) {
        (Some(line), _) => format!("use `comity {line}`"),
        (None, Some(near)) => format!("did you mean `comity {near}`?"),
        (None, None) => "`comity help` lists the commands".to_owned(),
    };
    format!("there is no command `{typed}`; {hint}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::MEANT;

    #[test]
    fn a_name_means_one_command() {
        let names: Vec<&str> = MEANT.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        let commands: BTreeSet<&str> = MEANT.iter().filter_map(|(line, _)| line.split(' ').next()).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
        assert!(names.iter().all(|name| !commands.contains(name)));
    }
}
