//! Members of a request, as the builders of the SDK take them.

use aws_smithy_types::date_time::Format;
use aws_smithy_types::DateTime;
use serde_json::Value;

pub fn text(input: &Value, name: &str) -> Option<String> {
    input[name].as_str().map(str::to_owned)
}

pub fn number(input: &Value, name: &str) -> Option<i32> {
    input[name].as_i64().and_then(|value| value.try_into().ok())
}

pub fn float(input: &Value, name: &str) -> Option<f32> {
    input[name].as_f64().map(|value| value as f32)
}

pub fn moment(input: &Value, name: &str) -> Option<DateTime> {
    input[name]
        .as_str()
        .map(|text| DateTime::from_str(text, Format::DateTime).expect("a moment"))
}

pub fn list<Member>(input: &Value, name: &str, read: impl Fn(&Value) -> Member) -> Option<Vec<Member>> {
    input[name].as_array().map(|members| members.iter().map(read).collect())
}

pub fn texts(input: &Value, name: &str) -> Option<Vec<String>> {
    list(input, name, |each| each.as_str().expect("text").to_owned())
}
