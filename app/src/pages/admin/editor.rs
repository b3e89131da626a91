//! The form of one row, generated from its catalogue's declaration.

use catalogue::{Catalogue, Edit, Field, LoggedEdit, normalizer::Schema};
use http::StatusCode;
use leptos::prelude::*;
use serde_json::Value as Json;
use site::{Admin, links};

use super::{Editor, admin_page, desk_of, history, input, input::FieldInput, words_of};
use crate::{
    Flash, Request,
    components::{Icon, failure},
    desk::{Desk, HistoryAddress, RowToEdit},
    islands::RowForm,
    reply, text,
    visitor::Differs,
};

/// The form of a row that is there.
pub(crate) fn editor(request: &Request, schema: &'static Schema, id: i64) -> AnyView {
    form(request, schema, Some(id))
}

/// The form of a new row.
pub(crate) fn new(request: &Request, schema: &'static Schema) -> AnyView {
    form(request, schema, None)
}

fn form(request: &Request, schema: &'static Schema, id: Option<i64>) -> AnyView {
    let (editor, desk) = match desk_of(request) {
        Ok(found) => found,
        Err(answer) => return answer,
    };
    let Some(catalogue) = catalogue::edited_by_name(schema.catalogue) else {
        return ().into_any();
    };
    match &*desk {
        Ok(Desk::Row(row)) => {
            if editor.flash.as_ref().is_some_and(|flash| !flash.accepted) && id.is_none() {
                reply::status(StatusCode::BAD_REQUEST);
            }
            Form {
                catalogue,
                id,
                row,
                editor: &editor,
            }
            .page(request)
        }
        Ok(_) => ().into_any(),
        Err(fault) => failure(request, fault),
    }
}

/// The form of a row.
struct Form<'a> {
    catalogue: &'static Catalogue,
    /// Its id, if it is there.
    id: Option<i64>,
    row: &'a RowToEdit,
    editor: &'a Editor,
}

