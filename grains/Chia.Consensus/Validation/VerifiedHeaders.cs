using Chia.Protocol.Primitives;

namespace Chia.Consensus.Validation;

/// <summary>
/// Header hashes whose proof of space and signatures were verified, with the quality. The header hash covers the proof of space with its
/// keys, the harvester signature, and by the body's hash the coinbase signature (CONSENSUS.md 18.1), so that a block with such a hash,
/// whose parts have the hashes that its header names, needs none of them verified again: a sync meets every header twice, and a new block
/// comes unfinished first. The first to come are the first to go. Safe for many threads.
/// </summary>
/// <param name="capacity">Most hashes kept, about 110 bytes each.</param>
public sealed class VerifiedHeaders(int capacity = VerifiedHeaders.DefaultCapacity)
{
    /// <summary>14 MB: a sync of so many blocks verifies no harvester signature twice, a longer one only those of the headers that ran far
    /// ahead.</summary>
    public const int DefaultCapacity = 1 << 17;

    private readonly Lock _lock = new();
    private readonly Dictionary<Bytes32, KnownHeader> _headers = [];
    private readonly Queue<Bytes32> _order = new();

    /// <summary>Hashes kept.</summary>
    internal int Count
    {
        get
        {
            lock (_lock)
                return _headers.Count;
        }
    }

    /// <summary>Remembers a header that passed; what is known of it already stays known.</summary>
    internal void Add(Bytes32 headerHash, KnownHeader header)
    {
        lock (_lock)
        {
            if (!_headers.TryAdd(headerHash, header))
            {
                if (header.WithCoinbase)
                    _headers[headerHash] = header;
                return;
            }

            _order.Enqueue(headerHash);
            if (_order.Count > capacity)
                _headers.Remove(_order.Dequeue());
        }
    }

    /// <summary>What is known of a header that passed; null if nothing is.</summary>
    internal KnownHeader? Find(Bytes32 headerHash)
    {
        lock (_lock)
            return _headers.TryGetValue(headerHash, out var header) ? header : null;
    }

    /// <summary>A header that passed.</summary>
    /// <param name="Quality">Quality of its proof of space.</param>
    /// <param name="WithCoinbase">The coinbase signature was verified as well.</param>
    internal readonly record struct KnownHeader(Bytes32 Quality, bool WithCoinbase);
}
