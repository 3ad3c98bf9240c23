//! All programmes of the house with the ladder, read from their files and held against each other.

use rust_embed::RustEmbed;

use super::domain::{Item, Phase, Programme};
use super::file;
use super::ladder::{self, Ladder};
use super::rulebook::{self, Rulebook};
use crate::exercises::{Gate, Library, Purpose, Stage};
use crate::folder::Folder;
use crate::markdown::Flaw;
use crate::plans::{Criterion, Metric};

#[derive(RustEmbed)]
#[folder = "articles/programmes/"]
struct Files;

/// Where the files lie in the library.
const UNDER: &str = "programmes/";

/// The programmes of the house, in order of their number, the ladder, and the rules of proposals.
#[derive(Debug, Clone, PartialEq)]
pub struct Programmes {
    all: Vec<Programme>,
    ladder: Ladder,
    rulebook: Rulebook,
}

impl Programmes {
    /// Reads the files that belong to the program.
    ///
    /// # Errors
    /// Every flaw of every file, as "articles/programmes/x.md:12: reason".
    pub fn load(library: &Library) -> Result<Self, Vec<String>> {
        Self::with(&Folder::default(), library)
    }

    /// Reads the files that belong to the program, and those of the clinic beside them or in their place.
    ///
    /// # Errors
    /// Every flaw of every file, with its file and line.
    pub fn with(own: &Folder, library: &Library) -> Result<Self, Vec<String>> {
        let files = Files::iter().filter_map(|name| {
            let file = Files::get(&name)?;
            Some((name.to_string(), String::from_utf8_lossy(&file.data).into_owned()))
        });
        Self::gather(&own.beside(files, UNDER), library, own)
    }

    /// Reads files given as name and text.
    ///
    /// # Errors
    /// As [`Programmes::load`].
    pub fn read(files: &[(String, String)], library: &Library) -> Result<Self, Vec<String>> {
        Self::gather(files, library, &Folder::default())
    }

    fn gather(files: &[(String, String)], library: &Library, own: &Folder) -> Result<Self, Vec<String>> {
        let place = |name: &str| own.place(&format!("{UNDER}{name}"));
        let text_of = |file: &str, what: &str| {
            let found = files.iter().find(|(name, _)| name == file).map(|(_, text)| text.as_str());
            found.ok_or_else(|| vec![format!("{}: the file of {what} is missing", place(file))])
        };
        let text = text_of(ladder::FILE, "the run–walk ladder")?;
        let ladder = ladder::read(text, library).map_err(|flaw| vec![flaw.in_file(&place(ladder::FILE))])?;
        let text = text_of(rulebook::FILE, "the rules of proposals")?;
        let rulebook = rulebook::read(text).map_err(|flaw| vec![flaw.in_file(&place(rulebook::FILE))])?;
        let (mut all, mut flaws) = (Vec::new(), Vec::new());
        for (name, text) in files {
            let Some(stem) = name.strip_suffix(".md") else { continue };
            match file::read(stem, text, library, &ladder.readiness, &rulebook) {
                Ok(programme) => all.push((programme, text)),
                Err(flaw) => flaws.push(flaw.in_file(&place(name))),
            }
        }
        all.sort_by(|(a, _), (b, _)| (a.number, &a.slug).cmp(&(b.number, &b.slug)));
        // A file that could not be read must not make every link to it look broken, too.
        if flaws.is_empty() {
            let programmes: Vec<&Programme> = all.iter().map(|(programme, _)| programme).collect();
            for (programme, text) in &all {
                let found = check(programme, &programmes, library, text);
                flaws.extend(found.into_iter().map(|flaw| flaw.in_file(&place(&format!("{}.md", programme.slug)))));
            }
        }
        flaws.sort();
        if !flaws.is_empty() {
            return Err(flaws);
        }
        let read: Vec<Programme> = all.into_iter().map(|(programme, _)| programme).collect();
        let lent = read.clone();
        Ok(Self { all: read.into_iter().map(|programme| completed(programme, &lent)).collect(), ladder, rulebook })
    }

    /// All programmes, in order.
    #[must_use]
    pub fn all(&self) -> &[Programme] {
        &self.all
    }

    /// The programme with this slug.
    #[must_use]
    pub fn get(&self, slug: &str) -> Option<&Programme> {
        self.all.iter().find(|programme| programme.slug == slug)
    }

    /// The run–walk ladder, with the readiness list.
    #[must_use]
    pub fn ladder(&self) -> &Ladder {
        &self.ladder
    }

    /// The rules of what is proposed, with their usual thresholds.
    #[must_use]
    pub fn rulebook(&self) -> &Rulebook {
        &self.rulebook
    }

    /// The programme and its phase that `slug` or `slug/phase` names.
    #[must_use]
    pub fn place(&self, named: &str) -> Option<(&Programme, Option<&Phase>)> {
        find(self.all.iter(), named)
    }
}

