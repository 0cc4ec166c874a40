//! `comity diff`, and what `check --base` compares with: two states of a dataset.

use serde_json::{Value, json};

use crate::rendered::diff_schema;
use crate::tool::history::{commit, git, has_git, repository, write};
use crate::tool::{Folder, faulty, found, ran};

/// A visit, with the fields of the fragment laid over it.
fn visit(id: &str, fragment: &Value) -> Value {
    let mut visit = json!({
        "kind": "event", "id": id, "type": "visit", "when": "2019-01-22", "places": ["rabat"],
        "names": { "en": format!("A visit called {id}") },
        "participants": { "nasser-bourita": { "roles": ["host"] }, "nato": { "roles": ["visitor"] } },
        "figures": { "delegates": { "measure": "participants", "best": 40, "unit": "persons" } },
        "evidence": { "another-report": { "stance": "reports" } },
    });
    for (field, value) in fragment.as_object().into_iter().flatten() {
        visit[field] = value.clone();
    }
    visit
}

/// Four visits, of which a branch changes the first, deletes the second, renames the third and withdraws the fourth; it adds
/// a near duplicate of the first.
fn reviewed() -> Folder {
    let day = |day: &str| json!({ "when": day, "names": { "en": format!("A visit on {day}") } });
    let before = [
        visit("a-visit", &json!({})),
        visit("b-visit", &day("2014-03-01")),
        visit("c-visit", &day("2015-03-01")),
        visit("d-visit", &day("2016-03-01")),
    ];
    let folder = repository(&before);
    git(&folder, &["checkout", "-q", "-b", "topic"]);
    let swapped = json!({ "nasser-bourita": { "roles": ["visitor"] }, "nato": { "roles": ["host"] } });
    write(&folder, &visit("a-visit", &json!({ "when": "2019-01-23", "participants": swapped })));
    std::fs::remove_file(folder.path("data/event/b-visit.json")).expect("removed");
    std::fs::remove_file(folder.path("data/event/c-visit.json")).expect("removed");
    write(&folder, &visit("c-visit-to-rabat", &day("2015-03-01")));
    let mut retired = visit("d-visit", &day("2016-03-01"));
    retired["retired"] = json!({ "on": "2026-01-01", "reason": "It never took place." });
    write(&folder, &retired);
    let again =
        json!({ "names": { "en": "Talks with the *Moroccan* <minister> @somebody" }, "when": "2019-01-22/2019-01-23" });
    write(&folder, &visit("again", &again));
    folder
}

fn diff(folder: &Folder, arguments: &[&str]) -> Value {
    let ran = folder.run(&[&["diff", "--format", "json"], arguments].concat());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
}

/// Each record of a diff with what happened to it.
fn statuses(diff: &Value) -> Vec<(&str, &str)> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let records = diff["records"].as_array().expect("a list");
    records.iter().for_each(|record| drop(text(&record["path"])));
    records.iter().filter_map(|record| Some((record["status"].as_str()?, record["record"].as_str()?))).collect()
}

#[test]
fn a_path_at_which_there_is_no_folder_is_no_range_of_revisions() {
    if !has_git() {
        return;
    }
    let folder = repository(&[]);
    for arguments in [&["diff", "../nowhere"][..], &["diff", "../nowhere", "data"], &["diff", "data", "a/../nowhere"]] {
        let ran = folder.run(arguments);
        assert!(ran.code == Some(2) && ran.err.contains("there is no folder `"), "{arguments:?}: {ran:?}");
    }
    let commit = git(&folder, &["rev-parse", "HEAD"]);
    let ran = folder.run(&["diff", commit.trim(), commit.trim()]);
    let short = &commit[..9];
    assert!(ran.out.starts_with(&format!("{short} → {short}: no record differs\n")), "{ran:?}");
}

