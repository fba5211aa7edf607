import com.azure.core.credential.TokenCredential;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import com.azure.security.keyvault.secrets.models.DeletedSecret;
import com.azure.security.keyvault.secrets.models.KeyVaultSecret;
import com.azure.security.keyvault.secrets.models.SecretProperties;
import java.util.Map;

/** The life of a secret. */
final class Secrets {
    private static final String NAME = "java-secret";

    private Secrets() {}

    static void check(TokenCredential credential) {
        SecretClient client =
                new SecretClientBuilder().vaultUrl(Azure.URL).credential(credential).buildClient();
        Checks.step("a secret is set and read, by its version and without", () -> {
            KeyVaultSecret made = set(client);
            for (String version : new String[] {null, made.getProperties().getVersion()}) {
                KeyVaultSecret got = client.getSecret(NAME, version);
                Checks.isTrue(got.getValue().equals(Azure.CANARY), "it is the one set");
                Checks.same(got.getId(), made.getId());
                Checks.same(got.getProperties().getContentType(), "text/plain");
                Checks.same(got.getProperties().getTags(), Map.of("made", "by Java"));
            }
        });
        Checks.step("its versions and the secrets of the vault are listed", () -> {
            set(client);
            Checks.same(client.listPropertiesOfSecretVersions(NAME).stream().count(), 2L);
            boolean found = client.listPropertiesOfSecrets().stream()
                    .anyMatch(one -> one.getName().equals(NAME));
            Checks.isTrue(found, "it is in the list");
        });
        Checks.step("a secret that is disabled is not read", () -> {
            SecretProperties properties = client.getSecret(NAME).getProperties();
            client.updateSecretProperties(properties.setEnabled(false));
            Azure.refused(403, "Forbidden", () -> client.getSecret(NAME));
            client.updateSecretProperties(properties.setEnabled(true));
            client.getSecret(NAME);
        });
        Checks.step("a secret is deleted, recovered, deleted and restored from its backup", () -> {
            byte[] backup = client.backupSecret(NAME);
            DeletedSecret deleted = delete(client);
            Checks.isTrue(deleted.getScheduledPurgeDate() != null, "it says when it will be purged");
            Azure.refused(404, "SecretNotFound", () -> client.getSecret(NAME));
            Azure.refused(409, "Conflict", () -> client.setSecret(NAME, Azure.CANARY));
            Azure.finish(client.beginRecoverDeletedSecret(NAME));
            Checks.isTrue(client.getSecret(NAME).getValue().equals(Azure.CANARY), "it is back");
            purge(client);
            client.restoreSecretBackup(backup);
            Checks.isTrue(client.getSecret(NAME).getValue().equals(Azure.CANARY), "it is restored");
            purge(client);
        });
        Checks.step("what is not there is refused", () -> {
            Azure.refused(404, "SecretNotFound", () -> client.getSecret("java-nothing"));
            Azure.refused(400, "BadParameter", () -> client.setSecret("not_a_name", "any"));
        });
    }

    private static KeyVaultSecret set(SecretClient client) {
        SecretProperties properties =
                new SecretProperties().setContentType("text/plain").setTags(Map.of("made", "by Java"));
        return client.setSecret(new KeyVaultSecret(NAME, Azure.CANARY).setProperties(properties));
    }

    private static DeletedSecret delete(SecretClient client) {
        Azure.finish(client.beginDeleteSecret(NAME));
        return client.getDeletedSecret(NAME);
    }

    private static void purge(SecretClient client) throws Exception {
        delete(client);
        client.purgeDeletedSecret(NAME);
        Azure.refused(404, "SecretNotFound", () -> client.getDeletedSecret(NAME));
    }
}
