using System.Diagnostics;
using System.Globalization;
using System.Net;
using Chia.Protocol.Primitives;
using Chia.Silo.Bench.Chains;
using Chia.Silo.Hosting;
using Chia.Silo.Node;
using Chia.Silo.Views;

namespace Chia.Silo.Bench;

/// <summary>Syncs by nodes in this process, one after the other, whose code is warm after the first ones.</summary>
internal static class WarmSyncs
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    /// <summary>A sync that adds no block for so long has failed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>One sync by a new node.</summary>
    /// <param name="root">The node's folder, which is made.</param>
    /// <param name="input">The chain.</param>
    /// <param name="serving">Who has it.</param>
    /// <param name="height">Its height.</param>
    /// <param name="stopping">Ends it.</param>
    public static async Task<Cost> Measure(
        string root, ChainInput input, ServedNode serving, uint height, CancellationToken stopping)
    {
        Directory.CreateDirectory(root);
        using var moments = new SyncMoments();
        await using var syncing = await NodeHost.Start(Settings(root, input, serving, moments), stopping);
        var (served, before, started) = (serving.Processor, OwnCosts.Now, Stopwatch.GetTimestamp());
        await Reach(syncing, height, started, stopping);
        var took = moments.Began ? await moments.Took.WaitAsync(Patience, stopping) : Stopwatch.GetElapsedTime(started);
        return new Cost(height, took.TotalSeconds, OwnCosts.Now - before, serving.Processor - served);
    }

    private static async Task Reach(RunningNode node, uint height, long started, CancellationToken stopping)
    {
        using var progress = new ProgressView("syncing", "blocks", height);
        var (best, since) = (0u, started);
        while (best < height)
        {
            await Task.Delay(Poll, stopping);
            var now = (await node.Chain.GetSnapshot()).Heaviest.Height;
            if (now > best)
                (best, since) = (now, Stopwatch.GetTimestamp());
            else if (Stopwatch.GetElapsedTime(since) > Patience)
                throw new UserException($"the sync stopped at height {best} of {height}: {(await node.GetStatus()).Status}", 1);
            progress.Report(best, "");
        }
    }

    private static NodeSettings Settings(string root, ChainInput input, ServedNode serving, SyncMoments moments) => new()
    {
        Network = input.Network,
        Root = root,
        Roles = [new RoleSettings(Role.FullNode, 0) { Address = IPAddress.Loopback, Connect = [serving.Address] }],
        Logging = logging => logging.AddProvider(moments),
    };

    /// <summary>What one sync took.</summary>
    /// <param name="Blocks">Blocks.</param>
    /// <param name="Seconds">Time from before the first request until the last block was stored, as of a cold sync; from ready on where the
    /// chain was too short for a sync.</param>
    /// <param name="Own">Of this process.</param>
    /// <param name="ServedProcessor">Of the serving process, ms.</param>
    internal sealed record Cost(uint Blocks, double Seconds, OwnCosts Own, double ServedProcessor)
    {
        /// <summary>Blocks a second.</summary>
        public double Rate => Blocks / Seconds;

        /// <summary>Processor time of a block, ms, without compiling.</summary>
        public double Processor => (Own.Processor - Own.Compiling) / Blocks;

        /// <summary>Of it, the threads that check proofs.</summary>
        public double Validating => Own.Validating / Blocks;

        /// <summary>Processor time of the serving node, of a block, ms.</summary>
        public double Served => ServedProcessor / Blocks;

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{Seconds:F2} s, {Rate:F0} blocks/s, {Processor:F2} ms a block, {Validating:F2} of them validation, {Own.Compiling / Blocks:F2} more compiling");
    }
}
