"""alibabacloud-dkms-gcs: the operations of an instance gateway, as its own client has them."""

import os

from alibabacloud_kms20160120 import models as shared
from alibabacloud_kms20160120.client import Client as SharedClient
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding
from kms import (
    CA_FILE,
    CANARY,
    CLIENT_KEY_FILE,
    CLIENT_KEY_PASSWORD,
    DIGEST,
    INSTANCE_ENDPOINT,
    OWN,
    b64,
    ca_runtime,
    refused,
    shared_config,
    step,
)
from openapi import models as openapi_models
from openapi_util import models as util_models
from sdk import models
from sdk.client import Client

VERSION_HEADER = "x-kms-migrationkeyversionid"
MESSAGE = CANARY.encode()


def instance_client(**changes):
    options = {
        "protocol": "https",
        "client_key_file": CLIENT_KEY_FILE,
        "password": CLIENT_KEY_PASSWORD,
        "endpoint": INSTANCE_ENDPOINT,
        "ca_file_path": CA_FILE,
    }
    return Client(openapi_models.Config(**{**options, **changes}))


client = instance_client()
management = SharedClient(shared_config())
# One attempt: what is refused is refused, and no retry has to be waited for.
once = util_models.RuntimeOptions(autoretry=False, response_headers=[VERSION_HEADER])


def create_key(**options):
    request = shared.CreateKeyRequest(dkmsinstance_id="kst-default", **options)
    return management.create_key_with_options(request, ca_runtime()).body.key_metadata.key_id


def call(name, **fields):
    request = getattr(models, "".join(part.capitalize() for part in name.split("_")) + "Request")
    return getattr(client, f"{name}_with_options")(request(**fields), once)


def header(answer):
    return answer.response_headers[VERSION_HEADER]


SYMMETRIC = [
    ("Aliyun_AES_256", "AES_GCM", 12, 16),
    ("Aliyun_AES_128", "AES_GCM", 12, 16),
    ("Aliyun_AES_256", "AES_CBC", 16, None),
    ("Aliyun_AES_256", "AES_ECB", 0, None),
    ("Aliyun_SM4", "SM4_GCM", 12, 16),
    ("Aliyun_SM4", "SM4_CBC", 16, None),
    ("Aliyun_SM4", "SM4_ECB", 0, None),
]

for spec, algorithm, iv_bytes, tag_bytes in SYMMETRIC:
    with step(f"Encrypt and Decrypt with {algorithm} of {spec}"):
        key_id = create_key(key_spec=spec)
        sealed = call("encrypt", key_id=key_id, plaintext=MESSAGE, algorithm=algorithm)
        assert (sealed.key_id, sealed.algorithm) == (key_id, algorithm)
        assert len(sealed.iv) == iv_bytes and len(header(sealed)) == 36
        padded = len(MESSAGE) + (tag_bytes if tag_bytes is not None else 16 - len(MESSAGE) % 16)
        assert len(sealed.ciphertext_blob) == padded
        opening = {
            "key_id": key_id,
            "ciphertext_blob": sealed.ciphertext_blob,
            "algorithm": algorithm,
            "iv": sealed.iv,
        }
        opened = call("decrypt", **opening)
        assert opened.plaintext == MESSAGE and header(opened) == header(sealed)
        if iv_bytes:
            own_iv = os.urandom(iv_bytes)
            again = call(
                "encrypt", key_id=key_id, plaintext=MESSAGE, algorithm=algorithm, iv=own_iv
            )
            assert again.iv == own_iv
        if tag_bytes:
            aad = call("encrypt", key_id=key_id, plaintext=MESSAGE, aad=b"of this")
            opening = {"key_id": key_id, "ciphertext_blob": aad.ciphertext_blob, "iv": aad.iv}
            assert call("decrypt", aad=b"of this", **opening).plaintext == MESSAGE
            with refused("InvalidParameter"):
                call("decrypt", aad=b"of that", **opening)

