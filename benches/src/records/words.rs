//! The words of invented records, in three languages.

use serde_json::{Value, json};

/// One text in English, French and Arabic.
#[derive(Clone, Debug)]
pub(super) struct Words {
    pub(super) en: String,
    pub(super) fr: String,
    pub(super) ar: String,
}

impl Words {
    pub(super) fn new(en: &str, fr: &str, ar: &str) -> Self {
        Self { en: en.to_owned(), fr: fr.to_owned(), ar: ar.to_owned() }
    }

    /// The template with `{0}` replaced by the first of `parts`, and so on.
    pub(super) fn fill(template: Template, parts: &[&Self]) -> Self {
        let fill = |text: &str, of: fn(&Self) -> &str| {
            let gaps = parts.iter().enumerate();
            gaps.fold(text.to_owned(), |text, (gap, part)| text.replace(&format!("{{{gap}}}"), of(part)))
        };
        Self {
            en: fill(template.0, |part| &part.en),
            fr: fill(template.1, |part| &part.fr),
            ar: fill(template.2, |part| &part.ar),
        }
    }

    /// The two texts, joined.
    pub(super) fn then(self, next: &Self) -> Self {
        Self {
            en: format!("{} {}", self.en, next.en),
            fr: format!("{} {}", self.fr, next.fr),
            ar: format!("{} {}", self.ar, next.ar),
        }
    }

    /// The text as a map by language: English alone, English and French, or all three.
    pub(super) fn texts(&self, languages: usize) -> Value {
        match languages {
            1 => json!({ "en": self.en }),
            2 => json!({ "en": self.en, "fr": self.fr }),
            _ => json!({ "en": self.en, "fr": self.fr, "ar": self.ar }),
        }
    }
}

