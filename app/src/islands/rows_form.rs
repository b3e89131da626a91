//! A table of rows while somebody works in it: rows are chosen, values changed in place and saved
//! together, all of it without a mouse if they like.

use leptos::{ev, html::Div, prelude::*, task::spawn_local, wasm_bindgen::JsCast};
use send_wrapper::SendWrapper;
use serde_json::{Map, Value as Json, json};
use site::Edited;
use web_sys::{
    Element, HtmlElement, HtmlInputElement, HtmlSelectElement, KeyboardEvent, MouseEvent,
    SubmitEvent,
};

use super::request;
use crate::text::dollars;

/// The table of a catalogue's rows, in its children.
#[island]
pub fn RowsForm(
    /// The catalogue's name.
    catalogue: String,
    /// The form with the table.
    children: Children,
) -> impl IntoView {
    let inside = NodeRef::<Div>::new();
    let table = Table {
        inside,
        said: RwSignal::new(None),
        chosen: RwSignal::new(0),
        edited: RwSignal::new(0),
        last: StoredValue::new(None),
        schema: catalogue::edited_by_name(&catalogue).map(|catalogue| catalogue.schema),
    };
    Effect::new(move |_| table.begin());
    view! {
        <div
            class="alive"
            node_ref=inside
            on:input=move |event| table.typed(&event)
            on:change=move |event| table.typed(&event)
            on:click=move |event| table.click(&event)
            on:submit=move |event: SubmitEvent| table.submit(&event)
        >
            {children()}
            <div class="form-state" role="status">
                {move || table.words()}
            </div>
        </div>
    }
}

/// The table, once it is awake.
#[derive(Clone, Copy)]
struct Table {
    inside: NodeRef<Div>,
    /// The outcome of the last edit: whether it was accepted, and the words.
    said: RwSignal<Option<(bool, String)>>,
    /// How many rows are chosen.
    chosen: RwSignal<usize>,
    /// How many rows have values that are not saved.
    edited: RwSignal<usize>,
    /// The place of the box that was ticked last.
    last: StoredValue<Option<usize>>,
    schema: Option<&'static catalogue::normalizer::Schema>,
}

impl Table {
    fn element(self) -> Option<HtmlElement> {
        Some(self.inside.try_get_untracked().flatten()?.into())
    }

    fn all<T: JsCast>(self, selector: &str) -> Vec<T> {
        let found = self
            .element()
            .and_then(|inside| inside.query_selector_all(selector).ok());
        let Some(found) = found else {
            return Vec::new();
        };
        let nodes = (0..found.length()).filter_map(|place| found.item(place));
        nodes.filter_map(|node| node.dyn_into().ok()).collect()
    }

    fn boxes(self) -> Vec<HtmlInputElement> {
        self.all("tbody .choose input[type=checkbox]")
    }

