//! Sentences with numbers, found in a page.

/// The most bytes of what stands in the place of a number, and of a table.
const NUMBER: usize = 20;
const TABLE: usize = 2_000;

/// A sentence of the page, with `{}` where a number stands, and the numbers.
pub(super) struct Sentence {
    text: &'static str,
    numbers: Vec<String>,
}

/// A sentence with its numbers.
pub(super) fn sentence<N: ToString>(text: &'static str, numbers: impl IntoIterator<Item = N>) -> Sentence {
    let sentence = Sentence { text, numbers: numbers.into_iter().map(|number| number.to_string()).collect() };
    assert_eq!(text.matches("{}").count(), sentence.numbers.len(), "{text}");
    sentence
}

impl Sentence {
    /// The page with the numbers in the sentence; an error where the page does not have the sentence once.
    pub(super) fn in_page(&self, page: &str) -> Result<String, String> {
        let first = self.text.split("{}").next().unwrap_or_default();
        let places = page.match_indices(first).map(|(at, _)| page.split_at(at + first.len()));
        let mut found = places.filter_map(|(before, rest)| Some(before.to_owned() + &self.continued(rest)?));
        match (found.next(), found.next()) {
            (Some(page), None) => Ok(page),
            _ => Err(format!("the page has no sentence, or several, such as: {}", self.text)),
        }
    }

    /// What stands behind the beginning of the sentence, with the numbers; `None` where the sentence does not go on so.
    fn continued(&self, mut rest: &str) -> Option<String> {
        let mut written = String::new();
        for (part, number) in self.text.split("{}").skip(1).zip(&self.numbers) {
            let (there, after) = rest.split_once(part)?;
            // Not a number, but the next sentences.
            if there.len() > if number.contains('\n') { TABLE } else { NUMBER } {
                return None;
            }
            written += number;
            written += part;
            rest = after;
        }
        Some(written + rest)
    }

    /// The sentence with its numbers.
    pub(super) fn filled(&self) -> String {
        self.numbers.iter().fold(self.text.to_owned(), |text, number| text.replacen("{}", number, 1))
    }
}

/// A share in whole per cent.
pub(super) fn percent(part: usize, whole: usize) -> usize {
    (part * 200 + whole) / (whole * 2)
}

/// A number with commas: 1,467.
pub(super) fn grouped(number: usize) -> String {
    if number < 1_000 { number.to_string() } else { format!("{},{:03}", number / 1_000, number % 1_000) }
}

#[test]
fn a_sentence_is_found_and_gets_its_numbers() {
    let sentence = sentence("There are {} of {} pages", [3, 12]);
    assert_eq!(sentence.in_page("x. There are 3 of 12 pages."), Ok("x. There are 3 of 12 pages.".to_owned()));
    assert_eq!(sentence.in_page("x. There are 2 of many pages."), Ok("x. There are 3 of 12 pages.".to_owned()));
    assert!(sentence.in_page("There were 3 of 12 pages").is_err());
    assert!(sentence.in_page("There are 3 of 12 pages. There are 3 of 12 pages.").is_err());
    assert_eq!(
        (percent(1, 3), percent(2, 3), percent(1, 2), grouped(999), grouped(1467)),
        (33, 67, 50, "999".into(), "1,467".into())
    );
}
