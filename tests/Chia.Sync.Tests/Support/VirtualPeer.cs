using Chia.Protocol.Blocks;
using Chia.Protocol.Primitives;
using Chia.Sync.Machine;
using Chia.Testing;

namespace Chia.Sync.Tests.Support;

/// <summary>A peer of the virtual network: what it announces, and what it answers to a request, after how long.</summary>
internal sealed class VirtualPeer(ConnectionId id, PeerBehaviour behaviour, VectorChain chain, VectorChain forged, Random random)
{
    private int _answers;
    private bool _hasLeft;

    public ConnectionId Id { get; } = id;

    public PeerBehaviour Behaviour { get; } = behaviour;

    /// <summary>The chain it pretends to have.</summary>
    public VectorChain Chain { get; } = behaviour switch
    {
        PeerBehaviour.ForgedChain or PeerBehaviour.ForgedSilent => forged,
        PeerBehaviour.NotHaving => chain.Prefix(chain.Blocks.Count / 2),
        _ => chain,
    };

    /// <summary>Never does what only a liar does.</summary>
    public bool IsHonest =>
        Behaviour is PeerBehaviour.Honest or PeerBehaviour.Slow or PeerBehaviour.DropsHalfway
            or PeerBehaviour.DropsAtTheEnd or PeerBehaviour.NotHaving;

    public bool Drops => _hasLeft || (Behaviour == PeerBehaviour.DropsHalfway && _answers > 6);

    public TimeSpan Delay() => TimeSpan.FromMilliseconds(Behaviour == PeerBehaviour.Slow ? random.Next(2000, 9000) : random.Next(5, 400));

    public FullBlock Tip()
    {
        var tip = Chain.Tip;
        return Behaviour switch
        {
            PeerBehaviour.FalseWeight => WithChallenge(tip,
                tip.HeaderBlock.Challenge! with { TotalWeight = tip.Weight + (ulong)random.Next(1, 1000) }),
            PeerBehaviour.MalleatedTip => WithChallenge(tip, tip.HeaderBlock.Challenge! with { ProofOfTimeOutputHash = default }),
            _ => tip,
        };
    }

    /// <summary>The answer as an event to be delivered, or null for silence.</summary>
    public Func<TimeSpan, SyncEvent>? Answer(SyncEffect request)
    {
        var tip = request switch
        {
            SyncEffect.RequestHeaderHashes r => r.Tip,
            SyncEffect.RequestHeaders r => r.Tip,
            SyncEffect.RequestBlocks r => r.Tip,
            _ => throw new ArgumentOutOfRangeException(nameof(request)),
        };
        _hasLeft |= Behaviour == PeerBehaviour.DropsAtTheEnd && request is SyncEffect.RequestBlocks last
            && last.First + last.Count > Chain.Height;
        if (!Chain.Contains(tip) || Behaviour is PeerBehaviour.Silent or PeerBehaviour.ForgedSilent || Drops)
            return null;
        _answers++;
        return request switch
        {
            SyncEffect.RequestHeaderHashes => List(tip) is { } list ? now => new SyncEvent.HeaderHashesArrived(now, Id, list) : null,
            _ when Behaviour is PeerBehaviour.AlteredList or PeerBehaviour.TrueListSilentAfter => null,
            SyncEffect.RequestHeaders r => Headers(r.First, r.Count) is { } h
                ? now => new SyncEvent.HeadersArrived(now, Id, AnswerTip(tip), h) : null,
            SyncEffect.RequestBlocks r => Blocks(r.First, r.Count) is { } b
                ? now => new SyncEvent.BlocksArrived(now, Id, AnswerTip(tip), b) : null,
            _ => null,
        };
    }

