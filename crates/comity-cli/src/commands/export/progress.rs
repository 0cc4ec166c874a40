//! How far an export is: one step a table, shown to a person in front of a terminal.

use std::io;

use comity::export::format::Material;
use comity::export::tables::{Cell, Table};
use comity::export::write::{TableSize, TableWriter};

use crate::output::Progress;

/// A writer of tables that only counts them.
pub(super) struct ProgressWriter(Progress);

impl ProgressWriter {
    pub(super) fn new(material: &Material<'_>) -> Self {
        Self(Progress::new(material.tables.len() + material.panels.len()))
    }
}

impl TableWriter for ProgressWriter {
    fn begin(&mut self, _: &Table, _: &TableSize) -> io::Result<()> {
        Ok(())
    }

    fn rows(&mut self, _: &[Vec<Cell>]) -> io::Result<()> {
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.0.advance();
        Ok(())
    }
}
