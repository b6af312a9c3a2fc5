#compdef coffee
# zsh completion for coffee. In ~/.zshrc, after compinit: source <(coffee completion zsh)
_coffee() {
  local line
  local -a lines found
  lines=("${(@f)$(coffee __complete -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  for line in $lines; do
    if [[ "$line" == :files* ]]; then
      _files
      return
    fi
    found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
  done
  _describe coffee found
}
if [[ "${funcstack[1]}" == _coffee ]]; then
  _coffee "$@"
else
  compdef _coffee coffee
fi
