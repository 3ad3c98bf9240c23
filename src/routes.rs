//! The table of addresses: public, `/my` for patients, `/clinic` for staff. Ready-made public pages stand on the shelf
//! ([`crate::server`]) and need no line here.

use std::future::{Ready, ready};

use actix_web::http::header;
use actix_web::{HttpResponse, guard, web};

use crate::{accounts, articles, diary, exercises, media, messages, patients, plans, progress, reviews, site};

/// One address: what GET (and HEAD) and POST do there; every other method is told so.
macro_rules! at {
    ($config:expr, $path:literal, get $get:path) => {
        $config.service(web::resource($path).route(reading().to($get)).default_service(web::to(|| not_allowed("GET, HEAD"))))
    };
    ($config:expr, $path:literal, post $post:path) => {
        $config.service(web::resource($path).route(web::post().to($post)).default_service(web::to(|| not_allowed("POST"))))
    };
    ($config:expr, $path:literal, get $get:path, post $post:path) => {
        $config.service(
            web::resource($path)
                .route(reading().to($get))
                .route(web::post().to($post))
                .default_service(web::to(|| not_allowed("GET, HEAD, POST"))),
        )
    };
}

/// Puts every address in its place.
pub fn table(config: &mut web::ServiceConfig) {
    public(config);
    my(config);
    clinic(config);
    plan(config);
}

#[rustfmt::skip]
fn public(to: &mut web::ServiceConfig) {
    at!(to, "/sign-in", get accounts::public::sign_in_form, post accounts::public::sign_in);
    at!(to, "/sign-out", post accounts::public::sign_out);
    at!(to, "/invitations/{token}", get accounts::public::invitation_form, post accounts::public::accept);
    at!(to, "/account", get accounts::public::account);
    at!(to, "/account/password", post accounts::public::change_password);
    at!(to, "/account/sign-outs", post accounts::public::sign_out_everywhere);
    at!(to, "/exercises", get exercises::public::found);
    at!(to, "/media/{id}/{name}", get media::public::file);
    at!(to, "/search", get articles::search::results);
    at!(to, "/drawings/{name}", get exercises::public::drawing);
    at!(to, "/questions", post messages::public::ask);
    at!(to, "/questions/new", get messages::public::question_form);
    at!(to, "/questions/sent", get messages::public::question_sent);
    at!(to, "/appointment", get messages::public::request_form, post messages::public::ask_for_appointment);
    at!(to, "/health", get site::health);
}

#[rustfmt::skip]
fn my(to: &mut web::ServiceConfig) {
    at!(to, "/my/today", get diary::patient::today);
    at!(to, "/my/sets", post diary::patient::log_sets);
    at!(to, "/my/sessions", post diary::patient::log_feeling);
    at!(to, "/my/check-ins/{day}", post diary::patient::log_check_in);
    at!(to, "/my/something-wrong", get diary::patient::something_wrong, post diary::patient::report);
    at!(to, "/my/plan", get plans::patient::plan);
    at!(to, "/my/plan/handout", get plans::handout::patient::handout);
    at!(to, "/my/plan/requests", post plans::requests::patient::ask);
    at!(to, "/my/plan/requests/new", get plans::requests::patient::form);
    at!(to, "/my/progress", get progress::patient::progress);
    at!(to, "/my/tests", get progress::measurements::patient::list);
    at!(to, "/my/tests/{slug}", get progress::measurements::patient::test, post progress::measurements::patient::enter);
    at!(to, "/my/tests/{slug}/strikes", post progress::measurements::patient::strike);
    at!(to, "/my/activities", post progress::measurements::patient::choose);
    at!(to, "/my/activity-scores", post progress::measurements::patient::score);
    at!(to, "/my/activity-ends", post progress::measurements::patient::end);
    at!(to, "/my/felt-changes", post progress::measurements::patient::feel);
    at!(to, "/my/experiment", get progress::experiment::patient::page);
    at!(to, "/my/experiment/readings", post progress::experiment::patient::take);
    at!(to, "/my/runs", get progress::ladder::patient::runs, post progress::ladder::patient::log);
    at!(to, "/my/runs/new", get progress::ladder::patient::form);
    at!(to, "/my/messages", get messages::threads::patient::list, post messages::threads::patient::begin);
    at!(to, "/my/messages/{id}", get messages::threads::patient::thread, post messages::threads::patient::answer);
}

