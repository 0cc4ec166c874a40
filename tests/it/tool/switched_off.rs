//! A change cannot switch the check off, and a run that did not check all of what was asked for does not end with 0.

use comity::rules::RULES;
use serde_json::json;

use crate::tool::history::{commit, has_git, repository, write};
use crate::tool::{Folder, Ran, faulty, found};

/// The rules that no dataset can lower, for each keeps a record from being read or published.
const MANDATORY: [&str; 22] = [
    "syntax",
    "not-utf8",
    "duplicate-key",
    "too-large",
    "unreadable",
    "misplaced-file",
    "id-file-mismatch",
    "unknown-field",
    "missing-field",
    "wrong-type",
    "unknown-code",
    "malformed-value",
    "empty-collection",
    "repeated-item",
    "impossible-date",
    "unregistered-language",
    "duplicate-id",
    "dangling-reference",
    "self-reference",
    "reference-cycle",
    "reversed-interval",
    "incoherent-quantity",
];

fn could_not(ran: &Ran, words: &[&str]) {
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    assert!(words.iter().all(|word| ran.err.contains(word)), "{words:?} in {ran:?}");
}

#[test]
fn what_keeps_a_record_from_being_read_or_published_is_an_error_in_every_dataset() {
    let mandatory: Vec<&str> = RULES.iter().filter(|(rule, _)| rule.mandatory).map(|(rule, _)| rule.code).collect();
    assert_eq!(mandatory, MANDATORY);
    let folder = Folder::with(&faulty("faulty"));
    for code in MANDATORY {
        for level in ["off", "note", "warning"] {
            folder.write("data/dataset.json", json!({ "rules": { code: level } }).to_string());
            let message = format!(
                "`{code}` is always an error, because a record with that fault cannot be read or published; remove"
            );
            let place = format!("error: data/dataset.json:1:{}: ", "{'rules':{'':".len() + code.len() + 1);
            could_not(&folder.run(&["check"]), &[&place, &message]);
        }
        folder.write("data/dataset.json", json!({ "rules": { code: "error" } }).to_string());
        assert_eq!(folder.run(&["check"]).code, Some(1), "{code}: the level it has may be written");
    }
}

