//! A version keeps what it said: text, pictures, photos and dose, whatever the library says later.

use hip_clinic::db::Lock;
use hip_clinic::exercises::{self, Exercise, Library, Pose};
use hip_clinic::ids::PersonId;
use hip_clinic::media;
use hip_clinic::plans::{self, NewPrescription};
use hip_clinic::web::{Role, Viewer};

use crate::support::samples::jpeg;
use crate::support::{App, Page};

/// An exercise of the clinic's own, in version 2 of Ann's plan.
struct Given {
    app: App,
    slug: String,
}

impl Given {
    async fn to_ann() -> Self {
        let app = App::start().await;
        let cleo = app.cleo().await;
        cleo.upload("/clinic/media", &[("words", "Our bridge from the side")], &[("a.jpg", &jpeg(300, 200))])
            .await
            .goes_to("/clinic/media");
        let library = Library::load().unwrap();
        let medium = app.db.read_here(|conn| media::all(conn, None)).unwrap().remove(0).id.0;
        let bridge = library.get("hip-bridge").unwrap();
        let ours = Exercise { name: "Our bridge".to_owned(), media: vec![medium], ..bridge.copied() };
        let (ann, by, now) = (&app.cast().ann, app.cast().cleo, app.clock.now());
        let slug = app.db.write_here(Lock::Clinic, |conn| exercises::add(conn, &library, &ours, by, now)).unwrap();
        let dose = bridge.to_begin();
        let new = NewPrescription { phase: ann.phases[0], exercise: &slug, dose, load: "", note: "", with_previous: false };
        app.db.write_here(Lock::Patient(ann.id.0), |conn| plans::add_prescription(conn, &new)).unwrap();
        let given = Self { app, slug };
        given.publish("A bridge of our own").await;
        given
    }

    fn path(&self) -> String {
        format!("/clinic/plans/{}/publication", self.app.cast().ann.plan)
    }

    async fn publish(&self, reason: &str) {
        let cleo = self.app.cleo().await;
        let form = cleo.get(&self.path()).await.is(200).form(&self.path(), 0).with("reason", reason);
        cleo.submit(&form).await.goes_to("/clinic/patients/");
    }

    /// The library says it anew: other steps, other cautions, another end, and no photo.
    fn change(&self) {
        let now = self.app.clock.now();
        let kept = self.app.db.read_here(exercises::kept).unwrap().into_iter().find(|kept| kept.slug == self.slug).unwrap();
        let read = kept.read().unwrap();
        let end = read.end.clone().map(|end| Pose { pose: end.pose.replace("trunk -11", "trunk -10"), ..end }).unwrap();
        let start = read.start.clone();
        assert_ne!(Some(&end), read.end.as_ref(), "the end differs: {}", end.pose);
        let steps = vec!["Do it quite differently.".to_owned()];
        let changed = Exercise { steps, precautions: "Mind the cat.".to_owned(), media: Vec::new(), start, end: Some(end), ..read };
        self.app
            .db
            .write_here(Lock::Clinic, |conn| exercises::revise(conn, &changed, kept.own.revision, self.app.cast().cleo, now))
            .unwrap();
    }
}

