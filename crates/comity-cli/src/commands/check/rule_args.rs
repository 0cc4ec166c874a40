//! Rule selection: which rules run, and how severe their findings are.

use clap::Args;
use clap_complete::ArgValueCompleter;
use comity::lint::Check;
use comity::policy::Policy;
use comity::rules::{self, RULES};

use crate::complete;
use crate::load::manifest;

/// Which rules run, and at which level.
#[derive(Debug, Args)]
#[command(next_help_heading = "Rule selection")]
pub(super) struct RuleArgs {
    /// Run only these rules, even audit rules and rules that are off (may be given more than once)
    #[arg(long, value_name = "RULE,…", value_delimiter = ',', add = ArgValueCompleter::new(complete::rules))]
    select: Vec<String>,
    /// Do not run these rules (may be given more than once)
    #[arg(long, value_name = "RULE,…", value_delimiter = ',', add = ArgValueCompleter::new(complete::rules))]
    ignore: Vec<String>,
    /// Also run the audit rules, which rate the quality of a record rather than find errors
    #[arg(long)]
    audit: bool,
    /// Also report, as notes, what is only possibly wrong because a date has a ? or a ~
    #[arg(long)]
    possible: bool,
    /// Treat warnings as errors
    #[arg(long)]
    warnings_as_errors: bool,
}

impl RuleArgs {
    /// The policy of the dataset, overridden by the command line.
    pub(super) fn policy(&self, mut policy: Policy) -> Policy {
        policy.select = self.select.iter().cloned().collect();
        policy.ignore = self.ignore.iter().cloned().collect();
        policy.audit = self.audit;
        policy.possible = self.possible;
        policy.warnings_as_errors = self.warnings_as_errors;
        policy
    }

    /// Refuses a selection that would silently check nothing: a rule that does not exist, or one that needs `--base`.
    pub(super) fn verify(&self, has_base: bool) -> anyhow::Result<()> {
        if let Some(code) = self.select.iter().chain(&self.ignore).find(|code| rules::find(code).is_none()) {
            anyhow::bail!(manifest::unknown_rule(code));
        }
        let over_history = |code: &&String| {
            let mut rules = RULES.iter().filter(|(rule, _)| rule.code == **code);
            rules.any(|(_, check)| matches!(check, Check::History(_)))
        };
        if let Some(code) = self.select.iter().find(over_history).filter(|_| !has_base) {
            anyhow::bail!("`{code}` compares with an earlier revision; say which with --base REV");
        }
        Ok(())
    }
}
