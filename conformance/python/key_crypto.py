"""Every algorithm with the official client, both directions cross-checked with `cryptography`.

usage: key_crypto.py [async]
"""

import asyncio
import os

from azure.core.exceptions import HttpResponseError
from azure.keyvault.keys.crypto import EncryptionAlgorithm, SignatureAlgorithm

import local_crypto
from checks import raises, step, variable
from clients import CryptographyClient, DefaultAzureCredential, KeyClient, PREFIX, closing, settled
from local_keys import local_keys, own_key, public_key, vault_jwk

CANARY = variable("CANARY").encode()
# Without the right to read a key the client asks the vault for everything; with it, it encrypts, wraps
# and verifies by itself with RSA and EC keys.
REMOTE_ONLY = os.environ.get("REMOTE_ONLY") == "yes"
# Whole blocks of every cipher, within one block of every RSA key.
PLAINTEXT = CANARY.ljust(48, b".")
RSA_OAEP_256 = EncryptionAlgorithm.rsa_oaep_256
A256_GCM = EncryptionAlgorithm.a256_gcm
LOCALS = local_keys()
imported = {}


def public_of(name, own):
    return own if isinstance(own, bytes) else public_key(imported[name])


def asks_the_vault(algorithm, name):
    """Whether the client's answer has to do with the key at all.

    With an oct key that it could read, this client pads and wraps by itself; and because no vault
    shows the octets of a key, it takes random ones, so that nobody else can open the result.
    """
    by_itself = algorithm.value.endswith(("KW", "CBCPAD"))
    return REMOTE_ONLY or not (name.startswith("oct") and by_itself)


async def check_signature(crypto, algorithm, name):
    own = own_key(LOCALS[name])
    digest = local_crypto.signature_input(algorithm.value, CANARY)
    with step(f"{algorithm.value} with {name}: signs and verifies as cryptography does"):
        signed = await settled(crypto.sign(algorithm, digest))
        public = public_of(name, own)
        assert local_crypto.verifies(algorithm.value, public, CANARY, signed.signature)
        signature = local_crypto.sign(algorithm.value, own, CANARY)
        assert (await settled(crypto.verify(algorithm, digest, signature))).is_valid
        wrong = signature[:-1] + bytes([signature[-1] ^ 1])
        assert not (await settled(crypto.verify(algorithm, digest, wrong))).is_valid


async def check_encryption(crypto, algorithm, name):
    own = own_key(LOCALS[name])
    value = algorithm.value
    given = {"iv": os.urandom(16)} if "CBC" in value else {}
    if value.endswith("GCM"):
        given = {"additional_authenticated_data": local_crypto.AAD}
    with step(f"{value} with {name}: encrypts and decrypts as cryptography does"):
        made = await settled(crypto.encrypt(algorithm, PLAINTEXT, **given))
        aad = given.get("additional_authenticated_data")
        opened = local_crypto.decrypt(value, own, made.ciphertext, made.iv, made.tag, aad)
        assert opened == PLAINTEXT
        ciphertext, *rest = local_crypto.encrypt(value, public_of(name, own), PLAINTEXT)
        names = ("iv", "authentication_tag", "additional_authenticated_data")
        more = {key: part for key, part in zip(names, rest) if part is not None}
        assert (await settled(crypto.decrypt(algorithm, ciphertext, **more))).plaintext == PLAINTEXT


async def check_wrap(crypto, algorithm, name):
    own = own_key(LOCALS[name])
    with step(f"{algorithm.value} with {name}: wraps and unwraps as cryptography does"):
        wrapped = await settled(crypto.wrap_key(algorithm, PLAINTEXT))
        assert local_crypto.decrypt(algorithm.value, own, wrapped.encrypted_key) == PLAINTEXT
        foreign, *_ = local_crypto.encrypt(algorithm.value, public_of(name, own), PLAINTEXT)
        assert (await settled(crypto.unwrap_key(algorithm, foreign))).key == PLAINTEXT


async def check_refusals(cryptos):
    with step("raises HttpResponseError for what was tampered with"):
        with raises(HttpResponseError, 400):
            await settled(cryptos["RSA-2048"].decrypt(RSA_OAEP_256, os.urandom(256)))
        aes = cryptos["oct-256"]
        sealed = await settled(aes.encrypt(A256_GCM, PLAINTEXT))
        with raises(HttpResponseError, 400):
            wrong = {"iv": sealed.iv, "authentication_tag": bytes(16)}
            await settled(aes.decrypt(A256_GCM, sealed.ciphertext, **wrong))
    with step("raises HttpResponseError for a digest of a wrong length"):
        with raises(HttpResponseError, 400):
            await settled(cryptos["EC-P-256"].sign(SignatureAlgorithm.es256, os.urandom(31)))


async def main():
    credential = DefaultAzureCredential()
    client = KeyClient(vault_url=variable("AZURE_KEYVAULT_URL"), credential=credential)
    async with closing(credential), closing(client):
        for name, jwk in LOCALS.items():
            with step(f"imports {name}"):
                key = await settled(client.import_key(f"{PREFIX}-{name}", vault_jwk(jwk)))
                imported[name] = key
        cryptos = {n: CryptographyClient(k.id, credential) for n, k in imported.items()}
        for algorithm, name in local_crypto.signature_cases():
            await check_signature(cryptos[name], algorithm, name)
        for algorithm, name in local_crypto.encryption_cases():
            if asks_the_vault(algorithm, name):
                await check_encryption(cryptos[name], algorithm, name)
        for algorithm, name in local_crypto.wrap_cases():
            if asks_the_vault(algorithm, name):
                await check_wrap(cryptos[name], algorithm, name)
        await check_refusals(cryptos)
        for crypto in cryptos.values():
            await settled(crypto.close())


asyncio.run(main())
print("done")
