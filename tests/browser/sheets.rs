//! Every drawing as a picture, for people to look at: `tests/drawings FOLDER`.

use std::path::Path;

use hip_clinic::exercises::{Drawings, Half, Library};

use super::driver::Driver;

/// Figures on one sheet.
const ON_A_SHEET: usize = 10;

#[tokio::test]
async fn drawings_are_rendered_when_a_folder_is_named() {
    let Ok(folder) = std::env::var("DRAWINGS") else {
        println!("no drawings: DRAWINGS names no folder");
        return;
    };
    let folder = Path::new(&folder);
    let library = Library::load().unwrap();
    let exercises = library.all().iter().filter_map(|exercise| Some((exercise.number, &exercise.slug, exercise.drawings.as_ref()?)));
    let tests = library.tests().iter().filter_map(|test| Some((u32::from(test.number), &test.slug, test.drawings.as_ref()?)));
    let figures: Vec<(u32, &String, &std::sync::Arc<Drawings>)> = exercises.chain(tests).collect();
    for (_, slug, drawings) in &figures {
        for half in [Half::Right, Half::Left] {
            let drawing = drawings.with(half);
            for (kind, picture) in [("card", &drawing.card), ("still", &drawing.still), ("moving", &drawing.moving)] {
                std::fs::write(folder.join(format!("{slug}-{}-{kind}.svg", half.word())), picture.svg.as_bytes()).unwrap();
            }
        }
    }
    for plate in library.tests().iter().flat_map(|test| &test.outcomes).filter_map(|outcome| outcome.picture.as_ref()) {
        std::fs::write(folder.join(plate.file_name()), plate.svg.as_bytes()).unwrap();
    }
    let driver = Driver::start().expect("contact sheets need chromedriver");
    let browser = driver.open(&format!("file://{}", folder.display())).await;
    for (sheet, figures) in figures.chunks(ON_A_SHEET).enumerate() {
        let rows = figures.iter().map(|(number, slug, drawings)| {
            let flaws = drawings.flaws.join("; ");
            let words = &drawings.with(Half::Right).words;
            format!(
                "<section><h2>{number} {slug}</h2><p>{words} <b>{flaws}</b></p><img src=\"{slug}-right-still.svg\" width=720>\
                 <img src=\"{slug}-right-card.svg\" width=360></section>"
            )
        });
        let page = format!(
            "<!doctype html><meta charset=utf-8><meta name=color-scheme content=\"light dark\"><style>body{{font:14px sans-serif}}h2{{font-size:16px}}</style>{}",
            rows.collect::<String>()
        );
        let name = format!("sheet-{:02}", sheet + 1);
        std::fs::write(folder.join(format!("{name}.html")), page).unwrap();
        for scheme in ["light", "dark"] {
            browser.prefers(scheme).await;
            browser.open(&format!("/{name}.html")).await;
            std::fs::write(folder.join(format!("{name}-{scheme}.png")), browser.picture(1160).await).unwrap();
        }
        std::fs::remove_file(folder.join(format!("{name}.html"))).unwrap();
    }
}
