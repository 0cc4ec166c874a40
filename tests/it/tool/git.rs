//! `--base` in a hostile checkout: which repository is read, and that no program is run.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::tool::history::{commit, git, has_git, repository, write};
use crate::tool::{Folder, Ran, faulty, found, ran};

const NEW_FAULT: (&str, &str) = ("unknown-code", "data/event/new-fault.json");

/// The `dataset.json` of a history that is planted.
const PLANTED: &str = r#"{ "rules": { "unsupported-fact": "off", "vanished-id": "off" } }"#;

/// Puts the files of a git directory into a folder of the work tree, with a history in which the dataset asks for
/// nothing.
fn plant(folder: &Folder, below: &str, config: &str) {
    let hidden = Folder::empty();
    hidden.write("dataset.json", PLANTED);
    hidden.write(&format!("{below}/dataset.json"), "{}");
    git(&hidden, &["init", "-q", "-b", "main"]);
    commit(&hidden);
    copy(&hidden.path(".git"), &folder.path(below));
    folder.write(&format!("{below}/config"), format!("[core]\n\trepositoryformatversion = 0\n{config}"));
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).expect("a copy");
        }
    }
}

fn report(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
}

#[test]
fn the_files_of_a_git_directory_in_the_dataset_are_no_history() {
    if !has_git() {
        return;
    }
    for config in ["\tbare = true\n", "\tbare = false\n", "\tbare = false\n\tworktree = ..\n", "\tworktree = .\n"] {
        let visit = serde_json::json!({ "kind": "event", "id": "a-visit", "when": "2012-05-02" });
        let folder = repository(&[visit]);
        git(&folder, &["branch", "base"]);
        plant(&folder, "data", config);
        write(&folder, &faulty("new-fault"));
        std::fs::remove_file(folder.path("data/event/a-visit.json")).expect("removed");
        git(&folder, &["add", "-f", "-A"]);
        commit(&folder);
        let (ran, report) = folder.check(&["--base", "base"]);
        assert_eq!(ran.code, Some(1), "{config}: {ran:?}");
        let found = found(&report);
        // The history that is read is the one in which the visit was there.
        for expected in [NEW_FAULT, ("vanished-id", "data/event/a-visit.json"), ("misplaced-file", "data/HEAD")] {
            assert!(found.contains(&expected), "{config}: {expected:?} in {found:?}");
        }
    }
}

/// Every folder between the dataset and the top is one in which git would look for a repository.
#[test]
fn the_files_of_a_git_directory_above_the_dataset_are_no_history() {
    if !has_git() {
        return;
    }
    let folder = Folder::empty();
    for (path, text) in crate::world::world() {
        folder.write(&format!("sub/data/{path}"), &text);
    }
    folder.write("sub/data/dataset.json", "{}\n");
    git(&folder, &["init", "-q", "-b", "main"]);
    commit(&folder);
    folder.write("sub/data/event/new-fault.json", crate::world::file(&faulty("new-fault")).1);
    for config in ["\tbare = true\n", "\tworktree = data\n", "\tworktree = ..\n"] {
        plant(&folder, "sub", config);
        std::fs::remove_dir_all(folder.path("sub/sub")).ok();
        let (ran, report) = folder.check(&["sub/data", "--base", "main"]);
        assert_eq!(
            (ran.code, found(&report)),
            (Some(1), vec![("unknown-code", "sub/data/event/new-fault.json")]),
            "{config}"
        );
        assert!(!report["summary"]["not_checked"].to_string().contains("vanished-id"), "{report}");
    }
}

