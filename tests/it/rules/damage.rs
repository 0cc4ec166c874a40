//! Damages to a dataset that leave most of its records valid, so that rules over several records have something to say.

use comity_benches::records;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use crate::schema::mutation::pointers;
use crate::world::{Files, canonical};

/// A change to a dataset that leaves most of its records valid.
#[derive(Debug, Clone)]
pub(crate) enum Damage {
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

pub(crate) fn damage() -> impl Strategy<Value = Damage> {
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

/// Some hundred invented records with these damages, as files.
pub(crate) fn damaged(seed: u64, damages: &[Damage]) -> Files {
    let mut records: Vec<Value> = (0..records::whole(300)).map(|number| records::record(seed, number)).collect();
    damages.iter().for_each(|damage| damage.apply(&mut records));
    files(&records)
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
