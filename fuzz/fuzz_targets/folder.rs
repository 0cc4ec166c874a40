//! Whole folders that a stranger could send, and the command run in them: see `comity_fuzz::folder`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| comity_fuzz::folder(data));
