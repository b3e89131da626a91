//! The login page.

use leptos::prelude::*;
use site::Admin;

use super::{notice, private_head, visitor};
use crate::{
    Request,
    components::{failure, page},
    reply,
};

/// The login form. A visitor who is already logged in is redirected.
pub(crate) fn login(request: Request, next: String) -> AnyView {
    let visitor = match visitor() {
        Ok(visitor) => visitor,
        Err(fault) => return failure(&request, &fault),
    };
    if visitor.account.is_some() {
        reply::redirect(&next);
        return ().into_any();
    }
    let flash = visitor.flash.unwrap_or_default();
    let typed = flash.values.iter().find(|(name, _)| name == "username");
    let username = typed.map(|(_, value)| value.clone()).unwrap_or_default();
    let here = Admin::log_in(&next);
    let main = view! {
        <div class="wrap login">
            <h1>"Log in"</h1>
            {(!flash.message.is_empty()).then(|| notice(flash.accepted, &flash.message))}
            <form class="form" method="post" action=here>
                <input r#type="hidden" name="csrf_token" value=visitor.csrf_token />
                <input r#type="hidden" name="next" value=next />
                <div class="field">
                    <label for="username">"User name"</label>
                    <input
                        r#type="text"
                        id="username"
                        name="username"
                        value=username
                        autocomplete="username"
                        autocapitalize="none"
                        spellcheck="false"
                        required
                    />
                </div>
                <div class="field">
                    <label for="password">"Password"</label>
                    <input
                        r#type="password"
                        id="password"
                        name="password"
                        autocomplete="current-password"
                        required
                    />
                </div>
                <button class="button" r#type="submit">"Log in"</button>
            </form>
        </div>
    };
    page(&request, private_head(&request, "Log in"), main)
}
