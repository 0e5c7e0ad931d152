# Completion of moregrad, made by `moregrad completion fish`.
function __moregrad_candidates
    set -l typed (commandline -opc)
    set -l current (commandline -ct)
    set -l value (string replace -r -- '^--[^=]*=' '' "$current")
    set -l before (string replace -r -- '^(--[^=]*=)?.*' '$1' "$current")
    printf %s TABLE | awk PROGRAM $typed[2..-1] "$current" | while read -l candidate
        switch $candidate
            case '@file*'
                printf '%s\n' $before(__fish_complete_path "$value")
            case '@directory*'
                printf '%s\n' $before(__fish_complete_directories "$value" '')
            case '*'
                echo $candidate
        end
    end
end
complete -c moregrad -f -a '(__moregrad_candidates)'