#[rustfmt::skip]
fn clinic(to: &mut web::ServiceConfig) {
    at!(to, "/clinic", get reviews::queue::physio::queue);
    at!(to, "/clinic/inbox", get messages::physio::inbox);
    at!(to, "/clinic/appointments/{id}/replies", post messages::physio::reply);
    at!(to, "/clinic/questions/{id}", get messages::physio::question);
    at!(to, "/clinic/questions/{id}/answers", post messages::physio::answer);
    at!(to, "/clinic/questions/{id}/refusals", post messages::physio::refuse);
    at!(to, "/clinic/questions/{id}/withdrawals", post messages::physio::withdraw);
    at!(to, "/clinic/messages", get messages::threads::physio::list);
    at!(to, "/clinic/messages/{id}", get messages::threads::physio::thread, post messages::threads::physio::answer);
    at!(to, "/clinic/messages/{id}/closings", post messages::threads::physio::close);
    at!(to, "/clinic/patients", get patients::physio::list, post patients::physio::add);
    at!(to, "/clinic/patients/new", get patients::physio::new);
    at!(to, "/clinic/patients/{id}", get reviews::patient::physio::page);
    at!(to, "/clinic/patients/{id}/profile", get patients::physio::profile, post patients::physio::change_profile);
    at!(to, "/clinic/patients/{id}/screening", get patients::physio::screening, post patients::physio::screen);
    at!(to, "/clinic/patients/{id}/assessment", get patients::assessment::physio::form, post patients::assessment::physio::assess);
    at!(to, "/clinic/patients/{id}/measurements", get progress::measurements::physio::overview, post progress::measurements::physio::enter);
    at!(to, "/clinic/patients/{id}/measurements/new", get progress::measurements::physio::new);
    at!(to, "/clinic/patients/{id}/strikes", post progress::measurements::physio::strike);
    at!(to, "/clinic/patients/{id}/bone-stress", post progress::measurements::physio::bone_stress);
    at!(to, "/clinic/patients/{id}/activities", post progress::measurements::physio::choose);
    at!(to, "/clinic/patients/{id}/activity-scores", post progress::measurements::physio::score);
    at!(to, "/clinic/patients/{id}/activity-ends", post progress::measurements::physio::end);
    at!(to, "/clinic/patients/{id}/felt-changes", post progress::measurements::physio::feel);
    at!(to, "/clinic/patients/{id}/paper-scores", post progress::measurements::physio::paper);
    at!(to, "/clinic/patients/{id}/paper-strikes", post progress::measurements::physio::strike_paper);
    at!(to, "/clinic/patients/{id}/experiment", get progress::experiment::physio::page, post progress::experiment::physio::begin);
    at!(to, "/clinic/patients/{id}/experiment/readings", post progress::experiment::physio::take);
    at!(to, "/clinic/patients/{id}/experiment/pairs", post progress::experiment::physio::decide);
    at!(to, "/clinic/patients/{id}/experiment/ends", post progress::experiment::physio::end);
    at!(to, "/clinic/patients/{id}/clearances", post patients::physio::clear);
    at!(to, "/clinic/patients/{id}/invitations", post patients::physio::invite);
    at!(to, "/clinic/patients/{id}/messages", get messages::threads::physio::of_patient, post messages::threads::physio::begin);
    at!(to, "/clinic/patients/{id}/reviews", get reviews::decisions::physio::list, post reviews::decisions::physio::create);
    at!(to, "/clinic/patients/{id}/reviews/new", get reviews::decisions::physio::new);
    at!(to, "/clinic/patients/{id}/reviews/{review:[0-9]+}", get reviews::decisions::physio::one);
    at!(to, "/clinic/patients/{id}/reviews/{review:[0-9]+}/text", get reviews::decisions::physio::text);
    at!(to, "/clinic/patients/{id}/notes", get reviews::notes::physio::list, post reviews::notes::physio::create);
    at!(to, "/clinic/patients/{id}/notes/new", get reviews::notes::physio::new);
    at!(to, "/clinic/patients/{id}/notes/{note:[0-9]+}", get reviews::notes::physio::one, post reviews::notes::physio::change);
    at!(to, "/clinic/patients/{id}/notes/{note:[0-9]+}/signatures", post reviews::notes::physio::sign);
    at!(to, "/clinic/patients/{id}/notes/{note:[0-9]+}/addenda", post reviews::notes::physio::add);
    at!(to, "/clinic/patients/{id}/goals", get reviews::goals::physio::list, post reviews::goals::physio::create);
    at!(to, "/clinic/patients/{id}/goals/{goal:[0-9]+}/endings", post reviews::goals::physio::end);
    at!(to, "/clinic/patients/{id}/sightings", post reviews::queue::physio::see);
    at!(to, "/clinic/patients/{id}/snoozes", get reviews::queue::physio::snooze_form, post reviews::queue::physio::snooze);
    at!(to, "/clinic/patients/{id}/ladder", get progress::ladder::physio::ladder);
    at!(to, "/clinic/patients/{id}/ladder/words", post progress::ladder::physio::say);
    at!(to, "/clinic/patients/{id}/ladder/confirmations", post progress::ladder::physio::confirm);
    at!(to, "/clinic/patients/{id}/plans", post plans::physio::create);
    at!(to, "/clinic/patients/{id}/proposals", get reviews::proposals::physio::list);
    at!(to, "/clinic/patients/{id}/proposals/acceptances", post reviews::proposals::physio::accept);
    at!(to, "/clinic/patients/{id}/proposals/edits", post reviews::proposals::physio::edit);
    at!(to, "/clinic/patients/{id}/proposals/dismissals", post reviews::proposals::physio::dismiss);
    at!(to, "/clinic/patients/{id}/confirmations", post reviews::proposals::physio::confirm);
    at!(to, "/clinic/requests/{id}", get plans::requests::physio::request);
    at!(to, "/clinic/requests/{id}/replies", post plans::requests::physio::reply);
    at!(to, "/clinic/exercises", get exercises::desk::physio::list, post exercises::desk::own::create);
    at!(to, "/clinic/exercises/new", get exercises::desk::own::blank);
    at!(to, "/clinic/exercises/figures", get exercises::desk::figures::sheet);
    at!(to, "/clinic/exercises/figures/preview", get exercises::desk::figures::preview);
    at!(to, "/clinic/exercises/{slug}", get exercises::desk::physio::exercise);
    at!(to, "/clinic/exercises/{slug}/copies", get exercises::desk::own::copy_form, post exercises::desk::own::copy);
    at!(to, "/clinic/exercises/{slug}/text", get exercises::desk::own::text, post exercises::desk::own::revise);
    at!(to, "/clinic/exercises/{slug}/archival", post exercises::desk::own::archive);
    at!(to, "/clinic/exercises/{slug}/favourite", post exercises::desk::physio::favourite);
    at!(to, "/clinic/exercises/{slug}/usual-dose", post exercises::desk::physio::keep_dose);
    at!(to, "/clinic/exercises/{slug}/usual-dose/removal", post exercises::desk::physio::forget_dose);
    at!(to, "/clinic/media", get media::physio::list, post media::physio::add);
    at!(to, "/clinic/media/{id}", get media::physio::medium, post media::physio::change);
    at!(to, "/clinic/media/{id}/removal", post media::physio::remove);
    at!(to, "/clinic/library", get articles::physio::library);
}

