package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"hash"
	"math/big"

	"claviger.example/conformance/checks"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/security/keyvault/azkeys"
)

func keys(credential azcore.TokenCredential) {
	client := checks.Of(azkeys.NewClient(url, credential, nil))
	rsaKeys(client)
	ecKeys(client)
	checks.Step("a key is listed, rotated, deleted, recovered and purged", func() {
		keyLife(client)
	})
	checks.Step("what a key may not do is refused", func() {
		name := "go-key-of-one-use"
		operations := []*azkeys.KeyOperation{to.Ptr(azkeys.KeyOperationSign)}
		made := checks.Of(client.CreateKey(ctx, name, azkeys.CreateKeyParameters{
			Kty: to.Ptr(azkeys.KeyTypeRSA), KeyOps: operations,
		}, nil))
		parameters := azkeys.KeyOperationParameters{
			Algorithm: to.Ptr(azkeys.EncryptionAlgorithmRSAOAEP256), Value: []byte(canary),
		}
		_, err := client.Encrypt(ctx, name, made.Key.KID.Version(), parameters, nil)
		refused(err, 403, "Forbidden")
		_, err = client.GetKey(ctx, "go-nothing", "", nil)
		refused(err, 404, "KeyNotFound")
	})
}

func rsaKeys(client *azkeys.Client) {
	const name = "go-rsa"
	var public *rsa.PublicKey
	checks.Step("an RSA key is created", func() {
		made := checks.Of(client.CreateKey(ctx, name, azkeys.CreateKeyParameters{
			Kty: to.Ptr(azkeys.KeyTypeRSA), KeySize: to.Ptr(int32(2048)),
		}, nil))
		exponent := int(new(big.Int).SetBytes(made.Key.E).Int64())
		public = &rsa.PublicKey{N: new(big.Int).SetBytes(made.Key.N), E: exponent}
		checks.Equal(public.N.BitLen(), 2048)
	})
	digest := sha256.Sum256([]byte(canary))
	verifiers := map[azkeys.SignatureAlgorithm]func(signature []byte) error{
		azkeys.SignatureAlgorithmRS256: func(signature []byte) error {
			return rsa.VerifyPKCS1v15(public, crypto.SHA256, digest[:], signature)
		},
		azkeys.SignatureAlgorithmPS256: func(signature []byte) error {
			return rsa.VerifyPSS(public, crypto.SHA256, digest[:], signature, nil)
		},
	}
	for algorithm, verify := range verifiers {
		checks.Step("what is signed with "+string(algorithm)+" verifies here and there", func() {
			signature := sign(client, name, algorithm, digest[:])
			checks.Must(verify(signature))
			checks.True(verified(client, name, algorithm, digest[:], signature), "the vault takes it")
			signature[0] ^= 1
			checks.True(!verified(client, name, algorithm, digest[:], signature), "another is refused")
		})
	}
	hashes := map[azkeys.EncryptionAlgorithm]func() hash.Hash{
		azkeys.EncryptionAlgorithmRSAOAEP:    sha1.New,
		azkeys.EncryptionAlgorithmRSAOAEP256: sha256.New,
	}
	for algorithm, hashOf := range hashes {
		checks.Step(string(algorithm)+" decrypts what was encrypted here and there", func() {
			parameters := azkeys.KeyOperationParameters{Algorithm: &algorithm, Value: []byte(canary)}
			there := checks.Of(client.Encrypt(ctx, name, "", parameters, nil)).Result
			here := checks.Of(rsa.EncryptOAEP(hashOf(), rand.Reader, public, []byte(canary), nil))
			for _, sealed := range [][]byte{there, here} {
				parameters.Value = sealed
				opened := checks.Of(client.Decrypt(ctx, name, "", parameters, nil)).Result
				checks.SameBytes(opened, []byte(canary))
			}
		})
		checks.Step(string(algorithm)+" unwraps what was wrapped here and there", func() {
			key := make([]byte, 32)
			checks.Of(rand.Read(key))
			parameters := azkeys.KeyOperationParameters{Algorithm: &algorithm, Value: key}
			there := checks.Of(client.WrapKey(ctx, name, "", parameters, nil)).Result
			here := checks.Of(rsa.EncryptOAEP(hashOf(), rand.Reader, public, key, nil))
			for _, sealed := range [][]byte{there, here} {
				parameters.Value = sealed
				checks.SameBytes(checks.Of(client.UnwrapKey(ctx, name, "", parameters, nil)).Result, key)
			}
			parameters.Value = make([]byte, 256)
			_, err := client.UnwrapKey(ctx, name, "", parameters, nil)
			refused(err, 400, "BadParameter")
		})
	}
}

