set -u
. "$SESSION"

ends 'a key is created' 0 kms create-key KeySpec=Aliyun_AES_256 --query keyMetadata.keyId -o tsv
key=$(cat output)
ends 'it is described' 0 kms describe-key keyId="$key"
same 'it is that key' 1 "$(grep -c "\"$key\"" output | sed 's/^[1-9].*/1/')"
ends 'keys are listed' 0 kms ListKeys pageSize=100
same 'it is among them' 1 "$(grep -c "\"$key\"" output | sed 's/^[1-9].*/1/')"

for gateway in shared instance; do
  printf %s "$CANARY" | base64 -w 0 | claviger kms encrypt keyId="$key" plaintext=@- \
    --gateway $gateway --query ciphertextBlob -o tsv >sealed
  same "the $gateway gateway encrypts" 0 $?
  same 'what it gives cannot be read' 0 "$(grep -c "$CANARY" sealed)"
  ends "the $gateway gateway decrypts" 0 kms decrypt ciphertextBlob=@sealed \
    --gateway $gateway --query plaintext -o tsv
  same 'it is what it was' "$(printf %s "$CANARY" | base64 -w 0)" "$(cat output)"
done
ends 'a data key has its size' 0 kms generate-data-key keyId="$key" numberOfBytes=16 --query plaintext -o tsv
same 'it has' 24 "$(tr -d '\n' <output | wc -c | tr -d ' ')"

printf '{"SecretName":"cli-kms","VersionId":"v1","SecretData":"%s"}' "$CANARY" | claviger kms create-secret --request - -o none
same 'a secret is created by what standard input has' 0 $?
ends 'it is read' 0 kms get-secret-value secretName=cli-kms --query secretData -o tsv
same 'it is the value that was set' "$CANARY" "$(cat output)"
printf %s '{"id": 12345678901234567890, "far": 1e400}' >numbers.json
ends 'JSON is kept as text' 0 kms put-secret-value secretName=cli-kms versionId=v2 secretData=@numbers.json
ends 'it is read again' 0 kms get-secret-value secret-name=cli-kms --query secretData -o tsv
same 'character by character' "$(cat numbers.json)" "$(cat output)"
ends 'a name that is in use is a conflict' 6 kms create-secret secretName=cli-kms versionId=v1 secretData=@numbers.json
same 'and nothing is said of what is deleted' 0 "$(grep -c 'recover' errors)"
ends 'a parameter that is none asks nothing' 2 kms create-key keyspecs=Aliyun_AES_256
same 'it says which there are' 1 "$(grep -c 'keySpec' errors)"
ends 'what is not there is 3' 3 kms get-secret-value secretName=cli-nothing
ends 'an action that is none asks nothing' 2 kms no-such-action
echo done
