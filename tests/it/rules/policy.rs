//! Which rules run, the levels of their findings, and how many findings are shown: by the dataset, and by the command
//! line, which overrides the dataset.

use serde_json::{Value, json};

use crate::tool::{Folder, found};

/// The rule of a finding, and its file.
type Found<'a> = (&'a str, &'a str);

/// An error from which a record can be excepted.
fn of_the_future() -> Value {
    json!({ "kind": "event", "id": "to-come", "when": "2091-01-22" })
}

/// A step that only a `?` keeps from being certainly wrong.
fn perhaps_wrong(allow: &Value) -> Value {
    let history = json!({ "signed": "2008-06-02", "in-force": "2007?" });
    json!({ "kind": "agreement", "id": "a-text", "history": history, "allow": allow })
}

/// Severity and rule of each finding.
fn levels(report: &Value) -> Vec<(&str, &str)> {
    let items = report["diagnostics"].as_array().expect("a list");
    items
        .iter()
        .map(|item| (item["severity"].as_str().expect("a severity"), item["rule"].as_str().expect("a rule")))
        .collect()
}

fn with_rules(folder: &Folder, rules: &Value) {
    folder.write("data/dataset.json", json!({ "rules": rules }).to_string());
}

#[test]
fn a_dataset_sets_the_level_of_a_rule() {
    let folder = Folder::with(&of_the_future());
    for (level, code) in [("error", 1), ("warning", 0), ("note", 0)] {
        with_rules(&folder, &json!({ "future-as-fact": level }));
        let (ran, report) = folder.check(&[]);
        assert_eq!((ran.code, levels(&report)), (Some(code), vec![(level, "future-as-fact")]));
    }
    with_rules(&folder, &json!({ "future-as-fact": "off" }));
    let (ran, report) = folder.check(&[]);
    assert_eq!((ran.code, levels(&report)), (Some(0), vec![]));
    assert!(report["summary"]["not_checked"].to_string().contains("\"future-as-fact\""), "{report}");
    assert!(
        ran.err.contains(
            "not run: vanished-id, changed-without-evidence (without --base), future-as-fact (off in dataset.json)"
        ),
        "silence must not look like success: {ran:?}"
    );
}

