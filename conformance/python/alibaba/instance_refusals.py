"""Requests to an instance gateway as its documentation has them, without its client: so that
everything in them can be wrong, and the answers are seen as they come.

What clients compare letter by letter is compared so here.
"""

import base64
import email.utils
import hashlib
import http.client
import json
import os
import ssl
import time

from alibabacloud_kms20160120 import models as shared
from alibabacloud_kms20160120.client import Client as SharedClient
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import pkcs12
from kms import (
    CA_FILE,
    CANARY,
    CLIENT_KEY_FILE,
    CLIENT_KEY_PASSWORD,
    INSTANCE_ENDPOINT,
    OWN,
    ca_runtime,
    shared_config,
    step,
)
from openapi_util.protobuf import api_pb2

QUARTER = 15 * 60
PROTOBUF = "application/x-protobuf"
HOST, _, PORT = INSTANCE_ENDPOINT.partition(":")
trust = ssl.create_default_context(cafile=CA_FILE)


class ClientKey:
    """A client key as it is downloaded: JSON with a PKCS #12 file in it."""

    def __init__(self, content, password):
        file = json.loads(content)
        self.id = file["KeyId"]
        data = base64.b64decode(file["PrivateKeyData"])
        self.private, _, _ = pkcs12.load_key_and_certificates(data, password.encode())

    def sign(self, text):
        signature = self.private.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())
        return base64.b64encode(signature).decode()


with open(CLIENT_KEY_FILE, encoding="utf-8") as file:
    own_key = ClientKey(file.read(), CLIENT_KEY_PASSWORD)


def send(headers, body):
    connection = http.client.HTTPSConnection(HOST, int(PORT or 443), context=trust, timeout=20)
    try:
        given = {name: value for name, value in headers.items() if value is not None}
        connection.request("POST", "/", body, given)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


def ask(
    name="GenerateRandom",
    message=None,
    key=own_key,
    at=None,
    changed=None,
    afterwards=None,
    word="Bearer",
):
    """What comes of a request: status, code, message. `afterwards` changes what was signed already."""
    body = (
        message if isinstance(message, bytes) else (message or random_bytes()).SerializeToString()
    )
    headers = {
        "accept": PROTOBUF,
        "content-type": PROTOBUF,
        "host": INSTANCE_ENDPOINT,
        "date": email.utils.formatdate(at if at is not None else time.time(), usegmt=True),
        "x-kms-apiversion": "dkms-gcs-0.2",
        "x-kms-apiname": name,
        "x-kms-signaturemethod": "RSA_PKCS1_SHA_256",
        "x-kms-acccesskeyid": key.id,
        "content-sha256": hashlib.sha256(body).hexdigest().upper(),
        **(changed or {}),
    }
    lines = [
        "POST",
        *(headers.get(one) or "" for one in ("content-sha256", "content-type", "date")),
    ]
    own = sorted(one for one in headers if one.startswith("x-kms-") and headers[one] is not None)
    text = "\n".join([*lines, *(f"{one}:{headers[one].strip()}" for one in own), "/"])
    signed = {"authorization": f"{word} {key.sign(text)}", **headers, **(afterwards or {})}
    status, got, content = send(signed, body)
    if status == 200 or not content:
        return status, None, got
    error = api_pb2.Error()
    error.ParseFromString(content)
    assert error.StatusCode == status and error.RequestId, content
    assert got["content-type"] == PROTOBUF, got
    return status, error.ErrorCode, error.ErrorMessage


def random_bytes(length=4):
    message = api_pb2.GenerateRandomRequest()
    message.Length = length
    return message


def refused(wanted, **request):
    status, code, message = ask(**request)
    told = (status, code, message)
    assert told[: len(wanted)] == wanted, f"{told} instead of {wanted}"


with step("a request is served with either word before its signature, at any time that is near"):
    for word in ("Bearer", "TOKEN"):
        assert ask(word=word)[0] == 200
    for at in (time.time() - QUARTER + 60, time.time() + QUARTER - 60):
        assert ask(at=at)[0] == 200
    lower_case = hashlib.sha256(random_bytes().SerializeToString()).hexdigest()
    assert ask(changed={"content-sha256": lower_case})[0] == 200

with step("content types that are none"):
    for wrong in ("application/octet-stream", "application/x-protobuf2", "text/plain"):
        told = (415, "InvalidContentType", f'Content-Type "{wrong}" is unsupported.')
        refused(told, changed={"content-type": wrong})

with step("names and versions that there are not"):
    refused((400, "InvalidApiName", 'The ApiName "NoSuchApi" is invalid.'), name="NoSuchApi")
    refused((400, "InvalidApiName"), name="constructor")
    refused(
        (400, "InvalidApiVersion", 'The ApiVersion "dkms-gcs-9" is invalid.'),
        changed={"x-kms-apiversion": "dkms-gcs-9"},
    )
    refused((400, "InvalidApiVersion"), changed={"x-kms-apiversion": None})

with step("dates that are none, or too far"):
    date = (400, "InvalidParam", "The Param Date is invalid.")
    for wrong in ("yesterday", "", None, "2026-01-01T00:00:00Z"):
        refused(date, changed={"date": wrong})
    skewed = (400, "RequestTimeTooSkewed", "Request time exceeds server time more than 15 minutes.")
    for at in (time.time() - QUARTER - 60, time.time() + QUARTER + 60):
        refused(skewed, at=at)

