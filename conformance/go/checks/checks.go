// Package checks counts what a client program finds, as the runner of the suites reads it.
package checks

import (
	"bytes"
	"fmt"
	"os"
	"reflect"
	"strings"
)

// Step runs one check; what it panics with makes it fail.
func Step(name string, check func()) {
	defer func() {
		if wrong := recover(); wrong != nil {
			reason := strings.Join(strings.Fields(fmt.Sprint(wrong)), " ")
			fmt.Printf("not ok - %s # %s\n", name, reason)
			return
		}
		fmt.Printf("ok - %s\n", name)
	}()
	check()
}

// Must panics with an error.
func Must(err error) {
	if err != nil {
		panic(err)
	}
}

// Of gives the value of a call that must not fail.
func Of[T any](value T, err error) T {
	Must(err)
	return value
}

// Equal demands the same value twice.
func Equal(got, want any) {
	if !reflect.DeepEqual(got, want) {
		panic(fmt.Sprintf("%v is not %v", got, want))
	}
}

// SameBytes demands the same octets twice, and shows none: they may be secret.
func SameBytes(got, want []byte) {
	if !bytes.Equal(got, want) {
		panic(fmt.Sprintf("%d octets are not the %d expected", len(got), len(want)))
	}
}

// True demands that something holds.
func True(holds bool, what string) {
	if !holds {
		panic("not so: " + what)
	}
}

// Variable is one of the environment, which is all that a program is told.
func Variable(name string) string {
	value := os.Getenv(name)
	if value == "" {
		fmt.Fprintf(os.Stderr, "%s is not set\n", name)
		os.Exit(2)
	}
	return value
}

// Done says that the program has come to its end.
func Done() {
	fmt.Println("done")
}
