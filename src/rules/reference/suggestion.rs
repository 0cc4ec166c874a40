//! What is meant by a reference that leads nowhere, in the words of the person who typed it.

use super::gone::{Fate, Gone};
use super::{each_as_entry, other_thing, tree, wrong_kind_reference};
use crate::dataset::{Dataset, Entry};
use crate::kind::Kind;
use crate::lint::{Finding, Fix, Wanted, WantedForm};
use crate::query::names::{Identities, NameAnswer, NameIndex, NameMatch, command_for_new};
use crate::query::time;
use crate::record::{Record, Target};
use crate::value::{Id, Key, StringFormat as _, Url, folded, short};

/// Completes the findings that want a record: says which is meant, or how to find or to add one. A fix is offered only
/// where one record is meant and no other is likely, and never as a safe one. `base` is the earlier state with which the
/// dataset was compared.
pub(crate) fn suggest<'f>(findings: impl Iterator<Item = &'f mut Finding>, dataset: &Dataset, base: Option<&Dataset>) {
    let (names, identities, gone) = (NameIndex::of(dataset), Identities::of(dataset), Gone::between(base, dataset));
    let mut unnamed = Vec::new();
    for finding in findings {
        let Some(wanted) = finding.wanted.take() else { continue };
        if wanted.form == WantedForm::Pages {
            of_pages(finding, &wanted, &identities);
            continue;
        }
        if let WantedForm::Entries { value, codes } = &wanted.form {
            let own = dataset.get_entry(finding.entry).and_then(|entry| Some(entry.key.as_ref()?.kind));
            each_as_entry::advise(finding, &wanted, (value, codes), &kinds(&wanted, own), &names);
            continue;
        }
        let target = wanted.kind.map(|kind| Target { kind, id: &wanted.text });
        if let Some(file) = target.and_then(|target| dataset.unstaged(target)) {
            finding.help(format!("the file is there, but not staged: `git add {file}`"));
            finding.offer(None);
            continue;
        }
        if let Some(fate) = gone.fate(&wanted) {
            of_change(finding, &wanted, &fate, dataset);
            continue;
        }
        let own = dataset.get_entry(finding.entry).and_then(|entry| entry.key.as_ref());
        let others = |found: &NameMatch<'_>| Some(found.key) != own;
        let kinds = &kinds(&wanted, own.map(|own| own.kind))[..];
        let by_id = by_id(&wanted.text, kinds, dataset).map(|found| (found, true));
        let known = by_id.or_else(|| identities.find(&wanted.text, kinds));
        if let Some(((key, record), is_sure)) = known.filter(|((key, _), _)| Some(*key) != own) {
            one(finding, &wanted, key, record.title().unwrap_or(key.id.as_ref()), dataset);
            if !is_sure {
                finding.offer(None);
            }
            continue;
        }
        // Other pages have addresses like this one, and what to do with an address is said already.
        if Url::parse(&wanted.text).is_ok() {
            continue;
        }
        if let Some(help) = without_kind(&wanted, kinds, dataset) {
            finding.help(help);
            finding.offer(None);
            continue;
        }
        let answer = names.answer_among(&wanted.text, kinds, others);
        if let Some(each) = names.each_of(&wanted.text, kinds, &answer) {
            each_by_itself(finding, &wanted, &each);
            continue;
        }
        if let Some(help) = other_thing::advice(&wanted, kinds, &answer, &names, &identities) {
            finding.help(help);
            finding.offer(None);
            continue;
        }
        match answer {
            NameAnswer::One(found) => one(finding, &wanted, found.key, found.title(), dataset),
            NameAnswer::Several(found) if !is_id_elsewhere(&wanted, dataset) => several(finding, &wanted, &found),
            // What was offered without a look at the records would lead to another fault.
            _ => {
                finding.offer(None);
                unnamed.extend(wanted.kind.map(|kind| (finding, wanted, kind)));
            }
        }
    }
    without_name(&mut unnamed, &names);
}

/// Says of each text that no record of its kind has such a name, and what else has.
fn without_name(unnamed: &mut [(&mut Finding, Box<Wanted>, Kind)], names: &NameIndex<'_>) {
    let texts: Vec<(&str, Kind)> = unnamed.iter().map(|(_, wanted, kind)| (wanted.text.as_str(), *kind)).collect();
    let elsewhere = names.exact_elsewhere(&texts);
    for ((finding, wanted, kind), other) in unnamed.iter_mut().zip(elsewhere) {
        none(finding, wanted, *kind, other.as_ref(), names.dataset());
    }
}

