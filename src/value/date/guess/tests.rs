use super::super::{Edtf, When};
use super::refusal;
use crate::value::StringFormat;

/// What people type, with the date that is offered wherever a date stands.
const DAYS: &[(&str, &str)] = &[
    ("22/01/2019", "2019-01-22"),
    ("01/22/2019", "2019-01-22"),
    ("22 janvier 2019", "2019-01-22"),
    ("January 22nd, 2019", "2019-01-22"),
    ("١ يناير ٢٠١٩", "2019-01-01"),
    ("January 2019", "2019-01"),
    ("01/2019", "2019-01"),
    ("2019-1", "2019-01"),
    ("2019-1-5", "2019-01-05"),
    ("20190122", "2019-01-22"),
    ("2019-22-01", "2019-01-22"),
    ("2019-00-00", "2019"),
    ("2019-05-00", "2019-05"),
    ("2019-05-XX", "2019-05"),
    ("2019-XX-XX", "2019"),
    ("2019-01-22T10:00", "2019-01-22"),
    ("2019-01-22 10:00", "2019-01-22"),
    (" 2019", "2019"),
    ("2019 ", "2019"),
    ("c. 2019", "2019~"),
    ("2019 (?)", "2019?"),
    ("2019?~", "2019%"),
    ("?2019", "2019?"),
    ("2010s", "201X"),
    ("201x", "201X"),
    ("spring 2019", "[2019-03..2019-05]"),
    ("[2021..2019]", "[2019..2021]"),
    ("mardi 22 janvier 2019", "2019-01-22"),
    ("Tuesday, January 22, 2019", "2019-01-22"),
    ("late January 2019", "2019-01"),
    ("early 2019", "2019"),
    ("fin 2019", "2019"),
    ("Q1 2019", "[2019-01..2019-03]"),
    ("between 2018 and 2019", "[2018..2019]"),
    ("2019-01-22 or 2019-01-23", "[2019-01-22..2019-01-23]"),
    ("before 2019", "[..2018]"),
    ("before 15 April 2024", "[..2024-04-14]"),
    ("before 1 March 2024", "[..2024-02-29]"),
    ("after 2024-12", "[2025-01..]"),
    ("after 2024-12-31", "[2025-01-01..]"),
    ("before the end of 2024", "[..2024]"),
    ("before late 2024", "[..2024]"),
    ("after early 2024", "[2024..]"),
    ("2024-04-??", "2024-04"),
    ("apres 2019", "[2020..]"),
    ("maybe 2019", "2019?"),
    ("22 janv. 2019", "2019-01-22"),
    ("Febuary 2019", "2019-02"),
    ("١ جويلية ٢٠١٩", "2019-07-01"),
    ("3 نيسان 2019", "2019-04-03"),
    ("by 2019", "[..2019]"),
    ("..2024-04-15", "[..2024-04-15]"),
    ("2024-04-08..", "[2024-04-08..]"),
    ("2024-04-08 ...", "[2024-04-08..]"),
    ("[..2024-04-15", "[..2024-04-15]"),
    ("..2024-04-15]", "[..2024-04-15]"),
    ("[...2024-04-15]", "[..2024-04-15]"),
    ("[…2024-04-15]", "[..2024-04-15]"),
    ("…2024-04-15", "[..2024-04-15]"),
    ("[..15/04/2024]", "[..2024-04-15]"),
    ("[2019..2020", "[2019..2020]"),
    ("around 15 April 2024", "2024-04-15~"),
    ("vers le 15 avril 2024", "2024-04-15~"),
    ("15 April 2024 (approx.)", "2024-04-15~"),
    ("(approx.) 2024", "2024~"),
    ("2024 approx.", "2024~"),
    ("ca. 15 April 2024", "2024-04-15~"),
    ("probably 15 April 2024", "2024-04-15?"),
    ("perhaps 2024-04-15", "2024-04-15?"),
    ("likely April 2024", "2024-04?"),
    ("probablement le 15 avril 2024", "2024-04-15?"),
    ("between 15 and 17 April 2024", "[2024-04-15..2024-04-17]"),
    ("entre le 15 et le 17 avril 2024", "[2024-04-15..2024-04-17]"),
    ("15 or 16 April 2024", "[2024-04-15..2024-04-16]"),
    ("2024-04-15T10:00:00Z", "2024-04-15"),
    ("2024-04-15T10:00:00+01:00", "2024-04-15"),
    ("Monday 15 April 2024", "2024-04-15"),
    ("lundi 15 avril 2024", "2024-04-15"),
    ("15 April 2024 (Monday)", "2024-04-15"),
    ("Mon 15/04/2024", "2024-04-15"),
    ("الاثنين 15 أبريل 2024", "2024-04-15"),
    ("before Monday 15 April 2024", "[..2024-04-14]"),
    ("[2019,2020]", "[2019..2020]"),
    ("15 de abril de 2024", "2024-04-15"),
    ("mayo 2024", "2024-05"),
    ("15 aprile 2024", "2024-04-15"),
    ("lunes 15 de abril de 2024", "2024-04-15"),
    ("2024-Q2", "[2024-04..2024-06]"),
    ("H1 2024", "[2024-01..2024-06]"),
];

