//! `not-member-then`: see the page beside this file.

use comity_document::at;

use crate::dataset::{Acted, Dataset, Entry, Field, LinkEnd, RecordType, Summary, Way};
use crate::lint::{Finding, Findings, Place, RecordContext, Rule, Screen, SummaryContext};
use crate::query::time::{self, Acting, Apart, Capacity};
use crate::record::{ActivityRole, Actor, ActorType, AgreementType, Body, Framework, FrameworkType, Record};
use crate::value::{NonEmptyMap, Ref, Truth};

/// The rule.
pub static RULE: Rule = Rule::error(
    "not-member-then",
    "a partner in a partnership it did not belong to then",
    "the partnership would be credited with what had nothing to do with it",
    include_str!("not_member_then.md"),
);

/// Doubts a record with a partner that may have been no member of a partnership.
pub static SCREEN: Screen = Screen { alone: |_| false, doubts };

fn doubts(kept: &SummaryContext<'_>) -> bool {
    let way = match kept.summary.r#type {
        RecordType::Agreement(AgreementType::PartnershipProgramme) => Way::Party,
        RecordType::Activity(_, true) => Way::Participant,
        _ => return false,
    };
    let is_dated = |whole: &&Summary| whole.r#type == RecordType::Framework(FrameworkType::Partnership, true);
    kept.named_in(Field::Under).filter(is_dated).any(|partnership| {
        kept.acting().filter(|(acted, _)| acted.way == way).any(|(acted, actor)| {
            actor.is_some_and(|actor| may_be_apart(kept, (kept.end_of(acted), actor), acted, partnership))
        })
    })
}

/// Whether an actor may have been no member at the time: of all memberships by which it may be one, none must lie
/// apart.
fn may_be_apart(
    kept: &SummaryContext<'_>,
    (end, actor): (LinkEnd, &Summary),
    acted: &Acted,
    partnership: &Summary,
) -> bool {
    let above = |body: &LinkEnd| {
        let body = kept.dataset.summary_of(*body)?;
        body.links.iter().find(|link| link.field() == Field::PartOf).map(|link| link.end())
    };
    let bodies: Vec<LinkEnd> = std::iter::successors(Some(end), above).take(BODIES).collect();
    let is_convenor =
        |body: &LinkEnd| partnership.links.iter().any(|link| link.field() == Field::Convenors && link.end() == *body);
    if bodies.iter().any(is_convenor) {
        return false;
    }
    let mut terms = partnership.acting.iter().filter(|term| term.way == Way::Member).filter(|term| {
        let member = partnership.links[term.link as usize].end();
        let country = || kept.dataset.summary_of(member).and_then(|member| member.country);
        bodies.contains(&member) || actor.country.is_some() && country() == actor.country
    });
    let mut known = terms.by_ref().peekable();
    if known.peek().is_none() {
        return acted.way == Way::Party;
    }
    known.any(|term| acted.days.apart(term.days))
}

/// Checks the parties of a partnership programme, and the participants with the role of a partner.
pub fn check(context: &RecordContext<'_>, findings: &mut Findings<'_>) {
    if !time::stands(context.record) {
        return;
    }
    let partnerships: Vec<_> = partnerships(context).collect();
    if partnerships.is_empty() {
        return;
    }
    time::acting(context.record, context.dataset.as_of, &mut |acting| {
        if !is_partner(context.record, &acting) {
            return;
        }
        // A member of one of the partnerships is a partner; and where one membership is not known, nothing is known.
        let verdicts: Option<Vec<_>> =
            partnerships.iter().map(|partnership| verdict(context, &acting, partnership, findings.least())).collect();
        let Some(verdicts) = verdicts else { return };
        let truth = verdicts.iter().map(|(_, verdict)| verdict.truth()).min();
        if let Some(((partnership, verdict), truth)) = verdicts.first().zip(truth) {
            report(context, &acting, partnership, verdict, findings).truth(truth);
        }
    });
}

type Partnership<'a> = (&'a Entry, &'a Framework);

/// The partnerships that a record is directly under, where they know the time of a member.
fn partnerships<'a>(context: &RecordContext<'a>) -> impl Iterator<Item = Partnership<'a>> {
    let under = context.record.envelope.under.iter().flat_map(|under| under.iter());
    under.filter_map(|container| {
        let (entry, record) = context.dataset.record(container.into())?;
        let Body::Framework(framework) = &record.body else { return None };
        let mut members = framework.members.iter().flat_map(NonEmptyMap::values);
        let dated = members.any(|member| member.steps.iter().len() > 0);
        let fits = time::stands(record) && framework.r#type == FrameworkType::Partnership && dated;
        fits.then_some((entry, framework))
    })
}

