//! Staff: the photos and films of the clinic, adding one, saying what it shows, taking it away.

use actix_multipart::Multipart;
use actix_web::{HttpRequest, web};
use chrono::NaiveDateTime;

use super::cabinet::{Cabinet, Ready};
use super::domain::{Kind, Medium, NewMedium, Said, size_in_words};
use super::film::{self, Flaw};
use super::intake::{self, Arrival};
use super::pages::{ListPage, MediumPage, list as list_path};
use super::photo;
use super::uses::Uses;
use super::{form, store};
use crate::audit::{self, Entry};
use crate::db::{Conn, Db, Lock};
use crate::error::{AppError, Invalid};
use crate::ids::{MediumId, PatientId};
use crate::patients;
use crate::web::{Answer, Errors, Fields, Page, Staff, html, refused, see_other};

/// `GET /clinic/media`: those of the library; with `patient=4`, those of a patient.
///
/// # Errors
/// See [`AppError`].
pub async fn list(staff: Staff, page: Page, request: HttpRequest, db: web::Data<Db>, cabinet: web::Data<Cabinet>) -> Answer {
    let asked = Fields::decode(request.query_string().as_bytes());
    let patient = match asked.get("patient") {
        "" => None,
        id => Some(id.parse::<PatientId>().map_err(|_| AppError::NotFound)?),
    };
    let now = page.now;
    if let Some(patient) = patient {
        db.write(Lock::Trail, move |conn| {
            patients::profile(conn, patient)?.ok_or(AppError::NotFound)?;
            note(conn, &staff, Some(patient), now, "looked at the photos and films", "")
        })
        .await?;
    }
    let fields = Fields::from_pairs([("patient", patient.map_or_else(String::new, |id| id.to_string()))]);
    html(&list_page(page, patient, fields, Errors::default(), &db, &cabinet).await?)
}

async fn list_page(
    page: Page,
    patient: Option<PatientId>,
    fields: Fields,
    errors: Errors,
    db: &Db,
    cabinet: &Cabinet,
) -> Result<ListPage, AppError> {
    let quota = cabinet.quota();
    db.read(move |conn| {
        let whose = patient.map(|id| patients::profile(conn, id)).transpose()?.flatten();
        let patient = whose.as_ref().map(|profile| profile.id);
        let media = store::all(conn, patient)?;
        let stills = photos_for(conn, patient)?;
        let (others, patients, used) = (store::of_patients(conn)?, patients::all(conn, None, "")?, store::used(conn)?);
        let patient = whose.map(|profile| (profile.id, profile.name));
        Ok(ListPage { page, media, patient, others, patients, stills, used, quota, fields, errors })
    })
    .await
}

/// The photos that can stand for a film of this patient, or of the library.
fn photos_for(conn: &mut Conn, patient: Option<PatientId>) -> Result<Vec<Medium>, AppError> {
    let mut photos = store::all(conn, None)?;
    if patient.is_some() {
        photos.extend(store::all(conn, patient)?);
    }
    photos.retain(Medium::is_photo);
    Ok(photos)
}

/// `POST /clinic/media`: a photo or film, with what it shows.
///
/// # Errors
/// See [`AppError`].
pub async fn add(staff: Staff, page: Page, form: Multipart, db: web::Data<Db>, cabinet: web::Data<Cabinet>) -> Answer {
    let posted = intake::receive(form, &cabinet).await?;
    let (said, fields) = (form::said(&posted.fields), posted.fields);
    match keep(staff, page.now, said, posted.file, &db, &cabinet).await {
        Ok((_, patient)) => see_other(&format!("{}{}done=medium", list_path(patient), if patient.is_some() { "&" } else { "?" })),
        Err(AppError::Invalid(invalid)) => {
            let patient = fields.get("patient").parse().ok();
            refused(&list_page(page, patient, fields, Errors(invalid), &db, &cabinet).await?)
        }
        Err(error) => Err(error),
    }
}

