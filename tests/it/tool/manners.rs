//! What people who know other programs expect: help, quiet and verbose runs, formats by the name of a file, and a command
//! that is called otherwise.

use serde_json::{Value, json};

use super::{Folder, faulty};

/// The names of the commands, from the help.
fn commands(folder: &Folder) -> Vec<String> {
    let help = folder.run(&["--help"]).out;
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = lines.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn help_shows_the_help_of_a_command() {
    let folder = Folder::empty();
    let all = commands(&folder);
    assert!(all.len() > 10 && all.contains(&"help".to_owned()), "{all:?}");
    for command in all.iter().filter(|command| *command != "help") {
        let (asked, flag) = (folder.run(&["help", command]), folder.run(&[command, "--help"]));
        assert_eq!((asked.code, &asked.out), (Some(0), &flag.out), "{command}");
        assert!(asked.out.contains("\nExit status:\n  0  "), "{command}: {}", asked.out);
        assert!(!folder.run(&["man", command]).out.is_empty(), "{command}");
    }
    assert_eq!(folder.run(&["help"]).out, folder.run(&["--help"]).out);
}

#[test]
fn an_unknown_command_names_the_one_that_is_meant() {
    let folder = Folder::empty();
    let all = commands(&folder);
    for (typed, expected) in [
        ("lint", "use `comity check`"),
        ("validate", "use `comity check`"),
        ("Validate", "use `comity check`"),
        ("format", "use `comity fmt`"),
        ("fix", "use `comity check --fix`"),
        ("view", "use `comity show`"),
        ("count", "use `comity stats`"),
        ("why", "use `comity explain`"),
        ("chek", "did you mean `comity check`?"),
        ("explian", "did you mean `comity explain`?"),
        ("no-such-thing", "`comity help` lists the commands"),
    ] {
        let ran = folder.run(&[typed, "some", "arguments"]);
        let message = format!("error: there is no command `{typed}`; {expected}\n");
        assert_eq!((ran.code, ran.out, ran.err), (Some(2), String::new(), message));
        let ran = folder.run(&["help", typed]);
        assert!(ran.code == Some(2) && ran.err.contains(expected), "{ran:?}");
    }
    // Other names lead to a command only where the program has that command.
    for (typed, command) in [("find", "search"), ("grep", "search"), ("add", "new"), ("create", "new"), ("ls", "list")]
    {
        let ran = folder.run(&[typed]);
        let named = ran.err.contains(&format!("`comity {command}`"));
        assert_eq!(named, all.contains(&command.to_owned()), "{typed}: {ran:?}");
    }
}

#[test]
fn what_is_plain_to_see_is_taken_or_named() {
    let folder = Folder::of_the_world();
    folder.write(
        "data/event/a-long-visit.json",
        crate::world::file(&serde_json::json!({ "kind": "event", "id": "a-long-visit" })).1,
    );
    for (arguments, said) in [
        (&["list", "events"][..], "did you mean `event`?"),
        (&["new", "Activities"], "did you mean `activity`?"),
        (&["check", "a-long-visit"], "did you mean data/event/a-long-visit.json?"),
        (
            &["list", "event", "--since", "2024-04", "--until", "2024-01"],
            "`--until 2024-01` is before `--since 2024-04`",
        ),
    ] {
        let ran = folder.run(arguments);
        assert!(ran.code == Some(2) && ran.err.contains(said), "{ran:?}");
    }
    assert!(folder.run(&["show", "data/event/a-long-visit.json"]).out.starts_with("event:a-long-visit"));
    assert!(folder.run(&["explain", "error[unknown-code]"]).out.starts_with("# unknown-code"));
}

#[test]
fn an_unknown_command_cannot_command_a_terminal() {
    let ran = Folder::empty().run(&["\u{1b}[2J\nchek"]);
    assert!(ran.code == Some(2) && !ran.err.contains('\u{1b}') && ran.err.lines().count() == 1, "{ran:?}");
}

#[test]
fn a_quiet_run_says_nothing_but_findings_and_errors() {
    let clean = Folder::of_the_world();
    clean.write("data/.comity-0123456789abcdef.tmp", "");
    assert!(clean.run(&["check"]).err.contains("note: "), "there is something to be quiet about");
    for arguments in
        [&["check", "-q"][..], &["check", "--quiet", "--format", "github"], &["-q", "fmt"], &["fmt", "--check", "-q"]]
    {
        let ran = clean.run(arguments);
        assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(0), "", ""), "{arguments:?}");
    }
    let folder = Folder::with(&faulty("faulty"));
    let (loud, quiet) = (folder.run(&["check"]), folder.run(&["check", "-q"]));
    assert_eq!(quiet.code, Some(1));
    let closing = loud.out.lines().last().expect("a line");
    assert!(closing.starts_with("checked "), "{loud:?}");
    assert_eq!((loud.out.replace(&format!("{closing}\n"), ""), quiet.err.as_str()), (quiet.out, ""));
    // A run that fails without a finding still says why.
    let empty = Folder::empty();
    empty.write("data/dataset.json", "{}");
    let ran = empty.run(&["check", "-q"]);
    assert!(ran.code == Some(1) && ran.err.contains("no record was checked"), "{ran:?}");
    assert_eq!(folder.run(&["check", "-q", "-v"]).code, Some(2), "nobody means both");
}

