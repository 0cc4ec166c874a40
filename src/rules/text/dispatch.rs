//! Which text rules see which string.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::lint::{CharClasses, Check, Rule, TextCheck, TextFilter};
use crate::rules::RULES;

/// The text rules, and which of them see which strings: in each set, bit `n` stands for rule `n`.
pub(super) struct TextRules {
    rules: Vec<(&'static Rule, TextCheck)>,
    /// The rules that want the characters of a string, by [`CharClasses::index`].
    by_classes: Vec<u8>,
    /// The rules for strings of a format that some rule asks for, those for every format among them.
    by_format: Vec<(&'static str, u8)>,
    /// The rules for strings of every format.
    anywhere: u8,
}

/// The text rules, collected once.
pub(super) static TEXT_RULES: LazyLock<TextRules> = LazyLock::new(|| {
    let (mut rules, mut wanted, mut anywhere) = (Vec::new(), BTreeMap::<_, u8>::new(), 0);
    let mut by_classes = vec![0; usize::from(CharClasses::SETS)];
    for (rule, check) in RULES {
        let Check::Text(TextFilter { classes, formats }, check) = check else { continue };
        assert!(rules.len() < u8::BITS as usize, "a text rule needs a bit of its own");
        let bit = 1_u8 << rules.len();
        rules.push((*rule, *check));
        CharClasses::all().filter(|set| classes(*set)).for_each(|set| by_classes[set.index()] |= bit);
        formats.iter().for_each(|format| *wanted.entry(*format).or_default() |= bit);
        anywhere |= if formats.is_empty() { bit } else { 0 };
    }
    let by_format = wanted.into_iter().map(|(format, bits)| (format, bits | anywhere)).collect();
    TextRules { rules, by_classes, by_format, anywhere }
});

impl TextRules {
    /// The rules that see a string of these classes and this format.
    pub(super) fn of(&self, classes: CharClasses, format: &str) -> impl Iterator<Item = (&'static Rule, TextCheck)> {
        let mut bits = self.by_classes[classes.index()];
        if bits != 0 {
            let of_format = self.by_format.iter().find(|(other, _)| *other == format);
            bits &= of_format.map_or(self.anywhere, |(_, bits)| *bits);
        }
        std::iter::from_fn(move || {
            let next = self.rules.get(bits.trailing_zeros() as usize).copied();
            bits &= bits.wrapping_sub(1);
            next
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{CharClasses, TEXT_RULES};
    use crate::value::FORMATS;

    /// An empty text is a fault of its own, also under `says`, where it is not decoded.
    #[test]
    fn no_rule_sees_an_empty_text() {
        for format in FORMATS {
            assert_eq!(TEXT_RULES.of(CharClasses::of(""), format.name).count(), 0, "{}", format.name);
        }
    }
}