/// Makes what arrived into what is kept, and keeps it: all of that, or nothing is left of it.
async fn keep(
    staff: Staff,
    now: NaiveDateTime,
    said: Result<Said, Invalid>,
    file: Result<Arrival, String>,
    db: &Db,
    cabinet: &Cabinet,
) -> Result<(MediumId, Option<PatientId>), AppError> {
    // What is wrong with the file is told together with what is wrong with the words.
    let made = match file {
        Ok(arrival) => cabinet.handle(move |cabinet| make(arrival, cabinet)).await,
        Err(words) => Err(Invalid::one("file", words).into()),
    };
    let (said, made) = match (said, made) {
        (Ok(said), Ok(made)) => (said, made),
        (Err(mut invalid), Err(AppError::Invalid(of_file))) => {
            of_file.iter().for_each(|(field, words)| invalid.add(field, words));
            return Err(invalid.into());
        }
        (Ok(_), Err(error)) => return Err(error),
        (Err(mut invalid), Ok(_)) => {
            // A browser forgets which file was chosen.
            invalid.add("file", "Choose the file again");
            return Err(invalid.into());
        }
        (Err(invalid), Err(_)) => return Err(invalid.into()),
    };
    let cabinet = cabinet.clone();
    db.write(Lock::Clinic, move |conn| {
        let new = made.with(said);
        let patient = new.said.patient;
        fits(conn, &new)?;
        if let Some(known) = store::same(conn, &new)? {
            return Ok((known, patient));
        }
        has_room(conn, &new, cabinet.quota())?;
        for ready in &made.files {
            cabinet.put(ready)?;
        }
        let id = store::add(conn, &new, staff.id, now)?;
        let verb = if new.file.format.kind() == Kind::Photo { "added a photo" } else { "added a film" };
        note(conn, &staff, patient, now, verb, &format!("{} {id}", new.file.format.kind().word()))?;
        Ok((id, patient))
    })
    .await
}

/// A photo or film that is ready to be kept.
struct Made {
    files: Vec<Ready>,
    width: u32,
    height: u32,
    seconds: Option<u32>,
}

impl Made {
    fn with(&self, said: Said) -> NewMedium {
        let mut files = self.files.iter().map(|ready| ready.file.clone());
        let file = files.next().unwrap_or_else(|| super::domain::File { hash: String::new(), format: super::Format::Jpeg, bytes: 0 });
        NewMedium { file, thumbnail: files.next(), width: self.width, height: self.height, seconds: self.seconds, said }
    }
}

fn make(mut arrival: Arrival, cabinet: &Cabinet) -> Result<Made, AppError> {
    let refuse = |words: String| AppError::from(Invalid::one("file", words));
    match arrival.format.kind() {
        Kind::Photo => {
            let photo = photo::develop(&arrival.beside.bytes()?, arrival.format).map_err(refuse)?;
            let files = vec![cabinet.write(&photo.bytes, photo.format)?, cabinet.write(&photo.thumbnail, photo.format)?];
            Ok(Made { files, width: photo.width, height: photo.height, seconds: None })
        }
        Kind::Film => {
            let seen = film::look(arrival.beside.file(), arrival.format).map_err(|flaw| match flaw {
                Flaw::Words(words) => refuse(words),
                Flaw::Io(error) => super::cabinet::failed(&error),
            })?;
            seen.blank(arrival.beside.file()).map_err(|error| super::cabinet::failed(&error))?;
            let files = vec![arrival.beside.ready(arrival.format)?];
            Ok(Made { files, width: seen.width, height: seen.height, seconds: seen.seconds })
        }
    }
}

/// Whether what is said of it can be.
fn fits(conn: &mut Conn, new: &NewMedium) -> Result<(), AppError> {
    if let Some(patient) = new.said.patient {
        patients::profile(conn, patient)?.ok_or_else(|| Invalid::one("patient", "Choose whom it is for from the list"))?;
    }
    if new.file.format.kind() == Kind::Photo && new.said.still.is_some() {
        return Err(Invalid::one("still", "A photo needs no other photo to stand for it. Take that choice back").into());
    }
    still_fits(conn, new.said.still, new.said.patient)
}

fn still_fits(conn: &mut Conn, still: Option<MediumId>, patient: Option<PatientId>) -> Result<(), AppError> {
    let Some(still) = still else { return Ok(()) };
    let photo = store::one(conn, still)?.ok_or_else(|| Invalid::one("still", "Choose the photo from the list"))?;
    Ok(photo.stands_for_film_of(patient)?)
}

fn has_room(conn: &mut Conn, new: &NewMedium, quota: u64) -> Result<(), AppError> {
    let kept = store::files(conn)?;
    let used: u64 = kept.values().sum();
    // What is kept already takes no more room.
    let more: u64 = new.files().filter(|file| !kept.contains_key(&file.hash)).map(|file| file.bytes).sum();
    if used.saturating_add(more) <= quota {
        return Ok(());
    }
    let words =
        format!("There is no room left: {} of {} are taken. Remove what is not needed any more", size_in_words(used), size_in_words(quota));
    Err(Invalid::one("file", words).into())
}

/// `GET /clinic/media/{id}`: one of them, large.
///
/// # Errors
/// See [`AppError`].
pub async fn medium(_staff: Staff, page: Page, id: web::Path<MediumId>, db: web::Data<Db>, uses: web::Data<Uses>) -> Answer {
    html(&medium_page(page, *id, None, &db, uses).await?)
}