with step("block ciphers without padding take whole blocks alone"):
    key_id = create_key()
    options = {"key_id": key_id, "algorithm": "AES_CBC", "padding_mode": "NO_PADDING"}
    sealed = call("encrypt", plaintext=MESSAGE[:16], **options)
    assert len(sealed.ciphertext_blob) == 16 and sealed.padding_mode == "NO_PADDING"
    opened = call("decrypt", ciphertext_blob=sealed.ciphertext_blob, iv=sealed.iv, **options)
    assert opened.plaintext == MESSAGE[:16]
    with refused("InvalidParameter"):
        call("encrypt", plaintext=MESSAGE[:15], **options)

with step("AdvanceEncrypt says in its ciphertext what AdvanceDecrypt needs"):
    key_id = create_key()
    sealed = call("advance_encrypt", key_id=key_id, plaintext=MESSAGE, aad=b"of this")
    blob = sealed.ciphertext_blob
    assert blob[:3] == b"\x24\x00\x02" and blob[3:39].decode() == sealed.key_version_id
    assert blob[39:51] == sealed.iv and len(blob) == 51 + len(MESSAGE) + 16
    opened = call("advance_decrypt", ciphertext_blob=blob, aad=b"of this")
    assert (opened.plaintext, opened.key_id) == (MESSAGE, key_id)
    assert opened.key_version_id == sealed.key_version_id == header(opened)
    for wrong in (
        blob[:-1],
        blob[:50],
        b"\x25" + blob[1:],
        blob[:60] + bytes([blob[60] ^ 1]) + blob[61:],
    ):
        with refused("InvalidParameter"):
            call("advance_decrypt", ciphertext_blob=wrong, aad=b"of this")

with step("AdvanceEncrypt follows rotation, Encrypt stays with the first version"):
    key_id = create_key()
    first = call("advance_encrypt", key_id=key_id, plaintext=MESSAGE)
    request = shared.CreateKeyVersionRequest(key_id=key_id)
    made = management.create_key_version_with_options(request, ca_runtime()).body.key_version
    second = call("advance_encrypt", key_id=key_id, plaintext=MESSAGE)
    assert second.key_version_id == made.key_version_id != first.key_version_id
    assert header(call("encrypt", key_id=key_id, plaintext=MESSAGE)) == first.key_version_id
    for sealed in (first, second):
        assert call("advance_decrypt", ciphertext_blob=sealed.ciphertext_blob).plaintext == MESSAGE

with step("one ciphertext opens at both gateways"):
    key_id = create_key()
    sealed = call("advance_encrypt", key_id=key_id, plaintext=MESSAGE)
    request = shared.DecryptRequest(ciphertext_blob=b64(sealed.ciphertext_blob[3:]))
    opened = management.decrypt_with_options(request, ca_runtime()).body
    assert opened.plaintext == CANARY

for name in ("generate_data_key", "advance_generate_data_key"):
    with step(f"{name} gives the octets and their ciphertext"):
        key_id = create_key()
        made = call(name, key_id=key_id, number_of_bytes=24, aad=b"of this")
        assert len(made.plaintext) == 24
        opening = {"ciphertext_blob": made.ciphertext_blob, "aad": b"of this"}
        if name == "generate_data_key":
            opened = call("decrypt", key_id=key_id, iv=made.iv, **opening)
        else:
            opened = call("advance_decrypt", **opening)
        assert opened.plaintext == made.plaintext
        for count in (1, 1024):
            assert len(call(name, key_id=key_id, number_of_bytes=count).plaintext) == count
        with refused("InvalidParameter"):
            call(name, key_id=key_id, number_of_bytes=1025)

PAIRS = [
    ("RSA_2048", "PEM"),
    ("RSA_2048", "DER"),
    ("EC_P256", "PEM"),
    ("EC_P256K", "DER"),
    ("EC_SM2", "PEM"),
]