with step("signatures that are none, or of something else"):
    authorization = (400, "InvalidParam", "The Param Authorization is invalid.")
    for wrong in (None, "", "Bearer", "Bearer ", "Basic AAAA", "Bearer not base64!"):
        refused(authorization, afterwards={"authorization": wrong})
    mismatch = (401, "SignatureNotMatch", "Signature is not matched.")
    refused(
        mismatch, afterwards={"authorization": f"Bearer {base64.b64encode(bytes(256)).decode()}"}
    )
    refused(mismatch, afterwards={"x-kms-apiname": "GetPublicKey"})
    refused(
        (400, "InvalidParam", 'The Param x-kms-signaturemethod is invalid. [message:"HMAC".]'),
        changed={"x-kms-signaturemethod": "HMAC"},
    )
    refused(
        (400, "InvalidParam", "The Param Content-SHA256 is invalid."),
        changed={"content-sha256": "0" * 64},
    )

with step("client keys that there are not"):
    missing = "Parameter x-kms-acccesskeyid does not exist in http header or body."
    refused((400, "MissingParameter", missing), changed={"x-kms-acccesskeyid": None})
    unknown = 'The AccessKey ID "KAAP.none" does not exist in our records.'
    refused((404, "Unauthorized", unknown), changed={"x-kms-acccesskeyid": "KAAP.none"})

with step("messages that are none, that lack something, and that have more than is known"):
    for wrong in (b"\xff", b"\x08", b"\x0a\xff\xff\xff\xff\x0f", os.urandom(200)):
        status, code, _ = ask(name="Encrypt", message=wrong)
        assert status == 400 and code in ("InvalidParameter", "MissingParameter"), (
            wrong,
            status,
            code,
        )
    refused((400, "MissingParameter"), name="Encrypt", message=api_pb2.EncryptRequest())
    # Field 99, which nobody knows, is passed over.
    assert ask(message=random_bytes().SerializeToString() + b"\x9a\x06\x04more")[0] == 200

with step("a body of more than three megabytes"):
    message = api_pb2.EncryptRequest()
    message.KeyId, message.Plaintext = "key-nothing", bytes(3 * 1024 * 1024 + 1)
    status, code, _ = ask(name="Encrypt", message=message)
    assert (status, code) == (413, None), (status, code)
    message.Plaintext = bytes(2 * 1024 * 1024)
    refused((404, "Forbidden.KeyNotFound"), name="Encrypt", message=message)

management = SharedClient(shared_config())


def manage(name, request):
    return getattr(management, f"{name}_with_options")(request, ca_runtime()).body


def access_point(name, permissions, resources, addresses=None):
    """A client key of an access point of its own."""
    rules = None
    if addresses is not None:
        manage(
            "create_network_rule",
            shared.CreateNetworkRuleRequest(
                name=name, type="Private", source_private_ip=json.dumps(addresses)
            ),
        )
        rules = json.dumps({"NetworkRules": [name]})
    manage(
        "create_policy",
        shared.CreatePolicyRequest(
            name=name,
            kms_instance="kst-default",
            permissions=json.dumps(permissions),
            resources=json.dumps(resources),
            access_control_rules=rules,
        ),
    )
    manage(
        "create_application_access_point",
        shared.CreateApplicationAccessPointRequest(name=name, policies=json.dumps([name])),
    )
    made = manage(
        "create_client_key",
        shared.CreateClientKeyRequest(aap_name=name, password=CLIENT_KEY_PASSWORD),
    )
    content = json.dumps({"KeyId": made.client_key_id, "PrivateKeyData": made.private_key_data})
    return ClientKey(content, CLIENT_KEY_PASSWORD)


def encrypting(key_id):
    message = api_pb2.EncryptRequest()
    message.KeyId, message.Plaintext = key_id, CANARY.encode()
    return {"name": "Encrypt", "message": message}


def reading(name):
    message = api_pb2.GetSecretValueRequest()
    message.SecretName = name
    return {"name": "GetSecretValue", "message": message}


KEYS, SECRETS = (f"RbacPermission/Template/CryptoService{kind}User" for kind in ("Key", "Secret"))
DENIED = (403, "Forbidden.NoPermission")
request = shared.CreateKeyRequest()
one, other = (manage("create_key", request).key_metadata.key_id for _ in range(2))
secret = f"refusals/{OWN}"
manage(
    "create_secret",
    shared.CreateSecretRequest(secret_name=secret, version_id="v1", secret_data=CANARY),
)

with step("a client key may do what its access point may: keys or secrets, these or those"):
    of_one = access_point(f"one-{OWN}", [KEYS], [f"key/{one}"])
    assert ask(key=of_one, **encrypting(one))[0] == 200
    refused(DENIED, key=of_one, **encrypting(other))
    refused(DENIED, key=of_one, **reading(secret))
    of_secrets = access_point(f"secrets-{OWN}", [SECRETS], ["secret/*"])
    assert ask(key=of_secrets, **reading(secret))[0] == 200
    refused(DENIED, key=of_secrets, **encrypting(one))

with step("network rules say from where a client key may be used"):
    elsewhere = access_point(f"elsewhere-{OWN}", [KEYS], ["key/*"], ["10.0.0.0/8"])
    refused(DENIED, key=elsewhere, **encrypting(one))
    here = access_point(f"here-{OWN}", [KEYS], ["key/*"], ["127.0.0.0/8"])
    assert ask(key=here, **encrypting(one))[0] == 200

with step("a client key that was deleted, and one of a deleted access point, are none"):
    for deleting in ("key", "point"):
        name = f"deleted-{deleting}-{OWN}"
        gone = access_point(name, [KEYS], ["key/*"])
        assert ask(key=gone, **encrypting(one))[0] == 200
        if deleting == "key":
            manage("delete_client_key", shared.DeleteClientKeyRequest(client_key_id=gone.id))
        else:
            manage(
                "delete_application_access_point",
                shared.DeleteApplicationAccessPointRequest(name=name),
            )
        refused((404, "Unauthorized"), key=gone, **encrypting(one))

print("done")
