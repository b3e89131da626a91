//! The form of a row while somebody fills it in.
//!
//! Without scripts the form works by itself: it is sent, and comes back with what is wrong. Here it is
//! checked as it is typed, saved without leaving the page, and hears what others save; what was typed
//! survives a reload, a crash, and a login.

mod draft;
mod page;
mod saving;

use std::time::Duration;

use catalogue::{Catalogue, parse_edit};
use futures::future::{AbortHandle, abortable};
use leptos::{ev, html::Div, prelude::*, task::spawn_local, wasm_bindgen::JsCast};
use send_wrapper::SendWrapper;
use serde_json::{Map, Value as Json};
use site::Admin;
use web_sys::{Element, HtmlElement, KeyboardEvent, SubmitEvent};

use self::{draft::Draft, page::Fields, saving::Saved};
use super::{live_stream::LiveStream, request};

/// How long somebody must have paused before the server is asked what saving would touch.
const PAUSE: Duration = Duration::from_millis(400);

/// What the form says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
enum Said {
    /// Nothing.
    #[default]
    Nothing,
    /// It is being saved.
    Saving,
    /// It was saved, and touched so many answers, some of which are named.
    Saved(usize, Vec<String>),
    /// Nothing was saved, and why.
    Refused(String),
    /// The session has ended; the login is at this address.
    LoggedOut(String),
    /// What was typed before is here again.
    Restored,
    /// Somebody else has saved the row.
    Heard(String),
}

/// The form of a row, in its children.
#[island]
pub fn RowForm(
    /// The catalogue's name.
    catalogue: String,
    /// The row's id; 0 for a new one.
    id: i64,
    /// The row as it is stored: a JSON object.
    row: String,
    /// The form.
    children: Children,
) -> impl IntoView {
    let said = RwSignal::new(Said::default());
    let unsaved = RwSignal::new(0_usize);
    let inside = NodeRef::<Div>::new();
    let declared = catalogue::edited_by_name(&catalogue);
    let row: Json = serde_json::from_str(&row).unwrap_or_default();
    let form = declared.map(|catalogue| Form {
        catalogue,
        id,
        row: StoredValue::new(row),
        said,
        unsaved,
        inside,
        asking: StoredValue::new(None),
    });
    if let Some(form) = form {
        Effect::new(move |_| form.begin());
        if id > 0 {
            let schema = form.catalogue.schema;
            let page = Admin::Row { schema, id }.path();
            let version = form.version();
            let stream = LiveStream::new(format!("{page}/events?version={version}"), inside);
            stream.on("edited", move |version| form.hear(&version));
        }
    }
    view! {
        <div
            class="alive"
            node_ref=inside
            on:input=move |_| {
                if let Some(form) = form {
                    form.changed();
                }
            }
            on:submit=move |event: SubmitEvent| {
                if let Some(form) = form {
                    form.submit(&event);
                }
            }
            on:click=move |event| {
                if let Some(form) = form {
                    form.click(&event);
                }
            }
        >
            {children()}
            <div class="form-state" role="status">
                {move || words(&said.get(), unsaved.get(), form)}
            </div>
        </div>
    }
}

/// What the form says about itself, in words.
fn words(said: &Said, unsaved: usize, form: Option<Form>) -> AnyView {
    let fields = |count: usize| match count {
        1 => "one field".to_owned(),
        more => format!("{more} fields"),
    };
    let discard = move || {
        view! {
            <button
                class="button quiet"
                r#type="button"
                on:click=move |_| {
                    if let Some(form) = form {
                        form.discard();
                    }
                }
            >
                "Discard them"
            </button>
        }
    };
    match said {
        Said::Saving => "Saving …".into_any(),
        Said::Saved(touched, addresses) => {
            let text = match touched {
                0 => "Saved. No cached answer was touched.".to_owned(),
                1 => "Saved. It touched one cached answer.".to_owned(),
                more => format!("Saved. It touched {more} cached answers."),
            };
            let addresses: Vec<_> = addresses
                .iter()
                .map(|address| view! { <li><code>{address.clone()}</code></li> })
                .collect();
            let which = (!addresses.is_empty()).then(|| {
                view! {
                    <details class="fold">
                        <summary>"Which"</summary>
                        <ul>{addresses}</ul>
                    </details>
                }
            });
            view! { <p class="saved">{text}</p> {which} }.into_any()
        }
        Said::Refused(why) => view! { <p class="refused">{why.clone()}</p> }.into_any(),
        Said::LoggedOut(login) => view! {
            <p class="refused">
                "You were logged out. Your changes are safe in this browser: "
                <a href=login.clone() rel="external">"log in"</a>
                ", and they will be here."
            </p>
        }
        .into_any(),
        Said::Restored => view! {
            <p>{format!("Your unsaved changes of {} are here again.", fields(unsaved))}</p>
            {discard()}
        }
        .into_any(),
        Said::Heard(news) => view! { <p>{news.clone()}</p> }.into_any(),
        Said::Nothing if unsaved > 0 => view! {
            <p>{format!("Unsaved changes in {}.", fields(unsaved))}</p>
            {discard()}
        }
        .into_any(),
        Said::Nothing => ().into_any(),
    }
}

