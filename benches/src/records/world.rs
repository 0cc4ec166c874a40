//! The records that all others may refer to: themes, states with their capitals, an alliance, a few frameworks.

use comity::kind::Kind;
use serde_json::{Map, Value, json};

use super::draft::Draft;
use super::words::{Template, Words};

/// A state, its capital, and since when it is a partner or a member.
#[derive(Debug)]
pub(super) struct State {
    /// The id of the state, and of the country as a place.
    pub(super) id: &'static str,
    pub(super) code: &'static str,
    name: Template,
    /// The id of the capital.
    pub(super) capital: &'static str,
    city: Template,
    /// Latitude and longitude of the capital, in hundredths of a degree.
    pub(super) point: (i32, i32),
    /// The date it joined.
    joined: &'static str,
    /// The framework it is a partner in; members of the alliance have none.
    pub(super) framework: &'static str,
    /// The first year in which what it does may be recorded.
    pub(super) since: i16,
}

const fn state(
    (id, code): (&'static str, &'static str),
    name: Template,
    capital: &'static str,
    city: Template,
    point: (i32, i32),
    (framework, joined, since): (&'static str, &'static str, i16),
) -> State {
    State { id, code, name, capital, city, point, joined, framework, since }
}

const DIALOGUE: &str = "mediterranean-dialogue";
const GULF: &str = "istanbul-cooperation-initiative";

/// The partners, with the framework each belongs to.
#[rustfmt::skip]
pub(super) const PARTNERS: [State; 10] = [
    state(("morocco", "MA"), ("Morocco", "Maroc", "المغرب"), "rabat", ("Rabat", "Rabat", "الرباط"), (3402, -684), (DIALOGUE, "1995-02", 1996)),
    state(("algeria", "DZ"), ("Algeria", "Algérie", "الجزائر"), "algiers", ("Algiers", "Alger", "مدينة الجزائر"), (3675, 306), (DIALOGUE, "2000-03", 2001)),
    state(("tunisia", "TN"), ("Tunisia", "Tunisie", "تونس"), "tunis", ("Tunis", "Tunis", "مدينة تونس"), (3681, 1018), (DIALOGUE, "1995-02", 1996)),
    state(("egypt", "EG"), ("Egypt", "Égypte", "مصر"), "cairo", ("Cairo", "Le Caire", "القاهرة"), (3004, 3124), (DIALOGUE, "1995-02", 1996)),
    state(("jordan", "JO"), ("Jordan", "Jordanie", "الأردن"), "amman", ("Amman", "Amman", "عمان"), (3195, 3593), (DIALOGUE, "1995-11", 1997)),
    state(("mauritania", "MR"), ("Mauritania", "Mauritanie", "موريتانيا"), "nouakchott", ("Nouakchott", "Nouakchott", "نواكشوط"), (1808, -1598), (DIALOGUE, "1995-02", 1996)),
    state(("kuwait", "KW"), ("Kuwait", "Koweït", "الكويت"), "kuwait-city", ("Kuwait City", "Koweït", "مدينة الكويت"), (2938, 4798), (GULF, "2004-12", 2006)),
    state(("qatar", "QA"), ("Qatar", "Qatar", "قطر"), "doha", ("Doha", "Doha", "الدوحة"), (2529, 5153), (GULF, "2005-02", 2006)),
    state(("bahrain", "BH"), ("Bahrain", "Bahreïn", "البحرين"), "manama", ("Manama", "Manama", "المنامة"), (2623, 5059), (GULF, "2005-02", 2006)),
    state(("united-arab-emirates", "AE"), ("United Arab Emirates", "Émirats arabes unis", "الإمارات العربية المتحدة"), "abu-dhabi", ("Abu Dhabi", "Abou Dabi", "أبوظبي"), (2445, 5438), (GULF, "2005-06", 2006)),
];

