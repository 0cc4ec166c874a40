//! Areas that a document of the United Nations, or of a body like it, treats as disputed, each with that document.
//!
//! The boxes lie well inside the areas: near a border only names decide. The countries are those that somebody would
//! write who takes a side; a place of the same name in another country is not meant.

/// One disputed area.
#[derive(Debug)]
pub(crate) struct Area {
    /// The name of the area in messages.
    pub(crate) name: &'static str,
    /// The document.
    pub(crate) source: &'static str,
    /// Country codes that stand for the area itself.
    pub(crate) codes: &'static [&'static str],
    /// Country codes that would be written for a place in the area.
    pub(crate) countries: &'static [&'static str],
    /// South, west, north, east, in degrees.
    pub(crate) boxes: &'static [[f64; 4]],
    /// Names of the area and of places in it, in lower case, with spaces for hyphens and apostrophes.
    pub(crate) names: &'static [&'static str],
}

/// The table.
pub(crate) static AREAS: &[Area] = &[
    Area {
        name: "Western Sahara",
        source: "UN list of Non-Self-Governing Territories; S/RES/690 (1991)",
        codes: &["EH"],
        countries: &["MA"],
        boxes: &[[26.1, -13.9, 27.6, -8.75], [23.5, -16.2, 26.1, -12.1], [21.36, -17.0, 23.5, -13.2]],
        names: &[
            "western sahara",
            "sahara occidental",
            "laayoune",
            "laâyoune",
            "el aaiun",
            "el aaiún",
            "dakhla",
            "smara",
            "es semara",
            "boujdour",
            "bou craa",
            "boukraa",
            "guerguerat",
            "tifariti",
            "bir lehlou",
            "la güera",
        ],
    },
    Area {
        name: "Ceuta and Melilla",
        source: "claimed in A/AC.109/475 (1975)",
        codes: &[],
        countries: &["ES", "MA"],
        boxes: &[[35.87, -5.37, 35.92, -5.28], [35.26, -2.96, 35.32, -2.92]],
        names: &["ceuta", "sebta", "melilla", "melilia"],
    },
    Area {
        name: "Gibraltar",
        source: "UN list of Non-Self-Governing Territories; General Assembly resolution 2353 (XXII) (1967)",
        codes: &["GI"],
        countries: &["GB", "ES"],
        boxes: &[[36.11, -5.36, 36.15, -5.34]],
        names: &["gibraltar"],
    },
    Area {
        name: "Kosovo",
        source: "S/RES/1244 (1999)",
        codes: &["XK"],
        countries: &["RS", "AL"],
        boxes: &[
            [42.3, 20.6, 42.9, 21.5],
            [42.1, 20.65, 42.3, 21.3],
            [42.45, 20.3, 42.8, 20.6],
            [42.9, 20.7, 43.1, 21.0],
        ],
        names: &[
            "kosovo",
            "pristina",
            "prishtina",
            "priština",
            "mitrovica",
            "kosovska mitrovica",
            "prizren",
            "peja",
            "peć",
        ],
    },
    Area {
        name: "Crimea",
        source: "General Assembly resolution 68/262 (2014)",
        codes: &[],
        countries: &["UA", "RU"],
        boxes: &[[44.35, 32.5, 45.9, 36.55]],
        names: &["crimea", "crimée", "sevastopol", "sébastopol", "simferopol", "kerch", "yalta"],
    },
    Area {
        name: "Abkhazia",
        source: "General Assembly resolution 77/293 (2023)",
        codes: &[],
        countries: &["GE", "RU"],
        boxes: &[[42.7, 40.3, 43.35, 41.5]],
        names: &["abkhazia", "abkhazie", "sukhumi", "sokhumi", "gudauta", "gagra"],
    },
    Area {
        name: "the Tskhinvali region (South Ossetia)",
        source: "General Assembly resolution 77/293 (2023)",
        codes: &[],
        countries: &["GE", "RU"],
        boxes: &[[42.22, 43.75, 42.5, 44.3]],
        names: &["south ossetia", "ossétie du sud", "tskhinvali", "tskhinvali region"],
    },
    Area {
        name: "Nagorno-Karabakh",
        source: "S/RES/822 and S/RES/884 (1993)",
        codes: &[],
        countries: &["AZ", "AM"],
        boxes: &[[39.6, 46.55, 40.1, 47.0]],
        names: &[
            "nagorno karabakh",
            "haut karabagh",
            "haut karabakh",
            "artsakh",
            "stepanakert",
            "khankendi",
            "shusha",
            "shushi",
        ],
    },
    Area {
        name: "Transnistria",
        source: "General Assembly resolution 72/282 (2018)",
        codes: &[],
        countries: &["MD", "RU"],
        boxes: &[],
        names: &["transnistria", "transnistrie", "transdniestria", "tiraspol", "bender", "bendery", "tighina"],
    },
    Area {
        name: "the north of Cyprus",
        source: "S/RES/541 (1983) and S/RES/550 (1984)",
        codes: &[],
        countries: &["CY", "TR"],
        boxes: &[[35.23, 32.95, 35.68, 34.5]],
        names: &[
            "northern cyprus",
            "north cyprus",
            "chypre du nord",
            "kyrenia",
            "girne",
            "famagusta",
            "varosha",
            "morphou",
        ],
    },
    Area {
        name: "the Golan Heights",
        source: "S/RES/497 (1981)",
        codes: &[],
        countries: &["IL", "SY"],
        boxes: &[[32.75, 35.68, 33.25, 35.82]],
        names: &[
            "golan",
            "golan heights",
            "the golan",
            "plateau du golan",
            "hauteurs du golan",
            "katzrin",
            "majdal shams",
        ],
    },
    Area {
        name: "the West Bank",
        source: "S/RES/242 (1967) and S/RES/2334 (2016)",
        codes: &[],
        countries: &["IL", "PS", "JO"],
        boxes: &[[31.9, 35.08, 32.45, 35.48], [31.72, 35.3, 31.9, 35.48], [31.42, 35.03, 31.68, 35.3]],
        names: &[
            "west bank",
            "the west bank",
            "cisjordanie",
            "ramallah",
            "hebron",
            "hébron",
            "nablus",
            "naplouse",
            "bethlehem",
            "bethléem",
            "jericho",
            "jéricho",
            "jenin",
            "tulkarm",
            "qalqilya",
        ],
    },
    Area {
        name: "Jerusalem",
        source: "S/RES/478 (1980)",
        codes: &[],
        countries: &["IL", "PS", "JO"],
        boxes: &[],
        names: &["jerusalem", "jérusalem", "east jerusalem", "jérusalem est", "al quds"],
    },
    Area {
        name: "the Hala'ib Triangle",
        source: "claimed in S/2018/153; before the Security Council since S/3963 (1958)",
        codes: &[],
        countries: &["EG", "SD"],
        boxes: &[[22.02, 35.2, 22.7, 37.0]],
        names: &[
            "halaib",
            "hala ib",
            "halayeb",
            "halaib triangle",
            "hala ib triangle",
            "shalateen",
            "shalatin",
            "abu ramad",
        ],
    },
    Area {
        name: "Abyei",
        source: "S/RES/1990 (2011)",
        codes: &[],
        countries: &["SD", "SS"],
        boxes: &[],
        names: &["abyei", "abiyé"],
    },
    Area {
        name: "Abu Musa and the Tunbs",
        source: "before the Security Council since S/10409 (1971)",
        codes: &[],
        countries: &["AE", "IR"],
        boxes: &[[25.84, 54.98, 25.92, 55.08], [26.2, 55.1, 26.3, 55.35]],
        names: &["abu musa", "abou moussa", "greater tunb", "lesser tunb"],
    },
    Area {
        name: "Jammu and Kashmir",
        source: "S/RES/47 (1948) and S/RES/91 (1951)",
        codes: &[],
        countries: &["IN", "PK", "CN"],
        boxes: &[[33.5, 73.9, 35.2, 77.0]],
        names: &["kashmir", "cachemire", "jammu and kashmir", "azad kashmir", "srinagar", "muzaffarabad", "siachen"],
    },
    Area {
        name: "the Falkland Islands (Malvinas)",
        source: "General Assembly resolution 2065 (XX) (1965)",
        codes: &["FK"],
        countries: &["GB", "AR"],
        boxes: &[[-52.5, -61.5, -51.0, -57.6]],
        names: &["falkland islands", "falklands", "malvinas", "islas malvinas", "îles malouines", "port stanley"],
    },
];

