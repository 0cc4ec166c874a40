//! A dataset that is only checked keeps summaries, not records. What is said of it must not depend on that.
//!
//! In debug builds, the checker itself asserts of every record that no screen passes over what its rule would find.

use std::collections::BTreeMap;

use comity::check::Checking;
use comity::dataset::Manifest;
use comity::lint::Check;
use comity::policy::Policy;
use comity::rules::RULES;
use proptest::prelude::*;

use crate::rules::damage::{damage, damaged};
use crate::world::{Asked, run_with, today};

/// A rule that runs unasked and needs records would keep every record of every dataset in memory.
#[test]
fn a_rule_that_runs_unasked_needs_no_records() {
    let needs = |check: &Check| matches!(check, Check::Record(_) | Check::Dataset(_));
    let costly = RULES.iter().filter(|(rule, check)| !rule.audit && needs(check)).map(|(rule, _)| rule.code);
    assert_eq!(costly.collect::<Vec<_>>(), [""; 0]);
    let manifest = Manifest::default();
    let policy = Policy::stated_by(&manifest);
    assert!(Checking::of(today(), &manifest, &policy).is_some());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// The run itself compares the two, and the screens with their rules.
    #[test]
    fn a_damaged_dataset_is_told_the_same_with_summaries(
        seed: u64,
        damages in prop::collection::vec(damage(), 1..120),
        possible: bool,
    ) {
        let asked = Asked { about: Manifest::default(), possible, ..Asked::default() };
        let report = run_with(&damaged(seed, &damages), &BTreeMap::new(), today(), asked);
        prop_assert!(report.summary.records > 0);
    }
}
