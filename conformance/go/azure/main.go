// The official clients of Azure Key Vault for Go, with nothing but the environment.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"claviger.example/conformance/checks"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/security/keyvault/azsecrets"
)

var (
	ctx    = context.Background()
	url    = checks.Variable("AZURE_KEYVAULT_URL")
	canary = checks.Variable("CANARY")
)

func main() {
	switch flavour := os.Args[1]; flavour {
	case "objects":
		credential := checks.Of(azidentity.NewDefaultAzureCredential(nil))
		secrets(credential)
		keys(credential)
		certificates(credential)
	case "sign-in":
		signIn("DefaultAzureCredential without arguments", nil)
	case "sign-in-elsewhere":
		signIn("DefaultAzureCredential that asks no public host",
			&azidentity.DefaultAzureCredentialOptions{DisableInstanceDiscovery: true})
	case "adfs":
		adfs()
	default:
		panic("no such flavour: " + flavour)
	}
	checks.Done()
}

// signIn reads one secret as whoever the environment names.
func signIn(name string, options *azidentity.DefaultAzureCredentialOptions) {
	checks.Step(name, func() {
		credential := checks.Of(azidentity.NewDefaultAzureCredential(options))
		client := checks.Of(azsecrets.NewClient(url, credential, nil))
		object := fmt.Sprintf("go-sign-in-%d", time.Now().UnixNano())
		parameters := azsecrets.SetSecretParameters{Value: &canary}
		checks.Of(client.SetSecret(ctx, object, parameters, nil))
		checks.True(*checks.Of(client.GetSecret(ctx, object, "", nil)).Value == canary, "the value is the one set")
	})
}

// adfs shows that this SDK takes no tenant of that name, whatever the server says.
func adfs() {
	checks.Step("with the tenant adfs the SDK gives up by itself", func() {
		credential := checks.Of(azidentity.NewDefaultAzureCredential(nil))
		client := checks.Of(azsecrets.NewClient(url, credential, nil))
		_, err := client.GetSecret(ctx, "any", "", nil)
		checks.True(err != nil, "it is refused")
		var answered *azcore.ResponseError
		checks.True(!errors.As(err, &answered), "no vault has answered")
	})
}

// refused demands a refusal of the vault with this status and code.
func refused(err error, status int, code string) {
	var answer *azcore.ResponseError
	if !errors.As(err, &answer) {
		panic(fmt.Sprintf("no refusal of the vault: %v", err))
	}
	checks.Equal(answer.StatusCode, status)
	checks.Equal(answer.ErrorCode, code)
}

// settled asks until what was started has come about; the real service takes its time.
func settled(ask func() error) {
	var err error
	for range 50 {
		if err = ask(); err == nil {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	panic(err)
}
