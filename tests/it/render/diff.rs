//! The formats of a diff: whatever the data says, it stays text.

use comity::dataset::Dataset;
use comity::diff::Diff;
use comity::lint::Severity;
use comity::policy::Policy;
use comity::render::{DiffFormat, DiffView, Display};
use comity::report::Report;
use serde_json::{Value, json};

use crate::render::markdown::{LINKS, github, prose, references, tags};
use crate::render::runner::{TEXTS, commands};
use crate::rendered::diff_schema;
use crate::world::today;

/// The two states of a visit whose texts are this one, and a new visit that looks like the first.
fn state(text: &str, day: &str, again: bool) -> Dataset {
    let visit = |id: &str| {
        json!({
            "kind": "event", "id": id, "names": { "en": text, "fr": format!("{text} {day}") }, "type": "visit", "when": day,
            "status": "held", "places": ["rabat"], "participants": { "nato": { "roles": ["visitor"] } },
            "summary": { "en": format!("{day} {text}") },
            "evidence": { "a-page": { "stance": "reports", "supports": ["/when"], "locator": text, "quote": text,
                "says": { "/status": text } } },
        })
        .to_string()
    };
    let mut builder = Dataset::builder(today()).folder("data").file("event/a-visit.json", visit("a-visit"));
    if again {
        builder = builder.file(&format!("event/{text}.json"), visit("b-visit"));
    }
    builder.build()
}

fn shown(format: DiffFormat, text: &str, in_actions: bool) -> String {
    let (base, head) = (state(text, "2019-01-22", false), state(text, "2019-01-23", true));
    let mut policy = Policy::of(&head);
    policy.changed_only = true;
    let (diff, report) = (Diff::of(&base, &head), comity::check(&head, Some(&base), &policy));
    assert!(diff.records.iter().any(|change| change.fields.iter().any(|field| field.unevidenced)), "{text:?}");
    let view = DiffView { diff: &diff, report: &report, old: text, new: text };
    let mut out = Vec::new();
    format.render(view, Display { colour: false, width: 100, in_actions }, &mut out).expect("memory takes it");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn nothing_of_the_data_becomes_a_link_markup_or_a_mention() {
    const OURS: [&str; 12] = ["p", "strong", "h4", "code", "br", "table", "thead", "tbody", "tr", "th", "td", "ul"];
    for text in LINKS.into_iter().chain(TEXTS) {
        let markdown = shown(DiffFormat::Markdown, text, true);
        let html = github(&markdown);
        let foreign: Vec<&str> = tags(&html).into_iter().filter(|tag| !OURS.contains(tag) && *tag != "li").collect();
        assert_eq!(foreign, [""; 0], "{text:?}\n{markdown}\n{html}");
        assert!(html.contains("<strong>changed, but the evidence did not</strong>"), "our own markup is: {html}");
        assert_eq!(references(&prose(&html)), [""; 0], "{text:?}: {html}");
    }
}

#[test]
fn no_text_of_data_commands_a_runner() {
    for text in TEXTS {
        for format in DiffFormat::ALL {
            assert_eq!(commands(&shown(format, text, true)), [""; 0], "{format:?} of {text:?}");
        }
    }
}

#[test]
fn json_keeps_every_text() {
    let schema = jsonschema::draft202012::new(&diff_schema()).expect("a schema");
    for text in LINKS.into_iter().chain(TEXTS) {
        let diff: Value = serde_json::from_str(&shown(DiffFormat::Json, text, true)).expect("JSON");
        assert!(schema.is_valid(&diff), "{text:?}: {diff:#}");
        assert_eq!(diff["old"], text);
    }
}

#[test]
fn findings_that_are_not_shown_are_counted() {
    let (base, head) = (state("A", "2019-01-22", false), state("A", "2019-01-23", false));
    let diff = Diff::of(&base, &head);
    let mut report = Report::default();
    report.summary.unreported.by_severity.insert(Severity::Warning, 3);
    let view = DiffView { diff: &diff, report: &report, old: "old", new: "new" };
    for format in [DiffFormat::Human, DiffFormat::Markdown] {
        let mut out = Vec::new();
        format
            .render(view, Display { colour: false, width: 100, in_actions: false }, &mut out)
            .expect("memory takes it");
        let text = String::from_utf8(out).expect("UTF-8");
        assert!(text.contains("3 findings that the change brings") && text.contains("and 3 more"), "{text}");
    }
}
