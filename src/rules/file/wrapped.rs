//! A record inside something else: `{ "event": { … } }`.

use std::ops::Range;

use comity_document::at;
use comity_document::document::{Member, Node};
use comity_document::pointer::Span;

use crate::dataset::EntryId;
use crate::kind::Kind;
use crate::lint::{Change, Finding, Findings, Fix, Place};
use crate::rules::schema::unknown_field;
use crate::schema;
use crate::value::short;

/// Reports a record that stands inside a field that no record has, and returns whether there is one. All that the schema says of
/// what stands around the record would mislead.
pub fn over_wrapped(root: &Node<'_>, kind: Kind, text: &str, entry: EntryId, out: &mut Vec<Finding>) -> bool {
    let Some(around) = around(root, kind) else { return false };
    let name = short(around.key);
    let is_alone = root.members().len() == 1;
    let help = if is_alone {
        format!("take the record out: remove `{{ \"{name}\":` before it and the last `}}` behind it")
    } else {
        format!("take the record out: what stands in `{name}` belongs beside the other fields")
    };
    let message = format!("the whole record stands inside `{name}`, and a record is not put inside anything");
    let mut findings = Findings::new(&unknown_field::RULE, out);
    let fix = if is_alone { unwrapped(root, around, text) } else { None };
    findings.at(entry, Place::Key(at![around.key]), message).help(help).offer(fix);
    true
}

/// The only field of a record besides those that follow from its path, where the kind lacks that field and a record stands in it.
fn around<'t>(root: &'t Node<'t>, kind: Kind) -> Option<&'t Member<'t>> {
    let is_field = |name: &str| schema::structure(kind)["properties"].get(name).is_some();
    let mut others = root.members().iter().filter(|member| !schema::is_placed(member.key));
    let only = others.next().filter(|only| others.next().is_none() && !is_field(only.key))?;
    let inside = only.value.members().iter().filter(|member| !schema::is_placed(member.key));
    let (known, unknown): (Vec<&Member<'_>>, Vec<_>) = inside.partition(|member| is_field(member.key));
    (known.len() >= 2 && known.len() > unknown.len()).then_some(only)
}

/// The fix that removes what stands around the record, where that is nothing but brackets and the name.
fn unwrapped(root: &Node<'_>, around: &Member<'_>, text: &str) -> Option<Fix> {
    let (whole, name, inside) = (root.span.range(), around.key_span.range(), around.value.span.range());
    let is_plain = |part: Range<usize>| {
        let part = text.get(part);
        part.is_some_and(|part| part.chars().all(|c| c.is_whitespace() || matches!(c, '{' | '}' | ':' | ',')))
    };
    let removes_nothing = is_plain(whole.start..name.start) && is_plain(name.end..inside.start);
    let changes = [whole.start..inside.start, inside.end..whole.end]
        .map(|part| Change::Bytes { at: Span::new(part.start, part.end), with: String::new() });
    (removes_nothing && is_plain(inside.end..whole.end)).then(|| Fix {
        what: "take the record out".to_owned(),
        changes: changes.into(),
        safe: false,
    })
}
