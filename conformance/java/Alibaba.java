import com.aliyun.dkms.gcs.sdk.models.AdvanceDecryptRequest;
import com.aliyun.dkms.gcs.sdk.models.AdvanceEncryptRequest;
import com.aliyun.dkms.gcs.sdk.models.AdvanceGenerateDataKeyRequest;
import com.aliyun.dkms.gcs.sdk.models.GetPublicKeyRequest;
import com.aliyun.dkms.gcs.sdk.models.SignRequest;
import com.aliyun.dkms.gcs.sdk.models.VerifyRequest;
import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.AsymmetricSignRequest;
import com.aliyun.kms20160120.models.AsymmetricVerifyRequest;
import com.aliyun.kms20160120.models.CreateKeyRequest;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.DecryptRequest;
import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.EncryptRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.ListKeyVersionsRequest;
import com.aliyun.kms20160120.models.RestoreSecretRequest;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;

/** The vendor's clients of Alibaba Cloud KMS for Java, at the shared gateway and at an instance. */
final class Alibaba {
    private static final String CANARY = Checks.variable("CANARY");
    private static final byte[] MESSAGE = CANARY.getBytes(StandardCharsets.UTF_8);

    private Alibaba() {}

    public static void main(String[] arguments) throws Exception {
        Client shared = new Client(new Config()
                .setAccessKeyId(Checks.variable("ALIBABA_CLOUD_ACCESS_KEY_ID"))
                .setAccessKeySecret(Checks.variable("ALIBABA_CLOUD_ACCESS_KEY_SECRET"))
                .setRegionId(Checks.variable("ALIBABA_CLOUD_REGION_ID"))
                .setEndpoint(Checks.variable("ALIBABA_CLOUD_KMS_ENDPOINT")));
        sharedGateway(shared);
        // It is told no CA: it takes that of Java's trust store.
        instanceGateway("instance", shared, new com.aliyun.dkms.gcs.sdk.Client(config()));
        instanceGateway("instance, with a CA file", shared, new com.aliyun.dkms.gcs.sdk.Client(
                config().setCaFilePath(Checks.variable("ALIBABA_CLOUD_KMS_CA_FILE"))));
        System.out.println("done");
        // The threads of its HTTP client would keep the program for some minutes.
        System.exit(0);
    }

    private static com.aliyun.dkms.gcs.openapi.models.Config config() {
        return new com.aliyun.dkms.gcs.openapi.models.Config()
                .setProtocol("https")
                .setEndpoint(Checks.variable("ALIBABA_CLOUD_KMS_INSTANCE_ENDPOINT"))
                .setClientKeyFile(Checks.variable("ALIBABA_CLOUD_KMS_CLIENT_KEY_FILE"))
                .setPassword(Checks.variable("ALIBABA_CLOUD_KMS_CLIENT_KEY_PASSWORD"));
    }

    private static void sharedGateway(Client client) {
        Checks.step("shared gateway: what is encrypted is decrypted in its context alone", () -> {
            String key = newKey(client, null, null);
            Map<String, ?> context = Map.of("purpose", "tests");
            String sealed = client.encrypt(new EncryptRequest()
                    .setKeyId(key).setPlaintext(CANARY).setEncryptionContext(context))
                    .getBody().getCiphertextBlob();
            DecryptRequest opening = new DecryptRequest().setCiphertextBlob(sealed);
            refused("InvalidParameter", () -> client.decrypt(opening));
            String opened = client.decrypt(opening.setEncryptionContext(context))
                    .getBody().getPlaintext();
            Checks.isTrue(opened.equals(CANARY), "it is what was encrypted");
        });
        Checks.step("shared gateway: an RSA signature verifies with the public key", () -> {
            String key = newKey(client, "RSA_2048", "SIGN/VERIFY");
            String version = client.listKeyVersions(new ListKeyVersionsRequest().setKeyId(key))
                    .getBody().getKeyVersions().getKeyVersion().get(0).getKeyVersionId();
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(MESSAGE);
            String digest = Base64.getEncoder().encodeToString(sha);
            String algorithm = "RSA_PKCS1_SHA_256";
            String signed = client.asymmetricSign(new AsymmetricSignRequest()
                    .setKeyId(key).setKeyVersionId(version).setAlgorithm(algorithm)
                    .setDigest(digest)).getBody().getValue();
            var asked = new com.aliyun.kms20160120.models.GetPublicKeyRequest()
                    .setKeyId(key).setKeyVersionId(version);
            Signature verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(publicKey(client.getPublicKey(asked).getBody().getPublicKey()));
            verifier.update(MESSAGE);
            Checks.isTrue(verifier.verify(Base64.getDecoder().decode(signed)), "it verifies here");
            Checks.isTrue(client.asymmetricVerify(new AsymmetricVerifyRequest()
                    .setKeyId(key).setKeyVersionId(version).setAlgorithm(algorithm)
                    .setDigest(digest).setValue(signed)).getBody().getValue(), "and there");
        });
        Checks.step("shared gateway: a secret is created, read, deleted, restored and gone", () -> {
            String name = "java-alibaba";
            newSecret(client, name);
            GetSecretValueRequest asked = new GetSecretValueRequest().setSecretName(name);
            isCanary(client.getSecretValue(asked).getBody().getSecretData());
            client.deleteSecret(
                    new DeleteSecretRequest().setSecretName(name).setRecoveryWindowInDays("7"));
            refused("Rejected.ResourceInDeleteWindow", () -> client.getSecretValue(asked));
            client.restoreSecret(new RestoreSecretRequest().setSecretName(name));
            isCanary(client.getSecretValue(asked).getBody().getSecretData());
            client.deleteSecret(new DeleteSecretRequest()
                    .setSecretName(name).setForceDeleteWithoutRecovery("true"));
            refused("Forbidden.ResourceNotFound", () -> client.getSecretValue(asked));
        });
    }