/// The form, once it is awake.
#[derive(Clone, Copy)]
struct Form {
    catalogue: &'static Catalogue,
    id: i64,
    /// The row as it is stored, as far as this form knows.
    row: StoredValue<Json>,
    said: RwSignal<Said>,
    /// How many fields are not as they are stored.
    unsaved: RwSignal<usize>,
    inside: NodeRef<Div>,
    /// Aborts the question what saving would touch.
    asking: StoredValue<Option<AbortHandle>>,
}

impl Form {
    /// The path of its page.
    fn path(self) -> String {
        let schema = self.catalogue.schema;
        match self.id {
            0 => Admin::New(schema).path(),
            id => Admin::Row { schema, id }.path(),
        }
    }

    /// The version of the row that the form has.
    fn version(self) -> i64 {
        let version = self.row.with_value(|row| row["version"].as_i64());
        version.unwrap_or_default()
    }

    fn fields(self) -> Option<Fields> {
        let inside: HtmlElement = self.inside.get_untracked()?.into();
        Fields::of(&inside, self.catalogue)
    }

    /// The stored value of a field, as a control shows it.
    fn stored(self, path: &str) -> String {
        let mut fields = self.catalogue.fields.iter();
        let field = fields.find(|field| field.path == path);
        field.map_or_else(String::new, |field| {
            self.row.with_value(|row| field.shown(field.of(row)))
        })
    }

    /// The fields whose controls do not show what is stored.
    fn own(self) -> Map<String, Json> {
        let Some(fields) = self.fields() else {
            return Map::new();
        };
        let typed = fields.typed().into_iter();
        let own = typed.filter(|(path, value)| {
            let stored = self.stored(path);
            value.trim().replace("\r\n", "\n") != stored.trim()
        });
        own.map(|(path, value)| (path.to_owned(), value.into()))
            .collect()
    }

