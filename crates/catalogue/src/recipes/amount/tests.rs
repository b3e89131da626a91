use super::*;
use proptest::prelude::*;

fn check(line: &str, servings: u32, wanted: u32, expect: &str) {
    assert_eq!(
        scale(line, servings, wanted),
        expect,
        "{line} for {wanted} of {servings}"
    );
}

#[test]
fn lines_are_read() {
    let read = |line: &'static str| {
        let amount = Amount::parse(line);
        (
            amount.measure(),
            amount.name(),
            amount.note().unwrap_or_default(),
        )
    };
    for (line, measure, name, note) in [
        ("400 g spaghetti", "400 g", "spaghetti", ""),
        ("400g spaghetti", "400 g", "spaghetti", ""),
        ("1 1/2 cups heavy cream", "1½ cups", "heavy cream", ""),
        ("1½ cups heavy cream", "1½ cups", "heavy cream", ""),
        ("1 ½ cup heavy cream", "1½ cups", "heavy cream", ""),
        ("½ tsp. turmeric", "½ tsp", "turmeric", ""),
        ("1/2 teaspoon turmeric", "½ tsp", "turmeric", ""),
        (
            "2 cloves garlic, finely chopped",
            "2 cloves",
            "garlic",
            "finely chopped",
        ),
        ("2-3 carrots, cut, washed", "2–3", "carrots", "cut, washed"),
        ("2 to 3 carrots", "2–3", "carrots", ""),
        ("1 to-go box", "1", "to-go box", ""),
        ("1.25 kg potatoes", "1.25 kg", "potatoes", ""),
        (
            "1 (14-ounce) can chickpeas, drained",
            "1 (14-ounce) can",
            "chickpeas",
            "drained",
        ),
        ("2 T oil", "2 tbsp", "oil", ""),
        ("1 clove-studded onion", "1", "clove-studded onion", ""),
        ("1 gift (small, red)", "1", "gift (small, red)", ""),
        ("salt, to taste", "", "salt", "to taste"),
        ("1-inch piece of ginger", "", "1-inch piece of ginger", ""),
        ("7% vinegar", "", "7% vinegar", ""),
        ("0 eggs", "", "0 eggs", ""),
        ("1/0 eggs", "", "1/0 eggs", ""),
        ("12345678 eggs", "", "12345678 eggs", ""),
        ("", "", "", ""),
    ] {
        assert_eq!(
            read(line),
            (measure.to_owned(), name.to_owned(), note),
            "{line}"
        );
    }
}

#[test]
fn amounts_are_scaled_as_cooks_do() {
    check("400 g spaghetti", 4, 6, "600 g spaghetti");
    check("400 g spaghetti", 4, 10, "1 kg spaghetti");
    check("450 g flour", 4, 11, "1.25 kg flour");
    check("125 g butter", 4, 3, "95 g butter");
    check("250 ml milk", 4, 8, "500 ml milk");
    check("750 ml stock", 4, 8, "1.5 l stock");
    check("0.5 kg lamb", 4, 2, "250 g lamb");
    check("7 g yeast", 4, 2, "4 g yeast");
    check("1 1/2 cups cream", 4, 2, "¾ cup cream");
    check("1½ cups cream", 4, 8, "3 cups cream");
    check("1 cup rice", 4, 3, "¾ cup rice");
    check("1 cup rice", 3, 4, "1⅓ cups rice");
    check("¼ cup oil", 4, 2, "2 tbsp oil");
    check("1 tsp cumin", 4, 12, "1 tbsp cumin");
    check("1 tsp cumin", 4, 16, "4 tsp cumin");
    check("1 tsp cumin", 4, 1, "¼ tsp cumin");
    check("1½ tsp cumin", 4, 12, "1½ tbsp cumin");
    check("2 tbsp soy sauce", 4, 8, "¼ cup soy sauce");
    check("2 tbsp soy sauce", 4, 10, "5 tbsp soy sauce");
    check("1 tbsp soy sauce", 4, 2, "1½ tsp soy sauce");
    check("8 oz noodles", 4, 8, "1 lb noodles");
    check("1 lb beef", 4, 1, "4 oz beef");
    check("1 onion, chopped", 4, 8, "2 onions, chopped");
    check("1 onion, chopped", 4, 6, "1½ onions, chopped");
    check("2 large eggs", 4, 2, "1 large egg");
    check("2 ripe tomatoes", 4, 1, "½ ripe tomato");
    check("¼ tsp cloves", 4, 6, "¼ tsp cloves");
    check("¼ tsp cloves", 4, 1, "⅛ tsp cloves");
    check("2 green chilies", 4, 2, "1 green chili");
    check("1 red chili", 4, 8, "2 red chilies");
    check("1 bay leaf", 4, 8, "2 bay leaves");
    check("2 star anise", 4, 2, "1 star anise");
    check("1 head of lettuce", 4, 8, "2 heads of lettuce");
    check("2 cloves garlic", 4, 2, "1 clove garlic");
    check("1 pinch saffron", 4, 8, "2 pinches saffron");
    check("2-3 carrots", 4, 8, "4–6 carrots");
    check("2-3 carrots", 4, 48, "24–36 carrots");
    check("10-11 olives", 40, 1, "¼ olive");
    check("1 (14-ounce) can beans", 4, 8, "2 (14-ounce) cans beans");
    check("salt, to taste", 4, 8, "salt, to taste");
}