fn find<'a>(mut all: impl Iterator<Item = &'a Programme>, named: &str) -> Option<(&'a Programme, Option<&'a Phase>)> {
    let (slug, key) = named.split_once('/').map_or((named, None), |(slug, key)| (slug, Some(key)));
    let programme = all.find(|programme| programme.slug == slug)?;
    match key {
        Some(key) => Some((programme, Some(programme.phase(key)?))),
        None => Some((programme, None)),
    }
}

/// With the exercises other programmes lend, and the names of those its criteria speak of.
fn completed(mut programme: Programme, all: &[Programme]) -> Programme {
    for phase in &mut programme.phases {
        let lender = phase.same_as.as_ref().and_then(|slug| all.iter().find(|other| other.slug == *slug));
        if let Some(lent) = lender.and_then(|lender| lender.phases.first()) {
            phase.items.extend(lent.items.iter().cloned());
            if phase.warm_up.is_empty() {
                phase.warm_up.clone_from(&lent.warm_up);
            }
            phase.minutes = phase.minutes.or(lent.minutes);
            if phase.tests.0.is_empty() {
                phase.tests.clone_from(&lent.tests);
            }
        }
        phase.entry.iter_mut().chain(&mut phase.exit).for_each(|criterion| name(criterion, all));
    }
    programme
}

fn name(criterion: &mut Criterion, all: &[Programme]) {
    let named = find(all.iter(), &criterion.of).filter(|_| criterion.metric == Metric::Finished);
    if let Some((programme, phase)) = named {
        criterion.name = phase.map_or_else(|| programme.name.clone(), |phase| format!("{}: {}", programme.name, phase.name));
    }
    criterion.or.iter_mut().for_each(|other| name(other, all));
}

/// What only shows when all files are read, and the rules of the stages.
fn check(programme: &Programme, all: &[&Programme], library: &Library, text: &str) -> Vec<Flaw> {
    let line_of = |word: &str| text.lines().position(|line| line.contains(&format!("\"{word}\""))).map_or(1, |index| index + 1);
    let mut flaws = Vec::new();
    let mut link = |named: &str, what: &str| {
        if find(all.iter().copied(), named).is_none() {
            flaws.push(Flaw::new(line_of(named), format!("{what} names \"{named}\"; there is no such programme or phase")));
        }
    };
    for turn in &programme.turns {
        turn.to.iter().for_each(|to| link(to, "a turn"));
    }
    for phase in &programme.phases {
        phase.same_as.iter().for_each(|slug| link(slug, "same_as"));
        for criterion in phase.entry.iter().chain(&phase.exit) {
            each(criterion, &mut |one| {
                if one.metric == Metric::Finished {
                    link(&one.of, "a criterion");
                }
            });
        }
    }
    if let Some(other) = all.iter().find(|other| other.number == programme.number && other.slug < programme.slug) {
        let reason = format!("{} has number {}, too; give each programme a number of its own", other.slug, other.number);
        flaws.push(Flaw::new(text.lines().position(|line| line.starts_with("number")).map_or(1, |index| index + 1), reason));
    }
    for phase in &programme.phases {
        for reason in gates(programme, phase, library) {
            let begin = text.lines().position(|line| line == format!("key = \"{}\"", phase.key)).map_or(1, |index| index + 1);
            flaws.push(Flaw::new(begin, reason));
        }
        let beyond = |running: &super::Running| running.from == 0 || running.from > running.to || running.to > 17;
        if phase.running.as_ref().is_some_and(beyond) {
            flaws.push(Flaw::new(line_of(&phase.key), "the levels of running go from 1 to 17"));
        }
    }
    flaws
}

fn each(criterion: &Criterion, seen: &mut impl FnMut(&Criterion)) {
    seen(criterion);
    for other in &criterion.or {
        each(other, seen);
    }
}

/// What the gates forbid in a phase: in the early stage nothing of gate D, of gate C only mobility where the stiffness route is open, of
/// gate B only with words on its reduced form; in the middle stage nothing of gate D.
fn gates(programme: &Programme, phase: &Phase, library: &Library) -> Vec<String> {
    let probes = programme.experiment.iter().filter(|_| phase.probes.is_some()).flat_map(|experiment| &experiment.probes);
    let items = phase.items.iter().chain(probes.flat_map(|probe| &probe.items));
    let with_others = items.flat_map(|item| [Some(item), item.then.as_deref(), item.or.as_deref()].into_iter().flatten());
    let stage = phase.step.stage();
    let wrong = |item: &Item| {
        let exercise = library.get(&item.exercise)?;
        let gate = exercise.gate?;
        let open = !programme.stiffness_route.is_empty() && exercise.purposes.contains(&Purpose::Mobility);
        let reason = match (stage, gate) {
            (Stage::Early, Gate::B) if item.note.is_empty() => "say its reduced form in a note",
            (Stage::Early, Gate::C) if !open => "the early stage has only mobility of this gate, and only with a stiffness_route",
            (Stage::Early | Stage::Mid, Gate::D) => "it belongs to the late stage",
            _ => return None,
        };
        Some(format!("{} has gate {}: {reason}", item.exercise, gate.word()))
    };
    with_others.filter_map(wrong).collect()
}