#[test]
fn a_verbose_run_says_what_is_read_and_what_does_not_run() {
    let folder = Folder::of_the_world();
    let (usual, verbose) = (folder.run(&["check"]), folder.run(&["check", "-v"]));
    assert_eq!(usual.err, "");
    assert!(verbose.err.starts_with("reading ") && verbose.err.contains(" files below `data`\n"), "{verbose:?}");
    for line in ["not run: vanished-id (without --base)\n", "not run: single-origin (without --audit)\n"] {
        assert!(verbose.err.contains(line), "{line}: {verbose:?}");
    }
    let ran = folder.run(&["check", "-v", "--format", "json"]);
    serde_json::from_str::<Value>(&ran.out).expect("details are no part of a report");
}

#[test]
fn the_closing_line_says_why_a_rule_was_not_run() {
    let folder = Folder::of_the_world();
    folder.write("data/dataset.json", "{ \"rules\": { \"future-as-fact\": \"off\" } }");
    let ran = folder.run(&["check"]);
    let expected =
        "; not run: vanished-id, changed-without-evidence (without --base), future-as-fact (off in dataset.json)\n";
    assert!(ran.out.ends_with(expected), "{}", ran.out);
    let ran = folder.run(&["check", "--ignore", "placeless-place,orphan"]);
    assert!(ran.out.contains(", orphan, placeless-place (in --ignore)"), "{}", ran.out);
    let ran = folder.run(&["check", "--select", "placeless-place"]);
    assert!(ran.out.trim_end().ends_with(" rules (not in --select)"), "{}", ran.out);
    let ran = folder.run(&["check", "--select", "placeless-place", "--ignore", "placeless-place"]);
    assert!(ran.out.contains("placeless-place (in --ignore)"), "{}", ran.out);
}

#[test]
fn the_closing_line_says_which_flag_fixes_how_many() {
    let folder = Folder::of_the_world();
    let closing = || folder.run(&["check"]).out.lines().last().unwrap_or_default().to_owned();
    let add = |id: &str, change: &dyn Fn(&str) -> String| {
        let (path, text) = crate::world::file(&json!({ "kind": "event", "id": id }));
        folder.write(&format!("data/{path}"), change(&text));
    };
    add("with-a-comma", &|text| text.replace("\n}\n", ",\n}\n"));
    assert!(closing().contains(": 1 error, 1 fixable with --fix; "), "{}", closing());
    add("misspelt", &|text| text.replace("\"seminar\"", "\"seminr\""));
    assert!(closing().contains(": 2 errors, 1 fixable with --fix, 1 more with --unsafe-fixes; "), "{}", closing());
    let ran = folder.run(&["check", "--fix"]);
    assert!(ran.err.contains("fixed 1 finding in 1 file"), "as many as were announced: {ran:?}");
    assert!(closing().contains(": 1 error, 1 fixable with --unsafe-fixes; "), "{}", closing());
    let ran = folder.run(&["check", "--unsafe-fixes"]);
    assert!(ran.err.contains("fixed 1 finding in 1 file") && closing().contains(": nothing to fix; "), "{ran:?}");
}

