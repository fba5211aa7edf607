import com.azure.core.credential.TokenCredential;
import com.azure.security.keyvault.certificates.CertificateClient;
import com.azure.security.keyvault.certificates.CertificateClientBuilder;
import com.azure.security.keyvault.certificates.models.CertificatePolicy;
import com.azure.security.keyvault.certificates.models.KeyVaultCertificateWithPolicy;
import com.azure.security.keyvault.certificates.models.SubjectAlternativeNames;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import java.io.ByteArrayInputStream;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/** The life of a certificate. */
final class Certificates {
    private static final String NAME = "java-certificate";

    private Certificates() {}

    static void check(TokenCredential credential) {
        CertificateClient client = new CertificateClientBuilder()
                .vaultUrl(Azure.URL).credential(credential).buildClient();
        SecretClient secrets =
                new SecretClientBuilder().vaultUrl(Azure.URL).credential(credential).buildClient();
        Checks.step("a certificate that signs itself is created, and its key signs it", () -> {
            CertificatePolicy policy = new CertificatePolicy("Self", "CN=java.example",
                    new SubjectAlternativeNames().setDnsNames(List.of("java.example")))
                    .setValidityInMonths(3);
            var poller = client.beginCreateCertificate(NAME, policy);
            Azure.finish(poller);
            X509Certificate made = parse(poller.getFinalResult());
            made.verify(made.getPublicKey());
            made.checkValidity();
            Checks.isTrue(made.getSubjectAlternativeNames().contains(List.of(2, "java.example")),
                    "it has the name");
        });
        Checks.step("its secret has the certificate and the key, as PKCS #12", () -> {
            KeyVaultCertificateWithPolicy got = client.getCertificate(NAME);
            String value = secrets.getSecret(NAME, got.getProperties().getVersion()).getValue();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(Base64.getDecoder().decode(value)), new char[0]);
            String alias = store.aliases().nextElement();
            Checks.sameBytes(store.getCertificate(alias).getEncoded(), got.getCer());
            Checks.isTrue(store.getKey(alias, new char[0]) != null, "the key is there");
        });
        Checks.step("a certificate is listed, deleted, recovered and purged", () -> {
            boolean found = client.listPropertiesOfCertificates().stream()
                    .anyMatch(one -> one.getName().equals(NAME));
            Checks.isTrue(found, "it is in the list");
            Azure.finish(client.beginDeleteCertificate(NAME));
            Azure.refused(404, "CertificateNotFound", () -> client.getCertificate(NAME));
            Azure.finish(client.beginRecoverDeletedCertificate(NAME));
            client.getCertificate(NAME);
            Azure.finish(client.beginDeleteCertificate(NAME));
            client.purgeDeletedCertificate(NAME);
            Azure.refused(404, "CertificateNotFound", () -> client.getDeletedCertificate(NAME));
        });
    }

    private static X509Certificate parse(KeyVaultCertificateWithPolicy certificate)
            throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate.getCer()));
    }
}
