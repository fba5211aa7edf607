// Keys that protect nothing: two processes of a run need the same ones without sending them about.
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { systemCall, type PrivateNumbers, type Vault } from '@claviger/vault'

const RSA_PEM = `-----BEGIN PRIVATE KEY-----
MIIEvwIBADANBgkqhkiG9w0BAQEFAASCBKkwggSlAgEAAoIBAQC3dxzmKx7afM8b
u7I/gFt5hBIgfO1D9bRYEw/QuN/HWsBbF2KNWtSNO1ePRCZWAJczNC+E9mrB037U
nbRjkqCx7c2DN13WRmOol6Rn0PcA4HBIKpLK0GbYZhxXiJ0lqbGaRQ0odTuu/ZaU
WEWwKJnHvNZ7q4JejqGlmCCyu7DF4j6Bqr6fLhAXP7cId2U0Gzs+J/5LXDmik2e3
G7tC0i+86gJRmks24ptefSTgRjaXcC3D0xrU2X0DkIEm/9/7K4wc2dliy1UAeeus
RJJjAKLZHNjjdCuvzWdU25JPsbTtQMloXNl67MG9kM1xHtstmRftk79pWAbRoHwe
DUyQ8ycFAgMBAAECggEAItwWmSNjWudxINdisI8ukmHGYfbqzElw6XVBwYqHNqVn
PEeuuaYjEezPH9E2qYu2LwwA5XY+5bJOfI60mmDfeL9zF7Ya9d5tDDk4C2PYswly
PDwepTvA9ug8BWPXXDMopGPvcpsH6qGTjX9SSn0Ebz/RzzDQ9i+KxmCoAd4I4ihe
pPnlTqJ2vaIji6bWlXwvJLs/cXF8ut8DSRASZ1BHTh6Mb0DbPnTuiZhP7sHby77h
h7kjuJpOeqKQ2DyT5x9neO86jX00kg1mdIO76Y+LkgJNwj++wt7QTyvORfcko7vy
AMJmGwfhyqbPed87qcN6upChNR7t9J4KEHkREdRcMQKBgQDwTbLIKu2b3cPJCk6Y
lunBG9tgmLSHdbBmTozNODbm5DeydzuOfVkKk/fuHdIX1ErIqjpTiXNmvpTCyQ/y
xvUn5N+tJmn+Ig614FdpRsbg54ZcnMcZWyuuiXIj+noFmu21P8ThPOBeqV5JQmZM
3Zw0cw85g1oiohPj/zezzsLcqQKBgQDDcvp5qmq2umLQcd+GeS4iPU36wrO9T3sn
Js5c1N0pHfr72KhjAK928E8tIw98sLEHwPJZ84CAo20saIlZVeaiYSQHhl0VI6N6
QcL8stsYU+t/gKuh4BNvds1yiAyXxlewbUplernW7FfjbK3Fv1vI981Ah7g9JmlF
ickI6l70/QKBgQClTh3NWtKHZV+YfbGhgDcfM2WPJp0RjiEhz6lGRwRlgtrZtvHO
TGYjQ7TLJdJvuAcV0Rw8eRJcvH+jGyMQdFMS9Xv1JbbGLnGGJeSbtCd9cWdZcDP6
OmBrOXu+SkEEeBZLl6l89B64n7QPm1C6UbxxzDDN9JDdwDcEoX2VAIfFuQKBgQC2
bngFYGBDNy5Myj2N00aQhxBmY55JsgqNvNcaJ0ZXvrgqo0xpPJaLOjttMjCefn5/
ckXEWFk1uVWKAflR/bBNGMb8jxoLRTyuPPu3y2peBtbmKEAL1I/PluClav/2Gxh2
gUzT8/3K8sgGa8a3saoGp+ZZuVTrHxNb6QRQ4hLIMQKBgQDm1O1cxUWpUc73hytd
cYZEtzjZ6/BCT6lmo9UpgbrM6EfpJTfbt1vxma1OKy8tHYjXI4I+lZwEHD9wGYM4
ESieAdRC/Jth9k0F6PoFLvrZbmITAHFJsnw8sa8iEUN03m7P6A5XoOsCxhiUC9XZ
VBXQONDHmJ8hY00dJ9d8aZ7+mw==
-----END PRIVATE KEY-----`

const EC_PEM = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg3E62otIU9mb13yzg
rBoYonDt7ZTv1RX/fVEU06zmYLqhRANCAAS7HSmqUKcvRFMEbkugfXiaLd1nOi5e
yhix5j+liBytkpBCEVuivD+ECI0p53+veM9AqmvnyhBcmUaGH9WmeK/E
-----END PRIVATE KEY-----`

/** RSA of 2048 bits. */
export const RSA_KEY = createPrivateKey(RSA_PEM)
export const RSA_PUBLIC_KEY = createPublicKey(RSA_PEM)
/** EC on P-256. */
export const EC_KEY = createPrivateKey(EC_PEM)
/** AES-256. */
export const AES_KEY = Buffer.alloc(32, 'bench key of the bench ')

/** The same numbers as the vault takes them. */
export function numbersOf(key: KeyObject): PrivateNumbers {
  const jwk = key.export({ format: 'jwk' })
  const bytes = (member: string | undefined): Uint8Array => Buffer.from(member ?? '', 'base64url')
  const d = bytes(jwk.d)
  if (jwk.kty === 'EC') {
    return { kty: 'EC', crv: jwk.crv ?? '', x: bytes(jwk.x), y: bytes(jwk.y), d }
  }
  const { p, q, dp, dq, qi } = jwk
  const primes = { p: bytes(p), q: bytes(q), dp: bytes(dp), dq: bytes(dq), qi: bytes(qi) }
  return { kty: 'RSA', n: bytes(jwk.n), e: bytes(jwk.e), d, primes }
}

/** Puts a key into the vault `default`. */
export async function importBenchKey(
  vault: Vault,
  name: string,
  numbers: PrivateNumbers,
): Promise<void> {
  const key = { vault: 'default', name }
  await vault.keys.import(systemCall('bench'), { key, numbers, hsm: false })
}
