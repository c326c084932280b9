using System.CommandLine;
using Chia.Silo.Commands;

namespace Chia.Silo.Tests.Commands;

/// <summary>What a shell is told to offer.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("chia st", "start")]
    [InlineData("chia start ", "full_node")]
    [InlineData("chia start --ro", "--root")]
    [InlineData("chia db ver", "verify")]
    [InlineData("chia completion ", "zsh")]
    [InlineData("chia start --log-format ", "json")]
    [InlineData("chia simulate --log-level ", "warning")]
    [InlineData("chia silo --log-f", "--log-file")]
    [InlineData("chia stop --in", "--instance")]
    [InlineData("chia peers list --token", "--token-file")]
    [InlineData("chia config ", "upgrade")]
    public void Commands_options_and_values_are_offered(string line, string expected)
    {
        using var output = new StringWriter();
        var exitCode = ChiaCommand.Parse([$"[suggest:{line.Length}]", line]).Invoke(new InvocationConfiguration { Output = output });

        Assert.Equal(0, exitCode);
        Assert.Contains(expected, output.ToString().Split('\n').Select(word => word.Trim()));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public void Every_shell_asks_the_program_itself(string shell)
    {
        Assert.Contains("[suggest:", CompletionCommand.ScriptOf(shell), StringComparison.Ordinal);
    }

    [Fact]
    public void A_shell_that_is_not_known_is_named_on_one_line()
    {
        var message = ChiaCommand.Complaint(ChiaCommand.Parse(["completion", "tcsh"]));

        Assert.DoesNotContain('\n', message);
        Assert.Contains("Must be one of: 'bash', 'zsh', 'fish', 'pwsh'", message, StringComparison.Ordinal);
    }
}
