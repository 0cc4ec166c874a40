//! Comity: types, schemas and checker of a source-cited dataset of security cooperation.
//!
//! ```text
//! paths ─read→ Input ─parse→ Document ─decode→ Record ─index→ Dataset ─rules→ Findings ─judge→ Judged ─locate→ Report ─render→ text
//!       cli    text          tree with         typed          all records     places +         policy:       bytes,       one pure
//!       (I/O)                byte spans        (serde)        by kind and id  messages         severity      lines        function
//! ```
//!
//! Every arrow is one function, and no stage reaches back. The command line and the tests call the same pure core and
//! nothing else. [`check::read`] is the first half for one record; [`rules`] and [`policy::apply_policy`] and
//! [`report::locate`] are the second.
//!
//! # Invariants
//!
//! - **The core does no I/O**: no files, clock, environment, printing or process. Those live in `cli` only.
//! - **Faults in data are values**, never `Err` and never a panic. One bad file never changes what is said about the
//!   others: an entry that could not be decoded keeps its name, and references to it still lead somewhere.
//! - **The schema is the declarative layer.** Whatever a type can say, the type says, and the schema carries it. A rule
//!   exists only for what spans fields or records.
//! - **Types and schema agree.** What the authoring schema admits decodes from the tree, and what it refuses does not.
//!   So the good path only decodes, and the schema is compiled and asked *why* only for a record that does not. A
//!   property test over mutated records holds the two together, and every debug build asserts it on every record.
//! - **A place is a JSON Pointer**, save where there is no tree. Rules never touch offsets; [`report::locate`] turns
//!   places into bytes, and one module counts lines and columns.
//! - **Severity is decided in one place**, [`policy::apply_policy`]: from the rule's own level, the dataset's policy, and the
//!   records' exceptions. A rule cannot choose it.
//! - **No format is known outside its renderer**, and no renderer looks anything up.
//! - **Output is deterministic**: sorted by path, place and rule; no hash-map order, clock or absolute path.
//! - **A fix must mend.** [`mend`] applies fixes to texts in memory, and keeps one only if the whole check finds its record
//!   better afterwards; nothing is written before all of it is known.
//! - **The good path makes nothing.** Nearly every record is right, so its tree lies in memory that the next one uses again,
//!   a string is looked at once and shown to the rules that could speak of it, a pointer is made where something was found,
//!   canonical form only where the parse and the walk over the strings have seen that the text is not in it, and a check
//!   lets go of wording that no rule reads again. Where references lead is looked up once for all rules. Questions that
//!   are asked of one record stay in proportion to its size, and those of all records in proportion to their number.
//! - **Module order is the reading order**, and the only direction in which modules may use one another.
//!
//! # One rule
//!
//! A rule is `src/rules/<fault>.rs` (the facts and the check), `src/rules/<fault>.md` (its page, which is both its
//! documentation and its test), one snapshot of what a person sees, and one word in the list in [`rules`]. `comity rules`,
//! `comity explain`, the accepted codes of `allow` and of the dataset's policy, and the tests all follow from that list.
//!
//! # Checking a record
//!
//! ```
//! use comity::{check, dataset::File};
//! use comity_document::input::Input;
//!
//! let file = File::new("data/event/a-visit.json", "event/a-visit.json");
//! let text = r#"{ "names": { "en": "A visit" }, "type": "vist" }"#;
//! let read = check::read(&file, &Input::file(0, text));
//! assert!(read.entry.record.is_none());
//! assert!(read.findings.iter().any(|finding| finding.rule.code == "unknown-code"));
//! ```

pub mod kind;

pub mod value;

pub mod record;

pub mod schema;

mod finding;

pub mod dataset;

pub mod query;

pub mod format;

pub mod lint;

pub mod rules;

pub mod policy;

pub mod report;

pub mod check;

pub mod fix;

pub mod render;

pub mod export;

pub use check::check;
pub use export::bundle;