#[cfg(test)]
mod tests {
    use super::AREAS;

    fn at(north: f64, east: f64) -> Vec<&'static str> {
        let inside = |area: &&super::Area| {
            area.boxes.iter().any(|&[s, w, n, e]| (s..=n).contains(&north) && (w..=e).contains(&east))
        };
        AREAS.iter().filter(inside).map(|area| area.name).collect()
    }

    /// Towns on either side of each border, from general knowledge.
    #[test]
    fn the_boxes_hold_the_areas_and_not_their_neighbours() {
        for (town, north, east, area) in [
            ("Laayoune", 27.15, -13.2, "Western Sahara"),
            ("Dakhla", 23.72, -15.93, "Western Sahara"),
            ("Smara", 26.74, -11.67, "Western Sahara"),
            ("Guerguerat", 21.42, -16.96, "Western Sahara"),
            ("Pristina", 42.66, 21.16, "Kosovo"),
            ("Mitrovica", 42.89, 20.87, "Kosovo"),
            ("Peja", 42.66, 20.3, "Kosovo"),
            ("Simferopol", 44.95, 34.1, "Crimea"),
            ("Sevastopol", 44.6, 33.53, "Crimea"),
            ("Sukhumi", 43.0, 41.02, "Abkhazia"),
            ("Tskhinvali", 42.23, 43.97, "the Tskhinvali region (South Ossetia)"),
            ("Stepanakert", 39.82, 46.75, "Nagorno-Karabakh"),
            ("Kyrenia", 35.34, 33.32, "the north of Cyprus"),
            ("Katzrin", 32.99, 35.69, "the Golan Heights"),
            ("Ramallah", 31.9, 35.2, "the West Bank"),
            ("Hebron", 31.53, 35.1, "the West Bank"),
            ("Hala'ib", 22.22, 36.64, "the Hala'ib Triangle"),
            ("Srinagar", 34.08, 74.8, "Jammu and Kashmir"),
            ("Stanley", -51.7, -57.85, "the Falkland Islands (Malvinas)"),
            ("Gibraltar", 36.14, -5.35, "Gibraltar"),
            ("Ceuta", 35.89, -5.31, "Ceuta and Melilla"),
            ("Melilla", 35.29, -2.94, "Ceuta and Melilla"),
            ("Abu Musa", 25.88, 55.03, "Abu Musa and the Tunbs"),
        ] {
            assert_eq!(at(north, east), [area], "{town}");
        }
        for (town, north, east) in [
            ("Tarfaya", 27.94, -12.92),
            ("Zag", 28.02, -9.33),
            ("Tindouf", 27.67, -8.13),
            ("Nouadhibou", 20.94, -17.04),
            ("Zouérat", 22.73, -12.47),
            ("Bir Moghrein", 25.24, -11.58),
            ("Fnideq", 35.85, -5.36),
            ("Nador", 35.17, -2.93),
            ("La Línea", 36.17, -5.35),
            ("Algeciras", 36.13, -5.45),
            ("Novi Pazar", 43.14, 20.51),
            ("Skopje", 42.0, 21.43),
            ("Preševo", 42.31, 21.65),
            ("Tutin", 42.99, 20.33),
            ("Kukës", 42.08, 20.42),
            ("Bajram Curri", 42.36, 20.08),
            ("Kherson", 46.63, 32.62),
            ("Henichesk", 46.17, 34.8),
            ("Taman", 45.21, 36.71),
            ("Sochi", 43.6, 39.73),
            ("Zugdidi", 42.51, 41.87),
            ("Gori", 41.98, 44.11),
            ("Oni", 42.58, 43.44),
            ("Nicosia", 35.17, 33.36),
            ("Larnaca", 34.92, 33.63),
            ("Tiberias", 32.79, 35.53),
            ("Kiryat Shmona", 33.21, 35.57),
            ("Daraa", 32.62, 36.1),
            ("Damascus", 33.51, 36.29),
            ("Tel Aviv", 32.08, 34.78),
            ("Arad", 31.26, 35.21),
            ("Bet She'an", 32.5, 35.5),
            ("Amman", 31.95, 35.93),
            ("Modi'in", 31.9, 35.01),
            ("Berenice", 23.95, 35.48),
            ("Port Sudan", 19.62, 37.22),
            ("Islamabad", 33.69, 73.05),
            ("Lahore", 31.55, 74.34),
            ("Pathankot", 32.27, 75.65),
            ("Agdam", 39.99, 46.93 + 0.2),
        ] {
            assert_eq!(at(north, east), [""; 0], "{town}");
        }
    }

    #[test]
    fn names_are_written_as_they_are_compared() {
        for area in AREAS {
            assert!(!area.source.is_empty() && !area.countries.is_empty());
            for name in area.names {
                assert_eq!(super::super::folded(name), *name);
            }
        }
    }
}
