//! `.github/workflows`, `action.yml` and `.pre-commit-hooks.yaml`: what a stranger could turn is not there.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use comity::kind::Kind;
use serde_json::{Map, Value};

fn root() -> &'static Path {
    Path::new(crate::ROOT)
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn yaml(path: &str) -> Value {
    serde_saphyr::from_str(&read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every workflow, by the name of its file.
fn workflows() -> Vec<(String, Value)> {
    let files = fs::read_dir(root().join(".github/workflows")).expect("the workflows");
    let mut names: Vec<String> =
        files.map(|file| file.expect("a file").file_name().into_string().expect("UTF-8")).collect();
    names.sort();
    assert!(names.len() >= 8, "{names:?}");
    names.into_iter().map(|name| (name.clone(), yaml(&format!(".github/workflows/{name}")))).collect()
}

fn map<'a>(value: &'a Value, of: &str) -> &'a Map<String, Value> {
    value.as_object().unwrap_or_else(|| panic!("{of} is no map: {value}"))
}

/// Every job, as `workflow/job`.
fn jobs(workflows: &[(String, Value)]) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    for (name, workflow) in workflows {
        let named = map(&workflow["jobs"], name).iter().map(|(job, value)| (format!("{name}/{job}"), value));
        found.extend(named);
    }
    found
}

/// Every step of a job or of a composite action.
fn steps(job: &Value) -> &[Value] {
    job["steps"].as_array().expect("steps")
}

#[test]
fn nothing_is_permitted_that_a_job_does_not_ask_for() {
    let workflows = workflows();
    for (name, workflow) in &workflows {
        assert_eq!(workflow["permissions"], Value::Object(Map::new()), "{name}");
    }
    let mut writing = Vec::new();
    for (name, job) in jobs(&workflows) {
        for (scope, access) in map(&job["permissions"], &name) {
            match access.as_str() {
                Some("read") => {}
                Some("write") => writing.push(format!("{name}: {scope}")),
                _ => panic!("{name}: {scope} is {access}"),
            }
        }
        assert!(job["timeout-minutes"].is_u64(), "{name} may run for six hours");
    }
    writing.sort();
    assert_eq!(
        writing,
        [
            "comment.yml/comment: pull-requests",
            "format.yml/format: contents",
            "format.yml/format: pull-requests",
            "from-issue.yml/propose: contents",
            "from-issue.yml/propose: pull-requests",
            "release.yml/release: attestations",
            "release.yml/release: contents",
            "release.yml/release: id-token",
        ]
    );
}

#[test]
fn a_pull_request_runs_with_no_rights_and_no_secrets() {
    for (name, workflow) in workflows() {
        let events = map(&workflow["on"], &name);
        assert!(!events.contains_key("pull_request_target"), "{name}: code of strangers with the rights of main");
        assert!(!events.contains_key("issue_comment"), "{name}");
        assert_eq!(events.contains_key("workflow_run"), name == "comment.yml", "{name}");
        if events.contains_key("pull_request") {
            assert!(!read(&format!(".github/workflows/{name}")).contains("secrets."), "{name}");
            for (job, value) in jobs(&[(name.clone(), workflow.clone())]) {
                assert!(map(&value["permissions"], &job).values().all(|access| access == "read"), "{job}");
            }
        }
    }
}

/// Whether an action is named by a commit, which nobody can move.
fn is_pinned(uses: &str) -> bool {
    let commit = uses.split_once('@').map_or("", |(_, commit)| commit);
    commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit() && !byte.is_ascii_uppercase())
}

#[test]
fn actions_of_others_are_pinned_to_a_commit_and_say_which_release_that_is() {
    assert!(is_pinned("actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1"));
    assert!(!is_pinned("actions/checkout@v7") && !is_pinned("actions/checkout"));
    let workflows = workflows();
    let mut seen = 0;
    for (name, job) in jobs(&workflows) {
        for uses in steps(job).iter().filter_map(|step| step["uses"].as_str()) {
            assert!(is_pinned(uses), "{name}: {uses}");
            seen += 1;
        }
    }
    assert!(seen > 15, "only {seen}");
    for (name, _) in &workflows {
        let text = read(&format!(".github/workflows/{name}"));
        let lines = text.lines().filter(|line| line.trim_start().trim_start_matches("- ").starts_with("uses: "));
        for line in lines {
            let release = line.split_once(" # v").map_or("", |(_, release)| release);
            assert_eq!(release.split('.').filter(|part| part.parse::<u32>().is_ok()).count(), 3, "{name}: {line}");
        }
    }
}

