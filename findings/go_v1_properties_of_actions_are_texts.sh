#!/bin/sh
# The AWS SDK for Go 1.55.8 takes the properties of users, items and events as a map, and those of actions as a text.
#
# Seen in github.com/aws/aws-sdk-go/service/personalizeevents: Properties of User, Item and Event is aws.JSONValue, which the
# SDK encodes as JSON; Properties of Action and ActionInteraction is *string, which it sends as it is. All five are one kind of
# member in AWS's model, and the other SDKs take all five alike: Java, Rust, boto3 and JavaScript 3 as texts, JavaScript 2 as
# values. Code that is moved from PutUsers to PutActions does not compile, and a helper for any type of record needs both.
# Needs Go.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >main.go <<'PROGRAM'
package main

import (
	"fmt"
	"reflect"

	"github.com/aws/aws-sdk-go/service/personalizeevents"
)

func main() {
	for _, each := range []any{
		personalizeevents.User{},
		personalizeevents.Item{},
		personalizeevents.Event{},
		personalizeevents.Action{},
		personalizeevents.ActionInteraction{},
	} {
		of := reflect.TypeOf(each)
		properties, _ := of.FieldByName("Properties")
		fmt.Println(of.Name(), properties.Type)
	}
}
PROGRAM
{
  go mod init finding
  go get github.com/aws/aws-sdk-go@v1.55.8
} >log 2>&1 || {
  cat log
  exit 1
}
go run . >seen
cat seen
cat >expected <<'LINES'
User aws.JSONValue
Item aws.JSONValue
Event aws.JSONValue
Action *string
ActionInteraction *string
LINES
cmp expected seen
