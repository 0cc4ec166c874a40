//! The cost of each stage of a check, in memory and on one thread, beside the floor of the stage. `README.md` in this
//! folder says how to read the numbers.

#![expect(clippy::disallowed_methods, reason = "a benchmark is told by the environment what to measure")]

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex};

use comity::check::{Detail, FileInput, Read, ReadList, Retention};
use comity::dataset::{Dataset, File, Manifest};
use comity::format::{self, RecordForm};
use comity::kind::Kind;
use comity::policy::Policy;
use comity::record::Record;
use comity::report::Report;
use comity::value::Day;
use comity::{check, schema};
use comity_benches::records;
use comity_document::document::{self, Arena, Node};
use comity_document::input::Input;
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use jsonschema::Validator;
use serde_json::Value;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// A benchmark of 100,000 records takes about a minute more: `COMITY_BENCH_LARGE=1 cargo bench`.
fn sizes() -> Vec<usize> {
    let large = std::env::var_os("COMITY_BENCH_LARGE").map(|_| 100_000);
    [1_000, 10_000].into_iter().chain(large).collect()
}

/// Records in canonical form, each with the file that would contain the record.
struct Corpus {
    texts: Vec<(File, String)>,
    bytes: usize,
}

impl Corpus {
    /// The first `count` records, generated on first use and kept.
    fn of(size: usize) -> &'static Self {
        static MADE: Mutex<BTreeMap<usize, &'static Corpus>> = Mutex::new(BTreeMap::new());
        let mut made = MADE.lock().expect("no bench panics while it makes records");
        made.entry(size).or_insert_with(|| {
            let texts: Vec<_> = (0..size as u64).map(|number| text(&records::record(1, number))).collect();
            let bytes = texts.iter().map(|(_, text)| text.len()).sum();
            Box::leak(Box::new(Self { texts, bytes }))
        })
    }

    fn kinds(&self) -> impl Iterator<Item = (Kind, &str)> {
        self.texts.iter().map(|(file, text)| (file.kind.expect("every record has a kind"), text.as_str()))
    }

    fn trees<'a>(&'a self, arena: &'a Arena) -> Vec<(Kind, Node<'a>)> {
        self.kinds().map(|(kind, text)| (kind, document::parse(text, arena).root.expect("JSON"))).collect()
    }

    fn values(&self) -> Vec<(Kind, Value)> {
        self.kinds().map(|(kind, text)| (kind, serde_json::from_str(text).expect("JSON"))).collect()
    }

    fn bench<O>(bencher: Bencher<'_, '_>, size: usize, mut run: impl FnMut(&'static Self) -> O) {
        let corpus = Self::of(size);
        let bencher = bencher.counter(ItemsCount::new(size)).counter(BytesCount::new(corpus.bytes));
        bencher.bench_local(|| run(black_box(corpus)));
    }
}

fn text(record: &Value) -> (File, String) {
    let raw = record.to_string();
    let arena = Arena::default();
    let document = document::parse(&raw, &arena);
    let root = document.root.as_ref().expect("JSON");
    let of = |field: &str| record[field].as_str().unwrap_or_default();
    let kind = Kind::parse(of("kind")).expect("every record has a kind");
    let path = format!("{kind}/{}.json", of("id"));
    let file = File::new(&path, &path);
    let text = format::canonical(kind, root, RecordForm::of(&file));
    (file, text)
}

static STOCK: LazyLock<Vec<Validator>> = LazyLock::new(|| {
    let compile = |kind| jsonschema::validator_for(schema::structure(kind)).expect("our own schema compiles");
    Kind::ALL.into_iter().map(compile).collect()
});

fn stock_admits(kind: Kind, value: &Value) -> bool {
    STOCK[kind as usize].is_valid(value)
}

/// Parsing: from text to tree.
#[divan::bench_group(sample_count = 20, sample_size = 1)]
mod parse {
    use super::{Arena, Bencher, Corpus, Value, black_box, document, sizes};

    /// The floor of parsing: each byte is read once.
    #[divan::bench(args = sizes())]
    fn floor_bytes(bencher: Bencher<'_, '_>, size: usize) {
        Corpus::bench(bencher, size, |corpus| {
            corpus.texts.iter().filter(|(_, text)| std::str::from_utf8(black_box(text.as_bytes())).is_ok()).count()
        });
    }

    #[divan::bench(args = sizes())]
    fn floor_value(bencher: Bencher<'_, '_>, size: usize) {
        Corpus::bench(bencher, size, |corpus| {
            corpus.kinds().filter(|(_, text)| black_box(serde_json::from_str::<Value>(text)).is_ok()).count()
        });
    }

