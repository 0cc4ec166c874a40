//! The effects of the environment on a run: colour, and the annotation of a faulty `dataset.json`.

use crate::tool::{Folder, Ran, faulty, ran};

fn with(folder: &Folder, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
    ran(folder.command(arguments).envs(variables.iter().copied()), b"")
}

#[test]
fn the_environment_switches_colour_on_and_off() {
    let folder = Folder::with(&faulty("faulty"));
    for (variables, expected) in [
        (&[][..], false),
        (&[("FORCE_COLOR", "1")], true),
        (&[("FORCE_COLOR", "3")], true),
        (&[("FORCE_COLOR", "true")], true),
        (&[("FORCE_COLOR", "")], false),
        (&[("FORCE_COLOR", "0")], false),
        (&[("FORCE_COLOR", "false")], false),
        (&[("CLICOLOR_FORCE", "1")], true),
        (&[("CLICOLOR_FORCE", "0")], false),
        (&[("CLICOLOR_FORCE", "1"), ("FORCE_COLOR", "0")], false),
        (&[("FORCE_COLOR", "1"), ("NO_COLOR", "1")], false),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false),
        (&[("FORCE_COLOR", "1"), ("NO_COLOR", "")], true),
    ] {
        let ran = with(&folder, &["check"], variables);
        assert_eq!(ran.out.contains('\u{1b}'), expected, "{variables:?}: {ran:?}");
    }
    let never = with(&folder, &["check", "--color", "never"], &[("FORCE_COLOR", "1")]);
    assert!(!never.out.contains('\u{1b}'), "{never:?}");
}

const ACTIONS: &[(&str, &str)] = &[("GITHUB_ACTIONS", "true")];

#[test]
fn a_faulty_dataset_json_is_annotated_at_its_line() {
    let folder = Folder::of_the_world();
    folder.write("data/dataset.json", "{\n  \"title\": \"100%\"\n}\n");
    let message =
        "this is not a text by language; write `{ \"en\": \"…\" }`; nothing can be checked before that is fixed";
    for arguments in [&["check"][..], &["check", "--format", "human"]] {
        let ran = with(&folder, arguments, ACTIONS);
        assert_eq!(ran.code, Some(2));
        assert_eq!(ran.out, format!("::error file=data/dataset.json,line=2,col=12::{message}\n"), "{ran:?}");
        assert_eq!(ran.err, format!("error: data/dataset.json:2:12: {message}\n"));
    }
    assert_eq!(folder.run(&["check"]).out, "", "nobody reads annotations elsewhere");
    let ran = with(&folder, &["check", "--format", "json"], ACTIONS);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "JSON has no room for it");
    let ran = with(&folder, &["check", "--format", "json", "--output", "report.json"], ACTIONS);
    assert_eq!(ran.code, Some(2));
    assert!(!folder.path("report.json").exists(), "what could not be checked leaves no file");
}

#[test]
fn an_annotation_escapes_the_path_and_the_message() {
    let folder = Folder::of_the_world();
    folder.write("a,b%c/dataset.json", "{ \"50%\\n::add-mask::x\": 1 }");
    let ran = with(&folder, &["check", "a,b%c"], ACTIONS);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.out.starts_with("::error file=a%2Cb%25c/dataset.json,line=1,col=3::unknown field `50%25\\n::add-mask"),
        "{ran:?}"
    );
    assert_eq!(ran.out.lines().count(), 1, "{ran:?}");
}

#[test]
fn a_dataset_json_of_the_wrong_types_is_told_what_belongs_there() {
    let folder = Folder::of_the_world();
    for (text, expected) in [
        ("{ \"title\": \"Mine\" }", "1:12: this is not a text by language; write `{ \"en\": \"…\" }`"),
        ("{ \"description\": null }", "1:18: this is not a text by language; write `{ \"en\": \"…\" }`"),
        ("{ \"title\": { \"en\": 3 } }", "1:20: this is not a text; write it in quotation marks"),
        ("{ \"licence\": [] }", "1:14: this is not a text; write it in quotation marks"),
        ("{ \"homepage\": {} }", "1:15: this is not a text; write it in quotation marks"),
        ("{ \"aggregators\": \"x.org\" }", "1:18: this is not a list; write `[` and `]` around the items"),
        ("{ \"aggregators\": [3] }", "1:19: this is not a text; write it in quotation marks"),
        ("{ \"licence\": \"\" }", "1:14: this text is empty"),
    ] {
        folder.write("data/dataset.json", text);
        let ran = folder.run(&["check"]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.starts_with(&format!("error: data/dataset.json:{expected}")), "{expected}\n{}", ran.err);
    }
}

/// Releases show the texts of this file to the readers of records.
#[test]
fn a_dataset_json_says_nothing_that_no_record_may_say() {
    let folder = Folder::of_the_world();
    for (text, expected) in [
        (r#"{ "title": { "en": "A\u001b[31m" } }"#, "1:20: an invisible character (U+001B) stands inside this text"),
        (r#"{ "description": { "en": "A\n# B" } }"#, "1:26: a line break or a tab stands inside this text"),
        (r#"{ "coverage": { "en": "\u202eA" } }"#, "1:23: an invisible character (U+202E) stands inside this text"),
        (r#"{ "publisher": "A [link](https://x.org)" }"#, "1:16: `[link](https://x.org)` is a link (Markdown)"),
        (r#"{ "title": { "en": "<b>A</b>" } }"#, "1:20: `<b>` is a sign for web pages (HTML)"),
        (r#"{ "licence": "nonsense licence" }"#, "1:14: `nonsense licence` is no SPDX expression; write a licence"),
        (r#"{ "licence": "CC0-1.0\n" }"#, "1:14: `CC0-1.0\\n` is no SPDX expression"),
        (r#"{ "aggregators": ["com"] }"#, "1:19: `com` is no host name of a site"),
        (r#"{ "as_of": "2199-01-01" }"#, "1:12: research cannot have been closed on 2199-01-01"),
    ] {
        folder.write("data/dataset.json", text);
        for arguments in [&["check"][..], &["export", "--to", "out"]] {
            let ran = folder.run(arguments);
            assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
            assert!(ran.err.starts_with(&format!("error: data/dataset.json:{expected}")), "{expected}\n{}", ran.err);
        }
    }
}