#[test]
fn a_base_that_lowers_such_a_rule_leaves_it_an_error() {
    if !has_git() {
        return;
    }
    let folder = repository(&[]);
    folder.write("data/dataset.json", r#"{ "rules": { "unknown-code": "off", "future-as-fact": "off" } }"#);
    commit(&folder);
    folder.write("data/dataset.json", "{}\n");
    write(&folder, &faulty("new-fault"));
    write(&folder, &json!({ "kind": "event", "id": "to-come", "when": "2091-01-22" }));
    let (ran, report) = folder.check(&["--base", "HEAD", "--today", "2026-01-01"]);
    let expected = [("unknown-code", "data/event/new-fault.json"), ("future-as-fact", "data/event/to-come.json")];
    assert_eq!((ran.code, found(&report)), (Some(1), expected.to_vec()));
    assert!(ran.err.contains("note: dataset.json of `HEAD` is faulty; every rule has its usual level"), "{ran:?}");
}

/// Files of which each cannot be checked to the end, and the rule that says so.
fn unfinished() -> [(&'static str, &'static str, Vec<u8>); 7] {
    let typed = |text: &str| text.as_bytes().to_vec();
    [
        ("syntax", "data/event/a.json", typed("{")),
        ("not-utf8", "data/event/a.json", b"{ \"type\": \"\xff\" }".to_vec()),
        ("too-large", "data/event/a.json", typed(&"[".repeat(200))),
        ("misplaced-file", "data/notes/a.json", typed("{}")),
        ("id-file-mismatch", "data/event/a.json", typed("{ \"kind\": \"place\" }")),
        ("wrong-type", "data/event/a.json", typed("{ \"names\": 1 }")),
        ("unknown-code", "data/event/one.json", typed(&crate::world::file(&faulty("one")).1)),
    ]
}

#[test]
fn what_is_not_checked_to_the_end_is_never_clean_whatever_is_shown() {
    for (rule, path, text) in unfinished() {
        let folder = Folder::of_the_world();
        folder.write(path, text);
        let (_, report) = folder.check(&[]);
        assert!(found(&report).iter().any(|(code, _)| *code == rule), "{rule}: {report}");
        let every: Vec<&str> = MANDATORY.to_vec();
        for arguments in [&["--select", "orphan"][..], &["--ignore", &every.join(",")], &["--max-findings", "0"]] {
            let (ran, report) = folder.check(arguments);
            assert_eq!(ran.code, Some(1), "{rule} {arguments:?}: {ran:?}");
            assert!(!found(&report).iter().any(|(code, _)| *code == rule), "{rule} {arguments:?}: {report}");
            assert!(ran.err.contains("1 file not checked to the end"), "{rule} {arguments:?}: {ran:?}");
            assert!(!ran.err.contains("nothing to fix"), "{rule} {arguments:?}: {ran:?}");
            let skipped = report["summary"]["skipped"].as_array().map_or(0, Vec::len);
            assert_eq!(skipped, 1, "{rule} {arguments:?}: {report}");
            let is_told = ran.err.contains("this run fails because not every file was checked to the end");
            assert_eq!(is_told, report["summary"]["errors"] == 0, "{rule} {arguments:?}: {ran:?}");
        }
        // Whoever asks for another file gets an answer about that file.
        assert_eq!(folder.run(&["check", "data/actor"]).code, Some(0), "{rule}");
    }
}

#[test]
fn a_faulty_record_that_was_changed_is_told_and_one_that_was_not_is_counted() {
    if !has_git() {
        return;
    }
    let folder = repository(&[faulty("old-fault")]);
    let only = ["--base", "HEAD", "--changed-only", "--ignore", "non-canonical"];
    let (ran, report) = folder.check(&only);
    assert_eq!((ran.code, found(&report)), (Some(0), vec![]));
    assert!(ran.err.contains("1 file not checked to the end, as before the change"), "{ran:?}");
    assert_eq!(report["summary"]["skipped"][0]["path"], "data/event/old-fault.json");

    // The fault is the old one; what the record says besides is new, and no rule has seen it.
    let text = folder.read("data/event/old-fault.json");
    folder.write("data/event/old-fault.json", text.replacen("{\n", "{\n\n", 1));
    let expected = vec![("unknown-code", "data/event/old-fault.json")];
    let (ran, report) = folder.check(&only);
    assert_eq!((ran.code, found(&report)), (Some(1), expected));
    let hidden = [&only[..], &["--ignore", "unknown-code"]].concat();
    let (ran, report) = folder.check(&hidden);
    assert_eq!((ran.code, found(&report)), (Some(1), vec![]));
    assert!(ran.err.contains("this run fails because not every file was checked to the end"), "{ran:?}");
}

#[test]
fn what_cannot_be_compared_with_the_base_counts_as_changed() {
    if !has_git() {
        return;
    }
    let folder = repository(&[]);
    folder.write("data/event/a.json", b"\xff first");
    commit(&folder);
    folder.write("data/event/a.json", b"\xff other");
    let (ran, report) = folder.check(&["--base", "HEAD", "--changed-only"]);
    assert_eq!((ran.code, found(&report)), (Some(1), vec![("not-utf8", "data/event/a.json")]));
}

#[test]
fn a_run_that_checks_no_record_is_not_clean() {
    let folder = Folder::of_the_world();
    folder.write("data/event/.gitkeep", "");
    for named in ["data/event", "data/event/.gitkeep"] {
        let ran = folder.run(&["check", named]);
        assert_eq!(ran.code, Some(1), "{named}: {ran:?}");
        assert!(
            ran.out.contains("no finding to show") && ran.out.contains("no record was checked"),
            "{named}: {ran:?}"
        );
    }
    // What describes the dataset concerns every record.
    let whole = folder.check(&[]).1["summary"].clone();
    for named in [&["data/dataset.json"][..], &["data/dataset.json", "data/actor"]] {
        let (ran, report) = folder.check(named);
        assert_eq!((ran.code, &report["summary"]), (Some(0), &whole), "{named:?}");
    }
    // What is no record is not counted as one.
    folder.write("data/notes.txt", "text");
    folder.write("data/events/a.json", "{}");
    let (_, report) = folder.check(&[]);
    assert_eq!(found(&report), [("misplaced-file", "data/events"), ("misplaced-file", "data/notes.txt")]);
    assert_eq!(report["summary"]["records"], whole["records"]);
}

#[test]
fn a_dataset_json_below_the_top_folder_is_a_finding_and_no_record() {
    let (_, record) = crate::world::file(&json!({ "kind": "event", "id": "dataset" }));
    for (path, text) in [
        ("data/event/dataset.json", "{}"),
        ("data/event/2019/dataset.json", "{}"),
        // As a record there would be nothing wrong with it.
        ("data/event/dataset.json", record.as_str()),
    ] {
        let folder = Folder::of_the_world();
        folder.write(path, text);
        let (ran, report) = folder.check(&[]);
        assert_eq!((ran.code, found(&report)), (Some(1), vec![("misplaced-file", path)]));
        let item = &report["diagnostics"][0];
        assert_eq!(item["message"], "`dataset.json` marks the top folder of a dataset, and this is no top folder");
        assert!(item["help"].as_str().is_some_and(|help| help.contains("remove this file")), "{item}");
        // Whoever names the folder does not get the small dataset for the large one.
        let below = path.trim_end_matches("/dataset.json");
        could_not(
            &folder.run(&["check", below]),
            &["two datasets lie one above the other", path, "`data/dataset.json`"],
        );
    }
    let folder = Folder::of_the_world();
    folder.write("data/notes/dataset.json", "{}");
    assert_eq!(found(&folder.check(&[]).1), [("misplaced-file", "data/notes")]);
}

#[test]
fn the_paths_of_two_datasets_are_refused_in_any_order() {
    let folder = Folder::of_the_world();
    folder.write("other/dataset.json", "{}");
    let (path, text) = crate::world::file(&json!({ "kind": "event", "id": "elsewhere" }));
    let [other, loose] = [format!("other/{path}"), format!("loose/{path}")];
    folder.write(&other, &text);
    folder.write(&loose, &text);
    let (ours, text) = crate::world::file(&json!({ "kind": "event", "id": "here" }));
    let ours = format!("data/{ours}");
    folder.write(&ours, text);
    for [first, second] in [[&*ours, &*other], [&*other, &*ours], ["data/event", &*other], ["other", &*ours]] {
        let [before, after] = if first.starts_with("data") { ["data", "other"] } else { ["other", "data"] };
        let (of_second, of_first) = (format!("of `{after}/dataset.json`"), format!("of `{before}/dataset.json`"));
        for command in ["check", "fmt"] {
            let ran = folder.run(&[command, first, second]);
            could_not(&ran, &[second, &*of_second, &*of_first, "a run of its own"]);
        }
    }
    // A file outside all datasets is checked with the one dataset that another path belongs to.
    for paths in [[&*loose, &*ours], [&*ours, &*loose]] {
        let (ran, report) = folder.check(&paths);
        assert_eq!((ran.code, &report["summary"]["files"]), (Some(0), &json!(2)), "{ran:?}");
    }
}

#[test]
fn two_datasets_one_above_the_other_are_refused() {
    let refused = |folder: &Folder, from: &str, arguments: &[&str], names: [&str; 2]| {
        let mut command = folder.command(&[&["check"], arguments].concat());
        let ran = crate::tool::ran(command.current_dir(folder.path(from)), b"");
        could_not(&ran, &["two datasets lie one above the other", names[0], names[1], "remove or rename the file"]);
    };
    for text in ["{}", "{ \"rules\": {} }", "no dataset at all"] {
        let folder = Folder::of_the_world();
        folder.write("dataset.json", text);
        refused(&folder, "", &[], ["`dataset.json`", "`data/dataset.json`"]);
        refused(&folder, "data", &[], ["`../dataset.json`", "`dataset.json`"]);
        refused(&folder, "", &["data"], ["`dataset.json`", "`data/dataset.json`"]);
        refused(&folder, "", &["data/actor"], ["`dataset.json`", "`data/dataset.json`"]);
        for command in [&["fmt"][..], &["stats"], &["export", "--to", "out"]] {
            could_not(&folder.run(command), &["two datasets lie one above the other"]);
        }
    }
    let folder = Folder::of_the_world();
    folder.write("data/data/dataset.json", "{}");
    refused(&folder, "", &[], ["`data/dataset.json`", "`data/data/dataset.json`"]);
    refused(&folder, "data/data", &[], ["`../dataset.json`", "`dataset.json`"]);
    #[cfg(unix)]
    {
        let folder = Folder::of_the_world();
        std::os::unix::fs::symlink("nowhere", folder.path("dataset.json")).expect("a link");
        refused(&folder, "", &[], ["`dataset.json`", "`data/dataset.json`"]);
    }
}

#[test]
fn datasets_beside_one_another_and_files_beyond_the_repository_are_no_matter() {
    let folder = Folder::empty();
    folder.write("dataset.json", "of another program");
    folder.write("clone/.git/HEAD", "");
    for (path, text) in crate::world::world() {
        for root in ["data", "examples"] {
            folder.write(&format!("clone/{root}/{path}"), &text);
        }
    }
    for root in ["data", "examples"] {
        folder.write(&format!("clone/{root}/dataset.json"), "{}");
    }
    for arguments in [&["check", "clone"][..], &["check", "clone/data"], &["check", "clone/examples"]] {
        let ran = folder.run(arguments);
        assert_eq!(ran.code, Some(0), "{arguments:?}: {ran:?}");
    }
}

#[test]
fn the_help_says_how_a_run_ends() {
    let help = Folder::empty().run(&["check", "--help"]).out;
    assert!(help.contains("Exit status:") && help.contains("no record to check"), "{help}");
}
