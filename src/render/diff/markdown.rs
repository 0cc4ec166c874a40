//! Markdown, for a pull request, in GitHub's dialect. A comment has a limit, so the page has one; what is cut is named.

use std::fmt::Write as _;
use std::io;

use serde_json::Value;

use super::{DiffView, UNEVIDENCED, excerpt, sources, version};
use crate::diff::{FieldChange, RecordChange, ReleaseEffect, SourceEvidence};
use crate::render::counted;
use crate::render::markdown::{code, plain};

/// The most bytes of a page. GitHub refuses a comment of more than 65,536 characters.
const LIMIT: usize = 60_000;
/// The most bytes of the findings, of the table of one record, and of the names of what is cut.
const FINDINGS: usize = 14_000;
const RECORD: usize = 8_000;
const NAMES: usize = 3_000;

/// Writes the diff.
pub(super) fn markdown(view: DiffView<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let (head, findings, needs) = (head(view), findings(view), needs(view));
    let mut left = LIMIT.saturating_sub(head.len() + findings.len() + needs.len() + NAMES);
    let (mut records, mut cut) = (String::new(), Vec::new());
    for change in view.records() {
        let block = record(view, change);
        if block.len() <= left {
            left -= block.len();
            records += &block;
        } else {
            cut.push(change);
        }
    }
    let cut: Vec<String> = cut.iter().map(|change| format!("{} {}", change.status.name(), change.key)).collect();
    let cut = names("record", &cut);
    let page = format!("{head}{records}{cut}{findings}{needs}");
    out.write_all(page.as_bytes())
}

fn head(view: DiffView<'_>) -> String {
    let counts = view.counts();
    let counts = if counts.is_empty() { "no record differs".to_owned() } else { counts.join(", ") };
    let mut text = format!("**{} → {}: {counts}.**\n", plain(&short(view.old)), plain(&short(view.new)));
    if view.diff.reformatted > 0 {
        let _ =
            writeln!(text, "\n{} with another layout and the same values.", counted(view.diff.reformatted, "record"));
    }
    if !view.diff.manifest.is_empty() {
        text += "\n#### <code>dataset.json</code> changed\n";
        text += &table(&view.diff.manifest);
    }
    text
}

/// The beginning of a name that a person chose.
fn short(name: &str) -> String {
    name.chars().take(200).collect()
}

fn record(view: DiffView<'_>, change: &RecordChange<'_>) -> String {
    let from = change.renamed_from.map_or_else(String::new, |old| format!(" (was {})", code(&old.to_string())));
    let title = change.title.map_or_else(String::new, |title| format!(": {}", plain(&short(title))));
    let mut text = format!("\n#### {} {}{from}{title}\n", change.status.name(), code(&change.key.to_string()));
    if !change.readable {
        text += "\nNot compared: one of the two states is no valid record.\n";
    }
    for found in view.duplicates(change).take(5) {
        let _ = writeln!(text, "\n**Probable duplicate:** {}", plain(&found.message));
    }
    text + &table(&change.fields)
}

