//! Photos and films: what staff upload is kept safely and shown to whom it is for; all else is refused in words and leaves nothing.

use std::path::Path;
use std::time::Duration;

use hip_clinic::db::{Db, Lock};
use hip_clinic::exercises::{self, Exercise, Library};
use hip_clinic::ids::{MediumId, PatientId};
use hip_clinic::media::{self, Medium};
use reqwest::Method;
use reqwest::header::{ACCEPT_ENCODING, CONTENT_TYPE, HeaderName, IF_NONE_MATCH, IF_RANGE, RANGE};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::support::samples::{self, Mp4, SECRET, Webm, boxed, glass_png, holds, jpeg, phone_jpeg, png, png_bomb, webp};
use crate::support::{App, BOUNDARY, PASSWORD, Page, Person, Setup, TestDatabase, with_files};

/// Uploads one file with these fields.
async fn send(person: &Person, fields: &[(&str, &str)], bytes: &[u8]) -> Page {
    person.upload("/clinic/media", fields, &[("IMG_1.html", bytes)]).await
}

/// Uploads a file for everybody.
async fn upload(person: &Person, words: &str, bytes: &[u8]) -> Page {
    send(person, &[("words", words), ("patient", ""), ("still", "")], bytes).await
}

/// What is kept for the library, or for a patient, the newest first.
fn kept(app: &App, of: Option<PatientId>) -> Vec<Medium> {
    app.db.read_here(|conn| media::all(conn, of)).unwrap()
}

/// All files in the folder.
fn files(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            names.extend(files(&path));
        } else {
            names.push(path.file_name().unwrap().to_string_lossy().into_owned());
        }
    }
    names
}

#[tokio::test]
async fn a_photo_is_kept_upright_without_its_place_and_shown() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    cleo.get("/clinic/media").await.is(200).says("Nothing here yet").says("Room taken: 0 MB of 2 GB");
    upload(&cleo, "The knee,  over the foot", &phone_jpeg(800, 600, 6)).await.goes_to("/clinic/media?done=medium");
    let list = cleo.get("/clinic/media?done=medium").await.is(200);
    list.says("It is kept").says("The knee, over the foot").says("Photo, 600 by 800").says("Cleo Carter, 24 November 2026");
    let medium = kept(&app, None).remove(0);
    let photo = cleo.get(&medium.path()).await.is(200);
    assert_eq!((photo.header("content-type"), photo.header("x-content-type-options")), ("image/jpeg", "nosniff"));
    assert_eq!(photo.header("content-security-policy"), "default-src 'none'; sandbox; frame-ancestors 'none'");
    assert_eq!(photo.header("content-disposition"), "inline; filename=\"the-knee-over-the-foot.jpg\"");
    assert_eq!(photo.header("cache-control"), "private, max-age=604800, immutable");
    for words in [SECRET, "Exif", "<script>", "ICC_PROFILE"] {
        assert!(!holds(&photo.bytes, words.as_bytes()), "{words}");
    }
    let seen = image::load_from_memory(&photo.bytes).unwrap();
    assert_eq!((seen.width(), seen.height()), (600, 800));
    let small = cleo.get(&medium.thumbnail_path().unwrap()).await.is(200);
    assert_eq!(image::load_from_memory(&small.bytes).unwrap().height(), 400);
    assert_eq!(files(app.folder.path()).len(), 2);
    let page = cleo.get(&format!("/clinic/media/{}", medium.id)).await.is(200);
    assert_eq!(page.heading(), "The knee, over the foot");
    assert!(page.body().contains(&format!("src=\"{}\" width=\"600\" height=\"800\" alt=\"The knee, over the foot\"", medium.path())));
}

