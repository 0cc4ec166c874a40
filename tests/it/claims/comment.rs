//! `.github/comment`: whatever a stranger's workflow leaves behind, the comment that main's workflow makes of it is text.
//! Needs Python and bash; where one is missing these tests say so and check nothing.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::render::markdown::{LINKS, github, prose, references, tags};
use crate::render::runner::TEXTS;
use crate::tool::{Folder, Ran, ran};

const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";
const RUN: &str = "https://github.com/owner/name/actions/runs/7";

/// Whether a program is here.
pub(super) fn has(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|out| out.status.success())
}

fn skipped() -> bool {
    let missing = !has("python3") || !has("bash");
    if missing {
        let _ = writeln!(std::io::stderr(), "skipped: python3 or bash is missing");
    }
    missing
}

fn scripts() -> PathBuf {
    Path::new(crate::ROOT).join(".github/comment")
}

/// The comments on several texts, each made as from an archive of its own.
fn comments(texts: &[String]) -> Vec<String> {
    const PROGRAM: &str =
        "import json, sys; sys.dont_write_bytecode = True; sys.path.insert(0, sys.argv[1]); import render
print(json.dumps([render.comment(text, sys.argv[2]) for text in json.load(sys.stdin)]))";
    let mut command = Command::new("python3");
    command.args(["-c", PROGRAM]).arg(scripts()).arg(COMMIT);
    let input = serde_json::to_vec(texts).expect("JSON");
    let ran = ran(&mut command, &input);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    serde_json::from_str(&ran.out).expect("JSON")
}

/// The comment on one text.
fn comment(text: &str) -> String {
    comments(&[text.to_owned()]).remove(0)
}

/// An archive with one file in it.
fn archive(folder: &Folder, name: &str, text: &str) -> PathBuf {
    const PROGRAM: &str = "import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as made: made.writestr(sys.argv[2], sys.stdin.read())";
    let path = folder.path("left.zip");
    let mut command = Command::new("python3");
    command.args(["-c", PROGRAM]).arg(&path).arg(name);
    assert_eq!(ran(&mut command, text.as_bytes()).code, Some(0));
    path
}

fn render(archive: &Path, more: &[&str]) -> Ran {
    let mut command = Command::new("python3");
    command.arg(scripts().join("render.py")).arg(archive).args(["--commit", COMMIT]).args(more);
    ran(&mut command, b"")
}

/// What the comment may be made of.
const OURS: [&str; 29] = [
    "p",
    "b",
    "i",
    "s",
    "strong",
    "em",
    "ins",
    "del",
    "sub",
    "sup",
    "h3",
    "h4",
    "h5",
    "h6",
    "code",
    "pre",
    "br",
    "br /",
    "ul",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "details",
    "summary",
    "!-- comity: the check of this pull request --",
];

/// Holds a comment to what no pull request may put into it.
pub(super) fn assert_harmless(comment: &str) {
    assert!(comment.len() <= 60_000, "{} bytes", comment.len());
    let html = github(comment);
    let of_a_cell = |tag: &str| ["th align=\"", "td align=\""].iter().any(|begin| tag.starts_with(begin));
    let foreign: Vec<&str> = tags(&html).into_iter().filter(|tag| !OURS.contains(tag) && !of_a_cell(tag)).collect();
    assert_eq!(foreign, [""; 0], "{comment}\n{html}");
    assert_eq!(html.matches("<details").count(), html.matches("</details").count(), "{comment}");
    assert_eq!(references(&prose(&html)), [""; 0], "{comment}\n{html}");
}

/// Where a text may stand in what was left behind.
fn places(text: &str) -> [String; 11] {
    [
        text.to_owned(),
        format!("| Line | Rule |\n| ---: | --- |\n| 1 | {text} |\n| 2 | x |"),
        format!("#### {text}\n\nx"),
        format!("x <code>{text}</code> y"),
        format!("x `{text}` y"),
        format!("**{text}**"),
        format!("- {text}\n- y"),
        format!("<details>\n<summary>{text}</summary>\n\n{text}\n</details>"),
        format!("```\n{text}\n```\n{text}"),
        format!("<ins><code>{text}</code></ins> <del>{text}</del><br>{text}"),
        text.chars().map(|c| format!("&#{};", u32::from(c))).collect::<Vec<_>>().concat(),
    ]
}

