//! A small clean dataset around every example, templates of each kind, and a run of the whole checker over texts.

use std::collections::BTreeMap;
use std::convert::Infallible;

use comity::check::{Checking, Retention};
use comity::dataset::{Dataset, File, Manifest};
use comity::fix::{Checked, FileTexts, FixOutcome, fix};
use comity::format::{self, RecordForm};
use comity::lint::Rule;
use comity::policy::Policy;
use comity::report::Report;
use comity::rules::{InputError, RULES};
use comity::value::Day;
use comity_document::document::{Arena, parse};
use serde_json::{Map, Value, json};

use crate::rendered;

/// Texts by their path below the dataset's root.
pub(crate) type Files = BTreeMap<String, String>;

/// The day that counts as today unless an example says otherwise.
pub(crate) fn today() -> Day {
    Day::new(2026, 1, 1).expect("a day")
}

/// The records to which every example may refer. A test checks that they are clean.
pub(crate) fn world() -> Files {
    let records = [
        json!({ "kind": "actor", "id": "nato", "type": "organisation", "from": "1949-04-04", "names": { "en": "North Atlantic Treaty Organization" } }),
        json!({ "kind": "actor", "id": "morocco", "type": "state", "country": "MA", "names": { "en": "Kingdom of Morocco" } }),
        json!({ "kind": "actor", "id": "algeria", "type": "state", "country": "DZ", "names": { "en": "People's Democratic Republic of Algeria" } }),
        json!({ "kind": "actor", "id": "morocco-mfa", "type": "ministry", "country": "MA", "seat": "rabat", "names": { "en": "Moroccan foreign ministry" } }),
        json!({ "kind": "actor", "id": "nasser-bourita", "type": "person", "names": { "en": "Nasser Bourita" },
            "offices": { "minister": { "title": { "en": "Minister of Foreign Affairs" }, "organisation": "morocco-mfa", "level": "minister", "from": "2017-04-05" } } }),
        json!({ "kind": "place", "id": "rabat", "type": "city", "country": "MA", "names": { "en": "Rabat" } }),
        json!({ "kind": "framework", "id": "mediterranean-dialogue", "type": "partnership", "convenors": ["nato"], "names": { "en": "Mediterranean Dialogue" },
            "history": { "established": "1994-12" }, "members": { "algeria": { "joined": "2000-03" }, "morocco": { "joined": "1995-02" } } }),
        json!({ "kind": "operation", "id": "active-endeavour", "names": { "en": "Active Endeavour" }, "history": { "ongoing": "2001-10-16", "ended": "2016-11-09" } }),
        json!({ "kind": "statement", "id": "a-word-before", "date": "2019-01-20", "themes": ["public-diplomacy"],
            "evidence": { "another-report": { "stance": "reports" } } }),
        json!({ "kind": "source", "id": "a-report", "published": null, "publisher": "An undated paper", "url": null, "identifiers": { "doi": "10.5555/12345678" } }),
        json!({ "kind": "source", "id": "another-report", "published": "2019-01-24", "publisher": "A daily paper",
            "archived": [{ "url": "https://web.archive.org/web/2019/https://example.org/another-report", "captured": "2019-01-25" }] }),
        json!({ "kind": "theme", "id": "political-relations", "broader": null, "names": { "en": "Political relations" } }),
        json!({ "kind": "theme", "id": "public-diplomacy", "broader": "political-relations", "names": { "en": "Public diplomacy" } }),
    ];
    records.into_iter().map(|record| file(&record)).collect()
}

