set -u
. "$SESSION"

ends 'nothing is wrong where nothing is' 0 doctor --query '[].check' -o tsv
same 'all was looked at' 'name connection clock credential permission' "$(tr '\n' ' ' <output | sed 's/ $//')"
ends 'a vault of others is found by its permission' 1 doctor --vault-name second --query '[-1].[check, state]' -o tsv
same 'it says so' 'permission failed' "$(tr '\n' ' ' <output | sed 's/ $//')"
ends 'a name without an address is found' 1 doctor --vault-url https://no-such-host.invalid --query '[-1].check' -o tsv
same 'it says so' name "$(cat output)"
ends 'a port that nobody listens on is found' 1 doctor --vault-url https://localhost:1 --query '[-1].detail' -o tsv
same 'it says why' 1 "$(grep -c ECONNREFUSED output)"

(
  unset NODE_EXTRA_CA_CERTS
  ends 'a server that this machine does not trust is found' 1 doctor --query '[-1].advice' -o tsv
  same 'it says what to set' 1 "$(grep -c NODE_EXTRA_CA_CERTS output)"
)
(
  unset IDENTITY_ENDPOINT IDENTITY_HEADER
  export AZURE_TENANT_ID=none AZURE_CLIENT_ID=nobody AZURE_CLIENT_SECRET=wrong
  ends 'a credential that is wrong is found' 1 doctor --query '[-1].check' -o tsv
  same 'it says so' credential "$(cat output)"
  # Of this tenant no vault is asked whether it is its own.
  export AZURE_TENANT_ID=adfs AZURE_AUTHORITY_HOST=https://login.no-such-host.invalid
  ends 'a login host that is not there is found' 1 doctor --query '[-1].advice' -o tsv
  same 'it says where to look' 1 "$(grep -c AZURE_AUTHORITY_HOST output)"
  AZURE_AUTHORITY_HOST=http://login.example
  ends 'a login host that is none is named' 4 secret list
  same 'by its variable' 1 "$(grep -c AZURE_AUTHORITY_HOST errors)"
)

ends 'nothing is wrong with KMS where nothing is' 0 doctor --kms --query '[].check' -o tsv
shared='name connection clock credential permission'
instance='name connection clock credential'
same 'both gateways were looked at' "$shared $instance" "$(tr '\n' ' ' <output | sed 's/ $//')"
(
  export ALIBABA_CLOUD_ACCESS_KEY_SECRET=wrong
  ends 'an access key that is wrong is found' 1 doctor --kms --query "[?state == 'failed'].check" -o tsv
  same 'it says so' credential "$(cat output)"
)
(
  export ALIBABA_CLOUD_KMS_CLIENT_KEY_PASSWORD=wrong
  ends 'a client key that cannot be opened is found' 1 doctor --kms --query "[?state == 'failed'].check" -o tsv
  same 'it says so' credential "$(cat output)"
)
(
  unset ALIBABA_CLOUD_KMS_CA_FILE NODE_EXTRA_CA_CERTS
  ends 'gateways that this machine does not trust are found' 1 doctor --kms --query "[?state == 'failed'].advice" -o tsv
  same 'it says what to set for each' 2 "$(grep -c ALIBABA_CLOUD_KMS_CA_FILE output)"
)
echo done
