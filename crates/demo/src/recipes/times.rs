//! How long a recipe takes, and how much of that is on the stove or in the oven.

/// Rounded up to five minutes: recipes do not say 61.
pub(super) fn rounded(minutes: i64) -> i64 {
    (minutes + 4) / 5 * 5
}

/// The minutes of a recipe's time that are on the stove or in the oven, as its steps say; something
/// remains for the work.
pub(super) fn cooking(steps: &[String], total: i64) -> i64 {
    let said: i64 = steps.iter().map(|step| minutes(step)).sum();
    rounded(said).clamp(5, total - 10)
}

/// The minutes that a step cooks for; none where it waits or cuts.
fn minutes(step: &str) -> i64 {
    const WAITING: [&str; 12] = [
        "soak",
        "leave",
        "rest the",
        "let it rest",
        "marinade",
        "steep",
        "stand",
        "drain for",
        "refrigerator",
        "cool for",
        "rest it",
        "seconds",
    ];
    let step = step.to_lowercase();
    if WAITING.iter().any(|word| step.contains(word)) && !step.contains("simmer for") {
        return 0;
    }
    let words: Vec<&str> = step.split(|c: char| !c.is_alphanumeric()).collect();
    let numbers = words
        .windows(2)
        .filter(|pair| pair[1].starts_with("minute"));
    numbers.filter_map(|pair| pair[0].parse::<i64>().ok()).sum()
}
