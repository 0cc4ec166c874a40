#!/usr/bin/env python3
"""The steps of a release; `.github/workflows/release.yml` runs them on GitHub, and `dry-run` all of them here.

    release.py version TAG            the tag names the version of Cargo.toml, and the changelog has it
    release.py program TARGET DIST    the program for one system, as an archive
    release.py data DIST              the records as readers load them, as an archive
    release.py checksums DIST         SHA256SUMS of all archives
    release.py publish TAG DIST       the release, with its notes from the changelog
    release.py dry-run DIST           program for this system, data and checksums; then everything is unpacked and tried

Two archives of one program are the same bytes: sorted, of nobody, and of the day of the commit.
"""

import gzip
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "crates/comity-cli"
CYCLONEDX = "0.5.9"
SHELLS = {
    "bash": "comity.bash",
    "elvish": "comity.elv",
    "fish": "comity.fish",
    "powershell": "_comity.ps1",
    "zsh": "_comity",
}


def run(*command, **options):
    """What a program prints; its failure ends this one."""
    run_as = {"cwd": ROOT, "check": True, "stdout": subprocess.PIPE, "encoding": "utf-8", **options}
    return subprocess.run([str(word) for word in command], **run_as).stdout


def version_of_sources():
    manifest = (ROOT / "Cargo.toml").read_text(encoding="utf-8")
    return re.search(r'^version = "(.+)"$', manifest, re.MULTILINE)[1]


