//! Drawings that stand alone: a figure as a file of its own carries the rules of the style sheet it uses, colours written out.
//!
//! On a page a drawing takes its looks from the sheet of the site. In a feed reader there is no such sheet, and often not even a
//! browser: there it has plain colours, for light and for dark.

use std::collections::BTreeMap;

/// The rules of the style sheet for drawings, for light and dark surroundings.
pub(super) struct Vocabulary {
    /// The colour below a drawing.
    ground: Rule,
    rules: Vec<Rule>,
}

/// One rule with its values written out.
struct Rule {
    selector: String,
    light: String,
    dark: String,
}

impl Vocabulary {
    /// Reads the sheet of the tokens (lines of `--name: value;`, the first of a name counts) and that of the drawings (lines of
    /// `& .class { … }`).
    pub(super) fn read(tokens: &str, drawings: &str) -> Self {
        let mut known = BTreeMap::new();
        for line in tokens.lines() {
            if let Some((name, value)) = line.trim().strip_suffix(';').and_then(|line| line.split_once(": ")) {
                known.entry(name).or_insert(value);
            }
        }
        let rule = |line: &str| {
            let (selector, declarations) = line.trim().strip_prefix("& ")?.strip_suffix('}')?.split_once('{')?;
            Some(Rule::new(selector.trim(), declarations.trim(), &known))
        };
        Self { ground: Rule::new("svg", "background: var(--paper);", &known), rules: drawings.lines().filter_map(rule).collect() }
    }

    /// The drawing with the rules for its classes in it, on a ground of its own.
    pub(super) fn dress(&self, svg: &str) -> String {
        self.dress_on(Some(&self.ground), svg)
    }

    /// The drawing with the rules for its classes in it, on whatever is below it.
    pub(super) fn dress_clear(&self, svg: &str) -> String {
        self.dress_on(None, svg)
    }

    fn dress_on(&self, ground: Option<&Rule>, svg: &str) -> String {
        let Some((head, parts)) = svg.split_once('>') else { return svg.to_owned() };
        let classes = classes(svg);
        let used: Vec<&Rule> = ground.into_iter().chain(self.rules.iter().filter(|rule| classes.contains(&rule.class()))).collect();
        let light: String = used.iter().map(|rule| format!("{}{{{}}}", rule.selector, rule.light)).collect();
        let dark: String =
            used.iter().filter(|rule| rule.light != rule.dark).map(|rule| format!("{}{{{}}}", rule.selector, rule.dark)).collect();
        format!("{head}>\n<style>{light}@media (prefers-color-scheme:dark){{{dark}}}</style>{parts}")
    }

    /// Whether there is a rule for this class.
    #[cfg(test)]
    fn knows(&self, class: &str) -> bool {
        self.rules.iter().any(|rule| rule.class() == class)
    }
}

impl Rule {
    fn new(selector: &str, declarations: &str, tokens: &BTreeMap<&str, &str>) -> Self {
        let light = written_out(declarations, tokens, false);
        Self { selector: selector.to_owned(), light, dark: written_out(declarations, tokens, true) }
    }

    fn class(&self) -> &str {
        self.selector.trim_start_matches('.')
    }
}

/// The classes a drawing uses.
fn classes(svg: &str) -> Vec<&str> {
    svg.split("class=\"").skip(1).filter_map(|rest| rest.split('"').next()).flat_map(str::split_whitespace).collect()
}

/// Declarations with every `var(…)` and `light-dark(…)` replaced by what it stands for.
fn written_out(text: &str, tokens: &BTreeMap<&str, &str>, dark: bool) -> String {
    let place = ["var(", "light-dark("].iter().filter_map(|name| Some((text.find(name)?, name.len(), *name))).min();
    let Some((start, length, name)) = place else { return text.to_owned() };
    let inner = &text[start + length..];
    let (inner, after) = inner.split_at(end_of(inner, ')'));
    let (first, second) = inner.split_at(end_of(inner, ','));
    let second = second.trim_start_matches([',', ' ']);
    let value = match name {
        "var(" => tokens.get(first).copied().unwrap_or(second),
        _ if dark => second,
        _ => first,
    };
    let value = written_out(value, tokens, dark);
    format!("{}{value}{}", &text[..start], written_out(after.get(1..).unwrap_or_default(), tokens, dark))
}

/// Where `mark` first stands outside of parentheses; the end of the text when it does not.
fn end_of(text: &str, mark: char) -> usize {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            c if c == mark && depth == 0 => return at,
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn site() -> Vocabulary {
        let read = |name: &str| std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("static/css").join(name)).unwrap();
        Vocabulary::read(&read("10-tokens.css"), &read("50-figure.css"))
    }

    fn figures() -> Vec<(String, String)> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/figures");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        files.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(&path).unwrap())).collect()
    }

    #[test]
    fn a_drawing_carries_the_rules_it_uses_in_plain_colours() {
        let tokens = ":root {\n\t--ink: light-dark(#111, #eee);\n\t--paper: light-dark(#fff, #000);\n@media print {\n--ink: #000;\n}}";
        let rules = "& .bone { fill: var(--none, var(--paper)); stroke: light-dark(rgb(1, 2, 3), var(--ink)); }\n& .line { fill: none; }\n\
                     & .label { font: 1px serif; }";
        let dressed = Vocabulary::read(tokens, rules).dress("<svg viewBox=\"0 0 9 9\"><g class=\"bone line\"/></svg>");
        assert_eq!(
            dressed,
            "<svg viewBox=\"0 0 9 9\">\n<style>svg{background: #fff;}.bone{fill: #fff; stroke: rgb(1, 2, 3);}.line{fill: none;}\
             @media (prefers-color-scheme:dark){svg{background: #000;}.bone{fill: #000; stroke: #eee;}}</style><g class=\"bone line\"/></svg>"
        );
    }

    #[test]
    fn every_rule_of_the_site_can_be_written_out() {
        let site = site();
        assert!(site.rules.len() > 20);
        for rule in &site.rules {
            for text in [&rule.light, &rule.dark] {
                assert!(!text.contains("var(") && !text.contains("light-dark(") && !text.contains(": ;"), "{}: {text}", rule.selector);
            }
            assert!(rule.class().chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{} is more than one class", rule.selector);
        }
    }

    /// How wide a figure is on the narrowest phone, 320 CSS pixels wide less the margins of the page.
    const NARROWEST: f64 = 288.0;

    #[test]
    fn words_of_a_figure_can_be_read_on_the_narrowest_phone() {
        let site = site();
        let fonts = site.rules.iter().filter_map(|rule| rule.light.split_once("font: ")?.1.split("px").next()?.rsplit(' ').next());
        let smallest = fonts.map(|size| size.parse::<f64>().unwrap()).fold(f64::MAX, f64::min);
        assert!((12.0..20.0).contains(&smallest), "{smallest}");
        for (name, svg) in figures() {
            let width: f64 = svg.split("viewBox=\"0 0 ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap().parse().unwrap();
            assert!(smallest * NARROWEST / width >= 12.0, "{name} is {width} wide");
        }
    }

    #[test]
    fn every_figure_keeps_to_the_vocabulary_and_is_small() {
        let site = site();
        for (name, svg) in figures() {
            for class in classes(&svg) {
                assert!(site.knows(class), "{name} uses the class {class}, for which 50-figure.css has no rule");
            }
            assert!(svg.len() <= 6_000, "{name} has {} bytes", svg.len());
            assert!(svg.matches("<text").count() == svg.matches("<text class=\"").count(), "{name} has a text without a class");
        }
    }
}
