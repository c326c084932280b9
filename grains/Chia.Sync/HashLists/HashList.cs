using System.Security.Cryptography;
using Chia.Protocol.Primitives;

namespace Chia.Sync.HashLists;

/// <summary>
/// A hash list for the target, as one or more peers gave it. Only its last entry is committed to by the target; the rest is a claim
/// of its backers until the headers link it up to the target. So nobody else is blamed on its word before that.
/// </summary>
internal sealed class HashList
{
    private readonly Bytes32[] _hashes;

    /// <summary>Hashes from height <paramref name="first"/> to the target.</summary>
    public HashList(uint first, Bytes32[] hashes, Bytes32 digest)
    {
        First = first;
        _hashes = hashes;
        Digest = digest;
    }

    /// <summary>Height of the first entry.</summary>
    public uint First { get; }

    /// <summary>Height of the last entry, the target.</summary>
    public uint Last => First + (uint)_hashes.Length - 1;

    /// <summary>Identity of the whole list as it came from the wire.</summary>
    public Bytes32 Digest { get; }

    /// <summary>The entries, in order.</summary>
    public IReadOnlyList<Bytes32> Hashes => _hashes;

    /// <summary>It was kept over a restart, so our chain may have changed below it.</summary>
    public bool Restored { get; init; }

    /// <summary>Connected peers that sent exactly this list.</summary>
    public HashSet<ConnectionId> Backers { get; } = [];

    /// <summary>Every header above the fork point was verified and links up to the target: now the list is a fact.</summary>
    public bool Proven { get; set; }

    /// <summary>The entry at a height from <see cref="First"/> to <see cref="Last"/>.</summary>
    public Bytes32 HashAt(uint height) => _hashes[height - First];

    /// <summary>The same list from <paramref name="height"/> on.</summary>
    public HashList From(uint height)
    {
        var view = new HashList(height, _hashes[(int)(height - First)..], Digest) { Proven = Proven, Restored = Restored };
        view.Backers.UnionWith(Backers);
        return view;
    }

    /// <summary>SHA-256 over the concatenated hashes.</summary>
    public static Bytes32 DigestOf(IReadOnlyList<Bytes32> hashes)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var i = 0; i < hashes.Count; i++)
        {
            var hash = hashes[i];
            sha.AppendData(hash.Span);
        }

        return new Bytes32(sha.GetHashAndReset());
    }
}