#[tokio::test]
async fn films_are_kept_without_their_places_and_played_in_parts() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    let mp4 = Mp4::default().bytes();
    upload(&cleo, "A bridge, in MP4", &mp4).await.goes_to("/clinic/media");
    upload(&cleo, "A bridge, in WebM", &Webm::default().bytes()).await.goes_to("/clinic/media");
    cleo.get("/clinic/media").await.says("Film, 12 seconds, 640 by 360");
    let all = kept(&app, None);
    for (medium, kind, length) in [(&all[1], "video/mp4", mp4.len()), (&all[0], "video/webm", Webm::default().bytes().len())] {
        let film = cleo.ask(Method::GET, &medium.path(), &[(ACCEPT_ENCODING, "gzip, br")]).await.is(200);
        assert_eq!((film.header("content-type"), film.bytes.len()), (kind, length));
        assert!(!holds(&film.bytes, SECRET.as_bytes()), "{kind}");
        assert_eq!((film.header("accept-ranges"), film.header("content-encoding")), ("bytes", ""));
        let page = cleo.get(&format!("/clinic/media/{}", medium.id)).await.is(200);
        assert!(page.body().contains("controls preload=\"metadata\""), "{}", page.body());
    }
    let (path, whole) = (all[1].path(), cleo.get(&all[1].path()).await);
    let tag = whole.header("etag").to_owned();
    let length = mp4.len();
    let part = |pairs: Vec<(HeaderName, String)>| {
        let (cleo, path) = (&cleo, &path);
        async move {
            let pairs: Vec<(HeaderName, &str)> = pairs.iter().map(|(name, value)| (name.clone(), value.as_str())).collect();
            cleo.ask(Method::GET, path, &pairs).await
        }
    };
    for (range, from, to) in [("bytes=0-1", 0, 1), ("bytes=10-", 10, length - 1), ("bytes=-7", length - 7, length - 1)] {
        for same in [None, Some(tag.clone())] {
            let mut asked = vec![(RANGE, range.to_owned())];
            asked.extend(same.map(|tag| (IF_RANGE, tag)));
            let answer = part(asked).await.is(206);
            assert_eq!(answer.header("content-range"), format!("bytes {from}-{to}/{length}"));
            assert_eq!(answer.header("content-length"), (to - from + 1).to_string());
            assert_eq!(answer.bytes, whole.bytes[from..=to]);
        }
    }
    let beyond = part(vec![(RANGE, format!("bytes={length}-"))]).await.is(416);
    assert_eq!(beyond.header("content-range"), format!("bytes */{length}"));
    let other = part(vec![(RANGE, "bytes=0-1".to_owned()), (IF_RANGE, "\"other\"".to_owned())]).await.is(200);
    assert_eq!(other.bytes.len(), length);
    assert!(part(vec![(IF_NONE_MATCH, tag)]).await.is(304).bytes.is_empty());
    let head = cleo.ask(Method::HEAD, &path, &[]).await;
    assert_eq!((head.status, head.header("content-length"), head.bytes.len()), (200, &*length.to_string(), 0));
    let head = cleo.ask(Method::HEAD, &path, &[(RANGE, "bytes=0-9")]).await;
    assert_eq!((head.status, head.header("content-length"), head.bytes.len()), (206, "10", 0));
}

#[tokio::test]
async fn what_is_a_patients_is_seen_by_that_patient_and_staff_alone() {
    let app = App::start().await;
    let (cast, cleo, dan, ann, ben) = (app.cast(), app.cleo().await, app.dan().await, app.ann().await, app.ben().await);
    upload(&cleo, "For everybody", &png(60, 40)).await.goes_to("/clinic/media");
    let id = cast.ann.id.to_string();
    let fields = [("words", "Ann, seen from behind"), ("patient", &*id), ("still", "")];
    send(&cleo, &fields, &jpeg(500, 400)).await.goes_to(&format!("/clinic/media?patient={id}&done=medium"));
    let (shared, hers) = (kept(&app, None).remove(0), kept(&app, Some(cast.ann.id)).remove(0));
    let paths = [hers.path(), hers.thumbnail_path().unwrap()];
    for path in &paths {
        for person in [&cleo, &dan, &ann] {
            let answer = person.get(path).await.is(200);
            assert_eq!(answer.header("cache-control"), "private, no-cache");
        }
        assert_eq!(ben.get(path).await.is(404).heading(), "There is no such page");
        assert!(app.visitor().get(path).await.goes_to_any().starts_with("/sign-in"));
        // The right to see it is asked for each time, also when the browser has it.
        let tag = ann.get(path).await.header("etag").to_owned();
        ann.ask(Method::GET, path, &[(IF_NONE_MATCH, &tag)]).await.is(304);
        ben.ask(Method::GET, path, &[(IF_NONE_MATCH, &tag)]).await.is(404);
    }
    for person in [&cleo, &ann, &ben] {
        person.get(&shared.path()).await.is(200);
    }
    assert!(app.visitor().get(&shared.path()).await.goes_to_any().starts_with("/sign-in"));
    for path in ["/clinic/media", &format!("/clinic/media/{}", shared.id), &format!("/clinic/media?patient={id}")] {
        ann.get(path).await.is(403);
    }
    cleo.get("/clinic/media").await.says("For everybody").says_not("Ann, seen from behind").says("Of one patientAnn Archer 1");
    cleo.get(&format!("/clinic/media?patient={id}")).await.says("Ann, seen from behind");
    assert_eq!(cleo.get(&format!("/clinic/media?patient={id}")).await.all(".media h3"), ["Ann, seen from behind"]);
    cleo.get("/clinic/media?patient=999999").await.is(404);
    cleo.get("/clinic/media?patient=ann").await.is(404);
    for name in ["000000000000.jpg", "..%2f..%2fclinic.db", "%2e%2e", "x"] {
        cleo.get(&format!("/media/{}/{name}", hers.id)).await.is(404);
    }
    // The name belongs to the number.
    cleo.get(&hers.path().replace(&format!("/{}/", hers.id), &format!("/{}/", shared.id))).await.is(404);
    let seen = app.db.read_here(|conn| Ok(hip_clinic::audit::of_subject(conn, cast.ann.id.into(), 50)?)).unwrap();
    let by = |name: &str, verb: &str| seen.iter().filter(|(_, who, what, _)| who == name && what == verb).count();
    assert_eq!(by("Cleo Carter", "added a photo"), 1);
    assert_eq!(by("Dan Dyer", "looked at a photo or film of the patient"), 1);
    assert_eq!(by("Ann Archer", "looked at a photo or film of the patient"), 0);
    assert_eq!(by("Cleo Carter", "looked at the photos and films"), 2);
}

