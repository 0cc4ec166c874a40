//! The end of the questions: the check, what is asked again, and the files.

use comity::value::Key;
use inquire::{Confirm, InquireError};

use super::Asking;
use crate::commands::{Done, End};
use crate::composing::{self, Destination};
use crate::output::{Output, eprint_line};

impl Asking<'_, '_> {
    /// Checks what was put together, asks again for what the check finds fault with, and writes the files once a person
    /// agrees. `main` is the new record that was asked for.
    pub(crate) fn write(&mut self, target: &Destination<'_>, main: Option<&Key>, output: &mut Output) -> Done {
        loop {
            main.into_iter().for_each(|key| self.composition.finish(key));
            let files = self.composition.files()?;
            let report = target.check(self.composition, &files, main);
            if report.diagnostics.is_empty() {
                composing::note(self.composition);
                files.iter().for_each(|file| eprint_line(&format!("  {}/{}", target.shown, file.path)));
                if !Confirm::new(&format!("Write {}?", counted(files.len()))).with_default(true).prompt()? {
                    return Err(InquireError::OperationCanceled.into());
                }
                target.write(&files, output)?;
                return Ok(End::Clean);
            }
            composing::show(&report, output)?;
            let of = |path: &str| files.iter().find(|file| format!("{}/{}", target.shown, file.path) == path);
            self.again(&report, &|path| of(path).map(|file| file.key.clone()))?;
        }
    }
}

/// The outcome of questions; a person who stops them has not failed.
pub(crate) fn unless_stopped(done: Done) -> Done {
    match done {
        Err(error) if matches!(error.downcast_ref(), Some(InquireError::OperationCanceled)) => {
            eprint_line("stopped; nothing was written");
            Ok(End::Findings)
        }
        done => done,
    }
}

fn counted(files: usize) -> String {
    if files == 1 { "this file".to_owned() } else { format!("these {files} files") }
}
