//! What changed since the start, in one honest sentence: the best supported change for the better and for the worse, and plainly when
//! there is none.

use super::domain::WeekCount;
use crate::diary::Session;
use crate::diary::activities::Activity;

/// Tenths of a point of mean pain from which on it counts as changed. A proposal of ours: less can be chance.
const PAIN_COUNTS: i32 = 10;
/// Points of an activity from which on it counts as changed.
const ACTIVITY_COUNTS: i32 = 2;
/// Weeks with answers that are put together at the start and at the end.
const TOGETHER: usize = 2;

/// Something that can be compared with the start.
struct Compared {
    /// How strong it is, in changes that count; below 0 for the worse.
    strength: f64,
    words: String,
}

/// The sentence: how much was logged, and what changed.
pub fn sentence(weeks: &[WeekCount], sessions: &[Session], activities: &[Activity]) -> String {
    let done = match weeks.iter().map(|week| week.done).sum::<usize>() {
        0 => return "Nothing is logged yet. After your first session you will see here how your pain and your weeks go.".to_owned(),
        1 => "You have logged 1 session".to_owned(),
        sessions => format!("You have logged {sessions} sessions"),
    };
    let compared: Vec<Compared> = [pain(weeks), activity(activities), runs(sessions)].into_iter().flatten().collect();
    let strongest = |one: &&Compared, other: &&Compared| one.strength.total_cmp(&other.strength);
    let better = compared.iter().filter(|one| one.strength >= 1.0).max_by(strongest);
    let worse = compared.iter().filter(|one| one.strength <= -1.0).min_by(strongest);
    let changed = match (better, worse) {
        (Some(better), Some(worse)) => format!("Since the start {}, but {}.", better.words, worse.words),
        (Some(better), None) => format!("Since the start {}.", better.words),
        (None, Some(worse)) => format!("Since the start {}. Your physio sees this too, and you can ask at any time.", worse.words),
        (None, None) if compared.is_empty() => "When two weeks have pain answers, you will see here how they compare.".to_owned(),
        (None, None) => {
            let words: Vec<&str> = compared.iter().map(|one| one.words.as_str()).collect();
            format!("Nothing has clearly changed since the start: {}.", words.join("; "))
        }
    };
    format!("{done}. {changed}")
}

/// Pain during sessions in the first weeks with answers and in the last.
fn pain(weeks: &[WeekCount]) -> Option<Compared> {
    let answered: Vec<i32> = weeks.iter().filter_map(|week| week.pain).collect();
    if answered.len() < 2 {
        return None;
    }
    let together = TOGETHER.min(answered.len() / 2);
    let mean = |weeks: &[i32]| weeks.iter().sum::<i32>() / i32::try_from(weeks.len().max(1)).unwrap_or(1);
    let (first, last) = (mean(&answered[..together]), mean(&answered[answered.len() - together..]));
    let said = |tenths: i32| format!("{}.{}", tenths / 10, tenths % 10);
    let words = match first - last {
        change if change >= PAIN_COUNTS => {
            format!("your pain during sessions went down from {} to {} of 10 on average", said(first), said(last))
        }
        change if change <= -PAIN_COUNTS => {
            format!("your pain during sessions went up from {} to {} of 10 on average", said(first), said(last))
        }
        _ => format!("your pain during sessions was {} of 10 on average at first and is {} now", said(first), said(last)),
    };
    Some(Compared { strength: f64::from(first - last) / f64::from(PAIN_COUNTS), words })
}

/// The activity that changed most.
fn activity(activities: &[Activity]) -> Option<Compared> {
    let scored = activities.iter().filter(|activity| activity.ended.is_none() && activity.scores.len() > 1);
    let changes = scored.filter_map(|activity| activity.span().map(|(first, last)| (activity, first.value, last.value)));
    let (activity, first, last) = changes.max_by_key(|(_, first, last)| (last - first).abs())?;
    let how = match last - first {
        1.. => "went up from",
        0 => "stayed at",
        _ => "went down from",
    };
    let numbers = if first == last { format!("{first} of 10") } else { format!("{first} to {last} of 10") };
    let words = format!("how well you do with “{}” {how} {numbers}", activity.words);
    Some(Compared { strength: f64::from(last - first) / f64::from(ACTIVITY_COUNTS), words })
}

/// The level of the first run and of the last.
fn runs(sessions: &[Session]) -> Option<Compared> {
    let levels: Vec<i32> = sessions.iter().filter_map(|session| session.run.as_ref()?.level).collect();
    let (first, last) = (*levels.first()?, *levels.last()?);
    if levels.len() < 2 {
        return None;
    }
    let words = match last - first {
        1.. => format!("you went up from level {first} to level {last} of your running ladder"),
        0 => format!("your runs are at level {last}, as at first"),
        _ => format!("you went down from level {first} to level {last} of your running ladder"),
    };
    Some(Compared { strength: f64::from(last - first) / 2.0, words })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diary::activities::Score;
    use crate::ids::ActivityId;

    fn weeks(pains: &[Option<i32>]) -> Vec<WeekCount> {
        pains.iter().map(|pain| WeekCount { monday: chrono::NaiveDate::default(), done: 3, asked: 3, pain: *pain }).collect()
    }

    fn stairs(first: i32, last: i32) -> Activity {
        let score = |value| Score { day: chrono::NaiveDate::default(), value, by_patient: true };
        Activity { id: ActivityId(1), words: "Climb stairs".to_owned(), scores: vec![score(first), score(last)], ended: None }
    }

    #[test]
    fn nothing_and_little_are_said_as_such() {
        assert!(sentence(&[], &[], &[]).starts_with("Nothing is logged yet"));
        assert!(sentence(&weeks(&[Some(20), None]), &[], &[]).contains("When two weeks have pain answers"));
        let same = sentence(&weeks(&[Some(20), Some(25)]), &[], &[]);
        assert!(same.contains("Nothing has clearly changed") && same.contains("2.0 of 10 on average at first and is 2.5 now"), "{same}");
    }

    #[test]
    fn better_and_worse_are_said_plainly() {
        assert!(sentence(&weeks(&[Some(40), None, Some(25)]), &[], &[]).contains("went down from 4.0 to 2.5 of 10 on average."));
        let worse = sentence(&weeks(&[Some(20), Some(40)]), &[], &[]);
        assert!(worse.contains("went up from 2.0 to 4.0") && worse.contains("Your physio sees this too"), "{worse}");
        let both = sentence(&weeks(&[Some(40), Some(10)]), &[], &[stairs(6, 3)]);
        assert!(
            both.contains("went down from 4.0 to 1.0") && both.contains(", but how well you do with “Climb stairs” went down from 6 to 3"),
            "{both}"
        );
    }

    #[test]
    fn the_best_supported_change_is_told() {
        let told = sentence(&weeks(&[Some(40), Some(29)]), &[], &[stairs(2, 8)]);
        assert!(told.contains("“Climb stairs” went up from 2 to 8 of 10") && !told.contains("pain"), "{told}");
        assert!(sentence(&weeks(&[Some(40), Some(35)]), &[], &[stairs(5, 5)]).contains("Nothing has clearly changed"));
    }
}