#[test]
fn no_text_of_others_stands_in_a_shell() {
    let workflows = workflows();
    let action = yaml("action.yml");
    let mut scripts: Vec<(String, &str)> = Vec::new();
    let all = jobs(&workflows).into_iter().chain([("action.yml".to_owned(), &action["runs"])]);
    for (name, job) in all {
        scripts.extend(steps(job).iter().filter_map(|step| Some((name.clone(), step["run"].as_str()?))));
    }
    assert!(scripts.len() > 15, "{scripts:?}");
    for (name, script) in scripts {
        assert!(!script.contains("${{"), "{name}: {script}");
        for named in script.split_whitespace().filter(|word| word.starts_with(".github/") || word.starts_with(".ci/")) {
            assert!(root().join(named).exists(), "{name}: {named} is missing");
        }
    }
}

#[test]
fn no_checkout_leaves_a_token_behind() {
    for (name, job) in jobs(&workflows()) {
        for step in steps(job) {
            if step["uses"].as_str().is_some_and(|uses| uses.starts_with("actions/checkout@")) {
                assert_eq!(step["with"]["persist-credentials"], Value::Bool(false), "{name}");
            }
        }
    }
}

/// The records of a pull request are input. What is run is that of the base.
#[test]
fn the_check_of_records_runs_nothing_of_the_head() {
    const BASE: &str = "${{ github.event.pull_request.base.sha || github.event.merge_group.base_sha }}";
    let workflow = yaml(".github/workflows/validate.yml");
    let job = &workflow["jobs"]["records"];
    assert_eq!(job["env"]["BASE"], BASE);
    let used: Vec<&str> = steps(job).iter().filter_map(|step| step["uses"].as_str()?.split('@').next()).collect();
    assert_eq!(
        used,
        ["actions/checkout", "actions/upload-artifact", "actions/upload-artifact"],
        "no cache, which a job that runs code of the pull request could write"
    );
    assert_eq!(steps(job)[0]["with"]["ref"], BASE, "the first step checks the base out");
    let run: Vec<&str> = steps(job).iter().filter_map(|step| step["run"].as_str()).collect();
    assert_eq!(
        run,
        [
            "git fetch --quiet --no-tags --no-recurse-submodules origin \"$HEAD\"",
            ".github/validate/checker \"$BASE\" \"$RUNNER_TEMP/comity\"",
            ".github/validate/run \"$RUNNER_TEMP/comity\" \"$BASE\" \"$HEAD\" \"$RUNNER_TEMP/report\"",
        ]
    );
    let token = |step: &&Value| step["env"]["GH_TOKEN"].is_string();
    assert_eq!(steps(job).iter().filter(token).count(), 1, "the step that reads the records has no token");
}

#[test]
fn the_gate_and_the_tools_are_run() {
    let runs = |path: &str, command: &str| {
        jobs(&[(path.to_owned(), yaml(&format!(".github/workflows/{path}")))])
            .iter()
            .any(|(_, job)| steps(job).iter().any(|step| step["run"] == command))
    };
    assert!(runs("code.yml", ".ci/run") && runs("workflows.yml", ".github/tools/run advisories"));
    assert!(read(".ci/run").lines().any(|line| line.trim() == ".github/tools/run"), "the gate runs the tools too");
}

#[test]
fn every_workflow_that_may_build_names_one_compiler() {
    let mut named = Vec::new();
    for (name, workflow) in workflows() {
        let builds = ["cargo ", "validate/checker"].iter().any(|word| {
            read(&format!(".github/workflows/{name}")).lines().any(|line| line.contains("run: ") && line.contains(word))
        });
        let compiler = workflow["env"]["RUSTUP_TOOLCHAIN"].as_str().map(str::to_owned);
        assert!(compiler.is_some() || !builds, "{name} builds with the compiler that happens to be there");
        named.extend(compiler);
    }
    assert!(named.len() >= 5, "{named:?}");
    named.dedup();
    let [compiler] = &named[..] else { panic!("several compilers: {named:?}") };
    let oldest = read("Cargo.toml");
    let oldest = oldest.lines().find_map(|line| line.strip_prefix("rust-version = \"")?.strip_suffix('"'));
    assert!(oldest.is_some_and(|oldest| compiler.starts_with(oldest)), "{compiler} and {oldest:?}");
}

