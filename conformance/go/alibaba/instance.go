package main

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"

	"claviger.example/conformance/checks"
	shared "github.com/alibabacloud-go/kms-20160120/v3/client"
	"github.com/alibabacloud-go/tea/tea"
	instance "github.com/aliyun/alibabacloud-dkms-gcs-go-sdk/sdk"
)

func instanceGateway(management *shared.Client, client *instance.Client) {
	message := []byte(canary)
	checks.Step("instance: Encrypt and Decrypt", func() {
		key := newKey(management, "", "")
		sealed := checks.Of(client.Encrypt(&instance.EncryptRequest{KeyId: key, Plaintext: message}))
		opened := checks.Of(client.Decrypt(&instance.DecryptRequest{
			KeyId: key, CiphertextBlob: sealed.CiphertextBlob, Iv: sealed.Iv, Algorithm: sealed.Algorithm,
		}))
		checks.SameBytes(opened.Plaintext, message)
	})
	checks.Step("instance: AdvanceEncrypt says in its ciphertext what AdvanceDecrypt needs", func() {
		key := newKey(management, "", "")
		sealed := checks.Of(client.AdvanceEncrypt(&instance.AdvanceEncryptRequest{
			KeyId: key, Plaintext: message, Aad: []byte("of this"),
		}))
		open := func(aad string) (*instance.AdvanceDecryptResponse, error) {
			return client.AdvanceDecrypt(&instance.AdvanceDecryptRequest{
				CiphertextBlob: sealed.CiphertextBlob, Aad: []byte(aad),
			})
		}
		checks.SameBytes(checks.Of(open("of this")).Plaintext, message)
		_, err := open("of that")
		refused(err, "InvalidParameter")
	})
	checks.Step("instance: a data key opens with the key that sealed it", func() {
		key := newKey(management, "", "")
		made := checks.Of(client.AdvanceGenerateDataKey(&instance.AdvanceGenerateDataKeyRequest{
			KeyId: key, NumberOfBytes: tea.Int32(24),
		}))
		checks.Equal(len(made.Plaintext), 24)
		opened := checks.Of(client.AdvanceDecrypt(&instance.AdvanceDecryptRequest{
			CiphertextBlob: made.CiphertextBlob,
		}))
		checks.SameBytes(opened.Plaintext, made.Plaintext)
	})
	checks.Step("instance: an RSA signature verifies with the public key", func() {
		key := newKey(management, "RSA_2048", "SIGN/VERIFY")
		algorithm := tea.String("RSA_PSS_SHA_256")
		signed := checks.Of(client.Sign(&instance.SignRequest{
			KeyId: key, Algorithm: algorithm, Message: message, MessageType: tea.String("RAW"),
		}))
		public := checks.Of(client.GetPublicKey(&instance.GetPublicKeyRequest{KeyId: key}))
		digest := sha256.Sum256(message)
		checks.Must(rsa.VerifyPSS(
			rsaKey(*public.PublicKey), crypto.SHA256, digest[:], signed.Signature, nil,
		))
		verify := func(message []byte) bool {
			return *checks.Of(client.Verify(&instance.VerifyRequest{
				KeyId: key, Algorithm: algorithm, Message: message, MessageType: tea.String("RAW"),
				Signature: signed.Signature,
			})).Value
		}
		checks.True(verify(message) && !verify([]byte("another")), "the vault takes this alone")
	})
	checks.Step("instance: a secret of the shared gateway is read", func() {
		name := tea.String("go-instance")
		checks.Of(management.CreateSecret(&shared.CreateSecretRequest{
			SecretName: name, SecretData: &canary, VersionId: tea.String("v1"),
			DKMSInstanceId: tea.String("kst-default"),
		}))
		request := &instance.GetSecretValueRequest{SecretName: name}
		got := checks.Of(client.GetSecretValue(request))
		checks.True(*got.SecretData == canary, "it is the one set")
		request.SecretName = tea.String("go-nothing")
		_, err := client.GetSecretValue(request)
		refused(err, "Forbidden.ResourceNotFound")
	})
	checks.Step("instance: random octets", func() {
		length := tea.Int32(32)
		request := &instance.GenerateRandomRequest{Length: length}
		first := checks.Of(client.GenerateRandom(request)).Random
		second := checks.Of(client.GenerateRandom(request)).Random
		checks.Equal(len(first), 32)
		checks.True(string(first) != string(second), "they differ")
	})
}
