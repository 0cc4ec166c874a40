//! `dataset.jsonld`: the release as schema.org and DCAT describe a dataset, with each file.

use serde_json::{Value, json};

use super::{licence, media_type};
use crate::export::files::{ReleaseFile, WrittenFile, first};
use crate::export::format::Material;

/// The description, with every file of the release but those that are made after it.
pub(in crate::export) fn dataset(material: &Material<'_>, files: &[WrittenFile]) -> ReleaseFile {
    let manifest = &material.dataset.manifest;
    // The order in which files are written may differ from run to run.
    let mut files: Vec<&WrittenFile> = files.iter().collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let coverage = first(manifest.coverage.as_ref());
    let mut description = json!({
        "@context": {
            "@vocab": "https://schema.org/",
            "schema": "https://schema.org/",
            "dcat": "http://www.w3.org/ns/dcat#",
            "dcterms": "http://purl.org/dc/terms/",
            "spdx": "http://spdx.org/rdf/terms#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@type": ["Dataset", "dcat:Dataset"],
        "@id": manifest.homepage,
        "name": manifest.title.as_ref().map(texts),
        "description": manifest.description.as_ref().map(texts),
        "license": licence(material.dataset).map(|address| json!({ "@id": address })),
        "version": manifest.version,
        "dcat:version": manifest.version,
        "dateModified": manifest.as_of,
        "url": manifest.homepage,
        "creator": { "@type": "Organization", "name": "The contributors" },
        "usageInfo": coverage,
        "isAccessibleForFree": true,
        "identifier": material.release.meta["content_sha256"],
        "distribution": files.into_iter().map(distribution).collect::<Vec<_>>(),
    });
    description.as_object_mut().into_iter().for_each(|fields| fields.retain(|_, value| !value.is_null()));
    ReleaseFile::new("dataset.jsonld", format!("{description:#}\n"))
}

fn texts(texts: &crate::value::Texts) -> Value {
    let text = |(language, text): (String, Value)| json!({ "@language": language, "@value": text });
    match json!(texts) {
        Value::Object(texts) => texts.into_iter().map(text).collect(),
        _ => Value::Null,
    }
}

fn distribution(file: &WrittenFile) -> Value {
    json!({
        "@type": ["DataDownload", "dcat:Distribution"],
        "name": file.path,
        "contentUrl": file.path,
        "encodingFormat": media_type(file),
        "contentSize": format!("{} B", file.bytes),
        "sha256": file.sha256,
        "dcat:byteSize": { "@value": file.bytes.to_string(), "@type": "xsd:nonNegativeInteger" },
        "spdx:checksum": { "@type": "spdx:Checksum", "spdx:algorithm": { "@id": "spdx:checksumAlgorithm_sha256" }, "spdx:checksumValue": file.sha256 },
    })
}
