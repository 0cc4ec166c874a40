//! `dangling-reference`: see the page beside this file.

use comity_document::pointer::{Path, Pointer};

use crate::dataset::EntryId;
use crate::kind::Kind;
use crate::lint::{Change, Findings, Fixable, Place, RecordContext, Rule};
use crate::record::Target;
use crate::value::{Id, nearest};

/// The rule.
pub static RULE: Rule = Rule::error(
    "dangling-reference",
    "a reference to a record that does not exist",
    "whoever follows it finds nothing",
    include_str!("dangling_reference.md"),
)
.fixed(Fixable::Suggested);

/// Checks that every reference leads to an entry, decoded or not.
pub fn check(context: &RecordContext<'_>, findings: &mut Findings<'_>) {
    if !context.leads_to(EntryId::GONE) {
        return;
    }
    context.references(&mut |reference, target| {
        let to = reference.to;
        if target.is_some() {
            return;
        }
        let place = Place::of(&reference.at, reference.on_key);
        let near = if findings.are_many() { None } else { near(context, to) };
        let finding = findings.at(context.entry.id, place, format!("there is no {} `{}`", to.kind, to.id));
        let Some(near) = near else {
            finding.help(advice(context, to));
            return;
        };
        let at = reference.at.pointer();
        let written = if names_its_kind(&reference.at) { format!("{}:{near}", to.kind) } else { near.to_owned() };
        finding.help(format!("did you mean `{written}`?"));
        // A key that is there already is no suggestion: two entries under one key would be worse than a wrong key.
        if !reference.on_key {
            let change = Change::Replace { at, with: written.clone().into() };
            finding.suggest(format!("write `{written}`"), change);
        } else if !has_key(context, at.parent().map(|parent| parent.key(&written)).as_ref()) {
            finding.suggest(format!("write `{written}`"), Change::Rename { at, to: written });
        }
    });
}

/// Above this many ids only some are compared: a file may have as many dangling references as there are ids.
const MANY: usize = 10_000;
/// From this line of a file on only some ids are compared, too.
const LATE: u32 = 1_000;
/// How many ids are considered then.
const SOME: usize = 256;
/// How many of these are compared, which takes ten times as long.
const FEW: usize = 16;

/// The id of that kind that was probably meant, other than the record's own.
fn near<'a>(context: &RecordContext<'a>, to: Target<'_>) -> Option<&'a str> {
    let all = context.dataset.sorted_ids(to.kind);
    let own = context.entry.key.as_ref().filter(|own| own.kind == to.kind).map_or("", |own| own.id.as_ref());
    let others = |ids: &'a [Id]| ids.iter().map(AsRef::as_ref).filter(move |id: &&str| *id != own);
    if all.len() > MANY || context.entry.origin.line > LATE {
        return nearest(to.id, likeliest(others(neighbours(all, to.id)), to.id));
    }
    nearest(to.id, others(all))
}

/// The ids with the same beginning; where those are many themselves, the next ones in order.
fn neighbours<'a>(all: &'a [Id], id: &str) -> &'a [Id] {
    let before = |text: &str| all.partition_point(|other| other.as_ref() < text);
    let begin = id.get(..2).unwrap_or_default();
    let from = before(begin);
    let alike = all[from..].partition_point(|other| other.as_ref().starts_with(begin));
    if alike <= SOME {
        return &all[from..from + alike];
    }
    let here = before(id);
    &all[here.saturating_sub(SOME / 2)..(here + SOME / 2).min(all.len())]
}

/// The ids that differ least from an id between a common beginning and a common end: one slip leaves both as they are.
fn likeliest<'a>(ids: impl Iterator<Item = &'a str>, id: &str) -> impl Iterator<Item = &'a str> {
    let mut ids: Vec<_> = ids.map(|other| (lacking(other.as_bytes(), id.as_bytes()), other)).collect();
    if ids.len() > FEW {
        ids.select_nth_unstable(FEW);
        ids.truncate(FEW);
    }
    ids.into_iter().map(|(_, other)| other)
}

/// How much of the longer id is neither in the common beginning nor in the common end.
fn lacking(one: &[u8], other: &[u8]) -> usize {
    let begin = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    one.len().max(other.len()) - (begin + end).min(one.len()).min(other.len())
}

fn advice(context: &RecordContext<'_>, to: Target<'_>) -> String {
    let other = Kind::ALL.into_iter().find(|kind| context.dataset.find(Target { kind: *kind, ..to }).is_some());
    let add = format!("add the record as {}/{}.json", to.kind, to.id);
    match other {
        Some(other) => {
            let (other, wanted) = (other.with_article(), to.kind.with_article());
            format!("{other} is called so, but here {wanted} is wanted; {add}")
        }
        None => format!("{add}, or correct the id"),
    }
}

fn has_key(context: &RecordContext<'_>, key: Option<&Pointer>) -> bool {
    let mut found = false;
    context.record.references(&mut |other| found |= other.on_key && Some(&other.at.pointer()) == key);
    found
}

/// Whether a reference at this place is written with its kind.
pub(crate) fn names_its_kind(at: &Path<'_>) -> bool {
    matches!(at.field(), Some("under" | "related" | "about" | "distinct_from" | "retired"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::StringFormat as _;

    #[test]
    fn of_many_ids_those_are_compared_that_begin_alike_or_stand_next_to_it() {
        let ids = |names: &[String]| -> Vec<Id> { names.iter().map(|name| Id::parse(name).expect("an id")).collect() };
        let numbered = |from: usize| (from..from + SOME + 9).map(|n| format!("ra-{n:05}"));
        let few = ids(&["qatar".to_owned(), "rabat".to_owned(), "rome".to_owned()]);
        assert_eq!(neighbours(&few, "rabt"), &few[1..2]);
        assert_eq!(neighbours(&few, "zz"), &few[..0]);
        assert_eq!(neighbours(&[], "rabt"), &[]);
        let many = ids(&numbered(10_000).collect::<Vec<_>>());
        for (id, first) in [("ra-10100x", 0), ("ra-10200", 72), ("ra", 0), ("ra-x", many.len() - SOME / 2)] {
            let found = neighbours(&many, id);
            assert!(found.len() <= SOME && found[0] == many[first], "{id}: {:?}", found[0]);
        }
    }

    /// Only these ids are compared in full, however many references of a file are dangling.
    #[test]
    fn of_many_ids_that_are_alike_few_are_compared_and_the_one_with_a_slip_is_among_them() {
        let all: Vec<String> = (0..SOME).map(|n| format!("seminar-in-rabat-{n:03}")).collect();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        for slip in ["seminr-in-rabat-117", "seminar-in-rabatt-117", "esminar-in-rabat-117", "seminar-in-tabat-117"] {
            let found: Vec<&str> = likeliest(all.iter().copied(), slip).collect();
            assert_eq!((found.len(), nearest(slip, found)), (FEW, Some("seminar-in-rabat-117")), "{slip}");
        }
        assert!(likeliest(all[..FEW].iter().copied(), "x").eq(all[..FEW].iter().copied()));
        assert_eq!((lacking(b"aa", b"aaa"), lacking(b"abc", b"axc"), lacking(b"", b"ab")), (1, 1, 2));
    }
}
