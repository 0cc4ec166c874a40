//! A report of anybody's texts: see `comity_fuzz::json`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| comity_fuzz::json(data));
