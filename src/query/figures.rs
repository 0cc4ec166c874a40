//! Figures: the numbers that a figure admits.

use std::fmt;

use crate::record::Figure;

/// The numbers that a figure admits.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct FigureRange {
    /// The least number.
    pub least: f64,
    /// The greatest number; infinite where no limit is known.
    pub most: f64,
}

impl FigureRange {
    /// The range of three numbers; `None` where none is given. Where one bound is given, the other is open, even beside a
    /// best number.
    pub fn new(low: Option<f64>, best: Option<f64>, high: Option<f64>) -> Option<Self> {
        low.or(best).or(high)?;
        let least = low.or(best.filter(|_| high.is_none())).unwrap_or(0.0);
        let most = high.or(best.filter(|_| low.is_none())).unwrap_or(f64::INFINITY);
        Some(Self { least, most })
    }

    /// The range of a figure; `None` for a figure without a number.
    pub fn of(figure: &Figure) -> Option<Self> {
        let [low, best, high] =
            [figure.low, figure.best, figure.high].map(|number| number.map(crate::value::Amount::get));
        Self::new(low, best, high)
    }

    /// Whether the two ranges have no number in common.
    pub fn excludes(&self, other: &Self) -> bool {
        self.most < other.least || other.most < self.least
    }
}

impl fmt::Display for FigureRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.least, self.most) {
            (least, f64::INFINITY) => write!(f, "at least {least}"),
            (0.0, most) if most > 0.0 => write!(f, "at most {most}"),
            (least, most) if least < most => write!(f, "{least} to {most}"),
            (least, _) => write!(f, "{least}"),
        }
    }
}
