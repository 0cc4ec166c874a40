//! The program writes only records of a dataset, files that the command line names, and its own schemas.

use std::fs;

use serde_json::{Value, json};

use crate::tool::{Folder, found, ran};
use crate::world::file;

/// Every way to change files.
const CHANGING: [&[&str]; 4] = [&["check", "--fix"], &["check", "--unsafe-fixes"], &["check", "--diff"], &["fmt"]];

/// A record as nobody lays it out, below the dataset's folder.
fn untidy(id: &str) -> (String, String) {
    let (path, text) = file(&json!({ "kind": "event", "id": id }));
    (path, text.replace("\n  ", "\n      "))
}

#[test]
fn a_file_that_is_no_record_is_refused_by_name_and_stays_as_it_is() {
    let strangers = [
        ("README.md", "{}# Title\n"),
        ("tsconfig.json", "{\n  // strict\n  \"strict\": true,\n}\n"),
        ("run.sh", "#!/bin/sh\n"),
        ("data/notes.txt", "# a\n{}\n"),
        ("data/loose.json", "# a\n{}\n"),
        ("data/notes/x.json", "# a\n{},\n"),
        ("data/event/2019/01/x.json", "# a\n{},\n"),
        ("elsewhere/event/x.json", "{ \"type\": \"visit\", }"),
    ];
    for (path, text) in strangers {
        let folder = Folder::of_the_world();
        folder.write(path, text);
        for command in CHANGING {
            let ran = folder.run(&[command, &[path]].concat());
            assert_eq!((ran.code, ran.out.as_str(), folder.read(path).as_str()), (Some(2), "", text), "{ran:?}");
            let expected = format!("error: `{path}` is not a record, and only records are written: ");
            assert!(ran.err.starts_with(&expected) && ran.err.lines().count() == 1, "{ran:?}");
        }
    }
}

#[test]
fn a_record_that_is_named_beside_one_that_is_none_is_not_written_either() {
    let folder = Folder::of_the_world();
    let (path, text) = untidy("untidy");
    let path = format!("data/{path}");
    folder.write(&path, &text);
    folder.write("README.md", "# Title\n");
    for command in CHANGING {
        let ran = folder.run(&[command, &[&path, "README.md"]].concat());
        assert_eq!((ran.code, folder.read(&path)), (Some(2), text.clone()), "{ran:?}");
    }
    // What a shell makes of `data/*` is fine: these files may stand beside the records.
    folder.write("data/README.md", "# Title\n");
    let ran = folder.run(&["fmt", "data/README.md", "data/dataset.json", "data/event"]);
    assert_eq!((ran.code, folder.read("data/README.md").as_str()), (Some(0), "# Title\n"), "{ran:?}");
    assert_ne!(folder.read(&path), text);
}

#[test]
fn where_no_dataset_is_nothing_is_written() {
    let (_, text) = untidy("dark");
    for about in [None, Some("{ \"columns\": 3 }"), Some("[]")] {
        let folder = Folder::empty();
        folder.write("theme/dark.json", &text);
        folder.write("source/package.json", "{ \"name\": \"a\", }");
        about.into_iter().for_each(|about| folder.write("dataset.json", about));
        for command in CHANGING {
            for named in [".", "theme", "theme/dark.json"] {
                let ran = folder.run(&[command, &[named]].concat());
                assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
                assert!(ran.err.contains("dataset"), "{ran:?}");
            }
        }
        assert_eq!(folder.read("theme/dark.json"), text);
        assert_eq!(folder.read("source/package.json"), "{ \"name\": \"a\", }");
    }
}

#[test]
fn a_comment_and_an_exception_stay_until_a_person_asks() {
    let folder = Folder::of_the_world();
    let (path, right) = file(&json!({ "kind": "event", "id": "annotated" }));
    let path = format!("data/{path}");
    let commented = right.replacen("{\n", "{ // the second seminar\n", 1);
    let allow = json!([{ "rule": "sentinel-date", "reason": "Somebody had a reason." }]);
    let (_, excepted) = file(&json!({ "kind": "event", "id": "annotated", "allow": allow }));
    for (text, kept) in [(commented, "the second seminar"), (excepted, "Somebody had a reason.")] {
        folder.write(&path, &text);
        for command in [&["check", "--fix"][..], &["fmt"]] {
            let ran = folder.run(command);
            assert_eq!(folder.read(&path), text, "{kept}: {ran:?}");
        }
        let ran = folder.run(&["check", "--unsafe-fixes"]);
        assert_eq!((ran.code, folder.read(&path)), (Some(0), right.clone()), "{kept}: {ran:?}");
    }
}

