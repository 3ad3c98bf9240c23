//! The pictures a link is shown with, and the icons: made by `tests/share-pictures`, held here to the present titles.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use hip_clinic::articles::{Article, Catalogue};
use hip_clinic::config::Clinic;
use hip_clinic::exercises::Library;
use hip_clinic::web::Assets;

use super::driver::{Browser, Driver};

/// The size previews ask for, in pixels.
const SIZE: (u32, u32) = (1200, 630);
/// The most a picture may weigh, in bytes.
const HEAVIEST: u64 = 45_000;
/// The drawing of the site and of an article without one of its own.
const DRAWING: &str = "figures/stretch.svg";

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// One picture: the words beside its drawing.
struct Picture {
    name: String,
    title: String,
    kind: String,
    drawing: String,
}

impl Picture {
    fn of(article: &Article) -> Self {
        let front = &article.front;
        let text = std::fs::read_to_string(folder("articles").join(format!("{}.md", front.slug))).unwrap();
        let first = text.split("](").skip(1).filter_map(|rest| rest.split([' ', ')']).next()).find(|name| Assets::is_drawing(name));
        let kind = match (&front.series, front.part) {
            (Some(series), Some(part)) => format!("{series} · part {part}"),
            _ => front.category.label().to_owned(),
        };
        let drawing = front.figure.clone().or_else(|| first.map(str::to_owned)).unwrap_or_else(|| DRAWING.to_owned());
        Self { name: front.slug.clone(), title: front.title.clone(), kind, drawing }
    }

    fn site() -> Self {
        let [name, title, kind] = ["site", "Pain at the front of the hip", "Understand it, treat it"].map(str::to_owned);
        Self { name, title, kind, drawing: DRAWING.to_owned() }
    }
}

/// The pictures the articles of the program ask for, and that of the site.
fn wanted() -> Vec<Picture> {
    let clinic = Clinic::from_toml("", Path::new("clinic.toml")).unwrap();
    let catalogue = Catalogue::load(&Library::load().unwrap(), &clinic).unwrap_or_else(|flaws| panic!("{}", flaws.join("\n")));
    catalogue.all().iter().map(Picture::of).chain([Picture::site()]).collect()
}

/// The title each picture shows.
fn shown() -> BTreeMap<String, String> {
    toml::from_str(&std::fs::read_to_string(folder("static/share/titles.toml")).unwrap()).unwrap()
}

#[test]
fn every_article_has_a_picture_that_shows_its_present_title() {
    let wanted = wanted();
    let titles: BTreeMap<String, String> = wanted.iter().map(|picture| (picture.name.clone(), picture.title.clone())).collect();
    assert_eq!(shown(), titles, "the pictures in static/share are of other titles: run tests/share-pictures");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder("static/share")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "png"));
    assert_eq!(files.len(), wanted.len(), "a picture of no article: run tests/share-pictures");
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        assert!(bytes.starts_with(b"\x89PNG"), "{}", file.display());
        assert_eq!((number(16), number(20)), SIZE, "{}", file.display());
        assert!(bytes.len() as u64 <= HEAVIEST, "{} has {} bytes", file.display(), bytes.len());
    }
}

#[tokio::test]
async fn pictures_are_made_when_asked_for() {
    if std::env::var_os("SHARE_PICTURES").is_none() {
        println!("no pictures: SHARE_PICTURES is not set");
        return;
    }
    let driver = Driver::start().expect("pictures need chromedriver");
    let browser = driver.open("").await;
    let desk = tempfile::tempdir().unwrap();
    share_pictures(&browser, desk.path()).await;
    icons(&browser, desk.path()).await;
}

async fn share_pictures(browser: &Browser, desk: &Path) {
    let target = folder("static/share");
    let _ = std::fs::remove_dir_all(&target);
    std::fs::create_dir_all(&target).unwrap();
    let assets = Assets::load();
    let sheet = String::from_utf8_lossy(assets.bytes("site.css").unwrap()).into_owned();
    let mut titles = String::from("# The title each picture shows; made by tests/share-pictures.\n");
    let mut pictures = wanted();
    pictures.sort_by(|a, b| a.name.cmp(&b.name));
    for picture in pictures {
        let drawing = String::from_utf8_lossy(assets.bytes(&picture.drawing).unwrap());
        let drawing = drawing.replace("Charter,", "\"Charis SIL\",Charter,").replace("system-ui,", "\"Liberation Sans\",");
        std::fs::write(desk.join("drawing.svg"), drawing).unwrap();
        let size = if picture.title.len() > 40 { "57" } else { "66" };
        let page = include_str!("share.html").replace("{sheet}", &sheet).replace("{title}", &picture.title.replace('-', "\u{2011}"));
        std::fs::write(desk.join("share.html"), page.replace("{kind}", &picture.kind).replace("{size}", size)).unwrap();
        browser.open(&format!("file://{}/share.html", desk.display())).await;
        std::fs::write(target.join(format!("{}.png", picture.name)), browser.window(SIZE.0, SIZE.1).await).unwrap();
        titles.push_str(&format!("{} = {:?}\n", picture.name, picture.title));
    }
    std::fs::write(target.join("titles.toml"), titles).unwrap();
}

/// The icons: width in pixels, what lies behind the mark, how much of the width the mark takes, the file.
const ICONS: [(u32, &str, u32, &str); 4] = [
    (32, "transparent", 94, "favicon.png"),
    (180, "#f8f5ee", 66, "apple-touch-icon.png"),
    (192, "#f8f5ee", 56, "icon-192.png"),
    (512, "#f8f5ee", 56, "icon-512.png"),
];

async fn icons(browser: &Browser, desk: &Path) {
    let target = folder("static/icons");
    std::fs::create_dir_all(&target).unwrap();
    for (width, ground, share, file) in ICONS {
        let page = include_str!("icon.html").replace("{ground}", ground).replace("{share}", &share.to_string());
        std::fs::write(desk.join("icon.html"), page).unwrap();
        browser.open(&format!("file://{}/icon.html", desk.display())).await;
        let png = browser.window(width, width).await;
        match file.strip_suffix("favicon.png") {
            Some(_) => std::fs::write(target.join("favicon.ico"), icon_file(width, &png)).unwrap(),
            None => std::fs::write(target.join(file), png).unwrap(),
        }
    }
}

/// An icon file that holds one PNG: a directory of one entry (22 bytes), then the picture.
fn icon_file(width: u32, png: &[u8]) -> Vec<u8> {
    let side = u8::try_from(width).unwrap();
    let mut file = vec![0, 0, 1, 0, 1, 0, side, side, 0, 0, 1, 0, 32, 0];
    file.extend(u32::try_from(png.len()).unwrap().to_le_bytes());
    file.extend(22_u32.to_le_bytes());
    file.extend(png);
    file
}