/// Layout matters least, and is fixed for all records at once.
#[test]
fn the_layout_of_records_is_told_last_in_one_line_a_file() {
    let folder = Folder::with(&faulty("z-faulty"));
    let (path, text) = crate::world::file(&json!({ "kind": "event", "id": "a-visit" }));
    folder.write(&format!("data/{path}"), text.replace("  \"type\"", "\t\"type\""));
    let line = |id: &str| format!("{{ \"kind\": \"event\", {}", &compact("event", id)[16..]);
    folder.write("data/lines.ndjson", format!("{}\n{}\n", line("first-line"), line("second-line")));
    let ran = folder.run(&["check"]);
    let told: Vec<&str> = ran.out.lines().filter(|line| line.starts_with(['e', 'w'])).collect();
    assert_eq!(told[0], "error[unknown-code]: `no-such-type` is not one of the codes here", "{ran:?}");
    let layout = [
        "warning[non-canonical]: data/event/a-visit.json: from line 8 on, the record is not laid out as `comity fmt` writes it",
        "warning[non-canonical]: data/lines.ndjson: 2 records are not laid out as `comity fmt` writes them",
    ];
    assert_eq!(told[1..], layout, "{}", ran.out);
    let concise = folder.run(&["check", "--format", "concise", "--max-findings", "1"]).out;
    assert!(concise.starts_with("data/event/z-faulty.json:"), "what matters least is left out first: {concise}");
}

/// A record as one line.
fn compact(kind: &str, id: &str) -> String {
    let (_, text) = crate::world::file(&json!({ "kind": kind, "id": id }));
    let mut record: Value = serde_json::from_str(&text).expect("JSON");
    record.as_object_mut().expect("an object").shift_remove("$schema");
    record.to_string()
}

#[test]
fn exit_zero_lets_a_run_go_on() {
    let folder = Folder::with(&faulty("faulty"));
    let (ran, zero) = (folder.run(&["check", "-q"]), folder.run(&["check", "-q", "--exit-zero"]));
    assert_eq!((ran.code, zero.code, ran.out), (Some(1), Some(0), zero.out), "the findings are the same");
    assert_eq!(Folder::empty().run(&["check", "--exit-zero"]).code, Some(2), "what could not run did not run");
}

#[test]
fn the_name_of_the_file_says_the_format() {
    let folder = Folder::with(&faulty("faulty"));
    for (name, begins) in [
        ("report.json", "{\n  \"version\": 1"),
        ("report.sarif", "{\"$schema\":"),
        ("Report.SARIF.json", "{\"$schema\":"),
        ("report.xml", "<?xml"),
        ("report.md", "**"),
        ("report.txt", "error[unknown-code]"),
        ("gl-code-quality-report.json", "["),
    ] {
        let ran = folder.run(&["check", "--output", name]);
        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert!(ran.out.starts_with("error[unknown-code]"), "a person reads standard output: {ran:?}");
        let text = folder.read(name);
        assert!(text.starts_with(begins), "{name}: {text}");
    }
    let ran = folder.run(&["check", "--output", "report.json", "--format", "junit"]);
    assert!(ran.code == Some(1) && folder.read("report.json").starts_with("<?xml"), "{ran:?}");
    let ran = folder.run(&["check", "--output", "report"]);
    assert!(ran.code == Some(2) && ran.err.contains("add --format"), "{ran:?}");
    assert!(!folder.path("report").exists());
}

