package main

import (
	"claviger.example/conformance/checks"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/security/keyvault/azsecrets"
)

func secrets(credential azcore.TokenCredential) {
	const name = "go-secret"
	client := checks.Of(azsecrets.NewClient(url, credential, nil))
	set := func() azsecrets.SetSecretResponse {
		return checks.Of(client.SetSecret(ctx, name, azsecrets.SetSecretParameters{
			Value:       &canary,
			ContentType: to.Ptr("text/plain"),
			Tags:        map[string]*string{"made": to.Ptr("by Go")},
		}, nil))
	}
	checks.Step("a secret is set and read, by its version and without", func() {
		made := set()
		for _, version := range []string{"", made.ID.Version()} {
			got := checks.Of(client.GetSecret(ctx, name, version, nil))
			checks.True(*got.Value == canary, "the value is the one set")
			checks.Equal(*got.ContentType, "text/plain")
			checks.Equal(*got.Tags["made"], "by Go")
			checks.Equal(*got.ID, *made.ID)
		}
	})
	checks.Step("its versions and the secrets of the vault are listed", func() {
		set()
		versions := 0
		for pager := client.NewListSecretPropertiesVersionsPager(name, nil); pager.More(); {
			versions += len(checks.Of(pager.NextPage(ctx)).Value)
		}
		checks.Equal(versions, 2)
		checks.True(listed(client, name), "it is in the list")
	})
	checks.Step("a secret that is disabled is not read", func() {
		made := set()
		change := func(enabled bool) {
			attributes := &azsecrets.SecretAttributes{Enabled: &enabled}
			parameters := azsecrets.UpdateSecretPropertiesParameters{SecretAttributes: attributes}
			checks.Of(client.UpdateSecretProperties(ctx, name, made.ID.Version(), parameters, nil))
		}
		change(false)
		_, err := client.GetSecret(ctx, name, "", nil)
		refused(err, 403, "Forbidden")
		change(true)
		checks.Of(client.GetSecret(ctx, name, "", nil))
	})
	checks.Step("a secret is deleted, recovered, deleted and restored from its backup", func() {
		backup := checks.Of(client.BackupSecret(ctx, name, nil)).Value
		deleted := checks.Of(client.DeleteSecret(ctx, name, nil))
		checks.Equal(deleted.RecoveryID != nil && deleted.ScheduledPurgeDate != nil, true)
		settled(func() error { _, err := client.GetDeletedSecret(ctx, name, nil); return err })
		_, err := client.GetSecret(ctx, name, "", nil)
		refused(err, 404, "SecretNotFound")
		_, err = client.SetSecret(ctx, name, azsecrets.SetSecretParameters{Value: &canary}, nil)
		refused(err, 409, "Conflict")
		checks.Of(client.RecoverDeletedSecret(ctx, name, nil))
		settled(func() error { _, err := client.GetSecret(ctx, name, "", nil); return err })
		purge(client, name)
		checks.Of(client.RestoreSecret(ctx, azsecrets.RestoreSecretParameters{SecretBackup: backup}, nil))
		checks.True(*checks.Of(client.GetSecret(ctx, name, "", nil)).Value == canary, "the value is restored")
		purge(client, name)
	})
	checks.Step("what is not there is refused", func() {
		_, err := client.GetSecret(ctx, "go-nothing", "", nil)
		refused(err, 404, "SecretNotFound")
		_, err = client.SetSecret(ctx, "not_a_name", azsecrets.SetSecretParameters{Value: &canary}, nil)
		refused(err, 400, "BadParameter")
	})
}

func listed(client *azsecrets.Client, name string) bool {
	for pager := client.NewListSecretPropertiesPager(nil); pager.More(); {
		for _, one := range checks.Of(pager.NextPage(ctx)).Value {
			if one.ID.Name() == name {
				return true
			}
		}
	}
	return false
}

// purge deletes a secret for good.
func purge(client *azsecrets.Client, name string) {
	checks.Of(client.DeleteSecret(ctx, name, nil))
	settled(func() error { _, err := client.GetDeletedSecret(ctx, name, nil); return err })
	checks.Of(client.PurgeDeletedSecret(ctx, name, nil))
	_, err := client.GetDeletedSecret(ctx, name, nil)
	refused(err, 404, "SecretNotFound")
}