    /// <summary>Something nobody asked for.</summary>
    public Func<TimeSpan, SyncEvent>? Unsolicited()
    {
        if (Behaviour != PeerBehaviour.Chatty)
            return null;
        var height = (uint)random.Next(1, (int)Chain.Height);
        return random.Next(3) switch
        {
            0 => now => new SyncEvent.HeaderHashesArrived(now, Id, [.. Chain.Hashes.Take((int)height)]),
            1 => now => new SyncEvent.HeadersArrived(now, Id, Chain.Hashes[height], [Chain.Blocks[(int)height].HeaderBlock]),
            _ => now => new SyncEvent.BlocksArrived(now, Id, Chain.Hashes[height], [Chain.Blocks[(int)height]]),
        };
    }

    private Bytes32 AnswerTip(Bytes32 tip) => Behaviour == PeerBehaviour.WrongTip ? Chain.Hashes[0] : tip;

    private Bytes32[]? List(Bytes32 tip)
    {
        var hashes = Chain.Hashes.Take(Array.IndexOf(Chain.Hashes, tip) + 1).ToArray();
        switch (Behaviour)
        {
            case PeerBehaviour.AlteredList:
                hashes[random.Next(1, hashes.Length - 1)] = forged.TipHash;
                return hashes;
            case PeerBehaviour.ShortList:
                return [.. hashes[..1], .. hashes[2..]];
            case PeerBehaviour.ChangingList:
                // A true one, and another one each time it is asked again.
                for (var h = 1; _answers > 1 && h < hashes.Length - 1; h++)
                    hashes[h] = forged.Hashes[Math.Min(h + (_answers % 3), forged.Hashes.Length - 1)];
                return hashes;
            case PeerBehaviour.EmptyAnswers:
                return [];
            case PeerBehaviour.TooMany:
                return [.. hashes, .. hashes];
            case PeerBehaviour.Reversed:
                Array.Reverse(hashes);
                return hashes;
            case PeerBehaviour.ForeignGenesisList:
                hashes[0] = forged.TipHash;
                return hashes;
            case PeerBehaviour.FakeBranchList:
                for (var h = ForgedFrom(); h < hashes.Length - 1; h++)
                    hashes[h] = forged.Hashes[h];
                return hashes;
            default:
                return hashes;
        }
    }

    private int ForgedFrom()
    {
        var height = 0;
        while (forged.Hashes[height] == Chain.Hashes[height])
            height++;
        return height;
    }

    private List<HeaderBlock>? Headers(uint first, int count)
    {
        var source = Behaviour == PeerBehaviour.FakeBranchList ? FakeBranch() : Chain.Blocks;
        var headers = Enumerable.Range((int)first, count).Select(h => source[h].HeaderBlock).ToList();
        var some = random.Next(count);
        switch (Behaviour)
        {
            case PeerBehaviour.HalfAnswers:
                return headers[..Math.Max(1, count / 2)];
            case PeerBehaviour.WrongHeights:
                return first > 1 ? [.. headers.Prepend(Chain.Blocks[(int)first - 1].HeaderBlock).Take(count)] : null;
            case PeerBehaviour.Reversed:
                headers.Reverse();
                return headers;
            case PeerBehaviour.Repeating:
                return [.. Enumerable.Repeat(headers[some], count)];
            case PeerBehaviour.TooMany:
                return [.. headers, .. headers];
            case PeerBehaviour.EmptyAnswers:
                return [];
            case PeerBehaviour.JunkHeaders:
                var header = headers[some].Header;
                headers[some] =
                    headers[some] with { Header = header with { Data = header.Data with { Timestamp = header.Data.Timestamp + 1 } } };
                return headers;
            case PeerBehaviour.ForeignHeaders:
                return [.. Enumerable.Range((int)first, count).Select(h => forged.Blocks[(int)Math.Min(h, forged.Height)].HeaderBlock)];
            case PeerBehaviour.MalleatedHeaders:
                var challenge = headers[some].Challenge!;
                headers[some] = headers[some] with { Challenge = challenge with { TotalWeight = challenge.TotalWeight + 1 } };
                return headers;
            case PeerBehaviour.MalleatedIterations:
                headers[some] = headers[some] with { ProofOfTime = headers[some].ProofOfTime! with { NumberOfIterations = 1 } };
                return headers;
            default:
                return headers;
        }
    }