/// The addresses of the drawings and photos of an exercise on a page.
fn pictures(page: &Page, of: &str) -> Vec<String> {
    let drawings = page.body().split('"').filter(|part| part.starts_with(&format!("/drawings/{of}-")) || part.starts_with("/media/"));
    let mut found: Vec<String> = drawings.map(str::to_owned).collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[tokio::test]
async fn what_the_library_says_later_does_not_reach_a_published_version() {
    let given = Given::to_ann().await;
    let ann = given.app.ann().await;
    let mut before = Vec::new();
    for path in ["/my/today", "/my/plan"] {
        let page = ann.get(path).await.is(200);
        page.says("Our bridge");
        let found = pictures(&page, &given.slug);
        assert!(found.iter().any(|one| one.starts_with("/drawings/")) && found.iter().any(|one| one.starts_with("/media/")), "{found:?}");
        before.push((path, page.text(), found));
    }
    given.change();
    for (path, text, found) in &before {
        let page = ann.get(path).await.is(200);
        assert_eq!((&page.text(), &pictures(&page, &given.slug)), (text, found), "{path}");
        for picture in found {
            ann.get(picture).await.is(200);
        }
    }
    // The draft, and the version made of it, have what the library says now; both are told.
    let cleo = given.app.cleo().await;
    let preview = cleo.get(&given.path()).await.is(200);
    preview.says("the drawing as it was").says("the steps as they were").says("the cautions as they were");
    preview.says("the photos and films as they were");
    given.publish("As the library has it now").await;
    let plan = ann.get("/my/plan").await.is(200);
    plan.says("the drawing as the library shows it now").says("Version 3");
    let found = pictures(&plan, &given.slug);
    let drawing = before[1].2.iter().find(|one| one.starts_with("/drawings/")).unwrap();
    assert!(!found.is_empty() && !found.contains(drawing), "{found:?}");
}

#[tokio::test]
async fn a_picture_no_exercise_has_any_more_is_found_in_the_versions_of_those_who_may_see_it() {
    let given = Given::to_ann().await;
    let (app, ann) = (&given.app, given.app.ann().await);
    let found = pictures(&ann.get("/my/today").await, &given.slug);
    let name = found.iter().find_map(|one| one.strip_prefix("/drawings/")).unwrap();
    given.change();
    let viewer = |id: PersonId, role| Viewer { id, name: String::new(), role, messages: 0 };
    let looks = |viewer: &Viewer, name: &str| app.db.read_here(|conn| plans::former_picture(conn, viewer, name)).unwrap();
    let hers = looks(&viewer(app.cast().ann.id.into(), Role::Patient), name).unwrap();
    assert_eq!(hers.file_name(), name);
    assert_eq!(looks(&viewer(app.cast().cleo, Role::Physio), name), Some(hers));
    assert_eq!(looks(&viewer(app.cast().ben.id.into(), Role::Patient), name), None, "another's");
    for wrong in ["our-bridge-left-card.000000000000.svg", "our-bridge.svg", "%-left-card.1.svg", "our%-left-card.1.svg", ""] {
        assert_eq!(looks(&viewer(app.cast().cleo, Role::Physio), wrong), None, "{wrong}");
    }
    app.visitor().get(&format!("/drawings/{name}")).await.is(404);
}

#[tokio::test]
async fn a_photo_that_a_plan_shows_is_not_taken_away() {
    let given = Given::to_ann().await;
    let cleo = given.app.cleo().await;
    given.change();
    let medium = given.app.db.read_here(|conn| media::all(conn, None)).unwrap().remove(0);
    let path = format!("/clinic/media/{}", medium.id);
    let page = cleo.get(&path).await.is(200);
    page.says("the plan of Ann Archer");
    cleo.submit(&page.form(&format!("{path}/removal"), 0)).await.refused();
    // The next version does not show it any more.
    given.publish("Without the photo").await;
    let page = cleo.get(&path).await.is(200);
    cleo.submit(&page.form(&format!("{path}/removal"), 0)).await.goes_to("/clinic/media");
}

#[tokio::test]
async fn a_version_of_the_first_days_is_read_and_drawn() {
    let app = App::start().await;
    let (ann, plan) = (&app.cast().ann, app.cast().ann.plan);
    let published = app.db.read_here(|conn| plans::publication(conn, ann.id, plan, 1)).unwrap().unwrap();
    let mut content = serde_json::to_value(&published.snapshot).unwrap();
    for slot in content["phases"].as_array_mut().unwrap().iter_mut().flat_map(|phase| phase["slots"].as_array_mut().unwrap()) {
        let slot = slot.as_object_mut().unwrap();
        assert!(slot.remove("sketch").is_some() && slot.remove("media").is_some());
    }
    let old: plans::Snapshot = serde_json::from_value(content).unwrap();
    assert!(old.phases[0].slots[0].sketch.is_none());
    let draft = app.db.read_here(|conn| plans::draft(conn, plan)).unwrap().unwrap();
    let now = app.clock.now();
    app.db.write_here(Lock::Patient(ann.id.0), |conn| plans::publish(conn, &draft, &old, "As it was", app.cast().cleo, now)).unwrap();
    let page = app.ann().await.get("/my/today").await.is(200);
    assert!(!pictures(&page, "hip-bridge").is_empty());
    let cleo = app.cleo().await;
    cleo.get(&format!("/clinic/plans/{plan}/publication")).await.is(200).says("Nothing has changed");
}
