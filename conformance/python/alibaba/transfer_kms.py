"""alibabacloud-kms-python-sdk: one client for both gateways, by every way of telling it which.

usage: transfer_kms.py ca|ignore_ssl|environment

How the server's certificate is trusted is one for the whole program, since the client keeps
connections. Which gateway has answered is told by what the client keeps of its headers.
"""

import sys

from alibabacloud_kms20160120 import models
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, utils
from kms import (
    CA_FILE,
    CANARY,
    CLIENT_KEY_FILE,
    CLIENT_KEY_PASSWORD,
    DIGEST,
    INSTANCE_ENDPOINT,
    OWN,
    b64,
    refused,
    shared_config,
    step,
    unb64,
)

try:
    from alibabacloud_kms_kms20160120.transfer_client import TransferClient as Client
except ImportError:
    # What the first version calls it.
    from alibabacloud_kms_kms20160120.client import Client
from alibabacloud_kms_kms20160120.models import KmsConfig, KmsRuntimeOptions

TRUST = {"ca": {"ca": CA_FILE}, "ignore_ssl": {"ignore_ssl": True}, "environment": {}}[sys.argv[1]]
# The first version knows the older operations of an instance alone, and binds a context as written.
IS_FIRST = not hasattr(KmsConfig(), "advance_switch")
SOME = ["GetSecretValue", "Decrypt", "AsymmetricSign"]


def kms_config(**more):
    return KmsConfig(
        protocol="https",
        client_key_file=CLIENT_KEY_FILE,
        password=CLIENT_KEY_PASSWORD,
        endpoint=INSTANCE_ENDPOINT,
        **more,
    )


def shared_openapi():
    return shared_config(ca=None)


shared_only = Client(config=shared_openapi())


def manage(name, request):
    method = getattr(shared_only, f"{name}_with_options")
    return method(request, KmsRuntimeOptions(**TRUST)).body


def create_key(**options):
    request = models.CreateKeyRequest(dkmsinstance_id="kst-default", **options)
    return manage("create_key", request).key_metadata.key_id


def only_version(key_id):
    listed = manage("list_key_versions", models.ListKeyVersionsRequest(key_id=key_id))
    return listed.key_versions.key_version[0].key_version_id


cipher = create_key()
signing = create_key(key_spec="RSA_2048", key_usage="SIGN/VERIFY")
wrapping = create_key(key_spec="RSA_2048", key_usage="ENCRYPT/DECRYPT")
signing_version, wrapping_version = only_version(signing), only_version(wrapping)
secret = f"transfer/{OWN}"
manage(
    "create_secret",
    models.CreateSecretRequest(
        secret_name=secret, version_id="v1", secret_data=CANARY, dkmsinstance_id="kst-default"
    ),
)


class Gateway:
    """A client with options, that checks where each of its calls went."""

    def __init__(self, client, goes_to, **runtime):
        self.client, self.goes_to, self.runtime = client, goes_to, {**TRUST, **runtime}

    def call(self, name, request):
        method = getattr(self.client, f"{name}_with_options")
        answer = method(request, KmsRuntimeOptions(**self.runtime))
        action = "".join(part.capitalize() for part in name.split("_"))
        wanted = self.goes_to(action) if callable(self.goes_to) else self.goes_to
        # Of an instance's answer the client keeps one header at most, of the other's all.
        went = "shared" if "x-acs-request-id" in (answer.headers or {}) else "instance"
        assert went == wanted, f"{action} went to the {went} gateway: {answer.headers}"
        return answer.body

    def encrypt(self, plaintext=CANARY, context=None):
        return self.call(
            "encrypt",
            models.EncryptRequest(key_id=cipher, plaintext=plaintext, encryption_context=context),
        ).ciphertext_blob

    def decrypt(self, blob, context=None):
        return self.call(
            "decrypt", models.DecryptRequest(ciphertext_blob=blob, encryption_context=context)
        ).plaintext


