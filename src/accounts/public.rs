//! Signing in and out, following an invitation, one's own account.

use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpRequest, web};

use super::domain::{self, Person};
use super::kept::Kept;
use super::pages::{AccountPage, InvitationPage, KeptPage, SignInPage};
use super::store::{NewPerson, OpenInvitation};
use super::{Passwords, Token, cookie, form, store};
use crate::audit;
use crate::db::{Conn, Db, Lock};
use crate::error::{AppError, Invalid};
use crate::ids::PersonId;
use crate::text::Email;
use crate::web::{Answer, Errors, Fields, Page, Role, Viewer, client_address, html, refused, see_other};

const CLEAR: HeaderName = HeaderName::from_static("clear-site-data");
const GONE: AppError = AppError::Refused(410, "It has been used or has expired. Please ask the clinic for a new one.");
const TOO_MANY: AppError =
    AppError::Refused(429, "There were too many failed tries. Please wait fifteen minutes, or ask the clinic for a new link.");

/// `GET /sign-in`
///
/// # Errors
/// See [`AppError`].
pub async fn sign_in_form(page: Page, request: HttpRequest) -> Answer {
    if let Some(viewer) = &page.viewer {
        return see_other(viewer.role.home());
    }
    let fields = Fields::decode(request.query_string().as_bytes());
    html(&SignInPage { page, fields, kept: None, errors: Errors::default() })
}

/// `POST /sign-in`
///
/// # Errors
/// See [`AppError`].
pub async fn sign_in(page: Page, fields: Fields, request: HttpRequest, db: web::Data<Db>, passwords: web::Data<Passwords>) -> Answer {
    let outcome = match form::sign_in(&fields) {
        Ok(command) => check(command, &page, client_address(&request), &db, &passwords).await,
        Err(invalid) => Err(invalid.into()),
    };
    match outcome {
        Ok(person) => {
            let next = domain::way_back(fields.get("next"), person.role).to_owned();
            let kept = Kept::read(&fields).filter(|kept| kept.is_for(person.role));
            let (cookie, before) = start(&request, &db, &page, person.clone()).await?;
            let answer = match kept {
                // What somebody else typed on this device is not for these eyes.
                Some(kept) if before.is_none_or(|before| before == person.id) => html(&kept_page(page, person, kept)),
                _ => see_other(&next),
            };
            with_cookie(answer, &cookie)
        }
        Err(AppError::Invalid(invalid)) => {
            let kept = Kept::read(&fields);
            refused(&SignInPage { page, fields, kept, errors: Errors(invalid) })
        }
        Err(error) => Err(error),
    }
}

async fn check(command: form::SignIn, page: &Page, address: String, db: &Db, passwords: &Passwords) -> Result<Person, AppError> {
    let (email, now, from) = (command.email.clone(), page.now, address.clone());
    let (known, (for_account, from_address)) = db
        .read(move |conn| Ok((store::credentials(conn, &email)?, store::tries(conn, &email, &from, now - domain::throttle_span())?)))
        .await?;
    if domain::too_many_tries(for_account, from_address) {
        return Err(TOO_MANY);
    }
    let (person, hash) = known.map_or((None, None), |(person, hash)| (Some(person), hash));
    if passwords.verify(command.password, hash).await?
        && let Some(person) = person
    {
        return Ok(person);
    }
    let email: Email = command.email;
    db.write(Lock::People, move |conn| store::note_failure(conn, &email, &address, now)).await?;
    Err(Invalid::one("email", "The e-mail address or the password is not right. Check both and try again").into())
}

fn kept_page(mut page: Page, person: Person, kept: Kept) -> KeptPage {
    let (staff, home) = (person.role.is_staff(), person.role.home());
    page.viewer = Some(Viewer { id: person.id, name: person.name, role: person.role, messages: 0 });
    KeptPage { page, staff, home, kept }
}