/// A complete record of a kind, over which a fragment is laid.
fn template(kind: &str, id: &str) -> Value {
    let own = match kind {
        "actor" => json!({ "type": "organisation" }),
        "place" => json!({ "type": "city", "country": "MA" }),
        "framework" => json!({ "type": "partnership", "convenors": ["nato"], "history": { "established": "1994-12" } }),
        "agreement" => {
            json!({ "type": "memorandum", "parties": { "morocco": {}, "nato": {} }, "history": { "signed": "2008-06-02" } })
        }
        "operation" => json!({ "type": "maritime-security", "lead": "nato", "history": { "ongoing": "2001-10-16" } }),
        "activity" => json!({ "type": "training", "history": { "ongoing": "2010" },
            "participants": { "morocco": { "roles": ["beneficiary"] }, "nato": { "roles": ["trainer"] } } }),
        "event" => json!({ "type": "seminar", "when": "2019-01-22", "status": "held",
            "participants": { "morocco": { "roles": ["host"] }, "nato": { "roles": ["organiser"] } } }),
        "statement" => {
            json!({ "speaker": "nasser-bourita", "date": "2019-01-22", "position": { "en": "The South wants a voice." } })
        }
        "source" => {
            json!({ "type": "news", "publisher": "A newspaper", "published": "2019-01-24", "languages": ["fr"], "url": format!("https://example.org/{id}") })
        }
        "theme" => json!({ "definition": { "en": "What it covers." }, "broader": "political-relations" }),
        "survey" => {
            json!({ "subjects": ["morocco"], "period": "1995/1999", "corpus": "A library", "queries": ["Morocco 1995"],
            "on": "2026-01-15", "extent": "excerpt", "hits": 0 })
        }
        other => panic!("no template for `{other}`"),
    };
    let mut record = json!({ "kind": kind, "id": id });
    if !matches!(kind, "source" | "statement" | "survey") {
        record["names"] = json!({ "en": format!("Example called {id}") });
    }
    if !matches!(kind, "source" | "theme" | "survey") {
        record["evidence"] = json!({ "a-report": { "stance": "reports" } });
    }
    overlay(&record, &own)
}

/// The fields of a fragment replace those of the template; `null` removes a field.
fn overlay(record: &Value, fragment: &Value) -> Value {
    let mut fields = record.as_object().cloned().unwrap_or_default();
    for (field, value) in fragment.as_object().into_iter().flat_map(Map::iter) {
        fields.insert(field.clone(), value.clone());
        if value.is_null() {
            fields.remove(field);
        }
    }
    Value::Object(fields)
}

/// A fragment of a record as a whole file in canonical form. The id is `example` unless the fragment has one.
pub(crate) fn file(fragment: &Value) -> (String, String) {
    let kind = fragment["kind"].as_str().expect("a fragment names its kind");
    let id = fragment["id"].as_str().unwrap_or("example");
    let record = overlay(&template(kind, id), fragment);
    let path = format!("{kind}/{id}.json");
    let text = canonical(&path, &record.to_string());
    (path, text)
}

/// The canonical form of a text, or the text itself where the text cannot be parsed.
pub(crate) fn canonical(path: &str, text: &str) -> String {
    let file = File::new(path, path);
    match (parse(text, &Arena::default()).root, file.kind) {
        (Some(root), Some(kind)) => format::canonical(kind, &root, RecordForm::of(&file)),
        _ => text.to_owned(),
    }
}

/// What the `dataset.json` around an example says, for the page of a rule. An example shows only what matters, so that
/// nothing refers to most of them, and few of their participants have the role of the type: `orphan` and `missing-role` speak on
/// their own pages alone.
pub(crate) fn about(mut said: Value, code: &str) -> Manifest {
    for rule in ["orphan", "missing-role"].into_iter().filter(|rule| *rule != code) {
        said["rules"][rule] = "off".into();
    }
    serde_json::from_value(said).expect("what `dataset.json` may say")
}

/// Which audit rules run. Beside an example only its own does: it shows only what matters to that.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Audit {
    None,
    One(&'static str),
    All,
}

impl Audit {
    pub(crate) fn of(rule: &Rule) -> Self {
        if rule.audit { Self::One(rule.code) } else { Self::None }
    }

    fn has(self, code: &str) -> bool {
        match self {
            Self::None => false,
            Self::One(one) => one == code,
            Self::All => true,
        }
    }
}