def use_everything(gateway):
    """Every action that can go to either gateway."""
    context = {"b": "2", "a": "1"}
    blob = gateway.encrypt(context=context)
    assert len(unb64(blob)) == 64 + len(CANARY)
    assert gateway.decrypt(blob, context) == CANARY
    if not IS_FIRST:
        assert gateway.decrypt(blob, {"a": "1", "b": "2"}) == CANARY
    for wrong in ({"a": "1"}, None):
        with refused("InvalidParameter"):
            gateway.decrypt(blob, wrong)
    made = gateway.call(
        "generate_data_key",
        models.GenerateDataKeyRequest(
            key_id=cipher, key_spec="AES_128", encryption_context=context
        ),
    )
    assert len(unb64(made.plaintext)) == 16
    assert gateway.decrypt(made.ciphertext_blob, context) == made.plaintext
    without = gateway.call(
        "generate_data_key_without_plaintext",
        models.GenerateDataKeyWithoutPlaintextRequest(key_id=cipher, number_of_bytes=48),
    )
    assert len(unb64(gateway.decrypt(without.ciphertext_blob))) == 48
    sign_with(gateway)
    asked = {
        "key_id": wrapping,
        "key_version_id": wrapping_version,
        "algorithm": "RSAES_OAEP_SHA_256",
    }
    sealed = gateway.call(
        "asymmetric_encrypt",
        models.AsymmetricEncryptRequest(plaintext=b64(CANARY.encode()), **asked),
    )
    opened = gateway.call(
        "asymmetric_decrypt",
        models.AsymmetricDecryptRequest(ciphertext_blob=sealed.ciphertext_blob, **asked),
    )
    assert unb64(opened.plaintext).decode() == CANARY
    read = gateway.call("get_secret_value", models.GetSecretValueRequest(secret_name=secret))
    assert (read.secret_data, read.version_stages.version_stage) == (CANARY, ["ACSCurrent"])


def sign_with(gateway):
    asked = {
        "key_id": signing,
        "key_version_id": signing_version,
        "algorithm": "RSA_PKCS1_SHA_256",
        "digest": b64(DIGEST),
    }
    signed = gateway.call("asymmetric_sign", models.AsymmetricSignRequest(**asked))
    assert signed.key_version_id == signing_version
    pem = gateway.call(
        "get_public_key", models.GetPublicKeyRequest(key_id=signing, key_version_id=signing_version)
    ).public_key
    public = serialization.load_pem_public_key(pem.encode())
    public.verify(unb64(signed.value), DIGEST, padding.PKCS1v15(), utils.Prehashed(hashes.SHA256()))
    verified = gateway.call(
        "asymmetric_verify", models.AsymmetricVerifyRequest(value=signed.value, **asked)
    )
    assert verified.value is True
    other = models.AsymmetricVerifyRequest(
        value=signed.value, **{**asked, "digest": b64(bytes(32))}
    )
    assert gateway.call("asymmetric_verify", other).value is False


instance = Gateway(Client(kms_config=kms_config()), "instance")
both = Client(config=shared_openapi(), kms_config=kms_config())
some = Client(config=shared_openapi(), kms_config=kms_config(default_kms_api_names=SOME))
WAYS = {
    "all to the instance, without a shared gateway": instance,
    "all to the instance, beside a shared gateway": Gateway(both, "instance"),
    "all to the shared gateway, without an instance": Gateway(shared_only, "shared"),
    "all to the shared gateway, beside an instance": Gateway(
        Client(config=shared_openapi(), kms_config=kms_config(), is_use_kms_share_gateway=True),
        "shared",
    ),
    "some to the shared gateway, by default_kms_api_names": Gateway(
        some, lambda action: "shared" if action in SOME else "instance"
    ),
    "to the shared gateway by the options of each call": Gateway(
        both, "shared", is_use_kms_share_gateway=True
    ),
    "to the instance by the options of each call": Gateway(
        some, "instance", is_use_kms_share_gateway=False
    ),
    "with an encoding of the client": Gateway(
        Client(config=shared_openapi(), kms_config=kms_config(encoding="gbk")), "instance"
    ),
    "with an encoding of each call": Gateway(both, "instance", encoding="gbk"),
}

