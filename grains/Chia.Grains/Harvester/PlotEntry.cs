using System.Security.Cryptography;
using Chia.Cryptography.Bls12381;
using Chia.Protocol.Primitives;

namespace Chia.Grains.Harvester;

/// <summary>A plot as <c>plots.yaml</c> lists it (ROLES.md 2.3). Its text form tells no secret.</summary>
/// <param name="Name">File name; names the plot in logs.</param>
/// <param name="Path">Where the file lies.</param>
/// <param name="PoolPublicKey">The pool it was made for.</param>
/// <param name="PlotKey">Its private key, which signs headers.</param>
public sealed record PlotEntry(string Name, string Path, Bytes48 PoolPublicKey, PrivateKey PlotKey)
{
    /// <summary>The plot id that belongs to these keys: H(pool key ‖ plot key).</summary>
    public Bytes32 PlotId() => IdOf(PoolPublicKey, PlotKey.PublicKey);

    /// <summary>The plot id of a pair of keys.</summary>
    public static Bytes32 IdOf(Bytes48 poolPublicKey, Bytes48 plotPublicKey)
    {
        Span<byte> keys = stackalloc byte[2 * Bytes48.Size];
        poolPublicKey.Span.CopyTo(keys);
        plotPublicKey.Span.CopyTo(keys[Bytes48.Size..]);
        return new Bytes32(SHA256.HashData(keys));
    }

    /// <summary>The name only.</summary>
    public override string ToString() => Name;
}
