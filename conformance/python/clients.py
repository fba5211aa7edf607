"""The synchronous and the asynchronous clients behind one face, so that both run the same checks."""

import inspect
import sys
from contextlib import asynccontextmanager

IS_ASYNC = sys.argv[1:] == ["async"]

if IS_ASYNC:
    from azure.identity.aio import DefaultAzureCredential
    from azure.keyvault.keys.aio import KeyClient
    from azure.keyvault.keys.crypto.aio import CryptographyClient
else:
    from azure.identity import DefaultAzureCredential
    from azure.keyvault.keys import KeyClient
    from azure.keyvault.keys.crypto import CryptographyClient

PREFIX = "py-async" if IS_ASYNC else "py-sync"


async def settled(value):
    return await value if inspect.isawaitable(value) else value


async def all_of(pages):
    return [item async for item in pages] if hasattr(pages, "__aiter__") else list(pages)


@asynccontextmanager
async def closing(client):
    try:
        yield client
    finally:
        await settled(client.close())


async def delete_key(client, name):
    if IS_ASYNC:
        return await client.delete_key(name)
    return client.begin_delete_key(name).result()


async def recover_key(client, name):
    if IS_ASYNC:
        return await client.recover_deleted_key(name)
    return client.begin_recover_deleted_key(name).result()


__all__ = [
    "CryptographyClient",
    "DefaultAzureCredential",
    "KeyClient",
    "PREFIX",
    "all_of",
    "closing",
    "delete_key",
    "recover_key",
    "settled",
]