for name, gateway in WAYS.items():
    # How the certificate is trusted is the same for all; once for each gateway is enough.
    if sys.argv[1] != "ca" and gateway.client is not both:
        continue
    with step(name):
        use_everything(gateway)

with step("a text goes in the encoding it was told, and comes back"):
    text = f"{CANARY} 密钥"
    for encoding in ("utf-8", "gbk"):
        by_call = Gateway(both, "instance", encoding=encoding)
        blob = by_call.encrypt(text)
        assert len(unb64(blob)) == 64 + len(text.encode(encoding))
        assert by_call.decrypt(blob) == text
        by_client = Gateway(
            Client(config=shared_openapi(), kms_config=kms_config(encoding=encoding)), "instance"
        )
        assert by_client.decrypt(blob) == text

with step("what one gateway has encrypted the other decrypts, with its context"):
    shared = Gateway(shared_only, "shared")
    for context in (None, {"b": "2", "a": "1"}):
        assert shared.decrypt(instance.encrypt(context=context), context) == CANARY
    assert instance.decrypt(shared.encrypt()) == CANARY
    for made, opens in ((instance, shared), (shared, instance)):
        data = made.call("generate_data_key", models.GenerateDataKeyRequest(key_id=cipher))
        assert opens.decrypt(data.ciphertext_blob) == data.plaintext

with step("refusals of the instance are told in the words of the shared gateway"):
    with refused("Forbidden.KeyNotFound"):
        instance.call("encrypt", models.EncryptRequest(key_id="key-nothing", plaintext="x"))
    with refused("Forbidden.ResourceNotFound"):
        instance.call(
            "get_secret_value", models.GetSecretValueRequest(secret_name=f"{secret}/none")
        )
    disabled = create_key()
    manage("disable_key", models.DisableKeyRequest(key_id=disabled))
    with refused("Rejected.Disabled"):
        instance.call("encrypt", models.EncryptRequest(key_id=disabled, plaintext="x"))

if not IS_FIRST:
    with step("the older operations of the instance, where the client is told to use them"):
        older = Gateway(
            Client(
                config=shared_openapi(),
                kms_config=kms_config(force_low_version_crypto_transfer=True),
            ),
            "instance",
        )
        blob = older.encrypt()
        assert older.decrypt(blob) == instance.decrypt(blob) == CANARY
        context = {"a": "1"}
        assert older.decrypt(older.encrypt(context=context), context) == CANARY
        data = older.call("generate_data_key", models.GenerateDataKeyRequest(key_id=cipher))
        assert instance.decrypt(data.ciphertext_blob) == data.plaintext

    with step("the client that has the operations of both"):
        from alibabacloud_kms_kms20160120.client import Client as NativeClient
        from sdk import models as native_models

        native = NativeClient(kms_instance_config=kms_config(), open_api_config=shared_openapi())
        native._ca_file_path, native._ignore_ssl = TRUST.get("ca"), TRUST.get("ignore_ssl")
        sealed = native.advance_encrypt(
            native_models.AdvanceEncryptRequest(key_id=cipher, plaintext=CANARY.encode())
        )
        assert instance.decrypt(b64(sealed.ciphertext_blob[3:])) == CANARY
        runtime = KmsRuntimeOptions(**TRUST)
        listed = native.list_keys_with_options(models.ListKeysRequest(), runtime)
        assert listed.body.total_count > 0
        by_name = native.get_secret_value_with_options_by_shared_endpoint(
            models.GetSecretValueRequest(secret_name=secret), runtime
        )
        assert by_name.body.secret_data == CANARY
        generic = native.do_action({"KeyId": cipher}, "DescribeKey", runtime)
        assert generic["body"]["KeyMetadata"]["KeyId"] == cipher

with step("neither gateway is no client"):
    try:
        Client()
    except Exception as error:
        assert "can not be both None" in str(error), error
    else:
        raise AssertionError("made a client of nothing")

print("done")
