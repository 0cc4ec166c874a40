//! What a change needs before it can be released. The need is computed from the change, never declared by its author.

use super::{ChangeStatus, FieldChange, RecordChange};
use crate::dataset::Dataset;
use crate::schema::Class;
use crate::value::{DataVersion, Key};

/// What a change needs before it can be released.
#[derive(Debug)]
#[non_exhaustive]
pub struct ReleaseNeeds<'a> {
    /// What the next release does to those who use the data.
    pub effect: ReleaseEffect,
    /// The version of the next release: that of `dataset.json`, where the change raises it, or else the next one after today;
    /// `None` where today is open.
    pub version: Option<DataVersion>,
    /// Whether the change raises the version.
    pub raised: bool,
    /// The ids that are gone and must come back as tombstones, each with the record to use instead, where one is known.
    pub tombstones: Vec<(&'a Key, Option<&'a Key>)>,
}

/// What a release does to those who use the data, from the least to the greatest effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ReleaseEffect {
    /// No value differs.
    None,
    /// Names, summaries, codes, evidence or the description of the dataset differ, and no fact.
    Editorial,
    /// Records or facts are new.
    Addition,
    /// A fact or a licence that users may have relied on is another one, a record is withdrawn or counts again, or
    /// `dataset.json` names an earlier version or an earlier end of research.
    Correction,
    /// An id that users may have cited is gone.
    Break,
}

impl ReleaseEffect {
    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Editorial => "editorial",
            Self::Addition => "addition",
            Self::Correction => "correction",
            Self::Break => "break",
        }
    }

    /// What the effect means for a user of the data.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::None => "no value differs, so no release is needed",
            Self::Editorial => "wording, codes, evidence or `dataset.json` differ, and no fact",
            Self::Addition => "records or facts are new, and every fact is as it was",
            Self::Correction => {
                "a fact or the licence is another one, a record is withdrawn or counts again, or `dataset.json` goes back"
            }
            Self::Break => "an id that others may have cited is gone",
        }
    }
}

