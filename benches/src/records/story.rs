//! The story of a block without its events: its framework or operation, activities, agreements, statements, and their
//! evidence.

use comity::kind::Kind;
use comity::record::{
    Access, ActivityRole, ActivityType, AgreementType, FrameworkType, OperationType, Outcome, Stance, Unknown,
};
use comity::value::{Code, Measure, Unit};
use serde_json::{Map, Value, json};

use super::block::{Block, Part, STORY, day};
use super::dice::Dice;
use super::draft::Draft;
use super::words::{Template, Words, invented_at_length};
use super::world::{ministry_id, state_name};

#[rustfmt::skip]
const ACTIVITIES: [(ActivityType, Template); 10] = [
    (ActivityType::Training, ("{1} courses for {0}", "Cours {1} pour {0}", "دورات {1} لفائدة {0}")),
    (ActivityType::Training, ("Trainers of {0} at {1}", "Formateurs de {0} à {1}", "مدربو {0} في {1}")),
    (ActivityType::StudyVisit, ("Study visits to {1} from {0}", "Voyages d’étude à {1} depuis {0}", "زيارات دراسية إلى {1} من {0}")),
    (ActivityType::EducationSupport, ("{1} curriculum, {0}", "Programme {1}, {0}", "منهاج {1}، {0}")),
    (ActivityType::ResearchProject, ("Project {1} with {0}", "Projet {1} avec {0}", "مشروع {1} مع {0}")),
    (ActivityType::ResearchWorkshop, ("{0} workshops of {1}", "Ateliers {1} de {0}", "ورشات {1} في {0}")),
    (ActivityType::CapacityPackage, ("{1} package for {0}", "Train de mesures {1} pour {0}", "حزمة {1} لفائدة {0}")),
    (ActivityType::Demilitarisation, ("Clearance of {1} near {0}", "Dépollution de {1} près de {0}", "تطهير {1} قرب {0}")),
    (ActivityType::Equipment, ("{0} receives {1} equipment", "{0} reçoit du matériel {1}", "{0} تتلقى معدات {1}")),
    (ActivityType::Liaison, ("{1} liaison post, {0}", "Poste de liaison {1}, {0}", "مركز ارتباط {1}، {0}")),
];

#[rustfmt::skip]
const AGREEMENTS: [(AgreementType, Template); 8] = [
    (AgreementType::Memorandum, ("{1} memorandum, {0}", "Mémorandum {1}, {0}", "مذكرة {1}، {0}")),
    (AgreementType::CooperationAgreement, ("{0} agreement with {1}", "Accord de {0} avec {1}", "اتفاق {0} مع {1}")),
    (AgreementType::PartnershipProgramme, ("{1} programme of {0}", "Programme {1} de {0}", "برنامج {1} في {0}")),
    (AgreementType::ImplementingArrangement, ("Arrangement {1} for {0}", "Arrangement {1} pour {0}", "ترتيب {1} من أجل {0}")),
    (AgreementType::WorkPlan, ("{0}: work plan {1}", "{0} : plan de travail {1}", "{0}: خطة عمل {1}")),
    (AgreementType::ExchangeOfLetters, ("Letters of {0} and {1}", "Lettres de {0} et {1}", "رسائل {0} و{1}")),
    (AgreementType::Treaty, ("Treaty of {0}, called {1}", "Traité de {0}, dit {1}", "معاهدة {0} المسماة {1}")),
    (AgreementType::SecurityAgreement, ("{1} papers: protection in {0}", "Documents {1} : protection à {0}", "وثائق {1}: الحماية في {0}")),
];

