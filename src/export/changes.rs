//! `CHANGES.md`: what a release has that the one before had not, in numbers, which ids lead elsewhere now, and which records
//! changed.

use std::fmt::Write as _;

use super::format::Material;
use super::tables::Since;
use crate::kind::Kind;

const WHAT: [&str; 6] = ["added", "changed", "retired", "renamed", "removed", "left-out"];

pub(super) fn changes(material: &Material<'_>) -> String {
    let manifest = &material.dataset.manifest;
    let version = manifest.version.as_ref().map(|version| format!(" in {version}")).unwrap_or_default();
    let mut page = format!("# Changes{version}\n\n");
    match material.since {
        Some(since) => {
            compared(&mut page, since);
            let is_same =
                since.version.is_some() && since.version == manifest.version.as_ref().map(ToString::to_string);
            if is_same && since.has_other_content {
                page += "\n**Both have the same version**, so that a citation does not tell them apart: `content_sha256` in `manifest.json` does. Before this release is published, `dataset.json` needs another version.\n";
            }
        }
        None => {
            page += "This release was compared with no earlier one. `comity export --since` takes the folder of an earlier release, or a revision of git; then this page has the changes, and the table `change` has them row by row.\n"
        }
    }
    page += "\nThe table `renamed` lists the columns and the ids that have another name now.\n";
    if let Some(since) = material.since {
        withdrawn(&mut page, since);
        changed(&mut page, since);
    }
    page
}

fn compared(page: &mut String, since: &Since) {
    let earlier = match (&since.version, &since.as_of) {
        (Some(version), Some(day)) => format!("version {version}, whose research was closed on {day}"),
        (Some(version), None) => format!("version {version}"),
        (None, Some(day)) => format!("the release whose research was closed on {day}"),
        (None, None) => "an earlier release without a version".to_owned(),
    };
    let _ = writeln!(
        page,
        "Compared with {earlier}.\n\n| kind | {} |\n|{}",
        WHAT.join(" | "),
        " --- |".repeat(WHAT.len() + 1)
    );
    let mut line = |name: &str, counts: std::collections::BTreeMap<&str, usize>| {
        let cells = WHAT.map(|what| counts.get(what).map_or_else(String::new, ToString::to_string));
        if !counts.is_empty() {
            let _ = writeln!(page, "| {name} | {} |", cells.join(" | "));
        }
    };
    for kind in Kind::ALL {
        line(kind.name(), since.records(Some(kind)));
    }
    line("all records", since.records(None));
    line("claims", since.claims());
    left_out(page, since);
}

/// Names the records that were withdrawn, each with the record to use instead.
fn withdrawn(page: &mut String, since: &Since) {
    let withdrawn: Vec<_> = since.withdrawn().collect();
    if !withdrawn.is_empty() {
        *page += "\n## Records that were withdrawn\n\n";
    }
    for (name, what, instead) in withdrawn {
        let instead = instead.map(|instead| format!(": use `{instead}`")).unwrap_or_default();
        let _ = writeln!(page, "- `{name}` was {what}{instead}");
    }
}

/// Names each record that changed, with its fields.
fn changed(page: &mut String, since: &Since) {
    let changed = since.changed();
    if !changed.is_empty() {
        *page += "\n## Records that changed\n\n";
    }
    for (name, fields) in changed {
        let fields: Vec<String> = fields.iter().map(|field| format!("`{field}`")).collect();
        let what = if fields.is_empty() { "what follows from other records".to_owned() } else { fields.join(", ") };
        let _ = writeln!(page, "- `{name}`: {what}");
    }
}

/// Says of records that are left out that they were not withdrawn.
fn left_out(page: &mut String, since: &Since) {
    if since.records(None).contains_key("left-out") {
        *page += "\nA record under `left-out` was not removed: this release does not have the record because of errors, which `manifest.json` gives.\n";
    }
    if let unnamed @ 1.. = since.left_out_unnamed {
        let _ = writeln!(
            page,
            "\n{unnamed} of what is left out has no name that could be read, so that a record under `removed` may be left out, too."
        );
    }
}
