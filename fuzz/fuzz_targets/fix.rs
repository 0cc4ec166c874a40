//! Any text as a record, mended: see `comity_fuzz::fix`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| comity_fuzz::fix(data));
