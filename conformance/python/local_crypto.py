"""The other side of every cross-check: what the vault does, done by `cryptography` alone."""

import hashlib
import hmac
import os

from azure.keyvault.keys.crypto import EncryptionAlgorithm, KeyWrapAlgorithm, SignatureAlgorithm
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, padding as blocks
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import (
    Prehashed,
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap

RSA = ("RSA-2048", "RSA-3072", "RSA-4096")
HASHES = {"256": hashes.SHA256(), "384": hashes.SHA384(), "512": hashes.SHA512()}
EC_KEYS = {"ES256": "P-256", "ES384": "P-384", "ES512": "P-521", "ES256K": "P-256K"}
MAC_KEYS = {"HS256": "oct-256", "HS384": "oct-384", "HS512": "oct-512"}
AAD = b"additional data"


def signature_cases():
    """Every algorithm that this client knows, with every kind of key it is for."""
    for algorithm in SignatureAlgorithm:
        name = algorithm.value
        if name in EC_KEYS:
            yield algorithm, f"EC-{EC_KEYS[name]}"
        elif name in MAC_KEYS:
            yield algorithm, MAC_KEYS[name]
        else:
            yield from ((algorithm, key) for key in RSA)


def cipher_cases(names):
    for algorithm in names:
        # Names of PKCS#11 that the service has for managed HSMs, and this server has not.
        if algorithm.value.startswith("CKM_"):
            continue
        if algorithm.value.startswith("RSA"):
            yield from ((algorithm, key) for key in RSA)
        else:
            yield algorithm, f"oct-{algorithm.value[1:4]}"


def encryption_cases():
    return cipher_cases(EncryptionAlgorithm)


def wrap_cases():
    return cipher_cases(KeyWrapAlgorithm)


def signature_input(name, message):
    """What the vault is asked to sign: the digest, or for HMAC the message itself."""
    return message if name.startswith("HS") else hashlib.new(f"sha{name[2:5]}", message).digest()


def rsa_padding(name):
    if name.startswith("RS"):
        return padding.PKCS1v15()
    chosen = HASHES[name[2:5]]
    return padding.PSS(mgf=padding.MGF1(chosen), salt_length=chosen.digest_size)


def sign(name, own, message):
    digest = signature_input(name, message)
    prehashed = Prehashed(HASHES[name[2:5]])
    if name.startswith("HS"):
        return hmac.digest(own, message, f"sha{name[2:5]}")
    if name.startswith("ES"):
        size = (own.curve.key_size + 7) // 8
        r, s = decode_dss_signature(own.sign(digest, ec.ECDSA(prehashed)))
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")
    return own.sign(digest, rsa_padding(name), prehashed)


def verifies(name, key, message, signature):
    digest = signature_input(name, message)
    prehashed = Prehashed(HASHES[name[2:5]])
    try:
        if name.startswith("HS"):
            return hmac.compare_digest(sign(name, key, message), signature)
        if name.startswith("ES"):
            half = len(signature) // 2
            r, s = (int.from_bytes(part, "big") for part in (signature[:half], signature[half:]))
            key.verify(encode_dss_signature(r, s), digest, ec.ECDSA(prehashed))
        else:
            key.verify(signature, digest, rsa_padding(name), prehashed)
    except InvalidSignature:
        return False
    return True


def rsa_encryption(name):
    if name == "RSA1_5":
        return padding.PKCS1v15()
    chosen = hashes.SHA256() if name.endswith("256") else hashes.SHA1()
    return padding.OAEP(mgf=padding.MGF1(chosen), algorithm=chosen, label=None)


def encrypt(name, key, plaintext):
    """Gives ciphertext, iv, tag, additional data; what the algorithm does not have is None."""
    if name.startswith("RSA"):
        return key.encrypt(plaintext, rsa_encryption(name)), None, None, None
    if name.endswith("KW"):
        return aes_key_wrap(key, plaintext), None, None, None
    if name.endswith("GCM"):
        iv = os.urandom(12)
        sealed = AESGCM(key).encrypt(iv, plaintext, AAD)
        return sealed[:-16], iv, sealed[-16:], AAD
    iv = os.urandom(16)
    padder = blocks.PKCS7(128).padder() if name.endswith("PAD") else None
    padded = padder.update(plaintext) + padder.finalize() if padder else plaintext
    encryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    return encryptor.update(padded) + encryptor.finalize(), iv, None, None


def decrypt(name, own, ciphertext, iv=None, tag=None, aad=None):
    if name.startswith("RSA"):
        return own.decrypt(ciphertext, rsa_encryption(name))
    if name.endswith("KW"):
        return aes_key_unwrap(own, ciphertext)
    if name.endswith("GCM"):
        return AESGCM(own).decrypt(iv, ciphertext + tag, aad)
    decryptor = Cipher(algorithms.AES(own), modes.CBC(iv)).decryptor()
    padded = decryptor.update(ciphertext) + decryptor.finalize()
    if not name.endswith("PAD"):
        return padded
    unpadder = blocks.PKCS7(128).unpadder()
    return unpadder.update(padded) + unpadder.finalize()
