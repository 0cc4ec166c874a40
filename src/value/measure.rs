//! What figures count or measure, and the units that fit.

use super::code::{Code, codes};
use super::currency::Currency;
use super::unit::{Plain, Unit};

codes! {
    /// What a figure counts or measures.
    Measure {
        /// People who took part.
        Participants = "participants",
        /// People who were trained or taught.
        Trainees = "trainees",
        /// People who trained or taught.
        Instructors = "instructors",
        /// Soldiers, sailors or airmen who are deployed at that time.
        TroopsDeployed = "troops-deployed",
        /// Soldiers, sailors or airmen who served over the whole time, rotations added up.
        TroopsRotated = "troops-rotated",
        /// Doctors, nurses and other medical staff.
        MedicalStaff = "medical-staff",
        /// Patients treated.
        Patients = "patients",
        /// Countries that took part or are concerned.
        Countries = "countries",
        /// Members of a body, a framework or a group.
        Members = "members",
        /// Ships used.
        Ships = "ships" ["vessels", "warships", "navires", "bateaux", "buques", "سفن"],
        /// Aircraft used.
        Aircraft = "aircraft",
        /// Depots, centres, hospitals and schools that were built, repaired or used.
        Facilities = "facilities",
        /// Rounds of ammunition and explosive remnants that were destroyed.
        MunitionsDestroyed = "munitions-destroyed",
        /// Missiles destroyed.
        MissilesDestroyed = "missiles-destroyed",
        /// Small arms and light weapons destroyed.
        WeaponsDestroyed = "weapons-destroyed",
        /// Ships hailed or tracked.
        ShipsMonitored = "ships-monitored",
        /// Ships boarded.
        ShipsBoarded = "ships-boarded",
        /// Ships escorted.
        ShipsEscorted = "ships-escorted",
        /// Flights flown.
        Sorties = "sorties",
        /// Days at sea, added up over ships.
        ShipDays = "ship-days",
        /// Courses, meetings, events and other activities.
        Activities = "activities",
        /// Projects.
        Projects = "projects",
        /// Money set aside or planned for the whole.
        Budget = "budget",
        /// Money promised.
        Pledged = "pledged",
        /// Money spent.
        Spent = "spent",
        /// The planned duration.
        DurationPlanned = "duration-planned",
        /// A share that is the target.
        TargetShare = "target-share",
    }
}

impl Measure {
    /// Whether a unit fits: people are counted in persons, money in a currency.
    pub fn fits(self, unit: Unit) -> bool {
        match self {
            Self::Participants
            | Self::Trainees
            | Self::Instructors
            | Self::TroopsDeployed
            | Self::TroopsRotated
            | Self::MedicalStaff
            | Self::Patients => unit == Unit::Plain(Plain::Persons),
            Self::Countries => unit == Unit::Plain(Plain::Countries),
            Self::Members => matches!(unit, Unit::Plain(Plain::Countries | Plain::Persons | Plain::Items)),
            Self::Ships | Self::ShipsMonitored | Self::ShipsBoarded | Self::ShipsEscorted => {
                unit == Unit::Plain(Plain::Ships)
            }
            Self::Aircraft => unit == Unit::Plain(Plain::Aircraft),
            Self::MunitionsDestroyed | Self::MissilesDestroyed | Self::WeaponsDestroyed => {
                matches!(unit, Unit::Plain(Plain::Items | Plain::Tonnes))
            }
            Self::Facilities | Self::Sorties | Self::Activities | Self::Projects => unit == Unit::Plain(Plain::Items),
            Self::ShipDays => unit == Unit::Plain(Plain::Days),
            Self::DurationPlanned => matches!(unit, Unit::Plain(Plain::Days | Plain::Months)),
            Self::TargetShare => unit == Unit::Plain(Plain::Percent),
            Self::Budget | Self::Pledged | Self::Spent => unit.is_money(),
        }
    }

    /// The unit, where only one fits.
    pub(crate) fn only_unit(self) -> Option<Unit> {
        let mut fitting = Plain::ALL.iter().map(|plain| Unit::Plain(*plain)).filter(|unit| self.fits(*unit));
        fitting.next().filter(|_| fitting.next().is_none())
    }

    /// The units that fit, as the words of a message.
    pub fn fitting(self) -> String {
        if self.fits(Unit::Money(Currency::EURO)) {
            return "a currency such as `EUR` or `USD`".to_owned();
        }
        let units: Vec<_> = Plain::ALL
            .iter()
            .filter(|plain| self.fits(Unit::Plain(**plain)))
            .map(|plain| format!("`{plain}`"))
            .collect();
        units.join(" or ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_has_a_unit_that_fits() {
        for measure in Measure::ALL {
            assert!(!measure.fitting().is_empty(), "{measure}");
        }
    }

    #[test]
    fn a_measure_is_offered_for_a_misspelt_one() {
        assert_eq!("Troops rotated".parse::<Measure>().expect_err("a code").meant.as_deref(), Some("troops-rotated"));
    }
}
