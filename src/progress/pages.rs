//! What the pages of this room show.

use askama::Template;

use super::adherence::Adherence;
use super::drawn::Drawn;
use super::ladder::LadderStanding;
use super::light::Light;
use super::spoken::Spoken;
use crate::plans::CutOffs;
use crate::web::Page;

#[derive(Template)]
#[template(path = "progress/progress.html")]
pub struct ProgressPage {
    pub page: Page,
    pub this_week: Adherence,
    pub four_weeks: Adherence,
    /// Whether nothing has been entered in this time.
    pub empty: bool,
    /// How much is drawn.
    pub reach: Reach,
    /// Whether nothing has been trained for a week.
    pub quiet: bool,
    pub drawn: Drawn,
    pub sentence: String,
    /// Where the lights begin and end at present.
    pub cut_offs: CutOffs,
    /// Where they stand on the run–walk ladder, if it is open.
    pub running: Option<LadderStanding>,
    /// What the physio said in reviews, and the goals.
    pub spoken: Spoken,
}

/// How much of the diary is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// All there is, for there is no more.
    Whole,
    /// The last weeks of a longer one.
    Recent,
    /// A longer one from its beginning.
    All,
}

impl ProgressPage {
    /// "In the last 4 weeks you did 21 of the 24 turns your plan asked for, and 2 more."
    pub fn kept_sentence(&self) -> String {
        let whole = self.four_weeks.whole();
        let more = if whole.extra == 0 { String::new() } else { format!(", and {} more", whole.extra) };
        let turns = if whole.asked == 1 { "the one exercise".to_owned() } else { format!("the {} exercises", whole.asked) };
        match whole.asked {
            0 => "Your plan has asked for nothing yet that could be missed.".to_owned(),
            _ => format!("In the last 4 weeks you did {} of {turns} that your days asked for{more}.", whole.done),
        }
    }

    /// What each light means, in the order of the rules.
    pub fn lights(&self) -> [(Light, String, &'static str); 5] {
        let CutOffs { green_to, amber_to, .. } = self.cut_offs;
        let (amber_from, red_from) = (green_to + 1, amber_to + 1);
        let amber = if amber_from == amber_to { amber_to.to_string() } else { format!("{amber_from} to {amber_to}") };
        [
            (Light::Green, format!("0 to {green_to}, back to usual next morning"), "Carry on"),
            (Light::Hold, format!("0 to {green_to}, but stiff or 1 point above usual next morning"), "The same again"),
            (Light::Amber, format!("{amber}, settled within a day"), "Repeat, or do a little less"),
            (Light::Red, format!("{red_from} or more, a limp, or not settled next morning"), "Rest a day and ask us"),
            (Light::Stop, "Pain in the night".to_owned(), "Stop and call us"),
        ]
    }
}