    /// Wakes the form: restores what was typed before, and watches what would lose it.
    fn begin(self) {
        if self.fields().is_none() {
            return;
        }
        if self.id > 0 {
            // Whatever was typed into the form of a new row is saved by now.
            Draft::forget(&Admin::New(self.catalogue.schema).path());
        }
        if let Some((touched, addresses)) = draft::take_saved() {
            self.said.set(Said::Saved(touched, addresses));
        }
        if let Some(draft) = Draft::read(&self.path()) {
            self.restore(&draft);
        }
        self.recount();
        let leaving = window_event_listener(ev::beforeunload, move |event| {
            if self.is_here() && self.unsaved.get_untracked() > 0 {
                event.prevent_default();
            }
        });
        let keys = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
            let is_save = (event.ctrl_key() || event.meta_key()) && event.key() == "s";
            if is_save && self.is_here() {
                event.prevent_default();
                if let Some(fields) = self.fields() {
                    fields.press_save();
                }
            }
        });
        let links = page::before_links(move || {
            !self.is_here() || self.unsaved.get_untracked() == 0 || page::may_leave()
        });
        let links = StoredValue::new_local(links);
        on_cleanup(move || {
            leaving.remove();
            keys.remove();
            links.dispose();
        });
    }

    /// Whether the form is still on the page.
    fn is_here(self) -> bool {
        let inside = self.inside.try_get_untracked().flatten();
        inside.is_some_and(|inside| inside.is_connected())
    }

    fn restore(self, draft: &Draft) {
        let Some(fields) = self.fields() else { return };
        for (path, value) in &draft.fields {
            fields.set(path, value);
        }
        // The server merges what was edited since.
        if draft.version > 0 && draft.version != self.version() {
            self.row
                .update_value(|row| row["version"] = draft.version.into());
        }
        self.said.set(Said::Restored);
    }

    /// Puts back what is stored.
    fn discard(self) {
        if let Some(fields) = self.fields() {
            for path in fields.paths() {
                fields.set(path, &self.stored(path));
                fields.complain(path, None);
            }
        }
        Draft::forget(&self.path());
        self.said.set(Said::Nothing);
        self.recount();
    }

    /// Something was typed.
    fn changed(self) {
        if self.said.get_untracked() != Said::Saving {
            self.said.set(Said::Nothing);
        }
        let own = self.recount();
        self.check(&own);
        self.ask_what_is_touched(own);
    }

    /// Counts what is not saved, and stores it in the browser.
    fn recount(self) -> Map<String, Json> {
        let own = self.own();
        self.unsaved.set(own.len());
        Draft::write(&self.path(), self.version(), &own);
        own
    }

    /// Checks the changed fields by the rules that the server has, and says what is wrong by them.
    fn check(self, own: &Map<String, Json>) {
        let Some(fields) = self.fields().filter(|_| self.id > 0) else {
            return;
        };
        let errors = self
            .row
            .with_value(|row| parse_edit(self.catalogue, own, row))
            .err()
            .unwrap_or_default();
        for path in fields.paths() {
            let mut errors = errors.iter();
            let error = errors.find(|error| error.field == path);
            fields.complain(path, error.map(|error| &*error.expected));
        }
    }

    /// Asks what saving would touch, once nothing more is typed.
    fn ask_what_is_touched(self, own: Map<String, Json>) {
        self.asking.update_value(|asking| {
            if let Some(earlier) = asking.take() {
                earlier.abort();
            }
        });
        if self.id == 0 {
            return;
        }
        let address = self.path() + "/touches";
        let body: Vec<(String, String)> = own
            .into_iter()
            .filter_map(|(path, value)| Some((path, value.as_str()?.to_owned())))
            .collect();
        let (asking, abort) = abortable(SendWrapper::new(async move {
            request::pause(PAUSE).await;
            let answer = request::post_form(&address, &body).await;
            let touched = answer.and_then(|json| json["touched"].as_u64());
            if let (Some(touched), Some(fields)) = (touched, self.fields()) {
                fields.say_touched(touched);
            }
        }));
        self.asking.set_value(Some(abort));
        spawn_local(async move {
            // An abort is no failure.
            let _ = asking.await;
        });
    }

    /// The form is sent: it is saved from here, unless the row is new, which has a page of its own then.
    fn submit(self, event: &SubmitEvent) {
        if self.id == 0 {
            // The server gives it back if something is wrong.
            Draft::forget(&self.path());
            self.unsaved.set(0);
            return;
        }
        let button = event.submitter();
        let action = button.and_then(|button| button.get_attribute("value"));
        let action = action.unwrap_or_else(|| "save".to_owned());
        if action == "delete" {
            self.unsaved.set(0);
            return;
        }
        event.prevent_default();
        // Navigation must not take it for a query.
        event.stop_propagation();
        if self.said.get_untracked() == Said::Saving {
            return;
        }
        let mut own = self.own();
        let status = site::status_set_by(&action, self.catalogue);
        if let Some((field, value)) = status {
            own.insert(field.to_owned(), value.into());
        }
        let pressed = status.map(|(field, _)| field);
        self.said.set(Said::Saving);
        let form = self;
        spawn_local(SendWrapper::new(async move {
            let outcome = saving::save(form.catalogue, form.id, form.version(), &own).await;
            form.saved(&own, pressed, outcome);
        }));
    }

    /// Shows what became of an edit; `pressed` is the field that its button has set.
    fn saved(self, own: &Map<String, Json>, pressed: Option<&str>, outcome: Saved) {
        let Some(fields) = self.fields() else { return };
        match outcome {
            Saved::Done {
                row,
                touched,
                addresses,
            } => {
                let had_status = self.catalogue.draft.map(|(field, _)| self.stored(field));
                self.row.set_value(row);
                for path in fields.paths() {
                    // What was typed meanwhile stays.
                    let sent = own.get(path).and_then(Json::as_str);
                    let is_typed = pressed == Some(path)
                        || sent.is_none_or(|sent| fields.value(path).as_deref() == Some(sent));
                    let is_own = self.own().contains_key(path);
                    if !is_own || (own.contains_key(path) && is_typed) {
                        fields.set(path, &self.stored(path));
                    }
                    fields.complain(path, None);
                    fields.agree(path);
                }
                self.said.set(Said::Saved(touched, addresses));
                self.recount();
                // Its buttons and its history are others now.
                let has_status = self.catalogue.draft.map(|(field, _)| self.stored(field));
                if had_status != has_status
                    && self.unsaved.get_untracked() == 0
                    && let Said::Saved(touched, addresses) = self.said.get_untracked()
                {
                    draft::note_saved(touched, &addresses);
                    page::reload();
                }
            }
            Saved::Errors(errors) => {
                for (path, expected) in &errors {
                    fields.complain(path, Some(expected));
                }
                fields.show_first_error();
                self.said.set(Said::Refused(
                    "Nothing was saved. Please look at the marked fields.".to_owned(),
                ));
            }
            Saved::Differences(version, differences) => {
                for (path, theirs, base) in &differences {
                    fields.differ(path, theirs, base.as_deref());
                }
                // Saving again is an edit of what is stored now.
                self.take_note(version);
                self.said.set(Said::Refused(
                    "Somebody else has edited the same in the meantime, so nothing was saved. Your changes are still \
                     here, beside theirs. Saving again overwrites theirs."
                        .to_owned(),
                ));
            }
            Saved::LoggedOut => {
                let login = Admin::log_in(&self.path());
                self.said.set(Said::LoggedOut(login));
            }
            Saved::Failed(why) => self.said.set(Said::Refused(why)),
        }
    }

    /// Somebody has saved the row.
    fn hear(self, version: &str) {
        let version: i64 = version.parse().unwrap_or_default();
        if version == self.version() || self.said.get_untracked() == Said::Saving {
            return;
        }
        self.take_note(version);
    }

    /// Reads what is stored now. Fields that nobody has touched here follow; for the others, both values
    /// are shown.
    fn take_note(self, version: i64) {
        let path = self.path();
        spawn_local(SendWrapper::new(async move {
            let Some(now) = request::get(&path).await else {
                return;
            };
            // The own edit, told by the stream before its answer came.
            let is_known = now["version"].as_i64() == Some(self.version());
            let Some(fields) = self.fields().filter(|_| !is_known && version > 0) else {
                return;
            };
            let own = self.own();
            let mut both = 0;
            for path in fields.paths() {
                let Some(theirs) = now["fields"][path].as_str() else {
                    continue;
                };
                let base = self.stored(path);
                if theirs == base {
                    continue;
                }
                if own.contains_key(path) {
                    if fields.value(path).as_deref() != Some(theirs) {
                        fields.differ(path, theirs, Some(&base));
                        both += 1;
                    }
                } else {
                    fields.set(path, theirs);
                    fields.flash(path);
                }
            }
            self.row.set_value(now["row"].clone());
            self.recount();
            let who = now["who"].as_str().unwrap_or("Somebody");
            let news = match both {
                0 => format!("{who} has just saved this: what they have set is shown."),
                1 => format!("{who} has just saved this, and one field that you have changed too."),
                more => format!(
                    "{who} has just saved this, and {more} fields that you have changed too."
                ),
            };
            if !matches!(self.said.get_untracked(), Said::Refused(_)) {
                self.said.set(Said::Heard(news));
            }
        }));
    }

    /// A click, if it is one that takes what others have set.
    fn click(self, event: &ev::MouseEvent) {
        let target: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
        let taken = target.and_then(|target| target.get_attribute("data-take"));
        if let (Some(path), Some(fields)) = (taken, self.fields()) {
            fields.set(&path, &self.stored(&path));
            fields.agree(&path);
            fields.complain(&path, None);
            self.recount();
        }
    }
}