fn is_partner(record: &Record, acting: &Acting<'_>) -> bool {
    match (&record.body, acting.named) {
        (Body::Agreement(agreement), Capacity::Party(_)) => agreement.r#type == AgreementType::PartnershipProgramme,
        (Body::Activity(activity), Capacity::Participant(_)) => {
            let participant = activity.participants.get(acting.actor);
            participant.is_some_and(|participant| participant.roles.contains(&ActivityRole::Partner))
        }
        _ => false,
    }
}

/// Why an actor definitely is no member at the time.
enum Verdict<'a> {
    /// The actor was a member at another time.
    Apart(Apart<'a>),
    /// The actor is on no list of members.
    Absent,
}

impl Verdict<'_> {
    fn truth(&self) -> Truth {
        match self {
            Self::Apart(apart) => apart.truth,
            Self::Absent => Truth::Definitely,
        }
    }
}

/// `None` where the actor is a member, where that is not known, and where another rule reports the fault.
fn verdict<'a>(
    context: &RecordContext<'a>,
    acting: &Acting<'a>,
    (entry, framework): &Partnership<'a>,
    least: Truth,
) -> Option<(Partnership<'a>, Verdict<'a>)> {
    let (_, record, actor) = context.dataset.get(acting.actor)?;
    let exists = time::stands(record) && acting.span.apart_if(&time::life(record), least).is_none();
    let begun =
        context.dataset.recall(entry).is_some_and(|record| acting.span.apart_if(&time::life(record), least).is_none());
    let convenes = |body: &Ref<Actor>| framework.convenors.contains(body);
    if !exists || !begun || bodies(context.dataset, acting.actor).any(convenes) {
        return None;
    }
    let members = framework.members.as_ref()?;
    let own = bodies(context.dataset, acting.actor).find_map(|body| members.iter().find(|(member, _)| *member == body));
    let state = |member: &Ref<Actor>| {
        let country = context.dataset.get(member).and_then(|(.., member)| member.country);
        country.is_some() && country == actor.country
    };
    let verdict = match own.or_else(|| members.iter().find(|(member, _)| state(member))) {
        Some((member, membership)) => {
            let apart = acting.span.apart_if(&time::membership(member.as_ref(), membership), least)?;
            let prepares = apart.before && time::only_prepares(context.record);
            (!prepares).then_some(Verdict::Apart(apart))
        }
        // Bodies other than states take part in what partners do; only a party is a partner, or stands for one.
        None => {
            (actor.r#type == ActorType::State && matches!(acting.named, Capacity::Party(_))).then_some(Verdict::Absent)
        }
    };
    verdict.map(|verdict| ((*entry, *framework), verdict))
}

/// How many bodies above an actor are looked at.
const BODIES: usize = 8;

/// An actor and the bodies it is part of, upwards. [`reference_cycle`](crate::rules::reference::reference_cycle)
/// reports circles, which end here.
fn bodies<'a>(dataset: &'a Dataset, actor: &'a Ref<Actor>) -> impl Iterator<Item = &'a Ref<Actor>> {
    let above = |body: &&'a Ref<Actor>| dataset.get(body).and_then(|(.., body)| body.part_of.as_ref());
    std::iter::successors(Some(actor), above).take(BODIES)
}

fn report<'f>(
    context: &RecordContext<'_>,
    acting: &Acting<'_>,
    (entry, _): &Partnership<'_>,
    verdict: &Verdict<'_>,
    findings: &'f mut Findings<'_>,
) -> &'f mut Finding {
    let actor = acting.actor.as_ref();
    let partnership = entry.key.as_ref().map_or("it", |key| key.id.as_ref());
    let members = at!["members"];
    match verdict {
        Verdict::Apart(apart) => {
            let (when, verb) = if apart.before { ("not yet", "begins") } else { ("no longer", "ends") };
            let (own, edge) = (apart.own.text, apart.other.text);
            let message = format!(
                "`{actor}` was {when} a member of `{partnership}`: this is dated `{own}`, the membership {verb} `{edge}`"
            );
            findings
                .at(context.entry.id, acting.place(), message)
                .help("correct the date that is wrong, or take the partnership out of `under`")
                .related(context.entry.id, apart.own.place(), "dated here")
                .related(entry.id, apart.other.place(), format!("the membership {verb} here"))
        }
        Verdict::Absent => {
            let message = format!("`{actor}` is not among the members of `{partnership}`");
            findings
                .at(context.entry.id, acting.place(), message)
                .help("add it there with the day it joined, or take the partnership out of `under`")
                .related(entry.id, Place::Key(members), "its members")
        }
    }
}