#[tokio::test]
async fn a_file_that_cannot_be_taken_is_refused_in_words_and_leaves_nothing() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    let whole = jpeg(300, 200);
    let mut beyond = Mp4::default().bytes();
    let at = beyond.windows(4).position(|window| window == b"mdat").unwrap();
    beyond[at - 4..at].copy_from_slice(&0x7fff_ffff_u32.to_be_bytes());
    let mut large = jpeg(30, 20);
    large.resize((10 << 20) + 1, 0);
    let mut long = Mp4::default().bytes();
    long.resize((40 << 20) + 1, 0);
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("empty", Vec::new(), "The file is empty"),
        ("short", b"\xff\xd8\xff".to_vec(), "damaged"),
        ("cut", whole[..whole.len() / 2].to_vec(), "damaged"),
        ("polyglot", b"\xff\xd8\xff\xe0<html><script>alert(1)</script></html>".repeat(10), "damaged"),
        ("page", b"<!DOCTYPE html><script>alert(1)</script>".to_vec(), "a page or a drawing made of text"),
        ("svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".to_vec(), "an SVG drawing"),
        ("gif", b"GIF89a\x01\0\x01\0".to_vec(), "a GIF picture"),
        ("zip", b"PK\x03\x04 and so on".to_vec(), "a ZIP archive"),
        ("bomb", png_bomb(50_000, 50_000), "2500 megapixels; 40 are the most"),
        ("hollow", png_bomb(4000, 4000), "damaged"),
        ("heavy photo", large, "more than 10 MB"),
        ("heavy film", long, "more than 40 MB"),
        ("film beyond", beyond, "damaged"),
        ("film without picture", Webm { track: 2, ..Webm::default() }.bytes(), "no picture"),
        ("film elsewhere", Mp4 { here: false, ..Mp4::default() }.bytes(), "in another file"),
        ("film too long", Mp4 { seconds: 400, ..Mp4::default() }.bytes(), "longer than 5 minutes"),
        ("noise", (0..=255).cycle().take(5000).collect(), "something else"),
    ];
    for (name, bytes, words) in cases {
        let page = upload(&cleo, "What I typed", &bytes).await.refused();
        let said = page.error_for("file").unwrap_or_default();
        assert!(said.contains(words), "{name}: {said}");
        assert_eq!(page.form("/clinic/media", 0).value("words"), "What I typed", "{name}");
        assert_eq!(files(app.folder.path()), Vec::<String>::new(), "{name}");
    }
    assert!(kept(&app, None).is_empty());
}