/// Members of the alliance.
#[rustfmt::skip]
pub(super) const ALLIES: [State; 12] = [
    state(("united-states", "US"), ("United States", "États-Unis", "الولايات المتحدة"), "washington", ("Washington", "Washington", "واشنطن"), (3890, -7704), ("", "1949-04-04", 1949)),
    state(("france", "FR"), ("France", "France", "فرنسا"), "paris", ("Paris", "Paris", "باريس"), (4886, 235), ("", "1949-04-04", 1949)),
    state(("italy", "IT"), ("Italy", "Italie", "إيطاليا"), "rome", ("Rome", "Rome", "روما"), (4190, 1248), ("", "1949-04-04", 1949)),
    state(("spain", "ES"), ("Spain", "Espagne", "إسبانيا"), "madrid", ("Madrid", "Madrid", "مدريد"), (4042, -370), ("", "1982-05-30", 1982)),
    state(("portugal", "PT"), ("Portugal", "Portugal", "البرتغال"), "lisbon", ("Lisbon", "Lisbonne", "لشبونة"), (3872, -914), ("", "1949-04-04", 1949)),
    state(("germany", "DE"), ("Germany", "Allemagne", "ألمانيا"), "berlin", ("Berlin", "Berlin", "برلين"), (5252, 1340), ("", "1955-05-06", 1955)),
    state(("turkiye", "TR"), ("Türkiye", "Türkiye", "تركيا"), "ankara", ("Ankara", "Ankara", "أنقرة"), (3993, 3286), ("", "1952-02-18", 1952)),
    state(("belgium", "BE"), ("Belgium", "Belgique", "بلجيكا"), "brussels", ("Brussels", "Bruxelles", "بروكسل"), (5085, 435), ("", "1949-04-04", 1949)),
    state(("netherlands", "NL"), ("Netherlands", "Pays-Bas", "هولندا"), "amsterdam", ("Amsterdam", "Amsterdam", "أمستردام"), (5237, 490), ("", "1949-04-04", 1949)),
    state(("norway", "NO"), ("Norway", "Norvège", "النرويج"), "oslo", ("Oslo", "Oslo", "أوسلو"), (5991, 1075), ("", "1949-04-04", 1949)),
    state(("greece", "GR"), ("Greece", "Grèce", "اليونان"), "athens", ("Athens", "Athènes", "أثينا"), (3798, 2373), ("", "1952-02-18", 1952)),
    state(("poland", "PL"), ("Poland", "Pologne", "بولندا"), "warsaw", ("Warsaw", "Varsovie", "وارسو"), (5223, 2101), ("", "1999-03-12", 1999)),
];

const HEADINGS: [(&str, Template); 6] = [
    ("transnational-threats", ("Transnational threats", "Menaces transnationales", "التهديدات العابرة للحدود")),
    ("maritime", ("The sea", "La mer", "البحر")),
    ("arms-and-hazards", ("Arms and hazards", "Armes et risques", "الأسلحة والمخاطر")),
    ("defence-development", ("Development of defence", "Développement de la défense", "تطوير الدفاع")),
    ("crises-and-resilience", ("Crises and resilience", "Crises et résilience", "الأزمات والقدرة على الصمود")),
    ("political-relations", ("Political relations", "Relations politiques", "العلاقات السياسية")),
];

