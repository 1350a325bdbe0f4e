// The signer of the AWS SDK for Go, version 2, with plain requests: see the package lines.
package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
	"time"

	"console/clients/lines"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

var paths = map[string]string{
	"PutUsers":              "/users",
	"PutItems":              "/items",
	"PutActions":            "/actions",
	"PutEvents":             "/events",
	"PutActionInteractions": "/action-interactions",
}

var moments = map[string]bool{"sentAt": true, "timestamp": true}

func main() {
	if err := lines.Answer(call); err != nil {
		log.Fatal(err)
	}
}

func call(asked lines.Request) (lines.Outcome, error) {
	made, err := requestOf(asked)
	if err != nil {
		return nil, err
	}
	answer, err := http.DefaultClient.Do(made)
	if err != nil {
		return lines.Failed("no answer", nil, nil, 1), nil
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusOK {
		code, _, _ := strings.Cut(answer.Header.Get("x-amzn-errortype"), ":")
		return lines.Failed(code, nil, answer.StatusCode, 1), nil
	}
	members := map[string]any{}
	if len(body) > 0 {
		err = json.Unmarshal(body, &members)
	}
	return lines.Outcome{"answer": members, "attempts": 1}, err
}

func requestOf(asked lines.Request) (*http.Request, error) {
	var input any
	if err := json.Unmarshal(asked.Input, &input); err != nil {
		return nil, err
	}
	body, err := json.Marshal(inSeconds(input))
	if err != nil {
		return nil, err
	}
	made, err := http.NewRequest(http.MethodPost, asked.Endpoint+paths[asked.Operation], bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	made.Header.Set("Content-Type", "application/json")
	if asked.Service == "personalize" {
		made.Header.Set("Content-Type", "application/x-amz-json-1.1")
		made.Header.Set("X-Amz-Target", "AmazonPersonalize."+asked.Operation)
	}
	hash := sha256.Sum256(body)
	keys := aws.Credentials{AccessKeyID: os.Getenv("AWS_ACCESS_KEY_ID"), SecretAccessKey: os.Getenv("AWS_SECRET_ACCESS_KEY")}
	region := os.Getenv("AWS_REGION")
	return made, v4.NewSigner().SignHTTP(context.Background(), keys, made, hex.EncodeToString(hash[:]), "personalize", region, time.Now())
}

// inSeconds turns the moments of events, which are texts, into seconds since 1970.
func inSeconds(value any) any {
	switch value := value.(type) {
	case []any:
		for place, each := range value {
			value[place] = inSeconds(each)
		}
	case map[string]any:
		for name, each := range value {
			text, isText := each.(string)
			if moment, err := time.Parse(time.RFC3339, text); isText && moments[name] && err == nil {
				value[name] = moment.Unix()
			} else {
				value[name] = inSeconds(each)
			}
		}
	}
	return value
}