impl Form<'_> {
    fn page(&self, request: &Request) -> AnyView {
        let Self {
            catalogue,
            id,
            row,
            editor,
        } = *self;
        let schema = catalogue.schema;
        let words = words_of(catalogue);
        let title = match id {
            Some(_) => catalogue.title(&row.row),
            None => format!("New {}", words.one),
        };
        let is_draft = catalogue.is_draft(&row.row);
        let page = id.filter(|_| !is_draft && catalogue::schema(schema.catalogue).is_some());
        let page = page.map(|id| {
            view! {
                <a href=links::object(schema, id)>
                    "See the page"
                    <Icon name="arrow-right" />
                </a>
            }
        });
        let address = match id {
            Some(id) => Admin::Row { schema, id },
            None => Admin::New(schema),
        };
        let edits = (!row.edits.is_empty()).then(|| self.edits(&row.edits));
        let form = view! {
            // What is wrong is said by the fields, of all of them at once.
            <form class="form editor" method="post" action=address.path() novalidate="">
                <input r#type="hidden" name="csrf_token" value=editor.csrf_token.clone() />
                {id
                    .is_some()
                    .then(|| {
                        let version = row.row["version"].to_string();
                        view! { <input r#type="hidden" name="version" value=version /> }
                    })}
                {row
                    .idempotency_key
                    .clone()
                    .map(|key| {
                        view! { <input r#type="hidden" name="idempotency_key" value=key /> }
                    })}
                {self.inputs()}
                {self.foot()}
            </form>
        }
        .into_any();
        let main = view! {
            <div class="section-head">
                <h1>{title.clone()}</h1>
                {id.is_some().then(|| self.state())}
                {page}
            </div>
            <RowForm
                catalogue=schema.catalogue.to_owned()
                id=id.unwrap_or_default()
                row=row.row.to_string()
            >
                {form}
            </RowForm>
            {edits}
            {id.is_some().then(|| self.facts())}
            {id.map(|id| self.removal(id))}
        };
        admin_page(request, editor, &title, main)
    }

    /// What was typed into the form, if it was refused.
    fn refused(&self) -> Option<&Flash> {
        self.editor.flash.as_ref().filter(|flash| !flash.accepted)
    }

    /// The controls, those of a group together.
    fn inputs(&self) -> AnyView {
        let fields = self.catalogue.fields.iter();
        let fields = fields.filter_map(|field| Some((field, field.edit?)));
        let (grouped, plain): (Vec<_>, Vec<_>) = fields.partition(|(field, rule)| {
            field.path.contains('.') && !matches!(rule, Edit::Reference(_))
        });
        let plain: Vec<_> = plain
            .into_iter()
            .map(|(field, rule)| self.input(field, rule))
            .collect();
        let mut groups: Vec<(&str, Vec<AnyView>)> = Vec::new();
        for (field, rule) in grouped {
            let name = field.path.split('.').next().unwrap_or_default();
            let input = self.input(field, rule);
            match groups.last_mut() {
                Some((last, inputs)) if *last == name => inputs.push(input),
                _ => groups.push((name, vec![input])),
            }
        }
        let groups = groups.into_iter().map(|(name, inputs)| {
            view! {
                <fieldset class="group">
                    <legend>{text::label(name)}</legend>
                    <div class="inputs">{inputs}</div>
                </fieldset>
            }
        });
        view! {
            <div class="inputs">{plain}</div>
            {groups.collect_view()}
        }
        .into_any()
    }

    fn input(&self, field: &'static Field, rule: Edit) -> AnyView {
        let stored = field.shown(field.of(&self.row.row));
        // After a rejected form the typed values are shown again, so that nothing is lost.
        let refused = self.refused();
        let of = |pairs: &[(String, String)]| {
            let mut pairs = pairs.iter();
            pairs
                .find(|(name, _)| name == field.path)
                .map(|(_, value)| value.clone())
        };
        let typed = refused.and_then(|flash| of(&flash.values));
        let error = refused.and_then(|flash| of(&flash.errors));
        let differs = refused.filter(|_| self.id.is_some()).and_then(|flash| {
            let typed = typed.as_ref()?.trim().replace("\r\n", "\n");
            // Where it is not known what the form began with, every difference is one to look at.
            let base = flash.bases.as_ref().and_then(|bases| of(bases));
            let is_theirs = base
                .as_ref()
                .is_none_or(|base| base.trim() != stored.trim());
            (is_theirs && typed != stored.trim()).then(|| Differs {
                theirs: stored.clone(),
                base,
            })
        });
        let value = typed.unwrap_or(stored);
        let names = match rule {
            Edit::Reference(table) => input::names_of(table, &self.row.choices),
            _ => None,
        };
        let names = names.map(<[_]>::to_vec);
        let names_row =
            self.catalogue.named.contains(&field.path) && self.catalogue.named.len() == 1;
        view! { <FieldInput field rule value names error differs names_row /> }.into_any()
    }

    /// Whether readers see the row.
    fn state(&self) -> AnyView {
        let Some((column, _)) = self.catalogue.draft else {
            return ().into_any();
        };
        let mut fields = self.catalogue.fields.iter();
        let field = fields.find(|field| field.column == column);
        let state = field.map(|field| field.shown(field.of(&self.row.row)));
        let state = state.unwrap_or_default();
        view! { <span class=format!("badge {state}")>{text::label(&state)}</span> }.into_any()
    }

    fn foot(&self) -> AnyView {
        let catalogue = self.catalogue;
        let is_draft = catalogue.is_draft(&self.row.row);
        let has_drafts = catalogue.draft.is_some();
        let is_withdrawn = catalogue
            .withdrawn
            .is_some_and(|(name, value)| self.row.row[name] == value);
        let save = match (self.id, has_drafts) {
            (None, true) => "Save as a draft",
            (None, false) => "Create",
            (Some(_), _) if is_draft => "Save the draft",
            (Some(_), _) => "Save changes",
        };
        let action = |value: &'static str, label: &'static str| {
            view! {
                <button class="button quiet" r#type="submit" name="do" value=value>{label}</button>
            }
        };
        let publish = (has_drafts && (is_draft || is_withdrawn || self.id.is_none()))
            .then(|| action("publish", "Publish"));
        let withdraw = (has_drafts && self.id.is_some() && !is_draft && !is_withdrawn)
            .then(|| action("withdraw", "Withdraw"));
        let touches = self.row.touches.map(|touched| {
            let said = match touched {
                0 => "No cached answer shows this now.".to_owned(),
                touched => {
                    let count = touched as u64;
                    let answers = text::counted(count, "cached answer", "cached answers");
                    format!("Saving touches {answers}.")
                }
            };
            view! { <p class="muted touches" id="touches">{said}</p> }
        });
        view! {
            <div class="form-foot">
                <button class="button" r#type="submit" name="do" value="save">{save}</button>
                {publish}
                {withdraw}
                <a class="button quiet" href=Admin::Rows(catalogue.schema).path()>
                    "Back to the list"
                </a>
                {touches}
            </div>
        }
        .into_any()
    }

    /// The last edits of the row.
    fn edits(&self, edits: &[LoggedEdit]) -> AnyView {
        let list = edits.iter().map(|edit| {
            view! { <li>{history::one(self.editor, edit)}</li> }
        });
        let list: Vec<_> = list.collect();
        let all = self
            .id
            .map(|id| HistoryAddress::of_row(self.catalogue.schema, id).to_string());
        view! {
            <section aria-labelledby="edits">
                <h2 id="edits">"Edited lately"</h2>
                <ol class="edits">{list}</ol>
                {all
                    .map(|address| {
                        view! {
                            <a class="more" href=address>
                                "The whole history"
                                <Icon name="arrow-right" />
                            </a>
                        }
                    })}
            </section>
        }
        .into_any()
    }

    /// What follows from other rows, or from what happens.
    fn facts(&self) -> AnyView {
        let others = self.catalogue.fields.iter();
        let others = others.filter(|field| field.edit.is_none());
        let facts = others.map(|field| {
            view! {
                <div>
                    <dt>{input::heading(field)}</dt>
                    <dd>{input::shown(field, &self.row.row, &self.row.choices)}</dd>
                </div>
            }
        });
        view! {
            <section aria-labelledby="facts">
                <h2 id="facts">"Details"</h2>
                <dl class="fixed">{facts.collect_view()}</dl>
                {self.links()}
            </section>
        }
        .into_any()
    }

    /// Links to the rows that this one embeds.
    fn links(&self) -> AnyView {
        let links = self.catalogue.fields.iter().filter_map(|field| {
            let Edit::Reference(table) = field.edit? else {
                return None;
            };
            let other = catalogue::edited_by_name(table)?;
            let (schema, id) = (other.schema, field.of(&self.row.row).as_i64()?);
            let label = format!("Edit the {}", other.singular);
            Some(view! {
                <li>
                    <a href=Admin::Row { schema, id }.path()>{label}</a>
                </li>
            })
        });
        let links: Vec<_> = links.collect();
        view! { <ul class="brief">{links}</ul> }.into_any()
    }

    /// Copying and removing the row.
    fn removal(&self, id: i64) -> AnyView {
        let schema = self.catalogue.schema;
        let one = words_of(self.catalogue).one;
        let copy = format!("{}?like={id}", Admin::New(schema).path());
        let row: &Json = &self.row.row;
        view! {
            <section class="removal" aria-labelledby="more">
                <h2 id="more">"More"</h2>
                <div class="form-foot">
                    <a class="button quiet" href=copy>
                        <Icon name="copy" />
                        {format!("Duplicate this {one}")}
                    </a>
                    <details class="fold">
                        <summary>{format!("Delete this {one} …")}</summary>
                        <form method="post" action=Admin::Row { schema, id }.path()>
                            <input
                                r#type="hidden"
                                name="csrf_token"
                                value=self.editor.csrf_token.clone()
                            />
                            <input
                                r#type="hidden"
                                name="version"
                                value=row["version"].to_string()
                            />
                            <p>"It is gone for readers at once. The history can bring it back."</p>
                            <button class="button danger" r#type="submit" name="do" value="delete">
                                "Delete"
                            </button>
                        </form>
                    </details>
                </div>
            </section>
        }
        .into_any()
    }
}
