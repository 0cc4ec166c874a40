//! Mending: fixes and layout are applied in rounds, to texts in memory, until none is left that makes a record better.
//!
//! What goes in: a check of all texts, and the texts. What comes out: the texts as they would be. Nothing is written here.
//! A fix stays only if the record it changes is better afterwards in the eyes of the same check, see `Measure`. The others
//! are refused and named, so that a suggestion that leads from one fault to the next does no harm. Fixes that overlap wait
//! for each other; one that another makes possible comes in a later round.

mod measure;

use std::collections::{BTreeMap, BTreeSet};

use crate::dataset::File;
use crate::format;
use crate::report::{Diagnostic, Edit, Edits, Location, Report, apply};
use crate::rules::file::non_canonical;
use measure::{Measure, keeps_what_is_said};

/// Texts by the path under which a report shows their files.
pub type Texts = BTreeMap<String, String>;

/// What a check found, and in which files.
#[derive(Debug)]
pub struct Checked {
    /// The findings.
    pub report: Report,
    /// The files.
    pub files: Vec<File>,
}

/// Texts as they would be after mending.
#[derive(Debug, Default)]
pub struct Mended {
    /// The texts that are changed, as they were.
    pub before: Texts,
    /// The same texts, mended.
    pub after: Texts,
    /// How many fixes were applied.
    pub fixed: usize,
    /// The fixes that were not applied, since they would lead to another fault.
    pub refused: Vec<Refused>,
}

/// A fix that would not make a record better.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refused {
    /// The file.
    pub path: String,
    /// The line at which the record begins.
    pub line: u32,
    /// The rule that offers it.
    pub rule: &'static str,
    /// The place in the record.
    pub pointer: Option<String>,
    /// What it would have done.
    pub what: String,
}

/// A guard against fixes in different records that undo each other for ever; honest ones settle in two or three rounds.
const ROUNDS: usize = 64;

/// Applies fixes until nothing is left to mend. `check` looks at the dataset with other texts in the place of some files';
/// `read` gives the text of a file that was checked, or nothing where it cannot be written.
///
/// # Errors
/// When the check fails.
pub fn mend<E>(
    suggestions: bool,
    check: &dyn Fn(&Texts) -> Result<Checked, E>,
    read: &dyn Fn(&str) -> Option<String>,
) -> Result<Mended, E> {
    let mut mended = Mended::default();
    let mut refused = BTreeSet::new();
    let mut checked = check(&mended.after)?;
    // What was refused beside one thing may be welcome beside another: it is tried again until a whole pass mends nothing,
    // so that to mend what was mended changes nothing.
    let mut unsettled = false;
    for _ in 0..ROUNDS {
        let known = refused.len();
        let mut round = Round::of(&checked, suggestions, &refused);
        if let Some((changes, next)) = round.settle(&mended.after, &mut refused, check, read)? {
            mended.fixed += round.applied();
            for (path, (before, after)) in changes {
                mended.before.entry(path.clone()).or_insert(before);
                mended.after.insert(path, after);
            }
            checked = next;
            unsettled = true;
        } else if refused.len() == known {
            if !std::mem::take(&mut unsettled) || refused.is_empty() {
                break;
            }
            refused.clear();
        }
    }
    mended.after.retain(|path, text| mended.before[path] != *text);
    mended.before.retain(|path, _| mended.after.contains_key(path));
    mended.refused = refused.into_iter().collect();
    Ok(mended)
}

/// A record, by its file and the line at which it begins.
type Unit<'a> = (&'a str, u32);

fn unit<'a>(location: &'a Location, report: &Report) -> Unit<'a> {
    (&location.path, location.quoted.map_or(1, |quoted| report.excerpts[quoted.excerpt].first_line))
}

fn name(found: &Diagnostic, fix: &Edits, checked: &Checked) -> Refused {
    let (path, line) = unit(&found.location, &checked.report);
    let pointer = found.location.pointer.as_ref().map(ToString::to_string);
    Refused { path: path.to_owned(), line, rule: found.rule.code, pointer, what: fix.what.clone() }
}

