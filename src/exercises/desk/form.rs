//! The form of an own exercise: posted strings become an exercise, all errors at once, and an exercise fills the form.

use super::super::dose::{Per, Recommended, Side, Span, Work};
use super::super::figure::Figure;
use super::super::{Equipment, Exercise, Flag, Gate, Impact, Library, Load, Need, Pose, Purpose, Region, Stage, Subject, View};
use super::stance::{self, When};
use crate::error::Invalid;
use crate::text::{Name, Note, Reason, canonical};
use crate::web::Fields;

/// Most lines of a list: steps, cues, mistakes.
const MOST_LINES: usize = 20;
/// Longest line of a list, in characters.
const LONGEST_LINE: usize = 400;

/// Reads the form. What it does not ask for stays as it is in `base`: where it was copied from, its references.
///
/// # Errors
/// All that is wrong, by the name of its field.
pub fn exercise(fields: &Fields, base: &Exercise, library: &Library) -> Result<Exercise, Invalid> {
    let mut form = Form { fields, invalid: Invalid::default() };
    let name = form.invalid.take("name", Name::parse(fields.get("name"), "the name of the exercise")).map(String::from);
    let ask = "Say in one sentence what the patient does and what it is good for";
    let summary = form.invalid.take("summary", Reason::parse(fields.get("summary"), ask)).map(String::from);
    let steps: Vec<String> = form.lines("steps").iter().map(|step| without_number(step).to_owned()).collect();
    if steps.is_empty() {
        form.invalid.add("steps", "Write at least one step");
    }
    let main = form.invalid.take("purpose", Purpose::from_word(fields.get("purpose")).ok_or("Choose what it is good for".to_owned()));
    let also = Purpose::ALL.iter().copied().filter(|purpose| fields.is("also", purpose.word()) && Some(*purpose) != main);
    let purposes: Vec<Purpose> = main.into_iter().chain(also).collect();
    let (cues, mistakes, equipment) = (form.lines("cues"), form.lines("mistakes"), form.needs());
    let (easier, harder) = (form.others("easier", base, library), form.others("harder", base, library));
    let texts = ["position", "stage_rule", "precautions", "when_to_stop", "basis"].map(|field| form.text(field));
    let [position, stage_rule, precautions, when_to_stop, basis] = texts;
    let side = form.invalid.take("sides", Side::from_word(fields.get("sides")).ok_or("Choose which side works".to_owned()));
    let recommended = form.dose(side.unwrap_or(Side::Together));
    let (view, drawing) = form.drawing(base);
    if !form.invalid.is_empty() {
        return Err(form.invalid);
    }
    let (start, end) = drawing.unzip();
    Ok(Exercise {
        name: name.unwrap_or_default(),
        summary: summary.unwrap_or_default(),
        steps,
        cues,
        mistakes,
        precautions,
        when_to_stop,
        regions: Region::ALL.iter().copied().filter(|region| fields.is("region", region.word())).collect(),
        purposes,
        stage: Stage::from_word(fields.get("stage")),
        gate: Gate::from_word(fields.get("gate")),
        stage_rule,
        equipment,
        position,
        side: side.unwrap_or(Side::Together),
        easier,
        harder,
        flags: Flag::ALL.iter().copied().filter(|flag| fields.is("flag", flag.word())).collect(),
        load: Load::from_word(fields.get("load")),
        impact: Impact::from_word(fields.get("impact")),
        basis,
        view,
        start,
        end,
        recommended,
        ..base.clone()
    })
}

/// A step without the number or dash somebody may have typed before it.
fn without_number(line: &str) -> &str {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = rest.len() < line.len();
    let rest = if numbered { rest.strip_prefix(['.', ')']) } else { line.strip_prefix(['-', '*', '•']) };
    rest.filter(|rest| rest.starts_with(' ')).unwrap_or(line).trim()
}

/// The form while it is read.
struct Form<'a> {
    fields: &'a Fields,
    invalid: Invalid,
}

