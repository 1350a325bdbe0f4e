// The AWS SDK for Go, version 1: see the package lines.
package main

import (
	"encoding/json"
	"errors"
	"log"
	"reflect"
	"strings"

	"console/clients/lines"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/awserr"
	"github.com/aws/aws-sdk-go/aws/request"
	"github.com/aws/aws-sdk-go/aws/session"
	"github.com/aws/aws-sdk-go/service/personalize"
	"github.com/aws/aws-sdk-go/service/personalizeevents"
)

var clients = map[string]any{}

func main() {
	if err := lines.Answer(call); err != nil {
		log.Fatal(err)
	}
}

func call(asked lines.Request) (lines.Outcome, error) {
	method := reflect.ValueOf(clientOf(asked)).MethodByName(asked.Operation + "Request")
	if !method.IsValid() {
		return lines.Unknown, nil
	}
	input := reflect.New(method.Type().In(0).Elem())
	if err := fill(input.Interface(), asked.Input); err != nil {
		return nil, err
	}
	made := method.Call([]reflect.Value{input})
	sent := made[0].Interface().(*request.Request)
	if err := sent.Send(); err != nil {
		return failed(err, sent.RetryCount+1), nil
	}
	answer, err := json.Marshal(made[1].Interface())
	if err != nil {
		return nil, err
	}
	var members any
	err = json.Unmarshal(answer, &members)
	return lines.Outcome{"answer": asInModel(members), "attempts": sent.RetryCount + 1}, err
}

func clientOf(asked lines.Request) any {
	key := asked.Service + " " + asked.Endpoint
	if clients[key] == nil {
		config := aws.NewConfig().WithEndpoint(asked.Endpoint)
		own := session.Must(session.NewSession(config))
		if asked.Service == "personalize" {
			clients[key] = personalize.New(own)
		} else {
			clients[key] = personalizeevents.New(own)
		}
	}
	return clients[key]
}

// fill sets the members of an input. The properties of users, items and events are values that the SDK encodes as JSON;
// those of what is newer are texts.
func fill(input any, text []byte) error {
	switch input.(type) {
	case *personalizeevents.PutActionsInput, *personalizeevents.PutActionInteractionsInput:
		return json.Unmarshal(text, input)
	}
	var members any
	if err := json.Unmarshal(text, &members); err != nil {
		return err
	}
	decoded, err := json.Marshal(withProperties(members))
	if err != nil {
		return err
	}
	return json.Unmarshal(decoded, input)
}

func withProperties(value any) any {
	switch value := value.(type) {
	case []any:
		for place, each := range value {
			value[place] = withProperties(each)
		}
	case map[string]any:
		for name, each := range value {
			if text, isText := each.(string); isText && name == "properties" {
				value[name] = json.RawMessage(text)
			} else {
				value[name] = withProperties(each)
			}
		}
	}
	return value
}

// asInModel gives members the names of AWS's model, which begin with small letters, and leaves out what is not there.
func asInModel(value any) any {
	switch value := value.(type) {
	case []any:
		for place, each := range value {
			value[place] = asInModel(each)
		}
		return value
	case map[string]any:
		members := map[string]any{}
		for name, each := range value {
			if each != nil {
				members[strings.ToLower(name[:1])+name[1:]] = asInModel(each)
			}
		}
		return members
	}
	return value
}

func failed(err error, attempts int) lines.Outcome {
	var known awserr.Error
	if !errors.As(err, &known) {
		return lines.Failed(err.Error(), nil, nil, attempts)
	}
	var status any
	if refused, hasStatus := err.(interface{ StatusCode() int }); hasStatus {
		status = refused.StatusCode()
	}
	// All errors that the service's model does not have are of the SDK's own types.
	var class any
	if of := reflect.TypeOf(err).Elem(); strings.Contains(of.PkgPath(), "/service/") {
		class = of.Name()
	}
	return lines.Failed(known.Code(), class, status, attempts)
}
