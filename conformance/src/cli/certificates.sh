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
ends 'another one is made by the same policy' 0 certificate rotate -n cli-site --query "join('/', [policy.keyProperties.keyType, tags.team])" -o tsv
same 'with the tags too' EC/a "$(cat output)"
ends 'versions are listed again' 0 certificate list-versions -n cli-site --query 'length(@)' -o tsv
same 'there are two' 2 "$(cat output)"
ends 'it is another certificate' 0 certificate show -n cli-site --query "x509ThumbprintHex == '$imported'" -o tsv
same 'than before' false "$(cat output)"

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

ends 'its newest thumbprint is shown' 0 certificate show -n cli-site --query x509ThumbprintHex -o tsv
newest=$(cat output)
ends 'a backup is written' 0 certificate backup -n cli-site -f site.backup
ends 'it is deleted' 0 certificate delete -n cli-site -o none
ends 'it is shown as deleted' 0 certificate show-deleted -n cli-site --query name -o tsv
ends 'it is recovered' 0 certificate recover -n cli-site -o none
ends 'it is deleted again' 0 certificate delete -n cli-site -o none
ends 'it is purged' 0 certificate purge -n cli-site
ends 'it is brought back' 0 certificate restore -f site.backup --query x509ThumbprintHex -o tsv
same 'as it was' "$newest" "$(cat output)"
echo done