/// Signs a person in and sends them on.
async fn begin(request: &HttpRequest, db: &Db, page: &Page, person: Person, next: &str) -> Answer {
    let (cookie, _) = start(request, db, page, person).await?;
    with_cookie(see_other(next), &cookie)
}

/// Signs a person in with a fresh secret; a secret the browser had before is ended. Who had it, is told.
async fn start(
    request: &HttpRequest,
    db: &Db,
    page: &Page,
    person: Person,
) -> Result<(actix_web::cookie::Cookie<'static>, Option<PersonId>), AppError> {
    let (token, before, now) = (Token::new()?, cookie::token(request), page.now);
    let begun = cookie::begin(request, &token, person.role);
    let holder = db
        .write(Lock::People, move |conn| {
            let holder = before.as_ref().map(|before| store::holder(conn, before)).transpose()?.flatten();
            if let Some(before) = before {
                store::sign_out(conn, &before)?;
            }
            store::sign_in(conn, &person, &token, now)?;
            note(conn, &person, now, "signed in")?;
            Ok(holder)
        })
        .await?;
    Ok((begun, holder))
}

fn note(conn: &mut Conn, person: &Person, at: chrono::NaiveDateTime, verb: &str) -> Result<(), AppError> {
    let entry = audit::Entry { at, actor: Some(person.id), name: &person.name, verb, subject: Some(person.id), detail: "" };
    Ok(audit::record(conn, &entry)?)
}

fn with_cookie(answer: Answer, cookie: &actix_web::cookie::Cookie<'_>) -> Answer {
    let mut answer = answer?;
    answer.add_cookie(cookie).map_err(|error| AppError::Internal(format!("cookie: {error}")))?;
    Ok(answer)
}

/// Ends the sign-in on this device, and with it all the device keeps of the person: their pages, and what waits to be sent.
fn leave(answer: Answer, request: &HttpRequest) -> Answer {
    let mut answer = with_cookie(answer, &cookie::end(request))?;
    answer.headers_mut().insert(CLEAR, HeaderValue::from_static("\"storage\""));
    Ok(answer)
}

/// `POST /sign-out`
///
/// # Errors
/// See [`AppError`].
pub async fn sign_out(request: HttpRequest, db: web::Data<Db>) -> Answer {
    if let Some(token) = cookie::token(&request) {
        db.write(Lock::People, move |conn| store::sign_out(conn, &token)).await?;
    }
    leave(see_other("/sign-in?done=signed-out"), &request)
}

/// `POST /account/sign-outs`: ends all sign-ins of this person, on every device.
///
/// # Errors
/// See [`AppError`].
pub async fn sign_out_everywhere(viewer: Viewer, request: HttpRequest, db: web::Data<Db>) -> Answer {
    db.write(Lock::People, move |conn| store::sign_out_everywhere(conn, viewer.id)).await?;
    leave(see_other("/sign-in?done=signed-out-everywhere"), &request)
}

/// `GET /invitations/{token}`
///
/// # Errors
/// 410 when the link has been used or has expired.
pub async fn invitation_form(page: Page, token: web::Path<String>, db: web::Data<Db>) -> Answer {
    let token = token.into_inner();
    let invitation = open(&db, &token, &page).await?;
    html(&invitation_page(page, token, invitation, Fields::default(), Errors::default()))
}

/// `POST /invitations/{token}`: the password is set, the link is used up, and the person is signed in.
///
/// # Errors
/// 410 when the link has been used or has expired.
pub async fn accept(
    page: Page,
    token: web::Path<String>,
    fields: Fields,
    request: HttpRequest,
    db: web::Data<Db>,
    passwords: web::Data<Passwords>,
) -> Answer {
    let token = token.into_inner();
    let invitation = open(&db, &token, &page).await?;
    let outcome = match form::acceptance(&fields, invitation.person.as_ref().map(|person| person.email.as_str())) {
        Ok(command) => settle(command, &token, &page, &db, &passwords).await,
        Err(invalid) => Err(invalid.into()),
    };
    match outcome {
        Ok(person) => {
            let home = format!("{}?done=welcome", person.role.home());
            begin(&request, &db, &page, person, &home).await
        }
        Err(AppError::Invalid(invalid)) => refused(&invitation_page(page, token, invitation, fields, Errors(invalid))),
        Err(error) => Err(error),
    }
}