impl Form<'_> {
    fn text(&mut self, field: &str) -> String {
        let text = self.invalid.take(field, Note::parse(self.fields.get(field)));
        text.map(|text| text.as_str().split_whitespace().collect::<Vec<_>>().join(" ")).unwrap_or_default()
    }

    /// A list, one entry on a line.
    fn lines(&mut self, field: &str) -> Vec<String> {
        let text = self.fields.get(field).replace('\r', "");
        let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
        if lines.len() > MOST_LINES {
            self.invalid.add(field, format!("Write at most {MOST_LINES} lines; there are {}", lines.len()));
        } else if let Some(line) = lines.iter().find(|line| line.chars().count() > LONGEST_LINE || line.chars().any(char::is_control)) {
            let begin: String = line.chars().take(30).collect();
            self.invalid.add(field, format!("Shorten the line that begins \"{begin}\" to {LONGEST_LINE} plain characters or fewer"));
        }
        lines
    }

    fn needs(&mut self) -> Vec<Need> {
        let mut needs = Vec::new();
        for line in self.lines("equipment") {
            match Need::parse(&line) {
                Ok(need) => needs.push(need),
                Err(words) => self.invalid.add("equipment", capital(&words)),
            }
        }
        needs
    }

    /// Other exercises, each on a line by its name or its slug.
    fn others(&mut self, field: &str, base: &Exercise, library: &Library) -> Vec<String> {
        let mut slugs: Vec<String> = Vec::new();
        for line in self.lines(field) {
            let named = |exercise: &&Exercise| exercise.slug == line || canonical(&exercise.name) == canonical(&line);
            match library.in_use().iter().find(named) {
                Some(other) if other.slug == base.slug => self.invalid.add(field, "An exercise is neither easier nor harder than itself"),
                Some(other) if slugs.contains(&other.slug) => {}
                Some(other) => slugs.push(other.slug.clone()),
                None => self.invalid.add(field, format!("No exercise is called \"{line}\"; write its name as in the list")),
            }
        }
        slugs
    }

    fn span(&mut self, field: &str, high: u16) -> Option<Span> {
        let text = self.fields.get(field).trim().replace(" to ", "–").replace('-', "–");
        if text.is_empty() {
            return None;
        }
        let (low, up) = text.split_once('–').unwrap_or((&text, &text));
        match (low.trim().parse::<u16>(), up.trim().parse::<u16>()) {
            (Ok(low), Ok(up)) if low <= up && up <= high => Some(Span { low, high: up }),
            _ => {
                self.invalid.add(field, format!("Enter a whole number up to {high}, or two like 8–10"));
                None
            }
        }
    }

    /// The dose; none when no number of it is given.
    fn dose(&mut self, side: Side) -> Option<Recommended> {
        let numbers = ["sets", "amount", "hold", "rest", "times"];
        if numbers.iter().all(|field| self.fields.get(field).trim().is_empty()) {
            return None;
        }
        let work = Work::from_word(self.fields.get("work")).unwrap_or(Work::Reps);
        let [sets, amount, hold, rest, times] = numbers.map(|field| self.span(field, u16::MAX));
        let per = Per::from_word(self.fields.get("per")).unwrap_or(Per::Week);
        let (tempo, note) = (self.text("tempo"), self.text("dose_note"));
        for (field, number) in [("sets", sets), ("amount", amount)] {
            if number.is_none() && self.invalid.of(field).is_none() {
                self.invalid.add(field, "Enter this number, or leave the whole dose empty");
            }
        }
        let frequency = times.map(|times| (times, per));
        let dose = Recommended { sets: sets?, work, amount: amount?, hold, rest, frequency, tempo, note };
        let most = |span: Span| Span::exactly(span.high);
        let upper = Recommended {
            sets: most(dose.sets),
            amount: most(dose.amount),
            hold: dose.hold.map(most),
            rest: dose.rest.map(most),
            frequency: dose.frequency.map(|(times, per)| (most(times), per)),
            ..dose.clone()
        };
        for end in [&dose, &upper] {
            if let Err(invalid) = end.to_begin(side).check() {
                for (field, words) in invalid.iter().filter(|(field, _)| self.invalid.of(field).is_none()).collect::<Vec<_>>() {
                    self.invalid.add(field, words);
                }
            }
        }
        Some(dose)
    }

    /// The view and the two positions; none when it has no drawing.
    fn drawing(&mut self, base: &Exercise) -> (View, Option<(Pose, Pose)>) {
        let view = View::from_word(self.fields.get("view")).unwrap_or(View::Side);
        if !self.fields.is("drawn", "yes") {
            return (view, None);
        }
        let mut poses = When::ALL.iter().map(|when| stance::read(*when, view, self.fields, &mut self.invalid));
        let Some((mut start, mut end)) = poses.next().zip(poses.next()) else { return (view, None) };
        let note = |known: &Option<Pose>| known.as_ref().map(|pose| pose.note.clone()).unwrap_or_default();
        (start.note, end.note) = (note(&base.start), note(&base.end));
        if self.invalid.is_empty()
            && let Err((key, reason)) = figure(self.fields, &start, &end)
        {
            self.invalid.add(key, capital(&reason));
        }
        (view, Some((start, end)))
    }
}

