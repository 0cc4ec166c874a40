//! The town of a block: its places, its bodies, its people, and the people and bodies from abroad.

use comity::kind::Kind;
use comity::record::{ActorType, Level};
use serde_json::json;

use super::block::{Block, STORY, day, month, workday};
use super::dice::Dice;
use super::draft::Draft;
use super::words::{FIRST_NAMES, Template, Words, invented, slug};
use super::world::{ORGANS, ministry_id, ministry_name, organ_name, point, state_name};

const BODIES: [(ActorType, &str, Template, Level); 5] = [
    (
        ActorType::Agency,
        "agency",
        ("Civil Protection Agency of {0}", "Agence de protection civile de {0}", "وكالة الوقاية المدنية في {0}"),
        Level::SeniorOfficial,
    ),
    (
        ActorType::Academy,
        "staff-college",
        ("{0} Staff College", "École d’état-major de {0}", "كلية الأركان في {0}"),
        Level::FlagOfficer,
    ),
    (
        ActorType::University,
        "university",
        ("University of {0}", "Université de {0}", "جامعة {0}"),
        Level::SeniorOfficial,
    ),
    (
        ActorType::Unit,
        "squadron",
        ("{0} Naval Squadron", "Escadre navale de {0}", "السرب البحري في {0}"),
        Level::Officer,
    ),
    (
        ActorType::Centre,
        "centre",
        ("Training Centre {0}", "Centre de formation {0}", "مركز التدريب {0}"),
        Level::Official,
    ),
];

impl Block {
    /// The number of places of a town.
    pub(super) const PLACES: usize = 2;
    /// The number of bodies of a town.
    pub(super) const BODIES: usize = BODIES.len();
    /// The number of people.
    pub(super) const PEOPLE: usize = 6;
    /// The number of people of the town; the other people come from abroad.
    pub(super) const LOCALS: usize = 4;