async fn open(db: &Db, token: &str, page: &Page) -> Result<OpenInvitation, AppError> {
    let (token, now) = (Token::given(token), page.now);
    db.read(move |conn| store::open_invitation(conn, &token, now)).await?.ok_or(GONE)
}

fn invitation_page(page: Page, token: String, invitation: OpenInvitation, fields: Fields, errors: Errors) -> InvitationPage {
    InvitationPage { page, token, person: invitation.person, expires_at: invitation.expires_at, fields, errors }
}

async fn settle(command: form::Acceptance, token: &str, page: &Page, db: &Db, passwords: &Passwords) -> Result<Person, AppError> {
    let hash = passwords.hash(command.password.into_text()).await?;
    let (token, now, founder) = (Token::given(token), page.now, command.founder);
    db.write(Lock::People, move |conn| {
        // Asked again under the lock: two tabs may have had the same link open.
        let invitation = store::open_invitation(conn, &token, now)?.ok_or(GONE)?;
        let id = match (invitation.person, founder) {
            (Some(person), _) => person.id,
            (None, Some((name, email))) => store::add_person(conn, &NewPerson { name: &name, email: &email, role: Role::Owner }, now)?,
            (None, None) => return Err(GONE),
        };
        store::use_up(conn, &token, now)?;
        store::set_password(conn, id, &hash)?;
        let person = store::person(conn, id)?.ok_or(AppError::NotFound)?;
        note(conn, &person, now, "chose a password by invitation")?;
        Ok(person)
    })
    .await
}

/// `GET /account`
///
/// # Errors
/// See [`AppError`].
pub async fn account(viewer: Viewer, page: Page, db: web::Data<Db>) -> Answer {
    html(&account_page(viewer, page, &db, Errors::default()).await?)
}

/// `POST /account/password`
///
/// # Errors
/// See [`AppError`].
pub async fn change_password(
    viewer: Viewer,
    page: Page,
    fields: Fields,
    request: HttpRequest,
    db: web::Data<Db>,
    passwords: web::Data<Passwords>,
) -> Answer {
    let id = viewer.id;
    match change(id, &fields, &db, &passwords).await {
        Ok(person) => begin(&request, &db, &page, person, "/account?done=saved").await,
        Err(AppError::Invalid(invalid)) => refused(&account_page(viewer, page, &db, Errors(invalid)).await?),
        Err(error) => Err(error),
    }
}

async fn change(id: PersonId, fields: &Fields, db: &Db, passwords: &Passwords) -> Result<Person, AppError> {
    let (email, stored) = db.read(move |conn| Ok((store::email_of(conn, id)?, store::password_hash(conn, id)?))).await?;
    let command = form::change(fields, &email)?;
    if !passwords.verify(command.current, stored).await? {
        return Err(Invalid::one("current", "This is not the password you use now").into());
    }
    let hash = passwords.hash(command.new.into_text()).await?;
    db.write(Lock::People, move |conn| {
        store::set_password(conn, id, &hash)?;
        store::person(conn, id)?.ok_or(AppError::NotFound)
    })
    .await
}

async fn account_page(viewer: Viewer, page: Page, db: &Db, errors: Errors) -> Result<AccountPage, AppError> {
    let id = viewer.id;
    let email = db.look(move |conn| store::email_of(conn, id)).await?;
    Ok(AccountPage { page, staff: viewer.role.is_staff(), name: viewer.name, email, errors })
}