/// Themes that records carry, each with the number of its heading.
pub(super) const THEMES: [(&str, usize, Template); 20] = [
    ("counter-terrorism", 0, ("Counter-terrorism", "Lutte contre le terrorisme", "مكافحة الإرهاب")),
    ("border-security", 0, ("Border security", "Sécurité des frontières", "أمن الحدود")),
    ("small-arms", 0, ("Small arms", "Armes légères", "الأسلحة الخفيفة")),
    ("port-security", 1, ("Port security", "Sûreté portuaire", "أمن الموانئ")),
    ("maritime-patrol", 1, ("Patrol at sea", "Surveillance en mer", "الدوريات البحرية")),
    ("demining", 2, ("Demining", "Déminage", "إزالة الألغام")),
    ("stockpile-management", 2, ("Stockpile management", "Gestion des stocks", "إدارة المخزونات")),
    ("cbrn", 2, ("Protection against hazards", "Protection contre les risques", "الوقاية من المخاطر")),
    ("defence-education", 3, ("Defence education", "Enseignement militaire", "التعليم العسكري")),
    ("defence-integrity", 3, ("Integrity in defence", "Intégrité dans la défense", "النزاهة في الدفاع")),
    ("interoperability", 3, ("Interoperability", "Interopérabilité", "قابلية العمل المشترك")),
    ("civil-emergency", 4, ("Civil emergencies", "Urgences civiles", "الطوارئ المدنية")),
    ("health", 4, ("Military medicine", "Médecine militaire", "الطب العسكري")),
    ("cyber-defence", 4, ("Cyber defence", "Cyberdéfense", "الدفاع السيبراني")),
    ("energy-security", 4, ("Energy security", "Sécurité énergétique", "أمن الطاقة")),
    ("environmental-security", 4, ("Environment and security", "Environnement et sécurité", "الأمن البيئي")),
    ("science", 4, ("Science", "Science", "العلوم")),
    ("public-diplomacy", 5, ("Public diplomacy", "Diplomatie publique", "الدبلوماسية العامة")),
    ("parliamentary-cooperation", 5, ("Parliaments", "Parlements", "البرلمانات")),
    ("political-dialogue", 5, ("Political dialogue", "Dialogue politique", "الحوار السياسي")),
];

const SEAS: [(&str, &str, Template); 3] = [
    ("mediterranean-sea", "sea-area", ("Mediterranean Sea", "Mer Méditerranée", "البحر الأبيض المتوسط")),
    ("persian-gulf", "sea-area", ("The Gulf", "Le Golfe", "الخليج")),
    ("strait-of-gibraltar", "strait", ("Strait of Gibraltar", "Détroit de Gibraltar", "مضيق جبل طارق")),
];

/// Bodies of the alliance.
pub(super) const ORGANS: [(&str, Template); 3] = [
    ("nato-international-staff", ("International Staff", "Secrétariat international", "الأمانة الدولية")),
    ("nato-military-committee", ("Military Committee", "Comité militaire", "اللجنة العسكرية")),
    ("nato-defense-college", ("NATO Defense College", "Collège de défense de l’OTAN", "كلية الدفاع للناتو")),
];

const FRAMEWORKS: [(&str, &str, Template, &str); 4] = [
    (DIALOGUE, "partnership", ("Mediterranean Dialogue", "Dialogue méditerranéen", "الحوار المتوسطي"), "1994-12"),
    (
        GULF,
        "partnership",
        ("Istanbul Cooperation Initiative", "Initiative de coopération d’Istanbul", "مبادرة إسطنبول للتعاون"),
        "2004-06-28",
    ),
    ("catalogue-of-courses", "programme", ("Catalogue of courses", "Catalogue de cours", "دليل الدورات"), "1995-06"),
    (
        "partner-planning",
        "instrument",
        ("Partner planning", "Planification avec les partenaires", "التخطيط مع الشركاء"),
        "1995-09",
    ),
];

const OPERATIONS: [(&str, Template, &str, &str); 2] = [
    ("sea-watch-east", ("Sea Watch East", "Veille en mer Est", "الحراسة البحرية الشرقية"), "2001-10-16", "2016-11-09"),
    ("steady-bridge", ("Steady Bridge", "Pont solide", "الجسر الثابت"), "1999-06-12", "2014-01-18"),
];

const STATES: usize = PARTNERS.len() + ALLIES.len();
/// How many records the world has, kind by kind, in the order they are made.
const PARTS: [usize; 12] = [
    HEADINGS.len(),
    THEMES.len(),
    STATES,
    STATES,
    SEAS.len(),
    STATES,
    1,
    ORGANS.len(),
    STATES,
    FRAMEWORKS.len() + OPERATIONS.len(),
    FRAMEWORKS.len() + OPERATIONS.len(),
    PARTNERS.len(),
];

