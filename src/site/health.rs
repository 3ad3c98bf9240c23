//! Whether the program is well, for whoever watches over it.

use actix_web::http::header;
use actix_web::{HttpResponse, web};

use super::store;
use crate::db::Db;

/// `GET /health`: 200 and "ok" when the database answers, 503 otherwise.
pub async fn health(db: web::Data<Db>) -> HttpResponse {
    let (mut answer, words) = match db.look(store::answers).await {
        Ok(()) => (HttpResponse::Ok(), "ok\n"),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            (HttpResponse::ServiceUnavailable(), "the database does not answer\n")
        }
    };
    answer.insert_header((header::CACHE_CONTROL, "no-store")).content_type("text/plain; charset=utf-8").body(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_database_that_answers_is_well() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&format!("sqlite://{}", folder.path().join("clinic.db").display())).unwrap();
        assert_eq!(health(web::Data::new(db)).await.status(), 200);
    }
}
