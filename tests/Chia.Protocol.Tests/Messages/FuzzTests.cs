using Chia.Protocol.Cbor;
using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;
using Chia.Protocol.Tests.Wire;
using FsCheck;
using FsCheck.Fluent;

namespace Chia.Protocol.Tests.Messages;

/// <summary>Whatever a peer sends gets a verdict: a message or one reason, never an exception.</summary>
public class FuzzTests
{
    /// <summary>One captured frame of each function, and one generated message of each type.</summary>
    private static readonly byte[][] Seeds =
    [
        .. WireSession.All.SelectMany(s => s.Frames).DistinctBy(f => f.Function).Where(f => f.Payload.Length < 5_000)
            .Select(f => f.Payload),
        .. RandomMessages.Types.Select(type => MessageRegistry.Encode(new RandomMessages(3).Of(type))[4..]).Where(p => p.Length < 5_000),
    ];

    [Fact]
    public void Random_bytes_never_throw() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000).WithEndSize(500), Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            byte[] likely = [0xa2, 0x61, 0x66, .. bytes];
            return Verdict(bytes) && Verdict(likely);
        }));

    [Fact]
    public void Mutated_frames_never_throw_and_are_accepted_only_in_one_form()
    {
        var kinds = new Dictionary<DecodeFailureKind, int>();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(30_000), Prop.ForAll(Mutated().ToArbitrary(), payload =>
        {
            var failure = MessageRoundTripTests.Decode(payload, out _);
            kinds[failure.Kind] = kinds.GetValueOrDefault(failure.Kind) + 1;
            return Verdict(payload);
        }));
        DecodeFailureKind[] mustOccur =
        [
            DecodeFailureKind.None, DecodeFailureKind.NotCbor, DecodeFailureKind.UnknownFunction, DecodeFailureKind.UnknownField,
            DecodeFailureKind.WrongType, DecodeFailureKind.BadStructure,
        ];
        Assert.All(mustOccur, kind => Assert.True(kinds.GetValueOrDefault(kind) > 0, $"no mutant was {kind}"));
    }

    [Fact]
    public void Every_truncation_of_a_frame_has_a_reason()
    {
        foreach (var payload in Seeds.Where(seed => seed.Length < 3_000))
        {
            for (var length = 0; length < payload.Length; length++)
            {
                var failure = MessageRoundTripTests.Decode(payload.AsMemory(0, length), out var message);
                Assert.Equal(DecodeFailureKind.NotCbor, failure.Kind);
                Assert.Null(message);
            }
        }
    }

    [Fact]
    public void Every_frame_with_a_byte_behind_it_has_a_reason()
    {
        foreach (var payload in Seeds)
            Assert.Equal(
                new DecodeFailure(DecodeFailureKind.NotCbor, Cbor: CborError.TrailingBytes),
                MessageRoundTripTests.Decode(payload.Append((byte)0).ToArray(), out _));
    }

    private static Gen<byte[]> Mutated() =>
        from seed in Gen.Elements(Seeds)
        from edits in Gen.Choose(1, 3)
        from places in Gen.Choose(0, int.MaxValue).ListOf(edits)
        from values in Gen.Choose(0, 0x2ff).ListOf(edits)
        select Mutate(seed, [.. places], [.. values]);

    /// <summary>Each edit replaces, removes or inserts a byte, at the start of the frame as often as anywhere.</summary>
    private static byte[] Mutate(byte[] seed, int[] places, int[] values)
    {
        var bytes = seed.ToList();
        foreach (var (place, value) in places.Zip(values))
        {
            var at = place % (place % 2 == 0 ? bytes.Count : Math.Min(bytes.Count, 80));
            if (value < 0x100)
                bytes[at] = (byte)value;
            else if (value < 0x200)
                bytes.RemoveAt(at);
            else
                bytes.Insert(at, (byte)value);
        }

        return [.. bytes];
    }

    /// <summary>Under all roles: a message exactly if nothing failed; and a message can be encoded again, to what decodes again.</summary>
    private static bool Verdict(byte[] payload)
    {
        foreach (var sender in Enum.GetValues<Role>())
        {
            foreach (var receiver in Enum.GetValues<Role>())
            {
                var failure = MessageRegistry.TryDecode(payload, sender, receiver, out var message);
                if (failure.Failed != message is null || failure.ToString().Length is 0 or > 200)
                    return false;
            }
        }

        if (MessageRoundTripTests.Decode(payload, out var decoded).Failed)
            return true;
        var again = MessageRegistry.Encode(decoded!)[4..];
        return !MessageRoundTripTests.Decode(again, out var twice).Failed
            && again.AsSpan().SequenceEqual(MessageRegistry.Encode(twice!).AsSpan(4));
    }
}
