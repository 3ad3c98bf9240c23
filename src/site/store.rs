//! The only query of this room.

use diesel::RunQueryDsl;

use crate::db::Conn;
use crate::error::AppError;

/// Asks the database for nothing but a sign of life.
pub(super) fn answers(conn: &mut Conn) -> Result<(), AppError> {
    diesel::sql_query("SELECT 1").execute(conn)?;
    Ok(())
}