/// How many records stand before the first block.
pub(super) const SIZE: u64 = {
    let (mut sum, mut part) = (0, 0);
    while part < PARTS.len() {
        sum += PARTS[part];
        part += 1;
    }
    sum as u64
};

/// The record of that number.
pub(super) fn record(number: usize) -> Value {
    let (mut part, mut n) = (0, number);
    while n >= PARTS[part] {
        n -= PARTS[part];
        part += 1;
    }
    let mut draft = match part {
        0 => theme(HEADINGS[n].0, HEADINGS[n].1, None),
        1 => theme(THEMES[n].0, THEMES[n].2, Some(HEADINGS[THEMES[n].1].0)),
        2 => country(nth(n)),
        3 => capital(nth(n)),
        4 => sea(n),
        5 => nation(nth(n)),
        6 => alliance(),
        7 => organ(n),
        8 => ministry(nth(n)),
        9 => source(n),
        10 if n < FRAMEWORKS.len() => framework(n),
        10 => operation(n - FRAMEWORKS.len()),
        _ => survey(&PARTNERS[n]),
    };
    if matches!(part, 2..=8) {
        // Numbers that no catalogue has given out.
        draft.set("identifiers", json!({ "wikidata": format!("Q{}", 990_000_000 + number) }));
    }
    draft.finish()
}

fn nth(n: usize) -> &'static State {
    static ALL: [&[State]; 2] = [&PARTNERS, &ALLIES];
    if n < PARTNERS.len() { &ALL[0][n] } else { &ALL[1][n - PARTNERS.len()] }
}

fn words(template: Template) -> Words {
    Words::new(template.0, template.1, template.2)
}

fn named(kind: Kind, id: &str, name: Template) -> Draft {
    let mut draft = Draft::new(kind, id);
    draft.set("names", words(name).texts(3));
    draft
}

fn theme(id: &str, name: Template, broader: Option<&str>) -> Draft {
    let mut draft = named(Kind::Theme, id, name);
    let about = (
        "Assigned where {0} is the subject of what is recorded, not where it is only mentioned.",
        "Attribué lorsque le sujet est {0}, et non une simple mention.",
        "يُستعمل عندما يكون الموضوع هو {0} لا عند مجرد ذكره.",
    );
    draft.set("definition", Words::fill(about, &[&words(name)]).texts(3));
    if let Some(broader) = broader {
        draft.set("broader", broader);
    }
    draft
}

fn country(state: &State) -> Draft {
    let mut draft = named(Kind::Place, state.id, state.name);
    draft.set("type", "country").set("country", state.code);
    draft
}

fn capital(state: &State) -> Draft {
    let mut draft = named(Kind::Place, state.capital, state.city);
    draft.set("type", "city").set("country", state.code).set("under", json!([format!("place:{}", state.id)]));
    draft.set("point", point(state.point));
    draft
}

/// A search for what a partner did in the first five years.
fn survey(state: &State) -> Draft {
    let mut draft = Draft::new(Kind::Survey, &format!("{}-{}", state.id, state.since));
    draft
        .set("subjects", json!([state.id]))
        .set("period", format!("{}/{}", state.since, state.since + 4))
        .set("corpus", "A library of newspapers")
        .set("languages", json!(["en", "fr"]))
        .set("queries", json!([format!("{} alliance {}", state.name.0, state.since), state.name.1]))
        .set("on", "2025-06-15")
        .set("extent", "excerpt")
        .set("hits", 12)
        .set("limits", json!({ "en": "Only first pages were shown." }));
    draft
}

/// A point given in hundredths of a degree.
pub(super) fn point((latitude, longitude): (i32, i32)) -> Value {
    json!({ "latitude": f64::from(latitude) / 100.0, "longitude": f64::from(longitude) / 100.0 })
}

fn sea(n: usize) -> Draft {
    let mut draft = named(Kind::Place, SEAS[n].0, SEAS[n].2);
    draft.set("type", SEAS[n].1);
    draft
}