for spec, form in PAIRS:
    with step(f"a pair of keys {spec} is made, in {form}"):
        key_id = create_key()
        for prefix, opener in (("", "decrypt"), ("advance_", "advance_decrypt")):
            fields = {"key_id": key_id, "key_pair_spec": spec, "key_format": form}
            made = call(f"{prefix}generate_data_key_pair", **fields)
            opening = {"ciphertext_blob": made.private_key_ciphertext_blob}
            if not prefix:
                opening |= {"key_id": key_id, "iv": made.iv}
            assert call(opener, **opening).plaintext == made.private_key_plaintext
            if spec != "EC_SM2":
                load = (
                    serialization.load_pem_private_key
                    if form == "PEM"
                    else serialization.load_der_private_key
                )
                read = (
                    serialization.load_pem_public_key
                    if form == "PEM"
                    else serialization.load_der_public_key
                )
                private, public = load(made.private_key_plaintext, None), read(made.public_key)
                assert private.public_key().public_numbers() == public.public_numbers()
            without = call(f"{prefix}generate_data_key_pair_without_plaintext", **fields)
            assert without.private_key_ciphertext_blob and without.public_key
            assert not hasattr(without, "private_key_plaintext")


def verify(pem, algorithm, signature):
    public = serialization.load_pem_public_key(pem.encode())
    if algorithm == "ECDSA_SHA_256":
        public.verify(signature, MESSAGE, ec.ECDSA(hashes.SHA256()))
        return
    pss = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=32)
    public.verify(
        signature, MESSAGE, pss if "PSS" in algorithm else padding.PKCS1v15(), hashes.SHA256()
    )


SIGNATURES = [
    ("RSA_2048", "RSA_PSS_SHA_256"),
    ("RSA_2048", "RSA_PKCS1_SHA_256"),
    ("RSA_3072", "RSA_PSS_SHA_256"),
    ("EC_P256", "ECDSA_SHA_256"),
    ("EC_P256K", "ECDSA_SHA_256"),
    ("EC_SM2", "SM2DSA"),
]

for spec, algorithm in SIGNATURES:
    with step(f"Sign and Verify with {algorithm} of {spec}"):
        key_id = create_key(key_spec=spec, key_usage="SIGN/VERIFY")
        fields = {"key_id": key_id, "algorithm": algorithm, "message": MESSAGE}
        signed = call("sign", **fields)
        assert len(header(signed)) == 36 and signed.message_type == "RAW"
        pem = call("get_public_key", key_id=key_id)
        assert header(pem) == header(signed)
        if spec != "EC_SM2":
            verify(pem.public_key, algorithm, signed.signature)
            fields |= {"message": DIGEST, "message_type": "DIGEST"}
        assert call("verify", signature=signed.signature, **fields).value is True
        other = {**fields, "message": bytes(32)}
        assert call("verify", signature=signed.signature, **other).value is False
        assert call("verify", signature=os.urandom(70), **fields).value is False
        with refused("InvalidParameter"):
            call(
                "sign", key_id=key_id, algorithm=algorithm, message=b"short", message_type="DIGEST"
            )

ENCRYPTIONS = [
    ("RSA_2048", "RSAES_OAEP_SHA_256"),
    ("RSA_2048", "RSAES_OAEP_SHA_1"),
    ("EC_SM2", "SM2PKE"),
]

for spec, algorithm in ENCRYPTIONS:
    with step(f"Encrypt and Decrypt with {algorithm} of {spec}"):
        key_id = create_key(key_spec=spec, key_usage="ENCRYPT/DECRYPT")
        sealed = call("encrypt", key_id=key_id, plaintext=MESSAGE, algorithm=algorithm)
        blob = sealed.ciphertext_blob
        if spec != "EC_SM2":
            digest = hashes.SHA1() if algorithm.endswith("_1") else hashes.SHA256()
            public = serialization.load_pem_public_key(
                call("get_public_key", key_id=key_id).public_key.encode()
            )
            blob = public.encrypt(MESSAGE, padding.OAEP(padding.MGF1(digest), digest, None))
        for one in (sealed.ciphertext_blob, blob):
            opened = call("decrypt", key_id=key_id, ciphertext_blob=one, algorithm=algorithm)
            assert opened.plaintext == MESSAGE

