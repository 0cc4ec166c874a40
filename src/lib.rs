//! Comity: types, schemas and checker of a source-cited dataset of security cooperation.
//!
//! # A dataset from texts
//!
//! [`Dataset::builder`] takes texts by their paths. The library reads no files itself. Every kind of record has a typed
//! iterator, such as [`Dataset::events`].
//!
//! ```
//! use comity::{Dataset, Day};
//!
//! let dataset = Dataset::builder("2026-01-01".parse::<Day>()?)
//!     .file("place/rabat.json", r#"{ "names": { "en": "Rabat" }, "type": "city", "country": "MA" }"#)
//!     .build();
//! let rabat = dataset.places().next().ok_or("a place")?;
//! assert_eq!(rabat.key.to_string(), "place:rabat");
//! assert_eq!(rabat.fields.country.map(|country| country.name()), Some("Morocco"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Who met whom in 2024
//!
//! [`query`] answers questions about records: [`query::sides`] says for whom somebody acts on a day, [`query::time`] when.
//!
//! ```
//! use comity::query::{sides, time::Acting};
//! # use comity::{Dataset, Day};
//! #
//! # let today: Day = "2026-01-01".parse()?;
//! # let dataset = Dataset::builder(today)
//! #     .file("actor/morocco.json", r#"{ "names": { "en": "Morocco" }, "type": "state", "country": "MA" }"#)
//! #     .file("actor/ministry.json", r#"{ "names": { "en": "Ministry" }, "type": "ministry", "country": "MA", "part_of": "morocco" }"#)
//! #     .file("actor/minister.json", r#"{ "names": { "en": "A minister" }, "type": "person", "offices": { "minister": {
//! #         "organisation": "ministry", "title": { "en": "Minister" }, "level": "minister", "from": "2020" } } }"#)
//! #     .file("actor/nato.json", r#"{ "names": { "en": "NATO" }, "type": "organisation" }"#)
//! #     .file("event/a-visit.json", r#"{ "names": { "en": "A visit" }, "type": "visit", "when": "2024-03-09", "status": "held",
//! #         "participants": { "minister": { "roles": ["visitor"] }, "nato": { "roles": ["host"] } },
//! #         "evidence": { "a-page": { "stance": "reports" } } }"#)
//! #     .build();
//! #
//! let in_2024 = dataset.events().filter(|event| event.fields.when.start().earliest.year() == Some(2024));
//! let met: Vec<(String, Vec<String>)> = in_2024
//!     .map(|event| {
//!         let present = sides::taking_part(event.record, dataset.as_of);
//!         let side = |acting: Acting| Some(sides::of(&dataset, acting.actor, &acting.span)?.only()?.to_string());
//!         (event.key.id.to_string(), present.into_iter().filter_map(side).collect())
//!     })
//!     .collect();
//! // The minister acts for a ministry of Morocco.
//! assert_eq!(met, [("a-visit".to_owned(), vec!["Morocco".to_owned(), "nato".to_owned()])]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Checking
//!
//! [`check`](check()) runs every rule that the [`Policy`] lets run. A fault in a text is a finding, never an error.
//!
//! ```
//! use comity::{Dataset, Day, Policy, check};
//!
//! let dataset = Dataset::builder("2026-01-01".parse::<Day>()?)
//!     .folder("data")
//!     .file("event/a-visit.json", "{ \"names\": { \"en\": \"A visit\" },\n  \"type\": \"vist\" }")
//!     .build();
//! let report = check(&dataset, None, &Policy::of(&dataset));
//! let found = report.diagnostics.iter().find(|found| found.rule.code == "unknown-code").ok_or("a finding")?;
//! assert_eq!(found.location.path, "data/event/a-visit.json");
//! assert_eq!(found.location.quoted.map(|quoted| quoted.start.line), Some(2));
//! assert!(found.help.as_deref().is_some_and(|help| help.starts_with("did you mean `visit`")));
//!
//! comity::render::concise(&report, &mut std::io::stdout())?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # A bundle
//!
//! [`bundle::read`] reads what `comity export` writes. It keeps what a later version adds; [`bundle::read_strict`] does
//! not. One [`Record`] is read and written with serde.
//!
//! ```
//! use comity::{Record, bundle};
//!
//! let line = r#"{"kind":"theme","id":"training","names":{"en":"Training"},"definition":{"en":"Teaching of forces."}}"#;
//! let dataset = bundle::read(line)?.into_dataset("2026-01-01".parse()?);
//! assert_eq!(dataset.themes().count(), 1);
//!
//! let record: Record = serde_json::from_str(line)?;
//! assert_eq!(record.title(), Some("Training"));
//! assert_eq!(serde_json::to_string(&record)?, line);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The line of work
//!
//! ```text
//! files, git, stdin ─load→ Input ─parse→ Document ─decode→ Record ─build→ Dataset ─check→ Findings ─policy→ ─locate→ Report ─render→ text
//!            comity-cli        comity-document          comity
//! ```
//!
//! | Modules | What they hold |
//! |---|---|
//! | [`kind`], [`value`], [`record`] | the types of the data |
//! | [`schema`] | JSON Schemas made of the types |
//! | [`dataset`], [`query`] | records by kind and id, and the questions that rules, `stats`, `show` and `export` ask |
//! | [`lint`], [`rules`] | what the author of a rule imports, and the rules by subject |
//! | [`diff`] | what changed from one state of a dataset to a later one |
//! | [`policy`], [`report`], [`mod@check`] | severities; places as lines; the entry that runs everything |
//! | [`compose`] | new records, and evidence for records, from what a contributor says |
//! | [`mod@format`], [`fix`] | canonical form; fixes |
//! | [`issue`] | the forms of an issue, and records from what was filled in |
//! | [`render`], [`export`] | reports, and records, in the formats that others read |
//!
//! A rule is `src/rules/<subject>/<fault>.rs`, its page `<fault>.md` beside it, which is both documentation and test, and
//! one word in its subject's list. `comity rules`, `comity explain` and the accepted codes follow from the list.
//!
//! # Invariants
//!
//! - **The library does no I/O**: no files, clock, environment, printing or process. The crate `comity-cli` has those.
//! - **Faults in data are values**, never `Err` and never a panic. One bad file never changes what is said about others:
//!   an entry that does not decode keeps its name, and references to it still resolve.
//! - **What a type can say, the type says**, and the schema carries it. A rule exists only for what spans fields or records.
//! - **Types and schema agree.** What the authoring schema admits decodes, and what it refuses does not. Valid records are
//!   only decoded; the schema is compiled to explain a record that does not decode. A property test over mutated records
//!   holds the two together, and debug builds assert it on every record.
//! - **A place is a JSON Pointer**, except where there is no tree. Rules never touch offsets: [`report::locate`] turns
//!   places into bytes, and one module counts lines and columns.
//! - **Severity is decided in one place**, [`policy::apply_policy`], from the rule's own level, the dataset's policy and the
//!   records' exceptions.
//! - **No format is known outside its renderer**, and no renderer looks anything up.
//! - **Output is deterministic**: sorted by path, place and rule; no hash-map order, clock or absolute path.
//! - **A fix must fix.** [`fix`] keeps a fix only if the whole check finds its record better afterwards. Nothing is written
//!   before everything is known.
//! - **A check keeps no records.** Rules over several records screen on summaries and look again at the records about which
//!   a summary leaves a doubt. What is said of a dataset does not depend on whether its records are kept.
//! - **Valid records are cheap.** The trees of a batch share one arena, a string is scanned once, and pointers and canonical
//!   forms are made only where something was found. Each step sees a batch of records before the next step runs. Costs are
//!   proportional to the records.
//! - **Module order is the reading order**, and a module uses only modules before it.

mod from_text;
mod parallel;

pub mod kind;

pub mod value;

pub mod record;

pub mod schema;

mod finding;

pub mod dataset;

pub mod query;

pub mod format;

pub mod lint;

pub mod diff;

pub mod rules;

pub mod policy;

pub mod report;

pub mod check;

pub mod compose;

pub mod fix;

pub mod render;

pub mod issue;

pub mod export;

#[doc(inline)]
pub use check::{DatasetBuilder, check};
pub use dataset::{Dataset, Entry, Manifest, TypedRecord};
#[doc(inline)]
pub use export::bundle;
pub use kind::Kind;
pub use lint::{Rule, Severity};
pub use policy::Policy;
pub use record::{Body, Envelope, Record};
pub use report::{Diagnostic, Report};
pub use value::{AnyRef, Code, Day, Edtf, Id, Key, NonEmptyMap, Ref, Refusal, StringFormat, UniqueList, When};
