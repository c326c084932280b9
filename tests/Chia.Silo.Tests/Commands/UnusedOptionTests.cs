using System.CommandLine;
using Chia.Silo.Commands;
using Chia.Testing;

namespace Chia.Silo.Tests.Commands;

/// <summary>An option that a command line gives and nothing takes is refused: whoever gives it expects something of it.</summary>
public sealed class UnusedOptionTests : IDisposable
{
    private static readonly InvocationConfiguration Invocation = new() { EnableDefaultExceptionHandler = false };

    private readonly TempFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData("db verify --node other", "--node")]
    [InlineData("db stats --node other", "--node")]
    [InlineData("db import /dev/null --node other", "--node")]
    [InlineData("netspace --node other", "--node")]
    [InlineData("plots create --mkdir", "--mkdir goes with --dir only")]
    [InlineData("keys show --network nowhere", "nowhere")]
    [InlineData("plots list --network nowhere", "nowhere")]
    [InlineData("config check --network nowhere", "nowhere")]
    [InlineData("block tip --hex --verify --rpc http://127.0.0.1:1", "--hex")]
    [InlineData("block tip --hex --json --rpc http://127.0.0.1:1", "--hex")]
    public Task Of_a_command_on_a_folder(string arguments, string named) =>
        Refused([.. arguments.Split(' '), "--root", _root.Path], named);

    [Theory]
    [InlineData("bench start --seconds 3", "--seconds")]
    [InlineData("bench scaling --seconds 3", "--seconds")]
    [InlineData("simulate --silos 2", "--silos goes with --cluster only")]
    public Task Of_any_other(string arguments, string named) => Refused(arguments.Split(' '), named);

    private static async Task Refused(string[] arguments, string named)
    {
        var parsed = ChiaCommand.Parse(arguments);
        Assert.Empty(parsed.Errors);
        var error = await Assert.ThrowsAsync<UserException>(() => parsed.InvokeAsync(Invocation));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
