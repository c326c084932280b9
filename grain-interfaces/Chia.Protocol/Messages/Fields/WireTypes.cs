using System.Collections.Immutable;
using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Protocol.Messages;

/// <summary>The types of PROTOCOL.md 8, by the short names used there, with the sizes that bound them.</summary>
internal static class WireTypes
{
    /// <summary>network_id, version: an identifier; the reference's have 7 and 5 characters.</summary>
    private const int MaxTextLength = 255;

    /// <summary>133 bytes of hash, keys, k and length, and 64 values of k ≤ 59 bits (DECISIONS 3).</summary>
    private const int MaxProofOfSpace = 133 + (8 * 59);

    /// <summary>A witness of type 255 behind 303 bytes (CONSENSUS.md 3).</summary>
    private const int MaxProofOfTime = 303 + StreamableReader.MaxByteListLength;

    /// <summary>With an aggregated signature (CONSENSUS.md 3).</summary>
    private const int MaxBody = 317;

    public static ValueCodec<byte> U8 { get; } = new UnsignedCodec<byte>();

    public static ValueCodec<ushort> U16 { get; } = new UnsignedCodec<ushort>();

    public static ValueCodec<uint> U32 { get; } = new UnsignedCodec<uint>();

    public static ValueCodec<ulong> U64 { get; } = new UnsignedCodec<ulong>();

    public static ValueCodec<Role> Role { get; } = new RoleCodec();

    public static ValueCodec<string> Text { get; } = new TextCodec(MaxTextLength);

    public static ValueCodec<Bytes32> B32 { get; } = new Bytes32Codec();

    public static ValueCodec<Bytes48> PublicKey { get; } = new PublicKeyCodec();

    public static ValueCodec<Bytes96> Signature { get; } = new PrependSignatureCodec();

    public static ValueCodec<FullBlock> FullBlock { get; } = new StreamableCodec<FullBlock>(Blocks.FullBlock.MaxSize);

    public static ValueCodec<HeaderBlock> HeaderBlock { get; } = new StreamableCodec<HeaderBlock>(Blocks.FullBlock.MaxSize - MaxBody);

    public static ValueCodec<Body> Body { get; } = new StreamableCodec<Body>(MaxBody);

    public static ValueCodec<ProofOfSpace> ProofOfSpace { get; } = new StreamableCodec<ProofOfSpace>(MaxProofOfSpace);

    public static ValueCodec<ProofOfTime> ProofOfTime { get; } = new StreamableCodec<ProofOfTime>(MaxProofOfTime);

    public static ValueCodec<Challenge> Challenge { get; } = new StreamableCodec<Challenge>(116);

    public static ValueCodec<CoinbaseInfo> CoinbaseInfo { get; } = new StreamableCodec<CoinbaseInfo>(44);

    public static ValueCodec<SignedCoinbase> SignedCoinbase { get; } = new StreamableCodec<SignedCoinbase>(140);

    public static ValueCodec<Transaction> Transaction { get; } = new StreamableCodec<Transaction>(0);

    /// <summary>4 bytes of length, the host, 2 of port.</summary>
    public static ValueCodec<PeerInfo> PeerInfo { get; } = new StreamableCodec<PeerInfo>(6 + StreamableReader.MaxTextLength);

    public static ValueCodec<ByteString> Bytes(int maxLength) => new ByteStringCodec(maxLength);

    public static ValueCodec<ImmutableArray<T>> ListOf<T>(ValueCodec<T> item, int maxCount) => new ListCodec<T>(item, maxCount);

    public static ValueCodec<T?> Optional<T>(ValueCodec<T> value)
        where T : class => new OptionalCodec<T>(value);

    public static ValueCodec<T?> OptionalNumber<T>(ValueCodec<T> value)
        where T : struct => new OptionalNumberCodec<T>(value);
}
