//! The rules, held against the whole library.

use super::*;
use crate::exercises::{Exercise, Gate, Impact, Library, Purpose, Stage};
use crate::patients::{Flag, Standing};
use crate::plans::domain::tests::{dose, draft};

fn rules_of(exercise: &Exercise, stage: Stage, standing: &Standing) -> Vec<Rule> {
    findings(exercise, Some(stage), standing).into_iter().map(|finding| finding.rule).collect()
}

fn irritable() -> Standing {
    Standing { irritable: Some(true), ..Standing::default() }
}

fn stiff() -> Standing {
    Standing { irritable: Some(false), stiffness_route: true, ..Standing::default() }
}

/// The slugs of the exercises this rule warns of.
fn warned(library: &Library, rule: Rule, stage: Stage, standing: &Standing) -> Vec<String> {
    let hit = |exercise: &&Exercise| rules_of(exercise, stage, standing).contains(&rule);
    library.all().iter().filter(hit).map(|exercise| exercise.slug.clone()).collect()
}

#[test]
fn gates_warn_in_the_stages_they_close_and_nowhere_else() {
    let library = Library::load().unwrap();
    let nobody = Standing::default();
    let mut seen = [0; 4];
    for exercise in library.all() {
        let gates = |stage| -> Vec<Rule> {
            let found = rules_of(exercise, stage, &nobody);
            found.into_iter().filter(|rule| matches!(rule, Rule::GateB | Rule::GateC | Rule::GateD)).collect()
        };
        let (early, mid): (Vec<Rule>, Vec<Rule>) = match exercise.gate.unwrap() {
            Gate::A => (vec![], vec![]),
            Gate::B => (vec![Rule::GateB], vec![]),
            Gate::C => (vec![Rule::GateC], vec![]),
            Gate::D => (vec![Rule::GateD], vec![Rule::GateD]),
        };
        assert_eq!((gates(Stage::Early), gates(Stage::Mid), gates(Stage::Late)), (early, mid, vec![]), "{}", exercise.slug);
        seen[exercise.gate.unwrap() as usize] += 1;
    }
    assert!(seen.iter().all(|count| *count > 5), "{seen:?} of each gate");
}

#[test]
fn where_stiffness_leads_mobility_begins_early_and_strength_does_not() {
    let library = Library::load().unwrap();
    let of = |standing: &Standing| warned(&library, Rule::GateC, Stage::Early, standing);
    let (usual, led) = (of(&Standing::default()), of(&stiff()));
    let let_in: Vec<&String> = usual.iter().filter(|slug| !led.contains(slug)).collect();
    assert!(led.iter().all(|slug| usual.contains(slug)));
    assert_eq!(let_in, ["half-kneeling-hip-flexor-stretch", "half-kneeling-side-reach", "prone-leg-lift", "adductor-rock-back"]);
    // Gate D stays closed, and who is irritable is not led by stiffness.
    assert!(warned(&library, Rule::GateD, Stage::Early, &stiff()).contains(&"couch-stretch".to_owned()));
    assert_eq!(of(&irritable()), usual);
}

#[test]
fn an_irritable_hip_stays_in_its_window_while_the_phase_is_early() {
    let library = Library::load().unwrap();
    for rule in [Rule::EarlyExtension, Rule::EarlyAbduction, Rule::EarlyFlexedAbduction] {
        assert_eq!(warned(&library, rule, Stage::Mid, &irritable()), [""; 0]);
        assert_eq!(warned(&library, rule, Stage::Early, &stiff()), [""; 0]);
        assert_eq!(warned(&library, rule, Stage::Early, &Standing::default()), [""; 0], "what is not known is not held against anyone");
    }
    let back = warned(&library, Rule::EarlyExtension, Stage::Early, &irritable());
    let below = library.all().iter().filter(|exercise| exercise.limits().min_hip.is_some_and(|angle| angle < 0));
    assert_eq!(back, below.map(|exercise| exercise.slug.clone()).collect::<Vec<_>>());
    for slug in ["half-kneeling-hip-flexor-stretch", "prone-leg-lift", "standing-hip-reset", "run-walk", "edge-of-bed-stretch"] {
        assert!(back.contains(&slug.to_owned()), "{slug}");
    }
    for slug in ["hip-bridge", "band-hip-flexion-bent-knee", "glute-squeeze-prone", "calf-raise", "hip-hinge", "supine-march"] {
        assert!(!back.contains(&slug.to_owned()), "{slug}");
    }
    let straight = warned(&library, Rule::EarlyAbduction, Stage::Early, &irritable());
    let wide = ["adductor-foam-roll", "side-lying-hip-abduction", "band-side-walk", "band-hip-adduction", "copenhagen-plank"];
    assert_eq!(straight, wide);
    let bent = warned(&library, Rule::EarlyFlexedAbduction, Stage::Early, &irritable());
    assert_eq!(bent, ["bent-knee-fallout", "hip-90-90-switch", "figure-four-stretch", "clamshell"]);
}

#[test]
fn how_far_is_said_in_degrees() {
    let library = Library::load().unwrap();
    let words = |slug: &str, rule: Rule| {
        let found = findings(library.get(slug).unwrap(), Some(Stage::Early), &irritable());
        found.into_iter().find(|finding| finding.rule == rule).unwrap().words
    };
    assert!(words("half-kneeling-hip-flexor-stretch", Rule::EarlyExtension).contains("15° behind it"));
    assert!(words("side-lying-hip-abduction", Rule::EarlyAbduction).contains("10° at most with the hip straight"));
    assert!(words("side-lying-hip-abduction", Rule::EarlyAbduction).contains("28° out"));
    assert!(words("hip-bridge", Rule::GateB).contains(&library.get("hip-bridge").unwrap().stage_rule));
}

