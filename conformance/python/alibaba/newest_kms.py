"""The newest alibabacloud-kms20160120: the actions that the others do not have."""

import base64

from alibabacloud_kms20160120 import models
from alibabacloud_kms20160120.client import Client
from kms import CANARY, OWN, b64, ca_runtime, refused, shared_config, step

client = Client(shared_config())


def call(name, request):
    return getattr(client, f"{name}_with_options")(request, ca_runtime()).body


def create_secret(name, data):
    call(
        "create_secret",
        models.CreateSecretRequest(secret_name=name, version_id="v1", secret_data=data),
    )


with step("GenerateMac and VerifyMac agree"):
    request = models.CreateKeyRequest(key_spec="HMAC_256", key_usage="GENERATE_VERIFY_MAC")
    key_id = call("create_key", request).key_metadata.key_id
    asked = {"key_id": key_id, "algorithm": "HMAC_SHA_256", "message": b64(CANARY.encode())}
    made = call("generate_mac", models.GenerateMacRequest(**asked))
    assert len(base64.b64decode(made.mac)) == 32
    assert call("verify_mac", models.VerifyMacRequest(mac=made.mac, **asked)).value is True
    asked["message"] = b64(b"another")
    assert call("verify_mac", models.VerifyMacRequest(mac=made.mac, **asked)).value is False

with step("BatchGetSecretValue gives what there is, and says what there is not"):
    names = [f"newest/{OWN}/1", f"newest/{OWN}/2"]
    for name in names:
        create_secret(name, CANARY)
    wanted = [
        models.BatchGetSecretValueRequestSecretsList(secret_name=name)
        for name in [*names, f"newest/{OWN}/none"]
    ]
    got = call("batch_get_secret_value", models.BatchGetSecretValueRequest(secrets_list=wanted))
    assert sorted(value.secret_name for value in got.secret_values) == names
    assert {value.secret_data for value in got.secret_values} == {CANARY}
    assert all(value.version_stages.version_stage == ["ACSCurrent"] for value in got.secret_values)
    assert [error.code for error in got.errors] == ["Forbidden.ResourceNotFound"]
    request = models.BatchGetSecretValueRequest(secrets_list=wanted[:-1])
    assert call("batch_get_secret_value", request).errors == []

with step("GetManagedDataKey and ListManagedDataKeyVersions read a data key"):
    key = b64(bytes(range(32)))
    create_secret(f"kms-datakey-{OWN}", key)
    got = call(
        "get_managed_data_key", models.GetManagedDataKeyRequest(data_key_name=OWN, use_latest=True)
    )
    assert got.plaintext == key
    listed = call(
        "list_managed_data_key_versions",
        models.ListManagedDataKeyVersionsRequest(data_key_name=OWN),
    )
    versions = listed.managed_data_key_versions.managed_data_key_version
    assert [one.data_key_version_id for one in versions] == [got.data_key_version_id]

with step("what is said of a key is what older clients are told"):
    with refused("Forbidden.KeyNotFound"):
        call("describe_key", models.DescribeKeyRequest(key_id="key-nothing"))

print("done")
