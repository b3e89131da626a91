//! The example, by requests.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use axum::{
    body::{Body, to_bytes},
    http::{Request, StatusCode},
};
use normalizer_alone::{Answers, app};
use tower::ServiceExt;

/// The status, the canonical link and the body of the response to a query.
async fn get(answers: &Answers, query: &str) -> (StatusCode, String, String) {
    let request = Request::get(format!("/recipes?{query}"));
    let request = request.body(Body::empty()).unwrap();
    let response = app(answers.clone()).oneshot(request).await.unwrap();
    let link = response.headers().get("link");
    let link = link.map(|link| link.to_str().unwrap().to_owned());
    let status = response.status();
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    let body = String::from_utf8(body.to_vec()).unwrap();
    (status, link.unwrap_or_default(), body)
}

#[tokio::test]
async fn all_spellings_of_a_question_have_one_answer() {
    let answers = Answers::default();
    for query in [
        "diet=gluten-free,vegan&max_prep_time=30",
        "time=030&diet[]=Vegan&diet[]=Gluten+Free&page=1&utm_source=mail",
        "sort=newest&max_prep_time=30.0&diet=VEGAN,gluten_free,vegan&colour=red",
    ] {
        let (status, link, body) = get(&answers, query).await;
        assert_eq!(status, StatusCode::OK);
        let canonical = "/recipes?diet=gluten-free,vegan&max_prep_time=30";
        assert_eq!(link, format!("<{canonical}>; rel=\"canonical\""));
        let expect = r#"newest ["gluten-free", "vegan"] Some(30), page 1"#;
        assert_eq!(body, expect);
        assert_eq!(answers.count(), 1, "{query}");
    }
}

#[tokio::test]
async fn a_search_is_not_stored_and_an_invalid_value_is_named() {
    let answers = Answers::default();
    let (status, ..) = get(&answers, "q=soup").await;
    assert_eq!((status, answers.count()), (StatusCode::OK, 0));
    let (status, _, body) = get(&answers, "time=soon").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let expect = "max_prep_time=soon: expected a whole number from 1 to 10000";
    assert_eq!(body, expect);
}
