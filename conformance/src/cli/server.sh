set -u
. "$SESSION"

export CLAVIGER_DATA_DIR="$DATA"
ends 'the admin command is at hand' 0 admin vault list --json
same 'it has the vaults' 1 "$(grep -c '"second"' output)"
ends 'its help is its own' 0 admin --help
same 'it says its nouns' 1 "$(grep -c 'role-assignment \|role-assignment$' output)"
ends 'it ends as the admin command ends' 2 admin no-such-noun
ends 'the audit chain is verified' 0 audit verify
ends 'a word that it does not know is refused by it' 2 audit verify --nothing
echo done
