//! What must hold for every figure of the library, and for any that may be described.

mod fuzz;
mod judged;
mod pace;
mod snapshots;

use proptest::prelude::*;

use super::body::{Bone, CLOSE, HEIGHT};
use super::drawing::MOMENTS;
use super::posture::{Posture, View};
use super::skeleton::{ORDER, Skeleton};
use super::*;
use crate::exercises::{Library, Movement, Subject};

/// All figures of exercises and tests that have one, by name.
fn figures() -> Vec<(String, Figure)> {
    let library = Library::load().unwrap();
    let mut figures = Vec::new();
    for exercise in library.all() {
        let (start, end) = (exercise.start.as_ref().unwrap(), exercise.end.as_ref().unwrap());
        let tempo = exercise.recommended.as_ref().map_or("", |dose| &dose.tempo);
        let subject = Subject {
            name: &exercise.slug,
            start,
            end,
            regions: &exercise.regions,
            side: exercise.side,
            tempo,
            position: &exercise.position,
        };
        figures.push((exercise.slug.clone(), subject.figure().unwrap()));
    }
    for test in library.tests() {
        if let Movement::Own { start, end } = &test.movement {
            let subject =
                Subject { name: &test.slug, start, end, regions: &test.regions, side: test.side, tempo: "", position: &test.position };
            figures.push((test.slug.clone(), subject.figure().unwrap()));
        }
    }
    assert!(figures.len() >= 70, "{}", figures.len());
    figures
}

fn skeletons(figure: &Figure) -> Vec<Skeleton> {
    let between = [0.25, 0.5, 0.75].map(|share| figure.start.between(&figure.end, share));
    [figure.start.skeleton.clone()].into_iter().chain(between).chain([figure.end.skeleton.clone()]).collect()
}

#[test]
fn no_figure_of_the_library_has_a_flaw() {
    let flawed: Vec<String> =
        figures().into_iter().flat_map(|(name, figure)| figure.flaws().into_iter().map(move |flaw| format!("{name}: {flaw}"))).collect();
    assert!(flawed.is_empty(), "{}", flawed.join("\n"));
}

#[test]
fn limbs_keep_their_length_at_every_moment() {
    for (name, figure) in figures() {
        for skeleton in skeletons(&figure) {
            for bone in ORDER.into_iter().filter(|bone| !matches!(bone, Bone::Toes(_) | Bone::Foot(_))) {
                let seen = figure.start.posture.seen[bone.place()].min(figure.end.posture.seen[bone.place()]);
                let most = figure.start.posture.seen[bone.place()].max(figure.end.posture.seen[bone.place()]);
                let long = skeleton.start(bone).distance(skeleton.end(bone));
                let whole = bone.length(skeleton.view);
                assert!(long > whole * seen - 1e-6 && long < whole * most + 1e-6, "{name}: {bone:?} is {long}");
            }
        }
    }
}

#[test]
fn nothing_sinks_into_the_floor_on_the_way() {
    for (name, figure) in figures() {
        for (moment, skeleton) in skeletons(&figure).iter().enumerate() {
            let sunk = figure.start.demands.sunk(skeleton, 2.0 * CLOSE);
            assert!(sunk.is_empty(), "{name} at moment {moment}: {sunk:?}");
        }
    }
}

/// All corners of all shapes as a picture places them, from its text.
fn points(svg: &str) -> Vec<(f64, f64)> {
    let document = scraper::Html::parse_fragment(svg);
    let select = |what: &str| scraper::Selector::parse(what).unwrap();
    let mut shapes = std::collections::HashMap::new();
    for path in document.select(&select("defs path")) {
        shapes.insert(format!("#{}", path.value().attr("id").unwrap()), ends(path.value().attr("d").unwrap()));
    }
    let mut points = Vec::new();
    for placed in document.select(&select("use")) {
        let own = placed.value().attr("transform").unwrap_or_default().to_owned();
        let mut matrices = vec![own];
        let mut above = placed.parent();
        while let Some(node) = above {
            if let Some(transform) = node.value().as_element().and_then(|element| element.attr("transform")) {
                matrices.push(transform.to_owned());
            }
            above = node.parent();
        }
        let banded = placed.parent().and_then(|node| node.value().as_element()).is_some_and(|group| group.attr("class") == Some("m-band"));
        if banded {
            continue;
        }
        for end in &shapes[placed.value().attr("href").unwrap()] {
            points.push(matrices.iter().fold(*end, |point, transform| transformed(point, transform)));
        }
    }
    points
}

