//! `comity rules` and `comity explain`.

use anyhow::bail;
use clap::{Args, ValueEnum};
use serde_json::json;

use super::output::Output;
use super::{Done, End};
use crate::rules::{self, RULES};

/// What `comity rules` takes.
#[derive(Debug, Args)]
pub(super) struct RulesArgs {
    /// How to list them
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// A line each
    Table,
    /// A list of {code, summary, severity, fixable, stage}
    Json,
}

/// What `comity explain` takes.
#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// The rule's code, as a message shows it in brackets
    rule: String,
}

pub(super) fn list(args: &RulesArgs, output: &mut Output) -> Done {
    match args.format {
        Format::Table => {
            let longest = RULES.iter().map(|(rule, _)| rule.code.len()).max().unwrap_or(0);
            for (rule, _) in RULES {
                output.write(&format!("{:longest$}  {:7}  {}\n", rule.code, rule.severity.name(), rule.summary))?;
            }
        }
        Format::Json => {
            let rule = |(rule, check): &(&crate::rule::Rule, rules::Check)| {
                json!({
                    "code": rule.code, "summary": rule.summary, "severity": rule.severity.name(),
                    "fixable": rule.fixable.name(), "stage": check.stage()
                })
            };
            let list: Vec<_> = RULES.iter().map(rule).collect();
            output.write(&format!("{:#}\n", json!(list)))?;
        }
    }
    Ok(End::Clean)
}

pub(super) fn explain(args: &ExplainArgs, output: &mut Output) -> Done {
    let Some(rule) = rules::find(&args.rule) else {
        let near = rules::nearest(&args.rule, RULES.iter().map(|(rule, _)| rule.code));
        let hint =
            near.map_or_else(|| "`comity rules` lists them".to_owned(), |near| format!("did you mean `{near}`?"));
        bail!("there is no rule `{}`; {hint}", args.rule);
    };
    output.write(rule.page)?;
    Ok(End::Clean)
}