#[tokio::test]
async fn a_form_that_is_not_whole_is_refused_in_words_and_leaves_nothing() {
    let app = App::start().await;
    let (cleo, id) = (app.cleo().await, app.cast().ann.id.to_string());
    let photo = jpeg(300, 200);
    let fields = [("words", "What I typed"), ("patient", id.as_str()), ("still", "")];
    for (files, words) in [
        (vec![], "Choose a photo or a film"),
        (vec![("", [].as_slice())], "Choose a photo or a film"),
        (vec![("a.jpg", photo.as_slice()), ("b.jpg", photo.as_slice())], "one file at a time"),
        (vec![("a.svg", b"<svg>".as_slice()), ("b.jpg", photo.as_slice())], "one file at a time"),
    ] {
        let page = cleo.upload("/clinic/media", &fields, &files).await.refused();
        assert!(page.error_for("file").unwrap_or_default().contains(words), "{:?}", page.error_summary());
        let typed = page.form("/clinic/media", 0);
        assert_eq!((typed.value("words"), typed.value("patient")), ("What I typed", id.as_str()));
    }
    // Words are needed; the file has to be chosen again, and that is said.
    let page = send(&cleo, &[("words", " "), ("patient", "x")], &photo).await.refused();
    assert!(page.has_error_for("words") && page.has_error_for("patient"));
    assert_eq!(page.error_for("file").as_deref(), Some("Choose the file again"));
    for field in ["patient", "still"] {
        let page = send(&cleo, &[("words", "A knee"), (field, "999999")], &photo).await.refused();
        assert!(page.has_error_for(field) && page.form("/clinic/media", 0).value("words") == "A knee", "{field}");
    }
    // It ends in the middle.
    let whole = with_files(&fields, &[("a.jpg", &photo)]);
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let half = whole[..whole.len() - 500].to_vec();
    let page = cleo.bring(Method::POST, "/clinic/media", &[(CONTENT_TYPE, &kind)], half).await.refused();
    assert!(page.error_for("file").unwrap_or_default().contains("did not arrive whole"));
    assert_eq!(page.form("/clinic/media", 0).value("words"), "What I typed");
    // Another line parts it than was said.
    let kind = "multipart/form-data; boundary=another-line";
    let page = cleo.bring(Method::POST, "/clinic/media", &[(CONTENT_TYPE, kind)], whole.clone()).await.refused();
    assert!(page.error_for("file").unwrap_or_default().contains("did not arrive whole"));
    for kind in ["multipart/form-data", "application/x-www-form-urlencoded", "image/jpeg", "text/plain; boundary=x"] {
        let page = cleo.bring(Method::POST, "/clinic/media", &[(CONTENT_TYPE, kind)], whole.clone()).await;
        assert!(matches!(page.status, 415 | 422), "{kind}: {}", page.status);
    }
    assert!(kept(&app, None).is_empty() && kept(&app, Some(app.cast().ann.id)).is_empty());
    assert_eq!(files(app.folder.path()), Vec::<String>::new());
}

#[tokio::test]
async fn nobody_but_staff_uploads_and_nobody_from_elsewhere() {
    let app = App::start().await;
    let (fields, photo) = ([("words", "A knee")], jpeg(30, 20));
    send(&app.ann().await, &fields, &photo).await.is(403);
    send(&app.visitor(), &fields, &photo).await.goes_to("/sign-in");
    let body = with_files(&fields, &[("a.jpg", &photo)]);
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let headers = [(CONTENT_TYPE, kind.as_str()), (HeaderName::from_static("sec-fetch-site"), "cross-site")];
    app.cleo().await.bring(Method::POST, "/clinic/media", &headers, body).await.is(403);
    assert_eq!(files(app.folder.path()), Vec::<String>::new());
}

#[tokio::test]
async fn the_same_content_is_one_file_and_goes_with_its_last_row() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    let photo = png(700, 500);
    for _ in 0..2 {
        // A double tap.
        upload(&cleo, "A knee", &photo).await.goes_to("/clinic/media");
    }
    assert_eq!((kept(&app, None).len(), files(app.folder.path()).len()), (1, 2));
    upload(&cleo, "The same knee", &photo).await.goes_to("/clinic/media");
    let both = kept(&app, None);
    assert_eq!((both.len(), files(app.folder.path()).len()), (2, 2));
    assert_eq!(both[0].file, both[1].file);
    for (place, left) in [(0, 2), (1, 0)] {
        let page = cleo.get(&format!("/clinic/media/{}", both[place].id)).await.is(200);
        let form = page.form(&format!("/clinic/media/{}/removal", both[place].id), 0);
        cleo.submit(&form).await.goes_to("/clinic/media?done=medium-removed");
        assert_eq!(files(app.folder.path()).len(), left);
        cleo.submit(&form).await.is(404);
        cleo.get(&both[place].path()).await.is(404);
    }
    cleo.get("/clinic/media").await.says("Nothing here yet");
}

