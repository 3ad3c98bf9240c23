//! What the page of goals shows.

use askama::Template;

use super::domain::{Goal, Outcome};
use crate::ids::GoalId;
use crate::patients::Profile;
use crate::web::{Errors, Fields, Page};

#[derive(Template)]
#[template(path = "reviews/goals.html")]
pub struct GoalsPage {
    pub page: Page,
    pub patient: Profile,
    pub goals: Vec<Goal>,
    /// The goal whose ending was refused.
    pub ending: Option<GoalId>,
    pub fields: Fields,
    pub errors: Errors,
}

impl GoalsPage {
    /// The goals that are followed.
    pub fn open(&self) -> Vec<&Goal> {
        self.goals.iter().filter(|goal| goal.ended.is_none()).collect()
    }

    /// The others.
    pub fn ended(&self) -> Vec<&Goal> {
        self.goals.iter().filter(|goal| goal.ended.is_some()).collect()
    }

    /// What was typed into the form of a goal that ends; nothing in those of the others.
    pub fn typed(&self, id: &GoalId, name: &str) -> &str {
        if self.ending == Some(*id) { self.fields.get(name) } else { "" }
    }

    /// The id of a field in the form of a goal that ends; the summary of errors leads to the one that was refused.
    pub fn field_id(&self, id: &GoalId, name: &str) -> String {
        if self.ending == Some(*id) { name.to_owned() } else { format!("{name}-{id}") }
    }

    /// What is wrong with the form of a goal that ends.
    pub fn wrong(&self, id: &GoalId) -> Errors {
        if self.ending == Some(*id) { self.errors.clone() } else { Errors::default() }
    }

    /// What was typed into the form of a new goal.
    pub fn new_value(&self, name: &str) -> &str {
        if self.ending.is_none() { self.fields.get(name) } else { "" }
    }

    /// What is wrong with the form of a new goal.
    pub fn new_errors(&self) -> Errors {
        if self.ending.is_none() { self.errors.clone() } else { Errors::default() }
    }

    pub fn outcomes(&self) -> &'static [Outcome] {
        Outcome::ALL
    }
}