func ecKeys(client *azkeys.Client) {
	p256 := sha256.Sum256([]byte(canary))
	p384 := sha512.Sum384([]byte(canary))
	p521 := sha512.Sum512([]byte(canary))
	kinds := []struct {
		name      azkeys.CurveName
		curve     elliptic.Curve
		algorithm azkeys.SignatureAlgorithm
		digest    []byte
	}{
		{azkeys.CurveNameP256, elliptic.P256(), azkeys.SignatureAlgorithmES256, p256[:]},
		{azkeys.CurveNameP384, elliptic.P384(), azkeys.SignatureAlgorithmES384, p384[:]},
		{azkeys.CurveNameP521, elliptic.P521(), azkeys.SignatureAlgorithmES512, p521[:]},
	}
	for _, kind := range kinds {
		checks.Step("what a key on "+string(kind.name)+" signs verifies here and there", func() {
			name := "go-ec-" + string(kind.name)
			made := checks.Of(client.CreateKey(ctx, name, azkeys.CreateKeyParameters{
				Kty: to.Ptr(azkeys.KeyTypeEC), Curve: &kind.name,
			}, nil)).Key
			x, y := new(big.Int).SetBytes(made.X), new(big.Int).SetBytes(made.Y)
			public := &ecdsa.PublicKey{Curve: kind.curve, X: x, Y: y}
			signature := sign(client, name, kind.algorithm, kind.digest)
			// RFC 7518, section 3.4: r and s side by side, each as long as the curve.
			half := (kind.curve.Params().BitSize + 7) / 8
			checks.Equal(len(signature), 2*half)
			r, s := new(big.Int).SetBytes(signature[:half]), new(big.Int).SetBytes(signature[half:])
			checks.True(ecdsa.Verify(public, kind.digest, r, s), "it verifies here")
			checks.True(verified(client, name, kind.algorithm, kind.digest, signature), "and there")
		})
	}
}

func keyLife(client *azkeys.Client) {
	const name = "go-life"
	parameters := azkeys.CreateKeyParameters{Kty: to.Ptr(azkeys.KeyTypeEC)}
	first := checks.Of(client.CreateKey(ctx, name, parameters, nil)).Key.KID.Version()
	second := checks.Of(client.RotateKey(ctx, name, nil)).Key.KID.Version()
	checks.True(first != second, "a rotated key has a new version")
	checks.Equal(checks.Of(client.GetKey(ctx, name, "", nil)).Key.KID.Version(), second)
	found := false
	for pager := client.NewListKeyPropertiesPager(nil); pager.More(); {
		for _, one := range checks.Of(pager.NextPage(ctx)).Value {
			found = found || one.KID.Name() == name
		}
	}
	checks.True(found, "it is in the list")
	toDeleted := func() {
		checks.Of(client.DeleteKey(ctx, name, nil))
		settled(func() error { _, err := client.GetDeletedKey(ctx, name, nil); return err })
	}
	toDeleted()
	_, err := client.GetKey(ctx, name, "", nil)
	refused(err, 404, "KeyNotFound")
	checks.Of(client.RecoverDeletedKey(ctx, name, nil))
	settled(func() error { _, err := client.GetKey(ctx, name, first, nil); return err })
	toDeleted()
	checks.Of(client.PurgeDeletedKey(ctx, name, nil))
	_, err = client.GetDeletedKey(ctx, name, nil)
	refused(err, 404, "KeyNotFound")
	count := int32(48)
	random := checks.Of(client.GetRandomBytes(ctx, azkeys.GetRandomBytesParameters{Count: &count}, nil))
	checks.Equal(len(random.Value), 48)
}

func sign(
	client *azkeys.Client, name string, algorithm azkeys.SignatureAlgorithm, digest []byte,
) []byte {
	parameters := azkeys.SignParameters{Algorithm: &algorithm, Value: digest}
	return checks.Of(client.Sign(ctx, name, "", parameters, nil)).Result
}

func verified(
	client *azkeys.Client, name string, algorithm azkeys.SignatureAlgorithm, digest, signature []byte,
) bool {
	parameters := azkeys.VerifyParameters{
		Algorithm: &algorithm, Digest: digest, Signature: signature,
	}
	return *checks.Of(client.Verify(ctx, name, "", parameters, nil)).Value
}
