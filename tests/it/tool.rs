//! Runs of the whole program, each in a folder of its own and with nothing of the caller's environment but `PATH`.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use assert_cmd::cargo::CommandCargoExt as _;
use comity::kind::Kind;
use comity::rules::RULES;
use serde_json::{Value, json};

use crate::world::{file, world};

/// A folder with a dataset in `data/`.
pub(crate) struct Folder(tempfile::TempDir);

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Folder {
    /// A folder with nothing in it.
    pub(crate) fn empty() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    /// A small clean dataset.
    pub(crate) fn of_the_world() -> Self {
        let folder = Self::empty();
        folder.write("data/dataset.json", "{}\n");
        for (path, text) in world() {
            folder.write(&format!("data/{path}"), &text);
        }
        folder
    }

    /// The same with one more record, laid over the template of its kind.
    pub(crate) fn with(fragment: &Value) -> Self {
        let folder = Self::of_the_world();
        let (path, text) = file(fragment);
        folder.write(&format!("data/{path}"), &text);
        folder
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    pub(crate) fn write(&self, below: &str, text: impl AsRef<[u8]>) {
        let path = self.path(below);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    pub(crate) fn read(&self, below: &str) -> String {
        fs::read_to_string(self.path(below)).expect("a text")
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::cargo_bin("comity").expect("the program");
        let path = std::env::var_os("PATH").unwrap_or_default();
        command.env_clear().env("PATH", path).current_dir(self.0.path()).args(arguments);
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        ran(&mut self.command(arguments), b"")
    }

    /// A check, as the report that programs read.
    pub(crate) fn check(&self, arguments: &[&str]) -> (Ran, Value) {
        let ran = self.run(&[&["check", "--format", "json"], arguments].concat());
        let report = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
        (ran, report)
    }
}

pub(crate) fn ran(command: &mut Command, input: &[u8]) -> Ran {
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it runs");
    let mut stdin = child.stdin.take().expect("an input");
    // Whoever does not read its input closes it.
    let _ = stdin.write_all(input);
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// The rules of a report's findings with the file of each.
pub(crate) fn found(report: &Value) -> Vec<(&str, &str)> {
    let items = report["diagnostics"].as_array().expect("a list");
    items.iter().map(|item| (item["rule"].as_str().expect("a rule"), item["path"].as_str().expect("a path"))).collect()
}

/// The records of the clean dataset, and so many more.
fn all(more: u64) -> u64 {
    world().len() as u64 + more
}

/// How the closing line begins for as many.
fn checked(more: u64) -> String {
    format!("checked {} records", all(more))
}

/// A record with one fault that no other rule minds.
pub(crate) fn faulty(id: &str) -> Value {
    json!({ "kind": "event", "id": id, "type": "no-such-type" })
}

#[test]
fn the_exit_code_says_clean_or_findings_or_could_not_run() {
    let clean = Folder::of_the_world();
    let ran = clean.run(&["check"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.starts_with(&checked(0)), "{ran:?}");
    assert_eq!(clean.run(&["check", "data"]).code, Some(0));

    let faulty = Folder::with(&faulty("faulty"));
    for format in ["human", "concise", "json", "github", "gitlab", "sarif", "junit", "markdown"] {
        let ran = faulty.run(&["check", "--format", format]);
        assert_eq!(ran.code, Some(1), "the format {format} changes nothing: {ran:?}");
        assert!(ran.out.contains("unknown-code"), "{format}: {}", ran.out);
    }

    let nowhere = Folder::empty();
    for arguments in
        [&["check"][..], &["stats"], &["check", "--no-such-option"], &["check", "missing.json"], &["no-such-command"]]
    {
        let ran = nowhere.run(arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}: {ran:?}");
        assert_eq!(ran.out, "", "what could not run says so on standard error");
        assert!(ran.err.starts_with("error: "), "{arguments:?}: {ran:?}");
    }
    assert_eq!(clean.run(&["check", "data/event/missing.json"]).code, Some(2));
    clean.write("data/dataset.json", "{ \"rules\": { \"no-such-rule\": \"off\" } }");
    assert_eq!(clean.run(&["check"]).code, Some(2), "a policy nobody could obey");
}

#[test]
fn what_is_missing_or_wrong_on_the_command_line_is_told_with_an_example() {
    let folder = Folder::of_the_world();
    for (arguments, expected) in [
        (&["export"][..], "say into which folder to write, as in `comity export --to release`\n"),
        (&["show"], "say which record to show, as in `comity show rabat-seminar-2019`\n"),
        (&["explain"], "say which rule to explain, as in `comity explain missing-field`\n"),
        (&["completions"], "say for which shell to write, as in `comity completions bash`\n"),
        (
            &["check", "--max-findings", "many"],
            "invalid value 'many' for '--max-findings <N>': it is a number from 0 on, such as 20\n",
        ),
        (
            &["check", "--max-findings", "-1"],
            "invalid value '-1' for '--max-findings <N>': it is a number from 0 on, such as 20\n",
        ),
    ] {
        let ran = folder.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
        assert!(ran.err.starts_with(&format!("error: {expected}")), "{ran:?}");
    }
    assert_eq!(folder.run(&["--help"]).code, Some(0), "what was asked for is no error");
}

#[test]
fn the_dataset_is_found_from_inside_from_above_and_by_name() {
    let folder = Folder::with(&faulty("faulty"));
    for (start, shown) in [
        (".", "data/event/faulty.json"),
        ("data", "event/faulty.json"),
        ("data/event", "../event/faulty.json"),
        ("data/actor", "../event/faulty.json"),
    ] {
        let mut command = folder.command(&["check", "--format", "concise"]);
        let ran = ran(command.current_dir(folder.path(start)), b"");
        assert!(ran.out.starts_with(&format!("{shown}:")), "from {start}: {ran:?}");
        assert!(folder.path(start).join(shown).exists(), "the path leads there from {start}");
        assert!(ran.out.contains(&checked(1)), "from {start}: {ran:?}");
    }
    fs::create_dir(folder.path("elsewhere")).expect("a folder");
    let mut command = folder.command(&["check", "--format", "concise", "../data"]);
    let ran = ran(command.current_dir(folder.path("elsewhere")), b"");
    assert!(ran.out.starts_with("../data/event/faulty.json:"), "{ran:?}");
}

#[test]
fn a_path_chooses_what_is_reported_and_the_root_what_is_read() {
    let folder = Folder::with(&faulty("one"));
    let (path, text) = file(&faulty("two"));
    folder.write(&format!("data/{path}"), text);
    let (path, text) = file(&json!({ "kind": "event", "id": "three" }));
    folder.write(&format!("data/{path}"), text);
    let paths = |arguments: &[&str]| {
        let (ran, report) = folder.check(arguments);
        let found: Vec<String> = found(&report).into_iter().map(|(_, path)| path.to_owned()).collect();
        (ran.code, found, report["summary"]["records"].as_u64())
    };
    let (one, two) = ("data/event/one.json", "data/event/two.json");
    assert_eq!(paths(&[]), (Some(1), vec![one.to_owned(), two.to_owned()], Some(all(3))));
    assert_eq!(paths(&[one]), (Some(1), vec![one.to_owned()], Some(1)));
    assert_eq!(paths(&["data/event"]), (Some(1), vec![one.to_owned(), two.to_owned()], Some(3)));
    let actors = world().keys().filter(|path| path.starts_with("actor/")).count() as u64;
    assert_eq!(paths(&["data/actor"]), (Some(0), vec![], Some(actors)));
    assert_eq!(paths(&[two, one]), (Some(1), vec![one.to_owned(), two.to_owned()], Some(2)));
    // It refers to actors and a source that are not named.
    assert_eq!(paths(&["data/event/three.json"]), (Some(0), vec![], Some(1)));
    // A shell's `data/*` names what is no record too; but a run that checks no record is not clean.
    assert_eq!(paths(&["data/dataset.json", "data/event/three.json"]), (Some(0), vec![], Some(1)));
    assert_eq!(paths(&["data/dataset.json"]), (Some(1), vec![], Some(0)));
}

#[test]
fn what_lies_outside_is_never_called_clean() {
    let folder = Folder::of_the_world();
    folder.write("other/notes/x.json", "{");
    let ran = folder.run(&["check", "data", "other"]);
    assert_eq!(ran.code, Some(2), "a folder of no dataset beside one: {ran:?}");
    let (ran, report) = folder.check(&["data", "other/notes/x.json"]);
    assert_eq!(ran.code, Some(1));
    assert!(found(&report).iter().all(|(_, path)| *path == "other/notes/x.json") && !found(&report).is_empty());
    folder.write("data/notes/x.json", "{}");
    let (ran, report) = folder.check(&["data/notes/x.json"]);
    assert_eq!((ran.code, found(&report)), (Some(1), vec![("misplaced-file", "data/notes/x.json")]));
}

#[test]
fn standard_input_holds_one_record_or_one_a_line() {
    let folder = Folder::of_the_world();
    let check = |text: &str| {
        let ran = ran(&mut folder.command(&["check", "--format", "json", "-"]), text.as_bytes());
        let report: Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
        let found: Vec<(String, Value)> = found(&report)
            .into_iter()
            .zip(report["diagnostics"].as_array().expect("a list"))
            .map(|((rule, path), item)| {
                assert_eq!(path, "<stdin>");
                (rule.to_owned(), item["start"]["line"].clone())
            })
            .collect();
        (ran.code, found, report["summary"]["records"].as_u64())
    };
    let (_, record) = file(&json!({ "kind": "event", "id": "from-a-pipe" }));
    assert_eq!(check(&record), (Some(0), vec![], Some(1)), "laid out as in a file, it is canonical");
    let line = |id: &str, kind: &str| {
        let (_, text) = file(&json!({ "kind": "event", "id": id, "type": kind }));
        let record: Value = serde_json::from_str(&text).expect("JSON");
        record.to_string()
    };
    let lines =
        format!("{}\n\n{}\n{}", line("first", "seminar"), line("second", "no-such-type"), line("third", "visit"));
    let (code, found, records) = check(&lines);
    let unknown: Vec<_> = found.iter().filter(|(rule, _)| rule == "unknown-code").collect();
    assert_eq!((code, records), (Some(1), Some(3)));
    assert_eq!(unknown, [&("unknown-code".to_owned(), json!(3))], "line 2 is empty, and counts");
    let (code, found, _) = check("{ \"kind\": \"event\" }\nno JSON\n");
    assert_eq!(code, Some(1));
    assert!(found.contains(&("syntax".to_owned(), json!(2))), "one bad line leaves the others as they are: {found:?}");
    assert_eq!(check("").0, Some(1), "nothing is no record");
}

#[test]
fn a_line_of_a_file_has_its_own_line_and_column_and_byte() {
    let line = |id: &str, name: &str, kind: &str| {
        let (_, text) = file(&json!({ "kind": "event", "id": id, "names": { "en": name }, "type": kind }));
        serde_json::from_str::<Value>(&text).expect("JSON").to_string()
    };
    let lines = [
        line("first", "A", "visit"),
        String::new(),
        line("second", "Café 𝒳 زيارة", "no-such-type"),
        "  ".to_owned(),
        line("third", "B", "no-such-type-either"),
    ];
    let text = lines.join("\r\n") + "\r\n";
    let folder = Folder::of_the_world();
    folder.write("data/events.ndjson", &text);
    let (ran, report) = folder.check(&["--select", "unknown-code"]);
    assert_eq!(ran.code, Some(1));
    let places: Vec<(u64, u64, u64)> = report["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|item| {
            let number = |key: &str| item["start"][key].as_u64().expect("a number");
            (number("line"), number("column"), number("offset"))
        })
        .collect();
    let expected = ["\"no-such-type\"", "\"no-such-type-either\""].map(|token| {
        let before = &text[..text.find(token).expect("the token")];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        (line as u64, column as u64, before.len() as u64)
    });
    assert_eq!(places, expected);
    assert_eq!(expected.map(|(line, ..)| line), [3, 5]);
}

/// Who reads only the beginning has seen enough. The report is larger than any pipe holds, so that it meets the end.
#[test]
fn a_closed_pipe_is_no_error() {
    let folder = Folder::of_the_world();
    folder.write("data/lines.ndjson", "no JSON\n".repeat(3_000));
    for arguments in [&["rules"][..], &["check"], &["check", "--format", "json"], &["man"]] {
        let mut command = folder.command(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(!String::from_utf8_lossy(&output.stderr).contains("error"), "{arguments:?}");
    }
}

#[test]
fn colour_follows_the_flag_and_the_environment() {
    let folder = Folder::with(&faulty("faulty"));
    let coloured = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = folder.command(&[&["check"], arguments].concat());
        ran(command.envs(variables.iter().copied()), b"").out.contains('\u{1b}')
    };
    assert!(!coloured(&[], &[]), "a pipe is no terminal");
    assert!(coloured(&["--color", "always"], &[]));
    assert!(coloured(&["--color", "always"], &[("NO_COLOR", "1")]), "who says it here means it");
    assert!(coloured(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[], &[("NO_COLOR", "1")]));
    assert!(!coloured(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn github_gets_annotations_and_a_summary_without_a_flag() {
    let folder = Folder::with(&faulty("faulty"));
    folder.write("summary.md", "before\n");
    let mut command = folder.command(&["check"]);
    let ran = ran(command.env("GITHUB_ACTIONS", "true").env("GITHUB_STEP_SUMMARY", folder.path("summary.md")), b"");
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.starts_with("::error file=data/event/faulty.json,line="), "{ran:?}");
    assert!(ran.out.lines().all(|line| line.starts_with("::")), "{ran:?}");
    assert!(ran.err.starts_with(&checked(1)), "the closing line is no annotation: {ran:?}");
    let summary = folder.read("summary.md");
    assert!(summary.starts_with("before\n") && summary.contains("unknown-code"), "{summary}");
}

#[test]
fn fmt_writes_canonical_form_once_and_keeps_the_rest_as_it_was() {
    let folder = Folder::of_the_world();
    let (path, canonical) = file(&json!({ "kind": "event", "id": "laid-out", "names": { "en": "Café" } }));
    let record: Value = serde_json::from_str(&canonical).expect("JSON");
    // Another order, another indentation, carriage returns, letters not composed, numbers written at length.
    let mut fields: Vec<String> =
        record.as_object().expect("an object").iter().map(|(key, value)| format!("\"{key}\":\t{value}")).collect();
    fields.reverse();
    let untidy = format!("{{\r\n{}\r\n}}\r\n\r\n", fields.join(",\r\n")).replace('é', "e\u{301}");
    let below = format!("data/{path}");
    folder.write(&below, &untidy);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(folder.path(&below), fs::Permissions::from_mode(0o640)).expect("permissions");
    }

    let ran = folder.run(&["fmt", "--check"]);
    assert_eq!((ran.code, folder.read(&below)), (Some(1), untidy), "--check only says so: {ran:?}");
    assert!(ran.out.contains(&below), "{ran:?}");
    let ran = folder.run(&["fmt"]);
    assert_eq!((ran.code, folder.read(&below)), (Some(0), canonical.clone()), "{ran:?}");
    let ran = folder.run(&["fmt"]);
    assert_eq!((ran.code, folder.read(&below)), (Some(0), canonical), "canonical form is its own: {ran:?}");
    assert_eq!(folder.run(&["fmt", "--check"]).code, Some(0));
    assert_eq!(folder.run(&["check"]).code, Some(0));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(folder.path(&below)).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o640, "permissions stay");
    }
    let left: Vec<_> = fs::read_dir(folder.path("data/event")).expect("a folder").collect();
    assert_eq!(left.len(), 1, "no temporary file stays behind");
}

#[test]
fn fmt_takes_what_only_the_check_refuses_and_leaves_what_it_cannot_read() {
    let folder = Folder::of_the_world();
    // Unknown fields, wrong values, dangling references: nothing of that is a matter of layout.
    let odd = "{ \"zzz\": [1.0, {\"b\": null, \"a\": \"\\u00e9\"}], \"type\": 3, \"under\": [\"event:nowhere\"] }";
    folder.write("data/event/odd.json", odd);
    let broken = "{ \"type\": \"visit\", \"type\": \"seminar\" }";
    folder.write("data/event/broken.json", broken);
    let ran = folder.run(&["fmt"]);
    assert_eq!(ran.code, Some(1), "something was left as it is: {ran:?}");
    assert_eq!(folder.read("data/event/broken.json"), broken, "one of two equal keys would be lost");
    let after: Value = serde_json::from_str(&folder.read("data/event/odd.json")).expect("JSON");
    assert_eq!(after["zzz"], json!([1, { "b": null, "a": "é" }]));
    assert_eq!((&after["type"], &after["kind"], &after["id"]), (&json!(3), &json!("event"), &json!("odd")));
    let lines = "\n{\"kind\":\"event\",\"id\":\"a\"}\r\n\r\n{\"id\":\"b\",\"kind\":\"event\",\"zzz\":1.50}";
    folder.write("data/lines.ndjson", lines);
    folder.run(&["fmt", "data/lines.ndjson"]);
    let expected = "{\"kind\":\"event\",\"id\":\"a\"}\n{\"kind\":\"event\",\"id\":\"b\",\"zzz\":1.50}\n";
    assert_eq!(folder.read("data/lines.ndjson"), expected);
}

/// A contributor types neither `$schema` nor `kind` nor `id`, and leaves the layout to the tool.
#[test]
fn a_record_typed_by_hand_needs_only_its_layout() {
    let folder = Folder::of_the_world();
    let cited = json!({ "a-page": { "stance": "reports" } });
    for fragment in
        [json!({ "kind": "event", "id": "a-meeting", "evidence": cited }), json!({ "kind": "source", "id": "a-page" })]
    {
        let (path, text) = file(&fragment);
        let mut record: Value = serde_json::from_str(&text).expect("JSON");
        let fields = record.as_object_mut().expect("an object");
        for field in ["$schema", "kind", "id"] {
            fields.remove(field).expect("canonical form has it");
        }
        folder.write(&format!("data/{path}"), record.to_string());
    }
    let (ran, report) = folder.check(&[]);
    let expected = [("non-canonical", "data/event/a-meeting.json"), ("non-canonical", "data/source/a-page.json")];
    assert_eq!((ran.code, found(&report)), (Some(0), expected.to_vec()), "a warning blocks nothing");
    assert_eq!(folder.run(&["fmt"]).code, Some(0));
    let (_, report) = folder.check(&[]);
    assert_eq!(found(&report), []);
}

#[test]
fn schema_writes_what_is_missing_and_says_what_has_drifted() {
    let folder = Folder::of_the_world();
    let check = || folder.run(&["schema", "--check"]);
    assert_eq!(check().code, Some(1), "nothing is there yet");
    assert_eq!(folder.run(&["schema"]).code, Some(0));
    assert_eq!(check().code, Some(0));
    let text = folder.read("schema/reader/event.schema.json");
    folder.write("schema/reader/event.schema.json", text.replace("\"event\"", "\"evnt\""));
    folder.write("schema/gala.schema.json", "{ \"$id\": \"urn:comity:schema:gala:0.1.0\" }");
    let ran = check();
    assert_eq!(ran.code, Some(1));
    let told = ["reader/event.schema.json", "gala.schema.json"].map(|name| ran.out.contains(name));
    assert_eq!(told, [true, true], "{ran:?}");
    assert!(!ran.out.contains("actor"), "{ran:?}");
    assert_eq!(folder.run(&["schema"]).code, Some(0));
    assert_eq!((check().code, folder.read("schema/reader/event.schema.json")), (Some(0), text));
    assert!(!folder.path("schema/gala.schema.json").exists(), "what no type makes is removed");
}

#[test]
fn rules_lists_every_rule_and_explain_shows_its_page() {
    let folder = Folder::empty();
    let ran = folder.run(&["rules", "--format", "json"]);
    let list: Vec<Value> = serde_json::from_str(&ran.out).expect("a list");
    assert_eq!((ran.code, list.len()), (Some(0), RULES.len()));
    let table = folder.run(&["rules"]).out;
    assert_eq!(table.lines().count(), RULES.len());
    for ((item, row), (rule, _)) in list.iter().zip(table.lines()).zip(RULES) {
        assert_eq!(item["code"], rule.code);
        assert!(row.starts_with(rule.code) && row.ends_with(rule.summary), "{row}");
        for key in ["summary", "severity", "fixable", "stage"] {
            assert!(item[key].as_str().is_some_and(|text| !text.is_empty()), "{key} of {item}");
        }
    }
    assert_eq!(folder.run(&["explain", "syntax"]).code, Some(0));
    let ran = folder.run(&["explain", "sintax"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("`syntax`"), "{ran:?}");
}

#[test]
fn the_export_is_the_same_twice_and_valid_for_its_readers() {
    let folder = Folder::with(&json!({ "kind": "event", "id": "a-seminar", "names": { "en": "Café", "ar": "ندوة" } }));
    for to in ["one", "two"] {
        let ran = folder.run(&["export", "--to", to]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
    }
    for entry in fs::read_dir(folder.path("one")).expect("a folder") {
        let name = entry.expect("a file").file_name();
        let same = |to: &str| fs::read(folder.path(to).join(&name)).expect("a file");
        assert!(same("one") == same("two"), "{}", Path::new(&name).display());
    }
    let document: Value = serde_json::from_str(&folder.read("one/comity.json")).expect("JSON");
    let lines: Vec<Value> =
        folder.read("one/comity.ndjson").lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let mut records = Vec::new();
    for kind in Kind::ALL {
        let mut schemas = boon::Schemas::new();
        let mut compiler = boon::Compiler::new();
        let address = format!("https://schema.invalid/{kind}.json");
        compiler.add_resource(&address, comity::schema::reader(kind)).expect("JSON");
        let schema = compiler.compile(&address, &mut schemas).unwrap_or_else(|error| panic!("{kind}: {error:#}"));
        for record in document["records"][kind.name()].as_array().expect("a list") {
            schemas.validate(record, schema).unwrap_or_else(|error| panic!("{kind}: {error:#}\n{record:#}"));
            records.push(record.clone());
        }
    }
    assert_eq!(records, lines, "both forms hold the same records in the same order");
    assert_eq!(records.len() as u64, all(1));

    let faulty = Folder::with(&faulty("faulty"));
    let ran = faulty.run(&["export", "--to", "out"]);
    assert_eq!((ran.code, faulty.path("out").exists()), (Some(2), false), "what has errors is not published");
}

#[test]
fn completions_and_manual_know_every_command() {
    let folder = Folder::empty();
    for arguments in
        [&["completions", "bash"][..], &["completions", "fish"], &["completions", "zsh"], &["man"], &["--help"]]
    {
        let ran = folder.run(arguments);
        assert_eq!(ran.code, Some(0), "{arguments:?}: {ran:?}");
        for command in ["check", "fmt", "show", "stats", "export", "schema", "rules", "explain"] {
            assert!(ran.out.contains(command), "{arguments:?} lacks {command}");
        }
    }
}

#[test]
fn an_empty_dataset_fails_the_check_and_nothing_else() {
    let folder = Folder::empty();
    folder.write("data/dataset.json", "{}\n");
    let ran = folder.run(&["check"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.starts_with("checked 0 records"), "{ran:?}");
    assert!(ran.out.contains("this run fails because no record was checked: add a record"), "{ran:?}");
    let (ran, report) = folder.check(&[]);
    assert_eq!((ran.code, found(&report), &report["summary"]["files"]), (Some(1), vec![], &json!(0)));
    assert_eq!(folder.run(&["fmt"]).code, Some(0));
    assert_eq!(folder.run(&["stats"]).code, Some(0));
    assert_eq!(folder.run(&["export", "--to", "out"]).code, Some(0));
}
