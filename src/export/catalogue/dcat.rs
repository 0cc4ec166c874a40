//! `dataset.jsonld`: the release as schema.org and DCAT describe a dataset, with each file.

use serde_json::{Value, json};

use super::{licence, media_type};
use crate::export::files::{ReleaseFile, WrittenFile, author};
use crate::export::format::Material;
use crate::export::json_ld;

/// The description, with every file of the release but those that are made after it.
pub(in crate::export) fn dataset(material: &Material<'_>, files: &[WrittenFile]) -> ReleaseFile {
    let manifest = &material.dataset.manifest;
    // The order in which files are written may differ from run to run.
    let mut files: Vec<&WrittenFile> = files.iter().collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let name = json_ld::context::name(material.dataset);
    let scope = material.scope();
    let author = json!({ "@type": "Organization", "name": author(material.dataset) });
    let licence = licence(material.dataset).map(|address| json!({ "@id": address }));
    let distributions: Vec<Value> = files.into_iter().map(|file| distribution(&name, file)).collect();
    let links = distributions.iter().map(|file| json!({ "@id": file["@id"] })).collect::<Vec<_>>();
    let mut description = json!({
        "@context": {
            "@vocab": "https://schema.org/",
            "schema": "https://schema.org/",
            "dcat": "http://www.w3.org/ns/dcat#",
            "dcterms": "http://purl.org/dc/terms/",
            "skos": "http://www.w3.org/2004/02/skos/core#",
            "spdx": "http://spdx.org/rdf/terms#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@type": ["Dataset", "dcat:Dataset"],
        "@id": name,
        "name": manifest.title.as_ref().map(texts),
        "dcterms:title": manifest.title.as_ref().map(texts),
        "description": manifest.description.as_ref().map(texts),
        "dcterms:description": manifest.description.as_ref().map(texts),
        "license": licence.clone(),
        "dcterms:license": licence,
        "version": manifest.version,
        "dcat:version": manifest.version,
        "dateModified": manifest.as_of,
        "url": manifest.homepage,
        "creator": author.clone(),
        "publisher": author.clone(),
        "dcterms:creator": author.clone(),
        "dcterms:publisher": author,
        "keywords": scope.keywords(),
        "dcat:keyword": scope.keywords(),
        "temporalCoverage": material.interval(),
        "dcterms:temporal": material.years().map(period),
        "spatialCoverage": scope.country_names(),
        // What was searched, and what a missing record means: no term of schema.org or DCAT is for that.
        "skos:scopeNote": manifest.coverage.as_ref().map(texts),
        "isAccessibleForFree": true,
        "identifier": material.release.meta["content_sha256"],
        "distribution": distributions,
        "dcat:distribution": links,
    });
    description.as_object_mut().into_iter().for_each(|fields| fields.retain(|_, value| !value.is_null()));
    ReleaseFile::new("dataset.jsonld", format!("{description:#}\n"))
}

/// A time of whole years, as DCAT has it.
fn period((first, last): (i32, i32)) -> Value {
    let year = |year: i32| json!({ "@value": format!("{year:04}"), "@type": "xsd:gYear" });
    json!({ "@type": "dcterms:PeriodOfTime", "dcat:startDate": year(first), "dcat:endDate": year(last) })
}

fn texts(texts: &crate::value::Texts) -> Value {
    let text = |(language, text): (String, Value)| json!({ "@language": language, "@value": text });
    match json!(texts) {
        Value::Object(texts) => texts.into_iter().map(text).collect(),
        _ => Value::Null,
    }
}

fn distribution(dataset: &str, file: &WrittenFile) -> Value {
    let mut node = json!({
        "@id": format!("{dataset}/{}", file.path),
        "@type": ["DataDownload", "dcat:Distribution"],
        "name": file.path,
        "contentUrl": file.path,
        "dcat:downloadURL": { "@id": file.path },
        "encodingFormat": media_type(file),
        "contentSize": format!("{} B", file.bytes),
        "sha256": file.sha256,
        "dcat:byteSize": { "@value": file.bytes.to_string(), "@type": "xsd:nonNegativeInteger" },
        "spdx:checksum": { "@type": "spdx:Checksum", "spdx:algorithm": { "@id": "spdx:checksumAlgorithm_sha256" }, "spdx:checksumValue": file.sha256 },
    });
    // DCAT wants a registered type, by its address.
    if let Some(r#type) = registered(media_type(file)) {
        node["dcat:mediaType"] = json!({ "@id": r#type });
    }
    node
}

/// The address of a media type; `None` for one that nobody has registered.
fn registered(media_type: &str) -> Option<String> {
    let is_registered = !media_type.contains("/x-") && media_type != "application/graphml+xml";
    is_registered.then(|| format!("https://www.iana.org/assignments/media-types/{media_type}"))
}
