using System.Globalization;
using Chia.Protocol.Primitives;
using Chia.Silo.Views;

namespace Chia.Silo.Simulation.Screen;

/// <summary>What a simulation came to, for its last lines: blocks, seconds, orphans, who won.</summary>
internal sealed class SimulationSummary(TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private readonly Dictionary<Bytes32, NewBlock> _seen = [];
    private uint? _first;
    private NewBlock? _last;
    private HashSet<Bytes32> _chain = [];

    /// <summary>Takes in what there is before the first block of this run is made: none of it counts.</summary>
    public void Begin(SimulationSnapshot snapshot) => _first = snapshot.Newest is [var best, ..] ? best.Height : null;

    /// <summary>Takes in what the network shows.</summary>
    public void Add(SimulationSnapshot snapshot)
    {
        if (snapshot.Newest is not [var best, ..])
            return;
        _first ??= best.Height;
        _last = best;
        foreach (var block in snapshot.Newest.Where(b => b.Height > _first))
            _seen[block.Hash] = block;
        _chain = [.. snapshot.Newest.Select(b => b.Hash)];
    }

    /// <summary>Since it began.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>Plots that won a block.</summary>
    public int Winners => _seen.Values.Select(block => block.Winner).Distinct().Count();

    /// <summary>One line, and one for each winner's plot, most first.</summary>
    public IEnumerable<string> Lines()
    {
        if (_last is null)
            yield break;
        // A block is on the chain if it still is among the newest, or was the only one of its height.
        var won = _seen.Values.GroupBy(b => b.Height).Select(same => same.FirstOrDefault(b => _chain.Contains(b.Hash)) ?? same.Last())
            .ToList();
        var (blocks, orphans) = (Amounts.Plural(won.Count, "block"), Amounts.Plural(_seen.Count - won.Count, "orphan"));
        var took = Amounts.Duration(time.GetElapsedTime(_started));
        yield return string.Create(CultureInfo.InvariantCulture, $"{blocks} in {took}, height {_last.Height}, {orphans} seen");
        foreach (var winner in won.GroupBy(b => b.Winner).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal))
            yield return $"  {winner.Key} won {winner.Count()}";
    }
}