#[test]
fn nothing_that_was_left_behind_is_a_link_a_mention_a_picture_or_html() {
    if skipped() {
        return;
    }
    let more = ["/approve\n/close", "@dependabot merge", "<!-- x --><img src=x>", "x\n===\ny\n---", "1. x\n+ y\n    z"];
    let texts: Vec<String> = LINKS.into_iter().chain(TEXTS).chain(more).flat_map(places).collect();
    for comment in comments(&texts) {
        assert_harmless(&comment);
    }
}

#[test]
fn what_the_checker_writes_is_shown_as_the_checker_means_it() {
    if skipped() {
        return;
    }
    let made = comment(
        "## What is wrong\n\n**1 error.**\n\n#### <code>data/event/a.json</code>\n\n| Line | What |\n| ---: | --- |\n\
         | 5 | `x&#124;y` is wrong<br>write <code>&#36;a</code> |\n\n- one\n- <ins>two</ins>\n",
    );
    let html = github(&made);
    for expected in [
        "<h3>What is wrong</h3>",
        "<strong>1 error.</strong>",
        "<h5><code>data/event/a.json</code></h5>",
        "<td align=\"right\">5</td>",
        "<td><code>x|y</code> is wrong<br>write <code>$a</code></td>",
        "<li>one</li>",
        "<ins>two</ins>",
    ] {
        assert!(html.contains(expected), "{expected}\n{html}");
    }
    assert!(made.starts_with("<!-- comity: "), "the comment is found again");
    assert!(html.contains(&COMMIT[..12]), "a reader sees of which commit it is");
}

#[test]
fn a_comment_holds_sixty_kilobytes_and_names_what_was_cut() {
    if skipped() {
        return;
    }
    let section = |number: usize| {
        let row = format!("| {number} | {} |\n", "é".repeat(90));
        format!("#### <code>data/event/e-{number}.json</code>\n\n| L | W |\n| --- | --- |\n{}\n", row.repeat(12))
    };
    let made = comment(&(0..400).map(section).collect::<String>());
    assert_harmless(&made);
    assert!(made.len() > 50_000, "only {} bytes", made.len());
    let (shown, cut) = made.split_once("**Cut, because").expect("a word on what was cut");
    let first = cut.lines().find(|line| line.starts_with("- ")).expect("a part");
    assert!(shown.matches("#####").count() > 20 && cut.matches("data/event/e-").count() > 20, "{cut}");
    assert!(first.contains(" lines of <code>data/event/e-"), "{first}");
    let named = cut.lines().filter(|line| line.starts_with("- ") && line.contains(" lines of ")).count();
    let more =
        cut.lines().find_map(|line| line.strip_prefix("- and ")?.strip_suffix(" more parts")).expect("the others");
    let more: usize = more.parse().expect("a number");
    let (all, partly) = (shown.matches("#####").count(), shown.matches("#####").count() + named + more - 400);
    assert!(partly <= 1 && all - partly + named + more == 400, "each section is shown or named: {all} {named} {more}");
    let one = comment(&format!("<details>\n\n{}", "- a line\n".repeat(9_000)));
    assert_harmless(&one);
    assert!(one.contains(" lines of the beginning"), "{}", &one[one.len() - 200..]);
}

