//! `wrong-kind-reference`: see the page beside this file.

use comity_document::at;
use comity_document::pointer::Path;

use super::self_reference;
use crate::dataset::{Field, RecordType};
use crate::kind::Kind;
use crate::lint::{AloneContext, Findings, Place as At, RecordContext, Rule, Screen, SummaryContext};
use crate::record::{ActorType, FrameworkType, PlaceType, Record, Reference};
use crate::value::Code;

/// The rule.
pub static RULE: Rule = Rule::error(
    "wrong-kind-reference",
    "a reference to a record that cannot stand in this field",
    "lists and counts follow this field, and would say something that is not so",
    include_str!("wrong_kind_reference.md"),
);

/// Doubts a record with a reference to a kind or to a type that the field does not admit.
pub static SCREEN: Screen = Screen { alone: names_an_unfit_kind, doubts };

fn names_an_unfit_kind(context: &AloneContext<'_>) -> bool {
    let (kind, mut unfit) = (context.record.kind(), false);
    // Other fields have references of one kind.
    if context.record.envelope.under.is_some() || context.record.envelope.related.is_some() {
        context.record.references(&mut |reference| unfit |= misfit_of(kind, &reference).is_some());
    }
    unfit
}

fn doubts(kept: &SummaryContext<'_>) -> bool {
    kept.summary.links.iter().any(|link| {
        let field = match link.field() {
            Field::Evidence | Field::Participants => return false,
            Field::Offices => "organisation",
            field => field.name(),
        };
        let target = kept.dataset.summary_of(link.end());
        target.is_some_and(|target| type_misfit(kept.summary.r#type, field, target.r#type).is_some())
    })
}

/// Checks that every reference leads to a kind of record, and to a type of actor, place or theme, that the field
/// admits.
pub fn check(context: &RecordContext<'_>, findings: &mut Findings<'_>) {
    let is_retired = |record: &Record| record.envelope.retired.is_some();
    if is_retired(context.record) {
        return;
    }
    context.references(&mut |reference, target| {
        let is_own = context.entry.key.as_ref().is_some_and(|own| self_reference::is(own, reference.to));
        let Some(target) = target.filter(|_| !is_own) else { return };
        let record = context.dataset.recall(target);
        if record.is_some_and(is_retired) {
            return;
        }
        let of_kind = misfit_of(context.record.kind(), &reference);
        let types = || Some((RecordType::from(&context.record.body), RecordType::from(&record?.body)));
        let of_type = || types().and_then(|(own, target)| type_misfit(own, field_of(&reference), target));
        let Some(misfit) = of_kind.or_else(of_type) else { return };
        let field = field_of(&reference);
        let message = format!("`{field}` names `{}`, which is {}", reference.to.id, misfit.is);
        let finding = findings.at(context.entry.id, At::of(&reference.at, reference.on_key), message).help(misfit.help);
        match misfit.shown {
            Some(ShownKind::Own) => finding.related(context.entry.id, at!["type"], "what this record is"),
            Some(ShownKind::Target) => finding.related(target.id, at!["type"], "what it is"),
            None => finding,
        };
    });
}

/// The field that holds the reference, which may lie deep in the record.
fn field_of<'a>(reference: &Reference<'a>) -> &'a str {
    match reference.at {
        Path::Key(_, key) if !reference.on_key => key,
        _ => reference.at.field().unwrap_or_default(),
    }
}

/// Why a reference does not fit its field.
struct Misfit {
    /// What the target is; reads well after "which is".
    is: String,
    /// What to write instead.
    help: &'static str,
    /// The record whose type explains the misfit; `None` for kinds, which the reference itself shows.
    shown: Option<ShownKind>,
}

enum ShownKind {
    Own,
    Target,
}

/// Whether a field of a record of the `own` kind admits references to a kind.
pub(crate) fn admits(own: Kind, field: &str, kind: Kind) -> bool {
    kind_misfit(own, field, kind).is_none()
}

fn misfit_of(own: Kind, reference: &Reference<'_>) -> Option<Misfit> {
    kind_misfit(own, reference.at.field()?, reference.to.kind)
}

