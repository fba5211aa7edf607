"""Keys that the suite has made: the private half is known here, so both sides can be computed."""

import json
from base64 import urlsafe_b64decode

from azure.keyvault.keys import JsonWebKey
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from checks import variable

CURVES = {
    "P-256": ec.SECP256R1(),
    "P-384": ec.SECP384R1(),
    "P-521": ec.SECP521R1(),
    "P-256K": ec.SECP256K1(),
}
OCTETS = ("n", "e", "d", "p", "q", "dp", "dq", "qi", "x", "y", "k")


def text(value):
    """What the client knows comes as a member of an enumeration, the rest as a string."""
    return getattr(value, "value", value)


def octets(jwk, name):
    return urlsafe_b64decode(jwk[name] + "==")


def number(jwk, name):
    return int.from_bytes(octets(jwk, name), "big")


def local_keys():
    with open(variable("LOCAL_KEYS"), encoding="utf-8") as file:
        keys = json.load(file)
    for jwk in keys.values():
        if jwk.get("crv") == "secp256k1":
            jwk["crv"] = "P-256K"
    # This client has no OKP keys.
    return {name: jwk for name, jwk in keys.items() if jwk["kty"] != "OKP"}


def vault_jwk(jwk):
    """A JWK as the official client takes it."""
    members = {name: octets(jwk, name) for name in OCTETS if name in jwk}
    fixed = {name: jwk[name] for name in ("kty", "crv", "key_ops") if name in jwk}
    return JsonWebKey(**fixed, **members)


def own_key(jwk):
    """The private key, or the secret octets."""
    if jwk["kty"] == "oct":
        return octets(jwk, "k")
    if jwk["kty"] == "EC":
        return ec.derive_private_key(number(jwk, "d"), CURVES[jwk["crv"]])
    public = rsa.RSAPublicNumbers(number(jwk, "e"), number(jwk, "n"))
    names = ("p", "q", "d", "dp", "dq", "qi")
    return rsa.RSAPrivateNumbers(*(number(jwk, name) for name in names), public).private_key()


def public_key(key):
    """The public half that the vault shows."""
    shown = key.key
    integers = {n: int.from_bytes(getattr(shown, n), "big") for n in "nexy" if getattr(shown, n)}
    if text(shown.kty).startswith("EC"):
        curve = CURVES[text(shown.crv)]
        return ec.EllipticCurvePublicNumbers(integers["x"], integers["y"], curve).public_key()
    return rsa.RSAPublicNumbers(integers["e"], integers["n"]).public_key()
