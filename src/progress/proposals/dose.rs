//! A dose one step up or down: the arithmetic behind what is proposed.

use super::story::Case;
use crate::exercises::dose::{Dose, Recommended, Work};
use crate::exercises::{Exercise, Load};
use crate::plans::Slot;
use crate::plans::programmes::rulebook::Thresholds;
use crate::plans::programmes::{Item, Phase};

/// A weight as a dose may name it, in thousandths of a kilogram; nothing where it is no number of kilograms.
pub fn kilograms(load: &str) -> Option<u32> {
    let number = load.trim().strip_suffix("kg")?.trim().replace(',', ".");
    let (whole, part) = number.split_once('.').unwrap_or((&number, ""));
    let digits = |text: &str| text.chars().all(|letter| letter.is_ascii_digit()) && text.len() <= 3;
    if whole.is_empty() || !digits(whole) || !digits(part) {
        return None;
    }
    Some(whole.parse::<u32>().ok()? * 1000 + format!("{part:0<3}").parse::<u32>().ok()?)
}

/// The weights a load may grow by, in thousandths of a kilogram, the largest first: what plates and dumb-bells come in.
const PLATES: [u32; 6] = [5000, 2500, 1000, 500, 250, 100];

/// The next load, where there is one: some percent more kilograms, or the next stronger band.
pub fn next_load(load: &str, exercise: Option<&Exercise>, thresholds: &Thresholds) -> Option<String> {
    if let Some(now) = kilograms(load) {
        let (from, to) = (u32::from(thresholds.load.0), u32::from(thresholds.load.1));
        let plate = PLATES.into_iter().find(|plate| plate * 100 <= now * to && plate * 100 >= now * from)?;
        let next = now + plate;
        let part = format!("{:03}", next % 1000);
        let part = part.trim_end_matches('0');
        return Some(if part.is_empty() { format!("{} kg", next / 1000) } else { format!("{}.{part} kg", next / 1000) });
    }
    let bands = &thresholds.bands;
    let mut words = load.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let named = words.iter().enumerate().find_map(|(place, word)| {
        let band = bands.iter().position(|band| band.eq_ignore_ascii_case(word))?;
        Some((place, band))
    });
    let has_band = exercise.is_some_and(|exercise| exercise.load == Some(Load::Band)) || words.iter().any(|word| word == "band");
    match named.filter(|_| has_band) {
        Some((place, band)) => {
            words[place].clone_from(bands.get(band + 1)?);
            Some(words.join(" "))
        }
        None if has_band => ["", "a band"].contains(&load).then(|| "the next stronger band".to_owned()),
        None => None,
    }
}

/// How far a dose of an exercise goes in a phase: as its programme says, else as the library does.
pub fn range(case: &Case<'_>, slot: &Slot) -> Option<Recommended> {
    let of_programme = case.rules.programmes.place(&case.story.phase.programme).and_then(|(_, phase)| item(phase?, &slot.exercise));
    let range = match of_programme {
        Some(item) => item.dose.clone(),
        None => case.rules.library.get(&slot.exercise)?.recommended.clone()?,
    };
    (range.work == slot.dose.work).then_some(range)
}

/// What a phase of a programme says of an exercise, also in the place of another one.
pub fn item<'p>(phase: &'p Phase, exercise: &str) -> Option<&'p Item> {
    let named = phase.items.iter().flat_map(|item| [Some(item), item.then.as_deref(), item.or.as_deref()].into_iter().flatten());
    named.into_iter().find(|item| item.exercise == exercise)
}

/// One step more within the range: amount, then how long each is held, then rounds where nothing can be loaded.
pub fn more(dose: &Dose, range: &Recommended, thresholds: &Thresholds, loads: bool) -> Option<Dose> {
    if dose.amount < range.amount.high {
        let amount = range.amount.high.min(dose.amount + thresholds.step.of(dose.work));
        return Some(Dose { amount, ..*dose });
    }
    let longest = range.hold.map(|hold| hold.high);
    if let Some((hold, longest)) = dose.hold.zip(longest).filter(|(hold, longest)| hold < longest) {
        return Some(Dose { hold: Some(longest.min(hold + thresholds.step.hold)), ..*dose });
    }
    (!loads && dose.sets < range.sets.high).then_some(Dose { sets: dose.sets + 1, ..*dose })
}

