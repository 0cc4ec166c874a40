//! `comity cite`: what it writes, and what it refuses.

use super::composing::read;
use crate::tool::Folder;

#[test]
fn cite_writes_out_the_first_source_and_contests_what_cannot_both_hold() {
    let folder = Folder::of_the_world();
    let path = "data/statement/a-word-before.json";
    let ran = folder.run(&[
        "cite",
        "a-word-before",
        "https://www.example.net/x",
        "--says",
        "/date=2019-01-21",
        "--set",
        "published=2019-01-25",
        "--set",
        "languages=Arabic",
        "--set",
        "type=news",
    ]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let record = read(&folder, path);
    assert_eq!(record["evidence"]["another-report"]["supports"], serde_json::json!(["/speaker", "/date", "/position"]));
    assert_eq!(record["evidence"]["example-2019-01-25"]["says"]["/date"], "2019-01-21");
    assert_eq!(record["contested"]["/date"]["outcome"], "open");
    assert_eq!(record["date"], "2019-01-20");
    assert_eq!(read(&folder, "data/source/example-2019-01-25.json")["publisher"], "example.net", "the host");
    assert_eq!(folder.run(&["check", "--warnings-as-errors"]).code, Some(0));
    // A value that can hold beside the record's is no dispute.
    let ran = folder.run(&["cite", "statement:a-word-before", "a-report", "--says", "date=2019-01"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(read(&folder, path)["contested"].as_object().map(serde_json::Map::len), Some(1));
}

/// The source stands in the evidence already.
#[test]
fn cite_adds_to_what_a_source_shows() {
    let folder = Folder::of_the_world();
    let path = "data/statement/a-word-before.json";
    let cite = |more: &[&str]| folder.run(&[&["cite", "a-word-before", "another-report"], more].concat());
    let ran = cite(&["--says", "/date=2019-01-21"]);
    assert_eq!(ran.code, Some(1), "no other source shows the date: {ran:?}");
    assert_eq!(folder.run(&["cite", "a-word-before", "a-report", "--supports", "/date"]).code, Some(0));
    let ran = cite(&["--says", "/date=2019-01-21"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "changed data/statement/a-word-before.json\n"), "{ran:?}");
    let record = read(&folder, path);
    let evidence = &record["evidence"]["another-report"];
    assert_eq!(evidence["supports"], serde_json::json!(["/speaker", "/position"]), "{evidence}");
    assert_eq!(evidence["says"]["/date"], "2019-01-21");
    assert_eq!(record["contested"]["/date"]["outcome"], "open");
    assert_eq!(folder.run(&["check", "--warnings-as-errors"]).code, Some(0));
    for more in [["--says", "/date=2019-01-22"], ["--supports", "/date"]] {
        let ran = cite(&more);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.contains("has `2019-01-21` at `/date` already"), "{ran:?}");
    }
}

#[test]
fn cite_never_asks_when_piped() {
    let folder = Folder::of_the_world();
    for (arguments, told) in [
        (&["cite"][..], "no terminal to ask in; say to which record"),
        (&["cite", "a-word-before"], "no terminal to ask in; name the source"),
    ] {
        let ran = folder.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
        assert!(ran.err.contains(told), "{ran:?}");
    }
}

#[test]
fn cite_refuses_what_it_cannot_say() {
    let folder = Folder::of_the_world();
    let before = folder.read("data/statement/a-word-before.json");
    for (arguments, code, told) in [
        (&["a-report"][..], 2, "say what `a-report` shows"),
        (&["a-report", "--supports", "/when"], 2, "has nothing at `/when`"),
        (&["another-report", "--supports", "/date", "--stance", "announces"], 2, "leave `--stance` out"),
        (&["another-report", "--stance", "contradicts"], 2, "leave `--stance` out"),
        (&["a-report", "--says", "/date=2019-01-20"], 2, "has this value at `/date` too"),
        (&["a-report", "--says", "/date=yesterday"], 2, "`yesterday`"),
        (&["no-such-source", "--supports", "/date"], 2, "names no source on record"),
        (&["www.nowhere.example/new", "--supports", "/date"], 2, "did you mean `https://www.nowhere.example/new`?"),
        (&["https://nowhere.example/new", "--supports", "/date"], 1, "nothing was written"),
    ] {
        let ran = folder.run(&[&["cite", "a-word-before"], arguments].concat());
        assert_eq!(ran.code, Some(code), "{arguments:?}: {ran:?}");
        assert!(ran.err.contains(told), "{told}: {ran:?}");
    }
    assert_eq!(folder.read("data/statement/a-word-before.json"), before);
}

#[test]
fn what_takes_no_evidence_is_told_before_anything_is_asked() {
    let folder = Folder::of_the_world();
    for record in ["theme:public-diplomacy", "source:a-report"] {
        for more in [&[][..], &["--supports", "/names"]] {
            let ran = folder.run(&[&["cite", record, "another-report"], more].concat());
            let told = format!("error: `{record}` takes no evidence: ");
            assert!(ran.code == Some(2) && ran.err.starts_with(&told), "{more:?}: {ran:?}");
        }
    }
}

#[test]
fn what_is_missing_is_said_as_it_is_given_on_the_command_line() {
    let folder = Folder::of_the_world();
    let ran = folder.run(&["cite", "a-word-before", "https://www.example.net/x | A daily", "--supports", "/date"]);
    let expected = "`languages`, `type`: give them as in `--set languages=fr --set type=news`\nnothing was written\n";
    assert!(ran.code == Some(1) && ran.err.ends_with(expected), "{ran:?}");
    assert!(!ran.out.contains("missing-field"), "the file is not there to be mended: {ran:?}");
    let ran = folder.run(&["cite", "https://www.example.net/x", "a-word-before", "--supports", "/date"]);
    let expected =
        "the record comes first, and the source behind it: `comity cite a-word-before \"https://www.example.net/x\"`";
    assert!(ran.code != Some(0) && ran.err.contains(expected), "{ran:?}");
}
