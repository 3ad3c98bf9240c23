//! Letters staff send with their own mail programme: links that open one with everything in it but the pressing of "send".

use super::domain::{Act, Deed, Question};
use crate::web::Page;

/// The number as a link dials it: digits and the plus sign. "(0)" is for those who call from within the country.
pub fn telephone_link(number: &str) -> String {
    number.replace("(0)", "").chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

/// How the clinic ends a letter.
pub fn signature(page: &Page) -> String {
    let clinic = page.clinic();
    [clinic.name.as_str(), clinic.telephone.as_str()].into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A link that opens a letter to this address.
pub fn mailto(to: &str, subject: &str, body: &str) -> String {
    let encode = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20");
    // A mail programme wants the line ends of a letter.
    let body = body.replace('\n', "\r\n");
    format!("mailto:{}?subject={}&body={}", encode(to).replace("%40", "@"), encode(subject), encode(&body))
}

/// A letter to the reader with the answer, when there is an answer and an address.
pub fn answer_letter(question: &Question, act: &Act, title: Option<&str>, page: &Page) -> Option<String> {
    let Deed::Answered { wording, words, .. } = &act.deed else { return None };
    if question.email.is_empty() {
        return None;
    }
    let subject = title.map_or_else(|| "Your question".to_owned(), |title| format!("Your question about “{title}”"));
    let place = page.absolute(&format!("/articles/{}", question.article));
    let body = format!(
        "You asked us:\n\n{wording}\n\nOur answer:\n\n{words}\n\nYou find it, without your name, on {place}\n\n{}",
        signature(page)
    );
    Some(mailto(&question.email, &subject, &body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_whole_whatever_is_in_it() {
        let link = mailto("ann+hip@example.org", "A & B?", "one\ntwo=2 ü");
        assert_eq!(link, "mailto:ann%2Bhip@example.org?subject=A%20%26%20B%3F&body=one%0D%0Atwo%3D2%20%C3%BC");
        assert_eq!(telephone_link("+44 (0)1632 960-123"), "+441632960123");
    }
}
