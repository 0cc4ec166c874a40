//! Catalogues outside the dataset.

use crate::value::code::codes;

codes! {
    /// A catalogue outside the dataset.
    Scheme {
        /// The item in Wikidata, such as Q7184.
        Wikidata = "wikidata",
        /// The number in the `GeoNames` database.
        Geonames = "geonames",
        /// The address in the Research Organization Registry.
        Ror = "ror",
        /// The International Standard Name Identifier, ISO 27729.
        Isni = "isni",
        /// The country number of the Correlates of War project.
        Cow = "cow",
        /// The country number of Gleditsch and Ward.
        GleditschWard = "gleditsch-ward",
        /// The four letters of a country that no longer exists, ISO 3166-3.
        Iso3166Part3 = "iso-3166-3",
        /// The Digital Object Identifier, ISO 26324.
        Doi = "doi",
        /// The International Standard Book Number, ISO 2108.
        Isbn = "isbn",
        /// The International Standard Serial Number, ISO 3297.
        Issn = "issn",
        /// The registration number of the United Nations Treaty Series.
        UnTreatySeries = "un-treaty-series",
        /// The project number of NATO's Science for Peace and Security Programme.
        NatoSps = "nato-sps",
        /// The number of a page of NATO's website.
        NatoNews = "nato-news",
    }
}
