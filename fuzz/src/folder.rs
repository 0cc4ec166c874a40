//! What must hold for the built command in any folder. The claims are those of the tests, which play some hundred folders.

#[path = "../../tests/it/hostile/folder/mod.rs"]
mod player;

use std::path::Path;

/// The folder that the bytes describe, and one run of the program that the variable `COMITY` names.
pub fn folder(data: &[u8]) {
    let program = std::env::var_os("COMITY").expect("the variable COMITY names the built program, as an absolute path");
    if let Err(broken) = player::play(data, Path::new(&program)) {
        panic!("{broken}");
    }
}
