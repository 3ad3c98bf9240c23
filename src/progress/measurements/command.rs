//! What a form of these pages asks for, and how it is carried out: the same for patient and staff.

use chrono::NaiveDate;

use crate::db::Conn;
use crate::diary::activities::{self, NewPaperScore, Step, form as goals};
use crate::diary::measurements::{self, By, form};
use crate::error::{AppError, Invalid};
use crate::ids::{ActivityId, MeasurementId, PaperScoreId};
use crate::text::{Caption, Note, Reason};
use crate::web::Fields;

/// What a form asks for.
pub enum Command {
    Strike(MeasurementId, Reason),
    BoneStress(bool, Reason),
    Choose(Caption),
    Score(ActivityId, NaiveDate, i32),
    End(ActivityId, Reason),
    Feel(NaiveDate, Step, Note),
    Paper(NewPaperScore),
    StrikePaper(PaperScoreId, Reason),
}

/// A form of the overview, by the last word of its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Strikes,
    BoneStress,
    Activities,
    Scores,
    Ends,
    Felt,
    Paper,
    PaperStrikes,
}

impl Form {
    /// The last word of its address.
    pub fn word(self) -> &'static str {
        match self {
            Self::Strikes => "strikes",
            Self::BoneStress => "bone-stress",
            Self::Activities => "activities",
            Self::Scores => "activity-scores",
            Self::Ends => "activity-ends",
            Self::Felt => "felt-changes",
            Self::Paper => "paper-scores",
            Self::PaperStrikes => "paper-strikes",
        }
    }

    /// What the page says afterwards, by its key.
    pub fn done(self) -> &'static str {
        match self {
            Self::Strikes | Self::PaperStrikes => "struck",
            Self::BoneStress => "bone-stress",
            Self::Activities => "activity",
            Self::Scores => "scored",
            Self::Ends => "activity-ended",
            Self::Felt => "felt-change",
            Self::Paper => "paper-score",
        }
    }

    /// What the audit trail says.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Strikes => "struck out a measurement",
            Self::BoneStress => "said whether bone stress is ruled out",
            Self::Activities => "added an activity",
            Self::Scores => "scored an activity",
            Self::Ends => "let an activity go",
            Self::Felt => "entered how things are compared with the start",
            Self::Paper => "entered a score from paper",
            Self::PaperStrikes => "struck out a score from paper",
        }
    }

    /// Reads it.
    pub fn read(self, fields: &Fields, today: NaiveDate) -> Result<Command, Invalid> {
        Ok(match self {
            Self::Strikes => form::strike(fields).map(|(id, reason)| Command::Strike(id, reason))?,
            Self::BoneStress => form::bone_stress(fields).map(|(excluded, words)| Command::BoneStress(excluded, words))?,
            Self::Activities => Command::Choose(goals::activity(fields)?),
            Self::Scores => goals::score(fields, today).map(|(id, day, score)| Command::Score(id, day, score))?,
            Self::Ends => goals::end(fields).map(|(id, reason)| Command::End(id, reason))?,
            Self::Felt => goals::felt(fields, today).map(|(day, step, words)| Command::Feel(day, step, words))?,
            Self::Paper => Command::Paper(goals::paper_score(fields, today)?),
            Self::PaperStrikes => form::strike(fields).map(|(id, reason)| Command::StrikePaper(id, reason))?,
        })
    }
}

impl Command {
    /// Carries it out.
    pub fn take(self, conn: &mut Conn, by: By) -> Result<(), AppError> {
        match self {
            Self::Strike(id, reason) => measurements::strike(conn, by, id, &reason),
            Self::BoneStress(excluded, words) => measurements::say_bone_stress(conn, by, excluded, &words),
            Self::Choose(words) => activities::choose(conn, by, &words),
            Self::Score(id, day, value) => activities::score(conn, by, id, day, value),
            Self::End(id, reason) => activities::end(conn, by, id, &reason),
            Self::Feel(day, step, words) => activities::feel(conn, by, day, step, &words),
            Self::Paper(new) => activities::add_paper_score(conn, by, &new),
            Self::StrikePaper(id, reason) => activities::strike_paper_score(conn, by, id, &reason),
        }
    }
}
