//! What a physiotherapist looks for in a drawing, exercise by exercise.

use super::super::body::{Bone, Joint};
use super::super::drawing::Tone;
use super::super::skeleton::Spot;
use super::super::*;
use super::figures;

fn figure(slug: &str) -> Figure {
    figures().into_iter().find(|(name, _)| name == slug).map(|(_, figure)| figure).unwrap()
}

#[test]
fn who_rises_on_the_toes_goes_up_and_does_not_lean_back() {
    let Figure { start, end, .. } = figure("calf-raise");
    let head = Spot::end(Bone::Head);
    assert!(end.skeleton.point(head).y - start.skeleton.point(head).y > 4.0);
    let lean = end.posture.degrees(Joint::Trunk) - end.described.degrees(Joint::Trunk);
    assert!(lean.abs() < 3.0 && end.posture.degrees(Joint::Ankle(0)) < -30.0, "{lean}");
}

#[test]
fn the_right_side_works_in_a_drawing_that_is_not_mirrored() {
    for (slug, words) in [
        ("clamshell", "the right leg opens to the side"),
        ("side-lying-hip-abduction", "the right leg opens to the side"),
        ("band-side-walk", "the right leg opens to the side"),
        ("single-leg-bridge", "the left leg stretches away"),
        ("single-leg-deadlift", "the left leg reaches back"),
    ] {
        let told = figure(slug).words("", false);
        assert!(told.contains(words), "{slug}: {told}");
    }
}

#[test]
fn a_band_ends_at_the_edge_of_its_frame() {
    let mut anchored = 0;
    for (name, Figure { drawing, .. }) in figures() {
        let (left, right) = (drawing.frame.left, drawing.frame.left + drawing.frame.width);
        for place in drawing.items.iter().filter(|item| item.tone == Tone::Band).flat_map(|item| item.places) {
            let end = place.at.x + place.scale.0 * place.turned.to_radians().cos();
            assert!((left - 0.1..right + 0.1).contains(&end), "{name}: {end} lies outside {left} to {right}");
            anchored += usize::from((end - left).abs() < 0.1 || (end - right).abs() < 0.1);
        }
    }
    assert!(anchored >= 15, "five moments of each anchored band, {anchored} seen");
}

#[test]
fn an_arrow_shows_what_leads() {
    for slug in ["pogo-hop", "single-leg-hop", "a-skip", "fast-high-knees", "single-leg-bridge"] {
        let arrow = figure(slug).drawing.arrow.unwrap();
        assert!(arrow.to.y - arrow.from.y > 8.0, "{slug}: {arrow:?} does not point up");
    }
    assert_eq!(figure("pallof-press").drawing.arrow, None, "hands that come towards the viewer go nowhere in the picture");
}
