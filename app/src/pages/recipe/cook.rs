//! Cook's mode: a recipe one large step at a time.
//!
//! Without scripts it is a page of large steps below each other. Where scripts may run, the style
//! lays the steps out side by side in a strip that snaps, so that a finger can swipe them, and the
//! links to the next and to the previous step move it; the program `frontend/kitchen` adds keys,
//! timers, and a screen that stays on.

use catalogue::recipes::Recipe;
use leptos::prelude::*;
use site::Servings;

use super::{
    ingredients::Ingredients,
    method::{anchor, marked},
    times::{Piece, pieces},
};
use crate::{components::Icon, text};

/// The steps, the ingredients beside them, and the timers.
pub(super) fn show(recipe: &Recipe, servings: Servings) -> AnyView {
    let back = servings.url(recipe.id, false);
    let people = text::counted(servings.shown().into(), "serving", "servings");
    let all = timers(&recipe.steps);
    let count = recipe.steps.len();
    let steps = recipe.steps.iter().enumerate().map(|(at, step)| {
        let (step, back) = (step.clone(), back.clone());
        let timers = all.iter().filter(|timer| timer.step == at).cloned();
        let timers: Vec<Timer> = timers.collect();
        view! { <Step at count step timers back /> }
    });
    let steps = steps.collect_view();
    let running = all
        .into_iter()
        .map(|timer| view! { <Running timer /> })
        .collect_view();
    let (recipe, title) = (recipe.clone(), recipe.title.clone());
    view! {
        <article class="cook" id="cooking">
            <header class="cook-bar">
                <a class="button quiet" id="leave" href=back>
                    <Icon name="x" />
                    "Leave"
                </a>
                <h1>{title}</h1>
                // The script says here that the screen stays on.
                <p class="muted" id="screen"></p>
            </header>
            <details class="cook-ingredients">
                <summary>{format!("Ingredients for {people}")}</summary>
                <Ingredients recipe servings />
            </details>
            <ol class="cook-steps" id="steps" tabindex="0" aria-label="Steps">
                {steps}
            </ol>
            <ul class="timers" aria-label="Timers">{running}</ul>
            <p class="unseen" role="status" id="said"></p>
            <audio id="chime" src="/chime.wav" preload="none"></audio>
        </article>
    }
    .into_any()
}

/// A step that fills the screen, with its timers and the ways to its neighbors.
#[component]
fn Step(
    /// Its place; the first one is at 0.
    at: usize,
    /// How many steps there are.
    count: usize,
    /// Its text.
    step: String,
    /// The timers that it names.
    timers: Vec<Timer>,
    /// The address of the recipe, for who is done.
    back: String,
) -> impl IntoView {
    let number = at + 1;
    let starts = timers.into_iter().map(|timer| {
        let label = format!("Start a timer: {}", timer.words);
        view! {
            <button class="button quiet" r#type="button" data-start=timer.number aria-label=label>
                <Icon name="timer" />
                {timer.words}
            </button>
        }
    });
    let before = (at > 0).then(|| {
        view! {
            <a class="button quiet before" href=format!("#{}", anchor(at - 1))>
                <Icon name="chevron-left" />
                "Previous"
            </a>
        }
    });
    let after = match number < count {
        true => view! {
            <a class="button after" href=format!("#{}", anchor(at + 1))>
                "Next"
                <Icon name="chevron-right" />
            </a>
        }
        .into_any(),
        false => view! {
            <a class="button after" href=back>
                "Done"
                <Icon name="check" />
            </a>
        }
        .into_any(),
    };
    view! {
        <li id=anchor(at)>
            <h2>{format!("Step {number} of {count}")}</h2>
            <progress value=number max=count aria-hidden="true"></progress>
            {marked(&step)}
            // Timers run in the browser.
            <p class="starts scripted">{starts.collect_view()}</p>
            <nav aria-label=format!("From step {number}")>{before} {after}</nav>
        </li>
    }
}

/// A timer once it has been started; hidden until then.
#[component]
fn Running(timer: Timer) -> impl IntoView {
    let step = timer.step + 1;
    view! {
        <li id=format!("timer-{}", timer.number) data-seconds=timer.seconds hidden>
            <a href=format!("#{}", anchor(timer.step))>{format!("Step {step}")}</a>
            <b role="timer"></b>
            <button class="button quiet" r#type="button" data-pause=timer.number>"Pause"</button>
            <button
                class="icon-button"
                r#type="button"
                data-stop=timer.number
                aria-label=format!("Remove the timer of step {step}")
            >
                <Icon name="x" />
            </button>
        </li>
    }
}

/// A timer that a step names.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Timer {
    /// Its number on the page.
    number: usize,
    /// The place of its step.
    step: usize,
    /// How long it runs.
    seconds: u64,
    /// The same as the step says it.
    words: String,
}

/// The timers that steps name, in their order.
fn timers(steps: &[String]) -> Vec<Timer> {
    let times = steps.iter().enumerate().flat_map(|(step, text)| {
        pieces(text)
            .into_iter()
            .filter_map(move |piece| match piece {
                Piece::Time(words, seconds) => Some((step, seconds, words.to_owned())),
                Piece::Words(_) => None,
            })
    });
    let numbered = times
        .enumerate()
        .map(|(number, (step, seconds, words))| Timer {
            number,
            step,
            seconds,
            words,
        });
    numbered.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timers_are_numbered_across_steps() {
        let steps = [
            "Boil for 6 to 8 minutes.",
            "Stir.",
            "Rest 1 minute, 2 more.",
        ];
        let found = timers(&steps.map(str::to_owned));
        let timer = |number, step, seconds, words: &str| Timer {
            number,
            step,
            seconds,
            words: words.to_owned(),
        };
        let expect = [
            timer(0, 0, 360, "6 to 8 minutes"),
            timer(1, 2, 60, "1 minute"),
        ];
        assert_eq!(found, expect);
    }
}
