//! The shipped data under a second, independent validator, against the committed schemas.

use std::fs;
use std::path::Path;

use comity::kind::Kind;
use serde_json::Value;

fn read(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_record_is_valid_under_another_validator() {
    let root = Path::new(crate::ROOT);
    let mut kinds = 0;
    for kind in Kind::ALL {
        let mut schemas = boon::Schemas::new();
        let mut compiler = boon::Compiler::new();
        let address = format!("https://schema.invalid/{kind}.json");
        compiler.add_resource(&address, read(&root.join(format!("schema/{kind}.schema.json")))).expect("JSON");
        let schema = compiler.compile(&address, &mut schemas).unwrap_or_else(|error| panic!("{kind}: {error:#}"));
        let folder = root.join("data").join(kind.name());
        let mut records = 0;
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("an entry").path();
            schemas.validate(&read(&path), schema).unwrap_or_else(|error| panic!("{}: {error:#}", path.display()));
            records += 1;
        }
        kinds += usize::from(records > 0);
    }
    assert!(kinds >= 9, "only {kinds} kinds have records");
}