#[test]
fn what_is_counted_has_the_number_of_its_name() {
    for (measure, name, expect) in [
        ("2", "lime", "2 limes"),
        ("1", "bell peppers", "1 bell pepper"),
        ("2", "bell peppers", "2 bell peppers"),
        ("½", "cucumber", "½ cucumber"),
        ("1-2", "lime", "1-2 limes"),
        ("400 g", "ripe tomatoes", "400 g ripe tomatoes"),
        ("1 bunch", "cilantro", "1 bunch cilantro"),
    ] {
        assert_eq!(super::line(measure, name), expect);
    }
}

#[test]
fn nothing_is_scaled_without_servings() {
    for line in ["187 g rye flour", "salt, to taste", "2 eggs", "4 tbsp oil"] {
        check(line, 4, 4, line);
        check(line, 0, 4, line);
        check(line, 4, 0, line);
    }
    check("1 1/2 cups milk", 2, 2, "1½ cups milk");
    check("3/7 cup milk", 2, 2, "3/7 cup milk");
}

fn line() -> impl Strategy<Value = String> {
    let quantity = prop_oneof![
        (1_u32..2_000).prop_map(|n| n.to_string()),
        (1_u32..30, 1_u32..9, 2_u32..12).prop_map(|(n, over, under)| format!("{n} {over}/{under}")),
        (1_u32..9, 1_u32..12).prop_map(|(over, under)| format!("{over}/{under}")),
        (0_u32..9, 1_u32..1_000).prop_map(|(n, part)| format!("{n}.{part:03}")),
        (1_u32..9, 1_u32..9).prop_map(|(n, more)| format!("{n}-{}", n + more)),
        "[½⅓¾]",
    ];
    let unit = prop::sample::select(vec![
        "", "g", "kg", "ml", "l", "tsp", "tbsp", "cup", "cups", "oz", "lb", "cloves", "cans",
    ]);
    let name = prop::sample::select(vec!["onion", "tomatoes", "red lentils, rinsed", "egg"]);
    (quantity, unit, name).prop_map(|(quantity, unit, name)| format!("{quantity} {unit} {name}"))
}

proptest! {
    #[test]
    fn scaling_there_and_back_gives_the_same(line in line(), n in 1_u64..100, m in 1_u64..100) {
        let amount = Amount::parse(&line);
        prop_assert!(!amount.measure().is_empty());
        let there = amount.times(Ratio::new(n, m).unwrap());
        let back = there.times(Ratio::new(m, n).unwrap());
        prop_assert_eq!(back, amount);
        prop_assert_eq!(amount.times(Ratio::ONE).to_string(), amount.to_string());
    }

    /// What is written can be read again, and means the same.
    #[test]
    fn what_is_written_is_read_again(line in line()) {
        let written = Amount::parse(&line).to_string();
        prop_assert_eq!(Amount::parse(&written).to_string(), written);
    }

    /// A rounded quantity is near the exact one: within an eighth, or the finest that is measured.
    #[test]
    fn rounding_is_slight(grams in 1_u32..5_000, n in 1_u32..20, m in 1_u32..20) {
        let text = scale(&format!("{grams} g rice"), m, n);
        let (number, unit) = text.split_once(' ').unwrap();
        let unit = if unit.starts_with("kg") { 1_000.0 } else { 1.0 };
        let written = number.parse::<f64>().unwrap() * unit;
        let exact = f64::from(grams) * f64::from(n) / f64::from(m);
        prop_assert!((written - exact).abs() <= (exact / 8.0).max(0.5), "{} for {}", text, exact);
    }

    #[test]
    fn any_text_is_read(text in any::<String>(), n in 0_u32..1_000, m in 0_u32..1_000) {
        let _ = scale(&text, n, m);
    }
}
