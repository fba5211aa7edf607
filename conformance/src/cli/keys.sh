set -u
. "$SESSION"

ends 'an RSA key is created' 0 key create -n cli-rsa --size 2048 --tags team=a --query key.kty -o tsv
same 'it is of its type' RSA "$(cat output)"
ends 'an EC key is created' 0 key create -n cli-ec --kty EC --curve P-384 --ops sign verify --query key.crv -o tsv
same 'it is of its curve' P-384 "$(cat output)"
ends 'a curve has no size' 2 key create -n cli-ec --kty EC --size 2048
ends 'keys are listed' 0 key list --query "[?starts_with(name, 'cli-')].name" -o tsv
same 'both are there' 2 "$(grep -c . output)"

printf 'a letter' >letter
ends 'a file is signed' 0 key sign -n cli-ec -a ES384 -f letter --query signature -o tsv
signature=$(cat output)
ends 'the signature is right' 0 key verify -n cli-ec -a ES384 -f letter --signature "$signature" --query isValid -o tsv
same 'it says so' true "$(cat output)"
printf 'another letter' >another
ends 'of another file it is wrong' 1 key verify -n cli-ec -a ES384 -f another --signature "$signature"
digest=$("$RUNTIME" -p 'crypto.createHash("sha384").update("a letter").digest("base64")')
ends 'by its digest it is right' 0 key verify -n cli-ec -a ES384 --digest "$digest" --signature "$signature"
ends 'a key of another kind refuses' 1 key sign -n cli-ec -a RS256 -f letter
ends 'an algorithm that is none asks nothing' 2 key sign -n cli-ec -a ES999 -f letter

ends 'the public key is downloaded' 0 key download -n cli-ec -f public.pem
cat >verify.mjs <<'PROGRAM'
import { readFileSync } from 'node:fs'
import { verify } from 'node:crypto'
const key = { key: readFileSync('public.pem', 'utf8'), dsaEncoding: 'ieee-p1363' }
console.log(verify('sha384', readFileSync('letter'), key, Buffer.from(process.argv[2], 'base64')))
PROGRAM
same 'Node verifies the signature by it' true "$("$RUNTIME" verify.mjs "$signature")"

printf %s "$CANARY" | claviger key encrypt -n cli-rsa -a RSA-OAEP-256 --query result -o tsv >sealed
same 'what is encrypted cannot be read' 0 "$(grep -c "$CANARY" sealed)"
ends 'it is decrypted' 0 key decrypt -n cli-rsa -a RSA-OAEP-256 -f sealed --data-type plaintext --query result -o tsv
same 'it is what it was' "$CANARY" "$(cat output)"
head -c 32 /dev/urandom >data.key
ends 'a key is wrapped' 0 key wrap -n cli-rsa -a RSA-OAEP-256 -f data.key --query result -o tsv
cp output wrapped
ends 'it is unwrapped' 0 key unwrap -n cli-rsa -a RSA-OAEP-256 -f wrapped --query result -o tsv
same 'it is the key it was' "$("$RUNTIME" -p 'fs.readFileSync("data.key").toString("base64")')" "$(cat output)"

"$RUNTIME" -e '
  const pair = crypto.generateKeyPairSync("ec", { namedCurve: "secp256k1" })
  fs.writeFileSync("own.pem", pair.privateKey.export({ format: "pem", type: "pkcs8" }), { mode: 0o600 })
'
ends 'a key of our own is imported' 0 key import -n cli-own --pem-file own.pem --query key.crv -o tsv
same 'it has its curve' P-256K "$(cat output)"
claviger key import -n cli-input --pem-file - --query key.crv -o tsv <own.pem >output
same 'a key is imported from standard input' P-256K "$(cat output)"
ends 'what is no key is refused here' 2 key import -n cli-own --pem-file letter

echo '{"lifetimeActions":[{"trigger":{"timeAfterCreate":"P90D"},"action":{"type":"Rotate"}}],"attributes":{"expiryTime":"P2Y"}}' >policy.json
ends 'a rotation policy is set' 0 key rotation-policy update -n cli-rsa --value policy.json --query expiresIn -o tsv
same 'it has its expiry' P2Y "$(cat output)"
ends 'it is shown' 0 key rotation-policy show -n cli-rsa
cp output shown.json
ends 'what is shown can be set' 0 key rotation-policy update -n cli-rsa --value shown.json -o none
ends 'it is set without a file' 0 key rotation-policy update -n cli-rsa --value '{"lifetimeActions":[{"trigger":{"timeAfterCreate":"P91D"},"action":{"type":"Rotate"}}]}' --query 'lifetimeActions[?timeAfterCreate].timeAfterCreate | [0]' -o tsv
same 'it is what was set' P91D "$(cat output)"
ends 'a key is rotated' 0 key rotate -n cli-rsa -o none
ends 'its versions are listed' 0 key list-versions -n cli-rsa --query 'length(@)' -o tsv
same 'there are two' 2 "$(cat output)"
ends 'a version is disabled' 0 key set-attributes -n cli-own --disabled --query attributes.enabled -o tsv
same 'it says so' false "$(cat output)"
ends 'it is enabled again' 0 key set-attributes -n cli-own --enabled --query attributes.enabled -o tsv
same 'it says that too' true "$(cat output)"

ends 'random octets are given' 0 key random --count 32 --query value -o tsv
same 'as many as were asked for' 32 "$(base64 -d <output | wc -c | tr -d ' ')"
ends 'no more than the service gives' 2 key random --count 129
ends 'a release policy is printed' 0 key get-policy-template -o json
cp output release.json
ends 'a vault without hardware releases no key, and says so' 1 key create -n cli-released --exportable --policy release.json
same 'by the code of the service' 1 "$(grep -c 'AKV.SKR' errors)"

ends 'a backup is written' 0 key backup -n cli-ec -f ec.backup
ends 'a key is deleted' 0 key delete -n cli-ec -o none
ends 'it is among what is deleted' 0 key list-deleted --query "[?name == 'cli-ec'].scheduledPurgeDate | length(@)" -o tsv
same 'once' 1 "$(cat output)"
ends 'it is purged' 0 key purge -n cli-ec
ends 'it is brought back' 0 key restore -f ec.backup -o none
ends 'the signature is right still' 0 key verify -n cli-ec -a ES384 -f letter --signature "$signature" -o none
echo done
