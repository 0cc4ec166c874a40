//! Commands that do not exist: which command is meant.

use clap::error::{ContextKind, ContextValue, ErrorKind};
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

/// The message for a command that does not exist, with the command that is meant; `None` for any other error.
pub(crate) fn command(error: &clap::Error, program: &clap::Command) -> Option<String> {
    if error.kind() != ErrorKind::InvalidSubcommand {
        return None;
    }
    let Some(ContextValue::String(typed)) = error.get(ContextKind::InvalidSubcommand) else { return None };
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
    Some(format!("there is no command `{typed}`; {hint}"))
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
