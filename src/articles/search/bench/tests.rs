//! How long a search takes among a thousand articles, and what their index costs.

use std::time::Instant;

use crate::articles::search::entry::{Entry, Kind};
use crate::articles::search::index::Index;
use crate::articles::search::query::Synonyms;
use crate::articles::search::tests::{find, own};
use crate::articles::search::text::Section;

/// A thousand articles of about 1,500 words, from the sentences of our own; each has a few words that no other has.
fn thousand() -> Vec<Entry> {
    let sentences: Vec<String> = own()
        .entries
        .iter()
        .flat_map(|entry| &entry.sections)
        .flat_map(|section| section.text.split_inclusive(['.', '?']).map(|sentence| sentence.trim().to_owned()).collect::<Vec<_>>())
        .filter(|sentence| sentence.split(' ').count() > 3)
        .collect();
    let words: Vec<&str> = sentences.iter().flat_map(|sentence| sentence.split(' ')).filter(|word| word.len() > 6).collect();
    let mut next = dice();
    let rare =
        |one: &str, other: &str| format!("{}{} ", one.chars().take(4).collect::<String>(), other.chars().skip(3).collect::<String>());
    let section = |number: usize, next: &mut dyn FnMut(usize) -> usize| {
        let heading = sentences[next(sentences.len())].split(' ').take(4).collect::<Vec<_>>().join(" ");
        let mut text = rare(words[next(words.len())], words[next(words.len())]);
        while text.split(' ').count() < 150 {
            text.push_str(&sentences[next(sentences.len())]);
            text.push(' ');
        }
        Section { id: format!("section-{number}"), heading, text }
    };
    let article = |number: usize| Entry {
        kind: Kind::Article,
        slug: format!("article-{number}"),
        path: format!("/articles/article-{number}"),
        title: sentences[next(sentences.len())].clone(),
        names: (0..4).map(|_| words[next(words.len())]).collect::<Vec<_>>().join(", "),
        summary: sentences[next(sentences.len())].clone(),
        sections: (0..10).map(|number| section(number, &mut next)).collect(),
    };
    (0..1000).map(article).collect()
}

/// Numbers below a bound, the same in every run.
fn dice() -> impl FnMut(usize) -> usize {
    let mut state = 1_u64;
    move |below| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    }
}

/// What a thousand people type: one to four words of the pages, every fourth with a letter missing, every eighth unfinished.
fn queries(entries: &[Entry]) -> Vec<String> {
    let mut next = dice();
    let words: Vec<&str> =
        entries.iter().step_by(9).flat_map(|entry| entry.sections[0].text.split(' ')).filter(|word| word.len() > 2).collect();
    let mut query = |number: usize| {
        let mut typed: Vec<String> = (0..=next(4)).map(|_| words[next(words.len())].to_owned()).collect();
        let last = typed.last_mut().unwrap();
        let letters = last.chars().count();
        match number % 8 {
            0 | 4 => *last = last.chars().enumerate().filter(|(at, _)| *at != letters / 2).map(|(_, c)| c).collect(),
            2 => *last = last.chars().take(3).collect(),
            _ => {}
        }
        typed.join(" ")
    };
    (0..1000).map(&mut query).collect()
}

/// Times of that many queries over a thousand articles, in microseconds, in order.
fn times(count: usize) -> Vec<u128> {
    made("our own pages", own().entries.clone());
    let index = made("a thousand articles", thousand());
    let time = |query: &String| {
        let begun = Instant::now();
        find(&index, query);
        begun.elapsed().as_micros()
    };
    let mut times: Vec<u128> = queries(&index.entries).iter().take(count).map(time).collect();
    times.sort_unstable();
    println!("{count} queries: median {} us, p99 {} us, longest {} us", times[count / 2], times[count * 99 / 100], times[count - 1]);
    times
}

/// The index of these pages; says what it costs.
fn made(name: &str, entries: Vec<Entry>) -> Index {
    let words: usize = entries.iter().flat_map(|entry| &entry.sections).map(|section| section.text.split(' ').count()).sum();
    let (begun, held) = (Instant::now(), resident());
    let index = Index::made_of(entries, Synonyms::default(), Vec::new(), None).unwrap();
    println!("{name}: {words} words, {:?} to make, {} kB", begun.elapsed(), resident().saturating_sub(held) / 1000);
    index
}

/// Bytes this process holds.
fn resident() -> u64 {
    let pages = std::fs::read_to_string("/proc/self/statm").ok().and_then(|words| words.split(' ').nth(1)?.parse::<u64>().ok());
    pages.unwrap_or(0) * 4096
}

/// In a debug build and beside other tests; the next one measures.
#[test]
fn a_thousand_articles_are_searched_in_a_moment() {
    assert!(times(100)[50] < 50_000);
}

/// `cargo test --release --lib thousand_queries -- --ignored --nocapture`
#[test]
#[ignore = "a measurement, for a calm machine and a release build"]
fn a_thousand_queries_take_less_than_five_milliseconds_each() {
    assert!(times(1000)[990] < 5_000);
}
