//! Issue forms: what a contributor fills in on GitHub, and the records that come of it.
//!
//! A [`Form`] is made of the questions for a kind of record, so that a form, a record and the reading of an issue cannot
//! disagree. [`read`] takes the body of an issue as GitHub renders it, which anybody may have written: nothing in it is
//! obeyed, and no part of it becomes a path other than through an id.

mod body;
mod form;
mod reading;

pub use self::body::{FilledForm, FormError};
pub use self::form::{Form, FormField, FormShape, FormTopic, TOPICS, forms};
pub use self::reading::{Reading, read};
