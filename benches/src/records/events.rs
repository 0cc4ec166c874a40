//! The events of a block.

use comity::kind::Kind;
use comity::record::{Attendance, EventRole, EventStatus, EventType, Relation, Unknown};
use comity::value::Measure;
use serde_json::{Map, Value, json};

use super::block::{Block, Part, day};
use super::dice::Dice;
use super::draft::Draft;
use super::story::figures;
use super::words::Template;
use super::world::ministry_id;

/// A type of event: its frequency, its name, and the roles of the town's body, the guest and the people.
type EventTable = (EventType, usize, Template, [EventRole; 3]);

#[rustfmt::skip]
const EVENTS: [EventTable; 15] = [
    (EventType::Visit, 26, ("{1} delegation in {0}", "Délégation {1} à {0}", "وفد {1} في {0}"), [EventRole::Host, EventRole::Visitor, EventRole::Participant]),
    (EventType::Seminar, 14, ("{1} seminar, {0}", "Séminaire {1}, {0}", "ندوة {1}، {0}"), [EventRole::Organiser, EventRole::Participant, EventRole::Speaker]),
    (EventType::Exercise, 10, ("Exercise {1} off {0}", "Exercice {1} au large de {0}", "تمرين {1} قبالة {0}"), [EventRole::Organiser, EventRole::Participant, EventRole::Commander]),
    (EventType::PortCall, 8, ("Ship {1} calls at {0}", "Escale du navire {1} à {0}", "توقف السفينة {1} في {0}"), [EventRole::Host, EventRole::Visitor, EventRole::Guest]),
    (EventType::Meeting, 8, ("{0} meets the {1} group", "{0} rencontre le groupe {1}", "{0} تلتقي مجموعة {1}"), [EventRole::Host, EventRole::Participant, EventRole::Participant]),
    (EventType::Ministerial, 6, ("{0}: ministers of the {1} format", "{0} : ministres du format {1}", "{0}: وزراء صيغة {1}"), [EventRole::Host, EventRole::Participant, EventRole::Chair]),
    (EventType::Summit, 3, ("{1} summit in {0}", "Sommet {1} à {0}", "قمة {1} في {0}"), [EventRole::Host, EventRole::Participant, EventRole::Speaker]),
    (EventType::CouncilSession, 5, ("Council session {1}, {0}", "Session {1} du conseil, {0}", "جلسة المجلس {1}، {0}"), [EventRole::Participant, EventRole::Organiser, EventRole::Chair]),
    (EventType::StaffTalks, 5, ("{0} staff talks for {1}", "Entretiens de {0} pour {1}", "مباحثات {0} من أجل {1}"), [EventRole::Host, EventRole::Participant, EventRole::Participant]),
    (EventType::AssemblySession, 3, ("{1} assembly comes to {0}", "L’assemblée {1} à {0}", "جمعية {1} في {0}"), [EventRole::Host, EventRole::Participant, EventRole::Speaker]),
    (EventType::Ceremony, 5, ("{0} opens the {1} wing", "{0} inaugure l’aile {1}", "{0} تفتتح جناح {1}"), [EventRole::Organiser, EventRole::Guest, EventRole::Speaker]),
    (EventType::Signing, 4, ("Signing of the {1} text, {0}", "Signature du texte {1}, {0}", "توقيع نص {1}، {0}"), [EventRole::Signatory, EventRole::Signatory, EventRole::Participant]),
    (EventType::Accreditation, 1, ("Credentials of {1} for {0}", "Lettres de créance de {1} pour {0}", "أوراق اعتماد {1} لدى {0}"), [EventRole::Visitor, EventRole::Host, EventRole::Participant]),
    (EventType::Decision, 4, ("{0} is invited to {1}", "{0} invitée à {1}", "دعوة {0} إلى {1}"), [EventRole::Addressee, EventRole::Decider, EventRole::Guest]),
    (EventType::Proposal, 4, ("{0} asks for {1} aid", "{0} demande l’aide {1}", "{0} تطلب دعم {1}"), [EventRole::Proposer, EventRole::Addressee, EventRole::Speaker]),
];

