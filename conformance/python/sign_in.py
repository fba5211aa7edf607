"""How the credentials sign in depends on the environment alone, as it does for a user."""

import asyncio
import sys

from checks import step, variable

NAME = variable("SECRET_NAME")
CANARY = variable("CANARY")
URL = variable("AZURE_KEYVAULT_URL")


def synchronous():
    from azure.identity import DefaultAzureCredential
    from azure.keyvault.secrets import SecretClient

    client = SecretClient(vault_url=URL, credential=DefaultAzureCredential())
    client.set_secret(NAME, CANARY)
    assert client.get_secret(NAME).value == CANARY


async def asynchronous():
    from azure.identity.aio import DefaultAzureCredential
    from azure.keyvault.secrets.aio import SecretClient

    credential = DefaultAzureCredential()
    client = SecretClient(vault_url=URL, credential=credential)
    async with client, credential:
        await client.set_secret(NAME, CANARY)
        assert (await client.get_secret(NAME)).value == CANARY


with step("signs in, sets a secret and reads it"):
    asyncio.run(asynchronous()) if sys.argv[1:] == ["async"] else synchronous()
print("done")
