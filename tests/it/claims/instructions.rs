//! `benches/instructions.sh`, with stand-ins for cargo, valgrind and the programs that cargo builds. The tests need bash;
//! where bash is missing, the tests say so and check nothing.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;

use super::comment::has;
use crate::tool::{Folder, Ran, ran};

const SCRIPT: &str = "benches/instructions.sh";

/// Valgrind, which says `$SAID` of the last argument, unless the check would annotate the run of a workflow.
const VALGRIND: &str = "#!/bin/sh
[ -z \"$GITHUB_ACTIONS$GITHUB_STEP_SUMMARY\" ] || { echo 'annotations cost instructions' >&2; exit 3; }
printf '%b\\n' \"$SAID\" >&2
exit \"${STATUS:-0}\"
";

/// A folder with the script, the committed numbers, and the programs; `None` without bash.
fn folder(numbers: &str) -> Option<Folder> {
    if !has("bash") {
        let _ = writeln!(std::io::stderr(), "skipped: bash is missing");
        return None;
    }
    let folder = Folder::empty();
    folder.write(SCRIPT, fs::read(Path::new(crate::ROOT).join(SCRIPT)).expect("the script"));
    folder.write("benches/instructions.txt", numbers);
    for (path, text) in [("bin/cargo", "#!/bin/sh\n"), ("bin/valgrind", VALGRIND), ("debug/generate", "#!/bin/sh\n")] {
        folder.write(path, text);
        fs::set_permissions(folder.path(path), fs::Permissions::from_mode(0o755)).expect("permissions");
    }
    Some(folder)
}

/// Runs the script with the programs of the folder.
fn count(folder: &Folder, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
    let path = std::env::var("PATH").expect("a path");
    let mut command = Command::new("bash");
    command.env_clear().current_dir(folder.path("")).arg(SCRIPT).args(arguments);
    command.env("PATH", format!("{}:{path}", folder.path("bin").display()));
    command.env("CARGO_TARGET_DIR", folder.path("")).envs(variables.iter().copied());
    ran(&mut command, b"")
}

#[test]
fn a_check_may_cost_a_twentieth_more_and_no_more() {
    let Some(folder) = folder("files 1000\nlines 1000\n") else { return };
    let actions = ("GITHUB_ACTIONS", "true");
    let summary = ("GITHUB_STEP_SUMMARY", "/dev/null");
    for (counted, status) in [("900", 0), ("1050", 0), ("1051", 1)] {
        let said = format!("==1== Events    : Ir\\n==1== Collected : {counted}");
        let ran = count(&folder, &[], &[("SAID", &said), actions, summary]);
        assert_eq!(ran.code, Some(status), "{counted}: {ran:?}");
    }
    let ran = count(&folder, &["--update"], &[("SAID", "Collected : 7")]);
    assert_eq!(
        (ran.code, folder.read("benches/instructions.txt").as_str()),
        (Some(0), "files 7\nlines 7\n"),
        "{ran:?}"
    );
}

#[test]
fn what_was_not_counted_passes_nowhere() {
    let numbers = "files 1000\nlines 1000\n";
    let Some(folder) = folder(numbers) else { return };
    for variables in [
        &[("SAID", "no tool of this name")][..],
        &[("SAID", "Collected : ")],
        &[("SAID", "Collected : 9\\nCollected : 9")],
        &[("SAID", "Collected : 9"), ("STATUS", "2")],
    ] {
        for arguments in [&[][..], &["--update"]] {
            let ran = count(&folder, arguments, variables);
            assert!(ran.code == Some(1) && ran.err.contains("counted no instructions"), "{variables:?}: {ran:?}");
            assert_eq!(folder.read("benches/instructions.txt"), numbers, "{variables:?}");
        }
    }
    folder.write("benches/instructions.txt", "files 1000\n");
    let ran = count(&folder, &[], &[("SAID", "Collected : 9")]);
    assert!(ran.code == Some(1) && ran.err.contains("no number for lines"), "{ran:?}");
}

#[test]
fn only_a_person_may_lack_valgrind() {
    let Some(folder) = folder("files 1000\nlines 1000\n") else { return };
    // A path on which nothing stands but what the script needs before it looks for valgrind.
    folder.write("few/empty", "");
    let path = std::env::var_os("PATH").expect("a path");
    let program = |name: &str| std::env::split_paths(&path).map(|of| of.join(name)).find(|program| program.exists());
    symlink(program("dirname").expect("dirname"), folder.path("few/dirname")).expect("a link");
    let (bash, few) = (program("bash").expect("bash"), folder.path("few").display().to_string());
    for (actions, status) in [(None, 0), (Some("true"), 1)] {
        let mut command = Command::new(&bash);
        command.env_clear().current_dir(folder.path("")).arg(SCRIPT).env("PATH", &few);
        command.envs(actions.map(|value| ("GITHUB_ACTIONS", value)));
        let ran = ran(&mut command, b"");
        assert_eq!(ran.code, Some(status), "{ran:?}");
    }
}
