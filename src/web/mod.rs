//! The web kit: viewers, pages, forms, errors, headers, assets, and the shelf of ready-made public pages.
//!
//! Knows actix and askama; knows no room and never opens a connection.

mod access;
pub mod assets;
mod drawing;
mod errors;
mod form;
mod headers;
pub mod json;
mod origin;
mod page;
mod qr;
mod shelf;
mod suggest;
mod tally;
mod trail;
mod viewer;

pub use access::{FrontDoor, client_address};
pub use assets::{Assets, dressed};
pub use errors::error_pages;
pub use form::Fields;
pub use headers::{policy_of_drawing, security_headers};
pub use origin::same_origin;
pub use page::{Answer, Errors, House, Html, Page, html, refused, see_other, with_status};
pub use qr::Qr;
pub use shelf::{Leaf, Refill, Shelf, short_hash};
pub use suggest::{Meant, Suggest, Suggestion};
pub use trail::{Step, Trail};
pub use viewer::{Patient, Role, Staff, Viewer};
