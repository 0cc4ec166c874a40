//! The table `record`.

use comity_document::at;

use super::column::table;
use super::{Context, DateCells, english};
use crate::query::grounds::{Grounds, is_weak};
use crate::query::{disputes, filter, provenance, time, voices};
use crate::record::{Body, Presence, Record, Stance, presence};
use crate::value::{Day, Key, NonEmptyMap};

table! {
    /// One row for every record of the dataset.
    RecordRow "record" key ["ref"] {
        /// The kind and the id of the record, `kind:id`: the form of every reference in these tables.
        r#ref: String,
        /// The kind.
        kind: String,
        /// The id within the kind.
        id: String,
        /// The type within the kind, a code.
        r#type: Option<String> where ["ActivityType" of "activity", "ActorType" of "actor", "AgreementType" of "agreement", "EventType" of "event", "FrameworkType" of "framework", "OperationType" of "operation", "PlaceType" of "place", "SourceType" of "source"],
        /// The last status that is on record, a code: of an event, or of a history.
        status: Option<String> where ["ActivitySteps" of "activity", "AgreementSteps" of "agreement", "EventStatus" of "event", "FrameworkSteps" of "framework", "OperationSteps" of "operation"],
        /// The English name; for a source its title or publisher; for a statement the position where it has no name; for a survey what was searched, for whom and which years.
        title: Option<String>,
        /// The name in French.
        name_fr: Option<String>,
        /// The name in Arabic.
        name_ar: Option<String>,
        /// The summary in English, or in the first language that there is.
        summary: Option<String>,
        /// The time of the record: of an event or a statement its date, of a survey the whole years that it is about, of an agreement its first to its last step, of what lasts its first step on record, which may be a proposal or a decision, and its end; without an end it may still last. Of an activity of which only the end is on record, that is the whole time. Panels count from the day on which it goes on.
        date: Option<DateCells>,
        /// Whether an event was held online, wholly or for the most part; empty where that is not on record.
        online: Option<bool>,
        /// The legal basis of an operation: a resolution, an article of a treaty.
        mandate: Option<String>,
        /// The number of sources.
        n_sources: i64,
        /// The number of texts behind the sources that show something of the record: copies and relays of one text count once, and two texts of one side or publisher count twice. A source that only contradicts the record, or only has other values (`says`), is left out.
        n_independent: i64,
        /// The number of such texts that report what has happened, not only announce or imply it.
        n_reporting: i64,
        /// The number of voices that report what has happened: the sides that issued the sources, or else the agencies and publishers of their texts. All texts of NATO and its bodies are one voice, and so are all texts of one newspaper.
        n_voices: i64,
        /// The number of places with a dispute, as `contested` lists them.
        n_contested: i64,
        /// The number of sources that deny what the record says, in whole or in part (`stance` is `contradicts`). `claim` says which part.
        n_contradicting: i64,
        /// How well it is known that it happened: `independent` (reported by two independent sources or more: both `n_reporting` and `n_voices` are at least 2), `single`, `weak` (reported by weak sources alone), `announced` (only announced or implied), or `unknown` (no source shows it). Empty for what no source has to show: a source, a survey, a theme, and an actor or a place without sources.
        grounds: Option<String>,
        /// The first source that shows the record and for whose text nobody answers: an encyclopaedia, or a copy, a blog, a post or a video that names no origin.
        weakest_source: Option<String> => "record",
        /// Whether the record belongs only to frameworks and operations that others than NATO run.
        not_nato: bool,
        /// The day on which the record was withdrawn. A withdrawn record asserts nothing; leave it out of counts.
        retired_on: Option<Day>,
        /// Why the record was withdrawn.
        retired_reason: Option<String>,
        /// The record to use instead.
        replaced_by: Option<String> => "record",
    }
}

pub(super) fn rows(context: &Context<'_>) -> Vec<RecordRow> {
    context.records.iter().map(|(key, record)| row(context, key, record)).collect()
}

