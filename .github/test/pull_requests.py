#!/usr/bin/env python3
"""Plays pull requests against the check of their records: good ones, bad ones, and ones that want to turn the check.

    .github/test/pull_requests.py COMITY [--keep DIR] [CASE...]

A bare repository takes the place of GitHub; its main has the records and the scripts of this work tree. Each case is a branch of a contributor and its
merge, and the steps of `.github/workflows/validate.yml` are run over it in a clone of main, as they stand in the workflow.
COMITY takes the place of the program that main's run has kept. A case says what must happen; beside that, every case is
held to what no pull request may do: run anything of its own, change the clone, leave anything for later steps, write a
command to the runner, or have a link, a mention, a picture or a secret in its comment.

Ends with 0 where everything was as it must be, and prints a table of what each case tried and what happened.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PLAYED = ["data", ".github", ".ci", "Cargo.toml", "README.md", "action.yml"]
SECRET = "a secret of the machine 5c1f"

HOSTILE = (
    "x\n::error file=x::forged\n::add-mask::a\r\n::set-output name=a::b\n##[error]forged ]]> %0A::warning::y "
    "@everyone #1 [x](https://example.org) ![i](https://example.org/i.png) <img src=x onerror=alert(1)> <script>x</script> "
    "<a href=x>y</a> https://example.org www.example.org a@example.org $(touch PWNED) `touch PWNED` ${{ github.token }}"
)


def git(folder, *arguments, stdin=None):
    """What git prints."""
    names = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false"]
    names += ["-c", "core.fsync=none", "-c", "gc.auto=0"]
    run = subprocess.run(["git", *names, *arguments], cwd=folder, input=stdin, capture_output=True, check=False)
    if run.returncode != 0:
        sys.exit(f"git {arguments}: {run.stderr.decode(errors='replace')}")
    return run.stdout.decode(errors="replace").strip()


def event(name, **fields):
    """A small event, and the source it needs."""
    record = {
        "names": {"en": name},
        "type": "meeting",
        "when": "2024-04-15",
        "status": "held",
        "participants": {"nato": {"roles": ["visitor"]}, "tunisia": {"roles": ["host"]}},
        "evidence": {"a-page-about-it": {"stance": "reports"}},
    }
    return json.dumps({**record, **fields}, ensure_ascii=False, indent=2) + "\n"


SOURCE = json.dumps(
    {
        "type": "news",
        "publisher": "A newspaper",
        "published": "2024-04-16",
        "languages": ["fr"],
        "url": "https://example.org/a-page-about-it",
    },
    indent=2,
)


class Branch:
    """The work tree of a contributor, and how a case changes it."""

    def __init__(self, folder, canary):
        self.folder, self.canary = folder, canary
        # A commit that git does not make of a work tree.
        self.commit = None

    def path(self, name):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def write(self, name, text, mode=0o644):
        path = self.path(name)
        if path.is_symlink() or path.exists():
            path.unlink()
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        path.chmod(mode)

    def meeting(self, name="A meeting in Tunis", path="data/event/a-meeting-in-tunis.json", **fields):
        self.write(path, event(name, **fields))
        self.write("data/source/a-page-about-it.json", SOURCE)

    def trap(self, name):
        """A script in the place of a file, which shows that it was run."""
        self.write(name, f"#!/bin/sh\ntouch '{self.canary}'\necho '::notice::run'\n", 0o755)

    def records(self, kind):
        return sorted(self.folder.glob(f"data/{kind}/*.json"))


# ---------------------------------------------------------------------------------------------------------------------
# The cases. The first line of each says what it tries. A case returns what must happen: how the job ends, words that must
# stand in its log, and words that must not.


def good(branch):
    """Adds an event and its source."""
    branch.meeting()
    return 0, ["a-meeting-in-tunis.json", "non-canonical"], []


def no_records(branch):
    """Changes a page only."""
    branch.write("README.md", "# Another\n")
    return 0, [], []


def bad(branch):
    """Adds an event of a type that does not exist, whose source is missing."""
    branch.write("data/event/a-meeting-in-tunis.json", event("A meeting", type="meating"))
    return 1, ["::error file=data/event/a-meeting-in-tunis.json,line=", "meating"], []


def broken(branch):
    """Leaves out a comma."""
    branch.write("data/event/a-meeting-in-tunis.json", event("A meeting").replace('"meeting",', '"meeting"'))
    return 1, ["::error file=data/event/a-meeting-in-tunis.json,line="], []


def retired(branch):
    """Deletes a record that was published."""
    branch.records("event")[0].unlink()
    return 1, ["vanished-id"], []


def six_records(branch):
    """Changes a date, swaps roles, deletes a record, renames one, contradicts a figure, and adds a near duplicate."""
    events = [(path, json.loads(path.read_text())) for path in branch.records("event")]

    def first(condition):
        """The first event of a kind, which no later fault is sown into."""
        index = next(index for index, (_, record) in enumerate(events) if condition(record))
        return events.pop(index)

    def save(path, record):
        path.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n")

    path, record = first(lambda record: re.fullmatch(r"\d{4}-\d\d-0[1-8]", record["when"]))
    save(path, {**record, "when": record["when"][:-1] + "9"})
    path, record = first(lambda record: len({str(given.get("roles")) for given in record["participants"].values()}) > 1)
    given = list(record["participants"].values())
    save(path, {**record, "participants": dict(zip(record["participants"], reversed(given)))})
    path, record = first(lambda record: "figures" in record)
    record["figures"]["counted-again"] = {**next(iter(record["figures"].values())), "best": 977}
    save(path, record)
    path, record = first(lambda record: record["type"] == "visit")
    path.unlink()
    path, record = first(lambda record: record["type"] == "seminar")
    path.unlink()
    save(path.with_name(f"{path.stem}-renamed.json"), {**record, "id": f"{path.stem}-renamed"})
    path, record = first(lambda record: record["type"] == "meeting")
    names = {"en": "Another word for it: " + record["names"]["en"]}
    save(path.with_name(f"{path.stem}-again.json"), {**record, "id": f"{path.stem}-again", "names": names})
    return 1, ["vanished-id"], []


def file_names(branch):
    """Gives files names with spaces, line ends, workflow commands, options and Markdown."""
    text = event("A meeting", type="meating")
    for name in ["a b", "x\n::error file=y::forged", "--help", "-", "@everyone #1", "[x](https:", "##[error]z", "\u202ex"]:
        branch.write(f"data/event/{name}.json", text)
    return 1, ["meating"], []


def texts(branch):
    """Writes workflow commands, Markdown, HTML and shell into texts."""
    branch.meeting(name=HOSTILE, summary={"en": HOSTILE}, type=HOSTILE, when=HOSTILE, **{HOSTILE: 1})
    return 1, ["unknown-code", "impossible-date", "unknown-field"], []


def a_link(branch):
    """Adds records that are links out of the repository."""
    branch.path("data/event/linked.json").symlink_to(branch.canary.parent / "secret")
    branch.path("data/source/linked.json").symlink_to("../../../../../../../../etc/passwd")
    return 1, ["linked.json"], ["root:"]


def a_folder_link(branch):
    """Makes the folder of events a link out of the repository."""
    shutil.rmtree(branch.folder / "data/event")
    (branch.folder / "data/event").symlink_to(branch.canary.parent)
    return 1, [], []


def data_is_a_link(branch):
    """Makes data/ itself a link to another folder."""
    shutil.rmtree(branch.folder / "data")
    (branch.folder / "data").symlink_to(branch.canary.parent)
    return 2, ["is no folder"], []


def no_data(branch):
    """Deletes data/ altogether."""
    shutil.rmtree(branch.folder / "data")
    return 2, ["data/ is missing"], []


def rules_off(branch):
    """Turns the rules off in dataset.json, and breaks a record."""
    manifest = json.loads((branch.folder / "data/dataset.json").read_text())
    manifest["rules"] = {"wrong-kind-reference": "off", "vanished-id": "off", "duplicate-source": "off"}
    branch.write("data/dataset.json", json.dumps(manifest, indent=2))
    branch.meeting(under=["actor:nato"])
    return 1, ["wrong-kind-reference"], []


def a_new_manifest(branch):
    """Takes a site off the list of those that copy, so that an exception excepts nothing any more."""
    manifest = json.loads((branch.folder / "data/dataset.json").read_text())
    manifest["aggregators"].remove("scribd.com")
    branch.write("data/dataset.json", json.dumps(manifest, indent=2) + "\n")
    return 1, ["::error file=data/source/", "unused-allow"], []


def no_manifest(branch):
    """Deletes dataset.json."""
    (branch.folder / "data/dataset.json").unlink()
    return 2, ["no program finds the dataset"], []


def a_temporary_file(branch):
    """Puts text into a file that is named like a temporary one."""
    branch.write("data/actor/.comity-0123456789abcdef.tmp", "Call +212 600 000 000.")
    return 1, ["misplaced-file"], []


def everything(branch):
    """Changes the checker, the workflow, its scripts, cargo's and git's files, and a record, all at once."""
    for name in [".github/validate/run", ".github/validate/checker", ".ci/run", "build.rs", "crates/comity-cli/build.rs"]:
        branch.trap(name)
    for name in ["comity", "git", "data/comity", "data/git", "target/release/comity", ".git-hooks/post-checkout"]:
        branch.trap(name)
    workflow = (branch.folder / ".github/workflows/validate.yml").read_text()
    branch.write(".github/workflows/validate.yml", workflow.replace(".github/validate/run", "true #"))
    branch.write("src/lib.rs", "compile_error!(\"the code of the head is built\");\n")
    branch.write(".cargo/config.toml", f"[build]\nrustc-wrapper = '{branch.folder}/comity'\n")
    branch.write("rust-toolchain.toml", "[toolchain]\nchannel = 'forged'\n")
    branch.write(".gitmodules", '[submodule "x"]\n\tpath = data/x\n\turl = ext::sh -c touch% PWNED\n')
    branch.meeting(type="meating")
    return 1, ["meating"], ["forged"]


def gits_own_files(branch):
    """Puts a repository with a command in its configuration below data/."""
    for name, text in [("HEAD", "ref: refs/heads/main\n"), ("config", f"[core]\n\tfsmonitor = touch '{branch.canary}'\n")]:
        branch.write(f"data/{name}", text)
        branch.write(f"data/event/{name}", text)
    branch.write("data/objects/info/x", "")
    branch.write("data/refs/heads/x", "")
    branch.meeting(type="meating")
    return 1, ["meating"], []


def a_git_folder(branch):
    """Calls a folder below data/ `.git`, which git itself would never commit, with a command in its configuration."""
    command = f"[core]\n\tfsmonitor = touch '{branch.canary}'\n".encode()
    config = git(branch.folder, "hash-object", "-w", "--stdin", stdin=command)
    folder = git(branch.folder, "mktree", stdin=f"100644 blob {config}\tconfig\n".encode())
    data = git(branch.folder, "ls-tree", "HEAD:data") + f"\n040000 tree {folder}\t.git\n"
    changed = git(branch.folder, "mktree", stdin=data.encode())
    top = re.sub(r"(?m)^040000 tree \w+\tdata$", f"040000 tree {changed}\tdata", git(branch.folder, "ls-tree", "HEAD"))
    tree = git(branch.folder, "mktree", stdin=f"{top}\n".encode())
    branch.commit = git(branch.folder, "commit-tree", tree, "-p", "HEAD", "-m", "a change")
    return 2, ["what git does not write"], []


def attributes(branch):
    """Has git write other bytes than it stores, so that a faulty record looks right on disk."""
    for name in [".gitattributes", "data/.gitattributes", "data/event/.gitattributes"]:
        branch.write(name, "*.json text eol=crlf ident working-tree-encoding=UTF-16 filter=x\n")
    branch.write(".gitattributes", "*.json ident\n")
    branch.write("data/.gitattributes", "*.json ident\n")
    branch.write("data/event/.gitattributes", "")
    branch.meeting(name="$Id$", type="meating")
    return 1, ["meating"], ["$Id: "]


def a_submodule(branch):
    """Adds a repository of others in the place of a folder of records."""
    git(branch.folder, "clone", "--quiet", ".", "data/event/sub")
    branch.write(".gitmodules", '[submodule "x"]\n\tpath = data/event/sub\n\turl = https://example.org/x\n')
    branch.meeting()
    return 2, ["a repository of others"], []


def too_large(branch):
    """Adds a file over the limit, and one of a hundred thousand brackets."""
    branch.write("data/event/large.json", '{"x": "' + "x" * (9 * 1024 * 1024) + '"}')
    branch.write("data/event/deep.json", "[" * 100_000)
    return 1, ["large.json", "deep.json"], []


def many_findings(branch):
    """Makes far more findings than a comment holds."""
    for number in range(150):
        branch.write(f"data/event/faulty-{number}.json", event(f"Fault {number}", type="x" * 150, **{"y" * 90: 1}))
    return 1, ["faulty-1.json"], []


def no_history(branch):
    """Starts from a commit of its own, so that nothing vanishes."""
    git(branch.folder, "checkout", "--quiet", "--orphan", "alone")
    branch.records("event")[0].unlink()
    return (1, 2), ["error"], []


CASES = [
    good,
    no_records,
    bad,
    broken,
    retired,
    six_records,
    file_names,
    texts,
    a_link,
    a_folder_link,
    data_is_a_link,
    no_data,
    rules_off,
    a_new_manifest,
    no_manifest,
    a_temporary_file,
    everything,
    gits_own_files,
    a_git_folder,
    attributes,
    a_submodule,
    too_large,
    many_findings,
    no_history,
]

# ---------------------------------------------------------------------------------------------------------------------
# How a case is played.


def steps():
    """The commands of validate.yml, in order, with what it calls each."""
    workflow = (ROOT / ".github/workflows/validate.yml").read_text()
    found = re.findall(r"- name: (.*)\n +run: (.*)\n", workflow)
    assert [command.split()[0] for _, command in found] == ["git", ".github/validate/checker", ".github/validate/run"], found
    return found


GH = """#!/bin/sh
# GitHub's program, which knows of one run: that of main, for the commit BASE.
echo "gh $*" >>"$ASKED"
case "$*" in
  *"api "*"head_sha=$BASE"*) echo 7 ;;
  *"run download 7 "*) while [ "$1" != --dir ]; do shift; done; cp "$COMITY" "$2/comity" ;;
  *) exit 1 ;;
