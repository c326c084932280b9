using System.Buffers.Binary;
using Chia.Consensus.Rules;
using Chia.Protocol.Blocks;
using Chia.Protocol.Networks;
using Chia.Protocol.Primitives;
using Chia.Protocol.Streamable;

namespace Chia.Consensus.Tests.Support;

/// <summary>Blocks that are valid where <see cref="MadeUpProofs"/> are taken, and the means to spoil them.</summary>
internal static class Blocks
{
    public const byte PlotSize = 20;

    public static readonly Bytes48 PoolKey = new([.. Enumerable.Repeat((byte)0x11, Bytes48.Size)]);

    public static readonly Bytes48 PlotKey = new([.. Enumerable.Repeat((byte)0x12, Bytes48.Size)]);

    public static readonly Bytes96 HarvesterSignature = new([.. Enumerable.Repeat((byte)0x41, Bytes96.Size)]);

    public static readonly Bytes96 CoinbaseSignature = new([.. Enumerable.Repeat((byte)0x42, Bytes96.Size)]);

    public static readonly Bytes96 AggregatedSignature = new([.. Enumerable.Repeat((byte)0x03, Bytes96.Size)]);

    /// <summary>A child. <paramref name="salt"/> tells siblings apart; quality depends on the height only.</summary>
    public static FullBlock Child(ConsensusConstants constants, BlockRecord parent, NextBlock next, ulong timestamp, byte salt = 0)
    {
        var height = parent.Height + 1;
        var proof = new byte[8 * PlotSize];
        BinaryPrimitives.WriteUInt32BigEndian(proof, height);
        proof[4] = salt;
        var space = new ProofOfSpace(parent.ChallengeHash, PoolKey, PlotKey, PlotSize, ByteString.Adopt(proof));
        Assert.Equal(
            IterationsError.None,
            Iterations.TryCompute(
                MadeUpProofs.QualityOf(height), PlotSize, next.Difficulty, next.IterationsPerSecond, constants.MinBlockTime,
                out var iterations));

        var time = new ProofOfTime(parent.ChallengeHash, iterations, Output(salt), 0, ByteString.Adopt(new byte[130]));
        var challenge = new Challenge(
            parent.ChallengeHash,
            default,
            time.Output.Sha256(),
            height,
            parent.TotalWeight + next.Difficulty,
            parent.TotalIterations + iterations);
        var body = new Body(
            new CoinbaseInfo(height, constants.BlockReward, default), CoinbaseSignature, new FeesTarget(default, 0), AggregatedSignature,
            default, 0);
        var data = new HeaderData(parent.HeaderHash, timestamp, default, default, default, default);
        return Seal(new FullBlock(new HeaderBlock(space, time, challenge, new Header(data, HarvesterSignature)), body));
    }

    /// <summary>Writes the hashes that bind the parts together anew, after a part was changed.</summary>
    public static FullBlock Seal(FullBlock block)
    {
        var space = block.HeaderBlock.ProofOfSpace.Sha256();
        return (block with
        {
            HeaderBlock =
                block.HeaderBlock with { Challenge = block.HeaderBlock.Challenge is { } c ? c with { ProofOfSpaceHash = space } : null },
        }).WithData(d => d with { ProofOfSpaceHash = space, BodyHash = block.Body.Sha256() });
    }

    public static FullBlock WithData(this FullBlock block, Func<HeaderData, HeaderData> change) =>
        block with
        {
            HeaderBlock =
                block.HeaderBlock with { Header = block.HeaderBlock.Header with { Data = change(block.HeaderBlock.Header.Data) } },
        };

    public static FullBlock WithSpace(this FullBlock block, Func<ProofOfSpace, ProofOfSpace> change) =>
        Seal(block with { HeaderBlock = block.HeaderBlock with { ProofOfSpace = change(block.HeaderBlock.ProofOfSpace) } });

    public static FullBlock WithTime(this FullBlock block, Func<ProofOfTime, ProofOfTime> change) =>
        block with { HeaderBlock = block.HeaderBlock with { ProofOfTime = change(block.HeaderBlock.ProofOfTime!) } };

    public static FullBlock WithChallenge(this FullBlock block, Func<Challenge, Challenge> change) =>
        block with { HeaderBlock = block.HeaderBlock with { Challenge = change(block.HeaderBlock.Challenge!) } };

    public static FullBlock WithBody(this FullBlock block, Func<Body, Body> change) => Seal(block with { Body = change(block.Body) });

    public static FullBlock WithCoinbase(this FullBlock block, Func<CoinbaseInfo, CoinbaseInfo> change) =>
        block.WithBody(body => body with { Coinbase = change(body.Coinbase) });

    /// <summary>The form of the reference's test tools: the output hash is the whole proof's.</summary>
    public static FullBlock AsWholeProofVariant(this FullBlock block) =>
        block.WithChallenge(c => c with { ProofOfTimeOutputHash = block.HeaderBlock.ProofOfTime!.Sha256() });

    /// <summary>The form of a full node: the output hash is the output's.</summary>
    public static FullBlock AsOutputVariant(this FullBlock block) =>
        block.WithChallenge(c => c with { ProofOfTimeOutputHash = block.HeaderBlock.ProofOfTime!.Output.Sha256() });

    public static FullBlock Unfinished(this FullBlock block) =>
        block with { HeaderBlock = block.HeaderBlock with { ProofOfTime = null, Challenge = null } };

    private static ClassgroupElement Output(byte salt)
    {
        var a = new byte[ClassgroupElement.NumberSize];
        a[^1] = salt;
        return new ClassgroupElement(ByteString.Adopt(a), ByteString.Adopt(new byte[ClassgroupElement.NumberSize]));
    }
}
