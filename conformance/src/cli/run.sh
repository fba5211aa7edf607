set -u
. "$SESSION"

printf %s "$CANARY" | claviger secret set -n cli-run -o none
export DB_PASSWORD="@Microsoft.KeyVault(SecretUri=$AZURE_KEYVAULT_URL/secrets/cli-run)"
export DB_AGAIN='@Microsoft.KeyVault(VaultName=default;SecretName=cli-run)'
ends 'a program gets values in the place of references' 0 run -- sh -c 'printf %s "$DB_PASSWORD$DB_AGAIN"'
same 'they are the values' "$CANARY$CANARY" "$(cat output)"
ends 'it ends as the program ends' 42 run -- sh -c 'exit 42'
ends 'options of the program are its own' 0 run -- echo --output json
same 'it has got them' '--output json' "$(cat output)"
ends 'a program that is not there is 127' 127 run -- no-such-program
same 'standard input reaches it' two "$(echo two | claviger run -- cat)"

# Not by the function: the signal would end the shell that runs it. There is no terminal here.
for signal in TERM INT HUP QUIT USR1; do
  "$RUNTIME" --conditions=claviger-source "$CLI" run -- \
    sh -c "trap 'exit 9' $signal; : >ready-$signal; while :; do sleep 0.1; done" &
  pid=$!
  until [ -e ready-$signal ]; do sleep 0.1; done
  kill -$signal $pid
  wait $pid
  same "SIG$signal reaches the program" 9 $?
done

export DB_MISSING="@Microsoft.KeyVault(SecretUri=$AZURE_KEYVAULT_URL/secrets/cli-nothing)"
ends 'without a value nothing is started' 3 run -- sh -c ': >started'
same 'it was not started' 0 "$(ls started 2>/dev/null | grep -c .)"
same 'the variable is named' 1 "$(grep -c DB_MISSING errors)"
echo done
