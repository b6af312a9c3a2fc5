# fish completion for coffee. Once: coffee completion fish > ~/.config/fish/completions/coffee.fish
function __coffee_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    set -l lines (coffee __complete -- $before[2..-1] "$current" 2>/dev/null)
    if string match -q ':files*' -- "$lines[1]"
        __fish_complete_path "$current"
    else
        printf '%s\n' $lines
    end
end
complete -c coffee -f -a '(__coffee_complete)'
