//! The editors' pages. They are rendered for one visitor and never cached.

mod cache;
mod dashboard;
mod editor;
mod history;
mod input;
mod login;
mod overview;
mod rows;
mod tail;

pub(crate) use cache::cache;
pub use dashboard::content as dashboard_content;
pub(crate) use dashboard::dashboard;
pub(crate) use editor::{editor, new};
pub(crate) use history::history;
pub(crate) use login::login;
pub(crate) use overview::overview;
pub(crate) use rows::rows;
pub(crate) use tail::tail;

use std::sync::Arc;

use catalogue::Catalogue;
use leptos::prelude::*;
use leptos_cached::Fault;
use site::{Admin, Fixed};

use crate::{
    Flash, Insight, Request, Visitor, catalogue_view,
    components::{Head, Icon, failure, page},
    desk::Desk,
    reply, text,
};

/// The editor who is logged in.
pub(crate) struct Editor {
    /// The account's name.
    pub(crate) account: String,
    /// Whether the account may do everything.
    pub(crate) is_admin: bool,
    /// The token that this session's forms carry.
    pub(crate) csrf_token: String,
    /// The outcome of the form that was just sent.
    pub(crate) flash: Option<Flash>,
    /// What the server has looked up for a page about itself.
    pub(crate) insight: Option<Insight>,
}

/// The current editor, or the answer for anyone else: a redirect to the login page and back.
pub(crate) fn editor_of(request: &Request) -> Result<Editor, AnyView> {
    match visitor() {
        Ok(Visitor {
            account: Some(account),
            is_admin,
            csrf_token,
            flash,
            insight,
        }) => Ok(Editor {
            account,
            is_admin,
            csrf_token,
            flash,
            insight,
        }),
        Ok(_) => {
            reply::redirect(&Admin::log_in(&request.address()));
            Err(().into_any())
        }
        Err(fault) => Err(failure(request, &fault)),
    }
}

/// The visitor, whom the server identified before it started the page.
fn visitor() -> Result<Visitor, Fault> {
    use_context::<Result<Visitor, Fault>>().unwrap_or(Err(Fault::Unavailable))
}

/// The current editor, and what was found for the page; or the answer for anyone else.
fn desk_of(request: &Request) -> Result<(Editor, Arc<Result<Desk, Fault>>), AnyView> {
    let editor = editor_of(request)?;
    match editor.insight.clone() {
        Some(Insight::Desk(desk)) => Ok((editor, desk)),
        _ => Err(failure(request, &Fault::Forbidden)),
    }
}

/// What editors call the rows of a catalogue.
struct Words {
    /// One row: "home".
    one: String,
    /// Several rows: "homes".
    many: String,
    /// The catalogue in the navigation: "Homes".
    section: String,
}

/// The words for a catalogue, whether readers see its rows by themselves or not.
fn words_of(catalogue: &'static Catalogue) -> Words {
    let words = catalogue_view::words(catalogue);
    Words {
        one: words.one.to_owned(),
        many: words.many.to_owned(),
        section: text::capitalized(words.section),
    }
}

/// The frame of a page for editors.
pub(crate) fn admin_page(
    request: &Request,
    editor: &Editor,
    title: &str,
    main: impl IntoView + 'static,
) -> AnyView {
    let catalogues = catalogue::edited().map(|catalogue| {
        let path = Admin::Rows(catalogue.schema).path();
        view! { <li>{tab(request, &path, words_of(catalogue).section)}</li> }
    });
    let history = Admin::History.path();
    let main = view! {
        <div class="wrap admin">
            <div class="admin-bar">
                <nav aria-label="Administration">
                    <ul>
                        <li>{tab(request, "/admin", "Overview".to_owned())}</li>
                        {catalogues.collect_view()}
                        <li>{tab(request, &history, "History".to_owned())}</li>
                        <li class="apart">{tab(request, "/admin/dashboard", "Dashboard".to_owned())}</li>
                        <li>{tab(request, "/admin/cache", "Cache".to_owned())}</li>
                        <li>{tab(request, "/admin/tail", "Tail".to_owned())}</li>
                        // A document of its own, with another program.
                        <li>
                            <a href=Fixed::Graphiql.path() rel="external">"GraphQL"</a>
                        </li>
                    </ul>
                </nav>
                <form method="post" action="/admin/logout">
                    <input r#type="hidden" name="csrf_token" value=editor.csrf_token.clone() />
                    <span class="muted">"Logged in as " <strong>{editor.account.clone()}</strong></span>
                    <button class="button quiet" r#type="submit">
                        <Icon name="log-out" />
                        "Log out"
                    </button>
                </form>
            </div>
            {editor.flash.as_ref().map(|flash| outcome(editor, flash))}
            {main.into_any()}
        </div>
    };
    page(request, private_head(request, title), main)
}

/// The head of a private page.
pub(crate) fn private_head(request: &Request, title: &str) -> Head {
    Head {
        title: title.to_owned(),
        description: "For editors of Hearth.".to_owned(),
        canonical: request.path.clone(),
        hidden: true,
    }
}

/// The outcome of the form that was just sent, with a way back.
fn outcome(editor: &Editor, flash: &Flash) -> impl IntoView + use<> {
    let (class, icon, role) = look(flash.accepted);
    let details = flash.details.iter().map(|detail| {
        view! { <li>{detail.clone()}</li> }
    });
    let details: Vec<_> = details.collect();
    let details = (!details.is_empty()).then(|| view! { <ul>{details}</ul> });
    let undo = flash.undo.map(|revision| undo(editor, revision));
    view! {
        <div class=class role=role>
            <Icon name=icon />
            <div>
                <p>{flash.message.clone()}</p>
                {details}
            </div>
            {undo}
        </div>
    }
}

/// The button that undoes the edit whose last revision this is.
fn undo(editor: &Editor, revision: u64) -> impl IntoView + use<> {
    view! {
        <form method="post" action=Admin::History.path()>
            <input r#type="hidden" name="csrf_token" value=editor.csrf_token.clone() />
            <input r#type="hidden" name="revision" value=revision.to_string() />
            <button class="button quiet" r#type="submit">
                <Icon name="undo" />
                "Undo"
            </button>
        </form>
    }
}

/// The class, the icon and the role of an outcome.
fn look(accepted: bool) -> (&'static str, &'static str, &'static str) {
    match accepted {
        true => ("notice accepted", "check", "status"),
        false => ("notice refused", "circle-alert", "alert"),
    }
}

/// The outcome of a form or a query.
pub(crate) fn notice(accepted: bool, message: &str) -> impl IntoView + use<> {
    let (class, icon, role) = look(accepted);
    view! {
        <div class=class role=role>
            <Icon name=icon />
            <p>{message.to_owned()}</p>
        </div>
    }
}

fn tab(request: &Request, address: &str, label: String) -> impl IntoView + use<> {
    let below = request
        .path
        .strip_prefix(address)
        .filter(|_| address != "/admin");
    let current = match below {
        _ if request.path == address => Some("page"),
        Some(rest) if rest.starts_with('/') => Some("true"),
        _ => None,
    };
    let address = address.to_owned();
    view! { <a href=address aria-current=current>{label}</a> }
}