    fn begin(self) {
        self.offer_all();
        self.recount();
        let leaving = window_event_listener(ev::beforeunload, move |event| {
            if self.is_here() && self.edited.get_untracked() > 0 {
                event.prevent_default();
            }
        });
        let keys = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
            if self.is_here() && self.key(&event).is_some() {
                event.prevent_default();
            }
        });
        on_cleanup(move || {
            leaving.remove();
            keys.remove();
        });
    }

    fn is_here(self) -> bool {
        self.element().is_some_and(|inside| inside.is_connected())
    }

    /// A box in the head of the table that ticks all others.
    fn offer_all(self) {
        let head = || {
            let place = self.element()?.query_selector("thead .choose").ok()??;
            let tick = document().create_element("input").ok()?;
            tick.set_attribute("type", "checkbox").ok()?;
            tick.set_attribute("aria-label", "Choose all rows of this page")
                .ok()?;
            tick.set_attribute("data-all", "").ok()?;
            place.append_child(&tick).ok()
        };
        let _ = head();
    }

    /// Handles a key; `None` if it is none of its own.
    fn key(self, event: &KeyboardEvent) -> Option<()> {
        let key = event.key();
        if (event.ctrl_key() || event.meta_key()) && key == "s" {
            let button = self
                .element()?
                .query_selector("button[value=rows]")
                .ok()??;
            button.dyn_into::<HtmlElement>().ok()?.click();
            return Some(());
        }
        let target: Element = event.target()?.dyn_into().ok()?;
        let is_typing = target
            .closest("input:not([type=checkbox]), select, textarea")
            .ok()?
            .is_some();
        if is_typing || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return None;
        }
        let links: Vec<HtmlElement> = self.all("tbody th a");
        let row = target.closest("tr").ok()?;
        let here = row
            .as_ref()
            .and_then(|row| links.iter().position(|link| row.contains(Some(link))));
        match &*key {
            "/" => {
                let search = document().get_element_by_id("find")?;
                search.dyn_into::<HtmlElement>().ok()?.focus().ok()
            }
            "j" | "ArrowDown" => {
                let next = here.map_or(0, |here| here + 1);
                links.get(next)?.focus().ok()
            }
            "k" | "ArrowUp" => links.get(here?.checked_sub(1)?)?.focus().ok(),
            "x" => {
                let tick: HtmlElement = row?
                    .query_selector(".choose input[type=checkbox]")
                    .ok()??
                    .dyn_into()
                    .ok()?;
                tick.click();
                Some(())
            }
            _ => None,
        }
    }

    fn click(self, event: &MouseEvent) {
        let target: Option<HtmlInputElement> =
            event.target().and_then(|target| target.dyn_into().ok());
        let Some(tick) = target.filter(|input| input.type_() == "checkbox") else {
            return;
        };
        let boxes = self.boxes();
        if tick.has_attribute("data-all") {
            for one in &boxes {
                one.set_checked(tick.checked());
            }
        } else if let Some(place) = boxes.iter().position(|one| *one == tick) {
            let last = self.last.get_value().filter(|_| event.shift_key());
            if let Some(last) = last {
                for one in &boxes[last.min(place)..=last.max(place)] {
                    one.set_checked(tick.checked());
                }
            }
            self.last.set_value(Some(place));
        }
        self.recount();
    }

    fn typed(self, _: &web_sys::Event) {
        self.said.set(None);
        self.recount();
    }

    /// Counts what is chosen and what is not saved, and marks it.
    fn recount(self) {
        let chosen = self.boxes().iter().filter(|one| one.checked()).count();
        self.chosen.set(chosen);
        let mut edited = 0;
        for row in self.all::<Element>("tbody tr") {
            let mut is_edited = false;
            for control in controls(&row) {
                let differs = control.is_edited();
                is_edited |= differs;
                let _ = control
                    .element()
                    .class_list()
                    .toggle_with_force("edited", differs);
            }
            let _ = row.class_list().toggle_with_force("edited", is_edited);
            edited += usize::from(is_edited);
        }
        self.edited.set(edited);
    }

    fn words(self) -> AnyView {
        let rows = |count: usize| match count {
            1 => "One row".to_owned(),
            more => format!("{more} rows"),
        };
        if let Some((accepted, words)) = self.said.get() {
            let class = if accepted { "saved" } else { "refused" };
            let lines: Vec<_> = words
                .lines()
                .map(|line| view! { <p class=class>{line.to_owned()}</p> })
                .collect();
            return lines.into_any();
        }
        let (edited, chosen) = (self.edited.get(), self.chosen.get());
        match (edited, chosen) {
            (0, 0) => ().into_any(),
            (0, chosen) => view! { <p>{format!("{} chosen.", rows(chosen))}</p> }.into_any(),
            (edited, _) => view! {
                <p>{format!("{} changed, not saved. Ctrl S saves.", rows(edited))}</p>
            }
            .into_any(),
        }
    }

    fn submit(self, event: &SubmitEvent) {
        let action = event
            .submitter()
            .and_then(|button| button.get_attribute("value"));
        if action.as_deref() != Some("rows") {
            self.ask_for_all(event);
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        let Some(schema) = self.schema else { return };
        let rows: Vec<Json> = self
            .all::<Element>("tbody tr.edited")
            .iter()
            .filter_map(edit_of)
            .collect();
        if rows.is_empty() {
            self.said
                .set(Some((true, "Nothing has changed.".to_owned())));
            return;
        }
        self.said.set(Some((true, "Saving …".to_owned())));
        let body = json!({ "rows": rows }).to_string();
        let table = self;
        spawn_local(SendWrapper::new(async move {
            let answer = request::edit("PATCH", &Edited::Rows(schema).path(), &[], &body).await;
            table.saved(answer);
        }));
    }

    /// An edit of all rows that match is asked about once more.
    fn ask_for_all(self, event: &SubmitEvent) {
        let scope = document().get_element_by_id("bulk-scope");
        let scope = scope.and_then(|scope| scope.dyn_into::<HtmlSelectElement>().ok());
        let is_all = scope.is_some_and(|scope| scope.value() == "all");
        let count = document()
            .get_element_by_id("count")
            .and_then(|count| count.text_content());
        let question = format!("Change {}?", count.unwrap_or_default());
        if is_all && !window().confirm_with_message(&question).unwrap_or(true) {
            event.prevent_default();
            event.stop_propagation();
        } else {
            self.edited.set(0);
        }
    }

    fn saved(self, answer: Option<(u16, Json)>) {
        let outcome = match answer {
            None => (
                false,
                "The server cannot be reached. Nothing was saved.".to_owned(),
            ),
            Some((200, done)) => self.take(&done),
            Some((401, _)) => (
                false,
                "You were logged out. Log in in another tab, and save again.".to_owned(),
            ),
            Some((_, problem)) => {
                let detail = problem["detail"].as_str().unwrap_or("please try again");
                (false, format!("Nothing was saved: {detail}."))
            }
        };
        self.recount();
        self.said.set(Some(outcome));
    }

    /// Shows the rows as they are after the edit, and says which were left alone.
    fn take(self, done: &Json) -> (bool, String) {
        let refused = done["refused"].as_array().cloned().unwrap_or_default();
        for row in self.all::<Element>("tbody tr.edited") {
            let id = id_of(&row);
            let is_refused = refused.iter().any(|row| row["id"].as_i64() == id);
            let now = done["rows"]
                .as_array()
                .and_then(|rows| rows.iter().find(|row| row["id"].as_i64() == id));
            if is_refused {
                continue;
            }
            for control in controls(&row) {
                let shown = now.and_then(|now| now["fields"][&*control.field()].as_str());
                control.agree(shown);
            }
            if let Some(version) = now.and_then(|now| now["version"].as_i64()) {
                set_version(&row, version);
            }
        }
        let edited = done["edited"].as_u64().unwrap_or_default();
        let mut words = match edited {
            1 => "Saved one row.".to_owned(),
            more => format!("Saved {more} rows."),
        };
        for row in &refused {
            let of = |name: &str| row[name].as_str().unwrap_or_default();
            words += &format!("\nNo. {} {} {}.", row["id"], of("title"), of("why"));
        }
        (refused.is_empty(), words)
    }
}

