"""aliyun-python-sdk-kms: the older client, which signs as before ACS3, and asks for XML too."""

import json
from xml.etree import ElementTree

from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.client import AcsClient
from aliyunsdkkms.request.v20160120.AsymmetricSignRequest import AsymmetricSignRequest
from aliyunsdkkms.request.v20160120.AsymmetricVerifyRequest import AsymmetricVerifyRequest
from aliyunsdkkms.request.v20160120.CreateAliasRequest import CreateAliasRequest
from aliyunsdkkms.request.v20160120.CreateKeyRequest import CreateKeyRequest
from aliyunsdkkms.request.v20160120.CreateSecretRequest import CreateSecretRequest
from aliyunsdkkms.request.v20160120.DecryptRequest import DecryptRequest
from aliyunsdkkms.request.v20160120.DescribeKeyRequest import DescribeKeyRequest
from aliyunsdkkms.request.v20160120.EncryptRequest import EncryptRequest
from aliyunsdkkms.request.v20160120.GenerateDataKeyRequest import GenerateDataKeyRequest
from aliyunsdkkms.request.v20160120.GetSecretValueRequest import GetSecretValueRequest
from aliyunsdkkms.request.v20160120.ListKeysRequest import ListKeysRequest
from aliyunsdkkms.request.v20160120.ListKeyVersionsRequest import ListKeyVersionsRequest
from aliyunsdkkms.request.v20160120.ScheduleKeyDeletionRequest import ScheduleKeyDeletionRequest
from aliyunsdkkms.request.v20160120.TagResourceRequest import TagResourceRequest
from kms import CA_FILE, CANARY, DIGEST, OWN, REGION, b64, step, unb64, variable

SECRET = variable("ALIBABA_CLOUD_ACCESS_KEY_SECRET")


def acs_client(secret=SECRET):
    return AcsClient(
        variable("ALIBABA_CLOUD_ACCESS_KEY_ID"), secret, REGION, verify=CA_FILE, auto_retry=False
    )


client = acs_client()


def send(kind, asking=client, accept="JSON", **parameters):
    request = kind()
    request.set_protocol_type("https")
    request.set_endpoint(variable("ALIBABA_CLOUD_KMS_ENDPOINT"))
    for name, value in parameters.items():
        getattr(request, f"set_{name}")(value)
    if accept == "JSON":
        return json.loads(asking.do_action_with_exception(request))
    request.set_accept_format(accept)
    return ElementTree.fromstring(asking.do_action(request))


def refused(code, status, *args, **parameters):
    try:
        send(*args, **parameters)
    except ServerException as error:
        assert (error.get_error_code(), error.get_http_status()) == (code, status), error
        assert error.get_request_id()
    else:
        raise AssertionError(f"not refused with {code}")


def create_key(**parameters):
    return send(CreateKeyRequest, **parameters)["KeyMetadata"]["KeyId"]


with step("creates, describes, lists and names keys"):
    key_id = create_key(Description="größer *~")
    metadata = send(DescribeKeyRequest, KeyId=key_id)["KeyMetadata"]
    assert (metadata["Description"], metadata["KeyState"]) == ("größer *~", "Enabled")
    alias = f"alias/legacy-{OWN}"
    send(CreateAliasRequest, KeyId=key_id, AliasName=alias)
    assert send(DescribeKeyRequest, KeyId=alias)["KeyMetadata"]["KeyId"] == key_id
    send(TagResourceRequest, KeyId=key_id, Tags='[{"TagKey":"k","TagValue":"v"}]')
    assert send(ListKeysRequest, PageNumber=1, PageSize=2)["PageSize"] == 2

with step("encrypts and decrypts with a context, and makes data keys"):
    context = json.dumps({"a": "1", "ü": "*~ +"})
    sealed = send(EncryptRequest, KeyId=key_id, Plaintext=CANARY, EncryptionContext=context)
    blob = sealed["CiphertextBlob"]
    assert (
        send(DecryptRequest, CiphertextBlob=blob, EncryptionContext=context)["Plaintext"] == CANARY
    )
    refused("InvalidParameter", 400, DecryptRequest, CiphertextBlob=blob)
    made = send(GenerateDataKeyRequest, KeyId=key_id, NumberOfBytes=20)
    assert len(unb64(made["Plaintext"])) == 20
    assert (
        send(DecryptRequest, CiphertextBlob=made["CiphertextBlob"])["Plaintext"]
        == made["Plaintext"]
    )

with step("signs and verifies"):
    signing = create_key(KeySpec="EC_P256", KeyUsage="SIGN/VERIFY")
    version = send(ListKeyVersionsRequest, KeyId=signing)["KeyVersions"]["KeyVersion"][0][
        "KeyVersionId"
    ]
    asked = {
        "KeyId": signing,
        "KeyVersionId": version,
        "Algorithm": "ECDSA_SHA_256",
        "Digest": b64(DIGEST),
    }
    value = send(AsymmetricSignRequest, **asked)["Value"]
    assert send(AsymmetricVerifyRequest, Value=value, **asked)["Value"] is True

with step("keeps secrets"):
    name = f"legacy/{OWN}"
    send(CreateSecretRequest, SecretName=name, VersionId="v1", SecretData=CANARY)
    got = send(GetSecretValueRequest, SecretName=name)
    assert got["SecretData"] == CANARY and got["VersionStages"] == {"VersionStage": ["ACSCurrent"]}

with step("asks for XML, and is answered in it"):
    document = send(GetSecretValueRequest, accept="XML", SecretName=name)
    assert document.findtext("SecretData") == CANARY
    assert [one.text for one in document.findall("VersionStages/VersionStage")] == ["ACSCurrent"]
    assert document.findtext("RequestId")
    error = send(DescribeKeyRequest, accept="XML", KeyId="key-nothing")
    assert error.findtext("Code") == "Forbidden.KeyNotFound"

with step("hears of refusals by the vendor's codes and statuses"):
    refused("Forbidden.KeyNotFound", 404, DescribeKeyRequest, KeyId="key-nothing")
    refused("MissingParameter", 400, DescribeKeyRequest)
    # What the client makes of SignatureDoesNotMatch where the server has signed the same text.
    refused("InvalidAccessKeySecret", 400, DescribeKeyRequest, acs_client("wrong"), KeyId=key_id)
    send(ScheduleKeyDeletionRequest, KeyId=key_id, PendingWindowInDays=7)
    refused("Rejected.PendingDeletion", 409, EncryptRequest, KeyId=key_id, Plaintext=CANARY)

print("done")
