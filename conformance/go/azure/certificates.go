package main

import (
	"crypto/tls"
	"crypto/x509"
	"path"

	"claviger.example/conformance/checks"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/to"
	"github.com/Azure/azure-sdk-for-go/sdk/keyvault/azcertificates"
	"github.com/Azure/azure-sdk-for-go/sdk/security/keyvault/azsecrets"
)

func certificates(credential azcore.TokenCredential) {
	const name = "go-certificate"
	client := checks.Of(azcertificates.NewClient(url, credential, nil))
	checks.Step("a certificate that signs itself is created, and its key signs it", func() {
		checks.Of(client.CreateCertificate(ctx, name, azcertificates.CreateCertificateParameters{
			CertificatePolicy: &azcertificates.CertificatePolicy{
				IssuerParameters: &azcertificates.IssuerParameters{Name: to.Ptr("Self")},
				SecretProperties: &azcertificates.SecretProperties{
					ContentType: to.Ptr("application/x-pem-file"),
				},
				X509CertificateProperties: &azcertificates.X509CertificateProperties{
					Subject: to.Ptr("CN=go.example"),
					SubjectAlternativeNames: &azcertificates.SubjectAlternativeNames{
						DNSNames: []*string{to.Ptr("go.example")},
					},
					ValidityInMonths: to.Ptr(int32(3)),
				},
			},
		}, nil))
		settled(func() error { _, err := client.GetCertificate(ctx, name, "", nil); return err })
		got := checks.Of(client.GetCertificate(ctx, name, "", nil))
		certificate := checks.Of(x509.ParseCertificate(got.CER))
		checks.Must(certificate.CheckSignature(
			certificate.SignatureAlgorithm, certificate.RawTBSCertificate, certificate.Signature,
		))
		checks.Must(certificate.VerifyHostname("go.example"))
		checks.Equal(*got.Attributes.NotBefore, certificate.NotBefore.Local())
	})
	checks.Step("its secret has the certificate and the key, in PEM", func() {
		got := checks.Of(client.GetCertificate(ctx, name, "", nil))
		secrets := checks.Of(azsecrets.NewClient(url, credential, nil))
		version := path.Base(string(*got.SID))
		pem := *checks.Of(secrets.GetSecret(ctx, name, version, nil)).Value
		// It reads both only when the key is that of the certificate.
		pair := checks.Of(tls.X509KeyPair([]byte(pem), []byte(pem)))
		checks.SameBytes(pair.Certificate[0], got.CER)
	})
	checks.Step("a certificate is listed, deleted, recovered and purged", func() {
		found := 0
		for pager := client.NewListCertificatesPager(nil); pager.More(); {
			found += len(checks.Of(pager.NextPage(ctx)).Value)
		}
		checks.Equal(found, 1)
		toDeleted := func() {
			checks.Of(client.DeleteCertificate(ctx, name, nil))
			settled(func() error { _, err := client.GetDeletedCertificate(ctx, name, nil); return err })
		}
		toDeleted()
		_, err := client.GetCertificate(ctx, name, "", nil)
		refused(err, 404, "CertificateNotFound")
		checks.Of(client.RecoverDeletedCertificate(ctx, name, nil))
		settled(func() error { _, err := client.GetCertificate(ctx, name, "", nil); return err })
		toDeleted()
		checks.Of(client.PurgeDeletedCertificate(ctx, name, nil))
		_, err = client.GetDeletedCertificate(ctx, name, nil)
		refused(err, 404, "CertificateNotFound")
	})
}
