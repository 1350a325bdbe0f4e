// Package lines is what the programs of clients in Go share: they answer lines of JSON, as tests/clients/walking.py says.
package lines

import (
	"bufio"
	"encoding/json"
	"os"
)

// Request is a call of an operation.
type Request struct {
	Endpoint  string
	Service   string
	Operation string
	Input     json.RawMessage
}

// Outcome is what came of a call.
type Outcome map[string]any

// Unknown is the outcome of an operation that the client does not have.
var Unknown = Outcome{"unknown": true}

// Failed is the outcome of an error; class and status are nil where the client has none.
func Failed(code string, class, status any, attempts int) Outcome {
	return Outcome{"error": code, "class": class, "status": status, "attempts": attempts}
}

// Answer prints what comes of each request, until there are no more.
func Answer(call func(Request) (Outcome, error)) error {
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(nil, 1<<20)
	output := json.NewEncoder(os.Stdout)
	for input.Scan() {
		var request Request
		if err := json.Unmarshal(input.Bytes(), &request); err != nil {
			return err
		}
		outcome, err := call(request)
		if err != nil {
			return err
		}
		if err := output.Encode(outcome); err != nil {
			return err
		}
	}
	return input.Err()
}
