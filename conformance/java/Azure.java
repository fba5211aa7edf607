import com.azure.core.credential.TokenCredential;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.util.polling.SyncPoller;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import java.time.Duration;

/** The official clients of Azure Key Vault for Java, with nothing but the environment. */
final class Azure {
    static final String URL = Checks.variable("AZURE_KEYVAULT_URL");
    static final String CANARY = Checks.variable("CANARY");

    private Azure() {}

    public static void main(String[] arguments) {
        switch (arguments[0]) {
            case "objects" -> {
                TokenCredential credential = new DefaultAzureCredentialBuilder().build();
                Secrets.check(credential);
                Keys.check(credential);
                Certificates.check(credential);
            }
            case "sign-in" -> signIn("without arguments", new DefaultAzureCredentialBuilder());
            case "sign-in-elsewhere" -> signIn("that asks no public host",
                    new DefaultAzureCredentialBuilder().disableInstanceDiscovery());
            default -> throw new IllegalArgumentException("no such flavour: " + arguments[0]);
        }
        System.out.println("done");
        // The threads of its HTTP client would keep the program for some seconds.
        System.exit(0);
    }

    /** Reads one secret as whoever the environment names. */
    private static void signIn(String how, DefaultAzureCredentialBuilder builder) {
        Checks.step("DefaultAzureCredential " + how, () -> {
            SecretClient client = new SecretClientBuilder()
                    .vaultUrl(URL).credential(builder.build()).buildClient();
            String name = "java-sign-in-" + System.nanoTime();
            client.setSecret(name, CANARY);
            Checks.isTrue(client.getSecret(name).getValue().equals(CANARY), "it is the one set");
        });
    }

    /** Waits for the end of what was begun, not as seldom as the SDK asks by itself. */
    static void finish(SyncPoller<?, ?> poller) {
        poller.setPollInterval(Duration.ofMillis(100)).waitForCompletion();
    }

    /** Demands a refusal of the vault with this status and code. */
    static void refused(int status, String code, Checks.Check call) throws Exception {
        try {
            call.run();
        } catch (HttpResponseException refusal) {
            Checks.same(refusal.getResponse().getStatusCode(), status);
            String said = String.valueOf(refusal.getMessage());
            Checks.isTrue(said.contains(code), code + " is said: " + said);
            return;
        }
        throw new AssertionError("no refusal, but " + code + " was expected");
    }
}