/// The dose at the lowest amount of its range, for a new load.
pub fn at_the_bottom(dose: &Dose, range: &Recommended) -> Dose {
    let hold = dose.hold.map(|hold| range.hold.map_or(hold, |span| hold.min(span.low)));
    Dose { amount: dose.amount.min(range.amount.low), hold, ..*dose }
}

/// The dose some percent smaller: fewer of the amount, or a round less where the amount is too small for that. Nothing when neither can be.
pub fn less(dose: &Dose, (from, to): (u16, u16)) -> Option<Dose> {
    let share = |percent: u16| u32::from(dose.amount) * u32::from(100 - percent);
    let fits = |amount: &u16| (share(to)..=share(from)).contains(&(u32::from(*amount) * 100));
    let around = |wanted: u32, amount: u16| (u32::from(amount) * 200).abs_diff(wanted);
    let middle = share(from) + share(to);
    let fives = dose.work != Work::Reps && dose.work != Work::Breaths;
    let whole = (1..dose.amount).filter(fits).min_by_key(|amount| (fives && !amount.is_multiple_of(5), around(middle, *amount)));
    match whole {
        Some(amount) => Some(Dose { amount, ..*dose }),
        None if dose.sets > 1 => Some(Dose { sets: dose.sets - 1, ..*dose }),
        // Nothing lies between: the nearest whole number below.
        None => (dose.amount > 1).then(|| Dose { amount: dose.amount - 1, ..*dose }),
    }
}

/// The dose one step lower, not below its range; a round less where it is at the bottom. Nothing when it cannot be lower.
pub fn lower(dose: &Dose, range: Option<&Recommended>, thresholds: &Thresholds) -> Option<Dose> {
    let lowest = range.map_or(1, |range| range.amount.low.min(dose.amount));
    if dose.amount > lowest {
        let amount = dose.amount.saturating_sub(thresholds.step.of(dose.work)).max(lowest);
        return Some(Dose { amount, ..*dose });
    }
    (dose.sets > 1).then(|| Dose { sets: dose.sets - 1, ..*dose })
}

/// The dose at the lowest its range has, never above what it is.
pub fn lowest(dose: &Dose, range: Option<&Recommended>) -> Option<Dose> {
    let range = range?;
    let low = at_the_bottom(dose, range);
    let low = Dose { sets: dose.sets.min(range.sets.low), ..low };
    (low != *dose).then_some(low)
}

