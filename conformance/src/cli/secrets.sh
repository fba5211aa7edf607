set -u
. "$SESSION"

printf '%s\n' "$CANARY" | claviger secret set -n cli-password --tags team=a >set.json
same 'set shows no value' 0 "$(grep -c "$CANARY" set.json)"
ends 'show gives the value to a program' 0 secret show -n cli-password --query value -o tsv
same 'it is the value that was set' "$CANARY" "$(cat output)"
ends 'a part is taken by JMESPath' 0 secret show -n cli-password --query tags.team -o tsv
same 'it is the tag that was set' a "$(cat output)"
ends 'a line for a shell' 0 secret show -n cli-password -o env
same 'it can be sourced' "$CANARY" "$(. ./output && printf %s "$CLI_PASSWORD")"

head -c 300 /dev/urandom >octets
ends 'a file is kept octet by octet' 0 secret set -n cli-octets -f octets -e base64 -o none
ends 'it is downloaded as it was set' 0 secret download -n cli-octets -f octets.back
same 'the octets are the same' "$(cksum <octets)" "$(cksum <octets.back)"
same 'the file is for its owner alone' -rw------- "$(ls -l octets.back | cut -c 1-10)"
ends 'a file that is there is not replaced' 1 secret download -n cli-octets -f octets.back
printf theirs >theirs
ln -s theirs octets.link
chmod 644 octets.back
for file in octets.back octets.link; do
  ends 'it is when that is asked for' 0 secret download -n cli-octets -f $file --overwrite
  same 'and is for its owner alone' -rw------- "$(ls -l $file | cut -c 1-10)"
done
same 'a link leads no value elsewhere' theirs "$(cat theirs)"
(ulimit -f 0 && claviger secret download -n cli-octets -f octets.back --overwrite) 2>/dev/null
same 'without room it fails' 1 $?
same 'the old file is left as it was' "$(cksum <octets)" "$(cksum <octets.back)"
same 'and nothing else' 0 "$(ls -A | grep -c '^\.claviger')"
false | claviger secret set -n cli-password 2>errors
same 'an empty pipe sets nothing' 2 $?

ends 'a version is disabled' 0 secret set-attributes -n cli-octets --disabled
ends 'what is disabled is not given' 4 secret show -n cli-octets
ends 'what is not there is 3' 3 secret show -n cli-nothing
ends 'a list has no values' 0 secret list --query '[].name' -o tsv
same 'it has what was set' 'cli-octets cli-password' "$(grep '^cli-' output | sort | tr '\n' ' ' | sed 's/ $//')"
printf %s two | claviger secret set -n cli-password -o none
ends 'versions are listed' 0 secret list-versions -n cli-password --query 'length(@)' -o tsv
same 'there are two' 2 "$(cat output)"
ends 'at most so many are listed' 0 secret list-versions -n cli-password --maxresults 1 --query 'length(@)' -o tsv
same 'there is one' 1 "$(cat output)"

ends 'a backup is written' 0 secret backup -n cli-password -f password.backup
ends 'it is deleted' 0 secret delete -n cli-password --query name -o tsv
same 'the answer names it' cli-password "$(cat output)"
printf %s three | claviger secret set -n cli-password -o none 2>errors
same 'a deleted name is a conflict' 6 $?
ends 'it is among what is deleted' 0 secret show-deleted -n cli-password --query recoveryId -o tsv
ends 'it is recovered' 0 secret recover -n cli-password -o none
ends 'it is there again' 0 secret show -n cli-password -o none
ends 'it is deleted again' 0 secret delete -n cli-password -o none
ends 'it is purged' 0 secret purge -n cli-password
ends 'it is deleted no longer' 3 secret show-deleted -n cli-password
ends 'the backup brings it back' 0 secret restore -f password.backup --query name -o tsv
ends 'with all its versions' 0 secret list-versions -n cli-password --query 'length(@)' -o tsv
same 'there are two again' 2 "$(cat output)"

ends 'a vault by its name, which is not ours' 4 secret list --vault-name second -o none
ends 'a vault that is not there' 5 secret list --vault-name no-such-vault -o none
ends 'a wrong option asks nothing' 2 secret show --nmae cli-password
ends 'in Chinese too' 3 secret show -n cli-nothing --lang zh-CN
same 'it says so in Chinese' 1 "$(grep -c '请求 id' errors)"
echo done
