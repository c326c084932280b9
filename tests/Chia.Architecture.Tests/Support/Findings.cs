namespace Chia.Architecture.Tests.Support;

/// <summary>What a rule found, told in full: xunit would cut the list short.</summary>
internal static class Findings
{
    public static void None(IEnumerable<string> findings)
    {
        var lines = findings.Order(StringComparer.Ordinal).ToList();
        Assert.True(lines.Count == 0, string.Join('\n', lines));
    }
}