fn numbers(text: &str) -> Vec<f64> {
    let mut numbers = Vec::new();
    let mut current = String::new();
    for c in text.chars().chain([' ']) {
        let begins = c == '-' || (c == '.' && current.contains('.'));
        if (begins || !(c.is_ascii_digit() || c == '.')) && !current.is_empty() {
            numbers.push(current.parse().unwrap());
            current.clear();
        }
        if c.is_ascii_digit() || c == '.' || c == '-' {
            current.push(c);
        }
    }
    numbers
}

/// The ends of the lines and curves of a path with absolute M, L, C, Q and A, or a block with relative lines.
fn ends(path: &str) -> Vec<(f64, f64)> {
    let mut ends: Vec<(f64, f64)> = Vec::new();
    let mut at = (0.0, 0.0);
    let commands: Vec<usize> = path.char_indices().filter(|(_, c)| c.is_ascii_alphabetic()).map(|(place, _)| place).collect();
    for (index, place) in commands.iter().enumerate() {
        let until = commands.get(index + 1).copied().unwrap_or(path.len());
        let given = numbers(&path[place + 1..until]);
        match path[*place..].chars().next().unwrap() {
            'M' | 'L' => given.chunks(2).for_each(|pair| at = (pair[0], pair[1])),
            'C' => at = (given[4], given[5]),
            'Q' => at = (given[2], given[3]),
            'A' => at = (given[5], given[6]),
            'a' => at = (at.0 + given[5], at.1 + given[6]),
            'h' => at.0 += given[0],
            'v' => at.1 += given[0],
            'Z' => {}
            other => panic!("{other} in {path}"),
        }
        ends.push(at);
    }
    ends
}

fn transformed(point: (f64, f64), transform: &str) -> (f64, f64) {
    let parts: Vec<&str> = transform.split(')').filter(|part| !part.is_empty()).collect();
    parts.iter().rev().fold(point, |(x, y), part| {
        let (name, given) = part.split_once('(').unwrap();
        let given = numbers(given);
        match name {
            "translate" => (x + given[0], y + given[1]),
            "rotate" => {
                let (sin, cos) = given[0].to_radians().sin_cos();
                (x * cos - y * sin, x * sin + y * cos)
            }
            "scale" => (x * given[0], y * given[1]),
            "matrix" => (given[0] * x + given[2] * y + given[4], given[1] * x + given[3] * y + given[5]),
            other => panic!("{other}"),
        }
    })
}

