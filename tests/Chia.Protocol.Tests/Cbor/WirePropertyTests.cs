using System.Formats.Cbor;
using Chia.Protocol.Cbor;
using FsCheck;
using FsCheck.Fluent;

namespace Chia.Protocol.Tests.Cbor;

public class WirePropertyTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    [Fact]
    public void Integers_round_trip()
    {
        // Any width is as likely as any other.
        var wide = from value in ArbMap.Default.GeneratorFor<DoNotSize<ulong>>() from bits in Gen.Choose(0, 63) select value.Item >> bits;
        Check.One(Many, Prop.ForAll(wide.ToArbitrary(), value =>
        {
            var writer = new CborWriter(CborConformanceMode.Lax, allowMultipleRootLevelValues: true);
            writer.WriteUInt64(value);
            var reader = WireReader.Rent(writer.Encode());
            return reader.ReadUnsigned() == value && reader.Finish() == CborError.None;
        }));
    }

    [Fact]
    public void Text_and_bytes_round_trip() =>
        Check.One(Many, Prop.ForAll(ArbMap.Default.ArbFor<(NonNull<string> Text, byte[] Bytes)>(), sample =>
        {
            var text = new string([.. sample.Text.Get.Where(c => !char.IsSurrogate(c))]);
            var writer = new CborWriter(CborConformanceMode.Lax, allowMultipleRootLevelValues: true);
            writer.WriteTextString(text);
            writer.WriteByteString(sample.Bytes);
            var reader = WireReader.Rent(writer.Encode());
            return System.Text.Encoding.UTF8.GetString(reader.ReadText()) == text
                && reader.ReadBytes().SequenceEqual(sample.Bytes)
                && reader.Finish() == CborError.None;
        }));

    /// <summary>Whatever arrives, the reader ends, throws nothing, and takes no more than it was given.</summary>
    [Fact]
    public void Random_bytes_are_judged_without_exceptions() =>
        Check.One(Many.WithEndSize(400), Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            var reader = WireReader.Rent(bytes);
            reader.Skip(depth: 3);
            return reader.Finish() == CborError.None ? reader.Position == bytes.Length && bytes.Length > 0 : reader.Remaining == 0;
        }));
}