#[test]
fn running_and_hopping_wait_for_the_late_stage() {
    let library = Library::load().unwrap();
    let hard = |exercise: &&Exercise| {
        let purposes = [Purpose::Running, Purpose::Plyometric];
        exercise.impact == Some(Impact::High) || purposes.iter().any(|purpose| exercise.purposes.contains(purpose))
    };
    let expected: Vec<String> = library.all().iter().filter(hard).map(|exercise| exercise.slug.clone()).collect();
    for slug in ["pogo-hop", "single-leg-hop", "a-skip", "fast-high-knees", "strides", "run-walk", "hill-run"] {
        assert!(expected.contains(&slug.to_owned()), "{slug}");
    }
    assert!(!expected.contains(&"a-march".to_owned()), "marching is no hopping");
    for stage in [Stage::Early, Stage::Mid] {
        assert_eq!(warned(&library, Rule::Running, stage, &Standing::default()), expected);
    }
    assert_eq!(warned(&library, Rule::Running, Stage::Late, &Standing::default()), [""; 0]);
}

#[test]
fn each_condition_warns_of_the_exercises_that_carry_it_in_every_stage() {
    let library = Library::load().unwrap();
    for flag in Flag::ALL {
        let standing = Standing { conditions: vec![*flag], ..Standing::default() };
        let carry = library.all().iter().filter(|exercise| exercise.flags.contains(flag));
        let carry: Vec<String> = carry.map(|exercise| exercise.slug.clone()).collect();
        assert!(!carry.is_empty(), "{} concerns no exercise", flag.word());
        for stage in Stage::ALL {
            assert_eq!(warned(&library, Rule::Condition(*flag), *stage, &standing), carry);
            assert_eq!(warned(&library, Rule::Condition(*flag), *stage, &Standing::default()), [""; 0]);
        }
        for exercise in library.all().iter().filter(|exercise| exercise.flags.contains(flag)) {
            let found = findings(exercise, None, &standing);
            assert!(found.len() == 1 && found[0].words.contains(flag.caution()), "a phase without a stage knows the condition");
        }
    }
}

#[test]
fn a_draft_is_held_against_the_rules_row_by_row() {
    let library = Library::load().unwrap();
    let mut draft = draft(&[("hip-bridge", dose(3, 10)), ("half-kneeling-hip-flexor-stretch", dose(2, 1)), ("no-such-thing", dose(1, 1))]);
    let standing = Standing { conditions: vec![Flag::KneePain], ..irritable() };
    let found = |draft: &crate::plans::Draft| -> Vec<(i64, Rule)> {
        warnings(draft, &standing, &library).into_iter().map(|warning| (warning.prescription.0, warning.finding.rule)).collect()
    };
    let knee = (2, Rule::Condition(Flag::KneePain));
    assert_eq!(found(&draft), [knee], "without a stage there is nothing to hold gates against");
    assert_eq!(Checked::new(&draft, &standing, &library, &[]).unstaged, [draft.phases[0].id]);
    draft.phases[0].stage = Some(Stage::Early);
    assert_eq!(found(&draft), [(1, Rule::GateB), (2, Rule::GateC), (2, Rule::EarlyExtension), knee]);
    draft.phases[0].stage = Some(Stage::Late);
    assert_eq!(found(&draft), [knee]);
}

#[test]
fn an_override_holds_for_the_very_warning_it_was_given_for() {
    let library = Library::load().unwrap();
    let mut draft = draft(&[("couch-stretch", dose(2, 1))]);
    draft.phases[0].stage = Some(Stage::Mid);
    let standing = Standing { irritable: Some(false), ..Standing::default() };
    let warning = warnings(&draft, &standing, &library).remove(0);
    assert_eq!(warning.finding.rule, Rule::GateD);
    let known = Override {
        plan: crate::ids::PlanId(1),
        prescription: warning.prescription,
        exercise: warning.exercise.clone(),
        rule: warning.finding.rule.word().to_owned(),
        stage: warning.finding.stage,
        warning: warning.finding.words.clone(),
        reason: "Mild, and he asks for it".to_owned(),
        by: "Cleo".to_owned(),
        at: chrono::NaiveDateTime::default(),
    };
    let open = |draft: &crate::plans::Draft| Checked::new(draft, &standing, &library, std::slice::from_ref(&known)).open().len();
    assert_eq!(open(&draft), 0);
    // The same exercise in an early phase is another matter.
    draft.phases[0].stage = Some(Stage::Early);
    assert_eq!(open(&draft), 1);
    draft.phases[0].stage = Some(Stage::Mid);
    draft.phases[0].prescriptions[0].exercise = "single-leg-hop".to_owned();
    assert_eq!(open(&draft), 2, "another exercise in its place");
}

#[test]
fn what_is_not_known_is_said() {
    let library = Library::load().unwrap();
    let mut draft = draft(&[("hip-bridge", dose(3, 10))]);
    draft.phases[0].stage = Some(Stage::Early);
    let unknown = |standing: &Standing, draft: &crate::plans::Draft| Checked::new(draft, standing, &library, &[]).irritability_unknown;
    assert!(unknown(&Standing::default(), &draft));
    assert!(!unknown(&irritable(), &draft) && !unknown(&stiff(), &draft));
    draft.phases[0].stage = Some(Stage::Mid);
    assert!(!unknown(&Standing::default(), &draft));
}