/// What is to be done to one record.
#[derive(Debug, Default)]
struct Task<'a> {
    fixes: Vec<(&'a Diagnostic, &'a Edits)>,
    /// How many of the fixes are tried.
    tried: usize,
    /// How many were applied.
    applied: usize,
    /// Whether its layout was found wanting.
    layout: bool,
    /// Its text as it was checked, where a finding quotes it.
    text: Option<&'a str>,
}

/// One round: what each record is to become, and the check of the result.
struct Round<'a> {
    checked: &'a Checked,
    files: BTreeMap<&'a str, &'a File>,
    tasks: BTreeMap<&'a str, BTreeMap<u32, Task<'a>>>,
    /// Whether layout is looked at: otherwise it is left alone where it was not canonical before.
    lays_out: bool,
}

/// Texts of files, before and after.
type Changes = BTreeMap<String, (String, String)>;

impl<'a> Round<'a> {
    fn of(checked: &'a Checked, suggestions: bool, refused: &BTreeSet<Refused>) -> Self {
        let report = &checked.report;
        let mut tasks: BTreeMap<&str, BTreeMap<u32, Task<'_>>> = BTreeMap::new();
        for found in &report.diagnostics {
            let fix = found.fix.as_ref().filter(|fix| fix.safe || suggestions);
            let fix = fix.filter(|fix| refused.is_empty() || !refused.contains(&name(found, fix, checked)));
            let layout = found.rule.code == non_canonical::RULE.code;
            if fix.is_none() && !layout {
                continue;
            }
            let (path, line) = unit(&found.location, report);
            let task = tasks.entry(path).or_default().entry(line).or_default();
            task.fixes.extend(fix.map(|fix| (found, fix)));
            task.tried = task.fixes.len();
            task.layout |= layout;
            task.text = task.text.or(found.location.quoted.map(|quoted| report.excerpts[quoted.excerpt].text.as_str()));
        }
        let files = checked.files.iter().map(|file| (&*file.path, file)).filter(|(path, _)| tasks.contains_key(path));
        let files = files.collect();
        let lays_out = !report.summary.not_checked.contains(&non_canonical::RULE.code);
        Self { checked, files, tasks, lays_out }
    }

    /// How many findings were mended.
    fn applied(&self) -> usize {
        self.tasks.values().flat_map(BTreeMap::values).map(|task| task.applied + usize::from(task.layout)).sum()
    }

