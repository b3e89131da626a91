//! The ingredients of a recipe, with amounts for as many people as are wanted.

use catalogue::{
    normalizer::Rejection,
    recipes::{
        Recipe,
        amount::{Amount, Ratio},
    },
};
use leptos::prelude::*;
use site::{Cooking, MOST_SERVINGS};

use crate::{components::Icon, text};

/// For how many people amounts are shown, and for how many they were written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Servings {
    /// What the recipe says.
    pub(super) written: u32,
    /// What is shown.
    pub(super) shown: u32,
}

impl Servings {
    /// Those of a recipe, unless others are wanted.
    pub(super) fn of(recipe: &Recipe, wanted: Option<u32>) -> Self {
        let written = u32::try_from(recipe.servings).unwrap_or(1).max(1);
        Self {
            written,
            shown: wanted.unwrap_or(written),
        }
    }

    /// What an address says of it: nothing if it is the recipe's own number.
    pub(super) fn in_address(self) -> Option<u32> {
        (self.shown != self.written).then_some(self.shown)
    }

    fn ratio(self) -> Ratio {
        Ratio::new(self.shown.into(), self.written.into()).unwrap_or(Ratio::ONE)
    }
}

/// Each ingredient as a line that can be ticked off: how much, of what, how prepared.
#[component]
pub(super) fn Ingredients(
    /// The recipe.
    recipe: Recipe,
    /// For how many people.
    servings: Servings,
) -> impl IntoView {
    let ratio = servings.ratio();
    let line = |line: &String| {
        let amount = Amount::parse(line).times(ratio);
        let note = amount
            .note()
            .map(|note| view! { <span class="note">{format!(", {note}")}</span> });
        view! {
            <li>
                <label>
                    <input type="checkbox" />
                    <b class="measure">{amount.measure()}</b>
                    " "
                    <span>
                        <span class="name">{amount.name()}</span>
                        {note}
                    </span>
                </label>
            </li>
        }
        .into_any()
    };
    // A recipe of which nobody has written the amounts has their names at least.
    let bare = |token: &String| {
        view! {
            <li>
                <label>
                    <input type="checkbox" />
                    <span class="bare">{text::term(token)}</span>
                </label>
            </li>
        }
        .into_any()
    };
    let lines: Vec<_> = match recipe.amounts.as_slice() {
        [] => recipe.ingredients.iter().map(bare).collect(),
        amounts => amounts.iter().map(line).collect(),
    };
    view! { <ul class="ingredients">{lines}</ul> }
}

/// Fewer or more people: links and a form, which the page's navigation follows in place.
#[component]
pub(super) fn Stepper(
    /// The recipe.
    id: i64,
    /// For how many people it is and was written.
    servings: Servings,
    /// What is wrong with the number in the address.
    rejection: Option<Rejection>,
) -> impl IntoView {
    let Servings { written, shown } = servings;
    let link = move |to: u32| {
        let servings = Some(to).filter(|to| *to != written);
        (1..=MOST_SERVINGS)
            .contains(&to)
            .then(|| Cooking::url(id, servings, false))
    };
    let (fewer, more) = (link(shown - 1), link(shown + 1));
    let error = rejection.as_ref().and_then(|it| it.error("servings"));
    let (typed, message) = match error {
        Some(error) => (
            error.value.clone(),
            Some(format!("Expected {}.", error.expected)),
        ),
        None => (shown.to_string(), None),
    };
    let described = message.is_some().then_some("servings-error");
    let message = message.map(|message| {
        view! { <p class="field-error" id="servings-error">{message}</p> }
    });
    let said = (shown != written).then(|| {
        let said = format!("Amounts for {shown} servings");
        view! { <output class="unseen" for="servings" data-announce="">{said}</output> }
    });
    view! {
        <form
            class="servings"
            method="get"
            autocomplete="off"
            action=Cooking::url(id, None, false)
        >
            <label for="servings">"Servings"</label>
            <div class="stepper">
                <a
                    id="fewer"
                    // At the end of the range it leads nowhere.
                    role=fewer.is_none().then_some("link")
                    aria-disabled=fewer.is_none().then_some("true")
                    href=fewer
                    rel="nofollow"
                    aria-label="Fewer servings"
                >
                    <Icon name="minus" />
                </a>
                <input
                    r#type="number"
                    id="servings"
                    name="servings"
                    inputmode="numeric"
                    min="1"
                    max=MOST_SERVINGS
                    value=typed
                    aria-invalid=described.is_some().then_some("true")
                    aria-describedby=described
                />
                <a
                    id="more"
                    // At the end of the range it leads nowhere.
                    role=more.is_none().then_some("link")
                    aria-disabled=more.is_none().then_some("true")
                    href=more
                    rel="nofollow"
                    aria-label="More servings"
                >
                    <Icon name="plus" />
                </a>
            </div>
            <button class="button quiet unscripted" r#type="submit">"Scale"</button>
            {message}
            {said}
        </form>
    }
}
