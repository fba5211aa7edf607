set -u
. "$SESSION"

# As `ends`, on a terminal; output has what is shown there, with the line ends of files. Words before
# `--` say what is typed there.
shows() {
  what=$1 wanted=$2
  shift 2
  steps=
  while [ "$1" != -- ]; do
    steps="$steps $1"
    shift
  done
  shift
  code=0
  # shellcheck disable=SC2086 — the steps are words.
  "$PYTHON" "$TERMINAL" $steps -- "$RUNTIME" --conditions=claviger-source "$CLI" "$@" >shown 2>errors || code=$?
  tr -d '\r' <shown >output
  if [ "$code" = "$wanted" ]; then
    echo "ok - $what"
  else
    echo "not ok - $what # it ended with $code, not $wanted: $(head -c 300 output errors | tr '\n' ' ')"
  fi
}

# what it shows, what may not be seen, then the command line, without and with --show.
hides() {
  thing=$1 value=$2
  shift 2
  shows "a terminal is given $thing" 0 -- "$@"
  same "$thing is hidden there" 0 "$(grep -c -e "$value" output)"
  same 'and it says so' 1 "$(grep -c -e '--show' output | sed 's/^[1-9].*/1/')"
  shows "with --show a terminal is given $thing" 0 -- "$@" --show
  same "$thing can be seen then" 1 "$(grep -c -e "$value" output | sed 's/^[1-9].*/1/')"
}

printf %s "$CANARY" | claviger secret set -n cli-terminal -o none
for form in table json tsv env; do
  hides "a secret as $form" "$CANARY" secret show -n cli-terminal -o $form
done
hides 'the value of a secret alone' "$CANARY" secret show -n cli-terminal --query value -o tsv
same 'its terminal is that of the tests' "$CANARY" "$(claviger secret show -n cli-terminal --query value -o tsv)"

claviger key create -n cli-terminal --kty RSA --size 2048 -o none
printf %s "$CANARY" | claviger key encrypt -n cli-terminal -a RSA-OAEP-256 --query result -o tsv >sealed
hides 'what a key has decrypted' "$CANARY" key decrypt -n cli-terminal -a RSA-OAEP-256 -f sealed --data-type plaintext
hides 'what a key has unwrapped' "$(printf %s "$CANARY" | base64 -w 0)" key unwrap -n cli-terminal -a RSA-OAEP-256 -f sealed

kms_key=$(claviger kms create-key KeySpec=Aliyun_AES_256 --query keyMetadata.keyId -o tsv)
printf %s "$CANARY" | base64 -w 0 | claviger kms encrypt keyId="$kms_key" plaintext=@- --query ciphertextBlob -o tsv >sealed
hides 'what KMS has decrypted' "$(printf %s "$CANARY" | base64 -w 0)" kms decrypt ciphertextBlob=@sealed
printf '{"SecretName":"cli-terminal","VersionId":"v1","SecretData":"%s"}' "$CANARY" | claviger kms create-secret --request - -o none
hides 'a secret of KMS' "$CANARY" kms get-secret-value secretName=cli-terminal

shows 'nothing is asked for at a terminal' 2 -- secret set -n cli-nothing
same 'it says how a value is given' 1 "$(grep -c 'standard input' output)"

mkfifo slow
shows 'work of more than a second is told of' 0 when Working write slow "$CANARY" -- \
  secret set -n cli-terminal -f slow --query name -o tsv
same 'it stood in a line of its own' 1 "$(tr '\r' '\n' <shown | grep -c 'Working … 1 s$')"
same 'it is away before the result' cli-terminal "$(tr '\r' '\n' <shown | grep -A 1 '^.\[K' | sed 's/^.\[K//' | tr -d '\n')"

cat >background.sh <<'END'
set -m
"$@" &
pid=$!
until [ -e ready ]; do sleep 0.1; done
kill -INT $pid
wait $pid
echo "ended: $?"
END
"$PYTHON" "$TERMINAL" -- sh background.sh "$RUNTIME" --conditions=claviger-source "$CLI" \
  run -- sh -c 'trap "exit 9" INT; : >ready; while :; do sleep 0.1; done' >shown
same 'in the background a signal is for claviger alone, and reaches the program' 1 "$(grep -c 'ended: 9' shown)"
shows 'a program that Ctrl-C ends' 130 when waiting keys ^C -- \
  run -- sh -c 'echo waiting; exec sleep 600'
shows 'a program that Ctrl-\ ends' 131 when waiting keys '^\' -- \
  run -- sh -c 'ulimit -c 0; echo waiting; exec sleep 600'

# In a session of its own the terminal does not reach it: what it counts, claviger has sent. When Ctrl-C
# has been typed it asks claviger, and so itself, to end.
cat >counting.cjs <<'END'
let times = 0
process.on('SIGINT', () => (times += 1))
process.once('SIGTERM', () => {
  console.log(`interrupted: ${times}`)
  process.exit(7)
})
console.log('waiting')
require('node:fs').readFileSync('typed')
process.kill(process.ppid, 'SIGTERM')
setInterval(() => {}, 1000)
END
mkfifo typed
shows 'a signal to claviger reaches the program' 7 when waiting keys ^C when ^C write typed x -- \
  run -- setsid "$RUNTIME" counting.cjs
same 'Ctrl-C is left to the terminal' 1 "$(grep -c 'interrupted: 0$' output)"
code=0
"$PYTHON" "$TERMINAL" when waiting keys ^C when ^C write typed x -- sh -c 'exec "$@" </dev/null' sh \
  "$RUNTIME" --conditions=claviger-source "$CLI" run -- setsid "$RUNTIME" counting.cjs >shown || code=$?
same 'wherever standard input comes from' '7, interrupted: 0' \
  "$code, $(tr -d '\r' <shown | grep -o 'interrupted: .*')"
shows 'a program that ends by itself' 137 -- run -- sh -c 'kill -KILL $$'
shows 'a program has the terminal' 0 -- run -- sh -c 'test -t 0 && test -t 1 && test -t 2'
echo done