#[test]
fn every_picture_lies_inside_its_frame() {
    for (name, figure) in figures() {
        for mirrored in [false, true] {
            for (kind, svg) in [("card", figure.card(mirrored)), ("still", figure.still(mirrored))] {
                let view_box = numbers(svg.text.split("viewBox=\"").nth(1).unwrap().split('"').next().unwrap());
                for (x, y) in points(&svg.text) {
                    assert!(
                        (-0.5..=view_box[2] + 0.5).contains(&x) && (-0.5..=view_box[3] + 0.5).contains(&y),
                        "{name} {kind}: {x:.0} {y:.0} is outside of {view_box:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_mirrored_picture_is_the_picture_mirrored() {
    for (name, figure) in figures().into_iter().take(8) {
        let (right, left) = (figure.card(false), figure.card(true));
        let width = numbers(right.text.split("viewBox=\"").nth(1).unwrap().split('"').next().unwrap())[2];
        for ((x, y), (mirrored_x, mirrored_y)) in points(&right.text).into_iter().zip(points(&left.text)) {
            assert!((width - x - mirrored_x).abs() < 0.3 && (y - mirrored_y).abs() < 0.3, "{name}");
        }
    }
}

#[test]
fn words_exchange_left_and_right() {
    let figures = figures();
    let (_, march) = figures.iter().find(|(name, _)| name == "standing-march").unwrap();
    assert_eq!(
        march.words("standing tall", false),
        "Standing tall: the right knee lifts until the thigh is level and the left arm reaches forwards."
    );
    assert_eq!(
        march.words("standing tall", true),
        "Standing tall: the left knee lifts until the thigh is level and the right arm reaches forwards."
    );
}

#[test]
fn words_tell_what_is_pressed_and_which_way_a_body_glides() {
    let figures = figures();
    for (name, mirrored, words) in [
        ("pelvic-tilt-supine", false, "the waist presses down"),
        ("hip-flexion-isometric-supine", true, "the left thigh presses towards the head"),
        ("test-resisted-flexion", false, "the right thigh presses up and the right hand presses down"),
        ("itb-foam-roll", false, "the body glides towards the feet"),
        ("tfl-foam-roll", true, "the body glides towards the head"),
        ("figure-four-stretch", false, "the left thigh comes up towards the chest"),
        ("figure-four-stretch", true, "the right thigh comes up towards the chest"),
    ] {
        let (_, figure) = figures.iter().find(|(slug, _)| slug == name).unwrap();
        assert_eq!(figure.words("", mirrored), words, "{name}");
    }
}

#[test]
fn what_cannot_be_read_is_said() {
    let good = "side | trunk +0 | near leg 0/0/0 | far leg 0/0/0 | near arm 0/0 | far arm 0/0";
    let contact = ["both feet".to_owned()];
    let read = |pose: &str, contact: &[String], props: &[String]| {
        Figure::read(Described { pose, contact, props }, Described { pose: good, contact: &[], props: &[] }, &[], false, Tempo::default())
            .map(|_| ())
            .map_err(|(_, reason)| reason)
    };
    assert_eq!(read(good, &contact, &[]), Ok(()));
    let cases: [(&str, &str); 9] = [
        ("", "begin with side, front or top"),
        ("back | trunk 0", "begin with side, front or top, not \"back\""),
        ("side | trunk 0", "near leg is missing"),
        ("side | trunk up", "\"up\" is no angle"),
        ("side | near leg 0/0", "near leg needs 3 numbers"),
        ("side | near leg 0/0/900", "between −200 and 200"),
        ("side | trunk 1 | trunk 2", "trunk stands there twice"),
        ("side | roll 90", "\"roll\" is no part"),
        ("front | foreshorten tail 0.5", "\"tail\" cannot be foreshortened"),
    ];
    for (pose, words) in cases {
        let reason = read(pose, &[], &[]).unwrap_err();
        assert!(reason.contains(words), "{pose}: {reason}");
    }
    assert!(read(good, &["near tail".to_owned()], &[]).unwrap_err().contains("\"near tail\" is no place"));
    for (prop, words) in [
        ("piano", "is no prop"),
        ("bench 7 under back", "between 0.01 and 0.6"),
        ("roller", "say where it is"),
        ("slope", "rise in percent"),
        ("press sideways on waist", "\"sideways\" is no direction"),
        ("press down waist", "say where it presses"),
    ] {
        let reason = read(good, &[], &[prop.to_owned()]).unwrap_err();
        assert!(reason.contains(words), "{prop}: {reason}");
    }
}

#[test]
fn a_press_at_the_end_grows_and_a_wall_presses_the_ball() {
    let pose = "side | trunk -90 | near leg 55/110/-35 | far leg 55/110/-35 | near arm -8/0 | far arm -8/0";
    let contact = ["back".to_owned(), "both feet".to_owned()];
    let press = ["press down on waist".to_owned()];
    let (start, end) = (Described { pose, contact: &contact, props: &[] }, Described { pose, contact: &contact, props: &press });
    let figure = Figure::read(start, end, &[], true, Tempo::default()).unwrap();
    let arrow = figure.drawing.items.iter().find(|item| item.tone == super::drawing::Tone::Push).unwrap();
    let long = arrow.places.map(|place| place.scale.0);
    assert!(long[0] < 1.0 && long[4] > 15.0 && long.is_sorted(), "{long:?}");
    assert!((arrow.places[4].turned + 90.0).abs() < 1e-6, "it points down");

    let pose = "front | right leg 0/0 | left leg 0/0 | right arm 0/0 | left arm 0/0";
    let (contact, props) = (["both feet".to_owned()], ["wall right".to_owned(), "ball 0.03 against right hip".to_owned()]);
    let described = Described { pose, contact: &contact, props: &props };
    let figure = Figure::read(described, described, &[], false, Tempo::default()).unwrap();
    let right_of = |tone| figure.drawing.items.iter().find(|item| item.tone == tone).map(|item| item.places[0].at.x + item.shape.bounds[2]);
    let left_of = |tone| figure.drawing.items.iter().find(|item| item.tone == tone).map(|item| item.places[0].at.x + item.shape.bounds[0]);
    let (wall, ball) = (right_of(super::drawing::Tone::Behind).unwrap(), left_of(super::drawing::Tone::Before).unwrap());
    assert!((wall - ball).abs() < 0.1, "wall {wall}, ball {ball}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the angles: numbers are numbers, limbs keep their length, joints end within their limits or it is said that they do not.
    #[test]
    fn any_posture_can_be_drawn(
        view in prop_oneof![Just(View::Side), Just(View::Front), Just(View::Top)],
        angles in proptest::collection::vec(-200.0..200.0_f64, 18),
        feet in any::<bool>(),
    ) {
        let numbers: Vec<String> = angles.iter().map(|angle| format!("{angle:.0}")).collect();
        let n = |from: usize, count: usize| numbers[from..from + count].join("/");
        let pose = match view {
            View::Side => format!("side | trunk {} | near leg {} | far leg {} | near arm {} | far arm {}", n(0, 1), n(1, 3), n(4, 3), n(7, 2), n(9, 2)),
            View::Front => format!("front | lean {} | roll {} | right leg {} | left leg {} | right arm {} | left arm {}", n(0, 1), n(1, 1), n(2, 2), n(4, 2), n(6, 2), n(8, 2)),
            View::Top => format!("top | right leg {} | left leg {} | right arm {} | left arm {}", n(2, 2), n(4, 2), n(6, 2), n(8, 2)),
        };
        let contact: Vec<String> = if feet { vec!["both feet".to_owned(), "back".to_owned()] } else { Vec::new() };
        let described = Described { pose: &pose, contact: &contact, props: &[] };
        let figure = Figure::read(described, described, &[Area::FrontHip], false, Tempo::default()).unwrap();
        for svg in [figure.card(false), figure.still(true), figure.moving(false)] {
            prop_assert!(!["NaN", "inf)", "inf,", "inf "].iter().any(|wrong| svg.text.contains(wrong)), "{}", svg.text);
            prop_assert!(svg.width > 0 && svg.height > 0 && svg.text.len() < 16_000);
        }
        let _ = figure.words("standing", false);
        for bone in [Bone::Thigh(0), Bone::Shank(1), Bone::UpperArm(0), Bone::Trunk] {
            let skeleton = &figure.end.skeleton;
            prop_assert!((skeleton.start(bone).distance(skeleton.end(bone)) - bone.length(view)).abs() < 1e-6);
        }
    }
}

#[test]
fn a_person_standing_is_as_tall_as_they_are() {
    let posture = Posture::read("side | trunk +0 | near leg 0/0/0 | far leg 0/0/0 | near arm 0/0 | far arm 0/0").unwrap();
    let skeleton = Skeleton::of(&posture);
    let sole = skeleton.point(super::skeleton::Spot::ball(0, View::Side)).y;
    let crown = skeleton.end(Bone::Head).y + 12.0;
    assert!((crown - sole - HEIGHT).abs() < HEIGHT / 50.0, "{}", crown - sole);
    assert_eq!(MOMENTS, 5);
}