    #[divan::bench(args = sizes())]
    fn comity(bencher: Bencher<'_, '_>, size: usize) {
        let mut arena = Arena::default();
        Corpus::bench(bencher, size, |corpus| {
            let mut parses = |text: &str| {
                arena.clear();
                black_box(document::parse(text, &arena)).root.is_some()
            };
            corpus.kinds().filter(|(_, text)| parses(text)).count()
        });
    }
}

/// The check of a parsed record against its kind.
#[divan::bench_group(sample_count = 20, sample_size = 1)]
mod fit {
    use super::{Arena, Bencher, Corpus, Record, black_box, schema, sizes, stock_admits};

    #[divan::bench(args = sizes())]
    fn floor_is_valid(bencher: Bencher<'_, '_>, size: usize) {
        let values = Corpus::of(size).values();
        Corpus::bench(bencher, size, |_| values.iter().filter(|(kind, value)| stock_admits(*kind, value)).count());
    }

    /// The schema check over the tree, which runs only for a record that does not decode.
    #[divan::bench(args = sizes())]
    fn comity_schema(bencher: Bencher<'_, '_>, size: usize) {
        let arena = Arena::default();
        let trees = Corpus::of(size).trees(&arena);
        Corpus::bench(bencher, size, |_| trees.iter().filter(|(kind, tree)| schema::admits(*kind, tree)).count());
    }

    /// Decoding, which gives the same answer and the record.
    #[divan::bench(args = sizes())]
    fn comity_decode(bencher: Bencher<'_, '_>, size: usize) {
        let arena = Arena::default();
        let trees = Corpus::of(size).trees(&arena);
        Corpus::bench(bencher, size, |_| {
            trees.iter().filter(|(kind, tree)| black_box(Record::decode(*kind, tree)).is_ok()).count()
        });
    }
}

/// All stages that need only one record.
#[divan::bench_group(sample_count = 20, sample_size = 1)]
mod read {
    use super::{Bencher, Corpus, floor, read, sizes};

    #[divan::bench(args = sizes())]
    fn floor_value_is_valid(bencher: Bencher<'_, '_>, size: usize) {
        Corpus::bench(bencher, size, floor);
    }

    #[divan::bench(args = sizes())]
    fn comity(bencher: Bencher<'_, '_>, size: usize) {
        Corpus::bench(bencher, size, |corpus| {
            read(corpus).into_iter().filter(|read| read.entry.record.is_some()).count()
        });
    }
}

/// The rules over several records, which have no floor.
#[divan::bench_group(sample_count = 20, sample_size = 1)]
mod rules_over_several_records {
    use super::{Bencher, Corpus, Policy, dataset, sizes};

    #[divan::bench(args = sizes())]
    fn comity(bencher: Bencher<'_, '_>, size: usize) {
        let dataset = dataset(Corpus::of(size));
        Corpus::bench(bencher, size, |_| comity::check(&dataset, None, &Policy::default()).diagnostics.len());
    }
}

/// The whole check, from texts to a report.
#[divan::bench_group(sample_count = 20, sample_size = 1)]
mod whole {
    use super::{Bencher, Corpus, checked, floor, sizes};

    #[divan::bench(args = sizes())]
    fn floor_value_is_valid(bencher: Bencher<'_, '_>, size: usize) {
        Corpus::bench(bencher, size, floor);
    }

    #[divan::bench(args = sizes())]
    fn comity(bencher: Bencher<'_, '_>, size: usize) {
        Corpus::bench(bencher, size, checked);
    }
}

fn floor(corpus: &Corpus) -> usize {
    let is_valid = |(kind, text): &(Kind, &str)| {
        serde_json::from_str::<Value>(text).is_ok_and(|value| stock_admits(*kind, &value))
    };
    corpus.kinds().filter(is_valid).count()
}

fn read(corpus: &'static Corpus) -> Vec<Read> {
    let inputs = corpus.texts.iter().zip(0..).map(|((file, text), n)| FileInput::new(file, Input::file(n, text)));
    check::read_each(Detail::Everything, Retention::Whole, &inputs.collect::<Vec<_>>())
}

fn dataset(corpus: &'static Corpus) -> Dataset {
    let files = corpus.texts.iter().map(|(file, _)| file.clone()).collect();
    let today = Day::new(2026, 1, 1).expect("a day");
    let dataset = read(corpus).into_iter().collect::<ReadList>().into_dataset(today, Manifest::default(), files);
    dataset.with_texts(|entry| Some(corpus.texts[entry.id.index()].1.clone()))
}

fn checked(corpus: &'static Corpus) -> Report {
    let report = check(&dataset(corpus), None, &Policy::default());
    assert!(report.diagnostics.is_empty(), "the records are clean, so that no finding is timed");
    report
}
