//! The inspector: how a URL becomes its key, and what the tiers hold under it.

use leptos::prelude::*;
use leptos_cached::Fault;
use site::Admin;

use super::{Editor, admin_page, editor_of, notice};
use crate::{
    Insight, Request,
    components::{Icon, failure},
    inspection::{Explained, Finding, Held, HeldAnswer, LastMiss, Report, Statement, parted},
    reply, text,
};

/// The inspector: a form for one URL or two, and what this node finds out about them.
pub(crate) fn cache(request: Request) -> AnyView {
    let editor = match editor_of(&request) {
        Ok(editor) => editor,
        Err(answer) => return answer,
    };
    let Some(Insight::Report(looked)) = &editor.insight else {
        return failure(&request, &Fault::Unavailable);
    };
    let (shown, urls) = match &**looked {
        Ok(report) => (
            show(&editor, report).into_any(),
            report
                .findings
                .iter()
                .map(|finding| finding.explained.url.clone())
                .collect(),
        ),
        Err(fault) => {
            let sentence = match fault {
                Fault::Parameters(rejection) => rejection.to_string(),
                Fault::NotFound => "This is not the address of an answer. Try a list, such as \
                                    /properties?city=austin, or a row, such as /properties/7."
                    .to_owned(),
                Fault::Forbidden => "Only an administrator may see statements.".to_owned(),
                Fault::Busy => {
                    "Somebody else is waiting for plans. Please try again in a moment.".to_owned()
                }
                _ => return failure(&request, fault),
            };
            reply::failed(fault);
            (notice(false, &sentence).into_any(), Vec::new())
        }
    };
    let main = view! {
        <div class="section-head">
            <h1>"Cache"</h1>
            <p class="muted">
                "What this node knows about an address, and why. The same in a terminal: "
                <code>"hearth why URL"</code>
            </p>
        </div>
        {form(&urls)}
        {shown}
    };
    admin_page(&request, &editor, "Cache", main)
}

fn form(urls: &[String]) -> impl IntoView + use<> {
    let url = |place: usize| urls.get(place).cloned().unwrap_or_default();
    view! {
        <form class="inspect" method="get" action=Admin::Cache.path()>
            <div class="field">
                <label for="url">"Address"</label>
                <input
                    r#type="text"
                    id="url"
                    name="url"
                    value=url(0)
                    placeholder="/properties?city=Austin&page=1"
                    spellcheck="false"
                    autocapitalize="none"
                    required
                />
            </div>
            <div class="field">
                <label for="other">"Another one, to compare"</label>
                <input
                    r#type="text"
                    id="other"
                    name="other"
                    value=url(1)
                    spellcheck="false"
                    autocapitalize="none"
                />
            </div>
            <button class="button" r#type="submit">
                <Icon name="search" />
                "Inspect"
            </button>
        </form>
    }
}

fn show(editor: &Editor, report: &Report) -> AnyView {
    let compared = match &*report.findings {
        [] => {
            return view! {
                <p class="muted">
                    "Type an address of this site, as a reader or a program might send it: you will see which rules \
                     make it canonical, what each tier holds under its key, and why its last answer was no hit."
                </p>
            }
            .into_any();
        }
        [one, other] => Some(compare(&one.explained, &other.explained)),
        _ => None,
    };
    let node = format!("This node {}.", report.node());
    let findings = report.findings.iter().enumerate();
    let findings = findings
        .map(|(place, finding)| one(editor, place, finding))
        .collect_view();
    view! {
        {compared}
        <div class="findings" data-two=(report.findings.len() > 1).then_some("")>
            {findings}
        </div>
        <p class="muted">{node}</p>
    }
    .into_any()
}

