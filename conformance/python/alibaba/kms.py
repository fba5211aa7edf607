"""What every program of Alibaba Cloud KMS is told by `connect.env`, and how it makes its clients."""

import base64
import hashlib
import os
import sys
from contextlib import contextmanager

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from alibabacloud_tea_openapi import models as open_api_models  # noqa: E402
from alibabacloud_tea_util import models as util_models  # noqa: E402
from checks import step, variable  # noqa: E402, F401
from Tea.exceptions import TeaException, UnretryableException  # noqa: E402

CA_FILE = variable("ALIBABA_CLOUD_KMS_CA_FILE")
CANARY = variable("CANARY")
REGION = variable("ALIBABA_CLOUD_REGION_ID")
INSTANCE_ENDPOINT = variable("ALIBABA_CLOUD_KMS_INSTANCE_ENDPOINT")
CLIENT_KEY_FILE = variable("ALIBABA_CLOUD_KMS_CLIENT_KEY_FILE")
CLIENT_KEY_PASSWORD = variable("ALIBABA_CLOUD_KMS_CLIENT_KEY_PASSWORD")
OWN = base64.b32encode(os.urandom(5)).decode().lower()
DIGEST = hashlib.sha256(CANARY.encode()).digest()


def shared_config(**more):
    return open_api_models.Config(
        access_key_id=variable("ALIBABA_CLOUD_ACCESS_KEY_ID"),
        access_key_secret=variable("ALIBABA_CLOUD_ACCESS_KEY_SECRET"),
        region_id=REGION,
        endpoint=variable("ALIBABA_CLOUD_KMS_ENDPOINT"),
        **{"ca": CA_FILE, **more},
    )


def ca_runtime(**more):
    return util_models.RuntimeOptions(ca=CA_FILE, **more)


def code_of(error):
    """What the service said; a client may have wrapped it after its last attempt."""
    inner = getattr(error, "inner_exception", None)
    return getattr(inner if inner is not None else error, "code", None)


@contextmanager
def refused(code):
    try:
        yield
    except (TeaException, UnretryableException) as error:
        assert code_of(error) == code, f"{code_of(error)} instead of {code}: {error}"
    else:
        raise AssertionError(f"not refused with {code}")


def b64(data):
    return base64.b64encode(data).decode()


def unb64(text):
    return base64.b64decode(text)
