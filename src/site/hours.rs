//! Opening hours as the clinic writes them, read for search engines.

const DAYS: [(&str, &str); 7] =
    [("monday", "Mo"), ("tuesday", "Tu"), ("wednesday", "We"), ("thursday", "Th"), ("friday", "Fr"), ("saturday", "Sa"), ("sunday", "Su")];

/// "Monday to Friday, 8 am to 6 pm" as <https://schema.org/openingHours> wants it, "Mo-Fr 08:00-18:00"; nothing when it can be read
/// in two ways or not at all.
pub(super) fn read(line: &str) -> Option<String> {
    let line = line.to_lowercase().replace(['–', '-'], " to ").replace('.', ":");
    let (days, times) = line.split_once(',').or_else(|| line.split_once(": "))?;
    let (open, close) = times.split_once(" to ")?;
    let (open, close) = (moment(open)?, moment(close)?);
    (open < close).then(|| Some(format!("{} {}-{}", self::days(days)?, clock(open), clock(close))))?
}

fn days(words: &str) -> Option<String> {
    match words.split_once(" to ") {
        Some((first, last)) => Some(format!("{}-{}", day(first)?, day(last)?)),
        None => words.split(" and ").map(day).collect::<Option<Vec<_>>>().map(|days| days.join(",")),
    }
}

fn day(word: &str) -> Option<&'static str> {
    let word = word.trim().trim_end_matches('s');
    DAYS.iter().find(|(name, _)| *name == word).map(|(_, short)| *short)
}

/// Minutes after midnight: "8", "8:30", "8 am", "noon".
fn moment(words: &str) -> Option<u32> {
    let words = words.trim();
    if words == "noon" || words == "midday" {
        return Some(12 * 60);
    }
    let half = [("am", 0), ("pm", 12)].into_iter().find_map(|(mark, add)| Some((words.strip_suffix(mark)?, Some(add))));
    let (number, add) = half.unwrap_or((words, None));
    let (hour, minute) = number.trim().split_once(':').unwrap_or((number.trim(), "0"));
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = match add {
        Some(add) if (1..=12).contains(&hour) => hour % 12 + add,
        None if hour < 24 => hour,
        _ => return None,
    };
    (minute < 60).then_some(hour * 60 + minute)
}

fn clock(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_or_left_out() {
        for (line, expected) in [
            ("Monday to Friday, 8 am to 6 pm", Some("Mo-Fr 08:00-18:00")),
            ("Saturday, 9 am to noon", Some("Sa 09:00-12:00")),
            ("Monday–Thursday, 08:30–17:00", Some("Mo-Th 08:30-17:00")),
            ("Tuesdays and Thursdays: 7.30 am to 12 pm", Some("Tu,Th 07:30-12:00")),
            ("Monday to Friday, 8 to 18", Some("Mo-Fr 08:00-18:00")),
            ("Monday, 8 to 6", None),
            ("Sunday, closed", None),
            ("By appointment", None),
            ("Monday, 25 to 26", None),
            ("Monday, 13 pm to 14 pm", None),
            ("Mon, 8 am to 9 am", None),
            ("", None),
        ] {
            assert_eq!(read(line).as_deref(), expected, "{line}");
        }
    }
}
