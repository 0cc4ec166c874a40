//! For a person at a terminal: record by record, each value before and after with its sources.

use std::io;

use serde_json::Value;

use super::{DiffView, UNEVIDENCED, excerpt, sources, version};
use crate::diff::{FieldChange, RecordChange, ReleaseEffect, SourceEvidence};
use crate::render::{counted, visible};

/// Writes the diff.
pub(super) fn human(view: DiffView<'_>, colour: bool, out: &mut dyn io::Write) -> io::Result<()> {
    let paint = Paint { colour };
    let counts = view.counts();
    let counts = if counts.is_empty() { "no record differs".to_owned() } else { counts.join(", ") };
    writeln!(out, "{} → {}: {counts}", visible(view.old), visible(view.new))?;
    if view.diff.reformatted > 0 {
        writeln!(out, "{} with another layout and the same values", counted(view.diff.reformatted, "record"))?;
    }
    if !view.diff.manifest.is_empty() {
        writeln!(out, "\n{}", paint.bold("changed dataset.json"))?;
        view.diff.manifest.iter().try_for_each(|change| field(change, paint, out))?;
    }
    view.records().into_iter().try_for_each(|change| record(view, change, paint, out))?;
    findings(view, out)?;
    needs(view, out)
}

fn record(view: DiffView<'_>, change: &RecordChange<'_>, paint: Paint, out: &mut dyn io::Write) -> io::Result<()> {
    let from = change.renamed_from.map_or_else(String::new, |old| format!(" (was {old})"));
    let head = format!("{} {}{from}", change.status.name(), change.key);
    writeln!(out, "\n{}  {}", paint.bold(&visible(&head)), visible(change.title.unwrap_or_default()))?;
    writeln!(out, "  {}", visible(change.path))?;
    if !change.readable {
        writeln!(out, "  not compared: one of the two states is no valid record")?;
    }
    change.fields.iter().try_for_each(|change| field(change, paint, out))?;
    for found in view.duplicates(change) {
        writeln!(out, "  {}", paint.red(&visible(&format!("probable duplicate: {}", found.message))))?;
    }
    Ok(())
}

fn field(change: &FieldChange<'_>, paint: Paint, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "  {}", visible(change.at.as_str()))?;
    let [before, after] = excerpt::values(change.before.as_ref(), change.after.as_ref());
    let line = |sign: &str, shown: String, side: Option<&Value>, evidence: &[SourceEvidence<'_>]| {
        let sources = sources(change, side, evidence).join("; ");
        let sources = if sources.is_empty() { sources } else { format!("   [{sources}]") };
        (format!("    {sign} {}", visible(&shown)), visible(&sources))
    };
    if let Some(before) = before {
        let (line, sources) = line("-", before, change.before.as_ref(), &change.evidence_before);
        writeln!(out, "{}{sources}", paint.red(&line))?;
    }
    if let Some(after) = after {
        let (line, sources) = line("+", after, change.after.as_ref(), &change.evidence_after);
        writeln!(out, "{}{sources}", paint.green(&line))?;
    }
    if change.unevidenced {
        writeln!(out, "    {}", paint.bold(&format!("! {UNEVIDENCED}")))?;
    }
    Ok(())
}

fn findings(view: DiffView<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let (found, left_out) = (view.findings(), view.not_shown());
    if found.is_empty() && left_out == 0 {
        return Ok(());
    }
    writeln!(out, "\n{} that the change brings", counted(view.count_of(&found), "finding"))?;
    for one in found {
        let help = one.help.as_ref().map_or_else(String::new, |help| format!("; {help}"));
        let at = one.location.pointer.as_ref().map_or_else(String::new, |pointer| format!(" {}", pointer.as_ref()));
        let text = format!("{}[{}] {}{at}: {}{help}", one.severity, one.rule.code, one.location.path, one.message);
        writeln!(out, "  {}", visible(&text))?;
    }
    if left_out > 0 {
        writeln!(out, "  and {left_out} more, which are not shown")?;
    }
    Ok(())
}

fn needs(view: DiffView<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let needs = &view.diff.needs;
    writeln!(out, "\nwhat the change needs")?;
    let unevidenced = view.diff.unevidenced();
    if unevidenced > 0 {
        writeln!(out, "  a look at {}: {UNEVIDENCED}", counted(unevidenced, "fact"))?;
    }
    for (old, now) in &needs.tombstones {
        let now = now.map_or_else(String::new, |now| format!(" with \"replaced_by\": \"{now}\""));
        writeln!(out, "  {}", visible(&format!("a tombstone for {old}: its file again, and `retired`{now}")))?;
    }
    let effect = format!("{} ({})", needs.effect.name(), needs.effect.meaning());
    match needs.effect {
        ReleaseEffect::None => writeln!(out, "  no new version of the data: {}", needs.effect.meaning()),
        ReleaseEffect::Break => writeln!(out, "  no release yet: {effect}"),
        _ => writeln!(out, "  {}: {effect}", version(needs)),
    }
}

/// Colours, where they are wanted.
#[derive(Clone, Copy)]
struct Paint {
    colour: bool,
}

impl Paint {
    fn with(self, code: u8, text: &str) -> String {
        if self.colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn bold(self, text: &str) -> String {
        self.with(1, text)
    }

    fn red(self, text: &str) -> String {
        self.with(31, text)
    }

    fn green(self, text: &str) -> String {
        self.with(32, text)
    }
}