/// Braces have all days of a set, and brackets one.
#[test]
fn days_in_braces_are_all_meant() {
    for (text, days) in [
        ("{2024-04-15,2024-04-16}", Some("2024-04-15/2024-04-16")),
        ("{2024-04-15..2024-04-17}", Some("2024-04-15/2024-04-17")),
        ("{2019, 2020}", Some("2019/2020")),
        ("{2024-04-15,2024-04-18}", None),
    ] {
        assert_eq!(refusal(text, true).meant.as_deref(), days, "{text}");
    }
}

#[test]
fn the_nearest_reading_is_offered() {
    for (text, day) in DAYS {
        for interval in [false, true] {
            assert_eq!(refusal(text, interval).meant.as_deref(), Some(*day), "{text}");
        }
    }
}

#[test]
fn two_days_are_offered_where_both_are_clear() {
    let meant = |text: &str, interval| refusal(text, interval).meant;
    for (text, days) in [
        ("22-24 January 2019", "2019-01-22/2019-01-24"),
        ("from 22 to 24 January 2019", "2019-01-22/2019-01-24"),
        ("from 22 January to 24 January 2019", "2019-01-22/2019-01-24"),
        ("28 January – 2 February 2019", "2019-01-28/2019-02-02"),
        ("2019-01-22 to 2019-01-24", "2019-01-22/2019-01-24"),
        ("2019-01-22 – 2019-01-24", "2019-01-22/2019-01-24"),
        ("2019-01-22..2019-01-24", "2019-01-22/2019-01-24"),
        ("April 15-17, 2024", "2024-04-15/2024-04-17"),
        ("2024-04-15/17", "2024-04-15/2024-04-17"),
        ("15 and 16 April 2024", "2024-04-15/2024-04-16"),
        ("30 April-2 May 2024", "2024-04-30/2024-05-02"),
        ("Dec 30, 2023 - Jan 2, 2024", "2023-12-30/2024-01-02"),
        ("du 15 au 17 avril 2024", "2024-04-15/2024-04-17"),
        ("Monday 15 to Wednesday 17 April 2024", "2024-04-15/2024-04-17"),
        ("March 3 to 5, 2019", "2019-03-03/2019-03-05"),
        ("mars 3 à 5 2019", "2019-03-03/2019-03-05"),
        ("mai-juin 2024", "2024-05/2024-06"),
        ("mai et juin 2024", "2024-05/2024-06"),
        ("de mai à juillet 2024", "2024-05/2024-07"),
        ("من 14 إلى 16 ماي 2024", "2024-05-14/2024-05-16"),
        ("14 و15 ماي 2024", "2024-05-14/2024-05-15"),
        ("من ماي إلى يونيو 2024", "2024-05/2024-06"),
    ] {
        assert_eq!(meant(text, true).as_deref(), Some(days), "{text}");
    }
    for (text, day) in [("2018-2019", "[2018..2019]"), ("2018/19", "[2018..2019]"), ("2023-24", "[2023..2024]")] {
        assert_eq!((meant(text, false).as_deref(), meant(text, true)), (Some(day), None), "{text}");
        assert!(refusal(text, true).to_string().contains(&day[1..day.len() - 1].replace("..", "/")), "{text}");
    }
    for (text, days) in [
        ("3.4.2019", ["2019-04-03", "2019-03-04"]),
        ("05/04/2024", ["2024-04-05", "2024-05-04"]),
        ("before 05/04/2024", ["2024-04-05", "2024-05-04"]),
        ("[..05/04/2024]", ["2024-04-05", "2024-05-04"]),
        ("since 05/04/2024", ["2024-04-05", "2024-05-04"]),
        ("between 3/4/2019 and 5/4/2019", ["2019-04-03", "2019-03-04"]),
    ] {
        let refused = refusal(text, false);
        assert_eq!(refused.meant, None, "the day or the month may stand first in {text}");
        assert!(days.iter().all(|day| refused.to_string().contains(day)), "{refused}");
    }
    for (text, readings) in
        [("2024-06/07", ["`2024-06-07`", "`2024-06/2024-07`"]), ("2024/06-07", ["`2024-06-07`", "`2024-06/2024-07`"])]
    {
        let refused = refusal(text, true);
        assert!(refused.meant.is_none() && readings.iter().all(|one| refused.to_string().contains(one)), "{refused}");
    }
    for text in ["January and March 2024", "14 و16 ماي 2024"] {
        assert_eq!(meant(text, true), None, "{text}");
    }
    for text in ["décennie 2020", "decade 2024", "novel 2024", "mayor 2024", "marcom 2024", "augusta 2024", "jui 2024"]
    {
        assert_eq!(meant(text, true), None, "{text}");
    }
    for text in [
        "soon",
        "30 December - 2 January 2024",
        "since March 2019",
        "until 2024",
        "-2024-04-15",
        "2024-04-15-",
        "15 and 17 April 2024",
        "15..April 2024",
        "2019-02-30",
        "1799",
        "2019/2020",
        "2019/..",
        "[..]",
        "[2019]",
        "é",
        "20XX",
        "2019-13-45",
        "/",
    ] {
        assert_eq!(meant(text, false), None, "{text}");
    }
}