    private static void instanceGateway(
            String who, Client shared, com.aliyun.dkms.gcs.sdk.Client client) {
        Checks.step(who + ": Encrypt and Decrypt", () -> {
            String key = newKey(shared, null, null);
            var sealed = client.encrypt(new com.aliyun.dkms.gcs.sdk.models.EncryptRequest()
                    .setKeyId(key).setPlaintext(MESSAGE));
            var opened = client.decrypt(new com.aliyun.dkms.gcs.sdk.models.DecryptRequest()
                    .setKeyId(key).setCiphertextBlob(sealed.getCiphertextBlob())
                    .setIv(sealed.getIv()).setAlgorithm(sealed.getAlgorithm()));
            Checks.sameBytes(opened.getPlaintext(), MESSAGE);
        });
        Checks.step(who + ": AdvanceEncrypt says in its ciphertext what it needs", () -> {
            byte[] aad = "of this".getBytes(StandardCharsets.UTF_8);
            byte[] sealed = client.advanceEncrypt(new AdvanceEncryptRequest()
                    .setKeyId(newKey(shared, null, null)).setPlaintext(MESSAGE).setAad(aad))
                    .getCiphertextBlob();
            AdvanceDecryptRequest opening = new AdvanceDecryptRequest().setCiphertextBlob(sealed);
            refused("InvalidParameter", () -> client.advanceDecrypt(opening));
            Checks.sameBytes(client.advanceDecrypt(opening.setAad(aad)).getPlaintext(), MESSAGE);
        });
        Checks.step(who + ": a data key opens with the key that sealed it", () -> {
            var made = client.advanceGenerateDataKey(new AdvanceGenerateDataKeyRequest()
                    .setKeyId(newKey(shared, null, null)).setNumberOfBytes(24));
            Checks.same(made.getPlaintext().length, 24);
            var opening =
                    new AdvanceDecryptRequest().setCiphertextBlob(made.getCiphertextBlob());
            Checks.sameBytes(client.advanceDecrypt(opening).getPlaintext(), made.getPlaintext());
        });
        Checks.step(who + ": an RSA signature verifies with the public key", () -> {
            String key = newKey(shared, "RSA_2048", "SIGN/VERIFY");
            String algorithm = "RSA_PSS_SHA_256";
            byte[] signature = client.sign(new SignRequest()
                    .setKeyId(key).setAlgorithm(algorithm).setMessage(MESSAGE)
                    .setMessageType("RAW")).getSignature();
            Signature verifier = Signature.getInstance("RSASSA-PSS");
            verifier.setParameter(
                    new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            verifier.initVerify(publicKey(
                    client.getPublicKey(new GetPublicKeyRequest().setKeyId(key)).getPublicKey()));
            verifier.update(MESSAGE);
            Checks.isTrue(verifier.verify(signature), "it verifies here");
            VerifyRequest asked = new VerifyRequest().setKeyId(key).setAlgorithm(algorithm)
                    .setMessage(MESSAGE).setMessageType("RAW").setSignature(signature);
            Checks.isTrue(client.verify(asked).getValue(), "and there");
            asked.setMessage(new byte[] {1});
            Checks.isTrue(!client.verify(asked).getValue(), "another does not");
        });
        Checks.step(who + ": a secret of the shared gateway is read", () -> {
            String name = "java-instance-" + System.nanoTime();
            newSecret(shared, name);
            var asked = new com.aliyun.dkms.gcs.sdk.models.GetSecretValueRequest();
            isCanary(client.getSecretValue(asked.setSecretName(name)).getSecretData());
            refused("Forbidden.ResourceNotFound",
                    () -> client.getSecretValue(asked.setSecretName("java-nothing")));
        });
    }

    /** A key of the instance; the vendor's own default is one of AES. */
    private static String newKey(Client client, String spec, String usage) throws Exception {
        return client.createKey(new CreateKeyRequest()
                .setDKMSInstanceId("kst-default").setKeySpec(spec).setKeyUsage(usage))
                .getBody().getKeyMetadata().getKeyId();
    }

    private static void newSecret(Client client, String name) throws Exception {
        client.createSecret(new CreateSecretRequest()
                .setSecretName(name).setSecretData(CANARY).setVersionId("v1")
                .setDKMSInstanceId("kst-default"));
    }

    private static void isCanary(String value) {
        Checks.isTrue(value.equals(CANARY), "it is the value that was set");
    }

    private static PublicKey publicKey(String pem) throws Exception {
        String body = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
        return KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(body)));
    }

    /** Demands a refusal with this code. */
    private static void refused(String code, Checks.Check call) throws Exception {
        try {
            call.run();
        } catch (TeaException refusal) {
            Checks.same(refusal.getCode(), code);
            return;
        }
        throw new AssertionError("no refusal, but " + code + " was expected");
    }
}
