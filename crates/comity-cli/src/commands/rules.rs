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

/// The stages of work, in their order, and what is looked at in each.
const STAGES: [(&str, &str); 7] = [
    ("reading", "While a file is read"),
    ("schema", "By the schema of its kind"),
    ("document", "In the text of one record"),
    ("record", "In one record beside those it refers to"),
    ("dataset", "In all records at once"),
    ("history", "Beside an earlier revision (`--base`)"),
    ("policy", "Once all is found"),
];

/// The page of all rules.
fn markdown() -> String {
    let mut page = format!(
        "# The rules\n\n\
         <!-- Written by `comity rules --format markdown`; a test holds it to the list. -->\n\n\
         {} rules, by what they look at; no later one repeats what an earlier one said. An error blocks a merge, a warning \
         is to be mended or explained, and an audit rule runs only with `--audit`. What is mended safely, `comity check \
         --fix` mends; a suggestion is for a person to apply_policy, and `--unsafe-fixes` takes it. `comity explain RULE` shows \
         the page of a rule. What keeps a record from being read is an error in every dataset; `dataset.json` may change the \
         level of any other rule.\n",
        RULES.len()
    );
    for (stage, heading) in STAGES {
        let _ =
            write!(page, "\n## {heading}\n\n| Rule | What it finds | Level | Mended |\n| --- | --- | --- | --- |\n");
        for (rule, _) in RULES.iter().filter(|(_, check)| check.stage() == stage) {
            let file = rule.code.replace('-', "_");
            let level = if rule.audit { "audit" } else { rule.severity.name() };
            let mended = match rule.fixable {
                Fixable::No => "–",
                Fixable::Suggested => "suggestion",
                Fixable::Safe => "safely",
            };
            let _ =
                writeln!(page, "| [`{}`](../src/rules/{file}.md) | {} | {level} | {mended} |", rule.code, rule.summary);
        }
    }
    page
}

pub(crate) fn explain(args: &ExplainArgs, output: &mut Output) -> Done {
    let Some(rule) = rules::find(&args.rule) else { bail!(manifest::unknown_rule(&args.rule)) };
    output.write(rule.page)?;
    Ok(End::Clean)
}