/// The only record of these kinds that has an id. Withdrawn records are left out.
fn by_id<'a>(id: &str, kinds: &[Kind], dataset: &'a Dataset) -> Option<(&'a Key, &'a Record)> {
    let entries = kinds.iter().filter_map(|kind| dataset.find(Target { kind: *kind, id }));
    let records = entries.filter_map(|entry| Some((entry.key.as_ref()?, dataset.recall(entry)?)));
    let mut found = records.filter(|(_, record)| time::stands(record));
    found.next().filter(|_| found.next().is_none())
}

/// The kinds of record that may stand in the place: one, or those that the field admits.
fn kinds(wanted: &Wanted, own: Option<Kind>) -> Vec<Kind> {
    let field = wanted.field();
    let admits = |kind: &Kind| own.is_none_or(|own| wrong_kind_reference::admits(own, &field, *kind));
    match wanted.kind {
        Some(kind) if admits(&kind) => vec![kind],
        _ => Kind::ALL.into_iter().filter(admits).collect(),
    }
}

/// What to say of an id that stands without its kind and that records of several kinds have, or none that may stand here.
fn without_kind(wanted: &Wanted, kinds: &[Kind], dataset: &Dataset) -> Option<String> {
    let has = |kind: &Kind| dataset.find(Target { kind: *kind, id: &wanted.text }).is_some();
    let written = |kind: Kind| format!("`{}`", wanted.written(kind, &wanted.text));
    let fit: Vec<Kind> = kinds.iter().copied().filter(has).collect();
    if fit.len() > 1 {
        return Some(format!("did you mean {}?", either(&fit.into_iter().map(written).collect::<Vec<_>>())));
    }
    let other = Kind::ALL.into_iter().find(has).filter(|_| wanted.kind.is_none() && fit.is_empty())?;
    let kinds: Vec<String> = kinds.iter().map(|kind| kind.with_article()).collect();
    Some(format!("{} is {}; name {}", written(other), other.with_article(), either(&kinds)))
}

/// Whether a record of another kind has the very id.
fn is_id_elsewhere(wanted: &Wanted, dataset: &Dataset) -> bool {
    Kind::ALL.into_iter().any(|kind| dataset.find(Target { kind, id: &wanted.text }).is_some())
}

/// How many addresses of one list are looked up. A hostile list has thousands.
const PAGES: usize = 20;

/// Says which of the pages with the addresses that were typed are on record. Without any, what was said stays.
fn of_pages(finding: &mut Finding, wanted: &Wanted, identities: &Identities<'_>) {
    let (mut known, mut new) = (Vec::new(), Vec::new());
    for address in wanted.text.split(' ').take(PAGES) {
        match identities.find(address, &[Kind::Source]) {
            Some(((key, _), _)) => known.push(format!("\"{}\": {{ \"stance\": \"reports\" }}", key.id)),
            None => new.push(format!("`{}`", short(address))),
        }
    }
    if known.is_empty() {
        return;
    }
    let entries = format!("on record already: write {{ {} }}", known.join(", "));
    finding.help(match new.len() {
        0 => entries,
        _ => format!("{entries}; and make a record in source/ for {}, to name it here, too", new.join(", ")),
    });
}

fn one(finding: &mut Finding, wanted: &Wanted, key: &Key, title: &str, dataset: &Dataset) {
    let written = wanted.written(key.kind, key.id.as_ref());
    if dataset.get_entry(finding.entry).is_some_and(|entry| stands_beside(entry, wanted, key, dataset)) {
        finding
            .help(format!("`{written}` stands here already: move what this entry says there, and delete this entry"));
        finding.offer(None);
        return;
    }
    finding.help(format!("did you mean {}?", named(wanted, key, title)));
    let what = match wanted.form {
        WantedForm::ListUnder(field) => format!("write `\"{field}\": [\"{written}\"]`"),
        _ => format!("write `{written}`"),
    };
    finding.offer(Fix { what, changes: wanted.changes(&written), safe: false });
}

