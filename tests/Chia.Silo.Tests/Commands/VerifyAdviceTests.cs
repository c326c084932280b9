using Chia.Silo.Commands.Stores;
using Chia.Storage;
using Chia.Storage.Maintenance;

namespace Chia.Silo.Tests.Commands;

/// <summary>What <c>chia db verify</c> tells a person to do: what helps, and nothing else.</summary>
public sealed class VerifyAdviceTests
{
    [Theory]
    [InlineData("chain.db", 16u, false, "chia db rewind 16")]
    [InlineData("chain.db", null, false, "move the file away")]
    [InlineData("postgresql://db:5432/chia", null, false, "another block_store")]
    [InlineData("mongodb://db:27017/chia", null, false, "another block_store")]
    [InlineData("chain.db", 16u, true, "no rewind helps")]
    [InlineData("chain.db", null, true, "no rewind helps")]
    public void A_rewind_is_advised_where_it_helps(string location, uint? lastGood, bool keepsFromRewind, string advice)
    {
        var report = new VerifyReport(40, 40, null, lastGood, [], [new StoreFault(StoreFaultKind.Medium, null, null, "")])
        {
            KeepsFromRewind = keepsFromRewind,
        };

        Assert.Contains(advice, DbCommand.Advice(report, location), StringComparison.Ordinal);
    }
}