/// Requests to a run besides the rules that always run.
#[derive(Debug)]
pub(crate) struct Asked<'a> {
    /// The manifest of the dataset.
    pub(crate) about: Manifest,
    /// The audit rules to switch on.
    pub(crate) audit: Audit,
    /// Whether to report what is only possibly wrong.
    pub(crate) possible: bool,
    /// The earlier state of the dataset.
    pub(crate) base: Option<&'a Files>,
}

impl Default for Asked<'_> {
    fn default() -> Self {
        Self { about: about(json!({}), ""), audit: Audit::None, possible: false, base: None }
    }
}

/// The whole checker over texts, as the command line runs it over files.
pub(crate) fn run(files: &Files, as_of: Day) -> Report {
    run_with(files, &BTreeMap::new(), as_of, Asked::default())
}

/// Like [`run`], with files that cannot be read, and with requests.
pub(crate) fn run_with(files: &Files, troubles: &BTreeMap<String, InputError>, as_of: Day, asked: Asked<'_>) -> Report {
    checked(files, troubles, as_of, asked).report
}

/// Like [`run_with`], with the files that were checked.
pub(crate) fn checked(files: &Files, troubles: &BTreeMap<String, InputError>, as_of: Day, asked: Asked<'_>) -> Checked {
    let dataset = load(files, troubles, as_of, asked.about.clone(), Retention::WithoutProse);
    let others = RULES.iter().filter(|(rule, _)| rule.audit && !asked.audit.has(rule.code));
    let mut policy = Policy::of(&dataset);
    policy.audit = true;
    policy.possible = asked.possible;
    policy.ignore = others.map(|(rule, _)| rule.code.to_owned()).collect();
    let load_base = |base| load(base, &BTreeMap::new(), as_of, Manifest::default(), Retention::WithoutProse);
    let base = asked.base.map(load_base);
    let report = comity::check(&dataset, base.as_ref(), &policy);
    if base.is_none()
        && let Some(checking) = Checking::of(as_of, &asked.about, &policy)
    {
        // What is kept of records changes nothing that is said.
        let dataset = load(files, troubles, as_of, asked.about, Retention::Summary(&checking));
        let other = comity::check(&dataset, None, &policy);
        assert_eq!(rendered::json(&other), rendered::json(&report), "with summaries, and with records");
    }
    Checked::new(report, dataset.files)
}

/// Fixes texts as the command line fixes files. `check` checks all of them.
pub(crate) fn mended(suggestions: bool, files: &Files, check: &dyn Fn(&Files) -> Checked) -> FixOutcome {
    let below = |shown: &str| shown.strip_prefix("data/").expect("all lie in data").to_owned();
    let over = |texts: &FileTexts| {
        let mut all = files.clone();
        all.extend(texts.iter().map(|(shown, text)| (below(shown), text.clone())));
        Ok::<_, Infallible>(check(&all))
    };
    fix(suggestions, &over, &|shown| files.get(&below(shown)).cloned()).expect("the check cannot fail")
}

/// The texts with the fixed texts in place.
pub(crate) fn with_mended(files: &Files, mended: &FixOutcome) -> Files {
    let mut all = files.clone();
    let below = |shown: &str| shown.strip_prefix("data/").expect("all lie in data").to_owned();
    all.extend(mended.after.iter().map(|(shown, text)| (below(shown), text.clone())));
    all
}

fn load(
    files: &Files,
    errors: &BTreeMap<String, InputError>,
    as_of: Day,
    manifest: Manifest,
    retention: Retention<'_>,
) -> Dataset {
    let builder = Dataset::builder(as_of).folder("data").manifest(manifest).retention(retention);
    let builder = files.iter().fold(builder, |builder, (path, text)| builder.file(path, text));
    errors.iter().fold(builder, |builder, (path, error)| builder.unreadable(path, error.clone())).build()
}
