//! Simulated time: an instant in milliseconds, and how AWS prints it.

use crate::json::Text;
use crate::output::Line;
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

    /// Reads `2026-01-05T09:00:00Z`, with or without seconds, fractions of them, an offset `+00:00`, or a date alone; in UTC.
    #[must_use]
    pub fn parse(text: &str) -> Option<Instant> {
        let text = text
            .strip_suffix('Z')
            .or_else(|| text.strip_suffix("+00:00"))
            .unwrap_or(text);
        let (date, time) = text.split_once('T').unwrap_or((text, "00:00:00"));
        let number = |part: &str, digits: usize| -> Option<u64> {
            (part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse().ok())?
        };
        let mut parts = date.split('-');
        let (year, month, day) = (
            number(parts.next()?, 4)?,
            number(parts.next()?, 2)?,
            number(parts.next()?, 2)?,
        );
        let mut clock = time.split(':');
        let (hour, minute) = (number(clock.next()?, 2)?, number(clock.next()?, 2)?);
        let second = clock.next().unwrap_or("00");
        let second = number(second.split('.').next()?, 2)?;
        let past = parts.next().is_some() || clock.next().is_some();
        if past || year < 1970 || hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        // Days since 1970 after Howard Hinnant's public-domain `days_from_civil`.
        let shifted = if month > 2 { year } else { year - 1 };
        let month_index = if month > 2 { month - 3 } else { month + 9 };
        let day_of_era = (shifted % 400) * 365 + shifted % 400 / 4 - shifted % 400 / 100
            + (153 * month_index + 2) / 5
            + day.checked_sub(1)?;
        let days = (shifted / 400 * 146_097 + day_of_era).checked_sub(719_468)?;
        let found = Instant((days * 86_400 + hour * 3_600 + minute * 60 + second) * 1_000);
        // A day that the month does not have comes back as another one.
        let (_, same_month, same_day, ..) = found.civil();
        ((same_month, same_day) == (month, day)).then_some(found)
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

    /// As the AWS CLI prints times: `2026-01-05T09:00:00+00:00`.
    #[must_use]
    pub fn text(self) -> Text {
        let (year, month, day, hour, minute, second) = self.civil();
        let year = u64::try_from(year).unwrap_or(0);
        let digits = year
            .checked_ilog10()
            .map_or(4, |log| (log as usize + 1).max(4));
        let date = Line::new().padded(year, digits);
        let date = date.put("-").padded(month, 2).put("-").padded(day, 2);
        let time = date.put("T").padded(hour, 2).put(":").padded(minute, 2);
        time.put(":").padded(second, 2).put("+00:00").text()
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
        f.write_str(&self.text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_prints() {
        for days in (0..40_000).step_by(17) {
            let moment = Instant(days * 24 * HOUR + 12_345_000);
            assert_eq!(Instant::parse(&moment.to_string()), Some(moment));
            assert!(
                moment
                    .in_filters()
                    .iter()
                    .all(|text| Instant::parse(text) == Some(moment))
            );
        }
        assert_eq!(Instant::parse("1970-01-02"), Some(Instant(24 * HOUR)));
        for bad in [
            "",
            "soon",
            "2026-02-30",
            "2026-13-01T00:00:00Z",
            "2026-01-01T24:00Z",
            "1969-12-31",
            "2026-1-1",
        ] {
            assert_eq!(Instant::parse(bad), None, "{bad}");
        }
    }

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
