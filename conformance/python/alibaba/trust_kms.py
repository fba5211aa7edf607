"""How programs come to trust the server's certificate, and that they ask nothing without.

usage: trust_kms.py untrusted|ca_file|ignore_ssl|environment

One way in each process, since the clients keep connections and ask again over those that another
has trusted.
"""

import sys

from alibabacloud_kms20160120 import models as shared
from alibabacloud_kms20160120.client import Client as SharedClient
from alibabacloud_tea_util import models as util_models
from kms import (
    CA_FILE,
    CLIENT_KEY_FILE,
    CLIENT_KEY_PASSWORD,
    INSTANCE_ENDPOINT,
    shared_config,
    step,
)
from openapi import models as openapi_models
from openapi_util import models as instance_util_models
from sdk import models
from sdk.client import Client as InstanceClient

WAY = sys.argv[1]
CA = CA_FILE if WAY == "ca_file" else None
IGNORE = True if WAY == "ignore_ssl" else None


def ask_instance():
    config = openapi_models.Config(
        protocol="https",
        client_key_file=CLIENT_KEY_FILE,
        password=CLIENT_KEY_PASSWORD,
        endpoint=INSTANCE_ENDPOINT,
        ca_file_path=CA,
        ignore_ssl=IGNORE,
    )
    request = models.GenerateRandomRequest(length=4)
    runtime = instance_util_models.RuntimeOptions(autoretry=False)
    return InstanceClient(config).generate_random_with_options(request, runtime).random


def ask_shared():
    runtime = util_models.RuntimeOptions(ca=CA, ignore_ssl=IGNORE)
    client = SharedClient(shared_config(ca=None))
    return client.list_keys_with_options(shared.ListKeysRequest(), runtime).body


for name, ask in (("instance", ask_instance), ("shared", ask_shared)):
    with step(f"the {name} gateway: {WAY}"):
        try:
            answer = ask()
        except Exception as error:
            assert WAY == "untrusted" and "CERTIFICATE_VERIFY_FAILED" in str(error), error
        else:
            assert WAY != "untrusted" and answer, "the certificate was not checked"

print("done")
