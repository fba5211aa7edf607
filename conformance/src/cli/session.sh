# What the sessions of the command line have in common; each sources this file. A check says `ok - …`
# or `not ok - … # reason`, and a session says `done` when it has come to its end.

claviger() { "$RUNTIME" --conditions=claviger-source "$CLI" "$@"; }

# what it shows, the exit code, then the command line; its output is left in output and errors.
ends() {
  what=$1 wanted=$2
  shift 2
  code=0
  claviger "$@" >output 2>errors || code=$?
  if [ "$code" = "$wanted" ]; then
    echo "ok - $what"
  else
    echo "not ok - $what # it ended with $code, not $wanted: $(head -n 1 errors)"
  fi
}

# what it shows, what is wanted, what was found.
same() {
  if [ "$2" = "$3" ]; then echo "ok - $1"; else echo "not ok - $1 # it is not what is wanted"; fi
}
