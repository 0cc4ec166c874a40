//! Mending: fixes and layout are applied in rounds, to texts in memory, until none is left that makes a record better.
//!
//! What goes in: a check of all texts, and the texts. What comes out: the texts as they would be. Nothing is written here.
//! A fix stays only if the record it changes is better afterwards in the eyes of the same check, see `Measure`. The others
//! are refused and named, so that a suggestion that leads from one fault to the next does no harm. Fixes that overlap wait
//! for each other; one that another makes possible comes in a later round.

mod measure;

use std::collections::{BTreeMap, BTreeSet};

use crate::dataset::File;
use crate::fix::{self, Edit, Edits};
use crate::format;
use crate::report::{Diagnostic, Location, Report};
use crate::rules::non_canonical;

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
    /// The fixes that were not applied.
    pub refused: Vec<Refused>,
}

/// A fix that was not applied.
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
    /// Why it was not applied.
    pub reason: Reason,
}

/// Why a fix was not applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It would not make the record better.
    Harmful,
    /// So many other fixes were found harmful that nobody knows whether this one is.
    Untried,
}

/// How many whole checks one run makes at most. Honest fixes settle in three or four, however many records have them; a
/// hostile record offers hundreds that are harmful one by one.
pub const CHECKS: usize = 12;

/// How many of these are kept for the end of a round: the first gives up on every record that got worse, and the second
/// on those that got worse because of that.
const LAST: usize = 2;

/// Applies fixes until nothing is left to mend, or until [`CHECKS`] checks were made; then what was found good is kept.
/// `check` looks at the dataset with other texts in the place of some files'; `read` gives the text of a file that was
/// checked, or nothing where it cannot be written.
///
/// # Errors
/// When the check fails.
pub fn mend<E>(
    suggestions: bool,
    check: &dyn Fn(&Texts) -> Result<Checked, E>,
    read: &dyn Fn(&str) -> Option<String>,
) -> Result<Mended, E> {
    let mut mended = Mended::default();
    let mut checks = Checks { check, left: CHECKS };
    let Some(mut checked) = checks.of(&mended.after)? else { return Ok(mended) };
    let (mut refused, mut refused_before) = (BTreeSet::new(), BTreeSet::new());
    // What was refused beside one thing may be welcome beside another: it is tried again until a whole pass mends nothing,
    // so that to mend what was mended changes nothing.
    let mut unsettled = false;
    loop {
        let known = refused.len();
        let mut round = Round::of(&checked, suggestions, &refused);
        match round.settle(&mended.after, &mut refused, &mut checks, read)? {
            Settled::Better(changes, next) => {
                mended.fixed += round.applied();
                for (path, (before, after)) in changes {
                    mended.before.entry(path.clone()).or_insert(before);
                    mended.after.insert(path, after);
                }
                checked = *next;
                unsettled = true;
            }
            Settled::Unknown => {
                refused.append(&mut refused_before);
                refused = refused_or_untried(&checked, suggestions, &refused);
                break;
            }
            Settled::Unchanged if refused.len() > known => {}
            Settled::Unchanged if !std::mem::take(&mut unsettled) || refused.is_empty() => break,
            Settled::Unchanged => refused_before.append(&mut refused),
        }
    }
    mended.after.retain(|path, text| mended.before[path] != *text);
    mended.before.retain(|path, _| mended.after.contains_key(path));
    mended.refused = refused.into_iter().collect();
    Ok(mended)
}

/// Every fix that a check still offers: those that are known to be harmful, and those of which nothing is known.
fn refused_or_untried(checked: &Checked, suggestions: bool, refused: &BTreeSet<Refused>) -> BTreeSet<Refused> {
    let offered = checked.report.diagnostics.iter().filter_map(|found| Some((found, found.fix.as_ref()?)));
    let wanted = offered.filter(|(_, fix)| fix.safe || suggestions);
    let named = wanted.map(|(found, fix)| name(found, fix, checked));
    named.map(|fix| if refused.contains(&fix) { fix } else { Refused { reason: Reason::Untried, ..fix } }).collect()
}

/// The check, as often as it may still be asked.
struct Checks<'c, E> {
    check: &'c dyn Fn(&Texts) -> Result<Checked, E>,
    left: usize,
}

impl<E> Checks<'_, E> {
    /// A check of the dataset with these texts; `None` when no check is left.
    fn of(&mut self, texts: &Texts) -> Result<Option<Checked>, E> {
        let Some(left) = self.left.checked_sub(1) else { return Ok(None) };
        self.left = left;
        (self.check)(texts).map(Some)
    }
}

/// How a round ended.
enum Settled {
    /// Every record that was changed is better.
    Better(Changes, Box<Checked>),
    /// No fix is left that makes a record better.
    Unchanged,
    /// No check was left to say which records are better.
    Unknown,
}

/// A record, by its file and the line at which it begins.
type Unit<'a> = (&'a str, u32);

fn unit<'a>(location: &'a Location, report: &Report) -> Unit<'a> {
    (&location.path, location.quoted.map_or(1, |quoted| report.excerpts[quoted.excerpt].first_line))
}

fn name(found: &Diagnostic, fix: &Edits, checked: &Checked) -> Refused {
    let (path, line) = unit(&found.location, &checked.report);
    let pointer = found.location.pointer.as_ref().map(ToString::to_string);
    let (path, rule, what) = (path.to_owned(), found.rule.code, fix.what.clone());
    Refused { path, line, rule, pointer, what, reason: Reason::Harmful }
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
    /// Whether the record got worse by what was tried before.
    is_doubtful: bool,
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
        for task in tasks.values_mut().flat_map(BTreeMap::values_mut) {
            task.fixes.sort_by_key(|(_, fix)| !fix.safe);
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

    /// Tries, and takes back what makes a record no better, until all that is left does.
    fn settle<E>(
        &mut self,
        over: &Texts,
        refused: &mut BTreeSet<Refused>,
        checks: &mut Checks<'_, E>,
        read: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Settled, E> {
        let mut gave_up = false;
        loop {
            let changes = self.attempt(over, read);
            if changes.is_empty() {
                return Ok(if gave_up { Settled::Unknown } else { Settled::Unchanged });
            }
            let mut texts = over.clone();
            texts.extend(changes.iter().map(|(path, (_, after))| (path.clone(), after.clone())));
            let Some(next) = checks.of(&texts)? else { return Ok(Settled::Unknown) };
            let worse = self.worse(&next);
            if worse.is_empty() {
                return Ok(Settled::Better(changes, Box::new(next)));
            }
            for (path, line) in worse {
                self.take_back(&path, line, refused);
            }
            gave_up = checks.left <= LAST;
            if gave_up {
                self.give_up();
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
        task.is_doubtful = true;
        // Those that keep what the record says stand first, and are hardly ever the culprit.
        let safe = task.fixes[..task.tried].iter().filter(|(_, fix)| fix.safe).count();
        task.tried = if (1..task.tried).contains(&safe) { safe } else { task.tried / 2 };
    }

    /// Leaves every record as it was that got worse in this round, whatever was tried.
    fn give_up(&mut self) {
        for task in self.tasks.values_mut().flat_map(BTreeMap::values_mut).filter(|task| task.is_doubtful) {
            (task.tried, task.layout) = (0, false);
        }
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
        let (edited, applied) = fix::apply(text, &fixes.iter().collect::<Vec<_>>());
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
