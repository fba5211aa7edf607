set -u
. "$SESSION"

cat >policy.json <<'POLICY'
{
  "issuerParameters": { "name": "Self" },
  "keyProperties": { "exportable": true, "keyType": "EC", "curve": "P-256", "keySize": null, "reuseKey": false },
  "secretProperties": { "contentType": "application/x-pem-file" },
  "x509CertificateProperties": {
    "subject": "CN=cli.example",
    "subjectAlternativeNames": { "dnsNames": ["cli.example"] },
    "validityInMonths": 12
  }
}
POLICY
ends 'a certificate is created' 0 certificate create -n cli-site -p policy.json --tags team=a --query policy.keyProperties.keyType -o tsv
same 'by its policy' EC "$(cat output)"
ends 'its policy is shown as az has it' 0 certificate show -n cli-site --query policy
cp output shown.json
ends 'what is shown makes another one' 0 certificate create -n cli-other -p shown.json -o none
ends 'it is downloaded' 0 certificate download -n cli-site -f site.pem
same 'it is for its subject' 'CN=cli.example' "$("$RUNTIME" -p 'new crypto.X509Certificate(fs.readFileSync("site.pem")).subject')"
ends 'as DER too' 0 certificate download -n cli-site -f site.der -e DER
same 'it is the same' true "$("$RUNTIME" -p 'new crypto.X509Certificate(fs.readFileSync("site.pem")).raw.equals(fs.readFileSync("site.der"))')"
ends 'its key and itself are downloaded as a secret' 0 secret download -n cli-site -f whole.pem
ends 'they are imported' 0 certificate import -n cli-import -f whole.pem --query x509ThumbprintHex -o tsv
imported=$(cat output)
ends 'its thumbprint is shown' 0 certificate show -n cli-site --query x509ThumbprintHex -o tsv
same 'it is the same certificate' "$imported" "$(cat output)"
ends 'what is no policy asks nothing' 2 certificate create -n cli-none -p site.pem
ends 'certificates are listed' 0 certificate list --query "[?starts_with(name, 'cli-')].name" -o tsv
same 'all are there' 3 "$(grep -c . output)"
ends 'their secrets are not listed unless asked for' 0 secret list --query "[?name == 'cli-site'] | length(@)" -o tsv
same 'none is' 0 "$(cat output)"
ends 'they are when asked for' 0 secret list --include-managed --query "[?name == 'cli-site'] | length(@)" -o tsv
same 'one is' 1 "$(cat output)"
ends 'versions are listed' 0 certificate list-versions -n cli-site --query 'length(@)' -o tsv
same 'there is one' 1 "$(cat output)"

ends 'the default policy is printed' 0 certificate get-default-policy -o json
cp output default.json
ends 'a certificate is created by it, in place of a file' 0 certificate create -n cli-default -p "$(cat default.json)" --validity 24 --query policy.x509CertificateProperties.validityInMonths -o tsv
same 'with the validity of the command line' 24 "$(cat output)"
ends 'its tags are set and it is disabled' 0 certificate set-attributes -n cli-default --enabled false --tags team=web --query "[attributes.enabled, tags.team] | join('/', [to_string([0]), [1]])" -o tsv
same 'both are there' false/web "$(cat output)"
ends 'a part of its policy is changed' 0 certificate set-attributes -n cli-default -p '{"x509CertificateProperties":{"validityInMonths":6}}' --query policy.x509CertificateProperties.validityInMonths -o tsv
same 'that part is' 6 "$(cat output)"
ends 'the rest is as it was' 0 certificate show -n cli-default --query policy.x509CertificateProperties.subject -o tsv
same 'its subject too' CN=CLIGetDefaultPolicy "$(cat output)"

