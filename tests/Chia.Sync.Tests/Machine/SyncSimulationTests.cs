using Chia.Sync.Peers;
using Chia.Sync.Tests.Support;
using Chia.Testing;

namespace Chia.Sync.Tests.Machine;

/// <summary>
/// Thousands of small worlds, each from its seed: one reliable peer among any others must be enough, and no honest peer may be
/// blamed.
/// </summary>
public class SyncSimulationTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);
    private static readonly PeerBehaviour[] Behaviours = Enum.GetValues<PeerBehaviour>();

    [Theory]
    [InlineData(0, 2000)]
    public void One_reliable_peer_is_enough(int from, int count) => Run(from, count, seed => World(seed, restarts: 0));

    [Theory]
    [InlineData(100_000, 1000)]
    public void Restarts_lose_nothing(int from, int count)
    {
        var resumed = 0;
        Run(from, count, seed => resumed += World(seed, restarts: 3));
        Assert.True(resumed > count / 10, $"only {resumed} restarts found a checkpoint");
    }

    [Theory, MemberData(nameof(Each))]
    public void One_honest_peer_against_five_of_a_kind(string behaviour)
    {
        var blames = new List<BlameReason>();
        for (var seed = 0; seed < 20; seed++)
        {
            var chain = VectorChain.Load("long1500").Prefix(150);
            var world = new SmallWorld(seed, chain, chain.Prefix(1), [Enum.Parse<PeerBehaviour>(behaviour), PeerBehaviour.Honest],
                [.. Enumerable.Repeat(Enum.Parse<PeerBehaviour>(behaviour), 5), PeerBehaviour.Honest]);
            Guard(seed, () => world.Net.Trace, () => world.RunToTheEnd(Limit));
            blames.AddRange(world.Net.Blames.Select(b => b.Reason));
        }

        if (Expected(Enum.Parse<PeerBehaviour>(behaviour)) is { } reason)
            Assert.Contains(reason, blames);
        else
            Assert.DoesNotContain(BlameReason.WrongHeaders, blames);
    }

    public static TheoryData<string> Each => [.. Behaviours.Select(b => b.ToString())];

    /// <summary>The blame that each lie must have earned somewhere in twenty worlds; a lie that is never found was never told.</summary>
    private static BlameReason? Expected(PeerBehaviour behaviour) => behaviour switch
    {
        PeerBehaviour.ShortList or PeerBehaviour.ForeignGenesisList or PeerBehaviour.TooMany => BlameReason.WrongHashList,
        PeerBehaviour.Chatty or PeerBehaviour.WrongTip or PeerBehaviour.WrongHeights or PeerBehaviour.EmptyAnswers
            or PeerBehaviour.Reversed => BlameReason.WrongAnswer,
        PeerBehaviour.FakeBranchList => BlameReason.FalseChain,
        PeerBehaviour.JunkHeaders or PeerBehaviour.ForeignHeaders or PeerBehaviour.Repeating => BlameReason.WrongHeaders,
        PeerBehaviour.MalleatedHeaders or PeerBehaviour.MalleatedIterations => BlameReason.InvalidHeaderCopy,
        PeerBehaviour.ForeignBlocks => BlameReason.WrongBlocks,
        PeerBehaviour.JunkBlocks or PeerBehaviour.MalleatedBlocks or PeerBehaviour.MalleatedWitness
            or PeerBehaviour.SwappedBodies or PeerBehaviour.SwappedProofs => BlameReason.InvalidBlockCopy,
        PeerBehaviour.MalleatedTip => BlameReason.MalformedTip,
        PeerBehaviour.FalseWeight => BlameReason.FalseWeight,
        PeerBehaviour.ForgedChain => BlameReason.InvalidChain,
        _ => null,
    };

    private static int World(int seed, int restarts)
    {
        var random = new Random(seed);
        var (chain, start) = Chains(random);
        var peers = Enumerable.Range(0, random.Next(0,
            8)).Select(_ => Behaviours[random.Next(Behaviours.Length)]).Append(PeerBehaviour.Honest).ToArray();
        if (random.Next(4) == 0)
            peers[^1] = PeerBehaviour.Slow;
        random.Shuffle(peers);
        var world = new SmallWorld(seed, chain, start, [], peers);
        Guard(seed, () => world.Net.Trace, () =>
        {
            for (var i = 0; i < restarts && !world.Done; i++)
                world.RunForEventsThenRestart(random.Next(1, 200), Limit);
            world.RunToTheEnd(Limit);
        });
        return world.Net.CheckpointsUsed;
    }

    private static (VectorChain Chain, VectorChain Start) Chains(Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                return (VectorChain.Load("small40", fork: true), VectorChain.Load("small40").Prefix(random.Next(1, 41)));
            case 1:
                return (VectorChain.Load("fast1024"), VectorChain.Load("fast1024").Prefix(random.Next(1, 55)));
            default:
                var chain = VectorChain.Load("long1500").Prefix(random.Next(30, 200));
                return (chain, chain.Prefix(random.Next(1, chain.Blocks.Count - 1)));
        }
    }

    private static void Run(int from, int count, Action<int> world)
    {
        // More seeds for a soak: CHIA_SYNC_SEEDS=50000. One of them again: CHIA_SYNC_SEED=4711.
        if (int.TryParse(Environment.GetEnvironmentVariable("CHIA_SYNC_SEEDS"), out var more))
            count = more;
        if (int.TryParse(Environment.GetEnvironmentVariable("CHIA_SYNC_SEED"), out var only))
            (from, count) = (only, 1);
        for (var seed = from; seed < from + count; seed++)
            world(seed);
    }

    private static void Guard(int seed, Func<IEnumerable<string>> trace, Action run)
    {
        try
        {
            run();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"seed {seed}: {e.Message}\n{string.Join('\n', trace())}", e);
        }
    }
}