/// A control in a row of the table.
enum Control {
    Input(HtmlInputElement),
    Select(HtmlSelectElement),
}

/// The controls of a row.
fn controls(row: &Element) -> Vec<Control> {
    let Ok(found) = row.query_selector_all(".inline") else {
        return Vec::new();
    };
    let nodes = (0..found.length()).filter_map(|place| found.item(place));
    let controls = nodes.filter_map(|node| match node.dyn_into::<HtmlInputElement>() {
        Ok(input) => Some(Control::Input(input)),
        Err(node) => node
            .dyn_into::<HtmlSelectElement>()
            .ok()
            .map(Control::Select),
    });
    controls.collect()
}

impl Control {
    fn element(&self) -> &Element {
        match self {
            Self::Input(input) => input,
            Self::Select(select) => select,
        }
    }

    /// The path of its field: what its name, `set.42.price`, ends in.
    fn field(&self) -> String {
        let name = self.element().get_attribute("name").unwrap_or_default();
        name.splitn(3, '.').nth(2).unwrap_or_default().to_owned()
    }

    fn value(&self) -> String {
        match self {
            Self::Input(input) => input.value(),
            Self::Select(select) => select.value(),
        }
    }

    /// What it showed when the page came, or after it was saved.
    fn stored(&self) -> String {
        match self {
            Self::Input(input) => input.default_value(),
            Self::Select(select) => {
                if let Some(saved) = select.get_attribute("data-saved") {
                    return saved;
                }
                let chosen = select.query_selector("option[selected]").ok().flatten();
                chosen
                    .and_then(|option| option.get_attribute("value"))
                    .unwrap_or_default()
            }
        }
    }

    fn is_edited(&self) -> bool {
        self.value() != self.stored()
    }

    /// What it shows is what is stored, or this is.
    fn agree(&self, shown: Option<&str>) {
        match self {
            Self::Input(input) => {
                let value = match shown {
                    Some(shown) if input.has_attribute("data-money") => dollars(shown),
                    Some(shown) => shown.to_owned(),
                    None => input.value(),
                };
                input.set_default_value(&value);
                input.set_value(&value);
            }
            Self::Select(select) => {
                // The page does not refuse what was done to it.
                let _ = select.set_attribute("data-saved", &select.value());
            }
        }
    }
}

/// The edit of a row: its id, the version that was read, and the values that were changed.
fn edit_of(row: &Element) -> Option<Json> {
    let edited = controls(row).into_iter().filter(Control::is_edited);
    let fields: Map<String, Json> = edited
        .map(|control| (control.field(), control.value().into()))
        .collect();
    let version: i64 = version_input(row)?.value().parse().ok()?;
    Some(json!({ "id": id_of(row)?, "version": version, "fields": fields }))
}

fn version_input(row: &Element) -> Option<HtmlInputElement> {
    row.query_selector("input[name^='version.']")
        .ok()??
        .dyn_into()
        .ok()
}

fn id_of(row: &Element) -> Option<i64> {
    let name = version_input(row)?.name();
    name.strip_prefix("version.")?.parse().ok()
}

fn set_version(row: &Element, version: i64) {
    if let Some(input) = version_input(row) {
        input.set_value(&version.to_string());
    }
    let tick = row
        .query_selector(".choose input[type=checkbox]")
        .ok()
        .flatten();
    if let Some(tick) = tick.and_then(|tick| tick.dyn_into::<HtmlInputElement>().ok()) {
        tick.set_value(&version.to_string());
    }
}
