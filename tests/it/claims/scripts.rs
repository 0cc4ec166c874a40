//! The scripts in the pages run: those of `data/README.md` over the shipped records, and the commands of `CONTRIBUTING.md`
//! over the frozen ones. The former need bash and python3; where one is missing this says so and checks nothing.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::CommandCargoExt as _;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::comment::has;
use crate::frozen;
use crate::tool::{Folder, Ran, ran};

fn page(name: &str) -> String {
    fs::read_to_string(Path::new(crate::ROOT).join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The fenced blocks of a page in a language.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let (mut found, mut open) = (Vec::new(), None);
    for event in Parser::new(page) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(of))) if &*of == language => open = Some(String::new()),
            Event::Text(text) => {
                if let Some(block) = &mut open {
                    *block += &text;
                }
            }
            Event::End(TagEnd::CodeBlock) => found.extend(open.take()),
            _ => {}
        }
    }
    found
}

/// A folder in which the program stands as `comity`.
fn programs() -> Folder {
    let folder = Folder::empty();
    folder.write("bin/empty", "");
    let program = Command::cargo_bin("comity").expect("the program");
    symlink(program.get_program(), folder.path("bin/comity")).expect("a link");
    folder
}

/// Runs a script with the program on the path.
fn run(programs: &Folder, folder: &Path, program: &str, script: &str) -> Ran {
    let path = std::env::var("PATH").expect("a path");
    let mut command = Command::new(program);
    command.env_clear().env("PATH", format!("{}:{path}", programs.path("bin").display())).current_dir(folder);
    command.env("PYTHONUTF8", "1").env("LC_ALL", "C.UTF-8");
    ran(command.args(["-c", script]), b"")
}

fn can_run() -> bool {
    let can = ["bash", "python3"].into_iter().all(has);
    if !can {
        let _ = writeln!(std::io::stderr(), "skipped: bash or python3 is missing");
    }
    can
}

#[test]
fn the_questions_to_the_data_have_answers() {
    if !can_run() {
        return;
    }
    let (page, programs, root) = (page("data/README.md"), programs(), Path::new(crate::ROOT));
    let shell: Vec<String> = blocks(&page, "sh").into_iter().filter(|block| block.contains("comity ")).collect();
    assert!(shell.len() >= 6, "only {} blocks", shell.len());
    for block in &shell {
        let ran = run(&programs, root, "bash", block);
        assert_eq!(ran.code, Some(0), "{block}\n{ran:?}");
        assert!(ran.out.lines().count() > 0, "{block}");
    }
    let visits = run(&programs, root, "bash", &shell[0]).out;
    let visits: usize = visits.lines().filter_map(|line| line.split_whitespace().next()?.parse::<usize>().ok()).sum();
    assert!(page.contains(&format!("{visits} held, ")), "the script finds {visits} visits");
    let science = "comity list activity --framework sps-programme --format ids";
    let science = run(&programs, root, "bash", science).out.lines().count();
    assert!(page.contains(&format!("?** {science} activities belong to the programme")), "the program finds {science}");
    let python = blocks(&page, "python");
    let script = python.iter().find(|block| block.contains("# 7:")).expect("the script under 7");
    let ran = run(&programs, root, "python3", script);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let first = |line: Option<&str>| line.and_then(|line| line.split(' ').next()).unwrap_or_default().to_owned();
    let (calls, pairs) = (first(ran.out.lines().next()), first(ran.out.lines().next_back()));
    assert!(page.contains(&format!(" {calls} calls of NATO's ships")), "the script finds {calls} calls");
    assert!(page.contains(&format!("{pairs} pairs of persons")), "the script finds {pairs} pairs");
}

#[test]
fn a_release_is_loaded_as_the_page_shows() {
    if !can_run() {
        return;
    }
    let (page, programs) = (page("data/README.md"), programs());
    let release = programs.path("release");
    // The tables are what the page reads.
    let export = format!("comity export --format csv --data '{}/data' --to '{}'", crate::ROOT, release.display());
    let ran = run(&programs, &programs.path(""), "bash", &export);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let python = blocks(&page, "python");
    let ran = run(&programs, &release, "python3", &python[0]);
    let count: usize = ran.out.split(' ').next().and_then(|count| count.parse().ok()).unwrap_or_default();
    assert!(ran.code == Some(0) && count > 0, "an empty answer teaches nobody: {ran:?}");
}

#[test]
fn the_commands_of_contributing_run() {
    let (contributing, programs) = (page("CONTRIBUTING.md"), programs());
    if !has("bash") {
        return;
    }
    frozen::write_to(&programs.path(""));
    let block = blocks(&contributing, "sh").into_iter().find(|block| block.contains("comity new")).expect("the block");
    let commands = block.replace("\\\n", " ");
    assert!(commands.lines().count() >= 5, "{block}");
    for command in commands.lines() {
        let ran = run(&programs, &programs.path(""), "bash", command);
        if command == "comity new event" {
            // It asks, and nobody is there to answer.
            assert!(ran.code == Some(2) && ran.err.contains("no terminal to ask in"), "{command}: {ran:?}");
        } else {
            assert_eq!(ran.code, Some(0), "{command}: {ran:?}");
        }
    }
    let record = programs.read("data/event/rabat-seminar-2019.json");
    assert!(record.contains("\"/when\": \"2019-01-23\"") && record.contains("\"example-2019-01-24\""), "{record}");
}
