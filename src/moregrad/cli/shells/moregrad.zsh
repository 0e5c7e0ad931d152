#compdef moregrad
# Completion of moregrad, made by `moregrad completion zsh`.
_moregrad() {
  local word about
  local -a candidates files
  printf %s TABLE | awk PROGRAM "${(@Q)words[2,CURRENT - 1]}" "${(Q)PREFIX}" | while IFS=$'\t' read -r word about; do
    case $word in
      @file) files=(_files) ;;
      @directory) files=(_files -/) ;;
      *) candidates+=("${word//:/\\:}${about:+:$about}") ;;
    esac
  done
  _describe -t moregrad moregrad candidates
  (( $#files )) || return
  compset -P '--*='
  $files
}
# The file is either found in fpath and read at the first use, or read by `source`.
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _moregrad "$@"; else compdef _moregrad moregrad; fi
