using Chia.Consensus.Chain;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;

namespace Chia.Consensus.Tests.Support;

internal static class StoredChainExtensions
{
    extension(ChainState)
    {
        /// <summary>The chain of stored records, every parent before its children, and tips (CONSENSUS.md 14).</summary>
        /// <exception cref="InvalidDataException">A parent or a tip is missing, or there is no tip.</exception>
        public static ChainState Load(ConsensusConstants constants, IEnumerable<BlockRecord> records, IReadOnlyList<Bytes32> tips)
        {
            var loader = new ChainLoader(constants);
            foreach (var record in records)
                loader.Add(record);
            return loader.Finish(tips);
        }
    }
}
