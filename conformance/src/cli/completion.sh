set -u
. "$SESSION"

# The lines of what each shell makes of a line when the tab key is pressed; what is offered alone.
in_bash() {
  line="COMP_WORDS=($1); COMP_CWORD=\$((\${#COMP_WORDS[@]} - 1)); _claviger"
  bash --norc -c ". ./completion.bash; $line; printf '%s\n' \"\${COMPREPLY[@]}\""
}
in_zsh() { zsh -f "${SESSION%/*}/complete.zsh" "$1" "${2-$PWD/completion.zsh}" | sed 's/ $//; s/.* //'; }
in_fish() {
  HOME=$PWD fish --no-config -c 'source completion.fish; complete -C $argv[1]' -- "$1" | cut -f 1
}

completed() {
  same "$1 completes \"$2\"" "$3" "$("in_$1" "$2")"
}

for shell in bash zsh fish; do
  ends "a script for $shell" 0 completion "$shell"
  cp output "completion.$shell"
  SHELL=/bin/$shell claviger completion >own
  same "it is that of a person whose shell is $shell" "$(cksum <own)" "$(cksum <"completion.$shell")"
  if ! command -v "$shell" >/dev/null; then
    echo "not run - what $shell completes # $shell is not installed"
    continue
  fi
  completed "$shell" 'claviger sec' secret
  completed "$shell" 'claviger certificate issuer admin a' add
  completed "$shell" 'claviger secret set --val' --value
  completed "$shell" 'claviger secret list-deleted --que' --query
  completed "$shell" 'claviger secret list --output ts' tsv
  completed "$shell" 'claviger key sign -a ES3' ES384
  completed "$shell" 'claviger kms batch-g' batch-get-secret-value
  completed "$shell" 'claviger secret show --name key --vers' --version
done
mkdir names
: >names/a-file-to-set
for shell in zsh fish; do
  command -v "$shell" >/dev/null || continue
  completed "$shell" 'claviger secret set --file names/a-fi' names/a-file-to-set
done
if command -v zsh >/dev/null; then
  mkdir functions
  cp completion.zsh functions/_claviger
  same 'zsh finds it in a folder of functions' download "$(in_zsh 'claviger key downl' "$PWD/functions")"
fi
if command -v fish >/dev/null; then
  HOME=$PWD fish --no-config -c 'source completion.fish; complete -C "claviger sec"' >described
  same 'fish says what a word is for' 1 "$(grep -c 'secret.secrets: ' described)"
fi
echo done
