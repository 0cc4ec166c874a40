//! A report of anybody's texts: see `comity_fuzz::github`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| comity_fuzz::github(data));