#[test]
fn rules_are_chosen_one_by_one_or_as_a_list() {
    let folder = Folder::with(&of_the_future());
    let (path, text) = crate::world::file(&json!({ "kind": "event", "id": "faulty", "type": "no-such-type" }));
    folder.write(&format!("data/{path}"), text);
    let both = [("unknown-code", "data/event/faulty.json"), ("future-as-fact", "data/event/to-come.json")];
    let choices: [(&[&str], &[Found<'_>]); 8] = [
        (&[], &both),
        (&["--select", "unknown-code"], &both[..1]),
        (&["--select", "unknown-code,future-as-fact"], &both),
        (&["--select", "unknown-code", "--select=future-as-fact"], &both),
        (&["--ignore", "unknown-code"], &both[1..]),
        (&["--ignore", "unknown-code,future-as-fact"], &[]),
        (&["--select", "unknown-code,future-as-fact", "--ignore", "unknown-code"], &both[1..]),
        (&["--select", "syntax"], &[]),
    ];
    for (arguments, expected) in choices {
        assert_eq!(found(&folder.check(arguments).1), expected, "{arguments:?}");
    }
}

#[test]
fn a_rule_that_is_named_runs_though_it_is_off_or_an_audit() {
    let folder = Folder::with(&of_the_future());
    let late = json!({ "kind": "event", "id": "told-late", "when": "2017-01-22", "type": "meeting", "evidence": { "another-report": { "stance": "reports" } } });
    let (path, text) = crate::world::file(&late);
    folder.write(&format!("data/{path}"), text);
    with_rules(&folder, &json!({ "future-as-fact": "off" }));
    assert_eq!(levels(&folder.check(&["--select", "future-as-fact"]).1), [("error", "future-as-fact")]);
    assert_eq!(levels(&folder.check(&["--select", "future-as-fact", "--ignore", "future-as-fact"]).1), []);
    assert_eq!(levels(&folder.check(&["--select", "late-reports-only"]).1), [("warning", "late-reports-only")]);
    assert!(levels(&folder.check(&["--audit"]).1).contains(&("warning", "late-reports-only")));
    // A level alone asks for nothing.
    with_rules(&folder, &json!({ "late-reports-only": "error", "future-as-fact": "off" }));
    assert_eq!(levels(&folder.check(&[]).1), []);
    assert!(levels(&folder.check(&["--audit"]).1).contains(&("error", "late-reports-only")));
}

#[test]
fn what_would_check_nothing_in_silence_is_refused() {
    let folder = Folder::of_the_world();
    let cases = [
        (&["--select", "unknown-cod"][..], "there is no rule `unknown-cod`; did you mean `unknown-code`?"),
        (&["--ignore", "syntax,xyz"], "there is no rule `xyz`; `comity rules` lists them"),
        (&["--select", ""], "there is no rule ``"),
        (&["--select", "vanished-id"], "`vanished-id` compares with an earlier revision; say which with --base REV"),
    ];
    for (arguments, expected) in cases {
        let ran = folder.run(&[&["check"], arguments].concat());
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ran.err.contains(expected), "{arguments:?}: {ran:?}");
    }
}

#[test]
fn warnings_block_a_merge_where_that_is_asked_for() {
    let folder = Folder::with(&of_the_future());
    with_rules(&folder, &json!({ "future-as-fact": "warning" }));
    let (ran, report) = folder.check(&["--warnings-as-errors"]);
    assert_eq!((ran.code, levels(&report)), (Some(1), vec![("error", "future-as-fact")]));
    with_rules(&folder, &json!({ "future-as-fact": "note" }));
    let (ran, report) = folder.check(&["--warnings-as-errors"]);
    assert_eq!((ran.code, levels(&report)), (Some(0), vec![("note", "future-as-fact")]), "a note is no warning");
}

#[test]
fn what_is_possible_is_a_note_and_blocks_nothing() {
    let folder = Folder::with(&perhaps_wrong(&Value::Null));
    assert_eq!(levels(&folder.check(&[]).1), [], "nobody asked");
    for level in ["error", "warning", "note"] {
        with_rules(&folder, &json!({ "status-order": level }));
        let (ran, report) = folder.check(&["--possible", "--warnings-as-errors"]);
        assert_eq!((ran.code, levels(&report)), (Some(0), vec![("note", "status-order")]), "{level}");
        assert_eq!(report["diagnostics"][0]["possible"], true);
        assert_eq!((&report["summary"]["errors"], &report["summary"]["notes"]), (&json!(0), &json!(1)));
    }
    with_rules(&folder, &json!({ "status-order": "off" }));
    assert_eq!(levels(&folder.check(&["--possible"]).1), []);
    let folder = Folder::with(&of_the_future());
    let (_, report) = folder.check(&["--possible"]);
    assert_eq!(
        (levels(&report), &report["diagnostics"][0]["possible"]),
        (vec![("error", "future-as-fact")], &json!(false))
    );
}

#[test]
fn what_is_possible_neither_uses_an_exception_nor_leaves_it_unused() {
    let allow =
        json!([{ "rule": "status-order", "at": "/history/in-force", "reason": "Two sources of the time say so." }]);
    let needless = Folder::with(&perhaps_wrong(&allow));
    for arguments in [&[][..], &["--possible"]] {
        assert_eq!(levels(&needless.check(arguments).1), [("error", "unused-allow")], "{arguments:?}");
    }
    let needed = json!({ "kind": "agreement", "id": "a-text", "allow": allow, "history": { "signed": "2008-06-02", "in-force": "2007" } });
    let needed = Folder::with(&needed);
    for arguments in [&[][..], &["--possible"]] {
        assert_eq!(levels(&needed.check(arguments).1), [], "{arguments:?}");
    }
}

#[test]
fn findings_are_counted_by_rule() {
    let folder = Folder::with(&of_the_future());
    for id in ["a", "b"] {
        let (path, text) = crate::world::file(&json!({ "kind": "event", "id": id, "type": "no-such-type" }));
        folder.write(&format!("data/{path}"), text);
    }
    let ran = folder.run(&["check", "--select", "future-as-fact,unknown-code", "--statistics"]);
    let lines: Vec<&str> = ran.out.lines().collect();
    let [.., most, fewest, closing] = lines[..] else { panic!("{ran:?}") };
    assert_eq!((most.trim(), fewest.trim()), ("2  unknown-code", "1  future-as-fact"));
    assert!(closing.starts_with("checked "), "{ran:?}");
    // What programs read stays whole.
    let (ran, report) = folder.check(&["--statistics", "--max-findings", "0"]);
    assert_eq!(levels(&report), []);
    assert!(ran.err.contains("1  future-as-fact"), "{ran:?}");
}

#[test]
fn a_limit_hides_findings_and_not_that_there_are_more() {
    let types = ["a", "b", "c"].map(|id| json!({ "kind": "event", "id": id, "type": "no-such-type" }));
    let folder = Folder::of_the_world();
    for record in &types {
        let (path, text) = crate::world::file(record);
        folder.write(&format!("data/{path}"), text);
    }
    for (limit, shown) in [("0", 0), ("2", 2), ("3", 3), ("99", 3)] {
        let ran = folder.run(&["check", "--format", "concise", "--select", "unknown-code", "--max-findings", limit]);
        assert_eq!((ran.code, ran.out.matches("[unknown-code]").count()), (Some(1), shown), "{ran:?}");
        let left = match 3 - shown {
            0 => None,
            1 => Some("and 1 more finding not shown"),
            _ => Some("more findings not shown"),
        };
        assert!(left.is_none_or(|left| ran.out.contains(left)) && (left.is_some() || !ran.out.contains("not shown")));
        assert!(ran.out.contains("3 errors"), "the closing line counts them all: {ran:?}");
        let (_, report) = folder.check(&["--select", "unknown-code", "--max-findings", limit]);
        assert_eq!((levels(&report).len(), &report["summary"]["errors"]), (shown, &json!(3)));
        assert_eq!(report["summary"]["not_shown"], json!(3 - shown));
        let junit =
            folder.run(&["check", "--format", "junit", "--select", "unknown-code", "--max-findings", limit]).out;
        let head =
            format!("tests=\"{}\" failures=\"{}\"", shown + usize::from(shown < 3), shown + usize::from(shown < 3));
        assert!(junit.contains(&head) && !junit.contains("nothing to fix"), "{junit}");
    }
    let ran = folder.run(&[
        "check",
        "--format",
        "json",
        "--output",
        "all.json",
        "--select",
        "unknown-code",
        "--max-findings",
        "1",
    ]);
    let all: Value = serde_json::from_str(&folder.read("all.json")).expect("JSON");
    assert_eq!((levels(&all).len(), ran.out.matches("error[unknown-code]").count()), (3, 1), "a file holds them all");
}

#[test]
fn a_faulty_dataset_json_is_told_with_its_place_and_the_way_out() {
    let folder = Folder::of_the_world();
    let cases: [(&[u8], &str); 14] = [
        (b"{\n", "data/dataset.json:1:1: this `{` is never closed; type `}`"),
        (b"", "data/dataset.json:1:1: the file is empty"),
        (b"[]", "data/dataset.json:1:1: this is not written as named entries; write `{` and `}`"),
        (b"{\n  \"rules\": {},\n}", "data/dataset.json:2:14: trailing comma after the last entry"),
        (b"{ \"rulez\": {} }", "data/dataset.json:1:3: unknown field `rulez`; did you mean `rules`?"),
        (b"{ \"zzzz\": 1 }", "data/dataset.json:1:3: unknown field `zzzz`; it may have `$schema`, `title`, "),
        (
            b"{ \"rules\": { \"orphan\": \"of\" } }",
            "data/dataset.json:1:24: `of` is no level of a rule; write `error`, `warning`, `note` or `off`",
        ),
        (b"{ \"rules\": { \"orphan\": null } }", "data/dataset.json:1:24: `null` is no level of a rule"),
        (
            b"{ \"rules\": 3 }",
            "data/dataset.json:1:12: this is not written as named entries; write `{ \"RULE\": \"LEVEL\" }`",
        ),
        (
            b"{ \"rules\": { \"orphann\": \"off\" } }",
            "data/dataset.json:1:14: there is no rule `orphann`; did you mean `orphan`?",
        ),
        (
            b"{ \"rules\": { \"orphan\": \"off\", \"orphan\": \"note\" } }",
            "data/dataset.json:1:31: `orphan` is written twice",
        ),
        (b"{ \"homepage\": \"ftp:x\" }", "data/dataset.json:1:15: `ftp:x` does not begin with `https://` or `http://`"),
        (b"{ \"title\": { \"english\": \"x\" } }", "data/dataset.json:1:14: `english` is not the code of a language"),
        (b"\xff\xfe", "data/dataset.json is not UTF-8; save it as UTF-8"),
    ];
    for (text, expected) in cases {
        folder.write("data/dataset.json", text);
        let ran = folder.run(&["check"]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
        assert!(ran.err.starts_with(&format!("error: {expected}")), "{expected}\n{}", ran.err);
    }
    // From inside, as it is called from there.
    let mut inside = folder.command(&["check"]);
    let ran = crate::tool::ran(inside.current_dir(folder.path("data")), b"");
    assert!(ran.err.starts_with("error: dataset.json is not UTF-8"), "{ran:?}");
}
