using Chia.Protocol.Cbor;
using FsCheck;
using FsCheck.Fluent;

namespace Chia.Protocol.Tests.Cbor;

public class CborPropertyTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    [Fact]
    public void Integers_round_trip()
    {
        // Any width is as likely as any other.
        var wide = from value in ArbMap.Default.GeneratorFor<DoNotSize<ulong>>() from bits in Gen.Choose(0, 63) select value.Item >> bits;
        Check.One(Many, Prop.ForAll(wide.ToArbitrary(), value =>
        {
            var writer = new CborWriter();
            writer.WriteUnsigned(value);
            var reader = new CborReader(writer.Written);
            return reader.ReadUnsigned() == value && reader.Finish() == CborError.None;
        }));
    }

    [Fact]
    public void Text_and_bytes_round_trip() =>
        Check.One(Many, Prop.ForAll(ArbMap.Default.ArbFor<(NonNull<string> Text, byte[] Bytes)>(), sample =>
        {
            var text = new string([.. sample.Text.Get.Where(c => !char.IsSurrogate(c))]);
            var writer = new CborWriter();
            writer.WriteText(text);
            writer.WriteBytes(sample.Bytes);
            var reader = new CborReader(writer.Written);
            return System.Text.Encoding.UTF8.GetString(reader.ReadText()) == text
                && reader.ReadBytes().SequenceEqual(sample.Bytes)
                && reader.Finish() == CborError.None;
        }));

    /// <summary>Whatever arrives, the reader ends, throws nothing, and takes no more than it was given.</summary>
    [Fact]
    public void Random_bytes_are_judged_without_exceptions() =>
        Check.One(Many.WithEndSize(400), Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            var reader = new CborReader(bytes);
            reader.Skip(depth: 3);
            return reader.Finish() == CborError.None ? reader.Position == bytes.Length && bytes.Length > 0 : reader.Remaining == 0;
        }));

    /// <summary>What the strict reader takes, it takes in one form only: writing it again gives the same bytes.</summary>
    [Fact]
    public void Accepted_bytes_are_the_only_encoding_of_their_content()
    {
        var heads = Gen.Elements<byte>(0x00, 0x17, 0x18, 0x19, 0x1a, 0x40, 0x42, 0x58, 0x61, 0x80, 0x82, 0x98, 0xa0, 0xa1, 0xf6);
        var bytes = Gen.ArrayOf(Gen.OneOf(heads, Gen.Choose(0, 255).Select(b => (byte)b)));
        var accepted = 0;
        Check.One(Many.WithMaxTest(20_000).WithEndSize(12), Prop.ForAll(bytes.ToArbitrary(), data =>
        {
            var reader = new CborReader(data);
            reader.Skip(depth: 3);
            if (reader.Finish() != CborError.None)
                return true;
            accepted++;
            var writer = new CborWriter();
            var again = new CborReader(data);
            Copy(ref again, data, writer);
            return writer.Written.SequenceEqual(data);
        }));
        Assert.True(accepted > 500, $"only {accepted} samples were well-formed");
    }

    private static void Copy(ref CborReader reader, ReadOnlySpan<byte> data, CborWriter writer)
    {
        var start = reader.Position;
        switch (reader.Peek())
        {
            case CborType.Unsigned:
                writer.WriteUnsigned(reader.ReadUnsigned());
                break;
            case CborType.Negative:
                // The writer has no negative numbers; copy the item as it stands.
                reader.Skip(depth: 0);
                writer.WriteRaw(data[start..reader.Position]);
                break;
            case CborType.Bytes:
                writer.WriteBytes(reader.ReadBytes());
                break;
            case CborType.Text:
                writer.WriteText(System.Text.Encoding.UTF8.GetString(reader.ReadText()));
                break;
            case CborType.Array:
                var items = reader.ReadArrayHeader();
                writer.WriteArrayHeader(items);
                for (; items > 0; items--)
                    Copy(ref reader, data, writer);
                break;
            case CborType.Map:
                var pairs = reader.ReadMapHeader();
                writer.WriteMapHeader(pairs);
                for (var left = 2 * pairs; left > 0; left--)
                    Copy(ref reader, data, writer);
                break;
            default:
                Assert.True(reader.TryReadNull());
                writer.WriteNull();
                break;
        }
    }
}