with step("GenerateRandom gives as many octets as it is asked for"):
    for length in (1, 32, 1024):
        assert len(call("generate_random", length=length).random) == length
    assert call("generate_random", length=32).random != call("generate_random", length=32).random
    for length, code in (
        (0, "MissingParameter"),
        (1025, "InvalidParameter"),
        (-1, "InvalidParameter"),
    ):
        with refused(code):
            call("generate_random", length=length)

with step("GetSecretValue reads versions and stages"):
    name = f"instance/{OWN}"
    for version, data in (("v1", CANARY), ("v2", f"{CANARY}-2")):
        if version == "v1":
            management.create_secret_with_options(
                shared.CreateSecretRequest(
                    secret_name=name,
                    version_id=version,
                    secret_data=data,
                    dkmsinstance_id="kst-default",
                ),
                ca_runtime(),
            )
        else:
            management.put_secret_value_with_options(
                shared.PutSecretValueRequest(
                    secret_name=name, version_id=version, secret_data=data
                ),
                ca_runtime(),
            )
    current = call("get_secret_value", secret_name=name)
    assert (current.secret_data, current.version_id) == (f"{CANARY}-2", "v2")
    assert current.version_stages == ["ACSCurrent"] and current.secret_type == "Generic"
    previous = call("get_secret_value", secret_name=name, version_stage="ACSPrevious")
    assert (previous.secret_data, previous.version_id) == (CANARY, "v1")
    with refused("Forbidden.ResourceNotFound"):
        call("get_secret_value", secret_name=f"{name}/none")

with step("names keys by aliases, and no key that is not there or not in use"):
    key_id = create_key()
    alias = f"alias/instance-{OWN}"
    management.create_alias_with_options(
        shared.CreateAliasRequest(key_id=key_id, alias_name=alias), ca_runtime()
    )
    assert call("advance_encrypt", key_id=alias, plaintext=MESSAGE).key_id == key_id
    with refused("Forbidden.KeyNotFound"):
        call("encrypt", key_id="key-nothing", plaintext=MESSAGE)
    management.disable_key_with_options(shared.DisableKeyRequest(key_id=key_id), ca_runtime())
    with refused("Rejected.Disabled"):
        call("encrypt", key_id=key_id, plaintext=MESSAGE)
    management.schedule_key_deletion_with_options(
        shared.ScheduleKeyDeletionRequest(key_id=key_id, pending_window_in_days=7), ca_runtime()
    )
    with refused("Rejected.PendingDeletion"):
        call("encrypt", key_id=key_id, plaintext=MESSAGE)
    external = create_key(origin="EXTERNAL")
    with refused("Rejected.PendingImport"):
        call("encrypt", key_id=external, plaintext=MESSAGE)

with step("a key is for what it was made for"):
    signing = create_key(key_spec="EC_P256", key_usage="SIGN/VERIFY")
    with refused("UnsupportedOperation"):
        call("encrypt", key_id=signing, plaintext=MESSAGE)
    with refused("UnsupportedOperation"):
        call("sign", key_id=create_key(), message=MESSAGE)
    with refused("UnsupportedOperation"):
        call("get_public_key", key_id=create_key())

with step("a client key reads from its file, from its content, and not with another password"):
    with open(CLIENT_KEY_FILE, encoding="utf-8") as file:
        content = file.read()
    by_content = instance_client(client_key_file=None, client_key_content=content)
    assert by_content.generate_random(models.GenerateRandomRequest(length=4)).random
    try:
        instance_client(password=f"{CLIENT_KEY_PASSWORD}x")
    except Exception as error:
        assert "mac verify failure" in str(error), error
    else:
        raise AssertionError("the file opened with another password")

print("done")