/// The figure of two positions; the form says which muscles are tinted and how fast it goes.
fn figure(fields: &Fields, start: &Pose, end: &Pose) -> Result<Figure, (&'static str, String)> {
    let regions: Vec<Region> = Region::ALL.iter().copied().filter(|region| fields.is("region", region.word())).collect();
    let side = Side::from_word(fields.get("sides")).unwrap_or(Side::Together);
    let tempo = fields.get("tempo");
    Subject { name: "preview", start, end, regions: &regions, side, tempo, position: "" }.figure()
}

/// The figure as the form has it so far.
///
/// # Errors
/// What cannot be read of it, by its field.
pub fn preview(fields: &Fields) -> Result<Figure, Invalid> {
    let mut invalid = Invalid::default();
    let view = View::from_word(fields.get("view")).unwrap_or(View::Side);
    let [start, end] = [When::Start, When::End].map(|when| stance::read(when, view, fields, &mut invalid));
    if !invalid.is_empty() {
        return Err(invalid);
    }
    figure(fields, &start, &end).map_err(|(key, reason)| Invalid::one(key, capital(&reason)))
}

/// The part of the form that is drawn, as it stands in an address.
#[must_use]
pub fn preview_query(fields: &Fields) -> String {
    let is_drawn =
        |field: &str| field.starts_with("start-") || field.starts_with("end-") || ["view", "region", "sides", "tempo"].contains(&field);
    let drawn = fields.pairs().filter(|(field, value)| is_drawn(field) && !value.is_empty());
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(drawn).finish()
}

/// The form filled from an exercise.
#[must_use]
pub fn fields(exercise: &Exercise, library: &Library) -> Fields {
    let span = |span: Option<Span>| span.map(|span| span.to_string()).unwrap_or_default();
    let names = |slugs: &[String]| {
        let names = slugs.iter().map(|slug| library.get(slug).map_or(slug.as_str(), |other| other.name.as_str()));
        names.collect::<Vec<_>>().join("\n")
    };
    let dose = exercise.recommended.as_ref();
    let (times, per) = dose.and_then(|dose| dose.frequency).map_or((None, Per::Week), |(times, per)| (Some(times), per));
    let mut fields: Vec<(String, String)> = [
        ("name", exercise.name.clone()),
        ("summary", exercise.summary.clone()),
        ("steps", exercise.steps.join("\n")),
        ("cues", exercise.cues.join("\n")),
        ("mistakes", exercise.mistakes.join("\n")),
        ("equipment", exercise.equipment.iter().map(Need::written).collect::<Vec<_>>().join("\n")),
        ("easier", names(&exercise.easier)),
        ("harder", names(&exercise.harder)),
        ("position", exercise.position.clone()),
        ("stage_rule", exercise.stage_rule.clone()),
        ("precautions", exercise.precautions.clone()),
        ("when_to_stop", exercise.when_to_stop.clone()),
        ("basis", exercise.basis.clone()),
        ("purpose", exercise.purpose().map_or("", Purpose::word).to_owned()),
        ("sides", exercise.side.word().to_owned()),
        ("stage", exercise.stage.map_or("", Stage::word).to_owned()),
        ("gate", exercise.gate.map_or("", Gate::word).to_owned()),
        ("load", exercise.load.map_or("", Load::word).to_owned()),
        ("impact", exercise.impact.map_or("", Impact::word).to_owned()),
        ("sets", span(dose.map(|dose| dose.sets))),
        ("work", dose.map_or(Work::Reps, |dose| dose.work).word().to_owned()),
        ("amount", span(dose.map(|dose| dose.amount))),
        ("hold", span(dose.and_then(|dose| dose.hold))),
        ("rest", span(dose.and_then(|dose| dose.rest))),
        ("times", span(times)),
        ("per", per.word().to_owned()),
        ("tempo", dose.map(|dose| dose.tempo.clone()).unwrap_or_default()),
        ("dose_note", dose.map(|dose| dose.note.clone()).unwrap_or_default()),
        ("drawn", if exercise.start.is_some() { "yes" } else { "no" }.to_owned()),
        ("view", exercise.view.word().to_owned()),
    ]
    .map(|(field, value)| (field.to_owned(), value))
    .to_vec();
    let mut ticks = |field: &str, word: &str| fields.push((field.to_owned(), word.to_owned()));
    for purpose in exercise.purposes.iter().skip(1) {
        ticks("also", purpose.word());
    }
    for region in &exercise.regions {
        ticks("region", region.word());
    }
    for id in &exercise.media {
        ticks("media", &id.to_string());
    }
    for flag in &exercise.flags {
        ticks("flag", flag.word());
    }
    fields.extend(pose_fields(exercise));
    Fields::from_pairs(fields)
}

