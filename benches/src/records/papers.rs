//! The sources of a block: one for each part of the story, one for the framework or operation, and some retrospective
//! ones.

use comity::kind::Kind;
use jiff::civil::date;
use serde_json::json;

use super::block::{Block, STORY, day, day_of, workday};
use super::draft::Draft;
use super::words::{FIRST_NAMES, PUBLISHERS, Template, Words, invented, slug};

impl Block {
    /// The number of the source of the framework or operation.
    pub(super) const CONTAINER: usize = STORY.len();
    /// The number of retrospective sources.
    pub(super) const LATE: usize = 3;
    /// The number of sources.
    pub(super) const SOURCES: usize = Self::CONTAINER + 1 + Self::LATE;

    /// The day of publication of a source, after everything that the source reports.
    pub(super) fn published(&self, n: usize) -> i32 {
        let mut dice = self.dice(8, n);
        let after = match n {
            Self::CONTAINER => {
                let (begun, ended) = self.life();
                ended.unwrap_or(begun + 15)
            }
            _ if n > Self::CONTAINER => self.end() + 25 * i32::try_from(n - Self::CONTAINER).unwrap_or(0),
            _ => self.part(n).last,
        };
        workday(after + dice.within(1..=6))
    }

    /// The id of a source: of part `n` of the story, of the framework or operation, or of a retrospective source.
    pub(super) fn source_id(&self, n: usize) -> String {
        let (_, name, _) = self.publisher(n);
        format!("{name}-{}-{}-{n:02}", self.id, day(self.published(n)))
    }

    fn publisher(&self, n: usize) -> (&'static str, &'static str, Template) {
        match n {
            _ if n > Self::CONTAINER => PUBLISHERS[6 + 2 * (n - Self::CONTAINER - 1)],
            _ => *self.dice(9, n).pick(&PUBLISHERS[..PUBLISHERS.len() - 1]),
        }
    }

    pub(super) fn source(&self, n: usize) -> Draft {
        const TITLES: [Template; 8] = [
            ("{0}: three days for {1}", "{0} : trois jours pour {1}", "{0}: ثلاثة أيام من أجل {1}"),
            ("What {0} expects of {1}", "Ce que {0} attend de {1}", "ما تنتظره {0} من {1}"),
            ("{1} on the agenda in {0}", "{1} à l’ordre du jour à {0}", "{1} على جدول الأعمال في {0}"),
            (
                "Guests from abroad discuss {1} in {0}",
                "Des invités étrangers parlent de {1} à {0}",
                "ضيوف من الخارج يناقشون {1} في {0}",
            ),
            ("{0} prepares for {1}", "{0} se prépare à {1}", "{0} تستعد من أجل {1}"),
            ("Report on {1} from {0}", "Rapport sur {1} depuis {0}", "تقرير حول {1} من {0}"),
            ("{0} and its partners: {1}", "{0} et ses partenaires : {1}", "{0} وشركاؤها: {1}"),
            ("A new effort for {1} in {0}", "Un nouvel effort pour {1} à {0}", "جهد جديد من أجل {1} في {0}"),
        ];
        let mut dice = self.dice(10, n);
        let (r#type, name, masthead) = self.publisher(n);
        let subject = self.subject(n.min(STORY.len() - 1)).1;
        let [head, below] = [0, 0].map(|_| Words::fill(*dice.pick(&TITLES), &[&self.town, &subject]));
        let title = Words::fill(("{0} – {1}", "{0} – {1}", "{0} – {1}"), &[&head, &below]);
        let published = self.published(n);
        let mut draft = Draft::new(Kind::Source, &self.source_id(n));
        draft.set("type", r#type);
        draft.set(
            "languages",
            [json!(["en"]), json!(["fr"]), json!(["fr", "ar"]), json!(["ar"])][dice.below(4)].clone(),
        );
        draft.set("title", title.texts(3));
        draft.set("publisher", Words::fill(masthead, &[&self.town]).fr);
        if matches!(r#type, "official" | "document") {
            draft.set("issuer", self.body_id(dice.below(Self::BODIES)));
        }
        if dice.chance(60) {
            let count = 1 + u64::from(dice.chance(25));
            let name = |author: u64| {
                let family = invented(200_000 + self.number * 97 + n as u64 * 2 + author).en;
                format!("{} {family}", FIRST_NAMES[(n + usize::try_from(author).unwrap_or(0)) % FIRST_NAMES.len()].0)
            };
            draft.set("authors", (0..count).map(name).collect::<Vec<_>>());
        }
        draft.set("published", day(published));
        let path = slug(&head.en).replace("--", "-");
        let url = format!("https://{name}-{}.example/{}/{path}-{n}.html", self.id, day(published).replace('-', "/"));
        if dice.chance(85) {
            let first = published + dice.within(1..=60);
            let copies = [first, first + dice.within(20..=300)].map(|captured| {
                let copy = format!("https://web.archive.org/web/{}120000/{url}", day(captured).replace('-', ""));
                json!({ "url": copy, "captured": day(captured) })
            });
            draft.set("archived", copies[..=usize::from(dice.chance(70))].to_vec());
        }
        draft.set("url", url).set("accessed", day(day_of(date(2025, 1, 2)) + dice.within(1..=300)));
        if r#type == "agency" {
            draft.set("relays", format!("Communiqué, {}", self.body_name(dice.below(Self::BODIES)).fr));
        }
        let may_copy = n > 0 && n < Self::CONTAINER && r#type == "news" && self.published(n - 1) <= published;
        if may_copy && dice.chance(15) {
            draft.set("derived_from", self.source_id(n - 1));
        }
        draft
    }

    /// The other sources of part `k`: sources that were published later, and retrospective sources.
    pub(super) fn further_sources(&self, k: usize, last: i32) -> Vec<usize> {
        let later = (k + 1..Self::CONTAINER.min(k + 7)).filter(|n| self.published(*n) > last);
        later.chain(Self::CONTAINER + 1..Self::SOURCES).collect()
    }
}
