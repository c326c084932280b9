namespace Chia.Silo.Bench.Scaling;

/// <summary>What became of the blocks of a simulated cluster.</summary>
/// <param name="BlocksPerSecond">Committed, over the time simulated.</param>
/// <param name="Mean">Seconds from a block's arrival to its commit, on average.</param>
/// <param name="Median">The same for half of them, at most.</param>
/// <param name="Slowest">The same for 99 of 100, at most.</param>
/// <param name="ChainLoad">Part of the time that the chain's grain worked.</param>
internal sealed record SimulatedLoad(double BlocksPerSecond, double Mean, double Median, double Slowest, double ChainLoad);

/// <summary>
/// The way of blocks through a cluster as two queues one behind the other: cores that check one block each, then a single grain that
/// commits what has gathered. Blocks come at random (Poisson), the checks take as long as they were measured to.
/// </summary>
/// <param name="costs">What a block costs.</param>
/// <param name="cores">Cores of all validator silos.</param>
internal sealed class ClusterSimulation(ClusterCosts costs, int cores)
{
    /// <summary>Lets so many blocks come, at a rate.</summary>
    /// <param name="blocksPerSecond">How many come in a second.</param>
    /// <param name="blocks">How many come at all.</param>
    /// <param name="seed">Of chance.</param>
    public SimulatedLoad Run(double blocksPerSecond, int blocks, int seed)
    {
        var arrivals = Arrivals(blocksPerSecond, blocks, seed);
        var (committed, chainTime) = Commit(Check(arrivals));
        var latencies = committed.Select((at, i) => at - arrivals[i]).Order().ToArray();
        var end = committed[^1];
        return new SimulatedLoad(
            blocks / end,
            latencies.Average(),
            latencies[blocks / 2],
            latencies[(int)(blocks * 0.99)],
            chainTime / end);
    }

    private static double[] Arrivals(double blocksPerSecond, int blocks, int seed)
    {
        var chance = new Random(seed);
        var arrivals = new double[blocks];
        var now = 0.0;
        for (var i = 0; i < blocks; i++)
        {
            now -= Math.Log(1 - chance.NextDouble()) / blocksPerSecond;
            arrivals[i] = now;
        }

        return arrivals;
    }

    /// <summary>When each block is checked: it goes to the core that is free first.</summary>
    private double[] Check(double[] arrivals)
    {
        var free = new PriorityQueue<int, double>(Enumerable.Range(0, cores).Select(core => (core, 0.0)));
        var @checked = new double[arrivals.Length];
        for (var i = 0; i < arrivals.Length; i++)
        {
            free.TryDequeue(out var core, out var since);
            @checked[i] = Math.Max(arrivals[i], since) + costs.CheckSeconds;
            free.Enqueue(core, @checked[i]);
        }

        return @checked;
    }

    /// <summary>When each block is committed: the grain takes what waits when it is free, up to a commit's worth.</summary>
    private (double[] Committed, double Worked) Commit(double[] ready)
    {
        var committed = new double[ready.Length];
        var (now, worked) = (0.0, 0.0);
        for (var next = 0; next < ready.Length;)
        {
            now = Math.Max(now, ready[next]);
            var count = 1;
            while (count < costs.CommitBlocks && next + count < ready.Length && ready[next + count] <= now)
                count++;
            var time = costs.CommitSeconds + (count * (costs.ApplySeconds + costs.CommitBlockSeconds));
            (now, worked) = (now + time, worked + time);
            Array.Fill(committed, now, next, count);
            next += count;
        }

        return (committed, worked);
    }
}