/// The documented shapes, held to their schemas by another validator than ours.
#[test]
fn show_and_stats_write_json_that_their_schemas_admit() {
    let folder = Folder::with(&json!({ "kind": "event", "id": "a-visit", "names": { "en": "A visit\u{202e}" },
        "under": ["framework:mediterranean-dialogue"] }));
    folder.write("data/event/broken.json", "{");
    for (arguments, name) in [(&["show", "a-visit"][..], "show"), (&["show", "nato"], "show"), (&["stats"], "stats")] {
        let ran = folder.run(&[arguments, &["--format", "json"]].concat());
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert!(!ran.out.contains('\u{202e}'), "hidden characters are escaped: {ran:?}");
        let value: Value = serde_json::from_str(&ran.out).expect("JSON");
        assert_eq!(value["version"], 1);
        let schema =
            std::fs::read_to_string(std::path::Path::new(crate::ROOT).join(format!("schema/{name}.schema.json")));
        let schema: Value = serde_json::from_str(&schema.expect("a schema")).expect("JSON");
        assert_eq!(schema["$id"], format!("urn:comity:schema:{name}:1"));
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        let faults: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(faults.is_empty(), "{arguments:?}: {faults:?}");
        assert!(schema["required"].as_array().is_some_and(|fields| fields.len() >= 5), "the schema asks for something");
    }
    let shown =
        |id: &str| -> Value { serde_json::from_str(&folder.run(&["show", id, "--format", "json"]).out).expect("JSON") };
    let visit = shown("a-visit");
    assert_eq!(visit["record"]["names"]["en"], "A visit\u{202e}", "no value changes");
    assert!(visit["refers_to"].as_array().is_some_and(|links| links.contains(
        &json!({ "pointer": "/under/0", "on_key": false, "record": "framework:mediterranean-dialogue", "title": "Mediterranean Dialogue" })
    )));
    assert_eq!(visit["sources"][0]["id"], "a-report");
    let nato = shown("nato");
    let from: Vec<&Value> =
        nato["referred_to_by"].as_array().expect("a list").iter().map(|link| &link["record"]).collect();
    assert!(from.contains(&&json!("event:a-visit")) && from.len() >= 3, "{from:?}");
    let stats: Value = serde_json::from_str(&folder.run(&["stats", "--format", "json"]).out).expect("JSON");
    assert_eq!(
        (&stats["kinds"]["event"]["records"], &stats["unread"], &stats["events"]),
        (&json!(1), &json!(1), &json!(1))
    );
}

#[test]
fn schemas_with_ids_know_the_records_and_admit_others() {
    let folder = Folder::of_the_world();
    let ran = folder.run(&["schema", "--with-ids", "ids"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let settings: Value = serde_json::from_str(&ran.out).expect("settings to copy");
    let of_event = json!({ "fileMatch": ["/data/event/**/*.json"], "url": "./ids/event.schema.json" });
    assert!(settings["json.schemas"].as_array().is_some_and(|list| list.len() == 11 && list.contains(&of_event)));
    let schema: Value = serde_json::from_str(&folder.read("ids/event.schema.json")).expect("JSON");
    let nato = &schema["properties"]["participants"]["properties"]["nato"];
    assert_eq!(nato["markdownDescription"], "North Atlantic Treaty Organization");
    let rabat = &schema["$defs"]["PlaceId"]["anyOf"][0];
    assert_eq!((&rabat["enum"], &rabat["enumDescriptions"]), (&json!(["rabat"]), &json!(["Rabat"])));
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let record = |fragment: &Value| serde_json::from_str::<Value>(&crate::world::file(fragment).1).expect("JSON");
    let new = json!({ "kind": "event", "id": "a-visit", "places": ["a-new-place"],
        "participants": { "a-new-actor": { "roles": ["host"] }, "nato": { "roles": ["visitor"] } } });
    assert!(schema.is_valid(&record(&new)), "a record may refer to one that is not there yet");
    let wrong = json!({ "kind": "event", "id": "a-visit", "participants": { "nato": { "roles": ["no-such-role"] } } });
    assert!(!schema.is_valid(&record(&wrong)), "a known key has the same value as any other");

    // Written again, with the records that are there by then.
    let (path, text) = crate::world::file(&json!({ "kind": "place", "id": "fez", "names": { "en": "Fez *[x](y)*" } }));
    folder.write(&format!("data/{path}"), text);
    assert_eq!(folder.run(&["schema", "--with-ids", "ids"]).code, Some(0));
    assert!(folder.read("ids/event.schema.json").contains("\"fez\""));
    assert_eq!(folder.run(&["schema"]).code, Some(0));
    let ran = folder.run(&["schema", "--with-ids", "schema"]);
    assert!(
        ran.code == Some(2) && ran.err.contains("name another folder"),
        "the schemas of the repository stay: {ran:?}"
    );
    assert_eq!(folder.run(&["schema", "--check"]).code, Some(0));
}

#[test]
fn a_page_of_counts_stays_markdown() {
    let folder = Folder::of_the_world();
    let page = "before\n<!-- stats -->\nold\n<!-- /stats -->\n";
    folder.write("page.md", page);
    let ran = folder.run(&["stats", "--into", "page.md", "--format", "json"]);
    assert!(ran.code == Some(2) && ran.err.contains("which JSON would break"), "{ran:?}");
    assert_eq!(folder.read("page.md"), page);
}
