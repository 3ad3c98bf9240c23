//! How long a figure takes.

use std::hint::black_box;
use std::time::{Duration, Instant};

use super::figures;

/// The longest one picture of a figure may take to be rendered, on the average over the library.
const MOST: Duration = Duration::from_micros(50);

#[test]
#[ignore = "a measurement, for a calm machine and a release build"]
fn a_picture_is_rendered_in_fifty_microseconds() {
    let figures: Vec<_> = figures().into_iter().map(|(_, figure)| figure).collect();
    let rounds = 50;
    let mut kinds = Vec::new();
    for (kind, render) in [
        ("card", (|figure| figure.card(false)) as fn(&super::Figure) -> super::Svg),
        ("still", |figure| figure.still(true)),
        ("movement", |figure| figure.moving(false)),
    ] {
        let began = Instant::now();
        for _ in 0..rounds {
            for figure in &figures {
                black_box(render(black_box(figure)));
            }
        }
        let each = began.elapsed() / (rounds * u32::try_from(figures.len()).unwrap());
        println!("{kind}: {each:?}");
        kinds.push((kind, each));
    }
    let began = Instant::now();
    let again = super::figures().len();
    println!("reading, settling and drawing {again} figures with the files around them: {:?}", began.elapsed());
    for (kind, each) in kinds {
        assert!(each < MOST, "{kind}: {each:?}");
    }
}