esac
"""
CARGO = '#!/bin/sh\necho "cargo $*" >>"$ASKED"\nexit 1\n'


class Stage:
    """The bare repository, and the contributor's clone of it."""

    def __init__(self, folder, comity):
        self.folder, self.comity = folder, comity
        self.bare = folder / "bare.git"
        git(folder, "init", "--quiet", "--bare", "--initial-branch", "main", str(self.bare))
        git(self.bare, f"--work-tree={ROOT}", "add", "--all", "--", *(str(ROOT / name) for name in PLAYED))
        tree = git(self.bare, "write-tree")
        git(self.bare, "update-ref", "refs/heads/main", git(self.bare, "commit-tree", tree, "-m", "main"))
        # One file in the place of thousands, which each clone would link.
        git(self.bare, "repack", "-adq")
        # As GitHub does.
        git(self.bare, "config", "uploadpack.allowAnySHA1InWant", "true")
        self.base = git(self.bare, "rev-parse", "main")
        for clone in ["theirs", "job"]:
            git(folder, "clone", "--quiet", str(self.bare), clone)
        self.programs = folder / "bin"
        self.programs.mkdir()
        for name, text in [("gh", GH), ("cargo", CARGO)]:
            (self.programs / name).write_text(text)
            (self.programs / name).chmod(0o755)

    def pull_request(self, case):
        """Pushes the branch of a case and its merge. Returns the merge and what must happen."""
        folder = self.folder / case.__name__
        folder.mkdir()
        (folder / "secret").write_text(SECRET)
        branch = Branch(self.folder / "theirs", folder / "canary")
        git(branch.folder, "checkout", "--quiet", "--force", "--detach", self.base)
        git(branch.folder, "clean", "--quiet", "-ffdx")
        must = case(branch)
        if branch.commit is None:
            git(branch.folder, "-c", "core.safecrlf=false", "add", "--all")
            git(branch.folder, "commit", "--quiet", "--message", "a change")
        head = branch.commit or git(branch.folder, "rev-parse", "HEAD")
        if subprocess.run(["git", "merge-base", head, self.base], cwd=branch.folder, capture_output=True).returncode == 0:
            tree = git(branch.folder, "rev-parse", f"{head}^{{tree}}")
            head = git(branch.folder, "commit-tree", tree, "-p", self.base, "-p", head, "-m", "the merge")
        git(branch.folder, "push", "--quiet", "origin", f"{head}:refs/pull/1/{case.__name__}")
        return head, must

    def play(self, case):
        """Runs the job over a case. Returns what it did, and every fault."""
        head, (codes, words, never) = self.pull_request(case)
        folder = self.folder / case.__name__
        # Each case finds the clone as the case before had to leave it.
        job, temporary = self.folder / "job", folder / "temp"
        temporary.mkdir()
        before = state(job)
        names = {name: folder / name.lower() for name in ["GITHUB_ENV", "GITHUB_PATH", "GITHUB_OUTPUT"]}
        for path in names.values():
            path.write_text("")
        environment = {
            **{name: str(path) for name, path in names.items()},
            "PATH": f"{self.programs}:{os.environ['PATH']}",
            "HOME": str(folder),
            "TMPDIR": str(temporary),
            "GITHUB_ACTIONS": "true",
            "GITHUB_REPOSITORY": "owner/name",
            "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
            "RUNNER_TEMP": str(temporary),
            "GH_TOKEN": "a-token",
            "ASKED": str(folder / "asked"),
            "COMITY": str(self.comity),
            "BASE": self.base,
            "HEAD": head,
        }
        log, status = "", 0
        for name, command in steps():
            with open(folder / "log", "ab") as written:
                run = subprocess.run(
                    ["bash", "-e", "-c", command], cwd=job, env=environment, stdout=written, stderr=written, check=False
                )
            if run.returncode != 0:
                status = run.returncode
                break
        log = (folder / "log").read_bytes().decode(errors="replace")
        faults = []
        if status not in (codes if isinstance(codes, tuple) else (codes,)):
            faults.append(f"it ended with {status} at `{name}`, not with {codes}")
        faults += [f"the log lacks {word!r}" for word in words if word not in log]
        faults += [f"the log has {word!r}" for word in never if word in log]
        if (folder / "canary").exists() or list(self.folder.glob("*/PWNED")) or list(folder.rglob("PWNED")):
            faults.append("code of the pull request was run")
        if state(job) != before:
            faults.append("the clone was changed")
        faults += [f"{name} was written" for name, path in names.items() if path.read_text()]
        faults += [f"a command to the runner: {line!r}" for line in commands(log)]
        if "cargo" in (folder / "asked").read_text():
            faults.append("something was built")
        left, summary = temporary / "report/comment.md", folder / "summary.md"
        if left.exists() and summary.read_bytes() != left.read_bytes():
            faults.append("the summary of the job is not the comment, once")
        if status == 1 and not re.search(r"\b[1-9][0-9]* errors?,|The result:", left.read_text(errors="replace")):
            faults.append("the comment counts nothing that makes the job red")
        faults += self.comment(folder, left, head)
        shown = log + "".join(path.read_text(errors="replace") for path in folder.glob("*.md"))
        if SECRET in shown:
            faults.append("a secret was shown")
        return status, log, faults

    @staticmethod
    def comment(folder, left, head):
        """The comment that the pull request gets."""
        if not left.exists():
            return ["no comment was left"]
        archive = folder / "comment.zip"
        with zipfile.ZipFile(archive, "w") as opened:
            opened.write(left, "comment.md")
        command = [sys.executable, ROOT / ".github/comment/render.py", archive, "--commit", head]
        run = subprocess.run(command, capture_output=True, check=False)
        text = run.stdout.decode()
        (folder / "comment.md").write_text(text)
        faults = [] if run.returncode == 0 else [f"the comment failed: {run.stderr.decode()}"]
        if len(run.stdout) > 60_000:
            faults.append(f"the comment has {len(run.stdout)} bytes")
        for pattern in [r"@\w", r"\]\(", r"://", r"www\.", r"<(?!/?(code|br|strong|details|summary|del|ins)\b|!-- comity)"]:
            faults += [f"the comment has {found[0]!r}" for found in re.finditer(pattern, text)]
        return faults


