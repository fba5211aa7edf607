"""aliyun-secret-manager-client: reads secrets at the shared gateway with a client key, and at the
instance by the client that came before (alibabacloud-dkms-transfer).

It is told everything by the environment, as its documentation has it, and only knows endpoints
without a port.
"""

import json
import os

from kms import (
    CA_FILE,
    CANARY,
    CLIENT_KEY_FILE,
    INSTANCE_ENDPOINT,
    OWN,
    REGION,
    ca_runtime,
    shared_config,
    step,
)
from alibabacloud_kms20160120 import models
from alibabacloud_kms20160120.client import Client

os.environ |= {
    "credentials_type": "client_key",
    "client_key_private_key_path": CLIENT_KEY_FILE,
    "client_key_password_from_env_variable": "ALIBABA_CLOUD_KMS_CLIENT_KEY_PASSWORD",
    "cache_client_region_id": json.dumps([{"regionId": REGION}]),
}

# Imported when all is set: the packages read it as they come.
from alibaba_cloud_secretsmanager_client.secret_manager_cache_client_builder import (  # noqa: E402
    SecretManagerCacheClientBuilder,
)
from alibabacloud_dkms_transfer.kms_transfer_acs_client import KmsTransferAcsClient  # noqa: E402
from aliyunsdkkms.request.v20160120.DecryptRequest import DecryptRequest  # noqa: E402
from aliyunsdkkms.request.v20160120.EncryptRequest import EncryptRequest  # noqa: E402
from aliyunsdkkms.request.v20160120.GetSecretValueRequest import GetSecretValueRequest  # noqa: E402
from openapi.models import Config  # noqa: E402

management = Client(shared_config())
secret = f"manager-{OWN}"
management.create_secret_with_options(
    models.CreateSecretRequest(secret_name=secret, version_id="v1", secret_data=CANARY),
    ca_runtime(),
)
key_id = management.create_key_with_options(
    models.CreateKeyRequest(), ca_runtime()
).body.key_metadata.key_id

with step("reads a secret at the shared gateway, signed by a client key"):
    client = SecretManagerCacheClientBuilder.new_client()
    try:
        info = client.get_secret_info(secret)
        assert (info.secret_value, info.version_id) == (CANARY, "v1"), info
    finally:
        client.close()


def send(asking, kind, **parameters):
    request = kind()
    for name, value in parameters.items():
        getattr(request, f"set_{name}")(value)
    return json.loads(asking.do_action_with_exception(request))


with step("encrypts, decrypts and reads secrets at the instance by the transfer client"):
    config = Config(
        protocol="https",
        client_key_file=CLIENT_KEY_FILE,
        endpoint=INSTANCE_ENDPOINT,
        password=os.environ["ALIBABA_CLOUD_KMS_CLIENT_KEY_PASSWORD"],
    )
    # It wants an access key too, which no request to an instance is signed with.
    transfer = KmsTransferAcsClient(
        config=config, ak="none", secret="none", region_id=REGION, verify=CA_FILE
    )
    context = '{"b":"2","a":"1"}'
    sealed = send(
        transfer, EncryptRequest, KeyId=key_id, Plaintext=CANARY, EncryptionContext=context
    )
    opened = send(
        transfer, DecryptRequest, CiphertextBlob=sealed["CiphertextBlob"], EncryptionContext=context
    )
    assert opened["Plaintext"] == CANARY
    shared = management.decrypt_with_options(
        models.DecryptRequest(
            ciphertext_blob=sealed["CiphertextBlob"], encryption_context={"a": "1", "b": "2"}
        ),
        ca_runtime(),
    )
    assert shared.body.plaintext == CANARY
    assert send(transfer, GetSecretValueRequest, SecretName=secret)["SecretData"] == CANARY

print("done")