impl Block {
    fn event_type(&self, k: usize) -> &'static EventTable {
        let mut at = self.dice(21, k).below(EVENTS.iter().map(|event| event.1).sum());
        let chosen = EVENTS.iter().find(|event| {
            let found = at < event.1;
            at = at.saturating_sub(event.1);
            found
        });
        chosen.unwrap_or(&EVENTS[0])
    }

    pub(super) fn event_id(&self, k: usize) -> String {
        format!("{}-{}-{}", self.id, self.event_type(k).0, day(self.part(k).first))
    }

    pub(super) fn event(&self, k: usize) -> Draft {
        let mut dice = self.dice(22, k);
        let part = self.part(k);
        let (r#type, _, name, roles) = self.event_type(k);
        let mut draft = Draft::new(Kind::Event, &self.event_id(k));
        draft.set("names", self.called(*name, k).texts(3)).set("type", json!(r#type));
        let languages = 2 + usize::from(dice.chance(80));
        draft.set("summary", self.sentences(&mut dice, k, 3).texts(languages));
        draft.fact("aliases", self.official_titles(k));
        let when =
            if part.last > part.first { format!("{}/{}", day(part.first), day(part.last)) } else { day(part.first) };
        draft.fact("when", when);
        let status = match dice.below(25) {
            0 => EventStatus::Cancelled,
            1 => EventStatus::Postponed,
            _ => EventStatus::Held,
        };
        draft.fact("status", json!(status)).fact("participants", self.participants(k, part, *roles, &mut dice));
        let base = matches!(r#type, EventType::Exercise | EventType::PortCall);
        draft.fact("places", json!([if base { self.base_id() } else { self.id.clone() }]));
        draft.fact("under", json!([self.activity_around(k).unwrap_or_else(|| self.under())]));
        if let Some(older) = (0..k).rev().find(|k| Self::is_event(self.part(*k))).filter(|_| dice.chance(30)) {
            let relation = dice.pick(&[Relation::Follows, Relation::ResultOf, Relation::RespondsTo]);
            draft.fact("related", json!({ format!("event:{}", self.event_id(older)): relation }));
        }
        if dice.chance(35) {
            let measures: &[Measure] = if base {
                &[Measure::Ships, Measure::Aircraft, Measure::Participants]
            } else {
                &[Measure::Participants, Measure::Countries]
            };
            draft.fact("figures", figures(measures, part, &mut dice));
        } else if dice.chance(10) {
            draft.set("unknown", json!({ "/figures": Unknown::NotFound }));
        }
        draft.set("themes", self.themes(k, &mut dice));
        self.cite(draft, k, &mut dice)
    }

    /// An earlier activity that is still under way during part `k`.
    fn activity_around(&self, k: usize) -> Option<String> {
        let (before, now) = (k.checked_sub(1)?, self.part(k));
        let part = self.part(before);
        let inside = Self::is_activity(part) && Self::is_over(part) && part.first + 20 < now.first;
        (inside && now.last < part.last).then(|| format!("activity:{}", self.activity_id(before)))
    }

    /// The town's body, a guest, and some people, each on behalf of the body of the office that they hold on the day.
    fn participants(&self, k: usize, part: Part, roles: [EventRole; 3], dice: &mut Dice) -> Map<String, Value> {
        let mut all = Map::new();
        all.insert(self.body_id(dice.below(Self::BODIES)), json!({ "roles": [roles[0]] }));
        let mut guest = json!({ "roles": [roles[1]] });
        if dice.chance(4) {
            guest["attendance"] = json!(Attendance::Online);
        }
        all.insert(self.guest(dice).0, guest);
        if dice.chance(40) {
            all.entry(self.body_id(dice.below(Self::BODIES))).or_insert(json!({ "roles": [EventRole::Participant] }));
        }
        if dice.chance(40) {
            all.entry(ministry_id(self.ally)).or_insert(json!({ "roles": [EventRole::Observer, EventRole::Guest] }));
        }
        if dice.chance(20) {
            all.entry(self.ally.id).or_insert(json!({ "roles": [EventRole::Participant] }));
        }
        let (people, locals) = (Self::PEOPLE, Self::LOCALS);
        for n in [k % locals, (k + 1) % locals, locals + k % (people - locals)] {
            if dice.chance(70) {
                let (person, body) = self.office(n, part.first);
                let mut takes_part = json!({ "roles": [roles[2]] });
                if dice.chance(70) {
                    takes_part["for"] = body.into();
                }
                all.insert(person, takes_part);
            }
        }
        all
    }
}
