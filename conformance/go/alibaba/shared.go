package main

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"

	"claviger.example/conformance/checks"
	shared "github.com/alibabacloud-go/kms-20160120/v3/client"
	"github.com/alibabacloud-go/tea/tea"
)

func sharedGateway(client *shared.Client) {
	checks.Step("shared gateway: what is encrypted is decrypted in its context alone", func() {
		key := newKey(client, "", "")
		context := map[string]any{"purpose": "tests"}
		sealed := checks.Of(client.Encrypt(&shared.EncryptRequest{
			KeyId: key, Plaintext: &canary, EncryptionContext: context,
		})).Body.CiphertextBlob
		opened := checks.Of(client.Decrypt(&shared.DecryptRequest{
			CiphertextBlob: sealed, EncryptionContext: context,
		})).Body
		checks.True(*opened.Plaintext == canary, "it is what was encrypted")
		checks.Equal(*opened.KeyId, *key)
		_, err := client.Decrypt(&shared.DecryptRequest{CiphertextBlob: sealed})
		refused(err, "InvalidParameter")
	})
	checks.Step("shared gateway: an RSA signature verifies with the public key", func() {
		key := newKey(client, "RSA_2048", "SIGN/VERIFY")
		version := checks.Of(client.ListKeyVersions(&shared.ListKeyVersionsRequest{
			KeyId: key,
		})).Body.KeyVersions.KeyVersion[0].KeyVersionId
		digest := sha256.Sum256([]byte(canary))
		encoded := tea.String(base64.StdEncoding.EncodeToString(digest[:]))
		algorithm := tea.String("RSA_PKCS1_SHA_256")
		signed := checks.Of(client.AsymmetricSign(&shared.AsymmetricSignRequest{
			KeyId: key, KeyVersionId: version, Algorithm: algorithm, Digest: encoded,
		})).Body.Value
		text := *checks.Of(client.GetPublicKey(&shared.GetPublicKeyRequest{
			KeyId: key, KeyVersionId: version,
		})).Body.PublicKey
		signature := checks.Of(base64.StdEncoding.DecodeString(*signed))
		checks.Must(rsa.VerifyPKCS1v15(rsaKey(text), crypto.SHA256, digest[:], signature))
		verified := checks.Of(client.AsymmetricVerify(&shared.AsymmetricVerifyRequest{
			KeyId: key, KeyVersionId: version, Algorithm: algorithm, Digest: encoded, Value: signed,
		}))
		checks.True(*verified.Body.Value, "the vault takes it")
	})
	checks.Step("shared gateway: a secret is created, read, listed, deleted, restored and gone", func() {
		secretLife(client)
	})
}

func secretLife(client *shared.Client) {
	name := tea.String("go-alibaba")
	checks.Of(client.CreateSecret(&shared.CreateSecretRequest{
		SecretName: name, SecretData: &canary, VersionId: tea.String("v1"),
	}))
	request := &shared.GetSecretValueRequest{SecretName: name}
	checks.True(*checks.Of(client.GetSecretValue(request)).Body.SecretData == canary, "it is the one set")
	found := false
	list := checks.Of(client.ListSecrets(&shared.ListSecretsRequest{PageSize: tea.Int32(100)}))
	for _, one := range list.Body.SecretList.Secret {
		found = found || *one.SecretName == *name
	}
	checks.True(found, "it is in the list")
	checks.Of(client.DeleteSecret(&shared.DeleteSecretRequest{
		SecretName: name, RecoveryWindowInDays: tea.String("7"),
	}))
	_, err := client.GetSecretValue(request)
	refused(err, "Rejected.ResourceInDeleteWindow")
	checks.Of(client.RestoreSecret(&shared.RestoreSecretRequest{SecretName: name}))
	checks.True(*checks.Of(client.GetSecretValue(request)).Body.SecretData == canary, "it is back")
	checks.Of(client.DeleteSecret(&shared.DeleteSecretRequest{
		SecretName: name, ForceDeleteWithoutRecovery: tea.String("true"),
	}))
	_, err = client.DescribeSecret(&shared.DescribeSecretRequest{SecretName: name})
	refused(err, "Forbidden.ResourceNotFound")
}

func rsaKey(text string) *rsa.PublicKey {
	block, _ := pem.Decode([]byte(text))
	public, isRSA := checks.Of(x509.ParsePKIXPublicKey(block.Bytes)).(*rsa.PublicKey)
	checks.True(isRSA, "it is an RSA key")
	return public
}

// refused demands a refusal with this code.
func refused(err error, code string) {
	var answer *tea.SDKError
	if !errors.As(err, &answer) {
		panic(fmt.Sprintf("no refusal of the server: %v", err))
	}
	checks.Equal(tea.StringValue(answer.Code), code)
}
