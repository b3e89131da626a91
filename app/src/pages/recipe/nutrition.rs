//! What a serving of a recipe has in it.

use catalogue::recipes::Nutrition;
use leptos::prelude::*;

/// A list of what one serving has in it, if that is known. Parts of another are indented below it.
#[component]
pub(super) fn PerServing(nutrition: Nutrition) -> impl IntoView {
    if !nutrition.is_known() {
        return None;
    }
    let rows = [
        ("Calories", nutrition.calories, "kcal", ""),
        ("Protein", nutrition.protein, "g", ""),
        ("Fat", nutrition.fat, "g", ""),
        ("Saturated fat", nutrition.saturated_fat, "g", "part"),
        ("Carbohydrate", nutrition.carbohydrate, "g", ""),
        ("Sugar", nutrition.sugar, "g", "part"),
        ("Fiber", nutrition.fiber, "g", "part"),
        ("Sodium", nutrition.sodium, "mg", ""),
    ];
    let rows = rows.map(|(name, number, unit, class)| {
        view! {
            <div class=(!class.is_empty()).then_some(class)>
                <dt>{name}</dt>
                <dd>{format!("{number}\u{a0}{unit}")}</dd>
            </div>
        }
    });
    Some(view! {
        <section class="nutrition" aria-labelledby="nutrition">
            <h2 id="nutrition">"Nutrition per serving"</h2>
            <dl>{rows.into_iter().collect_view()}</dl>
            <p class="muted">"An estimate, computed from the ingredients."</p>
        </section>
    })
}
