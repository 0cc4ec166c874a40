//! One round: every fix that is offered is tried at once, and taken back where it does harm.

use std::collections::{BTreeMap, BTreeSet};

use super::blame::{Blame, OwnedUnit};
use super::budget::Checks;
use super::task::Task;
use super::{Checked, FileTexts, RejectedFix, record_at};
use crate::dataset::File;
use crate::lint::RuleRole;

/// What is to be done, by file and by the line at which a record begins.
pub(super) type Tasks<'a> = BTreeMap<&'a str, BTreeMap<u32, Task<'a>>>;

/// Texts of files, before and after.
pub(super) type Changes = BTreeMap<String, (String, String)>;

/// How a round ended.
pub(super) enum Settled {
    /// Every record that was changed is better, and no other is worse.
    Better(Changes, Box<Checked>),
    /// No fix is left that makes a record better.
    Unchanged,
    /// No check was left to say which records are better.
    Unknown,
}

/// What each record is to become.
pub(super) struct Round<'a> {
    checked: &'a Checked,
    files: BTreeMap<&'a str, &'a File>,
    tasks: Tasks<'a>,
    /// Whether layout is checked. If not, layout that was not canonical before is left alone.
    lays_out: bool,
}

impl<'a> Round<'a> {
    pub(super) fn of(checked: &'a Checked, suggestions: bool, rejected: &BTreeSet<RejectedFix>) -> Self {
        let report = &checked.report;
        let mut tasks = Tasks::new();
        for found in &report.diagnostics {
            let fix = found.fix.as_ref().filter(|fix| fix.safe || suggestions);
            let fix = fix.filter(|fix| rejected.is_empty() || !rejected.contains(&RejectedFix::of(found, fix, report)));
            let layout = found.rule.role == RuleRole::Layout;
            if fix.is_none() && !layout {
                continue;
            }
            let (path, line) = record_at(&found.location, report);
            let text = found.location.quoted.map(|quoted| report.excerpts[quoted.excerpt].text.as_str());
            let task = tasks.entry(path).or_default().entry(line).or_default();
            task.add(fix.map(|fix| (found, fix)), layout, text);
        }
        tasks.values_mut().flat_map(BTreeMap::values_mut).for_each(Task::try_all);
        let files = checked.files.iter().map(|file| (&*file.path, file)).filter(|(path, _)| tasks.contains_key(path));
        let files = files.collect();
        let lays_out = !report.summary.not_checked.iter().any(|(rule, _)| rule.role == RuleRole::Layout);
        Self { checked, files, tasks, lays_out }
    }

    /// How many findings were fixed.
    pub(super) fn applied(&self) -> usize {
        self.tasks.values().flat_map(BTreeMap::values).map(Task::applied).sum()
    }

    /// Tries all fixes, and takes back those that do harm, until all that are left make a record better.
    pub(super) fn settle<E>(
        &mut self,
        over: &FileTexts,
        rejected: &mut BTreeSet<RejectedFix>,
        checks: &mut Checks<'_, E>,
        read: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Settled, E> {
        let (mut gave_up, mut postponed) = (false, false);
        loop {
            let changes = self.attempt(over, read);
            if changes.is_empty() {
                if postponed && !gave_up {
                    // What is tried changes nothing, and is rejected so that the next round tries what was postponed.
                    self.all().for_each(|task| task.reject(&self.checked.report, rejected));
                }
                return Ok(if gave_up { Settled::Unknown } else { Settled::Unchanged });
            }
            let mut texts = over.clone();
            texts.extend(changes.iter().map(|(path, (_, after))| (path.clone(), after.clone())));
            let Some(next) = checks.check(&texts)? else { return Ok(Settled::Unknown) };
            let blame = Blame::of(&self.tasks, &self.checked.report, &next.report);
            if blame.is_empty() {
                return Ok(Settled::Better(changes, Box::new(next)));
            }
            postponed |= self.take_back(&blame, rejected);
            gave_up = checks.are_nearly_spent();
            if gave_up {
                self.tasks.values_mut().flat_map(BTreeMap::values_mut).for_each(Task::give_up_in_doubt);
            }
        }
    }

    /// Takes back what does harm. Of suspects that share a finding, half are postponed. Says whether any are.
    fn take_back(&mut self, blame: &Blame, rejected: &mut BTreeSet<RejectedFix>) -> bool {
        let mut is_postponed = false;
        for group in &blame.shared {
            group.iter().for_each(|unit| self.with_task(unit, Task::doubt));
            let is_tried = |unit: &&OwnedUnit| self.task(unit).is_some_and(|task| !task.tried().is_empty());
            let tried: Vec<&OwnedUnit> = group.iter().filter(is_tried).collect();
            for unit in &tried[..tried.len() / 2] {
                self.with_task(unit, Task::postpone);
                is_postponed = true;
            }
        }
        let shared: BTreeSet<&OwnedUnit> = blame.shared.iter().flatten().collect();
        let report = &self.checked.report;
        for unit in blame.worse.iter().filter(|unit| !shared.contains(unit)) {
            self.with_task(unit, |task| task.take_back(report, rejected));
        }
        is_postponed
    }

    fn task(&self, (path, line): &OwnedUnit) -> Option<&Task<'a>> {
        self.tasks.get(path.as_str())?.get(line)
    }

    fn with_task(&mut self, (path, line): &OwnedUnit, change: impl FnOnce(&mut Task<'a>)) {
        if let Some(task) = self.tasks.get_mut(path.as_str()).and_then(|tasks| tasks.get_mut(line)) {
            change(task);
        }
    }

    fn all(&self) -> impl Iterator<Item = &Task<'a>> {
        self.tasks.values().flat_map(BTreeMap::values)
    }

    /// The texts of the files with everything applied that is being tried.
    fn attempt(&mut self, over: &FileTexts, read: &dyn Fn(&str) -> Option<String>) -> Changes {
        let mut changes = Changes::new();
        for (path, tasks) in &mut self.tasks {
            let Some(file) = self.files.get(path) else { continue };
            let Some(before) = over.get(*path).cloned().or_else(|| read(path)) else { continue };
            let mut after = String::with_capacity(before.len());
            let mut offset = 0;
            for (line, piece) in (1..).zip(pieces(file, &before)) {
                let record = if file.is_lines() { piece.trim_ascii_end() } else { piece };
                let fixed = tasks.get_mut(&line).and_then(|task| task.fixed(file, record, offset, self.lays_out));
                after.push_str(fixed.as_deref().unwrap_or(record));
                after.push_str(&piece[record.len()..]);
                offset += piece.len() as u64;
            }
            if before != after {
                changes.insert((*path).to_owned(), (before, after));
            }
        }
        changes
    }
}

/// The records of a file, with the line breaks between them.
fn pieces<'t>(file: &File, text: &'t str) -> Vec<&'t str> {
    if file.is_lines() { text.split_inclusive('\n').collect() } else { vec![text] }
}
