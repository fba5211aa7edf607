set -u
. "$SESSION"

ends 'a certificate is created, signed by itself' 0 certificate create -n cli-itself -p "$(claviger certificate get-default-policy -o json)" -o none
ends 'it is downloaded' 0 certificate download -n cli-itself -f itself.pem
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
ends 'a certificate for another key is refused' 1 certificate pending merge -n cli-elsewhere -f itself.pem
ends 'what is no certificate asks nothing' 2 certificate pending merge -n cli-elsewhere -f elsewhere.json
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
echo done
