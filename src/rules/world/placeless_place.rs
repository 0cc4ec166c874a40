//! `placeless-place`: see the page beside this file.

use comity_document::at;

use crate::dataset::Dataset;
use crate::kind::Kind;
use crate::lint::{AloneContext, Findings, RecordContext, Rule, Screen};
use crate::record::{Body, Place, PlaceType, Record};

/// The rule.
pub static RULE: Rule = Rule::error(
    "placeless-place",
    "a place of which nothing says where it lies",
    "no list or map by country could show what happened there",
    include_str!("placeless_place.md"),
);

/// Doubts a place that needs a country, unless a larger place answers.
pub static SCREEN: Screen = Screen { alone: lacks_an_answer, doubts: |_| false };

fn lacks_an_answer(context: &AloneContext<'_>) -> bool {
    matches!(&context.record.body, Body::Place(place) if !may_lack_country(place) && !is_settled(place))
}

/// Checks that a place that lies in one country has a country, claims, or a larger place that has them.
pub fn check(context: &RecordContext<'_>, findings: &mut Findings<'_>) {
    let Body::Place(place) = &context.record.body else { return };
    let retired = context.record.envelope.retired.is_some();
    if retired || may_lack_country(place) || is_settled(place) || larger_place_answers(context.record, context.dataset)
    {
        return;
    }
    let help = match place.r#type {
        PlaceType::Territory => "add `claims`: who administers it, and who claims it",
        _ => "add its `country`, two letters such as `MA`; on disputed ground set it `under` the territory instead",
    };
    let name = context.record.title().unwrap_or_default();
    findings.at(context.entry.id, at!["type"], format!("nothing says in which country `{name}` lies")).help(help);
}

/// Whether a larger place has them, or is itself reported, or is not known.
fn larger_place_answers(record: &Record, dataset: &Dataset) -> bool {
    let mut left: Vec<&Record> = vec![record];
    // A sea may lie under another sea; no chain is longer than this.
    for _ in 0..32 {
        let Some(record) = left.pop() else { return false };
        for larger in record.envelope.under.iter().flat_map(|under| under.iter()) {
            if larger.kind() != Kind::Place {
                continue;
            }
            let Some((_, larger)) = dataset.record(larger.into()) else { return true };
            match &larger.body {
                Body::Place(place) if may_lack_country(place) && !is_settled(place) => left.push(larger),
                _ => return true,
            }
        }
    }
    true
}

fn is_settled(place: &Place) -> bool {
    place.country.is_some() || place.claims.is_some()
}

/// Seas belong to no country, and a region may stretch across several.
fn may_lack_country(place: &Place) -> bool {
    matches!(place.r#type, PlaceType::SeaArea | PlaceType::Strait | PlaceType::Region)
}