#[test]
fn a_reviewer_sees_every_fault_of_a_branch() {
    if !has_git() {
        return;
    }
    let folder = reviewed();
    let diff = diff(&folder, &[]);
    let expected = [
        ("changed", "event:a-visit"),
        ("added", "event:again"),
        ("gone", "event:b-visit"),
        ("renamed", "event:c-visit-to-rabat"),
        ("retired", "event:d-visit"),
    ];
    assert_eq!(statuses(&diff), expected, "{diff:#}");
    let marked: Vec<&str> = diff["records"][0]["fields"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|field| field["unevidenced"] == true)
        .filter_map(|field| field["pointer"].as_str())
        .collect();
    assert_eq!(marked, ["/when", "/participants/nasser-bourita/roles", "/participants/nato/roles"], "{diff:#}");
    let field = &diff["records"][0]["fields"][0];
    assert_eq!((&field["before"], &field["after"]), (&json!("2019-01-22"), &json!("2019-01-23")));
    assert_eq!(field["evidence_before"][0]["source"], "another-report");
    assert_eq!(diff["records"][3]["renamed_from"], "event:c-visit");
    let findings: Vec<(&str, &str)> = diff["findings"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|one| Some((one["rule"].as_str()?, one["path"].as_str()?)))
        .collect();
    assert!(findings.contains(&("probable-duplicate", "data/event/again.json")), "{findings:?}");
    assert!(findings.contains(&("vanished-id", "data/event/b-visit.json")), "{findings:?}");
    let marks = findings.iter().filter(|(rule, _)| *rule == "changed-without-evidence").count();
    assert_eq!(marks, 3, "{findings:?}");
    let needs = &diff["needs"];
    assert_eq!(needs["effect"], "break");
    let gone = json!([
        { "record": "event:b-visit", "replaced_by": null },
        { "record": "event:c-visit", "replaced_by": "event:c-visit-to-rabat" },
    ]);
    assert_eq!(needs["tombstones"], gone);

    let human = folder.run(&["diff"]).out.replace(&short(&folder), "COMMIT");
    for words in
        ["event:a-visit", "! changed, but the evidence did not", "probable duplicate", "a tombstone for event:b-visit"]
    {
        assert!(human.contains(words), "{words} in {human}");
    }
    insta::assert_snapshot!("diff-human", human);
    let markdown = folder.run(&["diff", "--format", "markdown"]).out;
    // The zero-width breaks are ours.
    let markdown = markdown.replace('\u{200b}', "").replace(&short(&folder), "COMMIT");
    assert!(!markdown.contains("<minister>") && markdown.contains("&#64;somebody"), "{markdown}");
    assert!(markdown.contains("⚠ **changed, but the evidence did not**"), "{markdown}");
    insta::assert_snapshot!("diff-markdown", markdown);
}

/// The beginning of the first commit's name, as a diff shows it.
fn short(folder: &Folder) -> String {
    let mut git = std::process::Command::new("git");
    let output = git.current_dir(folder.path("")).args(["rev-parse", "main"]).output().expect("git runs");
    String::from_utf8(output.stdout).expect("UTF-8")[..9].to_owned()
}

