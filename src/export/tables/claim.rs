//! The table `claim`.

use comity_document::pointer::Pointer;
use serde_json::Value;

use super::column::table;
use super::{Context, DateCells, to};
use crate::query::{claims, provenance};
use crate::record::{Outcome, Record};
use crate::schema;
use crate::value::{Edtf, Key, NonEmptyMap, StringFormat as _, When};

table! {
    /// One row for every source that speaks about a place of a record; a row without source for a fact that no source is said
    /// to show. The number of different (`ref`, `path`) with `is_fact`, of records that are not withdrawn, is what `comity stats`
    /// counts as facts.
    ClaimRow "claim" key ["claim_id"] {
        /// The name of the claim: the record, `#` where the source agrees and `!` where it does not, the place, `@`, the source.
        claim_id: String,
        /// The record.
        r#ref: String => "record",
        /// The place in the record (JSON Pointer): the fact that the claim is about.
        path: String,
        /// The field at the top of the record.
        field: String,
        /// The key of the entry, where the field is a map.
        entry: Option<String>,
        /// Whether the place is a fact that the record states; else something that needs no evidence, such as an identifier or a theme, or a place at which only the source has a value.
        is_fact: bool,
        /// The part of the fact that the source speaks about, where it does not speak about the whole (JSON Pointer).
        part: Option<String>,
        /// The value as JSON: that of the source where it differs, else that of the record; empty where the source contradicts the record and names no other value.
        value_json: Option<String>,
        /// The value, where it is a text.
        value_text: Option<String>,
        /// The value, where it is a number, or a figure with one number alone. Never add up or compare without `value_unit` and `value_bound`.
        value_number: Option<f64>,
        /// The unit of the figure, a code: things, time, shares, or the three letters of a currency.
        value_unit: Option<String> where ["Unit"],
        /// Which number of the figure `value_number` is: `best` (the number itself), `low` (at least, or more than) or `high` (at most, or up to).
        value_bound: Option<String>,
        /// The value, where it is a date.
        value: Option<DateCells>,
        /// The source.
        source: Option<String> => "record",
        /// The source that this source was first copied from.
        origin: Option<String> => "record",
        /// How the source presents the facts: `reports`, `announces`, `implies`, `contradicts`.
        stance: Option<String> where ["Stance"],
        /// Whether the source shows the value that the record has.
        agrees: bool,
        /// Whether the record has a dispute here, as `contested` lists them. A plan that turned out otherwise, or a value that may hold with that of the record, is none.
        contested: bool,
        /// Where contested: whether the value is the one that the record prefers; empty where the question is open.
        preferred: Option<bool>,
        /// The place in the source.
        locator: Option<String>,
    }
}

pub(super) fn rows(context: &Context<'_>) -> Vec<ClaimRow> {
    let all = context.records.iter();
    all.flat_map(|(key, record)| claims::claims(record).into_iter().map(|claim| row(context, key, record, &claim)))
        .collect()
}

fn row(context: &Context<'_>, key: &Key, record: &Record, claim: &claims::SourcedClaim<'_>) -> ClaimRow {
    let mut tokens = claim.place.tokens();
    let field = tokens.next().unwrap_or_default().into_owned();
    let at = claim.part.as_ref().unwrap_or(&claim.place);
    let contested = record.envelope.contested.iter().flat_map(NonEmptyMap::iter);
    let mut disputes = contested.filter(|(place, _)| place.pointer().covers(at) || at.covers(place.pointer()));
    let outcome = disputes.next().map(|(_, contested)| contested.outcome);
    let source = claim.source.map(|(source, _)| source);
    let mark = if claim.agrees || source.is_none() { '#' } else { '!' };
    let value = claim.value.as_ref();
    let of = source.map_or("", AsRef::as_ref);
    let value_number = value.and_then(number);
    let figure = value.and_then(|value| ClaimedFigure::of(record, at, value));
    ClaimRow {
        claim_id: format!("{key}{mark}{}@{of}", at.as_str()),
        r#ref: key.to_string(),
        path: claim.place.as_str().to_owned(),
        field,
        entry: tokens.next().map(std::borrow::Cow::into_owned),
        is_fact: claim.is_fact,
        part: claim.part.as_ref().map(|part| part.as_str().to_owned()),
        value_text: value.and_then(Value::as_str).map(str::to_owned),
        value_number,
        value_unit: figure.as_ref().map(|figure| figure.unit.clone()),
        value_bound: value_number.and(figure).and_then(|figure| figure.bound).map(str::to_owned),
        value: value.and_then(|value| date(record, at, value)),
        value_json: value.map(ToString::to_string),
        source: source.map(to),
        origin: source.map(|source| to(provenance::root(context.dataset, source))),
        stance: claim.source.map(|(_, evidence)| evidence.stance.to_string()),
        agrees: claim.agrees,
        contested: outcome.is_some(),
        preferred: outcome.filter(|outcome| *outcome == Outcome::Preferred).map(|_| claim.agrees),
        locator: claim.source.and_then(|(_, evidence)| evidence.locator.as_ref()).map(ToString::to_string),
    }
}

/// What the number of a claim counts, where the claim is about a figure or about one number of a figure.
struct ClaimedFigure {
    unit: String,
    bound: Option<&'static str>,
}

/// The numbers of a figure. The likeliest comes first: where it is given, the number is no mere bound.
const BOUNDS: [&str; 3] = ["best", "low", "high"];

impl ClaimedFigure {
    fn of(record: &Record, at: &Pointer, value: &Value) -> Option<Self> {
        let tokens: Vec<_> = at.tokens().collect();
        let (field, key) = (tokens.first()?, tokens.get(1)?);
        if field != "figures" {
            return None;
        }
        let own = || record.envelope.figures.as_ref()?.iter().find(|(name, _)| name.as_ref() == &**key);
        let own_unit = || own().map(|(_, figure)| figure.unit.code().to_owned());
        let unit = value["unit"].as_str().map(str::to_owned).or_else(own_unit)?;
        let is_one = value["low"].is_number() && value["low"] == value["high"];
        let bound = match tokens.get(2) {
            Some(part) => Some(BOUNDS.into_iter().find(|bound| part == bound)?),
            // A lowest and a highest number that are one leave no other.
            None if is_one => Some("best"),
            None => BOUNDS.into_iter().find(|bound| value[*bound].is_number()),
        };
        Some(Self { unit, bound })
    }
}

/// The number that a value is, or that a figure has where its least, most likely and greatest number are one.
fn number(value: &Value) -> Option<f64> {
    let mut numbers = ["low", "best", "high"].into_iter().filter_map(|field| value[field].as_f64());
    let first = value.as_f64().or_else(|| numbers.next())?;
    numbers.all(|other| other.to_bits() == first.to_bits()).then_some(first)
}

/// The value as a date, where the schema says that the place has one.
fn date(record: &Record, at: &Pointer, value: &Value) -> Option<DateCells> {
    let text = value.as_str()?;
    match schema::shape(record.kind()).at(at)?.format {
        Edtf::FORMAT => Edtf::parse(text).ok().as_ref().map(DateCells::from),
        When::FORMAT => When::parse(text).ok().as_ref().map(DateCells::from),
        _ => None,
    }
}