impl<'a> ReleaseNeeds<'a> {
    /// `replaced_by` names the record that has the content of a record that is gone, where one is known.
    pub(super) fn of(
        records: &[RecordChange<'a>],
        manifest: &[FieldChange<'a>],
        (base, head): (&Dataset, &Dataset),
        replaced_by: impl Fn(&Key) -> Option<&'a Key>,
    ) -> Self {
        let is_gone = |key: &Key| head.find(key.into()).is_none();
        let tombstones: Vec<_> = records
            .iter()
            .filter_map(|change| match (change.status, change.renamed_from) {
                (ChangeStatus::Gone, _) => Some((change.key, replaced_by(change.key))),
                (_, Some(old)) if is_gone(old) => Some((old, Some(change.key))),
                _ => None,
            })
            .collect();
        let most = records.iter().map(effect).chain([of_manifest(manifest, base, head)]).max();
        let most = most.unwrap_or(ReleaseEffect::None);
        let effect = if tombstones.is_empty() { most } else { ReleaseEffect::Break };
        let (last, own) = (base.manifest.version.as_ref(), head.manifest.version.as_ref());
        let raised = own.filter(|own| last.is_none_or(|last| own.is_after(last)));
        let version = raised.cloned().or_else(|| DataVersion::next(last, head.as_of));
        Self { effect, version, raised: raised.is_some(), tombstones }
    }
}

/// The effect of what differs in `dataset.json`. Users rely on the licence, on the end of research and on the order of versions
/// as they rely on a fact.
fn of_manifest(fields: &[FieldChange<'_>], base: &Dataset, head: &Dataset) -> ReleaseEffect {
    let (before, now) = (&base.manifest, &head.manifest);
    if fields.is_empty() {
        ReleaseEffect::None
    } else if before.licence != now.licence || now.step_back(before).is_some() {
        ReleaseEffect::Correction
    } else {
        ReleaseEffect::Editorial
    }
}

/// The effect of one record, where no id is gone.
fn effect(change: &RecordChange<'_>) -> ReleaseEffect {
    let of_field = |field: &FieldChange<'_>| match field.class {
        Class::Fact if field.is_addition() => ReleaseEffect::Addition,
        Class::Fact => ReleaseEffect::Correction,
        Class::Coded | Class::Meta => ReleaseEffect::Editorial,
    };
    match change.status {
        ChangeStatus::Added => ReleaseEffect::Addition,
        ChangeStatus::Changed if change.readable && !change.restored => {
            change.fields.iter().map(of_field).max().unwrap_or(ReleaseEffect::Editorial)
        }
        ChangeStatus::Changed | ChangeStatus::Retired | ChangeStatus::Renamed | ChangeStatus::Gone => {
            ReleaseEffect::Correction
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::dataset::Manifest;
    use crate::diff::Diff;

    /// Visits that differ in their ids and in the fields of a fragment.
    fn visits(ids: &[&str], fragment: &Value, about: Value) -> Dataset {
        let mut visit = json!({
            "names": { "en": "A visit" }, "type": "visit", "when": "2019-01-22", "status": "held", "places": ["rabat"],
            "participants": { "nato": { "roles": ["visitor"] } }, "evidence": { "a-page": { "stance": "reports" } },
        });
        for (field, value) in fragment.as_object().into_iter().flatten() {
            visit[field] = value.clone();
        }
        let today = "2026-01-01".parse().expect("a day");
        let manifest: Manifest = serde_json::from_value(about).expect("a manifest");
        let builder = Dataset::builder(today).manifest(manifest);
        let file = |id: &&str| (format!("event/{id}.json"), visit.to_string());
        ids.iter().map(file).fold(builder, |builder, (path, text)| builder.file(&path, text)).build()
    }

    #[test]
    fn the_effect_follows_from_what_differs() {
        let before = visits(&["a-visit"], &json!({}), json!({ "title": { "en": "Visits" } }));
        for (fragment, title, effect) in [
            (json!({}), "Visits", ReleaseEffect::None),
            (json!({}), "All visits", ReleaseEffect::Editorial),
            (json!({ "names": { "en": "The visit" } }), "Visits", ReleaseEffect::Editorial),
            (json!({ "places": ["rabat", "tangier"] }), "Visits", ReleaseEffect::Addition),
            (
                json!({ "participants": { "nato": { "roles": ["visitor", "speaker"] } } }),
                "Visits",
                ReleaseEffect::Addition,
            ),
            (json!({ "places": ["tangier"] }), "Visits", ReleaseEffect::Correction),
            (json!({ "when": "2019-01-23" }), "All visits", ReleaseEffect::Correction),
        ] {
            let after = visits(&["a-visit"], &fragment, json!({ "title": { "en": title } }));
            assert_eq!(Diff::of(&before, &after).needs.effect, effect, "{fragment} of {title}");
        }
    }

    #[test]
    fn a_record_that_counts_again_is_a_correction() {
        let retired = json!({ "retired": { "on": "2025-01-01", "why": { "en": "It was another visit." } } });
        let (withdrawn, counted) =
            (visits(&["a-visit"], &retired, json!({})), visits(&["a-visit"], &json!({}), json!({})));
        for (base, head) in [(&withdrawn, &counted), (&counted, &withdrawn)] {
            assert_eq!(Diff::of(base, head).needs.effect, ReleaseEffect::Correction);
        }
    }

    #[test]
    fn of_two_records_that_were_merged_into_one_each_is_there() {
        let before = visits(&["a-visit", "b-visit"], &json!({}), json!({}));
        let after = visits(&["c-visit"], &json!({}), json!({}));
        let diff = Diff::of(&before, &after);
        let records: Vec<_> = diff.records.iter().map(|change| (change.status, change.key.id.as_ref())).collect();
        assert_eq!(records, [(ChangeStatus::Gone, "b-visit"), (ChangeStatus::Renamed, "c-visit")]);
        let id = |key: &Key| key.id.to_string();
        let mut tombstones: Vec<_> = diff.needs.tombstones.iter().map(|(old, now)| (id(old), now.map(id))).collect();
        tombstones.sort();
        let now = Some("c-visit".to_owned());
        assert_eq!(tombstones, [("a-visit".to_owned(), now.clone()), ("b-visit".to_owned(), now)]);
    }
}