#[rustfmt::skip]
fn plan(to: &mut web::ServiceConfig) {
    at!(to, "/clinic/programmes", get plans::programmes::physio::list, post plans::programmes::own::create);
    at!(to, "/clinic/programmes/new", get plans::programmes::own::blank);
    at!(to, "/clinic/{of:plans|programmes}/{id:[0-9]+}", get plans::builder::physio::builder);
    at!(to, "/clinic/{of:plans|programmes}/{id:[0-9]+}/phases", post plans::builder::physio::add_phase);
    at!(to, "/clinic/{of:plans|programmes}/{id:[0-9]+}/phases/{phase}", post plans::builder::physio::change_phase);
    at!(to, "/clinic/{of:plans|programmes}/{id:[0-9]+}/phases/{phase}/copies", post plans::builder::physio::copy_phase);
    at!(to, "/clinic/{of:plans|programmes}/{id:[0-9]+}/phases/{phase}/position", post plans::builder::physio::move_phase);
    at!(to, "/clinic/{of:plans|programmes}/{id:[0-9]+}/phases/{phase}/removal", post plans::builder::physio::remove_phase);
    at!(to, "/clinic/{of:plans|programmes}/{id:[0-9]+}/prescriptions", post plans::builder::physio::add);
    at!(to, "/clinic/{of:plans|programmes}/{id:[0-9]+}/prescriptions/{prescription}", post plans::builder::physio::change_dose);
    at!(to, "/clinic/{of:plans|programmes}/{id:[0-9]+}/prescriptions/{prescription}/copies", post plans::builder::physio::copy);
    at!(to, "/clinic/{of:plans|programmes}/{id:[0-9]+}/prescriptions/{prescription}/position", post plans::builder::physio::reorder);
    at!(to, "/clinic/{of:plans|programmes}/{id:[0-9]+}/prescriptions/{prescription}/removal", post plans::builder::physio::remove);
    at!(to, "/clinic/{of:plans|programmes}/{id:[0-9]+}/prescriptions/{prescription}/superset", post plans::builder::physio::join);
    at!(to, "/clinic/{of:plans|programmes}/{id:[0-9]+}/doses", post plans::builder::physio::turn);
    at!(to, "/clinic/{of:plans|programmes}/{id:[0-9]+}/undos", post plans::builder::physio::undo);
    at!(to, "/clinic/plans/{id}/prescriptions/{prescription}/overrides", get plans::rules::physio::form, post plans::rules::physio::create);
    at!(to, "/clinic/programmes/{id:[0-9]+}/about", get plans::programmes::own::about, post plans::programmes::own::change);
    at!(to, "/clinic/programmes/{id:[0-9]+}/archival", post plans::programmes::own::archive);
    at!(to, "/clinic/programmes/{slug}", get plans::programmes::physio::programme);
    at!(to, "/clinic/programmes/{slug}/copies", post plans::programmes::own::copy);
    at!(to, "/clinic/programmes/{slug}/plans", get plans::programmes::into::whom, post plans::programmes::into::put_for);
    at!(to, "/clinic/plans/{id}/programmes", get plans::programmes::into::choose, post plans::programmes::into::put);
    at!(to, "/clinic/plans/{id}/copies", get plans::programmes::own::plan_form, post plans::programmes::own::copy_plan);
    at!(to, "/clinic/plans/{id}/handout", get plans::handout::physio::handout);
    at!(to, "/clinic/plans/{id}/publication", get plans::physio::publication::form, post plans::physio::publication::publish);
    at!(to, "/clinic/plans/{id}/versions", get plans::physio::versions::list);
    at!(to, "/clinic/plans/{id}/states", post plans::physio::states::set);
    at!(to, "/clinic/plans/{id}/phase-starts", post plans::physio::states::start_phase);
}

fn reading() -> actix_web::Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

fn not_allowed(allow: &'static str) -> Ready<HttpResponse> {
    ready(HttpResponse::MethodNotAllowed().insert_header((header::ALLOW, allow)).finish())
}
