//! The lights in words for the paper a patient takes home, with the numbers of the table that reads them.

use super::light::{AMBER_TO, GREEN_TO, Light, RED_ABOVE_USUAL};
use crate::plans::handout::{LightLine, Lights};

/// What each light means and what to do then, the mildest first.
#[must_use]
pub fn lights_in_words() -> Lights {
    let line = |light: Light, when: String, then| LightLine { word: light.word(), label: light.label(), when, then };
    let (amber_from, red_from) = (GREEN_TO + 1, AMBER_TO + 1);
    Lights(vec![
        line(Light::Green, format!("Pain {GREEN_TO} or less while you train, and the next morning is as usual."), "Go on as planned."),
        line(
            Light::Hold,
            format!("Pain {GREEN_TO} or less while you train, but you are stiff or 1 point worse the next morning."),
            "Do the same session again. Add nothing yet.",
        ),
        line(
            Light::Amber,
            format!("Pain {amber_from} to {AMBER_TO} while you train, settled within a day."),
            "Do the same again, or a little less.",
        ),
        line(
            Light::Red,
            format!(
                "Pain {red_from} or more, a limp, {RED_ABOVE_USUAL} points or more above your usual morning, or not settled within a day."
            ),
            "Take an extra rest day. Ask your physio before the next session.",
        ),
        line(Light::Stop, "Pain in the night, or one of the warning signs.".to_owned(), "Stop training. Ring the clinic."),
    ])
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::diary::CheckIn;
    use crate::progress::light::reading;

    /// The first number of a sentence, and the last.
    fn numbers(of: Light) -> (i32, i32) {
        let Lights(lines) = lights_in_words();
        let when = lines.into_iter().find(|line| line.word == of.word()).unwrap().when;
        let found: Vec<i32> = when.split(|letter: char| !letter.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
        (found[0], *found.last().unwrap())
    }

    #[test]
    fn the_paper_says_what_the_table_reads() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let morning = |pain| CheckIn {
            day: day + chrono::TimeDelta::days(1),
            pain: Some(pain),
            stiffness: None,
            settled: None,
            limp: None,
            night_pain: None,
            note: String::new(),
        };
        let light = |during, next| reading(day, Some(during), Some(&morning(next)), Some(2)).light;
        assert_eq!(light(numbers(Light::Green).0, 2), Light::Green);
        assert_eq!(light(numbers(Light::Hold).0, 2 + numbers(Light::Hold).1), Light::Hold);
        let (from, to) = numbers(Light::Amber);
        assert_eq!((light(from, 2), light(from - 1, 2), light(to, 2)), (Light::Amber, Light::Green, Light::Amber));
        let (from, above) = numbers(Light::Red);
        assert_eq!((light(from, 2), light(from - 1, 2)), (Light::Red, Light::Amber));
        assert_eq!((light(0, 2 + above), light(0, 1 + above)), (Light::Red, Light::Hold));
        assert_eq!(lights_in_words().0.len(), 5, "all but what is not known");
    }
}
