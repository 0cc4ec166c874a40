//! What is said of a date by the field in which it stands: a beginning, an end, a status of a history, the days of an event.

use comity_document::pointer::Pointer;
use serde_json::Value as Json;

use super::sample::part_at;
use crate::kind::Kind;
use crate::schema::{self, Order};
use crate::value::{self, Edtf, OneEnd, Refusal, StringFormat as _, When, day_of_publication, goes_on, one_end};

/// Whether a format is one of dates.
fn is_date(format: &str) -> bool {
    matches!(format, Edtf::FORMAT | When::FORMAT)
}

/// The refusal of a text in a field of this format. `since 2019` is a date only where the field is a beginning, and
/// `until 2024` only where it is an end.
pub(super) fn in_field(kind: Kind, at: &Pointer, format: &str, text: &str, refusal: Refusal) -> Refusal {
    let field = at.tokens().last().unwrap_or_default();
    let is_status =
        || at.parent().and_then(|history| part_at(kind, &history)).is_some_and(|part| part["x-steps"].is_string());
    if let Some((first, last)) = two_days(text).filter(|_| format == Edtf::FORMAT) {
        return match &*field {
            "from" => refusal.help(format!("write \"from\": \"{first}\", and \"until\": \"{last}\" beside it")),
            "until" => refusal.help(format!("write \"until\": \"{last}\", and \"from\": \"{first}\" beside it")),
            _ if is_status() => refusal.help(format!(
                "write \"{field}\": \"{first}\"; `{last}` belongs to the status that follows, such as `completed` or `ended`"
            )),
            _ => refusal,
        };
    }
    if let Some(published) = Some(text).filter(|_| &*field == "published").and_then(day_of_publication) {
        let help = format!("did you mean `{published}`?");
        return Refusal::new(format!("`{text}` is not written as a date")).meant(Some(published)).help(help);
    }
    if is_date(format) && goes_on(text) {
        return refusal.help(of_what_goes_on(kind, &field, is_status()));
    }
    let Some(end) = Some(text).filter(|_| is_date(format)).and_then(one_end) else { return refusal };
    let day = |day: String, what: &str| {
        let help = format!("did you mean `{day}`? {what}");
        Refusal::new(format!("`{text}` is not written as a date")).meant(Some(day)).help(help)
    };
    match (&*field, end) {
        ("when", _) if kind == Kind::Event => refusal.help(OF_EVENT),
        ("from", OneEnd::Began(from)) => day(from, "this field is the beginning"),
        ("until", OneEnd::Ended(until)) => day(until, "this field is the end"),
        ("from", OneEnd::Ended(until)) => refusal.help(format!("this is an end: write `{until}` in `until`")),
        ("until", OneEnd::Began(from)) => refusal.help(format!("this is a beginning: write `{from}` in `from`")),
        (_, OneEnd::Began(from)) if ends_history(kind, at, &field) => refusal.help(format!(
            "`{from}` is the day on which something began; `{field}` has the day on which it ended: where that has not come, take `{field}` out"
        )),
        (_, OneEnd::Began(from)) if is_status() => day(from, "a status has the day on which it was reached"),
        (_, OneEnd::Ended(until)) if is_status() => refusal.help(format!(
            "a status has the day on which it was reached; `{until}` belongs to the status that follows `{field}`"
        )),
        _ => refusal,
    }
}

/// Whether a field is a status that ends the history in which the field stands.
fn ends_history(kind: Kind, at: &Pointer, field: &str) -> bool {
    let history = at.parent().and_then(|history| schema::shape(kind).at(&history));
    let Some(Order::Steps(statuses)) = history.map(|history| history.order) else { return false };
    statuses.iter().any(|status| status.terminal && status.code == field)
}

const OF_EVENT: &str =
    "write the day of the event, or its first and last day; what goes on for longer is a record in activity/";

/// What to write for something that goes on. `[..2019]` in the field of an end would say that it has ended.
fn of_what_goes_on(kind: Kind, field: &str, is_status: bool) -> String {
    match field {
        "until" => "leave `until` out while no end has come; `[2019-01-24..]` is an end not earlier than the day on which a source last saw it go on".to_owned(),
        "from" => "write the day on which it began; `[..2019-01-24]` is one not later than that".to_owned(),
        "when" if kind == Kind::Event => OF_EVENT.to_owned(),
        _ if is_status => format!(
            "a status has the day on which it was reached, and `[..2019-01-24]` is one not later than that; where that has not come, take `{field}` out"
        ),
        _ => "write the day in digits, such as `2019-01-24`".to_owned(),
    }
}

/// The first and the last day of an interval.
fn two_days(text: &str) -> Option<(&str, &str)> {
    text.split_once('/').filter(|(first, last)| [first, last].iter().all(|day| Edtf::parse(day).is_ok()))
}

/// How a number is written where a text belongs: as the date that it is, or else in quotation marks.
pub(super) fn of_number(part: &Json, number: &str) -> String {
    let format = part["format"].as_str().filter(|format| is_date(format)).and_then(value::format);
    let refusal = format.and_then(|format| (format.refuse)(number));
    match refusal {
        Some(Refusal { meant: Some(meant), .. }) => format!("write the date in quotation marks: \"{meant}\""),
        Some(Refusal { help: Some(help), .. }) => format!("{help}, in quotation marks"),
        _ => format!("put quotation marks around it: \"{number}\""),
    }
}
