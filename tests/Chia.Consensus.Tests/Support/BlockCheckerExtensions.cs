using Chia.Consensus.Validation;
using Chia.Consensus.Verdicts;
using Chia.Protocol.Blocks;

namespace Chia.Consensus.Tests.Support;

internal static class BlockCheckerExtensions
{
    /// <summary>Checks a header block alone.</summary>
    public static Verdict<CheckedHeader> CheckHeader(this BlockChecker checker, HeaderBlock headerBlock, bool verifyProofOfTime) =>
        checker.CheckHeaders([headerBlock], verifyProofOfTime)[0];
}
