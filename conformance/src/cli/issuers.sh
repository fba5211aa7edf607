set -u
. "$SESSION"

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
echo done
