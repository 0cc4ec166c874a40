//! Whole folders that a stranger could send, made of bytes, and the command run in them.
//!
//! [`play`] builds one folder, runs the built program in it once, and says which promise was broken. The tests call it
//! with seeded bytes, the fuzz target `folder` with the bytes of the fuzzer.

mod choices;
mod claims;
mod command;
mod material;
mod snapshot;
mod tree;

use std::path::Path;

use choices::Choices;
use command::Call;
use snapshot::Snapshot;
use tree::Tree;

/// Builds the folder that the bytes describe, runs the program in it, and checks every promise.
///
/// # Errors
/// The broken promise, with the call, what the folder had in it, and what the program printed.
pub(crate) fn play(bytes: &[u8], program: &Path) -> Result<(), String> {
    let mut choices = Choices::new(bytes);
    let mut call = Call::choose(&mut choices);
    let tree = Tree::build(&mut choices);
    call.settle(&tree);
    let before = Snapshot::of(tree.top());
    let ending = call.run(program, &tree);
    let after = Snapshot::of(tree.top());
    claims::check(&call, &tree, &ending, &before, &after)
        .map_err(|broken| format!("{broken}\ncall: {call}\nfolder: {}\n{ending}", tree.story().join("; ")))
}