/// Where the keys of two URLs part.
fn compare(one: &Explained, other: &Explained) -> AnyView {
    let (Some(a), Some(b)) = (&one.key, &other.key) else {
        return view! {
            <p class="notice">"At least one of the two has no key, so they share no answer."</p>
        }
        .into_any();
    };
    if a == b {
        return notice(true, "The same key: the two addresses share one answer.").into_any();
    }
    let line = |key: &str, other: &str| {
        let parts = parted(key, other).into_iter().map(|(part, is_shared)| {
            let part = part.to_owned();
            match is_shared {
                true => part.into_any(),
                false => view! { <mark>{part}</mark> }.into_any(),
            }
        });
        view! { <code class="key">{parts.collect_view()}</code> }
    };
    view! {
        <section class="parted" aria-labelledby="parted">
            <h2 id="parted">"Different keys"</h2>
            <p class="muted">"What only one of them has is marked."</p>
            {line(a, b)}
            {line(b, a)}
        </section>
    }
    .into_any()
}

fn one(editor: &Editor, place: usize, finding: &Finding) -> impl IntoView + use<> {
    let explained = &finding.explained;
    let id = format!("finding-{place}");
    let name = id.clone();
    let is_known = explained.canonical.is_some();
    let is_stored = explained.key.is_some();
    view! {
        <article class="finding" aria-labelledby=name>
            <h2 id=id><code>{explained.url.clone()}</code></h2>
            {rules(explained)}
            {is_known.then(|| held(&finding.tiers))}
            {is_known.then(|| last_miss(finding.last_miss.as_ref()))}
            {is_stored.then(|| spellings(finding))}
            {touched_by(&finding.touched_by)}
            {(!finding.statements.is_empty()).then(|| statements(&finding.statements))}
            {is_known.then(|| actions(editor, finding, is_stored))}
        </article>
    }
}

