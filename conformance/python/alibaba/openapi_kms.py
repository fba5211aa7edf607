"""alibabacloud-kms20160120 (the client of the shared gateway), synchronous and asynchronous."""

import asyncio
import sys

from alibabacloud_kms20160120 import models
from alibabacloud_kms20160120.client import Client
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, utils
from kms import CANARY, DIGEST, OWN, b64, ca_runtime, refused, shared_config, step, unb64

FLAVOUR = sys.argv[1]
client = Client(shared_config())


def call(name, request):
    """The body of the answer, over the method of the flavour."""
    if FLAVOUR == "async":
        method = getattr(client, f"{name}_with_options_async")
        return asyncio.run(method(request, ca_runtime())).body
    return getattr(client, f"{name}_with_options")(request, ca_runtime()).body


def create_key(**options):
    return call("create_key", models.CreateKeyRequest(**options)).key_metadata.key_id


with step("creates, describes and lists keys"):
    key_id = create_key(description="größer", key_spec="Aliyun_AES_256")
    metadata = call("describe_key", models.DescribeKeyRequest(key_id=key_id)).key_metadata
    assert metadata.description == "größer" and metadata.key_state == "Enabled"
    pages = call("list_keys", models.ListKeysRequest(page_number=1, page_size=100))
    assert key_id in [key.key_id for key in pages.keys.key]

with step("names keys by aliases and tags them"):
    key_id = create_key()
    alias = f"alias/python-{OWN}-{FLAVOUR}"
    call("create_alias", models.CreateAliasRequest(key_id=key_id, alias_name=alias))
    assert (
        call("describe_key", models.DescribeKeyRequest(key_id=alias)).key_metadata.key_id == key_id
    )
    tags = '[{"TagKey":"env","TagValue":"test"}]'
    call("tag_resource", models.TagResourceRequest(key_id=key_id, tags=tags))
    listed = call("list_resource_tags", models.ListResourceTagsRequest(key_id=key_id)).tags.tag
    assert [(tag.tag_key, tag.tag_value) for tag in listed] == [("env", "test")]
    tag = models.TagResourcesRequestTag(key="more", value="of them")
    with refused("InvalidParameter.TagValue"):
        call(
            "tag_resources",
            models.TagResourcesRequest(
                region_id="cn-hangzhou", resource_type="key", resource_id=[key_id], tag=[tag]
            ),
        )
    tag.value = "of-them"
    call(
        "tag_resources",
        models.TagResourcesRequest(
            region_id="cn-hangzhou", resource_type="key", resource_id=[key_id], tag=[tag]
        ),
    )
    found = call(
        "list_tag_resources",
        models.ListTagResourcesRequest(
            region_id="cn-hangzhou", resource_type="key", resource_id=[key_id]
        ),
    ).tag_resources.tag_resource
    assert {one.tag_key for one in found} == {"env", "more"}

with step("encrypts and decrypts with a context, and makes data keys"):
    key_id = create_key()
    context = {"a": "1", "ü": "*~"}
    sealed = call(
        "encrypt",
        models.EncryptRequest(key_id=key_id, plaintext=CANARY, encryption_context=context),
    )
    opened = call(
        "decrypt",
        models.DecryptRequest(
            ciphertext_blob=sealed.ciphertext_blob,
            encryption_context=dict(reversed(context.items())),
        ),
    )
    assert opened.plaintext == CANARY
    with refused("InvalidParameter"):
        call("decrypt", models.DecryptRequest(ciphertext_blob=sealed.ciphertext_blob))
    made = call(
        "generate_data_key", models.GenerateDataKeyRequest(key_id=key_id, number_of_bytes=40)
    )
    assert len(unb64(made.plaintext)) == 40
    again = call("decrypt", models.DecryptRequest(ciphertext_blob=made.ciphertext_blob))
    assert again.plaintext == made.plaintext
    without = call(
        "generate_data_key_without_plaintext",
        models.GenerateDataKeyWithoutPlaintextRequest(key_id=key_id),
    )
    moved = call(
        "re_encrypt",
        models.ReEncryptRequest(
            ciphertext_blob=without.ciphertext_blob, destination_key_id=create_key()
        ),
    )
    assert moved.ciphertext_blob != without.ciphertext_blob