#[test]
fn nothing_is_compiled_where_others_use_the_checker() {
    let action = yaml("action.yml");
    assert_eq!(action["runs"]["using"], "composite");
    assert!(steps(&action["runs"]).iter().all(|step| step["uses"].is_null()), "no action of others");
    for path in ["action.yml", ".github/action/install", ".github/action/check", ".github/action/hook"] {
        assert!(!read(path).contains("cargo"), "{path}");
    }
    let hooks = yaml(".pre-commit-hooks.yaml");
    let hooks = hooks.as_array().expect("hooks");
    assert!(hooks.len() >= 2);
    for hook in hooks {
        assert_eq!(hook["language"], "script", "{hook}");
        let entry = hook["entry"].as_str().and_then(|entry| entry.split(' ').next()).expect("a program");
        assert!(root().join(entry).exists(), "{entry}");
        if hook["id"] == "comity-check" {
            assert_eq!((&hook["pass_filenames"], &hook["always_run"]), (&Value::Bool(false), &Value::Bool(true)));
            continue;
        }
        let files = hook["files"].as_str().unwrap_or_default();
        let kinds =
            files.strip_prefix("((^|/)(").and_then(|rest| rest.strip_suffix(r")/([^/]+/)?[^/]+\.json|\.ndjson)$"));
        let mut kinds: Vec<&str> = kinds.unwrap_or_default().split('|').collect();
        let mut all: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
        kinds.sort_unstable();
        all.sort_unstable();
        assert_eq!(kinds, all, "{hook}");
    }
}

#[test]
fn packages_of_python_are_pinned_by_hash() {
    for (folder, script) in [(".github/tools", ".github/tools/install"), ("tests/clients", "tests/clients/run")] {
        let (asked, pinned) = (read(&format!("{folder}/requirements.in")), read(&format!("{folder}/requirements.txt")));
        let name =
            |line: &str| line.split(['=', '[', ' ', ';']).next().unwrap_or_default().to_lowercase().replace('_', "-");
        let lines: Vec<&str> =
            pinned.lines().filter(|line| !line.starts_with([' ', '#']) && !line.is_empty()).collect();
        assert!(lines.iter().all(|line| line.contains("==") && line.ends_with('\\')), "{folder}: {lines:?}");
        let pins: Vec<String> = lines.iter().map(|line| name(line)).collect();
        for line in asked.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            assert!(pins.contains(&name(line)), "{folder}: `{line}` is not pinned; {script} says how");
        }
        assert!(read(script).contains("--require-hashes"), "{script}");
    }
}

#[test]
fn updates_wait_until_others_have_tried_them() {
    let updates = yaml(".github/dependabot.yml");
    let updates = updates["updates"].as_array().expect("updates");
    let mut systems: Vec<&str> = updates.iter().filter_map(|update| update["package-ecosystem"].as_str()).collect();
    systems.dedup();
    assert_eq!(systems, ["cargo", "github-actions", "pip", "npm"]);
    for update in updates {
        assert!(update["cooldown"]["default-days"].as_u64() >= Some(7), "{update}");
    }
}

/// The folders of the repository that have a file of this name, sorted; none where git is missing.
fn folders_with(file: &str) -> Vec<String> {
    let pattern = format!(":(glob)**/{file}");
    let listed = Command::new("git").current_dir(root()).args(["ls-files", "--", &pattern]).output();
    let listed = listed.ok().filter(|listed| listed.status.success()).map(|listed| listed.stdout).unwrap_or_default();
    let listed = String::from_utf8(listed).expect("UTF-8");
    let folder = |path: &str| format!("/{}", path.rsplit_once('/').map_or("", |(folder, _)| folder));
    let mut folders: Vec<String> = listed.lines().map(folder).collect();
    folders.sort();
    folders
}

#[test]
fn every_folder_with_pinned_packages_gets_updates() {
    let updates = yaml(".github/dependabot.yml");
    for (system, file) in [("cargo", "Cargo.lock"), ("pip", "requirements.txt"), ("npm", "package-lock.json")] {
        let update = updates["updates"].as_array().into_iter().flatten().find(|own| own["package-ecosystem"] == system);
        let named = update.and_then(|update| update["directories"].as_array()).into_iter().flatten();
        let mut named: Vec<&str> = named.filter_map(Value::as_str).collect();
        named.sort_unstable();
        let folders = folders_with(file);
        if folders.is_empty() {
            let _ = writeln!(std::io::stderr(), "skipped: git does not know the files of this folder");
            return;
        }
        assert_eq!(named, folders, "{system}");
    }
}

/// Without the program, the gate in a workflow fails.
#[test]
fn the_gate_of_the_workflow_can_count_instructions() {
    let workflow = yaml(".github/workflows/code.yml");
    let runs: Vec<&str> = steps(&workflow["jobs"]["gate"]).iter().filter_map(|step| step["run"].as_str()).collect();
    let at = |word: &str| runs.iter().position(|run| run.contains(word));
    assert!(at("valgrind").is_some() && at("valgrind") < at(".ci/run"), "{runs:?}");
}
