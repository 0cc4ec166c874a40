//! A few hundred whole folders that a stranger could send, always the same ones, and the program run in each.

use std::path::Path;

use super::folder::play;
use crate::tool::Folder;

/// How many folders.
const FOLDERS: u64 = 300;

/// Bytes that look random and are the same in every run.
fn bytes(seed: u64) -> Vec<u8> {
    // SplitMix64.
    let mixed = |number: u64| {
        let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        number ^ (number >> 31)
    };
    let start = mixed(seed.wrapping_add(0x9e37_79b9_7f4a_7c15));
    (1..9).flat_map(|n| mixed(start.wrapping_add(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(n))).to_le_bytes()).collect()
}

#[test]
fn hostile_folders_break_no_promise() {
    let command = Folder::empty().command(&[]);
    let program = Path::new(command.get_program());
    let broken: Vec<String> = (0..FOLDERS)
        .filter_map(|seed| play(&bytes(seed), program).err().map(|broken| format!("folder {seed} {broken}")))
        .collect();
    assert!(broken.is_empty(), "{} of {FOLDERS} folders:\n\n{}", broken.len(), broken.join("\n\n"));
}