impl Block {
    /// The framework of the block, or the operation in every second block.
    pub(super) fn container(&self, _: usize) -> Draft {
        let mut dice = self.dice(20, 0);
        let (begun, ended) = self.life();
        let (theme, subject) = self.subject(0);
        let mut draft = if self.has_operation() {
            let mut draft = Draft::new(Kind::Operation, &self.container_id());
            let name = ("Operation {0} Shield", "Opération Bouclier de {0}", "عملية درع {0}");
            draft.set("names", Words::fill(name, &[&self.town]).texts(3));
            draft.set("type", json!(dice.pick(OperationType::ALL))).fact("lead", "nato");
            draft.fact("mandate", format!("Decision {} of the council", 1000 + self.number));
            draft.fact("history", history("mandated", begun, ended.map(|day| ("ended", day))));
            draft
        } else {
            let mut draft = Draft::new(Kind::Framework, &self.container_id());
            let name = ("{0} initiative for {1}", "Initiative de {0} pour {1}", "مبادرة {0} من أجل {1}");
            draft.set("names", Words::fill(name, &[&self.town, &subject]).texts(3));
            draft.set("type", json!(dice.pick(FrameworkType::ALL))).fact("convenors", json!(["nato"]));
            draft.fact("history", history("established", begun, ended.map(|day| ("ended", day))));
            let joined = |after: i32| json!({ "joined": day(begun + after) });
            draft.fact("members", json!({ self.partner.id: joined(5), self.ally.id: joined(9) }));
            draft
        };
        draft.set("summary", self.sentences(&mut dice, 0, 3).texts(3)).set("themes", json!([theme]));
        draft.set("evidence", json!({ self.source_id(Self::CONTAINER): { "stance": Stance::Reports } }));
        draft
    }

    fn has_operation(&self) -> bool {
        self.number % 2 == 1
    }

    fn container_id(&self) -> String {
        format!("{}-{}", self.id, if self.has_operation() { "operation" } else { "initiative" })
    }

    /// The framework or operation to which an event or an activity of the block belongs.
    pub(super) fn under(&self) -> String {
        let kind = if self.has_operation() { Kind::Operation } else { Kind::Framework };
        format!("{kind}:{}", self.container_id())
    }

    pub(super) fn activity_id(&self, k: usize) -> String {
        format!("{}-{}-{}", self.id, self.activity_type(k).0, k)
    }

    fn activity_type(&self, k: usize) -> (ActivityType, Template) {
        let contribution = ("{0} contingent in {1}", "Contingent de {0} à {1}", "وحدة {0} في {1}");
        let mut dice = self.dice(23, k);
        if self.has_operation() && dice.chance(30) {
            (ActivityType::Contribution, contribution)
        } else {
            *dice.pick(&ACTIVITIES)
        }
    }