proptest::proptest! {
    /// For any text, nothing panics, and the text that is offered is a date and differs from the refused text.
    #[test]
    fn what_is_offered_is_good(text in "[0-9A-Za-z/.,?~%X\\[\\]{}: é٣–-]{0,14}") {
        for interval in [false, true] {
            let refused = if interval { When::parse(&text).err() } else { Edtf::parse(&text).err() };
            if let Some(meant) = refused.and_then(|refusal| refusal.meant) {
                let good = if interval { When::parse(&meant).is_ok() } else { Edtf::parse(&meant).is_ok() };
                proptest::prop_assert!(good && meant != text, "{} for {}", meant, text);
            }
        }
    }
}

#[test]
fn a_refusal_says_what_is_wrong_with_a_date() {
    for (text, part) in [
        ("2019-02-30", "February 2019 has 28 days"),
        ("2019-13", "there is no month 13"),
        ("1799-01-01", "outside the years"),
        ("2019/2020", "is an interval"),
        ("../2019", "leaves one end open"),
        ("[2021..2019]", "ends before it begins"),
        ("[2019]", "needs two dots"),
        ("since 2019", "one end of a longer time"),
        ("until 2024", "one end of a longer time"),
        ("2019-present", "one end of a longer time"),
        ("Tuesday 15 April 2024", "15 April 2024 is a Monday"),
        ("mardi 15 avril 2024", "15 April 2024 is a Monday"),
        ("الثلاثاء 15 أبريل 2024", "15 April 2024 is a Monday"),
        ("2024-04-15 (Tue)", "15 April 2024 is a Monday"),
        ("Tuesday, April 15, 2024", "15 April 2024 is a Monday"),
        ("before Tuesday 15 April 2024", "15 April 2024 is a Monday"),
        ("Monday 15 to Thursday 17 April 2024", "17 April 2024 is a Wednesday"),
    ] {
        let why = refusal(text, false).why;
        assert!(why.contains(part), "{text}: {why}");
    }
}

#[test]
fn what_a_spreadsheet_made_of_a_date_is_said_and_not_written() {
    for (text, parts) in [
        ("45397", &["spreadsheet", "`2024-04-15` (15 April 2024)"][..]),
        ("45397.5", &["`2024-04-15`"]),
        ("15-Apr-24", &["four digits", "`2024-04-15` (15 April 2024)"]),
        ("Apr-24", &["`2024-04`"]),
        ("15/04/24", &["`2024-04-15`"]),
        ("04/15/24", &["`2024-04-15`"]),
        ("24-04-15", &["`2015-04-24`", "`2024-04-15`"]),
        ("05/04/24", &["`2024-04-05`", "`2024-05-04`"]),
    ] {
        for interval in [false, true] {
            let refused = refusal(text, interval);
            assert_eq!(refused.meant, None, "{text}");
            assert!(parts.iter().all(|part| refused.to_string().contains(part)), "{refused}");
        }
    }
    for text in ["10000", "45397a", "4539", "453970", "15-Foo-24", "32/04/24", "4/24"] {
        assert!(!refusal(text, true).to_string().contains("four digits"), "{text}");
    }
}

#[test]
fn it_is_said_what_a_date_lacks() {
    for (text, why) in [
        ("April 15", "`April 15` has no year"),
        ("31 April 2024", "`31 April 2024` is no day of the calendar: April 2024 has 30 days"),
        ("6 شوال 1445", "`6 شوال 1445` names a month of the Hijri calendar"),
        ("1445-10-06", "`1445-10-06` looks like a year of the Hijri calendar"),
        ("the second week", "`the second week` is no date"),
    ] {
        let refusal = refusal(text, true);
        assert_eq!((refusal.why.as_str(), refusal.meant), (why, None), "{text}");
    }
}
