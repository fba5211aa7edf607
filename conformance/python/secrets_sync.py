"""The official synchronous client, configured by connect.env alone."""

from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.identity import DefaultAzureCredential
from azure.keyvault.secrets import SecretClient

from checks import raises, step, variable

CANARY = variable("CANARY")
client = SecretClient(vault_url=variable("AZURE_KEYVAULT_URL"), credential=DefaultAzureCredential())

with step("sets a secret and reads it back"):
    created = client.set_secret("py-first", CANARY, content_type="text/plain", tags={"a": "b"})
    secret = client.get_secret("py-first")
    assert secret.value == CANARY
    assert secret.properties.version == created.properties.version
    assert secret.properties.tags == {"a": "b"}
    assert secret.properties.content_type == "text/plain"

with step("raises ResourceNotFoundError for a name and a version that are not there"):
    with raises(ResourceNotFoundError, 404):
        client.get_secret("py-nothing")
    with raises(ResourceNotFoundError, 404):
        client.get_secret("py-first", version="abc123")

with step("lists 30 secrets and 30 versions over pages"):
    for index in range(30):
        client.set_secret(f"py-listed-{index}", CANARY)
    names = [item.name for item in client.list_properties_of_secrets()]
    assert sorted(n for n in names if n.startswith("py-listed-")) == sorted(
        f"py-listed-{index}" for index in range(30)
    )
    versions = {client.set_secret("py-versions", str(i)).properties.version for i in range(30)}
    listed = [item.version for item in client.list_properties_of_secret_versions("py-versions")]
    assert set(listed) == versions and len(listed) == 30

with step("updates, disables and enables"):
    updated = client.update_secret_properties("py-first", content_type="x", tags={"c": "d"})
    assert updated.content_type == "x" and updated.tags == {"c": "d"}
    client.update_secret_properties("py-first", enabled=False)
    with raises(HttpResponseError, 403):
        client.get_secret("py-first")
    client.update_secret_properties("py-first", enabled=True)
    assert client.get_secret("py-first").value == CANARY

with step("keeps an empty value and many scripts"):
    for value in ("", "ключ 钥匙 🔑 \u0000"):
        client.set_secret("py-values", value)
        assert (client.get_secret("py-values").value or "") == value

with step("deletes and recovers at once"):
    client.begin_delete_secret("py-first").result()
    with raises(ResourceExistsError, 409):
        client.set_secret("py-first", CANARY)
    assert client.get_deleted_secret("py-first").name == "py-first"
    assert "py-first" in [item.name for item in client.list_deleted_secrets()]
    client.begin_recover_deleted_secret("py-first").wait()
    assert client.get_secret("py-first").value == CANARY

with step("backs up, purges and restores"):
    backup = client.backup_secret("py-first")
    assert CANARY.encode() not in backup
    client.begin_delete_secret("py-first").wait()
    client.purge_deleted_secret("py-first")
    with raises(ResourceNotFoundError, 404):
        client.begin_recover_deleted_secret("py-first")
    assert client.restore_secret_backup(backup).name == "py-first"
    assert client.get_secret("py-first").value == CANARY

print("done")
