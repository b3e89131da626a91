//! The way in.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{notice, private_head};
use crate::{
    components::{failure, page},
    portal::portal,
    reply,
    request::Request,
};

/// The login form. Who is logged in goes straight on.
pub(crate) fn login() -> impl IntoView {
    let request = Request::current();
    let next = use_query_map()
        .read_untracked()
        .get("next")
        .filter(|next| is_below_admin(next));
    let next = next.unwrap_or_else(|| "/admin".to_owned());
    Suspend::new(async move {
        let visitor = match portal().visitor().await {
            Ok(visitor) => visitor,
            Err(problem) => return failure(&request, problem),
        };
        if visitor.account.is_some() {
            reply::redirect(&next);
            return ().into_any();
        }
        let flash = visitor.flash.unwrap_or_default();
        let typed = flash.values.iter().find(|(name, _)| name == "username");
        let username = typed.map(|(_, value)| value.clone()).unwrap_or_default();
        let main = view! {
            <div class="wrap login">
                <h1>"Log in"</h1>
                {(!flash.message.is_empty()).then(|| notice(&flash))}
                <form class="form" method="post" action="/admin/login">
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
    })
}

/// Whether an address is one of ours: nobody is sent to another site after logging in.
fn is_below_admin(address: &str) -> bool {
    let rest = address.strip_prefix("/admin");
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
        && !address.contains('\\')
}
