"""What the vendor's Python client gets from an instance, for our client to compare, and back.

usage: client_results.py write|read FILE

`write` makes objects and calls with them, and writes down each call and what it gave. `read` opens
the ciphertexts that our client has added to the file.
"""

import json
import sys

from alibabacloud_kms20160120 import models
from alibabacloud_kms_kms20160120.models import KmsConfig, KmsRuntimeOptions
from alibabacloud_kms_kms20160120.transfer_client import TransferClient
from kms import (
    CA_FILE,
    CANARY,
    CLIENT_KEY_FILE,
    CLIENT_KEY_PASSWORD,
    DIGEST,
    INSTANCE_ENDPOINT,
    OWN,
    b64,
    shared_config,
    step,
)
from Tea.exceptions import TeaException


def client(**more):
    config = KmsConfig(
        protocol="https",
        client_key_file=CLIENT_KEY_FILE,
        password=CLIENT_KEY_PASSWORD,
        endpoint=INSTANCE_ENDPOINT,
        **more,
    )
    return TransferClient(config=shared_config(ca=None), kms_config=config)


def ask(asked, name, request, **runtime):
    method = getattr(asked, f"{name}_with_options")
    return method(request, KmsRuntimeOptions(ca=CA_FILE, **runtime)).body


def shared(name, request):
    return ask(client(), name, request, is_use_kms_share_gateway=True)


def create_key(**options):
    request = models.CreateKeyRequest(dkmsinstance_id="kst-default", **options)
    return shared("create_key", request).key_metadata.key_id


def only_version(key_id):
    listed = shared("list_key_versions", models.ListKeyVersionsRequest(key_id=key_id))
    return listed.key_versions.key_version[0].key_version_id


def recorded(name, request):
    """A call, as our client is to repeat it, and what it gave."""
    action = "".join(part.capitalize() for part in name.split("_"))
    call = {"action": action, "request": request.to_map()}
    try:
        return {**call, "answer": ask(client(), name, request).to_map()}
    except TeaException as error:
        return {**call, "refused": {"code": error.code, "message": error.message}}


def calls():
    cipher = create_key()
    signing = create_key(key_spec="RSA_2048", key_usage="SIGN/VERIFY")
    wrapping = create_key(key_spec="RSA_2048", key_usage="ENCRYPT/DECRYPT")
    sign = {
        "key_id": signing,
        "key_version_id": only_version(signing),
        "algorithm": "RSA_PKCS1_SHA_256",
        "digest": b64(DIGEST),
    }
    wrap = {
        "key_id": wrapping,
        "key_version_id": only_version(wrapping),
        "algorithm": "RSAES_OAEP_SHA_256",
    }
    secret = f"results/{OWN}"
    shared(
        "create_secret",
        models.CreateSecretRequest(
            secret_name=secret, version_id="v1", secret_data=CANARY, dkmsinstance_id="kst-default"
        ),
    )
    context = {"b": "2", "a": "1"}
    yield recorded("get_secret_value", models.GetSecretValueRequest(secret_name=secret))
    # With fetch_extended_config this client raises a TypeError of its own, before it asks.
    yield recorded("get_secret_value", models.GetSecretValueRequest(secret_name="results/none"))
    encrypt = {"key_id": cipher, "plaintext": CANARY}
    yield recorded("encrypt", models.EncryptRequest(**encrypt))
    yield recorded("encrypt", models.EncryptRequest(**encrypt, encryption_context=context))
    yield recorded("encrypt", models.EncryptRequest(key_id="key-nothing", plaintext="x"))
    for options in ({}, {"key_spec": "AES_128"}, {"number_of_bytes": 48}):
        request = {"key_id": cipher, "encryption_context": context, **options}
        yield recorded("generate_data_key", models.GenerateDataKeyRequest(**request))
        without = models.GenerateDataKeyWithoutPlaintextRequest(**request)
        yield recorded("generate_data_key_without_plaintext", without)
    signed = recorded("asymmetric_sign", models.AsymmetricSignRequest(**sign))
    yield signed
    value = signed["answer"]["Value"]
    yield recorded("asymmetric_verify", models.AsymmetricVerifyRequest(value=value, **sign))
    other = {**sign, "digest": b64(bytes(32))}
    yield recorded("asymmetric_verify", models.AsymmetricVerifyRequest(value=value, **other))
    key = {name: sign[name] for name in ("key_id", "key_version_id")}
    yield recorded("get_public_key", models.GetPublicKeyRequest(**key))
    plaintext = b64(CANARY.encode())
    sealed = recorded(
        "asymmetric_encrypt", models.AsymmetricEncryptRequest(plaintext=plaintext, **wrap)
    )
    yield sealed
    blob = sealed["answer"]["CiphertextBlob"]
    yield recorded(
        "asymmetric_decrypt", models.AsymmetricDecryptRequest(ciphertext_blob=blob, **wrap)
    )
    wrong = {**wrap, "algorithm": "RSAES_NONE"}
    yield recorded(
        "asymmetric_decrypt", models.AsymmetricDecryptRequest(ciphertext_blob=blob, **wrong)
    )
    disabled = create_key()
    shared("disable_key", models.DisableKeyRequest(key_id=disabled))
    yield recorded("encrypt", models.EncryptRequest(key_id=disabled, plaintext="x"))
    yield from ciphertexts(cipher, context)


def ciphertexts(cipher, context):
    """What was encrypted in each way, and how it opens."""
    for encoding in ("utf-8", "gbk"):
        for bound in (None, context):
            for low in (False, True):
                asked = client(encoding=encoding, force_low_version_crypto_transfer=low)
                plaintext = f"{CANARY} 密钥"
                request = models.EncryptRequest(
                    key_id=cipher, plaintext=plaintext, encryption_context=bound
                )
                blob = ask(asked, "encrypt", request).ciphertext_blob
                yield {
                    "action": "Decrypt",
                    "encoding": encoding,
                    "low": low,
                    "request": {"CiphertextBlob": blob, "EncryptionContext": bound},
                    "answer": {"Plaintext": plaintext, "KeyId": cipher},
                }


def main():
    mode, path = sys.argv[1:]
    if mode == "write":
        with open(path, "w", encoding="utf-8") as file:
            json.dump(list(calls()), file)
        return
    with open(path, encoding="utf-8") as file:
        made = json.load(file)
    for one in made:
        with step(f"it opens what ours has encrypted: {one['what']}"):
            asked = client(
                encoding=one["encoding"], force_low_version_crypto_transfer=one["low"]
            )
            request = models.DecryptRequest(
                ciphertext_blob=one["blob"], encryption_context=one["context"]
            )
            assert ask(asked, "decrypt", request).plaintext == one["plaintext"]
    print("done")


main()