/// Which rules fired, and what came of it.
fn rules(explained: &Explained) -> impl IntoView + use<> {
    let steps = explained.steps.iter().map(|step| {
        let after = match &*step.after {
            "" => view! { <em>"dropped"</em> }.into_any(),
            after => view! { <code>{after.to_owned()}</code> }.into_any(),
        };
        view! {
            <tr>
                <td>{format!("{} {}", step.number, step.rule)}</td>
                <td><code>{step.parameter.clone()}</code></td>
                <td><code>{step.before.clone()}</code></td>
                <td>{after}</td>
            </tr>
        }
    });
    let label = format!("Rules for {}", explained.url);
    let table = match explained.steps.is_empty() {
        true => {
            view! { <p class="muted">"No rule changed it: it is canonical as it was given."</p> }
                .into_any()
        }
        false => view! {
            <div class="table" tabindex="0" role="region" aria-label=label>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Rule"</th>
                            <th scope="col">"Parameter"</th>
                            <th scope="col">"Before"</th>
                            <th scope="col">"After"</th>
                        </tr>
                    </thead>
                    <tbody>{steps.collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any(),
    };
    let errors = explained.errors.iter().map(|error| {
        view! {
            <li class="field-error">{error.to_string()}</li>
        }
    });
    let key = explained.key_or_why().to_owned();
    let canonical = explained.canonical.clone().map(|canonical| {
        view! {
            <dt>"Canonical"</dt>
            <dd><code class="key">{canonical}</code></dd>
        }
    });
    view! {
        <section>
            <h3>"From the address to the key"</h3>
            {table}
            <ul>{errors.collect_view()}</ul>
            <dl class="facts">
                {canonical}
                <dt>"Key"</dt>
                <dd><code class="key">{key}</code></dd>
            </dl>
        </section>
    }
}

/// What each tier holds.
fn held(tiers: &[Held]) -> impl IntoView + use<> {
    let tiers = tiers.iter().map(|tier| {
        let (state, word) = match (&tier.answer, &tier.why) {
            (Some(_), None) => ("valid", "valid"),
            (Some(_), Some(_)) => ("stale", "not valid"),
            (None, _) => ("absent", "nothing"),
        };
        let why = tier.why.as_ref().map(|why| {
            let because = tier.because.clone().unwrap_or_default();
            view! {
                <p>
                    <strong>{why.words()}</strong>
                    {format!(": {because}.")}
                </p>
            }
        });
        view! {
            <li class="held" data-state=state>
                <h4>{text::label(&tier.tier)} <span class="held-state">{word}</span></h4>
                {why}
                {tier.answer.as_ref().map(answer)}
            </li>
        }
    });
    view! {
        <section>
            <h3>"What the tiers hold"</h3>
            <ul class="tiers">{tiers.collect_view()}</ul>
        </section>
    }
}

fn answer(answer: &HeldAnswer) -> impl IntoView + use<> {
    let facts = answer.facts().into_iter().map(|(name, value)| {
        view! {
            <dt>{name}</dt>
            <dd>{value}</dd>
        }
    });
    view! { <dl class="facts">{facts.collect_view()}</dl> }
}

fn last_miss(miss: Option<&LastMiss>) -> impl IntoView + use<> {
    let none = "None is on record: this node has answered it from memory, or never.";
    let (words, class) = match miss {
        None => (none.to_owned(), Some("muted")),
        Some(miss) => (miss.words(), None),
    };
    view! {
        <section>
            <h3>"The last miss"</h3>
            <p class=class>{words}</p>
        </section>
    }
}

fn spellings(finding: &Finding) -> impl IntoView + use<> {
    let rows = finding.spellings.iter().map(|spelling| {
        view! {
            <li>
                <code>{spelling.url.clone()}</code>
                <span class="muted">{text::counted(spelling.answers, "answer", "answers")}</span>
            </li>
        }
    });
    view! {
        <section>
            <h3>"Spellings besides the canonical one"</h3>
            <p class="muted">{text::sentence(&finding.collapsed())}</p>
            <ul class="spellings">{rows.collect_view()}</ul>
        </section>
    }
}

fn touched_by(sentences: &[String]) -> impl IntoView + use<> {
    (!sentences.is_empty()).then(|| {
        let sentences = sentences
            .iter()
            .cloned()
            .map(|sentence| view! { <li>{sentence}</li> });
        view! {
            <section>
                <h3>"What would touch it"</h3>
                <ul class="plain">{sentences.collect_view()}</ul>
            </section>
        }
    })
}

fn statements(statements: &[Statement]) -> impl IntoView + use<> {
    let shown = statements.iter().map(|statement| {
        view! {
            <li>
                <pre tabindex="0"><code>{statement.sql.clone()}</code></pre>
                <p class="muted">{statement.cost()}</p>
                <pre tabindex="0"><code>{statement.plan.join("\n")}</code></pre>
            </li>
        }
    });
    view! {
        <section>
            <h3>"The statements of its load"</h3>
            <ol class="statements">{shown.collect_view()}</ol>
        </section>
    }
}

/// What can be done with the entry.
fn actions(editor: &Editor, finding: &Finding, is_stored: bool) -> impl IntoView + use<> {
    let url = &*finding.explained.url;
    let offers_statements = editor.is_admin && finding.statements.is_empty();
    let sql = offers_statements.then(|| {
        let address = format!("{}&sql=1", Admin::inspect(url));
        view! { <a class="button quiet" href=address>"Show its statements"</a> }
    });
    let buttons = is_stored.then(|| {
        view! {
            <button class="button quiet" name="action" value="warm">"Warm"</button>
            <button class="button quiet" name="action" value="refresh">"Refresh"</button>
            <button class="button quiet" name="action" value="drop">"Drop"</button>
        }
    });
    view! {
        <form class="form-foot" method="post" action=Admin::Cache.path()>
            <input r#type="hidden" name="csrf_token" value=editor.csrf_token.clone() />
            <input r#type="hidden" name="url" value=url.to_owned() />
            {buttons}
            {sql}
        </form>
    }
}
