using Chia.Silo.Commands.Stores;
using Chia.Storage;
using Chia.Storage.Maintenance;

namespace Chia.Silo.Tests.Commands;

/// <summary>What <c>chia db verify</c> tells a person to do: what helps, and nothing else.</summary>
public sealed class VerifyAdviceTests
{
    [Theory]
    [InlineData(16u, false, "chia db rewind 16")]
    [InlineData(null, false, "move the file away")]
    [InlineData(16u, true, "no rewind helps")]
    [InlineData(null, true, "no rewind helps")]
    public void A_rewind_is_advised_where_it_helps(uint? lastGood, bool keepsFromRewind, string advice)
    {
        var report = new VerifyReport(40, 40, null, lastGood, [], [new StoreFault(StoreFaultKind.Medium, null, null, "")])
        {
            KeepsFromRewind = keepsFromRewind,
        };

        Assert.Contains(advice, DbCommand.Advice(report), StringComparison.Ordinal);
    }
}