/// Says what the change made of the record, which stood there before.
fn of_change(finding: &mut Finding, wanted: &Wanted, fate: &Fate<'_>, dataset: &Dataset) {
    match fate {
        Fate::Renamed(now) => {
            one(finding, wanted, now, now.id.as_ref(), dataset);
            if finding.fix.is_some() {
                let now = wanted.written(now.kind, now.id.as_ref());
                finding.help(format!("this change calls the record `{now}`: write that, or give it its old name back"));
            }
        }
        Fate::Removed => {
            finding.help("this change removes the record: put it back, or remove this reference".to_owned());
            finding.offer(None);
        }
    }
}

/// Whether a record is named already in the list, or among the entries, in which the text stands.
fn stands_beside(entry: &Entry, wanted: &Wanted, key: &Key, dataset: &Dataset) -> bool {
    let (target, around) = (Target::from(key), wanted.at.parent());
    let Some(record) = dataset.recall(entry) else {
        let is_it =
            |other: &Wanted| other.kind == Some(key.kind) && other.text == target.id && other.at.parent() == around;
        return entry.undecoded_references().iter().any(is_it);
    };
    let mut found = false;
    record.references(&mut |reference| found |= reference.to == target && reference.at.pointer().parent() == around);
    let is_it = |other: &Wanted| {
        other.kind == Some(key.kind)
            && other.written(key.kind, &other.text) == wanted.written(key.kind, target.id)
            && other.at.parent() == around
    };
    found || tree::said(record).iter().any(is_it)
}

/// Says of a text that names several records which these are.
fn each_by_itself(finding: &mut Finding, wanted: &Wanted, each: &[NameMatch<'_>]) {
    let named: Vec<String> = each.iter().map(|found| named(wanted, found.key, found.title())).collect();
    finding.help(format!("this names several records: write each by itself, {}", named.join(", ")));
    finding.offer(None);
}

fn several(finding: &mut Finding, wanted: &Wanted, found: &[NameMatch<'_>]) {
    let named: Vec<String> = found.iter().map(|found| named(wanted, found.key, found.title())).collect();
    finding.help(format!("did you mean {}?", either(&named)));
    finding.offer(None);
}

/// Names of which one is meant: `a, b or c`.
fn either(names: &[String]) -> String {
    match names {
        [before @ .., last] if !before.is_empty() => format!("{} or {last}", before.join(", ")),
        _ => names.concat(),
    }
}

/// A record as it would be written here, with its name where the id does not say it already.
pub(super) fn named(wanted: &Wanted, key: &Key, title: &str) -> String {
    let written = wanted.written(key.kind, key.id.as_ref());
    let written = match wanted.form {
        WantedForm::ListUnder(field) => format!("\"{field}\": [\"{written}\"]"),
        _ => written,
    };
    if folded(title) == folded(key.id.as_ref()) {
        return format!("`{written}`");
    }
    format!("`{written}` ({})", short(title))
}

fn none(finding: &mut Finding, wanted: &Wanted, kind: Kind, elsewhere: Option<&NameMatch<'_>>, dataset: &Dataset) {
    let id = Id::of_name(&wanted.text);
    let file = id.as_ref().map_or_else(|| format!("a record in {kind}/"), |id| format!("{kind}/{id}.json"));
    if let Some(other) = elsewhere {
        let (other_kind, article) = (other.key.kind.with_article(), kind.with_article());
        let called = if other.key.id.as_ref() == wanted.text {
            format!("{other_kind} is called so")
        } else {
            format!("{other_kind}, `{}`, is called so", other.key.id.as_ref())
        };
        let seat = format!("{}-headquarters", other.key.id.as_ref());
        let is_seat = kind == Kind::Place && dataset.find(Target { kind, id: &seat }).is_some();
        let name = if is_seat { format!("did you mean `{seat}`? If not, name another") } else { "name one".to_owned() };
        finding.help(format!("{called}, but here {article} is wanted; {name}, or add {file}"));
        return;
    }
    let field = match wanted.form {
        WantedForm::ListUnder(field) => format!("did you mean `{field}`? "),
        _ => String::new(),
    };
    finding.help(format!(
        "{field}nothing like it is on record: look with `comity search {}`, or add {file} with `{}`",
        quoted(&wanted.text),
        command_for_new(&wanted.text, &[kind])
    ));
}

/// The words of a text as one argument of a command: letters and digits only, so that no shell reads anything else.
fn quoted(text: &str) -> String {
    let words = folded(&short(text));
    if words.contains(' ') { format!("\"{words}\"") } else { words }
}
