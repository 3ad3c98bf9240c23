//! What the pages of tests and measurements show.

use askama::Template;

use super::command::Form;
use super::sheet::Sheet;
use super::view::TestView;
use crate::diary::LoggedSide;
use crate::diary::activities::{Activity, MOST, Step};
use crate::diary::measurements::form::field;
use crate::exercises::Measure;
use crate::patients::Profile;
use crate::web::{Errors, Fields, Page};

/// A form that was refused, with what was typed.
#[derive(Default)]
pub struct Typed {
    pub form: Option<Form>,
    pub fields: Fields,
    pub errors: Errors,
}

/// What a patient wants to do again, and how things are compared with the start: the same for patient and staff.
pub struct Goals {
    /// What the addresses of its forms begin with.
    pub base: String,
    /// Whether staff look at it.
    pub staff: bool,
    pub sheet: Sheet,
    pub typed: Typed,
    /// Today, as a date field takes it.
    pub today: String,
}

impl Goals {
    fn is(&self, form: &str, of: &str) -> bool {
        let field = if form == "activity-scores" || form == "activity-ends" { "activity" } else { "of" };
        self.typed.form.is_some_and(|typed| typed.word() == form) && (of.is_empty() || self.typed.fields.get(field) == of)
    }

    /// What was typed into a form; `of` tells forms of one kind apart.
    pub fn said(&self, form: &str, of: &str, name: &str) -> &str {
        if self.is(form, of) { self.typed.fields.get(name) } else { "" }
    }

    /// The day of a form: today unless another was typed.
    pub fn day(&self, form: &str, of: &str) -> &str {
        if self.is(form, of) { self.typed.fields.get("day") } else { &self.today }
    }

    /// What is wrong with a form.
    pub fn errors(&self, form: &str, of: &str) -> Errors {
        if self.is(form, of) { self.typed.errors.clone() } else { Errors::default() }
    }

    /// The id of a field: its name in the form that was refused, so that the summary leads there.
    pub fn id(&self, form: &str, of: &str, name: &str) -> String {
        if self.is(form, of) { name.to_owned() } else { format!("{form}-{of}-{name}") }
    }

    pub fn running(&self) -> Vec<&Activity> {
        self.sheet.running().collect()
    }

    pub fn ended(&self) -> Vec<&Activity> {
        self.sheet.activities.iter().filter(|activity| activity.ended.is_some()).collect()
    }

    /// Whether there is room for one more.
    pub fn has_room(&self) -> bool {
        self.running().len() < MOST
    }

    pub fn ask_more(&self) -> &'static str {
        if self.staff { "One more thing, in the patient’s words" } else { "One more thing you want to do again" }
    }

    pub fn ask_felt(&self) -> &'static str {
        if self.staff {
            "How is the hip now, compared with the start of the plan?"
        } else {
            "How is your hip now, compared with the start of your plan?"
        }
    }

    pub fn steps(&self) -> &'static [Step] {
        Step::ALL
    }
}

/// `GET /my/tests`
#[derive(Template)]
#[template(path = "progress/measurements/mine.html")]
pub struct MinePage {
    pub page: Page,
    pub goals: Goals,
    /// The tests the patient may do alone, and those with results.
    pub tests: Vec<TestView>,
    /// Whether an experiment runs.
    pub experiment: bool,
}

/// `GET /my/tests/{slug}`
#[derive(Template)]
#[template(path = "progress/measurements/test.html")]
pub struct TestPage {
    pub page: Page,
    pub view: TestView,
    pub fields: Fields,
    pub errors: Errors,
    /// The measurement whose strike was refused.
    pub striking: String,
}

impl TestPage {
    /// Whether the viewer entered a result, and may strike it out.
    pub fn is_mine(&self, person: &crate::ids::PersonId) -> bool {
        self.page.viewer.as_ref().is_some_and(|viewer| viewer.id == *person)
    }

    pub fn asked(&self) -> Vec<Asked<'_>> {
        asked(&self.view)
    }

    pub fn is_staff(&self) -> bool {
        false
    }
}

/// `GET /clinic/patients/{id}/measurements`
#[derive(Template)]
#[template(path = "progress/measurements/overview.html")]
pub struct OverviewPage {
    pub page: Page,
    pub patient: Profile,
    pub goals: Goals,
    pub tests: Vec<TestView>,
}

impl OverviewPage {
    /// Tests with results, in order of their number.
    pub fn done(&self) -> Vec<&TestView> {
        self.tests.iter().filter(|view| !view.rows.is_empty()).collect()
    }
}

/// `GET /clinic/patients/{id}/measurements/new`
#[derive(Template)]
#[template(path = "progress/measurements/new.html")]
pub struct NewPage {
    pub page: Page,
    pub patient: Profile,
    pub view: TestView,
    pub fields: Fields,
    pub errors: Errors,
}

impl NewPage {
    pub fn asked(&self) -> Vec<Asked<'_>> {
        asked(&self.view)
    }

    pub fn is_staff(&self) -> bool {
        true
    }
}

/// What is asked of one side.
pub struct Asked<'a> {
    /// "Left side"; empty where the test has no sides.
    pub legend: String,
    /// Each measure with the name of its field.
    pub measures: Vec<(String, &'a Measure)>,
}

/// What is asked, side by side, the control before what needs it.
fn asked(view: &TestView) -> Vec<Asked<'_>> {
    let sides = LoggedSide::of(view.test.side).iter().map(|side| {
        let mut measures: Vec<(String, &Measure)> = view.test.measures.iter().map(|measure| (field(measure, *side), measure)).collect();
        measures.sort_by_key(|(_, measure)| !view.test.measures.iter().any(|other| other.needs == measure.key));
        Asked { legend: crate::text::sentence(side.label()), measures }
    });
    sides.collect()
}
