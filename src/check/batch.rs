//! Reads texts in batches: each step sees all texts of a batch before the next step begins. All steps together have more
//! machine code than fits into a processor's cache for instructions; in a batch, the code of each step is fetched once for
//! all texts. Without batches, a check takes a fifth more time.

use std::cell::RefCell;

use comity_document::document::{self, Arena, Document};
use comity_document::input::{Input, Origin};

use super::read::{Checking, Detail, HERE, Read, Retention, decode, refuse};
use crate::dataset::File;
use crate::lint::{AloneContext, DocumentContext, Finding, TreeIndex};
use crate::record::Record;
use crate::rules::evidence::unsupported_fact;
use crate::rules::{self, BATCH, InputError, Scope};

/// The most bytes of text in a batch of more than one, so that the trees of a batch stay small.
pub const BATCH_BYTES: usize = 256 * 1024;

/// A text to be read, with the file that holds the text.
#[derive(Debug)]
pub struct FileInput<'a> {
    file: &'a File,
    /// The text with its origin; or the origin alone, and why the text cannot be read.
    input: Result<Input<'a>, (Origin, InputError)>,
}

impl<'a> FileInput<'a> {
    /// A text.
    pub fn new(file: &'a File, input: Input<'a>) -> Self {
        Self { file, input: Ok(input) }
    }

    /// A text that cannot be read.
    pub fn refused(file: &'a File, origin: Origin, error: InputError) -> Self {
        Self { file, input: Err((origin, error)) }
    }

    /// The text, if it can be read.
    pub(super) fn input(&self) -> Option<&Input<'a>> {
        self.input.as_ref().ok()
    }

    fn text(&self) -> &'a str {
        self.input().map_or("", |input| input.text)
    }
}

/// Reads one record: parses and decodes the text, and checks what can be checked without other records.
pub fn read(file: &File, input: &Input<'_>) -> Read {
    read_each(Detail::Everything, Retention::Whole, &[FileInput::new(file, *input)]).swap_remove(0)
}

/// Reads records, in the order of the texts: parses and decodes each text, checks what can be checked without other
/// records, and keeps what is to be kept. Where that is a summary for a check, rules over one record that the check does
/// not run do not run, except for text rules.
pub fn read_each(detail: Detail, retention: Retention<'_>, texts: &[FileInput<'_>]) -> Vec<Read> {
    let (mut reads, mut rest) = (Vec::with_capacity(texts.len()), texts);
    while !rest.is_empty() {
        let (batch, after) = rest.split_at(first_batch(rest));
        ARENA.with_borrow_mut(|arena| {
            arena.clear();
            reads.extend(read_batch(arena, detail, retention, batch));
        });
        rest = after;
    }
    reads
}

thread_local! {
    /// Holds the trees of one batch after another.
    static ARENA: RefCell<Arena> = RefCell::default();
}

/// How many of the first texts make a batch: at least one.
fn first_batch(texts: &[FileInput<'_>]) -> usize {
    let sizes = texts.iter().take(BATCH).scan(0, |sum, text| {
        *sum += text.text().len();
        Some(*sum)
    });
    sizes.take_while(|sum| *sum <= BATCH_BYTES).count().max(1)
}

/// A text of a batch, as far as the text was read.
struct InProgress<'a> {
    text: &'a FileInput<'a>,
    document: Document<'a>,
    record: Option<Box<Record>>,
    read: Read,
}

fn read_batch<'a>(
    arena: &'a Arena,
    detail: Detail,
    retention: Retention<'_>,
    texts: &'a [FileInput<'a>],
) -> impl Iterator<Item = Read> {
    let parse = |text: &'a FileInput<'a>| {
        let read = match &text.input {
            Ok(input) => Read::of_file(text.file, input.origin),
            Err((origin, error)) => refuse(text.file, *origin, error),
        };
        InProgress { text, document: document::parse(text.text(), arena), record: None, read }
    };
    let mut batch: Vec<InProgress<'_>> = texts.iter().map(parse).collect();
    batch.iter_mut().for_each(|one| one.decode(detail));
    let scope = if let Retention::Summary(checking) = retention { checking.scope } else { Scope::ALL };
    let mut contexts: Vec<_> = batch.iter_mut().filter_map(InProgress::document_context).collect();
    rules::over_documents(&mut contexts, scope);
    match retention {
        Retention::Whole => {}
        Retention::WithoutProse => {
            batch.iter_mut().filter_map(|one| one.record.as_mut()).for_each(|record| record.drop_prose());
        }
        Retention::Summary(checking) => keep_summaries(&mut batch, checking),
    }
    batch.into_iter().map(|InProgress { record, mut read, .. }| {
        read.entry.record = record;
        read.limited()
    })
}

impl InProgress<'_> {
    fn decode(&mut self, detail: Detail) {
        let (Ok(input), read) = (&self.text.input, &mut self.read) else { return };
        self.record = decode(detail, self.text.file, input.text, &self.document, read).map(Box::new);
        if let (Some(record), Some(root)) = (&self.record, &self.document.root) {
            read.entry.coverage = unsupported_fact::coverage(record, root);
        }
    }

    /// What the rules over one record as it was read see, and where their findings go.
    fn document_context(&mut self) -> Option<(DocumentContext<'_>, &mut Vec<Finding>)> {
        let (record, root) = (self.record.as_deref()?, self.document.root.as_ref()?);
        let context = DocumentContext {
            entry: HERE,
            file: self.text.file,
            text: self.text.text(),
            faults: !self.document.faults.is_empty(),
            root,
            fields: TreeIndex::of(root),
            record,
            coverage: self.read.entry.coverage,
            layout: self.document.layout,
            ordered: false,
        };
        Some((context, &mut self.read.findings))
    }
}

/// Puts a summary in the place of each record, and keeps what the rules over the record alone find.
fn keep_summaries(batch: &mut [InProgress<'_>], Checking { as_of, manifest, scope }: &Checking) {
    let mut contexts: Vec<(AloneContext<'_>, &mut Vec<Finding>)> = Vec::with_capacity(batch.len());
    for InProgress { record, read, .. } in batch.iter_mut() {
        let Some(record) = record.as_deref() else { continue };
        contexts.push((AloneContext { entry: &read.entry, record, manifest, as_of: *as_of }, &mut read.alone));
    }
    rules::over_alone(&mut contexts, *scope);
    let contexts: Vec<AloneContext<'_>> = contexts.into_iter().map(|(context, _)| context).collect();
    let summaries = rules::summarise(&contexts);
    let decoded = batch.iter_mut().filter(|one| one.record.is_some());
    for (one, summary) in decoded.zip(summaries) {
        one.record = None;
        one.read.entry.summary = Some(Box::new(summary));
    }
}