/// The rounds of an easy week: some percent of all rounds fewer, taken where there are most. Nothing where the phase has too few.
pub fn easy(doses: &[Dose], (from, to): (u16, u16)) -> Vec<u16> {
    let mut sets: Vec<u16> = doses.iter().map(|dose| dose.sets).collect();
    let all: u32 = sets.iter().map(|sets| u32::from(*sets)).sum();
    let middle = u32::from(from) + u32::from(to);
    let wanted = (all * middle + 100) / 200;
    if all < 3 {
        return sets;
    }
    for _ in 0..wanted {
        let most = sets.iter().copied().max().unwrap_or(1);
        let last_with_most = sets.iter().position(|sets| *sets == most);
        match last_with_most {
            Some(place) if most > 1 => sets[place] -= 1,
            _ => break,
        }
    }
    sets
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercises::dose::{Frequency, Side, Span};
    use crate::plans::programmes::rulebook::{Step, Thresholds};

    fn thresholds() -> Thresholds {
        Thresholds {
            greens: 2,
            reds: 2,
            reds_days: 7,
            ambers: 2,
            less: (20, 30),
            deload_every: 4,
            deload_less: (30, 40),
            restart_days: 7,
            retest_days: 21,
            load: (2, 10),
            bands: ["light", "medium", "heavy"].map(str::to_owned).to_vec(),
            step: Step { reps: 2, hold: 5, time: 30, distance: 5, breaths: 1 },
        }
    }

    fn dose(sets: u16, work: Work, amount: u16) -> Dose {
        Dose { sets, work, amount, hold: None, rest: None, side: Side::Together, frequency: Frequency::Weekly(3), tempo: None }
    }

    #[test]
    fn a_load_grows_by_what_plates_there_are() {
        let next = |load: &str| next_load(load, None, &thresholds());
        for (now, then) in
            [("4 kg", "4.25 kg"), ("10 kg", "11 kg"), ("20kg", "21 kg"), ("25 kg", "27.5 kg"), ("2,5 kg", "2.75 kg"), ("1 kg", "1.1 kg")]
        {
            assert_eq!(next(now).as_deref(), Some(then), "{now}");
            let (was, is) = (kilograms(now).unwrap(), kilograms(then).unwrap());
            assert!(is * 100 >= was * 102 && is * 100 <= was * 110, "{now}");
        }
        assert_eq!(next("0.5 kg"), None, "nothing so small");
        assert_eq!(next("a light band").as_deref(), Some("a medium band"));
        assert_eq!(next("Heavy band"), None);
        assert_eq!((next("body weight"), next("")), (None, None));
    }

    #[test]
    fn less_is_a_fifth_to_three_tenths_where_that_can_be() {
        let less_of = |dose: Dose| less(&dose, (20, 30)).map(|dose| (dose.sets, dose.amount));
        assert_eq!(less_of(dose(3, Work::Reps, 12)), Some((3, 9)));
        assert_eq!(less_of(dose(3, Work::Reps, 10)), Some((3, 7)));
        assert_eq!(less_of(dose(2, Work::Hold, 20)), Some((2, 15)));
        assert_eq!(less_of(dose(2, Work::Reps, 2)), Some((1, 2)));
        assert_eq!(less_of(dose(1, Work::Reps, 2)), Some((1, 1)));
        assert_eq!(less_of(dose(1, Work::Reps, 1)), None);
        for amount in 4..=200 {
            let now = dose(3, Work::Reps, amount);
            let then = less(&now, (20, 30)).unwrap();
            assert!(then.amount < amount || then.sets < 3, "{amount}");
        }
    }

    #[test]
    fn a_step_stays_within_the_range() {
        let range =
            Recommended { sets: Span { low: 2, high: 3 }, amount: Span { low: 8, high: 15 }, ..Recommended::from(dose(2, Work::Reps, 8)) };
        let steps = |loads| {
            let mut now = dose(2, Work::Reps, 8);
            let mut seen = vec![(now.sets, now.amount)];
            while let Some(next) = more(&now, &range, &thresholds(), loads) {
                now = next;
                seen.push((now.sets, now.amount));
            }
            seen
        };
        assert_eq!(steps(true), [(2, 8), (2, 10), (2, 12), (2, 14), (2, 15)]);
        assert_eq!(steps(false), [(2, 8), (2, 10), (2, 12), (2, 14), (2, 15), (3, 15)]);
        let low = lower(&dose(2, Work::Reps, 9), Some(&range), &thresholds()).unwrap();
        assert_eq!((low.sets, low.amount), (2, 8));
        assert_eq!(lower(&low, Some(&range), &thresholds()).unwrap().sets, 1);
        assert_eq!(lowest(&dose(3, Work::Reps, 15), Some(&range)).map(|dose| (dose.sets, dose.amount)), Some((2, 8)));
    }

    #[test]
    fn an_easy_week_has_about_a_third_fewer_rounds() {
        let rounds = |sets: &[u16]| easy(&sets.iter().map(|sets| dose(*sets, Work::Reps, 10)).collect::<Vec<_>>(), (30, 40));
        assert_eq!(rounds(&[3]), [2]);
        assert_eq!(rounds(&[3, 3, 3]), [2, 2, 2]);
        assert_eq!(rounds(&[2, 2, 2, 2]), [1, 1, 1, 2]);
        assert_eq!(rounds(&[1, 1, 1]), [1, 1, 1]);
        assert_eq!(rounds(&[2]), [2], "half of it would be too easy");
    }
}
