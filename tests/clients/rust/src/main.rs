//! The AWS SDK for Rust answers lines of JSON, as tests/clients/walking.py says.

mod control;
mod events;
mod input;

use std::collections::HashMap;
use std::fmt::Debug;
use std::io::BufRead;

use aws_config::BehaviorVersion;
use aws_sdk_personalize::config::http::HttpResponse;
use aws_sdk_personalize::error::{ProvideErrorMetadata, SdkError};
use serde_json::{json, Value};

/// The clients of an endpoint.
struct Clients {
    control: aws_sdk_personalize::Client,
    events: aws_sdk_personalizeevents::Client,
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(answer_lines());
}

async fn answer_lines() {
    let mut clients: HashMap<String, Clients> = HashMap::new();
    for line in std::io::stdin().lock().lines() {
        let request: Value = serde_json::from_str(&line.expect("a line")).expect("JSON");
        let text = |name: &str| request[name].as_str().expect("text").to_owned();
        let endpoint = text("endpoint");
        if !clients.contains_key(&endpoint) {
            let config = aws_config::defaults(BehaviorVersion::latest())
                .endpoint_url(&endpoint)
                .load()
                .await;
            let control = aws_sdk_personalize::Client::new(&config);
            let events = aws_sdk_personalizeevents::Client::new(&config);
            clients.insert(endpoint.clone(), Clients { control, events });
        }
        let own = &clients[&endpoint];
        let operation = text("operation");
        let outcome = match text("service").as_str() {
            "personalize" => control::call(&own.control, &operation, &request["input"]).await,
            _ => events::call(&own.events, &operation, &request["input"]).await,
        };
        println!("{}", outcome.unwrap_or_else(|| json!({"unknown": true})));
    }
}

/// Return the outcome of a call, of whose answer a function gives the members that are looked at.
pub fn outcome<Answer, Error>(
    sent: Result<Answer, SdkError<Error, HttpResponse>>,
    members: impl FnOnce(Answer) -> Value,
) -> Value
where
    Error: ProvideErrorMetadata + Debug,
{
    let error = match sent {
        Ok(answer) => return json!({"answer": members(answer), "attempts": null}),
        Err(error) => error,
    };
    let status = error.raw_response().map(|response| response.status().as_u16());
    let Some(known) = error.as_service_error() else {
        return json!({"error": format!("{error:?}"), "class": null, "status": status, "attempts": null});
    };
    // An error that the service's model has is a variant of its own.
    let debug = format!("{known:?}");
    let variant = debug.split('(').next().filter(|name| *name != "Unhandled");
    json!({"error": known.code(), "class": variant, "status": status, "attempts": null})
}
