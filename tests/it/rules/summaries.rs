//! A dataset that is only checked keeps summaries, not records. What is said of it must not depend on that.
//!
//! In debug builds, the checker itself asserts of every record that no screen passes over what its rule would find.

use std::collections::BTreeMap;

use comity::check::Checking;
use comity::dataset::Manifest;
use comity::lint::Check;
use comity::policy::Policy;
use comity::rules::RULES;
use comity_benches::records;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use crate::schema::mutation::pointers;
use crate::world::{Asked, Files, canonical, run_with, today};

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

/// A change to a dataset that leaves most of its records valid.
#[derive(Debug, Clone)]
enum Damage {
    /// Takes over a value of another record of the kind, at the same place.
    Graft(Index, Index, Index),
    /// Moves a date by years.
    Shift(Index, Index, i32),
    /// Writes a record again under another id.
    Copy(Index),
    /// Withdraws a record.
    Retire(Index, Option<Index>),
    Delete(Index),
    /// Links a record to another one.
    Link(Index, Index, &'static str),
    /// Excepts a record from a rule.
    Allow(Index, &'static str),
}

fn damage() -> impl Strategy<Value = Damage> {
    let index = any::<Index>;
    let relation = prop::sample::select(vec!["follows", "supersedes", "at-margins-of", "commemorates", "continues"]);
    let rule = prop::sample::select(vec!["outside-container", "orphan", "status-order", "probable-duplicate"]);
    prop_oneof![
        6 => (index(), index(), index()).prop_map(|(of, from, at)| Damage::Graft(of, from, at)),
        4 => (index(), index(), -60..60_i32).prop_map(|(of, at, years)| Damage::Shift(of, at, years)),
        1 => index().prop_map(Damage::Copy),
        1 => (index(), proptest::option::of(index())).prop_map(|(of, by)| Damage::Retire(of, by)),
        1 => index().prop_map(Damage::Delete),
        2 => (index(), index(), relation).prop_map(|(of, to, how)| Damage::Link(of, to, how)),
        1 => (index(), rule).prop_map(|(of, rule)| Damage::Allow(of, rule)),
    ]
}

impl Damage {
    fn apply(&self, records: &mut Vec<Value>) {
        let name = |record: &Value| {
            let of = |field: &str| record[field].as_str().unwrap_or_default().to_owned();
            format!("{}:{}", of("kind"), of("id"))
        };
        match self {
            Self::Graft(of, from, at) => {
                let of = of.index(records.len());
                let same: Vec<Value> =
                    records.iter().filter(|one| one["kind"] == records[of]["kind"]).cloned().collect();
                let mut places = Vec::new();
                pointers(from.get(&same), "", &mut places);
                let at = at.get(&places);
                let value = from.get(&same).pointer(at).cloned().unwrap_or_default();
                let own = records[of].pointer_mut(at).filter(|_| !["", "/kind", "/id"].contains(&at.as_str()));
                own.into_iter().for_each(|own| *own = value.clone());
            }
            Self::Shift(of, at, years) => {
                let of = of.index(records.len());
                let mut places = Vec::new();
                pointers(&records[of], "", &mut places);
                let year = |at: &String| records[of].pointer(at)?.as_str()?.get(..4)?.parse::<i32>().ok();
                places.retain(|at| year(at).is_some());
                if !places.is_empty()
                    && let Some(Value::String(date)) = records[of].pointer_mut(at.get::<String>(&places))
                    && let Ok(year) = date[..4].parse::<i32>()
                {
                    date.replace_range(..4, &(year + years).to_string());
                }
            }
            Self::Copy(of) => {
                let mut copy = of.get(records).clone();
                copy["id"] = format!("{}-again", copy["id"].as_str().unwrap_or_default()).into();
                records.push(copy);
            }
            Self::Retire(of, by) => {
                let by = by.map(|by| name(by.get(records)));
                let of = of.index(records.len());
                records[of]["retired"] = json!({ "reason": "It was a mistake.", "on": "2025-01-01" });
                by.into_iter().for_each(|by| records[of]["retired"]["replaced_by"] = by.into());
            }
            Self::Delete(of) => drop(records.remove(of.index(records.len()))),
            Self::Link(of, to, how) => {
                let to = name(to.get(records));
                let of = of.index(records.len());
                records[of]["related"] = json!({ to: how });
            }
            Self::Allow(of, rule) => {
                let of = of.index(records.len());
                records[of]["allow"] = json!([{ "rule": rule, "reason": "The sources say so." }]);
            }
        }
    }
}

fn files(records: &[Value]) -> Files {
    let mut files = Files::new();
    for record in records {
        let of = |field: &str| record[field].as_str().unwrap_or_default();
        let path = format!("{}/{}.json", of("kind"), of("id"));
        let text = canonical(&path, &record.to_string());
        files.insert(path, text);
    }
    files
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
        let mut all: Vec<Value> = (0..records::whole(300)).map(|number| records::record(seed, number)).collect();
        damages.iter().for_each(|damage| damage.apply(&mut all));
        let asked = Asked { about: Manifest::default(), possible, ..Asked::default() };
        let report = run_with(&files(&all), &BTreeMap::new(), today(), asked);
        prop_assert!(report.summary.records > 0);
    }
}