/// The fields of the two positions of an exercise.
fn pose_fields(exercise: &Exercise) -> Vec<(String, String)> {
    let poses = [(When::Start, exercise.start.as_ref()), (When::End, exercise.end.as_ref())];
    poses.into_iter().flat_map(|(when, pose)| pose.map(|pose| stance::fields(when, exercise.view, pose)).unwrap_or_default()).collect()
}

/// The form as it was typed, with the positions of another exercise.
#[must_use]
pub fn with_poses_of(typed: &Fields, other: &Exercise) -> Fields {
    let is_pose = |field: &str| field.starts_with("start-") || field.starts_with("end-") || field == "view" || field == "drawn";
    let rest = typed.pairs().filter(|(field, _)| !is_pose(field)).map(|(field, value)| (field.to_owned(), value.to_owned()));
    let view = [("view", other.view.word()), ("drawn", "yes")].map(|(field, value)| (field.to_owned(), value.to_owned()));
    Fields::from_pairs(rest.chain(view).chain(pose_fields(other)))
}

/// The things the library knows, to be named in a hint.
#[must_use]
pub fn known_things() -> String {
    Equipment::ALL.iter().map(|thing| thing.word()).collect::<Vec<_>>().join(", ")
}

fn capital(words: &str) -> String {
    crate::text::capitalised(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_exercise_of_the_library_comes_back_from_its_form() {
        let library = Library::load().unwrap();
        for known in library.all() {
            let filled = fields(known, &library);
            let again = exercise(&filled, known, &library).unwrap_or_else(|invalid| panic!("{}: {invalid}", known.slug));
            let mut sorted = known.clone();
            sorted.regions.sort_by_key(|region| Region::ALL.iter().position(|other| other == region));
            sorted.flags.sort();
            let main = sorted.purposes.remove(0);
            sorted.purposes.sort();
            sorted.purposes.insert(0, main);
            // The notation of positions is held in `stance`.
            (sorted.start, sorted.end) = (again.start.clone(), again.end.clone());
            assert_eq!(again, sorted);
        }
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let library = Library::load().unwrap();
        let typed = "name=&summary=&steps=&purpose=x&equipment=minni+band&easier=The+flying+bridge&sides=up&sets=3&amount=10-8&times=99\
                     &drawn=yes&view=side&start-near-leg-knee=200";
        let invalid = exercise(&Fields::decode(typed.as_bytes()), &Exercise::named("x"), &library).unwrap_err();
        let named: Vec<&str> = invalid.iter().map(|(field, _)| field).collect();
        assert_eq!(named, ["name", "summary", "steps", "purpose", "equipment", "easier", "sides", "amount", "start-near-leg-knee"]);
        assert_eq!(invalid.of("equipment"), Some("Unknown equipment \"minni band\"; did you mean \"mini band\"?"));
        assert_eq!(invalid.of("start-near-leg-knee"), Some("Start, Near leg (right), knee: enter a number from −3 to 155"));
    }

    #[test]
    fn a_dose_is_whole_or_not_there() {
        let library = Library::load().unwrap();
        let filled = "name=A&summary=B&steps=1.+Stand.%0A-+Sit.%0A2nd+time&purpose=strength&sides=each";
        let read = |more: &str| exercise(&Fields::decode(format!("{filled}{more}").as_bytes()), &Exercise::named("A"), &library);
        let plain = read("&sets=&amount=").unwrap();
        assert_eq!(plain.steps, ["Stand.", "Sit.", "2nd time"]);
        assert!(plain.recommended.is_none() && plain.start.is_none());
        let dosed = read("&sets=2-3&amount=8+to+10&work=reps&rest=60&times=3&per=week").unwrap();
        assert_eq!(dosed.dose_sentence(), "8–10 times, rest 60 seconds; 2–3 rounds on each side");
        assert_eq!(read("&sets=3").unwrap_err().of("amount"), Some("Enter this number, or leave the whole dose empty"));
        assert!(read("&sets=3&amount=10-999").unwrap_err().of("amount").is_some());
        assert!(read("&sets=3&amount=10&times=8&per=week").unwrap_err().of("times").is_some());
    }
}