#[test]
fn a_git_directory_in_the_dataset_is_refused() {
    if !has_git() {
        return;
    }
    let folder = Folder::of_the_world();
    // Not from a commit, but from an archive, or from a clone in a clone.
    git(&folder, &["init", "-q", "-b", "main", "data"]);
    git(&folder, &["-C", "data", "commit", "-q", "--allow-empty", "-m", "a state"]);
    let ran = folder.run(&["check", "--base", "main"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("where a commit could have put them"), "{ran:?}");

    // A file that leads to a folder of the work tree.
    let folder = repository(&[]);
    std::fs::rename(folder.path(".git"), folder.path("hidden")).expect("moved");
    folder.write(".git", "gitdir: hidden\n");
    let ran = folder.run(&["check", "--base", "main"]);
    assert!(ran.code == Some(2) && ran.err.contains("where a commit could have put them"), "{ran:?}");
}

#[test]
fn a_work_tree_elsewhere_is_refused() {
    if !has_git() {
        return;
    }
    let (folder, elsewhere) = (repository(&[]), Folder::empty());
    git(&folder, &["config", "core.worktree", elsewhere.path("").to_str().expect("UTF-8")]);
    let ran = folder.run(&["check", "--base", "main"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
}

#[test]
fn inherited_variables_choose_no_other_repository() {
    if !has_git() {
        return;
    }
    let visit = serde_json::json!({ "kind": "event", "id": "a-visit", "when": "2012-05-02" });
    let (folder, other) = (repository(&[visit]), Folder::empty());
    other.write("data/dataset.json", "{}\n");
    git(&other, &["init", "-q", "-b", "main"]);
    commit(&other);
    write(&folder, &faulty("new-fault"));
    std::fs::remove_file(folder.path("data/event/a-visit.json")).expect("removed");
    let (git_dir, top, here) = (other.path(".git"), other.path(""), folder.path(""));
    let objects = git_dir.join("objects");
    for variables in [
        vec![("GIT_DIR", git_dir.as_path())],
        vec![("GIT_DIR", git_dir.as_path()), ("GIT_WORK_TREE", here.as_path())],
        vec![("GIT_WORK_TREE", top.as_path())],
        vec![("GIT_COMMON_DIR", git_dir.as_path())],
        vec![("GIT_OBJECT_DIRECTORY", objects.as_path())],
        vec![("GIT_NAMESPACE", Path::new("other"))],
        vec![("GIT_ICASE_PATHSPECS", Path::new("1"))],
        vec![("GIT_CEILING_DIRECTORIES", here.as_path())],
        vec![
            ("GIT_CONFIG_COUNT", Path::new("1")),
            ("GIT_CONFIG_KEY_0", Path::new("core.worktree")),
            ("GIT_CONFIG_VALUE_0", top.as_path()),
        ],
    ] {
        let mut command = folder.command(&["check", "--format", "json", "--base", "main"]);
        let ran = ran(command.envs(variables.iter().copied()), b"");
        let expected = vec![("vanished-id", "data/event/a-visit.json"), NEW_FAULT];
        assert_eq!((ran.code, found(&report(&ran))), (Some(1), expected), "{variables:?}");
    }
}

#[test]
fn linked_work_trees_and_submodules_have_their_history() {
    if !has_git() {
        return;
    }
    let folder = repository(&[]);
    git(&folder, &["worktree", "add", "-q", "-b", "topic", "linked"]);
    let above = Folder::empty();
    git(&above, &["init", "-q", "-b", "main"]);
    let from = folder.path("");
    let from = from.to_str().expect("UTF-8");
    git(&above, &["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", from, "sub"]);
    let bare = Folder::empty();
    git(&bare, &["clone", "-q", "--bare", from, "store"]);
    git(&bare, &["-C", "store", "worktree", "add", "-q", "-b", "other", "inside"]);
    for (folder, top) in [(&folder, "linked"), (&above, "sub"), (&bare, "store/inside")] {
        folder.write(&format!("{top}/data/event/new-fault.json"), crate::world::file(&faulty("new-fault")).1);
        let mut command = folder.command(&["check", "--format", "json", "--base", "HEAD"]);
        let ran = ran(command.current_dir(folder.path(top)), b"");
        assert_eq!((ran.code, found(&report(&ran))), (Some(1), vec![NEW_FAULT]), "{top}: {ran:?}");
    }
}

/// A git that knows nothing of `GIT_NO_LAZY_FETCH`, as before 2.44.
#[cfg(unix)]
fn older_git(folder: &Folder) -> std::ffi::OsString {
    use std::os::unix::fs::PermissionsExt as _;
    let path = std::env::var_os("PATH").unwrap_or_default();
    let real = std::env::split_paths(&path).map(|folder| folder.join("git")).find(|git| git.is_file()).expect("git");
    folder.write("bin/git", format!("#!/bin/sh\nunset GIT_NO_LAZY_FETCH\nexec '{}' \"$@\"\n", real.display()));
    let executable = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(folder.path("bin/git"), executable).expect("permissions");
    std::env::join_paths(std::iter::once(folder.path("bin")).chain(std::env::split_paths(&path))).expect("a path")
}

/// What git calls a content.
#[cfg(unix)]
fn name_of(text: &str) -> String {
    let folder = Folder::empty();
    folder.write("a", text);
    let output = Command::new("git").args(["hash-object", "--no-filters"]).arg(folder.path("a")).output();
    String::from_utf8(output.expect("git runs").stdout).expect("UTF-8").trim().to_owned()
}

/// The settings of git that name a program, each of which leaves a mark.
#[cfg(unix)]
fn programs(marker: &Path) -> String {
    let touch = format!("touch {}", marker.display());
    format!(
        "[core]\n\trepositoryformatversion = 1\n\tfsmonitor = \"{touch}; false\"\n\tpager = \"{touch}; cat\"\n\
         \tsshCommand = \"{touch}; false\"\n\tgitProxy = \"{touch}\"\n\talternateRefsCommand = \"{touch}\"\n\
         \thooksPath = hooks\n[pager]\n\tls-tree = \"{touch}; cat\"\n\trev-parse = true\n\
         [protocol \"ext\"]\n\tallow = always\n[extensions]\n\tpartialClone = promisor\n\
         [remote \"promisor\"]\n\turl = \"ext::sh -c touch% {}\"\n\tpromisor = true\n",
        marker.display()
    )
}

#[cfg(unix)]
#[test]
fn no_program_that_a_configuration_names_is_run() {
    if !has_git() {
        return;
    }
    // A configuration that a branch brings, and the clone's own one, which a program could have written.
    for (place, objects) in [("data", "data/objects"), (".git", ".git/objects")] {
        let folder = repository(&[]);
        if place == "data" {
            plant(&folder, "data", "");
        }
        let marker = folder.path("marker");
        folder.write(&format!("{place}/config"), programs(&marker));
        // Some content is missing, so that git would fetch the content from the remote.
        let blob = if place == "data" { name_of(PLANTED) } else { name_of("{}\n") };
        std::fs::remove_file(folder.path(objects).join(&blob[..2]).join(&blob[2..])).expect("removed");
        let mut command = folder.command(&["check", "--base", "main"]);
        let ran = ran(command.env("PATH", older_git(&folder)), b"");
        assert!(!marker.exists(), "{place}: {ran:?}");
        assert_ne!(ran.code, Some(0), "{place}: {ran:?}");
        assert!(place == "data" || ran.err.contains("this clone lacks the content") || ran.code == Some(2), "{ran:?}");
    }
}

/// Whoever fetches a stranger's branch gets the stranger's tags too, and git takes a tag before a branch.
#[test]
fn a_tag_that_is_named_like_the_base_is_not_taken_for_the_base() {
    if !has_git() {
        return;
    }
    let folder = repository(&[]);
    write(&folder, &faulty("new-fault"));
    commit(&folder);
    let (_, report) = folder.check(&["--base", "main~1", "--changed-only"]);
    assert_eq!(found(&report), [NEW_FAULT]);
    git(&folder, &["tag", "main"]);
    let ran = folder.run(&["check", "--base", "main"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    assert!(ran.err.contains("`main` is ambiguous") && ran.err.contains("refs/heads/"), "{ran:?}");
    let (_, report) = folder.check(&["--base", "refs/heads/main~1", "--changed-only"]);
    assert_eq!(found(&report), [NEW_FAULT]);
}

#[test]
fn with_a_base_the_base_says_which_sites_copy_others() {
    if !has_git() {
        return;
    }
    let folder = Folder::of_the_world();
    let rules = r#""rules": { "copy-without-origin": "error" }"#;
    folder.write("data/dataset.json", format!(r#"{{ {rules}, "aggregators": ["copies.example"] }}"#));
    git(&folder, &["init", "-q", "-b", "main"]);
    commit(&folder);
    write(&folder, &serde_json::json!({ "kind": "source", "id": "a-copy", "url": "https://copies.example/a-copy" }));
    write(
        &folder,
        &serde_json::json!({ "kind": "event", "id": "a-talk", "evidence": { "a-copy": { "stance": "reports" } } }),
    );
    folder.write("data/dataset.json", format!(r#"{{ {rules}, "aggregators": ["another.example"] }}"#));
    let (ran, report) = folder.check(&["--base", "refs/heads/main"]);
    assert_eq!((ran.code, found(&report)), (Some(1), vec![("copy-without-origin", "data/source/a-copy.json")]));
}

#[test]
fn exceptions_that_the_base_does_not_have_are_counted() {
    if !has_git() {
        return;
    }
    let excepted = |id: &str| {
        serde_json::json!({ "kind": "event", "id": id, "under": ["actor:nato"],
            "allow": [{ "rule": "wrong-kind-reference", "at": "/under", "reason": "Its own programme has no record." }] })
    };
    let folder = repository(&[excepted("an-old-one")]);
    write(&folder, &excepted("a-new-one"));
    let ran = folder.run(&["check", "--base", "refs/heads/main"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.contains("; 1 exception that the base does not have"), "{ran:?}");
    commit(&folder);
    assert!(!folder.run(&["check", "--base", "refs/heads/main"]).out.contains("exception"));
}

/// A partial clone has no contents, or no folders, of earlier commits. Nothing is fetched; the message says what to do.
#[test]
fn a_partial_clone_says_what_to_fetch() {
    if !has_git() {
        return;
    }
    let visit = |day: &str| serde_json::json!({ "kind": "event", "id": "a-visit", "when": day });
    let folder = repository(&[visit("2012-05-02")]);
    write(&folder, &visit("2012-05-03"));
    commit(&folder);
    git(&folder, &["config", "uploadpack.allowFilter", "true"]);
    let from = format!("file://{}", folder.path("").display());
    for filter in ["--filter=blob:none", "--filter=tree:0"] {
        let clone = Folder::empty();
        git(&clone, &["clone", "-q", filter, &from, "partial"]);
        for arguments in [["check", "--base=HEAD~1"], ["diff", "HEAD~1"]] {
            let mut command = clone.command(&arguments);
            let ran = ran(command.current_dir(clone.path("partial")), b"");
            assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{filter}: {ran:?}");
            assert!(ran.err.contains("this clone lacks"), "{filter}: {ran:?}");
            assert!(ran.err.contains("git fetch --refetch --no-filter"), "{filter}: {ran:?}");
        }
    }
}
