# What zsh makes of a line when the tab key is pressed, in a terminal of its own: the line, then the
# script, or the folder of $fpath that it is in.
zmodload zsh/zpty
zpty shell zsh -f -i
if [[ -d $2 ]]; then before="fpath=($2 \$fpath)" after=:; else before=: after=". $2"; fi
# A widget says what the line has become; what is computed is not in the echo of what is typed.
zpty -w shell "$before; autoload -Uz compinit && compinit -u -D; $after; PS1=; setopt no_beep
taken() { print -rn -- \"<<\$BUFFER>>\"; zle send-break }; zle -N taken; bindkey '^X' taken
print ready-\$((1))"
zpty -r shell seen '*ready-1*'
zpty -w -n shell "$1"$'\t\x18'
zpty -r shell seen '*<<*>>*'
print -r -- "${${seen##*<<}%%>>*}"
zpty -d shell
