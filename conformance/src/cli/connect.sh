set -u
. "$SESSION"

: >profile
for program in node deno bun python java dotnet go az terraform; do
  ends "what $program needs is written" 0 connect $program --write profile
done
same 'each between its marks' 9 "$(grep -c '^# Claviger [a-z]*: begin' profile)"
same 'nothing secret is in it' 0 "$(grep -cF "$IDENTITY_HEADER" profile)"
ends 'that of az is taken out again' 0 connect az --remove --write profile
same 'the lines are gone' 0 "$(grep -c '^az ' profile)"
same 'what it has set is taken back' 1 "$(grep -c '^az cloud unregister -n Claviger$' output)"

ends 'what node needs is printed' 0 connect node
cp output node.env
URL=$AZURE_KEYVAULT_URL
(
  unset AZURE_KEYVAULT_URL NODE_EXTRA_CA_CERTS
  ends 'without it there is no vault' 2 doctor
  . ./node.env
  ends 'with it all is found' 0 doctor --query '[].state' -o tsv
  same 'the vault is the same' "$URL" "$AZURE_KEYVAULT_URL"
  claviger connect node --remove >back
  . ./back
  same 'taken back, nothing is set' unset "${AZURE_KEYVAULT_URL-unset}"
)
ends 'what python needs is printed' 0 connect python
(
  unset AZURE_KEYVAULT_URL REQUESTS_CA_BUNDLE SSL_CERT_FILE CURL_CA_BUNDLE
  . ./output
  same 'the bundle is the one by which the vault is trusted' 401 \
    "$(curl -s -o body -w '%{http_code}' --cacert "$SSL_CERT_FILE" "$AZURE_KEYVAULT_URL/secrets?api-version=7.6")"
)

for program in node deno bun python java dotnet go terraform; do
  ends "that of $program is taken out" 0 connect $program --remove --write profile
done
same 'the file is as it was' 0 "$(wc -c <profile | tr -d ' ')"
ends 'nothing else can be connected' 2 connect cobol

printf '127.0.0.1 localhost' >hosts
ends 'the lines of a hosts file are written' 0 connect hosts --write hosts
same 'each name of the vault leads here' 4 \
  "$(grep -cE '^127\.0\.0\.1 (default\.vault|login|management|graph)\.' hosts)"
ends 'they are taken out again' 0 connect hosts --remove --write hosts
same 'what was there stays' '127.0.0.1 localhost' "$(cat hosts)"
echo done