#[tokio::test]
async fn what_is_said_of_it_can_be_changed_and_a_photo_stands_for_a_film() {
    let app = App::start().await;
    let (cleo, ann) = (app.cleo().await, app.cast().ann.id.to_string());
    upload(&cleo, "A bridge, seen from the side", &webp(200, 100)).await.goes_to("/clinic/media");
    let photo = kept(&app, None).remove(0);
    send(&cleo, &[("words", "Ann"), ("patient", &ann)], &glass_png(20, 20)).await.goes_to("/clinic/media");
    let hers = kept(&app, Some(app.cast().ann.id)).remove(0);
    let still = photo.id.to_string();
    send(&cleo, &[("words", "A bridge"), ("patient", ""), ("still", &still)], &Mp4::default().bytes()).await.goes_to("/clinic/media");
    let film = kept(&app, None).remove(0);
    let page = cleo.get(&format!("/clinic/media/{}", film.id)).await.is(200);
    assert!(page.body().contains(&format!("poster=\"{}\"", photo.path())), "{}", page.body());
    let address = format!("/clinic/media/{}", film.id);
    let said = page.form(&address, 0);
    assert_eq!((said.value("words"), said.value("still")), ("A bridge", still.as_str()));
    cleo.submit(&said.clone().with("words", "Lift the hips")).await.goes_to(&format!("{address}?done=saved"));
    cleo.get(&address).await.says("Lift the hips");
    let wrong = cleo.submit(&said.clone().with("words", " ")).await.refused();
    assert!(wrong.has_error_for("words") && wrong.form(&address, 0).value("words").trim().is_empty());
    // A photo of a patient does not stand where others see it, and neither does a film.
    for other in [hers.id, film.id, MediumId(999_999)] {
        assert!(cleo.submit(&said.clone().forged("still", &other.to_string())).await.refused().has_error_for("still"));
    }
    // A photo that goes leaves the film.
    cleo.post(&format!("/clinic/media/{}/removal", photo.id), &[]).await.goes_to("/clinic/media");
    let page = cleo.get(&address).await.is(200);
    assert!(!page.body().contains("poster="));
}

#[tokio::test]
async fn there_is_room_for_so_much_and_no_more() {
    let app = App::with_room(1 << 20).await;
    let cleo = app.cleo().await;
    let long = |seed: u8| {
        let film = Mp4 { places: false, ..Mp4::default() }.bytes();
        [film, boxed(b"mdat", &[&vec![seed; 400 << 10]])].concat()
    };
    for seed in [1, 2] {
        upload(&cleo, "A film", &long(seed)).await.goes_to("/clinic/media");
    }
    cleo.get("/clinic/media").await.says("Room taken: 804 kB of 1 MB");
    let page = upload(&cleo, "One more", &long(3)).await.refused();
    let said = page.error_for("file").unwrap_or_default();
    assert!(said.contains("There is no room left: 804 kB of 1 MB are taken"), "{said}");
    assert_eq!(files(app.folder.path()).len(), 2);
    // What is there already takes no more room.
    upload(&cleo, "The first once more", &long(1)).await.goes_to("/clinic/media");
    assert_eq!(files(app.folder.path()).len(), 2);
}

/// Sends the beginning of a request and no more of it; the connection is closed when the answer to that is dropped.
async fn begin(address: &str, cookie: &str, body: &[u8], length: usize) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST /clinic/media HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body).await.unwrap();
    stream
}

