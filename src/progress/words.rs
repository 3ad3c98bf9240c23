//! The lights in words for the paper a patient takes home, with the numbers of the table that reads them.

use super::light::Light;
use crate::plans::CutOffs;
use crate::plans::handout::LightLine;

/// What each light means and what to do then, the mildest first.
#[must_use]
pub fn lights_in_words(cut_offs: CutOffs) -> Vec<LightLine> {
    let line = |light: Light, when: String, then| LightLine { word: light.word(), label: light.label(), when, then };
    let CutOffs { green_to, amber_to, red_above } = cut_offs;
    let (amber_from, red_from) = (green_to + 1, amber_to + 1);
    let amber = if amber_from == amber_to { amber_to.to_string() } else { format!("{amber_from} to {amber_to}") };
    let points = if red_above == 1 { "1 point".to_owned() } else { format!("{red_above} points") };
    vec![
        line(Light::Green, format!("Pain {green_to} or less while you train, and the next morning is as usual."), "Go on as planned."),
        line(
            Light::Hold,
            format!("Pain {green_to} or less while you train, but you are stiff or 1 point worse the next morning."),
            "Do the same session again. Add nothing yet.",
        ),
        line(Light::Amber, format!("Pain {amber} while you train, settled within a day."), "Do the same again, or a little less."),
        line(
            Light::Red,
            format!("Pain {red_from} or more, a limp, {points} or more above your usual morning, or not settled within a day."),
            "Take an extra rest day. Ask your physio before the next session.",
        ),
        line(Light::Stop, "Pain in the night, or one of the warning signs.".to_owned(), "Stop training. Ring the clinic."),
    ]
}

#[cfg(test)]
mod tests {
    use chrono::{Days, NaiveDate};

    use super::*;
    use crate::diary::CheckIn;
    use crate::progress::light::{Answers, reading};

    /// The first number of a sentence, and the last.
    fn numbers(of: Light, cut_offs: CutOffs) -> (i32, i32) {
        let when = lights_in_words(cut_offs).into_iter().find(|line| line.word == of.word()).unwrap().when;
        let found: Vec<i32> = when.split(|letter: char| !letter.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
        (found[0], *found.last().unwrap())
    }

    #[test]
    fn the_paper_says_what_the_table_reads() {
        for cut_offs in [CutOffs::TABLE, CutOffs { green_to: 2, amber_to: 4, red_above: 3 }] {
            let day = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
            let light = |during, next| {
                let morning = CheckIn { day: day + Days::new(1), pain: Some(next), ..CheckIn::nothing() };
                let morning = Some(&morning);
                reading(day, &Answers { during: Some(during), complete: true, morning, usual: Some(2), ..Answers::default() }, cut_offs)
                    .light
            };
            assert_eq!(light(numbers(Light::Green, cut_offs).0, 2), Light::Green);
            assert_eq!(light(numbers(Light::Hold, cut_offs).0, 2 + numbers(Light::Hold, cut_offs).1), Light::Hold);
            let (from, to) = numbers(Light::Amber, cut_offs);
            assert_eq!((light(from, 2), light(from - 1, 2), light(to, 2)), (Light::Amber, Light::Green, Light::Amber));
            let (from, above) = numbers(Light::Red, cut_offs);
            assert_eq!((light(from, 2), light(from - 1, 2)), (Light::Red, Light::Amber));
            assert_eq!((light(0, 2 + above), light(0, 1 + above)), (Light::Red, Light::Hold));
            assert_eq!(lights_in_words(cut_offs).len(), 5, "all but what is not known");
        }
    }
}