#[test]
fn the_json_of_a_diff_follows_its_schema() {
    if !has_git() {
        return;
    }
    let schema = jsonschema::draft202012::new(&diff_schema()).expect("a schema");
    let folder = reviewed();
    folder.write("data/dataset.json", r#"{ "rules": { "orphan": "off" } }"#);
    let diff = diff(&folder, &["main"]);
    assert!(schema.is_valid(&diff), "{diff:#}");
    assert_eq!(diff["dataset"][0]["pointer"], "/rules", "{diff:#}");
    let mut other = diff;
    other["records"][0]["status"] = json!(3);
    assert!(!schema.is_valid(&other));
}

#[test]
fn markdown_fits_into_a_comment_and_names_what_is_cut() {
    if !has_git() {
        return;
    }
    let folder = repository(&[]);
    let long = "word ".repeat(100);
    for n in 0..150 {
        let summary = json!({ "summary": { "en": format!("{long}{n}") }, "when": format!("2010-03-01/2010-03-{:02}", n % 30 + 1) });
        write(&folder, &visit(&format!("visit-{n:03}"), &summary));
    }
    let markdown = folder.run(&["diff", "--format", "markdown"]).out;
    assert!(markdown.len() > 30_000 && markdown.len() <= 60_000, "{}", markdown.len());
    assert!(markdown.contains("Cut for length, "), "{markdown}");
    assert!(
        markdown.contains("<code>added event&#58;visit-149</code>") || markdown.contains(" more. `comity diff`"),
        "{markdown}"
    );
    assert!(markdown.contains("#### What the change needs"), "{markdown}");
}

#[test]
fn two_folders_are_compared_without_git() {
    let (old, new) = (Folder::of_the_world(), Folder::with(&visit("a-visit", &json!({}))));
    let here = new.path("data");
    let there = old.path("");
    let names = [there.to_str().expect("UTF-8"), here.to_str().expect("UTF-8")];
    assert_eq!(statuses(&diff(&new, &names)), [("added", "event:a-visit")]);
    assert_eq!(statuses(&diff(&new, &[names[0]])), [("added", "event:a-visit")], "the other is the one that is here");
    assert_eq!(statuses(&diff(&new, &[names[1], names[0]])), [("gone", "event:a-visit")]);
    assert_eq!(statuses(&diff(&new, &[names[1], names[1]])), []);
    new.write("empty/README.md", "Nothing.\n");
    let ran = new.run(&["diff", "empty"]);
    assert!(ran.code == Some(2) && ran.err.contains("`empty` holds no dataset"), "{ran:?}");
}

#[test]
fn layout_alone_is_no_change() {
    if !has_git() {
        return;
    }
    let folder = repository(&[visit("a-visit", &json!({}))]);
    let text = folder.read("data/event/a-visit.json");
    folder.write("data/event/a-visit.json", text.replacen("{\n", "{\n\n", 1));
    let diff = diff(&folder, &[]);
    assert_eq!((statuses(&diff), &diff["summary"]["reformatted"]), (vec![], &json!(1)), "{diff:#}");
    assert_eq!(diff["needs"]["effect"], "none");
}

#[test]
fn a_base_is_where_the_work_left_it() {
    if !has_git() {
        return;
    }
    let folder = repository(&[visit("a-visit", &json!({}))]);
    git(&folder, &["checkout", "-q", "-b", "topic"]);
    write(&folder, &faulty("new-fault"));
    commit(&folder);
    git(&folder, &["checkout", "-q", "main"]);
    write(&folder, &visit("of-others", &json!({ "when": "2014-03-01" })));
    commit(&folder);
    git(&folder, &["checkout", "-q", "topic"]);
    // What others have added since is not gone.
    let new = [("unknown-code", "data/event/new-fault.json")];
    for base in ["main", "main...", "main..", "main...HEAD", "main..topic", "refs/heads/main"] {
        let (ran, report) = folder.check(&["--base", base]);
        assert_eq!((ran.code, found(&report)), (Some(1), new.to_vec()), "{base}: {ran:?}");
    }
    let ran = folder.run(&["check", "--base", "topic...main"]);
    assert!(ran.code == Some(2) && ran.err.contains("comity diff topic...main"), "{ran:?}");
    for arguments in [&[][..], &["main"], &["main...topic"], &["main..."]] {
        assert_eq!(statuses(&diff(&folder, arguments)), [("added", "event:new-fault")], "{arguments:?}");
    }
    let both = [("added", "event:new-fault"), ("gone", "event:of-others")];
    for arguments in [&["main..topic"][..], &["main", "topic"], &["main", "data"]] {
        assert_eq!(statuses(&diff(&folder, arguments)), both, "{arguments:?}");
    }
    git(&folder, &["checkout", "-q", "--orphan", "apart"]);
    commit(&folder);
    let ran = folder.run(&["check", "--base", "main"]);
    assert!(ran.code == Some(2) && ran.err.contains("have no commit in common"), "{ran:?}");
}

/// GitHub names the branch of a pull request; another branch would show another diff.
#[test]
fn the_base_that_github_names_is_the_base_or_an_error() {
    if !has_git() {
        return;
    }
    let folder = repository(&[]);
    for branch in ["main", "release"] {
        git(&folder, &["update-ref", &format!("refs/remotes/origin/{branch}"), "HEAD"]);
        write(&folder, &visit(&format!("{branch}-visit"), &json!({})));
        commit(&folder);
    }
    let diff = |base: &str| ran(folder.command(&["diff"]).env("GITHUB_BASE_REF", base), b"");
    let release = diff("release");
    assert!(release.code == Some(0) && !release.out.contains("event/main-visit"), "{release:?}");
    assert!(diff("").out.contains("event/main-visit"), "an empty variable names nothing");
    let unknown = diff("no-such-branch");
    assert_eq!((unknown.code, unknown.out.as_str()), (Some(2), ""), "{unknown:?}");
    assert!(unknown.err.contains("this clone has no `origin/no-such-branch`"), "{unknown:?}");
}

#[test]
fn one_named_file_is_judged_by_itself() {
    if !has_git() {
        return;
    }
    let folder = repository(&[visit("a-visit", &json!({})), visit("b-visit", &json!({ "when": "2014-03-01" }))]);
    std::fs::remove_file(folder.path("data/event/b-visit.json")).expect("removed");
    let (ran, report) = folder.check(&["--base", "main", "data/event/a-visit.json"]);
    assert_eq!((ran.code, found(&report)), (Some(0), vec![]));
    for whole in ["data/event", "data"] {
        let (ran, report) = folder.check(&["--base", "main", whole]);
        assert_eq!((ran.code, found(&report)), (Some(1), vec![("vanished-id", "data/event/b-visit.json")]), "{whole}");
    }
    // A duplicate is reported on the record that is named, or else on the new one, whatever their order.
    write(&folder, &visit("a-twin", &json!({})));
    for (arguments, path) in [
        (&["data/event/a-visit.json"][..], "data/event/a-visit.json"),
        (&["data/event/a-twin.json"], "data/event/a-twin.json"),
        (&["--base", "main", "data"], "data/event/a-twin.json"),
        (&["data"], "data/event/a-visit.json"),
    ] {
        let (_, report) = folder.check(&[&["--select", "probable-duplicate"], arguments].concat());
        assert_eq!(found(&report), [("probable-duplicate", path)], "{arguments:?}");
    }
}

#[test]
fn a_locator_is_evidence_for_a_change() {
    if !has_git() {
        return;
    }
    let folder = repository(&[visit("a-visit", &json!({}))]);
    let changed = |evidence: Value| visit("a-visit", &json!({ "when": "2019-01-23", "evidence": evidence }));
    write(&folder, &changed(json!({ "another-report": { "stance": "reports" } })));
    let (ran, report) = folder.check(&["--base", "main"]);
    assert_eq!((ran.code, found(&report)), (Some(0), vec![("changed-without-evidence", "data/event/a-visit.json")]));
    write(&folder, &changed(json!({ "another-report": { "stance": "reports", "locator": "the second paragraph" } })));
    let (ran, report) = folder.check(&["--base", "main"]);
    assert_eq!((ran.code, found(&report)), (Some(0), vec![]));
}

#[test]
fn hostile_revisions_are_names_and_nothing_else() {
    if !has_git() {
        return;
    }
    let folder = repository(&[]);
    for odd in
        ["--output=x", "-h", "--upload-pack=touch x", "$(touch x)", "main;touch x", "main\ntouch x", "@{-1}", "^main"]
    {
        for command in [["check", "--base"], ["diff", "--"]] {
            let argument = format!("{}={odd}", command[1]);
            let arguments = if command[0] == "check" { vec!["check", &argument] } else { vec!["diff", "--", odd] };
            let ran = folder.run(&arguments);
            assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{odd:?}: {ran:?}");
            assert!(ran.err.contains("is not known here"), "{odd:?}: {ran:?}");
        }
        assert!(!folder.path("x").exists());
    }
    let ran = folder.run(&["diff", "main..HEAD", "main"]);
    assert!(ran.code == Some(2) && ran.err.contains("names two states"), "{ran:?}");
    let nowhere = Folder::of_the_world().run(&["diff"]);
    assert!(nowhere.code == Some(2) && nowhere.err.contains("lies in no git repository"), "{nowhere:?}");
}