    pub(super) fn place(&self, n: usize) -> Draft {
        let mut dice = self.dice(4, n);
        let base = ("Naval base of {0}", "Base navale de {0}", "القاعدة البحرية في {0}");
        let (id, name, r#type) = match n {
            0 => (self.id.clone(), self.town.clone(), "city"),
            _ => (self.base_id(), Words::fill(base, &[&self.town]), "base"),
        };
        let mut draft = Draft::new(Kind::Place, &id);
        draft.set("names", name.texts(3)).set("type", r#type);
        draft.set("country", self.partner.code);
        let under = if n == 0 { self.partner.id } else { &self.id };
        draft.set("under", json!([format!("place:{under}")]));
        let (latitude, longitude) = self.partner.point;
        let near = (latitude + dice.within(-30..=30), longitude + dice.within(-30..=30));
        draft.set("point", point(near));
        let about = (
            "{0} was made up so that programs can be tried on many records; no map shows it.",
            "{0} a été inventé pour essayer des programmes sur de nombreux enregistrements.",
            "{0} مكان متخيل لتجربة البرامج على سجلات كثيرة.",
        );
        draft.set("summary", Words::fill(about, &[&name]).texts(3));
        draft.set("identifiers", json!({ "geonames": (100_000_000 + self.number * 2 + n as u64).to_string() }));
        draft
    }

    /// The id of the town's base.
    pub(super) fn base_id(&self) -> String {
        format!("{}-naval-base", self.id)
    }

    /// The id of one of the town's bodies.
    pub(super) fn body_id(&self, n: usize) -> String {
        format!("{}-{}", self.id, BODIES[n].1)
    }

    /// The name of one of the town's bodies.
    pub(super) fn body_name(&self, n: usize) -> Words {
        Words::fill(BODIES[n].2, &[&self.town])
    }

    pub(super) fn body(&self, n: usize) -> Draft {
        let mut dice = self.dice(5, n);
        let name = self.body_name(n);
        let mut draft = Draft::new(Kind::Actor, &self.body_id(n));
        draft.set("names", name.texts(3)).set("type", json!(BODIES[n].0));
        let initials: String = name.en.split(' ').filter_map(|word| word.chars().next()).collect();
        let aliases = json!([
            { "text": format!("{initials}-{}", self.town.en), "language": "en", "type": "acronym" },
            { "text": format!("{} ({})", name.fr, state_name(self.partner).fr), "language": "fr", "type": "alternative" },
        ]);
        draft.set("aliases", aliases).set("country", self.partner.code);
        if n != 2 {
            draft.set("part_of", ministry_id(self.partner));
        }
        let is_naval = BODIES[n].0 == ActorType::Unit;
        draft.set("seat", if is_naval { self.base_id() } else { self.id.clone() });
        let founded = dice.within(1930..=1985);
        let from = match dice.below(4) {
            0 => format!("{founded}~"),
            1 => format!("{}X", founded / 10),
            _ => founded.to_string(),
        };
        draft.set("from", from).set("summary", self.sentences(&mut dice, n, 3).texts(3));
        draft.set("themes", json!([self.subject(n).0]));
        let number = 800_000_000 + self.number * 5 + n as u64;
        draft.set("identifiers", json!({ "wikidata": format!("Q{number}") }));
        draft
    }

    /// The id and the name of the body from abroad that takes part.
    pub(super) fn guest(&self, dice: &mut Dice) -> (String, Words) {
        match dice.below(10) {
            0 | 1 => ("nato".to_owned(), Words::new("NATO", "OTAN", "الناتو")),
            2..=4 => {
                let n = dice.below(ORGANS.len());
                (ORGANS[n].0.to_owned(), organ_name(n))
            }
            5..=7 => (ministry_id(self.ally), ministry_name(self.ally)),
            _ => (self.ally.id.to_owned(), state_name(self.ally)),
        }
    }

    fn person_name(&self, n: usize) -> (String, Words) {
        let (first, arabic) = FIRST_NAMES[(self.dice(6, 0).below(FIRST_NAMES.len()) + 5 * n) % FIRST_NAMES.len()];
        let family = invented(self.number * Self::PEOPLE as u64 + n as u64);
        let name = format!("{first} {}", family.en);
        (slug(&name), Words::new(&name, &name, &format!("{arabic} {}", family.ar)))
    }

    /// The id of a person, and the body whose office the person holds on a day. Each person holds two offices, one
    /// after the other.
    pub(super) fn office(&self, n: usize, day: i32) -> (String, String) {
        let moved = usize::from(day >= self.change());
        let body = if n < Self::LOCALS { self.body_id((n + moved) % BODIES.len()) } else { ministry_id(self.ally) };
        (self.person_name(n).0, body)
    }

    /// The day on which the people change offices: between two parts of the story.
    fn change(&self) -> i32 {
        workday(self.part(STORY.len() / 2).first - 4)
    }

    pub(super) fn person(&self, n: usize) -> Draft {
        let mut dice = self.dice(7, n);
        let (id, name) = self.person_name(n);
        let mut draft = Draft::new(Kind::Actor, &id);
        draft.set("names", name.texts(3)).set("type", json!(ActorType::Person));
        let (before, after) = (self.office(n, self.start).1, self.office(n, self.change()).1);
        let level =
            |office: usize| if n < Self::LOCALS { BODIES[(n + office) % BODIES.len()].3 } else { Level::Minister };
        let title = |office: usize| {
            let (title, body): (Template, Words) = if n < Self::LOCALS {
                (("Director, {0}", "Directeur, {0}", "مدير {0}"), self.body_name((n + office) % BODIES.len()))
            } else if office == 0 {
                (("Minister delegate, {0}", "Ministre délégué, {0}", "وزير منتدب في {0}"), ministry_name(self.ally))
            } else {
                (("Minister, {0}", "Ministre, {0}", "وزير {0}"), ministry_name(self.ally))
            };
            Words::fill(title, &[&body]).texts(2)
        };
        let from = if dice.chance(50) { month(self.start - 45) } else { day(self.start - dice.within(10..=400)) };
        let mut second =
            json!({ "title": title(1), "organisation": after, "level": level(1), "from": day(self.change()) });
        if dice.chance(40) {
            second["until"] = day(self.end() + 3).into();
        }
        let first = json!({ "title": title(0), "organisation": before, "level": level(0), "from": from, "until": day(workday(self.change() - 1)) });
        let [given, family] = [0, 1].map(|part| name.en.split(' ').nth(part).unwrap_or_default());
        draft.fact(
            "aliases",
            json!([
                { "text": format!("{family} {given}"), "language": "fr", "type": "alternative" },
                { "text": format!("{} Al-{family}", &given[..1]), "language": "en", "type": "transliteration" },
            ]),
        );
        draft.fact("offices", json!({ "first": first, "second": second }));
        draft.set("summary", self.sentences(&mut dice, n, 3).texts(3));
        draft.set("themes", json!([self.subject(n).0]));
        draft.set("evidence", json!({ self.source_id(Self::CONTAINER + 1 + n % Self::LATE): { "stance": "reports", "locator": format!("p. {}", dice.within(3..=180)) } }));
        draft
    }
}
