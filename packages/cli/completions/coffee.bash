# bash completion for coffee. In ~/.bashrc: source <(coffee completion bash)
_coffee() {
  local current="${COMP_WORDS[COMP_CWORD]}" quote="" word _
  COMPREPLY=()
  case "$current" in
    \"* | \'*) quote="${current:0:1}" current="${current:1}" ;;
    *) current="${current//\\/}" ;;
  esac
  while IFS=$'\t' read -r word _; do
    if [[ "$word" == :files ]]; then
      compopt -o default 2>/dev/null
      return
    fi
    if [[ -n "$quote" ]]; then
      COMPREPLY+=("$word")
    else
      COMPREPLY+=("$(printf '%q' "$word")")
    fi
  done < <(coffee __complete -- "${COMP_WORDS[@]:1:COMP_CWORD-1}" "$current" 2>/dev/null)
}
complete -F _coffee coffee
