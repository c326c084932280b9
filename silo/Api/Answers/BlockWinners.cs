using Chia.GrainInterfaces.Chain;
using Chia.Protocol.Blocks;
using Chia.Protocol.Outcomes;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;
using Chia.Silo.Api.Requests;

namespace Chia.Silo.Api.Answers;

/// <summary>
/// Which plots won the newest blocks of a chain. Each header is read once: of a new tip only the headers that are new, so that a caller
/// that asks every second costs the chain one row a second.
/// </summary>
internal sealed class BlockWinners : IDisposable
{
    /// <summary>Blocks looked at; as many as <see cref="FarmLuck"/> can count.</summary>
    public const int Window = 500;

    /// <summary>Headers asked for in one call: a few hundred kilobytes.</summary>
    private const int Batch = 100;

    private readonly SemaphoreSlim _one = new(1);
    private readonly Dictionary<string, Known> _known = [];

    /// <summary>Height and plot of each, lowest first; genesis, which nobody won, is left out.</summary>
    public async Task<IReadOnlyList<(uint Height, Bytes32 PlotId)>> Newest(ApiNode node, CancellationToken cancellation)
    {
        var chain = node.Grains.GetGrain<IBlockchainGrain>(node.Key);
        await _one.WaitAsync(cancellation);
        try
        {
            var tip = (await chain.GetSnapshot()).Heaviest;
            if (_known.TryGetValue(node.Key, out var known) && known.Tip == tip.HeaderHash)
                return known.Blocks;
            var before = known?.Plots ?? [];
            var from = tip.Height > Window ? tip.Height - Window + 1 : 1;
            var rows = (await chain.GetRows(from, tip.Height, chainOnly: true, Window)).Select(row => row.Block).Reverse().ToList();
            var plots = rows.Where(row => before.ContainsKey(row.HeaderHash))
                .ToDictionary(row => row.HeaderHash, row => before[row.HeaderHash]);
            foreach (var missing in rows.Where(row => !plots.ContainsKey(row.HeaderHash)).ToList().Chunk(Batch))
                await Read(chain, tip.HeaderHash, missing, plots, cancellation);
            var blocks = rows.Where(row => plots.ContainsKey(row.HeaderHash)).Select(row => (row.Height, plots[row.HeaderHash])).ToList();
            _known[node.Key] = new Known(tip.HeaderHash, plots, blocks);
            return blocks;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    /// <summary>Reads the rows. If the chain changes meanwhile the result is empty, and the next question asks again.</summary>
    private static async Task Read(
        IBlockchainGrain chain, Bytes32 tip, TipInfo[] blocks, Dictionary<Bytes32, Bytes32> plots, CancellationToken cancellation)
    {
        var answer = await chain.GetHeaderBlocks(tip, [.. blocks.Select(block => block.Height)], cancellation);
        if (answer.Outcome != RangeOutcome.Found)
            return;
        for (var i = 0; i < blocks.Length; i++)
            plots[blocks[i].HeaderHash] = StreamableExtensions.Decode<HeaderBlock>(answer.Items[i]).ProofOfSpace.PlotId();
    }

    private sealed record Known(Bytes32 Tip, Dictionary<Bytes32, Bytes32> Plots, IReadOnlyList<(uint Height, Bytes32 PlotId)> Blocks);
}
