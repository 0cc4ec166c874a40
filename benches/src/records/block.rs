//! A block: one invented town, its bodies and its people, the events of some years, and the sources that report them. A
//! record refers only to the world and to earlier records of its own block, so that the first records, however many,
//! are a dataset.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde_json::Value;

use super::dice::Dice;
use super::draft::Draft;
use super::words::{SENTENCES, SUBJECTS, Words, invented, slug};
use super::world::{ALLIES, PARTNERS, State, ministry_name};

/// The story of a block, in order: events, activities, agreements, statements.
pub(super) const STORY: &[u8] = b"EAESEGEAEEAESEEAEGEAESEAEEGEAESEAEEGEASEA";

/// The number of records of a block.
pub(super) const SIZE: u64 = (Block::PLACES + Block::BODIES + Block::SOURCES + Block::PEOPLE + 1 + STORY.len()) as u64;

/// A part of the story.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// `E`, `A`, `G` or `S`.
    letter: u8,
    /// The first day of the part.
    pub(super) first: i32,
    /// The last day that a record of the part names.
    pub(super) last: i32,
}

/// One block. All its records follow from the seed and the number.
#[derive(Debug)]
pub(super) struct Block {
    seed: u64,
    pub(super) number: u64,
    pub(super) partner: &'static State,
    pub(super) ally: &'static State,
    pub(super) start: i32,
    step: i32,
    pub(super) town: Words,
    /// The id of the town.
    pub(super) id: String,
}

impl Block {
    pub(super) fn new(seed: u64, number: u64) -> Self {
        let mut dice = Dice::new(seed, [number, u64::MAX, 0]);
        let partner = dice.pick(&PARTNERS);
        let ally = dice.pick(&ALLIES);
        let town = invented(number.wrapping_add(seed % 100_000));
        let from = day_of(date(partner.since.max(ally.since), 1, 1));
        let start = dice.within(from..=day_of(date(2018, 6, 1)));
        let id = slug(&town.en);
        Self { seed, number, partner, ally, start, step: dice.within(24..=40), town, id }
    }

    /// The record with an index in the block.
    pub(super) fn record(&self, slot: usize) -> Value {
        let mut n = slot;
        for (size, make) in [
            (Self::PLACES, Self::place as fn(&Self, usize) -> Draft),
            (Self::BODIES, Self::body),
            (Self::SOURCES, Self::source),
            (Self::PEOPLE, Self::person),
            (1, Self::container),
            (STORY.len(), Self::told),
        ] {
            if n < size {
                return make(self, n).finish();
            }
            n -= size;
        }
        unreachable!("a block has {SIZE} records");
    }

    fn told(&self, k: usize) -> Draft {
        match STORY[k] {
            b'E' => self.event(k),
            b'A' => self.activity(k),
            b'G' => self.agreement(k),
            _ => self.statement(k),
        }
    }

    /// The stream of numbers for a purpose.
    pub(super) fn dice(&self, purpose: u64, n: usize) -> Dice {
        Dice::new(self.seed, [self.number, purpose, n as u64])
    }

    /// Part `k` of the story; the parts begin at least twelve days after one another.
    pub(super) fn part(&self, k: usize) -> Part {
        let mut dice = self.dice(1, k);
        let letter = STORY[k];
        let slack = dice.within(0..=self.step - 14);
        let first = workday(self.start + 40 + self.step * i32::try_from(k).unwrap_or(0) + slack);
        let last = match letter {
            b'E' if dice.chance(30) => first + dice.within(1..=3),
            b'A' if dice.chance(75) => first + 20 + dice.within(10..=200),
            b'A' => first + 20,
            b'G' => first + dice.within(20..=90),
            _ => first,
        };
        Part { letter, first, last: workday(last) }
    }

    /// Whether an activity is over, by its record.
    pub(super) fn is_over(part: Part) -> bool {
        part.last > part.first + 25
    }

    /// Whether a part of the story is an event.
    pub(super) fn is_event(part: Part) -> bool {
        part.letter == b'E'
    }

    /// Whether a part of the story is an activity.
    pub(super) fn is_activity(part: Part) -> bool {
        part.letter == b'A'
    }

    /// The day after the last part of the story.
    pub(super) fn end(&self) -> i32 {
        workday(self.start + 40 + self.step * i32::try_from(STORY.len()).unwrap_or(0) + 240)
    }

    /// The first and the last day of the block's framework or operation.
    pub(super) fn life(&self) -> (i32, Option<i32>) {
        let mut dice = self.dice(2, 0);
        let begun = workday(self.start + dice.within(0..=20));
        (begun, dice.chance(30).then(|| workday(self.end() + dice.within(1..=20))))
    }

    /// The subject of a part of the story: a theme and words for the theme.
    pub(super) fn subject(&self, k: usize) -> (&'static str, Words) {
        let (theme, words) = self.dice(3, k).pick(&SUBJECTS);
        (theme, Words::new(words.0, words.1, words.2))
    }

    /// Sentences about part `k`, with the body that receives and a body that comes.
    pub(super) fn sentences(&self, dice: &mut Dice, k: usize, count: usize) -> Words {
        let (subject, body, ally) =
            (self.subject(k).1, self.body_name(dice.below(Self::BODIES)), ministry_name(self.ally));
        let said = (0..count).map(|_| Words::fill(*dice.pick(&SENTENCES), &[&self.town, &subject, &body, &ally]));
        said.reduce(|text, next| if text.en.contains(&next.en) { text } else { text.then(&next) })
            .unwrap_or_else(|| self.town.clone())
    }
}

/// A day since 1970-01-01 as a date.
pub(super) fn day(count: i32) -> String {
    civil(count).to_string()
}

/// The month of a day.
pub(super) fn month(count: i32) -> String {
    day(count)[..7].to_owned()
}

fn civil(count: i32) -> Date {
    date(1970, 1, 1).saturating_add(count.days())
}

/// A date as a day since 1970-01-01.
pub(super) fn day_of(day: Date) -> i32 {
    (day - date(1970, 1, 1)).get_days()
}

/// Never 1 January, which stands for a year in careless lists.
pub(super) fn workday(count: i32) -> i32 {
    count + i32::from(civil(count).day_of_year() == 1)
}
