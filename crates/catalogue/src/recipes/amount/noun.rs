//! One onion, two onions: names of ingredients that are counted without a unit.

/// Words that are the same in the plural, or that have none.
const SAME: [&str; 8] = [
    "anise",
    "asparagus",
    "cod",
    "salmon",
    "shiitake",
    "shrimp",
    "squid",
    "zucchini",
];

/// Several of a thing: `large red onion` becomes `large red onions`.
pub(super) fn plural(name: &str) -> String {
    changed(name, |noun| {
        let ends = |with: &[&str]| with.iter().any(|end| noun.ends_with(end));
        let stem = |end: &str, new: &str| noun.strip_suffix(end).map(|stem| format!("{stem}{new}"));
        if ends(&["ay", "ey", "oy"]) {
            return format!("{noun}s");
        }
        if ends(&["ch", "sh", "x", "tomato", "potato", "mango"]) {
            return format!("{noun}es");
        }
        if ends(&["s"]) {
            return noun.to_owned();
        }
        let irregular = stem("chili", "chilies")
            .or_else(|| stem("leaf", "leaves"))
            .or_else(|| stem("loaf", "loaves"));
        irregular
            .or_else(|| stem("half", "halves"))
            .or_else(|| stem("y", "ies"))
            .unwrap_or_else(|| format!("{noun}s"))
    })
}

/// One of several things: `ripe tomatoes` becomes `ripe tomato`.
pub(super) fn singular(name: &str) -> String {
    changed(name, |noun| {
        let stem = |end: &str, new: &str| noun.strip_suffix(end).map(|stem| format!("{stem}{new}"));
        if noun.ends_with("ss") || noun.ends_with("us") {
            return noun.to_owned();
        }
        stem("chilies", "chili")
            .or_else(|| stem("leaves", "leaf"))
            .or_else(|| stem("loaves", "loaf"))
            .or_else(|| stem("halves", "half"))
            .or_else(|| stem("ies", "y"))
            .or_else(|| stem("oes", "o"))
            .or_else(|| stem("ches", "ch"))
            .or_else(|| stem("shes", "sh"))
            .or_else(|| stem("xes", "x"))
            .or_else(|| stem("s", ""))
            .unwrap_or_else(|| noun.to_owned())
    })
}

/// Changes the noun: the last word, or the last before `of` or a bracket.
fn changed(name: &str, change: impl Fn(&str) -> String) -> String {
    let is_mark = |rest: &str| {
        let mut marks = [" of ", " (", " for ", " in ", " with "].iter();
        marks.any(|mark| rest.starts_with(mark))
    };
    let mut cuts = name
        .match_indices(' ')
        .filter_map(|(at, _)| name.split_at_checked(at));
    let (head, tail) = cuts.find(|(_, rest)| is_mark(rest)).unwrap_or((name, ""));
    let noun = head.rsplit([' ', '-']).next().unwrap_or(head);
    let before = head.strip_suffix(noun).unwrap_or_default();
    // A name in capital letters or another script is left alone.
    let is_word = !noun.is_empty() && noun.chars().all(|c| c.is_lowercase());
    if !is_word || SAME.contains(&noun) {
        return name.to_owned();
    }
    format!("{before}{}{tail}", change(noun))
}