    /// Tries, and takes back what makes a record no better, until all that is left does. `None` when nothing is left.
    fn settle<E>(
        &mut self,
        over: &Texts,
        refused: &mut BTreeSet<Refused>,
        check: &dyn Fn(&Texts) -> Result<Checked, E>,
        read: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Option<(Changes, Checked)>, E> {
        loop {
            let changes = self.attempt(over, read);
            if changes.is_empty() {
                return Ok(None);
            }
            let mut texts = over.clone();
            texts.extend(changes.iter().map(|(path, (_, after))| (path.clone(), after.clone())));
            let next = check(&texts)?;
            let worse = self.worse(&next);
            if worse.is_empty() {
                return Ok(Some((changes, next)));
            }
            for (path, line) in worse {
                self.take_back(&path, line, refused);
            }
        }
    }

    /// The texts of the files with everything applied that is being tried.
    fn attempt(&mut self, over: &Texts, read: &dyn Fn(&str) -> Option<String>) -> Changes {
        let mut changes = Changes::new();
        for (path, tasks) in &mut self.tasks {
            let Some(file) = self.files.get(path) else { continue };
            let Some(before) = over.get(*path).cloned().or_else(|| read(path)) else { continue };
            let mut after = String::with_capacity(before.len());
            let mut offset = 0;
            for (line, piece) in (1..).zip(pieces(file, &before)) {
                let record = if file.is_lines() { piece.trim_ascii_end() } else { piece };
                let mended = tasks.get_mut(&line).and_then(|task| task.mended(file, record, offset, self.lays_out));
                after.push_str(mended.as_deref().unwrap_or(record));
                after.push_str(&piece[record.len()..]);
                offset += piece.len() as u64;
            }
            if before != after {
                changes.insert((*path).to_owned(), (before, after));
            }
        }
        changes
    }

    /// The records among those being mended that are no better for it.
    fn worse(&self, next: &Checked) -> Vec<(String, u32)> {
        let (before, after) = (self.measures(self.checked), self.measures(next));
        let none = Measure::default();
        let tasks =
            self.tasks.iter().flat_map(|(path, tasks)| tasks.iter().map(move |(line, task)| ((*path, *line), task)));
        let is_better = |unit: &Unit<'_>, task: &Task<'_>| {
            let keeping = task.fixes[..task.tried].iter().all(|(found, _)| keeps_what_is_said(found));
            after.get(unit).unwrap_or(&none).is_better(before.get(unit).unwrap_or(&none), keeping)
        };
        tasks
            .filter(|(_, task)| task.tried > 0 || task.layout)
            .filter(|(unit, task)| !is_better(unit, task))
            .map(|((path, line), _)| (path.to_owned(), line))
            .collect()
    }

    /// What a check says of the records being mended. What it says of another record, and of one of these beside it,
    /// counts for these: a link that leads to nothing harms only its own record, one that closes a circle several.
    fn measures<'r>(&self, checked: &'r Checked) -> BTreeMap<Unit<'r>, Measure> {
        let mut measures: BTreeMap<Unit<'_>, Measure> = BTreeMap::new();
        let is_ours = |unit: &Unit<'_>| self.tasks.get(unit.0).is_some_and(|tasks| tasks.contains_key(&unit.1));
        for found in &checked.report.diagnostics {
            let own = unit(&found.location, &checked.report);
            if is_ours(&own) {
                measures.entry(own).or_default().add(found);
                continue;
            }
            let related: BTreeSet<Unit<'_>> =
                found.related.iter().map(|(location, _)| unit(location, &checked.report)).filter(is_ours).collect();
            related.into_iter().for_each(|unit| measures.entry(unit).or_default().add(found));
        }
        measures
    }

    /// Tries half of a record's fixes; the one that is left in the end is the culprit.
    fn take_back(&mut self, path: &str, line: u32, refused: &mut BTreeSet<Refused>) {
        let Some(task) = self.tasks.get_mut(path).and_then(|tasks| tasks.get_mut(&line)) else { return };
        if let ([(found, fix), ..], 1) = (&task.fixes[..], task.tried) {
            refused.insert(name(found, fix, self.checked));
        } else if task.tried == 0 {
            task.layout = false;
        }
        task.tried /= 2;
    }
}

/// The records of a file, with the line breaks between them.
fn pieces<'t>(file: &File, text: &'t str) -> Vec<&'t str> {
    if file.is_lines() { text.split_inclusive('\n').collect() } else { vec![text] }
}

impl Task<'_> {
    /// The record's text with the fixes applied, and laid out. `None` where nothing is to be done, or the text is no
    /// longer the one that was checked.
    fn mended(&mut self, file: &File, text: &str, offset: u64, lays_out: bool) -> Option<String> {
        self.applied = 0;
        if self.tried == 0 && !self.layout || self.text.is_some_and(|checked| checked != text) {
            return None;
        }
        let here = |edit: &Edit| Edit { start: edit.start - offset, end: edit.end - offset, text: edit.text.clone() };
        let fixes = self.fixes[..self.tried].iter().map(|(_, fix)| Edits {
            what: String::new(),
            edits: fix.edits.iter().map(here).collect(),
            ..**fix
        });
        let fixes: Vec<Edits> = fixes.collect();
        let (edited, applied) = apply(text, &fixes.iter().collect::<Vec<_>>());
        self.applied = applied;
        let laid_out = |text: &str| {
            let canonical = format::laid_out(file, text).ok()?;
            Some(if file.is_lines() { canonical.trim_end().to_owned() } else { canonical })
        };
        if lays_out || laid_out(text).is_some_and(|canonical| canonical == text) {
            return Some(laid_out(&edited).unwrap_or(edited));
        }
        Some(edited)
    }
}
