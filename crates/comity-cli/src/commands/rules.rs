//! `comity rules` and `comity explain`.

use std::fmt::Write as _;

use anyhow::bail;
use clap::{Args, ValueEnum};
use comity::lint::Fixable;
use comity::rules::{self, RULES};
use serde_json::json;

use super::{Done, End};
use crate::load::manifest;
use crate::output::Output;

/// What `comity rules` takes.
#[derive(Debug, Args)]
pub(crate) struct RulesArgs {
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: RulesFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum RulesFormat {
    /// One line a rule
    Table,
    /// A list of {code, summary, severity, fixable, stage, audit}
    Json,
    /// A page with a table for each stage of work
    Markdown,
}

/// What `comity explain` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  comity explain missing-field")]
pub(crate) struct ExplainArgs {
    /// The rule's code, as a message shows it in brackets
    rule: String,
}

pub(crate) fn list(args: &RulesArgs, output: &mut Output) -> Done {
    match args.format {
        RulesFormat::Table => {
            let longest = RULES.iter().map(|(rule, _)| rule.code.len()).max().unwrap_or(0);
            for (rule, _) in RULES {
                output.write(&format!("{:longest$}  {:7}  {}\n", rule.code, rule.severity.name(), rule.summary))?;
            }
        }
        RulesFormat::Json => {
            let described = |(rule, check): &(&comity::lint::Rule, comity::lint::Check)| {
                json!({
                    "code": rule.code, "summary": rule.summary, "severity": rule.severity.name(),
                    "fixable": rule.fixable.name(), "stage": check.stage(), "audit": rule.audit
                })
            };
            let list: Vec<_> = RULES.iter().map(described).collect();
            output.write(&format!("{:#}\n", json!(list)))?;
        }
        RulesFormat::Markdown => output.write(&markdown())?,
    }
    Ok(End::Clean)
}

/// The stages of a check in their order, each with its heading.
const STAGES: [(&str, &str); 7] = [
    ("reading", "While a file is read"),
    ("schema", "Against the schema of its kind"),
    ("document", "In the text of one record"),
    ("record", "In one record and those it refers to"),
    ("dataset", "Across all records"),
    ("history", "Against an earlier revision (`--base`)"),
    ("policy", "After all other rules"),
];

/// The page of all rules.
fn markdown() -> String {
    let mut page = format!(
        "# The rules\n\n\
         <!-- Written by `comity rules --format markdown`; a test holds it to the list. -->\n\n\
         {} rules, by the stage of a check that they belong to. One mistake gives one finding: a later rule does not report \
         what an earlier one has reported. An error blocks a merge, a warning needs a fix or an explanation, and an audit \
         rule runs only with `--audit`. `comity check --fix` applies safe fixes; `--unsafe-fixes` also applies suggestions, \
         which a person should review. `comity explain RULE` shows the page of a rule. A fault that keeps a record from \
         being read is an error in every dataset; `dataset.json` may change the level of any other rule.\n",
        RULES.len()
    );
    for (stage, heading) in STAGES {
        let _ = write!(page, "\n## {heading}\n\n| Rule | What it finds | Level | Fix |\n| --- | --- | --- | --- |\n");
        for (rule, _) in RULES.iter().filter(|(_, check)| check.stage() == stage) {
            let file = rule.code.replace('-', "_");
            let level = if rule.audit { "audit" } else { rule.severity.name() };
            let fix = match rule.fixable {
                Fixable::No => "–",
                Fixable::Suggested => "suggestion",
                Fixable::Safe => "safe",
            };
            let _ =
                writeln!(page, "| [`{}`](../src/rules/{file}.md) | {} | {level} | {fix} |", rule.code, rule.summary);
        }
    }
    page
}

pub(crate) fn explain(args: &ExplainArgs, output: &mut Output) -> Done {
    let Some(rule) = rules::find(&args.rule) else { bail!(manifest::unknown_rule(&args.rule)) };
    output.write(rule.page)?;
    Ok(End::Clean)
}
