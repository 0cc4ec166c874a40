//! No link is followed, and only regular files are read, up to a limit, whatever a stranger's branch puts in the place
//! of a folder or a file.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::tool::{Folder, Ran, found, ran};
use crate::world::file;

/// A record in no canonical layout.
fn untidy(id: &str) -> String {
    file(&json!({ "kind": "event", "id": id })).1.replace("\n  ", "\n      ")
}

/// A run that must end soon.
fn run(folder: &Folder, arguments: &[&str]) -> Ran {
    let begun = Instant::now();
    let program = folder.command(&[]).get_program().to_owned();
    let mut command = Command::new("timeout");
    command.arg("20").arg(program).args(arguments).current_dir(folder.path("."));
    let ran = ran(&mut command, b"");
    assert!(begun.elapsed() < Duration::from_secs(20), "{arguments:?} hangs");
    ran
}

#[test]
fn a_record_below_a_linked_folder_is_neither_read_nor_written() {
    let folder = Folder::of_the_world();
    for (link, target, named) in [
        ("data/event", "outside", "data/event/a.json"),
        ("data/actor/2019", "outside", "data/actor/2019/a.json"),
        ("aside", "outside", "aside/a.json"),
        ("aside2", "outside/deeper", "aside2/event/a.json"),
    ] {
        let before = untidy("a");
        folder.write("outside/a.json", &before);
        folder.write("outside/deeper/event/a.json", &before);
        symlink(folder.path(target), folder.path(link)).expect("a link");
        for command in [&["fmt"][..], &["check", "--fix"], &["check", "--unsafe-fixes"]] {
            let ran = run(&folder, &[command, &[named]].concat());
            assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
            assert!(ran.err.contains("is a link, and links are not followed"), "{ran:?}");
        }
        let (ran, report) = folder.check(&[named]);
        let rules: Vec<&str> = found(&report).into_iter().map(|(rule, _)| rule).collect();
        assert_eq!((ran.code, rules), (Some(1), vec!["unreadable"]), "{ran:?}");
        assert_eq!(folder.read("outside/a.json"), before);
        assert_eq!(folder.read("outside/deeper/event/a.json"), before);
        fs::remove_file(folder.path(link)).expect("a link");
    }
}

/// Named, a folder below a link may not be passed over in silence.
#[test]
fn a_folder_below_a_linked_folder_is_told() {
    let folder = Folder::of_the_world();
    folder.write("outside/2019/a.json", untidy("a"));
    symlink("../outside", folder.path("data/event")).expect("a link");
    for named in ["data/event", "data/event/2019"] {
        let (ran, report) = folder.check(&[named]);
        let rules: Vec<&str> = found(&report).into_iter().map(|(rule, _)| rule).collect();
        assert_eq!((ran.code, rules), (Some(1), vec!["unreadable"]), "{named}: {ran:?}");
    }
}

