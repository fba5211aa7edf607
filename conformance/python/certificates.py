"""The official client of certificates, configured by connect.env alone.

usage: certificates.py [async]
"""

import asyncio
import base64
import datetime
import inspect
import sys
from contextlib import asynccontextmanager

from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.keyvault.certificates import CertificateContentType, CertificatePolicy
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from checks import raises, step, variable

IS_ASYNC = sys.argv[1:] == ["async"]

if IS_ASYNC:
    from azure.identity.aio import DefaultAzureCredential
    from azure.keyvault.certificates.aio import CertificateClient
    from azure.keyvault.secrets.aio import SecretClient
else:
    from azure.identity import DefaultAzureCredential
    from azure.keyvault.certificates import CertificateClient
    from azure.keyvault.secrets import SecretClient

PREFIX = "py-certificates-async" if IS_ASYNC else "py-certificates-sync"
URL = variable("AZURE_KEYVAULT_URL")
NAMED = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "authority")])
SPKI = (serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


async def settled(value):
    return await value if inspect.isawaitable(value) else value


@asynccontextmanager
async def closing(client):
    try:
        yield client
    finally:
        await settled(client.close())


async def create(client, name, policy):
    if IS_ASYNC:
        return await client.create_certificate(name, policy)
    return client.begin_create_certificate(name, policy).result()


async def delete(client, name):
    if IS_ASYNC:
        return await client.delete_certificate(name)
    return client.begin_delete_certificate(name).result()


async def pfx_of(secrets, name):
    secret = await settled(secrets.get_secret(name))
    assert secret.properties.content_type == "application/x-pkcs12"
    return base64.b64decode(secret.value)


def policy(issuer="Self", **more):
    return CertificatePolicy(issuer_name=issuer, subject="CN=example.com", **more)


def issue(csr):
    """A certificate for a request, by an authority of its own."""
    request = x509.load_der_x509_csr(csr)
    assert request.is_signature_valid
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.datetime.now(datetime.timezone.utc)
    builder = x509.CertificateBuilder(
        issuer_name=NAMED,
        subject_name=request.subject,
        public_key=request.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=now - datetime.timedelta(hours=1),
        not_valid_after=now + datetime.timedelta(days=30),
    )
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


async def check_creation(client, secrets):
    for kind, more in (
        ("RSA", {"key_type": "RSA", "key_size": 2048}),
        ("P-384", {"key_type": "EC", "key_curve_name": "P-384"}),
        ("P-256K", {"key_type": "EC", "key_curve_name": "P-256K"}),
    ):
        with step(f"creates a certificate of {kind}, whose PKCS #12 cryptography opens"):
            name = f"{PREFIX}-{kind}"
            made = await create(client, name, policy(**more))
            certificate = x509.load_der_x509_certificate(bytes(made.cer))
            assert certificate.serial_number.bit_length() > 150
            for password in (None, b""):
                file = await pfx_of(secrets, name)
                key, leaf, _ = pkcs12.load_key_and_certificates(file, password)
                assert leaf == certificate
                assert key.public_key().public_bytes(*SPKI) == leaf.public_key().public_bytes(*SPKI)
            certificate.verify_directly_issued_by(certificate)


async def check_import(client, secrets):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = x509.CertificateBuilder(
        issuer_name=NAMED,
        subject_name=NAMED,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=now - datetime.timedelta(hours=1),
        not_valid_after=now + datetime.timedelta(days=30),
    ).sign(key, hashes.SHA256())
    private = serialization.PrivateFormat
    old = private.PKCS12.encryption_builder().kdf_rounds(2000)
    old = old.key_cert_algorithm(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC)
    ciphers = {
        "today's ciphers": (serialization.BestAvailableEncryption(b"secret"), "secret"),
        "3DES": (old.hmac_hash(hashes.SHA1()).build(b"secret"), "secret"),
        "no cipher": (serialization.NoEncryption(), None),
    }
    for number, (what, (cipher, password)) in enumerate(ciphers.items()):
        file = pkcs12.serialize_key_and_certificates(b"name", key, certificate, None, cipher)
        with step(f"imports a PKCS #12 file of cryptography with {what}"):
            name = f"{PREFIX}-import-{number}"
            await settled(client.import_certificate(name, file, password=password))
            again, leaf, _ = pkcs12.load_key_and_certificates(await pfx_of(secrets, name), None)
            assert leaf == certificate and again.private_numbers() == key.private_numbers()
        if password is None:
            continue
        with step(f"refuses it with a wrong password, with {what}"):
            with raises(HttpResponseError, 400):
                await settled(client.import_certificate(f"{PREFIX}-no", file, password="wrong"))
    with step("imports PEM"):
        pem = serialization.Encoding.PEM
        text = key.private_bytes(pem, private.PKCS8, serialization.NoEncryption())
        text += certificate.public_bytes(pem)
        form = CertificatePolicy(content_type=CertificateContentType.pem)
        await settled(client.import_certificate(f"{PREFIX}-pem", text, policy=form))
        secret = await settled(secrets.get_secret(f"{PREFIX}-pem"))
        assert secret.value == text.decode()


async def check_life(client):
    name = f"{PREFIX}-life"
    with step("a request is signed elsewhere and merged"):
        await create(client, name, policy("Unknown", key_type="EC", key_curve_name="P-256"))
        operation = await settled(client.get_certificate_operation(name))
        assert operation.status.lower() == "inprogress"
        der = issue(bytes(operation.csr))
        merged = await settled(client.merge_certificate(name, [base64.b64encode(der)]))
        assert bytes(merged.cer) == der
    with step("updates tags"):
        updated = await settled(client.update_certificate_properties(name, tags={"a": "b"}))
        assert updated.properties.tags == {"a": "b"}
    with step("deletes, keeps the name, recovers and purges"):
        deleted = await delete(client, name)
        assert deleted.recovery_id and deleted.scheduled_purge_date
        with raises(ResourceNotFoundError):
            await settled(client.get_certificate(name))
        with raises(ResourceExistsError):
            await create(client, name, policy())
        if IS_ASYNC:
            await client.recover_deleted_certificate(name)
        else:
            client.begin_recover_deleted_certificate(name).result()
        await settled(client.get_certificate(name))
        await delete(client, name)
        await settled(client.purge_deleted_certificate(name))
        with raises(ResourceNotFoundError):
            await settled(client.get_deleted_certificate(name))


async def main():
    async with closing(DefaultAzureCredential()) as credential:
        async with closing(CertificateClient(URL, credential)) as client:
            async with closing(SecretClient(URL, credential)) as secrets:
                await check_creation(client, secrets)
                await check_import(client, secrets)
                await check_life(client)
    print("done")


asyncio.run(main())