#[test]
fn hostile_archives_cost_nothing() {
    if skipped() {
        return;
    }
    let folder = Folder::empty();
    let zeros = "a".repeat(20_000_000);
    let ran = render(&archive(&folder, "comment.md", &zeros), &[]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_harmless(&ran.out);
    assert!(ran.out.contains("which are not read"), "a reader is told");
    for ticks in ["`", "<code>", "**", "<details>\n", "[", "|", "&#", "<ins><del>", "\\", "` "] {
        let ran = render(&archive(&folder, "comment.md", &ticks.repeat(500_000)), &[]);
        assert_eq!(ran.code, Some(0), "{ticks}: {ran:?}");
        assert_harmless(&ran.out);
    }
    for name in ["../comment.md", "/tmp/comment.md", "other.md"] {
        let ran = render(&archive(&folder, name, "x"), &[]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{name}: {ran:?}");
    }
    folder.write("left.zip", "no archive");
    let ran = render(&folder.path("left.zip"), &[]);
    assert!(ran.code == Some(1) && ran.err.starts_with("error: the archive holds no comment.md"), "{ran:?}");
}

#[test]
fn a_change_that_can_forge_its_report_is_named_as_one() {
    if skipped() {
        return;
    }
    let folder = Folder::empty();
    let archive = archive(&folder, "comment.md", "all is well");
    let usual = render(&archive, &["--run", RUN]);
    let forged = render(&archive, &["--run", RUN, "--forgeable"]);
    assert!(!usual.out.contains("[!WARNING]") && forged.out.contains("[!WARNING]"), "{forged:?}");
    assert_eq!(github(&forged.out).matches("<a ").count(), 1, "the one link is ours");
    assert!(github(&forged.out).contains(&format!("href=\"{RUN}\"")));
}

/// GitHub's program, which answers from files and writes down what it was asked.
const GH: &str = "#!/bin/sh
printf '%s\\n' \"$*\" >> \"$ASKED\"
case \"$*\" in
  *pulls/5/files*) cat \"$ANSWERS/files\" ;;
  *--raw-field*) cat \"$ANSWERS/pull\" ;;
  *actions/runs/7/artifacts*) echo 9 ;;
  *artifacts/9/zip*) cat \"$ANSWERS/left.zip\" ;;
  *PATCH*|*POST*) for word; do case $word in body=@*) cp \"${word#body=@}\" \"$ANSWERS/body\" ;; esac; done ;;
  *issues/5/comments*) cat \"$ANSWERS/comments\" ;;
  *) exit 1 ;;
esac
";

fn post(folder: &Folder) -> (Ran, String) {
    folder.write("asked", "");
    folder.write("bin/gh", GH);
    fs::set_permissions(folder.path("bin/gh"), fs::Permissions::from_mode(0o755)).expect("permissions");
    let path = std::env::var("PATH").expect("a path");
    let mut command = Command::new("bash");
    command.env_clear().arg(scripts().join("post")).env("PYTHONDONTWRITEBYTECODE", "1");
    command.env("PATH", format!("{}:{path}", folder.path("bin").display()));
    command.env("ASKED", folder.path("asked")).env("ANSWERS", folder.path(""));
    command.env("GITHUB_REPOSITORY", "owner/name").env("GITHUB_SERVER_URL", "https://github.com");
    command.env("RUN_ID", "7").env("HEAD_SHA", COMMIT).env("HEAD_OWNER", "somebody").env("HEAD_BRANCH", "$(touch x)");
    let ran = ran(&mut command, b"");
    (ran, folder.read("asked"))
}

#[test]
fn one_comment_is_written_and_then_replaced() {
    if skipped() {
        return;
    }
    let folder = Folder::empty();
    archive(&folder, "comment.md", "all is well");
    folder.write("pull", "5\n");
    folder.write("files", "\"data/event/a.json\"\n");
    folder.write("comments", "");
    let (ran, asked) = post(&folder);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(asked.contains("--raw-field head=somebody:$(touch x)"), "the pull request is looked up: {asked}");
    assert!(asked.contains("POST repos/owner/name/issues/5/comments"), "{asked}");
    let body = folder.read("body");
    assert!(body.contains("all is well") && body.contains(RUN) && !body.contains("[!WARNING]"), "{body}");

    folder.write("comments", "31\n32\n");
    folder.write("files", "\"data/event/a.json\"\n\".github/workflows/validate.yml\"\n");
    let (ran, asked) = post(&folder);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(asked.contains("PATCH repos/owner/name/issues/comments/31") && !asked.contains("POST"), "{asked}");
    assert!(folder.read("body").contains("[!WARNING]"), "the change can have written its report");
}

#[test]
fn a_run_speaks_on_no_pull_request_but_its_own() {
    if skipped() {
        return;
    }
    let folder = Folder::empty();
    archive(&folder, "comment.md", "x");
    for answer in ["", "\n", "6; touch x", "5 6"] {
        folder.write("pull", answer);
        let (ran, asked) = post(&folder);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert!(!asked.contains("comments") && ran.out.contains("nothing to say"), "{answer}: {asked}");
    }
}