#[test]
fn a_dataset_that_is_a_link_is_refused() {
    let folder = Folder::of_the_world();
    folder.write("data/event/a.json", untidy("a"));
    fs::rename(folder.path("data"), folder.path("real")).expect("renamed");
    symlink("real", folder.path("data")).expect("a link");
    let all = [&["check"][..], &["check", "data"], &["check", "--fix"], &["fmt"], &["fmt", "data/event"], &["stats"]];
    for arguments in all.into_iter().chain([&["export", "--to", "out"][..], &["schema"]]) {
        let ran = run(&folder, arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
        assert!(ran.err.starts_with("error: data") && ran.err.contains("is a link"), "{ran:?}");
    }
    assert_eq!(folder.read("real/event/a.json"), untidy("a"));
}

#[test]
fn a_manifest_that_is_no_regular_file_is_refused_at_once() {
    let folder = Folder::of_the_world();
    let about = folder.path("data/dataset.json");
    fs::rename(&about, folder.path("about.json")).expect("renamed");
    for target in ["/dev/zero", "../about.json", "nowhere"] {
        symlink(target, &about).expect("a link");
        for arguments in [&["check"][..], &["check", "data"], &["fmt", "data"]] {
            let ran = run(&folder, arguments);
            assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{target}: {ran:?}");
            assert!(ran.err.starts_with("error: data/dataset.json cannot be read: this is a link"), "{ran:?}");
        }
        fs::remove_file(&about).expect("a link");
    }
    assert!(Command::new("mkfifo").arg(&about).status().expect("mkfifo runs").success());
    for arguments in [&["check"][..], &["check", "data"], &["fmt", "data"]] {
        let ran = run(&folder, arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
        assert!(ran.err.starts_with("error: data/dataset.json cannot be read: this is no regular file"), "{ran:?}");
    }
}

#[test]
fn a_manifest_has_a_greatest_size() {
    let folder = Folder::of_the_world();
    for (spaces, code) in [(1024 * 1024 - 2, Some(0)), (1024 * 1024 - 1, Some(2))] {
        folder.write("data/dataset.json", format!("{{}}{}", " ".repeat(spaces)));
        let ran = folder.run(&["check"]);
        assert_eq!(ran.code, code, "{ran:?}");
    }
}

#[test]
fn nothing_is_written_through_a_link() {
    let folder = Folder::of_the_world();
    let page = "a\n<!-- stats -->\n<!-- /stats -->\n";
    folder.write("victim", page);
    fs::create_dir(folder.path("elsewhere")).expect("a folder");
    fs::create_dir(folder.path("release")).expect("a folder");
    for (target, link) in [
        ("victim", "report.json"),
        ("nowhere", "dangling.json"),
        ("elsewhere", "out"),
        ("../victim", "release/comity.json"),
        ("victim", "page.md"),
    ] {
        symlink(target, folder.path(link)).expect("a link");
    }
    for arguments in [
        &["check", "--format", "json", "--output", "report.json"][..],
        &["check", "--format", "json", "--output", "dangling.json"],
        &["check", "--format", "json", "--output", "out/report.json"],
        &["check", "--format", "json", "--output", "elsewhere/../out/report.json"],
        &["export", "--to", "out"],
        &["export", "--to", "out/deeper"],
        &["export", "--to", "release"],
        &["stats", "--into", "page.md"],
        &["schema", "--to", "out"],
    ] {
        let ran = folder.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}: {ran:?}");
        assert!(ran.err.contains("is a link, and links are not followed"), "{arguments:?}: {ran:?}");
    }
    assert_eq!(folder.read("victim"), page);
    assert_eq!(fs::read_dir(folder.path("elsewhere")).expect("a folder").count(), 0);
    assert!(!folder.path("nowhere").exists());
}

#[test]
fn schema_neither_writes_nor_removes_through_a_link() {
    let folder = Folder::of_the_world();
    let ours = "{ \"$id\": \"urn:comity:schema:gala:0.1.0\" }";
    folder.write("elsewhere/gala.schema.json", ours);
    fs::create_dir(folder.path("schema")).expect("a folder");
    symlink("../elsewhere", folder.path("schema/reader")).expect("a link");
    let ran = folder.run(&["schema"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    let names: Vec<_> = fs::read_dir(folder.path("elsewhere")).expect("a folder").collect();
    assert_eq!((names.len(), folder.read("elsewhere/gala.schema.json").as_str()), (1, ours));
    fs::remove_file(folder.path("schema/reader")).expect("a link");

    symlink("../elsewhere/gala.schema.json", folder.path("schema/event.schema.json")).expect("a link");
    let ran = folder.run(&["schema"]);
    assert_eq!((ran.code, ran.out.as_str(), folder.read("elsewhere/gala.schema.json").as_str()), (Some(2), "", ours));
    fs::remove_file(folder.path("schema/event.schema.json")).expect("a link");
    symlink("../elsewhere/gala.schema.json", folder.path("schema/gala.schema.json")).expect("a link");
    assert_eq!(folder.run(&["schema"]).code, Some(0));
    assert_eq!(folder.read("elsewhere/gala.schema.json"), ours);
    assert!(folder.path("schema/gala.schema.json").is_symlink(), "a link is nothing of ours");
}
