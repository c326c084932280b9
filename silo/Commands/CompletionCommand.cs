using System.CommandLine;

namespace Chia.Silo.Commands;

/// <summary><c>chia completion SHELL</c>: prints what makes a shell complete commands, options and their values with the Tab
/// key.</summary>
internal static class CompletionCommand
{
    public const string Name = "completion";

    // Each asks the program itself, by the parser's directive [suggest:POSITION], so that it never differs from what the program takes.
    private const string Bash = """
        # Bash completion of chia. Now: source <(chia completion bash). For ever: chia completion bash > ~/.local/share/bash-completion/completions/chia
        _chia_complete() {
            local candidates
            candidates=$(chia "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null) || return
            mapfile -t COMPREPLY < <(compgen -W "${candidates}" -- "${COMP_WORDS[COMP_CWORD]}")
            [ "${#COMPREPLY[@]}" -gt 0 ] || compopt -o default
        }
        complete -F _chia_complete chia
        """;

    private const string Zsh = """
        #compdef chia
        # Zsh completion of chia. For ever: chia completion zsh > "${fpath[1]}/_chia"
        _chia() {
            local -a candidates
            candidates=("${(@f)$(chia "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            if [ -n "${candidates[1]}" ]; then compadd -- "${candidates[@]}"; else _files; fi
        }
        if [ "${funcstack[1]}" = "_chia" ]; then _chia "$@"; else compdef _chia chia; fi
        """;

    private const string Fish = """
        # Fish completion of chia. For ever: chia completion fish > ~/.config/fish/completions/chia.fish
        complete -c chia -a '(chia "[suggest:"(commandline -C)"]" (commandline) 2>/dev/null)'
        """;

    private const string PowerShell = """
        # PowerShell completion of chia. For ever: chia completion pwsh >> $PROFILE
        Register-ArgumentCompleter -Native -CommandName chia -ScriptBlock {
            param($word, $commandLine, $position)
            chia "[suggest:$position]" "$commandLine" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }
        """;

    private static readonly Dictionary<string, string> Scripts =
        new() { ["bash"] = Bash, ["zsh"] = Zsh, ["fish"] = Fish, ["pwsh"] = PowerShell };

    /// <summary>The script of a shell that we know.</summary>
    public static string ScriptOf(string shell) => Scripts[shell];

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = $"One of {string.Join(", ", Scripts.Keys)}." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new Command(Name, "Prints the completion script of a shell.") { shell };
        command.SetAction(parsed =>
        {
            // Of several lines: a line that is written as one would be spelled out as one.
            Console.Out.Write(ScriptOf(parsed.GetRequiredValue(shell)) + Environment.NewLine);
            return 0;
        });
        return command;
    }
}
