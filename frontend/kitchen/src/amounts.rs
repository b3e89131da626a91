//! Amounts for another number of people, without a request.
//!
//! The form says which recipe it is and for how many it was written, each ingredient its line as it
//! was written, and the field's initial value for how many amounts are shown. Whatever is wrong with
//! these is left to the form and its links, which the server answers.

use site::Servings;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlFormElement, HtmlInputElement};

use crate::page;

/// A recipe on the page, and for how many people its amounts are shown.
struct Recipe {
    id: i64,
    servings: Servings,
    field: HtmlInputElement,
}

/// Shows a page that has arrived for as many people as were chosen since it was requested.
pub(crate) fn arrived() {
    if let Some(recipe) = Recipe::on_page() {
        recipe.show();
    }
}

/// Follows a link to fewer or more people.
pub(crate) fn clicked(target: &Element) -> Option<()> {
    let link = target.closest(".servings a[href]").ok()??;
    let recipe = Recipe::on_page()?;
    let servings = match &*link.id() {
        "fewer" => recipe.servings.fewer()?,
        _ => recipe.servings.more()?,
    };
    recipe.choose(servings);
    Some(())
}

/// A number is wanted as soon as it has been typed. The form says if it is none.
pub(crate) fn changed(event: &Event) {
    let field = event.target().and_then(|it| it.dyn_into().ok());
    let field = field.filter(|it: &HtmlInputElement| it.id() == "servings");
    if let Some(form) = field.and_then(|field| field.form()) {
        // It can be refused only for a button of another form.
        let _ = form.request_submit();
    }
}

/// Answers the form.
pub(crate) fn submitted(event: &Event) {
    let form = event.target().and_then(|it| it.dyn_into().ok());
    let form = form.filter(|it: &HtmlFormElement| it.class_name() == "servings");
    let chosen = form.and_then(|_| {
        let recipe = Recipe::on_page()?;
        let wanted = match &*recipe.field.value() {
            "" => recipe.servings.written(),
            typed => typed.parse().ok()?,
        };
        Some((recipe.servings.with(wanted)?, recipe))
    });
    if let Some((servings, recipe)) = chosen {
        event.prevent_default();
        recipe.choose(servings);
    }
}

impl Recipe {
    fn on_page() -> Option<Self> {
        let field: HtmlInputElement = page::element("servings")?.dyn_into().ok()?;
        let form = field.form()?;
        let written = form.get_attribute("data-written")?.parse().ok()?;
        let shown = field.default_value().parse().ok()?;
        Some(Self {
            id: form.get_attribute("data-recipe")?.parse().ok()?,
            servings: Servings::of(written, None).with(shown)?,
            field,
        })
    }

    /// Shows amounts for others, as a reader wants, and makes the address say so.
    fn choose(mut self, servings: Servings) {
        self.servings = servings;
        self.show();
        self.field.set_value(&servings.shown().to_string());
        let form = self.field.form();
        if let Some(said) = form.and_then(|form| page::within(&form, "output")) {
            page::write(&said, &servings.announcement());
        }
        page::replace_address(&servings.url(self.id, false));
    }

    /// Makes everything that depends on the number of people show it; what has been typed stays.
    fn show(&self) -> Option<()> {
        let servings = self.servings;
        self.field.set_default_value(&servings.shown().to_string());
        self.link("fewer", servings.fewer());
        self.link("more", servings.more());
        let cook = page::element("cook")?;
        page::set(&cook, "href", Some(&servings.url(self.id, true)));
        let lines = page::document()?.query_selector_all("[data-line]").ok()?;
        for line in (0..lines.length()).filter_map(|place| lines.item(place)) {
            scale(line.unchecked_ref(), servings);
        }
        Some(())
    }

    /// Makes a link lead to the recipe for others, or nowhere at the end of the range.
    fn link(&self, id: &str, to: Option<Servings>) -> Option<()> {
        let link = page::element(id)?;
        let address = to.map(|to| to.url(self.id, false));
        let is_end = address.is_none();
        page::set(&link, "href", address.as_deref());
        page::set(&link, "role", is_end.then_some("link"));
        page::set(&link, "aria-disabled", is_end.then_some("true"));
        // A link that leads nowhere cannot have the focus.
        if is_end && page::document()?.active_element()? == *link {
            self.field.focus().ok()?;
        }
        Some(())
    }
}

/// Scales a line of the ingredients.
fn scale(line: &Element, servings: Servings) -> Option<()> {
    let written = line.get_attribute("data-line")?;
    let amount = servings.amount(&written);
    page::write(&*page::within(line, ".measure")?, &amount.measure());
    page::write(&*page::within(line, ".name")?, &amount.name());
    Some(())
}
