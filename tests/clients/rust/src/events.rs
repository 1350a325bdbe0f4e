//! The operations of Personalize Events.

use aws_sdk_personalizeevents::types::{Action, ActionInteraction, Event, Item, User};
use aws_sdk_personalizeevents::Client;
use serde_json::{json, Value};

use crate::input::{float, list, moment, text, texts};
use crate::outcome;

/// Call an operation; None if the client does not have it.
pub async fn call(client: &Client, operation: &str, input: &Value) -> Option<Value> {
    let dataset = text(input, "datasetArn");
    let tracking = text(input, "trackingId");
    Some(match operation {
        "PutUsers" => {
            let sent = client
                .put_users()
                .set_dataset_arn(dataset)
                .set_users(list(input, "users", user));
            outcome(sent.send().await, |_| json!({}))
        }
        "PutItems" => {
            let sent = client
                .put_items()
                .set_dataset_arn(dataset)
                .set_items(list(input, "items", item));
            outcome(sent.send().await, |_| json!({}))
        }
        "PutActions" => {
            let sent = client
                .put_actions()
                .set_dataset_arn(dataset)
                .set_actions(list(input, "actions", action));
            outcome(sent.send().await, |_| json!({}))
        }
        "PutEvents" => {
            let sent = client
                .put_events()
                .set_tracking_id(tracking)
                .set_user_id(text(input, "userId"))
                .set_session_id(text(input, "sessionId"))
                .set_event_list(list(input, "eventList", event));
            outcome(sent.send().await, |_| json!({}))
        }
        "PutActionInteractions" => {
            let sent = client
                .put_action_interactions()
                .set_tracking_id(tracking)
                .set_action_interactions(list(input, "actionInteractions", action_interaction));
            outcome(sent.send().await, |_| json!({}))
        }
        _ => return None,
    })
}

fn user(input: &Value) -> User {
    let made = User::builder()
        .set_user_id(text(input, "userId"))
        .set_properties(text(input, "properties"));
    made.build().expect("a user")
}

fn item(input: &Value) -> Item {
    let made = Item::builder()
        .set_item_id(text(input, "itemId"))
        .set_properties(text(input, "properties"));
    made.build().expect("an item")
}

fn action(input: &Value) -> Action {
    let made = Action::builder()
        .set_action_id(text(input, "actionId"))
        .set_properties(text(input, "properties"));
    made.build().expect("an action")
}

fn event(input: &Value) -> Event {
    Event::builder()
        .set_event_id(text(input, "eventId"))
        .set_event_type(text(input, "eventType"))
        .set_event_value(float(input, "eventValue"))
        .set_item_id(text(input, "itemId"))
        .set_properties(text(input, "properties"))
        .set_sent_at(moment(input, "sentAt"))
        .set_impression(texts(input, "impression"))
        .build()
        .expect("an event")
}

fn action_interaction(input: &Value) -> ActionInteraction {
    ActionInteraction::builder()
        .set_action_id(text(input, "actionId"))
        .set_user_id(text(input, "userId"))
        .set_session_id(text(input, "sessionId"))
        .set_timestamp(moment(input, "timestamp"))
        .set_event_type(text(input, "eventType"))
        .set_properties(text(input, "properties"))
        .build()
        .expect("an action interaction")
}
