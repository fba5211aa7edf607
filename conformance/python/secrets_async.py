"""The official asynchronous client, configured by connect.env alone."""

import asyncio

from azure.core.exceptions import ResourceNotFoundError
from azure.identity.aio import DefaultAzureCredential
from azure.keyvault.secrets.aio import SecretClient

from checks import raises, step, variable

CANARY = variable("CANARY")


async def main():
    credential = DefaultAzureCredential()
    client = SecretClient(vault_url=variable("AZURE_KEYVAULT_URL"), credential=credential)
    async with client, credential:
        with step("sets a secret and reads it back"):
            await client.set_secret("py-async", CANARY)
            assert (await client.get_secret("py-async")).value == CANARY
        with step("reads 20 secrets at once"):
            await asyncio.gather(*(client.set_secret(f"py-async-{i}", CANARY) for i in range(20)))
            read = await asyncio.gather(*(client.get_secret(f"py-async-{i}") for i in range(20)))
            assert all(secret.value == CANARY for secret in read)
        with step("lists over pages"):
            await asyncio.gather(*(client.set_secret(f"py-async-p{i}", "") for i in range(30)))
            names = [item.name async for item in client.list_properties_of_secrets()]
            assert len([name for name in names if name.startswith("py-async-p")]) == 30
        with step("raises ResourceNotFoundError for what is not there"):
            with raises(ResourceNotFoundError, 404):
                await client.get_secret("py-async-nothing")
        with step("deletes, recovers, deletes and purges"):
            await client.delete_secret("py-async")
            await client.recover_deleted_secret("py-async")
            assert (await client.get_secret("py-async")).value == CANARY
            await client.delete_secret("py-async")
            await client.purge_deleted_secret("py-async")
            with raises(ResourceNotFoundError, 404):
                await client.recover_deleted_secret("py-async")


asyncio.run(main())
print("done")
