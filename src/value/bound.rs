//! The bound of a number that a person meant: `more than 100`, `moins de 50`, `20-30`.

use super::typed::{LONGEST, in_ascii, one_number};

/// What a person knows of a number, where that is a bound.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NumberBound {
    AtLeast(String),
    AtMost(String),
    Between(String, String),
}

/// What makes a lower bound of the number behind it.
const LEAST: [&str; 45] = [
    ">=",
    ">",
    "≥",
    "more than",
    "at least",
    "over",
    "above",
    "beyond",
    "exceeding",
    "upwards of",
    "no less than",
    "not less than",
    "no fewer than",
    "not fewer than",
    "minimum",
    "minimum of",
    "a minimum of",
    "min.",
    "plus de",
    "plus d'",
    "au moins",
    "au minimum",
    "un minimum de",
    "minimum de",
    "pas moins de",
    "supérieur à",
    "superieur a",
    "más de",
    "mas de",
    "al menos",
    "por lo menos",
    "no menos de",
    "mínimo",
    "como mínimo",
    "أكثر من",
    "اكثر من",
    "أزيد من",
    "ازيد من",
    "ما يزيد عن",
    "ما يفوق",
    "ما لا يقل عن",
    "لا يقل عن",
    "على الأقل",
    "على الاقل",
    "فوق",
];
/// What makes an upper bound of the number behind it.
const MOST: [&str; 47] = [
    "<=",
    "<",
    "≤",
    "less than",
    "fewer than",
    "under",
    "below",
    "up to",
    "at most",
    "no more than",
    "not more than",
    "not exceeding",
    "not over",
    "maximum",
    "maximum of",
    "a maximum of",
    "max.",
    "moins de",
    "moins d'",
    "jusqu'à",
    "jusqu'a",
    "au plus",
    "tout au plus",
    "au maximum",
    "un maximum de",
    "maximum de",
    "pas plus de",
    "inférieur à",
    "inferieur a",
    "menos de",
    "hasta",
    "como máximo",
    "no más de",
    "no mas de",
    "a lo sumo",
    "máximo",
    "أقل من",
    "اقل من",
    "ما لا يزيد عن",
    "لا يزيد عن",
    "لا يتجاوز",
    "لا تتجاوز",
    "ما لا يتجاوز",
    "على الأكثر",
    "على الاكثر",
    "حتى",
    "دون",
];
/// What makes a lower bound of the number before it.
const OR_MORE: [&str; 21] = [
    "+",
    "or more",
    "and more",
    "and over",
    "or over",
    "or higher",
    "and up",
    "ou plus",
    "et plus",
    "o más",
    "por lo menos",
    "al menos",
    "como mínimo",
    "at least",
    "au moins",
    "minimum",
    "au minimum",
    "على الأقل",
    "على الاقل",
    "أو أكثر",
    "او اكثر",
];
/// What makes an upper bound of the number before it.
const OR_LESS: [&str; 18] = [
    "or less",
    "or fewer",
    "or under",
    "ou moins",
    "o menos",
    "como máximo",
    "a lo sumo",
    "máximo",
    "at most",
    "at the most",
    "au plus",
    "max",
    "maximum",
    "au maximum",
    "على الأكثر",
    "على الاكثر",
    "أو أقل",
    "او اقل",
];

/// The bound in a text such as `>100`, `100+`, `more than 100`, `up to 50`, `20-30` or `between 20 and 30`.
pub(crate) fn bound(text: &str) -> Option<NumberBound> {
    if text.len() > LONGEST {
        return None;
    }
    let text = in_ascii(text.trim()).to_lowercase().replace('’', "'");
    let number = |part: &str| {
        let part = part.trim();
        part.starts_with(|c: char| c.is_ascii_digit()).then(|| one_number(part)).flatten()
    };
    let after = |words: &[&str]| words.iter().find_map(|word| number(text.strip_prefix(word)?));
    let before = |words: &[&str]| words.iter().find_map(|word| number(text.strip_suffix(word)?));
    // `200+ troops`
    let plus = || number(text.split_once('+').filter(|(_, rest)| !rest.contains(|c: char| c.is_ascii_digit()))?.0);
    // Before the upper bounds: `20 por lo menos` ends with `o menos`, too.
    if let Some(least) = after(&LEAST).or_else(|| before(&OR_MORE)).or_else(plus) {
        return Some(NumberBound::AtLeast(least));
    }
    if let Some(most) = after(&MOST).or_else(|| before(&OR_LESS)) {
        return Some(NumberBound::AtMost(most));
    }
    let begins = ["between ", "from ", "entre ", "de ", "بين ", "من "];
    let range = begins.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(&text);
    let between = ["-", "–", " to ", " and ", " à ", " et ", " y ", " a ", " إلى ", " الى ", " و"];
    let parts = between.iter().find_map(|between| range.split_once(between));
    let (least, most) = parts.filter(|(_, most)| !most.contains(['-', '–', '+']))?;
    let (least, most) = (number(least)?, number(most)?);
    let is_in_order = least.parse::<f64>().ok()? <= most.parse::<f64>().ok()?;
    is_in_order.then_some(NumberBound::Between(least, most))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::plain_number;

    #[test]
    fn a_bound_is_found_in_what_people_type() {
        let [n20, n30] = ["20", "30"].map(str::to_owned);
        for text in
            ["20-30", "20–30", "20 to 30 persons", "between 20 and 30", "بين 20 و30", "من 20 إلى 30", "de 20 a 30"]
        {
            assert_eq!(bound(text), Some(NumberBound::Between(n20.clone(), n30.clone())), "{text}");
        }
        for text in [
            ">20",
            "20+",
            "20+ persons",
            "20 por lo menos",
            "supérieur à 20",
            "more than 20",
            "au moins 20 personnes",
            "no fewer than 20",
            "أكثر من ٢٠",
            "ما لا يقل عن 20",
            "20 minimum",
            "al menos 20",
        ] {
            assert_eq!(bound(text), Some(NumberBound::AtLeast(n20.clone())), "{text}");
        }
        for text in [
            "<30",
            "up to 30",
            "jusqu'à 30",
            "30 or fewer",
            "moins de 30",
            "under 30",
            "fewer than 30 persons",
            "أقل من 30",
            "menos de 30",
            "not more than 30",
            "30 max",
        ] {
            assert_eq!(bound(text), Some(NumberBound::AtMost(n30.clone())), "{text}");
        }
        for text in ["20", "+5", "-6,58", "1 800", "over 2 million", "2019-01-22", "34°15'N", "30-20"] {
            assert_eq!(bound(text), None, "{text}");
        }
        // Texts of a stranger take no more time and no more stack than their length.
        for text in [format!("{}1{}", "1 to ".repeat(10), "+".repeat(40)), format!("5{}", "+".repeat(100_000))] {
            assert_eq!((bound(&text), plain_number(&text)), (None, None), "{text}");
        }
    }
}
