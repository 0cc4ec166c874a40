//! The table `source`.

use super::column::table;
use super::{Context, DateCells, SideCells, english, joined, to};
use crate::query::provenance;
use crate::query::time::Period;
use crate::record::{Record, Source};
use crate::value::{Key, Ref};

table! {
    /// One row for every source.
    SourceRow "source" key ["ref"] {
        /// The source.
        r#ref: String => "record",
        /// The type of the source.
        r#type: String where ["SourceType"],
        /// The newspaper, the site or the institution that published the source.
        publisher: String,
        /// The actor that issued the source, where a party to the facts speaks for itself.
        issuer: Option<String> => "record",
        /// The side of the issuer.
        issuer_side: Option<String> => "record",
        /// The source that this one was first copied from; the source itself where it is no copy.
        origin: String => "record",
        /// The agency or the release that the source repeats, where that is not recorded.
        relays: Option<String>,
        /// The authors, separated by `;`.
        authors: Option<String>,
        /// The languages, separated by `;`.
        language: String,
        /// The title, in English or in the first language that there is.
        title: Option<String>,
        /// The address on the web.
        url: Option<String>,
        /// The first copy in a web archive.
        archived_url: Option<String>,
        /// The day on which the source was read, as written (EDTF).
        retrieved: Option<String>,
        /// How much of the text was read: of an `excerpt`, what a search engine or a catalogue shows, so that the text may say more.
        extent: Option<String> where ["Extent"],
        /// The date of publication.
        published: Option<DateCells>,
    }
}

table! {
    /// One row for every source of a record. What each source says of which part stands in `claim`, but for the records that
    /// state no fact.
    RecordSourceRow "record_source" key ["ref", "source"] {
        /// The record.
        r#ref: String => "record",
        /// The source.
        source: String => "record",
        /// How the source presents the record: `reports`, `announces`, `implies`, `contradicts`.
        stance: String where ["Stance"],
    }
}

pub(super) fn rows(context: &Context<'_>) -> Vec<SourceRow> {
    context.each::<Source>().map(|(key, _, source)| row(context, key, source)).collect()
}

fn row(context: &Context<'_>, key: &Key, source: &Source) -> SourceRow {
    let open = Period { first: None, last: None };
    let issuer_side = |issuer| SideCells::of(context, issuer, &open, false).side;
    let own: Option<Ref<Source>> = key.id.as_ref().parse().ok();
    let origin = own.as_ref().map_or_else(|| key.to_string(), |own| to(provenance::root(context.dataset, own)));
    SourceRow {
        r#ref: key.to_string(),
        r#type: source.r#type.to_string(),
        publisher: source.publisher.to_string(),
        issuer: source.issuer.as_ref().map(to),
        issuer_side: source.issuer.as_ref().and_then(issuer_side),
        origin,
        relays: source.relays.as_ref().map(ToString::to_string),
        authors: source.authors.as_ref().map(|authors| joined(authors.iter())),
        language: joined(source.languages.iter()),
        title: english(source.title.as_ref()),
        url: source.url.as_ref().map(ToString::to_string),
        archived_url: source.archived.as_ref().and_then(|copies| copies.first()).map(|copy| copy.url.to_string()),
        retrieved: source.accessed.as_ref().map(ToString::to_string),
        extent: source.extent.map(|extent| extent.to_string()),
        published: source.published.as_ref().map(DateCells::from),
    }
}

pub(super) fn record_rows(context: &Context<'_>) -> Vec<RecordSourceRow> {
    let row = |(key, record): &(&Key, &Record)| {
        let r#ref = key.to_string();
        let cited = record.evidence().map(move |(source, evidence)| RecordSourceRow {
            r#ref: r#ref.clone(),
            source: to(source),
            stance: evidence.stance.to_string(),
        });
        cited.collect::<Vec<_>>()
    };
    context.records.iter().flat_map(row).collect()
}