async fn cookie_of(person: &Person) -> String {
    let answer = person.sign_in("cleo@clinic.example", PASSWORD).await;
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

/// Waits until so many files are there.
async fn soon(folder: &Path, count: usize) {
    for _ in 0..400 {
        if files(folder).len() == count {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("there are {:?}", files(folder));
}

#[tokio::test]
async fn an_upload_that_is_cut_off_leaves_nothing() {
    let app = App::start().await;
    let cookie = cookie_of(&app.visitor()).await;
    let mut film = Mp4::default().bytes();
    film.resize(2 << 20, 0);
    let body = with_files(&[("words", "A bridge")], &[("a.mp4", &film)]);
    let stream = begin(app.base.trim_start_matches("http://"), &cookie, &body[..1 << 20], body.len()).await;
    soon(app.folder.path(), 1).await;
    drop(stream);
    soon(app.folder.path(), 0).await;
    assert!(kept(&app, None).is_empty());
}

#[tokio::test]
async fn files_and_rows_agree_after_the_program_was_killed() {
    let (database, _) = TestDatabase::with_cast();
    let setup = Setup::new(&database);
    let folder = setup.folder.path().join("data");
    let mut running = setup.serve();
    let cookie = cookie_of(&running.visitor()).await;
    let cleo = running.visitor();
    cleo.sign_in("cleo@clinic.example", PASSWORD).await;
    upload(&cleo, "A knee", &jpeg(500, 400)).await.goes_to("/clinic/media");
    let body = with_files(&[("words", "A bridge")], &[("a.mp4", &[Mp4::default().bytes(), vec![0; 2 << 20]].concat())]);
    let _stream = begin(&running.address, &cookie, &body[..1 << 20], body.len()).await;
    soon(&folder, 3).await;
    running.signal("KILL");
    running.wait();
    // One whose row was never written, and one whose row is gone.
    std::fs::create_dir_all(folder.join("media/ab")).unwrap();
    std::fs::write(folder.join("media/ab/abcd.jpg"), b"lost").unwrap();
    assert_eq!(files(&folder).len(), 4);
    let again = setup.serve();
    assert_eq!(files(&folder).len(), 2);
    let cleo = again.visitor();
    cleo.sign_in("cleo@clinic.example", PASSWORD).await;
    cleo.get("/clinic/media").await.says("A knee");
    let db = Db::open(database.url()).unwrap();
    let medium = db.read_here(|conn| media::all(conn, None)).unwrap().remove(0);
    cleo.get(&medium.path()).await.is(200);
}

#[tokio::test]
async fn photos_are_taken_however_they_are_written_and_still() {
    let app = App::start().await;
    let cleo = app.cleo().await;
    for bytes in [samples::progressive_jpeg(), samples::cmyk_jpeg(), samples::palette_png(), samples::lossy_webp(), samples::glass_webp()] {
        upload(&cleo, "A knee", &bytes).await.goes_to("/clinic/media");
        let medium = kept(&app, None).remove(0);
        let photo = cleo.get(&medium.path()).await.is(200);
        assert!(["image/jpeg", "image/png"].contains(&photo.header("content-type")));
        assert_eq!(image::load_from_memory(&photo.bytes).unwrap().width(), medium.width);
    }
    assert_eq!(kept(&app, None).len(), 5);
    let page = upload(&cleo, "A knee", &samples::moving_webp()).await.refused();
    assert!(page.error_for("file").unwrap_or_default().contains("moves"));
}

#[tokio::test]
async fn a_patient_finds_theirs_on_their_plan() {
    let app = App::start().await;
    let (cleo, ann, ben) = (app.cleo().await, app.ann().await, app.ben().await);
    let id = app.cast().ann.id.to_string();
    ann.get("/my/plan").await.is(200).says_not("Your photos and films");
    send(&cleo, &[("words", "How your knee falls in"), ("patient", &id)], &jpeg(300, 200)).await.goes_to("/clinic/media");
    let hers = kept(&app, Some(app.cast().ann.id)).remove(0);
    let plan = ann.get("/my/plan").await.is(200);
    plan.says("Your photos and films").says("How your knee falls in");
    assert!(plan.body().contains(&hers.path()));
    ben.get("/my/plan").await.is(200).says_not("Your photos and films");
}

#[tokio::test]
async fn what_an_exercise_shows_is_not_taken_away() {
    let app = App::start().await;
    let (cleo, by, now) = (app.cleo().await, app.cast().cleo, app.clock.now());
    upload(&cleo, "A bridge", &jpeg(300, 200)).await.goes_to("/clinic/media");
    let medium = kept(&app, None).remove(0);
    let library = Library::load().unwrap();
    let bridge = library.get("hip-bridge").unwrap();
    let shows = Exercise { name: "Bridge on film".to_owned(), media: vec![medium.id.0], ..bridge.clone() };
    app.db.write_here(Lock::Clinic, |conn| exercises::add(conn, &library, &shows, by, now)).unwrap();
    let path = format!("/clinic/media/{}", medium.id);
    let page = cleo.get(&path).await.is(200);
    page.says("Shown inBridge on film");
    let refused = cleo.submit(&page.form(&format!("{path}/removal"), 0)).await.refused();
    assert_eq!(refused.error_summary(), ["It is shown in “Bridge on film”. Take it out there first"]);
    assert_eq!(kept(&app, None).len(), 1);
    cleo.get(&medium.path()).await.is(200);
}