with step("signs and verifies, as cryptography does"):
    key_id = create_key(key_spec="RSA_2048", key_usage="SIGN/VERIFY")
    versions = call("list_key_versions", models.ListKeyVersionsRequest(key_id=key_id))
    version = versions.key_versions.key_version[0].key_version_id
    asked = {
        "key_id": key_id,
        "key_version_id": version,
        "algorithm": "RSA_PSS_SHA_256",
        "digest": b64(DIGEST),
    }
    value = call("asymmetric_sign", models.AsymmetricSignRequest(**asked)).value
    pem = call("get_public_key", models.GetPublicKeyRequest(key_id=key_id, key_version_id=version))
    public = serialization.load_pem_public_key(pem.public_key.encode())
    pss = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=32)
    public.verify(unb64(value), DIGEST, pss, utils.Prehashed(hashes.SHA256()))
    assert (
        call("asymmetric_verify", models.AsymmetricVerifyRequest(value=value, **asked)).value
        is True
    )
    asked["digest"] = b64(bytes(32))
    assert (
        call("asymmetric_verify", models.AsymmetricVerifyRequest(value=value, **asked)).value
        is False
    )

with step("encrypts for a public key, as cryptography does"):
    key_id = create_key(key_spec="RSA_2048", key_usage="ENCRYPT/DECRYPT")
    versions = call("list_key_versions", models.ListKeyVersionsRequest(key_id=key_id))
    version = versions.key_versions.key_version[0].key_version_id
    pem = call("get_public_key", models.GetPublicKeyRequest(key_id=key_id, key_version_id=version))
    oaep = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
    ours = serialization.load_pem_public_key(pem.public_key.encode()).encrypt(CANARY.encode(), oaep)
    opened = call(
        "asymmetric_decrypt",
        models.AsymmetricDecryptRequest(
            key_id=key_id,
            key_version_id=version,
            algorithm="RSAES_OAEP_SHA_256",
            ciphertext_blob=b64(ours),
        ),
    )
    assert unb64(opened.plaintext).decode() == CANARY

with step("keeps secrets with their stages"):
    name = f"python/{OWN}/{FLAVOUR}"
    call(
        "create_secret",
        models.CreateSecretRequest(secret_name=name, version_id="v1", secret_data=CANARY),
    )
    call(
        "put_secret_value",
        models.PutSecretValueRequest(secret_name=name, version_id="v2", secret_data=f"{CANARY}-2"),
    )
    current = call("get_secret_value", models.GetSecretValueRequest(secret_name=name))
    assert current.secret_data == f"{CANARY}-2"
    assert current.version_stages.version_stage == ["ACSCurrent"]
    previous = call(
        "get_secret_value",
        models.GetSecretValueRequest(secret_name=name, version_stage="ACSPrevious"),
    )
    assert (previous.version_id, previous.secret_data) == ("v1", CANARY)
    call(
        "delete_secret",
        models.DeleteSecretRequest(secret_name=name, force_delete_without_recovery="true"),
    )
    with refused("Forbidden.ResourceNotFound"):
        call("get_secret_value", models.GetSecretValueRequest(secret_name=name))

with step("reads the certificate of an instance by which clients trust it"):
    request = models.GetKmsInstanceRequest(kms_instance_id="kst-nothing")
    with refused("Forbidden.DKMSInstanceNotFound"):
        call("get_kms_instance", request)
    instance = call("get_kms_instance", models.GetKmsInstanceRequest(kms_instance_id="kst-default"))
    assert "BEGIN CERTIFICATE" in instance.kms_instance.ca_certificate_chain_pem

with step("hears of refusals by the vendor's codes"):
    key_id = create_key()
    call("disable_key", models.DisableKeyRequest(key_id=key_id))
    with refused("Rejected.Disabled"):
        call("encrypt", models.EncryptRequest(key_id=key_id, plaintext=CANARY))
    with refused("Forbidden.KeyNotFound"):
        call("describe_key", models.DescribeKeyRequest(key_id="key-nothing"))
    config = shared_config()
    config.access_key_secret = "wrong"
    with refused("SignatureDoesNotMatch"):
        Client(config).list_keys_with_options(models.ListKeysRequest(), ca_runtime())

print("done")
