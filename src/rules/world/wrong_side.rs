//! `wrong-side`: see the page beside this file.

use super::kept_side::{KeptSide, bodies, side_of};
use crate::dataset::{Acted, Way};
use crate::lint::{Findings, RecordContext, Rule, Screen, SummaryContext};
use crate::query::sides::{self, Side};
use crate::query::time::{self, Acting, Capacity};

/// The rule.
pub static RULE: Rule = Rule::warning(
    "wrong-side",
    "somebody who acts for another state than their own",
    "one state would be credited with what another one said or did",
    include_str!("wrong_side.md"),
);

/// Doubts a record in which somebody may act for another actor of another country.
pub static SCREEN: Screen = Screen { alone: |_| false, doubts };

fn doubts(kept: &SummaryContext<'_>) -> bool {
    let countries = |acted: &Acted| -> Vec<[u8; 2]> {
        let bodies = bodies(kept.dataset, kept.end_of(acted), acted.days).unwrap_or_default();
        let country = |body| match side_of(kept.dataset, body)? {
            KeptSide::Country(country) => Some(country),
            KeptSide::Several | KeptSide::Own(_) => None,
        };
        bodies.into_iter().filter_map(country).collect()
    };
    let pairs = kept.summary.acting.windows(2);
    pairs.filter(|pair| matches!(pair[1].way, Way::Behind | Way::BehindSpeaker)).any(|pair| {
        let (own, behind) = (countries(&pair[0]), countries(&pair[1]));
        own.iter().any(|own| behind.iter().any(|behind| own != behind))
    })
}

/// Checks every `for` of a participant and of a speaker.
pub fn check(context: &RecordContext<'_>, findings: &mut Findings<'_>) {
    if !time::stands(context.record) {
        return;
    }
    let mut representative: Option<Acting<'_>> = None;
    // `time::acting` visits a represented actor right after its representative.
    time::acting(context.record, context.dataset.as_of, &mut |acting| match acting.named {
        Capacity::Behind(_) | Capacity::BehindSpeaker => {
            if let Some(own) = &representative {
                compare(context, own, &acting, findings);
            }
        }
        _ => representative = Some(acting),
    });
}

fn compare(context: &RecordContext<'_>, own: &Acting<'_>, behind: &Acting<'_>, findings: &mut Findings<'_>) {
    let country = |acting: &Acting<'_>| match sides::of(context.dataset, acting.actor, &acting.span)?.only()? {
        Side::Country(country) => Some(country),
        Side::Own(_) => None,
    };
    let Some((own_country, other)) = country(own).zip(country(behind)).filter(|(own, other)| own != other) else {
        return;
    };
    let (id, actor) = (own.actor.as_ref(), behind.actor.as_ref());
    findings
        .at(
            context.entry.id,
            behind.place(),
            format!(
                "`{id}` is on the side of {}, and `for` names `{actor}`, on the side of {}",
                own_country.name(),
                other.name()
            ),
        )
        .help("name whom they acted for, or leave `for` out: their own body or office says for whom they act");
}
