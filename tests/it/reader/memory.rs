//! A release in memory.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex};

use comity::export::format::{Content, FORMATS, Material};
use comity::export::write::{Sink, SinkFile, table_writer, write_tables};

/// The files of a release in memory.
#[derive(Default)]
struct Memory(Arc<Mutex<BTreeMap<String, Vec<u8>>>>);

/// One file of [`Memory`] while it is written.
struct MemoryFile(String, Cursor<Vec<u8>>, Arc<Mutex<BTreeMap<String, Vec<u8>>>>);

impl Sink for Memory {
    fn create(&self, path: &str) -> io::Result<Box<dyn SinkFile>> {
        Ok(Box::new(MemoryFile(path.to_owned(), Cursor::default(), Arc::clone(&self.0))))
    }
}

impl Write for MemoryFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.1.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for MemoryFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.1.seek(to)
    }
}

impl SinkFile for MemoryFile {
    fn finish(self: Box<Self>) -> io::Result<()> {
        let before = self.2.lock().expect("no panic").insert(self.0.clone(), self.1.into_inner());
        assert_eq!(before, None, "{} is written twice", self.0);
        Ok(())
    }
}

/// The files of all formats that the library makes, by path.
pub(super) fn files(material: &Material<'_>) -> BTreeMap<String, Vec<u8>> {
    let memory = Memory::default();
    let mut writers = Vec::new();
    for content in FORMATS.iter().flat_map(|format| format.content) {
        match content {
            Content::File(path, write) => {
                let mut file = memory.create(path).expect("a file");
                write(material, &mut file).expect("a file");
                file.finish().expect("a file");
            }
            Content::Files(make) => {
                for made in make(material) {
                    assert_eq!(memory.0.lock().expect("no panic").insert(made.path, made.bytes), None);
                }
            }
            Content::Tables(format) => writers.extend(table_writer(*format, material, &memory)),
            _ => {}
        }
    }
    write_tables(material, writers).expect("tables");
    std::mem::take(&mut *memory.0.lock().expect("no panic"))
}
