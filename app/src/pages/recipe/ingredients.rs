//! The ingredients of a recipe, with amounts for as many people as are wanted.

use catalogue::{normalizer::Rejection, recipes::Recipe};
use leptos::prelude::*;
use site::{Cooking, MOST_SERVINGS, Servings};

use crate::{components::Icon, text};

/// Each ingredient as a line that can be ticked off: how much, of what, how prepared.
#[component]
pub(super) fn Ingredients(
    /// The recipe.
    recipe: Recipe,
    /// For how many people.
    servings: Servings,
) -> impl IntoView {
    let line = |line: &String| {
        let amount = servings.amount(line);
        let note = amount
            .note()
            .map(|note| view! { <span class="note">{format!(", {note}")}</span> });
        view! {
            // As it was written, so that the browser can scale it too.
            <li data-line=line.clone()>
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

/// Fewer or more people: links and a form. Where `frontend/kitchen` runs, it changes the amounts
/// in place instead.
#[component]
pub(super) fn Stepper(
    /// The recipe.
    id: i64,
    /// For how many people it is and was written.
    servings: Servings,
    /// What is wrong with the number in the address.
    rejection: Option<Rejection>,
) -> impl IntoView {
    let link = |to: Option<Servings>| to.map(|to| to.url(id, false));
    let (fewer, more) = (link(servings.fewer()), link(servings.more()));
    let error = rejection.as_ref().and_then(|it| it.error("servings"));
    let (typed, message) = match error {
        Some(error) => (
            error.value.clone(),
            Some(format!("Expected {}.", error.expected)),
        ),
        None => (servings.shown().to_string(), None),
    };
    let described = message.is_some().then_some("servings-error");
    let message = message.map(|message| {
        view! { <p class="field-error" id="servings-error">{message}</p> }
    });
    let said = (!servings.is_as_written()).then(|| servings.announcement());
    view! {
        <form
            class="servings"
            method="get"
            autocomplete="off"
            action=Cooking::url(id, None, false)
            data-recipe=id
            data-written=servings.written()
        >
            <label for="servings">"Servings"</label>
            <div class="stepper" data-local="">
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
            <output class="unseen" for="servings" data-announce="">{said}</output>
        </form>
    }
}
