using Chia.Protocol.Primitives;

namespace Chia.Grains.Harvester;

/// <summary>Quality → where it came from (ROLES.md 4); forgotten by age and number, which the reference never does.</summary>
internal sealed class QualityMemory(HarvesterOptions options, TimeProvider time)
{
    private readonly Dictionary<Bytes32, (FoundQuality Found, long At)> _found = [];
    private readonly Queue<(Bytes32 Quality, long At)> _order = new();

    public int Count => _found.Count;

    /// <summary>Remembers a quality; found again, it counts as new.</summary>
    public void Remember(Bytes32 quality, FoundQuality found)
    {
        var now = time.GetTimestamp();
        _found[quality] = (found, now);
        _order.Enqueue((quality, now));
        Prune(now);
    }

    public FoundQuality? Find(Bytes32 quality)
    {
        Prune(time.GetTimestamp());
        return _found.TryGetValue(quality, out var entry) ? entry.Found : null;
    }

    private void Prune(long now)
    {
        while (_order.TryPeek(out var oldest)
            && (time.GetElapsedTime(oldest.At, now) > options.QualityAge || _order.Count > options.MaxQualities))
        {
            _order.Dequeue();
            // Found again since: a later place in the queue is its own.
            if (_found.TryGetValue(oldest.Quality, out var entry) && entry.At == oldest.At)
                _found.Remove(oldest.Quality);
        }
    }
}

/// <summary>Where a quality came from.</summary>
/// <param name="Challenge">The challenge it answers.</param>
/// <param name="Plot">The plot.</param>
/// <param name="Index">Which of the plot's answers.</param>
internal sealed record FoundQuality(Bytes32 Challenge, OpenPlot Plot, int Index);
