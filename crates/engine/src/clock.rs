//! Simulated time: an instant in milliseconds, and how AWS prints it.

use std::fmt;

/// A moment of the lab's clock, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub u64);

/// One second, in the clock's unit.
pub const SECOND: u64 = 1_000;
/// One minute, in the clock's unit.
pub const MINUTE: u64 = 60 * SECOND;
/// One hour, in the clock's unit.
pub const HOUR: u64 = 60 * MINUTE;
/// One day, in the clock's unit.
pub const DAY: u64 = 24 * HOUR;

impl Instant {
    /// When every world begins: Monday, 2026-01-05, 09:00 UTC.
    pub const START: Instant = Instant(1_767_603_600_000);

    /// The moment `milliseconds` later; the end of time is a ceiling, never a wrap.
    #[must_use]
    pub fn plus(self, milliseconds: u64) -> Instant {
        Instant(self.0.saturating_add(milliseconds))
    }

    /// Milliseconds since `earlier`, or 0 when `earlier` is later.
    #[must_use]
    pub fn since(self, earlier: Instant) -> u64 {
        self.0.saturating_sub(earlier.0)
    }

    /// As filters compare times: `2026-01-05T09:00:00.000Z`, and as describe calls print them.
    #[must_use]
    pub fn in_filters(self) -> Vec<String> {
        let (year, month, day, hour, minute, second) = self.civil();
        vec![
            format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.000Z"),
            self.to_string(),
        ]
    }

    /// Year, month, day, hour, minute, second in UTC.
    #[must_use]
    pub fn civil(self) -> (i64, u64, u64, u64, u64, u64) {
        let seconds = self.0 / 1_000;
        let (days, rest) = (seconds / 86_400, seconds % 86_400);
        // Days-to-date after Howard Hinnant's public-domain `civil_from_days`, for dates after 1970.
        let shifted = days + 719_468;
        let era = shifted / 146_097;
        let day_of_era = shifted % 146_097;
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_index = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_index + 2) / 5 + 1;
        let month = if month_index < 10 {
            month_index + 3
        } else {
            month_index - 9
        };
        let year = (year_of_era + era * 400) as i64 + i64::from(month <= 2);
        (year, month, day, rest / 3_600, rest / 60 % 60, rest % 60)
    }
}

impl fmt::Display for Instant {
    /// As the AWS CLI prints times: `2026-01-05T09:00:00+00:00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day, hour, minute, second) = self.civil();
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}+00:00"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_known_dates() {
        assert_eq!(Instant::START.to_string(), "2026-01-05T09:00:00+00:00");
        assert_eq!(
            Instant(951_782_400_000).to_string(),
            "2000-02-29T00:00:00+00:00"
        );
        assert_eq!(Instant(0).to_string(), "1970-01-01T00:00:00+00:00");
    }
}