/// English, French and Arabic, with gaps `{0}`, `{1}`, …
pub(super) type Template = (&'static str, &'static str, &'static str);

const SYLLABLES: [(&str, &str); 24] = [
    ("ta", "تا"),
    ("ti", "تي"),
    ("tu", "تو"),
    ("ba", "با"),
    ("bi", "بي"),
    ("bu", "بو"),
    ("ra", "را"),
    ("ri", "ري"),
    ("ru", "رو"),
    ("za", "زا"),
    ("zi", "زي"),
    ("zu", "زو"),
    ("la", "لا"),
    ("li", "لي"),
    ("lu", "لو"),
    ("ma", "ما"),
    ("mi", "مي"),
    ("mu", "مو"),
    ("sa", "سا"),
    ("si", "سي"),
    ("su", "سو"),
    ("na", "نا"),
    ("ni", "ني"),
    ("nu", "نو"),
];

/// An invented name of four syllables. Different numbers below 331,776 have different names.
pub(super) fn invented(number: u64) -> Words {
    syllables(number, 4)
}

/// An invented name of five syllables. Different numbers below 7,962,624 have different names.
pub(super) fn invented_at_length(number: u64) -> Words {
    syllables(number, 5)
}

fn syllables(number: u64, length: u32) -> Words {
    let count = SYLLABLES.len() as u64;
    // 7919 and 24 are coprime, so that neighbours look different and no name is repeated.
    let mut rest = number % count.pow(length) * 7_919 % count.pow(length);
    let mut name = Words::new("", "", "");
    for _ in 0..length {
        let (latin, arabic) = SYLLABLES[usize::try_from(rest % count).unwrap_or(0)];
        name.en.push_str(latin);
        name.ar.push_str(arabic);
        rest /= count;
    }
    name.en[..1].make_ascii_uppercase();
    name.fr.clone_from(&name.en);
    name
}

/// A name as a part of an id.
pub(super) fn slug(name: &str) -> String {
    name.to_ascii_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-")
}

pub(super) const FIRST_NAMES: [(&str, &str); 24] = [
    ("Amina", "أمينة"),
    ("Karim", "كريم"),
    ("Leila", "ليلى"),
    ("Youssef", "يوسف"),
    ("Salma", "سلمى"),
    ("Hicham", "هشام"),
    ("Nadia", "نادية"),
    ("Omar", "عمر"),
    ("Sofia", "صوفيا"),
    ("Marco", "ماركو"),
    ("Elena", "إيلينا"),
    ("Pierre", "بيير"),
    ("Anna", "آنا"),
    ("Jonas", "يوناس"),
    ("Clara", "كلارا"),
    ("Peter", "بيتر"),
    ("Maria", "ماريا"),
    ("Tariq", "طارق"),
    ("Huda", "هدى"),
    ("Samir", "سمير"),
    ("Ines", "إيناس"),
    ("Rachid", "رشيد"),
    ("Laura", "لورا"),
    ("Mehdi", "مهدي"),
];

/// Subjects, each with its theme.
pub(super) const SUBJECTS: [(&str, Template); 24] = [
    ("counter-terrorism", ("counter-terrorism", "la lutte contre le terrorisme", "مكافحة الإرهاب")),
    ("border-security", ("border security", "la sécurité des frontières", "أمن الحدود")),
    ("small-arms", ("small arms", "les armes légères", "الأسلحة الخفيفة")),
    ("port-security", ("port security", "la sûreté portuaire", "أمن الموانئ")),
    ("maritime-patrol", ("search and rescue at sea", "la recherche et le sauvetage en mer", "البحث والإنقاذ في البحر")),
    ("maritime-patrol", ("the monitoring of shipping", "le suivi du trafic maritime", "مراقبة الملاحة")),
    ("demining", ("the clearance of mines", "le déminage", "إزالة الألغام")),
    ("stockpile-management", ("safe depots", "la sûreté des dépôts", "سلامة المستودعات")),
    (
        "cbrn",
        ("chemical and biological hazards", "les risques chimiques et biologiques", "المخاطر الكيميائية والبيولوجية"),
    ),
    ("defence-education", ("the teaching of officers", "l’enseignement militaire supérieur", "التعليم العسكري")),
    ("defence-education", ("language training", "la formation aux langues", "التكوين اللغوي")),
    ("defence-integrity", ("integrity in defence", "l’intégrité dans la défense", "النزاهة في الدفاع")),
    ("interoperability", ("staff procedures", "les procédures d’état-major", "إجراءات الأركان")),
    ("interoperability", ("radio networks", "les réseaux radio", "شبكات الاتصال")),
    ("civil-emergency", ("flood relief", "les secours en cas d’inondation", "الإغاثة من الفيضانات")),
    ("civil-emergency", ("earthquake response", "la réponse aux séismes", "الاستجابة للزلازل")),
    ("health", ("field medicine", "la médecine de campagne", "الطب الميداني")),
    ("cyber-defence", ("cyber defence", "la cyberdéfense", "الدفاع السيبراني")),
    (
        "energy-security",
        ("the protection of energy networks", "la protection des réseaux d’énergie", "حماية شبكات الطاقة"),
    ),
    ("environmental-security", ("water and soil", "l’eau et les sols", "المياه والتربة")),
    ("science", ("research on materials", "la recherche sur les matériaux", "أبحاث المواد")),
    ("public-diplomacy", ("public opinion", "l’opinion publique", "الرأي العام")),
    (
        "parliamentary-cooperation",
        ("the oversight of defence", "le contrôle parlementaire de la défense", "الرقابة البرلمانية على الدفاع"),
    ),
    ("political-dialogue", ("regional security", "la sécurité régionale", "الأمن الإقليمي")),
];

/// Sentences about what happened: {0} the town, {1} the subject, {2} the body that receives, {3} the body that comes.
pub(super) const SENTENCES: [Template; 14] = [
    (
        "The {2} and the {3} worked on {1} in {0} and agreed on what each of them would prepare before they meet again.",
        "{2} et {3} ont travaillé à {0} sur {1} et convenu de ce que chacun préparera avant la prochaine rencontre.",
        "عمل {2} و{3} في {0} على {1} واتفقا على ما سيعده كل طرف قبل اللقاء المقبل.",
    ),
    (
        "It was the first time that {1} stood on the agenda of the {2}, after two years in which it had been left to the ministries.",
        "C’était la première fois que {1} figurait à l’ordre du jour de {2}, après deux ans où les ministères s’en chargeaient.",
        "كانت المرة الأولى التي يُدرج فيها {1} على جدول أعمال {2} بعد سنتين تولت خلالهما الوزارات ذلك.",
    ),
    (
        "Officers of the {3} showed how they plan for {1}; those of the {2} compared it with their own practice in {0}.",
        "Des officiers de {3} ont montré comment ils planifient {1} ; ceux de {2} l’ont comparé à leur pratique à {0}.",
        "عرض ضباط {3} طريقة تخطيطهم بشأن {1} وقارنها ضباط {2} بممارستهم في {0}.",
    ),
    (
        "Half of the time was given to {1}, the other half to a table-top exercise in the rooms of the {2}.",
        "La moitié du temps a porté sur {1}, l’autre sur un exercice sur table dans les locaux de {2}.",
        "خُصص نصف الوقت لموضوع {1} والنصف الآخر لتمرين نظري في مقر {2}.",
    ),
    (
        "A short report on {1} was handed to the {3} and will be discussed in the spring.",
        "Un bref rapport sur {1} a été remis à {3} ; il sera discuté au printemps.",
        "سُلم تقرير قصير حول {1} إلى {3} وسيناقش في الربيع.",
    ),
    (
        "The costs in {0} were borne by the {2}, travel by the {3}.",
        "Les frais à {0} ont été pris en charge par {2}, le voyage par {3}.",
        "تكفل {2} بالنفقات في {0} و{3} بالسفر.",
    ),
    (
        "Equipment for {1} was looked at in the port and in two depots near {0}.",
        "Du matériel pour {1} a été examiné au port et dans deux dépôts près de {0}.",
        "تمت معاينة معدات خاصة بموضوع {1} في الميناء وفي مستودعين قرب {0}.",
    ),
    (
        "The press of {0} wrote about it at length, mostly because of {1}.",
        "La presse de {0} en a longuement parlé, surtout à cause de {1}.",
        "كتبت صحافة {0} عن ذلك مطولاً بسبب {1} خصوصاً.",
    ),
    (
        "Nothing was signed, but the {2} offered to receive a second group from the {3}.",
        "Rien n’a été signé, mais {2} a proposé d’accueillir un second groupe de {3}.",
        "لم يوقع أي نص لكن {2} عرض استقبال مجموعة ثانية من {3}.",
    ),
    (
        "Instructors came from the {3}; rooms, boats and interpreters were those of the {2}.",
        "Les instructeurs venaient de {3} ; salles, bateaux et interprètes étaient ceux de {2}.",
        "جاء المدربون من {3} وكانت القاعات والقوارب والمترجمون من {2}.",
    ),
    (
        "What was learned about {1} went into the course that the {2} gives every autumn in {0}.",
        "Ce qui a été appris sur {1} a enrichi le cours que {2} donne chaque automne à {0}.",
        "أُدرج ما تم تعلمه حول {1} في الدورة التي ينظمها {2} كل خريف في {0}.",
    ),
    (
        "Both sides want to do more about {1}, within what their budgets allow.",
        "Les deux parties souhaitent faire davantage pour {1}, dans la limite de leurs budgets.",
        "يرغب الطرفان في بذل المزيد بشأن {1} في حدود ميزانيتيهما.",
    ),
    (
        "The group was small on purpose, so that questions about {1} could be asked freely.",
        "Le groupe était volontairement restreint, pour parler librement de {1}.",
        "كانت المجموعة صغيرة عمداً ليتسنى طرح الأسئلة حول {1} بحرية.",
    ),
    (
        "Weather kept the boats in harbour for one day, which was used for {1}.",
        "Le mauvais temps a retenu les bateaux au port un jour, consacré à {1}.",
        "أبقى الطقس القوارب في الميناء يوماً واحداً خُصص لموضوع {1}.",
    ),
];

pub(super) const PUBLISHERS: [(&str, &str, Template); 12] = [
    ("news", "gazette", ("The {0} Gazette", "La Gazette de {0}", "جريدة {0}")),
    ("news", "courrier", ("Courrier de {0}", "Le Courrier de {0}", "بريد {0}")),
    ("agency", "wire", ("{0} News Wire", "Agence de presse de {0}", "وكالة أنباء {0}")),
    ("official", "portal", ("Portal of the {0} region", "Portail de la région de {0}", "بوابة جهة {0}")),
    ("document", "archive", ("Official papers of {0}", "Documents officiels de {0}", "وثائق {0} الرسمية")),
    ("news", "radio", ("Radio {0}", "Radio {0}", "إذاعة {0}")),
    (
        "academic",
        "review",
        ("{0} Review of Strategic Studies", "Revue d’études stratégiques de {0}", "مجلة {0} للدراسات الاستراتيجية"),
    ),
    ("news", "daily", ("{0} Daily", "Le Quotidien de {0}", "يومية {0}")),
    ("official", "navy", ("Naval district of {0}", "District naval de {0}", "القطاع البحري في {0}")),
    ("agency", "presse", ("Agence {0} Presse", "Agence {0} Presse", "وكالة {0} للصحافة")),
    ("document", "report", ("Yearbook of {0}", "Annuaire de {0}", "حولية {0}")),
    ("database", "register", ("Register of activities, {0}", "Registre des activités, {0}", "سجل أنشطة {0}")),
];
