//! Every command: exit codes, paths and streams.

use std::fs;
use std::process::Stdio;

use comity::rules::RULES;
use serde_json::{Value, json};

use super::{Folder, all, faulty, found, ran};
use crate::world::{file, world};

/// How the closing line begins for as many.
fn checked(more: u64) -> String {
    format!("checked {} records", all(more))
}

#[test]
fn the_exit_code_says_clean_or_findings_or_could_not_run() {
    let clean = Folder::of_the_world();
    let ran = clean.run(&["check"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.starts_with(&checked(0)), "{ran:?}");
    assert_eq!(clean.run(&["check", "data"]).code, Some(0));

    let faulty = Folder::with(&faulty("faulty"));
    for format in ["human", "concise", "json", "github", "gitlab", "sarif", "junit", "markdown"] {
        let ran = faulty.run(&["check", "--format", format]);
        assert_eq!(ran.code, Some(1), "the format {format} changes nothing: {ran:?}");
        assert!(ran.out.contains("unknown-code"), "{format}: {}", ran.out);
    }

    let nowhere = Folder::empty();
    for arguments in
        [&["check"][..], &["stats"], &["check", "--no-such-option"], &["check", "missing.json"], &["no-such-command"]]
    {
        let ran = nowhere.run(arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}: {ran:?}");
        assert_eq!(ran.out, "", "what could not run says so on standard error");
        assert!(ran.err.starts_with("error: "), "{arguments:?}: {ran:?}");
    }
    assert_eq!(clean.run(&["check", "data/event/missing.json"]).code, Some(2));
    clean.write("data/dataset.json", "{ \"rules\": { \"no-such-rule\": \"off\" } }");
    assert_eq!(clean.run(&["check"]).code, Some(2), "a policy nobody could obey");
}

#[test]
fn what_is_missing_or_wrong_on_the_command_line_is_told_with_an_example() {
    let folder = Folder::of_the_world();
    for (arguments, expected) in [
        (&["export"][..], "say into which folder to write, as in `comity export --to release`\n"),
        (&["show"], "say which record to show, as in `comity show rabat-seminar-2019`\n"),
        (&["explain"], "say which rule to explain, as in `comity explain missing-field`\n"),
        (&["completions"], "say for which shell to write, as in `comity completions bash`\n"),
        (
            &["check", "--max-findings", "many"],
            "invalid value 'many' for '--max-findings <N>': it is a number from 0 on, such as 20\n",
        ),
        (
            &["check", "--max-findings", "-1"],
            "invalid value '-1' for '--max-findings <N>': it is a number from 0 on, such as 20\n",
        ),
    ] {
        let ran = folder.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
        assert!(ran.err.starts_with(&format!("error: {expected}")), "{ran:?}");
    }
    assert_eq!(folder.run(&["--help"]).code, Some(0), "what was asked for is no error");
}

#[test]
fn the_dataset_is_found_from_inside_from_above_and_by_name() {
    let folder = Folder::with(&faulty("faulty"));
    for (start, shown) in [
        (".", "data/event/faulty.json"),
        ("data", "event/faulty.json"),
        ("data/event", "../event/faulty.json"),
        ("data/actor", "../event/faulty.json"),
    ] {
        let mut command = folder.command(&["check", "--format", "concise"]);
        let ran = ran(command.current_dir(folder.path(start)), b"");
        assert!(ran.out.starts_with(&format!("{shown}:")), "from {start}: {ran:?}");
        assert!(folder.path(start).join(shown).exists(), "the path leads there from {start}");
        assert!(ran.out.contains(&checked(1)), "from {start}: {ran:?}");
    }
    fs::create_dir(folder.path("elsewhere")).expect("a folder");
    let mut command = folder.command(&["check", "--format", "concise", "../data"]);
    let ran = ran(command.current_dir(folder.path("elsewhere")), b"");
    assert!(ran.out.starts_with("../data/event/faulty.json:"), "{ran:?}");
}

#[test]
fn a_path_chooses_what_is_reported_and_the_root_what_is_read() {
    let folder = Folder::with(&faulty("one"));
    let (path, text) = file(&faulty("two"));
    folder.write(&format!("data/{path}"), text);
    let (path, text) = file(&json!({ "kind": "event", "id": "three" }));
    folder.write(&format!("data/{path}"), text);
    let paths = |arguments: &[&str]| {
        let (ran, report) = folder.check(arguments);
        let found: Vec<String> = found(&report).into_iter().map(|(_, path)| path.to_owned()).collect();
        (ran.code, found, report["summary"]["records"].as_u64())
    };
    let (one, two) = ("data/event/one.json", "data/event/two.json");
    assert_eq!(paths(&[]), (Some(1), vec![one.to_owned(), two.to_owned()], Some(all(3))));
    assert_eq!(paths(&[one]), (Some(1), vec![one.to_owned()], Some(1)));
    assert_eq!(paths(&["data/event"]), (Some(1), vec![one.to_owned(), two.to_owned()], Some(3)));
    let actors = world().keys().filter(|path| path.starts_with("actor/")).count() as u64;
    assert_eq!(paths(&["data/actor"]), (Some(0), vec![], Some(actors)));
    assert_eq!(paths(&[two, one]), (Some(1), vec![one.to_owned(), two.to_owned()], Some(2)));
    // It refers to actors and a source that are not named.
    assert_eq!(paths(&["data/event/three.json"]), (Some(0), vec![], Some(1)));
    // What describes the dataset concerns every record.
    assert_eq!(paths(&["data/dataset.json", "data/event/three.json"]), paths(&[]));
}

#[test]
fn what_lies_outside_is_never_called_clean() {
    let folder = Folder::of_the_world();
    folder.write("other/notes/x.json", "{");
    let ran = folder.run(&["check", "data", "other"]);
    assert_eq!(ran.code, Some(2), "a folder of no dataset beside one: {ran:?}");
    let (ran, report) = folder.check(&["data", "other/notes/x.json"]);
    assert_eq!(ran.code, Some(1));
    assert!(found(&report).iter().all(|(_, path)| *path == "other/notes/x.json") && !found(&report).is_empty());
    folder.write("data/notes/x.json", "{}");
    let (ran, report) = folder.check(&["data/notes/x.json"]);
    assert_eq!((ran.code, found(&report)), (Some(1), vec![("misplaced-file", "data/notes/x.json")]));
}

#[test]
fn standard_input_holds_one_record_or_one_a_line() {
    let folder = Folder::of_the_world();
    let check = |text: &str| {
        let ran = ran(&mut folder.command(&["check", "--format", "json", "-"]), text.as_bytes());
        let report: Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
        let found: Vec<(String, Value)> = found(&report)
            .into_iter()
            .zip(report["diagnostics"].as_array().expect("a list"))
            .map(|((rule, path), item)| {
                assert_eq!(path, "<stdin>");
                (rule.to_owned(), item["start"]["line"].clone())
            })
            .collect();
        (ran.code, found, report["summary"]["records"].as_u64())
    };
    let (_, record) = file(&json!({ "kind": "event", "id": "from-a-pipe" }));
    assert_eq!(check(&record), (Some(0), vec![], Some(1)), "laid out as in a file, it is canonical");
    let line = |id: &str, kind: &str| {
        let (_, text) = file(&json!({ "kind": "event", "id": id, "type": kind }));
        let record: Value = serde_json::from_str(&text).expect("JSON");
        record.to_string()
    };
    let lines =
        format!("{}\n\n{}\n{}", line("first", "seminar"), line("second", "no-such-type"), line("third", "visit"));
    let (code, found, records) = check(&lines);
    let unknown: Vec<_> = found.iter().filter(|(rule, _)| rule == "unknown-code").collect();
    assert_eq!((code, records), (Some(1), Some(3)));
    assert_eq!(unknown, [&("unknown-code".to_owned(), json!(3))], "line 2 is empty, and counts");
    let (code, found, _) = check("{ \"kind\": \"event\" }\nno JSON\n");
    assert_eq!(code, Some(1));
    assert!(found.contains(&("syntax".to_owned(), json!(2))), "one bad line leaves the others as they are: {found:?}");
    assert_eq!(check("").0, Some(1), "nothing is no record");
}

#[test]
fn a_line_of_a_file_has_its_own_line_and_column_and_byte() {
    let line = |id: &str, name: &str, kind: &str| {
        let (_, text) = file(&json!({ "kind": "event", "id": id, "names": { "en": name }, "type": kind }));
        serde_json::from_str::<Value>(&text).expect("JSON").to_string()
    };
    let lines = [
        line("first", "A", "visit"),
        String::new(),
        line("second", "Café 𝒳 زيارة", "no-such-type"),
        "  ".to_owned(),
        line("third", "B", "no-such-type-either"),
    ];
    let text = lines.join("\r\n") + "\r\n";
    let folder = Folder::of_the_world();
    folder.write("data/events.ndjson", &text);
    let (ran, report) = folder.check(&["--select", "unknown-code"]);
    assert_eq!(ran.code, Some(1));
    let places: Vec<(u64, u64, u64)> = report["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|item| {
            let number = |key: &str| item["start"][key].as_u64().expect("a number");
            (number("line"), number("column"), number("offset"))
        })
        .collect();
    let expected = ["\"no-such-type\"", "\"no-such-type-either\""].map(|token| {
        let before = &text[..text.find(token).expect("the token")];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        (line as u64, column as u64, before.len() as u64)
    });
    assert_eq!(places, expected);
    assert_eq!(expected.map(|(line, ..)| line), [3, 5]);
}