def notes(version):
    """What the changelog says of a version."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {re.escape(version)}\b.*?\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    if not found:
        sys.exit(f"error: CHANGELOG.md has no section `## {version}`")
    return found[1].strip() + "\n"


def version(tag):
    """Refuses a tag that does not name the version of the sources."""
    if tag != f"v{version_of_sources()}":
        sys.exit(f"error: the tag is {tag}, and Cargo.toml says {version_of_sources()}")
    notes(version_of_sources())


def host():
    return re.search(r"^host: (.+)$", run("rustc", "-vV"), re.MULTILINE)[1]


def built(target):
    """The program for a system, built."""
    command = ["cargo", "build", "--release", "--locked", "--package", "comity-cli"]
    folder = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    if target != host():
        run("rustup", "target", "add", target)
        command += ["--target", target]
        folder /= target
    run(*command)
    return folder / "release" / ("comity.exe" if "windows" in target else "comity")


def bill_of_materials(target, to):
    """Which packages are built in, as CycloneDX."""
    tools = ROOT / "target/release-tools"
    if not list(tools.glob("bin/cargo-cyclonedx*")):
        run("cargo", "install", "--locked", "--quiet", "--root", tools, f"cargo-cyclonedx@{CYCLONEDX}")
    environment = {
        **os.environ,
        "PATH": f"{tools / 'bin'}{os.pathsep}{os.environ['PATH']}",
        # Without this the bill has a number drawn by chance.
        "SOURCE_DATE_EPOCH": str(commit_time()),
    }
    before = set(ROOT.rglob("release-bill.json"))
    options = ["--format", "json", "--override-filename", "release-bill", "--target", target, "--manifest-path"]
    run("cargo", "cyclonedx", *options, PACKAGE / "Cargo.toml", env=environment)
    # Packages of the workspace are named by where they lie, which is nobody's business.
    bill = (PACKAGE / "release-bill.json").read_text(encoding="utf-8")
    to.write_text(bill.replace(ROOT.as_uri(), "file:///comity"), encoding="utf-8", newline="\n")
    # One is written into the folder of each package of the workspace.
    for path in set(ROOT.rglob("release-bill.json")) - before:
        path.unlink()


def commit_time():
    return int(run("git", "log", "-1", "--format=%ct"))


def archive(folder, to):
    """A folder as a .tar.gz, under its own name."""
    time = commit_time()

    def of_nobody(entry):
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.mtime = time
        entry.mode = 0o755 if entry.isdir() or entry.name.split("/")[-1] in ("comity", "comity.exe") else 0o644
        return entry

    with open(to, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=time) as zipped:
        with tarfile.open(fileobj=zipped, mode="w", format=tarfile.PAX_FORMAT) as packed:
            for path in [folder, *sorted(folder.rglob("*"))]:
                packed.add(path, path.relative_to(folder.parent).as_posix(), recursive=False, filter=of_nobody)
    print(f"{to.name} ({to.stat().st_size} bytes)")


def program(target, dist):
    """The program for one system with its licences, manual pages, completions and bill of materials."""
    name = f"comity-{version_of_sources()}-{target}"
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary) / name
        (folder / "completions").mkdir(parents=True)
        (folder / "man/man1").mkdir(parents=True)
        binary = built(target)
        shutil.copy(binary, folder)
        for page in ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"]:
            shutil.copy(ROOT / page, folder)
        # The program for another system does not run here; that for this system writes the same pages.
        comity = binary if target == host() else built(host())
        run(comity, "man", "--to", folder / "man/man1")
        for shell, script in SHELLS.items():
            text = run(comity, "completions", shell)
            (folder / "completions" / script).write_text(text, encoding="utf-8", newline="\n")
        bill_of_materials(target, folder / "comity.cdx.json")
        dist.mkdir(parents=True, exist_ok=True)
        archive(folder, dist / f"{name}.tar.gz")


def data(dist):
    """The records as readers load them, with their licence and how to cite them."""
    name = f"comity-data-{version_of_sources()}"
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary) / name
        folder.mkdir()
        run(built(host()), "export", "--to", folder)
        dist.mkdir(parents=True, exist_ok=True)
        archive(folder, dist / f"{name}.tar.gz")


def checksums(dist):
    """SHA256SUMS, which `sha256sum --check` reads."""
    archives = sorted(dist.glob("*.tar.gz"))
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in archives]
    (dist / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")


def publish(tag, dist):
    """The release on GitHub."""
    version(tag)
    with tempfile.NamedTemporaryFile("w", suffix=".md", encoding="utf-8") as page:
        page.write(notes(tag.removeprefix("v")))
        page.flush()
        options = ["--verify-tag", "--title", tag, "--notes-file", page.name]
        run("gh", "release", "create", tag, *options, *sorted(dist.iterdir()))


def dry_run(dist):
    """Everything that one system can do of a release; then what a user does with it."""
    # Mirrors have a folder for each release, as GitHub has.
    release = dist / f"v{version_of_sources()}"
    program(host(), release)
    data(release)
    checksums(release)
    run("sha256sum", "--check", "--strict", "SHA256SUMS", cwd=release)
    with tempfile.TemporaryDirectory() as temporary:
        temporary = pathlib.Path(temporary)
        for path in release.glob("*.tar.gz"):
            with tarfile.open(path) as packed:
                packed.extractall(temporary, filter="data")
        name = f"comity-{version_of_sources()}"
        unpacked = temporary / f"{name}-{host()}"
        try_program(unpacked)
        records = json.loads((temporary / f"comity-data-{version_of_sources()}/comity.json").read_text(encoding="utf-8"))
        assert records["records"]["event"], "the bundle holds events"
        try_installer(dist, temporary)
    print("tried: checksums, program, manual, completions, bill of materials, records, installer, action, hooks")


def try_program(unpacked):
    """What is in the archive of a program works by itself."""
    alone = {"PATH": "/usr/bin:/bin", "HOME": str(unpacked)}
    assert run(unpacked / "comity", "--version", env=alone).strip() == f"comity {version_of_sources()}"
    run(unpacked / "comity", "check", "data", env=alone)
    pages = sorted((unpacked / "man/man1").glob("*.1"))
    assert pages and all(".TH " in page.read_text(encoding="utf-8") for page in pages), pages
    for script in SHELLS.values():
        assert "comity" in (unpacked / "completions" / script).read_text(encoding="utf-8"), script
    run("bash", "-n", unpacked / "completions/comity.bash")
    bill = json.loads((unpacked / "comity.cdx.json").read_text(encoding="utf-8"))
    packages = {component["name"]: component for component in bill["components"]}
    assert str(ROOT) not in json.dumps(bill), "where it was built"
    assert bill["bomFormat"] == "CycloneDX" and {"comity", "serde", "clap"} <= packages.keys(), sorted(packages)
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"]:
        assert (unpacked / licence).stat().st_size > 500, licence


def try_installer(dist, temporary):
    """The action and the hooks find the release, and refuse one that was changed."""
    mirror = {"PATH": os.environ["PATH"], "HOME": str(temporary), "COMITY_RELEASES": f"file://{dist.resolve()}"}
    installed = temporary / "installed"
    run(ROOT / ".github/action/install", installed, env=mirror)
    run(ROOT / ".github/action/check", installed, env={**mirror, "INPUT_PATH": "data"})
    run(ROOT / ".github/action/hook", "check", "data", env=mirror)
    changed = temporary / "changed"
    shutil.copytree(dist, changed)
    for path in changed.rglob("comity-[0-9]*.tar.gz"):
        path.write_bytes(path.read_bytes() + b"\0")
    mirror["COMITY_RELEASES"] = f"file://{changed}"
    refused = subprocess.run(
        [ROOT / ".github/action/install", temporary / "x"], env=mirror, capture_output=True, text=True, check=False
    )
    assert refused.returncode == 2 and "is not the file that its checksum is of" in refused.stderr, refused
    assert not (temporary / "x").exists(), "nothing is installed"


def main():
    """The command."""
    match sys.argv[1:]:
        case ["version", tag]:
            version(tag)
        case ["program", target, dist]:
            program(target, pathlib.Path(dist))
        case ["data", dist]:
            data(pathlib.Path(dist))
        case ["checksums", dist]:
            checksums(pathlib.Path(dist))
        case ["publish", tag, dist]:
            publish(tag, pathlib.Path(dist))
        case ["dry-run", dist]:
            dry_run(pathlib.Path(dist))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
