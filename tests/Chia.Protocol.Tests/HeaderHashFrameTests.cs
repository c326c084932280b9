using Chia.Protocol.Messages;
using Chia.Protocol.Primitives;

namespace Chia.Protocol.Tests;

/// <summary>The frame filled in place against the registry's, which is its slow twin.</summary>
public sealed class HeaderHashFrameTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(23)]
    [InlineData(24)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void It_is_what_the_registry_encodes(int count)
    {
        var hashes = Hashes(count, seed: count);
        var frame = new HeaderHashFrame(count);
        var middle = count / 2;
        frame.Put(middle, Bytes(hashes[middle..]));
        frame.Put(0, Bytes(hashes[..middle]));
        Assert.Equal(MessageRegistry.Encode(new AllHeaderHashesMessage([.. hashes])), frame.Frame);
    }

    [Fact]
    public void What_two_lists_have_in_common_is_taken_over()
    {
        var (old, random) = (Hashes(300, seed: 1), Hashes(40, seed: 2));
        Bytes32[] next = [.. old[..280], .. random];
        var before = new HeaderHashFrame(old.Length);
        before.Put(0, Bytes(old));
        var frame = new HeaderHashFrame(next.Length);
        frame.Put(270, Bytes(next[270..]));

        Assert.Equal(0, frame.AgreesWith(before, 280, next.Length));
        Assert.Equal(280, frame.AgreesWith(before, 270, next.Length));
        frame.Put(before, 280);
        Assert.Equal(MessageRegistry.Encode(new AllHeaderHashesMessage([.. next])), frame.Frame);
    }

    private static Bytes32[] Hashes(int count, int seed)
    {
        var random = new Random(seed);
        var bytes = new byte[Bytes32.Size];
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            random.NextBytes(bytes);
            return new Bytes32(bytes);
        })];
    }

    private static byte[] Bytes(IEnumerable<Bytes32> hashes) => [.. hashes.SelectMany(hash => hash.Span.ToArray())];
}
