//! A report of anybody's texts: see `comity_fuzz::concise`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| comity_fuzz::concise(data));