fn nation(state: &State) -> Draft {
    let mut draft = named(Kind::Actor, state.id, state.name);
    draft.set("type", "state").set("country", state.code).set("seat", state.capital);
    draft
}

fn alliance() -> Draft {
    let mut draft = named(Kind::Actor, "nato", ("NATO", "OTAN", "الناتو"));
    draft.set("type", "organisation").set("seat", "brussels").set("from", "1949-04-04");
    draft.set("members", members(&ALLIES));
    draft
}

fn members<'a>(states: impl IntoIterator<Item = &'a State>) -> Map<String, Value> {
    states.into_iter().map(|state| (state.id.to_owned(), json!({ "joined": state.joined }))).collect()
}

fn organ(n: usize) -> Draft {
    let mut draft = named(Kind::Actor, ORGANS[n].0, ORGANS[n].1);
    draft.set("type", "organ").set("part_of", "nato");
    draft
}

/// The id of a state's defence ministry.
pub(super) fn ministry_id(state: &State) -> String {
    format!("{}-defence-ministry", state.id)
}

/// The name of a state's defence ministry.
pub(super) fn ministry_name(state: &State) -> Words {
    let name = ("Defence Ministry ({0})", "Ministère de la Défense ({0})", "وزارة الدفاع ({0})");
    Words::fill(name, &[&words(state.name)])
}

/// The name of an organ.
pub(super) fn organ_name(n: usize) -> Words {
    words(ORGANS[n].1)
}

/// The name of a state.
pub(super) fn state_name(state: &State) -> Words {
    words(state.name)
}

fn ministry(state: &State) -> Draft {
    let mut draft = Draft::new(Kind::Actor, &ministry_id(state));
    draft.set("names", ministry_name(state).texts(3));
    draft.set("type", "ministry").set("country", state.code).set("seat", state.capital);
    draft
}

fn source(n: usize) -> Draft {
    let about = if n < FRAMEWORKS.len() { FRAMEWORKS[n].2 } else { OPERATIONS[n - FRAMEWORKS.len()].1 };
    let mut draft = Draft::new(Kind::Source, &format!("handbook-2018-chapter-{}", n + 1));
    draft.set("type", "document").set("title", json!({ "en": format!("Handbook: {}", about.0) }));
    draft.set("publisher", "The editors of the handbook").set("published", "2018-03").set("languages", json!(["en"]));
    draft.set("url", format!("https://handbook.example/2018/chapter-{}", n + 1)).set("accessed", "2025-03-18");
    draft
}

fn evidence(n: usize) -> Value {
    json!({ format!("handbook-2018-chapter-{}", n + 1): { "stance": "reports" } })
}

fn framework(n: usize) -> Draft {
    let (id, r#type, name, established) = FRAMEWORKS[n];
    let mut draft = named(Kind::Framework, id, name);
    draft.set("type", r#type).set("convenors", json!(["nato"])).set("history", json!({ "established": established }));
    let partners: Vec<_> = PARTNERS.iter().filter(|state| state.framework == id).collect();
    if !partners.is_empty() {
        draft.set("members", members(partners));
    }
    if id == "partner-planning" {
        let ministries = PARTNERS.iter().chain(&ALLIES).map(|state| (ministry_id(state), json!({})));
        draft.set("members", ministries.collect::<Map<_, _>>());
    }
    draft.set("themes", json!(["political-dialogue"])).set("evidence", evidence(n));
    draft
}

fn operation(n: usize) -> Draft {
    let (id, name, from, until) = OPERATIONS[n];
    let mut draft = named(Kind::Operation, id, name);
    draft.set("type", if n == 0 { "maritime-security" } else { "peace-support" }).set("lead", "nato");
    draft.set("history", json!({ "ongoing": from, "ended": until })).set("evidence", evidence(FRAMEWORKS.len() + n));
    if n == 0 {
        draft.set("places", SEAS.iter().map(|(id, _, _)| json!(id)).collect::<Vec<_>>());
    }
    draft
}