#[test]
fn a_file_that_is_named_like_no_record_is_not_read_as_a_broken_one() {
    let folder = Folder::of_the_world();
    folder.write("NOTES.md", "# Notes\n");
    let (ran, report) = folder.check(&["NOTES.md"]);
    assert_eq!((ran.code, found(&report)), (Some(1), vec![("misplaced-file", "NOTES.md")]), "{ran:?}");
}

#[test]
fn schema_leaves_the_schemas_of_others_alone() {
    let folder = Folder::of_the_world();
    assert_eq!(folder.run(&["schema", "--to", "types"]).code, Some(0));
    let theirs = "{ \"$id\": \"https://example.org/order\", \"title\": \"Order\" }";
    folder.write("types/order.schema.json", theirs);
    folder.write("types/reader/broken.schema.json", "{");
    assert_eq!(folder.run(&["schema", "--check", "--to", "types"]).code, Some(0), "they are no news");
    assert_eq!(folder.run(&["schema", "--to", "types"]).code, Some(0));
    assert_eq!(folder.read("types/order.schema.json"), theirs);
    assert_eq!(folder.read("types/reader/broken.schema.json"), "{");

    folder.write("types/event.schema.json", theirs);
    folder.write("types/actor.schema.json", "{ \"$id\": \"urn:comity:schema:actor:0.0.1\" }");
    let ran = folder.run(&["schema", "--to", "types"]);
    assert_eq!((ran.code, ran.out.as_str(), folder.read("types/event.schema.json").as_str()), (Some(2), "", theirs));
    assert!(ran.err.starts_with("error: types/event.schema.json is not a schema that `comity schema` has written"));
    fs::remove_file(folder.path("types/event.schema.json")).expect("a file");
    let ran = folder.run(&["schema", "--to", "types"]);
    assert_eq!(ran.out, "written: actor.schema.json\nwritten: event.schema.json\n", "an older one of ours is replaced");
    folder.write("types/gala.schema.json", "{ \"$id\": \"urn:comity:schema:gala:0.1.0\" }");
    let ran = folder.run(&["schema", "--to", "types"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "removed: gala.schema.json\n"));
    assert!(!folder.path("types/gala.schema.json").exists());
}

#[test]
fn schema_does_not_write_around_a_repository() {
    let folder = Folder::empty();
    folder.write("repository/dataset.json", "{}");
    folder.write("repository/.git/HEAD", "ref: refs/heads/main\n");
    let schema = |arguments: &[&str]| {
        let mut command = folder.command(&[&["schema"], arguments].concat());
        ran(command.current_dir(folder.path("repository")), b"")
    };
    let refused = schema(&[]);
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(refused.err.contains("--to") && !folder.path("schema").exists(), "{refused:?}");
    assert_eq!(schema(&["--to", "schema"]).code, Some(0));
    assert!(folder.path("repository/schema/event.schema.json").exists());
}

#[test]
fn a_run_that_fails_leaves_no_empty_report() {
    let folder = Folder::of_the_world();
    folder.write("data/dataset.json", "{ \"rules\": {");
    let before: Vec<_> = fs::read_dir(folder.path(".")).expect("a folder").collect();
    let ran = folder.run(&["check", "--format", "json", "--output", "report.json"]);
    let after: Vec<_> = fs::read_dir(folder.path(".")).expect("a folder").collect();
    assert_eq!((ran.code, after.len()), (Some(2), before.len()), "{ran:?}");
}

#[cfg(unix)]
#[test]
fn a_report_may_go_into_a_stream() {
    let folder = Folder::of_the_world();
    let ran = folder.run(&["check", "--format", "json", "--output", "/dev/stdout"]);
    let end = ran.out.rfind('}').expect("a report");
    let report: Value = serde_json::from_str(&ran.out[..=end]).expect("the report comes first");
    assert_eq!((ran.code, &report["version"]), (Some(0), &json!(1)));
    let script = "\"$0\" check --format json --output >(cat > copy.json) > /dev/null; mkfifo pipe; \
                  timeout 20 cat pipe > again.json & \"$0\" check --format json --output pipe > /dev/null; wait";
    let program = folder.command(&[]).get_program().to_owned();
    let mut bash = std::process::Command::new("bash");
    let ran = crate::tool::ran(bash.arg("-c").arg(script).arg(program).current_dir(folder.path(".")), b"");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let report: Value = serde_json::from_str(&folder.read("again.json")).expect("a report");
    assert_eq!(report["version"], 1);
}

#[cfg(unix)]
#[test]
fn an_output_keeps_the_permissions_of_the_file_that_was_there() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::of_the_world();
    folder.write("report.json", "old");
    fs::set_permissions(folder.path("report.json"), fs::Permissions::from_mode(0o604)).expect("permissions");
    assert_eq!(folder.run(&["check", "--format", "json", "--output", "report.json"]).code, Some(0));
    let mode = fs::metadata(folder.path("report.json")).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o604);
    assert!(folder.read("report.json").starts_with('{'));
}
