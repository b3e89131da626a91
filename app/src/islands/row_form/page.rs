//! The controls of a form on the page, and what stands by them.

use catalogue::Catalogue;
use leptos::{
    prelude::{document, window},
    wasm_bindgen::{JsCast, closure::Closure},
};
use web_sys::{
    AddEventListenerOptions, Element, Event, HtmlElement, HtmlFormElement, HtmlInputElement,
    HtmlSelectElement, HtmlTextAreaElement,
};

/// The controls of a form.
pub(super) struct Fields {
    form: HtmlFormElement,
    catalogue: &'static Catalogue,
}

impl Fields {
    /// Those of the form in an element.
    pub(super) fn of(inside: &HtmlElement, catalogue: &'static Catalogue) -> Option<Self> {
        let form = inside.query_selector("form.editor").ok()??;
        let form = form.dyn_into().ok()?;
        Some(Self { form, catalogue })
    }

    /// The fields that have a control.
    pub(super) fn paths(&self) -> Vec<&'static str> {
        let fields = self.catalogue.fields.iter();
        let paths = fields.filter(|field| field.edit.is_some());
        paths
            .map(|field| field.path)
            .filter(|path| self.control(path).is_some())
            .collect()
    }

    /// What the controls show.
    pub(super) fn typed(&self) -> Vec<(&'static str, String)> {
        let paths = self.paths().into_iter();
        paths
            .filter_map(|path| Some((path, self.value(path)?)))
            .collect()
    }

    fn control(&self, path: &str) -> Option<Element> {
        let control = document().get_element_by_id(&format!("field-{path}"))?;
        self.form.contains(Some(&control)).then_some(control)
    }

    /// What the control of a field shows.
    pub(super) fn value(&self, path: &str) -> Option<String> {
        let control = self.control(path)?;
        if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
            return Some(input.value());
        }
        if let Some(select) = control.dyn_ref::<HtmlSelectElement>() {
            return Some(select.value());
        }
        let area = control.dyn_ref::<HtmlTextAreaElement>();
        area.map(HtmlTextAreaElement::value)
    }

    /// Shows a value in the control of a field.
    pub(super) fn set(&self, path: &str, value: &str) {
        let Some(control) = self.control(path) else {
            return;
        };
        if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
            input.set_value(value);
        } else if let Some(select) = control.dyn_ref::<HtmlSelectElement>() {
            select.set_value(value);
        } else if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
            area.set_value(value);
        }
    }

    /// The element around a control.
    fn around(&self, path: &str) -> Option<Element> {
        self.control(path)?.closest(".field").ok()?
    }

    /// Says what is wrong with a field, or that nothing is.
    pub(super) fn complain(&self, path: &str, error: Option<&str>) {
        let (Some(control), Some(around)) = (self.control(path), self.around(path)) else {
            return;
        };
        let id = format!("field-{path}-error");
        let there = document().get_element_by_id(&id);
        // The page does not refuse what was done to it.
        let _ = match (error, there) {
            (None, there) => {
                if let Some(there) = there {
                    there.remove();
                }
                control
                    .remove_attribute("aria-describedby")
                    .and_then(|()| control.remove_attribute("aria-invalid"))
            }
            (Some(error), there) => {
                let message = there.or_else(|| {
                    let message = document().create_element("p").ok()?;
                    message.set_id(&id);
                    message.set_class_name("field-error");
                    around.append_child(&message).ok()?;
                    Some(message)
                });
                if let Some(message) = message {
                    message.set_text_content(Some(error));
                }
                control
                    .set_attribute("aria-invalid", "true")
                    .and_then(|()| control.set_attribute("aria-describedby", &id))
            }
        };
    }

    /// Shows what others have set a field to, with a button that takes it.
    pub(super) fn differ(&self, path: &str, theirs: &str, base: Option<&str>) {
        self.agree(path);
        let shown = || {
            let around = self.around(path)?;
            let create = |name: &str| document().create_element(name).ok();
            let (difference, text, button) = (create("div")?, create("p")?, create("button")?);
            difference.set_class_name("differs");
            difference.set_id(&format!("field-{path}-differs"));
            let said = |value: &str| match value.trim() {
                "" => "nothing".to_owned(),
                value => value.chars().take(200).collect(),
            };
            let base = base.map(|base| format!("It was “{}”. ", said(base)));
            let words = format!("{}Stored now: {}", base.unwrap_or_default(), said(theirs));
            text.set_text_content(Some(&words));
            button.set_text_content(Some("Take theirs"));
            button.set_class_name("button quiet");
            button.set_attribute("type", "button").ok()?;
            button.set_attribute("data-take", path).ok()?;
            difference.append_child(&text).ok()?;
            difference.append_child(&button).ok()?;
            around.append_child(&difference).ok()
        };
        let _ = shown();
    }

    /// Removes what says that others have set a field.
    pub(super) fn agree(&self, path: &str) {
        if let Some(there) = document().get_element_by_id(&format!("field-{path}-differs")) {
            there.remove();
        }
    }

    /// Draws attention to a field that has just followed what others have set.
    pub(super) fn flash(&self, path: &str) {
        if let Some(around) = self.around(path) {
            let _ = around.class_list().add_1("followed");
        }
    }

    /// Says how many answers saving would touch.
    pub(super) fn say_touched(&self, touched: u64) {
        let Some(place) = document().get_element_by_id("touches") else {
            return;
        };
        let text = match touched {
            0 => "Saving touches no cached answer.".to_owned(),
            1 => "Saving touches one cached answer.".to_owned(),
            more => format!("Saving touches {more} cached answers."),
        };
        place.set_text_content(Some(&text));
    }

    /// Moves the focus to the first field with an error.
    pub(super) fn show_first_error(&self) {
        let wrong = self.form.query_selector("[aria-invalid]").ok().flatten();
        if let Some(wrong) = wrong.and_then(|wrong| wrong.dyn_into::<HtmlElement>().ok()) {
            let _ = wrong.focus();
        }
    }

    /// Presses the button that saves.
    pub(super) fn press_save(&self) {
        let button = self
            .form
            .query_selector("button[value=save]")
            .ok()
            .flatten();
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            button.click();
        }
    }
}

/// Listens for clicks on links before anything else does; stops as soon as it is dropped.
pub(super) struct BeforeLinks(Closure<dyn Fn(Event)>);

/// Asks before a link is followed; `false` stays on the page.
pub(super) fn before_links(may: impl Fn() -> bool + 'static) -> Option<BeforeLinks> {
    let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let target: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
        let link = target.and_then(|target| target.closest("a[href]").ok()?);
        let Some(address) = link.and_then(|link| link.get_attribute("href")) else {
            return;
        };
        if !address.starts_with('#') && !may() {
            event.prevent_default();
            event.stop_immediate_propagation();
        }
    });
    let options = AddEventListenerOptions::new();
    options.set_capture(true);
    window()
        .add_event_listener_with_callback_and_add_event_listener_options(
            "click",
            listener.as_ref().unchecked_ref(),
            &options,
        )
        .ok()?;
    Some(BeforeLinks(listener))
}

impl Drop for BeforeLinks {
    fn drop(&mut self) {
        let _ = window().remove_event_listener_with_callback_and_bool(
            "click",
            self.0.as_ref().unchecked_ref(),
            true,
        );
    }
}

/// Asks whether to leave unsaved changes behind.
pub(super) fn may_leave() -> bool {
    let question = "You have unsaved changes. They stay in this browser until you come to this form again. Leave it?";
    window().confirm_with_message(question).unwrap_or(true)
}

/// Loads the page anew.
pub(super) fn reload() {
    let _ = window().location().reload();
}
