namespace Chia.Functional.Tests.Support;

/// <summary>What a run of the program left behind.</summary>
internal sealed record ChiaResult(int ExitCode, string Output, string Error)
{
    /// <summary>The value of a <c>name=value</c> pair of the output.</summary>
    public string this[string name] =>
        Output.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .Single(pair => pair.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..];

    public ChiaResult MustSucceed() => Must(0);

    public ChiaResult Must(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode}, not {exitCode}: {Output}{Error}");
        return this;
    }

    /// <summary>Wrong usage and the like: exit code 2 and one clear line, no page of stack trace.</summary>
    public string MustComplain()
    {
        Must(2);
        var line = Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.StartsWith("chia: ", line, StringComparison.Ordinal);
        return line;
    }
}
