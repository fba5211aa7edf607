import com.azure.core.credential.TokenCredential;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.KeyClientBuilder;
import com.azure.security.keyvault.keys.cryptography.CryptographyClient;
import com.azure.security.keyvault.keys.cryptography.models.EncryptionAlgorithm;
import com.azure.security.keyvault.keys.cryptography.models.KeyWrapAlgorithm;
import com.azure.security.keyvault.keys.cryptography.models.SignatureAlgorithm;
import com.azure.security.keyvault.keys.models.CreateEcKeyOptions;
import com.azure.security.keyvault.keys.models.CreateRsaKeyOptions;
import com.azure.security.keyvault.keys.models.KeyCurveName;
import com.azure.security.keyvault.keys.models.KeyOperation;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/** Keys, and what they do beside Java's own cryptography. */
final class Keys {
    private static final byte[] MESSAGE = Azure.CANARY.getBytes(StandardCharsets.UTF_8);

    private Keys() {}

    static void check(TokenCredential credential) {
        KeyClient client =
                new KeyClientBuilder().vaultUrl(Azure.URL).credential(credential).buildClient();
        rsa(client);
        curve(client, KeyCurveName.P_256, SignatureAlgorithm.ES256, "SHA-256");
        curve(client, KeyCurveName.P_384, SignatureAlgorithm.ES384, "SHA-384");
        curve(client, KeyCurveName.P_521, SignatureAlgorithm.ES512, "SHA-512");
        Checks.step("a key is listed, rotated, deleted, recovered and purged", () -> life(client));
        Checks.step("what a key may not do is refused", () -> {
            KeyVaultKey made = client.createRsaKey(
                    new CreateRsaKeyOptions("java-of-one-use").setKeyOperations(KeyOperation.SIGN));
            CryptographyClient crypto = client.getCryptographyClient("java-of-one-use");
            byte[] sealed = new byte[256];
            Azure.refused(403, "Forbidden",
                    () -> crypto.decrypt(EncryptionAlgorithm.RSA_OAEP_256, sealed));
            Azure.refused(404, "KeyNotFound", () -> client.getKey("java-nothing"));
            Checks.same(made.getKeyOperations(), java.util.List.of(KeyOperation.SIGN));
        });
    }

    private static void rsa(KeyClient client) {
        String name = "java-rsa";
        Checks.step("an RSA key is created", () -> {
            client.createRsaKey(new CreateRsaKeyOptions(name).setKeySize(2048));
            Checks.same(publicKey(client, name).getModulus().bitLength(), 2048);
        });
        Checks.step("what is signed with RS256 verifies here and there", () ->
                signs(client, name, SignatureAlgorithm.RS256, "SHA-256",
                        Signature.getInstance("SHA256withRSA"), publicKey(client, name)));
        Checks.step("what is signed with PS256 verifies here and there", () -> {
            Signature verifier = Signature.getInstance("RSASSA-PSS");
            verifier.setParameter(
                    new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            signs(client, name, SignatureAlgorithm.PS256, "SHA-256", verifier,
                    publicKey(client, name));
        });
        CryptographyClient crypto = client.getCryptographyClient(name);
        Checks.step("RSA-OAEP-256 decrypts what was encrypted by either", () -> {
            byte[] sealed =
                    crypto.encrypt(EncryptionAlgorithm.RSA_OAEP_256, MESSAGE).getCipherText();
            for (byte[] one : new byte[][] {sealed, oaep(publicKey(client, name), MESSAGE)}) {
                byte[] opened =
                        crypto.decrypt(EncryptionAlgorithm.RSA_OAEP_256, one).getPlainText();
                Checks.sameBytes(opened, MESSAGE);
            }
        });
        Checks.step("RSA-OAEP-256 unwraps what was wrapped by either", () -> {
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            byte[] sealed = crypto.wrapKey(KeyWrapAlgorithm.RSA_OAEP_256, key).getEncryptedKey();
            for (byte[] one : new byte[][] {sealed, oaep(publicKey(client, name), key)}) {
                Checks.sameBytes(
                        crypto.unwrapKey(KeyWrapAlgorithm.RSA_OAEP_256, one).getKey(), key);
            }
            byte[] none = new byte[256];
            Azure.refused(400, "BadParameter",
                    () -> crypto.unwrapKey(KeyWrapAlgorithm.RSA_OAEP_256, none));
        });
    }

    private static void curve(
            KeyClient client, KeyCurveName curve, SignatureAlgorithm algorithm, String hash) {
        Checks.step("what a key on " + curve + " signs verifies here and there", () -> {
            String name = "java-ec-" + curve;
            client.createEcKey(new CreateEcKeyOptions(name).setCurveName(curve));
            PublicKey key = client.getKey(name).getKey().toEc().getPublic();
            // RFC 7518, section 3.4: r and s side by side, each as long as the curve.
            String own = hash.replace("-", "") + "withECDSAinP1363Format";
            signs(client, name, algorithm, hash, Signature.getInstance(own), key);
        });
    }

    private static void signs(
            KeyClient client, String name, SignatureAlgorithm algorithm, String hash,
            Signature verifier, PublicKey key) throws Exception {
        byte[] digest = MessageDigest.getInstance(hash).digest(MESSAGE);
        CryptographyClient crypto = client.getCryptographyClient(name);
        byte[] signature = crypto.sign(algorithm, digest).getSignature();
        verifier.initVerify(key);
        verifier.update(MESSAGE);
        Checks.isTrue(verifier.verify(signature), "it verifies here");
        Checks.isTrue(crypto.verify(algorithm, digest, signature).isValid(), "and there");
        digest[0] ^= 1;
        Checks.isTrue(!crypto.verify(algorithm, digest, signature).isValid(), "another does not");
    }

    private static void life(KeyClient client) throws Exception {
        String name = "java-life";
        String first = client.createEcKey(new CreateEcKeyOptions(name)).getProperties().getVersion();
        String second = client.rotateKey(name).getProperties().getVersion();
        Checks.isTrue(!first.equals(second), "a rotated key has a new version");
        Checks.same(client.getKey(name).getProperties().getVersion(), second);
        boolean found = client.listPropertiesOfKeys().stream()
                .anyMatch(one -> one.getName().equals(name));
        Checks.isTrue(found, "it is in the list");
        Azure.finish(client.beginDeleteKey(name));
        Azure.refused(404, "KeyNotFound", () -> client.getKey(name));
        Azure.finish(client.beginRecoverDeletedKey(name));
        Checks.same(client.getKey(name, first).getProperties().getVersion(), first);
        Azure.finish(client.beginDeleteKey(name));
        client.purgeDeletedKey(name);
        Azure.refused(404, "KeyNotFound", () -> client.getDeletedKey(name));
        Checks.same(client.getRandomBytes(48).length, 48);
    }

    private static RSAPublicKey publicKey(KeyClient client, String name) {
        return (RSAPublicKey) client.getKey(name).getKey().toRsa().getPublic();
    }

    private static byte[] oaep(PublicKey key, byte[] plaintext) throws Exception {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key, new OAEPParameterSpec(
                "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
        return cipher.doFinal(plaintext);
    }
}
