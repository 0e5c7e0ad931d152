# Completion of moregrad, made by `moregrad completion bash`.
_moregrad() {
  local typed=() rest=${COMP_LINE#*"${COMP_WORDS[0]}"} word i
  # Bash takes --model=gru and stack:lstm apart; what has no space before it belongs to the word before.
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ $rest == [[:space:]]* ]]; then typed+=("$word"); else typed[${#typed[@]} - 1]+=$word; fi
    rest=${rest#*"$word"}
  done
  local current=${typed[${#typed[@]} - 1]}
  # It completes only $2, what follows the last = or : of the word.
  local before=${current%"$2"}
  COMPREPLY=()
  while IFS=$'\t' read -r word _; do
    case $word in
      @file | @directory)
        compopt -o filenames 2> /dev/null
        while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -"${word:1:1}" -- "$2")
        ;;
      "$current"*) COMPREPLY+=("${word#"$before"}") ;;
    esac
  done < <(printf %s TABLE | awk PROGRAM "${typed[@]}")
}
complete -F _moregrad moregrad