    private List<FullBlock> FakeBranch()
    {
        var from = ForgedFrom();
        return [.. Chain.Blocks.Select((b, h) => h >= from && h < Chain.Height ? forged.Blocks[h] : b)];
    }

    private List<FullBlock>? Blocks(uint first, int count)
    {
        var blocks = Enumerable.Range((int)first, count).Select(h => Chain.Blocks[h]).ToList();
        var some = random.Next(count);
        var block = blocks[some];
        switch (Behaviour)
        {
            case PeerBehaviour.HalfAnswers:
                return blocks[..Math.Max(1, count / 2)];
            case PeerBehaviour.WrongHeights:
                return first > 1 ? [.. blocks.Prepend(Chain.Blocks[(int)first - 1]).Take(count)] : null;
            case PeerBehaviour.Reversed:
                blocks.Reverse();
                return blocks;
            case PeerBehaviour.Repeating:
                return [.. Enumerable.Repeat(block, count)];
            case PeerBehaviour.TooMany:
                return [.. blocks, .. blocks];
            case PeerBehaviour.EmptyAnswers:
                return [];
            case PeerBehaviour.SwappedBodies:
                blocks[some] = block with { Body = Chain.Blocks[(int)block.Height - 1].Body };
                return blocks;
            case PeerBehaviour.SwappedProofs:
                var other = Chain.Blocks[(int)block.Height - 1].HeaderBlock.ProofOfTime ?? Chain.Blocks[1].HeaderBlock.ProofOfTime;
                blocks[some] = block with { HeaderBlock = block.HeaderBlock with { ProofOfTime = other } };
                return blocks;
            case PeerBehaviour.JunkBlocks:
                blocks[some] = block with { Body = block.Body with { Cost = block.Body.Cost + 1 } };
                return blocks;
            case PeerBehaviour.ForeignBlocks:
                return [.. Enumerable.Range((int)first, count).Select(h => forged.Blocks[(int)Math.Min(h, forged.Height)])];
            case PeerBehaviour.MalleatedBlocks:
                blocks[some] = WithChallenge(block, block.HeaderBlock.Challenge! with { ProofOfTimeOutputHash = default });
                return blocks;
            case PeerBehaviour.MalleatedWitness:
                var witness = block.HeaderBlock.ProofOfTime!.Witness.Span.ToArray();
                witness[0] ^= 1;
                var proof = block.HeaderBlock.ProofOfTime with { Witness = ByteString.Adopt(witness) };
                blocks[some] = block with { HeaderBlock = block.HeaderBlock with { ProofOfTime = proof } };
                return blocks;
            default:
                return blocks;
        }
    }

    private static FullBlock WithChallenge(FullBlock block, Challenge challenge) =>
        block with { HeaderBlock = block.HeaderBlock with { Challenge = challenge } };
}

internal enum PeerBehaviour
{
    Honest,
    Slow,
    DropsHalfway,
    DropsAtTheEnd,
    NotHaving,
    Chatty,
    Silent,
    HalfAnswers,
    WrongTip,
    WrongHeights,
    AlteredList,
    ShortList,
    ForeignGenesisList,
    FakeBranchList,
    TrueListSilentAfter,
    JunkHeaders,
    ForeignHeaders,
    JunkBlocks,
    ForeignBlocks,
    MalleatedHeaders,
    MalleatedIterations,
    MalleatedBlocks,
    MalleatedWitness,
    SwappedBodies,
    SwappedProofs,
    ChangingList,
    Reversed,
    Repeating,
    TooMany,
    EmptyAnswers,
    EverythingTwice,
    MalleatedTip,
    FalseWeight,
    ForgedChain,
    ForgedSilent,
}
