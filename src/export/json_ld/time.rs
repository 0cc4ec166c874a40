//! The first and the last day of something: in EDTF under terms of our own, and under those of schema.org where a day is known
//! exactly.

use serde_json::{Value, json};

use super::{Node, edtf};
use crate::export::tables::DateCells;
use crate::value::{Day, Edtf, StringFormat as _};

/// The terms of the first day: that of most things, and that of an actor.
pub(super) const START: [&str; 2] = ["schema:startDate", "comity:begins"];
pub(super) const FOUNDING: [&str; 2] = ["schema:foundingDate", "comity:begins"];
/// The terms of the last day.
pub(super) const END: [&str; 2] = ["schema:endDate", "comity:ends"];
pub(super) const DISSOLUTION: [&str; 2] = ["schema:dissolutionDate", "comity:ends"];

/// Adds both ends of a time.
pub(super) fn add_both(node: &mut Node, time: &DateCells) {
    let ([first, last], [first_day, last_day]) = (time.written(), time.exact());
    add(node, START, first, first_day);
    add(node, END, last, last_day);
}

/// Adds one end of a time: the day where it is known exactly, and the text in EDTF.
fn add(node: &mut Node, [of_schema, own]: [&str; 2], text: Option<&str>, exact: Option<Day>) {
    let day = exact.map_or(Value::Null, |day| json!({ "@value": day.to_string(), "@type": "xsd:date" }));
    node.add(of_schema, day);
    node.add(own, edtf(&json!(text)));
}

/// Adds one end of a time from a field of a record.
pub(super) fn add_field(node: &mut Node, terms: [&str; 2], value: &Value) {
    let exact = |text| Edtf::parse(text).ok()?.bounds().exact();
    add(node, terms, value.as_str(), value.as_str().and_then(exact));
}
