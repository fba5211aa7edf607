"""The official client of keys, configured by connect.env alone.

usage: key_management.py [async]
"""

import asyncio
import hashlib

from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.keyvault.keys import KeyRotationLifetimeAction, KeyRotationPolicy

from checks import raises, step, variable
from clients import (
    CryptographyClient,
    DefaultAzureCredential,
    KeyClient,
    PREFIX,
    all_of,
    closing,
    delete_key,
    recover_key,
    settled,
)
from local_crypto import verifies
from local_keys import public_key, text

MESSAGE = variable("CANARY").encode()
CURVES = {"P-256": "ES256", "P-384": "ES384", "P-521": "ES512", "P-256K": "ES256K"}
CIPHER_OPERATIONS = ["decrypt", "encrypt", "unwrapKey", "wrapKey"]
ALL_OPERATIONS = sorted([*CIPHER_OPERATIONS, "sign", "verify"])


def texts(values):
    return sorted(text(value) for value in values)


async def signs(key, algorithm, credential):
    digest = hashlib.new(f"sha{algorithm[2:5]}", MESSAGE).digest()
    async with closing(CryptographyClient(key, credential)) as crypto:
        signed = await settled(crypto.sign(algorithm, digest))
    assert verifies(algorithm, public_key(key), MESSAGE, signed.signature)


async def check_creation(client, credential):
    for size in (2048, 3072, 4096):
        with step(f"creates RSA {size}, which signs"):
            key = await settled(client.create_rsa_key(f"{PREFIX}-rsa-{size}", size=size))
            assert len(key.key.n) == size // 8 and key.key.d is None
            assert texts(key.key_operations) == ALL_OPERATIONS
            await signs(key, "RS256", credential)
    for curve, algorithm in CURVES.items():
        for hsm in (False, True):
            with step(f"creates EC{'-HSM' if hsm else ''} on {curve}, which signs"):
                name = f"{PREFIX}-ec-{curve}"
                key = await settled(
                    client.create_ec_key(name, curve=curve, hardware_protected=hsm)
                )
                assert text(key.key_type) == ("EC-HSM" if hsm else "EC")
                await signs(key, algorithm, credential)
    for size in (128, 192, 256):
        with step(f"creates oct {size}, which is not shown"):
            key = await settled(client.create_oct_key(f"{PREFIX}-oct-{size}", size=size))
            assert key.key.k is None and texts(key.key_operations) == CIPHER_OPERATIONS
    with step("raises HttpResponseError for a size that there is not"):
        with raises(HttpResponseError, 400):
            await settled(client.create_rsa_key(f"{PREFIX}-refused", size=1024))
        with raises(HttpResponseError, 400):
            await settled(client.create_rsa_key(f"{PREFIX}-refused", public_exponent=3))


async def check_reading(client, credential):
    name = f"{PREFIX}-read"
    with step("reads each version by its name and the newest without"):
        first = await settled(client.create_ec_key(name, tags={"a": "b"}))
        second = await settled(client.create_ec_key(name))
        old = await settled(client.get_key(name, first.properties.version))
        assert old.key.x == first.key.x and old.properties.tags == {"a": "b"}
        assert (await settled(client.get_key(name))).id == second.id
    with step("raises ResourceNotFoundError for a name and a version that are not there"):
        with raises(ResourceNotFoundError, 404):
            await settled(client.get_key(f"{PREFIX}-nothing"))
        with raises(ResourceNotFoundError, 404):
            await settled(client.get_key(name, "f" * 32))
    with step("lists 30 keys and 30 versions over pages"):
        made = [await settled(client.create_oct_key(f"{PREFIX}-p{i}", size=128)) for i in range(30)]
        listed = [item.name for item in await all_of(client.list_properties_of_keys())]
        assert sorted(n for n in listed if n.startswith(f"{PREFIX}-p")) == sorted(
            key.name for key in made
        )
        versions = {
            (await settled(client.create_ec_key(f"{PREFIX}-many"))).properties.version
            for _ in range(30)
        }
        pages = client.list_properties_of_key_versions(f"{PREFIX}-many")
        assert {item.version for item in await all_of(pages)} == versions
    with step("updates, disables and enables"):
        updated = await settled(client.update_key_properties(name, tags={"c": "d"}))
        assert updated.properties.tags == {"c": "d"}
        await settled(client.update_key_properties(name, enabled=False))
        with raises(HttpResponseError, 403):
            await signs(second, "ES256", credential)
        await settled(client.update_key_properties(name, enabled=True))
        await signs(second, "ES256", credential)


async def check_rotation(client, credential):
    name = f"{PREFIX}-rotated"
    with step("rotates, and keeps a rotation policy"):
        first = await settled(client.create_ec_key(name, curve="P-384"))
        second = await settled(client.rotate_key(name))
        assert second.id != first.id and second.key.crv == "P-384"
        await signs(first, "ES384", credential)
        await signs(second, "ES384", credential)
        policy = KeyRotationPolicy(
            expires_in="P90D",
            lifetime_actions=[KeyRotationLifetimeAction("Rotate", time_before_expiry="P30D")],
        )
        await settled(client.update_key_rotation_policy(name, policy))
        read = await settled(client.get_key_rotation_policy(name))
        assert read.expires_in == "P90D" and read.id.endswith("/rotationpolicy")
        assert texts(action.action for action in read.lifetime_actions) == ["Notify", "Rotate"]
    with step("gives random bytes"):
        assert len(await settled(client.get_random_bytes(count=32))) == 32


async def check_deletion(client, credential):
    name = f"{PREFIX}-deleted"
    with step("deletes and recovers at once"):
        key = await settled(client.create_ec_key(name))
        deleted = await delete_key(client, name)
        assert deleted.name == name and deleted.recovery_id and deleted.scheduled_purge_date
        with raises(ResourceExistsError, 409):
            await settled(client.create_ec_key(name))
        assert (await settled(client.get_deleted_key(name))).name == name
        assert name in [item.name for item in await all_of(client.list_deleted_keys())]
        await recover_key(client, name)
        await signs(key, "ES256", credential)
    with step("backs up, purges and restores"):
        backup = await settled(client.backup_key(name))
        await delete_key(client, name)
        await settled(client.purge_deleted_key(name))
        with raises(ResourceNotFoundError, 404):
            await settled(client.get_deleted_key(name))
        restored = await settled(client.restore_key_backup(backup))
        assert restored.id == key.id
        await signs(restored, "ES256", credential)


async def main():
    credential = DefaultAzureCredential()
    client = KeyClient(vault_url=variable("AZURE_KEYVAULT_URL"), credential=credential)
    async with closing(credential), closing(client):
        await check_creation(client, credential)
        await check_reading(client, credential)
        await check_rotation(client, credential)
        await check_deletion(client, credential)


asyncio.run(main())
print("done")