    pub(super) fn activity(&self, k: usize) -> Draft {
        let mut dice = self.dice(24, k);
        let part = self.part(k);
        let (r#type, name) = self.activity_type(k);
        let mut draft = Draft::new(Kind::Activity, &self.activity_id(k));
        draft.set("names", self.called(name, k).texts(3));
        draft.set("summary", self.sentences(&mut dice, k, 3).texts(3)).set("type", json!(r#type));
        let mut steps = json!({ "approved": day(part.first), "ongoing": day(part.first + 20) });
        if Self::is_over(part) {
            steps["completed"] = day(part.last).into();
        }
        draft.fact("history", steps).fact("aliases", self.official_titles(k));
        let (receives, comes, measures): (ActivityRole, ActivityRole, &[Measure]) = match r#type {
            ActivityType::Contribution => (
                ActivityRole::Contributor,
                ActivityRole::Lead,
                &[Measure::TroopsDeployed, Measure::Ships, Measure::Patients],
            ),
            ActivityType::Demilitarisation => (
                ActivityRole::Beneficiary,
                ActivityRole::Funder,
                &[Measure::MunitionsDestroyed, Measure::Budget, Measure::WeaponsDestroyed],
            ),
            ActivityType::Liaison => (ActivityRole::Host, ActivityRole::Liaison, &[Measure::DurationPlanned]),
            ActivityType::Equipment => {
                (ActivityRole::Beneficiary, ActivityRole::Funder, &[Measure::Spent, Measure::Facilities])
            }
            _ => (
                ActivityRole::Beneficiary,
                ActivityRole::Trainer,
                &[Measure::Trainees, Measure::Instructors, Measure::Budget, Measure::Activities],
            ),
        };
        let body = self.body_id(dice.below(Self::BODIES));
        let mut participants = json!({ body: { "roles": [receives] }, self.guest(&mut dice).0: { "roles": [comes] } });
        if dice.chance(50) {
            participants[ministry_id(self.ally)] =
                json!({ "roles": [ActivityRole::Partner], "from": day(part.first + 20) });
        }
        draft.fact("participants", participants).fact("under", json!([self.under()]));
        draft.fact("places", json!([self.id]));
        if dice.chance(70) {
            draft.fact("figures", figures(measures, part, &mut dice));
        }
        draft.set("themes", self.themes(k, &mut dice));
        self.cite(draft, k, &mut dice)
    }

    pub(super) fn agreement(&self, k: usize) -> Draft {
        let mut dice = self.dice(25, k);
        let part = self.part(k);
        let (r#type, name) = *dice.pick(&AGREEMENTS);
        let mut draft = Draft::new(Kind::Agreement, &format!("{}-{}-{k}", self.id, r#type));
        draft.set("names", self.called(name, k).texts(3)).set("type", json!(r#type));
        draft.fact("aliases", self.official_titles(k));
        draft.set("summary", self.sentences(&mut dice, k, 3).texts(3));
        let programme = r#type == AgreementType::PartnershipProgramme;
        let parties = if programme {
            json!({ self.partner.id: {}, "nato": {} })
        } else {
            let ratified = json!({ "signed": day(part.first), "ratified": day(part.last - 5) });
            json!({ self.body_id(dice.below(Self::BODIES)): ratified, ministry_id(self.ally): {} })
        };
        draft.fact("parties", parties);
        draft.fact("history", history("signed", part.first, Some(("in-force", part.last))));
        draft.fact(
            "under",
            json!([if programme { format!("framework:{}", self.partner.framework) } else { self.under() }]),
        );
        draft.fact("places", json!([self.id]));
        if dice.chance(50) {
            draft.fact("text", json!({ "access": Access::Public, "source": self.source_id(k) }));
        } else {
            draft.set("unknown", json!({ "/text": Unknown::NotDisclosed }));
        }
        draft.set("themes", self.themes(k, &mut dice));
        self.cite(draft, k, &mut dice)
    }

    pub(super) fn statement(&self, k: usize) -> Draft {
        let mut dice = self.dice(26, k);
        let part = self.part(k);
        let subject = self.subject(k).1;
        let (person, body) = self.office(dice.below(Self::PEOPLE), part.first);
        let mut draft = Draft::new(Kind::Statement, &format!("{person}-{}", day(part.first)));
        draft.fact("speaker", person).fact("for", body).fact("date", day(part.first));
        let position = (
            "{0} and its partners should do more for {1}, and speak of it more openly than they have done so far. ",
            "{0} et ses partenaires devraient faire davantage pour {1}, et en parler plus ouvertement que jusqu’ici. ",
            "على {0} وشركائها بذل المزيد من أجل {1} والحديث عن ذلك بصراحة أكبر. ",
        );
        let more = self.sentences(&mut dice, k, 2);
        draft.fact("position", Words::fill(position, &[&self.town, &subject]).then(&more).texts(3));
        let older = (0..k).rev().filter(|k| Self::is_event(self.part(*k))).take(1 + dice.below(2));
        draft.set("about", older.map(|k| format!("event:{}", self.event_id(k))).collect::<Vec<_>>());
        draft.set("themes", self.themes(k, &mut dice));
        self.cite(draft, k, &mut dice)
    }

    /// A name with the town and a unique word, so that no other record has the name.
    pub(super) fn called(&self, name: Template, k: usize) -> Words {
        let own = invented_at_length(self.number * STORY.len() as u64 + k as u64);
        Words::fill(name, &[&self.town, &own])
    }

    /// The titles of sources about part `k`.
    pub(super) fn official_titles(&self, k: usize) -> Value {
        let (subject, year) = (self.subject(k).1, &day(self.part(k).first)[..4]);
        let title = (
            "Cooperation between {0} and its partners in the field of {1}",
            "Coopération entre {0} et ses partenaires dans le domaine suivant : {1}",
            "التعاون بين {0} وشركائها في مجال {1}",
        );
        let title = Words::fill(title, &[&self.town, &subject]);
        json!([
            { "text": format!("{} ({year})", title.en), "language": "en", "type": "official" },
            { "text": format!("{} ({year})", title.fr), "language": "fr", "type": "official" },
            { "text": title.ar, "language": "ar", "type": "alternative" },
        ])
    }

    pub(super) fn themes(&self, k: usize, dice: &mut Dice) -> Value {
        let mut themes = vec![self.subject(k).0.to_owned()];
        for other in [k + 1, k + 2] {
            let theme = self.subject(other).0.to_owned();
            if dice.chance(50) && !themes.contains(&theme) {
                themes.push(theme);
            }
        }
        json!(themes)
    }

    /// The evidence of one to four sources, which together show every fact. In some records two sources disagree.
    pub(super) fn cite(&self, mut draft: Draft, k: usize, dice: &mut Dice) -> Draft {
        let part = self.part(k);
        let facts = draft.places();
        let further = self.further_sources(k, part.last);
        let wanted = [0, 0, 0, 1, 1, 1, 2, 2, 3, 3][dice.below(10)];
        let disputed = part_in_dispute(&facts, part).filter(|_| dice.chance(6));
        let mut own = json!({ "stance": Stance::Reports });
        if dice.chance(25) {
            own["quote"] = format!("what we began in {} will not end here", self.town.en).into();
        }
        if wanted == 0 && disputed.is_none() {
            draft.set("evidence", json!({ self.source_id(k): own }));
            return draft;
        }
        own["supports"] = json!(facts);
        let mut evidence = json!({ self.source_id(k): own });
        for n in dice.some(&further, wanted.max(1)) {
            let mut shown = json!({ "stance": Stance::Reports, "supports": dice.some(&facts, 6) });
            if dice.chance(40) {
                shown["locator"] = format!("p. {}", dice.within(2..=240)).into();
            }
            evidence[self.source_id(*n)] = shown;
        }
        if let Some((place, other)) = disputed {
            let outcome = dice.pick(Outcome::ALL);
            let why = format!("A later text has another day; {} was there at the time.", state_name(self.partner).en);
            evidence[self.source_id(Self::CONTAINER + 1)] =
                json!({ "stance": Stance::Reports, "says": { place: other } });
            draft.set("contested", json!({ place: { "outcome": outcome, "why": why } }));
        }
        draft.set("evidence", evidence);
        draft
    }
}

/// The date of a part in a source that disagrees.
fn part_in_dispute(facts: &[String], part: Part) -> Option<(&'static str, String)> {
    let has = |place: &str| facts.iter().any(|fact| fact == place);
    if has("/when") {
        Some(("/when", day(part.last + 4)))
    } else if has("/history") && facts.iter().any(|fact| fact.starts_with("/participants")) {
        Some(("/history/ongoing", day(part.first + 40)))
    } else {
        None
    }
}

fn history(first: &str, begun: i32, last: Option<(&str, i32)>) -> Value {
    let mut steps = json!({ first: day(begun) });
    if let Some((status, ended)) = last {
        steps[status] = day(ended).into();
    }
    steps
}

/// One or two figures, each with a unit that fits its measure.
pub(super) fn figures(measures: &[Measure], part: Part, dice: &mut Dice) -> Map<String, Value> {
    let mut all = Map::new();
    for measure in dice.some(measures, 2) {
        let fits = |unit: &&&str| Unit::parse(unit).is_some_and(|unit| measure.fits(unit));
        let unit = *UNITS.iter().find(fits).unwrap_or(&"items");
        let scale = if unit == "EUR" { 10_000 } else { 1 };
        let best = dice.within(3..=400) * scale;
        let mut figure = json!({ "measure": measure, "unit": unit });
        match dice.below(4) {
            0 => figure["low"] = (best / 2).into(),
            1 => {
                figure["low"] = (best - scale).into();
                figure["best"] = best.into();
                figure["high"] = (best + 2 * scale).into();
            }
            _ => figure["best"] = best.into(),
        }
        if dice.chance(40) {
            figure["at"] = day(part.first)[..7].to_owned().into();
        }
        all.insert(measure.code().to_owned(), figure);
    }
    all
}

const UNITS: [&str; 8] = ["persons", "countries", "ships", "aircraft", "items", "months", "percent", "EUR"];