cat >elsewhere.json <<'POLICY'
{
  "issuerParameters": { "name": "Unknown" },
  "keyProperties": { "exportable": false, "keyType": "EC", "curve": "P-256", "reuseKey": false },
  "x509CertificateProperties": { "subject": "CN=elsewhere.example" }
}
POLICY
ends 'what somebody else signs is not waited for' 0 certificate create -n cli-elsewhere -p @elsewhere.json --query status -o tsv
same 'it is begun' inProgress "$(cat output)"
ends 'it is listed when asked for' 0 certificate list --include-pending --query "[?name == 'cli-elsewhere'] | length(@)" -o tsv
same 'once' 1 "$(cat output)"
ends 'another one under its name is a conflict' 6 certificate create -n cli-elsewhere -p @elsewhere.json
ends 'the request is shown' 0 certificate pending show -n cli-elsewhere --query csr -o tsv
{
  echo '-----BEGIN CERTIFICATE REQUEST-----'
  cat output
  echo '-----END CERTIFICATE REQUEST-----'
} >request.pem
ends 'a certificate for another key is refused' 1 certificate pending merge -n cli-elsewhere -f site.pem
ends 'what is no certificate asks nothing' 2 certificate pending merge -n cli-elsewhere -f policy.json
if command -v openssl >/dev/null; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem \
    -subj /CN=cli-ca -days 2 2>openssl.log
  openssl x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 1 -out signed.pem \
    2>>openssl.log
  cat signed.pem ca.pem >chain.pem
  ends 'what OpenSSL has signed is merged with its chain' 0 certificate pending merge -n cli-elsewhere -f chain.pem --tags by=openssl --query tags.by -o tsv
  same 'with its tag' openssl "$(cat output)"
  ends 'it is downloaded' 0 certificate download -n cli-elsewhere -f elsewhere.pem
  same 'it is what was signed' true "$("$RUNTIME" -p 'new crypto.X509Certificate(fs.readFileSync("elsewhere.pem")).raw.equals(new crypto.X509Certificate(fs.readFileSync("signed.pem")).raw)')"
else
  echo 'not run - what OpenSSL has signed is merged with its chain # openssl is not installed'
fi
ends 'another one is begun' 0 certificate create -n cli-forgotten -p elsewhere.json -o none
ends 'it is forgotten' 0 certificate pending delete -n cli-forgotten -o none
ends 'it is not there any more' 3 certificate pending show -n cli-forgotten

ends 'there are no contacts' 3 certificate contact list
ends 'a contact is added' 0 certificate contact add --email ann@example.com --name Ann -o none
ends 'and another one' 0 certificate contact add --email bo@example.com --query 'contactList[].emailAddress' -o tsv
same 'both are there' 'ann@example.com bo@example.com' "$(tr '\n' ' ' <output | sed 's/ $//')"
ends 'the same one is a conflict' 6 certificate contact add --email bo@example.com
ends 'one is removed' 0 certificate contact delete --email ann@example.com -o none
ends 'the other one is left' 0 certificate contact list --query 'contactList[].emailAddress' -o tsv
same 'alone' bo@example.com "$(cat output)"
ends 'nobody is removed twice' 3 certificate contact delete --email ann@example.com
ends 'the last one takes the list along' 0 certificate contact delete --email bo@example.com -o none
ends 'it is not there' 3 certificate contact list

printf %s "$CANARY" >account.password
ends 'an issuer is set' 0 certificate issuer create --issuer-name cli-issuer --provider-name DigiCert --account-id account --password-file account.password --organization-id org
same 'its password is not shown' 0 "$(grep -c "$CANARY" output)"
ends 'it is listed' 0 certificate issuer list --query "[?name == 'cli-issuer'].provider" -o tsv
same 'by its provider' DigiCert "$(cat output)"
ends 'somebody answers for its account' 0 certificate issuer admin add --issuer-name cli-issuer --email ann@example.com --first-name Ann -o none
ends 'and somebody else' 0 certificate issuer admin add --issuer-name cli-issuer --email bo@example.com -o none
ends 'the first one is removed' 0 certificate issuer admin delete --issuer-name cli-issuer --email ann@example.com
ends 'the other one is left' 0 certificate issuer admin list --issuer-name cli-issuer --query '[].emailAddress' -o tsv
same 'alone' bo@example.com "$(cat output)"
ends 'the last one is removed too' 0 certificate issuer admin delete --issuer-name cli-issuer --email bo@example.com
ends 'nobody is left' 0 certificate issuer admin list --issuer-name cli-issuer --query 'length(@)' -o tsv
same 'there is nobody' 0 "$(cat output)"
ends 'it is disabled' 0 certificate issuer update --issuer-name cli-issuer --enabled false --query attributes.enabled -o tsv
same 'it says so' false "$(cat output)"
ends 'its account is as it was' 0 certificate issuer show --issuer-name cli-issuer --query credentials.accountId -o tsv
same 'it is' account "$(cat output)"
ends 'it is removed' 0 certificate issuer delete --issuer-name cli-issuer -o none
ends 'it is not there' 3 certificate issuer show --issuer-name cli-issuer

ends 'a backup is written' 0 certificate backup -n cli-site -f site.backup
ends 'it is deleted' 0 certificate delete -n cli-site -o none
ends 'it is shown as deleted' 0 certificate show-deleted -n cli-site --query name -o tsv
ends 'it is recovered' 0 certificate recover -n cli-site -o none
ends 'it is deleted again' 0 certificate delete -n cli-site -o none
ends 'it is purged' 0 certificate purge -n cli-site
ends 'it is brought back' 0 certificate restore -f site.backup --query x509ThumbprintHex -o tsv
same 'as it was' "$imported" "$(cat output)"
echo done
