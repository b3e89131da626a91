//! A person: initials in place of a picture, and how to reach them.

use leptos::prelude::*;

use super::Icon;

/// A person's initials, in place of a picture.
#[component]
pub(crate) fn Initials(
    /// The name.
    of: String,
) -> impl IntoView {
    view! { <span class="initials" aria-hidden="true">{initials(&of)}</span> }
}

fn initials(name: &str) -> String {
    name.split_whitespace()
        .filter_map(|word| word.chars().next())
        .take(2)
        .collect()
}

/// The buttons that write to a person and call them.
#[component]
pub(crate) fn Contacts(
    /// The e-mail address.
    email: String,
    /// The telephone number, as it is shown.
    phone: String,
) -> impl IntoView {
    view! {
        <ul class="contacts">
            <li>
                <a class="button" href=format!("mailto:{email}")>
                    <Icon name="mail" />
                    <span class="on-screen">"Send an email"</span>
                    <span class="on-paper">{email.clone()}</span>
                </a>
            </li>
            <li>
                <a class="button quiet" href=format!("tel:{}", telephone(&phone))>
                    <Icon name="phone" />
                    {phone.clone()}
                </a>
            </li>
        </ul>
    }
}

/// A telephone number as it is dialled.
pub(crate) fn telephone(shown: &str) -> String {
    shown
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect()
}