def state(job):
    """What a job must leave as it was: the commit, the files, and what git does by itself."""
    own = [job / ".git/config", *sorted((job / ".git/hooks").iterdir())]
    return (
        git(job, "rev-parse", "HEAD"),
        git(job, "status", "--porcelain", "--ignored"),
        git(job, "worktree", "list"),
        [(path.name, path.read_bytes()) for path in own],
    )


def commands(log):
    """What the runner would take for commands of others: annotations of the checker name a file below data/."""
    lines = re.split(r"\r\n|\r|\n", log)
    ours = re.compile(
        r"::(error|warning|notice) file=data/[^,:]*(,line=\d+[^:]*)?(,title=[\w -]*)?::"
        r"|::(error|warning|notice)::and \d+ more findings of this level; `comity check` shows them$"
    )
    return [line for line in lines if "##[" in line or line.lstrip().startswith("::") and not ours.match(line)]


def happened(status, log):
    """What a case led to, in a few words."""
    counts = re.findall(r"^checked .*?: (.*?); ", log, re.MULTILINE)
    error = re.findall(r"^error: (.*)", log, re.MULTILINE)
    said = counts[0] if status < 2 and counts else error[-1] if error else ""
    return {0: "green", 1: "red", 2: "red, not checked"}.get(status, str(status)) + (f": {said[:150]}" if said else "")


def main():
    """The command."""
    arguments = argparse.ArgumentParser(description="Plays pull requests against the check of their records")
    arguments.add_argument("comity", type=pathlib.Path, help="the program of main")
    arguments.add_argument("--keep", type=pathlib.Path, help="a folder for the log and the comment of each case")
    arguments.add_argument("cases", nargs="*", help="play only these")
    given = arguments.parse_intermixed_args()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(pathlib.Path(folder), given.comity.resolve())
        print("| Case | Tries | Happens |\n| --- | --- | --- |")
        for case in CASES:
            if given.cases and case.__name__ not in given.cases:
                continue
            status, log, faults = stage.play(case)
            what = case.__doc__.strip().rstrip(".")
            print(f"| {case.__name__.replace('_', ' ')} | {what} | {happened(status, log).replace('|', '/')} |", flush=True)
            for fault in faults:
                print(f"FAILED {case.__name__}: {fault}", file=sys.stderr)
            failed += len(faults)
            if given.keep:
                kept = given.keep / case.__name__
                kept.mkdir(parents=True, exist_ok=True)
                for name in ["log", "comment.md", "summary.md"]:
                    if (stage.folder / case.__name__ / name).exists():
                        shutil.copy(stage.folder / case.__name__ / name, kept / name)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
