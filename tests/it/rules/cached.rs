//! A check of one file with all other files from a cache says what a check says that reads all files.

use comity::check::{Checking, Detail, FileInput, Read, Retention, read_each};
use comity::dataset::{Dataset, EntryId, File, Manifest};
use comity::policy::Policy;
use comity::report::{Diagnostic, Report};
use comity_document::input::Input;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::rendered;
use crate::rules::damage::{damage, damaged};
use crate::world::{Files, today};

/// What each file gave, with its path and its text, and what a cache keeps of it.
struct Tried {
    path: String,
    text: String,
    cached: Option<Vec<u8>>,
}

fn policy(possible: bool) -> Policy {
    let mut policy = Policy::stated_by(&Manifest::default());
    policy.possible = possible;
    policy
}

fn read_one(tried: &Tried, file: &File, number: u32, policy: &Policy) -> Read {
    let checking = Checking::of(today(), &Manifest::default(), policy).expect("summaries are enough");
    let input = FileInput::new(file, Input::file(number, &tried.text));
    read_each(Detail::Everything, Retention::Summary(&checking), &[input]).swap_remove(0)
}

fn tried(files: &Files, policy: &Policy) -> Vec<Tried> {
    let one = |(path, text): (&String, &String)| {
        let mut tried = Tried { path: path.clone(), text: text.clone(), cached: None };
        tried.cached = read_one(&tried, &File::new(path, path), 0, policy).to_cache();
        tried
    };
    files.iter().map(one).collect()
}

/// The report on the files for which `reported` is true. With `cached`, all others come from the cache.
fn report(all: &[Tried], policy: &Policy, reported: &dyn Fn(usize) -> bool, cached: bool) -> Report {
    let (mut files, mut entries, mut findings, mut alone) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (index, (number, tried)) in (0..).zip(all).enumerate() {
        let mut file = File::new(&tried.path, &tried.path);
        file.reported = reported(index);
        let kept = tried.cached.as_ref().filter(|_| cached && !file.reported);
        let read = match kept {
            Some(bytes) => Read::from_cache(&file, number, bytes).expect("what was kept can be read"),
            None => read_one(tried, &file, number, policy),
        };
        let read = read.number(EntryId(number));
        files.push(file);
        entries.push(read.entry);
        findings.extend(read.findings);
        alone.extend(read.alone);
    }
    let texts: Vec<String> = all.iter().map(|tried| tried.text.clone()).collect();
    let dataset = Dataset::new(today(), Manifest::default(), files, entries).with_findings(findings).with_alone(alone);
    let dataset = dataset.with_texts(move |entry| Some(texts[entry.origin.file as usize].clone()));
    comity::check(&dataset, None, policy)
}

/// What a finding says and where, without the number of its excerpt.
fn said(found: &Diagnostic) -> String {
    let Diagnostic { rule, severity, message, help, location, related, .. } = found;
    let related: Vec<String> =
        related.iter().map(|(at, what)| format!("{} {:?} {what}", at.path, at.pointer)).collect();
    format!("{} {severity:?} {:?} {message} {help:?} {related:?}", rule.code, location.pointer)
}

/// Of a pair that may be one thing, the record has the finding that the report covers, so that its own report may have it
/// where the report on all has not.
fn is_of_a_pair(found: &Diagnostic) -> bool {
    found.rule.code == "probable-duplicate"
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 25, ..ProptestConfig::default() })]

    /// Twenty-five damaged datasets, forty files of each.
    #[test]
    fn a_file_is_told_the_same_beside_a_cache(
        seed: u64,
        damages in prop::collection::vec(damage(), 1..120),
        possible: bool,
        picked in prop::collection::vec(any::<Index>(), 40),
    ) {
        let policy = policy(possible);
        let all = tried(&damaged(seed, &damages), &policy);
        let whole = report(&all, &policy, &|_| true, false);
        for pick in picked {
            let index = pick.index(all.len());
            let of_one = |cached| report(&all, &policy, &|other| other == index, cached);
            let (read, cached) = (of_one(false), of_one(true));
            prop_assert_eq!(rendered::json(&read), rendered::json(&cached), "{}", all[index].path);
            let of_whole = whole.diagnostics.iter().filter(|found| found.location.path == all[index].path);
            let of_whole: Vec<String> = of_whole.filter(|found| !is_of_a_pair(found)).map(said).collect();
            let of_cached = cached.diagnostics.iter().filter(|found| !is_of_a_pair(found));
            prop_assert_eq!(of_whole, of_cached.map(said).collect::<Vec<_>>(), "{}", all[index].path);
        }
    }

    /// The file of a cache may hold anything.
    #[test]
    fn bytes_that_no_program_wrote_are_refused_or_checked(
        at: Index,
        with in prop::collection::vec(any::<u8>(), 0..12),
        picked: Index,
    ) {
        let policy = policy(false);
        let mut all = tried(&damaged(1, &[]), &policy);
        let picked = picked.index(all.len());
        let file = File::new(&all[picked].path, &all[picked].path);
        let bytes = all[picked].cached.as_mut().expect("it is a record");
        let at = at.index(bytes.len());
        let end = bytes.len().min(at + with.len());
        bytes.splice(at..end, with);
        if Read::from_cache(&file, 0, bytes).is_some() {
            let report = report(&all, &policy, &|other| other != picked, true);
            prop_assert_eq!(report.summary.records, all.len() - 1);
        }
    }
}

#[test]
fn what_was_not_decoded_is_not_kept() {
    let faulty =
        Tried { path: "event/a-visit.json".to_owned(), text: "{ \"type\": \"vist\" }".to_owned(), cached: None };
    let read = read_one(&faulty, &File::new(&faulty.path, &faulty.path), 0, &policy(false));
    assert_eq!(read.to_cache(), None);
}