async fn medium_page(
    page: Page,
    id: MediumId,
    typed: Option<(Fields, Invalid)>,
    db: &Db,
    uses: web::Data<Uses>,
) -> Result<MediumPage, AppError> {
    db.read(move |conn| {
        let medium = known(conn, id)?;
        let patient = medium.patient.as_ref().map(|(id, _)| *id);
        let stills = if medium.is_photo() { Vec::new() } else { photos_for(conn, patient)? };
        let (fields, invalid) = typed.unwrap_or_else(|| (MediumPage::fields_of(&medium), Invalid::default()));
        Ok(MediumPage { page, uses: uses.of(conn, id)?, medium, stills, fields, errors: Errors(invalid) })
    })
    .await
}

/// `POST /clinic/media/{id}`: says anew what it shows.
///
/// # Errors
/// See [`AppError`].
pub async fn change(staff: Staff, page: Page, id: web::Path<MediumId>, fields: Fields, db: web::Data<Db>, uses: web::Data<Uses>) -> Answer {
    let (id, now, read) = (*id, page.now, form::said(&fields));
    let outcome = db
        .write(Lock::Clinic, move |conn| {
            let medium = known(conn, id)?;
            let said = read?;
            let patient = medium.patient.as_ref().map(|(id, _)| *id);
            if !medium.is_photo() {
                still_fits(conn, said.still, patient)?;
            }
            store::change(conn, id, &Said { still: said.still.filter(|_| !medium.is_photo()), ..said })?;
            note(conn, &staff, patient, now, "changed what a photo or film shows", &format!("{} {id}", medium.kind().word()))
        })
        .await;
    match outcome {
        Ok(()) => see_other(&format!("/clinic/media/{id}?done=saved")),
        Err(AppError::Invalid(invalid)) => refused(&medium_page(page, id, Some((fields, invalid)), &db, uses).await?),
        Err(error) => Err(error),
    }
}

/// `POST /clinic/media/{id}/removal`: takes it away, unless it is shown somewhere.
///
/// # Errors
/// See [`AppError`].
pub async fn remove(
    staff: Staff,
    page: Page,
    id: web::Path<MediumId>,
    db: web::Data<Db>,
    cabinet: web::Data<Cabinet>,
    uses: web::Data<Uses>,
) -> Answer {
    let (id, now, asked) = (*id, page.now, uses.clone());
    let outcome = db
        .write(Lock::Clinic, move |conn| {
            let medium = known(conn, id)?;
            if let Some(shown) = asked.of(conn, id)?.first() {
                let words = format!("It is shown in “{}”. Take it out there first", shown.title);
                return Err(Invalid::one("removal", words).into());
            }
            store::remove(conn, id)?;
            let patient = medium.patient.as_ref().map(|(id, _)| *id);
            note(conn, &staff, patient, now, "removed a photo or film", &format!("{} {id}: {}", medium.kind().word(), medium.words))?;
            Ok(medium)
        })
        .await;
    match outcome {
        Ok(medium) => {
            let list = list_path(medium.patient.as_ref().map(|(id, _)| *id));
            clear(medium, &db, &cabinet).await?;
            see_other(&format!("{list}{}done=medium-removed", if list.contains('?') { "&" } else { "?" }))
        }
        Err(AppError::Invalid(invalid)) => {
            let mut page = medium_page(page, id, None, &db, uses).await?;
            page.errors = Errors(invalid);
            refused(&page)
        }
        Err(error) => Err(error),
    }
}

/// Takes away the files of one whose row is gone, unless another row has the same. If the program ends before, the next start does it.
async fn clear(medium: Medium, db: &Db, cabinet: &Cabinet) -> Result<(), AppError> {
    let cabinet = cabinet.clone();
    let files = std::iter::once(medium.file).chain(medium.thumbnail).collect();
    db.write(Lock::Clinic, move |conn| store::unnamed(conn, files)?.iter().try_for_each(|file| cabinet.discard(file))).await
}

fn known(conn: &mut Conn, id: MediumId) -> Result<Medium, AppError> {
    store::one(conn, id)?.ok_or(AppError::NotFound)
}

fn note(conn: &mut Conn, staff: &Staff, patient: Option<PatientId>, at: NaiveDateTime, verb: &str, detail: &str) -> Result<(), AppError> {
    let subject = patient.map(Into::into);
    Ok(audit::record(conn, &Entry { at, actor: Some(staff.id), name: &staff.name, verb, subject, detail })?)
}