/// A reader may close the output after the beginning. The report is larger than the buffer of a pipe, so that writing
/// meets the closed pipe.
#[test]
fn a_closed_pipe_is_no_error_and_hides_no_failure() {
    let folder = Folder::of_the_world();
    folder.write("data/lines.ndjson", "no JSON\n".repeat(3_000));
    folder.write("data/event/untidy.json", "{ \"type\": \"visit\" }");
    for (arguments, code) in [
        (&["rules"][..], 0),
        (&["man"], 0),
        (&["check", "--exit-zero"], 0),
        (&["check"], 1),
        (&["check", "--format", "json"], 1),
        (&["fmt", "--check"], 1),
    ] {
        let mut command = folder.command(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(!String::from_utf8_lossy(&output.stderr).contains("error:"), "{arguments:?}");
    }
}

#[test]
fn colour_follows_the_flag_and_the_environment() {
    let folder = Folder::with(&faulty("faulty"));
    let coloured = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = folder.command(&[&["check"], arguments].concat());
        ran(command.envs(variables.iter().copied()), b"").out.contains('\u{1b}')
    };
    assert!(!coloured(&[], &[]), "a pipe is no terminal");
    assert!(coloured(&["--color", "always"], &[]));
    assert!(coloured(&["--color", "always"], &[("NO_COLOR", "1")]), "who says it here means it");
    assert!(coloured(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[], &[("NO_COLOR", "1")]));
    assert!(!coloured(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn github_gets_annotations_and_a_summary_without_a_flag() {
    let folder = Folder::with(&faulty("faulty"));
    folder.write("summary.md", "before\n");
    let mut command = folder.command(&["check"]);
    let ran = ran(command.env("GITHUB_ACTIONS", "true").env("GITHUB_STEP_SUMMARY", folder.path("summary.md")), b"");
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.starts_with("::error file=data/event/faulty.json,line="), "{ran:?}");
    assert!(ran.out.lines().all(|line| line.starts_with("::")), "{ran:?}");
    assert!(ran.err.starts_with(&checked(1)), "the closing line is no annotation: {ran:?}");
    let summary = folder.read("summary.md");
    assert!(summary.starts_with("before\n") && summary.contains("unknown-code"), "{summary}");
}

#[test]
fn schema_writes_what_is_missing_and_says_what_has_drifted() {
    let folder = Folder::of_the_world();
    let check = || folder.run(&["schema", "--check"]);
    assert_eq!(check().code, Some(1), "nothing is there yet");
    assert_eq!(folder.run(&["schema"]).code, Some(0));
    assert_eq!(check().code, Some(0));
    let text = folder.read("schema/reader/event.schema.json");
    folder.write("schema/reader/event.schema.json", text.replace("\"event\"", "\"evnt\""));
    folder.write("schema/gala.schema.json", "{ \"$id\": \"urn:comity:schema:gala:0.1.0\" }");
    let ran = check();
    assert_eq!(ran.code, Some(1));
    let told = ["reader/event.schema.json", "gala.schema.json"].map(|name| ran.out.contains(name));
    assert_eq!(told, [true, true], "{ran:?}");
    assert!(!ran.out.contains("actor"), "{ran:?}");
    assert_eq!(folder.run(&["schema"]).code, Some(0));
    assert_eq!((check().code, folder.read("schema/reader/event.schema.json")), (Some(0), text));
    assert!(!folder.path("schema/gala.schema.json").exists(), "what no type makes is removed");
}

#[test]
fn rules_lists_every_rule_and_explain_shows_its_page() {
    let folder = Folder::empty();
    let ran = folder.run(&["rules", "--format", "json"]);
    let list: Vec<Value> = serde_json::from_str(&ran.out).expect("a list");
    assert_eq!((ran.code, list.len()), (Some(0), RULES.len()));
    let table = folder.run(&["rules"]).out;
    assert_eq!(table.lines().count(), RULES.len());
    for ((item, row), (rule, _)) in list.iter().zip(table.lines()).zip(RULES) {
        assert_eq!(item["code"], rule.code);
        assert!(row.starts_with(rule.code) && row.ends_with(rule.summary), "{row}");
        for key in ["summary", "severity", "fixable", "stage"] {
            assert!(item[key].as_str().is_some_and(|text| !text.is_empty()), "{key} of {item}");
        }
    }
    assert_eq!(folder.run(&["explain", "syntax"]).code, Some(0));
    let ran = folder.run(&["explain", "sintax"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("`syntax`"), "{ran:?}");
}

#[test]
fn an_empty_dataset_fails_the_check_and_is_not_exported() {
    let folder = Folder::empty();
    folder.write("data/dataset.json", "{}\n");
    let ran = folder.run(&["check"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.starts_with("checked 0 records"), "{ran:?}");
    assert!(ran.out.contains("this run fails because no record was checked: add a record"), "{ran:?}");
    let (ran, report) = folder.check(&[]);
    assert_eq!((ran.code, found(&report), &report["summary"]["files"]), (Some(1), vec![], &json!(0)));
    assert_eq!((&report["summary"]["clean"], &report["summary"]["errors"]), (&json!(false), &json!(0)));
    assert!(report["summary"]["failure"].as_str().is_some_and(|why| why.contains("no record was checked")), "{report}");
    for (format, said) in [
        ("gitlab", "failed-run"),
        ("sarif", r#""executionSuccessful":false"#),
        ("junit", "failed-run"),
        ("github", "::error::this run fails"),
        ("markdown", "this run fails"),
    ] {
        let ran = folder.run(&["check", "--format", format]);
        assert!(ran.code == Some(1) && ran.out.contains(said), "{format}: {ran:?}");
    }
    assert_eq!(folder.run(&["fmt"]).code, Some(0));
    assert_eq!(folder.run(&["stats"]).code, Some(0));
    let ran = folder.run(&["export", "--to", "out"]);
    assert!(ran.code == Some(2) && ran.err.contains("data has no record to export"), "{ran:?}");
    assert!(!folder.path("out").exists());
}
