//! Numbers in English prose, in digits and in words.

/// The number with which a run of words begins, and how many of the words belong to the number: `40`, `1,200`,
/// `forty-five`, `two hundred and fifty`, `3 thousand`. A word with any other mark is no number: `5+5`, `C-130`, `3rd`,
/// `$40`. A lone `one` counts nothing, as in `one of the ships`.
pub(super) fn number<'w>(words: impl Iterator<Item = &'w str> + Clone) -> Option<(f64, usize)> {
    let mut run = Run::default();
    let mut words = words.peekable();
    while let Some(word) = words.next() {
        let is_and = word.eq_ignore_ascii_case("and") && run.unit > 1.0;
        let number = if is_and { words.peek().and_then(|next| small(next)) } else { None };
        if let Some(number) = number.filter(|number| *number < run.unit) {
            words.next();
            run.add(number, 2);
        } else if !run.take(word) {
            break;
        }
    }
    let is_lone_one = run.length == 1 && run.is_one;
    (run.length > 0 && !is_lone_one).then_some((run.whole + run.part, run.length))
}

/// A number, while its words are read.
#[derive(Default)]
struct Run {
    /// How many words belong to the number.
    length: usize,
    /// The thousands and millions that are read.
    whole: f64,
    /// The number below the next thousand.
    part: f64,
    /// The last word that multiplied: 100, 1,000 or 1,000,000; 0 before the first.
    unit: f64,
    /// Whether the number began with the word `one`.
    is_one: bool,
}

impl Run {
    /// Adds a word, where the word continues the number.
    fn take(&mut self, word: &str) -> bool {
        if self.length == 0 {
            let Some(number) = digits(word).or_else(|| small(word)) else { return false };
            self.is_one = word.eq_ignore_ascii_case("one");
            self.add(number, 1);
            return true;
        }
        let factor = MULTIPLIERS.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|(_, factor)| *factor);
        match (factor, small(word)) {
            (Some(100.0), _) if self.part > 0.0 && self.part < 100.0 => self.part *= 100.0,
            (Some(factor), _) if factor > 100.0 && self.part > 0.0 => {
                self.whole += self.part * factor;
                self.part = 0.0;
            }
            (None, Some(number)) if number < self.unit => {
                self.add(number, 1);
                return true;
            }
            _ => return false,
        }
        self.unit = factor.unwrap_or_default();
        self.length += 1;
        true
    }

    /// Adds a number below a hundred, after which only a multiplier continues the number.
    fn add(&mut self, number: f64, words: usize) {
        self.part += number;
        self.length += words;
        self.unit = 0.0;
    }
}

const MULTIPLIERS: [(&str, f64); 3] = [("hundred", 100.0), ("thousand", 1e3), ("million", 1e6)];

/// The number in digits that a word is, with commas between groups of three.
fn digits(word: &str) -> Option<f64> {
    // Nearly all words are no numbers, and a summary has dozens of words.
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let groups: Vec<&str> = word.split(',').collect();
    let digits = |group: &&str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = groups.len() == 1 || groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
    (groups.iter().all(digits) && grouped && word.len() <= 15).then(|| groups.concat().parse().ok()).flatten()
}

/// The number below a hundred that a word names.
fn small(word: &str) -> Option<f64> {
    const ONES: [&str; 19] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    // The longest of the names, `seventy-seven`, has thirteen letters; nearly all other words begin with another letter.
    if word.len() > 13 || !word.starts_with(['o', 't', 'f', 's', 'e', 'n', 'O', 'T', 'F', 'S', 'E', 'N']) {
        return None;
    }
    let one_of = |names: &[&str], word: &str| names.iter().position(|name| word.eq_ignore_ascii_case(name));
    let ones = |word: &str| one_of(&ONES, word).map(|index| index + 1);
    let tens = |word: &str| one_of(&TENS, word).map(|index| (index + 2) * 10);
    let number = match word.split_once('-') {
        Some((ten, one)) => tens(ten)? + ones(one).filter(|one| *one < 10)?,
        None => ones(word).or_else(|| tens(word))?,
    };
    u32::try_from(number).ok().map(f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_ends_where_its_words_end() {
        for (text, expected) in [
            ("40 officers", Some((40.0, 1))),
            ("1,200 troops", Some((1200.0, 1))),
            ("two hundred soldiers", Some((200.0, 2))),
            ("Two hundred and fifty soldiers", Some((250.0, 4))),
            ("two hundred fifty-five soldiers", Some((255.0, 3))),
            ("two hundred and soldiers", Some((200.0, 2))),
            ("three thousand two hundred and one troops", Some((3201.0, 6))),
            ("12 thousand rounds", Some((12_000.0, 2))),
            ("two million mines", Some((2_000_000.0, 2))),
            ("one hundred ships", Some((100.0, 2))),
            ("forty-five ships", Some((45.0, 1))),
            ("forty five ships", Some((40.0, 1))),
            ("two three ships", Some((2.0, 1))),
            ("one ship", None),
            ("hundred ships", None),
            ("hundreds of ships", None),
            ("5+5 countries", None),
            ("C-130 aircraft", None),
            ("twenty-twenty vision", None),
            ("1,20 ships", None),
            ("", None),
        ] {
            assert_eq!(number(text.split(' ')), expected, "{text}");
        }
    }
}