/// The misfit in a field that may name any kind.
fn kind_misfit(own: Kind, field: &str, kind: Kind) -> Option<Misfit> {
    let help = match (field, kind) {
        ("under", Kind::Place) if own == Kind::Place => return None,
        ("under", _) if own == Kind::Place => "a place lies under a larger place; name one, as in `place:…`",
        ("under", Kind::Framework | Kind::Operation | Kind::Activity | Kind::Event) => return None,
        ("under", Kind::Agreement) => "write it under `related`, with `implements` or `based-on`",
        ("under" | "related", Kind::Place) if own != Kind::Place => "a place where it happened belongs under `places`",
        ("under", _) => "name a framework, an operation, an activity or an event",
        ("related", Kind::Source) => "a source belongs under `evidence`",
        ("related", Kind::Theme) => "a subject belongs under `themes`",
        _ => return None,
    };
    Some(Misfit { is: kind.with_article(), help, shown: None })
}

/// The misfit in a field of one kind: a type that the field does not admit.
fn type_misfit(own: RecordType, field: &str, target: RecordType) -> Option<Misfit> {
    match target {
        RecordType::Actor(actor) => {
            let (help, shown) = match field {
                "part_of" => part_misfit(own, actor)?,
                _ => (actor_misfit(own, field, actor)?, ShownKind::Target),
            };
            Some(Misfit { is: with_article(actor), help, shown: Some(shown) })
        }
        RecordType::Place(place) => {
            let at_sea = matches!(place, PlaceType::SeaArea | PlaceType::Strait);
            let help = "name the city, the base or the building of the headquarters";
            let misfit = || Misfit { is: with_article(place), help, shown: Some(ShownKind::Target) };
            (field == "seat" && at_sea).then(misfit)
        }
        RecordType::Theme(only_groups) => {
            let help = "a theme without `broader` only groups others; name one of those";
            let misfit = || Misfit { is: "a heading".to_owned(), help, shown: None };
            (field == "themes" && only_groups).then(misfit)
        }
        _ => None,
    }
}

/// The misfit in `part_of`: a body is part of a body, and neither end is a state or a person.
fn part_misfit(own: RecordType, target: ActorType) -> Option<(&'static str, ShownKind)> {
    let own = if let RecordType::Actor(own) = own { Some(own) } else { None };
    Some(match (own, target) {
        (Some(ActorType::Person), _) => {
            ("a person belongs to a body by an office: name the body under `offices`", ShownKind::Own)
        }
        (Some(ActorType::State), ActorType::State) => {
            ("a state is no part of another; leave `part_of` out", ShownKind::Own)
        }
        (Some(ActorType::State), _) => {
            ("a state is a member, not a part: name it under `members` there", ShownKind::Own)
        }
        (_, ActorType::State) => ("leave `part_of` out; `country` says whose body it is", ShownKind::Target),
        (_, ActorType::Person) => ("name the body that this one is a part of", ShownKind::Target),
        _ => return None,
    })
}

fn actor_misfit(own: RecordType, field: &str, target: ActorType) -> Option<&'static str> {
    use ActorType::{DiplomaticMission, Group, Ministry, Organisation, Person, State};
    Some(match (field, target) {
        ("organisation", Person) => "name the body that the office is in",
        ("members", Person) => "name the body under the `offices` of the person; members are states and bodies",
        ("members", Ministry | DiplomaticMission) if joins_as_states(own) => {
            "name the state; its ministries and missions act for it"
        }
        ("parties", Person) => "name the state or the body that the person signed for",
        ("lead", Person) => "name the organisation or the state that leads the operation",
        ("convenors", Person) => "name the organisation, the state or the body that set it up",
        ("for", Person) => "name the state or the body on whose behalf it is",
        ("claims", State | Organisation | Group) => return None,
        ("claims", _) => "name the state or the organisation that administers or claims the place",
        _ => return None,
    })
}

/// Whether the members are states, so that a state's ministry cannot be one.
fn joins_as_states(own: RecordType) -> bool {
    matches!(
        own,
        RecordType::Actor(ActorType::Organisation | ActorType::Group)
            | RecordType::Framework(FrameworkType::Partnership, _)
    )
}

/// A type in a sentence: `an armed force`.
fn with_article(code: impl Code) -> String {
    let words = code.code().replace('-', " ");
    let article = if words.starts_with(['a', 'e', 'i', 'o']) || words == "ngo" { "an" } else { "a" };
    format!("{article} {words}")
}