fn row(context: &Context<'_>, key: &Key, record: &Record) -> RecordRow {
    let envelope = &record.envelope;
    let named = |language: &str| {
        let names = envelope.names.as_ref()?;
        names.iter().find(|(own, _)| own.as_ref() == language).map(|(_, name)| name.to_string())
    };
    let (online, mandate) = match &record.body {
        Body::Event(event) => (event.online, None),
        Body::Operation(operation) => (None, operation.mandate.as_ref().map(ToString::to_string)),
        _ => (None, None),
    };
    let reports = |evidence: &crate::record::Evidence| evidence.stance == Stance::Reports;
    let retired = envelope.retired.as_ref();
    RecordRow {
        r#ref: key.to_string(),
        kind: key.kind.name().to_owned(),
        id: key.id.to_string(),
        r#type: record.body.type_code().map(str::to_owned),
        status: filter::status(record).map(str::to_owned),
        title: record.title().map(str::to_owned).or_else(|| description(context, record)),
        name_fr: named("fr"),
        name_ar: named("ar"),
        summary: english(envelope.summary.as_ref()),
        date: date(context, record),
        online,
        mandate,
        n_sources: number(record.evidence().count()),
        n_independent: number(provenance::origins(context.dataset, record).len()),
        n_reporting: number(provenance::origins_where(context.dataset, record, reports).len()),
        n_voices: number(voices::reporting(context.dataset, record)),
        n_contested: number(envelope.contested.as_ref().map_or(0, NonEmptyMap::count)),
        n_contradicting: contradicting(record),
        grounds: has_grounds(record).then(|| Grounds::of(context.dataset, record).code().to_owned()),
        weakest_source: weakest_source(context, record),
        not_nato: context.elsewhere.holds(key),
        retired_on: retired.and_then(|retired| super::column::known(retired.on.bounds().latest)),
        retired_reason: retired.map(|retired| retired.reason.to_string()),
        replaced_by: retired.and_then(|retired| retired.replaced_by.as_ref()).map(ToString::to_string),
    }
}

/// Whether sources show the record, or have to.
fn has_grounds(record: &Record) -> bool {
    presence(record.kind(), "evidence") == Presence::Required || record.envelope.evidence.is_some()
}

/// The number of sources that deny what a record says.
pub(in crate::export) fn contradicting(record: &Record) -> i64 {
    number(record.evidence().filter(|(_, evidence)| evidence.stance == Stance::Contradicts).count())
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// What stands in the place of a title: the position of a statement; what a survey searched.
fn description(context: &Context<'_>, record: &Record) -> Option<String> {
    match &record.body {
        Body::Statement(statement) => english(Some(&statement.position)),
        Body::Survey(survey) => {
            let name = |actor| context.dataset.get(actor).and_then(|(_, record, _)| record.title());
            let subjects: Vec<&str> = survey.subjects.iter().filter_map(name).collect();
            Some(format!("{}: {}, {}", survey.corpus, subjects.join(", "), survey.period))
        }
        _ => None,
    }
}

/// The first source that shows a record and is weak.
fn weakest_source(context: &Context<'_>, record: &Record) -> Option<String> {
    let cited = provenance::cited(context.dataset, record)?;
    let mut weak = cited.iter().filter(|cited| cited.shows && is_weak(cited));
    weak.next()?.entry.key.as_ref().map(ToString::to_string)
}

/// The time of a record: of what has one date its text, of all others as [`time::course`] has it.
pub(in crate::export) fn date(context: &Context<'_>, record: &Record) -> Option<DateCells> {
    match &record.body {
        Body::Event(event) => Some(DateCells::at(record, &at!["when"], &event.when)),
        Body::Statement(statement) => Some(DateCells::at(record, &at!["date"], &statement.date)),
        Body::Source(source) => source.published.as_ref().map(DateCells::from),
        Body::Survey(survey) => Some(DateCells::whole(&survey.period)),
        Body::Place(_) | Body::Theme(_) => None,
        _ => DateCells::of_period(&disputes::period(record, &time::course(record, context.as_of))),
    }
}