fn table(fields: &[FieldChange<'_>]) -> String {
    if fields.is_empty() {
        return String::new();
    }
    let is_new = fields.iter().all(|field| field.before.is_none());
    let head = if is_new {
        "| Field | Value | Sources |\n| --- | --- | --- |\n"
    } else {
        "| Field | Before | Now | Sources |\n| --- | --- | --- | --- |\n"
    };
    let mut text = format!("\n{head}");
    // What a reviewer must not miss comes first, so that a cut takes the rest.
    let (first, others): (Vec<_>, Vec<_>) = fields.iter().partition(|field| field.unevidenced);
    let mut cut = Vec::new();
    for field in first.into_iter().chain(others) {
        let row = row(field, is_new);
        if text.len() + row.len() <= RECORD {
            text += &row;
        } else {
            cut.push(field.at.to_string());
        }
    }
    text + &names("field", &cut)
}

fn row(field: &FieldChange<'_>, is_new: bool) -> String {
    let [before, after] = excerpt::values(field.before.as_ref(), field.after.as_ref())
        .map(|side| side.map_or_else(String::new, |side| code(&side)));
    let sources = |side: Option<&Value>, evidence: &[SourceEvidence<'_>]| {
        sources(field, side, evidence).iter().map(|source| plain(source)).collect::<Vec<_>>().join("<br>")
    };
    let was = sources(field.before.as_ref(), &field.evidence_before);
    let is = sources(field.after.as_ref(), &field.evidence_after);
    let sources = match (was.as_str(), is.as_str()) {
        (was, is) if was == is => is.to_owned(),
        ("", is) => is.to_owned(),
        (was, "") if field.after.is_none() => was.to_owned(),
        (was, "") => format!("before: {was}"),
        (was, is) => format!("before: {was}<br>now: {is}"),
    };
    let mark = if field.unevidenced { format!("<br>⚠ **{UNEVIDENCED}**") } else { String::new() };
    let at = code(field.at.as_str());
    if is_new {
        return format!("| {at}{mark} | {after} | {sources} |\n");
    }
    format!("| {at}{mark} | {before} | {after} | {sources} |\n")
}

fn findings(view: DiffView<'_>) -> String {
    let (found, mut left_out) = (view.findings(), view.not_shown());
    if found.is_empty() && left_out == 0 {
        return String::new();
    }
    let mut text = format!("\n#### {} that the change brings\n", counted(view.count_of(&found), "finding"));
    if !found.is_empty() {
        text += "\n| Where | Rule | What is wrong |\n| --- | --- | --- |\n";
    }
    for one in found {
        let at = one.location.pointer.as_ref().map_or("", AsRef::as_ref);
        let help = one.help.as_ref().map_or_else(String::new, |help| format!("<br>{}", plain(help)));
        let (severity, rule) = (one.severity, one.rule.code);
        let place = code(&format!("{} {at}", one.location.path).trim_end().chars().take(300).collect::<String>());
        let row = format!("| {place} | {severity} `{rule}` | {}{help} |\n", plain(&one.message));
        if text.len() + row.len() <= FINDINGS {
            text += &row;
        } else {
            left_out += 1;
        }
    }
    if left_out > 0 {
        let _ = writeln!(text, "\nand {left_out} more; `comity check --base` shows them.");
    }
    text
}

fn needs(view: DiffView<'_>) -> String {
    let needs = &view.diff.needs;
    let mut text = "\n#### What the change needs\n\n".to_owned();
    let unevidenced = view.diff.unevidenced();
    if unevidenced > 0 {
        let _ = writeln!(text, "- A look at {}: {UNEVIDENCED}.", counted(unevidenced, "fact"));
    }
    let (shown, others) = needs.tombstones.split_at(needs.tombstones.len().min(30));
    for (old, now) in shown {
        let now =
            now.map_or_else(String::new, |now| format!(", with {}", code(&format!("\"replaced_by\": \"{now}\""))));
        let _ = writeln!(text, "- A tombstone for {}: its file again, and `retired`{now}.", code(&old.to_string()));
    }
    if !others.is_empty() {
        let _ = writeln!(text, "- {} more.", counted(others.len(), "tombstone"));
    }
    let effect = format!("**{}**: {}", needs.effect.name(), needs.effect.meaning());
    let _ = match needs.effect {
        ReleaseEffect::None => writeln!(text, "- No new version of the data: {}.", needs.effect.meaning()),
        ReleaseEffect::Break => writeln!(text, "- No release yet: {effect}."),
        _ => writeln!(text, "- For the next release: {}; {effect}.", version(needs)),
    };
    text
}

/// Names what was cut, as far as there is room.
fn names(what: &str, cut: &[String]) -> String {
    if cut.is_empty() {
        return String::new();
    }
    let mut text = format!("\nCut for length, {}: ", counted(cut.len(), what));
    let mut shown = 0;
    for name in cut {
        let name = code(&name.chars().take(200).collect::<String>());
        if text.len() + name.len() > NAMES - 200 {
            break;
        }
        text += if shown == 0 { "" } else { ", " };
        text += &name;
        shown += 1;
    }
    if shown < cut.len() {
        let _ = write!(text, " and {} more", cut.len() - shown);
    }
    text + ". `comity diff` shows all.\n"
}
