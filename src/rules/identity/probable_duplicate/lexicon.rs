//! The words of all names with their weights: a rare word distinguishes more than a common one.

use hashbrown::HashMap;

use super::words;

/// The least similarity of two names: the weight of their common words divided by the mean of both weights.
const ALIKE: f64 = 0.6;
/// How many words two names must share, unless they have no others.
const SHARED: usize = 3;
/// Words by number, in the order of their first use, with the number of names that have each.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    numbers: HashMap<u64, u32>,
    names_with: Vec<u32>,
    sorts: Vec<u32>,
    names: u32,
}

/// A name as the ranks of its words, the rarest first.
#[derive(Debug, Default)]
pub(crate) struct Name {
    words: Vec<u32>,
    weight: f64,
}

/// The weight of every word, by rank.
#[derive(Debug)]
pub(crate) struct Lexicon {
    weights: Vec<f64>,
    names_with: Vec<u32>,
    sorts: Vec<u32>,
}

impl Counts {
    /// Adds a name by the fingerprints of its words. Its words are numbers, not ranks yet.
    pub(crate) fn add(&mut self, words: impl Iterator<Item = u64>) -> Name {
        let mut found: Vec<u32> = words.map(|word| self.number(word)).collect();
        found.sort_unstable();
        found.dedup();
        for number in &found {
            self.names_with[*number as usize] += 1;
        }
        self.names += 1;
        Name { words: found, weight: 0.0 }
    }

    fn number(&mut self, word: u64) -> u32 {
        let next = u32::try_from(self.names_with.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(word).or_insert(next);
        if number == next {
            self.names_with.push(0);
            self.sorts.push(words::sort_of_print(word));
        }
        number
    }

    /// Turns numbers into ranks, once all names are known.
    pub(crate) fn rank<'n>(self, names: impl Iterator<Item = &'n mut Name>) -> Lexicon {
        let mut order: Vec<u32> = (0..).take(self.names_with.len()).collect();
        order.sort_by_key(|number| (self.names_with[*number as usize], *number));
        let mut ranks = vec![0; order.len()];
        for (rank, number) in (0..).zip(&order) {
            ranks[*number as usize] = rank;
        }
        let names_with: Vec<u32> = order.iter().map(|number| self.names_with[*number as usize]).collect();
        let total = f64::from(self.names);
        let lexicon = Lexicon {
            weights: names_with.iter().map(|count| (total / f64::from(*count)).ln_1p()).collect(),
            sorts: order.iter().map(|number| self.sorts[*number as usize]).collect(),
            names_with,
        };
        for name in names {
            name.words.iter_mut().for_each(|word| *word = ranks[*word as usize]);
            name.words.sort_unstable();
            name.weight = name.words.iter().map(|word| lexicon.weights[*word as usize]).sum();
        }
        lexicon
    }
}

impl Lexicon {
    /// The rare words of a name. Every similar name shares one of them, because the other words together weigh too
    /// little. A word that only one name has is left out.
    pub(crate) fn rare<'s>(&'s self, name: &'s Name) -> impl Iterator<Item = u32> + 's {
        let mut rest = name.weight;
        let needed = ALIKE * ALIKE * name.weight;
        let rare = name.words.iter().copied().take_while(move |word| {
            let before = rest;
            rest -= self.weights[*word as usize];
            before >= needed
        });
        rare.filter(|word| self.names_with[*word as usize] > 1)
    }

    /// The similarity of two names, 0 to 1; `None` where it is too small, or where they have different numbers of one
    /// type.
    pub(crate) fn likeness(&self, one: &Name, other: &Name) -> Option<f64> {
        let (mut one_alone, mut other_alone, mut shared, mut weight) = (0, 0, 0, 0.0);
        let (mut left, mut right) = (one.words.iter().peekable(), other.words.iter().peekable());
        loop {
            match (left.peek(), right.peek()) {
                (Some(a), Some(b)) if a == b => {
                    weight += self.weights[**a as usize];
                    shared += 1;
                    left.next();
                    right.next();
                }
                (Some(a), b) if b.is_none_or(|b| a < b) => {
                    one_alone |= self.sorts[**a as usize];
                    left.next();
                }
                (_, Some(b)) => {
                    other_alone |= self.sorts[**b as usize];
                    right.next();
                }
                _ => break,
            }
        }
        let equal = shared == one.words.len() && shared == other.words.len();
        let score = weight / (one.weight * other.weight).sqrt();
        let alike = score >= ALIKE && one_alone & other_alone == 0 && (shared >= SHARED || equal);
        alike.then_some(score)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_alike_by_their_rare_words() {
        let texts = [
            "Visit of NATO's Deputy Secretary General Vershbow to Rabat",
            "NATO Deputy Secretary General Vershbow visits Rabat, February",
            "Visit of the chair of NATO's Military Committee to Algiers",
            "Second NATO trust fund for Jordan",
            "Third NATO trust fund for Jordan",
            "Meeting in Rabat",
            "Rabat meeting",
            "Meeting in Rabat with partners",
        ];
        let mut counts = Counts::default();
        let mut names: Vec<Name> = texts.iter().map(|text| counts.add(words::prints(text).into_iter())).collect();
        let lexicon = counts.rank(names.iter_mut());
        let mut alike = Vec::new();
        for (late, name) in names.iter().enumerate() {
            for (early, other) in names[..late].iter().enumerate() {
                if lexicon.likeness(name, other).is_some() {
                    alike.push((early, late));
                    let rare: Vec<u32> = lexicon.rare(name).collect();
                    assert!(lexicon.rare(other).any(|word| rare.contains(&word)), "found by a rare word");
                }
            }
        }
        assert_eq!(alike, [(0, 1), (5, 6)]);
    }
}
