//! The rules as a whole: the page that lists them, their findings in real records, and their findings in each other's
//! examples.

mod cached;
mod damage;
mod generated;
mod misses;
mod one_run;
pub(crate) mod pages;
mod policy;
mod seeds;
mod summaries;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use comity::lint::Severity;
use comity::report::Report;
use comity::rules::RULES;

use crate::frozen::{self, Edits};
use crate::rules::pages::examples;
use crate::tool::Folder;
use crate::world::{Asked, Audit, run_with, world};

#[test]
fn the_page_of_all_rules_is_what_the_list_makes() {
    let made = Folder::empty().run(&["rules", "--format", "markdown"]);
    assert_eq!(made.code, Some(0), "{made:?}");
    for (rule, _) in RULES {
        assert_eq!(made.out.matches(&format!("[`{}`]", rule.code)).count(), 1, "{} stands there once", rule.code);
    }
    let page = fs::read_to_string(Path::new(crate::ROOT).join("docs/rules.md")).unwrap_or_default();
    assert!(page == made.out, "docs/rules.md is not what the list makes: run `cargo xtask generate`");
}

/// The number of findings of each rule in the frozen records, with audit rules and possible findings: a new false alarm
/// changes the table. The records have no certain findings of other rules.
#[test]
fn real_records_are_clean_and_audits_speak_where_they_should() {
    let audits: Vec<&str> = RULES.iter().filter(|(rule, _)| rule.audit).map(|(rule, _)| rule.code).collect();
    let asked = frozen::Asked { audit: &audits, possible: true, history: true };
    let report = frozen::check(&Edits::new(), asked);
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for one in &report.diagnostics {
        let sort = if one.possible { "possible" } else { "certain" };
        *counts.entry((one.rule.code, sort)).or_default() += 1;
        assert!(one.possible || one.rule.audit, "{} in {}: {}", one.rule.code, one.location.path, one.message);
        assert!(!one.possible || one.severity == Severity::Note, "what is possible is a note");
    }
    let mut table = String::new();
    for ((code, sort), count) in counts {
        let _ = writeln!(table, "{code:20} {sort:9} {count}");
    }
    insta::assert_snapshot!("frozen-findings", table);
}

fn fired(report: &Report) -> impl Iterator<Item = &'static str> {
    report.diagnostics.iter().map(|one| one.rule.code)
}

/// Every rule runs over the examples of all other rules, with audit rules and possible findings. Only its own page
/// fires a rule in this list; a rule that leaves the list has new findings in the examples of others.
#[test]
fn rules_that_no_example_of_another_rule_fires() {
    let mut by_neighbours: BTreeSet<&str> = BTreeSet::new();
    for (rule, _) in RULES {
        for example in examples(rule.page, rule.code) {
            let base = example.base.as_ref().map(|before| world().into_iter().chain(before.clone()).collect());
            let files = world().into_iter().chain(example.files).collect();
            let asked = Asked { about: example.about, audit: Audit::All, possible: true, base: base.as_ref() };
            let report = run_with(&files, &BTreeMap::new(), example.today, asked);
            by_neighbours.extend(fired(&report).filter(|code| *code != rule.code));
        }
    }
    let never = RULES.iter().map(|(rule, _)| rule.code).filter(|code| !by_neighbours.contains(code));
    insta::assert_snapshot!("never-fired-by-a-neighbour", never.collect::<Vec<_>>().join("\n"));
}
